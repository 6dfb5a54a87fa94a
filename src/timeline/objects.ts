/** This file folds the events of a trace into what happens to its channels, locks and shared variables. */
import { Kind } from '../event/kinds';
import { Wait } from '../event/wait';
import type { ObjectMeta } from '../trace/meta';
import type { Trace } from '../trace/store';
import { begins, Stretches, type Stretch } from './stretches';
import { MOST_SLOTS, RoleSpans, slotKey } from './track';

// Constants of this module: reading them off the table for every row would cost more than the fold itself.
const {
  AtomicLoad,
  AtomicRMW,
  AtomicStore,
  ChanMake,
  ChanRecv,
  ChanSend,
  GoBlock,
  GoEnd,
  GoReady,
  GoRun,
  MutexLock,
  MutexUnlock,
  RWLock,
  RWRLock,
  RWRUnlock,
  RWUnlock,
  Read,
  Write,
} = Kind;

export interface ObjectFold {
  readonly slots: RoleSpans;
  readonly lengths: RoleSpans;
  readonly senders: RoleSpans;
  readonly receivers: RoleSpans;
  readonly holders: RoleSpans;
  readonly waiters: RoleSpans;
  readonly values: RoleSpans;
  /** Capacity of each channel that was made or is known. */
  readonly capacities: ReadonlyMap<number, number>;
  /** Variables that more than one goroutine touched and one of them wrote. */
  readonly shared: ReadonlySet<number>;
}

/** A value on its way through a channel. */
interface Token {
  /** Slot it lies in; -1: it was handed over directly. */
  readonly slot: number;
  readonly row: number;
}

interface Channel {
  readonly capacity: number;
  /** Values sent and not yet received, by sequence number. */
  readonly pending: Map<number, Token>;
  /** Sequence numbers of receives whose send has not been seen yet. */
  readonly early: Set<number>;
  entered: number;
  length: number;
}

/** Which track counts a goroutine that waits for a reason. */
const WAIT_ROLE = new Map<number, 'senders' | 'receivers' | 'waiters'>([
  [Wait.chanSend, 'senders'],
  [Wait.chanReceive, 'receivers'],
  [Wait.mutexLock, 'waiters'],
  [Wait.rwMutexLock, 'waiters'],
  [Wait.rwMutexRLock, 'waiters'],
]);

/** Follows every object of the trace. `lostAt` are the rows of writes that destroy an update their writer had not read. */
export function foldObjects(trace: Trace, lostAt: ReadonlySet<number>): ObjectFold {
  return new ObjectFolder(trace, lostAt).fold();
}

class ObjectFolder {
  private readonly slots = new RoleSpans('slot');
  private readonly lengths = new RoleSpans('length');
  private readonly senders = new RoleSpans('senders');
  private readonly receivers = new RoleSpans('receivers');
  private readonly holders = new RoleSpans('holders');
  private readonly waiters = new RoleSpans('waiters');
  private readonly values = new RoleSpans('values');
  private readonly channels = new Map<number, Channel>();
  private readonly readers = new Map<number, Set<number>>();
  /** Goroutine -> what it is counted in while it waits. */
  private readonly waiting = new Map<number, { spans: RoleSpans; object: number }>();
  private readonly waitingCount = new Map<string, number>();
  private readonly accessors = new Map<number, { readonly first: number; several: boolean; written: boolean }>();
  private readonly metas = new Map<number, ObjectMeta>();
  private readonly stretches: Stretches;
  /** The gap in which the row stands. */
  private stretch: Stretch | undefined;
  /** Variables whose value is not known since a gap. */
  private readonly forgotten = new Set<number>();

  constructor(
    private readonly trace: Trace,
    private readonly lostAt: ReadonlySet<number>,
  ) {
    this.stretches = new Stretches(trace);
    for (const meta of trace.meta.objects) this.metas.set(meta.id, meta);
  }

  fold(): ObjectFold {
    for (let row = 0; row < this.trace.length; row++) {
      this.stretch = this.stretches.at(row);
      if (this.stretch && begins(this.stretch, row)) this.loseSight(this.stretch, row);
      this.observe(row);
    }
    const shared = [...this.accessors].filter(([, seen]) => seen.several && seen.written).map(([object]) => object);
    const { slots, lengths, senders, receivers, holders, waiters, values } = this;
    const capacities = new Map([...this.channels].map(([id, channel]) => [id, channel.capacity]));
    return {
      slots,
      lengths,
      senders,
      receivers,
      holders,
      waiters,
      values,
      capacities,
      shared: new Set(shared),
    };
  }

  /** What is told of again in the gap is not known until then: what channels hold, who holds which lock, who waits, what variables hold. */
  private loseSight({ gap, goroutines }: Stretch, row: number): void {
    for (const g of gap.goroutines) if (goroutines.has(g)) this.wake(g, row);
    const standing = new Set(gap.standing);
    for (const id of gap.objects) {
      this.readers.delete(id);
      this.holders.cut(id, row, standing);
      this.values.cut(id, row, standing);
      this.forgotten.add(id);
      const channel = this.channels.get(id);
      if (channel) this.empty(id, channel, row, standing);
    }
    for (const at of gap.standing) this.readOn(at);
    gap.channels.forEach((id, i) => {
      this.channel(id, this.metas.get(id)?.capacity ?? 0).entered = gap.entered[i]!;
    });
  }

