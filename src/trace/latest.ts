/**
 * This file follows a run for what a trace must hold at the end of a gap so that the world there follows from its rows: the latest change of each goroutine and
 * of each thread, who holds which lock, what lies in which channel, counters, values. A row is needed for as long as nothing later stands for it.
 */
import { LateMap } from '../base/late';
import { IS_STEP, Kind } from '../event/kinds';
import { ENDED, RUNNING, stateAfter, UNCHANGED } from './goroutineStates';
import type { Parts, Times } from './parts';
import { CONCERNS_OBJECT, HAPPENS_TO_OBJ } from './rows';
import type { Slots } from './slots';
import type { TraceColumns } from './store';

const {
  AtomicLoad, AtomicRMW, AtomicStore, ChanMake, ChanRecv, ChanSend, GoBlock, GoCreate, MutexLock, MutexUnlock, QueueLength, RWLock, RWRLock, RWRUnlock, RWUnlock, Read,
  ThreadCreate, ThreadRun, ThreadStop, ThreadWake, WaitGroupAdd, Write,
} = Kind; // prettier-ignore

/** Reason of a ThreadStop: the thread has ended. */
const THREAD_ENDED = 3;
const NOWHERE = -1;

/** What is known of a goroutine that is alive, or of a thread. */
interface Life {
  state: number;
  core: number;
  /** Since when it is in that state, ns. */
  since: number;
  /** Slot of its latest change. */
  row: number;
  /** Slot of its creation, if that was left out; {@link NOWHERE}. */
  birth: number;
  /** Of the gap in hand: events left out, where the first and the last statement of them stand, sums. */
  count: number;
  place: number;
  last: number;
  times: Times | undefined;
}

const newborn = (row: number): Life => ({
  state: RUNNING, core: NOWHERE, since: 0, row, birth: NOWHERE, count: 0, place: NOWHERE, last: NOWHERE, times: undefined,
}); // prettier-ignore

/** What a channel holds, as timeline/objects.ts counts it. */
interface Channel {
  readonly capacity: number;
  /** Slots of sends whose value was not received yet, by sequence number; whether it lies in the buffer. */
  readonly pending: LateMap<number, { readonly slot: number; readonly buffered: boolean }>;
  /** Slots of receives whose send comes later. */
  readonly early: LateMap<number, number>;
  entered: number;
}

/** What a gap left out, goroutine by goroutine. */
export interface Missed {
  readonly goroutines: readonly (readonly [
    id: number,
    life: Readonly<Pick<Life, 'count' | 'place' | 'last' | 'times'>>,
  ])[];
  readonly unseen: number;
  readonly objects: readonly number[];
  readonly channels: readonly (readonly [id: number, entered: number])[];
  readonly threads: readonly number[];
  /** Slots of sends that nobody has received, of acquisitions of locks that are still held, and of what counters of groups stand at. */
  readonly standing: readonly number[];
}

export class Latest {
  private readonly goroutines = new Map<number, Life>();
  private readonly threads = new Map<number, Life>();
  private readonly channels = new Map<number, Channel>();
  /** By lock: slots of the acquisitions of who holds it. */
  private readonly holders = new Map<number, number[]>();
  /** By WaitGroup, its latest change unless that made it 0; by P, its length. */
  private readonly counters = new Map<number, number>();
  private readonly queues = new Map<number, number>();
  /** By variable: the latest write, the latest read. */
  private readonly writes = new Map<number, number>();
  private readonly reads = new Map<number, number>();
  /** Objects that rows name which are kept whatever comes. */
  private readonly known = new Set<number>();
  /** Of the gap in hand, if there is one. */
  private parts: Parts | undefined;
  private objects = new Set<number>();
  private movedThreads = new Set<number>();
  private ended: [number, Life][] = [];
  private unseen = 0;

  constructor(
    private readonly columns: TraceColumns,
    private readonly slots: Slots,
    /** Variables, and idle channels, that are remembered at most. */
    private readonly most: number,
    private readonly isPlace: (pc: number) => boolean,
  ) {}

  /** A gap begins. */
  open(parts: Parts): void {
    this.parts = parts;
  }

  /** It ends: what is needed now is kept for good. */
  close(): Missed {
    const { objects, movedThreads, ended, unseen } = this;
    const touched = [...this.goroutines, ...ended].filter(([, life]) => life.count > 0);
    const goroutines = touched.map(
      ([id, { count, place, last, times }]) => [id, { count, place, last, times }] as const,
    );
    for (const [, life] of this.goroutines)
      Object.assign(life, { count: 0, place: NOWHERE, last: NOWHERE, times: undefined });
    const channels = [...this.channels].map(([id, channel]) => [id, channel.entered - buffered(channel)] as const);
    const standing = [...this.standing()];
    this.keepAll();
    this.parts = undefined;
    [this.objects, this.movedThreads, this.ended, this.unseen] = [new Set(), new Set(), [], 0];
    return { goroutines, unseen, objects: [...objects], channels, threads: [...movedThreads], standing };
  }

