/**
 * This file defines deferred calls, panics, recover and Goexit.
 *
 * A goroutine has a list of deferred calls (newest first) and a list of panics in progress. A panic does not cut the stack: deferred calls run on top of
 * the frame that panicked, each returning to the fixed instruction Unwind, which goes on with the next one. Only when a deferred call returns with the
 * panic recovered is the stack cut back, to the frame that deferred it, which goes on at its epilogue. A Goexit is a panic that cannot be recovered.
 * A panic that a newer one overtakes (its frame is above the one that goes on) is dropped, as runtime/panic.go does; a Goexit so overtaken resumes.
 * Frames are named by their distance from the stack's start, in words.
 */
import type { Address } from '../base/address';
import { copyWords } from '../base/memory';
import { FIXED_PC } from '../bytecode/op';
import { FAILURES, failureNumber, isRuntimeError, type FailureCode } from '../event/failure';
import { panicValueText } from '../values/builtin';
import { Reader } from '../values/reader';
import { type ContextAddr, Ctx } from './context';
import { NIL_DEREFERENCE, fault } from './fault';
import { FRAME_HEADER, grow } from './stack';
import { TagKind, tagOf } from './tags';
import { Trap } from './trap';
import type { Vm } from './vm';
import { Work } from './work';

/** A deferred call: word offsets of its block; arguments follow. */
const enum DeferAt {
  Next = 0,
  Frame = 1,
  Closure = 2,
  ArgSlots = 3,
  Epilogue = 4,
  Args = 6,
}
interface Deferred {
  DeferAt: true;
  [DeferAt.Next]: DeferAddr;
}
export type DeferAddr = Address<Deferred>;

/** A panic in progress: word offsets of its block. */
export const enum PanicAt {
  Next = 0,
  Flags = 1,
  /** The value, an interface (two slots). */
  Value = 2,
  /** Frame that panicked, and the end of that frame: deferred calls run from there. */
  Frame = 6,
  Top = 7,
  /** Word index of the panicking instruction. */
  Pc = 8,
  /** Frame of the deferred call that is running. */
  Running = 9,
  /** Frame that deferred it (while a value is asked for its text: the panic whose value it is), and where that frame goes on when the panic is recovered. */
  DeferredBy = 10,
  Epilogue = 11,
  /** What Error() or String() of the value returned, a string slot. */
  Text = 12,
  /** Number of its code (event/failure.ts). */
  Code = 14,
  /** The newest older panic that the runtime raised, whose value the program may throw again. */
  Raised = 15,
}
interface Panic {
  PanicAt: true;
  [PanicAt.Next]: PanicAddr;
  [PanicAt.DeferredBy]: unknown;
  [PanicAt.Raised]: PanicAddr;
}
export type PanicAddr = Address<Panic>;

/** What the runtime has raised for a goroutine to meet when it runs next: word offsets of its block. */
const enum RaisedAt {
  /** Number of the panic's code (event/failure.ts); -1: a Goexit. */
  Code = 0,
  /** Text of the panic, as a string slot: byte address and length. */
  Text = 2,
  Slots = 2,
}
interface Raised {
  RaisedAt: true;
}
export type RaisedAddr = Address<Raised>;
const GOEXIT = -1;
const PANIC_SLOTS = 8;
/** What a panic costs the host, as an interrupt counts: it is thrown, and told of. */
const HOST_WORK = 1024;
/** The number of what the runtime has not raised. */
const BY_PROGRAM = failureNumber('panic.user');

const Flag = {
  Recovered: 1,
  Goexit: 2,
  /** The next newer panic is with the very same value. */
  Repanicked: 4,
  /** Error() or String() of a value is running, on top of this panic's frame or that of an older one. */
  Printing: 8,
} as const;

/** Starts a panic with the interface value at word address `value` in the running goroutine. */
export function startPanic(vm: Vm, value: number): void {
  const lo = [0, 1, 2, 3].map((word) => vm.memory.i32[value + word]!);
  if (lo[0] === 0) {
    beginRuntimePanic(vm, 'panic.nil-argument', 'panic called with nil argument');
    return;
  }
  const record = newRecord(vm, 0);
  lo.forEach((word, i) => (vm.memory.i32[record + PanicAt.Value + i] = word));
  const code = codeOfValue(vm, record);
  vm.memory.i32[record + PanicAt.Code] = failureNumber(code);
  tell(vm, code, valueText(vm, record));
  unwind(vm);
}

