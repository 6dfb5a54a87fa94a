/** This file runs Interlane source in a machine. */
import assert from 'node:assert/strict';
import type { Code } from '../../src/bytecode/code';
import { compileSources } from '../../src/session/compile';
import { run, stdout, type Run, type RunOptions } from './harness';

/** Compiles a program given by its text; `func main` and everything else but the package clause and imports, which `.lane` files may leave out. */
export function compileLane(text: string): Code {
  const { code, program } = compileSources([{ name: 'test.lane', text }]);
  assert.ok(code, program.diagnostics.map((d) => d.message).join('\n'));
  return code;
}

/** Runs a program; all that it prints to stdout, then how it ended: `exit 0`, or Go's text. */
function printed(text: string, options: RunOptions = {}): string {
  return endOf(run(compileLane(text), options));
}

export function endOf(result: Run): string {
  const { kind, status, text, budget } = result.outcome;
  return stdout(result) + (text ?? (kind === 'budget' ? `budget ${budget}` : `${kind} ${status}`));
}
