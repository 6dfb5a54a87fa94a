/**
 * This file measures the panel in a browser: how long a key that zooms or pans keeps the page busy, and how long a run takes to be seen. Processor time of the page's
 * own thread, so that a machine which does other things gives the same figures, but for the first paint, which a person waits for.
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser';
import { openPanel } from '../webview/fixture/open';
import type { BenchCase } from './case';

const SIZES = { '100k': 100_000, '1M': 1_000_000 } as const;
type Size = keyof typeof SIZES;

const KEYS = { zoom: 'wwwwwwwwwwssssssssss', pan: 'wwwwddddddddaaaaaaaassss' } as const;

interface Opened {
  readonly page: Page;
  readonly devtools: CDPSession;
}

let browser: Promise<Browser> | undefined;
const opened = new Map<Size, Promise<Opened>>();

async function open(size: Size): Promise<Opened> {
  const page = await openPanel(await (browser ??= launchBrowser()), 'dark', { width: 1600, height: 900 });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await show(page, size);
  return { page, devtools };
}

const panelOf = (size: Size): Promise<Opened> => {
  if (!opened.has(size)) opened.set(size, open(size));
  return opened.get(size)!;
};

/** @returns ms from the run's arrival to its first picture */
async function show(page: Page, size: Size): Promise<number> {
  await page.evaluate((slices) => {
    window.fixture.posted.length = 0;
    window.fixture.run('huge', slices);
  }, SIZES[size]);
  await page.waitForFunction(() => window.fixture.posted.some(({ type }) => type === 'painted'), undefined, {
    timeout: 60_000,
  });
  return page.evaluate(() => {
    const painted = window.fixture.posted.find((message) => message.type === 'painted');
    return painted?.type === 'painted' ? painted.ms : NaN;
  });
}

/** Processor time that the page's thread has had, in ms. */
async function spent({ devtools }: Opened): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
}

/** In the page: presses a key and waits until what it changes has been drawn. */
async function press(key: string): Promise<void> {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

async function frames(size: Size, keys: string): Promise<number> {
  const panel = await panelOf(size);
  await panel.page.evaluate(press, '0');
  const times: number[] = [];
  for (const key of keys) {
    const before = await spent(panel);
    await panel.page.evaluate(press, key);
    times.push((await spent(panel)) - before);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.95)]!;
}

async function close(): Promise<void> {
  await (await browser)?.close();
}

const ms = { unit: 'ms', better: 'lower', rounds: 3, close } as const;

export const cases: readonly BenchCase[] = (Object.keys(SIZES) as Size[]).flatMap((size): BenchCase[] => [
  ...Object.entries(KEYS).map(([name, keys]): BenchCase => ({
    name: `panel-${name}-p95-${size}`,
    ...ms,
    target: 8,
    measure: () => frames(size, keys),
  })),
  {
    name: `panel-first-paint-${size}`,
    ...ms,
    ...(size === '100k' ? { target: 100 } : {}),
    measure: async () => show((await panelOf(size)).page, size),
  },
]);
