/** This file tests the Output tab in Chromium: all that the program printed, beside a finding or not, as lines that lead to their steps. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser';
import { openPanel } from './fixture/open';
import { simulated } from './fixture/simulated';

const WIDE = { width: 1120, height: 830 };
const NARROW = { width: 466, height: 628 };

/** Prints on both streams, with a race. */
const RACY = `var hits int

func main() {
	done := make(chan bool)
	go func() {
		hits++
		fmt.Println("worker \\x1b[31mred")
		done <- true
	}()
	hits++
	println("trouble")
	<-done
	for i := range 40 {
		fmt.Println("line", i)
	}
}
`;

suite('webview/outputView', function () {
  this.timeout(90_000);
  let browser: Browser;
  suiteSetup(async () => {
    browser = await launchBrowser();
  });
  suiteTeardown(() => browser.close());

  const panel = async (size: typeof WIDE, use: (page: Page) => Promise<void>, theme = 'dark'): Promise<void> => {
    const page = await openPanel(browser, theme, size);
    try {
      await use(page);
    } finally {
      await page.close();
    }
  };
  const show = async (page: Page, text = RACY, budgets = {}): Promise<void> => {
    await page.evaluate((run) => window.fixture.show(run), simulated('racy.lane', text, 42, budgets));
    await page.waitForSelector('body[data-ready]', { state: 'attached' });
    await page.locator('.verdict').waitFor();
  };
  const openTab = (page: Page): Promise<void> => page.getByRole('tab', { name: 'Output' }).click();
  const list = (page: Page) => page.getByRole('listbox', { name: 'Output' });
  const step = async (page: Page): Promise<string> =>
    (await page.locator('.toolbar output').innerText()).split(' ')[0]!;

  for (const [place, size] of Object.entries({ pane: WIDE, drawer: NARROW })) {
    test(`${place}: the output is there while there is a finding, streams told apart, controls escaped`, async () => {
      await panel(size, async (page) => {
        await show(page);
        assert.match(await page.locator('.verdict').innerText(), /1 data race/);
        await openTab(page);
        const said = await page.locator('.output-line').allInnerTexts();
        assert.equal(said.filter((line) => /err\s*trouble/.test(line)).length, 1);
        assert.equal(said.filter((line) => line.endsWith('worker \\x1b[31mred') && !line.includes('err')).length, 1);
        assert.match(await page.locator('.output-bar').innerText(), /42 lines/);
      });
    });
  }

  test('each line leads to the step that printed it, by pointer and by keys, and the line of a step is marked', async () => {
    await panel(WIDE, async (page) => {
      await show(page);
      await openTab(page);
      const line = (text: string) => page.locator('.output-line', { hasText: text });
      await line('trouble').click();
      assert.equal(await line('trouble').getAttribute('aria-current'), 'step');
      const shown = await step(page);
      assert.equal(await line('trouble').locator('.step').innerText(), shown);
      assert.equal(await page.getByRole('tab', { name: 'Output' }).getAttribute('aria-selected'), 'true');

      await page.keyboard.press('ArrowDown');
      assert.equal(await step(page), shown, 'moving in the list moves nothing else');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      assert.equal(await page.locator('.output-line.current').innerText().then((text) => text.replace(/\s+/g, ' ').trim()), `${await step(page)} line 39`); // prettier-ignore
      assert.equal(await page.locator('[aria-current=step]').count(), 1);

      // A step that is chosen elsewhere brings its line into sight.
      await page.locator('#lanes').focus();
      await page.keyboard.press('Home');
      assert.equal(await page.locator('[aria-current=step]').count(), 0);
      for (let presses = 0; presses < 200 && (await line('trouble').getAttribute('aria-current').catch(() => null)) !== 'step'; presses++) {
        await page.keyboard.press('.');
        if ((await step(page)) === shown) break;
      } // prettier-ignore
      await page.locator('.output-line.current', { hasText: 'trouble' }).waitFor();
    });
  });

  test('the tabs are tabs: arrow keys, roles, and remembered', async () => {
    await panel(WIDE, async (page) => {
      await show(page);
      const tab = (name: string) => page.getByRole('tab', { name, exact: true });
      await tab('Explanation').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.equal(await tab('Output').getAttribute('aria-selected'), 'true');
      assert.equal(await tab('Output').evaluate((element) => element === document.activeElement), true);
      await page.keyboard.press('Home');
      assert.equal(await tab('Explanation').getAttribute('aria-selected'), 'true');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await page.locator('[role=tabpanel]').getAttribute('aria-labelledby'), 'tab-output');
      assert.equal(await page.locator('.pane [role=tab][tabindex="0"]').count(), 1);
      await page.waitForFunction(() => window.fixture.saved()?.tab === 'output');
      await page.reload();
      await show(page);
      assert.equal(await list(page).count(), 1);
      await page.locator('#lanes').focus();
      await page.keyboard.press('r');
      assert.equal(await list(page).count(), 0, 'who goes to a finding wants its explanation');
    });
  });

  test('search: next, previous, count, around the end; Escape clears it', async () => {
    await panel(WIDE, async (page) => {
      await show(page);
      await openTab(page);
      await list(page).focus();
      await page.keyboard.press('/');
      await page.keyboard.type('LINE 3');
      const found = (): Promise<string> => page.locator('.output-bar .found').innerText();
      assert.equal(await found(), '1 of 11');
      assert.equal(await page.locator('mark.here').innerText(), 'line 3');
      await page.keyboard.press('Enter');
      await page.keyboard.press('F3');
      assert.equal(await found(), '3 of 11');
      assert.equal(
        await page
          .locator('.output-line', { has: page.locator('mark.here') })
          .locator('.said')
          .textContent(),
        'line 31',
      );
      for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+Enter');
      assert.equal(await found(), '11 of 11');
      await page.keyboard.type('x');
      assert.equal(await found(), 'Not found');
      await page.keyboard.press('Escape');
      assert.equal(await found(), '42 lines');
      assert.equal(await page.locator('mark').count(), 0);
    });
  });

  test('a megabyte is whole, has few elements, and says when the budget ended it', async () => {
    await panel(NARROW, async (page) => {
      await show(page, 'func main() { for i := 0; ; i++ { fmt.Println(i, "of a long list of lines to print out") } }');
      await openTab(page);
      const lines = Number(
        /([\d,]+) lines/.exec(await page.locator('.output-bar').innerText())![1]!.replaceAll(',', ''),
      );
      assert.ok(lines > 20_000, String(lines));
      assert.match(await page.locator('.stopped').innerText(), /printed 1,?0\d\d.* wanted to print/s);
      await list(page).focus();
      await page.keyboard.press('End');
      await page.locator('.output-line.active', { hasText: `${lines - 1} of a long list` }).waitFor();
      assert.ok((await page.locator('.output-line').count()) < 100);
    });
  });

  test('a program that prints nothing has an Output tab that says so', async () => {
    await panel(NARROW, async (page) => {
      await show(page, 'func main() { var x int; go func() { x++ }(); x++ }');
      await openTab(page);
      assert.match(await page.locator('.drawer-body').innerText(), /printed nothing/);
    });
  });
});
