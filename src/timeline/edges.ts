/**
 * This file finds the synchronisation edges of a trace: which event happens before which, between goroutines, by the Go memory model (June 2022).
 * Every edge is exact; none is inferred from timing. Edges that program order and other edges imply are left out, the closure is the same:
 * of one goroutine's releases only the last one before the acquire is linked.
 */
import { Kind } from '../event/kinds';
import { group } from '../trace/rows';
import type { Grouped, TraceIndex } from '../trace/rows';
import type { Trace } from '../trace/store';
import type { LinkKind } from './model';

// Constants of this module: reading them off the table for every row would cost more than the fold itself.
const {
  AtomicLoad,
  AtomicRMW,
  AtomicStore,
  ChanClose,
  ChanMake,
  ChanRecv,
  ChanRecvClosed,
  ChanSend,
  CondSignal,
  CondWait,
  GoCreate,
  GoRun,
  MutexLock,
  MutexUnlock,
  OnceDo,
  RWLock,
  RWRLock,
  RWRUnlock,
  RWUnlock,
  TimerFire,
  TimerStart,
  WaitGroupAdd,
  WaitGroupWait,
} = Kind;

/** In numeric order. */
export const EDGE_KINDS = [
  'spawn',
  'value',
  'space',
  'lock',
  'waitgroup',
  'close',
  'cond',
  'once',
  'timer',
  'atomic',
] as const satisfies readonly LinkKind[];
type EdgeKind = (typeof EDGE_KINDS)[number];
const CODE = Object.fromEntries(EDGE_KINDS.map((kind, code) => [kind, code])) as Record<EdgeKind, number>;

/** Last release of each goroutine on one object: goroutine -> row. */
type Releases = Map<number, number>;
const NONE: Releases = new Map();

interface Lock {
  holder: number;
  /** Releases that the next Lock acquires. */
  readonly unlocks: Releases;
  readonly readUnlocks: Releases;
}

interface Channel {
  capacity: number;
  readonly sends: Map<number, number>;
  readonly receives: Map<number, number>;
  closed: number;
}

/** All edges in columns, ascending by `to`; `from[e] < to[e]`. */
export class Edges {
  readonly length: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Index into EDGE_KINDS. */
  readonly kind: Uint8Array;
  /** Edges by the goroutine they lead to, ascending by `to`. */
  readonly into: Grouped;
  /** Edges by the goroutine they leave, ascending by `from`. */
  readonly outOf: Grouped;

  constructor(
    trace: Trace,
    readonly index: TraceIndex,
  ) {
    const { from, to, kind } = new EdgeCollector(trace).collect();
    this.length = from.length;
    this.from = Int32Array.from(from);
    this.to = Int32Array.from(to);
    this.kind = Uint8Array.from(kind);
    const goroutines = index.goroutines + 1;
    this.into = group(this.length, goroutines, (e) => index.goroutineOf(this.to[e]!));
    const byFrom = group(this.length, Math.max(1, trace.length), (e) => this.from[e]!).rows;
    const outOf = group(this.length, goroutines, (i) => index.goroutineOf(this.from[byFrom[i]!]!));
    this.outOf = { start: outOf.start, rows: outOf.rows.map((i) => byFrom[i]!) };
  }

  /** Edges that lead into a goroutine. */
  intoGoroutine(g: number): Int32Array {
    return this.into.rows.subarray(this.into.start[g], this.into.start[g + 1]);
  }

  /** Edges that leave a goroutine. */
  outOfGoroutine(g: number): Int32Array {
    return this.outOf.rows.subarray(this.outOf.start[g], this.outOf.start[g + 1]);
  }
}

class EdgeCollector {
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly kind: number[] = [];
  private readonly created = new Map<number, number>();
  private readonly channels = new Map<number, Channel>();
  private readonly locks = new Map<number, Lock>();
  private readonly dones = new Map<number, Releases>();
  private readonly onces = new Map<number, number>();
  private readonly stores = new Map<number, number>();
  private readonly signals = new Map<number, number>();
  private readonly timers = new Map<number, number>();
  /** Row of the start of the timer that fired last. */
  private fired = -1;
  /** Goroutine -> start of the timer that wakes or starts it. */
  private readonly firedFor = new Map<number, number>();

  constructor(private readonly trace: Trace) {
    for (const meta of trace.meta.objects) {
      if (meta.kind === 'channel') this.channel(meta.id).capacity = meta.capacity ?? 0;
    }
  }

  collect(): this {
    for (let row = 0; row < this.trace.length; row++) this.observe(row);
    return this;
  }

  private add(from: number | undefined, to: number, kind: EdgeKind): void {
    if (from === undefined || from < 0) return;
    this.from.push(from);
    this.to.push(to);
    this.kind.push(CODE[kind]);
  }

