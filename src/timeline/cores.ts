/** This file folds the events of a trace into what cores, kernel threads and run queues do. */
import { Kind } from '../event/kinds';
import type { Trace } from '../trace/store';
import type { TraceClock } from './clock';
import { THREAD_STATES } from './model';
import { begins, CONCERNS_THREAD, Stretches, type Stretch } from './stretches';
import { RoleSpans } from './track';

// Constants of this module: reading them off the table for every row would cost more than the fold itself.
const {
  GoBlock,
  GoEnd,
  GoPreempt,
  GoRun,
  GoSysExit,
  GoSyscall,
  QueueLength,
  ThreadCreate,
  ThreadRun,
  ThreadStop,
  ThreadWake,
} = Kind;

type ThreadState = (typeof THREAD_STATES)[number];
const threadCode = (state: ThreadState): number => THREAD_STATES.indexOf(state);

/** What a thread does after it left its core, by the reason in ThreadStop; undefined: it ended. */
const AFTER_STOP: readonly (ThreadState | undefined)[] = ['parked', 'in system call', 'runnable', undefined];

const NO_ROWS: ReadonlySet<number> = new Set();

export interface CoreFold {
  /** By core. */
  readonly busy: RoleSpans;
  readonly threads: RoleSpans;
  readonly pending: RoleSpans;
  readonly goroutines: RoleSpans;
  /** By thread. */
  readonly thread: RoleSpans;
  /** By P; -1: the global queue. */
  readonly queues: RoleSpans;
  /** Threads in order of appearance, with the row of their creation (-1: from the start). */
  readonly born: ReadonlyMap<number, number>;
}

/** Follows every core, thread and queue. */
export function foldCores(trace: Trace, clock: TraceClock): CoreFold {
  return new CoreFolder(trace, clock).fold();
}

class CoreFolder {
  private readonly busy = new RoleSpans('busy');
  private readonly threads = new RoleSpans('threads');
  private readonly pending = new RoleSpans('pending');
  private readonly goroutines = new RoleSpans('goroutines');
  private readonly thread = new RoleSpans('thread');
  private readonly queues = new RoleSpans('length');
  private readonly born = new Map<number, number>();
  /** Thread -> core it runs on. */
  private readonly coreOfThread = new Map<number, number>();
  /** Goroutine -> core it runs on. */
  private readonly coreOfGoroutine = new Map<number, number>();
  /** Thread -> row since when it is being created or woken. */
  private readonly pendingSince = new Map<number, number>();
  /** Core -> row until which it was taken: by a thread, or by one that was starting. */
  private readonly takenUntil = new Map<number, number>();

  constructor(
    private readonly trace: Trace,
    private readonly clock: TraceClock,
  ) {}

  fold(): CoreFold {
    const stretches = new Stretches(this.trace);
    for (let row = 0; row < this.trace.length; row++) {
      const stretch = stretches.at(row);
      if (stretch && begins(stretch, row)) this.loseSight(stretch, row);
      if (!stretch || !this.isFollowed(stretch, row)) this.observe(row);
    }
    const { busy, threads, pending, goroutines, thread, queues, born } = this;
    return { busy, threads, pending, goroutines, thread, queues, born };
  }

  /** What is told of again in the gap is not known until then. */
  private loseSight({ gap, goroutines, queues }: Stretch, row: number): void {
    for (const id of gap.goroutines) if (goroutines.has(id)) this.stop(id, row);
    for (const p of queues.keys()) this.queues.level(p, row, 0);
    for (const id of gap.threads) {
      this.leaveCore(id, row);
      this.pendingSince.delete(id);
      this.thread.cut(id, row, NO_ROWS);
    }
  }

  /** Whether a row of a gap tells of a thread that does something else later in it. */
  private isFollowed({ threads }: Stretch, row: number): boolean {
    const { kind, obj } = this.trace.columns;
    if (CONCERNS_THREAD[kind[row]!] === 0 || threads.get(obj[row]!) === row) return false;
    if (!this.born.has(obj[row]!)) this.born.set(obj[row]!, row);
    return true;
  }

  private observe(row: number): void {
    const { kind, g, obj, a, core } = this.trace.columns;
    switch (kind[row]) {
      case GoRun:
        return this.run(obj[row]!, core[row]!, row);
      case GoSysExit:
        if (a[row] === 1) this.run(obj[row]!, core[row]!, row);
        return;
      case GoPreempt:
      case GoEnd:
        return this.stop(obj[row]!, row);
      case GoBlock:
      case GoSyscall:
        return this.stop(g[row]!, row);
      case ThreadCreate:
      case ThreadWake:
        return this.start(obj[row]!, row);
      case ThreadRun:
        return this.onCore(obj[row]!, core[row]!, row);
      case ThreadStop:
        return this.offCore(obj[row]!, a[row]!, row);
      case QueueLength:
        return this.queues.level(obj[row]!, row, a[row]!);
      default:
    }
  }

  private run(g: number, core: number, row: number): void {
    if (core < 0 || this.coreOfGoroutine.get(g) === core) return;
    this.stop(g, row);
    this.coreOfGoroutine.set(g, core);
    this.goroutines.begin(core, row, g);
  }

  private stop(g: number, row: number): void {
    const core = this.coreOfGoroutine.get(g);
    if (core === undefined) return;
    this.coreOfGoroutine.delete(g);
    if (this.goroutines.openCode(core) === g) this.goroutines.end(core, row);
  }

  private start(thread: number, row: number): void {
    if (!this.born.has(thread)) this.born.set(thread, row);
    this.pendingSince.set(thread, row);
    this.thread.begin(thread, row, threadCode('starting'));
  }

  private onCore(thread: number, core: number, row: number): void {
    if (!this.born.has(thread)) this.born.set(thread, -1);
    const since = this.pendingSince.get(thread);
    if (since !== undefined) {
      this.pendingSince.delete(thread);
      this.pending.begin(core, this.later(since, this.takenUntil.get(core) ?? -1), thread);
      this.pending.end(core, row);
      this.takenUntil.set(core, row);
    }
    this.coreOfThread.set(thread, core);
    this.busy.begin(core, row, 0);
    this.threads.begin(core, row, thread);
    this.thread.begin(thread, row, threadCode('on core'));
  }

  /** The row that is later on both axes: a thread may be created while another one still has its core. */
  private later(left: number, right: number): number {
    if (right < 0) return left;
    return this.clock.edgeOf(left, 'time') >= this.clock.edgeOf(right, 'time') ? Math.max(left, right) : right;
  }

  private leaveCore(thread: number, row: number): void {
    const core = this.coreOfThread.get(thread);
    if (core !== undefined && this.threads.openCode(core) === thread) {
      this.threads.end(core, row);
      this.busy.end(core, row);
      this.takenUntil.set(core, row);
    }
    this.coreOfThread.delete(thread);
  }

  private offCore(thread: number, reason: number, row: number): void {
    this.leaveCore(thread, row);
    const next = AFTER_STOP[reason];
    if (next === undefined) this.thread.end(thread, row);
    else this.thread.begin(thread, row, threadCode(next));
  }
}
