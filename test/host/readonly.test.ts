/** This file tests files that cannot be written: they run like any other, and what cannot be done with them is said. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { applyFix } from '../../src/host/codeActions';
import { api, closeAll, codeOf, diagnosticsOf, openText, stateOf, until } from './support';

const MISSPELT = 'func main() {\n\thits := 1\n\tprintln(hit)\n}\n';

/** A file system with one file that nobody may write. */
class Frozen implements vscode.FileSystemProvider {
  private readonly bytes: Uint8Array;
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  written = 0;

  constructor(text: string) {
    this.bytes = new TextEncoder().encode(text);
  }
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  stat({ path }: vscode.Uri): vscode.FileStat {
    const type = path.endsWith('.lane') ? vscode.FileType.File : vscode.FileType.Directory;
    return { type, ctime: 0, mtime: 0, size: this.bytes.length, permissions: vscode.FilePermission.Readonly };
  }
  readDirectory(): [string, vscode.FileType][] {
    throw vscode.FileSystemError.NoPermissions();
  }
  readFile(): Uint8Array {
    return this.bytes;
  }
  createDirectory(): void {
    this.written++;
  }
  writeFile(): void {
    this.written++;
  }
  delete(): void {
    this.written++;
  }
  rename(): void {
    this.written++;
  }
}

suite('a file that cannot be written', () => {
  teardown(closeAll);

  /** Asks for the repair of the first error, as the panel's button does. */
  async function repair(editor: vscode.TextEditor): Promise<boolean> {
    const { runs } = await api();
    const { uri } = editor.document;
    const state = await stateOf(editor, 'the error', ({ diagnostics }) => diagnostics.length > 0);
    const [fix] = state.diagnostics.flatMap(({ fixes }) => fixes);
    return applyFix(runs, uri, fix!.title);
  }

  async function frozen(text: string, at: (editor: vscode.TextEditor, files: Frozen) => Promise<void>): Promise<void> {
    const files = new Frozen(text);
    const scheme = `frozen${text.length}`;
    const registered = vscode.workspace.registerFileSystemProvider(scheme, files, { isReadonly: true });
    try {
      const uri = vscode.Uri.from({ scheme, path: '/folder/a.lane' });
      await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
      const editor = await until('the editor', () =>
        vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === scheme),
      );
      await at(editor, files);
      assert.equal(files.written, 0);
      await closeAll();
    } finally {
      registered.dispose();
    }
  }

  test('runs when it is opened and by hand, with its findings', async () => {
    await frozen('func main() {\n\tpanic("mine")\n}\n', async (editor) => {
      const { runs } = await api();
      await until('the panic', () => diagnosticsOf(editor).some((diagnostic) => codeOf(diagnostic) === 'panic.user'));
      const before = runs.get(editor.document.uri)?.good;
      const state = await runs.runNow(editor.document);
      assert.notEqual(state.good, before);
      assert.deepEqual([state.failure, state.stale], [undefined, false]);
    });
  });

  test('keeps its text when a repair is asked for; that it cannot be changed is said', async () => {
    await frozen(MISSPELT, async (editor) => {
      assert.equal(await repair(editor), false);
      assert.deepEqual([editor.document.getText(), editor.document.isDirty], [MISSPELT, false]);
    });
  });

  test('a file that can be written is repaired', async () => {
    const editor = await openText(MISSPELT);
    assert.equal(await repair(editor), true);
    assert.ok(editor.document.getText().includes('println(hits)'));
  });
});
