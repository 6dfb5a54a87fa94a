/** This file says what stands at the head of groups and lanes, and draws it where no document holds it. */
import type { Axis, Timeline } from '../timeline/model';
import { Style } from './brushes';
import type { Density } from './density';
import { GROUP_HEIGHT, HEADER_WIDTH, type GroupRow, type LaneRow } from './layout';
import { RectBatch } from './rects';
import { unitSymbol, rulerOf } from './ruler';
import type { Scene } from './scene';
import type { Piece, Surface, TextStyle } from './surface';

export interface Header {
  /** `G3`, `Global queue`; ''. */
  readonly title: string;
  /** `worker`, `chan int`. */
  readonly detail: string;
  /** What the lane does at a moment: `waits for wg :34`; ''. */
  readonly said: string;
}

/** Lanes with room for a second line. */
const TWO_LINES = new Set(['goroutine', 'fold', 'channel']);

/** @param focus the row that is selected; -1: none, and the lane is described as the run ended */
export function headerOf(timeline: Timeline, row: LaneRow, focus: number, axis: Axis): Header {
  const { lane } = row;
  const said = TWO_LINES.has(lane.kind) ? timeline.describeLane(lane, momentOf(timeline, focus), axis) : '';
  return { title: titleOf(row), detail: lane.detail, said };
}

export function titleOf({ lane, group }: LaneRow): string {
  if (lane.kind === 'core-busy') return '';
  if (lane.kind !== 'queue' || group.kind === 'queues') return lane.title;
  return lane.number === -1 ? 'Global queue' : `Queue of ${lane.title}`;
}

/** Less and less of what a lane does, each whole in itself: `waits for mu :34, held by G3`, `waits for mu :34`, `waits for mu`; at last nothing. */
export function shorterForms(said: string): readonly string[] {
  const [first = ''] = said.split(', ', 1);
  return [...new Set([said, first, first.replace(/ \S*:\d+$/, ''), ''])];
}

/** The moment at which lanes are described: the row that is selected, else the end of the run. */
export const momentOf = ({ trace }: Timeline, focus: number): number => (focus >= 0 ? focus : trace.length);

// ---- drawn

/** Px left of titles and groups, and of lanes; of a level of the tree of go statements. */
const PADDING = 12;
const LANE_PADDING = 24;
const INDENT = { wide: 12, narrow: 4 };
/** Px between a title and its detail. */
const TITLE_GAP = 6;
const GROUP_GAP = 8;
/** Px between two lines of what is said. */
const NOTE_LINE = 13;
/** Px right of a header's words. */
const AIR = 6;
const TITLE: TextStyle = { size: 13, bold: true };
const SMALL_TITLE: TextStyle = { size: 12 };
const GROUP_TITLE: TextStyle = { size: 12, bold: true };
const DETAIL: TextStyle = { size: 13 };
const NOTE: TextStyle = { size: 11, ink: 'dim' };
const GROUP_NOTE: TextStyle = { size: 12, ink: 'dim' };
/** Lanes whose titles are quiet: many of them, low ones. */
const isSmall = ({ lane: { kind } }: LaneRow): boolean => kind === 'queue' || kind.startsWith('core-');

const batch = new RectBatch();

/** Bands of groups over the whole width, and titles of lanes in the first {@link HEADER_WIDTH}. */
export function drawHeaders(scene: Scene, surface: Surface): void {
  batch.clear();
  for (const row of scene.layout.rows) {
    if (row.type === 'group') {
      batch.push(0, row.y, surface.width, GROUP_HEIGHT, Style.line);
      batch.push(0, row.y + 1, surface.width, GROUP_HEIGHT - 2, Style.band);
    } else if (!isSmall(row)) batch.push(0, row.y + row.height - 1, headerWidth(scene), 1, Style.grid);
  }
  surface.drawRects(batch);
  for (const row of scene.layout.rows) {
    if (row.type === 'group') drawGroup(surface, row);
    else drawLaneHeader(scene, surface, row);
  }
}

const headerWidth = ({ narrow }: Scene): number => (narrow ? HEADER_WIDTH.narrow : HEADER_WIDTH.wide);