  /** But for what still lies there at the end of the gap. */
  private empty(id: number, channel: Channel, row: number, standing: ReadonlySet<number>): void {
    for (const [seq, token] of channel.pending) if (!standing.has(token.row)) channel.pending.delete(seq);
    channel.early.clear();
    channel.length = [...channel.pending.values()].filter(({ slot }) => slot >= 0).length;
    if (channel.capacity > 0) this.lengths.level(id, row, channel.length);
    for (let slot = 0; slot < Math.min(channel.capacity, MOST_SLOTS); slot++) {
      this.slots.cut(slotKey(id, slot), row, standing);
    }
  }

  /** Whoever holds a lock for reading since before a gap still does. */
  private readOn(row: number): void {
    const { kind, g, obj } = this.trace.columns;
    if (kind[row] !== RWRLock) return;
    const readers = this.readers.get(obj[row]!) ?? new Set();
    this.readers.set(obj[row]!, readers.add(g[row]!));
  }

  private observe(row: number): void {
    const { kind, g, obj, a } = this.trace.columns;
    const object = obj[row]!;
    switch (kind[row]) {
      case GoBlock:
        return this.wait(g[row]!, row);
      case GoReady:
      case GoRun:
      case GoEnd:
        return this.wake(object, row);
      case ChanMake:
        this.channel(object, a[row]!);
        return;
      case ChanSend:
        return this.send(row);
      case ChanRecv:
        return this.receive(row);
      case MutexLock:
      case RWLock:
        return this.holders.begin(object, row, g[row]!);
      case MutexUnlock:
      case RWUnlock:
        return this.holders.end(object, row);
      case RWRLock:
      case RWRUnlock:
        return this.read(row);
      case Read:
      case AtomicLoad:
        return this.access(row, false);
      case Write:
      case AtomicStore:
      case AtomicRMW:
        return this.access(row, true);
      default:
    }
  }

  private wait(g: number, row: number): void {
    const { obj, a } = this.trace.columns;
    const role = WAIT_ROLE.get(a[row]!);
    if (role === undefined || obj[row] === 0) return;
    this.wake(g, row);
    this.waiting.set(g, { spans: this[role], object: obj[row]! });
    this.count(this[role], obj[row]!, row, 1);
  }

  private wake(g: number, row: number): void {
    const waiting = this.waiting.get(g);
    if (!waiting) return;
    this.waiting.delete(g);
    this.count(waiting.spans, waiting.object, row, -1);
  }

  private count(spans: RoleSpans, object: number, row: number, change: 1 | -1): void {
    const key = `${spans.role}:${object}`;
    const level = (this.waitingCount.get(key) ?? 0) + change;
    this.waitingCount.set(key, level);
    spans.level(object, row, level);
  }

  private channel(id: number, capacity: number): Channel {
    let channel = this.channels.get(id);
    if (!channel) {
      channel = { capacity, pending: new Map(), early: new Set(), entered: 0, length: 0 };
      this.channels.set(id, channel);
    }
    return channel;
  }

  private send(row: number): void {
    const { g, obj, a, b } = this.trace.columns;
    const id = obj[row]!;
    const channel = this.channel(id, this.metas.get(id)?.capacity ?? 0);
    if (channel.early.delete(a[row]!)) return;
    if (channel.capacity === 0 || b[row] !== 0) {
      channel.pending.set(a[row]!, { slot: -1, row });
      return;
    }
    const slot = channel.entered++ % channel.capacity;
    channel.pending.set(a[row]!, { slot, row });
    if (channel.capacity <= MOST_SLOTS) this.slots.begin(slotKey(id, slot), row, g[row]!);
    this.resize(id, channel, row, 1);
  }

  private receive(row: number): void {
    const { obj, a } = this.trace.columns;
    const id = obj[row]!;
    const channel = this.channel(id, this.metas.get(id)?.capacity ?? 0);
    const token = channel.pending.get(a[row]!);
    if (!token) {
      channel.early.add(a[row]!);
      return;
    }
    channel.pending.delete(a[row]!);
    if (token.slot < 0) return;
    // A blocked sender's value may have entered the slot in the same moment: then the open span is that one's.
    const key = slotKey(id, token.slot);
    if (channel.capacity <= MOST_SLOTS && this.slots.openRow(key) === token.row) this.slots.end(key, row);
    this.resize(id, channel, row, -1);
  }

  private resize(id: number, channel: Channel, row: number, change: 1 | -1): void {
    channel.length += change;
    this.lengths.level(id, row, Math.min(channel.length, channel.capacity));
  }

  /** A read lock was taken or given back. One reader is shown by name, several as 0. */
  private read(row: number): void {
    const { kind, g, obj } = this.trace.columns;
    const id = obj[row]!;
    const readers = this.readers.get(id) ?? new Set();
    this.readers.set(id, readers);
    if (kind[row] === RWRLock) readers.add(g[row]!);
    else readers.delete(g[row]!);
    const [only] = readers;
    if (only === undefined) this.holders.end(id, row);
    else this.holders.begin(id, row, readers.size === 1 ? only : 0);
  }

  private access(row: number, write: boolean): void {
    const { g, obj } = this.trace.columns;
    const id = obj[row]!;
    if (this.metas.get(id)?.kind !== 'variable') return;
    const seen = this.accessors.get(id);
    if (!seen) this.accessors.set(id, { first: g[row]!, several: false, written: write });
    else {
      seen.several ||= seen.first !== g[row];
      seen.written ||= write;
    }
    // What it holds after an access of a gap is known if that is the last of them.
    if (this.stretch && this.stretch.objects.get(id) !== row) return;
    const isNew = this.forgotten.delete(id) || (!seen && this.stretches.passed);
    if (write) {
      if (this.lostAt.has(row)) this.values.recode(id, 1);
      this.values.begin(id, row, 0);
    } else if (isNew || !seen) this.values.begin(id, isNew ? row : -1, 0);
  }
}
