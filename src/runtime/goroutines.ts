/** This file keeps the goroutines of one process from birth to reuse: their blocks, whether they wait and who woke them, and their sudogs. */
import type { Memory } from '../base/memory';
import { Kind } from '../event/kinds';
import { Ctx } from '../vm/context';
import type { Platform } from './platform';
import {
  type GAddr,
  GAt,
  GState,
  type PAddr,
  PAt,
  PlatformAt,
  RuntimeTag,
  type SchedAddr,
  SchedAt,
  type SudogAddr,
  SudogAt,
} from './layout';
import { Next } from './next';

/** In units of an interrupt: of a goroutine that is cut off, and of telling all who observe it. */
const WORK_OF_AN_END = 100;

/** A goroutine that waited may run. */
export function unblock(m: Int32Array, g: GAddr): void {
  m[g + GAt.State] = GState.Runnable;
  m[g + GAt.Wait] = 0;
  m[g + GAt.WaitObject] = 0;
}

export class Goroutines {
  private readonly memory: Memory;

  constructor(
    private readonly platform: Platform,
    /** Address of the process's schedt block. */
    private readonly sched: SchedAddr,
  ) {
    this.memory = platform.memory;
  }

  /** A runnable goroutine without a frame yet. */
  create(creator: number, creatorPc: number): GAddr {
    const g = this.newBlock();
    const s = this.sched;
    const m = this.memory.i32;
    const platform = this.platform.block;
    m[g + GAt.Id] = ++m[platform + PlatformAt.LastGoid]!;
    m[g + GAt.Segment] = ++m[platform + PlatformAt.LastSegment]!;
    m[g + GAt.State] = GState.Runnable;
    m[g + GAt.Creator] = creator;
    m[g + GAt.CreatorPc] = creatorPc;
    const tail = m[s + SchedAt.AllTail] as GAddr;
    m[g + GAt.AllPrev] = tail;
    if (tail === 0) m[s + SchedAt.AllHead] = g;
    else m[tail + GAt.AllNext] = g;
    m[s + SchedAt.AllTail] = g;
    m[s + SchedAt.GCount]!++;
    m[platform + PlatformAt.Goroutines]!++;
    return g;
  }

  /** A zeroed block; from the free list if it can be. */
  private newBlock(): GAddr {
    const s = this.sched;
    const m = this.memory.i32;
    const g = m[s + SchedAt.FreeG] as GAddr;
    if (g === 0) return this.memory.alloc(GAt.Slots, RuntimeTag.Goroutine) as GAddr;
    m[s + SchedAt.FreeG] = m[g + GAt.Next] as GAddr;
    for (let at: number = g; at < g + GAt.Slots * 2; at++) m[at] = 0;
    return g;
  }

  /** Gives the block and the stack of an ended goroutine back. Its id is never used again. */
  recycle(g: GAddr): void {
    this.platform.vm.release(g);
    const m = this.memory.i32;
    const s = this.sched;
    const next = m[g + GAt.AllNext] as GAddr;
    const previous = m[g + GAt.AllPrev] as GAddr;
    if (previous === 0) m[s + SchedAt.AllHead] = next;
    else m[previous + GAt.AllNext] = next;
    if (next === 0) m[s + SchedAt.AllTail] = previous;
    else m[next + GAt.AllPrev] = previous;
    m[s + SchedAt.GCount]!--;
    m[this.platform.block + PlatformAt.Goroutines]!--;
    m[g + GAt.State] = GState.Free;
    m[g + GAt.Next] = m[s + SchedAt.FreeG] as GAddr;
    m[s + SchedAt.FreeG] = g;
  }

  /** Tells that g runs from now on, with the P `p`. */
  sayRunning(g: GAddr, p: PAddr): void {
    const { log, vm } = this.platform;
    const m = this.memory.i32;
    log.here.time = vm.clock;
    log.here.pc = m[g + Ctx.Pc]!;
    log.add(Kind.GoRun, m[g + GAt.Id]!, m[p + PAt.Index]);
  }

  /** gopark: the running goroutine waits until somebody readies it, on `object` (0: none, or several), for the reason `why` (event/wait.ts). */
  block(g: GAddr, object: number, why: number, ns = 0): Next {
    const m = this.memory.i32;
    m[g + GAt.State] = GState.Blocked;
    m[g + GAt.Wait] = why;
    m[g + GAt.WaitObject] = object;
    this.platform.log.add(Kind.GoBlock, object, why, Math.min(ns, 0x7fffffff), ns | 0, Math.floor(ns / 0x100000000));
    return Next.Parked;
  }

  /** The goroutine that woke g out of what it is about to finish; 0 when it did not wait. */
  takeWaker(g: GAddr): number {
    const m = this.memory.i32;
    const waker = m[g + GAt.Waker]!;
    m[g + GAt.Waker] = 0;
    return waker;
  }

  /** How many are alive. */
  get count(): number {
    return this.memory.i32[this.sched + SchedAt.GCount]!;
  }

  /** The goroutine that has been alive longest; 0: none is. */
  get oldest(): GAddr {
    return this.memory.i32[this.sched + SchedAt.AllHead] as GAddr;
  }

  /** The one that was started next of those alive; 0: none. */
  after(g: GAddr): GAddr {
    return this.memory.i32[g + GAt.AllNext] as GAddr;
  }

  /** Calls `visit` for every goroutine alive, oldest first. */
  forEach(visit: (g: GAddr) => void): void {
    let g = this.memory.i32[this.sched + SchedAt.AllHead] as GAddr;
    while (g !== 0) {
      const next = this.memory.i32[g + GAt.AllNext] as GAddr;
      visit(g);
      g = next;
    }
  }

  /** The program ends: every goroutine still alive is cut off where it is. */
  cutOff(): void {
    this.forEach((g) => {
      this.platform.vm.interrupt.worked(WORK_OF_AN_END);
      const m = this.memory.i32;
      if (m[g + GAt.State] === GState.Dead) return;
      m[g + GAt.State] = GState.Dead;
      this.platform.addFor(g, Kind.GoEnd, m[g + GAt.Id]!, 3);
    });
  }

  /** A sudog for a case of a select; what it says is set by who asks. */
  sudog(): SudogAddr {
    const head = this.memory.i32[this.sched + SchedAt.FreeSudog] as SudogAddr;
    if (head === 0) return this.memory.alloc(SudogAt.Slots, RuntimeTag.Sudog) as SudogAddr;
    this.memory.i32[this.sched + SchedAt.FreeSudog] = this.memory.i32[head + SudogAt.WaitLink] as SudogAddr;
    return head;
  }

  freeSudog(sudog: SudogAddr): void {
    const m = this.memory.i32;
    m[sudog + SudogAt.WaitLink] = m[this.sched + SchedAt.FreeSudog] as SudogAddr;
    m[this.sched + SchedAt.FreeSudog] = sudog;
  }
}
