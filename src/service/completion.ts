/** This file says what may complete a word that is being typed: names of the program, and whether a snippet may begin there. */
import { scan } from '../lang/scanner';
import { isKeyword, type Token } from '../lang/token';

export interface Completion {
  /** Names that the text has elsewhere and that go on as the word begins, in the order of their first use. */
  readonly names: readonly string[];
  /** A declaration of the file, or a statement of a body, begins here: something of many lines may take the place of the word. */
  readonly begins: Beginning | undefined;
  /** What has been typed of the word, UTF-16 units. */
  readonly length: number;
}

export type Beginning = 'file' | 'body';

const NOTHING: Completion = { names: [], begins: undefined, length: 0 };
const WORD = /[\p{L}_][\p{L}\p{Nd}_]*$/u;
/** Of a text beyond this (UTF-16 units) a keystroke would be felt. */
const LONGEST = 1 << 20;

/**
 * What may complete the word before `offset`. There is nothing for a word that is whole where it stands, so that Enter ends the line: a name that the text has
 * elsewhere or a keyword, but where a statement begins, which is no statement yet; a new name that is being declared; a number, a comment, a string.
 */
export function completionAt(text: string, offset: number): Completion {
  if (text.length > LONGEST) return NOTHING;
  const [word = ''] = WORD.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)) ?? [];
  const before = text.slice(0, offset - word.length);
  const place = placeAfter(before);
  if (!place || /\d$/.test(before)) return NOTHING;
  const after = text.slice(offset).replace(/^[\p{L}\p{Nd}_]+/u, '');
  const names = new Set([...namesOf(before), ...namesOf(after)]);
  if (!place.begins && (names.has(word) || isKeyword(word) || PREDECLARED.has(word))) return NOTHING;
  const start = word.toLowerCase();
  const fitting = [...names].filter((name) => name !== word && name.toLowerCase().startsWith(start));
  return { names: fitting, begins: place.begins, length: word.length };
}

/** Names that end an expression and that no text declares. */
const PREDECLARED: ReadonlySet<string> = new Set([
  'true',
  'false',
  'nil',
  'iota',
  'int',
  'string',
  'bool',
  'error',
  'any',
]);

function namesOf(text: string): string[] {
  return [...scan(text, 'lane').tokens].flatMap((token) => (token.kind === 'name' ? [token.text] : []));
}

/** What a bracket holds; `members`: the declarations of a process. */
type Inside = 'statements' | 'members' | 'list' | 'declared';

/** Words before a bracket in which each line begins with a name that it declares. */
const GROUPS: ReadonlySet<string> = new Set(['const', 'var', 'type', 'import', 'struct', 'interface', 'machine']);

/** Where a text ends; undefined: in a comment or a string, or where a new name is declared. */
function placeAfter(text: string): { readonly begins: Beginning | undefined } | undefined {
  const { tokens, comments, diagnostics } = scan(text, 'lane');
  const last = comments.at(-1);
  if (last?.span.end === text.length && !/^\/\*[^]*\*\/$/.test(last.text)) return undefined;
  if (diagnostics.some(({ code, span }) => code === 'syntax.unterminated' && span.end === text.length))
    return undefined;
  const open: Inside[] = [];
  let begins = true;
  let inCase = false;
  let previous: Token | undefined;
  /** Of the declaration at hand at the top of the file. */
  let first: Token | undefined;
  for (const token of tokens) {
    // The semicolon that the end of the text would stand for is none while the word goes on.
    if (token.start >= text.length) break;
    const { kind } = token;
    if (open.length === 0 && begins) first = token;
    if (kind === '{' && open.length === 0 && first?.text === 'process') open.push('members');
    else if (kind === '(' || kind === '[' || kind === '{') open.push(insideOf(token, previous, open.at(-1)));
    else if (kind === ')' || kind === ']' || kind === '}') open.pop();
    const isOfCase: boolean = inCase && kind === ':' && (open.at(-1) ?? 'statements') === 'statements';
    inCase = (inCase && !isOfCase) || kind === 'case' || kind === 'default';
    begins = kind === ';' || kind === '{' || kind === '(' || isOfCase;
    previous = token;
  }
  const inside = open.at(-1) ?? 'statements';
  if (inside === 'declared' && begins) return undefined;
  if ((inside !== 'statements' && inside !== 'members') || !begins) return { begins: undefined };
  return { begins: open.length === 0 || inside === 'members' ? 'file' : 'body' };
}

function insideOf({ kind, start }: Token, previous: Token | undefined, around: Inside | undefined): Inside {
  if (previous && GROUPS.has(previous.text)) return 'declared';
  if (kind !== '{') return 'list';
  if (!previous) return 'statements';
  // As it is formatted, the brace of a composite literal follows its type at once, and that of a block a blank.
  const isJoined =
    previous.end === start && (previous.kind === 'name' || previous.kind === ']' || previous.kind === '}');
  const isElement = around === 'list' && (previous.kind === '{' || previous.kind === ',' || previous.kind === ':');
  return isJoined || isElement ? 'list' : 'statements';
}
