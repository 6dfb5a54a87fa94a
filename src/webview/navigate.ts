/** This file moves the window and the focus: every way to look somewhere else, as changes of the state. */
import type { WebviewToHost } from '../protocol/messages';
import { scale, span, type Viewport } from '../picture/window';
import { extentOf, groupsOf, layoutOf, linksOf } from './derive';
import { NO_FOCUS, type AppState, type Run } from './state';
import type { Store } from './store';
import {
  all,
  between,
  centreOn,
  ensureVisible,
  fit,
  pan,
  redo,
  same,
  undo,
  visit,
  zoomAt,
  type Extent,
} from './viewport';

/** Px of a step from which single events can be told apart. */
const READABLE = 9;
/** Px of a step when a finding is opened. */
const CLOSE = 13;
/** Duration of a movement to a target, ms. */
const GLIDE = 180;

const reducedMotion = (): boolean =>
  document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;

export class Navigator {
  private gliding = 0;
  private target: Viewport | undefined;

  constructor(
    private readonly store: Store,
    private readonly post: (message: WebviewToHost) => void,
  ) {}

  private get state(): AppState {
    return this.store.state;
  }

  // ---- window

  /** Sets the window, and remembers the one that is left. */
  show(view: Viewport, { remember = true, glide = false } = {}): void {
    const { view: now, history } = this.state;
    cancelAnimationFrame(this.gliding);
    this.target = undefined;
    if (same(view, now)) return;
    if (remember) this.store.set({ history: visit(history, now) });
    if (glide && !reducedMotion()) this.glide(now, view);
    else this.store.set({ view });
  }

  zoom(factor: number, unit?: number): void {
    this.withExtent((extent, { view, focus, run, axis }) => {
      const atFocus = focus.row >= 0 ? run!.timeline.xOf(focus.row, axis) : undefined;
      const inSight = atFocus !== undefined && atFocus >= view.from && atFocus <= view.to ? atFocus : undefined;
      const at = unit ?? inSight ?? (view.from + view.to) / 2;
      this.show(zoomAt(this.target ?? view, extent, at, factor), { remember: false });
    });
  }

  /** Moves the window by a share of its width. */
  panBy(share: number): void {
    this.withExtent((extent, { view }) => this.show(pan(view, extent, span(view) * share), { remember: false }));
  }

  fitAll(): void {
    this.withExtent((extent) => this.show(all(extent), { glide: true }));
  }

  centre(): void {
    this.withExtent((extent, state) => {
      if (state.focus.row < 0) return;
      this.show(centreOn(state.view, extent, state.run!.timeline.xOf(state.focus.row, state.axis)), { glide: true });
    });
  }

  /** Shows the slice of the focus, or the rows of the finding, from edge to edge. */
  fitSelection(): void {
    this.withExtent((extent, state) => {
      const { timeline } = state.run!;
      if (state.focus.row < 0) return;
      const lane = timeline.lane(`g${timeline.goroutineOf(state.focus.row)}`);
      const track = lane?.tracks[0];
      const slice = lane && track ? timeline.sliceAtRow(lane, state.focus.row) : -1;
      if (!track || slice < 0) return this.centre();
      const { start, end } = timeline.bounds(track, slice, state.axis);
      this.show(fit(start, end, extent), { glide: true });
    });
  }

  fitRange(from: number, to: number): void {
    this.withExtent((extent) => this.show(fit(from, to, extent, 0), { glide: true }));
  }

  undo(): void {
    const step = undo(this.state.history, this.state.view);
    if (step) this.store.set(step);
  }

  redo(): void {
    const step = redo(this.state.history, this.state.view);
    if (step) this.store.set(step);
  }

  // ---- focus

