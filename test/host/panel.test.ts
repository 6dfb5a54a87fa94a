/** This file tests the panel from inside: it opens with one command, paints, follows the active file, and comes back after a restart. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, closeAll, openText, until } from './support';

const PROGRAM = 'func main() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n\tprintln(<-c)\n}\n';

suite('the panel', () => {
  teardown(closeAll);

  test('closed while its page is being loaded, it paints when it is opened again', async () => {
    const { panel, paints } = await api();
    for (const ms of [0, 200]) {
      await openText(PROGRAM);
      await vscode.commands.executeCommand('interlane.run');
      await until('the panel', () => panel.visible);
      await new Promise((resolve) => setTimeout(resolve, ms));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await until('no panel', () => !panel.visible);
    }
    await openText(PROGRAM);
    const before = paints.length;
    await vscode.commands.executeCommand('interlane.run');
    await until('a paint', () => paints.length > before, 30_000);
  });

  test('one command runs, opens the panel beside, and paints', async () => {
    const { panel, paints } = await api();
    const editor = await openText(PROGRAM);
    const before = paints.length;
    await vscode.commands.executeCommand('interlane.run');
    await until('the panel', () => panel.visible);
    await until('a paint', () => paints.length > before);
    assert.ok(paints.at(-1)!.slices > 0);
    assert.equal(vscode.window.activeTextEditor?.document, editor.document, 'the editor keeps the focus');
  });

  test('follows the active Interlane file', async () => {
    const { paints } = await api();
    await openText(PROGRAM);
    await vscode.commands.executeCommand('interlane.run');
    await until('a paint', () => paints.length > 0);
    const before = paints.length;
    await openText(PROGRAM.replace('c <- 1', 'c <- 2'));
    await until('the other file is painted', () => paints.length > before);
  });

  test('every declared command is registered, and every registered one declared', async () => {
    const declared = (
      vscode.extensions.getExtension('interlane.interlane')!.packageJSON as {
        contributes: { commands: { command: string }[] };
      }
    ).contributes.commands.map((c) => c.command);
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('interlane.') && !/\.(focus|open|resetViewLocation|removeView|toggleVisibility)$/.test(id),
    );
    assert.deepEqual(registered.sort(), declared.sort());
  });
});
