/** This file owns the log channel "Interlane". */
import * as vscode from 'vscode';
import { complain, visibleLog } from './words';

export function createLog(context: vscode.ExtensionContext): vscode.LogOutputChannel {
  const log = vscode.window.createOutputChannel('Interlane', { log: true });
  context.subscriptions.push(log);
  return visibleLog(log);
}

/** Our own voice of error: what a person needs to report a fault of Interlane. */
export function reportInternalError(log: vscode.LogOutputChannel, where: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.error(`internal error in ${where}: ${text}`);
  const show = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t(
    'Interlane met an internal error ({0}). Your files are untouched. The log says what to report.',
    where,
  );
  void complain(message, show).then((chosen) => {
    if (chosen === show) log.show();
  });
}
