/**
 * This file takes pictures from the real thing: VS Code, the extension, an example, one click. Without arguments it takes those of the README. `--all [VIEW …]` takes
 * the sheet of every view in every theme and size instead, from the panel alone and a core of it from VS Code, into out/sheet/, for people to look at.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../test/harness/browser';
import { EXAMPLES, firstExample } from '../test/harness/examples';
import { ROOT } from '../test/harness/vscode';
import { THEMES, Workbench, type Theme } from '../test/harness/workbench';
import { publish, takeViews, type Contact, type Shot } from '../test/webview/fixture/sheet';
import { build } from './build';

interface Picture {
  /** docs/images/<name>.png */
  readonly name: string;
  readonly theme: Theme;
  /** A command to run before the picture, by its title. */
  readonly command?: string;
}

const PICTURES: readonly Picture[] = [
  { name: 'timeline-dark', theme: THEMES[0] },
  { name: 'timeline-light', theme: THEMES[1] },
  { name: 'cores-dark', theme: THEMES[0], command: 'Interlane: View Cores' },
];

async function takePictures(): Promise<void> {
  const file = firstExample(EXAMPLES);
  if (!file) throw new Error('there are no examples to take pictures of');
  const workbench = await openRun(EXAMPLES, file);
  try {
    await workbench.command('View: Close Primary Side Bar');
    for (const { name, theme, command } of PICTURES) {
      await workbench.setTheme(theme);
      if (command) await workbench.command(command);
      await workbench.webview().locator(`body.${theme.bodyClass}`).waitFor();
      await workbench.settle();
      const path = join(ROOT, 'docs', 'images', `${name}.png`);
      await workbench.screenshot(path);
      console.log(path);
    }
  } finally {
    await workbench.close();
  }
}

/** VS Code with a file that was run by a click. */
async function openRun(folder: string, file: string): Promise<Workbench> {
  const workbench = await Workbench.open({ folder, file, viewport: { width: 1600, height: 900 } });
  await workbench.editorLines().getByText('main').first().waitFor();
  await workbench.titleButton('Run').first().click();
  await workbench.panel().waitFor();
  return workbench;
}

const SHEET = join(ROOT, 'out', 'sheet');
const BROKEN = 'broken.lane';

/** What the sheet shows of VS Code as a whole. */
interface Scene {
  readonly name: string;
  readonly file: string;
  readonly command?: string;
  /** In the panel, when it is there. */
  readonly shows: string;
}

const SCENES: readonly Scene[] = [
  { name: 'vscode-race', file: '01-counter-race.lane', shows: '.verdict:has-text("1 data race")' },
  { name: 'vscode-deadlock', file: 'transfer.lane', shows: '.verdict:has-text("Deadlock")' },
  { name: 'vscode-error', file: BROKEN, shows: '.errors' },
  {
    name: 'vscode-cores',
    file: '06-worker-pool.lane',
    command: 'Interlane: View Cores',
    shows: '.lane-header.core-thread',
  },
  {
    name: 'vscode-table',
    file: '07-pipeline.lane',
    command: 'Interlane: Toggle Table View',
    shows: '[role=treegrid]',
  },
];

/** The last one is 1280 × 720 at window zoom +2. */
const WINDOWS = [
  { width: 1600, height: 900 },
  { width: 1280, height: 720 },
  { width: 889, height: 500 },
];

async function takeScenes(): Promise<Contact[]> {
  const folder = mkdtempSync(join(tmpdir(), 'interlane-sheet-'));
  cpSync(EXAMPLES, folder, { recursive: true });
  writeFileSync(join(folder, BROKEN), 'func main() {\n\ttotal := 1\n\tfmt.Println(totl)\n}\n');
  const workbench = await openRun(folder, join(folder, SCENES[0]!.file));
  const rows = new Map<string, Shot[][]>(SCENES.map(({ name }) => [name, []]));
  try {
    for (const theme of THEMES) {
      await workbench.setTheme(theme);
      await workbench.command('Interlane: View Goroutines');
      for (const scene of SCENES) rows.get(scene.name)!.push(await takeScene(workbench, scene, theme));
      await workbench.command('Interlane: Toggle Table View');
    }
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return SCENES.map(({ name }) => ({ name, rows: rows.get(name)! }));
}

async function takeScene(workbench: Workbench, scene: Scene, { bodyClass }: Theme): Promise<Shot[]> {
  await workbench.command('View: Focus First Editor Group');
  await workbench.openFile(scene.file);
  if (scene.command) await workbench.command(scene.command);
  await workbench.webview().locator(`body.${bodyClass}`).waitFor();
  await workbench.webview().locator(scene.shows).first().waitFor({ state: 'attached' });
  const shots: Shot[] = [];
  for (const size of WINDOWS) {
    await workbench.page.setViewportSize(size);
    await workbench.settle();
    await workbench.page.waitForTimeout(300);
    const told = `${size.width}x${size.height} ${bodyClass}`;
    const shot = { name: `${scene.name}-${told.replace(' ', '-')}`, told, size };
    await workbench.screenshot(join(SHEET, `${shot.name}.png`));
    shots.push(shot);
  }
  await workbench.page.setViewportSize(WINDOWS[0]!);
  console.log(`${scene.name} ${bodyClass}`);
  return shots;
}

/** @param wanted beginnings of the names of views; all views and VS Code if there are none */
async function takeSheet(wanted: readonly string[]): Promise<void> {
  const browser = await launchBrowser();
  try {
    const contacts = await takeViews(browser, SHEET, wanted);
    if (wanted.length === 0 || wanted.some((name) => name.startsWith('vscode'))) contacts.push(...(await takeScenes()));
    await publish(browser, SHEET, contacts);
    console.log(join(SHEET, 'index.html'));
  } finally {
    await browser.close();
  }
}

async function main(): Promise<void> {
  const [flag, ...wanted] = process.argv.slice(2);
  build();
  if (flag === '--all') await takeSheet(wanted);
  else await takePictures();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