function drawGroup(surface: Surface, { group, y }: GroupRow): void {
  const line = y + 16;
  const noteWidth = group.note === '' ? 0 : surface.measure(group.note, GROUP_NOTE) + PADDING;
  const pieces = [
    { text: group.title, style: GROUP_TITLE },
    { text: group.detail, style: GROUP_NOTE },
  ];
  const words = fitting(surface, pieces, { room: surface.width - 2 * PADDING - noteWidth, gap: GROUP_GAP });
  surface.drawLine(words, PADDING, line, GROUP_GAP);
  if (noteWidth > 0) surface.drawText(group.note, surface.width - PADDING, line, { ...GROUP_NOTE, align: 'right' });
}

function drawLaneHeader(scene: Scene, surface: Surface, row: LaneRow): void {
  const { title, detail, said: long } = headerOf(scene.timeline, row, scene.focus, scene.axis);
  const said = scene.narrow ? '' : long;
  const [titleStyle, detailStyle] = isSmall(row) ? [SMALL_TITLE, NOTE] : [TITLE, isBar(row) ? DETAIL : NOTE];
  const left = LANE_PADDING + row.lane.indent * (scene.narrow ? INDENT.narrow : INDENT.wide);
  const room = headerWidth(scene) - AIR - left;
  const line = row.y + titleLine(row, scene.density, said !== '');
  const pieces = [
    { text: title, style: titleStyle },
    { text: scene.narrow ? '' : detail, style: detailStyle },
  ];
  surface.drawLine(fitting(surface, pieces, { room, gap: TITLE_GAP }), left, line, TITLE_GAP);
  saidLines(surface, said, isBar(row) && scene.density.notes ? room : Infinity).forEach((text, i) => {
    surface.drawLine(fitting(surface, [{ text, style: NOTE }], { room, gap: 0 }), left, line + 16 + i * NOTE_LINE, 0);
  });
}

/** One line, or two where it does not fit and has a second part. */
function saidLines(surface: Surface, said: string, room: number): readonly string[] {
  const at = said.indexOf(', ') + 1;
  return at === 0 || surface.measure(said, NOTE) <= room ? [said] : [said.slice(0, at), said.slice(at + 1)];
}

const isBar = ({ lane: { kind } }: LaneRow): boolean => kind === 'goroutine' || kind === 'fold';

/** Base line of a title from the top of its lane: a goroutine's stands beside its bars, others in the middle. */
function titleLine(row: LaneRow, density: Density, twoLines: boolean): number {
  if (isBar(row)) return row.height - density.title - (twoLines ? 15 : 0);
  return Math.round(row.height / 2) + (twoLines ? -4 : 4);
}

/** The pieces that fit; the first that does not ends with an ellipsis, or goes. */
function fitting(
  surface: Surface,
  pieces: readonly Piece[],
  { room, gap }: { readonly room: number; readonly gap: number },
): Piece[] {
  const shown: Piece[] = [];
  let left = room;
  for (const { text, style } of pieces) {
    const words = cut(surface, text, left, style);
    if (words === '') continue;
    shown.push({ text: words, style });
    if (words !== text) break;
    left -= surface.measure(words, style) + gap;
  }
  return shown;
}

/** The text, or as much of it as fits with an ellipsis; '' where nothing does. */
function cut(surface: Surface, text: string, room: number, style: TextStyle): string {
  if (surface.measure(text, style) <= room) return text;
  const characters = [...text];
  for (let length = characters.length - 1; length > 0; length--) {
    const shorter = `${characters.slice(0, length).join('').trimEnd()}…`;
    if (surface.measure(shorter, style) <= room) return shorter;
  }
  return '';
}

/** What the ruler counts, left of it: `Step`, `Virtual time µs`. */
export function drawRulerTitle(scene: Scene, surface: Surface): void {
  const { title, unit } = rulerOf(scene);
  const pieces = [
    { text: title, style: SMALL_TITLE },
    { text: unitSymbol(unit), style: NOTE },
  ];
  surface.drawLine(unit === '' ? pieces.slice(0, 1) : pieces, PADDING, 18, TITLE_GAP);
}
