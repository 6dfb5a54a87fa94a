/** This file draws the lanes of an exported picture, one drawer for each kind of lane. */
import { GLYPHS } from '../timeline/glyphs';
import type { Glyph } from '../timeline/glyphs';
import { GlyphBuffer, SpanBuffer } from '../timeline/buffers';
import { STATES, THREAD_STATES } from '../timeline/model';
import type { Axis, Lane, LaneKind, Range, Timeline, Track, TrackRole } from '../timeline/model';
import { STATE_HEIGHTS, element, escape, fillOf } from './svgTheme';
import type { SvgTheme } from './svgTheme';

/** Where and how a lane is drawn. */
export interface Canvas {
  readonly timeline: Timeline;
  readonly theme: SvgTheme;
  readonly axis: Axis;
  readonly range: Range;
  /** Left edge and width of the plot, in pixels. */
  readonly left: number;
  readonly width: number;
}

const BAR = 24;
/** Width of a character of an 11 px label, on average. */
const CHARACTER = 6.1;
/** Events nearer than this many pixels become one mark. */
const GLYPH_GAP = 10;
const SLOT = 19;

const HEIGHTS: Readonly<Record<LaneKind, number>> = {
  goroutine: 56,
  fold: 56,
  channel: 36,
  lock: 36,
  variable: 36,
  queue: 22,
  'core-busy': 12,
  'core-thread': 28,
  'core-goroutine': 32,
  thread: 40,
};

export function laneHeight(lane: Lane): number {
  if (lane.kind !== 'channel') return HEIGHTS[lane.kind];
  const slots = lane.tracks.filter((track) => track.role === 'slot').length;
  return slots > 0 ? 32 + SLOT * slots : HEIGHTS.channel;
}

export function xOf({ range, left, width }: Canvas, x: number): number {
  return left + ((Math.min(Math.max(x, range.start), range.end) - range.start) / (range.end - range.start)) * width;
}

/** Where arrows meet a lane: the middle of its bars. */
export function anchorOf(lane: Lane, top: number): number {
  return lane.kind === 'goroutine' || lane.kind === 'fold' ? top + 28 : top + laneHeight(lane) / 2;
}

/** Everything of a lane right of its header. */
export function drawLane(canvas: Canvas, lane: Lane, top: number): string {
  if (lane.kind === 'goroutine' || lane.kind === 'fold') return drawGoroutine(canvas, lane, top);
  const foot = top + laneHeight(lane);
  const slots = lane.tracks.some((track) => track.role === 'slot');
  // Tokens in their slots already show how many there are.
  const tracks = slots ? lane.tracks.filter((track) => track.role !== 'length') : lane.tracks;
  const frame = slots ? drawCapacity(canvas, lane, foot) : '';
  return frame + tracks.map((track) => TRACKS[track.role]?.(canvas, track, top, foot) ?? '').join('');
}

/** Base line of a channel, and its capacity above the slots. */
function drawCapacity({ theme, left, width }: Canvas, lane: Lane, foot: number): string {
  const slots = lane.tracks.filter((track) => track.role === 'slot').length;
  const top = foot - 6 - SLOT * slots;
  const right = left + width;
  return [
    element('path', { d: `M${left} ${foot - 4}H${right}`, stroke: theme.tokenEdge }),
    element('path', { d: `M${left} ${top}H${right}`, stroke: theme.tokenEdge, 'stroke-dasharray': '3 3' }),
    text(right, top - 3, `capacity ${lane.capacity ?? 0}`, theme.dim, { 'text-anchor': 'end' }),
  ].join('');
}

export function text(
  x: number,
  y: number,
  content: string,
  fill: string,
  more: Readonly<Record<string, string>> = {},
): string {
  return element('text', { x, y, fill, 'font-size': '11', ...more }, escape(content));
}

/** The first label that fits into a width, '' if none does. */
function fitting(labels: readonly string[], width: number): string {
  return labels.find((label) => label.length * CHARACTER <= width) ?? '';
}

interface Drawn {
  readonly x: number;
  readonly width: number;
  readonly code: number;
  readonly labels: readonly string[];
}

/** The visible spans of a track, in pixels. */
function spansOf(canvas: Canvas, track: Track): Drawn[] {
  const { timeline, axis, range, width } = canvas;
  const spans = timeline.visible(track, axis, range, width, new SpanBuffer());
  return Array.from({ length: spans.length }, (_, i) => {
    const x = xOf(canvas, spans.start[i]!);
    const index = spans.index[i]!;
    const labels = index < 0 ? [''] : timeline.slice(track, index).labels;
    return { x, width: Math.max(0.5, xOf(canvas, spans.end[i]!) - x), code: spans.code[i]!, labels };
  });
}

