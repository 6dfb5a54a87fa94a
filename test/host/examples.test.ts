/** This file tests that examples open: one of a single file as a copy, a package where its files stand. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Examples, openExample } from '../../src/host/examples';
import { closeAll } from './support';

suite('examples', () => {
  teardown(closeAll);
  const extension = vscode.extensions.getExtension('interlane.interlane')!;
  const examples = new Examples(vscode.Uri.joinPath(extension.extensionUri, 'examples'));

  test('files and packages are listed by name', async () => {
    const names = (await examples.list()).map(({ name }) => name);
    assert.deepEqual(names, [...names].sort());
    assert.ok(names.includes('01-counter-race') && names.includes('19-package'));
    assert.equal(await examples.count(), names.length);
  });

  test('a file opens as a copy without a name, a package as its file with main', async () => {
    const opened = async (wanted: string): Promise<vscode.TextDocument> =>
      openExample((await examples.list()).find(({ name }) => name === wanted)!);
    const file = await opened('01-counter-race');
    assert.deepEqual([file.isUntitled, file.languageId], [true, 'interlane']);
    const main = await opened('19-package');
    assert.match(main.uri.path, /\/examples\/19-package\/main\.go$/);
  });
});