/** The value of a panic in progress that the runtime raised, thrown again, is still what it was (`panic(recover())`); any other is the program's own. */
function codeOfValue(vm: Vm, record: PanicAddr): FailureCode {
  const m = vm.memory.i32;
  for (
    let older = m[record + PanicAt.Raised] as PanicAddr;
    older !== 0;
    older = m[older + PanicAt.Raised] as PanicAddr
  ) {
    if (sameValue(m, older, record)) return FAILURES[m[older + PanicAt.Code]!]!;
    vm.spend(Work.part);
  }
  return 'panic.user';
}

/** Starts a panic that the runtime raises, whose value has this text. Returns the trap that ends the run, or −1. */
export function startRuntimePanic(vm: Vm, code: FailureCode, text: string): number {
  beginRuntimePanic(vm, code, text);
  return takeTrap(vm);
}

function beginRuntimePanic(vm: Vm, code: FailureCode, text: string): void {
  const record = newRecord(vm, 0);
  vm.memory.i32[record + PanicAt.Value] = (isRuntimeError(code) ? vm.code.runtimeErrorType : vm.code.stringType) + 1;
  vm.memory.i32[record + PanicAt.Code] = failureNumber(code);
  vm.writeString(record + PanicAt.Value + 2, text);
  tell(vm, code, text);
  unwind(vm);
}

function tell(vm: Vm, code: FailureCode, text: string): void {
  vm.bringUpToDate();
  vm.world.panicking(code, `panic: ${text}`, vm.at);
}

/** The goroutine is to meet a panic, at its current pc, when it runs next. */
export function raise(vm: Vm, g: ContextAddr, code: FailureCode, text: { start: number; length: number }): void {
  const raised = newRaised(vm, g, failureNumber(code));
  const m = vm.memory.i32;
  m[raised + RaisedAt.Text] = text.start;
  m[raised + RaisedAt.Text + 1] = text.length;
}

/** The goroutine is to run its deferred calls, and to end, when it runs next. */
export function raiseGoexit(vm: Vm, g: ContextAddr): void {
  newRaised(vm, g, GOEXIT);
}

/** What is raised last counts. */
function newRaised({ memory }: Vm, g: ContextAddr, code: number): RaisedAddr {
  const known = memory.i32[g + Ctx.Pending] as RaisedAddr;
  const raised = known !== 0 ? known : (memory.alloc(RaisedAt.Slots, tagOf(TagKind.Panic)) as RaisedAddr);
  memory.i32[g + Ctx.Pending] = raised;
  memory.i32[raised + RaisedAt.Code] = code;
  return raised;
}

/** Starts what the runtime asked for while the goroutine was stopped. Returns the trap that ends the run, or −1. */
export function continuePending(vm: Vm): number {
  const m = vm.memory.i32;
  const { g } = vm;
  const raised = m[g + Ctx.Pending] as RaisedAddr;
  const code = m[raised + RaisedAt.Code]!;
  m[g + Ctx.Pending] = 0;
  vm.at = m[g + Ctx.At]!;
  if (code !== GOEXIT) {
    const text = vm.readString(raised + RaisedAt.Text);
    vm.memory.free(raised);
    return startRuntimePanic(vm, FAILURES[code]!, text);
  }
  vm.memory.free(raised);
  newRecord(vm, Flag.Goexit);
  unwind(vm);
  return takeTrap(vm);
}

function takeTrap(vm: Vm): number {
  if (vm.trapped < 0) return -1;
  const trap = vm.trapped;
  vm.trapped = -1;
  return vm.leave(trap as typeof Trap.Panic, vm.pc);
}

