/** This file defines the assembler: instructions with register operands in slots go in; words, spans, jump targets, string data and tables come out. */
import { Column } from '../base/column';
import type { Interrupt } from '../base/interrupt';
import { encodeBytes } from '../base/utf8';
import type { Span } from '../base/span';
import { InternalError } from '../base/assert';
import { CODE_TOO_LARGE, CodeLimit, DATA_TOO_LARGE, MAX_CODE_WORDS, MAX_DATA_BYTES } from './limits';
import { INSTRUCTION_WORDS, OPS, Op, type OpName } from './op';
import { Sites } from './sites';

/** A place in the code that jumps may name before it is known. */
export class Label {
  /** Word index; −1 until it is placed. */
  pc = -1;
  /** Words to fill in when it is placed. */
  readonly uses: number[] = [];
}

export type Operand = number | Label;

/** Work of an instruction, in units of the interrupt: to choose it and to write it down takes about a fifth of a microsecond. */
const INSTRUCTION_UNITS = 20;

const REGISTERS = 'dsoq';
const MOST = 0x7fffffff;

export class Assembler {
  /** Four bytes each: a program that is too large is so after sixteen million of them. */
  private readonly words = new Column();
  private readonly spans = new Column();
  /** String constants one after another, and their bytes in all. */
  private readonly chunks: Uint8Array[] = [];
  private bytes = 0;
  private readonly strings = new Map<string, { offset: number; length: number }>();
  /** Told of the work of each instruction. */
  constructor(private readonly interrupt: Interrupt) {}

  readonly sites = new Sites();
  /** See Code.unsignedIndices. */
  readonly unsignedIndices = new Set<number>();
  /** Where the instructions to come stand in the source; file −1: nowhere. */
  file = -1;
  span: Span = { start: 0, end: 0 };

  /** Word index of the next instruction. */
  get pc(): number {
    return this.words.length;
  }

  /** Appends an instruction and returns its word index. Registers are given in slots (−1: absent); half a slot names a high word. */
  emit(name: OpName, ...operands: Operand[]): number {
    this.interrupt.worked(INSTRUCTION_UNITS);
    const at = this.words.length;
    const letters = OPS[Op[name]]!.operands;
    if (letters.length !== operands.length) throw new InternalError('operands', { name, count: operands.length });
    this.begin(Op[name]);
    for (let k = 0; k < letters.length; k++) {
      if (k > 0 && k % 3 === 0) this.begin(Op.Ext);
      const place = at + k + 1 + Math.floor(k / 3);
      this.words.set(place, this.encode(letters[k]!, operands[k]!, place));
    }
    return at;
  }

  private begin(op: number): void {
    if (this.words.length >= MAX_CODE_WORDS) throw this.limit(CODE_TOO_LARGE);
    const at = this.words.length;
    this.words.set(at + INSTRUCTION_WORDS - 1, 0);
    this.words.set(at, op);
    this.spans.add(this.file);
    this.spans.add(this.span.start);
    this.spans.add(this.span.end);
  }

  private encode(letter: string, operand: Operand, place: number): number {
    if (typeof operand !== 'number') {
      if (operand.pc < 0) operand.uses.push(place);
      return operand.pc;
    }
    return clamped(REGISTERS.includes(letter) && operand >= 0 ? operand * 2 : operand);
  }

  /** A limit is met by what is being compiled. */
  limit(message: string, span = this.span): CodeLimit {
    return new CodeLimit(message, this.file, span);
  }

  /** Fixes a label to the next instruction. */
  place(label: Label): void {
    label.pc = this.words.length;
    for (const use of label.uses) this.words.set(use, label.pc);
  }

  /** Changes operand `k` (number, not register) of the instruction at `at`. */
  patch(at: number, k: number, value: number): void {
    this.words.set(at + k + 1 + Math.floor(k / 3), value);
  }

  /** Offset of the string's bytes in the data, and their number. */
  string(text: string): { offset: number; length: number } {
    const known = this.strings.get(text);
    if (known) return known;
    // A character takes a byte at least.
    if (this.bytes + text.length > MAX_DATA_BYTES) throw this.limit(DATA_TOO_LARGE);
    this.interrupt.worked(text.length);
    const chunk = encodeBytes(text).slice();
    const row = { offset: this.bytes, length: chunk.length };
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    this.strings.set(text, row);
    return row;
  }

  /** Says what the instruction at `at` allocates. */
  site(at: number, type: number, name: string): void {
    this.sites.add(at / INSTRUCTION_WORDS, type, name);
  }

  finish(): { words: Int32Array; spans: Int32Array; data: Uint8Array } {
    return {
      words: this.words.rows.slice(0, this.words.length),
      spans: this.spans.rows.slice(0, this.spans.length),
      data: this.data(),
    };
  }

  private data(): Uint8Array {
    const data = new Uint8Array(this.bytes);
    let at = 0;
    for (const chunk of this.chunks) {
      data.set(chunk, at);
      at += chunk.length;
    }
    return data;
  }
}

/**
 * An operand as a word holds it. Sizes and offsets beyond 31 bits are of values that no memory holds: an instruction on one fails for want of
 * memory, or because the pointer to it is nil, before the number matters.
 */
function clamped(operand: number): number {
  return Math.max(-MOST - 1, Math.min(operand, MOST));
}
