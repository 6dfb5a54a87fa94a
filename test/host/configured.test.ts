/** This file tests which programs a changed setting runs again: those that somebody sees at once, the others when somebody does. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GoodRun } from '../../src/host/programs';
import { api, closeAll, newFile, openText, set, until } from './support';

const TEXT = 'func main() {\n\tprintln(1)\n}\n';

/** The result of a document's program, once there is one other than `old`. */
async function goodRun(document: vscode.TextDocument, old?: GoodRun): Promise<GoodRun> {
  const { runs } = await api();
  return until('a run', () => {
    const state = runs.get(document.uri);
    return state?.phase === 'idle' && state.good !== old && state.good;
  });
}

suite('a setting that is changed', () => {
  teardown(async () => {
    for (const key of ['machine.cores', 'editor.codeLens']) await set(key, undefined);
    await closeAll();
  });

  test('runs again what is open in a tab; what no editor shows waits until one does', async () => {
    const { runs } = await api();
    // A file: of a document without one that has a text the editor opens a tab after a while.
    const hidden = await vscode.workspace.openTextDocument(await newFile(TEXT));
    const hiddenRun = await goodRun(hidden);
    const { document: behind } = await openText(TEXT);
    const behindRun = await goodRun(behind);
    const { document: seen } = await openText(TEXT);
    const seenRun = await goodRun(seen);
    await set('machine.cores', 2);
    await goodRun(behind, behindRun);
    await goodRun(seen, seenRun);
    assert.equal(runs.get(hidden.uri)?.good, hiddenRun);
    await vscode.window.showTextDocument(hidden);
    await goodRun(hidden, hiddenRun);
  });

  test('and says only what editors show runs nothing', async () => {
    const { runs } = await api();
    const { document } = await openText(TEXT);
    const run = await goodRun(document);
    const lenses = async (): Promise<number> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri)).length;
    assert.equal(await lenses(), 2);
    const changes: string[] = [];
    const listening = runs.onDidChange(({ change }) => changes.push(change));
    await set('editor.codeLens', false);
    assert.equal(await lenses(), 0);
    listening.dispose();
    assert.deepEqual([changes, runs.get(document.uri)?.good], [[], run]);
  });
});
