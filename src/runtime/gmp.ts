/**
 * This file schedules goroutines on Ps and Ms as Go's runtime does (proc.go of Go 1.19, whose names it keeps). One scheduler is one process's. It decides;
 * it never runs a goroutine.
 *
 * Rules. A goroutine that is made or woken goes to the P of whoever did it, as its runnext, which inherits the time slice. An M looks into its P's ring, then the
 * global queue (first every 61st slice), then steals half of another ring; runnext is stolen only in the last of four rounds, and after a grace. At most
 * one M starts to spin at each wake, and at most half as many spin as Ps are busy; one that finds work lets another spin. An M in a system call leaves its P:
 * at once when the call is known to last, else to whoever needs it. When all Ms are parked and no timer is pending, the process is dead.
 *
 * Sources: runqput, runqget, globrunqget, findRunnable, stealWork, runqgrab, wakep, startm, stopm, handoffp, resetspinning, checkdead. Order of
 * stealing: randomOrder, its start and step chosen by the chooser.
 *
 * Rejected: one queue for all (no runnext, no stealing: the interleavings that people meet would not occur); a P's own timers (one heap in the kernel; a
 * timer's goroutine enters the queue of its last P, where checkTimers would put it); sysmon (what it would retake is known when the call begins); idle
 * and garbage collecting Ms (nothing a program could see).
 */
import { choiceCode } from '../event/choice';
import { Kind } from '../event/kinds';
import type { ThreadBody } from '../kernel/body';
import { type ProcessAddr, ProcessAt, type ThreadAddr, ThreadAt } from '../kernel/layout';
import { MemoryExhausted } from '../base/accounts';
import type { Memory } from '../base/memory';
import { unblock } from './goroutines';
import { ThreadExhaustion } from './endings';
import type { Platform } from './platform';
import {
  type GAddr,
  GAt,
  type MAddr,
  MAt,
  MPhase,
  type PAddr,
  PAt,
  PStatus,
  RING,
  RuntimeTag,
  type SchedAddr,
  SchedAt,
} from './layout';
import type { Scheduler } from './scheduler';

const STEAL_ORDER = choiceCode('steal-order');
const RUN_NEXT = choiceCode('runnext');
/** Rounds over all Ps before a spinning M gives up; only the last takes runnext. */
const STEAL_ROUNDS = 4;
/** Virtual ns of looking at the queues of all Ps once. */
const ROUND_NS = 100;
/** Virtual ns that a thief gives a running P to use its runnext itself (usleep(3) in runqgrab). */
const RUN_NEXT_GRACE_NS = 3000;
/** Every so many time slices the global queue goes first. */
const GLOBAL_EVERY = 61;

/** What {@link GmpScheduler.find} found besides a goroutine. */
export const enum Found {
  /** Nothing yet; look again after a while. */
  Spin = 0,
  /** Nothing: the M has given up its P and must park. */
  Nothing = -1,
}

export class GmpScheduler implements Scheduler {
  /** Address of the schedt block. */
  readonly block: SchedAddr;
  readonly processors: PAddr;
  readonly count: number;
  /** The P whose M runs at the moment; 0: a timer or the kernel acts. */
  p: PAddr = 0;
  /** The kernel's number for the body of its threads. */
  body = -1;
  private readonly memory: Memory;
  private readonly order: Int32Array;
  private readonly steps: readonly number[];

  constructor(
    private readonly platform: Platform,
    /** Address of the process's block. */
    readonly process: ProcessAddr,
    /** What its threads do. */
    private readonly threads: (scheduler: GmpScheduler) => ThreadBody,
  ) {
    const memory = (this.memory = platform.memory);
    this.count = platform.config.processors;
    this.block = memory.alloc(SchedAt.Slots, RuntimeTag.Scheduler) as SchedAddr;
    this.processors = memory.alloc(PAt.Slots * this.count, RuntimeTag.Processors) as PAddr;
    this.order = new Int32Array(this.count);
    this.steps = coprimes(this.count);
    const m = memory.i32;
    m[process + ProcessAt.User] = this.block;
    m[this.block + SchedAt.Process] = process;
    m[this.block + SchedAt.Processors] = this.processors;
    m[this.block + SchedAt.ProcessorCount] = this.count;
    for (let i = this.count - 1; i >= 0; i--) {
      m[this.at(i) + PAt.Index] = i;
      // The runtime's own goroutines have run by the time main starts: not a slice in which the global queue goes first.
      m[this.at(i) + PAt.Tick] = 1;
      this.putIdle(this.at(i));
    }
  }

  /** Address of the i-th P. */
  at(i: number): PAddr {
    return (this.processors + i * PAt.Words) as PAddr;
  }

