/** This file writes a trace as a vector picture: the lanes of a preset, a ruler, the findings drawn in, and a legend. The same trace gives the same text. */
import type { Trace } from '../trace/store';
import { buildTimeline } from '../timeline/build';
import { GLYPHS } from '../timeline/glyphs';
import { STATES } from '../timeline/model';
import type { Axis, FindingMark, Lane, LaneGroup, Preset, Timeline } from '../timeline/model';
import { anchorOf, drawLane, laneHeight, text, xOf } from './svgLanes';
import type { Canvas } from './svgLanes';
import { STATE_WORDS, SVG_THEMES, element, escape, fillOf, patterns } from './svgTheme';
import type { SvgThemeName } from './svgTheme';

export interface SvgOptions {
  /** Default 'goroutines'. */
  readonly preset?: Preset;
  /** Default 'step'. */
  readonly axis?: Axis;
  /** In pixels, at least 320; default 1000. */
  readonly width?: number;
  /** Default 'light'. */
  readonly theme?: SvgThemeName;
}

const HEADER = 168;
const PADDING = 12;
const RULER = 40;
const GROUP = 24;
const LEGEND = 32;
/** Pixels between two ticks of the ruler. */
const TICK = 80;

/** A lane with the place that it was given. */
interface Placed {
  readonly lane: Lane;
  readonly top: number;
}

/** The picture as an SVG document. */
export function renderSvg(trace: Trace, findings: readonly FindingMark[], options: SvgOptions = {}): string {
  const timeline = buildTimeline(trace, findings);
  const axis = options.axis ?? 'step';
  const width = Math.max(320, options.width ?? 1000);
  const theme = SVG_THEMES[options.theme ?? 'light'];
  const range = timeline.domain(axis);
  const canvas = { timeline, theme, axis, range, left: HEADER, width: width - HEADER - PADDING };
  const groups = timeline.lanes(options.preset ?? 'goroutines');
  const { placed, headers, height } = layOut(groups);
  const body = [
    element('rect', { width, height: height + LEGEND, fill: theme.background }),
    drawRuler(canvas, height),
    ...headers.map(({ group, top }) => drawGroup(canvas, group, top, width)),
    ...placed.map(({ lane, top }) => drawHeader(canvas, lane, top) + drawLane(canvas, lane, top)),
    ...findings.map((finding) => drawFinding(canvas, finding, placed, height)),
    drawLegend(canvas, height),
  ];
  const size = { width, height: height + LEGEND, viewBox: `0 0 ${width} ${height + LEGEND}` };
  const font = { 'font-family': 'system-ui, sans-serif', 'font-size': '13' };
  const title = element('title', {}, escape(titleOf(trace, groups)));
  const root = { xmlns: 'http://www.w3.org/2000/svg', ...size, ...font, role: 'img' };
  return (
    element('svg', root, `\n${[title, patterns(theme), ...body].filter((part) => part !== '').join('\n')}\n`) + '\n'
  );
}

function titleOf(trace: Trace, groups: readonly LaneGroup[]): string {
  const { name } = trace.meta.processes[0] ?? { name: '' };
  const lanes = groups.reduce((sum, group) => sum + group.lanes.length, 0);
  return `Interlane: ${name || 'program'}, ${trace.meta.steps} steps, ${lanes} lanes`;
}

function layOut(groups: readonly LaneGroup[]): {
  placed: Placed[];
  headers: { group: LaneGroup; top: number }[];
  height: number;
} {
  const placed: Placed[] = [];
  const headers: { group: LaneGroup; top: number }[] = [];
  let top = RULER;
  for (const group of groups) {
    headers.push({ group, top });
    top += GROUP;
    for (const lane of group.lanes) {
      placed.push({ lane, top });
      top += laneHeight(lane);
    }
  }
  return { placed, headers, height: top };
}

function drawRuler(canvas: Canvas, height: number): string {
  const { timeline, theme, axis, range, width } = canvas;
  const { ticks, title, unit } = timeline.ruler(axis, range, width / TICK);
  const heading = text(PADDING, 18, title, theme.foreground) + text(PADDING, 33, unit, theme.dim);
  const marks = ticks
    .filter((tick) => tick.x <= timeline.end(axis))
    .map((tick) => {
      const x = xOf(canvas, tick.x);
      const line = element('path', { d: `M${x.toFixed(2)} ${RULER}V${height}`, stroke: theme.grid });
      return line + text(x, 18, tick.label, theme.dim, { 'text-anchor': 'middle' });
    });
  return heading + marks.join('');
}

function drawGroup({ theme }: Canvas, group: LaneGroup, top: number, width: number): string {
  const band = element('rect', { y: top, width, height: GROUP, fill: theme.header });
  const words = [group.title, group.detail, group.note];
  const rest = words.slice(1).filter((word) => word !== '');
  const title = element('tspan', { 'font-weight': '600' }, escape(words[0]!));
  const more = rest.length > 0 ? element('tspan', { dx: '8', fill: theme.dim }, escape(rest.join(', '))) : '';
  return band + element('text', { x: PADDING, y: top + 16, fill: theme.foreground, 'font-size': '12' }, title + more);
}

function drawHeader({ theme }: Canvas, lane: Lane, top: number): string {
  if (lane.kind === 'core-busy') return '';
  const x = PADDING + 12 + lane.indent * 12;
  const y = top + Math.min(30, laneHeight(lane) / 2 + 4);
  const title = element('tspan', { 'font-weight': '600' }, escape(lane.title));
  const detail = lane.detail === '' ? '' : element('tspan', { dx: '6', fill: theme.dim }, escape(lane.detail));
  const size = laneHeight(lane) < 20 ? '10' : '12';
  return element('text', { x, y, fill: theme.foreground, 'font-size': size }, title + detail);
}

