/** This file folds the events of a trace into what each goroutine does: its states, and the core it runs on. */
import { Kind } from '../event/kinds';
import { RUNNABLE, RUNNING, SYSCALL, UNRECORDED, waitingFor } from '../trace/goroutineStates';
import { CREATES, type TraceIndex } from '../trace/rows';
import type { Trace } from '../trace/store';
import { Stretches, type Stretch } from './stretches';
import { RoleSpans } from './track';

// Constants of this module: reading them off the table for every row would cost more than the fold itself.
const { GoBlock, GoCreate, GoEnd, GoPreempt, GoReady, GoRun, GoSysExit, GoSyscall, LeftOut } = Kind;

/** Lives of goroutines, by id. */
export interface GoroutineFold {
  readonly states: RoleSpans;
  readonly cores: RoleSpans;
  /** Row of birth; -1 before the first row or never. */
  readonly firstRow: Int32Array;
  /** Row of the end; -1: alive at the end of the trace. */
  readonly lastRow: Int32Array;
  /** 1 where the goroutine appears in the trace at all. */
  readonly seen: Uint8Array;
}

/** Follows every goroutine through its states. */
export function foldGoroutines(trace: Trace, index: TraceIndex): GoroutineFold {
  const { kind, g, obj, a, core } = trace.columns;
  const states = new RoleSpans('states');
  const cores = new RoleSpans('cores');
  const firstRow = new Int32Array(index.goroutines + 1).fill(-1);
  const lastRow = new Int32Array(index.goroutines + 1).fill(-1);
  const seen = new Uint8Array(index.goroutines + 1);

  const become = (id: number, row: number, state: number): void => {
    if (id <= 0 || lastRow[id] !== -1) return;
    if (seen[id] === 0) {
      seen[id] = 1;
      firstRow[id] = row;
    }
    if (states.openCode(id) !== state) states.begin(id, row, state);
    if (state !== RUNNING) cores.end(id, row);
    else if (core[row]! >= 0 && cores.openCode(id) !== core[row]) cores.begin(id, row, core[row]!);
  };
  // A wait is one span even when the next one has the same state: what is waited for differs.
  const wait = (id: number, row: number): void => {
    if (id > 0 && lastRow[id] === -1) states.end(id, row);
    become(id, row, waitingFor(a[row]!));
  };
  const end = (id: number, row: number): void => {
    if (id <= 0) return;
    become(id, row, states.openCode(id) ?? RUNNING);
    states.end(id, row);
    cores.end(id, row);
    lastRow[id] = row;
  };

  const change = (row: number): void => {
    switch (kind[row]) {
      case GoCreate:
        appear(g[row]!, row);
        become(obj[row]!, row, RUNNABLE);
        break;
      case GoRun:
        become(obj[row]!, row, RUNNING);
        break;
      case GoPreempt:
        become(obj[row]!, row, RUNNABLE);
        break;
      case GoReady:
        if (states.openCode(obj[row]!) !== RUNNING) become(obj[row]!, row, RUNNABLE);
        break;
      case GoBlock:
        wait(g[row]!, row);
        break;
      case GoSyscall:
        become(g[row]!, row, SYSCALL);
        break;
      case GoSysExit:
        become(obj[row]!, row, a[row] === 1 ? RUNNING : RUNNABLE);
        break;
      case GoEnd:
        end(obj[row]!, row);
        break;
      default:
        appear(g[row]!, row);
    }
  };

  const stretches = new Stretches(trace);
  for (let row = 0; row < trace.length; row++) {
    const stretch = stretches.at(row);
    if (stretch === undefined) change(row);
    else leaveOut(stretch, row);
  }
  return { states, cores, firstRow, lastRow, seen };

  /** Of a gap the rows tell of a goroutine what it does from the last of them on that tells of it. */
  function leaveOut({ gap, goroutines }: Stretch, row: number): void {
    if (kind[row] === LeftOut) {
      for (const id of gap.goroutines) if ((goroutines.get(id) ?? -1) > row && isAlive(id)) loseSight(id, row);
      return;
    }
    const id = CREATES[kind[row]!] === 1 ? obj[row]! : index.goroutineOf(row);
    const last = goroutines.get(id);
    if (last === row) change(row);
    else if (last !== undefined && last > row && (CREATES[kind[row]!] === 1 || isAlive(id))) loseSight(id, row);
  }

  function isAlive(id: number): boolean {
    return seen[id] === 1 && lastRow[id] === -1;
  }

  function loseSight(id: number, row: number): void {
    const isLost = states.openCode(id) === UNRECORDED;
    // In each part of a gap something else is told of it.
    if (isLost && kind[row] !== LeftOut) return;
    states.end(id, row);
    become(id, row, UNRECORDED);
  }

  /** A goroutine that acts without having been started in this trace is running. */
  function appear(id: number, row: number): void {
    if (id > 0 && seen[id] === 0) become(id, row, RUNNING);
  }
}
