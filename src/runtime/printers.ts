/**
 * This file keeps printers that wait for a method of the program in simulated memory: package fmt calls the method, in Go, and comes back.
 *
 * A printer (values/printer.ts) runs at most until it wants a method called. Most never do: they live for one native call. One that does is written to a
 * block, whose address is the `printer` of package fmt, and made again from the block when the method has returned. So nothing of it is outside of
 * memory while the program runs: a snapshot holds it, other goroutines may run, and print, meanwhile.
 */
import type { Address } from '../base/address';
import { decodeBytes, encodeBytes } from '../base/utf8';
import type { Memory } from '../base/memory';
import { Directives } from '../values/directives';
import { FLAGS, Formatter, type Flags } from '../values/formatter';
import { Line, operands } from '../values/operands';
import { METHODS, NestedTooDeep, Printer, type Caller, type Frame, type Root, type Wanted } from '../values/printer';
import { Reader, type Value } from '../values/reader';
import { StackOverflow } from '../vm/fault';
import type { Vm } from '../vm/vm';
import { INCLUDED_IN_PRINTING, Work } from '../vm/work';
import { RuntimeTag } from './layout';

/** Word offsets of a printer's block. */
const enum PrinterAt {
  /** What prints the operands: one of {@link Style}. */
  Style,
  Operands,
  Count,
  /** Operands printed so far, or the next operand of a format. */
  Next,
  /** Byte address of the format, its length, and where its rest begins. */
  Format,
  FormatBytes,
  FormatAt,
  Reordered,
  Extra,
  /** Flags in force, and those to go back to: bits (−1: none), width, precision. */
  Flags,
  Width,
  Precision,
  OldFlags,
  OldWidth,
  OldPrecision,
  Erroring,
  Wraps,
  /** The method that is wanted: its number + 1 (0: none), on which value, for which verb. */
  Method,
  Type,
  Value,
  Access,
  Verb,
  /** Blocks that grow, each with how much of it is used: bytes printed; words of frames; operands of %w. */
  Out,
  OutBytes,
  Frames,
  FrameWords,
  Wrapped,
  WrappedWords,
}
interface PrinterBlock {
  PrinterAt: true;
}
export type PrinterAddr = Address<PrinterBlock>;
const SLOTS = 14;
const FRAME_WORDS = 9;

const enum Style {
  Print,
  Line,
  Format,
}

/** Bytes that printing one level of nesting takes of Go's stack: the frame of (*pp).printValue. */
const FRAME_BYTES = 536;

/** Reads values, and tells the detector of it. */
export function readerOf(vm: Vm): Reader {
  return new Reader(vm.memory, vm.code, (at, slots) => vm.read(at, slots));
}

/** The program's goroutines call the methods. */
export function callerOf(vm: Vm): Caller {
  // A stack may take a quarter of the host's budget, as in vm/stack.ts.
  const bytes = Math.min(vm.stackMax, vm.memory.budgetWords);
  let included = INCLUDED_IN_PRINTING;
  let length = 0;
  return {
    tag: RuntimeTag.Printer,
    mostFrames: Math.floor(bytes / FRAME_BYTES),
    worked(values, characters) {
      const work = values * Work.printed + characters * Work.convertedByte;
      vm.charge(work, included);
      included = Math.max(0, included - work);
      vm.checkText((length += characters));
    },
  };
}

/** Runs a new printer. @returns the block in which it waits for a method; 0: it has printed all. @throws StackOverflow */
export function startPrinter(vm: Vm, printer: Printer): PrinterAddr {
  if (run(vm, printer)) return 0;
  const block = vm.memory.alloc(SLOTS, RuntimeTag.Printer) as PrinterAddr;
  save(vm, block, printer);
  return block;
}

/** What a waiting printer wants; undefined: it has printed all. */
export function wantedBy(vm: Vm, block: PrinterAddr): Wanted | undefined {
  return loadWanted(readerOf(vm), block);
}

/** The method that a printer waits for has returned a text: it goes on. @throws StackOverflow */
export function giveText(vm: Vm, block: PrinterAddr, text: string): void {
  const printer = load(vm, block);
  printer.give(text);
  run(vm, printer);
  save(vm, block, printer);
}

/** The method has panicked with the interface value at word address `reason`. @returns whether that is printed; else it must go on panicking */
export function giveFailure(vm: Vm, block: PrinterAddr, reason: number): boolean {
  const printer = load(vm, block);
  const isPrinted = printer.fail(printer.reader.held(reason));
  if (isPrinted) run(vm, printer);
  save(vm, block, printer);
  return isPrinted;
}

