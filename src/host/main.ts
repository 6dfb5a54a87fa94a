/** This file wires the extension: it makes the parts, connects them, and registers what package.json declares. */
import * as vscode from 'vscode';
import { applyFix, QuickFixes } from './codeActions';
import { RunCodeLens } from './codeLens';
import { Completions } from './completions';
import { Decorations } from './decorations';
import { Diagnostics } from './diagnostics';
import { documentAt, isInterlane } from './documents';
import { pickExample } from './examplePick';
import { Examples } from './examples';
import { createLog, reportInternalError } from './log';
import { copyReport, tellSimulatorIsOff } from './notices';
import { TimelinePanel } from './panel';
import { PANEL_KEYS } from './panelKeys';
import { RunningContext } from './runningContext';
import { Runs } from './runs';
import { searchSeed } from './seedSearch';
import { Seeds } from './seeds';
import { SettingsWarnings } from './settingsWarnings';
import type { StartSimulator } from './simulator';
import { StatusBar } from './statusBar';
import { inform } from './words';
import { WorkerClient } from './workerClient';

/** What tests and benchmarks may ask of the running extension. */
export interface InterlaneApi {
  readonly runs: Runs;
  readonly panel: TimelinePanel;
  /** First paint of each run in the panel, ms from receipt. */
  readonly paints: { ms: number; slices: number }[];
  readonly worker: WorkerClient;
  readonly settings: SettingsWarnings;
  /** How simulators are started from now on; another may be put in its place. */
  readonly simulators: { start: StartSimulator };
  /** Where the log channel is kept, as a file. */
  readonly logFolder: vscode.Uri;
}

/** Seeds that are tried in one search. */
const MOST_SEEDS = 200;

