/** This file defines the log into which the machine writes events: columns, one row an event, and who is told of each row. */
import { BranchingList, type ListState } from '../base/branchingList';
import { Ledger, type Share } from '../base/ledger';
import { EVENT_NAMES } from './kinds';

/**
 * Receives each event of its kinds as it happens: row `i` of `log` is complete. Detectors and recorders are observers.
 *
 * When the log goes back, an observer with `save` and `restore` goes back with it, to what it was at that place. One without them is only told the
 * events that come then, under the ordinals they have on this path: it must not mind, or be made anew.
 */
export interface Observer {
  /** Codes of the kinds that it wants to be told of; absent: all. Read once, when the log is made. */
  readonly kinds?: readonly number[];
  /** True: of an event it reads kind, goroutine, instruction, `obj`, `a` and `b`, but neither where and when it was nor its value. Read once, too. */
  readonly brief?: boolean;
  observe(log: EventLog, i: number): void;
  /** All that it has made of the events so far, as a value: what is observed later must not change it. */
  save?(): unknown;
  restore?(saved: unknown): void;
}

/** Where an event happens. */
export interface EventPlace {
  g: number;
  core: number;
  thread: number;
  pc: number;
  /** Virtual ns. */
  time: number;
}

/** Where a log stood, as a value. */
export interface LogState {
  /** Events so far: the ordinal of the next. */
  readonly events: number;
  readonly latest: number;
  readonly here: Readonly<EventPlace>;
  readonly texts: ListState<string>;
  readonly observers: readonly unknown[];
}

/** Bytes of a text besides its characters, in the list and wherever an observer keeps it as well. */
const TEXT_BYTES = 96;

/**
 * A window of events. Rows are numbered from 0 within the window; `first + i` is the ordinal of row `i` in the whole run.
 * When the window is full it restarts at row 0: an observer that wants to keep an event copies it. A row of which nobody is told has its number
 * and nothing else, and one of which only brief observers are told the columns that these read: the others hold what was there before.
 */
export class EventLog {
  length = 0;
  /** Ordinal of row 0. */
  first = 0;
  readonly kind: Uint8Array;
  readonly g: Int32Array;
  readonly core: Int16Array;
  readonly thread: Int32Array;
  readonly time: Float64Array;
  readonly obj: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly lo: Int32Array;
  readonly hi: Int32Array;
  readonly pc: Int32Array;
  /** Texts that events refer to by index: output, panic messages. */
  readonly texts = new BranchingList<string>();
  /** By kind: who is told, in the order of the observers; undefined: nobody. */
  private readonly told: readonly (readonly Observer[] | undefined)[];
  /** By kind: 1 where somebody reads all columns. Half of what an event costs is writing them. */
  private readonly isWhole: Uint8Array;

  constructor(
    private readonly observers: readonly Observer[],
    readonly capacity = 4096,
    private readonly share: Share = new Ledger().share('texts'),
  ) {
    this.told = EVENT_NAMES.map((_, kind) => {
      const told = observers.filter(({ kinds }) => kinds?.includes(kind) ?? true);
      return told.length > 0 ? told : undefined;
    });
    this.isWhole = Uint8Array.from(this.told, (told) => (told?.some(({ brief }) => brief !== true) ? 1 : 0));
    this.kind = new Uint8Array(capacity);
    this.g = new Int32Array(capacity);
    this.core = new Int16Array(capacity);
    this.thread = new Int32Array(capacity);
    this.time = new Float64Array(capacity);
    this.obj = new Int32Array(capacity);
    this.a = new Int32Array(capacity);
    this.b = new Int32Array(capacity);
    this.lo = new Int32Array(capacity);
    this.hi = new Int32Array(capacity);
    this.pc = new Int32Array(capacity);
  }

  /** Time of the latest event. Times never decrease: what a core did a few ns ahead of others (MachineConfig.slack) moves what comes after it. */
  latest = 0;

  save(): LogState {
    return {
      events: this.first + this.length,
      latest: this.latest,
      here: { ...this.here },
      texts: this.texts.save(),
      observers: this.observers.map((observer) => observer.save?.()),
    };
  }

  /** Goes back to (or on to) where a log stood; the window is empty then. */
  restore(state: LogState): void {
    this.first = state.events;
    this.length = 0;
    this.latest = state.latest;
    Object.assign(this.here, state.here);
    this.texts.restore(state.texts);
    this.observers.forEach((observer, i) => observer.restore?.(state.observers[i]));
  }

  /** Keeps a text for an event to refer to; @returns its index. @throws OutOfMemory */
  addText(text: string): number {
    this.share.take(TEXT_BYTES + text.length * 2);
    return this.texts.add(text);
  }

  /** Where the event happens; set by the machine before the goroutine runs, so that {@link add} stays short. */
  readonly here: EventPlace = { g: 0, core: -1, thread: -1, pc: -1, time: 0 };

  /** Appends an event at `here` and tells those who want to know. */
  add(kind: number, obj: number, a = 0, b = 0, lo = 0, hi = 0): void {
    const here = this.here;
    this.addAt(here.g, here.core, here.thread, here.pc, kind, obj, a, b, lo, hi);
  }

  /** Appends an event of another place than `here`, at the same time: of a goroutine that somebody else lets go on. */
  addAt(
    g: number,
    core: number,
    thread: number,
    pc: number,
    kind: number,
    obj: number,
    a: number,
    b: number,
    lo: number,
    hi: number,
  ): void {
    if (this.length === this.capacity) {
      this.first += this.length;
      this.length = 0;
    }
    const i = this.length++;
    if (this.latest < this.here.time) this.latest = this.here.time;
    const told = this.told[kind];
    if (told === undefined) return;
    this.kind[i] = kind;
    this.g[i] = g;
    this.pc[i] = pc;
    this.obj[i] = obj;
    this.a[i] = a;
    this.b[i] = b;
    if (this.isWhole[kind] === 1) {
      this.core[i] = core;
      this.thread[i] = thread;
      this.time[i] = this.latest;
      this.lo[i] = lo;
      this.hi[i] = hi;
    }
    for (let k = 0; k < told.length; k++) told[k]!.observe(this, i);
  }
}
