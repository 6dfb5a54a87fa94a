/** This file turns the pointer into looks: wheel, drag, click and hover on the lanes, the ruler and the overview. */
import type { Painter } from './canvas/painter';
import { extentOf } from './derive';
import type { Navigator } from './navigate';
import type { Hover } from './state';
import type { Store } from './store';
import { span, toUnit, type Viewport } from '../picture/window';
import { fit, pan } from './viewport';

/** Zoom of one px of the wheel, as an exponent. */
const WHEEL = 0.0022;
/** Px that the pointer may move and still click. */
const SLOP = 4;
/** Ms until the tooltip. */
const TOOLTIP_AFTER = 300;
/** Px around an edge of the window in the overview that take hold of it. */
const HANDLE = 7;

export interface PointerTargets {
  readonly scroller: HTMLElement;
  /** The area right of the lane headers. */
  readonly area: HTMLElement;
  readonly ruler: HTMLElement;
  readonly overview: HTMLElement;
}

interface Drag {
  readonly startX: number;
  readonly startY: number;
  readonly scrollTop: number;
  readonly view: Viewport;
  moved: boolean;
}

export class Pointer {
  private readonly stops: (() => void)[] = [];
  private drag: Drag | undefined;
  private hoverTimer = 0;

  constructor(
    private readonly store: Store,
    private readonly navigator: Navigator,
    private readonly painter: Painter,
    private readonly targets: PointerTargets,
    /** Px from the left edge of the timeline to the drawing area. */
    private readonly headerWidth: () => number,
    private readonly hovered: (place: number) => void,
    /** Says whether the tooltip may be shown. */
    private readonly tooltip: (shown: boolean) => void,
  ) {
    const { scroller, ruler, overview } = targets;
    this.on(scroller, 'wheel', (event) => this.wheel(event), { passive: false });
    this.on(ruler, 'wheel', (event) => this.wheel(event), { passive: false });
    this.on(scroller, 'pointerdown', (event) => this.down(event));
    this.on(scroller, 'pointermove', (event) => this.move(event));
    this.on(scroller, 'pointerup', (event) => this.up(event));
    this.on(scroller, 'contextmenu', (event) => this.inArea(event) && this.select(event));
    this.on(scroller, 'pointercancel', () => (this.drag = undefined));
    this.on(scroller, 'pointerleave', () => this.leave());
    this.on(scroller, 'dblclick', (event) => this.inArea(event) && this.navigator.fitSelection());
    this.on(ruler, 'pointerdown', (event) => this.selectRange(event));
    this.on(overview, 'pointerdown', (event) => this.overviewDown(event));
  }

  stop(): void {
    clearTimeout(this.hoverTimer);
    for (const stop of this.stops) stop();
  }

  private on<K extends keyof HTMLElementEventMap>(
    target: HTMLElement,
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    options?: AddEventListenerOptions,
  ): void {
    target.addEventListener(type, listener, options);
    this.stops.push(() => target.removeEventListener(type, listener, options));
  }

  /** Px in the drawing area. */
  private at(event: MouseEvent): { x: number; y: number } {
    const box = this.targets.scroller.getBoundingClientRect();
    return { x: event.clientX - box.left - this.headerWidth(), y: event.clientY - box.top };
  }

  private inArea(event: MouseEvent): boolean {
    return this.at(event).x >= 0 && !(event.target as Element).closest('button');
  }

