/** This file defines what a broken law is: something that must hold of every input, and does not of this one. */
export class LawBroken extends Error {
  constructor(
    readonly law: string,
    detail: string,
  ) {
    super(`${law}: ${detail}`);
    this.name = 'LawBroken';
  }
}

/** Throws {@link LawBroken} unless the law holds. `detail` is asked only then. */
export function holds(condition: boolean, law: string, detail: () => string): void {
  if (!condition) throw new LawBroken(law, detail());
}

/** Both texts the same; says where they part. */
export function same(a: string, b: string, law: string): void {
  if (a === b) return;
  let at = 0;
  while (a[at] === b[at]) at++;
  const from = Math.max(0, at - 60);
  throw new LawBroken(law, `…${a.slice(from, at + 60)}… and …${b.slice(from, at + 60)}… (from ${at})`);
}
