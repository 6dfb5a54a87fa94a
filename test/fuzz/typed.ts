/** This file sorts the expressions of a program by the types that the checker finds for them. */
import { Interrupt } from '../../src/base/interrupt';
import type { Expr } from '../../src/lang/ast';
import type { Program } from '../../src/lang/program';
import { typeString } from '../../src/lang/typeString';
import { walk } from '../../src/lang/walk';
import { compileSources } from '../../src/session/compile';
import type { Part, Specimen } from './specimen';

/** Larger programs cost more than their mutants are worth. */
const MOST_CHARACTERS = 8000;
const NONE: ReadonlyMap<string, readonly Part[]> = new Map();
const known = new WeakMap<Specimen, ReadonlyMap<string, readonly Part[]>>();

/** Expressions that are values by their type as Go writes it; none when the program has errors. */
export function typedParts(specimen: Specimen): ReadonlyMap<string, readonly Part[]> {
  let parts = known.get(specimen);
  if (!parts) known.set(specimen, (parts = findTyped(specimen)));
  return parts;
}

/** Whether a program has no errors, and some expression. */
export function compiles(specimen: Specimen): boolean {
  return typedParts(specimen).size > 0;
}

const VALUES: ReadonlySet<string> = new Set(['value', 'variable', 'constant', 'mapindex', 'commaok']);

/** Questions that an interrupt may ask of one program: each is a millisecond of work, and always of the same. */
const MOST_QUESTIONS = 100;

function checked({ text, dialect }: Specimen): Program | undefined {
  let asked = 0;
  const interrupt = new Interrupt(() => (++asked > MOST_QUESTIONS ? 'cancelled' : undefined));
  try {
    return compileSources([{ name: `typed.${dialect}`, text }], { interrupt }).program;
  } catch {
    return undefined; // that it throws is for the judge to say
  }
}

function findTyped(specimen: Specimen): ReadonlyMap<string, readonly Part[]> {
  if (specimen.text.length > MOST_CHARACTERS) return NONE;
  const program = checked(specimen);
  if (!program?.ok) return NONE;
  const found = new Map<string, Part[]>();
  for (const [root, typing] of program.main.typings) {
    walk(root, (node) => {
      const e = node as Expr;
      const type = typing.typeOf(e);
      if (!type || !VALUES.has(typing.modeOf(e) ?? '') || node.span.end > specimen.text.length) return;
      const part: Part = { kind: node.kind, class: 'expression', start: node.span.start, end: node.span.end };
      const name = typeString(type);
      found.set(name, [...(found.get(name) ?? []), part]);
    });
  }
  return found;
}
