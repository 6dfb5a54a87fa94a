/** This file puts quantities and places into the panel's words. */
import { count } from '../picture/words';

/** `1 goroutine`, `4 goroutines`. */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

const UNITS: readonly (readonly [number, string])[] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
];

/** Virtual time in at most four digits and the unit that suits it: `168 µs`, `1.26 µs`. */
export function duration(ns: number): string {
  const [size, unit] = UNITS.find(([candidate]) => Math.abs(ns) >= candidate) ?? [1, 'ns'];
  const value = ns / size;
  const digits = value >= 100 || unit === 'ns' ? 0 : value >= 10 ? 1 : 2;
  return `${String(+value.toFixed(digits))} ${unit}`;
}

/** `crawl` of `/some/where/crawl.lane`. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
