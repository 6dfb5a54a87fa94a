/** This file prints time.Duration as its String method does: `1.5s`, `2h45m0s`, `0s`. */

const UNITS: readonly (readonly [bigint, string, number])[] = [
  [1000n, 'ns', 0],
  [1_000_000n, 'µs', 3],
  [1_000_000_000n, 'ms', 6],
];

/** `value / 10^places` without trailing zeros. */
function decimal(value: bigint, places: number): string {
  if (places === 0) return value.toString();
  const digits = value.toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction === '' ? '' : '.' + fraction);
}

/** @param nanoseconds a signed 64-bit number. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  for (const [limit, unit, places] of UNITS) if (size < limit) return sign + decimal(size, places) + unit;
  const seconds = size / 1_000_000_000n;
  const minutes = seconds / 60n;
  const within = decimal(size - minutes * 60_000_000_000n, 9) + 's';
  if (minutes === 0n) return sign + within;
  return minutes < 60n ? `${sign}${minutes}m${within}` : `${sign}${minutes / 60n}h${minutes % 60n}m${within}`;
}
