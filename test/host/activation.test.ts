/** This file tests, from inside the extension host, that the extension is there, knows its language, and wakes for it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('activation', () => {
  test('the language interlane owns .lane files', async () => {
    assert.ok((await vscode.languages.getLanguages()).includes('interlane'));
    const document = await vscode.workspace.openTextDocument({ language: 'interlane', content: 'func main() {}\n' });
    assert.equal(document.languageId, 'interlane');
  });

  test('the extension activates', async () => {
    const extension = vscode.extensions.getExtension('interlane.interlane');
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
