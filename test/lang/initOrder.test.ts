/** This file tests the order in which package variables are initialised against the rule of the Go specification, taken literally, on random programs. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { check } from '../../src/std/importer';

/** By variable in source order: the variables that its initialiser mentions, and whether through a function. */
type Mentions = readonly { readonly variables: readonly number[]; readonly byFunction: boolean }[];

/** Each variable mentions some of those that come before it in a hidden order, so that there is no cycle. */
const mentions: fc.Arbitrary<Mentions> = fc
  .shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 })
  .chain((hidden) =>
    fc.tuple(
      ...Array.from({ length: 8 }, (_, v) =>
        fc.record({ variables: fc.subarray(hidden.slice(0, hidden.indexOf(v))), byFunction: fc.boolean() }),
      ),
    ),
  );

/** "Repeatedly selecting the next package-level variable that is earliest in declaration order and ready for initialization." */
function literalOrder(program: Mentions): number[] {
  const order: number[] = [];
  while (order.length < program.length)
    order.push(
      program.findIndex(({ variables }, v) => !order.includes(v) && variables.every((n) => order.includes(n))),
    );
  return order;
}

function textOf(program: Mentions): string {
  const lines = program.map(({ variables, byFunction }, v) => {
    const sum = ['1', ...variables.map((n) => `v${n}`)].join(' + ');
    return byFunction ? `var v${v} = f${v}()\nfunc f${v}() int { return ${sum} }` : `var v${v} = ${sum}`;
  });
  return `${lines.join('\n')}\nfunc main() {}\n`;
}

suite('the order of initialisation', () => {
  test('is that of the specification', () => {
    fc.assert(
      fc.property(mentions, (program) => {
        const { main, ok } = check([{ name: 'x.lane', text: textOf(program) }]);
        assert.ok(ok);
        const order = main.inits.map(({ lhs }) => Number(lhs[0]!.name.slice(1)));
        assert.deepEqual(order, literalOrder(program));
      }),
    );
  });
});
