/**
 * This file makes the times of a trace fit to be drawn: no goroutine, core, thread, object or queue goes back in time.
 *
 * Cores of a simulated machine run ahead of each other, so rows are in the order of their effects, not of their times: a row may carry an earlier
 * time than one above it. Between unrelated rows that is the truth and stays. Where related rows are concerned (a core acts on a lock before
 * another one that got it earlier) the later row is moved up to the earlier one, as Lamport's clocks do (CACM 1978), so that spans have widths,
 * arrows point forward, and every lane can be searched by bisection.
 */
import { Kind } from '../event/kinds';
import { CONCERNS_OBJECT, HAPPENS_TO_OBJ } from '../trace/rows';
import type { Trace } from '../trace/store';
import { CONCERNS_THREAD } from './stretches';

// Constants of this module: reading them off the table for every row would cost more than the fold itself.
const { GoBlock, GoCreate, GoEnd, GoPreempt, GoReady, GoRun, GoSysExit, GoSyscall, LeftOut, QueueLength } = Kind;

/** Times by row: the column itself where nothing goes back, else a copy with rows moved up. */
export function forwardTimes(trace: Trace): Float64Array {
  return isAscending(trace.columns.time) ? trace.columns.time : new Forward(trace).times();
}

export function isAscending(time: Float64Array): boolean {
  for (let row = 1; row < time.length; row++) if (time[row]! < time[row - 1]!) return false;
  return true;
}

class Forward {
  private readonly goroutines = new Map<number, number>();
  private readonly cores = new Map<number, number>();
  private readonly threads = new Map<number, number>();
  private readonly objects = new Map<number, number>();
  private readonly queues = new Map<number, number>();
  /** Goroutine -> object it waits for. */
  private readonly waitsFor = new Map<number, number>();
  /** Goroutine -> core it runs on. */
  private readonly runsOn = new Map<number, number>();
  /** Clocks that the current row reads and sets. */
  private readonly touched: [Map<number, number>, number][] = [];

  constructor(private readonly trace: Trace) {}

  times(): Float64Array {
    const { time, kind } = this.trace.columns;
    const result = new Float64Array(time.length);
    // All lanes go on after what was left out.
    let [latest, least] = [0, 0];
    for (let row = 0; row < time.length; row++) {
      this.touched.length = 0;
      this.collect(row);
      let at = Math.max(time[row]!, least);
      if (kind[row] === LeftOut) least = at = Math.max(at, latest);
      for (const [clocks, key] of this.touched) at = Math.max(at, clocks.get(key) ?? 0);
      for (const [clocks, key] of this.touched) clocks.set(key, at);
      result[row] = at;
      latest = Math.max(latest, at);
    }
    return result;
  }

  private collect(row: number): void {
    const { kind, g, obj, core } = this.trace.columns;
    const code = kind[row]!;
    const subject = HAPPENS_TO_OBJ[code] === 1 ? obj[row]! : g[row]!;
    if (subject > 0) this.touchGoroutine(subject, row);
    if (code === GoCreate) this.touched.push([this.goroutines, obj[row]!]);
    if (core[row]! >= 0) this.touched.push([this.cores, core[row]!]);
    if (CONCERNS_THREAD[code] === 1) this.touched.push([this.threads, obj[row]!]);
    if (CONCERNS_OBJECT[code] === 1 && obj[row] !== 0) this.touched.push([this.objects, obj[row]!]);
    if (code === QueueLength) this.touched.push([this.queues, obj[row]!]);
  }

  /** A goroutine's row may also end what it does to a core or an object. */
  private touchGoroutine(id: number, row: number): void {
    const { kind, obj, core } = this.trace.columns;
    this.touched.push([this.goroutines, id]);
    const object = this.waitsFor.get(id);
    if (object !== undefined) this.touched.push([this.objects, object]);
    const on = this.runsOn.get(id);
    if (on !== undefined) this.touched.push([this.cores, on]);
    switch (kind[row]) {
      case GoBlock:
        this.runsOn.delete(id);
        if (obj[row] !== 0) this.waitsFor.set(id, obj[row]!);
        return;
      case GoRun:
        this.waitsFor.delete(id);
        if (core[row]! >= 0) this.runsOn.set(id, core[row]!);
        return;
      case GoSysExit:
        if (core[row]! >= 0) this.runsOn.set(id, core[row]!);
        return;
      case GoReady:
        this.waitsFor.delete(id);
        return;
      case GoPreempt:
      case GoSyscall:
      case GoEnd:
        this.runsOn.delete(id);
        return;
      default:
    }
  }
}
