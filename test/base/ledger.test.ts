/** This file tests the ledger of the host's memory, and the memory and the columns that are accounted for in it. */
import assert from 'node:assert/strict';
import { Column } from '../../src/base/column';
import { Ledger, OutOfMemory, ShareSpent } from '../../src/base/ledger';
import { Memory } from '../../src/base/memory';

suite('ledger', () => {
  test('what fits is held; what does not is refused and changes nothing', () => {
    const ledger = new Ledger(100);
    const [texts, choices] = [ledger.share('texts'), ledger.share('choices')];
    texts.take(60);
    choices.take(40);
    assert.throws(() => texts.take(1), OutOfMemory);
    assert.deepEqual(ledger.held(), [{ what: 'texts', bytes: 60 }, { what: 'choices', bytes: 40 }]); // prettier-ignore
    texts.giveBack(10);
    choices.take(10);
    assert.equal(ledger.bytes, 100);
    assert.equal(ledger.share('texts'), texts);
  });

  test('who can live without gives way to others, once and for all', () => {
    const ledger = new Ledger(100);
    const [races, texts] = [ledger.share('races'), ledger.share('texts')];
    let dropped = 0;
    races.onGone = () => dropped++;
    races.take(30);
    texts.take(80);
    assert.deepEqual([dropped, races.bytes, ledger.bytes], [1, 0, 80]);
    assert.throws(() => races.take(1), ShareSpent);
    races.giveBack(10);
    assert.equal(ledger.bytes, 80);
    assert.throws(() => texts.take(21), OutOfMemory);
    assert.equal(dropped, 1);
  });

  test('of much that was dropped at once, some is still there', () => {
    const ledger = new Ledger(1000);
    const [races, texts] = [ledger.share('races'), ledger.share('texts')];
    races.onGone = () => undefined;
    races.take(875);
    texts.take(300);
    assert.deepEqual([races.bytes, ledger.bytes], [500, 800]);
  });

  test('who can live without is also told when it alone is too large, or asks for what does not fit', () => {
    for (const [limit, others] of [
      [30, 0],
      [Infinity, 80],
    ] as const) {
      // prettier-ignore
      const ledger = new Ledger(100);
      const races = ledger.share('races', limit);
      let dropped = 0;
      races.onGone = () => dropped++;
      ledger.share('texts').take(others);
      races.take(20);
      assert.throws(() => races.take(20), ShareSpent);
      assert.deepEqual([dropped, ledger.bytes], [1, others]);
    }
  });

  test('goes back to where it was', () => {
    const ledger = new Ledger(100);
    ledger.share('texts').take(10);
    const saved = ledger.save();
    ledger.share('texts').take(10);
    ledger.share('choices').take(70);
    ledger.restore(saved);
    assert.deepEqual(ledger.held(), [{ what: 'texts', bytes: 10 }]);
    assert.equal(ledger.bytes, 10);
  });

  test('a column pays for its room before it has it', () => {
    const ledger = new Ledger(2000);
    const column = new Column(ledger.share('waits'));
    let rows = 0;
    assert.throws(() => {
      for (;; rows++) column.add(rows);
    }, OutOfMemory); // prettier-ignore
    assert.ok(rows > 150 && ledger.bytes <= 2000, `${rows} rows, ${ledger.bytes} bytes`);
    assert.deepEqual([column.at(0), column.at(rows - 1), column.at(rows), column.length], [0, rows - 1, 0, rows]);
    const sparse = new Column(new Ledger().share('waits'));
    sparse.set(200, 7);
    assert.deepEqual([sparse.at(199), sparse.at(200), sparse.length], [0, 7, 201]);
  });
});

suite('memory, accounted for', () => {
  test('pays for what is allocated, not for the reserve, and no more than its budget', () => {
    const ledger = new Ledger();
    const memory = new Memory(1 << 24, 256, ledger.share('memory'));
    memory.alloc(3 << 20, 1);
    const held = ledger.bytes;
    assert.ok(held >= memory.top * 4 && held < memory.top * 4 + (1 << 17), `${held} bytes for ${memory.top} words`);
    assert.equal(memory.i32.length, 1 << 24);
    assert.throws(() => memory.alloc(8 << 20, 1), OutOfMemory);
    assert.equal(ledger.bytes, held);
    assert.ok(memory.alloc(1 << 20, 1) > 0);
  });

  test('what others hold is not there for it', () => {
    const ledger = new Ledger(1 << 20);
    const memory = new Memory(1 << 24, 256, ledger.share('memory'));
    ledger.share('texts').take(1 << 19);
    assert.throws(() => memory.alloc(1 << 16, 1), OutOfMemory);
    assert.ok(memory.alloc(1 << 15, 1) > 0);
  });
});
