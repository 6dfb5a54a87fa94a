/** This file names what events tell of by the order in which it first appears: addresses, instructions, functions and types, each among its like. */
import type { Comparison } from './fields';

/** One numbering. */
export class FirstSeen {
  private readonly names = new Map<number, number>();

  /** 1 for the first thing that is asked for, 2 for the second, … */
  of(thing: number): number {
    const known = this.names.get(thing);
    if (known !== undefined) return known;
    const name = this.names.size + 1;
    this.names.set(thing, name);
    return name;
  }

  save(): ReadonlyMap<number, number> {
    return new Map(this.names);
  }

  restore(names: ReadonlyMap<number, number>): void {
    this.names.clear();
    for (const [thing, name] of names) this.names.set(thing, name);
  }
}

/** From here on a whole number may be an address: booting takes more than that. */
const LEAST_ADDRESS = 512;
/** Bytes of a string up to which its first half is taken to be the address of its bytes. */
const LONGEST = 1 << 20;

/** A numbering for each sort of thing. */
export class Names {
  readonly places = new FirstSeen();
  readonly objects = new FirstSeen();
  private readonly functions = new FirstSeen();
  private readonly types = new FirstSeen();
  private readonly words = new FirstSeen();
  private readonly all = [this.places, this.objects, this.functions, this.types, this.words];

  /** What a field is compared by. Below zero and zero there are no things, but what the table of events says. */
  field(comparison: Comparison, value: number): number {
    if (comparison === 'left') return 0;
    if (comparison === 'same' || value <= 0) return value;
    return this.numbering(comparison).of(value);
  }

  /**
   * The low half of a value that an instruction moves. It may be an address, or a string's, though it need not: a number that only looks like one is named,
   * too. Values of one instruction are of one type: so a number is not taken for an address that happens to be the same.
   */
  word(lo: number, hi: number, pc: number): number {
    const least = hi === 0 ? LEAST_ADDRESS : LEAST_ADDRESS * 4;
    const mayBeAddress = hi >= 0 && hi <= LONGEST && lo >= least;
    return mayBeAddress ? least + this.words.of(this.place(pc) * 2 ** 32 + lo) : lo;
  }

  /** Instructions are words of the code, of which 0 is one. */
  place(pc: number): number {
    return pc < 0 ? -1 : this.places.of(pc);
  }

  /** Addresses in what people read. */
  text(text: string): string {
    return text.replace(/0x[0-9a-f]{4,}/g, (address) => `#${this.words.of(Number(address))}`);
  }

  save(): readonly ReadonlyMap<number, number>[] {
    return this.all.map((one) => one.save());
  }

  restore(saved: readonly ReadonlyMap<number, number>[]): void {
    this.all.forEach((one, i) => one.restore(saved[i]!));
  }

  private numbering(comparison: 'object' | 'function' | 'type'): FirstSeen {
    if (comparison === 'object') return this.objects;
    return comparison === 'function' ? this.functions : this.types;
  }
}
