/** This file prints the values of std's types whose String or Error method is so plain that no program code need run. */
import { formatDuration } from './duration';
import type { Reader, Value } from './reader';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const named = (names: readonly string[], first: number, type: string, n: bigint): string =>
  names[Number(n) - first] ?? `%!${type}(${BigInt.asUintN(64, n)})`;

/** By the type's name: the text of its Error or String method. */
const KNOWN: Readonly<Record<string, (reader: Reader, value: Value) => string>> = {
  'time.Duration': (reader, value) => formatDuration(reader.integer(value)),
  'time.Month': (reader, value) => named(MONTHS, 1, 'Month', reader.integer(value)),
  'time.Weekday': (reader, value) => named(DAYS, 0, 'Weekday', reader.integer(value)),
  '*errors.errorString': (reader, value) => reader.string(reader.field(reader.target(value), 0)),
  '*fmt.wrapError': (reader, value) => reader.string(reader.field(reader.target(value), 0)),
};

/** The method's result, if the type is a known one. */
export function knownText(reader: Reader, value: Value): string | undefined {
  const print = Object.hasOwn(KNOWN, value.type.name) ? KNOWN[value.type.name] : undefined;
  return print?.(reader, value);
}
