/**
 * This file names goroutines and objects by how they came to be, so that the names are the same whoever schedules and whatever the order: addresses and ids
 * are given out in the order in which goroutines happen to run, names are not.
 *
 * A goroutine is named by its creator and by how many that had created before: `main`, `main/0`, `main/0/2`; one that a timer started by the timer. A block of
 * memory is named by the goroutine that allocated it, by the instruction, and by how often that goroutine had been there before; a place within it by its
 * distance in slots. Who keeps names pays for them: a map entry for each block that the program allocates.
 */
import type { Share } from '../base/ledger';
import { BranchingList, type ListState } from '../base/branchingList';
import { Memory } from '../base/memory';
import { Kind } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';
import { RuntimeTag } from '../runtime/layout';
import { TagKind } from '../vm/tags';

/** Blocks that a program can name, by tag (of the vm's: by its kind, which is the low four bits), and what they are called. */
const NAMED: Readonly<Record<number, string>> = {
  [TagKind.Values]: 'v',
  [TagKind.Map]: 'map',
  [RuntimeTag.Channel]: 'chan',
  [RuntimeTag.Timer]: 'timer',
  [RuntimeTag.Globals]: 'globals',
};

const MAIN = 'main';

/** Bytes of a birth besides its name: itself, its place in the list and in the table by slots, a goroutine's entry or a prefix and its count. */
const BIRTH_BYTES = 320;

/** Memory that tells of every block that is allocated. */
export class ToldMemory extends Memory {
  /** Set by whoever wants to know. */
  allocated: ((address: number) => void) | undefined;
  override alloc(slots: number, tag: number): number {
    const address = super.alloc(slots, tag);
    this.allocated?.(address);
    return address;
  }
}

/** Something that got a name: the goroutine with this id, or a block of slots. A block without a name may lie where one with a name has been. */
type Birth =
  | { readonly goroutine: number; readonly name: string }
  | { readonly start: number; readonly end: number; readonly name: string | undefined };

export class Names implements Observer {
  readonly kinds = [Kind.TimerFire, Kind.GoCreate];
  /** All that got names, in order. What else is here follows from it. */
  private readonly births = new BranchingList<Birth>();
  private readonly goroutineNames = new Map<number, string>();
  /** How many things have been named with each prefix. */
  private readonly counts = new Map<string, number>();
  /** By slot: 1 + index in {@link births} of its block; 0: none. */
  private blockAt = new Int32Array(1 << 12);
  /** The timer that fired last: what a goroutine without a creator was started by. */
  private timer = 0;
  /** Id of the goroutine that runs or ran last; set once there can be one. */
  running: () => number = () => 0;

  constructor(
    private readonly memory: ToldMemory,
    private readonly share: Share,
  ) {
    memory.allocated = (address) => this.allocated(address);
  }

  /** Name of the goroutine with this id; '' for 0, which is nobody. */
  goroutine(id: number): string {
    return this.goroutineNames.get(id) ?? '';
  }

  /** Name of the place with this slot address. What is in no block of the program keeps its number, which is the same in every run. */
  object(slot: number): string {
    const index = this.blockAt[slot] ?? 0;
    const block = index === 0 ? undefined : this.births.at(index - 1);
    if (block === undefined || !('start' in block) || block.name === undefined) return `#${slot}`;
    return slot === block.start ? block.name : `${block.name}+${slot - block.start}`;
  }

  observe(log: EventLog, i: number): void {
    if (log.kind[i] === Kind.TimerFire) this.timer = log.obj[i]!;
    else this.bear({ goroutine: log.obj[i]!, name: this.numbered(this.nameOfCreator(log.g[i]!)) });
  }

  save(): unknown {
    return { births: this.births.save(), timer: this.timer };
  }

  restore(saved: unknown): void {
    const { births, timer } = saved as { births: ListState<Birth>; timer: number };
    this.births.restore(births);
    this.timer = timer;
    this.goroutineNames.clear();
    this.counts.clear();
    this.blockAt.fill(0);
    this.births.toArray().forEach((birth, i) => this.note(birth, i));
  }

  /** Prefix of the names of those that a goroutine starts; 0: nobody, who starts main, or a timer. */
  private nameOfCreator(creator: number): string {
    if (creator !== 0) return `${this.goroutine(creator)}/`;
    return this.timer === 0 ? MAIN : `${this.object(this.timer)}/`;
  }

  private allocated(address: number): void {
    const tag = this.memory.tag(address);
    const ofVm = (tag & 15) < TagKind.FirstRuntime;
    const kind = NAMED[ofVm ? tag & 15 : tag];
    const start = address >> 1;
    const end = start + this.memory.slots(address);
    if (kind === undefined && !this.blockAt[start]) return;
    const what = kind && `${this.goroutine(this.running())}.${kind}${ofVm ? `@${tag >> 4}` : ''}#`;
    this.bear({ start, end, name: what && this.numbered(what) });
  }

  private numbered(prefix: string): string {
    const n = this.counts.get(prefix) ?? 0;
    return n === 0 && prefix === MAIN ? MAIN : `${prefix}${n}`;
  }

  private bear(birth: Birth): void {
    this.share.take(BIRTH_BYTES + (birth.name?.length ?? 0));
    this.note(birth, this.births.add(birth));
  }

  private note(birth: Birth, index: number): void {
    if (birth.name !== undefined) {
      const prefix = birth.name.replace(/\d+$/, '');
      this.counts.set(prefix, (this.counts.get(prefix) ?? 0) + 1);
    }
    if ('goroutine' in birth) {
      this.goroutineNames.set(birth.goroutine, birth.name);
      return;
    }
    if (birth.end > this.blockAt.length) this.grow(birth.end);
    this.blockAt.fill(index + 1, birth.start, birth.end);
  }

  private grow(slots: number): void {
    const next = new Int32Array(Math.max(slots, this.blockAt.length * 2));
    next.set(this.blockAt);
    this.blockAt = next;
  }
}