function newRecord(vm: Vm, flags: number): PanicAddr {
  vm.interrupt.worked(HOST_WORK);
  const record = vm.memory.alloc(PANIC_SLOTS, tagOf(TagKind.Panic)) as PanicAddr;
  const m = vm.memory.i32;
  const stack = m[vm.g + Ctx.Stack]!;
  const older = m[vm.g + Ctx.Panics] as PanicAddr;
  m[record + PanicAt.Next] = older;
  m[record + PanicAt.Flags] = flags;
  if (older !== 0) {
    m[record + PanicAt.Flags]! |= m[older + PanicAt.Flags]! & Flag.Printing;
    m[record + PanicAt.Raised] =
      m[older + PanicAt.Code] === BY_PROGRAM ? (m[older + PanicAt.Raised] as PanicAddr) : older;
  }
  m[record + PanicAt.Frame] = vm.fp - stack;
  m[record + PanicAt.Top] = vm.fp - stack + vm.frameWordsAt(vm.at);
  m[record + PanicAt.Pc] = vm.at;
  m[vm.g + Ctx.Panics] = record;
  return record;
}

/** Lays out a call on top of a panicking frame, returning to a fixed instruction. `args` are copied from `from`. */
function callOnTop(vm: Vm, record: PanicAddr, closure: number, from: number, argSlots: number, back: number): void {
  const functionIndex = vm.memory.i32[closure]!;
  const top = vm.memory.i32[record + PanicAt.Top]! + FRAME_HEADER;
  let next = vm.memory.i32[vm.g + Ctx.Stack]! + top;
  vm.fp = vm.memory.i32[vm.g + Ctx.Stack]! + vm.memory.i32[record + PanicAt.Frame]!;
  const end = next + Math.max(vm.frameWords[functionIndex]!, argSlots * 2);
  if (end > vm.stackEnd) grow(vm, end);
  const m = vm.memory.i32;
  next = m[vm.g + Ctx.Stack]! + top;
  copyWords(m, next, from, argSlots * 2);
  m[next - 1] = next - vm.fp;
  m[next - 2] = back;
  m[next - 3] = 0;
  m[next - 4] = closure;
  vm.fp = next;
  vm.pc = vm.entries[functionIndex]!;
}

/** Runs the next deferred call of the newest panic, or ends the goroutine. */
export function unwind(vm: Vm): void {
  const m = vm.memory.i32;
  const record = m[vm.g + Ctx.Panics] as PanicAddr;
  const deferred = m[vm.g + Ctx.Defers] as DeferAddr;
  if (deferred === 0) {
    endUnwinding(vm, record);
    return;
  }
  m[vm.g + Ctx.Defers] = m[deferred + DeferAt.Next] as DeferAddr;
  m[record + PanicAt.DeferredBy] = m[deferred + DeferAt.Frame]!;
  m[record + PanicAt.Epilogue] = m[deferred + DeferAt.Epilogue]!;
  const closure = m[deferred + DeferAt.Closure]!;
  if (closure === 0) {
    vm.fp = m[vm.g + Ctx.Stack]! + m[record + PanicAt.Frame]!;
    vm.at = m[record + PanicAt.Pc]!;
    vm.memory.free(deferred);
    beginRuntimePanic(vm, 'panic.nil-pointer', NIL_DEREFERENCE);
    return;
  }
  callOnTop(vm, record, closure, deferred + DeferAt.Args, m[deferred + DeferAt.ArgSlots]!, FIXED_PC.Unwind);
  vm.memory.i32[record + PanicAt.Running] = vm.fp - vm.memory.i32[vm.g + Ctx.Stack]!;
  vm.memory.free(deferred);
}

/** The instruction Unwind: a deferred call that a panic ran has returned. */
export function afterDeferred(vm: Vm): void {
  const m = vm.memory.i32;
  const record = m[vm.g + Ctx.Panics] as PanicAddr;
  m[record + PanicAt.Running] = -1;
  vm.at = m[record + PanicAt.Pc]!;
  if ((m[record + PanicAt.Flags]! & Flag.Recovered) === 0) {
    unwind(vm);
    return;
  }
  const frame = m[record + PanicAt.DeferredBy]!;
  const epilogue = m[record + PanicAt.Epilogue]!;
  const top = vm.frameWordsAt(epilogue) + frame;
  vm.fp = m[vm.g + Ctx.Stack]! + frame;
  vm.pc = epilogue;
  popPanic(vm);
  for (
    let older = m[vm.g + Ctx.Panics] as PanicAddr;
    older !== 0 && m[older + PanicAt.Frame]! >= frame;
    older = m[vm.g + Ctx.Panics] as PanicAddr
  ) {
    if ((m[older + PanicAt.Flags]! & Flag.Goexit) !== 0) {
      m[older + PanicAt.Frame] = frame;
      m[older + PanicAt.Top] = top;
      m[older + PanicAt.Pc] = epilogue;
      unwind(vm);
      return;
    }
    popPanic(vm);
  }
}

