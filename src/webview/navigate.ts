/** This file moves the window and the focus: every way to look somewhere else, as changes of the state. */
import type { WebviewToHost } from '../protocol/messages';
import { scale, span, type Viewport } from '../picture/window';
import type { Lane } from '../timeline/model';
import { extentOf, groupsOf, layoutOf, linksOf } from './derive';
import { openingRow, reachOf } from './opening';
import { windowWords } from './say';
import { NO_FOCUS, wishDrawer, type AppState, type Run } from './state';
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
import { plural } from './words';

/** Px of a step from which single events can be told apart. */
const READABLE = 9;
/** Px of a step when a finding is opened. */
const CLOSE = 13;
/** Duration of a movement to a target, ms. */
const GLIDE = 180;

/** Room left and right of what a finding is about, as a share of it; least room of an event from an edge of the window, as a share of that. */
const BESIDE = 0.15;
const EDGE = 0.02;

/** Whether a window holds a range, with some air. */
function holds(view: Viewport, from: number, to: number): boolean {
  const air = span(view) * EDGE;
  return from >= view.from + air && to <= view.to - air;
}

const reducedMotion = (): boolean =>
  document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Where the keyboard was before it went from lane to lane; holds as long as the focus is where that has led. */
interface Origin {
  readonly run: Run;
  readonly lane: string;
  readonly row: number;
  /** Row of the focus since. */
  readonly reached: number;
}

export class Navigator {
  private gliding = 0;
  private target: Viewport | undefined;
  private origin: Origin | undefined;

  constructor(
    private readonly store: Store,
    private readonly post: (message: WebviewToHost) => void,
  ) {}

  private get state(): AppState {
    return this.store.state;
  }

  // ---- window

  /** Sets the window, and remembers the one that is left. `say`: aloud, for who has pressed a key. */
  show(view: Viewport, { remember = true, glide = false, say = false } = {}): void {
    const { view: now, history } = this.state;
    if (say) this.sayWindow(view);
    cancelAnimationFrame(this.gliding);
    this.target = undefined;
    if (same(view, now)) return;
    if (remember) this.store.set({ history: visit(history, now) });
    if (glide && !reducedMotion()) this.glide(now, view);
    else this.store.set({ view });
  }

  private sayWindow(view: Viewport): void {
    const { run, axis } = this.state;
    if (run) this.store.set({ announcement: windowWords(run.timeline, axis, view) });
  }

  /** @param unit what stays where it is; otherwise the focus, or the middle */
  zoom(factor: number, unit?: number): void {
    this.withExtent((extent, { view, focus, run, axis }) => {
      const atFocus = focus.row >= 0 ? run!.timeline.xOf(focus.row, axis) : undefined;
      const inSight = atFocus !== undefined && atFocus >= view.from && atFocus <= view.to ? atFocus : undefined;
      const at = unit ?? inSight ?? (view.from + view.to) / 2;
      this.show(zoomAt(this.target ?? view, extent, at, factor), { remember: false, say: unit === undefined });
    });
  }

  /** Moves the window by a share of its width. */
  panBy(share: number): void {
    this.withExtent((extent, { view }) =>
      this.show(pan(view, extent, span(view) * share), { remember: false, say: true }),
    );
  }

  fitAll(): void {
    this.withExtent((extent) => this.show(all(extent), { glide: true, say: true }));
  }

  centre(): void {
    this.withExtent((extent, state) => {
      if (state.focus.row < 0) return;
      this.show(centreOn(state.view, extent, state.run!.timeline.xOf(state.focus.row, state.axis)), {
        glide: true,
        say: true,
      });
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
      this.show(fit(start, end, extent), { glide: true, say: true });
    });
  }

  fitRange(from: number, to: number): void {
    this.withExtent((extent) => this.show(fit(from, to, extent, 0), { glide: true }));
  }

  undo(): void {
    this.goBack(undo(this.state.history, this.state.view), 'There is no earlier window');
  }

  redo(): void {
    this.goBack(redo(this.state.history, this.state.view), 'There is no later window');
  }

  private goBack(step: ReturnType<typeof undo>, otherwise: string): void {
    this.store.set(step ?? { announcement: otherwise });
    if (step) this.sayWindow(step.view);
  }

  // ---- focus

