/**
 * This file is Go's runtime in one process: its parts, how it starts, and the goroutines it makes. It keeps no simulated state of its own: that is in Memory.
 */
import { type AccountAddr, AccountAt, MemoryExhausted } from '../base/accounts';
import type { Memory } from '../base/memory';
import type { Code } from '../bytecode/code';
import { Kind } from '../event/kinds';
import { type ProcessAddr, ProcessAt } from '../kernel/layout';
import { Channels } from './channels';
import { Conds } from './conds';
import { Endings } from './endings';
import { Goroutines } from './goroutines';
import { type GAddr, GAt, PlatformAt, RuntimeTag, type SchedAddr, SchedAt } from './layout';
import { Locks } from './locks';
import { Next } from './next';
import { Onces } from './onces';
import type { Platform } from './platform';
import type { Scheduler, SchedulerMaker } from './scheduler';
import { Selects } from './select';
import { Semaphores } from './semaphores';
import { Timers } from './timers';
import { Traps } from './traps';
import { WaitGroups } from './waitGroups';
import type { GlobalsAddr } from '../vm/context';

export class Runtime {
  readonly memory: Memory;
  readonly scheduler: Scheduler;
  readonly goroutines: Goroutines;
  readonly endings: Endings;
  readonly channels: Channels;
  readonly selects: Selects;
  readonly semaphores: Semaphores;
  readonly locks: Locks;
  readonly waitGroups: WaitGroups;
  readonly conds: Conds;
  readonly onces: Onces;
  readonly timers: Timers;
  readonly traps: Traps;
  /** The goroutine that runs. */
  g: GAddr = 0;
  /** How long the system call lasts that a native asked for by Next.SystemCall. */
  callNs = 0;
  /** The process's account of memory. */
  readonly account: AccountAddr;
  private readonly sched: SchedAddr;

  constructor(
    readonly platform: Platform,
    /** Address of the process's block. */
    readonly process: ProcessAddr,
    /** Its number in the code's processes. */
    private readonly index: number,
    makeScheduler: SchedulerMaker,
  ) {
    this.memory = platform.memory;
    this.account = platform.memory.i32[process + ProcessAt.Account] as AccountAddr;
    this.scheduler = makeScheduler(this);
    this.sched = this.scheduler.block;
    this.goroutines = new Goroutines(platform, this.sched);
    this.endings = new Endings(platform, process, this.scheduler, this.goroutines);
    this.channels = new Channels(platform, this.scheduler, this.goroutines);
    this.selects = new Selects(platform, this.channels, this.goroutines);
    this.semaphores = new Semaphores(platform, this.scheduler, this.goroutines);
    this.locks = new Locks(platform, this.goroutines, this.semaphores, this.endings);
    this.waitGroups = new WaitGroups(platform, this.goroutines, this.semaphores);
    this.conds = new Conds(platform, this.goroutines, this.semaphores);
    this.onces = new Onces(platform, this.semaphores);
    this.timers = new Timers(this);
    this.traps = new Traps(this);
  }

  /** Makes the package variables and the main goroutine, which calls the function `start`, and lets it begin. @throws MemoryExhausted, OutOfMemory */
  boot(start: number): void {
    const { vm, memory, log, config } = this.platform;
    vm.accounts.running = this.account;
    if (!vm.accounts.take(this.account, AccountAt.Base, config.processMemory)) throw new MemoryExhausted('bytes');
    if (!vm.accounts.take(this.account, AccountAt.Base, globalBytes(vm.code, this.index)))
      throw new MemoryExhausted('bytes');
    const globals = memory.alloc(vm.code.globalSlots, RuntimeTag.Globals) as GlobalsAddr;
    memory.i32[this.process + ProcessAt.Globals] = globals;
    const g = this.goroutines.create(0, -1);
    memory.i32[g + GAt.Function] = start;
    vm.startFunction(g, start, globals);
    const m = memory.i32;
    m[this.sched + SchedAt.MainG] = g;
    m[this.sched + SchedAt.Globals] = globals;
    log.add(Kind.GoCreate, m[g + GAt.Id]!, start, m[this.process + ProcessAt.Id]);
    this.scheduler.begin(g);
  }

  /** Makes a goroutine that calls a closure; it is told of as the goroutine of the closure `shown`. */
  spawn(closure: number, args: number, argSlots: number, creator: number, site: number, shown = closure): Next {
    const { platform } = this;
    if (this.memory.i32[platform.block + PlatformAt.Goroutines]! >= platform.budgets.goroutines) {
      return this.endings.spent('goroutines', 1, creator, site);
    }
    const child = this.goroutines.create(creator, site);
    const w = this.memory.i32;
    w[child + GAt.Function] = w[shown]!;
    platform.vm.start(child, closure, args, argSlots, w[this.sched + SchedAt.Globals] as GlobalsAddr);
    platform.noteMemory();
    platform.log.add(
      Kind.GoCreate,
      this.memory.i32[child + GAt.Id]!,
      this.memory.i32[shown],
      this.memory.i32[this.process + ProcessAt.Id],
    );
    this.scheduler.started(child);
    return Next.Continue;
  }

  /** Writes the Unix time of a virtual instant in nanoseconds, one slot. */
  unixNano(to: number, instant: number): void {
    const ns = BigInt(this.platform.config.epoch) + BigInt(Math.floor(instant));
    this.memory.i32[to] = Number(BigInt.asIntN(32, ns));
    this.memory.i32[to + 1] = Number(BigInt.asIntN(32, ns >> 32n));
  }
}

/** Bytes in Go of the package variables that a process has. */
function globalBytes({ globals, types }: Code, index: number): number {
  const own = globals.filter(({ process }) => process === -1 || process === index);
  return own.reduce((sum, { type }) => sum + types[type]!.bytes, 0);
}