function popPanic(vm: Vm): void {
  const m = vm.memory.i32;
  const record = m[vm.g + Ctx.Panics] as PanicAddr;
  m[vm.g + Ctx.Panics] = m[record + PanicAt.Next] as PanicAddr;
  vm.memory.free(record);
}

/** No deferred call is left: a Goexit ends the goroutine, a panic ends the program once every text is known (preprintpanics of Go's runtime/panic.go). */
function endUnwinding(vm: Vm, newest: PanicAddr): void {
  const m = vm.memory.i32;
  if ((m[newest + PanicAt.Flags]! & Flag.Goexit) !== 0) {
    while (m[vm.g + Ctx.Panics] !== 0) popPanic(vm);
    vm.pc = FIXED_PC.End;
    return;
  }
  if ((m[newest + PanicAt.Flags]! & Flag.Printing) !== 0) {
    vm.failure = 'fatal.panic-while-printing';
    vm.notice = '';
    vm.message = `panic while printing panic value: ${shortText(vm, newest)}`;
    endWith(vm, newest, Trap.Fatal);
    return;
  }
  askForTexts(vm, newest, newest);
}

/** Asks the values of the panics from `first` on, to the oldest, for their texts: calls the method of the next that has one, or ends the program. */
function askForTexts(vm: Vm, newest: PanicAddr, first: PanicAddr): void {
  const m = vm.memory.i32;
  for (let record = first; record !== 0; record = m[record + PanicAt.Next] as PanicAddr) {
    vm.interrupt.worked(Work.part);
    if ((m[record + PanicAt.Flags]! & Flag.Goexit) !== 0) continue;
    const older = m[record + PanicAt.Next] as PanicAddr;
    if (older !== 0 && sameValue(m, older, record)) {
      m[older + PanicAt.Flags]! |= Flag.Repanicked;
      continue;
    }
    const method = textMethod(vm, record);
    if (method < 0) continue;
    const closure = vm.functionValues + method * 2;
    callOnTop(vm, newest, closure, record + PanicAt.Value + 2, 1, FIXED_PC.PanicText);
    vm.memory.i32[newest + PanicAt.Flags]! |= Flag.Printing;
    vm.memory.i32[newest + PanicAt.DeferredBy] = record;
    return;
  }
  endWith(vm, newest, Trap.Panic);
}

/** Leaves the goroutine where it panicked. */
function endWith(vm: Vm, newest: PanicAddr, trap: number): void {
  const m = vm.memory.i32;
  vm.fp = m[vm.g + Ctx.Stack]! + m[newest + PanicAt.Frame]!;
  vm.at = m[newest + PanicAt.Pc]!;
  vm.trapped = trap;
}

/** A panic's value, without asking it: a string itself, else its type. */
function shortText(vm: Vm, record: PanicAddr): string {
  const value = record + PanicAt.Value;
  const type = vm.code.types[vm.memory.i32[value]! - 1]!;
  if (type.index === vm.code.stringType) return vm.readString(value + 2);
  return `type ${type.index === vm.code.runtimeErrorType ? runtimeTypeOf(vm, record) : type.name}`;
}

/** Types of Go's run-time errors by code (runtime/error.go); here all are one. */
const RUNTIME_TYPES: Partial<Record<FailureCode, string>> = {
  'panic.index': 'runtime.boundsError',
  'panic.slice': 'runtime.boundsError',
  'panic.array-length': 'runtime.boundsError',
  'panic.conversion': '*runtime.TypeAssertionError',
  'panic.nil-argument': '*runtime.PanicNilError',
};

