/**
 * This file writes recorded choices as a short text that fits into a link or a command line, and reads it back.
 *
 * Layout, before base64url (RFC 4648 §5, no padding): runs of equal choices. Each run is a varint (LEB128, unsigned) of
 * `2 · choice + (length > 1 ? 1 : 0)`, followed for runs longer than one by a varint of `length − 2`.
 *
 * Choices mean nothing without the scheduler that asked for them. Those of the controlled scheduler have `c.` before them, those of the simulated one nothing.
 */
import type { SchedulerName } from '../event/choice';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
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

/** Choices, integers from 0 to 2^32 − 1, as text; '' for none of the simulated scheduler. */
export function encodeSchedule(choices: readonly number[], scheduler: SchedulerName = 'simulated'): string {
  const bytes: number[] = [];
  for (let i = 0; i < choices.length;) {
    const choice = choices[i]!;
    let end = i + 1;
    while (end < choices.length && choices[end] === choice) end++;
    const length = end - i;
    writeVarint(bytes, choice * 2 + (length > 1 ? 1 : 0));
    if (length > 1) writeVarint(bytes, length - 2);
    i = end;
  }
  return (scheduler === 'controlled' ? CONTROLLED : '') + toBase64(bytes);
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
  return choices;
}

function writeVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function toBase64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += ALPHABET[bits >> 18]! + ALPHABET[(bits >> 12) & 63]!;
    if (left > 1) text += ALPHABET[(bits >> 6) & 63]!;
    if (left > 2) text += ALPHABET[bits & 63]!;
  }
  return text;
}

function fromBase64(text: string): number[] {
  if (text.length % 4 === 1) throw new ScheduleError('its length is wrong');
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 4) {
    const digits = [...text.slice(i, i + 4)].map((character) => {
      const digit = DIGIT.get(character);
      if (digit === undefined) throw new ScheduleError(`unexpected character ${JSON.stringify(character)}`);
      return digit;
    });
    const bits = (digits[0]! << 18) | (digits[1]! << 12) | ((digits[2] ?? 0) << 6) | (digits[3] ?? 0);
    bytes.push(bits >> 16);
    if (digits.length > 2) bytes.push((bits >> 8) & 255);
    if (digits.length > 3) bytes.push(bits & 255);
  }
  return bytes;
}
