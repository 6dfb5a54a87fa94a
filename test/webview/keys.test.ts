/** This file tests the table of keys. */
import assert from 'node:assert/strict';
import { commandOf, KEY_COMMANDS, keyName, keyOf, KeyTable, type Pressed } from '../../src/webview/keys';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

suite('webview/keys', () => {
  test('ids and keys are unique', () => {
    const ids = KEY_COMMANDS.map(({ id }) => id);
    const keys = KEY_COMMANDS.flatMap((command) => command.keys);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(KEY_COMMANDS.every(({ title, keys: own }) => title !== '' && own.length > 0));
  });

  test('names keys whatever the layout and caps lock say', () => {
    assert.equal(keyOf(press('W')), 'w');
    assert.equal(keyOf(press('h', { shiftKey: true })), 'Shift+H');
    assert.equal(keyOf(press('?', { shiftKey: true })), '?');
    assert.equal(keyOf(press('ArrowLeft', { shiftKey: true })), 'Shift+ArrowLeft');
  });

  test("leaves the editor's chords alone", () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'])
      assert.equal(keyOf(press('w', { [modifier]: true })), undefined);
    assert.equal(new KeyTable().find(press('s', { ctrlKey: true }), 0), undefined);
  });

  test('finds commands, and none for other keys', () => {
    const table = new KeyTable();
    assert.equal(table.find(press('w'), 0)?.id, 'zoomIn');
    assert.equal(table.find(press('R', { shiftKey: true }), 1)?.id, 'previousRace');
    assert.equal(table.find(press('q'), 2), undefined);
  });

  test('knows a key pressed twice, if it is quick', () => {
    const table = new KeyTable();
    assert.equal(table.find(press('f'), 0)?.id, 'centre');
    assert.equal(table.find(press('f'), 200)?.id, 'fitSelection');
    assert.equal(table.find(press('f'), 300)?.id, 'centre');
    assert.equal(table.find(press('f'), 2000)?.id, 'centre');
    assert.equal(table.find(press('d'), 2100)?.id, 'panRight');
    assert.equal(table.find(press('f'), 2200)?.id, 'centre');
  });

  test('finds the command of an id as the host sends it', () => {
    assert.equal(commandOf('interlane.panel.zoomIn')?.id, 'zoomIn');
    assert.equal(commandOf('zoomIn')?.id, 'zoomIn');
    assert.equal(commandOf('interlane.panel.nothing'), undefined);
  });

  test('writes keys as people read them', () => {
    assert.deepEqual(['ArrowLeft', 'f f', 'w', 'Shift+Z', 'Escape', '.'].map(keyName), [
      '←',
      'F F',
      'W',
      'Shift+Z',
      'Esc',
      '.',
    ]);
  });
});
