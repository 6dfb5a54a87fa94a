/** This file writes quantities as people read them: durations and sizes in three significant digits, numbers in groups of three. */

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

const DAY = 86_400e9;
const YEAR = 365 * DAY;

/** As {@link durationText}, above a minute in whole seconds, above two days in days, above two years in years: `86,400 s`, `30 days`, `100 years`. */
export function longDuration(nanoseconds: number): string {
  if (nanoseconds >= 2 * YEAR) return `${Math.floor(nanoseconds / YEAR)} years`;
  if (nanoseconds > 2 * DAY) return `${Math.floor(nanoseconds / DAY)} days`;
  if (nanoseconds < 60e9) return durationText(nanoseconds);
  return `${String(Math.floor(nanoseconds / 1e9)).replace(/\B(?=(\d{3})+$)/g, ',')} s`;
}

/** `1,284` */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 event`, `2,000 events`. */
export function counted(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** Rounds shares to whole percent so that they add up to 100 (largest remainders); all 0 where the sum is 0. */
export function wholePercent(parts: readonly number[]): readonly number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum <= 0) return parts.map(() => 0);
  const exact = parts.map((part) => (part * 100) / sum);
  const floors = exact.map(Math.floor);
  const rest = 100 - floors.reduce((total, part) => total + part, 0);
  const order = exact.map((value, i) => [value - floors[i]!, i] as const).sort((a, b) => b[0] - a[0]);
  for (const [, i] of order.slice(0, rest)) floors[i]!++;
  return floors;
}
