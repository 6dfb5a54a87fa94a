/** This file tests the room in the panel where it is real: in Chromium, over recorded and simulated runs, at the sizes that people have. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser';
import { crowd } from './fixture/crowd';
import { openPanel } from './fixture/open';
import type { Seen } from './fixture/seen';
import { LAPTOP, LAPTOP_ZOOMED, still } from './fixture/views';

suite('webview/room', function () {
  this.timeout(90_000);
  let browser: Browser;
  suiteSetup(async () => {
    browser = await launchBrowser();
  });
  suiteTeardown(() => browser.close());

  /** A panel of a size, closed after the test. */
  const panel = async (size: { width: number; height: number }, use: (page: Page) => Promise<void>): Promise<void> => {
    const page = await openPanel(browser, 'dark', size);
    try {
      await use(page);
    } finally {
      await page.close();
    }
  };
  const run = async (page: Page, name: 'crawl' | 'transfer' | 'clean' | number): Promise<void> => {
    if (typeof name === 'number') await page.evaluate((shown) => window.fixture.show(shown), crowd(name));
    else await page.evaluate((shown) => window.fixture.run(shown), name);
    await settled(page);
  };
  /** Waits until the panel has taken its new size, and what is seen no longer changes. */
  const settled = async (page: Page): Promise<void> => {
    await page.waitForSelector('body[data-ready], [role=treegrid]', { state: 'attached' });
    const { width } = page.viewportSize()!;
    await page.waitForFunction((wanted) => innerWidth === wanted, width);
    await still(page);
  };
  const look = (page: Page): Promise<Seen> => page.evaluate(() => window.fixture.seen());
  const height = (page: Page, of: string): Promise<number> =>
    page.locator(of).evaluate((element) => element.getBoundingClientRect().height);

  for (const name of ['crawl', 20, 200] as const) {
    test(`${name}: at 1280 × 720 five lanes and 420 px of canvas are beside a finding, at zoom +2 three`, async () => {
      await panel(LAPTOP, async (page) => {
        await run(page, name);
        const { lanes, canvas, drawer, finding } = await look(page);
        assert.ok(lanes >= 5 && canvas >= 420 && finding, JSON.stringify({ lanes, canvas, finding }));
        assert.ok(drawer <= 0.35 * LAPTOP.height);
        await page.setViewportSize(LAPTOP_ZOOMED);
        await settled(page);
        const zoomed = await look(page);
        assert.ok(zoomed.lanes >= 3 && zoomed.finding, JSON.stringify(zoomed));
      });
    });
  }

  test('a panel of 776 px has a wider canvas than one of 626', async () => {
    await panel({ width: 776, height: 808 }, async (page) => {
      await run(page, 'crawl');
      const wide = (await look(page)).canvas;
      await page.setViewportSize({ width: 626, height: 808 });
      await settled(page);
      const { canvas } = await look(page);
      assert.ok(wide >= 580 && canvas >= 440 && wide > canvas, `${wide} ${canvas}`);
    });
  });

  for (const name of ['crawl', 'transfer', 200] as const) {
    test(`${name}: nothing is cut and no type is small at any width, and the parts fill the panel`, async () => {
      await panel({ width: 1600, height: 900 }, async (page) => {
        await run(page, name);
        for (const width of [1600, 1000, 999, 776, 626, 466, 420, 310, 270, 220]) {
          for (const tall of [900, 408]) {
            await page.setViewportSize({ width, height: tall });
            await settled(page);
            const { cut, small, height: parts } = await look(page);
            assert.deepEqual({ width, tall, cut, small }, { width, tall, cut: [], small: [] });
            assert.ok(Math.abs(parts - tall) < 1, `${width} × ${tall}: the parts are ${parts} px high`);
          }
        }
      });
    });
  }

  test('what folds comes back when there is room again', async () => {
    await panel({ width: 310, height: 628 }, async (page) => {
      await run(page, 'crawl');
      const words = (): Promise<string> => page.locator('.toolbar').innerText();
      assert.doesNotMatch(await words(), /Replay|Steps/);
      await page.setViewportSize({ width: 1200, height: 628 });
      await settled(page);
      assert.match(await words(), /Run\s+Replay[\s\S]*Goroutines\s+Cores\s+Steps\s+Time/);
    });
  });

  test('the drawer is closed over a clean run, opens by itself on a finding, and not for who has closed it', async () => {
    await panel(LAPTOP, async (page) => {
      const open = (): Promise<boolean> => page.locator('.drawer-body').isVisible();
      await run(page, 'clean');
      assert.equal(await open(), false);
      await run(page, 'crawl');
      assert.equal(await open(), true);
      await run(page, 'clean');
      assert.equal(await open(), false);
      await run(page, 'crawl');
      await page.getByRole('button', { name: 'Close the drawer' }).click();
      assert.equal(await open(), false);
      await run(page, 'clean');
      await run(page, 'transfer');
      assert.equal(await open(), false);
      await page.getByRole('button', { name: 'Open the drawer' }).click();
      assert.equal(await open(), true);
      await run(page, 'clean');
      assert.equal(await open(), false, 'who opened it wanted to see the finding');
      await page.getByRole('tab', { name: 'Run' }).click();
      assert.equal(await open(), true, 'and may look at a clean run');
    });
  });

  test('asking for the finding opens the drawer', async () => {
    await panel({ width: 776, height: 808 }, async (page) => {
      await run(page, 'crawl');
      await page.getByRole('button', { name: 'Close the drawer' }).click();
      await page.getByRole('button', { name: 'Show' }).click();
      assert.equal(await page.locator('.drawer-body').isVisible(), true);
    });
  });

  test('the splitter is moved by keys and by the pointer; each place has its own, and both survive the page', async () => {
    await panel({ width: 776, height: 808 }, async (page) => {
      await run(page, 'crawl');
      const splitter = page.getByRole('separator');
      const values = async (): Promise<number[]> =>
        Promise.all(['now', 'min', 'max'].map(async (of) => Number(await splitter.getAttribute(`aria-value${of}`))));
      const [before, least, most] = (await values()) as [number, number, number];
      assert.equal(await height(page, '.drawer'), before);
      assert.equal(await splitter.getAttribute('aria-orientation'), 'horizontal');

      await splitter.focus();
      await page.keyboard.press('ArrowUp');
      assert.equal(await height(page, '.drawer'), before + 16);
      await page.keyboard.press('Shift+ArrowDown');
      assert.deepEqual([await height(page, '.drawer'), (await values())[0]], [before + 16 - 80, before - 64]);
      await page.keyboard.press('End');
      assert.equal(await height(page, '.drawer'), most);
      assert.ok((await look(page)).lanes >= 3, 'the lanes keep three');
      await page.keyboard.press('Home');
      assert.equal(await height(page, '.drawer'), least);

      const { x, y, width } = (await splitter.boundingBox())!;
      await page.mouse.move(x + width / 2, y + 3);
      await page.mouse.down();
      await page.mouse.move(x + width / 2, y + 3 - 100, { steps: 4 });
      await page.mouse.up();
      await page.mouse.move(x + width / 2, y - 300);
      assert.equal(await height(page, '.drawer'), least + 100);

      await page.setViewportSize({ width: 1200, height: 808 });
      await settled(page);
      assert.deepEqual([await splitter.getAttribute('aria-orientation'), (await values())[0]], ['vertical', 320]);
      await splitter.focus();
      await page.keyboard.press('ArrowLeft');
      await page.waitForFunction(() => window.fixture.saved()?.chosen?.beside === 336);
      await page.reload();
      await run(page, 'crawl');
      assert.equal((await values())[0], 336);
      await page.setViewportSize({ width: 776, height: 808 });
      await settled(page);
      assert.equal((await values())[0], least + 100);
      await splitter.dblclick();
      assert.equal((await values())[0], before);
    });
  });

  test('a hidden panel keeps its shape', async () => {
    await panel({ width: 776, height: 808 }, async (page) => {
      await run(page, 'crawl');
      const shape = await look(page);
      for (const display of ['none', '']) {
        await page.evaluate((to) => (document.documentElement.style.display = to), display);
        await settled(page);
        assert.equal(await page.locator('.panel.below').count(), 1);
      }
      assert.deepEqual(await look(page), shape);
    });
  });

  test('focus mode shows the timeline alone; Escape, the key and the button lead back, and the selection stays', async () => {
    await panel({ width: 1120, height: 830 }, async (page) => {
      await run(page, 'crawl');
      const chrome = page.locator('.toolbar, .verdict, .pane, .legend, [role=separator]');
      const step = (): Promise<string> => page.locator('.toolbar output').innerText();
      const all = await chrome.count();
      const before = await step();
      const whole = await look(page);
      assert.equal(all, 5);
      const enter = [
        () => page.keyboard.press('Shift+F'),
        () => page.getByRole('button', { name: 'Timeline alone' }).click(),
        () => page.evaluate(() => window.fixture.send({ type: 'key', command: 'interlane.panel.alone' })),
      ];
      const leave = [
        () => page.keyboard.press('Escape'),
        () => page.keyboard.press('Shift+F'),
        () => page.getByRole('button', { name: 'Back to the whole panel' }).click(),
      ];
      for (const [i, go] of enter.entries()) {
        await go();
        await settled(page);
        assert.equal(await chrome.count(), 0);
        const { canvas, lanes } = await look(page);
        assert.ok(canvas >= whole.canvas + 300 && lanes >= whole.lanes, JSON.stringify({ canvas, lanes }));
        await leave[i]!();
        await settled(page);
        assert.deepEqual([await chrome.count(), await step()], [all, before]);
      }
    });
  });

  test('whoever enters and leaves focus mode by the keyboard keeps the focus', async () => {
    await panel({ width: 1120, height: 830 }, async (page) => {
      await run(page, 'crawl');
      const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.ariaLabel ?? '');
      await page.getByRole('button', { name: 'Timeline alone' }).focus();
      await page.keyboard.press('Enter');
      await settled(page);
      assert.equal(await focused(), 'Back to the whole panel');
      await page.keyboard.press('Enter');
      await settled(page);
      assert.match(await focused(), /^Goroutines/);
    });
  });

  test('focus mode outlives the page, and holds for the table as well', async () => {
    await panel({ width: 776, height: 628 }, async (page) => {
      await run(page, 'crawl');
      await page.keyboard.press('Shift+F');
      await page.keyboard.press('t');
      await page.waitForFunction(
        () => window.fixture.saved()?.alone === true && window.fixture.saved()?.table === true,
      );
      await page.reload();
      await run(page, 'crawl');
      assert.equal(await page.locator('.toolbar').count(), 0);
      assert.equal(await page.getByRole('treegrid').count(), 1);
      await page.getByRole('button', { name: 'Back to the whole panel' }).click();
      assert.equal(await page.locator('.toolbar').count(), 1);
    });
  });
});
