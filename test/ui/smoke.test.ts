/** This file tests that a person can open a .lane file in a real VS Code and type in it, and that nothing calls the outside meanwhile. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbench } from '../harness/workbench';

suite('a .lane file in the workbench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlane-ui-'));
  let workbench: Workbench;

  suiteSetup(async () => {
    const file = join(folder, 'hello.lane');
    writeFileSync(file, 'func main() {\n\tprintln("hello")\n}\n');
    writeFileSync(join(folder, 'typing.lane'), 'func add(n int, numbers int) int {\n\ttotal := netting\n\t\n}\n');
    workbench = await Workbench.open({ folder, file });
  });
  suiteTeardown(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('opens as a text editor of our language', async () => {
    await workbench.tab('hello.lane').waitFor();
    await workbench.editorLines().getByText('println').waitFor();
    await workbench.page.locator('.statusbar-item', { hasText: 'Interlane' }).first().waitFor();
  });

  test('the window has the theme and the icons of its settings', async () => {
    const window = workbench.page.locator('.monaco-workbench.file-icons-enabled');
    await window.and(workbench.page.locator('.vscode-theme-defaults-themes-dark_modern-json')).waitFor();
  });

  /** Types into line 3 of the file as a person does, slowly enough for the editor to make suggestions, and waits for what should come of it. */
  async function typing(keys: string, wanted: RegExp): Promise<void> {
    await workbench.openFile('typing.lane');
    await workbench.editorLines().click();
    for (const key of ['Control+Home', 'ArrowDown', 'ArrowDown', 'End']) await workbench.page.keyboard.press(key);
    for (const key of keys) {
      await workbench.page.keyboard.press(key === '\n' ? 'Enter' : key === ' ' ? 'Space' : key);
      await workbench.page.waitForTimeout(250);
    }
    let text = await shownText();
    for (let k = 0; k < 20 && !wanted.test(text); k++) {
      await workbench.page.waitForTimeout(250);
      text = await shownText();
    }
    assert.match(text, wanted);
    await workbench.command('File: Revert File');
  }

  /** The lines from top to bottom: the page has them in any order. */
  async function shownText(): Promise<string> {
    const lines = await workbench.editorLines().locator('.view-line').evaluateAll((all) =>
      all.map((line) => [parseFloat((line as HTMLElement).style.top), line.textContent] as const)); // prettier-ignore
    const ordered = lines.sort(([a], [b]) => a - b).map(([, text]) => text.replaceAll('\u00a0', ' '));
    return ordered.join('\n');
  }

  test('Enter after a whole word ends the line', () =>
    typing('total += n\nreturn total\nx', /total \+= n\n\s*return total\n\s*x\n/));

  test('a snippet comes where a statement begins', () => typing('netw\n', /^\s*netwait\(1ms\)$/m));

  test('a name comes that is not yet whole', () => typing('total = numb\n', /total = numbers\n/));

  test('asks nothing outside the machine, and the page has no errors', () => {
    assert.deepEqual(workbench.externalRequests, []);
    assert.deepEqual(workbench.pageErrors, []);
  });
});