  // ---------------------------------------------------------------- making goroutines runnable

  begin(main: GAddr): void {
    this.body = this.platform.kernel.register(this.threads(this));
    const p = this.takeIdle(this.at(0));
    this.put(p, main, true);
    this.makeM(p, 0, 0);
  }

  /** newproc: a new goroutine runs next on the P of the one that made it, which pays for it. */
  started(g: GAddr): void {
    if (this.p === 0) {
      this.readyFromTimer(g);
      return;
    }
    const { vm, config } = this.platform;
    const m = this.memory.i32;
    m[g + GAt.LastP] = m[this.p + PAt.Index]!;
    vm.clock += config.goroutineCreate;
    this.put(this.p, g, true);
    this.wakeProcessor();
  }

  /** A blocked goroutine becomes runnable, next on the waker's P (goready). */
  ready(g: GAddr): void {
    const m = this.memory.i32;
    unblock(m, g);
    const p = this.p;
    if (p === 0) {
      this.readyFromTimer(g);
      return;
    }
    this.platform.log.add(Kind.GoReady, m[g + GAt.Id]!, m[p + PAt.Index], 1);
    this.put(p, g, true);
    this.wakeProcessor();
  }

  /** A timer or the network makes a goroutine runnable: an idle P gets it, else the P it was on. */
  readyFromTimer(g: GAddr): void {
    const m = this.memory.i32;
    unblock(m, g);
    const last = this.at(m[g + GAt.LastP]!);
    const idle = m[this.block + SchedAt.IdlePCount]! > 0;
    const p = idle ? this.takeIdle(last) : last;
    this.platform.log.add(Kind.GoReady, m[g + GAt.Id]!, m[p + PAt.Index], 1);
    this.put(p, g, true);
    if (idle) this.startM(p, 0);
  }

  /** runqput: to the ring of P, or as its runnext, which kicks the old one to the ring. */
  put(p: PAddr, g: GAddr, next: boolean): void {
    const m = this.memory.i32;
    const { config, choices } = this.platform;
    if (next && config.randomRunNext && choices.choose(RUN_NEXT, 2) === 0) next = false;
    if (next) {
      const old = m[p + PAt.RunNext] as GAddr;
      m[p + PAt.RunNext] = g;
      if (old === 0) {
        this.traceLength(p);
        return;
      }
      g = old;
    }
    const head = m[p + PAt.Head]!;
    const tail = m[p + PAt.Tail]!;
    if (((tail - head) | 0) < RING) {
      m[p + PAt.Ring + (tail & (RING - 1))] = g;
      m[p + PAt.Tail] = (tail + 1) | 0;
    } else this.putSlow(p, g);
    this.traceLength(p);
  }

  /** runqputslow: half of the full ring and g go to the global queue. */
  private putSlow(p: PAddr, g: GAddr): void {
    const m = this.memory.i32;
    const head = m[p + PAt.Head]!;
    for (let i = 0; i < RING / 2; i++) this.putGlobal(m[p + PAt.Ring + ((head + i) & (RING - 1))] as GAddr);
    m[p + PAt.Head] = (head + RING / 2) | 0;
    this.putGlobal(g);
  }

  putGlobal(g: GAddr): void {
    const m = this.memory.i32;
    const s = this.block;
    const tail = m[s + SchedAt.GlobalTail] as GAddr;
    m[g + GAt.Next] = 0;
    if (tail === 0) m[s + SchedAt.GlobalHead] = g;
    else m[tail + GAt.Next] = g;
    m[s + SchedAt.GlobalTail] = g;
    m[s + SchedAt.GlobalSize]!++;
    this.traceGlobal();
  }

  // ---------------------------------------------------------------- finding a goroutine to run

  /** findRunnable for the M, which holds a P: a goroutine, or {@link Found}. Sets `inherits` when the time slice goes on. */
  find(m: MAddr): GAddr | Found {
    const w = this.memory.i32;
    const p = w[m + MAt.P] as PAddr;
    const s = this.block;
    this.inherits = false;
    let g: GAddr = 0;
    if (w[m + MAt.Spinning] === 0) {
      if (w[s + SchedAt.GlobalSize] !== 0 && w[p + PAt.Tick]! % GLOBAL_EVERY === 0) g = this.takeGlobal(p, 1);
      if (g === 0) g = this.take(p);
      if (g !== 0) return g;
    } else if ((g = this.take(p)) !== 0) return this.found(m, g);
    if (w[s + SchedAt.GlobalSize] !== 0) g = this.takeGlobal(p, 0);
    if (g !== 0) return this.found(m, g);
    return this.search(m, p);
  }
  /** The goroutine found by {@link find} was runnext: it shares the time slice of the one that readied it. */
  inherits = false;

