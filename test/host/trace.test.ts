/** This file tests that a trace is kept where somebody looks, and asked for when somebody comes to look: of the run that is known, and nothing is told twice. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, closeAll, codeOf, diagnosticsOf, openText, replaceText, stateOf, until } from './support';

const QUIET = 'func main() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n\tprintln(<-c)\n}\n';
const RACY =
  'var n int\n\nfunc main() {\n\tdone := make(chan bool)\n\tgo func() {\n\t\tn++\n\t\tdone <- true\n\t}()\n\tn++\n\t<-done\n}\n';
/** Ends by its budget of instructions. */
const ENDLESS = 'func main() {\n\tfor {\n\t}\n}\n';

suite('a trace', () => {
  teardown(closeAll);

  test('is not kept while no panel is there, and what is known of the run does not need it', async () => {
    const editor = await openText(QUIET);
    const { good } = await stateOf(editor, 'a run', (state) => state.phase === 'idle' && state.good);
    assert.deepEqual([good!.traced, good!.trace.length, good!.findings.length], [false, 0, 0]);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      editor.document.uri,
      10,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['Run', 'No race in this schedule'],
    );
  });

  test('is taken for a race all the same: it explains it', async () => {
    const editor = await openText(RACY);
    const { good } = await stateOf(editor, 'a run', (state) => state.phase === 'idle' && state.good);
    assert.ok(good!.traced);
    assert.ok(good!.trace.length > 0);
    await until('the race', () => diagnosticsOf(editor).some((diagnostic) => codeOf(diagnostic).startsWith('race.')));
  });

  for (const [name, text] of Object.entries({ 'nothing is found': QUIET, 'a budget is spent': ENDLESS })) {
    test(`is asked for when the panel comes, of the run that is known: ${name}`, async () => {
      const { runs, paints } = await api();
      const editor = await openText(text);
      const state = await stateOf(editor, 'a run', ({ phase, good }) => phase === 'idle' && good);
      const { good } = state;
      assert.equal(good!.traced, false);
      const told = diagnosticsOf(editor);
      const before = paints.length;
      const changes: string[] = [];
      const listening = runs.onDidChange(({ change }) => change !== 'progress' && changes.push(change));
      await vscode.commands.executeCommand('interlane.showTimeline');
      await until('a paint', () => paints.length > before);
      listening.dispose();
      assert.deepEqual(changes, ['trace'], 'nothing else is told but how far it is');
      assert.ok(state.good!.traced);
      assert.ok(state.good!.trace.length > 0);
      assert.deepEqual(
        state.good!.findings.map(({ message }) => message),
        good!.findings.map(({ message }) => message),
      );
      assert.equal(state.good!.at, good!.at);
      assert.deepEqual(diagnosticsOf(editor), told);
    });
  }

  test('of a run whose text has changed since is still to be had', async () => {
    const { paints } = await api();
    const editor = await openText(QUIET);
    await stateOf(editor, 'a run', ({ phase, good }) => phase === 'idle' && good);
    await replaceText(editor, QUIET.replace('println(', 'println('.repeat(2)));
    const state = await stateOf(editor, 'what does not compile', ({ stale, compiles }) => stale && !compiles);
    const before = paints.length;
    await vscode.commands.executeCommand('interlane.showTimeline');
    await until('a paint of the last good run', () => paints.length > before);
    assert.ok(state.good!.traced && state.stale);
  });

  test('is kept of what runs while the panel shows it', async () => {
    const { panel, paints } = await api();
    const editor = await openText(QUIET);
    await vscode.commands.executeCommand('interlane.showTimeline');
    await until('a paint', () => panel.visible && paints.length > 0);
    const { good } = await stateOf(editor, 'a trace', (state) => state.good?.traced);
    await replaceText(editor, QUIET.replace('c <- 1', 'c <- 2'));
    const changed = await stateOf(editor, 'another run', (state) => state.phase === 'idle' && state.good !== good);
    assert.ok(changed.good!.traced);
  });
});
