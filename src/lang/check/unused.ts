/** This file reports variables and imports that nothing uses. */
import type { Fix } from '../diagnostic';
import { packageName } from '../typeString';
import type { PkgObj } from '../types';
import type { Checker } from './checker';
import { wholeLines } from './wholeLines';

/** Work of a variable, in units of the interrupt. */
const UNUSED_UNITS = 20;

/** Reports unused local variables and imports of files that parse. */
export function reportUnused(c: Checker): void {
  for (const variable of c.locals) {
    c.interrupt.worked(UNUSED_UNITS);
    if (c.used.has(variable) || !variable.span || c.isIncomplete(variable.file)) continue;
    c.unused('type.unused-variable', variable.file, variable.span, `declared and not used: ${variable.name}`);
  }
  for (const object of c.imports) {
    if (c.used.has(object) || !object.span || c.isIncomplete(object.file)) continue;
    const as = object.name === packageName(object.path) ? '' : ` as ${object.name}`;
    c.unused('type.unused-import', object.file, object.span, `"${object.path}" imported${as} and not used`, () =>
      removeImport(c, object),
    );
  }
}

/** A fix that deletes the import: its line, or the whole declaration when it is the only one. */
function removeImport(c: Checker, object: PkgObj): Fix[] {
  const node = c.files[object.file];
  const text = c.sources[object.file]?.text;
  if (!node || text === undefined) return [];
  for (const decl of node.decls) {
    if (decl.kind !== 'GenDecl' || decl.tok !== 'import') continue;
    const spec = decl.specs.find(
      (s) => s.kind === 'ImportSpec' && (s.name ?? s.path).span.start === object.span!.start,
    );
    if (!spec) continue;
    const target = decl.specs.length === 1 ? decl.span : spec.span;
    return [{ title: `Remove import "${object.path}"`, edits: [{ span: wholeLines(text, target), text: '' }] }];
  }
  return [];
}
