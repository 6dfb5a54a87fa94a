/** This file answers questions about documents as VS Code has them: which are ours, which of them are open, and whether their texts are those that were checked. */
import * as vscode from 'vscode';
import { filesOf } from './groups';
import type { ProgramFile } from './programs';

/** Which documents Interlane serves: its own at once, Go files once a person asked for one. */
export function isInterlane(document: vscode.TextDocument): boolean {
  return document.languageId === 'interlane' || (document.languageId === 'go' && document.uri.path.endsWith('.go'));
}

/** The open document of a file; not the one that is just being closed. */
export function documentAt(uri: vscode.Uri, closing?: vscode.TextDocument): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((other) => other !== closing && other.uri.toString() === key);
}

/** Whether a file still has the text that was checked, as far as editors know. */
export function isPresent({ uri, version }: ProgramFile): boolean {
  const open = documentAt(uri);
  return version < 0 ? !open?.isDirty : !open || open.version === version;
}

/** Files that are open in tabs, whether they are seen at the moment or not: their addresses as texts. */
export function openInTabs(): ReadonlySet<string> {
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(filesOf));
  return new Set(uris.map((uri) => uri.toString()));
}
