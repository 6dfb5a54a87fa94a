/** This file chooses where the ruler has its ticks: multiples of 1, 2 or 5 times a power of ten, in a unit that keeps labels short. */
import type { Axis, Range, Ruler, Tick } from './model';

const NANOSECONDS = { name: 'nanoseconds', size: 1 } as const;
/** Largest first. */
const UNITS = [
  { name: 'seconds', size: 1e9 },
  { name: 'milliseconds', size: 1e6 },
  { name: 'microseconds', size: 1e3 },
  NANOSECONDS,
] as const;

/** Ticks of the range, about `wanted` of them. Steps are whole, so their ticks are at least 1 apart. */
export function ruler(axis: Axis, range: Range, wanted: number): Ruler {
  const width = range.end - range.start;
  const step = niceStep(width / Math.max(1, wanted), axis === 'step' ? 1 : 0);
  const unit = axis === 'time' ? unitOf(Math.max(Math.abs(range.start), Math.abs(range.end))) : undefined;
  const size = unit?.size ?? 1;
  return {
    ticks: ticksOf(range, step, size),
    minor: axis === 'step' && step === 1 ? 0 : step / minorParts(step),
    title: axis === 'step' ? 'Step' : 'Virtual time',
    unit: unit?.name ?? '',
  };
}

/** The least of 1, 2, 5 · 10^n that is not below `least`, nor below `floor`. */
export function niceStep(least: number, floor: number): number {
  const target = Math.max(least, floor, Number.MIN_VALUE * 1e20);
  let power = 10 ** Math.floor(Math.log10(target));
  if (power > target) power /= 10;
  for (const factor of [1, 2, 5]) if (power * factor >= target * (1 - 1e-9)) return power * factor;
  return power * 10;
}

function ticksOf(range: Range, step: number, size: number): Tick[] {
  const ticks: Tick[] = [];
  const digits = Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9));
  const last = Math.floor(range.end / step + 1e-9);
  for (let i = Math.ceil(range.start / step - 1e-9); i <= last && ticks.length < 1000; i++) {
    if (i < 0) continue;
    const x = i * step;
    ticks.push({ x, label: (x / size).toFixed(Math.min(digits, 9)) });
  }
  return ticks;
}

/** Into how many parts the unlabelled marks cut a step: 1 and 5 into five, 2 into four; whole steps stay whole. */
function minorParts(step: number): number {
  const lead = Math.round(step / 10 ** Math.floor(Math.log10(step) + 1e-9));
  return lead === 2 ? (step === 2 ? 2 : 4) : 5;
}

/** The largest unit of which the number holds at least two. */
function unitOf(nanoseconds: number): (typeof UNITS)[number] {
  return UNITS.find((unit) => nanoseconds >= 2 * unit.size) ?? NANOSECONDS;
}