function runtimeTypeOf(vm: Vm, record: PanicAddr): string {
  const known = RUNTIME_TYPES[FAILURES[vm.memory.i32[record + PanicAt.Code]!]!];
  if (known !== undefined) return known;
  const text = vm.readString(record + PanicAt.Value + 2);
  return text.startsWith('runtime error: ') ? 'runtime.errorString' : 'runtime.plainError';
}

/** The method that says what the panic's value is: Error() string, or String() string; −1 when it has neither. */
function textMethod(vm: Vm, record: PanicAddr): number {
  const type = vm.code.types[vm.memory.i32[record + PanicAt.Value]! - 1];
  if (type === undefined || type.index === vm.code.runtimeErrorType) return -1;
  for (const name of ['Error', 'String']) {
    const method = type.methods?.get(name);
    const info = method === undefined ? undefined : vm.code.functions[method];
    if (info?.paramSlots === 1 && info.resultSlots === 1) return info.index;
  }
  return -1;
}

/** The instruction PanicText: Error() or String() of a panic's value has returned. */
export function afterPanicText(vm: Vm): void {
  const m = vm.memory.i32;
  const newest = m[vm.g + Ctx.Panics] as PanicAddr;
  const record = m[newest + PanicAt.DeferredBy] as PanicAddr;
  const frame = m[vm.g + Ctx.Stack]! + m[newest + PanicAt.Top]! + FRAME_HEADER;
  const result = frame + 2; // behind the receiver
  m[newest + PanicAt.Flags]! &= ~Flag.Printing;
  m[record + PanicAt.Text] = m[result]!;
  m[record + PanicAt.Text + 1] = m[result + 1]!;
  m[record + PanicAt.Value] = 0;
  askForTexts(vm, newest, m[record + PanicAt.Next] as PanicAddr);
}

/** The instruction Recover. */
export function recover(vm: Vm, to: number): void {
  const m = vm.memory.i32;
  const record = m[vm.g + Ctx.Panics] as PanicAddr;
  const frame = vm.fp - m[vm.g + Ctx.Stack]!;
  m.fill(0, to, to + 4);
  if (record === 0 || m[record + PanicAt.Running] !== frame) return;
  if ((m[record + PanicAt.Flags]! & (Flag.Recovered | Flag.Goexit)) !== 0) return;
  m[record + PanicAt.Flags]! |= Flag.Recovered;
  copyWords(m, to, record + PanicAt.Value, 4);
  vm.bringUpToDate();
  vm.world.recovered(vm.at);
}

/** A wrapper calls the method it stands for: recover in the callee counts as in the wrapper. */
export function passRecover(vm: Vm, from: number, to: number): void {
  const m = vm.memory.i32;
  const record = m[vm.g + Ctx.Panics] as PanicAddr;
  const stack = m[vm.g + Ctx.Stack]!;
  if (record !== 0 && m[record + PanicAt.Running] === from - stack) m[record + PanicAt.Running] = to - stack;
}

/** The instruction Defer. */
export function defer(vm: Vm, closure: number, args: number, argSlots: number, epilogue: number): void {
  const record = vm.memory.alloc(DeferAt.Args / 2 + argSlots, tagOf(TagKind.Defer)) as DeferAddr;
  const m = vm.memory.i32;
  m[record + DeferAt.Next] = m[vm.g + Ctx.Defers] as DeferAddr;
  m[record + DeferAt.Frame] = vm.fp - m[vm.g + Ctx.Stack]!;
  m[record + DeferAt.Closure] = m[closure]!;
  m[record + DeferAt.ArgSlots] = argSlots;
  m[record + DeferAt.Epilogue] = epilogue;
  copyWords(m, record + DeferAt.Args, args, argSlots * 2);
  m[vm.g + Ctx.Defers] = record;
}

