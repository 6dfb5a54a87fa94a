/** This file feeds mutated programs to every stage: scanner, parser, checker, compiler and machine. None may throw, hang, or answer differently twice. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { runText } from '../support/run';

const FOLDER = join(__dirname, '..', '..', 'examples');
const CORPUS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.lane'))
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'));

/** Small budgets: a mutant may well be endless. */
const BUDGETS = { steps: 200_000, memoryWords: 1 << 22, goroutines: 2000, outputBytes: 1 << 14, virtualNs: 10e9 };

/** Words that make mutants more often meaningful than random characters do. */
const WORDS = [
  'go ', 'defer ', 'func() {', '}()', 'select {', 'case ', 'default:', 'for {', 'return', '<-', 'chan int', 'make(chan int)', 'close(c)', 'mu.Lock()', 'mu.Unlock()',
  'wg.Wait()', 'panic("x")', 'recover()', 'nil', '0', '1 << 63', '-1', '1e400', '"', '`', "'", '/*', '//', '{', '}', '(', ')', '[', ']', ';', '\n', ':=', '=', '++', '...',
  'machine { cores = 0 }', 'work(1h)', 'syscall(1ms)', 'time.Sleep(1s)', 'interface{}', 'struct{ a int }', 'map[string]int', 'type T ', '\u0000', '😀', 'goto L', 'L:',
]; // prettier-ignore

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(12),
  insert: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 3 }), fc.constant('')),
});

/** A program of the corpus after some edits, perhaps with a piece of another one in the middle. */
const mutant = fc
  .record({
    base: fc.constantFrom(...CORPUS),
    other: fc.constantFrom(...CORPUS),
    splice: fc.option(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(80)), { freq: 3 }),
    edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
  })
  .map(({ base, other, splice, edits }) => {
    let text = base;
    if (splice) {
      const from = Math.floor(splice[0] * other.length);
      edits = [...edits, { at: splice[0], remove: 0, insert: other.slice(from, from + splice[1]) }];
    }
    for (const { at, remove, insert } of edits) {
      const position = Math.floor(at * text.length);
      text = text.slice(0, position) + insert + text.slice(position + remove);
    }
    return text;
  });

/** `npm test` takes a share; FUZZ_RUNS=100000 goes hunting. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 400);

suite('mutated programs', () => {
  test('no stage throws, and every run ends', () => {
    fc.assert(
      fc.property(mutant, fc.constantFrom('lane' as const, 'go' as const), (text, dialect) => {
        const run = runText(text, dialect, { budgets: BUDGETS });
        assert.ok(run.diagnostics.length > 0 || run.simulation !== undefined);
      }),
      { numRuns: RUNS },
    );
  }).timeout(600_000);

  test('the same mutant with the same seed gives the same events', () => {
    fc.assert(
      fc.property(mutant, fc.nat(1000), (text, seed) => {
        const [one, two] = [0, 1].map(() => runText(text, 'lane', { budgets: BUDGETS, seed }));
        assert.deepEqual(one!.findings, two!.findings);
        assert.equal(one!.stdout, two!.stdout);
        assert.deepEqual(one!.simulation?.trace.columns.kind, two!.simulation?.trace.columns.kind);
        assert.deepEqual(one!.simulation?.trace.columns.time, two!.simulation?.trace.columns.time);
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  }).timeout(600_000);
});
