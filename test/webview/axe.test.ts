/** This file lets axe look at every view of the panel; what depends on colours in all four themes. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../harness/browser';
import { openPanel } from './fixture/open';
import { addAxe, violations } from './fixture/violations';
import { arrive, LAPTOP, THEME_NAMES, VIEWS, WIDE } from './fixture/views';

/** What a theme may break. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

suite('webview/axe', function () {
  this.timeout(90_000);
  let browser: Browser;
  suiteSetup(async () => {
    browser = await launchBrowser();
  });
  suiteTeardown(() => browser.close());

  const views = Object.entries(VIEWS).filter(([, { isPicture }]) => !isPicture);
  views.forEach(([name, view], i) => {
    test(`${name}: axe finds nothing`, async () => {
      const page = await openPanel(browser, 'dark', i % 2 ? WIDE : LAPTOP);
      try {
        await arrive(page, view);
        await addAxe(page);
        assert.deepEqual(await violations(page), []);
        for (const theme of THEME_NAMES.slice(1)) {
          await page.evaluate((to) => window.fixture.setTheme(to), theme);
          assert.deepEqual([theme, ...(await violations(page, OF_COLOURS))], [theme]);
        }
      } finally {
        await page.close();
      }
    });
  });

  test('it would find something', async () => {
    const page = await openPanel(browser, 'dark', LAPTOP);
    try {
      await arrive(page, VIEWS.race!);
      await addAxe(page);

      await page.evaluate(() => document.querySelector('.toolbar button')!.replaceChildren());
      await page.evaluate(() => document.querySelector('.toolbar button')!.removeAttribute('aria-label'));
      assert.match((await violations(page)).join('\n'), /button-name/);
    } finally {
      await page.close();
    }
  });
});
