/**
 * This file writes recorded choices as a short text that fits into a link or a command line, and reads it back.
 *
 * Layout, before base64url (RFC 4648 §5, no padding): runs of equal choices. Each run is a varint (LEB128, unsigned) of
 * `2 · choice + (length > 1 ? 1 : 0)`, followed for runs longer than one by a varint of `length − 2`.
 *
 * Choices mean nothing without the scheduler that asked for them. Those of the controlled scheduler have `c.` before them, those of the simulated one nothing.
 */
import { Interrupt } from '../base/interrupt';
import { PackedNumbers } from '../base/packedNumbers';
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
  const bytes = new PackedNumbers();
  for (let i = 0; i < choices.length;) {
    const choice = choices[i]!;
    let end = i + 1;
    while (end < choices.length && choices[end] === choice) end++;
    const length = end - i;
    interrupt.worked(WORK_OF_A_CHOICE * length);
    writeVarint(bytes, choice * 2 + (length > 1 ? 1 : 0));
    if (length > 1) writeVarint(bytes, length - 2);
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

function writeVarint(bytes: PackedNumbers, value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/** Bytes of which the text is made at once; a multiple of three. A text of millions of characters that grows by one at a time takes ten times its memory. */
const PART = 3 * 1024;

function toBase64(bytes: PackedNumbers, interrupt: Interrupt): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += PART) {
    interrupt.worked(PART);
    parts.push(partToBase64(bytes, i, Math.min(i + PART, bytes.length)));
  }
  return parts.join('');
}

function partToBase64(bytes: PackedNumbers, from: number, to: number): string {
  const digits = new Uint8Array(Math.ceil(((to - from) * 8) / 6));
  let at = 0;
  for (let i = from; i < to; i += 3) {
    const left = to - i;
    const bits = (bytes.at(i)! << 16) | ((bytes.at(i + 1) ?? 0) << 8) | (bytes.at(i + 2) ?? 0);
    digits[at++] = CODES[bits >> 18]!;
    digits[at++] = CODES[(bits >> 12) & 63]!;
    if (left > 1) digits[at++] = CODES[(bits >> 6) & 63]!;
    if (left > 2) digits[at++] = CODES[bits & 63]!;
  }
  return String.fromCharCode(...digits);
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