/** The instruction ReturnDefers at vm.at: calls the newest deferred call of this frame and comes back to it, or goes on behind it. */
export function returnDefers(vm: Vm, frameSlots: number): void {
  let m = vm.memory.i32;
  const deferred = m[vm.g + Ctx.Defers] as DeferAddr;
  if (deferred === 0 || m[deferred + DeferAt.Frame] !== vm.fp - m[vm.g + Ctx.Stack]!) return;
  const closure = m[deferred + DeferAt.Closure]!;
  m[vm.g + Ctx.Defers] = m[deferred + DeferAt.Next] as DeferAddr;
  if (closure === 0) throw fault.nil();
  const functionIndex = m[closure]!;
  const argSlots = m[deferred + DeferAt.ArgSlots]!;
  const delta = frameSlots * 2 + FRAME_HEADER;
  const words = Math.max(vm.frameWords[functionIndex]!, argSlots * 2);
  if (vm.fp + delta + words > vm.stackEnd) grow(vm, vm.fp + delta + words);
  m = vm.memory.i32;
  const next = vm.fp + delta;
  copyWords(m, next, deferred + DeferAt.Args, argSlots * 2);
  m[next - 1] = delta;
  m[next - 2] = vm.at;
  m[next - 3] = 1;
  m[next - 4] = closure;
  vm.memory.free(deferred);
  vm.fp = next;
  vm.pc = vm.entries[functionIndex]!;
}

/** The panic whose panicking frame is `frame`: `record` or the next older one that is; for backtraces through deferred calls. */
export function panicOfFrame(vm: Vm, record: PanicAddr, frame: number): PanicAddr {
  const m = vm.memory.i32;
  while (record !== 0 && m[record + PanicAt.Frame] !== frame) record = m[record + PanicAt.Next] as PanicAddr;
  return record;
}

/** What the newest panic in progress is. */
export function panicCode(vm: Vm, g: ContextAddr): FailureCode {
  const newest = vm.memory.i32[g + Ctx.Panics] as PanicAddr;
  return FAILURES[vm.memory.i32[newest + PanicAt.Code]!]!;
}

/** Go's text of the panics in progress (printpanics of runtime/panic.go), oldest first. */
export function panicText(vm: Vm, g: ContextAddr): string {
  const m = vm.memory.i32;
  const panics: PanicAddr[] = [];
  for (let record = m[g + Ctx.Panics] as PanicAddr; record !== 0; record = m[record + PanicAt.Next] as PanicAddr)
    panics.push(record);
  if (panics.length === 0) return '';
  const lines: string[] = [];
  let older = 0;
  let length = 0;
  for (const record of panics.reverse()) {
    const flags = m[record + PanicAt.Flags]!;
    // A value that was recovered and thrown again is told once.
    if ((older & Flag.Repanicked) === 0 && (flags & Flag.Goexit) === 0) {
      const indent = record !== panics[0] && (older & Flag.Goexit) === 0 ? '\t' : '';
      const text = valueText(vm, record);
      // Twice: each character may end a line, which is indented.
      vm.checkText((length += text.length * 2));
      lines.push(`${indent}panic: ${text.replaceAll('\n', '\n\t')}${fate(flags)}`);
    }
    older = flags;
  }
  if (panicCode(vm, g) === 'panic.nil-pointer')
    lines.push('[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x0]');
  return lines.join('\n');
}

/** What became of a panic. */
function fate(flags: number): string {
  if ((flags & Flag.Recovered) === 0) return '';
  return (flags & Flag.Repanicked) === 0 ? ' [recovered]' : ' [recovered, repanicked]';
}

/** What the value of a panic is called: the text that its method has returned, if one has. */
function valueText(vm: Vm, record: PanicAddr): string {
  if (vm.memory.i32[record + PanicAt.Value] === 0) return vm.readString(record + PanicAt.Text);
  const reader = new Reader(vm.memory, vm.code);
  const held = reader.held(record + PanicAt.Value);
  if (held?.type.kind === 'string') vm.chargeText(reader.stringBytes(held));
  return panicValueText(reader, record + PanicAt.Value);
}

/** Whether two panics are with the very same value. */
function sameValue(m: Int32Array, a: PanicAddr, b: PanicAddr): boolean {
  return [0, 2, 3].every((word) => m[a + PanicAt.Value + word] === m[b + PanicAt.Value + word]);
}
