/** This file places threads on cores: the run queue, who gets a core that is idle, how long it keeps it while others wait. */
import type { Memory } from '../base/memory';
import { choiceCode, type Choices } from '../event/choice';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import type { Clock, Turn } from './body';
import type { KernelConfig } from './config';
import {
  type CoreAddr,
  CoreAt,
  type KernelAddr,
  KernelAt,
  KernelTag,
  type ThreadAddr,
  ThreadAt,
  ThreadState,
} from './layout';

const START_DELAY = choiceCode('start-delay');
/** A start delay is one of this many multiples of the jitter unit. */
const DELAY_STEPS = 8;
const NICE_0 = 1024;

export class Cores {
  readonly count: number;
  /** Address of the first core. */
  readonly first: CoreAddr;

  constructor(
    private readonly memory: Memory,
    private readonly clock: Clock,
    private readonly log: EventLog,
    private readonly choices: Choices,
    private readonly config: KernelConfig,
    private readonly turn: Turn,
    /** Address of the kernel block. */
    private readonly block: KernelAddr,
  ) {
    this.count = config.cores;
    this.first = memory.alloc(config.cores * CoreAt.Slots, KernelTag.Cores) as CoreAddr;
    memory.i32[block + KernelAt.Cores] = this.first;
    memory.i32[block + KernelAt.CoreCount] = config.cores;
  }

  /** Address of the core with this index. */
  at(index: number): CoreAddr {
    return (this.first + index * CoreAt.Words) as CoreAddr;
  }

  /** True when a core besides the running one is busy: only then can jitter change an interleaving. */
  othersBusy(): boolean {
    const m = this.memory.i32;
    for (let i = 0; i < this.count; i++) {
      const core = this.at(i);
      if (i !== this.turn.core && m[core + CoreAt.Thread] !== 0) return true;
    }
    return false;
  }

  // ---------------------------------------------------------------- becoming runnable

  /** Wakes a parked thread; a wake that comes before the park makes that park return at once (as a futex or Go's note does). */
  wake(thread: ThreadAddr): void {
    const m = this.memory.i32;
    if (m[thread + ThreadAt.State] !== ThreadState.Parked) {
      m[thread + ThreadAt.WakePending] = 1;
      return;
    }
    this.resume(thread, 0, true);
  }

  /** Makes a thread runnable from now + delay: on an idle core when there is one, else in the queue. */
  resume(thread: ThreadAddr, delay: number, event: boolean): void {
    const m = this.memory.i32;
    const now = this.clock.clock;
    const index = this.idleCore(m[thread + ThreadAt.LastCore]!);
    const jitter = this.config.jitter > 0 ? this.choices.choose(START_DELAY, DELAY_STEPS) * this.config.jitter : 0;
    const wait = delay + jitter;
    if (event) this.log.add(Kind.ThreadWake, m[thread + ThreadAt.Id]!, wait);
    if (index === -1) {
      m[thread + ThreadAt.State] = ThreadState.Runnable;
      this.enqueue(thread);
      this.renewSlices(now);
    } else this.place(thread, index, now + wait);
  }

  /** Puts a thread on an idle core, which is busy switching until `from` + cost. */
  private place(thread: ThreadAddr, index: number, from: number): void {
    const m = this.memory.i32;
    const core = this.at(index);
    const clock =
      Math.max(from, this.memory.f64[(core + CoreAt.Clock) >> 1]!) +
      this.switchCost(m[core + CoreAt.LastThread] as ThreadAddr, thread);
    this.memory.f64[(core + CoreAt.Clock) >> 1] = clock;
    m[core + CoreAt.Thread] = thread;
    m[core + CoreAt.Starting] = 1;
    m[thread + ThreadAt.State] = ThreadState.Running;
    m[thread + ThreadAt.Core] = index;
    if (clock < this.turn.limit) this.turn.limit = clock;
  }

  private switchCost(from: ThreadAddr, to: ThreadAddr): number {
    const m = this.memory.i32;
    const other = from !== 0 && m[from + ThreadAt.Process] !== m[to + ThreadAt.Process];
    return other ? this.config.processSwitch + this.config.cacheRefill : this.config.threadSwitch;
  }

  /** An idle core, the preferred one if it is idle; -1: all are busy. */
  private idleCore(preferred: number): number {
    const m = this.memory.i32;
    if (preferred >= 0 && m[this.at(preferred) + CoreAt.Thread] === 0) return preferred;
    for (let i = 0; i < this.count; i++) {
      const core = this.at(i);
      if (m[core + CoreAt.Thread] === 0 && i !== this.turn.core) return i;
    }
    return -1;
  }

