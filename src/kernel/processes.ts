/** This file makes and ends processes and their threads. */
import { type AccountAddr, AccountAt, type Accounts } from '../base/accounts';
import type { Memory } from '../base/memory';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import type { Clock } from './body';
import type { KernelConfig } from './config';
import type { Cores } from './cores';
import {
  CoreAt,
  type KernelAddr,
  KernelAt,
  KernelTag,
  type ProcessAddr,
  ProcessAt,
  type ThreadAddr,
  ThreadAt,
  ThreadState,
  timerOf,
} from './layout';
import type { TimerHeap } from './timers';

const NICE_0 = 1024;

export class Processes {
  constructor(
    private readonly memory: Memory,
    private readonly clock: Clock,
    private readonly log: EventLog,
    private readonly config: KernelConfig,
    private readonly accounts: Accounts,
    private readonly cores: Cores,
    private readonly timers: TimerHeap,
    /** Address of the kernel block. */
    private readonly block: KernelAddr,
  ) {}

  /** Makes a process that has no thread yet. */
  create(parent: number): ProcessAddr {
    const account = this.accounts.open();
    const process = this.memory.alloc(ProcessAt.Slots, KernelTag.Process) as ProcessAddr;
    const m = this.memory.i32;
    const id = ++m[this.block + KernelAt.NextProcessId]!;
    m[process + ProcessAt.Id] = id;
    m[process + ProcessAt.ParentId] = parent;
    m[process + ProcessAt.Account] = account;
    m[process + ProcessAt.AllNext] = m[this.block + KernelAt.Processes] as ProcessAddr;
    m[this.block + KernelAt.Processes] = process;
    m[this.block + KernelAt.ProcessCount]!++;
    this.log.add(Kind.ProcessStart, id, parent);
    return process;
  }

  /** Makes a thread of the registered `body` that is runnable at the present clock plus `delay`; 0 when there is no memory for its stack (EAGAIN). The caller charges the time it takes. */
  createThread(process: ProcessAddr, body: number, user: number, delay: number): ThreadAddr {
    const account = this.memory.i32[process + ProcessAt.Account] as AccountAddr;
    if (!this.accounts.take(account, AccountAt.ThreadStacks, this.config.threadStack)) return 0;
    const thread = this.memory.alloc(ThreadAt.Slots, KernelTag.Thread) as ThreadAddr;
    const m = this.memory.i32;
    const id = m[this.block + KernelAt.NextThreadId]!++;
    m[thread + ThreadAt.Id] = id;
    m[thread + ThreadAt.Process] = process;
    m[thread + ThreadAt.State] = ThreadState.Parked;
    m[thread + ThreadAt.Core] = -1;
    m[thread + ThreadAt.LastCore] = -1;
    m[thread + ThreadAt.Body] = body;
    m[thread + ThreadAt.Weight] = NICE_0;
    m[thread + ThreadAt.User] = user;
    const head = m[this.block + KernelAt.Threads] as ThreadAddr;
    m[thread + ThreadAt.AllNext] = head;
    if (head !== 0) m[head + ThreadAt.AllPrev] = thread;
    m[this.block + KernelAt.Threads] = thread;
    m[this.block + KernelAt.ThreadCount]!++;
    m[process + ProcessAt.Threads]!++;
    this.log.add(Kind.ThreadCreate, id, m[process + ProcessAt.Id], this.config.threadStack);
    this.cores.resume(thread, delay, false);
    return thread;
  }

  /** Ends a process: all its threads leave their cores at once. */
  end(process: ProcessAddr, status: number): void {
    const m = this.memory.i32;
    m[process + ProcessAt.Exited] = 1;
    m[process + ProcessAt.ExitStatus] = status;
    m[this.block + KernelAt.ProcessCount]!--;
    this.log.add(Kind.ProcessExit, m[process + ProcessAt.Id]!, status);
    let thread = m[this.block + KernelAt.Threads] as ThreadAddr;
    while (thread !== 0) {
      const next = m[thread + ThreadAt.AllNext] as ThreadAddr;
      if (m[thread + ThreadAt.Process] === process) this.remove(thread);
      thread = next;
    }
    this.accounts.close(m[process + ProcessAt.Account] as AccountAddr);
  }

  /** Takes a thread of an ended process out of wherever it is. */
  private remove(thread: ThreadAddr): void {
    const m = this.memory.i32;
    const state = m[thread + ThreadAt.State];
    this.timers.disarm(timerOf(thread));
    if (state === ThreadState.Runnable) this.cores.unqueue(thread);
    const index = m[thread + ThreadAt.Core]!;
    if (index >= 0) {
      const clock = this.clock.clock;
      if (m[this.cores.at(index) + CoreAt.Starting] !== 0) this.cores.vacate(index, thread, ThreadState.Dead);
      else this.cores.stopped(index, thread, ThreadState.Dead, 3);
      this.memory.f64[(this.cores.at(index) + CoreAt.Clock) >> 1] = Math.max(
        clock,
        this.memory.f64[(this.cores.at(index) + CoreAt.Clock) >> 1]!,
      );
      this.cores.refill(index);
    }
    m[thread + ThreadAt.State] = ThreadState.Dead;
    this.forget(thread);
  }

  /** Unlinks a dead thread; its block stays until the core's memory of it is overwritten, so it is not freed. */
  forget(thread: ThreadAddr): void {
    const m = this.memory.i32;
    const process = m[thread + ThreadAt.Process] as ProcessAddr;
    const next = m[thread + ThreadAt.AllNext] as ThreadAddr;
    const previous = m[thread + ThreadAt.AllPrev] as ThreadAddr;
    if (previous === 0) m[this.block + KernelAt.Threads] = next;
    else m[previous + ThreadAt.AllNext] = next;
    if (next !== 0) m[next + ThreadAt.AllPrev] = previous;
    m[this.block + KernelAt.ThreadCount]!--;
    m[process + ProcessAt.Threads]!--;
    this.accounts.giveBack(
      m[process + ProcessAt.Account] as AccountAddr,
      AccountAt.ThreadStacks,
      this.config.threadStack,
    );
  }
}
