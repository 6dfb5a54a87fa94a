/** This file writes quantities as people read them: durations and sizes, in three significant digits. */

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
