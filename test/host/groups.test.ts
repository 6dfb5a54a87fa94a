/** This file tests how files and the panel share the groups of the window: its group is locked when it is its own, and never when it is a person's. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { columnFor } from '../../src/host/groups';
import { api, newFile, openText, until } from './support';

const PROGRAM = 'func main() {\n\tprintln(1)\n}\n';

suite('groups of the window', () => {
  teardown(async () => {
    await vscode.workspace.saveAll(false);
    await vscode.commands.executeCommand('workbench.action.closeAllGroups');
  });

  /** Labels of the tabs, by group; the panel is P, every other a file. */
  const layout = (): string =>
    vscode.window.tabGroups.all.map(({ tabs }) => tabs.map((tab) => (isPanel(tab) ? 'P' : 'f')).join('')).join('|');
  const isPanel = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputWebview;
  const settled = (wanted: string): Promise<unknown> => until(`${wanted}, not ${layout()}`, () => layout() === wanted);

  async function focusPanel(): Promise<void> {
    const { panel } = await api();
    panel.show(vscode.window.activeTextEditor?.document.uri ?? (await newFile(PROGRAM)), false);
    await until('the focus', () => isPanel(vscode.window.tabGroups.activeTabGroup.activeTab!));
  }

  /** As a click in the explorer does. */
  async function open(): Promise<vscode.Uri> {
    const uri = await newFile(PROGRAM);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
    return uri;
  }

  async function withPanel(): Promise<vscode.TextEditor> {
    const editor = await openText(PROGRAM);
    await vscode.commands.executeCommand('interlane.run');
    await settled('f|P');
    // Closed while it is loaded, a page keeps the next one waiting.
    const { panel } = await api();
    await until('the page', () => panel.ready);
    return editor;
  }

  test('a file that is opened with the focus in the panel opens in the other group', async () => {
    await withPanel();
    await focusPanel();
    await open();
    await settled('ff|P');
  });

  test('a panel that is closed and opened again locks its group again', async () => {
    await withPanel();
    await focusPanel();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await settled('f');
    await vscode.commands.executeCommand('interlane.run');
    await settled('f|P');
    await focusPanel();
    await open();
    await settled('ff|P');
  });

  test('a panel that is moved to a group of its own locks that', async () => {
    await withPanel();
    await open();
    await focusPanel();
    await vscode.commands.executeCommand('workbench.action.moveEditorToFirstGroup');
    await settled('ffP');
    await vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
    await settled('ff|P');
    await open();
    await settled('fff|P');
  });

  test("a group that has a person's own files is not locked", async () => {
    await openText(PROGRAM);
    await vscode.commands.executeCommand('vscode.open', await newFile(PROGRAM), { preview: false, viewColumn: 2 });
    await settled('f|f');
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await vscode.commands.executeCommand('interlane.run');
    await settled('f|fP');
    await vscode.commands.executeCommand('workbench.action.focusSecondEditorGroup');
    await open();
    await until('the file in the group', () => layout() === 'f|fPf' || layout() === 'f|ffP');
  });

  test('a panel that is alone in the window makes room for the file that would cover it', async () => {
    await withPanel();
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await settled('P');
    await vscode.commands.executeCommand('workbench.action.unlockEditorGroup'); // as one is that a session has begun with
    const uri = await open();
    await settled('f|P');
    await until('the file has the focus', () => vscode.window.activeTextEditor?.document.uri.path === uri.path);
    assert.equal((await api()).panel.visible, true);
    await open();
    await settled('ff|P');
  });

  test('a panel among the tabs of the only group stays where it was put', async () => {
    await withPanel();
    await focusPanel();
    await vscode.commands.executeCommand('workbench.action.moveEditorToFirstGroup');
    await until('one group', () => !layout().includes('|'));
    await open();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.doesNotMatch(layout(), /\|/);
  });

  test('a file of the panel opens where it is open, else among other files, and never over the panel', async () => {
    const { document } = await withPanel();
    const other = await newFile(PROGRAM);
    assert.deepEqual([columnFor(document.uri), columnFor(other)], [1, 1]);
    await vscode.commands.executeCommand('vscode.open', other, { preview: false, viewColumn: 3 });
    await settled('f|P|f');
    assert.deepEqual([columnFor(document.uri), columnFor(other)], [1, 3]);
    await focusPanel();
    await vscode.commands.executeCommand('workbench.action.moveEditorToFirstGroup');
    await settled('fP|f');
    assert.equal(columnFor(await newFile(PROGRAM)), 2);
  });
});
