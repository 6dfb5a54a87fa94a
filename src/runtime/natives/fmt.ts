/**
 * This file holds the natives of package fmt that format. They know the types of the values; methods of the program are called by the package itself, in Go,
 * when a printer waits for one (runtime/printers.ts). They need of the machine no more than its vm.
 */
import { printing, printingFormat, printingLine } from '../../values/print';
import type { FLAGS, Flags } from '../../values/formatter';
import type { Printer } from '../../values/printer';
import { METHODS } from '../../values/printer';
import { TagKind, tagOf } from '../../vm/tags';
import type { Vm } from '../../vm/vm';
import {
  callerOf,
  flagsOf,
  giveFailure,
  giveText,
  type PrinterAddr,
  readerOf,
  startPrinter,
  takeText,
  wantedBy,
  wrappedBy,
  writeTo,
} from '../printers';

/** Runs a printer; `result`: slot of the text, behind which stands the block in which the printer waits, or 0. */
function start(vm: Vm, base: number, result: number, printer: Printer): void {
  const block = startPrinter(vm, printer);
  if (block === 0) vm.writeString(base + result * 2, printer.fmt.out);
  else vm.memory.i32.fill(0, base + result * 2, base + (result + 1) * 2);
  setWord(vm, base, result + 1, block);
}

function setWord(vm: Vm, base: number, slot: number, value: number): void {
  vm.memory.i32[base + slot * 2] = value;
  vm.memory.i32[base + slot * 2 + 1] = 0;
}

/** The format in the first slot and the operands in the next two. */
function formatPrinter(vm: Vm, base: number): Printer {
  const at = vm.memory.i32[base]!;
  const format = vm.bytes.subarray(at, at + vm.memory.i32[base + 1]!);
  return printingFormat(readerOf(vm), format, base + 2, callerOf(vm));
}

/** Flags as a Formatter asks for them. */
const FLAG_NAMES: Readonly<Record<string, readonly (typeof FLAGS)[number][]>> = {
  '-': ['minus'],
  '+': ['plus', 'plusV'],
  '#': ['sharp', 'sharpV'],
  ' ': ['space'],
  '0': ['zero'],
};

/** The flags of the printer of the state to which the first slot points; undefined: its Format has returned. */
function flags(vm: Vm, base: number): Flags | undefined {
  const block = printerIn(vm, vm.memory.i32[base]!);
  return block === 0 ? undefined : flagsOf(vm, block);
}

/** Writes a number and whether there is one, behind the first slot. @param n −1: there is none, which is written as 0 */
function setOptional(vm: Vm, base: number, n: number): void {
  setWord(vm, base, 1, Math.max(n, 0));
  setWord(vm, base, 2, Number(n >= 0));
}

/** Writes a []int of small numbers to two slots. */
function setInts(vm: Vm, base: number, slot: number, numbers: readonly number[]): void {
  const to = base + slot * 2;
  const block = numbers.length === 0 ? 0 : vm.memory.alloc(numbers.length, tagOf(TagKind.Values, vm.at >> 2));
  numbers.forEach((n, i) => (vm.memory.i32[block + i * 2] = n));
  vm.memory.i32.set([block, 0, numbers.length, numbers.length], to);
}

/** The printer that a slot names: package fmt keeps it as a number. */
function printerIn(vm: Vm, base: number): PrinterAddr {
  return vm.memory.i32[base] as PrinterAddr;
}

/** By name: the body, given the word address of the first argument. */
export const formatNatives: Readonly<Record<string, (vm: Vm, base: number) => void>> = {
  // sprint(a []any) (text string, p printer)
  'fmt.sprint': (vm, base) => start(vm, base, 2, printing(readerOf(vm), base, callerOf(vm))),
  'fmt.sprintln': (vm, base) => start(vm, base, 2, printingLine(readerOf(vm), base, callerOf(vm))),
  // sprintf(format string, a []any) (text string, p printer)
  'fmt.sprintf': (vm, base) => start(vm, base, 3, formatPrinter(vm, base)),
  // errorf(format string, a []any) (text string, p printer, wrapped []int)
  'fmt.errorf': (vm, base) => {
    const printer = formatPrinter(vm, base);
    printer.wraps = true;
    start(vm, base, 3, printer);
    setInts(vm, base, 5, wrapped(printer));
  },
  // (p printer) wanted() (v any, method int, verb rune)
  'fmt.printer.wanted': (vm, base) => {
    const wanted = wantedBy(vm, printerIn(vm, base));
    setWord(vm, base, 3, wanted ? METHODS.indexOf(wanted.method) + 1 : 0);
    setWord(vm, base, 4, wanted?.verb.codePointAt(0) ?? 0);
    const m = vm.memory.i32;
    m.fill(0, base + 2, base + 6);
    if (!wanted) return;
    const { type, at } = wanted.value;
    m[base + 2] = type.index + 1;
    if (type.slots === 1) m.copyWithin(base + 4, at, at + 2);
    else m[base + 4] = at;
  },
  // (p printer) give(text string)
  'fmt.printer.give': (vm, base) => giveText(vm, printerIn(vm, base), vm.readString(base + 2)),
  // (p printer) fail(reason any) bool
  'fmt.printer.fail': (vm, base) => {
    setWord(vm, base, 3, Number(giveFailure(vm, printerIn(vm, base), base + 2)));
  },
  // (p printer) write(text string)
  'fmt.printer.write': (vm, base) => {
    const block = printerIn(vm, base);
    if (block !== 0) writeTo(vm, block, vm.readString(base + 2));
  },
  // (s *state) Width() (wid int, ok bool)
  'fmt.(*state).Width': (vm, base) => setOptional(vm, base, flags(vm, base)?.width ?? -1),
  // (s *state) Precision() (prec int, ok bool)
  'fmt.(*state).Precision': (vm, base) => setOptional(vm, base, flags(vm, base)?.precision ?? -1),
  // (s *state) Flag(c int) bool
  'fmt.(*state).Flag': (vm, base) => {
    const names = FLAG_NAMES[String.fromCharCode(vm.memory.i32[base + 2]!)] ?? [];
    const set = flags(vm, base);
    setWord(vm, base, 2, Number(set !== undefined && names.some((name) => set[name])));
  },
  // (p printer) wrapped() []int
  'fmt.printer.wrapped': (vm, base) => setInts(vm, base, 1, wrappedBy(vm, printerIn(vm, base))),
  // (p printer) text() string
  'fmt.printer.text': (vm, base) => vm.writeString(base + 2, takeText(vm, printerIn(vm, base))),
};

function wrapped({ root }: Printer): readonly number[] {
  return 'wrapped' in root ? [...root.wrapped].sort((a, b) => a - b) : [];
}
