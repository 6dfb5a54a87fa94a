/**
 * This file writes recorded choices as a short text that fits into a link or a command line, and reads it back.
 *
 * Layout, before base64url (RFC 4648 §5, no padding): runs of equal choices. Each run is a varint (LEB128, unsigned) of
 * `2 · choice + (length > 1 ? 1 : 0)`, followed for runs longer than one by a varint of `length − 2`.
 *
 * Choices mean nothing without the scheduler that asked for them. Those of the controlled scheduler have `c.` before them, those of the simulated one nothing.
 */
import { Interrupt } from '../base/interrupt';
import type { SchedulerName } from '../event/choice';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Character codes of the digits: a text is made of a part at once, and not of its characters. */
const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const DIGIT = new Map([...ALPHABET].map((character, value) => [character, value]));
/** Largest choice that can be written; choices are indexes into small sets. */
const MOST = 2 ** 32 - 1;

const CONTROLLED = 'c.';

/** Thrown when a text is not a schedule. */
export class ScheduleError extends Error {
  constructor(what: string) {
    super(`not a schedule: ${what}`);
    this.name = 'ScheduleError';
  }
}

/** In units of an interrupt: of one choice. */
const WORK_OF_A_CHOICE = 4;

/** Choices, integers from 0 to 2^32 − 1, as text; '' for none of the simulated scheduler. @throws Interrupted */
export function encodeSchedule(
  choices: ArrayLike<number>,
  scheduler: SchedulerName = 'simulated',
  interrupt = Interrupt.never,
): string {
  const bytes = new Bytes();
  const { length } = choices;
  for (let i = 0; i < length;) {
    const choice = choices[i]!;
    let end = i + 1;
    while (end < length && choices[end] === choice) end++;
    interrupt.worked(WORK_OF_A_CHOICE * (end - i));
    bytes.addVarint(choice * 2 + (end - i > 1 ? 1 : 0));
    if (end - i > 1) bytes.addVarint(end - i - 2);
    i = end;
  }
  return (scheduler === 'controlled' ? CONTROLLED : '') + toBase64(bytes, interrupt);
}

/** The scheduler that the choices of a text were made for. */
export function schedulerOf(text: string): SchedulerName {
  return text.startsWith(CONTROLLED) ? 'controlled' : 'simulated';
}

/**
 * The choices of a text that {@link encodeSchedule} wrote.
 * @param most choices accepted, so that a forged text cannot ask for unbounded memory.
 * @throws ScheduleError
 */
export function decodeSchedule(text: string, most = 1 << 24): number[] {
  const bytes = fromBase64(schedulerOf(text) === 'controlled' ? text.slice(CONTROLLED.length) : text);
  const choices: number[] = [];
  let at = 0;
  const read = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new ScheduleError('it ends in the middle of a number');
      if (scale > MOST) throw new ScheduleError('a number is too large');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const head = read();
    const length = head % 2 === 1 ? read() + 2 : 1;
    const choice = Math.floor(head / 2);
    if (choice > MOST) throw new ScheduleError('a choice is too large');
    if (choices.length + length > most) throw new ScheduleError(`more than ${most} choices`);
    for (let i = 0; i < length; i++) choices.push(choice);
  }
  assertWritten(text, choices);
  return choices;
}

/** Each list of choices is written in one way only: what is not written so was not written by us. */
function assertWritten(text: string, choices: readonly number[]): void {
  const written = encodeSchedule(choices, schedulerOf(text));
  if (written === text) return;
  let at = 0;
  while (written[at] === text[at]) at++;
  throw new ScheduleError(`its character ${at + 1} is wrong`);
}

/** Bytes that are written one after the other. */
class Bytes {
  array = new Uint8Array(FIRST_BYTES);
  length = 0;

  addVarint(value: number): void {
    if (this.length + MOST_VARINT > this.array.length) this.grow();
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.array[this.length++] = (rest % 128) + 128;
    this.array[this.length++] = rest;
  }

  private grow(): void {
    const next = new Uint8Array(this.array.length * 2);
    next.set(this.array);
    this.array = next;
  }
}

const FIRST_BYTES = 1024;
/** Bytes of a number below 2^35 at most. */
const MOST_VARINT = 5;

/** Bytes of which the text is made at once; a multiple of three. A text of millions of characters that grows by one at a time takes ten times its memory. */
const PART = 3 * 1024;

function toBase64({ array, length }: Bytes, interrupt: Interrupt): string {
  const parts: string[] = [];
  for (let i = 0; i < length; i += PART) {
    interrupt.worked(PART);
    parts.push(partToBase64(array.subarray(i, Math.min(i + PART, length))));
  }
  return parts.join('');
}

function partToBase64(bytes: Uint8Array): string {
  const rest = bytes.length % 3;
  const whole = bytes.length - rest;
  const digits = new Uint8Array(Math.ceil((bytes.length * 8) / 6));
  let at = 0;
  for (let i = 0; i < whole; i += 3, at += 4) {
    const bits = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    digits[at] = CODES[bits >> 18]!;
    digits[at + 1] = CODES[(bits >> 12) & 63]!;
    digits[at + 2] = CODES[(bits >> 6) & 63]!;
    digits[at + 3] = CODES[bits & 63]!;
  }
  if (rest > 0) {
    const bits = (bytes[whole]! << 16) | ((bytes[whole + 1] ?? 0) << 8);
    digits[at++] = CODES[bits >> 18]!;
    digits[at++] = CODES[(bits >> 12) & 63]!;
    if (rest > 1) digits[at] = CODES[(bits >> 6) & 63]!;
  }
  // Spread, they would go through an iterator.
  return String.fromCharCode.apply(undefined, digits as unknown as number[]);
}

function fromBase64(text: string): number[] {
  if (text.length % 4 === 1) throw new ScheduleError('its length is wrong');
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 4) {
    const digits = text
      .slice(i, i + 4)
      .split('')
      .map((character, k) => {
        const digit = DIGIT.get(character);
        if (digit === undefined)
          throw new ScheduleError(`unexpected character ${JSON.stringify(character)} at ${i + k + 1}`);
        return digit;
      });
    const bits = (digits[0]! << 18) | (digits[1]! << 12) | ((digits[2] ?? 0) << 6) | (digits[3] ?? 0);
    bytes.push(bits >> 16);
    if (digits.length > 2) bytes.push((bits >> 8) & 255);
    if (digits.length > 3) bytes.push(bits & 255);
  }
  return bytes;
}