  /** One round over the other Ps; gives up after STEAL_ROUNDS. */
  private search(m: MAddr, p: PAddr): GAddr | Found {
    const w = this.memory.i32;
    const s = this.block;
    if (w[m + MAt.Spinning] === 0) {
      const busy = this.count - w[s + SchedAt.IdlePCount]!;
      if (2 * w[s + SchedAt.Spinning]! >= busy) return this.giveUp(m, p);
      w[m + MAt.Spinning] = 1;
      w[s + SchedAt.Spinning]!++;
      w[m + MAt.Round] = 0;
    }
    const round = w[m + MAt.Round]!;
    if (round === 0) w[m + MAt.Waited] = 0;
    if (round >= STEAL_ROUNDS) return this.giveUp(m, p);
    const g = this.steal(m, p, round === STEAL_ROUNDS - 1);
    if (g === Found.Spin) return Found.Spin;
    if (g !== Found.Nothing) return this.found(m, g);
    w[m + MAt.Round] = round + 1;
    this.platform.vm.clock += ROUND_NS;
    return Found.Spin;
  }

  /** resetspinning: an M that found work stops spinning and wakes another, for there may be more. */
  private found(m: MAddr, g: GAddr): GAddr {
    const w = this.memory.i32;
    if (w[m + MAt.Spinning] !== 0) {
      w[m + MAt.Spinning] = 0;
      w[m + MAt.Round] = 0;
      w[this.block + SchedAt.Spinning]!--;
      this.wakeProcessor();
    }
    return g;
  }

  private giveUp(m: MAddr, p: PAddr): Found {
    const w = this.memory.i32;
    if (w[m + MAt.Spinning] !== 0) {
      w[m + MAt.Spinning] = 0;
      w[this.block + SchedAt.Spinning]!--;
    }
    w[m + MAt.Round] = 0;
    this.release(m, p);
    return Found.Nothing;
  }

  /** runqget. */
  private take(p: PAddr): GAddr {
    const w = this.memory.i32;
    const next = w[p + PAt.RunNext] as GAddr;
    if (next !== 0) {
      w[p + PAt.RunNext] = 0;
      this.inherits = true;
      this.traceLength(p);
      return next;
    }
    const head = w[p + PAt.Head]!;
    if (head === w[p + PAt.Tail]) return 0;
    w[p + PAt.Head] = (head + 1) | 0;
    this.traceLength(p);
    return w[p + PAt.Ring + (head & (RING - 1))] as GAddr;
  }

  /** globrunqget: at most `max` (0: a fair share), the first to run, the rest to the ring of p. */
  private takeGlobal(p: PAddr, max: number): GAddr {
    const w = this.memory.i32;
    const s = this.block;
    const size = w[s + SchedAt.GlobalSize]!;
    let n = Math.min(size, Math.floor(size / this.count) + 1, RING / 2);
    if (max > 0) n = Math.min(n, max);
    const first = this.popGlobal();
    for (let i = 1; i < n; i++) this.put(p, this.popGlobal(), false);
    this.traceGlobal();
    return first;
  }

  private popGlobal(): GAddr {
    const w = this.memory.i32;
    const s = this.block;
    const g = w[s + SchedAt.GlobalHead] as GAddr;
    w[s + SchedAt.GlobalHead] = w[g + GAt.Next] as GAddr;
    if (w[g + GAt.Next] === 0) w[s + SchedAt.GlobalTail] = 0;
    w[g + GAt.Next] = 0;
    w[s + SchedAt.GlobalSize]!--;
    return g;
  }

  /** One look at every other P, in an order chosen afresh: half of the first queue that is not empty. */
  private steal(m: MAddr, p: PAddr, takeNext: boolean): GAddr | Found {
    const w = this.memory.i32;
    if (!this.anyoneHasWork(p, takeNext)) return Found.Nothing;
    const order = this.shuffled();
    for (let i = 0; i < order.length; i++) {
      const victim = this.at(order[i]!);
      if (victim === p) continue;
      const tail = w[victim + PAt.Tail]!;
      const size = (tail - w[victim + PAt.Head]!) | 0;
      if (size > 0) return this.stealHalf(p, victim, size);
      const next = w[victim + PAt.RunNext] as GAddr;
      if (!takeNext || next === 0) continue;
      if (w[victim + PAt.Status] === PStatus.Running && w[m + MAt.Waited] === 0) {
        w[m + MAt.Waited] = 1;
        this.platform.vm.clock += RUN_NEXT_GRACE_NS;
        return Found.Spin;
      }
      w[victim + PAt.RunNext] = 0;
      this.traceLength(victim);
      this.platform.log.add(Kind.Steal, w[next + GAt.Id]!, w[victim + PAt.Index], 1);
      return next;
    }
    return Found.Nothing;
  }

