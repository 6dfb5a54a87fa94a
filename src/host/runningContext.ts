/** This file tells VS Code which files run for so long that a person may want to stop them: `interlane.running`, which package.json reads. */
import * as vscode from 'vscode';
import { isLong } from '../report/activity';
import type { Runs } from './runs';

export class RunningContext implements vscode.Disposable {
  /** What was told last, as text. */
  private told = '[]';
  private readonly subscription: vscode.Disposable;

  constructor(runs: Runs) {
    this.subscription = runs.onDidChange(({ change }) => {
      if (change !== 'stale' && change !== 'diagnostics') this.tell(runs);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private tell(runs: Runs): void {
    const running = [...runs.all()].filter((state) => isLong(runs.activityOf(state)));
    // By path: a window elsewhere gives files another scheme than this process does, and on Windows paths of files are written in another way.
    const files = running.flatMap((state) => state.files.flatMap(({ uri }) => [uri.path, uri.fsPath]));
    const text = JSON.stringify(files);
    if (text === this.told) return;
    this.told = text;
    void vscode.commands.executeCommand('setContext', 'interlane.running', files);
  }
}
