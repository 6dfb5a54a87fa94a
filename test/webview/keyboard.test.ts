/** This file tests in Chromium what a person does with the keyboard alone, or with a screen reader: moments are kept, moves are said, the table takes the focus. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser';
import { openPanel } from './fixture/open';

const WIDE = { width: 1120, height: 830 };

suite('webview/keyboard', function () {
  this.timeout(90_000);
  let browser: Browser;
  suiteSetup(async () => {
    browser = await launchBrowser();
  });
  suiteTeardown(() => browser.close());

  const panel = async (use: (page: Page) => Promise<void>, size = WIDE): Promise<void> => {
    const page = await openPanel(browser, 'dark', size);
    try {
      await page.evaluate(() => window.fixture.run('crawl'));
      await page.waitForSelector('body[data-ready]', { state: 'attached' });
      await page.locator('#lanes').focus();
      await use(page);
    } finally {
      await page.close();
    }
  };
  const press = async (page: Page, keys: string): Promise<void> => {
    for (const key of keys.split(' ')) await page.keyboard.press(key);
  };
  const step = async (page: Page): Promise<number> => parseInt(await page.locator('.toolbar output').innerText(), 10);
  const lane = (page: Page): Promise<string | null> => page.locator('#lanes').getAttribute('aria-activedescendant');
  const said = (page: Page): Promise<string> => page.locator('[role=log]').innerText();

  test('down, down, up, up is where one was, on every lane of both views', async () => {
    await panel(async (page) => {
      for (const view of ['1', '2']) {
        await press(page, `${view} Home . . . . . .`);
        const seen = new Map<string | null, number>();
        for (let i = 0; i < 6; i++) {
          await press(page, 'ArrowDown');
          seen.set(await lane(page), await step(page));
        }
        const order = [...seen];
        assert.ok(order.length >= 5, JSON.stringify(order));
        for (const [id, at] of order.reverse()) {
          assert.deepEqual([await lane(page), await step(page)], [id, at]);
          await press(page, 'ArrowUp');
        }
      }
    });
  });

  test('whoever moves along a lane after that has a new moment', async () => {
    await panel(async (page) => {
      await press(page, 'Home ArrowDown ArrowRight ArrowRight');
      const [there, at] = [await lane(page), await step(page)];
      await press(page, 'ArrowDown ArrowDown ArrowUp ArrowUp');
      assert.deepEqual([await lane(page), await step(page)], [there, at]);
    });
  });

  test('a key goes from one access of the race to the other, and back', async () => {
    await panel(async (page) => {
      await press(page, 'r');
      const one = await step(page);
      await press(page, 'j');
      const other = await step(page);
      assert.notEqual(one, other);
      assert.match(await said(page), /hits/);
      await press(page, 'j');
      assert.equal(await step(page), one);
      await press(page, 'Home j');
      assert.ok([one, other].includes(await step(page)));
      await page.evaluate(() => window.fixture.run('clean'));
      await page.locator('.verdict', { hasText: 'No race' }).waitFor();
      await press(page, 'j');
      assert.match(await said(page), /no race/);
    });
  });

  test('zoom, view and axis are said', async () => {
    await panel(async (page) => {
      await press(page, '0');
      assert.match(await said(page), /^All \d+ steps$/);
      await press(page, 'w');
      assert.match(await said(page), /^Steps \d+ to \d+ of \d+$/);
      const before = await said(page);
      await press(page, 'd');
      assert.notEqual(await said(page), before);
      await press(page, 'x');
      assert.equal(await said(page), 'Axis: virtual time');
      await press(page, 's');
      assert.match(await said(page), /(µs|ns)/);
      await press(page, '2');
      assert.match(await said(page), /^Cores: \d+ lanes$/);
      await press(page, '1');
      assert.match(await said(page), /^Goroutines: \d+ lanes$/);
    });
  });

  for (const how of ['key', 'button'])
    test(`the table takes the focus when it is opened by ${how}, and gives it back`, async () => {
      await panel(async (page) => {
        if (how === 'key') await press(page, 't');
        else await page.getByRole('button', { name: 'Table view' }).click();
        const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.role ?? null);
        await page.waitForFunction(() => document.activeElement?.role === 'row');
        await press(page, 'Home ArrowDown ArrowRight ArrowDown Enter');
        assert.equal(await focused(), 'row');
        await press(page, 't');
        await page.waitForFunction(() => document.activeElement?.id === 'lanes');
      });
    });

  test('the events of cores and objects are in the table, and choosing one stays there', async () => {
    await panel(async (page) => {
      await press(page, '2 t');
      await page.waitForFunction(() => document.activeElement?.role === 'row');
      await press(page, 'Home ArrowDown ArrowRight ArrowDown');
      const row = page.locator('.tree-row[tabindex="0"]');
      assert.equal(await row.getAttribute('aria-level'), '3');
      const text = await row.innerText();
      await press(page, 'Enter');
      assert.equal(await row.innerText(), text);
      assert.equal(await row.getAttribute('aria-selected'), 'true');
    });
  });

  test('the main column of the table is whole at any width; others give way', async () => {
    await panel(async (page) => {
      await press(page, 't Home');
      for (let i = 0; i < 4; i++) await press(page, 'ArrowDown ArrowRight');
      for (const width of [1120, 776, 466, 310]) {
        await page.setViewportSize({ width, height: 830 });
        await page.waitForFunction((to) => innerWidth === to, width);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('.tree-row:not(.head)')].flatMap((row) =>
            [...row.children]
              .filter((cell) => cell.scrollWidth > cell.clientWidth + 1 || cell.scrollHeight > 24)
              .map((cell) => cell.textContent),
          ),
        );
        assert.deepEqual({ width, cut }, { width, cut: [] });
      }
      const heads = (): Promise<string[]> => page.locator('.tree [role=columnheader]').allInnerTexts();
      assert.deepEqual((await heads())[0], 'What');
      assert.ok((await heads()).length < 4, 'others have given way');
      await page.setViewportSize(WIDE);
      await page.locator('.tree [role=columnheader]', { hasText: 'Virtual time' }).waitFor();
      assert.equal((await heads()).length, 4);
    });
  });

  test("a right click selects what is under the pointer, and offers the editor's menu", async () => {
    await panel(async (page) => {
      await press(page, 'Home');
      const before = await step(page);
      const context = await page.locator('#lanes').getAttribute('data-vscode-context');
      assert.deepEqual(JSON.parse(context!), { webviewSection: 'timeline', preventDefaultContextMenuItems: true });
      const box = (await page.locator('.pin canvas').first().boundingBox())!;
      await page.mouse.click(box.x + box.width * 0.7, box.y + 120, { button: 'right' });
      assert.notEqual(await step(page), before);
    });
  });

  test('a key opens the output and goes into it', async () => {
    for (const size of [WIDE, { width: 466, height: 628 }])
      await panel(async (page) => {
        await press(page, 'Shift+O');
        await page.waitForFunction(() => document.activeElement?.role === 'listbox');
      }, size);
  });
});