  /** Asked first, so that no choice is made where there is nothing to choose. */
  private anyoneHasWork(p: PAddr, takeNext: boolean): boolean {
    const w = this.memory.i32;
    for (let i = 0; i < this.count; i++) {
      const other = this.at(i);
      if (other === p) continue;
      if (w[other + PAt.Head] !== w[other + PAt.Tail] || (takeNext && w[other + PAt.RunNext] !== 0)) return true;
    }
    return false;
  }

  private stealHalf(p: PAddr, victim: PAddr, size: number): GAddr {
    const w = this.memory.i32;
    const n = size - (size >> 1);
    const head = w[victim + PAt.Head]!;
    const last = w[victim + PAt.Ring + ((head + n - 1) & (RING - 1))] as GAddr;
    const tail = w[p + PAt.Tail]!;
    for (let i = 0; i < n - 1; i++) {
      w[p + PAt.Ring + ((tail + i) & (RING - 1))] = w[victim + PAt.Ring + ((head + i) & (RING - 1))]!;
    }
    w[p + PAt.Tail] = (tail + n - 1) | 0;
    w[victim + PAt.Head] = (head + n) | 0;
    this.traceLength(victim);
    this.traceLength(p);
    this.platform.log.add(Kind.Steal, w[last + GAt.Id]!, w[victim + PAt.Index], n);
    return last;
  }

  /** Go walks the Ps from a random start by a random step coprime to their number (randomOrder). */
  private shuffled(): Int32Array {
    const n = this.count;
    const order = this.order;
    const start = n > 1 ? this.platform.choices.choose(STEAL_ORDER, n) : 0;
    const steps = this.steps;
    const step = steps.length > 1 ? steps[this.platform.choices.choose(STEAL_ORDER, steps.length)]! : steps[0]!;
    for (let i = 0, at = start; i < n; i++, at = (at + step) % n) order[i] = at;
    return order;
  }

  // ---------------------------------------------------------------- Ps and Ms

  /** wakep: one more M spins, if there is an idle P for it and none spins already. */
  wakeProcessor(): void {
    const w = this.memory.i32;
    const s = this.block;
    if (w[s + SchedAt.IdlePCount] === 0 || w[s + SchedAt.Spinning] !== 0) return;
    w[s + SchedAt.Spinning]!++;
    this.startM(this.takeIdle(0), 1);
  }

  /** startm: an idle or new M takes P. Waking or making a thread costs the one who does it. */
  startM(p: PAddr, spinning: number): MAddr {
    const w = this.memory.i32;
    const s = this.block;
    const { kernel, config, vm } = this.platform;
    const m = w[s + SchedAt.IdleM] as MAddr;
    if (m === 0) return this.newM(p, spinning);
    w[s + SchedAt.IdleM] = w[m + MAt.NextIdle] as MAddr;
    w[s + SchedAt.IdleMCount]!--;
    this.assign(m, p, spinning);
    kernel.cores.wake(w[m + MAt.Thread] as ThreadAddr);
    if (this.p !== 0) vm.clock += config.systemCall;
    return m;
  }

  /** newm: a thread that will start by taking P. */
  newM(p: PAddr, spinning: number): MAddr {
    const { config, vm } = this.platform;
    const m = this.makeM(p, spinning, config.threadCreate);
    if (this.p !== 0) vm.clock += config.threadCreate;
    if (this.memory.i32[this.block + SchedAt.MCount]! > config.threadLimit) throw new ThreadExhaustion();
    return m;
  }

  private makeM(p: PAddr, spinning: number, delay: number): MAddr {
    const { kernel, memory } = this.platform;
    const m = memory.alloc(MAt.Slots, RuntimeTag.Scheduler) as MAddr;
    this.assign(m, p, spinning);
    const thread = kernel.processes.createThread(this.process, this.body, m, delay);
    if (thread === 0) throw new MemoryExhausted('thread');
    memory.i32[m + MAt.Thread] = thread;
    memory.i32[this.block + SchedAt.MCount]!++;
    return m;
  }

  private assign(m: MAddr, p: PAddr, spinning: number): void {
    const w = this.memory.i32;
    w[m + MAt.NextP] = p;
    w[m + MAt.Phase] = MPhase.Start;
    w[m + MAt.Spinning] = spinning;
    w[m + MAt.Round] = 0;
  }

