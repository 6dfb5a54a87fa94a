/** This file raises one base to many exponents, with tables of the powers that exponents are made of (fixed windows: Brauer, "On addition chains", 1939). */

/** Bits of the exponent that one table is asked for. */
const WINDOW = 5;
const DIGITS = 2 ** WINDOW;

/** base^n for whole n ≥ 0. An exponent of 31 bits takes six products once its rows stand; a row of the table takes 32, made when it is first asked for. */
export function powersOf<T>(base: T, one: T, product: (a: T, b: T) => T): (n: number) => T {
  /** By window, lowest first: the powers whose exponents have only these bits. */
  const rows: T[][] = [];
  const row = (window: number): T[] => (rows[window] ??= multiples(unitOf(window), one, product));
  const unitOf = (window: number): T =>
    window === 0 ? base : product(row(window - 1)[DIGITS - 1]!, row(window - 1)[1]!);
  return (n) => {
    let power = one;
    for (let [rest, window] = [n, 0]; rest > 0; rest = Math.floor(rest / DIGITS), window++) {
      const factor = row(window)[rest % DIGITS]!;
      power = power === one ? factor : product(power, factor);
    }
    return power;
  };
}

/** unit^0, unit^1 … as many as a window has digits. */
function multiples<T>(unit: T, one: T, product: (a: T, b: T) => T): T[] {
  const powers = [one, unit];
  while (powers.length < DIGITS) powers.push(product(powers[powers.length - 1]!, unit));
  return powers;
}
