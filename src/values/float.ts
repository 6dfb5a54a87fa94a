/** This file writes floating-point numbers as Go's strconv.FormatFloat does: shortest or exactly rounded, in %e, %f, %g, %b and %x. */

/** Decimal digits without trailing zeros; the value is 0.d1d2d3… × 10^point. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** The finite positive value as an integer times a power of two. */
function binary(value: number, size: 32 | 64): { mantissa: bigint; exponent: number } {
  const bits = new DataView(new ArrayBuffer(8));
  if (size === 32) {
    bits.setFloat32(0, value);
    const word = bits.getUint32(0);
    const biased = (word >>> 23) & 0xff;
    const fraction = BigInt(word & 0x7fffff);
    return biased === 0
      ? { mantissa: fraction, exponent: -149 }
      : { mantissa: fraction | 0x800000n, exponent: biased - 150 };
  }
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const biased = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

function trim(digits: string, point: number): Decimal {
  const cut = digits.replace(/0+$/, '');
  return { digits: cut, point: cut === '' ? 0 : point };
}

function exactDecimal(value: number): Decimal {
  const { mantissa, exponent } = binary(value, 64);
  if (mantissa === 0n) return { digits: '', point: 0 };
  const all = (exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent)).toString();
  return trim(all, all.length + Math.min(exponent, 0));
}

function fromExponential(text: string): Decimal {
  const [mantissa, exponent] = text.split('e') as [string, string];
  return trim(mantissa.replace('.', ''), Number(exponent) + 1);
}

/** Fewest digits that read back as the same number. */
function shortestDecimal(value: number, size: 32 | 64): Decimal {
  if (value === 0) return { digits: '', point: 0 };
  if (size === 64) return fromExponential(value.toExponential());
  for (let places = 0; places < 9; places++) {
    const text = value.toExponential(places);
    if (Math.fround(Number(text)) === value) return fromExponential(text);
  }
  return fromExponential(value.toExponential(8));
}

/** Rounds to `count` digits, exact ties to even. */
function round(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal;
  if (count < 0) return { digits: '', point: 0 };
  if (count >= digits.length) return decimal;
  const next = digits.charCodeAt(count) - 48;
  const tie = next === 5 && count + 1 === digits.length;
  const odd = count > 0 && (digits.charCodeAt(count - 1) & 1) === 1;
  const up = tie ? odd : next >= 5;
  const kept = digits.slice(0, count);
  if (!up) return trim(kept, point);
  const raised = (BigInt(kept === '' ? '0' : kept) + 1n).toString().padStart(count, '0');
  return trim(raised, point + (raised.length - count));
}

function formatE(sign: string, decimal: Decimal, precision: number, letter: string): string {
  const first = decimal.digits[0] ?? '0';
  const rest = decimal.digits.slice(1, 1 + precision).padEnd(precision, '0');
  const exponent = decimal.digits === '' ? 0 : decimal.point - 1;
  const size = Math.abs(exponent).toString().padStart(2, '0');
  return `${sign}${first}${precision > 0 ? '.' + rest : ''}${letter}${exponent < 0 ? '-' : '+'}${size}`;
}

function formatF(sign: string, decimal: Decimal, precision: number): string {
  const { digits, point } = decimal;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (precision <= 0) return sign + whole;
  const fraction = (point < 0 ? '0'.repeat(-point) + digits : digits.slice(point)).slice(0, precision);
  return `${sign}${whole}.${fraction.padEnd(precision, '0')}`;
}

function formatG(sign: string, decimal: Decimal, precision: number, shortest: boolean, letter: string): string {
  const { digits, point } = decimal;
  let limit = precision > digits.length && digits.length >= point ? digits.length : precision;
  if (shortest) limit = 6;
  const exponent = digits === '' ? -1 : point - 1;
  if (exponent < -4 || exponent >= limit) {
    return formatE(sign, decimal, Math.min(precision, digits.length) - 1, letter);
  }
  const kept = precision > point ? digits.length : precision;
  return formatF(sign, decimal, Math.max(kept - point, 0));
}

/** `-ddddp±ddd`: the mantissa and exponent as they are stored. */
function formatB(sign: string, value: number, size: 32 | 64): string {
  const { mantissa, exponent } = binary(value, size);
  return `${sign}${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

/** `-0x1.yyyyyyyyp±ddd`, rounded half to even. */
function formatX(sign: string, value: number, precision: number, upper: boolean): string {
  const parts = binary(value, 64);
  let { mantissa } = parts;
  let exponent = mantissa === 0n ? 0 : parts.exponent + 52;
  while (mantissa !== 0n && mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent--;
  }
  mantissa <<= 8n; // 1 digit, then 15 hexadecimal places
  if (precision >= 0 && precision < 15) {
    const shift = BigInt(60 - precision * 4);
    const extra = mantissa & ((1n << shift) - 1n);
    const half = 1n << (shift - 1n);
    mantissa >>= shift;
    if (extra > half || (extra === half && (mantissa & 1n) === 1n)) mantissa++;
    mantissa <<= shift;
    if (mantissa >= 1n << 61n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const whole = mantissa >> 60n;
  const all = (mantissa & ((1n << 60n) - 1n)).toString(16).padStart(15, '0');
  const places = precision < 0 ? all.replace(/0+$/, '') : all.padEnd(precision, '0').slice(0, precision);
  const size = Math.abs(exponent).toString().padStart(2, '0');
  const text = `${sign}0x${whole}${places === '' ? '' : '.' + places}p${exponent < 0 ? '-' : '+'}${size}`;
  return upper ? text.toUpperCase() : text;
}

/**
 * The number as text. @param verb one of e E f g G b x X; @param precision digits, -1: as few as read back exactly.
 */
export function formatFloat(value: number, verb: string, precision: number, size: 32 | 64): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size0 = Math.abs(value);
  if (verb === 'b') return formatB(sign, size0, size);
  if (verb === 'x' || verb === 'X') return formatX(sign, size0, precision, verb === 'X');
  const lower = verb.toLowerCase();
  const letter = verb === 'E' || verb === 'G' ? 'E' : 'e';
  const shortest = precision < 0;
  if (shortest) {
    const decimal = shortestDecimal(size0, size);
    const count = decimal.digits.length;
    if (lower === 'e') return formatE(sign, decimal, Math.max(count - 1, 0), letter);
    if (lower === 'f') return formatF(sign, decimal, Math.max(count - decimal.point, 0));
    return formatG(sign, decimal, Math.max(count, 1), true, letter);
  }
  const exact = exactDecimal(size0);
  if (lower === 'e') return formatE(sign, round(exact, precision + 1), precision, letter);
  if (lower === 'f') return formatF(sign, round(exact, exact.point + precision), precision);
  const digits = precision === 0 ? 1 : precision;
  return formatG(sign, round(exact, digits), digits, false, letter);
}

/** As the built-in print writes a float since Go 1.26: as few digits as read back exactly. */
export function formatBuiltinFloat(value: number, size: 32 | 64): string {
  return formatFloat(value, 'g', -1, size);
}
