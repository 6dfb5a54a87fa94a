/** This file holds the bodies of packages runtime and os. */
import { Kind } from '../../event/kinds';
import { GAt, GFlag, SchedAt } from '../layout';
import { Next } from '../next';
import { int, type NativeBody, setInt } from './args';

export const goNatives: Readonly<Record<string, NativeBody>> = {
  'runtime.Gosched': () => Next.Yield,
  'runtime.Goexit': (rt) => {
    rt.memory.i32[rt.g + GAt.Flags]! |= GFlag.Goexit;
    rt.platform.vm.goexit(rt.g);
    return Next.Continue;
  },
  'runtime.NumGoroutine': (rt, base) => result(rt, base, 0, rt.memory.i32[rt.scheduler.block + SchedAt.GCount]!),
  'runtime.NumCPU': (rt, base) => result(rt, base, 0, rt.platform.config.cores),
  // The number of Ps is fixed at boot: the call answers it and changes nothing.
  'runtime.GOMAXPROCS': (rt, base) => result(rt, base, 1, rt.scheduler.count),
  'runtime.GC': () => Next.Continue,
  'os.Exit': exit,
};

/** Ends the process at once, with a status of 8 bits. */
export function exit(rt: Parameters<NativeBody>[0], base: number): Next {
  const status = int(rt, base) & 0xff;
  rt.platform.log.add(Kind.Exit, status);
  return rt.endings.exit(status);
}

function result(rt: Parameters<NativeBody>[0], base: number, i: number, value: number): Next {
  setInt(rt, base, i, value);
  return Next.Continue;
}
