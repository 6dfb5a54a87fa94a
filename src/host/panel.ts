/**
 * This file owns the timeline panel: one webview beside the editor that follows the active Interlane file. The host keeps the model and sends it again
 * whenever the webview (re)appears; a focus chosen in the panel moves the editor, the editor's caret marks events in the panel.
 */
import * as vscode from 'vscode';
import {
  PROTOCOL_VERSION,
  type Failure,
  type HostToWebview,
  type PanelState,
  type WebviewToHost,
} from '../protocol/messages';
import { isLong } from '../report/activity';
import { isInterlane } from './documents';
import { baseName } from './folders';
import { columnFor, lockOwnGroup, onDidCoverLonePanel, VIEW_TYPE } from './groups';
import { PageWatch } from './pageWatch';
import { panelHtml } from './panelHtml';
import { placeFile, placeRange, toRange } from './places';
import { fileIndex, type GoodRun, type ProgramState } from './programs';
import type { Runs } from './runs';
import { readSettings } from './settings';
import { tabTitle } from './words';

/** What the panel asks of the rest of the extension. */
export interface PanelActions {
  run(uri: vscode.Uri, replay: boolean): void;
  stop(uri: vscode.Uri): void;
  /** Runs with the seed of the settings again. */
  usualSeed(uri: vscode.Uri): void;
  openExample(): void;
  restartSimulator(): void;
  /** Puts what a report of a failure should say on the clipboard. */
  report(failure: Failure | undefined): void;
  applyFix(uri: vscode.Uri, title: string): void;
  hover(at: vscode.Location | undefined): void;
  focus(at: vscode.Location | undefined): void;
  painted(ms: number, slices: number): void;
  /** How many there are to open. */
  readonly examples: number;
}

