/**
 * This file tests the extension in an extension host of the browser, where there is no Node: all of it runs in web workers, off files that are read as any
 * other.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { stage } from '../../scripts/package/contents';
import { EXAMPLES } from '../harness/examples';
import { Workbench } from '../harness/workbench';

const ENDLESS = 'func main() {\n\tfor {\n\t}\n}\n';
const HARMLESS = 'func main() {\n\tprintln(1)\n}\n';

suite('without Node', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-browser-'));
  const folder = join(scratch, 'folder');
  let workbench: Workbench;

  suiteSetup(async () => {
    const extension = join(scratch, 'extension');
    stage(extension);
    // This editor could run it with Node as well: nothing of that may be of help.
    const manifest = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8')) as Record<string, unknown>;
    delete manifest.main;
    writeFileSync(join(extension, 'package.json'), JSON.stringify(manifest));
    cpSync(EXAMPLES, folder, { recursive: true });
    writeFileSync(join(folder, 'endless.lane'), ENDLESS);
    writeFileSync(join(folder, 'harmless.lane'), HARMLESS);
    // A run is not over before a person has done something else.
    const settings = {
      'remote.extensionKind': { 'interlane.interlane': ['web'] },
      'interlane.budget.instructions': 1e12,
      'interlane.budget.wallTime': 600_000,
    };
    workbench = await Workbench.open({ folder, file: join(folder, '01-counter-race.lane'), extension, settings });
  });
  suiteTeardown(async () => {
    await workbench.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const status = (text: RegExp): Locator => workbench.page.locator('.statusbar-item', { hasText: text }).first();

  test('a file has its verdict as soon as it is open, from a worker within the worker', async () => {
    await status(/1 race · 0 deadlocks · seed 42/).waitFor();
    await workbench.page.locator('.squiggly-error').first().waitFor();
    assert.ok(workbench.page.workers().length >= 2);
  });

  test('Run shows the timeline', async () => {
    await workbench.titleButton('Run').first().click();
    await workbench.panel().waitFor();
    await workbench.webview().locator('.verdict', { hasText: '1 data race' }).waitFor();
  });

  test('a program that never ends is cancelled by hand, and the next one runs', async () => {
    await workbench.openFile('endless.lane');
    await status(/running/).waitFor();
    await workbench.command('Interlane: Cancel Running');
    await status(/not run yet/).waitFor();
    await workbench.openFile('harmless.lane');
    await status(/0 races · 0 deadlocks/).waitFor();
  });

  test('a package of several files is read and run', async () => {
    await workbench.openFile('store.go');
    await workbench.titleButton('Run').first().click();
    await status(/races? · \d deadlocks?/).waitFor();
    await workbench.webview().locator('.verdict').waitFor();
  });

  test('the examples are there to choose from', async () => {
    await workbench.command('Interlane: Open Example...');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: '02-counter-mutex' }).first().click();
    await status(/0 races · 0 deadlocks/).waitFor();
  });

  test('asks nothing outside the machine, and the page has no errors', () => {
    assert.deepEqual(workbench.externalRequests, []);
    assert.deepEqual(workbench.pageErrors, []);
  });
});
