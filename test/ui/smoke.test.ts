/** This file tests that a person can open a .lane file in a real VS Code, and that nothing calls the outside meanwhile. */
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

  test('asks nothing outside the machine, and the page has no errors', () => {
    assert.deepEqual(workbench.externalRequests, []);
    assert.deepEqual(workbench.pageErrors, []);
  });
});
