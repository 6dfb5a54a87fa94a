/** This file runs whole programs on the interpreter and compares what they print with what each says it prints, and (on demand) with real Go. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { solo } from './solo';

const FOLDER = join(__dirname, 'programs');
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.go'));

/** What a program says of itself in the comment at its end. */
interface Expected {
  readonly lines: readonly string[];
  /** Text of the panic or fatal error that ends it, [signal …] lines left out. */
  readonly ends: readonly string[];
}

function expectedOf(text: string): Expected {
  const comment = text.slice(text.indexOf('// prints:')).trimEnd().split('\n').slice(1);
  const body = comment.map((line) => line.replace(/^\/\/ ?/, ''));
  const ends = body.filter((line) => line.startsWith('ends: ')).map((line) => line.slice('ends: '.length));
  return { lines: body.filter((line) => !line.startsWith('ends: ')), ends };
}

/** Lines without trailing blanks, which comments do not keep. */
function linesOf(output: string): string[] {
  if (output === '') return [];
  return output
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.trimEnd());
}

suite('programs on the interpreter', () => {
  for (const name of names) {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const expected = expectedOf(text);
    for (const detect of [false, true]) {
      test(`${name} prints what it says${detect ? ', with every access watched' : ''}`, function () {
        this.timeout(20_000);
        const {
          output,
          trap,
          text: end,
        } = solo(text, { detect, memoryWords: name === 'overflow.go' ? 1 << 22 : 1 << 26 });
        assert.deepEqual(linesOf(output), expected.lines);
        const ended = trap === 'Fatal' ? `fatal error: ${end}` : end;
        assert.deepEqual(
          linesOf(ended).filter((line) => !line.startsWith('[signal')),
          expected.ends,
        );
      });
    }
  }
});

suite('the same programs in Go', () => {
  for (const name of names.filter((n) => n !== 'overflow.go' && n !== 'goexit.go')) {
    test(`${name} prints the same`, function () {
      if (process.env.INTERLANE_GO !== '1') this.skip(); // a compiler run each: only when asked for
      this.timeout(60_000);
      const file = join(FOLDER, name);
      const { stdout, stderr } = spawnSync('go', ['run', file], { encoding: 'utf8' });
      const { lines, ends } = expectedOf(readFileSync(file, 'utf8'));
      assert.deepEqual(linesOf(stdout), lines);
      assert.deepEqual(
        linesOf(stderr.split('\n\ngoroutine')[0]!).filter((line) => !/^\[signal|^exit status/.test(line)),
        ends,
      );
    });
  }
});
