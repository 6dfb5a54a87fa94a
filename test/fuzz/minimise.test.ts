/** This file tests that failing inputs are made small: to what fails, in the time that there is. */
import assert from 'node:assert/strict';
import { SMALL_BUDGETS, type FuzzInput } from './inputs';
import { minimise } from './minimise';
import { reduce } from './reduce';

const never = (): boolean => false;

suite('minimise', () => {
  test('leaves the lines and tokens without which nothing fails', async () => {
    const text = 'func a() {}\nfunc b() { x := 1 + (2 * bad) }\nfunc c() {}\n'.repeat(20);
    assert.equal(await minimise(text, async (smaller) => smaller.includes('bad'), never), 'bad');
    const both = (smaller: string): boolean => /b\(\)[^]*bad/.test(smaller);
    assert.equal(await minimise(text, async (smaller) => both(smaller), never), 'b() bad');
  });

  test('keeps a text of which no part fails alone', async () => {
    const text = 'a b\nc d\n';
    assert.equal(await minimise(text, async (smaller) => smaller === text, never), text);
  });

  test('asks a number of times that grows with the logarithm of the text, when one line is to blame', async () => {
    let asked = 0;
    const text = Array.from({ length: 1024 }, (_, i) => `line${i}\n`).join('');
    await minimise(text, async (smaller) => (asked++, smaller.includes('line700')), never);
    assert.ok(asked < 100, String(asked));
  });

  test('ends when its time is over, with what it has', async () => {
    let asked = 0;
    const text = 'a\n'.repeat(1000) + 'bad\n';
    const small = await minimise(text, async (smaller) => (asked++, smaller.includes('bad')), () => asked >= 3); // prettier-ignore
    assert.ok(small.includes('bad') && small.length < text.length);
    assert.equal(asked, 3);
  });
});

suite('reduce', () => {
  const input: FuzzInput = {
    sources: [
      { name: 'a.go', text: 'package main\nfunc main() { bad() }\n' },
      { name: 'b.go', text: 'package main\n' },
    ],
    depth: 'run',
    seed: 7,
    settings: { cores: 64, quantum: 1000 },
    budgets: { steps: 5 },
    scheduler: 'controlled',
    slice: 1,
    replay: 'garbled',
    by: ['a mutator'],
  };
  const bad = ({ sources }: FuzzInput): boolean => sources.some(({ text }) => text.includes('bad'));

  test('puts everything back to what is plain that does not matter', async () => {
    const small = await reduce(input, async (smaller) => bad(smaller), never);
    assert.deepEqual(small.sources, [{ name: 'a.go', text: 'bad' }]);
    assert.deepEqual([small.depth, small.settings, small.budgets, small.replay], ['parse', {}, SMALL_BUDGETS, undefined]); // prettier-ignore
    assert.deepEqual(small.by, ['a mutator']);
  });

  test('keeps what matters', async () => {
    const fails = (smaller: FuzzInput): boolean => smaller.settings.cores === 64 && smaller.depth === 'run' && bad(smaller); // prettier-ignore
    const small = await reduce(input, async (smaller) => fails(smaller), never);
    assert.deepEqual([small.depth, small.settings.cores, small.slice], ['run', 64, 50_000]);
    assert.deepEqual(small.budgets, SMALL_BUDGETS);
  });
});
