/** This file prints constants as Go's compiler does in its messages. */
import { isWhole, isZeroReal, parts, toNumber, type Real } from './real';
import type { ConstValue } from './types';

const MAX_SHOWN = 72;

/** The value as Go prints it in messages. */
export function constString(x: ConstValue): string {
  switch (x.kind) {
    case 'bool':
      return String(x.v);
    case 'int':
      return String(x.v);
    case 'float':
      return formatReal(x.v);
    case 'string': {
      // A string may have millions of characters, of which more than twice as many as are shown never change what is.
      const quoted = [...quote(x.v.slice(0, 2 * MAX_SHOWN))];
      return quoted.length > MAX_SHOWN ? `${quoted.slice(0, MAX_SHOWN - 3).join('')}...` : quoted.join('');
    }
  }
}

/** As go/constant prints floats: `%.6g`, with more digits when six would show an integer that it is not. */
function formatReal(x: Real): string {
  const n = toNumber(x);
  if (!Number.isFinite(n) || (n === 0) !== isZeroReal(x)) return formatFar(x);
  const short = general(n, 6);
  return short.includes('.') || isWhole(x) ? short : general(n);
}

/** Go's `%.6g`, or `%g` without a number of digits. */
function general(n: number, digits?: number): string {
  if (n === 0) return '0';
  const [mantissa, exponentText] = (digits ? n.toExponential(digits - 1) : n.toExponential()).split('e') as [
    string,
    string,
  ];
  const exponent = Number(exponentText);
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  if (exponent >= -4 && exponent < 6) return String(Number(`${trimmed}e${exponent}`));
  return `${trimmed}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A value outside of float64's range, approximately: a decimal mantissa and exponent. */
function formatFar(x: Real): string {
  const { mantissa: m, exponent } = parts(x);
  const decimal = exponent * Math.LOG10E * Math.LN2;
  let e = Math.trunc(decimal);
  let mantissa = m * 10 ** (decimal - e);
  if (Math.abs(mantissa) < 1 - 0.5e-6) [mantissa, e] = [mantissa * 10, e - 1];
  else if (Math.abs(mantissa) >= 10) [mantissa, e] = [mantissa / 10, e + 1];
  return `${general(mantissa, 6)}e${e < 0 ? '-' : '+'}${Math.abs(e)}`;
}

const QUOTED: Readonly<Record<string, string>> = {
  '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '"': '\\"', '\\': '\\\\',
}; // prettier-ignore

/** The string as a Go literal in double quotes. */
export function quote(text: string): string {
  let out = '"';
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (QUOTED[c]) out += QUOTED[c];
    else if (code >= 0xdc80 && code <= 0xdcff) out += `\\x${(code - 0xdc00).toString(16)}`;
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += c;
  }
  return `${out}"`;
}
