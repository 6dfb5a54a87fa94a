/** This file holds the bodies of Interlane's own functions: computing, system calls, the network, assertions, the process. */
import { Kind } from '../../event/kinds';
import { Wait } from '../../event/wait';
import { GAt, Resume, RuntimeTimer } from '../layout';
import { Next } from '../next';
import { ProcessAt } from '../../kernel/layout';
import { int, type NativeBody, setInt, word } from './args';
import { exit } from './go';
import { sleep } from './time';

export const laneNatives: Readonly<Record<string, NativeBody>> = {
  work: (rt, base) => {
    const ns = Math.max(0, int(rt, base));
    rt.platform.log.add(Kind.Work, 0, Math.min(ns, 0x7fffffff), 0, ns | 0, Math.floor(ns / 0x100000000));
    rt.memory.f64[(rt.g + GAt.WorkLeft) >> 1] = ns;
    rt.memory.i32[rt.g + GAt.Resume] = Resume.Work;
    return Next.Continue;
  },
  syscall: (rt, base) => {
    rt.callNs = Math.max(0, int(rt, base));
    return Next.SystemCall;
  },
  netwait: (rt, base) => {
    const ns = int(rt, base);
    return ns <= 0 ? Next.Continue : sleep(rt, ns, Wait.ioWait, RuntimeTimer.WakeNetwork);
  },
  assert: (rt, base) => {
    if (word(rt, base) !== 0) return Next.Continue;
    const { log, vm } = rt.platform;
    const why = vm.readString(base + 2);
    log.add(Kind.Assert, log.addText(why));
    vm.raise(rt.g, 'panic.assertion', `assertion failed: ${why}`);
    return Next.Continue;
  },
  getpid: (rt, base) => {
    setInt(rt, base, 0, rt.memory.i32[rt.process + ProcessAt.Id]!);
    return Next.Continue;
  },
  exit,
};
