/**
 * This file hands words to the editor: diagnostics, quick fixes, words after a line, notifications, the log. Much in them was written by the
 * program under test, by names of files or by settings of a folder, so they are made safe to look at here (base/visible.ts), and nothing in them is a link or an
 * icon; a lint rule keeps the rest of the host from the editor's own functions.
 */
import * as vscode from 'vscode';
import { visible, visibleLine } from '../base/visible';

export function newDiagnostic(
  range: vscode.Range,
  message: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  return new vscode.Diagnostic(range, visible(message), severity);
}

export function newRelated(at: vscode.Location, message: string): vscode.DiagnosticRelatedInformation {
  return new vscode.DiagnosticRelatedInformation(at, visible(message));
}

export function newQuickFix(title: string): vscode.CodeAction {
  return new vscode.CodeAction(visibleLine(title), vscode.CodeActionKind.QuickFix);
}

/** Words at the end of a line of the editor. */
export function wordsAfter(text: string): Pick<vscode.DecorationOptions, 'renderOptions'> {
  return { renderOptions: { after: { contentText: visibleLine(text) } } };
}

/** Title of a tab. */
export function tabTitle(title: string): string {
  return visibleLine(title);
}

type Asks = (message: string, ...choices: string[]) => Thenable<string | undefined>;

/** Notifications; the answer is the choice, if any. */
export const inform: Asks = (message, ...choices) =>
  vscode.window.showInformationMessage(withoutLinks(message), ...choices);
export const warn: Asks = (message, ...choices) => vscode.window.showWarningMessage(withoutLinks(message), ...choices);
export const complain: Asks = (message, ...choices) =>
  vscode.window.showErrorMessage(withoutLinks(message), ...choices);

/** A notification makes `[text](command:…)` a link that executes the command: no text that we show is meant to. */
export function withoutLinks(message: string): string {
  return visible(message).replaceAll('](', '] (');
}

/** The channel, with every line that is written to it safe to look at. */
export function visibleLog(log: vscode.LogOutputChannel): vscode.LogOutputChannel {
  const shown = Object.create(log) as vscode.LogOutputChannel;
  for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) {
    const value = (message: string | Error): void => log[level](visible(textOf(message)));
    Object.defineProperty(shown, level, { value });
  }
  return shown;
}

const textOf = (message: string | Error): string =>
  typeof message === 'string' ? message : (message.stack ?? message.message);
