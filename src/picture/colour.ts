/** This file computes with colours as style sheets write them: parsing, mixing, and contrast as WCAG 2 defines it. */

/** Red, green, blue in 0..255, alpha in 0..1. */
export type Rgba = readonly [number, number, number, number];

const HEX = /^#([0-9a-f]{3,8})$/i;
const FUNCTION = /^rgba?\(([^)]+)\)$/i;

/** A colour, or undefined where the text is not one that we understand (then its user falls back). */
export function parseColour(text: string): Rgba | undefined {
  const trimmed = text.trim();
  const hex = HEX.exec(trimmed)?.[1];
  if (hex) return parseHex(hex);
  const inside = FUNCTION.exec(trimmed)?.[1];
  if (!inside) return trimmed === 'transparent' ? [0, 0, 0, 0] : undefined;
  const parts = inside.split(/[\s,/]+/).filter(Boolean);
  const numbers = parts.map((part) => parseFloat(part) * (part.endsWith('%') ? 0.01 : 1));
  const [r, g, b, a = 1] = numbers;
  return r === undefined || g === undefined || b === undefined || numbers.some(Number.isNaN) ? undefined : [r, g, b, a];
}

function parseHex(hex: string): Rgba | undefined {
  const short = hex.length <= 4;
  const digits = short ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
  if (digits.length < 3 || digits.length > 4) return undefined;
  const [r, g, b, a = 255] = digits.map((pair) => parseInt(pair, 16));
  return [r!, g!, b!, a / 255];
}

/** For canvas and style sheets. */
export function cssColour([r, g, b, a]: Rgba): string {
  const [red, green, blue] = [Math.round(r), Math.round(g), Math.round(b)];
  return a >= 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${+a.toFixed(3)})`;
}

/** `share` of `a`, the rest of `b`. */
export function mix(a: Rgba, b: Rgba, share: number): Rgba {
  const part = (i: 0 | 1 | 2 | 3): number => a[i] * share + b[i] * (1 - share);
  return [part(0), part(1), part(2), part(3)];
}

/** The opaque colour that is seen when `colour` lies on `ground`. */
export function over(colour: Rgba, ground: Rgba): Rgba {
  const [r, g, b] = mix(colour, ground, colour[3]);
  return [r, g, b, 1];
}

const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance, 0 to 1; alpha does not count. */
export const luminance = ([r, g, b]: Rgba): number => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/** Contrast ratio, 1 to 21. */
export function contrast(a: Rgba, b: Rgba): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white: whichever can be read better on `ground`. */
export function readableOn(ground: Rgba): Rgba {
  const [black, white]: [Rgba, Rgba] = [
    [0, 0, 0, 1],
    [255, 255, 255, 1],
  ];
  return contrast(black, ground) >= contrast(white, ground) ? black : white;
}