function drawGoroutine(canvas: Canvas, lane: Lane, top: number): string {
  const { theme } = canvas;
  const base = top + 40;
  const parts: string[] = [];
  for (const track of lane.tracks) {
    if (track.role === 'cores') parts.push(drawCores(canvas, track, base));
    else {
      for (const span of spansOf(canvas, track)) {
        const state = STATES[span.code]!;
        const height = STATE_HEIGHTS[state];
        const outline = state === 'sleep' ? theme.tokenEdge : undefined;
        const box = { x: span.x, y: base - height, width: Math.max(0.5, span.width - 1), height, rx: 3 };
        parts.push(element('rect', { ...box, fill: fillOf(theme, state), stroke: outline }));
        const label = state === 'running' ? '' : fitting(span.labels, span.width + 2);
        if (label !== '') parts.push(text(span.x + 1, base - height - 4, label, theme.dim));
      }
    }
  }
  return parts.join('') + drawGlyphs(canvas, lane, base - BAR / 2);
}

/** Underline with the number of the core. */
function drawCores(canvas: Canvas, track: Track, base: number): string {
  const { theme } = canvas;
  return spansOf(canvas, track)
    .map(({ x, width, labels }) => {
      const line = element('rect', { x, y: base + 2, width: Math.max(0.5, width - 1), height: 1.5, fill: theme.dim });
      const label = fitting(labels, width);
      return label === '' ? line : line + text(x + 1, base + 13, label, theme.dim);
    })
    .join('');
}

function drawGlyphs(canvas: Canvas, lane: Lane, y: number): string {
  const { timeline, theme, axis, range, width } = canvas;
  const marks = timeline.glyphs(lane, axis, range, width, GLYPH_GAP, new GlyphBuffer());
  let drawn = '';
  for (let i = 0; i < marks.length; i++) {
    const glyph = GLYPHS[marks.glyph[i]!]!;
    drawn += GLYPH_SHAPES[glyph]?.(xOf(canvas, marks.x[i]!), y, theme) ?? '';
  }
  return drawn;
}

type Shape = (x: number, y: number, theme: SvgTheme) => string;

const square =
  (filled: boolean): Shape =>
  (x, y, { onRunning }) =>
    element('rect', {
      x: x - 3,
      y: y - 3,
      width: 6,
      height: 6,
      fill: filled ? onRunning : 'none',
      stroke: onRunning,
      'stroke-width': 1.2,
    });
const circle =
  (filled: boolean): Shape =>
  (x, y, { onRunning }) =>
    element('circle', {
      cx: x,
      cy: y,
      r: 3,
      fill: filled ? onRunning : 'none',
      stroke: onRunning,
      'stroke-width': 1.2,
    });
const diamond: Shape = (x, y, { error, background }) =>
  element('path', { d: path(x, y, 'M', 0, -7, 7, 0, 0, 7, -7, 0) + 'Z', fill: error, stroke: background });
const stroke =
  (...points: readonly number[]): Shape =>
  (x, y, { onRunning }) =>
    element('path', { d: path(x, y, 'M', ...points), stroke: onRunning, 'stroke-width': 1.5, fill: 'none' });

const GLYPH_SHAPES: Readonly<Partial<Record<Glyph, Shape>>> = {
  go: (x, y, { onRunning }) => element('path', { d: path(x, y, 'M', -3, -4, 4, 0, -3, 4) + 'Z', fill: onRunning }),
  send: circle(true),
  receive: circle(false),
  lock: square(true),
  unlock: square(false),
  access: stroke(0, -4, 0, 4),
  'race-read': diamond,
  'race-write': diamond,
  add: stroke(-3, 0, 3, 0),
  signal: circle(true),
  wait: circle(false),
  close: stroke(-3, -3, 3, 3),
  panic: diamond,
};

function path(x: number, y: number, command: string, ...offsets: readonly number[]): string {
  const points: string[] = [];
  for (let i = 0; i + 1 < offsets.length; i += 2) {
    points.push(`${(x + offsets[i]!).toFixed(2)} ${(y + offsets[i + 1]!).toFixed(2)}`);
  }
  return command + points.join('L');
}

type TrackDrawer = (canvas: Canvas, track: Track, top: number, foot: number) => string;

