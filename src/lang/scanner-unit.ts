/** This file knows the units of Interlane's duration and size literals, and how Go spells the same values. */

export type UnitKind = 'duration' | 'size';

/**
 * Nanoseconds, or bytes, of one unit; of durations, the constant of package time. `µ` is U+00B5 or U+03BC.
 * Durations are in ascending order.
 */
const units: Readonly<Record<string, { kind: UnitKind; factor: number; go: string }>> = {
  ns: { kind: 'duration', factor: 1, go: 'time.Nanosecond' },
  us: { kind: 'duration', factor: 1e3, go: 'time.Microsecond' },
  '\u00b5s': { kind: 'duration', factor: 1e3, go: 'time.Microsecond' },
  '\u03bcs': { kind: 'duration', factor: 1e3, go: 'time.Microsecond' },
  ms: { kind: 'duration', factor: 1e6, go: 'time.Millisecond' },
  s: { kind: 'duration', factor: 1e9, go: 'time.Second' },
  m: { kind: 'duration', factor: 60e9, go: 'time.Minute' },
  h: { kind: 'duration', factor: 3600e9, go: 'time.Hour' },
  KB: { kind: 'size', factor: 2 ** 10, go: '10' },
  MB: { kind: 'size', factor: 2 ** 20, go: '20' },
  GB: { kind: 'size', factor: 2 ** 30, go: '30' },
  TB: { kind: 'size', factor: 2 ** 40, go: '40' },
};

const suffixPattern = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const compoundPattern = /^(?:ns|[u\u00b5\u03bcm]?s|m|h)(?:\d+(?:ns|[u\u00b5\u03bcm]?s|m|h))+$/u;

export interface UnitScan {
  readonly end: number;
  readonly lit: UnitKind;
  readonly message?: string;
}

/** The unit that begins at `at`, directly after a number; undefined when the letters there are no unit. */
export function unitAfter(text: string, at: number, fractional: boolean): UnitScan | undefined {
  const c = text.charCodeAt(at);
  if (!(c >= 65)) return undefined;
  suffixPattern.lastIndex = at;
  const suffix = suffixPattern.exec(text)?.[0];
  if (suffix === undefined) return undefined;
  const end = at + suffix.length;
  const unit = Object.hasOwn(units, suffix) ? units[suffix] : undefined;
  if (unit?.kind === 'size' && fractional) return { end, lit: 'size', message: 'size literal must be a whole number' };
  if (unit) return { end, lit: unit.kind };
  if (compoundPattern.test(suffix))
    return { end, lit: 'duration', message: 'duration literal has one unit; write a sum, e.g. 1m + 30s' };
  return undefined;
}

/** Splits a duration or size literal into its number as written and its factor in nanoseconds or bytes. */
export function splitUnit(literal: string): { number: string; factor: number } {
  const number = /^[\d._]*(?:[eE][+-]?[\d_]+)?/.exec(literal)![0];
  return { number, factor: units[literal.slice(number.length)]?.factor ?? 1 };
}

/** The Go expression with the value of a duration or size literal: `1500 * time.Microsecond`, `64 << 10`. */
export function goSpelling(literal: string): string {
  const { number } = splitUnit(literal);
  const unit = units[literal.slice(number.length)];
  if (!unit) return number;
  if (unit.kind === 'size') return `${number} << ${unit.go}`;
  const nanoseconds = Number(number.replaceAll('_', '')) * unit.factor;
  if (/^[\d_]+$/.test(number)) return `${number} * ${unit.go}`;
  const whole = Object.values(units).filter(
    (u) => u.kind === 'duration' && u.factor <= unit.factor && nanoseconds % u.factor === 0,
  );
  const best = whole.at(-1) ?? unit;
  return `${Math.round(nanoseconds / best.factor)} * ${best.go}`;
}
