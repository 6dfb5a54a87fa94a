/** This file holds the bodies of package time that need the clock. Durations are int64 nanoseconds. */
import { Wait } from '../../event/wait';
import { type ChanAddr, RuntimeTimer, type TimerObjectAddr } from '../layout';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import { int, type NativeBody, setInt, word } from './args';

/** Parks the running goroutine for `ns`. */
export function sleep(rt: Runtime, ns: number, why: number, kind: RuntimeTimer): Next {
  rt.timers.wakeAt(rt.g, rt.platform.vm.clock + ns, kind);
  return rt.goroutines.block(rt.g, 0, why, ns);
}

/** The timer object that the first argument names; package time keeps it as a uintptr. */
function timerArgument(rt: Runtime, base: number): TimerObjectAddr {
  return word(rt, base) as TimerObjectAddr;
}

export const timeNatives: Readonly<Record<string, NativeBody>> = {
  'time.Sleep': (rt, base) => {
    const ns = int(rt, base);
    return ns <= 0 ? Next.Continue : sleep(rt, ns, Wait.sleep, RuntimeTimer.WakeSleeper);
  },
  'time.now': (rt, base) => {
    rt.unixNano(base, rt.platform.vm.clock);
    return Next.Continue;
  },
  // newTimer(c chan Time, f func()) uintptr
  'time.newTimer': (rt, base) => {
    setInt(rt, base, 2, rt.timers.create(word(rt, base, 0) as ChanAddr, word(rt, base, 1)));
    return Next.Continue;
  },
  // startTimer(t uintptr, ns, period int64)
  'time.startTimer': (rt, base) => {
    rt.timers.start(timerArgument(rt, base), int(rt, base, 1), int(rt, base, 2));
    return Next.Continue;
  },
  // stopTimer(t uintptr) bool
  'time.stopTimer': (rt, base) => {
    setInt(rt, base, 1, rt.timers.stop(timerArgument(rt, base)) ? 1 : 0);
    return Next.Continue;
  },
  // resetTimer(t uintptr, ns, period int64) bool
  'time.resetTimer': (rt, base) => {
    setInt(rt, base, 3, rt.timers.reset(timerArgument(rt, base), int(rt, base, 1), int(rt, base, 2)) ? 1 : 0);
    return Next.Continue;
  },
};