/** Boxes with a label inside. */
const boxes =
  (
    offset: number,
    height: number,
    options: { readonly dashed?: boolean; readonly accent?: boolean } = {},
  ): TrackDrawer =>
  (canvas, track, top) =>
    spansOf(canvas, track)
      .map(({ x, width, labels }) => {
        const { theme } = canvas;
        const frame = { x: x + 0.5, y: top + offset, width: Math.max(0.5, width - 1), height, rx: 2 };
        const fill = options.accent ? theme.states.running : options.dashed ? 'none' : theme.token;
        const box = element('rect', {
          ...frame,
          fill,
          stroke: options.accent ? undefined : theme.tokenEdge,
          'stroke-dasharray': options.dashed ? '2 2' : undefined,
        });
        const label = fitting(labels, width - 10);
        if (label === '') return box;
        const ink = options.accent ? theme.onRunning : theme.foreground;
        return box + text(x + 6, top + offset + height / 2 + 4, label, ink);
      })
      .join('');

/** A step area of levels, standing on the lane's foot. */
const area =
  (height: number, lift: number): TrackDrawer =>
  (canvas, track, _top, foot) =>
    spansOf(canvas, track)
      .map(({ x, width, code, labels }, i, all) => {
        const tall = (height * code) / Math.max(1, track.peak ?? 1);
        const bar = element('rect', {
          x,
          y: foot - lift - tall,
          width,
          height: tall,
          fill: fillOf(canvas.theme, 'runnable'),
        });
        const room = (all[i + 1]?.x ?? Infinity) - x - width - 6;
        const label = labels[0]?.startsWith('G') ? fitting(labels, room) : '';
        return label === '' ? bar : bar + text(x + width + 3, foot - lift, label, canvas.theme.dim);
      })
      .join('');

/** A thin strip of the lock pattern: somebody waits. */
const waiting =
  (offset: number): TrackDrawer =>
  (canvas, track, top) =>
    spansOf(canvas, track)
      .map(({ x, width }) =>
        element('rect', { x, y: top + offset, width, height: 4, fill: fillOf(canvas.theme, 'lock') }),
      )
      .join('');

/** One token of a channel, in the row of its slot. */
const slot: TrackDrawer = (canvas, track, top, foot) =>
  boxes(foot - top - 4 - SLOT * ((track.slot ?? 0) + 1), SLOT - 2)(canvas, track, top, foot);

/** Blocked senders stand above the capacity line. */
const ticks: TrackDrawer = (canvas, track, top) =>
  spansOf(canvas, track)
    .map(({ x, width }) => element('rect', { x, y: top + 3, width, height: 3, fill: canvas.theme.states.channel }))
    .join('');

/** What a variable holds; a value that was lost is outlined in the colour of errors. */
const values: TrackDrawer = (canvas, track, top) =>
  spansOf(canvas, track)
    .map(({ x, width, code, labels }) => {
      const { theme } = canvas;
      const edge = code === 1 ? theme.error : theme.tokenEdge;
      const frame = { x: x + 0.5, y: top + 9, width: Math.max(0.5, width - 1), height: 18, rx: 2 };
      const box = element('rect', { ...frame, fill: theme.token, stroke: edge });
      const label = fitting(labels, width - 8);
      return label === '' ? box : box + text(x + 5, top + 22, label, theme.foreground);
    })
    .join('');

const threadStates: TrackDrawer = (canvas, track, top) =>
  spansOf(canvas, track)
    .map(({ x, width, code, labels }) => {
      const state = THREAD_STATES[code]!;
      const { theme } = canvas;
      const base = top + 32;
      const label = fitting(labels, width);
      const words = label === '' ? '' : text(x + 1, base - 14, label, theme.dim);
      if (state === 'in system call') {
        return element('rect', { x, y: base - 12, width, height: 12, rx: 3, fill: fillOf(theme, 'syscall') }) + words;
      }
      if (state !== 'on core') return '';
      return element('rect', { x, y: base - 4, width, height: 4, fill: theme.dim }) + words;
    })
    .join('');

const TRACKS: Readonly<Partial<Record<TrackRole, TrackDrawer>>> = {
  slot,
  senders: ticks,
  receivers: (canvas, track, _top, foot) => ticks(canvas, track, foot - 8, foot),
  holders: boxes(6, 18),
  waiters: waiting(27),
  values,
  length: area(14, 4),
  busy: (canvas, track, top) =>
    spansOf(canvas, track)
      .map(({ x, width }) => element('rect', { x, y: top + 6, width, height: 4, fill: canvas.theme.foreground }))
      .join(''),
  threads: boxes(5, 19),
  pending: boxes(5, 19, { dashed: true }),
  goroutines: boxes(4, 24, { accent: true }),
  thread: threadStates,
};
