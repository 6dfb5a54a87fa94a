/** This file tests that programs run whatever the settings say, and that a wrong setting is told of by name, once. */
import assert from 'node:assert/strict';
import { api, closeAll, openText, replaceText, set, until } from './support';

/** Two goroutines that meet: on a machine without cores it is a deadlock, without time nothing at all. */
const MEETING = 'func main() {\n\tdone := make(chan bool)\n\tgo func() { done <- true }()\n\t<-done\n}\n';

const WRONG: readonly { readonly key: string; readonly value: unknown; readonly used: unknown }[] = [
  { key: 'machine.cores', value: 0, used: 1 },
  { key: 'machine.cores', value: -1, used: 1 },
  { key: 'machine.cores', value: 1e9, used: 256 },
  { key: 'machine.cores', value: '4', used: 4 },
  { key: 'budget.wallTime', value: 'x', used: 10_000 },
  { key: 'budget.wallTime', value: -5, used: 100 },
  { key: 'budget.memory', value: 1e12, used: 1024 },
  { key: 'budget.instructions', value: 0.5, used: 50_000_000 },
  { key: 'run.seed', value: null, used: 42 },
  { key: 'run.delay', value: {}, used: 300 },
  { key: 'run.onType', value: 'yes', used: true },
  { key: 'trace.maxEvents', value: false, used: 200_000 },
];

suite('wrong settings', () => {
  teardown(closeAll);

  for (const { key, value, used } of WRONG) {
    test(`interlane.${key}: ${JSON.stringify(value)} is told once, and ${String(used)} used`, async () => {
      const { runs, settings } = await api();
      const before = settings.told.length;
      const said = (): string[] => settings.told.slice(before);
      await set(key, value);
      try {
        const editor = await openText(MEETING);
        const state = await until('a run', () => {
          const known = runs.get(editor.document.uri);
          return known?.good && known;
        });
        assert.deepEqual(state.good!.findings, []);
        const first = state.good;
        await replaceText(editor, `${MEETING}\n`);
        await until('another run', () => state.good !== first && state.phase === 'idle');
        assert.deepEqual([state.good!.findings, state.failure], [[], undefined]);
        assert.equal(said().length, 1, said().join('\n'));
        assert.ok(said()[0]!.startsWith(`The setting interlane.${key} is ${JSON.stringify(value)}, where `));
        assert.ok(said()[0]!.endsWith(`: ${String(used)} is used.`), said()[0]);
      } finally {
        await set(key, undefined);
      }
    });
  }

  test('right settings are used without a word; a wrong one that comes back is told again', async () => {
    const { settings } = await api();
    const before = settings.told.length;
    await set('machine.cores', 2);
    assert.equal(settings.told.length, before);
    for (const count of [1, 2]) {
      await set('machine.cores', 0);
      await until('a word', () => settings.told.length === before + count);
      await set('machine.cores', undefined);
    }
  });
});
