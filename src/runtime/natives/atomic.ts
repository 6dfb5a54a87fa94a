/** This file holds the bodies of package sync/atomic: sequentially consistent operations on one slot. */
import { Kind } from '../../event/kinds';
import { Next } from '../next';
import type { Runtime } from '../runtime';
import { type NativeBody, setInt, word } from './args';

/** How many bits a type has, and whether it is signed: the slot holds the value extended to 64 bits. */
interface Width {
  readonly bits: 32 | 64;
  readonly signed: boolean;
}
const WIDTHS: Readonly<Record<string, Width>> = {
  Int32: { bits: 32, signed: true },
  Int64: { bits: 64, signed: true },
  Uint32: { bits: 32, signed: false },
  Uint64: { bits: 64, signed: false },
  Uintptr: { bits: 64, signed: false },
};

function load(): NativeBody {
  return (rt, base) => {
    const at = word(rt, base);
    const m = rt.memory.i32;
    m[base + 2] = m[at]!;
    m[base + 3] = m[at + 1]!;
    rt.platform.log.add(Kind.AtomicLoad, at >> 1, 0, 0, m[at], m[at + 1]);
    return Next.Continue;
  };
}

function store(): NativeBody {
  return (rt, base) => {
    const at = word(rt, base);
    write(rt, at, base + 2);
    rt.platform.log.add(Kind.AtomicStore, at >> 1, 0, 0, word(rt, base, 1), rt.memory.i32[base + 3]);
    return Next.Continue;
  };
}

function swap(): NativeBody {
  return (rt, base) => {
    const at = word(rt, base);
    const m = rt.memory.i32;
    m[base + 4] = m[at]!;
    m[base + 5] = m[at + 1]!;
    write(rt, at, base + 2);
    return changed(rt, at);
  };
}

function compareAndSwap(): NativeBody {
  return (rt, base) => {
    const at = word(rt, base);
    const m = rt.memory.i32;
    const equal = m[at] === m[base + 2] && m[at + 1] === m[base + 3];
    setInt(rt, base, 3, equal ? 1 : 0);
    if (equal) write(rt, at, base + 4);
    rt.platform.log.add(Kind.AtomicRMW, at >> 1, equal ? 1 : 0, 0, m[at], m[at + 1]);
    return Next.Continue;
  };
}

function add(width: Width): NativeBody {
  return (rt, base) => {
    const at = word(rt, base);
    const m = rt.memory.i32;
    const low = (m[at]! >>> 0) + (m[base + 2]! >>> 0);
    let hi = (m[at + 1]! + m[base + 3]! + (low >= 0x100000000 ? 1 : 0)) | 0;
    const lo = low | 0;
    if (width.bits === 32) hi = width.signed ? lo >> 31 : 0;
    m[at] = lo;
    m[at + 1] = hi;
    m[base + 4] = lo;
    m[base + 5] = hi;
    return changed(rt, at);
  };
}

function write(rt: Runtime, at: number, from: number): void {
  const m = rt.memory.i32;
  m[at] = m[from]!;
  m[at + 1] = m[from + 1]!;
}

function changed(rt: Runtime, at: number): Next {
  const m = rt.memory.i32;
  rt.platform.log.add(Kind.AtomicRMW, at >> 1, 1, 0, m[at], m[at + 1]);
  return Next.Continue;
}

/** The functions (AddInt64 …) and the methods of the types (atomic.Int64 …), which take the same slots. */
function table(): Record<string, NativeBody> {
  const natives: Record<string, NativeBody> = {};
  for (const [name, width] of Object.entries(WIDTHS)) {
    const bodies = { Load: load(), Store: store(), Swap: swap(), CompareAndSwap: compareAndSwap(), Add: add(width) };
    for (const [verb, body] of Object.entries(bodies)) {
      natives[`sync/atomic.${verb}${name}`] = body;
      natives[`sync/atomic.(*${name}).${verb}`] = body;
    }
  }
  for (const [verb, body] of Object.entries({
    Load: load(),
    Store: store(),
    Swap: swap(),
    CompareAndSwap: compareAndSwap(),
  })) {
    natives[`sync/atomic.(*Bool).${verb}`] = body;
    natives[`sync/atomic.(*Pointer).${verb}`] = body;
    natives[`sync/atomic.${verb}Pointer`] = body;
  }
  return natives;
}

export const atomicNatives: Readonly<Record<string, NativeBody>> = table();
