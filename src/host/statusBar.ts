/** This file shows the verdict of the active file in the status bar. */
import * as vscode from 'vscode';
import { doingWords, isLong, shareWords } from '../report/activity';
import { countedFindings } from '../report/counted';
import { isEmptyProgram } from '../report/emptyProgram';
import { documentAt, isInterlane } from './documents';
import { SIMULATOR_OFF } from './failures';
import type { ProgramState } from './programs';
import type { Runs } from './runs';
import { readSettings } from './settings';

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('interlane.verdict', vscode.StatusBarAlignment.Left, 10);
  private readonly subscriptions: vscode.Disposable[];
  /** The file that it was about. */
  private last: vscode.Uri | undefined;

  constructor(
    private readonly runs: Runs,
    private readonly simulator: { readonly off: boolean },
  ) {
    this.item.name = vscode.l10n.t('Interlane Verdict');
    this.subscriptions = [
      runs.onDidChange(() => this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('interlane')) this.update();
      }),
    ];
    this.update();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  update(): void {
    // While the panel has the focus it is about the file that had it.
    const document = vscode.window.activeTextEditor?.document ?? (this.last && documentAt(this.last));
    if (!document) return;
    this.last = document.uri;
    if (!isInterlane(document)) {
      this.item.hide();
      return;
    }
    const state = this.runs.get(document.uri);
    if (!state && document.languageId !== 'interlane') {
      this.item.hide();
      return;
    }
    const { off } = this.simulator;
    const wrong = readSettings(document).complaints.map(({ message }) => message);
    const text = off
      ? `$(circle-slash) ${SIMULATOR_OFF.title}`
      : statusText(state, state && this.runs.seedOf(state).usual);
    this.item.text = wrong.length > 0 ? `${text} $(settings-gear)` : text;
    this.item.command = off ? 'interlane.restartSimulator' : 'interlane.showTimeline';
    const spoken = [text.replace(/\$\([^)]*\)/g, '').trim(), ...wrong].join('. ');
    this.item.accessibilityInformation = { label: vscode.l10n.t('Interlane: {0}', spoken), role: 'button' };
    const hint = off
      ? vscode.l10n.t('{0}. {1} Click to restart it.', SIMULATOR_OFF.title, SIMULATOR_OFF.message)
      : (state?.failure?.message ?? vscode.l10n.t('show the timeline'));
    this.item.tooltip = [vscode.l10n.t('Interlane: {0}', hint), ...wrong].join('\n');
    this.item.show();
  }
}

/** Kinds that are counted even where there are none. */
const BY_NAME: ReadonlySet<string> = new Set(['data-race', 'deadlock', 'partial-deadlock']);

/** `◆ 1 race · 0 deadlocks · seed 42`, or what is going on. */
export function statusText(state: ProgramState | undefined, usualSeed?: number): string {
  if (state?.failure && state.phase === 'idle') return `$(error) ${state.failure.title}`;
  if (!state || (!state.good && state.phase === 'idle' && state.compiles))
    return vscode.l10n.t('$(circle-outline) not run yet');
  const { activity } = state;
  if (activity.work && (!state.good || isLong(activity)))
    return `$(sync~spin) ${[doingWords(activity).toLowerCase(), shareWords(activity)].join(' ').trim()}`;
  if (isEmptyProgram(state.diagnostics)) return vscode.l10n.t('$(circle-outline) empty file');
  if (!state.compiles)
    return state.good ? vscode.l10n.t('$(error) stale: last good run') : vscode.l10n.t('$(error) does not compile');
  if (!state.good) return vscode.l10n.t('$(circle-outline) not run yet');
  const { findings, trace } = state.good;
  const { seed } = trace.meta;
  const count = (...kinds: string[]): number => findings.filter((finding) => kinds.includes(finding.kind)).length;
  const races = count('data-race');
  const stuck = count('deadlock', 'partial-deadlock');
  const others = countedFindings(
    findings.filter(({ kind }) => !BY_NAME.has(kind)),
    false,
  );
  const icon = findings.length > 0 ? '$(warning)' : '$(check)';
  const parts = [
    races === 1 ? vscode.l10n.t('1 race') : vscode.l10n.t('{0} races', races),
    stuck === 1 ? vscode.l10n.t('1 deadlock') : vscode.l10n.t('{0} deadlocks', stuck),
    ...others.map(({ words }) => words),
    seed === usualSeed || usualSeed === undefined
      ? vscode.l10n.t('seed {0}', seed)
      : vscode.l10n.t('seed {0} (chosen)', seed),
  ];
  const { result } = activity;
  const note = result === 'stale' ? vscode.l10n.t('(stale)') : result === 'stopped' ? vscode.l10n.t('(stopped)') : '';
  return `${icon} ${parts.join(' · ')} ${note}`.trimEnd();
}