  /** Puts the focus on a row. `reveal`: the editor goes there too; `lane`: that on which the keyboard stays, otherwise the goroutine's. */
  focusRow(row: number, { reveal = true, scroll = true, glide = true, lane = '' } = {}): void {
    const { run } = this.state;
    if (!run || row < 0 || row >= run.timeline.trace.length) return;
    const { timeline } = run;
    const g = timeline.goroutineOf(row);
    const focus = { row, step: timeline.trace.columns.step[row]!, g };
    this.store.set({
      focus,
      lane: lane || `g${g}`,
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
    const row = openingRow(finding);
    this.store.set({ finding: index, tab: 'explanation' });
    if (row < 0) return;
    this.withExtent((extent, { view }) => {
      const [from, to] = reachOf(run, finding, axis);
      if (holds(view, from, to)) return;
      const width = Math.max(span(view), (to - from) * (1 + 2 * BESIDE));
      this.show(fit((from + to - width) / 2, (from + to + width) / 2, extent, 0), { glide });
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
    const row = run.timeline.stepFrom(focus.row, direction);
    if (row >= 0) this.focusRow(row);
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
    if (lane.kind === 'fold' && direction === 1) return this.unfold(lane);
    const row = run.timeline.neighbour(lane, focus.row, direction);
    if (row >= 0) this.focusRow(row, { lane: lane.id });
  }

  /** Shows the members of a fold as lanes of their own. */
  unfold({ id, members = [] }: Lane): void {
    this.store.set({
      unfolded: new Set([...this.state.unfolded, id]),
      lane: `g${members[0] ?? 0}`,
      announcement: `${plural(members.length, 'goroutine')} unfolded`,
    });
  }

  /** The lane above or below; the focus goes to its event nearest to the moment at which the way from lane to lane began, and back on the lane of that moment to it. */
  acrossLanes(direction: 1 | -1): void {
    const { run, focus, lane, axis } = this.state;
    if (!run) return;
    const lanes = layoutOf(this.state).rows.flatMap((row) => (row.type === 'lane' ? [row.lane] : []));
    const at = lanes.findIndex(({ id }) => id === lane);
    const next = lanes[at < 0 ? 0 : Math.min(Math.max(at + direction, 0), lanes.length - 1)];
    if (!next || next.id === lane) return;
    const holds = this.origin?.run === run && this.origin.reached === focus.row;
    const origin = holds ? this.origin! : { run, lane, row: focus.row };
    const row = next.id === origin.lane && origin.row >= 0 ? origin.row : this.nearestTo(origin.row, next);
    if (row >= 0) this.focusRow(row, { lane: next.id });
    else {
      const said = run.timeline.describeLane(next, focus.row, axis);
      this.store.set({ lane: next.id, announcement: [next.title, next.detail, said].filter(Boolean).join(', ') });
    }
    this.origin = { ...origin, reached: this.state.focus.row };
  }

  /** The event of a lane nearest to a row, or to the middle of the window; -1. */
  private nearestTo(row: number, lane: Lane): number {
    const { run, axis, view } = this.state;
    const unit = row >= 0 ? run!.timeline.xOf(row, axis) : (view.from + view.to) / 2;
    return run!.timeline.nearestRow(lane, axis, unit, Infinity);
  }

  /** The event that causes the focus, or that it causes. */
  follow(which: 'cause' | 'effect'): void {
    const { incoming, outgoing } = linksOf(this.state);
    const row = which === 'cause' ? incoming.at(-1)?.fromRow : outgoing[0]?.toRow;
    if (row === undefined)
      this.store.set({ announcement: which === 'cause' ? 'Nothing else causes this' : 'This causes nothing else' });
    else this.focusRow(row);
  }

  /** From one access of a race to the other; of the race on display, or else of the first. */
  otherAccess(): void {
    const { run, finding, focus } = this.state;
    const isRace = (index: number): boolean => run?.findings[index]?.kind === 'data-race';
    const index = isRace(finding) ? finding : (run?.findings.findIndex((_, i) => isRace(i)) ?? -1);
    const accesses = (run?.findings[index]?.sites ?? []).filter(({ role, row }) => role.endsWith('access') && row >= 0);
    const at = accesses.findIndex(({ row }) => row === focus.row);
    const other = accesses[(at + 1) % accesses.length];
    if (!other) return this.store.set({ announcement: 'There is no race with two accesses in this run' });
    this.store.set({ finding: index });
    this.focusRow(other.row);
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
    this.store.set({ announcement: axis === 'step' ? 'Axis: steps' : 'Axis: virtual time' });
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
    const lanes = groupsOf(this.state).reduce((sum, group) => sum + group.lanes.length, 0);
    const name = preset === 'goroutines' ? 'Goroutines' : 'Cores';
    this.store.set({ announcement: `${name}: ${lanes === 0 ? 'nothing to show' : plural(lanes, 'lane')}` });
  }

  /** Opens the tab with the output, and goes into it. */
  showOutput(): void {
    this.store.set({ tab: 'output', alone: false, ...wishDrawer(this.state, true) });
    // The list is there with the next frame.
    requestAnimationFrame(() => {
      const [view, list] = ['.output-view', '.output-lines'].map((of) => document.querySelector<HTMLElement>(of));
      (list ?? view)?.focus();
    });
  }

  /** The window with which a run opens: all of it where steps can be told apart, else around its first finding. */
  initialView(run: Run, axis: AppState['axis'], width: number): Viewport {
    const extent = extentOf(run, axis);
    const whole = all(extent);
    const [first] = run.findings;
    const row = first ? openingRow(first) : -1;
    if (axis !== 'step' || width <= 0 || scale(whole, width) >= READABLE || row < 0) return whole;
    const units = width / CLOSE;
    const at = run.timeline.xOf(row, axis);
    const around = fit(at - units * 0.58, at + units * 0.42, extent, 0);
    const [from, to] = reachOf(run, first!, axis);
    return holds(around, from, to) ? around : fit(from, to, extent, BESIDE);
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
