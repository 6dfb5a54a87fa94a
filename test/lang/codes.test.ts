/** This file runs the example of every diagnostic code and expects that code. */
import { strict as assert } from 'node:assert';
import { codeRows } from '../../src/lang/codes';
import { check } from '../../src/std/importer';

suite('diagnostic codes', () => {
  for (const [code, row] of codeRows()) {
    test(code, () => {
      const { diagnostics } = check([{ name: `example.${row.dialect}`, text: row.example }]);
      const codes = diagnostics.map((d) => d.code);
      assert.ok(codes.includes(code), `got ${codes.join(', ') || 'no diagnostic'}`);
    });

    test(`${code} is explained in one sentence`, () => {
      assert.match(row.sentence, /^\S.*[^.]\.$/);
    });
  }
});
