/**
 * This file tests a person's session in a real browser: open an example, see the race, run it, read the panel, walk between panel and editor, change
 * view, axis and theme, break the file and mend it. Pictures of each step go to test/ui/shots/.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { ROOT } from '../harness/vscode';
import { THEMES, Workbench } from '../harness/workbench';

const SHOTS = join(ROOT, 'test', 'ui', 'shots');

suite('a session in the panel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlane-session-'));
  let workbench: Workbench;
  let panel: FrameLocator;

  suiteSetup(async () => {
    cpSync(join(ROOT, 'examples'), folder, { recursive: true });
    workbench = await Workbench.open({
      folder,
      file: join(folder, '01-counter-race.lane'),
      viewport: { width: 1600, height: 900 },
    });
    panel = workbench.webview();
    await workbench.editorLines().getByText('seen').first().waitFor();
    await workbench.setTheme(THEMES[0]);
  });
  suiteTeardown(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shot = (name: string): Promise<unknown> => workbench.screenshot(join(SHOTS, `${name}.png`));

  test('the race is underlined before anything is clicked, and Problems says it in one sentence', async () => {
    await workbench.page.locator('.squiggly-error').first().waitFor();
    const rows = await workbench.problems();
    await rows.filter({ hasText: 'counter' }).first().waitFor();
    await rows
      .filter({ hasText: /counter at line \d+ while G\d may be/ })
      .first()
      .waitFor();
    await workbench.command('View: Hide Panel');
  });

  test('one click on Run shows the timeline and the verdict', async () => {
    await workbench.titleButton('Run').first().click();
    await workbench.panel().waitFor();
    await panel.locator('.verdict', { hasText: '1 data race' }).waitFor();
    await panel.locator('h2', { hasText: 'Data race on counter' }).waitFor();
    assert.match(await panel.locator('.verdict').innerText(), /1 schedule, seed 42/, 'claims no more than was covered');
    await shot('race-vscode-dark');
  });

  test('the pane lists what was read, written and lost', async () => {
    const table = panel.locator('table', { hasText: 'Access' });
    await table.waitFor();
    assert.ok((await table.locator('tbody tr').count()) >= 3);
    assert.match(await table.innerText(), /over G\d's \d/);
  });

  test('a line in the sentence leads to the editor', async () => {
    const link = panel.getByRole('button', { name: /^line \d+$/ }).first();
    const line = /\d+/.exec(await link.innerText())![0];
    await link.click();
    await workbench.page
      .locator('.statusbar-item', { hasText: new RegExp(`^Ln ${line},`) })
      .first()
      .waitFor();
  });

  test('keys walk through the steps, and the editor follows', async () => {
    const timeline = panel.getByRole('application');
    await timeline.focus();
    const before = await panel.locator('.steps output').innerText();
    await workbench.page.keyboard.press('.');
    await panel.locator('.steps output').filter({ hasNotText: before }).waitFor();
    const said = panel.locator('[role=log]');
    await said.filter({ hasText: /step \d+/ }).waitFor({ state: 'attached' });
  });

  test('views and axes change by key; the cores view names threads', async () => {
    await panel.getByRole('application').focus();
    await workbench.page.keyboard.press('2');
    await panel.getByText('Core 0').first().waitFor();
    await shot('cores-vscode-dark');
    await workbench.page.keyboard.press('x');
    await workbench.page.keyboard.press('1');
    await panel.getByText('main').first().waitFor();
  });

  test('the table has the same data, by keyboard', async () => {
    await panel.getByRole('application').focus();
    await workbench.page.keyboard.press('t');
    const grid = panel.getByRole('treegrid');
    await grid.waitFor();
    await grid.getByRole('row').nth(1).click();
    assert.ok((await grid.getByRole('row').count()) > 3);
    assert.deepEqual(await workbench.axeViolations(), []);
    await shot('table');
    await panel
      .getByRole('button', { name: 'Table view' })
      .or(panel.getByRole('button', { name: 'More' }))
      .first()
      .focus();
    await workbench.page.keyboard.press('t');
    await panel.getByRole('application').waitFor();
  });

  for (const theme of THEMES) {
    test(`${theme.label}: the panel repaints, and axe finds nothing`, async () => {
      await workbench.setTheme(theme);
      await panel.locator(`body.${theme.bodyClass}`).waitFor();
      await workbench.settle();
      await shot(`race-${theme.bodyClass}`);
      assert.deepEqual(await workbench.axeViolations(), []);
    });
  }

  test('what does not compile greys the timeline, says why, and offers the repair; the repair brings it back', async () => {
    await workbench.setTheme(THEMES[0]);
    await workbench.page
      .locator('.view-line', { hasText: 'seen := counter' })
      .first()
      .click({ position: { x: 60, y: 8 } });
    await workbench.page.keyboard.press('End');
    for (let k = 0; k < '    // read'.length; k++) await workbench.page.keyboard.press('Backspace');
    await workbench.page.keyboard.press('Backspace');
    await panel.locator('.verdict', { hasText: 'Does not compile' }).waitFor();
    await panel.locator('.panel.stale').waitFor();
    await shot('error');
    assert.deepEqual(await workbench.axeViolations(), []);
    await panel
      .getByRole('button', { name: /Change to 'counter'/ })
      .first()
      .click();
    await panel.locator('.verdict', { hasText: '1 data race' }).waitFor();
    assert.equal(await panel.locator('.panel.stale').count(), 0);
  });

  test('the panel follows to another file: a deadlock with its ring', async () => {
    await workbench.command('View: Focus First Editor Group'); // a file opens where the focus is
    await workbench.openFile('transfer.lane');
    await panel.locator('.verdict', { hasText: 'Deadlock' }).waitFor();
    await panel
      .getByRole('img', { name: /waits for/ })
      .first()
      .waitFor();
    await shot('deadlock');
    assert.deepEqual(await workbench.axeViolations(), []);
  });

  test('a narrow panel keeps everything within reach', async () => {
    await workbench.page.setViewportSize({ width: 900, height: 900 });
    await workbench.settle();
    await panel.locator('.panel.narrow').waitFor();
    await shot('narrow');
    assert.deepEqual(await workbench.axeViolations(), []);
    await workbench.page.setViewportSize({ width: 1600, height: 900 });
  });

  test('at 1280 × 720 five lanes and 420 px of canvas are beside a finding, at zoom +2 three', async () => {
    await workbench.command('View: Focus First Editor Group');
    await workbench.openFile('01-counter-race.lane');
    await panel.locator('.verdict', { hasText: '1 data race' }).waitFor();
    for (const [viewport, lanes, canvas] of [
      [{ width: 1280, height: 720 }, 5, 420],
      [{ width: 889, height: 500 }, 3, 0],
    ] as const) {
      await workbench.page.setViewportSize(viewport);
      await workbench.settle();
      await workbench.page.waitForTimeout(300);
      await shot(`room-${viewport.width}`);
      const frame = await workbench.webviewFrame();
      const seen = await frame.evaluate<{ lanes: number; canvas: number; finding: boolean }>(`(() => {
        const { top, bottom } = document.querySelector('.lanes').getBoundingClientRect();
        const lanes = [...document.querySelectorAll('.lane-header')].map((lane) => lane.getBoundingClientRect());
        return {
          lanes: lanes.filter((lane) => lane.top >= top - 1 && lane.bottom <= bottom + 1).length,
          canvas: document.querySelector('.pin canvas').getBoundingClientRect().width,
          finding: document.querySelector('.drawer-body h2').getBoundingClientRect().bottom <= innerHeight,
        };
      })()`);
      const all = await panel.locator('.lane-header').count();
      assert.ok(seen.lanes >= Math.min(lanes, all) && seen.canvas >= canvas && seen.finding, JSON.stringify(seen));
    }
    await workbench.page.setViewportSize({ width: 1600, height: 900 });
  });

  test('focus mode by its command, and back by Escape', async () => {
    await workbench.command('Interlane: Toggle Focus Mode');
    await panel.getByRole('toolbar').waitFor({ state: 'detached' });
    await shot('alone');
    await panel.getByRole('application').focus();
    await workbench.page.keyboard.press('Escape');
    await panel.getByRole('toolbar').waitFor();
  });

  test('the same by the keyboard alone: an example, its run, lanes, both accesses, tabs, table, and back to the editor', async () => {
    const { keyboard } = workbench.page;
    const press = async (keys: string): Promise<void> => {
      for (const key of keys.split(' ')) await keyboard.press(key);
    };
    /** Chooses a row of the list that is open. */
    const choose = async (words: string, row: string): Promise<void> => {
      await workbench.page.locator('.quick-input-widget input[type=text]:focus').waitFor();
      await keyboard.type(words);
      await workbench.page.locator(`.quick-input-list .monaco-list-row.focused[aria-label*="${row}"]`).waitFor();
      await keyboard.press('Enter');
    };
    const editorHasFocus = (): Promise<unknown> =>
      workbench.page.waitForFunction(() => !!document.activeElement?.closest('.monaco-editor'));
    /** Asks the page of the panel again and again: its policy lets it wait for nothing by itself. */
    const holds = async (expression: string): Promise<void> => {
      for (let k = 0; k < 200; k++) {
        if (await (await workbench.webviewFrame()).evaluate<boolean>(expression)) return;
        await workbench.page.waitForTimeout(100);
      }
      assert.fail(expression);
    };
    const focused = (what: string): Promise<void> => holds(`!!document.activeElement?.matches('${what}')`);
    const step = (): Promise<string> => panel.locator('.steps output').innerText();
    const moves = async (keys: string): Promise<void> => {
      const before = await step();
      await press(keys);
      await panel
        .locator('.steps output')
        .filter({ hasNotText: new RegExp(`^${before}$`) })
        .waitFor();
    };

    for (const title of ['File: Save All', 'View: Close All Editors', 'Interlane: Open Example']) {
      await press('F1');
      await choose(title, title);
    }
    await choose('01-counter', '01-counter');
    await workbench.tab('01-counter-race.lane').first().waitFor();
    await editorHasFocus();
    await press('Control+Alt+r');
    await panel.locator('.verdict', { hasText: 'data race' }).waitFor();
    await press('Control+Alt+t');
    await holds('document.hasFocus()');

    await moves('Home');
    const lanes = panel.locator('#lanes');
    const lane = await lanes.getAttribute('aria-activedescendant');
    await press('ArrowDown');
    await panel.locator(`#lanes:not([aria-activedescendant="${lane}"])`).waitFor();
    await moves('ArrowRight');
    await moves('r');
    await panel.locator('h2', { hasText: 'Data race' }).waitFor();
    const access = await step();
    await moves('j');
    await press('j');
    await panel
      .locator('.steps output')
      .filter({ hasText: new RegExp(`^${access}$`) })
      .waitFor();

    for (let k = 0; k < 60 && (await panel.locator('[role=tab]:focus').count()) === 0; k++) await press('Tab');
    await press('t');
    await focused('[role=row]');
    await press('Home ArrowDown ArrowRight ArrowDown Enter');
    await panel.locator('[role=row][aria-selected=true]').waitFor();
    await press('t');
    await focused('#lanes');
    await press('Shift+O');
    await panel.locator('#tab-output[aria-selected=true]').waitFor();
    await focused('[role=listbox]');
    await press('Escape Escape');
    await editorHasFocus();
  });

  test('nothing was asked of the outside, and no page error happened', () => {
    assert.deepEqual(workbench.externalRequests, []);
    assert.deepEqual(workbench.pageErrors, []);
  });
});
