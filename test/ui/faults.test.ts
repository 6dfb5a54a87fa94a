/**
 * This file tests what a person sees in the whole workbench when a window is loaded again in mid-run, its run stopped, its panel closed, its simulator killed, and killed again.
 * Pictures of what is then on the screen go to test/ui/shots/.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { simulatorsUnder } from '../harness/processes';
import { ROOT } from '../harness/vscode';
import { THEMES, Workbench } from '../harness/workbench';

const SHOTS = join(ROOT, 'test', 'ui', 'shots');
const ENDLESS = 'func main() { for { } }';
const RACY = 'func main() { x := 0; done := make(chan bool); go func() { x++; done <- true }(); x++; <-done }';
/** VS Code writes down what is open every few seconds; a reload before that finds nothing. */
const STATE_IS_SAVED_MS = 8000;

suite('faults in mid-run', function () {
  if (process.platform !== 'linux') return; // simulators are found in /proc
  const folder = mkdtempSync(join(tmpdir(), 'interlane-faults-'));
  let workbench: Workbench;
  let panel: FrameLocator;

  suiteSetup(async () => {
    writeFileSync(join(folder, 'endless.lane'), ENDLESS);
    writeFileSync(join(folder, 'racy.lane'), RACY);
    // What is to be met in mid-run does not end by itself.
    const settings = {
      'interlane.budget.instructions': 1e12,
      'interlane.budget.wallTime': 3_600_000,
      'editor.autoClosingBrackets': 'never',
      'editor.quickSuggestions': false,
    };
    workbench = await Workbench.open({ folder, settings, viewport: { width: 1600, height: 900 } });
    panel = workbench.webview();
    await workbench.page.locator('.explorer-folders-view').first().waitFor();
    await workbench.command('View: Close Primary Side Bar');
  });
  suiteTeardown(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const simulators = (): number[] => simulatorsUnder(workbench.server.pid);
  const errors = (): Locator => workbench.page.locator('.notifications-toasts .codicon-error');
  const status = (text: RegExp): Locator => workbench.page.locator('.statusbar-item', { hasText: text });

  /** Waits until there is exactly one simulator. @returns its process id */
  async function oneSimulator(but?: number): Promise<number> {
    for (;;) {
      const [pid, ...more] = simulators();
      if (pid !== undefined && pid !== but && more.length === 0) return pid;
      await workbench.page.waitForTimeout(50);
    }
  }

  /** Ends the simulator as the system would. @returns its process id */
  async function kill(): Promise<number> {
    const pid = await oneSimulator();
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  async function shots(name: string): Promise<void> {
    for (const theme of [THEMES[0], THEMES[1]]) {
      await workbench.setTheme(theme);
      await panel.locator(`body.${theme.bodyClass}`).waitFor();
      await workbench.settle();
      await workbench.screenshot(join(SHOTS, `${name}-${theme.bodyClass}.png`));
      assert.deepEqual(await workbench.axeViolations(), []);
    }
  }

  test('a panel that is closed and opened again shows the run that goes on', async () => {
    await workbench.openFile('endless.lane');
    await workbench.titleButton('Run').first().click();
    await panel
      .getByText(/Running/)
      .first()
      .waitFor();
    const pid = await oneSimulator();
    await workbench.tab('Interlane: endless.lane').locator('.codicon-close').click();
    await workbench.tab('Interlane: endless.lane').waitFor({ state: 'detached' });
    await workbench.command('Interlane: Show Timeline');
    await panel
      .getByText(/Running/)
      .first()
      .waitFor();
    assert.deepEqual(simulators(), [pid]);
  });

  test('a window that is loaded again has its panel back and runs the file again, in one simulator', async () => {
    const before = await oneSimulator();
    await workbench.page.waitForTimeout(STATE_IS_SAVED_MS);
    await workbench.page.reload();
    await workbench.tab('Interlane: endless.lane').waitFor();
    await panel
      .getByText(/Running/)
      .first()
      .waitFor();
    await oneSimulator(before);
    assert.equal(await errors().count(), 0);
  });

  test('a simulator that is killed in a first run is told in panel, status bar and Problems', async () => {
    await kill();
    await panel.getByRole('heading', { name: 'The simulator crashed' }).waitFor();
    await status(/simulator crashed/i)
      .first()
      .waitFor();
    await shots('first-run-crashed');
    const rows = await workbench.problems();
    await rows.filter({ hasText: 'The run ended the simulator' }).first().waitFor();
    await workbench.command('View: Hide Panel');
    assert.equal(await errors().count(), 0);
  });

  test('killed in a later run, it leaves the last good one greyed', async () => {
    await workbench.command('View: Focus First Editor Group');
    await workbench.openFile('racy.lane');
    await panel.locator('.verdict', { hasText: '1 data race' }).waitFor();
    await typeOver(ENDLESS);
    await panel.locator('.verdict', { hasText: 'Running' }).waitFor();
    await kill();
    await panel.locator('.verdict', { hasText: 'The simulator crashed' }).waitFor();
    await panel.locator('.panel.stale').waitFor();
    await workbench.editorLines().getByText('for').first().waitFor(); // what was typed is still there
    await shots('crashed');
  });

  test('after three deaths in a row it is off, which is said once; a restart brings it back', async () => {
    for (const count of [2, 3]) {
      await typeOver(`${ENDLESS} // ${count}`);
      await panel.locator('.verdict', { hasText: 'Running' }).waitFor();
      await kill();
      await panel.locator('.verdict', { hasText: 'The simulator crashed' }).waitFor();
    }
    await status(/simulator is off/)
      .first()
      .waitFor();
    const said = workbench.page.locator('.notification-list-item', { hasText: 'The simulator is off' });
    await said.first().waitFor();
    assert.equal(await said.count(), 1);
    assert.deepEqual(simulators(), []);
    await typeOver(RACY);
    await panel.locator('.verdict', { hasText: 'The simulator is off' }).waitFor();
    await workbench.command('Notifications: Clear All Notifications');
    await shots('off');
    await panel.getByRole('button', { name: 'Restart', exact: true }).click();
    await panel.locator('.verdict', { hasText: '1 data race' }).waitFor();
    await oneSimulator();
  });

  test('a long run greys the last result, moves nothing, and tells what it has found when it is stopped', async () => {
    const top = async (): Promise<number> => (await panel.locator('.timeline').boundingBox())!.y;
    await workbench.command('View: Focus First Editor Group');
    await workbench.openFile('racy.lane');
    await typeOver(RACY);
    await workbench.titleButton('Run').first().click();
    await panel.locator('.verdict', { hasText: '1 data race' }).waitFor();
    const before = await top();
    await typeOver(RACY.replace('<-done', '<-done; for { time.Sleep(time.Millisecond) }'));
    await panel.locator('.verdict', { hasText: /Running\s*\d+ % of its budget of/ }).waitFor();
    await panel.locator('.panel.stale').waitFor();
    await status(/running \d+ %/)
      .first()
      .waitFor();
    await workbench.titleButton('Stop').first().waitFor();
    assert.equal(await top(), before);
    await shots('running');
    await panel.getByRole('toolbar').getByRole('button', { name: 'Stop' }).click();
    await panel.locator('.verdict', { hasText: /1 data race.*stopped after [\d,]+ instructions/ }).waitFor();
    assert.equal(await panel.locator('.panel.stale').count(), 0);
    await status(/1 race.*\(stopped\)/)
      .first()
      .waitFor();
    await workbench.titleButton('Stop').first().waitFor({ state: 'detached' });
    await shots('stopped');
  });

  /** Replaces the text of the editor, as pasting would: typing would be completed by the editor. */
  async function typeOver(text: string): Promise<void> {
    await workbench.editorLines().click();
    await workbench.page.keyboard.press('Control+KeyA');
    await workbench.page.keyboard.insertText(text);
  }
});