  /** Renews the quantum of the running thread, which ran out while nobody waited. */
  renewQuantum(): void {
    this.renewSlice(this.at(this.turn.core), this.clock.clock);
  }

  /** Where the end of the running thread's quantum stands, among the Float64s: nothing takes it off its core before. */
  quantumEndAt(): number {
    return (this.at(this.turn.core) + CoreAt.SliceEnd) >> 1;
  }

  enqueue(thread: ThreadAddr): void {
    const m = this.memory.i32;
    const tail = m[this.block + KernelAt.QueueTail] as ThreadAddr;
    m[thread + ThreadAt.Next] = 0;
    if (tail === 0) m[this.block + KernelAt.QueueHead] = thread;
    else m[tail + ThreadAt.Next] = thread;
    m[this.block + KernelAt.QueueTail] = thread;
    m[this.block + KernelAt.QueueSize]!++;
  }

  /** Quanta that ran out while nobody waited were renewed silently; say where the present ones end. */
  private renewSlices(now: number): void {
    const f = this.memory.f64;
    for (let i = 0; i < this.count; i++) {
      const core = this.at(i);
      if (this.memory.i32[core + CoreAt.Thread] === 0) continue;
      this.renewSlice(core, now);
      if (i === this.turn.core) this.turn.limit = Math.min(this.turn.limit, f[(core + CoreAt.SliceEnd) >> 1]!);
    }
  }

  private renewSlice(core: CoreAddr, now: number): void {
    const at = (core + CoreAt.SliceEnd) >> 1;
    const end = this.memory.f64[at]!;
    if (end > now) return;
    const quantum = this.quantumOf(this.memory.i32[core + CoreAt.Thread] as ThreadAddr);
    this.memory.f64[at] = end + Math.ceil((now - end + 1) / quantum) * quantum;
  }

  // ---------------------------------------------------------------- leaving a core

  leave(index: number, thread: ThreadAddr, state: ThreadState, why: number): void {
    this.stopped(index, thread, state, why);
    this.refill(index);
  }

  stopped(index: number, thread: ThreadAddr, state: ThreadState, why: number): void {
    const m = this.memory.i32;
    const here = this.log.here;
    here.g = 0;
    here.pc = -1;
    here.time = this.clock.clock;
    here.core = index;
    here.thread = m[thread + ThreadAt.Id]!;
    this.log.add(Kind.ThreadStop, here.thread, why);
    this.vacate(index, thread, state);
  }

  vacate(index: number, thread: ThreadAddr, state: ThreadState): void {
    const m = this.memory.i32;
    const core = this.at(index);
    m[thread + ThreadAt.State] = state;
    m[thread + ThreadAt.Core] = -1;
    m[thread + ThreadAt.LastCore] = index;
    m[core + CoreAt.Thread] = 0;
    m[core + CoreAt.LastThread] = thread;
  }

  /** Gives a core that has become free to the first thread in the queue. */
  refill(index: number): void {
    const m = this.memory.i32;
    const thread = m[this.block + KernelAt.QueueHead] as ThreadAddr;
    if (thread === 0) return;
    m[this.block + KernelAt.QueueHead] = m[thread + ThreadAt.Next] as ThreadAddr;
    if (m[thread + ThreadAt.Next] === 0) m[this.block + KernelAt.QueueTail] = 0;
    m[this.block + KernelAt.QueueSize]!--;
    m[thread + ThreadAt.Next] = 0;
    this.place(thread, index, this.memory.f64[(this.at(index) + CoreAt.Clock) >> 1]!);
  }

  unqueue(thread: ThreadAddr): void {
    const m = this.memory.i32;
    let previous: ThreadAddr = 0;
    let each = m[this.block + KernelAt.QueueHead] as ThreadAddr;
    while (each !== thread) {
      previous = each;
      each = m[each + ThreadAt.Next] as ThreadAddr;
    }
    const next = m[thread + ThreadAt.Next] as ThreadAddr;
    if (previous === 0) m[this.block + KernelAt.QueueHead] = next;
    else m[previous + ThreadAt.Next] = next;
    if (next === 0) m[this.block + KernelAt.QueueTail] = previous;
    m[this.block + KernelAt.QueueSize]!--;
  }

  quantumOf(thread: ThreadAddr): number {
    return (this.config.quantum * this.memory.i32[thread + ThreadAt.Weight]!) / NICE_0;
  }
}
