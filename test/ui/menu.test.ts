/** This file tests the menu that a right click opens in the panel: the editor shows it, with our commands alone. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbench } from '../harness/workbench';

const RACY =
  'func main() { x := 0; done := make(chan bool); go func() { x++; done <- true }(); x++; <-done; println(x) }';

suite('the menu of the panel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlane-menu-'));
  let workbench: Workbench;

  suiteSetup(async () => {
    writeFileSync(join(folder, 'racy.lane'), RACY);
    workbench = await Workbench.open({ folder, settings: {}, viewport: { width: 1600, height: 900 } });
  });
  suiteTeardown(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a right click offers our commands, and they do what they say', async () => {
    await workbench.openFile('racy.lane');
    await workbench.titleButton('Run').first().click();
    const panel = workbench.webview();
    await panel.locator('.verdict', { hasText: '1 data race' }).waitFor();
    const items = workbench.page.locator('.monaco-menu .action-label');
    const item = (name: string): typeof items => items.filter({ hasText: name });
    // The editor takes no click in the moment in which a menu opens: by the keyboard, once the item has the focus.
    const choose = async (name: string): Promise<void> => {
      await item(name).hover();
      await workbench.page.locator('.monaco-menu .action-item.focused', { hasText: name }).waitFor();
      await workbench.page.keyboard.press('Enter');
    };

    await panel.locator('#lanes').click({ button: 'right', position: { x: 300, y: 60 } });
    await item('Go to the Other Access of the Race').waitFor();
    assert.equal(await item('Paste').count(), 0);
    await choose('Toggle Table View');
    await panel.getByRole('treegrid').waitFor();

    await panel.locator('.tree-row[aria-level="2"]').first().click({ button: 'right' });
    await choose('Show Output of the Program');
    await panel.locator('.output-line', { hasText: /[12]$/ }).waitFor();
  });
});
