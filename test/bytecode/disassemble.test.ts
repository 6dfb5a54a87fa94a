/** This file compares the disassembly of a small program with a recorded one; UPDATE_GOLDENS=1 records anew. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTRUCTION_WORDS, OPS, Op, instructionWords } from '../../src/bytecode/op';
import { disassemble } from '../../src/bytecode/disassemble';
import { assertGolden } from '../support/golden';
import { compileSource } from '../vm/solo';

const FOLDER = join(__dirname, 'golden');

suite('compiled code', () => {
  const text = readFileSync(join(FOLDER, 'counter.lane'), 'utf8');
  const code = compileSource(text);

  test('reads as recorded', () => assertGolden(join(FOLDER, 'counter.code'), disassemble(code)));

  test('is a sequence of whole instructions in each function, whose jumps stay inside', () => {
    for (const f of code.functions) {
      let pc = f.entry;
      const starts = new Set<number>();
      for (; pc < f.end; pc += instructionWords(code.words[pc]!)) {
        assert.notEqual(code.words[pc], Op.Ext);
        starts.add(pc);
      }
      assert.equal(pc, f.end);
      for (const at of starts) {
        const { operands } = OPS[code.words[at]!]!;
        [...operands].forEach((letter, k) => {
          if (letter === 'j') assert.ok(starts.has(code.words[at + k + 1 + Math.floor(k / 3)]!), `${f.name} @${at}`);
        });
      }
    }
  });

  test('says where each instruction of the program stands', () => {
    const main = code.functions[code.processes[0]!.main]!;
    const words: string[] = [];
    for (let pc = main.entry; pc < main.end; pc += instructionWords(code.words[pc]!)) {
      const at = (pc / INSTRUCTION_WORDS) * 3;
      assert.equal(code.spans[at], 0);
      const { name } = OPS[code.words[pc]!]!;
      if (name === 'StoreG' || name === 'Go')
        words.push(`${name}: ${text.slice(code.spans[at + 1], code.spans[at + 2]).split('\n')[0]}`);
    }
    assert.deepEqual(words, ['Go: go func() {', 'StoreG: total += v', 'StoreG: total++']);
  });

  test('names what it allocates', () => {
    const names = [...code.sites].map(({ name, type }) => `${name} ${code.types[type]!.name}`);
    assert.ok(names.includes('ch chan int'));
    assert.ok(names.includes('acc main.account'));
  });
});