  private addAll(releases: Releases, to: number, kind: EdgeKind): void {
    for (const from of releases.values()) this.add(from, to, kind);
  }

  private observe(row: number): void {
    const { kind, g, obj, a, b } = this.trace.columns;
    const object = obj[row]!;
    const self = g[row]!;
    switch (kind[row]) {
      case GoCreate:
        this.created.set(object, row);
        return;
      case GoRun:
        return this.start(object, row);
      case ChanMake:
        this.channel(object).capacity = a[row]!;
        return;
      case ChanSend:
        return this.send(row);
      case ChanRecv:
        return this.receive(row);
      case ChanClose:
        this.channel(object).closed = row;
        return;
      case ChanRecvClosed:
        return this.add(this.channel(object).closed, row, 'close');
      case MutexLock:
      case RWLock:
        return this.acquire(this.lock(object), self, row);
      case MutexUnlock:
      case RWUnlock:
        return this.release(this.lock(object), self, row);
      case RWRLock:
        return this.addAll(this.lock(object).unlocks, row, 'lock');
      case RWRUnlock:
        this.lock(object).readUnlocks.set(self, row);
        return;
      case WaitGroupAdd:
        return this.change(object, self, a[row]!, b[row]!, row);
      case WaitGroupWait:
        return this.addAll(this.dones.get(object) ?? NONE, row, 'waitgroup');
      case OnceDo:
        if (a[row] === 1) this.onces.set(object, row);
        else this.add(this.onces.get(object), row, 'once');
        return;
      case CondSignal:
        if (a[row]! > 0) this.signals.set(a[row]!, row);
        return;
      case CondWait:
        this.add(this.signals.get(self), row, 'cond');
        this.signals.delete(self);
        return;
      case AtomicLoad:
        return this.add(this.stores.get(object), row, 'atomic');
      case AtomicStore:
      case AtomicRMW:
        this.add(this.stores.get(object), row, 'atomic');
        this.stores.set(object, row);
        return;
      case TimerStart:
        this.timers.set(object, row);
        return;
      case TimerFire:
        this.fired = this.timers.get(object) ?? -1;
        if (a[row]! > 0) this.firedFor.set(a[row]!, this.fired);
        return;
      default:
    }
  }

  private start(g: number, row: number): void {
    this.add(this.created.get(g), row, 'spawn');
    this.created.delete(g);
    this.add(this.firedFor.get(g), row, 'timer');
    this.firedFor.delete(g);
  }

  private channel(id: number): Channel {
    let channel = this.channels.get(id);
    if (!channel) {
      channel = { capacity: 0, sends: new Map(), receives: new Map(), closed: -1 };
      this.channels.set(id, channel);
    }
    return channel;
  }

  /** A timer's send stands for the statement that started the timer. */
  private sender(row: number): number {
    return this.trace.columns.g[row] === 0 ? this.fired : row;
  }

  private send(row: number): void {
    const { obj, a } = this.trace.columns;
    const channel = this.channel(obj[row]!);
    const seq = a[row]!;
    if (channel.capacity > 0) {
      this.add(channel.receives.get(seq - channel.capacity), row, 'space');
      channel.receives.delete(seq - channel.capacity);
    } else if (channel.receives.has(seq)) {
      // A rendezvous orders both ways; the receive was written first.
      this.add(channel.receives.get(seq), row, 'value');
      channel.receives.delete(seq);
      return;
    }
    channel.sends.set(seq, this.sender(row));
  }

  private receive(row: number): void {
    const { obj, a } = this.trace.columns;
    const channel = this.channel(obj[row]!);
    const seq = a[row]!;
    const sent = channel.sends.get(seq);
    if (sent !== undefined) this.add(sent, row, 'value');
    if (channel.capacity > 0 || sent === undefined) channel.receives.set(seq, row);
    channel.sends.delete(seq);
  }

  private lock(id: number): Lock {
    let lock = this.locks.get(id);
    if (!lock) this.locks.set(id, (lock = { holder: 0, unlocks: new Map(), readUnlocks: new Map() }));
    return lock;
  }

  private acquire(lock: Lock, g: number, row: number): void {
    this.addAll(lock.unlocks, row, 'lock');
    this.addAll(lock.readUnlocks, row, 'lock');
    lock.holder = g;
  }

  private release(lock: Lock, g: number, row: number): void {
    // What the holder acquired passes on through it; a lock may be unlocked by another goroutine, which has not acquired it.
    if (g === lock.holder) {
      lock.unlocks.clear();
      lock.readUnlocks.clear();
    }
    lock.unlocks.set(g, row);
  }

  private change(group: number, g: number, delta: number, after: number, row: number): void {
    let dones = this.dones.get(group);
    if (!dones) this.dones.set(group, (dones = new Map<number, number>()));
    if (delta > 0 && delta === after) dones.clear(); // a new round begins
    if (delta < 0) dones.set(g, row);
  }
}