  /** Takes the row in a slot into account. */
  follow(slot: number): void {
    const { kind, obj, core, time } = this.columns;
    const code = kind[slot]!;
    const object = obj[slot]!;
    if (this.parts !== undefined) {
      if (CONCERNS_OBJECT[code] === 1 && this.known.has(object)) this.objects.add(object);
    } else this.know(slot);
    this.followGoroutine(slot, code, core[slot]!, time[slot]!);
    switch (code) {
      case ChanMake:
        return this.make(object, this.columns.a[slot]!);
      case ChanSend:
        return this.send(object, slot);
      case ChanRecv:
        return this.receive(object, slot);
      case MutexLock:
      case RWLock:
      case RWRLock:
        return this.lock(object, slot);
      case MutexUnlock:
      case RWUnlock:
      case RWRUnlock:
        return this.unlock(object, this.columns.g[slot]!);
      case WaitGroupAdd:
        return this.columns.b[slot] === 0 ? this.forget(this.counters, object) : this.set(this.counters, object, slot);
      case QueueLength:
        return this.set(this.queues, object, slot);
      case Read:
      case AtomicLoad:
        return this.remember(this.reads, object, slot);
      case Write:
      case AtomicStore:
      case AtomicRMW:
        return this.remember(this.writes, object, slot);
      case ThreadCreate:
      case ThreadWake:
      case ThreadRun:
      case ThreadStop:
        return this.followThread(object, slot);
      default:
    }
  }

  // ---------------------------------------------------------------- goroutines and threads

  private followGoroutine(slot: number, code: number, core: number, time: number): void {
    const { g, obj, a } = this.columns;
    const id = HAPPENS_TO_OBJ[code] === 1 ? obj[slot]! : g[slot]!;
    if (id > 0) {
      const life = this.lifeOf(id, slot);
      if (this.parts !== undefined) this.miss(life, slot, code);
      if (code !== GoCreate) this.change(id, life, stateAfter(code, a[slot]!, life.state), slot, core, time);
    }
    if (code !== GoCreate) return;
    const born = this.lifeOf(obj[slot]!, slot);
    if (this.parts !== undefined) {
      born.count++;
      if (!this.slots.isKept(slot)) this.slots.hold((born.birth = slot));
    }
    this.change(obj[slot]!, born, stateAfter(code, 0, born.state), slot, NOWHERE, time);
  }

  private miss(life: Life, slot: number, code: number): void {
    life.count++;
    const place = this.columns.place[slot]!;
    if ((IS_STEP[code] === 0 && code !== GoBlock) || !this.isPlace(place)) return;
    if (life.place === NOWHERE) life.place = place;
    life.last = place;
  }

  private lifeOf(id: number, slot: number): Life {
    let life = this.goroutines.get(id);
    if (!life) {
      this.slots.hold(slot);
      this.goroutines.set(id, (life = newborn(slot)));
      life.since = this.columns.time[slot]!;
    }
    return life;
  }

  private change(id: number, life: Life, state: number, slot: number, core: number, time: number): void {
    if (state === UNCHANGED) return;
    const waits = this.columns.kind[slot] === GoBlock;
    if (state === life.state && !waits && (state !== RUNNING || core === life.core)) return;
    if (this.parts !== undefined) {
      life.times ??= this.parts.sums();
      this.parts.add(life.times, life.state, life.since, time);
    }
    life.state = state;
    life.core = core;
    life.since = time;
    this.replace(life, slot);
    if (state === ENDED) this.end(id, life);
  }

  /** Of a goroutine that nothing shows nothing is kept; of another one, its end. */
  private end(id: number, life: Life): void {
    this.goroutines.delete(id);
    if (life.birth !== NOWHERE) {
      this.slots.drop(life.birth);
      this.slots.drop(life.row);
      if (life.times) this.parts?.forget(life.times);
      this.unseen++;
    } else {
      this.slots.keep(life.row);
      if (this.parts !== undefined) this.ended.push([id, life]);
    }
  }

  private followThread(id: number, slot: number): void {
    const { kind, a } = this.columns;
    if (this.parts !== undefined) this.movedThreads.add(id);
    let life = this.threads.get(id);
    if (!life) {
      this.slots.hold(slot);
      this.threads.set(id, (life = newborn(slot)));
      if (kind[slot] === ThreadCreate && !this.slots.isKept(slot)) this.slots.hold((life.birth = slot));
    } else this.replace(life, slot);
    if (kind[slot] !== ThreadStop || a[slot] !== THREAD_ENDED) return;
    this.threads.delete(id);
    if (life.birth === NOWHERE) return this.slots.keep(life.row);
    this.movedThreads.delete(id);
    this.slots.drop(life.birth);
    this.slots.drop(life.row);
  }

