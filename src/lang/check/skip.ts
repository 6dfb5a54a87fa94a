/** This file leaves out a declaration that cannot be checked. */
import type { Node } from '../ast';
import { walk } from '../walk';
import type { Checker } from './checker';
import { lookup } from './names';

/** Counts as used what a declaration names, so that nothing is said of its imports. */
export function skip(c: Checker, node: Node): void {
  walk(node, (inner) => {
    const object = inner.kind === 'Ident' ? lookup(c, inner.name) : undefined;
    if (object?.kind === 'pkg' || object?.kind === 'var') c.used.add(object);
  });
}