  /** Puts the focus on a row. `reveal`: the editor goes there too. */
  focusRow(row: number, { reveal = true, scroll = true, glide = true } = {}): void {
    const { run } = this.state;
    if (!run || row < 0 || row >= run.timeline.trace.length) return;
    const { timeline } = run;
    const g = timeline.goroutineOf(row);
    const focus = { row, step: timeline.trace.columns.step[row]!, g };
    this.store.set({
      focus,
      lane: `g${g}`,
      finding: this.findingOf(run, row),
      announcement: timeline.describeRow(row),
    });
    if (scroll) {
      this.withExtent((extent, { view, axis }) => {
        this.show(ensureVisible(this.target ?? view, extent, timeline.xOf(row, axis)), { remember: false, glide });
      });
    }
    this.post({ type: 'focus', focus, place: timeline.trace.columns.place[row]!, reveal });
  }

  /** The finding of the pane stays when the row belongs to it; else the first that has the row. */
  private findingOf(run: Run, row: number): number {
    const has = (index: number): boolean => {
      const finding = run.findings[index];
      return [...(finding?.sites ?? []), ...(finding?.values ?? []), ...(finding?.cycle ?? [])].some(
        (site) => site.row === row,
      );
    };
    return has(this.state.finding) ? this.state.finding : run.findings.findIndex((_, index) => has(index));
  }

  /** Opens a finding: pane, focus, and a window in which its events can be told apart. */
  openFinding(index: number, { reveal = true, glide = true } = {}): void {
    const { run, axis } = this.state;
    const finding = run?.findings[index];
    if (!run || !finding) return;
    const row = finding.sites.find((site) => site.row >= 0)?.row ?? -1;
    this.store.set({ finding: index });
    if (row < 0) return;
    this.withExtent((extent, { view }) => {
      const rows = [...finding.sites.filter(({ role }) => role.endsWith('access')), ...finding.values].map(
        (site) => site.row,
      );
      const units = [row, ...rows].filter((at) => at >= 0).map((at) => run.timeline.xOf(at, axis));
      const [from, to] = [Math.min(...units), Math.max(...units)];
      if (from < view.from || to > view.to) {
        const width = Math.max(span(view), (to - from) * 1.3);
        this.show(fit((from + to - width) / 2, (from + to + width) / 2, extent, 0), { glide });
      }
    });
    this.focusRow(row, { reveal, scroll: false });
    this.store.set({ finding: index });
  }

  clearFocus(): void {
    this.store.set({ focus: NO_FOCUS, finding: -1, announcement: 'Nothing is selected' });
    this.post({ type: 'focus', focus: NO_FOCUS, place: -1, reveal: false });
  }

  /** Next (+1) or previous (−1) step of the whole program. */
  step(direction: 1 | -1): void {
    const { run, focus } = this.state;
    if (!run) return;
    const from = focus.row < 0 ? (direction > 0 ? -1 : run.timeline.steps) : focus.step;
    this.toStep(Math.min(Math.max(from + direction, 0), run.timeline.steps - 1));
  }

  toStep(step: number): void {
    const row = this.state.run?.timeline.rowAtStep(step) ?? -1;
    if (row >= 0) this.focusRow(row);
  }

  first(): void {
    this.toStep(0);
  }

  last(): void {
    const { run } = this.state;
    if (run) this.toStep(run.timeline.steps - 1);
  }

  /** Next or previous event of the lane that the keyboard is on. */
  alongLane(direction: 1 | -1): void {
    const { run, focus } = this.state;
    const lane = run?.timeline.lane(this.state.lane);
    if (!run || !lane) return this.step(direction);
    const row = run.timeline.neighbour(lane, focus.row, direction);
    if (row >= 0) this.focusRow(row);
  }

  /** The lane above or below; the focus goes to its event nearest to the cursor. */
  acrossLanes(direction: 1 | -1): void {
    const { run, axis, view, focus } = this.state;
    if (!run) return;
    const lanes = layoutOf(this.state).rows.flatMap((row) =>
      row.type === 'lane' && row.lane.goroutine ? [row.lane] : [],
    );
    const at = lanes.findIndex(({ id }) => id === this.state.lane);
    const next = lanes[at < 0 ? 0 : Math.min(Math.max(at + direction, 0), lanes.length - 1)];
    if (!next || next.id === this.state.lane) return;
    const unit = focus.row >= 0 ? run.timeline.xOf(focus.row, axis) : (view.from + view.to) / 2;
    const row = run.timeline.nearestRow(next, axis, unit, Infinity);
    if (row >= 0) this.focusRow(row);
    else this.store.set({ lane: next.id });
  }