  /** acquirep. */
  acquire(m: MAddr, p: PAddr): void {
    const w = this.memory.i32;
    w[m + MAt.P] = p;
    w[p + PAt.M] = m;
    w[p + PAt.Status] = PStatus.Running;
    this.p = p;
    this.platform.log.add(Kind.Acquire, w[p + PAt.Index]!, this.threadId(m));
  }

  private threadId(m: MAddr): number {
    const w = this.memory.i32;
    return w[(w[m + MAt.Thread] as ThreadAddr) + ThreadAt.Id]!;
  }

  /** releasep, and P becomes idle. */
  release(m: MAddr, p: PAddr): void {
    const w = this.memory.i32;
    w[m + MAt.P] = 0;
    w[p + PAt.M] = 0;
    this.putIdle(p);
    this.p = 0;
  }

  putIdle(p: PAddr): void {
    const w = this.memory.i32;
    const s = this.block;
    w[p + PAt.Status] = PStatus.Idle;
    w[p + PAt.NextIdle] = w[s + SchedAt.IdleP] as PAddr;
    w[s + SchedAt.IdleP] = p;
    w[s + SchedAt.IdlePCount]!++;
  }

  /** Takes the preferred P if it is idle, else the first, for an M that will acquire it; the caller knows that there is one. */
  takeIdle(preferred: PAddr): PAddr {
    const w = this.memory.i32;
    const s = this.block;
    let previous: PAddr = 0;
    let p = w[s + SchedAt.IdleP] as PAddr;
    if (preferred !== 0 && w[preferred + PAt.Status] === PStatus.Idle) {
      while (p !== preferred && p !== 0) {
        previous = p;
        p = w[p + PAt.NextIdle] as PAddr;
      }
      if (p === 0) {
        previous = 0;
        p = w[s + SchedAt.IdleP] as PAddr;
      }
    }
    if (previous === 0) w[s + SchedAt.IdleP] = w[p + PAt.NextIdle] as PAddr;
    else w[previous + PAt.NextIdle] = w[p + PAt.NextIdle] as PAddr;
    w[s + SchedAt.IdlePCount]!--;
    w[p + PAt.Status] = PStatus.Assigned;
    return p;
  }

  /** stopm: the M joins the idle ones; its thread parks next. @returns false when now nothing in the process can ever run. */
  park(m: MAddr): boolean {
    const w = this.memory.i32;
    const s = this.block;
    w[m + MAt.Phase] = MPhase.Start;
    w[m + MAt.NextIdle] = w[s + SchedAt.IdleM] as MAddr;
    w[s + SchedAt.IdleM] = m;
    w[s + SchedAt.IdleMCount]!++;
    return w[s + SchedAt.IdleMCount]! < w[s + SchedAt.MCount]! || w[s + SchedAt.Wakers]! > 0;
  }

  /** handoffp: the M that held P is in a system call. */
  handOff(p: PAddr, m: MAddr): void {
    const w = this.memory.i32;
    const s = this.block;
    const thread = this.threadId(m);
    w[p + PAt.M] = 0;
    const hasWork = w[p + PAt.RunNext] !== 0 || w[p + PAt.Head] !== w[p + PAt.Tail] || w[s + SchedAt.GlobalSize] !== 0;
    const lonely = w[s + SchedAt.Spinning] === 0 && w[s + SchedAt.IdlePCount] === 0;
    if (!hasWork && !lonely) {
      this.putIdle(p);
      return;
    }
    w[p + PAt.Status] = PStatus.Assigned;
    if (!hasWork) w[s + SchedAt.Spinning]!++;
    const taker = this.startM(p, hasWork ? 0 : 1);
    this.platform.log.add(Kind.Handoff, this.memory.i32[p + PAt.Index]!, thread, this.threadId(taker));
  }

  // ---------------------------------------------------------------- lengths of queues

  private traceLength(p: PAddr): void {
    if (!this.platform.config.traceQueues) return;
    const w = this.memory.i32;
    const length = ((w[p + PAt.Tail]! - w[p + PAt.Head]!) | 0) + (w[p + PAt.RunNext] !== 0 ? 1 : 0);
    this.platform.log.add(Kind.QueueLength, w[p + PAt.Index]!, length);
  }

  private traceGlobal(): void {
    if (!this.platform.config.traceQueues) return;
    this.platform.log.add(Kind.QueueLength, -1, this.memory.i32[this.block + SchedAt.GlobalSize]);
  }
}

/** Numbers from 1 to n that share no factor with n. */
function coprimes(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => i + 1).filter((i) => gcd(i, n) === 1);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
