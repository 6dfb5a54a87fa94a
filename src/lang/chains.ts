/**
 * This file takes chains apart: `a + b + c …` and `if … else if … else …`, which lean to one side of the tree and may be thousands long in generated
 * programs. Whoever walks them walks a list, because a call for each link would come to the end of JavaScript's stack.
 */
import type { Binary, Expr, IfStmt, Stmt } from './ast';

/** The operations of a chain, innermost first: `e` is the last of them, and each is the left operand of the next. `belongs`: where it begins. */
export function chainOf(e: Binary, belongs: (x: Binary) => boolean = () => true): Binary[] {
  const chain = [e];
  for (let x: Expr = e.x; x.kind === 'Binary' && belongs(x); x = x.x) chain.push(x);
  return chain.reverse();
}

/** The links of a ladder of conditions, and what stands behind its last `else`. */
export function ladderOf(s: IfStmt): { links: IfStmt[]; last: Stmt | undefined } {
  const links = [s];
  let last = s.else;
  for (; last?.kind === 'IfStmt'; last = last.else) links.push(last);
  return { links, last };
}

/** What is run by one condition or the other: the block of each link, and what stands behind the last `else`. */
export function partsOf(s: IfStmt): Stmt[] {
  const { links, last } = ladderOf(s);
  const blocks: Stmt[] = links.map(({ then }) => then);
  return last ? [...blocks, last] : blocks;
}
