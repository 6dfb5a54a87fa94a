/**
 * This file implements the timers of package time: they send the time to a channel or start a goroutine. As since Go 1.23, a timer's channel seems
 * unbuffered: a value that nobody has received is taken back by Stop and Reset.
 */
import { Kind } from '../event/kinds';
import { type TimerAddr, TimerAt } from '../kernel/layout';
import {
  type ChanAddr,
  ChanAt,
  type GAddr,
  PlatformAt,
  RuntimeTag,
  RuntimeTimer,
  SchedAt,
  type TimerObjectAddr,
  TimerObjectAt,
  timerOf,
} from './layout';
import type { Runtime } from './runtime';

/** Size of time.Timer in Go. */
const TIMER_BYTES = 112;

export class Timers {
  constructor(private readonly rt: Runtime) {}

  /** A timer that is not armed yet; `channel` or `closure` is 0. */
  create(channel: ChanAddr, closure: number): TimerObjectAddr {
    const { memory, platform } = this.rt;
    platform.vm.accounts.allocate(TIMER_BYTES);
    const timer = memory.alloc(TimerObjectAt.Slots, RuntimeTag.Timer) as TimerObjectAddr;
    memory.i32[timer + TimerObjectAt.Channel] = channel;
    memory.i32[timer + TimerObjectAt.Closure] = closure;
    if (channel !== 0) memory.i32[channel + ChanAt.Timer] = 1;
    return timer;
  }

  /** Arms the timer to fire in `ns`, and every `period` ns after that unless it is 0. */
  start(timer: TimerObjectAddr, ns: number, period: number): void {
    const { memory, platform } = this.rt;
    const delay = Math.max(0, ns);
    const m = memory.i32;
    m[timer + TimerObjectAt.Site] = platform.log.here.pc;
    m[timer + TimerObjectAt.Starter] = platform.log.here.g;
    memory.f64[(timer + TimerObjectAt.Period) >> 1] = period;
    platform.log.add(
      Kind.TimerStart,
      timer >> 1,
      Math.min(delay, 0x7fffffff),
      0,
      delay | 0,
      Math.floor(delay / 0x100000000),
    );
    this.arm(timer, platform.vm.clock + delay);
  }

  /** @returns whether it was armed. */
  stop(timer: TimerObjectAddr): boolean {
    const active = this.disarm(timer);
    this.rt.platform.log.add(Kind.TimerStop, timer >> 1, active ? 1 : 0);
    return active;
  }

  /** Arms it anew. @returns whether it was armed. */
  reset(timer: TimerObjectAddr, ns: number, period: number): boolean {
    const active = this.disarm(timer);
    this.start(timer, ns, period);
    return active;
  }

  private fire(timer: TimerObjectAddr): void {
    const { memory, platform } = this.rt;
    const m = memory.i32;
    const channel = m[timer + TimerObjectAt.Channel] as ChanAddr;
    const period = memory.f64[(timer + TimerObjectAt.Period) >> 1]!;
    const now = memory.f64[(timer + TimerAt.When) >> 1]!;
    if (period > 0) this.arm(timer, now + period);
    if (channel === 0) {
      platform.log.add(Kind.TimerFire, timer >> 1, m[platform.block + PlatformAt.LastGoid]! + 1);
      this.rt.spawn(
        m[timer + TimerObjectAt.Closure]!,
        0,
        0,
        m[timer + TimerObjectAt.Starter]!,
        m[timer + TimerObjectAt.Site]!,
      );
      return;
    }
    platform.log.add(Kind.TimerFire, timer >> 1, 0);
    const value = timer + TimerObjectAt.Value;
    this.rt.unixNano(value, now);
    this.rt.channels.sendNow(0, channel, value);
  }

  /** Puts a goroutine to sleep until `when`; the event that says so is the caller's. */
  wakeAt(g: GAddr, when: number, kind: RuntimeTimer): void {
    const node = timerOf(g);
    this.rt.memory.i32[node + TimerAt.Place] = 0;
    this.armNode(node, when, kind, g);
  }

  /** What {@link wakeAt} or {@link start} armed has come: the kernel says so, or a chooser. */
  due(kind: number, object: number): void {
    const { memory, scheduler } = this.rt;
    memory.i32[scheduler.block + SchedAt.Wakers]!--;
    if (kind === RuntimeTimer.Timer) this.fire(object as TimerObjectAddr);
    else scheduler.readyFromTimer(object as GAddr);
  }

  isArmed(timer: TimerObjectAddr): boolean {
    return this.rt.memory.i32[timer + TimerAt.Place] !== 0;
  }

  private arm(timer: TimerObjectAddr, when: number): void {
    this.armNode(timer, when, RuntimeTimer.Timer, timer);
  }

  private armNode(node: TimerAddr, when: number, kind: RuntimeTimer, object: number): void {
    const { memory, platform, scheduler } = this.rt;
    memory.i32[scheduler.block + SchedAt.Wakers]!++;
    platform.kernel.arm(node, when, kind | (scheduler.body << 8), object);
  }

  private disarm(timer: TimerObjectAddr): boolean {
    const { memory, platform, scheduler } = this.rt;
    const channel = memory.i32[timer + TimerObjectAt.Channel] as ChanAddr;
    const unread = channel !== 0 && this.rt.channels.drain(channel);
    if (!platform.kernel.timers.disarm(timer)) return unread;
    memory.i32[scheduler.block + SchedAt.Wakers]!--;
    return true;
  }
}
