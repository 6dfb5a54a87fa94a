/** This file writes a trace as a vector picture: the panel's drawing as it is before anything is selected, with its ruler, headers and legend. The same trace gives the same text. */
import { Interrupt } from '../base/interrupt';
import { DRAWS_NOTHING, drawUnder } from '../picture/drawing';
import { drawHeaders, drawRulerTitle } from '../picture/headers';
import { densityFor, HEADER_WIDTH, isTall, layOut, MARGIN, NARROW_BELOW, RULER_HEIGHT } from '../picture/layout';
import { drawLegend, layOutLegend, type Legend } from '../picture/legend';
import type { ThemeKind } from '../picture/palette';
import { drawRuler } from '../picture/ruler';
import { NO_RELATIONS, type Scene } from '../picture/scene';
import { buildTimeline } from '../timeline/build';
import { cutWords } from './cutWords';
import type { Axis, FindingMark, Preset, Timeline } from '../timeline/model';
import { wholePercent } from '../trace/quantity';
import type { Trace } from '../trace/store';
import { inkOf, patternsOf, SvgSurface, type Ink } from './svgSurface';
import { element, escape } from './xml';

export interface SvgOptions {
  /** Default 'goroutines'. */
  readonly preset?: Preset;
  /** Default 'step'. */
  readonly axis?: Axis;
  /** In px, at least 320; default 1000. */
  readonly width?: number;
  /** Default 'light'. */
  readonly theme?: ThemeKind;
}

const LEAST_WIDTH = 320;
const FONT = { 'font-family': 'system-ui, sans-serif', 'font-size': 13 };

/** The picture as an SVG document. What is drawn is as much as fits on a page; what takes long is the timeline. @throws Interrupted */
export function renderSvg(
  trace: Trace,
  findings: readonly FindingMark[],
  options: SvgOptions = {},
  interrupt = Interrupt.never,
): string {
  const width = Math.max(LEAST_WIDTH, options.width ?? 1000);
  const timeline = buildTimeline(trace, findings, interrupt);
  const scene = sceneOf(timeline, width, options);
  const ink = inkOf(options.theme ?? 'light');
  const legend = legendOf(scene, width, ink);
  const height = RULER_HEIGHT + scene.height + legend.height;
  const ground = element('rect', { width, height, fill: ink.palette.background });
  const title = element('title', {}, escape(titleOf(scene)));
  const root = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, ...FONT };
  const body = [
    title,
    element('defs', {}, patternsOf(ink) + clipsOf(scene)),
    ground,
    ...partsOf(scene, width, ink, legend),
  ];
  return `${element('svg', { ...root, role: 'img' }, `\n${body.join('\n')}\n`)}\n`;
}

/** The whole run, nothing selected; the first finding is the one that is told about. */
function sceneOf(timeline: Timeline, pageWidth: number, options: SvgOptions): Scene {
  const { preset = 'goroutines', axis = 'step' } = options;
  const { trace, findings } = timeline;
  const narrow = pageWidth < NARROW_BELOW;
  const tall = isTall(trace, findings, preset, narrow);
  const lanes = timeline.lanes(preset);
  const collapsed = new Set<string>();
  const density = densityFor(lanes, collapsed, { tall, room: Infinity });
  const layout = layOut(lanes, { collapsed, density });
  const { start, end } = timeline.domain(axis);
  return {
    timeline,
    findings,
    preset,
    axis,
    view: { from: start, to: Math.max(end, start + 1) },
    layout,
    density,
    narrow,
    width: pageWidth - headerOf(narrow) - MARGIN,
    height: layout.height,
    scrollTop: 0,
    finding: findings.length > 0 ? 0 : -1,
    focus: -1,
    solo: -1,
  };
}

const headerOf = (narrow: boolean): number => (narrow ? HEADER_WIDTH.narrow : HEADER_WIDTH.wide);

function titleOf({ timeline, layout }: Scene): string {
  const { meta } = timeline.trace;
  const { name } = meta.processes[0] ?? { name: '' };
  const cut = cutWords(timeline.trace);
  const shown = cut === undefined ? '' : `; ${cut}`;
  return `Interlane: ${name === '' ? 'program' : name}, ${meta.steps} steps, ${layout.byLane.size} lanes${shown}`;
}

/** The states' shares of what is drawn. */
function legendOf({ timeline, axis, view }: Scene, pageWidth: number, ink: Ink): Legend {
  const shares = timeline.shares(axis, { start: view.from, end: view.to });
  return layOutLegend(new SvgSurface(pageWidth, 0, ink), wholePercent([...shares]));
}

/** What a canvas of the panel would cut off at its edges. */
function clipsOf({ width, height }: Scene): string {
  const clip = (id: string, of: number): string => element('clipPath', { id }, element('rect', { width, height: of }));
  return clip('ruler', RULER_HEIGHT) + clip('lanes', height);
}

/** The surfaces of the page one over the other, as the panel's canvases are. */
function partsOf(scene: Scene, pageWidth: number, ink: Ink, legend: Legend): string[] {
  const left = headerOf(scene.narrow);
  const part = (width: number, height: number, draw: (surface: SvgSurface) => void): string => {
    const surface = new SvgSurface(width, height, ink);
    draw(surface);
    return surface.content();
  };
  const at = (x: number, y: number, content: string, clip?: string): string =>
    element('g', { transform: `translate(${x} ${y})`, 'clip-path': clip && `url(#${clip})` }, `\n${content}\n`);
  const { width, height } = scene;
  let drawOver = DRAWS_NOTHING;
  const under = part(width, height, (surface) => (drawOver = drawUnder(scene, surface, NO_RELATIONS)));
  return [
    at(
      0,
      0,
      part(left, RULER_HEIGHT, (surface) => drawRulerTitle(scene, surface)),
    ),
    at(
      left,
      0,
      part(width, RULER_HEIGHT, (surface) => drawRuler(scene, surface)),
      'ruler',
    ),
    at(left, RULER_HEIGHT, under, 'lanes'),
    at(
      0,
      RULER_HEIGHT,
      part(pageWidth, height, (surface) => drawHeaders(scene, surface)),
    ),
    at(left, RULER_HEIGHT, part(width, height, drawOver), 'lanes'),
    at(
      0,
      RULER_HEIGHT + height,
      part(pageWidth, legend.height, (surface) => drawLegend(surface, legend)),
    ),
  ];
}