function drawLegend(canvas: Canvas, top: number): string {
  const { timeline, theme, axis, range } = canvas;
  const shares = timeline.shares(axis, range);
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  const step = Math.min(130, (canvas.width + HEADER - PADDING) / STATES.length);
  const parts = STATES.map((state, i) => {
    const x = PADDING + i * step;
    const swatch = element('rect', {
      x,
      y: top + 11,
      width: 16,
      height: 10,
      rx: 2,
      fill: fillOf(theme, state),
      stroke: state === 'sleep' ? theme.tokenEdge : undefined,
    });
    const share = Math.round((shares[i]! / total) * 100);
    return swatch + text(x + 22, top + 20, `${STATE_WORDS[state]} ${share} %`, theme.foreground);
  });
  return parts.join('');
}

// ---- findings

function drawFinding(canvas: Canvas, finding: FindingMark, placed: readonly Placed[], height: number): string {
  if (finding.kind === 'data-race') return drawRace(canvas, finding, placed);
  if (finding.cycle.length > 0) return drawCycle(canvas, finding, placed, height);
  return '';
}

/** The headless zig-zag between the two accesses: nothing orders them. */
function drawRace(canvas: Canvas, finding: FindingMark, placed: readonly Placed[]): string {
  const sites = finding.sites.filter(({ role, row }) => (role === 'access' || role === 'previous-access') && row >= 0);
  const ends = sites.flatMap((site) => {
    const at = placed.find(({ lane }) => lane.goroutine === site.g);
    const x = xOf(canvas, canvas.timeline.xOf(site.row, canvas.axis));
    return at ? [{ x, y: anchorOf(at.lane, at.top), row: site.row }] : [];
  });
  const [from, to] = ends;
  if (!from || !to) return '';
  const d = zigZag(from, to);
  const { background, error } = canvas.theme;
  const halo = element('path', { d, stroke: background, 'stroke-width': 6, fill: 'none' });
  const labels = [from, to].map(({ x, y, row }) => {
    const what = accessLabel(canvas.timeline, row);
    return text(x, y - 16, what, canvas.theme.foreground, { 'text-anchor': 'middle', 'font-weight': '600' });
  });
  return halo + element('path', { d, stroke: error, 'stroke-width': 2, fill: 'none' }) + labels.join('');
}

/** `W 2`: what the access did and to which value. */
function accessLabel(timeline: Timeline, row: number): string {
  const reads = GLYPHS[timeline.glyphOf(row)] === 'race-read';
  return `${reads ? 'R' : 'W'} ${timeline.valueOf(row)}`.trim();
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A zig-zag from point to point, clear of the diamonds at both ends. */
function zigZag(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const teeth = Math.max(2, Math.round((length - 18) / 6));
  const points = Array.from({ length: teeth + 1 }, (_, i) => {
    const at = 9 + ((length - 18) * i) / teeth;
    const aside = i === 0 || i === teeth ? 0 : i % 2 === 0 ? 4 : -4;
    const x = from.x + along.x * at - along.y * aside;
    const y = from.y + along.y * at + along.x * aside;
    return `${x.toFixed(2)} ${y.toFixed(2)}`;
  });
  return `M${points.join('L')}`;
}

/** Numbered arrows of a wait-for cycle, side by side after the end of the run. */
function drawCycle(canvas: Canvas, finding: FindingMark, placed: readonly Placed[], height: number): string {
  const { timeline, theme, axis, range } = canvas;
  const end = xOf(canvas, timeline.end(axis));
  const room = xOf(canvas, range.end) - end;
  const parts = [
    element('path', {
      d: `M${end.toFixed(2)} ${RULER}V${height}`,
      stroke: theme.error,
      'stroke-dasharray': '4 3',
    }),
    text(end + 4, RULER - 6, 'nothing can run', theme.error),
  ];
  finding.cycle.forEach((edge, i) => {
    const goroutine = placed.find(({ lane }) => lane.goroutine === edge.g);
    const object = placed.find(({ lane }) => lane.object === edge.object);
    if (!goroutine || !object) return;
    const x = end + (room * (i + 0.5)) / finding.cycle.length;
    const ends = [anchorOf(goroutine.lane, goroutine.top), anchorOf(object.lane, object.top)] as const;
    const [from, to] = edge.kind === 'waits for' ? ends : [ends[1], ends[0]];
    parts.push(drawEdge(canvas, x, from, to, edge.number));
  });
  return parts.join('');
}

function drawEdge({ theme }: Canvas, x: number, from: number, to: number, number: number): string {
  const down = to > from ? 1 : -1;
  const tip = to - down * 10;
  const line = { d: `M${x.toFixed(2)} ${from + down * 10}V${tip}`, fill: 'none' };
  const head = `M${(x - 4).toFixed(2)} ${tip - down * 6}L${x.toFixed(2)} ${tip}L${(x + 4).toFixed(2)} ${tip - down * 6}Z`;
  const middle = (from + to) / 2;
  return [
    element('path', { ...line, stroke: theme.background, 'stroke-width': 6 }),
    element('path', { ...line, stroke: theme.error, 'stroke-width': 2 }),
    element('path', { d: head, fill: theme.error }),
    element('circle', { cx: x, cy: middle, r: 9, fill: theme.background, stroke: theme.error, 'stroke-width': 1.5 }),
    text(x, middle + 4, String(number), theme.foreground, { 'text-anchor': 'middle', 'font-weight': '600' }),
  ].join('');
}
