/** This file defines what a trace says about the program besides its events: places, goroutines, objects, the machine. Plain data: it crosses threads and is stored as JSON. */
import type { MemoryUse } from '../base/accounts';
import type { Gap } from './gaps';

/** A place in the source. Lines and columns start at 1; columns and offsets count UTF-16 units (reports convert to bytes where Go does). */
export interface Place {
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Function as Go names it: `main.worker`. */
  readonly function: string;
}

export interface GoroutineMeta {
  readonly id: number;
  /** Short name of its function: `worker`, `main`, `func1`. */
  readonly name: string;
  /** Full name: `main.worker`. */
  readonly function: string;
  /** Creator; 0: none (main, timers). */
  readonly parent: number;
  /** Index of the place of its go statement; -1. */
  readonly createdAt: number;
  readonly process: number;
}

export type ObjectKind = 'channel' | 'mutex' | 'rwmutex' | 'waitgroup' | 'once' | 'cond' | 'timer' | 'variable';
export interface ObjectMeta {
  /** Slot address, as in events. */
  readonly id: number;
  readonly kind: ObjectKind;
  /** `queue`, `mu`, `stats.hits`, `a[3]`; a made-up one (`chan 1`) when the source has no name. */
  readonly name: string;
  /** Go's type: `chan int`, `sync.Mutex`. */
  readonly type: string;
  readonly capacity?: number;
  /** Index of the place of its declaration or make; -1. */
  readonly declaredAt: number;
}

export interface ThreadMeta {
  readonly id: number;
  readonly process: number;
}
export interface ProcessMeta {
  readonly id: number;
  readonly name: string;
  readonly parent: number;
  /** Its main goroutine; absent in traces of versions that had one process, whose main goroutine is 1. */
  readonly main?: number;
  /** Its exit status; absent while it runs. */
  readonly status?: number;
}

/** Whether a goroutine is the main one of its process. */
export function isMainGoroutine(meta: TraceMeta, g: number): boolean {
  return meta.processes.some(({ main = 1 }) => main === g);
}

/** Whether the run queues that events number are those of one process: each has its own, and numbers them from 0. */
export function hasOneRuntime({ processes }: TraceMeta): boolean {
  return processes.length <= 1;
}

/** Whether a thread is the first of its process. */
export function isMainThread({ threads }: TraceMeta, id: number): boolean {
  const process = threads.find((thread) => thread.id === id)?.process;
  return threads.find((thread) => thread.process === process)?.id === id;
}

/** Memory of the simulated machine when most of it was in use, in bytes; of several processes the sum of what each used when it used most. */
export interface MemoryMeta extends MemoryUse {
  /** What the machine has. */
  readonly limitBytes: number;
  /** Number of kernel threads, all with a stack. */
  readonly threads: number;
}

export interface TraceMeta {
  readonly schema: 'interlane.trace/1';
  /** File names as the user knows them. */
  readonly files: readonly string[];
  readonly places: readonly Place[];
  readonly goroutines: readonly GoroutineMeta[];
  readonly objects: readonly ObjectMeta[];
  readonly threads: readonly ThreadMeta[];
  readonly processes: readonly ProcessMeta[];
  readonly cores: number;
  /** Absent in traces of versions that kept no accounts. */
  readonly memory?: MemoryMeta;
  readonly seed: number;
  /** Recorded choices, encoded (trace/schedule.ts); replays the run. */
  readonly schedule: string;
  readonly steps: number;
  /** Virtual end of the run in ns. */
  readonly endTime: number;
  /** How the run ended: kind of machine outcome and exit status. */
  readonly outcome: string;
  readonly status: number;
  /** Instructions executed. */
  readonly instructions: number;
  /** True when the events after the last row were dropped because the trace was full. */
  readonly truncated: boolean;
  /** Where events before the last row are told in sums because the trace was full, in order; absent: nowhere. */
  readonly gaps?: readonly Gap[];
  /** True when races were not looked for to the end, because there were more goroutines than the detector has clocks for. */
  readonly racesGaveUp?: boolean;
  /** Texts that Print, Panic, … rows refer to. */
  readonly texts: readonly string[];
  /** Call stacks that Read and Write rows refer to by index: places, innermost first. */
  readonly stacks: readonly (readonly number[])[];
}
