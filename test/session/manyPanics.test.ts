/** This file tests that panics may be nested as deeply as the stack allows: each is told, as Go does. */
import assert from 'node:assert/strict';
import { compileSources } from '../../src/session/compile';
import { simulate } from '../../src/session/simulation';

suite('session: many panics', () => {
  test('8,000 panics in deferred calls', () => {
    const text = `func f(n int) {
	defer func() {
		if n > 0 {
			panic(n)
		}
	}()
	if n > 0 {
		f(n - 1)
	} else {
		panic("innermost")
	}
}

func main() { f(8000) }
`;
    const { program, code } = compileSources([{ name: 'panics.lane', text }]);
    const { outcome, findings } = simulate(program, code!, { seed: 1 });
    assert.equal(outcome.kind, 'panic');
    const lines = outcome.text!.split('\n');
    assert.deepEqual(lines.slice(0, 2), ['panic: innermost', '\tpanic: 1']);
    assert.deepEqual([lines.length, lines.at(-1)], [8001, '\tpanic: 8000']);
    assert.equal(findings[0]!.kind, 'panic');
  });
});
