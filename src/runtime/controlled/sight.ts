/**
 * This file looks at the instruction before which a goroutine stands: whether others could notice it, and what it would touch. What it notes is a record
 * that is filled again for every look.
 */
import type { Memory } from '../../base/memory';
import { Operation, type OperationName } from '../../event/operations';
import { Op } from '../../bytecode/op';
import { Ctx, type GlobalsAddr } from '../../vm/context';
import { type ChanAddr, ChanAt, type GAddr, GAt } from '../layout';
import { FOOTPRINTS, type Footprint } from '../natives/footprints';
import type { Runtime } from '../runtime';
import { MEMORY_ACCESSES, type Sight } from './instructions';
import { OUTLOOKS, WAITS } from './outcomes';

/** What a goroutine is about to do, as far as it decides what is to be asked next. */
export const enum Ahead {
  /** Nothing that others could notice. */
  Local = 0,
  /** An operation that can be completed now, noted. */
  Ready = 1,
  /** One that would wait, noted as what it will be. */
  Waits = 2,
  /** A send or a receive on one channel, which is not noted: see {@link Look.channel}. */
  Send = 3,
  Recv = 4,
  /** A select: see {@link Look.table}. */
  Select = 5,
}

export class Look implements Sight {
  readonly memory: Memory;
  readonly words: Int32Array;
  globals = 0;
  /** Frame and instruction in sight. */
  fp = 0;
  pc = 0;
  /** Address of the channel of a send or receive; 0: nil. */
  channel: ChanAddr = 0;
  /** Index into Code.selects. */
  table = 0;
  /** The accesses noted. */
  count = 0;
  readonly operation: number[] = [];
  readonly object: number[] = [];
  readonly slots: number[] = [];
  private readonly natives: readonly (Footprint | undefined)[];

  constructor(
    private readonly rt: Runtime,
    /** Whether plain accesses of memory are operations that others could notice. */
    private readonly plain: boolean,
  ) {
    const { code } = rt.platform.vm;
    this.memory = rt.memory;
    this.words = code.words;
    this.natives = code.natives.map((name) => FOOTPRINTS[name]);
  }

  /** Looks at the instruction before which g stands. */
  at(g: GAddr): Ahead {
    const m = this.memory.i32;
    this.count = 0;
    this.pc = m[g + Ctx.Pc]!;
    this.fp = m[g + Ctx.Fp]!;
    this.globals = m[g + Ctx.Globals] as GlobalsAddr;
    // What it meets first is a panic.
    if (m[g + Ctx.Pending] !== 0) return Ahead.Local;
    return this.instruction(g, this.words[this.pc]!);
  }

  private instruction(g: GAddr, op: number): Ahead {
    switch (op) {
      case Op.Native:
        return this.native(g, this.natives[this.words[this.pc + 2]!]);
      case Op.Send:
        this.channel = this.register(0);
        return Ahead.Send;
      case Op.Recv:
        this.channel = this.register(1);
        return Ahead.Recv;
      case Op.Select:
        this.table = this.words[this.pc + 2]!;
        return Ahead.Select;
      case Op.Close:
        return this.close(this.register(0));
      case Op.ChanLen:
        return this.length(this.register(1));
      case Op.Unsupported:
        return this.ofProcess(Operation.Exit);
      default:
        if (this.plain) MEMORY_ACCESSES[op]?.(this, this.pc, this.fp);
        return this.count === 0 ? Ahead.Local : Ahead.Ready;
    }
  }

  /** The channel in a register. */
  private register(k: number): ChanAddr {
    return this.memory.i32[this.fp + this.words[this.pc + k + 1]!] as ChanAddr;
  }

  /** To close nil is a panic that concerns nobody else. */
  private close(c: ChanAddr): Ahead {
    if (c === 0) return Ahead.Local;
    this.note(this.memory.i32[c + ChanAt.Closed] === 0 ? Operation.Close : Operation.CloseClosed, c >> 1);
    return Ahead.Ready;
  }

  /** A capacity never changes, nor does the length of a timer's channel. */
  private length(c: ChanAddr): Ahead {
    if (this.words[this.pc + 3] === 1 || c === 0 || this.memory.i32[c + ChanAt.Timer] !== 0) return Ahead.Local;
    this.note(Operation.Len, c >> 1);
    return Ahead.Ready;
  }

  private native(g: GAddr, footprint: Footprint | undefined): Ahead {
    if (footprint === undefined) return Ahead.Local;
    const base = this.fp + this.words[this.pc + 1]!;
    const { pending, objects } = footprint;
    if (pending === 'SwapElements') return this.swap(base);
    if (objects.length === 0) return this.ofProcess(OUTLOOKS[pending](this.rt, 0, 0, base));
    for (const argument of objects) {
      const at = this.memory.i32[base + argument * 2]!;
      // A nil pointer panics, which concerns nobody else.
      if (at === 0) return Ahead.Local;
      const operation = OUTLOOKS[pending](this.rt, at, this.memory.i32[g + GAt.Id]!, base);
      if (operation === WAITS) {
        this.note(Operation[pending as OperationName], at >> 1);
        return Ahead.Waits;
      }
      this.note(operation, at >> 1);
      if (operation === Operation.RWLock && this.rt.locks.readers(at) === 0) this.note(Operation.RWEnter, at >> 1);
    }
    return Ahead.Ready;
  }

  private ofProcess(operation: number): Ahead {
    this.note(operation, operation === Operation.None ? 0 : this.rt.process >> 1);
    return Ahead.Ready;
  }

  /** sort.sliceSwap(x any, i, j int): two elements of the slice that the interface holds. */
  private swap(base: number): Ahead {
    if (!this.plain) return Ahead.Local;
    const m = this.memory.i32;
    const type = this.rt.platform.vm.code.types[m[base]! - 1];
    const [slice, i, j] = [m[base + 2]!, m[base + 4]!, m[base + 6]!];
    if (type?.kind !== 'slice' || Math.max(i, j) >= m[slice + 2]! || Math.min(i, j) < 0) return Ahead.Local;
    const { slots } = this.rt.platform.vm.code.types[type.elem!]!;
    this.access(Operation.Write, m[slice]! + i * slots * 2, slots);
    this.access(Operation.Write, m[slice]! + j * slots * 2, slots);
    return this.count === 0 ? Ahead.Local : Ahead.Ready;
  }

  access(operation: number, at: number, slots: number): void {
    if (at !== 0 && slots > 0) this.note(operation, at >> 1, slots);
  }

  private note(operation: number, object: number, slots = 1): void {
    const i = this.count++;
    this.operation[i] = operation;
    this.object[i] = object;
    this.slots[i] = slots;
  }
}
