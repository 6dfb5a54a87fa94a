/** This file turns messages of the host into changes of the state. */
import type { HostToWebview, PanelState, WebviewToHost } from '../protocol/messages';
import { buildTimeline } from '../timeline/build';
import { after, IDLE } from '../report/activity';
import { decodeTransfer } from '../trace/transfer';
import { extentOf } from './derive';
import { commandOf } from './keys';
import type { Navigator } from './navigate';
import { openingRow } from './opening';
import { NO_FOCUS, wishDrawer, type AppState, type Run } from './state';
import type { Store } from './store';
import { clamp, NO_HISTORY } from './viewport';

type RunMessage = Extract<HostToWebview, { type: 'run' }>;

export class Receiver {
  /** The document on display; empty before there is one. */
  uri: string;
  /** Set between a run's arrival and its first paint: when it arrived. */
  private arrived: number | undefined;
  /** The first window has to wait until the width of the timeline is known. */
  private viewWaits = false;
  /** State of an earlier page, until the first run has been shown with it. */
  private restored: PanelState | undefined;

  constructor(
    private readonly store: Store,
    private readonly navigator: Navigator,
    private readonly post: (message: WebviewToHost) => void,
    saved: PanelState | undefined,
  ) {
    this.uri = saved?.uri ?? '';
    if (saved) {
      this.restored = saved;
      const {
        preset,
        axis,
        table,
        collapsed,
        drawer = 'auto',
        tab = 'explanation',
        alone = false,
        chosen = {},
      } = saved;
      store.set({ preset, axis, table, collapsed: new Set(collapsed), drawer, tab, alone, chosen });
    }
    store.subscribe((now) => {
      if (!this.viewWaits || !now.run || now.width <= 0) return;
      this.viewWaits = false;
      store.set({ view: navigator.initialView(now.run, now.axis, now.width) });
    });
  }

  receive(message: HostToWebview): void {
    switch (message.type) {
      case 'empty':
        this.uri = message.uri;
        this.store.set({
          phase: 'empty',
          file: message.file,
          seed: message.seed,
          usualSeed: message.seed,
          examples: message.examples,
          run: undefined,
          activity: IDLE,
          stale: undefined,
          failure: undefined,
          focus: NO_FOCUS,
          finding: -1,
        });
        break;
      case 'seed':
        if (message.uri === this.uri) this.store.set({ seed: message.seed, usualSeed: message.usual });
        break;
      case 'activity':
        this.turnTo(message.uri);
        this.store.set({ file: message.file, activity: message.activity });
        break;
      case 'run':
        this.showRun(message);
        break;
      case 'stale':
        this.turnTo(message.uri);
        this.store.set({
          file: message.file,
          stale: { files: message.files, diagnostics: message.diagnostics, since: message.since },
          failure: undefined,
          activity: after(this.store.state.activity, { type: message.diagnostics.length > 0 ? 'refused' : 'edited' }),
        });
        break;
      case 'failed':
        this.fail(message);
        break;
      case 'caret':
        this.store.set({ caret: { file: message.file, line: message.line } });
        break;
      case 'select':
        this.select(message);
        break;
      case 'view':
        if (message.preset) this.navigator.setPreset(message.preset);
        if (message.axis) this.navigator.setAxis(message.axis);
        if (message.table !== undefined) this.store.set({ table: message.table });
        break;
      case 'key':
        commandOf(message.command)?.run({ store: this.store, navigator: this.navigator, post: this.post });
        break;
    }
  }

  /** Called after each frame: tells the host once a run is on the screen. */
  painted(): void {
    const { run } = this.store.state;
    if (this.arrived === undefined || !run) return;
    const { arrived } = this;
    this.arrived = undefined;
    // A task of its own runs after the browser has put the frame on the screen.
    setTimeout(() => this.post({ type: 'painted', ms: performance.now() - arrived, slices: countSlices(run) }));
  }