  /** The event that causes the focus, or that it causes. */
  follow(which: 'cause' | 'effect'): void {
    const { incoming, outgoing } = linksOf(this.state);
    const row = which === 'cause' ? incoming.at(-1)?.fromRow : outgoing[0]?.toRow;
    if (row === undefined)
      this.store.set({ announcement: which === 'cause' ? 'Nothing else causes this' : 'This causes nothing else' });
    else this.focusRow(row);
  }

  /** The next finding of some kinds after the one on display, around the end. */
  nextFinding(kinds: readonly string[], direction: 1 | -1): void {
    const { run, finding } = this.state;
    const count = run?.findings.length ?? 0;
    for (let i = 1; i <= count; i++) {
      const index = (finding + direction * i + count * 2) % count;
      if (kinds.includes(run!.findings[index]!.kind)) return this.openFinding(index);
    }
    this.store.set({ announcement: 'There is none in this run' });
  }

  /** Shows the place of the focus in the editor. */
  reveal(): void {
    const { run, focus } = this.state;
    if (run && focus.row >= 0)
      this.post({ type: 'focus', focus, place: run.timeline.trace.columns.place[focus.row]!, reveal: true });
  }

  // ---- what is shown

  setAxis(axis: AppState['axis']): void {
    const { run, axis: now, view } = this.state;
    if (!run || axis === now) {
      this.store.set({ axis });
      return;
    }
    const { timeline } = run;
    const convert = (unit: number, fallback: number): number => {
      const row = timeline.rowAt(now, unit);
      return row < 0 || unit >= timeline.end(now) ? fallback : timeline.xOf(row, axis);
    };
    const extent = extentOf(run, axis);
    const from = convert(view.from, extent.start);
    this.store.set({
      axis,
      view: fit(from, Math.max(convert(view.to, extent.end), from), extent, 0),
      history: { past: [], future: [] },
    });
  }

  setPreset(preset: AppState['preset']): void {
    if (preset === this.state.preset) return;
    this.store.set({ preset, hover: undefined });
    if (groupsOf(this.state).length === 0) this.store.set({ announcement: 'Nothing to show' });
  }

  /** The window with which a run opens: all of it where steps can be told apart, else around its first finding. */
  initialView(run: Run, axis: AppState['axis'], width: number): Viewport {
    const extent = extentOf(run, axis);
    const whole = all(extent);
    const row = run.findings[0]?.sites.find((site) => site.row >= 0)?.row ?? -1;
    if (axis !== 'step' || width <= 0 || scale(whole, width) >= READABLE || row < 0) return whole;
    if (run.findings[0]!.cycle.length > 0) return whole;
    const units = width / CLOSE;
    const at = run.timeline.xOf(row, axis);
    return fit(at - units * 0.58, at + units * 0.42, extent, 0);
  }

  private withExtent(act: (extent: Extent, state: AppState) => void): void {
    const { run, axis } = this.state;
    if (run) act(extentOf(run, axis), this.state);
  }

  /** Moves smoothly, eased in and out, so that the eye can follow. */
  private glide(from: Viewport, to: Viewport): void {
    const began = performance.now();
    this.target = to;
    const frame = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - began) / GLIDE));
      const eased = share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) ** 2;
      if (share < 1) {
        this.store.set({ view: between(from, to, eased) });
        this.gliding = requestAnimationFrame(frame);
      } else {
        this.target = undefined;
        this.store.set({ view: to });
      }
    };
    this.gliding = requestAnimationFrame(frame);
  }
}
