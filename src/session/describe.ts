/** This file turns addresses of a finished run into the names that the source gives them: `hits`, `stats.total`, `fork[2]`. */
import { Interrupt } from '../base/interrupt';
import type { Memory } from '../base/memory';
import type { Code, GlobalInfo, RuntimeType } from '../bytecode/code';
import { TagKind } from '../vm/tags';

/** What lives at an address. */
export interface Described {
  /** `count`, `mu`, `stats.hits`, `a[3]`; '' when the source has no name for it. */
  readonly name: string;
  /** Address of the block of memory that holds it; 0: one of the program's, or unknown. */
  readonly block: number;
  /** Type of the addressed part; undefined when unknown. */
  readonly type?: RuntimeType;
  /** Instruction (word index) that allocated it; -1: a package variable or unknown. */
  readonly site: number;
  /** File index and offset of a package variable's declaration; file -1: none. */
  readonly file: number;
  readonly start: number;
}

/** Kinds of block whose tag names the instruction that made them. */
const NAMED_BY_SITE: ReadonlySet<number> = new Set([TagKind.Values, TagKind.Map]);
/** Kinds of value that are the address of a block, or begin with one. */
const POINTS: ReadonlySet<string> = new Set(['pointer', 'map', 'chan', 'slice']);
/** Bounds of the search for holders: names are for people, who read few. */
const MOST_SLOTS_SCANNED = 256;
const MOST_BLOCKS_SCANNED = 10_000;

/** In units of an interrupt: of one address that is looked for. */
const WORK_OF_A_SLOT = 20;

type Field = NonNullable<RuntimeType['fields']>[number];

const UNKNOWN: Described = { name: '', block: 0, site: -1, file: -1, start: 0 };

/** Names every address of one memory; built once, after the run. `brief`: only of package variables, without looking at all that memory holds. */
export class AddressBook {
  /** All blocks; found when first asked for. */
  private allBlocks: Int32Array | undefined;
  /** Block address -> name of a variable that points to it; made when first asked for. */
  private holders: Map<number, string> | undefined;

  /** Package variables that have a size, in the order of their slots. */
  private readonly variables: readonly GlobalInfo[];
  private readonly fields = new Map<RuntimeType, readonly Field[]>();
  private readonly globals: ReadonlySet<number>;

  /** @param globals word addresses of the globals block of each process. */
  constructor(
    private readonly code: Code,
    private readonly memory: Memory,
    globals: readonly number[],
    private readonly interrupt = Interrupt.never,
    brief = false,
  ) {
    this.globals = new Set(globals);
    if (brief) this.allBlocks = Int32Array.from(globals).sort();
    this.variables = code.globals.filter(({ slots }) => slots > 0);
  }

  private get blocks(): Int32Array {
    return (this.allBlocks ??= this.memory.blocks(this.interrupt));
  }

  /** @param slot slot address (word address / 2); `wanted` prefers an enclosing part of a kind, e.g. a whole sync.Mutex. */
  describe(slot: number, wanted: (type: RuntimeType) => boolean = () => false): Described {
    this.interrupt.worked(WORK_OF_A_SLOT);
    const word = slot * 2;
    const block = this.blockOf(word);
    if (block === 0) return UNKNOWN;
    const offset = (word - block) >> 1;
    if (this.globals.has(block)) return this.global(offset, wanted);
    const tag = this.memory.tag(block);
    const site = NAMED_BY_SITE.has(tag & 15) ? tag >> 4 : -1;
    const allocation = this.code.sites.get(site);
    if (!allocation) return UNKNOWN;
    const type = this.code.types[allocation.type]!;
    // What a literal or make made is known by the variable that holds it: `cache` for the map in `cache`.
    const subject = allocation.name || this.holderOf(block);
    const base = { block, site: site * 4, file: -1, start: 0 };
    if (type.kind === 'chan' || type.kind === 'map') return { ...base, name: subject || type.name, type };
    const many = type.slots > 0 && this.memory.slots(block) > type.slots;
    const element = many ? Math.floor(offset / type.slots) : 0;
    const inside = this.part(type, offset - element * type.slots, wanted);
    const path = `${many ? `[${element}]` : ''}${inside.path}`;
    return { ...base, name: subject ? subject + path : path && `(${type.name})${path}`, type: inside.type };
  }

