/** This file gives the suites of the extension host the running extension and a way to wait for what it will say. */
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { InterlaneApi } from '../../src/host/main';

export async function api(): Promise<InterlaneApi> {
  const extension = vscode.extensions.getExtension<InterlaneApi>('interlane.interlane');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

let opened = 0;

/** Opens a text as a new file of its own name: VS Code gives the names of closed untitled documents to new ones. */
export async function openText(content: string): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.file(join(tmpdir(), `interlane-${process.pid}-${opened++}.lane`));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return vscode.window.showTextDocument(uri, { preview: false });
}

/** Replaces the whole text, as typing would. */
export async function replaceText(editor: vscode.TextEditor, text: string): Promise<void> {
  const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
  assert.equal(await editor.edit((edit) => edit.replace(all, text)), true);
}

/** Waits until `probe` gives something, looking every 20 ms. */
export async function until<T>(what: string, probe: () => T | undefined | false, timeoutMs = 15_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function diagnosticsOf(editor: vscode.TextEditor): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(editor.document.uri);
}

/** Our codes are texts; the API would allow others. */
export function codeOf(diagnostic: vscode.Diagnostic): string {
  return typeof diagnostic.code === 'string' ? diagnostic.code : '';
}

export async function closeAll(): Promise<void> {
  await vscode.workspace.saveAll(false);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
