/** This file compares what the checker says of one mistake with what Go's compiler says, as recorded and, where Go is on the PATH, as it says now. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../src/std/importer';
import { type Mistake, mistakes } from './mistakes';

/** The first diagnostic of a program: its line, from 1, and the first line of its text. */
function firstMessage(text: string): { line: number; message: string } | undefined {
  const program = check([{ name: 'm.go', text }]);
  const [first] = program.diagnostics;
  if (!first) return undefined;
  const { line } = program.sources[0]!.goPosition(first.span.start);
  return { line, message: first.message.split('\n')[0]! };
}

suite('the first message of a mistake', () => {
  for (const { text, line, message } of mistakes) {
    test(message, () => assert.deepEqual(firstMessage(text), { line, message }, text));
  }
});

suite('the recorded messages', () => {
  test("are those of Go's compiler", function () {
    const version = spawnSync('go', ['version'], { encoding: 'utf8' }).stdout as string | null;
    const minor = Number(/go1\.(\d+)/.exec(version ?? '')?.[1] ?? 0);
    if (minor < 26) {
      this.test!.title += ' (skipped: Go 1.26 or later is not on the PATH)';
      this.skip();
    }
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'interlane-'));
    try {
      const wrong = mistakes.filter((m) => !agrees(folder, m));
      assert.deepEqual(wrong, []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function agrees(folder: string, { text, line, message }: Mistake): boolean {
  writeFileSync(join(folder, 'm.go'), text);
  // Not to /dev/null: a compiler that finds mistakes removes its output file, and root can remove that one.
  const { stdout, stderr } = spawnSync('go', ['tool', 'compile', '-e', '-p', 'main', '-o', 'm.o', 'm.go'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const first = /^m\.go:(\d+):\d+: (.*)$/m.exec(stdout + stderr);
  return first !== null && Number(first[1]) === line && first[2] === message;
}