/** A method that prints by itself writes to the printer that waits for it. */
export function writeTo(vm: Vm, block: PrinterAddr, text: string): void {
  saveText(vm, block, text);
}

/** Flags of the verb for which a printer waits for a method. */
export function flagsOf({ memory }: Vm, block: PrinterAddr): Flags {
  return loadFlags(memory.i32, block + PrinterAt.Flags, new Formatter().flags());
}

/** Operands of the verb %w that have been printed so far. */
export function wrappedBy({ memory }: Vm, block: PrinterAddr): number[] {
  return words(memory, block + PrinterAt.Wrapped).sort((a, b) => a - b);
}

/** What a printer has printed. It is gone then. */
export function takeText({ memory, bytes }: Vm, block: PrinterAddr): string {
  const m = memory.i32;
  const start = m[block + PrinterAt.Out]! * 4;
  const text = decodeBytes(bytes, start, start + m[block + PrinterAt.OutBytes]!);
  for (const field of [PrinterAt.Out, PrinterAt.Frames, PrinterAt.Wrapped])
    if (m[block + field] !== 0) memory.free(m[block + field]!);
  memory.free(block);
  return text;
}

function run(vm: Vm, printer: Printer): boolean {
  try {
    return printer.run();
  } catch (error) {
    throw error instanceof NestedTooDeep ? new StackOverflow(vm.stackMax) : error;
  }
}

// ---------------------------------------------------------------- to memory

function save(vm: Vm, block: PrinterAddr, printer: Printer): void {
  const { memory } = vm;
  vm.charge(printer.frames.length * Work.printed, INCLUDED_IN_PRINTING);
  saveRoot(memory, block, printer.root);
  saveFrames(memory, block, printer.frames);
  saveText(vm, block, printer.fmt.out);
  const m = memory.i32;
  put(m, block + PrinterAt.Flags, flagWords(printer.fmt));
  put(m, block + PrinterAt.OldFlags, flagWords(printer.interrupted));
  m[block + PrinterAt.Erroring] = Number(printer.erroring);
  m[block + PrinterAt.Wraps] = Number(printer.wraps);
  const { wanted } = printer;
  m[block + PrinterAt.Method] = wanted ? METHODS.indexOf(wanted.method) + 1 : 0;
  if (wanted) put(m, block + PrinterAt.Type, [...valueWords(wanted.value), rune(wanted.verb)]);
}

/** Writes words from `at` on. They are few: `set` would take longer. */
function put(m: Int32Array, at: number, list: readonly number[]): void {
  for (let i = 0; i < list.length; i++) m[at + i] = list[i]!;
}

function saveFrames(memory: Memory, block: PrinterAddr, frames: readonly Frame[]): void {
  reserve(memory, block + PrinterAt.Frames, frames.length * FRAME_WORDS);
  const at = memory.i32[block + PrinterAt.Frames]!;
  frames.forEach((frame, i) => put(memory.i32, at + i * FRAME_WORDS, frameWords(frame)));
  memory.i32[block + PrinterAt.FrameWords] = frames.length * FRAME_WORDS;
}

function saveRoot(memory: Memory, block: PrinterAddr, root: Root): void {
  const m = memory.i32;
  m[block + PrinterAt.Operands] = root.operands.first;
  m[block + PrinterAt.Count] = root.operands.count;
  m[block + PrinterAt.Next] = root.index;
  if (root instanceof Line) m[block + PrinterAt.Style] = root.isLine ? Style.Line : Style.Print;
  else {
    m[block + PrinterAt.Style] = Style.Format;
    m[block + PrinterAt.Format] = root.format.byteOffset;
    m[block + PrinterAt.FormatBytes] = root.format.length;
    m[block + PrinterAt.FormatAt] = root.at;
    m[block + PrinterAt.Reordered] = Number(root.reordered);
    m[block + PrinterAt.Extra] = root.extra;
    saveList(memory, block + PrinterAt.Wrapped, root.wrapped);
  }
}

function saveText(vm: Vm, block: PrinterAddr, text: string): void {
  const { memory } = vm;
  const bytes = encodeBytes(text);
  const used = memory.i32[block + PrinterAt.OutBytes]!;
  reserve(memory, block + PrinterAt.Out, (used + bytes.length + 3) >> 2);
  vm.bytes.set(bytes, memory.i32[block + PrinterAt.Out]! * 4 + used);
  memory.i32[block + PrinterAt.OutBytes] = used + bytes.length;
}

function saveList(memory: Memory, field: number, list: readonly number[]): void {
  reserve(memory, field, list.length);
  put(memory.i32, memory.i32[field]!, list);
  memory.i32[field + 1] = list.length;
}

