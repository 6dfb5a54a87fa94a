/**
 * This file decides when a program is run (after a pause in typing, on command, when a file of its folder changes), takes what the worker finds, and tells
 * listeners what changed. It knows no surface: diagnostics, CodeLens, panel and status bar listen.
 */
import * as vscode from 'vscode';
import type { WorkerToHost } from '../protocol/messages';
import { areNeighbours, baseName, Folders, type FolderFile } from './folders';
import { Programs, type ProgramFile, type ProgramState } from './programs';
import { readSettings } from './settings';
import type { WorkerClient } from './workerClient';

export type Change = 'phase' | 'diagnostics' | 'run' | 'stale' | 'progress' | 'failure' | 'closed';

export interface RunOptions {
  /** Choices to replay. */
  readonly schedule?: string;
  /** Overrides the setting. */
  readonly seed?: number;
}

/** Which documents Interlane serves: its own at once, Go files once a person asked for one. */
export function isInterlane(document: vscode.TextDocument): boolean {
  return document.languageId === 'interlane' || (document.languageId === 'go' && document.uri.path.endsWith('.go'));
}

export class Runs implements vscode.Disposable {
  private readonly programs = new Programs();
  private readonly folders: Folders;
  /** By key of the program. */
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** By key of the program: its latest request, which makes older ones void. */
  private readonly requests = new Map<string, symbol>();
  private readonly changed = new vscode.EventEmitter<{ state: ProgramState; change: Change }>();
  private readonly subscriptions: vscode.Disposable[] = [];
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly worker: WorkerClient,
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
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('interlane')) return;
        for (const state of this.all()) this.schedule(state, 0);
      }),
    );
    const active = vscode.window.activeTextEditor?.document;
    if (active) this.consider(active, 0);
  }

  /** The program that a file belongs to. */
  get(uri: vscode.Uri): ProgramState | undefined {
    return this.programs.get(uri);
  }

  all(): Iterable<ProgramState> {
    return this.programs.all();
  }

  /** Runs the program of a document now, whatever the settings say. */
  runNow(document: vscode.TextDocument, options: RunOptions = {}): Promise<ProgramState> {
    const state = this.programs.of(document.uri);
    state.asked = true;
    this.clearTimer(state);
    return this.run(state, options);
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
      state.stale = true;
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
      if (this.programs.has(state)) void this.run(state, {});
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
    this.programs.end(state);
    this.worker.cancel(state.key);
    this.changed.fire({ state, change: 'closed' });
  }

  // ---------------------------------------------------------------- a run

  private async run(state: ProgramState, options: RunOptions): Promise<ProgramState> {
    const request = Symbol();
    this.requests.set(state.key, request);
    state.phase = 'running';
    state.instructions = 0;
    delete state.failure;
    this.tell(state, 'phase');
    const document = documentAt(state.uri) ?? state.files.map(({ uri }) => documentAt(uri)).find((open) => open);
    const folder = document ? await this.folders.around(document) : [];
    if (document && this.requests.get(state.key) === request) {
      return this.send(state, request, document.uri, folder, options);
    }
    // Cancelled meanwhile; or a newer request has come, which says how it goes on.
    if (this.requests.get(state.key) === request) this.requests.delete(state.key);
    if (!this.requests.has(state.key)) state.phase = 'idle';
    this.tell(state, 'phase');
    return state;
  }

  private send(state: ProgramState, request: symbol, focus: vscode.Uri, folder: readonly FolderFile[], options: RunOptions): Promise<ProgramState> {
    const settings = readSettings(focus);
    return new Promise((resolve) => {
      const end = (change: Change): void => {
        // The end of one that a newer request has cancelled is not the end of that one.
        if ((this.requests.get(state.key) ?? request) === request) state.phase = 'idle';
        this.tell(state, change);
        resolve(state);
      };
      this.worker.run(
        state.key,
        {
          sources: folder.map(({ name, text }) => ({ name, text })),
          focus: baseName(focus),
          seed: options.seed ?? settings.seed,
          settings: settings.machine,
          budgets: settings.budgets,
          maxTraceRows: settings.maxTraceRows,
          ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
        },
        {
          diagnostics: (message) => {
            this.takeDiagnostics(state, folder, message);
            if (message.compiles) this.tell(state, 'diagnostics');
            else end('diagnostics');
          },
          progress: (message) => {
            state.instructions = message.instructions;
            this.tell(state, 'progress');
          },
          ran: (message) => {
            this.takeRun(state, message);
            end('run');
          },
          cancelled: () => end('phase'),
          failed: (why) => {
            state.failure = why;
            this.log.error(`internal error: ${why}`);
            end('failure');
          },
        },
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
    state.diagnostics = message.diagnostics;
    state.compiles = message.compiles;
    if (!message.compiles && state.good) state.stale = true;
  }

  private takeRun(state: ProgramState, message: Extract<WorkerToHost, { type: 'ran' }>): void {
    const { trace, findings, stdout, wallMs } = message;
    const { files } = state;
    state.good = { trace, findings, stdout, wallMs, files, at: Date.now() };
    state.stale = !files.every(isPresent);
    this.log.debug(`${baseName(state.uri)}: ${findings.length} findings in ${wallMs.toFixed(1)} ms`);
  }

  private tell(state: ProgramState, change: Change): void {
    // What comes of a program that has been closed meanwhile concerns nobody, least of all a new one of the same file.
    if (this.programs.has(state)) this.changed.fire({ state, change });
  }
}

/** Of its own files Interlane runs each at once; a Go program runs by itself once a person has asked for it. */
function runsByItself(state: ProgramState): boolean {
  return state.asked || documentAt(state.uri)?.languageId === 'interlane';
}

/** The open document of a file; not the one that is just being closed. */
export function documentAt(uri: vscode.Uri, closing?: vscode.TextDocument): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((other) => other !== closing && other.uri.toString() === key);
}

/** Whether a file still has the text that was checked, as far as editors know. */
function isPresent({ uri, version }: ProgramFile): boolean {
  const open = documentAt(uri);
  return version < 0 ? !open?.isDirty : !open || open.version === version;
}
