/**
 * This file tests the panel while a person goes from file to file with the focus in it: files open beside it, and of each the panel shows what has become of
 * it, errors as well as runs.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { ROOT } from '../harness/vscode';
import { Workbench } from '../harness/workbench';

const SHOTS = join(ROOT, 'test', 'ui', 'shots');
const RACY = 'func main() { x := 0; done := make(chan bool); go func() { x++; done <- true }(); x++; <-done }';
const GOOD = 'func main() { println(1) }';
const BROKEN = 'func main() { println(nobody) }';
const FILES = {
  'racy.lane': RACY,
  'good.lane': GOOD,
  'broken.lane': BROKEN,
  'second.lane': BROKEN,
  'other.lane': BROKEN.replace('nobody', 'nothing'),
  'pack/go.mod': 'module pack\n\ngo 1.26\n',
  'pack/start.go': 'package main\n\nfunc main() {\n\tprintln(twice(1))\n}\n',
  'pack/helper.go': 'package main\n\nfunc twice(n int) int {\n\treturn missing * n\n}\n',
};
/** VS Code writes down what is open every few seconds; a reload before that finds nothing. */
const STATE_IS_SAVED_MS = 8000;

suite('from file to file with the panel open', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlane-switching-'));
  let workbench: Workbench;
  let panel: FrameLocator;

  suiteSetup(async () => {
    mkdirSync(join(folder, 'pack'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    const settings = { 'editor.autoClosingBrackets': 'never', 'editor.quickSuggestions': false };
    workbench = await Workbench.open({ folder, settings, viewport: { width: 1600, height: 900 } });
    panel = workbench.webview();
    await workbench.page.locator('.explorer-folders-view').first().waitFor();
  });
  suiteTeardown(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const verdict = (words: string): Promise<void> => panel.locator('.verdict', { hasText: words }).waitFor();
  const errors = (words: RegExp): Promise<void> =>
    panel.getByRole('heading', { name: /error to mend first/ }).waitFor().then(() => panel.locator('.errors', { hasText: words }).waitFor()); // prettier-ignore
  const groupOf = (tab: Locator): Locator => workbench.page.locator('.editor-group-container').filter({ has: tab });

  async function focusPanel(): Promise<void> {
    await workbench.tab('Interlane: ').click();
    await workbench.page.locator('.editor-group-container.active', { has: workbench.tab('Interlane: ') }).waitFor();
    // The page takes the focus a moment later; what has been opened by a key until then would lose it, and close.
    await workbench.page.waitForFunction(() => document.activeElement?.classList.contains('webview'));
  }

  /** The panel stands in a group where nothing else is, and only that is locked. */
  async function panelIsAlone(): Promise<void> {
    const group = groupOf(workbench.tab('Interlane: '));
    await group.waitFor();
    assert.deepEqual(await group.locator('.tab').count(), 1);
    const all = workbench.page.locator('.editor-group-container');
    const locks = all.locator('.editor-actions .codicon-lock');
    assert.deepEqual([await all.count(), await locks.count()], [2, 1]);
    assert.equal(await group.locator('.editor-actions .codicon-lock').count(), 1);
  }

  test('a file that is opened with the focus in the panel opens beside it, and the panel turns to it', async () => {
    await workbench.openFile('racy.lane');
    await workbench.titleButton('Run').first().click();
    await verdict('1 data race');
    await focusPanel();
    await workbench.openFile('good.lane');
    await verdict('No race');
    await panelIsAlone();
  });

  test('of a file that does not compile the panel shows the errors, however often it is turned to and from', async () => {
    await focusPanel();
    await workbench.openFile('broken.lane');
    await errors(/nobody/);
    await workbench.screenshot(join(SHOTS, 'first-errors.png'));
    await workbench.openFile('racy.lane');
    await verdict('1 data race');
    await workbench.openFile('broken.lane');
    await errors(/nobody/);
    await workbench.openFile('other.lane');
    await errors(/nothing/);
    await workbench.openFile('racy.lane');
    await verdict('1 data race');
    await panelIsAlone();
  });

  test('of a package the panel shows the error that stands in another of its files', async () => {
    await workbench.openFile('start.go');
    await workbench.titleButton('Run').first().click();
    await errors(/missing.*helper\.go/);
    await workbench.openFile('racy.lane');
    await verdict('1 data race');
    await workbench.openFile('helper.go');
    await errors(/missing.*helper\.go/);
  });

  test('a file that comes to be wrong is said to be, and one that comes to be right runs', async () => {
    await workbench.openFile('good.lane');
    await verdict('No race');
    await replace(BROKEN);
    await verdict('Does not compile');
    await replace(GOOD);
    await verdict('No race');
    await workbench.openFile('second.lane');
    await errors(/nobody/);
    await replace(RACY);
    await verdict('1 data race');
    await replace(BROKEN);
    await verdict('Does not compile');
    await workbench.command('File: Save All Files');
  });

  test('a window that is loaded again has the panel back, with the errors of its file, and its group is closed to others', async () => {
    await workbench.openFile('other.lane');
    await errors(/nothing/);
    await workbench.page.waitForTimeout(STATE_IS_SAVED_MS);
    await workbench.page.reload();
    await errors(/nothing/);
    await focusPanel();
    await workbench.openFile('racy.lane');
    await verdict('1 data race');
    await panelIsAlone();
  });

  test('left alone by the last file, the panel makes room for the next', async () => {
    await workbench.openFile('racy.lane');
    await workbench.command('View: Close All Editors in Group');
    await workbench.tab('racy.lane').filter({ hasNotText: 'Interlane' }).waitFor({ state: 'detached' });
    await focusPanel();
    await workbench.openFile('good.lane');
    await verdict('No race');
    await panelIsAlone();
  });

  test('an example opens beside the panel, as a file that is saved', async () => {
    await focusPanel();
    await workbench.page.keyboard.press('Control+Alt+KeyL');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: '01-counter-race' }).first().click();
    const tab = workbench.tab('01-counter-race.lane').filter({ hasNotText: 'Interlane' });
    await tab.waitFor();
    await verdict('1 data race');
    assert.doesNotMatch((await tab.getAttribute('class')) ?? '', /dirty/);
    await panelIsAlone();
    await workbench.screenshot(join(SHOTS, 'example.png'));
  });

  /** Replaces the text of the editor, as pasting would: typing would be completed by the editor. */
  async function replace(text: string): Promise<void> {
    await workbench.editorLines().click();
    await workbench.page.keyboard.press('Control+KeyA');
    await workbench.page.keyboard.insertText(text);
  }
});
