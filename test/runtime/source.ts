/** This file runs Interlane source in a machine. */
import assert from 'node:assert/strict';
import type { Code } from '../../src/bytecode/code';
import { compileSources } from '../../src/session/compile';
import { stdout, type Run } from './harness';

/** Compiles a program given by its text; `func main` and everything else but the package clause and imports, which `.lane` files may leave out. */
export function compileLane(text: string): Code {
  const { code, program } = compileSources([{ name: 'test.lane', text }]);
  assert.ok(code, program.diagnostics.map((d) => d.message).join('\n'));
  return code;
}

/** All that a program printed to stdout, then how it ended: `exit 0`, or Go's text. */
export function endOf(result: Run): string {
  const { kind, status, text, budget } = result.outcome;
  return stdout(result) + (text ?? (kind === 'budget' ? `budget ${budget}` : `${kind} ${status}`));
}
