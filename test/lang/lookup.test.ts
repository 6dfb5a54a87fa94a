/** This file tests that what a type promotes is found without a look at each of its fields every time. */
import assert from 'node:assert/strict';
import { embeddedCause } from '../../src/lang/lookup';
import type { FieldObj, Struct } from '../../src/lang/types';
import { compileSources } from '../../src/session/compile';

/** The struct type of `var t`, each of whose fields tells when it is looked at. */
function told(declaration: string, look: () => void): Struct {
  const { main } = compileSources([
    { name: 'fields.go', text: `package main\n\n${declaration}\n\nfunc main() {}\n` },
  ]).program;
  const { type } = main.vars.find(({ name }) => name === 't')!;
  assert.equal(type.kind, 'struct');
  const fields = type.fields.map(
    (field) =>
      new Proxy(field, {
        get: (of: FieldObj, key: keyof FieldObj) => {
          look();
          return of[key];
        },
      }),
  );
  return { kind: 'struct', fields };
}

suite('lang: what a type promotes', () => {
  test('of a thousand fields asked a thousand times, each is looked at a few times', () => {
    let looks = 0;
    const type = told(`var t struct {\n${Array.from({ length: 1000 }, (_, i) => `\ta${i} int\n`).join('')}}`, () => looks++);
    for (let i = 0; i < 1000; i++) assert.equal(embeddedCause(type), undefined);
    assert.ok(looks <= 10_000, `${looks} looks`);
  }); // prettier-ignore

  test('an embedded type of which nothing is known is the cause, however deep', () => {
    const generic = 'type G[T any] struct{ x T }\n\ntype inner struct{ G[int] }\n\n';
    const type = told(`${generic}var t struct {\n\tx int\n\tinner\n}`, () => undefined);
    assert.equal(embeddedCause(type)?.code, 'unsupported.generics');
  });
});
