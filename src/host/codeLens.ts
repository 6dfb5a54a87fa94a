/** This file offers "Run | Replay race (n)" above main, or above the first test of a file without main: always the same number of entries, so that no line moves while a person types. */
import * as vscode from 'vscode';
import { isInterlane } from './documents';
import { entryOf } from './entry';
import type { Runs } from './runs';
import { readSettings } from './settings';

export class RunCodeLens implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly runs: Runs) {
    this.subscriptions = [
      runs.onDidChange(({ state, change }) => {
        const first = (change === 'phase' || change === 'diagnostics') && !state.good;
        if (first || change === 'run' || change === 'stale' || change === 'failure') this.changed.fire();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('interlane.editor')) this.changed.fire();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isInterlane(document) || !readSettings(document).codeLens) return [];
    const entry = entryOf(document.getText());
    if (entry === undefined) return [];
    const position = document.positionAt(entry);
    const range = new vscode.Range(position, position);
    return [
      new vscode.CodeLens(range, {
        title: vscode.l10n.t('Run'),
        command: 'interlane.run',
        tooltip: vscode.l10n.t('Run once and show the timeline'),
        arguments: [document.uri],
      }),
      new vscode.CodeLens(range, this.result(document)),
    ];
  }

  private result(document: vscode.TextDocument): vscode.Command {
    const state = this.runs.get(document.uri);
    const findings = state?.good?.findings ?? [];
    const races = findings.filter((finding) => finding.kind === 'data-race').length;
    const stuck = findings.filter(
      (finding) => finding.kind === 'deadlock' || finding.kind === 'partial-deadlock',
    ).length;
    const title = !state?.good
      ? state?.phase === 'running'
        ? vscode.l10n.t('Running')
        : (state?.failure?.title ??
          (state?.compiles === false ? vscode.l10n.t('Does not compile') : vscode.l10n.t('Not run yet')))
      : races > 0
        ? vscode.l10n.t('Show race ({0})', races)
        : stuck > 0
          ? vscode.l10n.t('Show deadlock ({0})', stuck)
          : findings.length > 0
            ? vscode.l10n.t('Show finding ({0})', findings.length)
            : vscode.l10n.t('No race in this schedule');
    return {
      title,
      command: findings.length > 0 ? 'interlane.showFinding' : 'interlane.showTimeline',
      arguments: [document.uri],
    };
  }
}
