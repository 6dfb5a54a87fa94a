/** This file drives a VS Code workbench in a browser as a person would: palette, themes, editors, panels. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { QUIET_SETTINGS, Server, type OpenOptions } from './server';

/** The four kinds of theme: the label in the picker and the class that a webview's body gets. */
export const THEMES = [
  { label: 'Dark Modern', bodyClass: 'vscode-dark' },
  { label: 'Light Modern', bodyClass: 'vscode-light' },
  { label: 'Dark High Contrast', bodyClass: 'vscode-high-contrast' },
  { label: 'Light High Contrast', bodyClass: 'vscode-high-contrast-light' },
] as const;
export type Theme = (typeof THEMES)[number];

/** For equal pictures: nothing moves or blinks; and nothing asks before a debug session. */
const STILL_SETTINGS = {
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'debug.saveBeforeStart': 'none',
  'files.autoSave': 'off',
};

/** Errors of VS Code's own that do not matter: optional parts that code-server leaves out. */
const NOISE =
  /serviceWorker\.js|bad HTTP response code \(404\).*fetching the script|vsda|regexp-languagedetection|\/update\/check/;

export interface WorkbenchOptions extends OpenOptions {
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the surroundings of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** CSS px. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Called with the page before it goes anywhere, e.g. to expose functions to it. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** The editor's lists open in less, in ms; and a key is pressed so often at most. */
const QUICK_MS = 8000;
const MOST_PRESSES = 3;

export class Workbench {
  /** Addresses asked for outside the loopback interface; must stay empty. */
  readonly externalRequests: string[] = [];
  /** Uncaught errors of the page and console errors, without VS Code's known ones. */
  readonly pageErrors: string[] = [];

  private constructor(
    readonly page: Page,
    readonly server: Server,
    private readonly browser: Browser,
    private readonly home: string,
  ) {}

  /** Starts a server and a browser of its own, and opens the folder. */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const home = mkdtempSync(join(tmpdir(), 'interlane-'));
    let server: Server | undefined;
    let browser: Browser | undefined;
    try {
      const settings = { ...QUIET_SETTINGS, ...STILL_SETTINGS, ...options.settings };
      server = await Server.start({ home, settings, ...(options.env && { env: options.env }) });
      browser = await launchBrowser();
      const page = await browser.newPage({ viewport: options.viewport ?? { width: 1400, height: 900 } });
      const workbench = new Workbench(page, server, browser, home);
      workbench.listen();
      await options.prepare?.(page);
      await page.goto(server.url(options));
      await page.locator('.monaco-workbench').waitFor();
      return workbench;
    } catch (error) {
      await browser?.close();
      await server?.stop();
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** Ends browser and server and deletes their files. */
  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private listen(): void {
    this.page.on('request', (request) => {
      const { hostname, protocol, origin, pathname } = new URL(request.url());
      const local = hostname === '127.0.0.1' || hostname.endsWith('.vscode-cdn.net'); // answered by a service worker
      if (!local && /^(http|ws)s?:$/.test(protocol)) this.externalRequests.push(origin + pathname);
    });
    this.page.on('pageerror', (error) => {
      if (!NOISE.test(error.message)) this.pageErrors.push(error.stack ?? error.message);
    });
    this.page.on('console', (message) => {
      const text = `${message.text()} (${message.location().url})`;
      if (message.type() === 'error' && !NOISE.test(text)) this.pageErrors.push(text);
    });
  }

  /** Runs a command by the full title that the palette shows, e.g. `Interlane: Run`. */
  async command(title: string): Promise<void> {
    await this.quickPick('F1', `>${title}`, title);
  }

  /** Opens the file of the workspace with this name through Go to File. */
  async openFile(name: string): Promise<void> {
    await this.quickPick('Control+KeyP', name, name);
    // The panel, which follows, has the name in its title, too.
    await this.tab(name).first().waitFor();
  }

  /** Changes the theme as a person does; an edit of the settings file would not be noticed. */
  async setTheme({ label }: Theme): Promise<void> {
    await this.command('Preferences: Color Theme');
    const input = this.page.locator('.quick-input-widget input[type=text]:not([aria-label^="Type the name"])');
    await input.waitFor();
    await input.fill(label);
    await this.page.locator(`.quick-input-list .monaco-list-row.focused[aria-label^="${label}"]`).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** The tab of an open editor. */
  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  /** A button at the top right of the editor group, by the start of its tooltip. */
  titleButton(label: string): Locator {
    return this.page.locator(`.editor-actions a.action-label[aria-label^="${label}"]`);
  }

  /** The lines of the active text editor. */
  editorLines(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor .view-lines').first();
  }

  /** Opens the Problems view and returns its rows. */
  async problems(): Promise<Locator> {
    await this.command('Problems: Focus on Problems View');
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  /** The document of the first visible webview, as a locator; VS Code nests it in two frames. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The body of our panel once it has drawn a run: the panel then sets `data-ready`. */
  panel(): Locator {
    return this.webview().locator('body[data-ready]');
  }

  /** Waits until the webview has had two frames to draw what it was told last. */
  async settle(): Promise<void> {
    const frame = await this.webviewFrame();
    await frame.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))');
  }

  /** The same document as a frame, to evaluate in. */
  async webviewFrame(): Promise<Frame> {
    const element = await this.webview().locator('html').elementHandle();
    const frame = await element.ownerFrame();
    if (!frame) throw new Error('no webview is open');
    return frame;
  }

  /** Runs axe (WCAG 2 A and AA) in the webview; one line a violation, with the elements. */
  async axeViolations(): Promise<string[]> {
    const frame = await this.webviewFrame();
    await frame.evaluate(`${readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')};0`);
    const violations = await frame.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }).then((result) =>
        result.violations.map((v) => v.id + ': ' + v.nodes.map((node) => node.html).join(' | ')))`,
    );
    return violations as string[];
  }

  /** Saves a picture of the whole page, or of one element. */
  async screenshot(path: string, element?: Locator): Promise<Buffer> {
    mkdirSync(dirname(path), { recursive: true });
    const target = element ?? this.page;
    return target.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }

  /** A key is lost, and what it has opened closes again, while the focus is on its way from the editor to the page of a panel: then it is pressed again. */
  private async quickPick(key: string, text: string, row: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type=text]');
    for (let presses = 1; ; presses++) {
      try {
        await this.page.keyboard.press(key);
        await input.fill(text, { timeout: QUICK_MS });
        // A click, not Enter: Enter may run another row that has the focus while the list is being filtered.
        await this.quickRow(row).first().click({ timeout: QUICK_MS });
        return;
      } catch (error) {
        if (presses === MOST_PRESSES) throw error;
      }
    }
  }

  private quickRow(label: string): Locator {
    return this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${label}"]`);
  }
}
