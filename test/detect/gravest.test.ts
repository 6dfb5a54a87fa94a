/** This file tests the order of what is found: faults of the program before what merely ended the run. */
import assert from 'node:assert/strict';
import { runText } from '../support/run';

const RACE =
  'import "bytes"\n\nvar _ *bytes.Buffer\n\nvar hits int\n\nfunc race() {\n\tdone := make(chan bool)\n\tgo func() {\n\t\thits++\n\t\tdone <- true\n\t}()\n\thits++\n\t<-done\n}\n';

const kinds = (main: string, budgets = {}): string[] =>
  runText(`${RACE}\nfunc main() {\n\trace()\n${main}}\n`, 'lane', { budgets }).findings.map(({ kind }) => kind);

suite('the gravest first', () => {
  test('a panic before a race', () => assert.deepEqual(kinds('\tpanic("x")\n'), ['panic', 'data-race']));

  test('a race before a budget', () =>
    assert.deepEqual(kinds('\tfor {\n\t}\n', { steps: 10_000 }), ['data-race', 'budget']));

  test('a race before what is not supported', () =>
    assert.deepEqual(kinds('\tvar b bytes.Buffer\n\tb.WriteString("x")\n'), ['data-race', 'unsupported']));
});
