/** This file gives the suites of the extension host the running extension and a way to wait for what it will say. */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { InterlaneApi } from '../../src/host/main';
import type { ProgramState } from '../../src/host/programs';

export async function api(): Promise<InterlaneApi> {
  const extension = vscode.extensions.getExtension<InterlaneApi>('interlane.interlane');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

/** Each suite is a bundle with a copy of this file: a folder of its own keeps its files apart from those of the others. */
const folder = mkdtempSync(join(tmpdir(), 'interlane-host-'));
let opened = 0;

/**
 * Opens a text as a new file of its own name: VS Code gives the names of closed untitled documents to new ones. It is opened as a click in the explorer
 * does: a document that an extension opens outlives its editor by minutes, and runs whenever a setting changes.
 */
export async function openText(content: string): Promise<vscode.TextEditor> {
  const uri = await newFile(content);
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  return until(uri.path, () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === uri.path));
}

/** A file on disk, with a name that no other has. */
export async function newFile(content: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.file(join(folder, `${opened++}.lane`));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}

/** Replaces the whole text, as typing would. */
export async function replaceText(editor: vscode.TextEditor, text: string): Promise<void> {
  const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
  assert.equal(await editor.edit((edit) => edit.replace(all, text)), true);
}

/** Waits until `probe` gives something, looking every 20 ms. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until what is known of an editor's program is as asked. */
export async function stateOf(
  editor: vscode.TextEditor,
  what: string,
  asked: (state: ProgramState) => unknown,
): Promise<ProgramState> {
  const { runs } = await api();
  return until(what, () => {
    const state = runs.get(editor.document.uri);
    return state && Boolean(asked(state)) && state;
  });
}

/** Writes a setting of Interlane's for all folders; undefined takes it back. */
export async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('interlane').update(key, value, vscode.ConfigurationTarget.Global);
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
