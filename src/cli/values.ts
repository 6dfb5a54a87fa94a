/** This file reads the values that flags take: counts, durations, sizes, versions. Each reader says what it expects. */

import { SEEDS } from '../base/random';

/** Thrown for whatever the user typed wrong; the message is one line that says what was expected. */
export class UsageError extends Error {}

/** A kind of value: what is expected, in words, and how to read it (undefined: it is none). */
export interface ValueKind<T> {
  readonly expected: string;
  read(text: string): T | undefined;
}

const NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const BYTES: Readonly<Record<string, number>> = {
  '': 1, B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4,
}; // prettier-ignore

function withUnit(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([a-zA-Zµμ]*)$/.exec(text);
  if (!match || !Object.hasOwn(units, match[2]!)) return undefined;
  const value = Math.round(Number(match[1]) * units[match[2]!]!);
  return Number.isSafeInteger(value) ? value : undefined;
}

const integer = (expected: string, least: number, most = Number.MAX_SAFE_INTEGER): ValueKind<number> => ({
  expected,
  read: (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    return Number.isSafeInteger(value) && value >= least && value <= most ? value : undefined;
  },
});

/** Of Go; later ones have what this one does not know. */
const VERSION = /^(?:go)?(1\.(?:[1-9]|1\d|2[0-6]))$/;

export const VALUES = {
  count: integer('a number, 1 or more', 1),
  seed: integer(`a whole number from ${SEEDS.min} to ${SEEDS.max}`, SEEDS.min, SEEDS.max),
  duration: { expected: 'a duration such as 4ms or 1.5s', read: (text) => withUnit(text, NS) } as ValueKind<number>,
  size: { expected: 'a size such as 64KB or 8GB', read: (text) => withUnit(text, BYTES) } as ValueKind<number>,
  version: {
    expected: 'a Go version from go1.1 to go1.26',
    read: (text) => VERSION.exec(text)?.[1],
  } as ValueKind<string>,
  setting: {
    expected: 'key=value',
    read: (text) => (/^[^=]+=./s.test(text) ? text : undefined),
  } as ValueKind<string>,
  text: { expected: 'a text', read: (text) => (text === '' ? undefined : text) } as ValueKind<string>,
  /** May be empty: of a run that had nothing to choose. */
  schedule: { expected: 'the schedule of a run, as run --json tells it', read: (text) => text } as ValueKind<string>,
};

export type ValueKindName = keyof typeof VALUES;

/** Reads a value or says what was expected. @param what the flag or key, as the user wrote it. @throws UsageError */
export function readValue<T>(kind: ValueKind<T>, what: string, text: string): T {
  const value = kind.read(text);
  if (value === undefined) throw new UsageError(`${what}: expected ${kind.expected}, not '${text}'`);
  return value;
}
