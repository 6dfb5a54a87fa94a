/** This file tells from its tokens alone what a Go file is to the folder it stands in: its package, its build constraint, the names it gives and uses. */
import { Interrupt } from '../base/interrupt';
import type { Comment } from './ast';
import { scan } from './scanner';
import type { Token } from './token';

export interface Outline {
  /** Name in the package clause; empty when there is none. */
  readonly packageName: string;
  /** Lines before the package clause that say for which builds the file is, without `//`; see buildConstraint.ts. */
  readonly constraints: readonly string[];
  /** Names declared at package level that others can use: not `_` and `init`, no methods, no imports. */
  readonly declared: ReadonlySet<string>;
  /** Every name that occurs. */
  readonly mentioned: ReadonlySet<string>;
}

/** Outlines any text; what cannot be understood is passed over. @throws Interrupted */
export function outlineOf(text: string, interrupt = Interrupt.never): Outline {
  const { tokens, comments } = scan(text, 'go', 0, interrupt);
  const clause = tokens.findIndex(({ kind }) => kind === 'package');
  const name = clause < 0 ? undefined : tokens[clause + 1];
  return {
    packageName: name?.kind === 'name' ? name.text : '',
    constraints: clause < 0 ? [] : constraintLines(comments, tokens[clause]!.start),
    declared: declaredNames(tokens),
    mentioned: new Set(tokens.filter(({ kind }) => kind === 'name').map((token) => token.text)),
  };
}

function constraintLines(comments: readonly Comment[], before: number): string[] {
  return comments
    .filter(({ span, text }) => span.end <= before && /^\/\/(go:build|\s*\+build)\s/.test(text))
    .map(({ text }) => text.slice(2).trim());
}

/** How many names a declaration may list, by its keyword: one, or several before the type or the equals sign. */
const LISTS: Readonly<Record<string, 'one' | 'several'>> = { type: 'one', var: 'several', const: 'several' };
/** What may be declared any number of times. */
const NAMELESS = new Set(['_', 'init']);
const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

function declaredNames(tokens: readonly Token[]): Set<string> {
  const names = new Set<string>();
  let depth = 0;
  /** The keyword whose parenthesised group is open; empty outside of groups. */
  let group = '';
  tokens.forEach(({ kind }, i) => {
    const before = tokens[i - 1]?.kind ?? '';
    if (depth === 0 && before === 'func' && kind === 'name') addList(names, tokens, i, 'one');
    else if (depth === 0 && before in LISTS) {
      if (kind === '(') group = before;
      else addList(names, tokens, i, LISTS[before]!);
    } else if (depth === 1 && group !== '' && (before === '(' || before === ';'))
      addList(names, tokens, i, LISTS[group]!);
    if (OPENING.has(kind)) depth++;
    else if (CLOSING.has(kind)) depth = Math.max(0, depth - 1);
    if (depth === 0 && kind === ')') group = '';
  });
  return names;
}

/** Adds the names that stand at `at`, separated by commas. */
function addList(names: Set<string>, tokens: readonly Token[], at: number, list: 'one' | 'several'): void {
  for (let i = at; tokens[i]?.kind === 'name'; i += 2) {
    if (!NAMELESS.has(tokens[i]!.text)) names.add(tokens[i]!.text);
    if (list === 'one' || tokens[i + 1]?.kind !== ',') return;
  }
}
