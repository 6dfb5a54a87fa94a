/** This file tests that examples open as files that a person may change: where he works, if they are there, else as copies that are kept, with what he made of them. */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Examples, type Example } from '../../src/host/examples';
import { closeAll, until } from './support';

/** Tests run in the folder of the examples, which has them all: those that it has not are told from them by another path. */
const ELSEWHERE = 'elsewhere';

suite('examples', () => {
  teardown(closeAll);
  const extension = vscode.extensions.getExtension('interlane.interlane')!;
  const originals = vscode.Uri.joinPath(extension.extensionUri, 'examples');
  const scratch = mkdtempSync(join(tmpdir(), 'interlane-examples-'));
  const log = vscode.window.createOutputChannel('examples', { log: true });
  const examples = new Examples(originals, vscode.Uri.file(scratch), log);

  const named = async (wanted: string): Promise<Example> =>
    (await examples.list()).find(({ name }) => name === wanted)!;

  /** The same example in a folder that the workspace does not have. */
  async function unknownHere(wanted: string): Promise<Example> {
    const example = await named(wanted);
    return { ...example, files: example.files.map((file) => ({ ...file, path: `${ELSEWHERE}/${file.path}` })) };
  }

  async function opened(example: Example): Promise<vscode.TextEditor> {
    await examples.open(example);
    return until('the example', () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.path.endsWith(`/${example.files[0]!.path}`) ? editor : undefined;
    });
  }

  test('files and packages are listed by name, with what to look for', async () => {
    const all = await examples.list();
    const names = all.map(({ name }) => name);
    assert.deepEqual(names, [...names].sort());
    const there = await vscode.workspace.fs.readDirectory(originals);
    assert.deepEqual(names, there.map(([name]) => name.replace('.lane', '')).sort());
    assert.ok(names.includes('01-counter-race') && names.includes('19-package'));
    assert.equal(examples.count, names.length);
    assert.deepEqual(all.filter(({ about }) => about.length < 20), []); // prettier-ignore
  });

  test('one that the folder has opens where it stands', async () => {
    const { document } = await opened(await named('01-counter-race'));
    const [folder] = vscode.workspace.workspaceFolders!;
    assert.equal(document.uri.path, vscode.Uri.joinPath(folder!.uri, '01-counter-race.lane').path);
    assert.deepEqual([document.isDirty, document.isUntitled], [false, false]);
  });

  test('one that it has not opens as a copy, saved, under its own name; a package with all its files', async () => {
    const { document } = await opened(await unknownHere('01-counter-race'));
    assert.deepEqual([document.languageId, document.isDirty, document.isUntitled], ['interlane', false, false]);
    assert.equal(document.uri.path, join(scratch, ELSEWHERE, '01-counter-race.lane'));
    const { document: main } = await opened(await unknownHere('19-package'));
    const there = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(main.uri, '..'));
    assert.deepEqual(there.map(([name]) => name).sort(), ['main.go', 'store.go', 'store_test.go']);
  });

  test('what a person made of it is there when it is opened again, and can be undone', async () => {
    const example = await unknownHere('02-counter-mutex');
    const editor = await opened(example);
    assert.equal(await examples.differs(example), false);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// mine\n'));
    assert.equal(await examples.differs(example), true, 'unsaved as well');
    await editor.document.save();
    await closeAll();
    const { document } = await opened(example);
    assert.match(document.getText(), /^\/\/ mine\n/);
    assert.equal(await examples.differs(example), true);
    await examples.restore(example);
    assert.equal(document.getText(), example.files[0]!.text);
    assert.deepEqual([await examples.differs(example), document.isDirty], [false, false]);
    await vscode.commands.executeCommand('undo');
    assert.match(document.getText(), /^\/\/ mine\n/);
    await document.save();
  });

  test('where nothing can be written the original opens', async () => {
    const nowhere = new Examples(originals, vscode.Uri.parse('nowhere:/folder'), log);
    const example = await unknownHere('03-counter-channel');
    await nowhere.open(example);
    await until('the original', () => vscode.window.activeTextEditor?.document.uri.path === example.files[0]!.original.path);
  }); // prettier-ignore
});
