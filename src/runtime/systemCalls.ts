/** This file takes goroutines into system calls and out again: the M goes with them, the P does not (entersyscall and exitsyscall of proc.go). */
import type { Memory } from '../base/memory';
import { Kind } from '../event/kinds';
import { Stop } from '../kernel/body';
import { Ctx } from '../vm/context';
import type { GmpScheduler } from './gmp';
import { type GAddr, GAt, GState, type MAddr, MAt, MPhase, type PAddr, PAt, PStatus, SchedAt } from './layout';
import type { Platform } from './platform';
import type { Runtime } from './runtime';

export class SystemCalls {
  private readonly memory: Memory;
  private readonly platform: Platform;

  constructor(
    private readonly rt: Runtime,
    private readonly scheduler: GmpScheduler,
  ) {
    this.platform = rt.platform;
    this.memory = rt.memory;
  }

  /** entersyscall, or entersyscallblock for a call that is known to last. */
  enter(m: MAddr, g: GAddr): Stop {
    const w = this.memory.i32;
    const { kernel, config, log, vm } = this.platform;
    const p = w[m + MAt.P] as PAddr;
    const ns = this.rt.callNs;
    w[g + GAt.State] = GState.SystemCall;
    log.add(Kind.GoSyscall, Math.min(ns, 0x7fffffff), 0, 0, ns | 0, Math.floor(ns / 0x100000000));
    w[m + MAt.Phase] = MPhase.CallEnd;
    w[m + MAt.CallG] = g;
    w[m + MAt.OldP] = p;
    w[m + MAt.P] = 0;
    kernel.turn.until = vm.clock + config.systemCall + ns;
    if (ns >= config.sysmonTick) this.scheduler.handOff(p, m);
    else w[p + PAt.Status] = PStatus.SystemCall;
    this.scheduler.p = 0;
    return Stop.SystemCall;
  }

  /** exitsyscall: the old P if it is still free, any idle one, else g waits in the global queue and the M parks. */
  exit(m: MAddr): Stop {
    const w = this.memory.i32;
    const g = w[m + MAt.CallG] as GAddr;
    const { log } = this.platform;
    const old = w[m + MAt.OldP] as PAddr;
    w[m + MAt.CallG] = 0;
    log.here.g = w[g + GAt.Id]!;
    log.here.pc = w[g + Ctx.Pc]!;
    const free = w[old + PAt.Status] === PStatus.SystemCall || w[this.scheduler.block + SchedAt.IdlePCount]! > 0;
    log.add(Kind.GoSysExit, w[g + GAt.Id]!, free ? 1 : 0);
    if (!free) {
      w[g + GAt.State] = GState.Runnable;
      this.scheduler.putGlobal(g);
      return this.scheduler.park(m) ? Stop.Park : this.rt.endings.deadlock();
    }
    const p = w[old + PAt.Status] === PStatus.SystemCall ? old : this.scheduler.takeIdle(old);
    this.scheduler.acquire(m, p);
    w[m + MAt.G] = g;
    w[g + GAt.State] = GState.Running;
    w[g + GAt.LastP] = w[p + PAt.Index]!;
    this.memory.f64[(p + PAt.SliceStart) >> 1] = this.platform.vm.clock;
    this.rt.goroutines.sayRunning(g, p);
    return Stop.Limit;
  }
}