export class TimelinePanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private uri: vscode.Uri | undefined;
  /** The page has answered: what is sent now arrives. */
  ready = false;
  private queue: HostToWebview[] = [];
  private watch: PageWatch | undefined;
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly runs: Runs,
    private readonly log: vscode.LogOutputChannel,
    private readonly actions: PanelActions,
  ) {
    runs.shownBy.push((state) => state === this.shown());
    runs.viewedBy.push((state) => this.visible && state === this.shown());
    this.subscriptions.push(
      runs.onDidChange(({ state, change }) => {
        if (change === 'closed') {
          this.closed(state);
          return;
        }
        if (!this.uri || runs.get(this.uri) !== state) return;
        if (this.uri.toString() !== state.uri.toString()) this.entitle(state.uri);
        const untraced = change === 'trace' && !state.good?.traced;
        this.sendState(state, change === 'phase' || change === 'progress' || untraced);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (
          editor &&
          this.panel &&
          isInterlane(editor.document) &&
          (editor.document.languageId === 'interlane' || runs.get(editor.document.uri))
        ) {
          this.follow(editor.document.uri);
        }
      }),
      vscode.window.onDidChangeTextEditorSelection((event) => {
        const file = fileIndex(this.shown()?.good?.files ?? [], event.textEditor.document.uri);
        if (file >= 0) this.send({ type: 'caret', file, line: event.selections[0]!.active.line + 1 });
      }),
      onDidCoverLonePanel(() => this.panel?.reveal(vscode.ViewColumn.Beside, true)),
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
        // The page is shown when this is done: it does not wait for a run, which may never end.
        deserializeWebviewPanel: (panel, state: unknown) => {
          const uri = savedUri(state);
          this.adopt(panel);
          if (uri) void this.reopen(uri);
          return Promise.resolve();
        },
      }),
    );
  }

  get visible(): boolean {
    return this.panel?.visible ?? false;
  }

  /** Shows the panel for a document, beside the editor, without taking the focus from it. */
  show(uri: vscode.Uri, preserveFocus = true): void {
    if (!this.panel) {
      const panel = vscode.window.createWebviewPanel(
        VIEW_TYPE,
        'Interlane',
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus },
        {},
      );
      this.adopt(panel);
    } else if (!this.panel.visible) {
      this.panel.reveal(undefined, preserveFocus);
    } else if (!preserveFocus) {
      this.panel.reveal(undefined, false);
    }
    this.follow(uri);
  }

  send(message: HostToWebview): void {
    if (this.ready) void this.panel?.webview.postMessage(message);
    else this.queue.push(message);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.panel?.dispose();
  }

  /** The program that the panel shows. */
  private shown(): ProgramState | undefined {
    return this.uri && this.runs.get(this.uri);
  }

  private follow(uri: vscode.Uri): void {
    const next = this.runs.get(uri);
    if (this.uri && (this.uri.toString() === uri.toString() || (next && next === this.shown()))) return;
    this.entitle(next?.uri ?? uri);
    this.lastSent = undefined; // the page keeps one run at a time
    this.sendAll();
  }

  /** Shows the program of a file under its name. */
  private entitle(uri: vscode.Uri): void {
    this.uri = uri;
    if (this.panel) this.panel.title = tabTitle(vscode.l10n.t('Interlane: {0}', baseName(uri)));
  }

  private async reopen(uri: vscode.Uri): Promise<void> {
    this.follow(uri);
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      if (!this.runs.get(uri)?.good) await this.runs.runNow(document);
    } catch (error) {
      this.log.info(`the file of the restored panel cannot be opened: ${String(error)}`);
    }
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    this.ready = false;
    this.queue = [];
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    const media = vscode.Uri.joinPath(this.extensionUri, 'media');
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'lane-icon-light.svg'),
      dark: vscode.Uri.joinPath(media, 'lane-icon-dark.svg'),
    };
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
    this.load(panel);
    this.watch?.end();
    const watch = (this.watch = new PageWatch({
      get visible() {
        return panel.visible;
      },
      reload: () => this.load(panel),
      log: (message) => this.log.info(message),
    }));
    panel.webview.onDidReceiveMessage((message: WebviewToHost) => this.receive(message));
    const lock = lockOwnGroup(panel);
    panel.onDidDispose(() => {
      lock.dispose();
      watch.end();
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.uri = undefined;
      this.ready = false;
      this.queue = [];
      void vscode.commands.executeCommand('setContext', 'interlane.panelVisible', false);
    });
    void vscode.commands.executeCommand('setContext', 'interlane.panelVisible', true);
  }

  /** Loads its page, or loads it again: another nonce makes it another page. */
  private load({ webview }: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    webview.html = panelHtml({
      cspSource: webview.cspSource,
      nonce: nonce(),
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.js')).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.css')).toString(),
      codiconUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'codicon.css')).toString(),
    });
  }

  private sendAll(): void {
    if (!this.uri || !this.panel) return;
    const state = this.runs.get(this.uri);
    if (state) this.sendState(state, false);
    else this.sendEmpty(this.uri);
  }

  private sendEmpty(uri: vscode.Uri): void {
    const state = this.runs.get(uri);
    const { seed } = state ? this.runs.seedOf(state) : readSettings(uri);
    const { examples } = this.actions;
    this.send({ type: 'empty', uri: uri.toString(), file: baseName(uri), seed, examples });
  }

  /** What is going on comes first: it greys what is shown, until that is replaced. That nothing goes on any more comes last. */
  private sendState(state: ProgramState, phaseOnly: boolean): void {
    const { work } = this.runs.activityOf(state);
    if (work) this.sendActivity(state);
    if (state.phase === 'idle' || !phaseOnly) this.sendResult(state, phaseOnly);
    if (!work) this.sendActivity(state);
    this.send({ type: 'seed', uri: state.uri.toString(), ...this.runs.seedOf(state) });
  }

  /** The page says that something runs. */
  private saysWork = false;
  /** Most runs are over before a word of them could be read: nothing is said of those while there is something to see. */
  private sendActivity(state: ProgramState): void {
    const activity = this.runs.activityOf(state);
    if (activity.work && state.good?.traced && !isLong(activity) && !this.saysWork) return;
    this.saysWork = activity.work !== undefined;
    this.send({ type: 'activity', ...named(state), activity });
  }

  /** The last good run stays to be read; nothing goes on any more. */
  private closed(state: ProgramState): void {
    if (this.uri?.toString() !== state.uri.toString()) return;
    if (state.good?.traced) this.sendActivity(state);
    else if (!state.failure && state.compiles) this.sendEmpty(state.uri);
  }

  private sendResult(state: ProgramState, phaseOnly: boolean): void {
    if (!state.good) {
      if (state.failure) this.sendFailure(state);
      else if (!state.compiles) this.sendStale(state);
      else if (state.phase === 'idle') this.sendEmpty(state.uri);
      return;
    }
    if (!state.good.traced) {
      this.sendUntraced(state, state.good, phaseOnly);
      return;
    }
    if (!phaseOnly) this.sendRun(state);
    if (state.failure) this.sendFailure(state);
    else if (state.stale) this.sendStale(state);
  }

  /** Nobody looked when it ran: the page waits for the trace that is asked for now. */
  private sendUntraced(state: ProgramState, { untraced, at }: GoodRun, phaseOnly: boolean): void {
    if (!phaseOnly && this.visible) this.runs.trace(state);
    if (this.runs.isTracing(state)) return;
    if (untraced) this.send({ type: 'failed', ...named(state), failure: untraced, since: at });
    else if (state.phase === 'idle') this.sendEmpty(state.uri);
  }

  private sendFailure(state: ProgramState): void {
    const { failure, good } = state;
    if (failure) this.send({ type: 'failed', ...named(state), failure, since: good?.at ?? 0 });
  }

  private sendStale(state: ProgramState): void {
    const files = state.files.map(({ uri }) => baseName(uri));
    const diagnostics = state.compiles ? [] : state.diagnostics;
    this.send({ type: 'stale', ...named(state), files, diagnostics, since: state.good?.at ?? 0 });
  }

  private lastSent: unknown;
  private sendRun(state: ProgramState): void {
    const good = state.good!;
    if (this.lastSent === good && this.ready) return;
    this.lastSent = good;
    this.send({
      type: 'run',
      ...named(state),
      version: good.files[fileIndex(good.files, state.uri)]?.version ?? -1,
      trace: good.trace,
      findings: good.findings,
      stopped: good.stopped,
      printed: good.printed,
      wallMs: good.wallMs,
    });
  }

  private receive(message: WebviewToHost): void {
    const uri = this.uri;
    switch (message.type) {
      case 'ready':
        if (message.version !== PROTOCOL_VERSION)
          this.log.warn(`the panel speaks protocol ${message.version}, the host ${PROTOCOL_VERSION}`);
        this.ready = true;
        this.watch?.end();
        this.lastSent = undefined;
        this.queue = [];
        this.sendAll();
        return;
      case 'painted':
        this.actions.painted(message.ms, message.slices);
        return;
      case 'error':
        this.log.error(`internal error in the panel: ${message.message}\n${message.stack}`);
        return;
      case 'command':
        if (message.command === 'openExample') this.actions.openExample();
        else if (message.command === 'openSettings')
          void vscode.commands.executeCommand('workbench.action.openSettings', '@ext:interlane.interlane');
        else if (message.command === 'showLog') this.log.show();
        else if (message.command === 'restartSimulator') this.actions.restartSimulator();
        else if (message.command === 'report') this.actions.report(this.shown()?.failure);
        else if (uri && message.command === 'stop') this.actions.stop(uri);
        else if (uri && message.command === 'usualSeed') this.actions.usualSeed(uri);
        else if (uri) this.actions.run(uri, message.command === 'replay');
        return;
      case 'hover':
        this.actions.hover(this.locationOf(message.place));
        return;
      case 'focus': {
        const at = this.locationOf(message.place);
        this.actions.focus(at);
        if (message.reveal && at) void this.reveal(at, true);
        return;
      }
      case 'open': {
        const at = this.locationOf(message.place);
        if (at) void this.reveal(at, false);
        return;
      }
      case 'goTo': {
        const file = this.shown()?.files[message.file];
        if (file) void this.reveal(new vscode.Location(file.uri, toRange(message.range)), false);
        return;
      }
      case 'focusEditor':
        if (uri) void vscode.window.showTextDocument(uri, optionsFor(uri, false));
        return;
      case 'applyFix':
        if (uri) this.actions.applyFix(uri, message.title);
        return;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        return;
    }
  }

  /** Where a place of the shown run is; nowhere while the run is stale, because its lines no longer match. */
  private locationOf(place: number): vscode.Location | undefined {
    const state = this.shown();
    if (!state?.good || state.stale || place < 0) return undefined;
    const { meta } = state.good.trace;
    const file = state.good.files[placeFile(meta, place)];
    const range = placeRange(meta, place);
    return file && range && new vscode.Location(file.uri, range);
  }

  private async reveal({ uri, range }: vscode.Location, preserveFocus: boolean): Promise<void> {
    const editor = await vscode.window.showTextDocument(uri, optionsFor(uri, preserveFocus));
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

function optionsFor(uri: vscode.Uri, preserveFocus: boolean): vscode.TextDocumentShowOptions {
  const viewColumn = columnFor(uri);
  return { preserveFocus, ...(viewColumn && { viewColumn }) };
}

/** What tells the panel of which program a message is. */
function named({ uri }: ProgramState): { uri: string; file: string } {
  return { uri: uri.toString(), file: baseName(uri) };
}

function savedUri(state: unknown): vscode.Uri | undefined {
  const uri = (state as Partial<PanelState> | undefined)?.uri;
  return typeof uri === 'string' && uri !== '' ? vscode.Uri.parse(uri) : undefined;
}

/** 128 random bits for the content security policy. */
function nonce(): string {
  const bytes = new Uint8Array(16);
  globalThis.crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
