/** This file tests that the numbering of the instruction set is the same wherever it is written down. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPS } from '../../src/bytecode/op';
import { O } from '../../src/vm/interpret';
import { instructionTable } from './opTable';

suite('the instruction set', () => {
  test('has the same numbers in the interpreter', () => {
    const names = Object.keys(O).filter((key) => Number.isNaN(Number(key)));
    assert.deepEqual(
      names,
      OPS.map(({ name }) => name),
    );
  });

  test('is the table of docs/engine.md', () => {
    const text = readFileSync(join(__dirname, '../../docs/engine.md'), 'utf8');
    const table = text.slice(text.indexOf('<!-- instructions -->'), text.indexOf('<!-- /instructions -->'));
    assert.equal(table.replace('<!-- instructions -->', '').trim(), instructionTable());
  });
});
