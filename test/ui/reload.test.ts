/** This file tests that a window that is loaded again has its panel back, with a run of the same file in it. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../harness/vscode';
import { Workbench } from '../harness/workbench';

/** VS Code writes down what is open every few seconds; a reload before that finds nothing. */
const STATE_IS_SAVED_MS = 8000;

suite('a reload of the window', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlane-reload-'));
  let workbench: Workbench;

  suiteSetup(async () => {
    cpSync(join(ROOT, 'examples'), folder, { recursive: true });
    // Opened without a file: one given in the address would take the place of the restored ones.
    workbench = await Workbench.open({ folder });
    await workbench.page.locator('.explorer-folders-view').first().waitFor();
  });
  suiteTeardown(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('brings the panel back with its splitter where it was, and its file runs again', async () => {
    await workbench.openFile('crawl.lane');
    await workbench.titleButton('Run').first().click();
    await workbench.panel().waitFor();
    const splitter = workbench.webview().getByRole('separator');
    await splitter.focus();
    await workbench.page.keyboard.press('ArrowUp');
    const size = await splitter.getAttribute('aria-valuenow');
    await workbench.page.waitForTimeout(STATE_IS_SAVED_MS);
    await workbench.page.reload();
    await workbench.tab('Interlane: crawl.lane').waitFor();
    await workbench.webview().locator('.verdict', { hasText: '1 data race' }).waitFor();
    assert.equal(await workbench.tab('Interlane: crawl.lane').count(), 1);
    assert.equal(await splitter.getAttribute('aria-valuenow'), size);
  });
});