/** Makes the block whose address is at `field` hold at least `count` words. */
function reserve(memory: Memory, field: number, count: number): void {
  const old = memory.i32[field]!;
  const oldSlots = old === 0 ? 0 : memory.slots(old);
  if (count <= oldSlots * 2) return;
  const block = memory.alloc(Math.max((count + 1) >> 1, oldSlots * 2), RuntimeTag.Printer);
  memory.i32.copyWithin(block, old, old + oldSlots * 2);
  if (old !== 0) memory.free(old);
  memory.i32[field] = block;
}

const rune = (character: string): number => character.codePointAt(0)!;

function valueWords({ type, at, exported, shared }: Value): number[] {
  return [type.index, at, Number(exported) | (Number(shared) << 1)];
}

function frameWords({ kind, value, verb, depth, index, count, copy }: Frame): number[] {
  return [kind, ...valueWords(value), rune(verb), depth, index, count, copy];
}

function flagWords(flags: Flags | undefined): number[] {
  if (!flags) return [-1, 0, 0];
  let bits = 0;
  for (let i = 0; i < FLAGS.length; i++) if (flags[FLAGS[i]!]) bits |= 1 << i;
  return [bits, flags.width, flags.precision];
}

// ---------------------------------------------------------------- from memory

/** Makes a printer again as it was saved, but for the text that it has printed. */
function load(vm: Vm, block: PrinterAddr): Printer {
  const reader = readerOf(vm);
  const m = vm.memory.i32;
  const printer = new Printer(reader, loadRoot(vm, reader, block), callerOf(vm));
  loadFlags(m, block + PrinterAt.Flags, printer.fmt);
  if (m[block + PrinterAt.OldFlags] !== -1)
    printer.interrupted = loadFlags(m, block + PrinterAt.OldFlags, new Formatter().flags());
  printer.erroring = m[block + PrinterAt.Erroring] === 1;
  printer.wraps = m[block + PrinterAt.Wraps] === 1;
  printer.wanted = loadWanted(reader, block);
  const frames = m[block + PrinterAt.Frames]!;
  for (let i = 0; i < m[block + PrinterAt.FrameWords]!; i += FRAME_WORDS)
    printer.frames.push(loadFrame(reader, frames + i));
  return printer;
}

function loadRoot(vm: Vm, reader: Reader, block: PrinterAddr): Root {
  const m = reader.memory.i32;
  const all = operands(reader, m[block + PrinterAt.Operands]!, m[block + PrinterAt.Count]!);
  const style = m[block + PrinterAt.Style]!;
  const index = m[block + PrinterAt.Next]!;
  if (style !== Style.Format) return new Line(all, style === Style.Line, index);
  const start = m[block + PrinterAt.Format]!;
  const format = vm.bytes.subarray(start, start + m[block + PrinterAt.FormatBytes]!);
  const root = new Directives(all, format, index, m[block + PrinterAt.FormatAt]);
  root.reordered = m[block + PrinterAt.Reordered] === 1;
  root.extra = m[block + PrinterAt.Extra]!;
  root.wrapped.push(...words(reader.memory, block + PrinterAt.Wrapped));
  return root;
}

function loadWanted(reader: Reader, block: PrinterAddr): Wanted | undefined {
  const m = reader.memory.i32;
  const method = METHODS[m[block + PrinterAt.Method]! - 1];
  return (
    method && {
      method,
      value: loadValue(reader, block + PrinterAt.Type),
      verb: String.fromCodePoint(m[block + PrinterAt.Verb]!),
    }
  );
}

function loadValue(reader: Reader, at: number): Value {
  const m = reader.memory.i32;
  const access = m[at + 2]!;
  return reader.value(m[at]!, m[at + 1]!, (access & 1) !== 0, (access & 2) !== 0);
}

function loadFrame(reader: Reader, at: number): Frame {
  const m = reader.memory.i32;
  return {
    kind: m[at]!,
    value: loadValue(reader, at + 1),
    verb: String.fromCodePoint(m[at + 4]!),
    depth: m[at + 5]!,
    index: m[at + 6]!,
    count: m[at + 7]!,
    entries: [],
    copy: m[at + 8]!,
  };
}

function loadFlags(m: Int32Array, at: number, flags: Flags): Flags {
  const bits = m[at]!;
  for (let i = 0; i < FLAGS.length; i++) flags[FLAGS[i]!] = (bits & (1 << i)) !== 0;
  flags.width = m[at + 1]!;
  flags.precision = m[at + 2]!;
  return flags;
}

function words(memory: Memory, field: number): number[] {
  const at = memory.i32[field]!;
  return Array.from({ length: memory.i32[field + 1]! }, (_, i) => memory.i32[at + i]!);
}
