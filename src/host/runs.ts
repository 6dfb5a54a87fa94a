/**
 * This file keeps what is known about each document: its latest diagnostics, its last good run, whether that run is stale. It decides when to run
 * (after a pause in typing, on command) and tells listeners what changed. It knows no surface: diagnostics, CodeLens, panel and status bar listen.
 */
import * as vscode from 'vscode';
import type { PackedTrace, PlainDiagnostic } from '../protocol/messages';
import type { ExplainedFinding } from '../report/explained';
import { readSettings } from './settings';
import type { WorkerClient } from './workerClient';

export interface GoodRun {
  readonly trace: PackedTrace;
  readonly findings: readonly ExplainedFinding[];
  readonly stdout: string;
  readonly wallMs: number;
  /** Version of the document that was run. */
  readonly version: number;
  /** When it ended, ms since the epoch. */
  readonly at: number;
}

export interface DocumentState {
  readonly uri: vscode.Uri;
  /** Document version that `diagnostics` belong to; -1: none yet. */
  version: number;
  diagnostics: readonly PlainDiagnostic[];
  compiles: boolean;
  good?: GoodRun;
  phase: 'idle' | 'waiting' | 'running';
  /** The run that is shown does not belong to the present text. */
  stale: boolean;
  instructions: number;
  failure?: string;
}

export type Change = 'phase' | 'diagnostics' | 'run' | 'stale' | 'progress' | 'failure' | 'closed';

/** Which documents Interlane serves: its own at once, Go files once a person asked for one. */
export function isInterlane(document: vscode.TextDocument): boolean {
  return document.languageId === 'interlane' || (document.languageId === 'go' && document.uri.path.endsWith('.go'));
}

export class Runs implements vscode.Disposable {
  private readonly states = new Map<string, DocumentState>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly asked = new Set<string>();
  private readonly changed = new vscode.EventEmitter<{ state: DocumentState; change: Change }>();
  private readonly subscriptions: vscode.Disposable[] = [];
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly worker: WorkerClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.consider(document, 0)),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.contentChanges.length > 0) this.edited(event.document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.close(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && !this.states.has(editor.document.uri.toString())) this.consider(editor.document, 0);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('interlane')) return;
        for (const document of vscode.workspace.textDocuments)
          if (this.states.has(document.uri.toString())) this.consider(document, 0);
      }),
    );
    const active = vscode.window.activeTextEditor?.document;
    if (active) this.consider(active, 0);
  }

  get(uri: vscode.Uri): DocumentState | undefined {
    return this.states.get(uri.toString());
  }

  all(): Iterable<DocumentState> {
    return this.states.values();
  }

  /** Runs now, whatever the settings say. `schedule` replays. `seed` overrides the setting. */
  runNow(document: vscode.TextDocument, options: { schedule?: string; seed?: number } = {}): Promise<DocumentState> {
    this.asked.add(document.uri.toString());
    this.clearTimer(document);
    return this.run(document, options);
  }

  cancel(uri: vscode.Uri): void {
    this.worker.cancel(uri.toString());
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private edited(document: vscode.TextDocument): void {
    const state = this.states.get(document.uri.toString());
    if (state?.good && !state.stale) {
      state.stale = true;
      this.tell(state, 'stale');
    }
    this.consider(document, readSettings(document).delayMs);
  }

  /** Schedules a run if this document is one that runs by itself. */
  private consider(document: vscode.TextDocument, delay: number): void {
    if (!isInterlane(document) || document.uri.scheme === 'git') return;
    if (document.languageId !== 'interlane' && !this.asked.has(document.uri.toString())) return;
    if (!readSettings(document).runOnType) return;
    this.clearTimer(document);
    const timer = setTimeout(() => {
      const key = document.uri.toString();
      this.timers.delete(key);
      // By name: the document that asked may have been closed, and another untitled one have taken its name.
      const present = vscode.workspace.textDocuments.find((other) => other.uri.toString() === key);
      if (present) void this.run(present, {});
    }, delay);
    this.timers.set(document.uri.toString(), timer);
  }

  private clearTimer(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
  }

  private run(document: vscode.TextDocument, options: { schedule?: string; seed?: number }): Promise<DocumentState> {
    const state = this.stateOf(document.uri);
    const settings = readSettings(document);
    const version = document.version;
    state.phase = 'running';
    state.instructions = 0;
    delete state.failure;
    this.tell(state, 'phase');
    return new Promise((resolve) => {
      const end = (change: Change): void => {
        state.phase = 'idle';
        this.tell(state, change);
        resolve(state);
      };
      this.worker.run(
        state.uri.toString(),
        {
          sources: [{ name: baseName(document.uri), text: document.getText() }],
          seed: options.seed ?? settings.seed,
          settings: settings.machine,
          budgets: settings.budgets,
          maxTraceRows: settings.maxTraceRows,
          ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
        },
        {
          diagnostics: (message) => {
            state.version = version;
            state.diagnostics = message.diagnostics;
            state.compiles = message.compiles;
            if (!message.compiles && state.good) state.stale = true;
            if (message.compiles) this.tell(state, 'diagnostics');
            else end('diagnostics');
          },
          progress: (message) => {
            state.instructions = message.instructions;
            this.tell(state, 'progress');
          },
          ran: (message) => {
            const fresh = document.version === version;
            const { trace, findings, stdout, wallMs } = message;
            state.good = { trace, findings, stdout, wallMs, version, at: Date.now() };
            state.stale = !fresh;
            this.log.debug(`${baseName(document.uri)}: ${findings.length} findings in ${wallMs.toFixed(1)} ms`);
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
  }

  private close(document: vscode.TextDocument): void {
    // An untitled document may take the name of one whose end is told only now.
    const key = document.uri.toString();
    if (vscode.workspace.textDocuments.some((other) => other !== document && other.uri.toString() === key)) return;
    const state = this.states.get(document.uri.toString());
    this.clearTimer(document);
    this.asked.delete(document.uri.toString());
    if (!state) return;
    this.states.delete(document.uri.toString());
    this.worker.cancel(document.uri.toString());
    this.tell(state, 'closed');
  }

  private stateOf(uri: vscode.Uri): DocumentState {
    let state = this.states.get(uri.toString());
    if (!state) {
      state = { uri, version: -1, diagnostics: [], compiles: true, phase: 'idle', stale: false, instructions: 0 };
      this.states.set(uri.toString(), state);
    }
    return state;
  }

  private tell(state: DocumentState, change: Change): void {
    // What comes of a document that has been closed meanwhile concerns nobody, least of all a new one of the same name.
    if (change !== 'closed' && this.states.get(state.uri.toString()) !== state) return;
    this.changed.fire({ state, change });
  }
}

/** Last part of a path, as tabs show it. */
export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
