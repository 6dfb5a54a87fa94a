/** This file offers quick fixes that come with diagnostics, e.g. the nearest declared name for an undefined one. */
import * as vscode from 'vscode';
import type { PlainDiagnostic } from '../protocol/messages';
import { toRange } from './places';
import type { Runs } from './runs';

export class QuickFixes implements vscode.CodeActionProvider {
  constructor(private readonly runs: Runs) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const state = this.runs.get(document.uri);
    if (state?.version !== document.version) return [];
    return state.diagnostics
      .filter((diagnostic) => toRange(diagnostic.range).intersection(range) !== undefined)
      .flatMap((diagnostic) => diagnostic.fixes.map((fix) => toAction(document.uri, fix)));
  }
}

/** Applies the first fix with this title, as the panel's button does. */
export async function applyFix(runs: Runs, uri: vscode.Uri, title: string): Promise<void> {
  const fixes = runs.get(uri)?.diagnostics.flatMap((diagnostic) => diagnostic.fixes) ?? [];
  const fix = fixes.find((candidate) => candidate.title === title);
  if (fix) await vscode.workspace.applyEdit(toAction(uri, fix).edit!);
}

function toAction(uri: vscode.Uri, fix: PlainDiagnostic['fixes'][number]): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) action.edit.replace(uri, toRange(edit.range), edit.text);
  action.isPreferred = true;
  return action;
}
