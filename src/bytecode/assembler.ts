/** This file defines the assembler: instructions with register operands in slots go in; words, spans, jump targets, string data and tables come out. */
import { encodeBytes } from '../base/utf8';
import type { Span } from '../base/span';
import { InternalError } from '../base/assert';
import type { AllocationSite } from './code';
import { INSTRUCTION_WORDS, OPS, Op, type OpName } from './op';

/** A place in the code that jumps may name before it is known. */
export class Label {
  /** Word index; −1 until it is placed. */
  pc = -1;
  /** Words to fill in when it is placed. */
  readonly uses: number[] = [];
}

export type Operand = number | Label;

const REGISTERS = 'dsoq';

export class Assembler {
  private readonly words: number[] = [];
  private readonly spans: number[] = [];
  private readonly bytes: number[] = [];
  private readonly strings = new Map<string, number>();
  readonly sites = new Map<number, AllocationSite>();
  /** Where the instructions to come stand in the source; file −1: nowhere. */
  file = -1;
  span: Span = { start: 0, end: 0 };

  /** Word index of the next instruction. */
  get pc(): number {
    return this.words.length;
  }

  /** Appends an instruction and returns its word index. Registers are given in slots (−1: absent); half a slot names a high word. */
  emit(name: OpName, ...operands: Operand[]): number {
    const at = this.words.length;
    const letters = OPS[Op[name]]!.operands;
    if (letters.length !== operands.length) throw new InternalError('operands', { name, count: operands.length });
    this.begin(Op[name]);
    for (let k = 0; k < letters.length; k++) {
      if (k > 0 && k % 3 === 0) this.begin(Op.Ext);
      const place = at + k + 1 + Math.floor(k / 3);
      this.words[place] = this.encode(letters[k]!, operands[k]!, place);
    }
    return at;
  }

  private begin(op: number): void {
    this.words.push(op, 0, 0, 0);
    this.spans.push(this.file, this.span.start, this.span.end);
  }

  private encode(letter: string, operand: Operand, place: number): number {
    if (typeof operand !== 'number') {
      if (operand.pc < 0) operand.uses.push(place);
      return operand.pc;
    }
    return REGISTERS.includes(letter) && operand >= 0 ? operand * 2 : operand;
  }

  /** Fixes a label to the next instruction. */
  place(label: Label): void {
    label.pc = this.words.length;
    for (const use of label.uses) this.words[use] = label.pc;
  }

  /** Changes operand `k` (number, not register) of the instruction at `at`. */
  patch(at: number, k: number, value: number): void {
    this.words[at + k + 1 + Math.floor(k / 3)] = value;
  }

  /** Offset of the string's bytes in the data, and their number. */
  string(text: string): { offset: number; length: number } {
    const encoded = encodeBytes(text);
    let offset = this.strings.get(text);
    if (offset === undefined) {
      offset = this.bytes.length;
      this.strings.set(text, offset);
      for (const byte of encoded) this.bytes.push(byte);
    }
    return { offset, length: encoded.length };
  }

  /** Says what the instruction at `at` allocates. */
  site(at: number, site: AllocationSite): void {
    this.sites.set(at / INSTRUCTION_WORDS, site);
  }

  finish(): { words: Int32Array; spans: Int32Array; data: Uint8Array } {
    return {
      words: Int32Array.from(this.words),
      spans: Int32Array.from(this.spans),
      data: Uint8Array.from(this.bytes),
    };
  }
}
