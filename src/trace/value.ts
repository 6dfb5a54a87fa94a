/** This file writes the 64-bit values of a trace as Go prints them, and durations as people read them. */

const scratch = new DataView(new ArrayBuffer(8));

const INTEGER = /^(u?)int(8|16|32|64|)$|^(uintptr|byte|rune)$/;

/**
 * A value in Go's notation; '' when its text cannot be known from its first 8 bytes (strings, structs, interfaces).
 * @param type Go's name of its type.
 */
export function valueText(type: string, lo: number, hi: number): string {
  if (type === 'bool') return lo === 0 ? 'false' : 'true';
  if (type === 'time.Duration') return durationText(int64(lo, hi, false));
  if (type === 'float64' || type === 'float32') return floatText(lo, hi);
  if (type.startsWith('*') || type.startsWith('chan ')) return lo === 0 && hi === 0 ? 'nil' : '';
  if (type === 'struct{}') return '{}';
  const integer = INTEGER.exec(type) ?? INTEGER.exec(ATOMIC[type] ?? '');
  if (!integer) return '';
  return int64(lo, hi, integer[1] === 'u' || integer[3] === 'uintptr' || integer[3] === 'byte').toString();
}

const ATOMIC: Readonly<Record<string, string>> = {
  'atomic.Int32': 'int32',
  'atomic.Int64': 'int64',
  'atomic.Uint32': 'uint32',
  'atomic.Uint64': 'uint64',
};

/** Type of the elements of a channel type: `int` for `chan int`, `<-chan int`, `chan<- int`. */
export function elementType(channelType: string): string {
  return channelType.replace(/^(<-\s*)?chan(<-)?\s*/, '');
}

function int64(lo: number, hi: number, unsigned: boolean): bigint {
  const value = (BigInt(hi) << 32n) | BigInt(lo >>> 0);
  return unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);
}

function floatText(lo: number, hi: number): string {
  scratch.setInt32(0, lo, true);
  scratch.setInt32(4, hi, true);
  return String(scratch.getFloat64(0, true));
}

const UNITS = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
  ['ns', 1],
] as const;

const SIZES = [
  ['TB', 2 ** 40],
  ['GB', 2 ** 30],
  ['MB', 2 ** 20],
  ['KB', 2 ** 10],
] as const;

/** `2 KB`, `1.5 MB`, `96 bytes`: three significant digits. */
export function bytesText(bytes: number): string {
  for (const [unit, size] of SIZES) if (bytes >= size) return `${Number((bytes / size).toPrecision(3))} ${unit}`;
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

/** `25 µs`, `1.5 ms`, `2 s`: three significant digits. */
export function durationText(nanoseconds: number | bigint): string {
  const ns = Number(nanoseconds);
  for (const [unit, size] of UNITS) {
    if (Math.abs(ns) >= size) return `${Number((ns / size).toPrecision(3))} ${unit}`;
  }
  return '0';
}
