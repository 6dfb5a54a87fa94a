/**
 * This file implements the timers of package time: they send the time to a channel or start a goroutine. As since Go 1.23, a timer's channel seems
 * unbuffered: a value that nobody has received is taken back by Stop and Reset.
 */
import { Kind } from '../event/kinds';
import { TimerAt } from '../kernel/layout';
import { ChanAt, CommonAt, RuntimeTag, RuntimeTimer, RuntimeTimerAt, SchedAt, TimerObjectAt } from './layout';
import type { Runtime } from './runtime';

export class Timers {
  constructor(private readonly rt: Runtime) {}

  /** Arms the timer whose struct is at `struct` to fire at its `when`, and every `period` ns after that. */
  start(struct: number): void {
    const { common } = this.rt;
    const timer = this.block(struct);
    const m = this.rt.memory.i32;
    m[timer + TimerObjectAt.Site] = common.log.here.pc;
    m[timer + TimerObjectAt.Starter] = common.log.here.g;
    const delay = Math.max(0, this.fromNow(struct + RuntimeTimerAt.When));
    common.log.add(Kind.TimerStart, timer >> 1, Math.min(delay, 0x7fffffff), 0, delay | 0, Math.floor(delay / 0x100000000));
    this.arm(timer, common.vm.clock + delay);
  }

  /** @returns whether it was going to fire. */
  stop(struct: number): boolean {
    const timer = this.block(struct);
    const active = this.disarm(struct, timer);
    this.rt.common.log.add(Kind.TimerStop, timer >> 1, active ? 1 : 0);
    return active;
  }

  /** Arms it anew. @returns whether it was going to fire. */
  reset(struct: number): boolean {
    const active = this.disarm(struct, this.block(struct));
    this.start(struct);
    return active;
  }

  /** The kernel says that it is time. */
  fire(timer: number): void {
    const { memory, common } = this.rt;
    const m = memory.i32;
    const struct = m[timer + TimerObjectAt.Struct]!;
    const channel = m[struct + RuntimeTimerAt.Channel]!;
    const period = m[struct + RuntimeTimerAt.Period + 1]! * 0x100000000 + (m[struct + RuntimeTimerAt.Period]! >>> 0);
    const now = memory.f64[(timer + TimerAt.When) >> 1]!;
    if (period > 0) this.arm(timer, now + period);
    if (channel === 0) {
      common.log.add(Kind.TimerFire, timer >> 1, m[common.block + CommonAt.LastGoid]! + 1);
      this.rt.spawn(m[struct + RuntimeTimerAt.Closure]!, 0, 0, m[timer + TimerObjectAt.Starter]!, m[timer + TimerObjectAt.Site]!);
      return;
    }
    common.log.add(Kind.TimerFire, timer >> 1, 0);
    const value = timer + TimerObjectAt.Value;
    this.rt.unixNano(value, now);
    m[value + 2] = 1;
    this.rt.channels.sendNow(0, channel, value);
  }

  /** The runtime's block for a timer, made when it is first started. */
  private block(struct: number): number {
    const { memory } = this.rt;
    const known = memory.i32[struct + RuntimeTimerAt.Id]!;
    if (known !== 0) return known;
    const timer = memory.alloc(TimerObjectAt.Slots, RuntimeTag.Timer);
    const m = memory.i32;
    m[struct + RuntimeTimerAt.Id] = timer;
    m[timer + TimerObjectAt.Struct] = struct;
    const channel = m[struct + RuntimeTimerAt.Channel]!;
    if (channel !== 0) m[channel + ChanAt.Timer] = 1;
    return timer;
  }

  /** Virtual ns from now to the Unix time at a word address. */
  private fromNow(at: number): number {
    const m = this.rt.memory.i32;
    const when = (BigInt(m[at + 1]!) << 32n) | BigInt(m[at]! >>> 0);
    const { config, vm } = this.rt.common;
    return Number(when - BigInt(config.epoch)) - Math.floor(vm.clock);
  }

  private arm(timer: number, when: number): void {
    const { memory, common, scheduler } = this.rt;
    memory.i32[scheduler.block + SchedAt.Wakers]!++;
    common.kernel.arm(timer, when, scheduler.timerKind(RuntimeTimer.Timer), timer);
  }

  private disarm(struct: number, timer: number): boolean {
    const { memory, common, scheduler } = this.rt;
    const channel = memory.i32[struct + RuntimeTimerAt.Channel]!;
    const unread = channel !== 0 && this.rt.channels.drain(channel);
    if (!common.kernel.timers.disarm(timer)) return unread;
    memory.i32[scheduler.block + SchedAt.Wakers]!--;
    return true;
  }
}
