/** This file tells from its tokens alone what a Go file is to the folder it stands in: its package, its build constraint, the names it gives and uses. */
import { Interrupt } from '../base/interrupt';
import type { Comment } from './ast';
import { scan } from './scanner';
import type { TokenKind } from './token';
import type { Tokens } from './tokens';

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
  const clause = tokens.find('package');
  const name = clause < 0 ? undefined : tokens.at(clause + 1);
  return {
    packageName: name?.kind === 'name' ? name.text : '',
    constraints: clause < 0 ? [] : constraintLines(comments, tokens.at(clause).start),
    declared: declaredNames(tokens),
    mentioned: mentionedNames(tokens),
  };
}

function mentionedNames(tokens: Tokens): Set<string> {
  const names = new Set<string>();
  for (let i = tokens.find('name'); i >= 0; i = tokens.find('name', i + 1)) names.add(tokens.at(i).text);
  return names;
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

function declaredNames(tokens: Tokens): Set<string> {
  const names = new Set<string>();
  let depth = 0;
  /** The keyword whose parenthesised group is open; empty outside of groups. */
  let group = '';
  let before: TokenKind | '' = '';
  for (let i = 0; i < tokens.length; i++) {
    const kind = tokens.kindAt(i);
    if (depth === 0 && before === 'func' && kind === 'name') addList(names, tokens, i, 'one');
    else if (depth === 0 && before in LISTS) {
      if (kind === '(') group = before;
      else addList(names, tokens, i, LISTS[before]!);
    } else if (depth === 1 && group !== '' && (before === '(' || before === ';'))
      addList(names, tokens, i, LISTS[group]!);
    if (OPENING.has(kind)) depth++;
    else if (CLOSING.has(kind)) depth = Math.max(0, depth - 1);
    if (depth === 0 && kind === ')') group = '';
    before = kind;
  }
  return names;
}

/** Adds the names that stand at `at`, separated by commas. */
function addList(names: Set<string>, tokens: Tokens, at: number, list: 'one' | 'several'): void {
  for (let i = at; tokens.kindAt(i) === 'name'; i += 2) {
    const { text } = tokens.at(i);
    if (!NAMELESS.has(text)) names.add(text);
    if (list === 'one' || tokens.kindAt(i + 1) !== ',') return;
  }
}
