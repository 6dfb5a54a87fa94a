/** This file tells a person of settings that cannot be used as they are: in the log and in one notification, once for each wrong value. */
import * as vscode from 'vscode';
import type { Runs } from './runs';
import { readSettings } from './settings';
import type { Complaint } from './settingsTable';
import { warn } from './words';

export class SettingsWarnings implements vscode.Disposable {
  /** By what was said: what has been told, and has not been changed since. */
  private readonly known = new Map<string, Complaint>();
  private readonly subscriptions: vscode.Disposable[];
  /** All that was told, in order. */
  readonly told: string[] = [];

  constructor(
    runs: Runs,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions = [
      // Folders may have settings of their own: those of a file are read where it is run.
      runs.onDidChange(({ state, change }) => {
        if (change === 'phase' && state.phase === 'running') this.look(state.uri);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('interlane')) return;
        this.forget(event);
        this.look(vscode.window.activeTextEditor?.document);
      }),
    ];
    this.look(vscode.window.activeTextEditor?.document);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** A setting that was changed may be told of again. */
  private forget(event: vscode.ConfigurationChangeEvent): void {
    for (const [message, { key }] of this.known) if (event.affectsConfiguration(key)) this.known.delete(message);
  }

  private look(scope: vscode.ConfigurationScope | undefined): void {
    const fresh = readSettings(scope).complaints.filter(({ message }) => !this.known.has(message));
    for (const complaint of fresh) {
      this.known.set(complaint.message, complaint);
      this.told.push(complaint.message);
      this.log.warn(complaint.message);
    }
    if (fresh.length > 0) void this.notify(fresh);
  }

  private async notify([first, ...more]: readonly Complaint[]): Promise<void> {
    const open = vscode.l10n.t('Open Settings');
    const rest = more.length === 0 ? '' : ` ${vscode.l10n.t('{0} more are named in the log.', more.length)}`;
    const chosen = await warn(`Interlane: ${first!.message}${rest}`, open);
    const query = more.length === 0 ? `@id:${first!.key}` : '@ext:interlane.interlane';
    if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', query);
  }
}
