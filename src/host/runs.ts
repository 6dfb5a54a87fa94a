/**
 * This file decides when a program is run (after a pause in typing, on command, when a file of its folder changes), takes what the worker finds, and tells
 * listeners what changed. It knows no surface: diagnostics, CodeLens, panel and status bar listen.
 */
import * as vscode from 'vscode';
import type { Failure, WorkerToHost } from '../protocol/messages';
import { after, type Activity, type Happened } from '../report/activity';
import { documentAt, isInterlane, isPresent, openInTabs } from './documents';
import { areNeighbours, baseName, Folders, type FolderFile } from './folders';
import { Programs, type GoodRun, type ProgramState } from './programs';
import type { Seeds } from './seeds';
import { readSettings } from './settings';
import { changesRuns } from './settingsTable';
import type { Asked, WorkerClient } from './workerClient';

/** `trace`: of the last good run there is a trace now, or none to be had; what was found is as before. */
export type Change = 'phase' | 'diagnostics' | 'run' | 'trace' | 'stale' | 'progress' | 'failure' | 'closed';

export interface RunOptions {
  /** Choices to replay. */
  readonly schedule?: string;
}

export class Runs implements vscode.Disposable {
  private readonly programs = new Programs();
  private readonly folders: Folders;
  /** By key of the program. */
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** By key of the program: its latest request, which makes older ones void. */
  private readonly requests = new Map<string, symbol>();
  /** Keys of programs that nobody sees and whose settings have changed since they ran: they run again when somebody does. */
  private readonly behind = new Set<string>();
  /** By key of the program: the last good run, while it is run again for its trace. */
  private readonly tracing = new Map<string, { readonly good: GoodRun; activity: Activity }>();
  /** Whether somebody looks at the trace of a program: who shows traces adds himself. */
  readonly viewedBy: ((state: ProgramState) => boolean)[] = [];
  /** Whether somebody sees a program elsewhere than in an editor: who shows programs adds himself. */
  readonly shownBy: ((state: ProgramState) => boolean)[] = [];
  private readonly changed = new vscode.EventEmitter<{ state: ProgramState; change: Change }>();
  private readonly subscriptions: vscode.Disposable[] = [];
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly worker: WorkerClient,
    private readonly seeds: Seeds,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.folders = new Folders(log);
    this.subscriptions.push(
      this.folders.onDidChange((uri) => this.changedOnDisk(uri)),
      vscode.workspace.onDidOpenTextDocument((document) => this.consider(document, 0)),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.contentChanges.length > 0) this.edited(event.document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.close(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && !this.get(editor.document.uri)) this.consider(editor.document, 0);
        this.worker.makeWay();
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.catchUp(editors)),
      vscode.workspace.onDidChangeConfiguration((event) => this.configured(event)),
    );
    const active = vscode.window.activeTextEditor?.document;
    if (active) this.consider(active, 0);
  }

  /** The program that a file belongs to. */
  get(uri: vscode.Uri): ProgramState | undefined {
    return this.programs.get(uri);
  }

  /** Key of the program that a person is working at. */
  get front(): string | undefined {
    const document = vscode.window.activeTextEditor?.document;
    return document && this.get(document.uri)?.key;
  }

  /** The seed of a program's runs, and that of the settings. */
  seedOf(state: ProgramState): { readonly seed: number; readonly usual: number } {
    const usual = readSettings(state.uri).seed;
    return { seed: this.seeds.of(state.files.map(({ uri }) => uri)) ?? usual, usual };
  }

  /** Keeps a seed for the program of a document, and runs it; undefined: that of the settings again. */
  async runWithSeed(document: vscode.TextDocument, seed: number | undefined): Promise<ProgramState> {
    const state = this.programs.of(document.uri);
    const files = state.files.map(({ uri }) => uri);
    await this.seeds.choose(files, seed === this.seedOf(state).usual ? undefined : seed);
    return this.runNow(document);
  }

  /** What is found with another seed, beside what runs and without a trace; nothing when it was called off, or came to nothing. */
  foundWith(state: ProgramState, seed: number): Promise<GoodRun['findings'] | undefined> {
    const { good } = state;
    if (!good || !this.programs.has(state)) return Promise.resolve(undefined);
    const { sources, focus, settings, budgets } = good.asked;
    return new Promise((resolve) => {
      const none = (): void => resolve(undefined);
      this.worker.run(
        besides(state),
        { sources, focus, settings, budgets, seed, trace: false },
        {
          diagnostics: ({ compiles }) => !compiles && none(),
          progress: () => undefined,
          setBack: () => undefined,
          ran: ({ findings }) => resolve(findings),
          cancelled: none,
          failed: none,
        },
      );
    });
  }

  /** Calls off what {@link foundWith} runs. */
  cancelBesides(state: ProgramState): void {
    this.worker.forget(besides(state));
  }

  all(): Iterable<ProgramState> {
    return this.programs.all();
  }

  /** Runs the program of a document now, whatever the settings say. */
  runNow(document: vscode.TextDocument, options: RunOptions = {}): Promise<ProgramState> {
    const state = this.programs.of(document.uri);
    state.asked = true;
    this.clearTimer(state);
    return this.run(state, options, true);
  }

  /** Runs again what did not run because the simulator was off; but for the one that a person runs, with a seed or a schedule perhaps. */
  resume(): void {
    for (const state of this.all())
      if (state.failure?.kind === 'off' && state.phase === 'idle') this.schedule(state, 0);
  }

  /**
   * Somebody wants to look at the last good run, of which there is no trace: it is run once more, as it was. What runs gives a newer one; what a person has
   * stopped is not run again by itself.
   */
  trace(state: ProgramState): void {
    const { good } = state;
    if (!good || good.traced || good.untraced || good.stopped || state.phase === 'running' || this.isTracing(state))
      return;
    const tracing = { good, activity: after(state.activity, { type: 'asked' }) };
    this.tracing.set(state.key, tracing);
    const goesOn = (happened: Happened): void => {
      tracing.activity = after(tracing.activity, happened);
      this.tell(state, 'progress');
    };
    const end = (change: Change, result: Partial<GoodRun>): void => {
      if (this.tracing.get(state.key) !== tracing) return;
      this.tracing.delete(state.key);
      if (state.good === good) state.good = { ...good, ...result };
      this.tell(state, change);
    };
    this.worker.run(
      state.key,
      { ...good.asked, trace: true },
      {
        diagnostics: ({ compiles }) => compiles && goesOn({ type: 'compiled' }),
        progress: (message) => goesOn(progressOf(message, good.asked)),
        setBack: () => goesOn({ type: 'asked' }),
        ran: ({ trace, traced, stopped, findings }) =>
          end(isSameVerdict(findings, good.findings) ? 'trace' : 'run', { trace, traced, stopped, findings }),
        cancelled: () => end('phase', {}),
        failed: (untraced) => end('trace', { untraced }),
      },
    );
  }

  /** Whether the last good run of a program is being run again for its trace. */
  isTracing({ key, good }: ProgramState): boolean {
    return good !== undefined && this.tracing.get(key)?.good === good;
  }

  /** What is going on with a program, which is seen where its trace is shown: it may run again for that alone. */
  activityOf(state: ProgramState): Activity {
    return this.atWork(state).activity;
  }

  /** Ends the run of a program where it is, which tells what it has found so far; if it does not run yet, or is told so again, it is called off. */
  stop(state: ProgramState): void {
    const asked = this.atWork(state);
    if (asked.activity.work?.kind !== 'running') this.requests.delete(state.key);
    asked.activity = after(asked.activity, { type: 'stop' });
    this.tell(state, 'progress');
    this.worker.end(state.key);
  }

  /** What runs of a program: itself, or the trace of its last good run. */
  private atWork(state: ProgramState): { activity: Activity } {
    return state.activity.work ? state : (this.tracing.get(state.key) ?? state);
  }

  cancel(uri: vscode.Uri): void {
    const state = this.get(uri);
    if (!state) return;
    this.requests.delete(state.key);
    this.worker.cancel(state.key);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.folders.dispose();
    this.changed.dispose();
  }

  // ---------------------------------------------------------------- what calls for a run

  private edited(document: vscode.TextDocument): void {
    const state = this.get(document.uri);
    if (state?.good && !state.stale) {
      state.activity = after(state.activity, { type: 'edited' });
      this.tell(state, 'stale');
    }
    if (state) this.schedule(state, readSettings(document).delayMs);
    else this.consider(document, readSettings(document).delayMs);
  }

  /** Schedules a run if this document is one that runs by itself. */
  private consider(document: vscode.TextDocument, delay: number): void {
    if (!isInterlane(document) || document.uri.scheme === 'git') return;
    if (document.languageId === 'interlane') this.schedule(this.programs.of(document.uri), delay);
    else this.neighbours(document.uri).forEach((state) => this.schedule(state, delay));
  }

  private changedOnDisk(uri: vscode.Uri): void {
    const state = this.get(uri);
    // What is open and unsaved is not read from disk.
    const open = state?.files.find((file) => file.uri.toString() === uri.toString() && file.version >= 0);
    if (open && documentAt(uri)) return;
    for (const other of state ? [state] : this.neighbours(uri)) this.schedule(other, readSettings(uri).delayMs);
  }

  /** VS Code keeps documents for a while after their editors were closed: their programs need not run as long as nobody sees them. */
  private configured(event: vscode.ConfigurationChangeEvent): void {
    const open = openInTabs();
    const isSeen = (state: ProgramState): boolean =>
      state.files.some(({ uri }) => open.has(uri.toString())) || this.shownBy.some((shows) => shows(state));
    for (const state of this.all()) {
      if (!changesRuns((section) => event.affectsConfiguration(section, state.uri))) continue;
      if (isSeen(state)) this.schedule(state, 0);
      else this.behind.add(state.key);
    }
  }

  private catchUp(editors: readonly vscode.TextEditor[]): void {
    for (const { document } of editors) {
      const state = this.get(document.uri);
      if (state && this.behind.has(state.key)) this.schedule(state, 0);
    }
  }

  /** Programs of the folder that a person asked for: a file that was none of theirs may become one. */
  private neighbours(uri: vscode.Uri): ProgramState[] {
    return [...this.all()].filter((state) => state.asked && areNeighbours(state.uri, uri));
  }

  /** Schedules a run of a program that runs by itself. */
  private schedule(state: ProgramState, delay: number): void {
    if (!runsByItself(state) || !readSettings(state.uri).runOnType) return;
    this.clearTimer(state);
    const run = (): void => {
      this.timers.delete(state.key);
      if (this.programs.has(state)) void this.run(state, {}, false);
    };
    this.timers.set(state.key, setTimeout(run, delay));
  }

  private clearTimer(state: ProgramState): void {
    clearTimeout(this.timers.get(state.key));
    this.timers.delete(state.key);
  }

  private close(document: vscode.TextDocument): void {
    const state = this.get(document.uri);
    // An untitled document may take the name of one whose end is told only now.
    if (!state || documentAt(document.uri, document)) return;
    if (state.files.some(({ uri }) => documentAt(uri, document))) this.schedule(state, 0);
    else this.end(state);
  }

  private end(state: ProgramState): void {
    this.clearTimer(state);
    this.requests.delete(state.key);
    this.behind.delete(state.key);
    this.tracing.delete(state.key);
    this.programs.end(state);
    this.worker.forget(state.key);
    this.cancelBesides(state);
    state.activity = after(state.activity, { type: 'cancelled' });
    this.changed.fire({ state, change: 'closed' });
  }

  // ---------------------------------------------------------------- a run

  private async run(state: ProgramState, options: RunOptions, byHand: boolean): Promise<ProgramState> {
    const request = Symbol();
    this.requests.set(state.key, request);
    this.behind.delete(state.key);
    state.activity = after(state.activity, { type: 'asked' });
    this.tell(state, 'phase');
    const document = documentAt(state.uri) ?? state.files.map(({ uri }) => documentAt(uri)).find((open) => open);
    const folder = document ? await this.folders.around(document) : [];
    if (document && this.requests.get(state.key) === request) {
      return this.send(state, request, document.uri, folder, options, byHand);
    }
    // Cancelled meanwhile; or a newer request has come, which says how it goes on.
    if (this.requests.get(state.key) === request) this.requests.delete(state.key);
    if (!this.requests.has(state.key)) state.activity = after(state.activity, { type: 'cancelled' });
    this.tell(state, 'phase');
    return state;
  }

  private send(state: ProgramState, request: symbol, focus: vscode.Uri, folder: readonly FolderFile[], options: RunOptions, byHand: boolean): Promise<ProgramState> {
    const settings = readSettings(focus);
    return new Promise((resolve) => {
      const goesOn = (happened: Happened, change: Change): void => {
        const { work } = state.activity;
        const now = after(state.activity, happened);
        // The end of one that a newer request has cancelled is not the end of that one.
        state.activity = (this.requests.get(state.key) ?? request) === request ? now : { ...now, work };
        this.tell(state, change);
      };
      const end = (happened: Happened, change: Change): void => {
        goesOn(happened, change);
        resolve(state);
      };
      const asked: Asked = {
        sources: folder.map(({ name, text }) => ({ name, text })),
        focus: baseName(focus),
        seed: this.seedOf(state).seed,
        settings: settings.machine,
        budgets: settings.budgets,
        trace: this.viewedBy.some((views) => views(state)),
        ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
      };
      this.worker.run(
        state.key,
        asked,
        {
          diagnostics: (message) => {
            this.takeDiagnostics(state, folder, message);
            if (message.compiles) goesOn({ type: 'compiled' }, 'diagnostics');
            else end({ type: 'refused' }, 'diagnostics');
          },
          progress: (message) => goesOn(progressOf(message, asked), 'progress'),
          setBack: () => goesOn({ type: 'asked' }, 'phase'),
          ran: (message) => {
            this.takeRun(state, asked, message);
            end({ type: 'ran', stopped: message.stopped, present: state.files.every(isPresent) }, 'run');
          },
          cancelled: () => end({ type: 'cancelled' }, 'phase'),
          failed: (failure) => {
            this.takeFailure(state, failure);
            end({ type: 'failed' }, 'failure');
          },
        },
        byHand,
      );
    });
  } // prettier-ignore

  private takeDiagnostics(
    state: ProgramState,
    folder: readonly FolderFile[],
    message: Extract<WorkerToHost, { type: 'diagnostics' }>,
  ): void {
    if (!this.programs.has(state)) return;
    const file = (name: string): FolderFile => folder.find((other) => other.name === name) ?? folder[0]!;
    const ended = this.programs.consists(state, file(message.head).uri, message.files.map(file));
    for (const other of ended) this.end(other);
    delete state.failure;
    state.diagnostics = message.diagnostics;
    state.compiles = message.compiles;
  }

  private takeRun(state: ProgramState, asked: Asked, message: Extract<WorkerToHost, { type: 'ran' }>): void {
    const { trace, traced, stopped, findings, printed, wallMs } = message;
    const { files } = state;
    state.good = { trace, traced, stopped, asked, findings, printed, wallMs, files, at: Date.now() };
    this.log.debug(`${baseName(state.uri)}: ${findings.length} findings in ${wallMs.toFixed(1)} ms`);
  }

  private takeFailure(state: ProgramState, failure: Failure): void {
    state.failure = failure;
    // What was found in an older text is no news of this one.
    if (!state.files.every(isPresent)) {
      state.diagnostics = [];
      state.compiles = true;
    }
    if (failure.kind === 'internal') this.log.error(`internal error in the simulator: ${failure.detail}`);
  }

  private tell(state: ProgramState, change: Change): void {
    // What comes of a program that has been closed meanwhile concerns nobody, least of all a new one of the same file.
    if (this.programs.has(state)) this.changed.fire({ state, change });
  }
}

/** Key of what runs beside a program. */
function besides({ key }: ProgramState): string {
  return `${key} besides`;
}

function progressOf(
  { instructions: steps, virtualNs, wallMs: wallTime }: Extract<WorkerToHost, { type: 'progress' }>,
  { budgets }: Asked,
): Happened {
  return { type: 'progress', spent: { steps, virtualNs, wallTime }, budgets };
}

/** A run that real time ended may end elsewhere when it is repeated. */
function isSameVerdict(some: GoodRun['findings'], others: GoodRun['findings']): boolean {
  return some.length === others.length && some.every(({ message }, i) => message === others[i]!.message);
}

/** Of its own files Interlane runs each at once; a Go program runs by itself once a person has asked for it. */
function runsByItself(state: ProgramState): boolean {
  return state.asked || documentAt(state.uri)?.languageId === 'interlane';
}
