/** This file reports types that are too large, or built of too many types inside of each other, where they arise. */
import type { Node } from '../ast';
import { MAX_NESTING, nestingOf } from '../nesting';
import { MAX_CHANNEL_ELEMENT, MAX_EMPTY_ELEMENTS, sizeOf, type SizeFault } from '../sizes';
import type { Type } from '../types';
import { invalidType } from '../universe';
import type { Checker } from './checker';

/** The type that `at` makes of others; the invalid type, reported, when that is too deep for anyone to walk. Its size is looked at when all types are known. */
export function composed(c: Checker, at: Node, type: Type): Type {
  if (nestingOf(type) > MAX_NESTING) {
    c.error('syntax.too-deep', at, 'type nested too deeply');
    return invalidType;
  }
  if (type.kind === 'array' || type.kind === 'struct' || type.kind === 'chan')
    c.unmeasured.push({ type, span: at.span, file: c.env.file });
  return type;
}

const FAULTS: Readonly<Record<SizeFault, (name: string) => string>> = {
  'address space': (name) => `type ${name} larger than address space`,
  'too large': (name) => `type ${name} too large`,
  elements: (name) => `type ${name} too large: an array has at most ${MAX_EMPTY_ELEMENTS} elements here`,
};

/** Reports what is too large among the types that arose. They are complete now. */
export function reportSizes(c: Checker): void {
  for (const { type, span, file } of c.unmeasured) {
    const { fault } = sizeOf(type);
    if (fault) c.errorIn(file, 'type.too-large', span, FAULTS[fault](shortened(c.name(type))));
    else if (type.kind === 'chan' && sizeOf(type.elem).bytes >= MAX_CHANNEL_ELEMENT)
      c.errorIn(file, 'type.too-large', span, 'channel element type too large (>64kB)');
  }
}

/** Characters of a type of which the message is: what is wrong with it stands behind. */
const MAX_SHOWN = 200;

function shortened(name: string): string {
  return name.length > MAX_SHOWN ? `${name.slice(0, MAX_SHOWN)}…` : name;
}
