/** This file wires the extension: it makes the parts, connects them, and registers what package.json declares. */
import * as vscode from 'vscode';
import { applyFix, QuickFixes } from './codeActions';
import { RunCodeLens } from './codeLens';
import { Decorations } from './decorations';
import { Diagnostics } from './diagnostics';
import { Examples } from './examples';
import { createLog, reportInternalError } from './log';
import { TimelinePanel } from './panel';
import { documentAt, isInterlane, Runs } from './runs';
import { StatusBar } from './statusBar';
import { WorkerClient } from './workerClient';

/** What tests and benchmarks may ask of the running extension. */
export interface InterlaneApi {
  readonly runs: Runs;
  readonly panel: TimelinePanel;
  /** First paint of each run in the panel, ms from receipt. */
  readonly paints: { ms: number; slices: number }[];
  readonly worker: WorkerClient;
}

export function activate(context: vscode.ExtensionContext): InterlaneApi {
  const log = createLog(context);
  const worker = new WorkerClient(vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker.js').fsPath, log);
  const runs = new Runs(worker, log);
  const decorations = new Decorations(context.extensionUri, runs);
  const examples = new Examples(vscode.Uri.joinPath(context.extensionUri, 'examples'));
  const paints: { ms: number; slices: number }[] = [];
  const lens = new RunCodeLens(runs);

  const panel = new TimelinePanel(context.extensionUri, runs, log, {
    run: (uri, replay) => void guard('run', () => runAndShow(uri, replay)),
    openExample: () => void guard('openExample', () => examples.open()),
    applyFix: (uri, title) => void guard('applyFix', () => applyFix(runs, uri, title)),
    hover: (at) => decorations.hover(at),
    focus: (at) => decorations.focus(at),
    painted: (ms, slices) => {
      paints.push({ ms, slices });
      log.debug(`the panel painted ${slices} slices in ${ms.toFixed(1)} ms`);
    },
    countExamples: () => examples.count(),
  });

  async function guard<T>(where: string, action: () => Promise<T> | T): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      reportInternalError(log, where, error);
      return undefined;
    }
  }

  async function target(uri: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
    // Asking for a document that is open would keep it for minutes after its editor was closed.
    if (uri instanceof vscode.Uri) return documentAt(uri) ?? vscode.workspace.openTextDocument(uri);
    const active = vscode.window.activeTextEditor?.document;
    if (active && isInterlane(active)) return active;
    const shown = vscode.window.visibleTextEditors.find((editor) => isInterlane(editor.document));
    if (shown) return shown.document;
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Interlane runs .lane and .go files: open one first, or open an example.'),
    );
    return undefined;
  }

  async function runAndShow(uri: vscode.Uri | undefined, replay: boolean): Promise<void> {
    const document = await target(uri);
    if (!document) return;
    panel.show(document.uri);
    const schedule = replay ? runs.get(document.uri)?.good?.trace.meta.schedule : undefined;
    await runs.runNow(document, schedule === undefined ? {} : { schedule });
  }

  async function runWithSeed(uri: vscode.Uri | undefined): Promise<void> {
    const document = await target(uri);
    if (!document) return;
    const answer = await vscode.window.showInputBox({
      prompt: vscode.l10n.t('Seed of the schedule: the same seed gives the same run'),
      value: String(Math.floor(Math.random() * 10000)),
      validateInput: (text) =>
        /^\d{1,9}$/.test(text) ? undefined : vscode.l10n.t('A whole number from 0 to 999999999'),
    });
    if (answer === undefined) return;
    panel.show(document.uri);
    await runs.runNow(document, { seed: Number(answer) });
  }

  async function showFinding(uri: vscode.Uri | undefined): Promise<void> {
    const document = await target(uri);
    if (!document) return;
    panel.show(document.uri);
    panel.send({ type: 'select', finding: 0 });
  }

  const command = (id: string, action: (uri?: vscode.Uri) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`interlane.${id}`, (uri?: vscode.Uri) => guard(id, () => action(uri)));

  const selector: vscode.DocumentSelector = [{ language: 'interlane' }, { language: 'go' }];
  context.subscriptions.push(
    { dispose: () => worker.dispose() },
    runs,
    decorations,
    panel,
    lens,
    new Diagnostics(runs),
    new StatusBar(runs),
    vscode.languages.registerCodeLensProvider(selector, lens),
    vscode.languages.registerCodeActionsProvider(selector, new QuickFixes(runs), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    command('run', (uri) => runAndShow(uri, false)),
    command('replay', (uri) => runAndShow(uri, true)),
    command('runWithSeed', (uri) => runWithSeed(uri)),
    command('cancel', () => cancelAll(runs)),
    command('showTimeline', async (uri) => {
      const document = await target(uri);
      if (document) panel.show(document.uri);
    }),
    command('showFinding', (uri) => showFinding(uri)),
    command('openExample', () => examples.open()),
    command('showLog', () => log.show()),
    command('viewGoroutines', () => panel.send({ type: 'view', preset: 'goroutines' })),
    command('viewCores', () => panel.send({ type: 'view', preset: 'cores' })),
    command('toggleTable', () => panel.send({ type: 'key', command: 'table' })),
    command('toggleAxis', () => panel.send({ type: 'key', command: 'axis' })),
  );
  log.info(`Interlane ${(context.extension.packageJSON as { version: string }).version} is ready`);
  return { runs, panel, paints, worker };
}

function cancelAll(runs: Runs): void {
  for (const state of runs.all()) runs.cancel(state.uri);
}