  /** Name of a variable that points to a block; '' when none of the package's and none of the captured ones does. */
  private holderOf(block: number): string {
    this.holders ??= this.findHolders();
    return this.holders.get(block) ?? '';
  }

  private findHolders(): Map<number, string> {
    const found = new Map<number, string>();
    const scan = (address: number, type: RuntimeType, name: string): void => {
      this.interrupt.worked(WORK_OF_A_SLOT * Math.min(type.slots + 1, MOST_SLOTS_SCANNED));
      for (let offset = 0; offset < Math.min(type.slots, MOST_SLOTS_SCANNED); offset++) {
        const inside = this.part(type, offset, () => false);
        const target = this.memory.i32[address + offset * 2]!;
        if (POINTS.has(inside.type.kind) && target !== 0 && !found.has(target)) found.set(target, name + inside.path);
      }
    };
    for (const globals of this.globals) {
      for (const { name, type, slot } of this.code.globals) scan(globals + slot * 2, this.code.types[type]!, name);
    }
    for (const block of this.blocks.subarray(0, MOST_BLOCKS_SCANNED)) {
      const tag = this.memory.tag(block);
      const allocation = (tag & 15) === TagKind.Values ? this.code.sites.get(tag >> 4) : undefined;
      if (allocation?.name) scan(block, this.code.types[allocation.type]!, allocation.name);
    }
    return found;
  }

  private global(offset: number, wanted: (type: RuntimeType) => boolean): Described {
    const variable = at(this.variables, ({ slot }) => slot, offset);
    if (variable === undefined || offset >= variable.slot + variable.slots) return UNKNOWN;
    const inside = this.part(this.code.types[variable.type]!, offset - variable.slot, wanted);
    return {
      name: variable.name + inside.path,
      block: 0,
      type: inside.type,
      site: -1,
      file: variable.file,
      start: variable.start,
    };
  }

  /** Walks from a type down to the part that starts at `offset`, e.g. `.jobs[2].done`. */
  private part(
    type: RuntimeType,
    offset: number,
    wanted: (type: RuntimeType) => boolean,
  ): { path: string; type: RuntimeType } {
    if (wanted(type)) return { path: '', type };
    if (type.kind === 'array' && type.elem !== undefined) {
      const elem = this.code.types[type.elem]!;
      if (elem.slots === 0) return { path: '', type };
      const index = Math.floor(offset / elem.slots);
      const inner = this.part(elem, offset - index * elem.slots, wanted);
      return { path: `[${index}]${inner.path}`, type: inner.type };
    }
    if (type.kind === 'struct') {
      const field = at(this.fieldsOf(type), (each) => each.offset, offset);
      if (!field) return { path: '', type };
      const inner = this.part(this.code.types[field.type]!, offset - field.offset, wanted);
      return { path: `.${field.name}${inner.path}`, type: inner.type };
    }
    return { path: '', type };
  }

  /** Fields of a struct type that have a size. */
  private fieldsOf(type: RuntimeType): readonly Field[] {
    let fields = this.fields.get(type);
    if (!fields) {
      fields = (type.fields ?? []).filter((field) => this.code.types[field.type]!.slots > 0);
      this.interrupt.worked(type.fields?.length ?? 0);
      this.fields.set(type, fields);
    }
    return fields;
  }

  /** Address of the block that holds a word; 0 when none does. */
  private blockOf(word: number): number {
    const found = at(this.blocks, (block) => block, word) ?? 0;
    return found !== 0 && word < found + Math.max(this.memory.slots(found), 1) * 2 ? found : 0;
  }
}

/** The last of `items`, which stand in ascending order of where they are, that is at `place` or before it. */
function at<T>(items: ArrayLike<T>, placeOf: (item: T) => number, place: number): T | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(items[middle]!) <= place) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : items[low - 1];
}
