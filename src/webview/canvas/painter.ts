/**
 * This file decides what is drawn when. Four canvases: overview, ruler, lanes, and the overlay above the lanes. The lanes are drawn anew
 * when the window, the lanes or the theme change; the overlay also when the focus or the pointer moves. Changes are collected and drawn
 * once a frame.
 */
import { DRAWS_NOTHING, drawUnder } from '../../picture/drawing';
import { drawOverview, MAX_LINES } from '../../picture/overview';
import { drawRuler } from '../../picture/ruler';
import type { Scene } from '../../picture/scene';
import { scale } from '../../picture/window';
import type { AppState } from '../state';
import type { Store } from '../store';
import { readTheme, watchTheme, type Theme } from '../theme';
import { Canvas2D } from './canvas2d';
import { measured } from './frames';
import { find, type Found } from './hit';
import { drawOverlay } from './overlay';
import { relationsOf, sceneOf, type PanelScene } from './scene';

/** The elements that the painter draws on. */
export interface Canvases {
  readonly scroller: HTMLElement;
  readonly overview: HTMLCanvasElement;
  readonly ruler: HTMLCanvasElement;
  readonly lanes: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
}

type Part = 'overview' | 'ruler' | 'lanes' | 'overlay';
const PARTS: readonly Part[] = ['overview', 'ruler', 'lanes', 'overlay'];

/** Which fields make which part stale; a field that is not listed makes none. */
const STALE: Partial<Record<keyof AppState, readonly Part[]>> = {
  run: PARTS,
  preset: PARTS,
  axis: PARTS,
  view: PARTS,
  width: PARTS,
  collapsed: ['lanes', 'overlay'],
  unfolded: ['lanes', 'overlay'],
  limit: ['lanes', 'overlay'],
  solo: ['lanes'],
  focus: ['ruler', 'lanes', 'overlay'],
  finding: ['lanes', 'overlay'],
  hover: ['overlay'],
  allArrows: ['lanes', 'overlay'],
  caret: ['overlay'],
  room: PARTS,
  drawer: ['lanes', 'overlay'],
  chosen: ['lanes', 'overlay'],
};

export class Painter {
  private theme: Theme;
  private readonly surfaces: Readonly<Record<Part, Canvas2D>>;
  private readonly stale = new Set<Part>(PARTS);
  private readonly stops: (() => void)[] = [];
  private frame = 0;
  private size = { width: 0, height: 0 };
  private drawOver = DRAWS_NOTHING;
  private overviewLines:
    | { readonly key: string; readonly lines: ReturnType<Scene['timeline']['overview']>; readonly timeline: unknown }
    | undefined;

  /** @param painted called after each frame */
  constructor(
    private readonly store: Store,
    private readonly elements: Canvases,
    private readonly painted: () => void,
  ) {
    this.theme = readTheme();
    const { overview, ruler, lanes, overlay } = elements;
    this.surfaces = {
      overview: new Canvas2D(overview, this.theme),
      ruler: new Canvas2D(ruler, this.theme),
      lanes: new Canvas2D(lanes, this.theme),
      overlay: new Canvas2D(overlay, this.theme),
    };
    this.stops.push(store.subscribe((now, before) => this.changed(now, before)));
    this.stops.push(watchTheme((theme) => this.setTheme(theme)));
    const scrolled = (): void => this.invalidate('lanes', 'overlay');
    elements.scroller.addEventListener('scroll', scrolled, { passive: true });
    this.stops.push(() => elements.scroller.removeEventListener('scroll', scrolled));
    this.invalidate(...PARTS);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    for (const stop of this.stops) stop();
  }

  /** Size of the drawing area. */
  resize(width: number, height: number): void {
    if (width === this.size.width && height === this.size.height) return;
    this.size = { width, height };
    this.invalidate(...PARTS);
  }

  /** What is under a point of the drawing area. */
  find(px: number, py: number): Found | undefined {
    const scene = this.scene();
    return scene && find(scene, px, py);
  }

  private setTheme(theme: Theme): void {
    this.theme = theme;
    for (const part of PARTS) this.surfaces[part].setTheme(theme);
    this.invalidate(...PARTS);
  }

  private changed(now: AppState, before: AppState): void {
    for (const key of Object.keys(STALE) as (keyof AppState)[]) {
      if (!Object.is(now[key], before[key])) this.invalidate(...STALE[key]!);
    }
  }

  private invalidate(...parts: Part[]): void {
    for (const part of parts) this.stale.add(part);
    if (this.frame !== 0 || this.stale.size === 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      measured(() => this.draw());
      this.painted();
    });
  }

  private scene(): PanelScene | undefined {
    const { state } = this.store;
    const { width, height } = this.size;
    if (!state.run || width <= 0) return undefined;
    return sceneOf(state, state.run, { width, height, scrollTop: this.elements.scroller.scrollTop });
  }

  private draw(): void {
    const scene = this.scene();
    const parts = [...this.stale];
    this.stale.clear();
    if (!scene) return;
    const ratio = window.devicePixelRatio || 1;
    for (const part of parts) {
      const surface = this.surfaces[part];
      const element = this.elements[part];
      const height = part === 'lanes' || part === 'overlay' ? scene.height : element.parentElement!.clientHeight;
      surface.resize(scene.width, height, ratio);
      surface.clear();
    }
    if (parts.includes('overview')) drawOverview(scene, this.surfaces.overview, this.overview(scene));
    if (parts.includes('ruler')) drawRuler(scene, this.surfaces.ruler);
    if (parts.includes('lanes')) this.drawLanes(scene);
    if (parts.includes('overlay') || parts.includes('lanes')) {
      this.surfaces.overlay.resize(scene.width, scene.height, ratio);
      this.surfaces.overlay.clear();
      drawOverlay(scene, this.surfaces.overlay, this.drawOver);
    }
  }

  private drawLanes(scene: PanelScene): void {
    const surface = this.surfaces.lanes;
    surface.anchor(scene.view.from * scale(scene.view, scene.width), scene.scrollTop);
    this.drawOver = drawUnder(scene, surface, relationsOf(scene.state));
  }

  /** Lines of the overview: kept, since they do not depend on the window. */
  private overview(scene: Scene): ReturnType<Scene['timeline']['overview']> {
    const key = `${scene.axis} ${scene.width}`;
    if (this.overviewLines?.key !== key || this.overviewLines.timeline !== scene.timeline) {
      const lines = scene.timeline.overview(scene.axis, Math.max(1, Math.floor(scene.width)), MAX_LINES);
      this.overviewLines = { key, lines, timeline: scene.timeline };
    }
    return this.overviewLines.lines;
  }
}