  private replace(life: Life, slot: number): void {
    this.slots.hold(slot);
    this.slots.drop(life.row);
    life.row = slot;
  }

  // ---------------------------------------------------------------- objects

  /** A channel may stand where another one stood. */
  private make(id: number, capacity: number): void {
    const before = this.channels.get(id);
    for (const { slot } of before?.pending.values() ?? []) this.slots.drop(slot);
    for (const slot of before?.early.values() ?? []) this.slots.drop(slot);
    // One that holds nothing is as one that nobody knows.
    if (capacity === 0 || this.channels.size >= this.most) this.channels.delete(id);
    else this.channels.set(id, channelOf(capacity));
  }

  private send(id: number, slot: number): void {
    const { a, b } = this.columns;
    const channel = this.channel(id);
    const early = channel.early.get(a[slot]!);
    if (early !== undefined) {
      channel.early.delete(a[slot]!);
      this.slots.drop(early);
      return this.rest(id, channel);
    }
    const buffered = channel.capacity > 0 && b[slot] === 0;
    if (buffered) channel.entered++;
    this.slots.hold(slot);
    channel.pending.set(a[slot]!, { slot, buffered });
  }

  private receive(id: number, slot: number): void {
    const { a } = this.columns;
    const channel = this.channel(id);
    const sent = channel.pending.get(a[slot]!);
    if (sent === undefined) {
      this.slots.hold(slot);
      channel.early.set(a[slot]!, slot);
      return;
    }
    channel.pending.delete(a[slot]!);
    this.slots.drop(sent.slot);
    this.rest(id, channel);
  }

  private channel(id: number): Channel {
    let channel = this.channels.get(id);
    if (!channel) this.channels.set(id, (channel = channelOf(0)));
    return channel;
  }

  /** Of a channel in which nothing lies there is little to remember: of too many, nothing. */
  private rest(id: number, { capacity, pending, early }: Channel): void {
    if (pending.size > 0 || early.size > 0) return;
    if (capacity === 0 || this.channels.size > this.most) this.channels.delete(id);
  }

  private lock(id: number, slot: number): void {
    this.slots.hold(slot);
    const held = this.holders.get(id);
    if (held) held.push(slot);
    else this.holders.set(id, [slot]);
  }

  /** Whoever unlocks gives back his own acquisition, or, where another one unlocks, the oldest. */
  private unlock(id: number, g: number): void {
    const held = this.holders.get(id);
    if (!held) return;
    let at = 0;
    while (at < held.length && this.columns.g[held[at]!] !== g) at++;
    if (at === held.length) at = 0;
    this.slots.drop(held[at]!);
    if (held.length === 1) this.holders.delete(id);
    else held.splice(at, 1);
  }

  private remember(latest: Map<number, number>, id: number, slot: number): void {
    if (latest.has(id) || latest.size < this.most) this.set(latest, id, slot);
  }

  private set(latest: Map<number, number>, id: number, slot: number): void {
    this.slots.hold(slot);
    this.forget(latest, id);
    latest.set(id, slot);
  }

  private forget(latest: Map<number, number>, id: number): void {
    const before = latest.get(id);
    if (before === undefined) return;
    this.slots.drop(before);
    latest.delete(id);
  }

  // ---------------------------------------------------------------- the end of a gap

  private keepAll(): void {
    for (const slot of this.needed()) {
      this.slots.keep(slot);
      this.know(slot);
    }
    for (const life of this.goroutines.values()) life.birth = NOWHERE;
    for (const life of this.threads.values()) life.birth = NOWHERE;
  }

  private know(slot: number): void {
    const { kind, obj } = this.columns;
    if (CONCERNS_OBJECT[kind[slot]!] === 1 && obj[slot] !== 0) this.known.add(obj[slot]!);
  }

  private *standing(): Iterable<number> {
    for (const { pending } of this.channels.values()) for (const { slot } of pending.values()) yield slot;
    for (const held of this.holders.values()) yield* held;
    yield* this.counters.values();
  }

  private *needed(): Iterable<number> {
    for (const lives of [this.goroutines, this.threads]) {
      for (const { row, birth } of lives.values()) {
        yield row;
        if (birth !== NOWHERE) yield birth;
      }
    }
    yield* this.standing();
    for (const { early } of this.channels.values()) yield* early.values();
    for (const latest of [this.queues, this.writes, this.reads]) yield* latest.values();
  }
}

function channelOf(capacity: number): Channel {
  return { capacity, pending: new LateMap(), early: new LateMap(), entered: 0 };
}

function buffered({ pending }: Channel): number {
  let count = 0;
  for (const each of pending.values()) if (each.buffered) count++;
  return count;
}