/** @param simulator how one is started here */
export function activateWith(context: vscode.ExtensionContext, simulator: StartSimulator): InterlaneApi {
  const log = createLog(context);
  const simulators = { start: simulator };
  const worker = new WorkerClient((events) => simulators.start(events), log, {
    turned: (off) => turned(off),
    front: () => runs.front,
  });
  worker.start();
  const runs: Runs = new Runs(worker, new Seeds(context.workspaceState), log);
  const decorations = new Decorations(context.extensionUri, runs);
  const originals = vscode.Uri.joinPath(context.extensionUri, 'examples');
  const examples = new Examples(originals, vscode.Uri.joinPath(context.globalStorageUri, 'examples'), log);
  const paints: { ms: number; slices: number }[] = [];
  const lens = new RunCodeLens(runs);
  const settings = new SettingsWarnings(runs, log);

  const panel = new TimelinePanel(context.extensionUri, runs, log, {
    run: (uri, replay) => void guard('run', () => runAndShow(uri, replay)),
    stop: (uri) => stop(uri),
    usualSeed: (uri) => void guard('usualSeed', () => usualSeed(uri)),
    openExample: () => void guard('openExample', () => pickExample(examples)),
    restartSimulator: () => worker.restart(),
    report: (failure) => void guard('report', () => failure && copyReport(failure, context.extension)),
    applyFix: (uri, title) => void guard('applyFix', () => applyFix(runs, uri, title)),
    hover: (at) => decorations.hover(at),
    focus: (at) => decorations.focus(at),
    painted: (ms, slices) => {
      paints.push({ ms, slices });
      log.debug(`the panel painted ${slices} slices in ${ms.toFixed(1)} ms`);
    },
    examples: examples.count,
  });

  const statusBar = new StatusBar(runs, worker);

  function turned(off: boolean): void {
    statusBar.update();
    if (off) void tellSimulatorIsOff(log, () => worker.restart());
    else runs.resume();
  }

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
    void inform(vscode.l10n.t('Interlane runs .lane and .go files: open one first, or open an example.'));
    return undefined;
  }

  async function runAndShow(uri: vscode.Uri | undefined, replay: boolean): Promise<void> {
    const document = await target(uri);
    if (!document) return;
    panel.show(document.uri);
    const schedule = replay ? runs.get(document.uri)?.good?.trace.meta.schedule : undefined;
    await runs.runNow(document, schedule === undefined ? {} : { schedule });
  }

  /** Ends the run of a file; without one the run that a person sees, or else whatever runs. */
  function stop(uri: vscode.Uri | undefined): void {
    const at = uri ?? vscode.window.activeTextEditor?.document.uri;
    const here = at && runs.get(at);
    const busy = [...runs.all()].filter((state) => runs.activityOf(state).work);
    for (const state of here && busy.includes(here) ? [here] : uri ? [] : busy) runs.stop(state);
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
    await runs.runWithSeed(document, Number(answer));
  }

  /** Looks for a seed with a finding that the shown run does not have, and runs with it. */
  async function nextSeed(uri: vscode.Uri | undefined): Promise<void> {
    const document = await target(uri);
    if (!document) return;
    panel.show(document.uri);
    const state = runs.get(document.uri);
    const shown = state?.good && !state.stale ? state : await runs.runNow(document);
    const { good } = shown;
    if (!good || shown.stale) return;
    const { seed } = good.trace.meta;
    const title = vscode.l10n.t('Looking for a seed with a finding that this run does not have');
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const found = await vscode.window.withProgress(options, async (progress, token) => {
      // Of another text nobody wants to know.
      const isOff = (): boolean => token.isCancellationRequested || shown.good?.asked !== good.asked || shown.stale;
      const off = [
        token.onCancellationRequested(() => runs.cancelBesides(shown)),
        runs.onDidChange(({ state: changed }) => changed === shown && isOff() && runs.cancelBesides(shown)),
      ];
      try {
        return await searchSeed({
          seed,
          shown: good.findings,
          most: MOST_SEEDS,
          run: async (next) => {
            const findings = isOff() ? undefined : await runs.foundWith(shown, next);
            return isOff() ? undefined : findings;
          },
          tried: (count) =>
            progress.report({
              increment: 100 / MOST_SEEDS,
              message: vscode.l10n.t('{0} of {1} tried', count, MOST_SEEDS),
            }),
        });
      } finally {
        for (const listener of off) listener.dispose();
      }
    });
    if (found === 'none')
      void inform(vscode.l10n.t('None of the {0} seeds after {1} finds anything else: no proof.', MOST_SEEDS, seed));
    else if (found !== undefined) await runs.runWithSeed(document, found);
  }

  async function usualSeed(uri: vscode.Uri | undefined): Promise<void> {
    const document = await target(uri);
    if (!document) return;
    panel.show(document.uri);
    await runs.runWithSeed(document, undefined);
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
    settings,
    new Diagnostics(runs),
    new RunningContext(runs),
    statusBar,
    vscode.languages.registerCodeLensProvider(selector, lens),
    vscode.languages.registerCodeActionsProvider(selector, new QuickFixes(runs), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.languages.registerCompletionItemProvider({ language: 'interlane' }, new Completions(context.extensionUri)),
    command('run', (uri) => runAndShow(uri, false)),
    command('replay', (uri) => runAndShow(uri, true)),
    command('runWithSeed', (uri) => runWithSeed(uri)),
    command('usualSeed', (uri) => usualSeed(uri)),
    command('nextSeed', (uri) => nextSeed(uri)),
    command('stop', (uri) => stop(uri)),
    command('cancel', () => cancelAll(runs)),
    command('showTimeline', async (uri) => {
      const document = await target(uri);
      // Who asks for what is already there wants to go to it: by the keyboard there is no shorter way.
      if (document) panel.show(document.uri, !panel.visible);
    }),
    command('showFinding', (uri) => showFinding(uri)),
    command('openExample', () => pickExample(examples)),
    command('showLog', () => log.show()),
    command('restartSimulator', () => worker.restart()),
    command('viewGoroutines', () => panel.send({ type: 'view', preset: 'goroutines' })),
    command('viewCores', () => panel.send({ type: 'view', preset: 'cores' })),
    ...Object.entries(PANEL_KEYS).map(([name, key]) => command(name, () => panel.send({ type: 'key', command: key }))),
  );
  log.info(`Interlane ${(context.extension.packageJSON as { version: string }).version} is ready`);
  return { runs, panel, paints, worker, settings, simulators, logFolder: context.logUri };
}

function cancelAll(runs: Runs): void {
  for (const state of runs.all()) runs.cancel(state.uri);
}