  private showRun(message: RunMessage): void {
    this.arrived = performance.now();
    this.uri = message.uri;
    const trace = decodeTransfer(message.trace);
    const run: Run = {
      file: message.file,
      version: message.version,
      timeline: buildTimeline(trace, message.findings),
      findings: message.findings,
      stopped: message.stopped ?? false,
      printed: message.printed,
      wallMs: message.wallMs,
    };
    const before = this.store.state;
    const again = before.run?.file === run.file;
    const { axis } = before;
    const restored = this.restored;
    this.restored = undefined;
    const keep = restored ? { from: restored.from, to: restored.to } : again ? before.view : undefined;
    const extent = extentOf(run, axis);
    const fresh = this.navigator.initialView(run, axis, before.width);
    const view = keep && keep.to > keep.from && keep.from < extent.end ? clamp(keep, extent) : fresh;
    const sameShape = again && before.run.timeline.steps === run.timeline.steps;
    const keepsView = sameShape || restored !== undefined;
    this.viewWaits = !keepsView && before.width <= 0;
    this.store.set({
      phase: 'shown',
      file: run.file,
      activity: after(before.activity, { type: 'ran', stopped: run.stopped, present: true }),
      stale: undefined,
      failure: undefined,
      run,
      view: keepsView ? view : fresh,
      history: NO_HISTORY,
      hover: undefined,
      ...this.firstFocus(run, restored, before, again),
      announcement: said(run),
    });
  }

  /** Keeps the step of the last run; else selects the first finding. */
  private firstFocus(run: Run, restored: PanelState | undefined, before: AppState, again: boolean): Partial<AppState> {
    const { timeline, findings } = run;
    const finding = findings.length > 0 ? 0 : -1;
    const wanted = restored && restored.row >= 0 && restored.row < timeline.trace.length ? restored.row : undefined;
    const kept =
      again && before.focus.row >= 0 && findings.length === 0
        ? timeline.rowAtStep(Math.min(before.focus.step, timeline.steps - 1))
        : undefined;
    const row = wanted ?? kept ?? (findings[0] ? openingRow(findings[0]) : -1);
    if (row < 0) return { focus: NO_FOCUS, finding, lane: '' };
    const g = timeline.goroutineOf(row);
    return {
      focus: { row, step: timeline.trace.columns.step[row]!, g },
      finding: findingWith(run, row),
      lane: `g${g}`,
    };
  }

  /** There is no result; the last good run stays, if it is this file's. */
  private fail({ uri, file, failure, since }: Extract<HostToWebview, { type: 'failed' }>): void {
    this.turnTo(uri);
    const announcement = [`${failure.title}.`, failure.message, ...failure.advice].join(' ');
    this.store.set({
      phase: 'shown',
      file,
      failure: { ...failure, since },
      stale: undefined,
      activity: after(this.store.state.activity, { type: 'failed' }),
      announcement,
    });
  }

  /** When the panel turns to another file, the run on display is none of its, nor is a failure. */
  private turnTo(uri: string): void {
    if (this.uri === uri) return;
    this.uri = uri;
    this.store.set({
      failure: undefined,
      run: undefined,
      stale: undefined,
      activity: IDLE,
      usualSeed: this.store.state.seed,
      focus: NO_FOCUS,
      finding: -1,
    });
  }

  private select({ finding, row }: Extract<HostToWebview, { type: 'select' }>): void {
    if (finding !== undefined) {
      this.store.set(wishDrawer(this.store.state, true));
      this.navigator.openFinding(finding, { reveal: false });
    } else if (row !== undefined) this.navigator.focusRow(row, { reveal: false });
  }
}

/** What is said aloud of a run that has come. */
function said({ findings, stopped }: Run): string {
  const found = findings[0]?.message ?? `No race and no deadlock ${stopped ? 'so far' : 'in this run'}`;
  return stopped ? `Stopped. ${found}` : found;
}

function findingWith(run: Run, row: number): number {
  return run.findings.findIndex(({ sites, values, cycle }) =>
    [...sites, ...values, ...cycle].some((site) => site.row === row),
  );
}

function countSlices({ timeline }: Run): number {
  return timeline
    .lanes('goroutines')
    .reduce(
      (sum, { lanes }) =>
        sum + lanes.reduce((inner, { tracks }) => inner + tracks.reduce((n, { length }) => n + length, 0), 0),
      0,
    );
}
