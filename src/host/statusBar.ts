/** This file shows the verdict of the active file in the status bar. */
import * as vscode from 'vscode';
import type { ProgramState } from './programs';
import { isInterlane, type Runs } from './runs';

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('interlane.verdict', vscode.StatusBarAlignment.Left, 10);
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly runs: Runs) {
    this.item.name = vscode.l10n.t('Interlane Verdict');
    this.item.command = 'interlane.showTimeline';
    this.subscriptions = [
      runs.onDidChange(() => this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
    ];
    this.update();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return; // the panel has the focus: keep what is shown
    if (!isInterlane(document)) {
      this.item.hide();
      return;
    }
    const state = this.runs.get(document.uri);
    if (!state && document.languageId !== 'interlane') {
      this.item.hide();
      return;
    }
    this.item.text = statusText(state);
    const spoken = this.item.text.replace(/\$\([^)]*\)/g, '').trim();
    this.item.accessibilityInformation = { label: vscode.l10n.t('Interlane: {0}', spoken), role: 'button' };
    this.item.tooltip = vscode.l10n.t('Interlane: show the timeline');
    this.item.show();
  }
}

/** `◆ 1 race · 0 deadlocks · seed 42`, or what is going on. */
export function statusText(state: ProgramState | undefined): string {
  if (!state || (!state.good && state.phase === 'idle' && state.compiles))
    return vscode.l10n.t('$(circle-outline) not run yet');
  if (state.phase === 'running' && !state.good) return vscode.l10n.t('$(sync~spin) running');
  if (!state.compiles)
    return state.good ? vscode.l10n.t('$(error) stale: last good run') : vscode.l10n.t('$(error) does not compile');
  if (!state.good) return vscode.l10n.t('$(circle-outline) not run yet');
  const { findings, trace } = state.good;
  const count = (...kinds: string[]): number => findings.filter((finding) => kinds.includes(finding.kind)).length;
  const races = count('data-race');
  const stuck = count('deadlock', 'partial-deadlock');
  const other = findings.length - races - stuck;
  const icon = findings.length > 0 ? '$(warning)' : '$(check)';
  const parts = [
    races === 1 ? vscode.l10n.t('1 race') : vscode.l10n.t('{0} races', races),
    stuck === 1 ? vscode.l10n.t('1 deadlock') : vscode.l10n.t('{0} deadlocks', stuck),
    ...(other > 0 ? [vscode.l10n.t('{0} more', other)] : []),
    vscode.l10n.t('seed {0}', trace.meta.seed),
  ];
  return `${icon} ${parts.join(' · ')}${state.stale ? ` ${vscode.l10n.t('(stale)')}` : ''}`;
}
