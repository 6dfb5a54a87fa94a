/** This file writes XML: elements, attributes, text. */
import { visible } from '../base/visible';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; numbers are cut to two decimals, so that the same picture is the same text on every platform. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? number(value) : escape(value!)}"`)
    .join('');
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export function number(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

/** Text or the value of an attribute: nothing in it is markup, invisible, or not allowed by XML 1.0. */
export function escape(text: string): string {
  return visible(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
