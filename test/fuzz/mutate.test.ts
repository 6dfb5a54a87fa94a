/** This file tests where mutants come from: the corpus, the mutators, and that nothing but the seed decides. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUDGET_NAMES, budgetRow } from '../../src/base/budgets';
import { machineKeys } from '../../src/base/machineKeys';
import { ROOT } from '../harness/vscode';
import { Chance } from './chance';
import { programsOf, readCorpus } from './corpus';
import { inputOf } from './inputs';
import { Library } from './library';
import { MUTATORS } from './mutate';
import { Specimen } from './specimen';
import { typedParts } from './typed';

const PROGRAM = `package main

import "fmt"

type point struct{ x, y int }

func (p point) sum() int { return p.x + p.y }

func main() {
	c := make(chan int, 2)
	var all []int
	go func() { c <- point{1, 2}.sum() }()
	for i := 0; i < 3; i++ {
		all = append(all, i*10)
	}
	fmt.Println(<-c, all, "done")
}
`;
const specimen = new Specimen(PROGRAM, 'go');
const corpus = readCorpus();
const library = new Library(corpus);

suite('mutation', () => {
  test('starts from every example, and from programs that stand in tests', () => {
    const texts = new Set(corpus.map(({ text }) => text));
    const folder = join(ROOT, 'examples');
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.lane'))) {
      assert.ok(texts.has(readFileSync(join(folder, name), 'utf8')), name);
    }
    assert.ok(texts.has(PROGRAM));
    assert.ok(corpus.length > 300);
  });

  test('takes from a test what is a program, with its escapes read, or the body of one', () => {
    const source = "const a = `func main() {\\n\tprintln(\"\\\\x\")\n}`;\nconst b = `x := 1\nprintln(x)`;\nconst c = `no program\n, at all`;\n"; // prettier-ignore
    const found = programsOf('a.test.ts', source).map(({ text }) => text);
    assert.deepEqual(found, ['func main() {\n\tprintln("\\x")\n}', 'func main() {\nx := 1\nprintln(x)\n}\n']);
    assert.deepEqual(programsOf('a.go', 'any')[0]!.dialect, 'go');
  });

  for (const { name, mutate } of MUTATORS) {
    test(`${name}: changes the program, and in the same way for the same seed`, () => {
      const texts = Array.from({ length: 12 }, (_, seed) => mutate(specimen, new Chance(seed), library)?.text);
      const again = Array.from({ length: 12 }, (_, seed) => mutate(specimen, new Chance(seed), library)?.text);
      assert.deepEqual(again, texts);
      assert.ok(texts.some((text) => text !== undefined && text !== PROGRAM));
      assert.ok(new Set(texts).size > 1);
    });

    test(`${name}: takes any text, the empty one too`, () => {
      for (const text of ['', ' ', '}', '\ud800', 'func']) {
        for (let seed = 0; seed < 4; seed++) mutate(new Specimen(text, 'lane'), new Chance(seed), library);
      }
    });
  }

  test('knows the expressions of a type', () => {
    const ints = typedParts(specimen).get('int')!.map((part) => specimen.textOf(part)); // prettier-ignore
    assert.ok(ints.includes('p.x + p.y') && ints.includes('<-c') && ints.includes('i*10'));
    assert.equal(typedParts(new Specimen('func main() { undefined() }', 'lane')).size, 0);
  });

  test('edits stand where they were meant, whatever their order', () => {
    const edited = new Specimen('abc', 'lane').with({ start: 0, end: 1, text: 'xx' }, { start: 2, end: 3, text: '' });
    assert.equal(edited.text, 'xxb');
  });
});

suite('inputs', () => {
  test('are made of nothing but seed and number', () => {
    const of = (seed: number, first: number): unknown[] =>
      Array.from({ length: 60 }, (_, i) => inputOf(seed, first + i, library));
    assert.deepEqual(of(3, 0), of(3, 0));
    assert.notDeepEqual(of(3, 0), of(3, 60));
    assert.notDeepEqual(of(3, 0), of(4, 0));
  });

  test('survive being kept in a file', () => {
    for (let i = 0; i < 60; i++) {
      const input = inputOf(1, i, library);
      assert.deepEqual(JSON.parse(JSON.stringify(input)), input);
    }
  });

  test('ask for nothing that settings and flags refuse', () => {
    for (let i = 0; i < 100; i++) {
      const { settings, budgets } = inputOf(5, i, library);
      for (const [key, { min, max }] of Object.entries(machineKeys)) {
        assert.ok(settings[key] === undefined || (settings[key] >= min && settings[key] <= max), key);
      }
      for (const name of BUDGET_NAMES) {
        const { min, factor } = budgetRow(name);
        assert.ok(budgets[name] === undefined || budgets[name] >= min * factor, name);
      }
    }
  });

  test('are of every depth and under strange settings as well as plain ones', () => {
    const inputs = Array.from({ length: 200 }, (_, i) => inputOf(1, i, library));
    assert.deepEqual(new Set(inputs.map(({ depth }) => depth)), new Set(['parse', 'front', 'run']));
    assert.ok(inputs.some(({ settings }) => settings.cores === 64));
    assert.ok(inputs.some(({ scheduler }) => scheduler === 'controlled'));
    assert.ok(inputs.some(({ replay }) => replay === 'garbled'));
  });
});
