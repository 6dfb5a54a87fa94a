/** This file offers quick fixes that come with diagnostics, e.g. the nearest declared name for an undefined one. */
import * as vscode from 'vscode';
import type { PlainDiagnostic } from '../protocol/messages';
import { toRange } from './places';
import { fileIndex, type ProgramFile } from './programs';
import type { Runs } from './runs';

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

/** Applies the first fix with this title, as the panel's button does. */
export async function applyFix(runs: Runs, uri: vscode.Uri, title: string): Promise<void> {
  const state = runs.get(uri);
  const fixes = state?.diagnostics.flatMap((diagnostic) => diagnostic.fixes) ?? [];
  const fix = fixes.find((candidate) => candidate.title === title);
  if (state && fix) await vscode.workspace.applyEdit(toAction(state.files, fix).edit!);
}

function toAction(files: readonly ProgramFile[], fix: PlainDiagnostic['fixes'][number]): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) action.edit.replace(files[edit.file]!.uri, toRange(edit.range), edit.text);
  action.isPreferred = true;
  return action;
}
