/** This file makes a failing input small: delta debugging (Zeller and Hildebrandt, 2002) on lines, then on tokens. */
import { scan } from '../../src/lang/scanner';

/** Whether a smaller text still fails in the same way. */
export type Fails = (text: string) => Promise<boolean>;

/** The smallest failing text found before time is `over`. */
export async function minimise(text: string, fails: Fails, over: () => boolean): Promise<string> {
  const lines = await shrink(text.split(/(?<=\n)/), fails, over);
  const tokens = await shrink(tokensOf(lines.join('')), fails, over);
  return tokens.join('');
}

/** The text in pieces of a token each, with the blanks after it. */
function tokensOf(text: string): string[] {
  const starts = Array.from(scan(text, 'lane').tokens, ({ start }) => start);
  const cuts = [...new Set([0, ...starts, text.length])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, i) => text.slice(cuts[i], end));
}

/** Leaves out ranges of pieces, halves first, as long as the rest fails; until no single piece can go. */
async function shrink(all: readonly string[], fails: Fails, over: () => boolean): Promise<readonly string[]> {
  let pieces = all;
  let size = Math.ceil(pieces.length / 2);
  while (size >= 1 && pieces.length > 0) {
    let smaller = false;
    for (let at = 0; at < pieces.length;) {
      if (over()) return pieces;
      const rest = [...pieces.slice(0, at), ...pieces.slice(at + size)];
      if (await fails(rest.join(''))) {
        pieces = rest;
        smaller = true;
      } else at += size;
    }
    if (size === 1 && !smaller) break;
    size = size > 1 ? Math.ceil(size / 2) : 1;
  }
  return pieces;
}
