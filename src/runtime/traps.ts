/** This file answers the traps of the vm: the one place where instructions meet channels, locks and natives. */
import { InternalError } from '../base/assert';
import type { Memory } from '../base/memory';
import { Ctx } from '../vm/context';
import { NIL_DEREFERENCE } from '../vm/fault';
import { Trap, type TrapCode } from '../vm/trap';
import type { Vm } from '../vm/vm';
import { type ChanAddr, type GAddr, GAt, Resume } from './layout';
import { nativeTable, type NativeBody } from './natives';
import { FOOTPRINTS } from './natives/footprints';
import { Next } from './next';
import type { Platform } from './platform';
import type { Runtime } from './runtime';

export class Traps {
  private readonly memory: Memory;
  private readonly platform: Platform;
  private readonly vm: Vm;
  private readonly natives: readonly (NativeBody | undefined)[];
  /** By native: a bit for each argument that points to an object it works on, by its number. */
  private readonly objects: Int32Array;

  constructor(private readonly rt: Runtime) {
    this.platform = rt.platform;
    this.memory = rt.memory;
    this.vm = rt.platform.vm;
    this.natives = this.vm.code.natives.map((name) => nativeTable[name]);
    this.objects = Int32Array.from(this.vm.code.natives, (name) => bitsOf(FOOTPRINTS[name]?.objects ?? []));
  }

  /** What a trap asks for. */
  answer(g: GAddr, trap: TrapCode): Next {
    const { vm, platform, rt } = this;
    const w = this.memory.i32;
    switch (trap) {
      case Trap.Send:
        platform.newSegment(g);
        return rt.channels.send(g, w[vm.a] as ChanAddr, vm.b);
      case Trap.Recv:
        platform.newSegment(g);
        return rt.channels.receive(g, w[vm.b] as ChanAddr, vm.a, vm.c);
      case Trap.Native:
        return this.native(g);
      case Trap.Select:
        platform.newSegment(g);
        return rt.selects.select(g, vm.b, vm.fp, vm.a);
      case Trap.Go:
        platform.newSegment(g);
        return this.go(g, vm.a, vm.b, vm.c);
      case Trap.Close:
        platform.newSegment(g);
        return rt.channels.close(g, w[vm.a] as ChanAddr);
      case Trap.MakeChan:
        return this.makeChan(g);
      case Trap.ChanLen:
        return this.chanLen();
      default:
        return rt.endings.end(g, trap);
    }
  }

  private native(g: GAddr): Next {
    const { vm } = this;
    const body = this.natives[vm.c];
    if (body === undefined) throw new InternalError('native without a body', { name: vm.code.natives[vm.c] });
    this.platform.newSegment(g);
    if (this.lacksObject(vm.c, vm.a)) {
      vm.raise(g, 'panic.nil-pointer', NIL_DEREFERENCE);
      return Next.Continue;
    }
    return body(this.rt, vm.a);
  }

  /** Whether a pointer to an object that the native works on is nil. */
  private lacksObject(native: number, base: number): boolean {
    for (let bits = this.objects[native]!, at = base; bits !== 0; bits >>= 1, at += 2)
      if ((bits & 1) !== 0 && this.memory.i32[at] === 0) return true;
    return false;
  }

  private makeChan(g: GAddr): Next {
    const { vm } = this;
    const w = this.memory.i32;
    const elem = vm.code.types[vm.c]!.elem!;
    const capacity = vm.b === 0 ? 0 : w[vm.b + 1]! * 0x100000000 + (w[vm.b]! >>> 0);
    const to = vm.a;
    const c = this.rt.channels.make(capacity, vm.code.types[elem]!.slots, elem, vm.pc - 4);
    if (c === 0) vm.raise(g, 'panic.make', 'makechan: size out of range');
    this.memory.i32[to] = c;
    this.memory.i32[to + 1] = 0;
    return Next.Continue;
  }

  private chanLen(): Next {
    const { vm } = this;
    const w = this.memory.i32;
    w[vm.a] = this.rt.channels.length(w[vm.b] as ChanAddr, vm.c === 1);
    w[vm.a + 1] = 0;
    return Next.Continue;
  }

  /** go f(args): newproc. */
  private go(g: GAddr, closureSlot: number, args: number, argSlots: number): Next {
    return this.rt.spawn(this.memory.i32[closureSlot]!, args, argSlots, this.memory.i32[g + GAt.Id]!, this.vm.pc - 4);
  }

  /** A goroutine that was woken finishes the operation in which it waited. */
  finishWait(g: GAddr): Next {
    const w = this.memory.i32;
    const { rt, vm } = this;
    const { log } = this.platform;
    const what = w[g + GAt.Resume]!;
    w[g + GAt.Resume] = Resume.Nothing;
    log.here.pc = w[g + Ctx.At]!;
    log.here.time = vm.clock;
    this.platform.newSegment(g);
    const object = w[g + GAt.ResumeObject]!;
    switch (what) {
      case Resume.WaitGroupWait:
        return rt.waitGroups.resume(g, object);
      case Resume.CondWait:
        return rt.conds.resume(g, object);
      case Resume.OnceDo:
        return rt.onces.resume(object);
      default:
        return rt.locks.resume(g, what, object);
    }
  }
}

function bitsOf(numbers: readonly number[]): number {
  return numbers.reduce((bits, number) => bits | (1 << number), 0);
}
