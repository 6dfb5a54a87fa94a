/** This file offers quick fixes that come with diagnostics, e.g. the nearest declared name for an undefined one. */
import * as vscode from 'vscode';
import type { PlainDiagnostic } from '../protocol/messages';
import { baseName } from './folders';
import { toRange } from './places';
import { fileIndex, type ProgramFile } from './programs';
import type { Runs } from './runs';
import { newQuickFix, warn } from './words';

export class QuickFixes implements vscode.CodeActionProvider {
  constructor(private readonly runs: Runs) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const state = this.runs.get(document.uri);
    const file = state ? fileIndex(state.files, document.uri) : -1;
    if (state?.files[file]?.version !== document.version) return [];
    return state.diagnostics
      .filter((plain) => plain.file === file && toRange(plain.range).intersection(range) !== undefined)
      .flatMap((plain) => plain.fixes.map((fix) => toAction(state.files, fix)));
  }
}

/** Applies the first fix with this title, as the panel's button does. @returns whether a text was changed; if not, that has been said */
export async function applyFix(runs: Runs, uri: vscode.Uri, title: string): Promise<boolean> {
  const state = runs.get(uri);
  const fixes = state?.diagnostics.flatMap((diagnostic) => diagnostic.fixes) ?? [];
  const fix = fixes.find((candidate) => candidate.title === title);
  if (!state || !fix) return false;
  const locked = await firstReadOnly(fix.edits.map(({ file }) => state.files[file]!.uri));
  if (!locked && (await vscode.workspace.applyEdit(toAction(state.files, fix).edit!))) return true;
  const name = baseName(locked ?? uri);
  const why = locked ? vscode.l10n.t('it is read-only') : vscode.l10n.t('it has changed meanwhile');
  void warn(vscode.l10n.t('Interlane: {0} was left as it is, because {1}: “{2}”.', name, why, title));
  return false;
}

/** The editor lets an extension change what nobody can save: the text on the screen would be another than that of the file, for good. */
async function firstReadOnly(uris: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  for (const uri of uris) if (await isReadOnly(uri)) return uri;
  return undefined;
}

async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  const { fs } = vscode.workspace;
  if (fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    const { permissions = 0 } = await fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch {
    return false; // not a file yet
  }
}

function toAction(files: readonly ProgramFile[], fix: PlainDiagnostic['fixes'][number]): vscode.CodeAction {
  const action = newQuickFix(fix.title);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) action.edit.replace(files[edit.file]!.uri, toRange(edit.range), edit.text);
  action.isPreferred = true;
  return action;
}
