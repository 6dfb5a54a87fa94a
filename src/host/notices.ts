/** This file tells a person what no single file can show: that the simulator is off, and what a report of a failure should say. */
import * as vscode from 'vscode';
import type { Failure } from '../protocol/messages';
import { SIMULATOR_OFF } from './failures';
import { complain, inform } from './words';

/** Said once, when it is shut off. */
export async function tellSimulatorIsOff(log: vscode.LogOutputChannel, restart: () => void): Promise<void> {
  const [again, show] = [vscode.l10n.t('Restart Simulator'), vscode.l10n.t('Show Log')];
  const chosen = await complain(
    vscode.l10n.t('Interlane: {0}. {1} Your files are untouched.', SIMULATOR_OFF.title, SIMULATOR_OFF.message),
    again,
    show,
  );
  if (chosen === again) restart();
  else if (chosen === show) log.show();
}

/** Puts on the clipboard what a report of a failure should say: what failed, where, in which version; not the program, which is the person's own. */
export async function copyReport(failure: Failure, extension: vscode.Extension<unknown>): Promise<void> {
  const { version } = extension.packageJSON as { version: string };
  const lines = [
    `Interlane ${version}, ${vscode.env.appName} ${vscode.version} (${vscode.env.appHost})`,
    `${failure.code}: ${failure.message}`,
    ...(failure.detail === '' ? [] : ['', failure.detail]),
    '',
    'The program, or as much of it as shows the failure:',
    '',
  ];
  await vscode.env.clipboard.writeText(lines.join('\n'));
  void inform(vscode.l10n.t('Copied. Paste it into a report, and add the program if you may share it.'));
}
