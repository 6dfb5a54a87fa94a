/** This file holds the bodies of package time that need the clock. Durations are int64 nanoseconds. */
import { Wait } from '../../event/wait';
import { RuntimeTimer, RuntimeTimerAt } from '../layout';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import { int, type NativeBody, setInt, word } from './args';

/** Parks the running goroutine for `ns`. */
export function sleep(rt: Runtime, ns: number, why: number, kind: RuntimeTimer): Next {
  rt.scheduler.wakeAt(rt.g, rt.common.vm.clock + ns, kind);
  return rt.channels.park(rt.g, 0, why, ns);
}

export const timeNatives: Readonly<Record<string, NativeBody>> = {
  'time.Sleep': (rt, base) => {
    const ns = int(rt, base);
    return ns <= 0 ? Next.Continue : sleep(rt, ns, Wait.sleep, RuntimeTimer.WakeSleeper);
  },
  'time.now': (rt, base) => {
    rt.unixNano(base, rt.common.vm.clock);
    return Next.Continue;
  },
  'time.startTimer': (rt, base) => {
    rt.timers.start(word(rt, base));
    return Next.Continue;
  },
  'time.stopTimer': (rt, base) => {
    setInt(rt, base, 1, rt.timers.stop(word(rt, base)) ? 1 : 0);
    return Next.Continue;
  },
  'time.resetTimer': (rt, base) => {
    const m = rt.memory.i32;
    const timer = word(rt, base);
    m.copyWithin(timer + RuntimeTimerAt.When, base + 2, base + 6);
    setInt(rt, base, 3, rt.timers.reset(timer) ? 1 : 0);
    return Next.Continue;
  },
};