  private wheel(event: WheelEvent): void {
    const { run, view, width, axis } = this.store.state;
    if (!run || width <= 0) return;
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const unit = toUnit(view, width, Math.max(0, this.at(event).x));
      this.navigator.zoom(Math.exp(-event.deltaY * lines * WHEEL), unit);
      return;
    }
    const across = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (across !== 0) {
      event.preventDefault();
      const moved = pan(view, extentOf(run, axis), (across * lines * span(view)) / width);
      this.navigator.show(moved, { remember: false });
    }
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 || !this.inArea(event)) return;
    const { scroller } = this.targets;
    this.drag = {
      startX: event.clientX,
      startY: event.clientY,
      scrollTop: scroller.scrollTop,
      view: this.store.state.view,
      moved: false,
    };
  }

  private move(event: PointerEvent): void {
    if (!this.drag) {
      this.hover(event);
      return;
    }
    const { run, axis, width } = this.store.state;
    const [dx, dy] = [event.clientX - this.drag.startX, event.clientY - this.drag.startY];
    if (!this.drag.moved && Math.hypot(dx, dy) < SLOP) return;
    if (!this.drag.moved) {
      this.drag.moved = true;
      this.targets.scroller.setPointerCapture(event.pointerId);
      this.clearHover();
    }
    if (!run) return;
    const { view, scrollTop } = this.drag;
    this.navigator.show(pan(view, extentOf(run, axis), (-dx * span(view)) / width), { remember: false });
    this.targets.scroller.scrollTop = scrollTop - dy;
  }

  private up(event: PointerEvent): void {
    const { drag } = this;
    this.drag = undefined;
    if (drag && !drag.moved) this.select(event, true);
  }

  /** Selects what is under the pointer. `opens`: a fold is unfolded. */
  private select(event: MouseEvent, opens = false): void {
    const { x, y } = this.at(event);
    const found = this.painter.find(x, y);
    const { run, axis, view, width } = this.store.state;
    if (!run || !found) return;
    if (found.row.lane.kind === 'fold') {
      if (opens) this.navigator.unfold(found.row.lane);
      return;
    }
    const slice = found.track && found.index >= 0 ? run.timeline.slice(found.track, found.index) : undefined;
    const unit = toUnit(view, width, x);
    const nearest = run.timeline.nearestRow(found.row.lane, axis, unit, Infinity);
    const atUnit = run.timeline.rowAt(axis, unit);
    const row =
      found.event >= 0
        ? found.event
        : found.row.lane.kind === 'goroutine'
          ? nearest
          : slice && slice.firstRow >= 0
            ? slice.firstRow
            : atUnit;
    if (row >= 0) this.navigator.focusRow(row, { scroll: false });
    this.store.set({ lane: found.row.lane.id });
  }

  private hover(event: PointerEvent): void {
    if (!this.inArea(event)) {
      this.clearHover();
      return;
    }
    const { x, y } = this.at(event);
    const found = this.painter.find(x, y);
    const { hover: before, run } = this.store.state;
    if (!found || !run || (found.index < 0 && found.event < 0)) {
      this.clearHover();
      return;
    }
    const { lane } = found.row;
    const { axis, view, width } = this.store.state;
    // An event is told with what goes on where it stands, which is a little beside the pointer.
    const unit = found.event >= 0 ? run.timeline.xOf(found.event, axis) : toUnit(view, width, x);
    const index = found.event >= 0 && found.track ? run.timeline.hit(found.track, axis, unit) : found.index;
    const doing = lane.goroutine ? run.timeline.goroutineAtX(lane.goroutine, axis, unit) : undefined;
    const sameSlice =
      before?.lane === lane && before.index === index && before.track === found.track && before.row === found.event;
    const hover: Hover = {
      lane,
      track: found.track,
      index,
      row: found.event,
      doing,
      x: event.clientX,
      y: event.clientY,
    };
    if (sameSlice && before.doing?.text === doing?.text) return;
    if (!sameSlice) this.showTooltipSoon();
    this.store.set({ hover });
    const { timeline } = run;
    const place =
      found.event >= 0
        ? timeline.trace.columns.place[found.event]!
        : doing
          ? doing.place
          : found.track && index >= 0
            ? timeline.slice(found.track, index).place
            : -1;
    this.hovered(place);
  }

  private showTooltipSoon(): void {
    this.tooltip(false);
    clearTimeout(this.hoverTimer);
    this.hoverTimer = window.setTimeout(() => this.tooltip(true), TOOLTIP_AFTER);
  }

  private leave(): void {
    if (!this.drag) this.clearHover();
  }

  private clearHover(): void {
    clearTimeout(this.hoverTimer);
    this.tooltip(false);
    if (!this.store.state.hover) return;
    this.store.set({ hover: undefined });
    this.hovered(-1);
  }

  /** Drag on the ruler: shows the range. Click: goes to the step. */
  private selectRange(event: PointerEvent): void {
    const { run, axis, view, width } = this.store.state;
    if (event.button !== 0 || !run) return;
    const start = this.at(event).x;
    this.follow(this.targets.ruler, event, (to, done) => {
      const [a, b] = [toUnit(view, width, Math.min(start, to)), toUnit(view, width, Math.max(start, to))];
      if (!done) return;
      if (Math.abs(to - start) >= SLOP) this.navigator.fitRange(a, b);
      else {
        const row = axis === 'step' ? run.timeline.rowAtStep(Math.round(a)) : run.timeline.rowAt(axis, a);
        this.navigator.focusRow(row, { scroll: false });
      }
    });
  }

  /** Drag of the window, or of one of its edges, on the overview; a click elsewhere centres. */
  private overviewDown(event: PointerEvent): void {
    const { run, axis, view, width } = this.store.state;
    if (event.button !== 0 || !run) return;
    const extent = extentOf(run, axis);
    const unitAt = (px: number): number => extent.start + (px / width) * (extent.end - extent.start);
    const pxAt = (unit: number): number => ((unit - extent.start) / (extent.end - extent.start)) * width;
    const start = this.at(event).x;
    const edge =
      Math.abs(start - pxAt(view.from)) < HANDLE ? 'from' : Math.abs(start - pxAt(view.to)) < HANDLE ? 'to' : undefined;
    const inside = start > pxAt(view.from) && start < pxAt(view.to);
    const origin = edge || inside ? view : pan(view, extent, unitAt(start) - (view.from + view.to) / 2);
    if (origin !== view) this.navigator.show(origin);
    this.follow(this.targets.overview, event, (to) => {
      const moved = unitAt(to) - unitAt(start);
      if (edge === 'from')
        this.navigator.show(fit(Math.min(view.from + moved, view.to - extent.minSpan), view.to, extent, 0), {
          remember: false,
        });
      else if (edge === 'to')
        this.navigator.show(fit(view.from, Math.max(view.to + moved, view.from + extent.minSpan), extent, 0), {
          remember: false,
        });
      else this.navigator.show(pan(origin, extent, moved), { remember: false });
    });
  }

  /** Reports where the pointer is until it is released. */
  private follow(target: HTMLElement, event: PointerEvent, act: (x: number, done: boolean) => void): void {
    target.setPointerCapture(event.pointerId);
    const move = (next: PointerEvent): void => act(this.at(next).x, false);
    const end = (next: PointerEvent): void => {
      target.removeEventListener('pointermove', move);
      target.removeEventListener('pointerup', end);
      target.removeEventListener('pointercancel', end);
      act(this.at(next).x, true);
    };
    target.addEventListener('pointermove', move);
    target.addEventListener('pointerup', end);
    target.addEventListener('pointercancel', end);
  }
}
