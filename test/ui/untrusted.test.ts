/** This file tests a folder that is not trusted, whose settings are of wrong types besides: its programs run, its settings start nothing and raise nothing, and all of it is said. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { Workbench } from '../harness/workbench';

const RACY =
  'func main() {\n\tx := 0\n\tdone := make(chan bool)\n\tgo func() {\n\t\tx++\n\t\tdone <- true\n\t}()\n\tx++\n\t<-done\n}\n';

/** What such a folder may say … */
const TAKEN = {
  'interlane.machine.cores': 'x',
  'interlane.run.seed': -1,
  'interlane.run.delay': null,
  'interlane.editor.codeLens': {},
};
/** … and what it may say only when it is trusted. */
const RESTRICTED = {
  'interlane.run.onType': false,
  'interlane.budget.instructions': 1,
  'interlane.budget.memory': 1e9,
};

suite('a folder that is not trusted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlane-untrusted-'));
  let workbench: Workbench;

  suiteSetup(async () => {
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify({ ...TAKEN, ...RESTRICTED }));
    writeFileSync(join(folder, 'racy.lane'), RACY);
    const settings = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };
    workbench = await Workbench.open({ folder, settings, file: join(folder, 'racy.lane') });
  });
  suiteTeardown(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const status = (text: RegExp): Locator => workbench.page.locator('.statusbar-item', { hasText: text }).first();
  const words = (text: RegExp): Locator =>
    workbench.page.locator('.notification-list-item-message').filter({ hasText: text });

  test('its programs run as soon as they are open, within the limits of the user', async () => {
    await status(/Restricted Mode/).waitFor();
    await status(/1 race · 0 deadlocks · seed 0/).waitFor();
  });

  test('what of its settings cannot be used is said once, by name', async () => {
    await words(/The setting interlane\.\S+ is .* was expected: .* is used\. 3 more are named in the log\./).waitFor();
    assert.equal(await words(/The setting interlane\./).count(), 1);
    assert.equal(await words(/budget|onType/).count(), 0);
  });

  test('what the extension leaves out until it is trusted is said where trust is given', async () => {
    await workbench.command('Workspaces: Manage Workspace Trust');
    const trust = workbench.page.locator('.workspace-trust-editor');
    await trust.getByText(/In a Trusted Folder/i).first().waitFor();
    await workbench.command('Notifications: Clear All Notifications');
    await trust.getByRole('button', { name: 'Trust', exact: true }).first().click();
    await status(/Restricted Mode/).waitFor({ state: 'detached' });
  }); // prettier-ignore

  test('once it is trusted, its limits hold, and those that cannot be used are said', async () => {
    await workbench.openFile('racy.lane');
    await workbench.titleButton('Run').first().click();
    await workbench.webview().locator('.verdict', { hasText: /stopped/i }).waitFor();
    await words(/The setting interlane\.budget\.memory is 1000000000, where .*: 1024 is used\./).waitFor();
    assert.deepEqual(workbench.pageErrors, []);
  }); // prettier-ignore
});
