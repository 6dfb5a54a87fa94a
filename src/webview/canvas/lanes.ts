/** This file draws the lanes: bars, words and marks; not what depends on the pointer. */
import { GlyphBuffer, SpanBuffer } from '../../timeline/buffers';
import type { Track } from '../../timeline/model';
import { rowsBetween, type LaneRow } from '../layout';
import { STATES, STATE_STYLES } from '../palette';
import { lastCommonRoom } from './causes';
import { drawGlyph, isRaceGlyph } from './glyphs';
import { drawChannel, drawHolders, drawQueue, drawValues } from './objects';
import { drawCoreLane, drawThread } from './cores';
import { ANNOTATION, barHeight, base, drawFitting, middle, rangeOf, top, x, type Mark, type Scene } from './scene';
import { RectBatch, Style, type Surface } from './surface';
import { eventWord } from '../words';

/** Px between two marks below which they are merged. */
const GLYPH_GAP = 9;
/** A mark that would stand for more events than this says nothing. */
const MERGED = 3;
/** Narrower spans get no words. */
const WORDS_FROM = 14;
/** How much of a state remains when another one is looked at alone. */
const FADED = 0.22;

/** Buffers used anew for each track. */
export const spans = new SpanBuffer();
const glyphs = new GlyphBuffer();
const batch = new RectBatch();

/** One lane to draw, with where and into what. */
export interface LanePicture {
  readonly scene: Scene;
  readonly surface: Surface;
  readonly row: LaneRow;
  readonly batch: RectBatch;
  /** Words and marks, drawn after the rectangles. */
  readonly later: (() => void)[];
  /** Words that the overlay will write above the bars of a lane. */
  readonly taken: ReturnType<typeof lastCommonRoom>;
}

/** Draws all lanes in sight. @returns the race marks, for the overlay */
export function drawLanes(scene: Scene, surface: Surface): Mark[] {
  const marks: Mark[] = [];
  const later: (() => void)[] = [];
  const taken = lastCommonRoom(scene, surface);
  batch.clear();
  const rows = rowsBetween(scene.layout, scene.scrollTop, scene.scrollTop + scene.height);
  for (const row of rows) {
    if (row.type === 'lane') drawLane({ scene, surface, row, batch, later, taken }, marks);
  }
  surface.drawRects(batch);
  for (const draw of later) draw();
  return marks;
}

function drawLane(picture: LanePicture, marks: Mark[]): void {
  switch (picture.row.lane.kind) {
    case 'goroutine':
    case 'fold':
      drawGoroutine(picture, marks);
      break;
    case 'channel':
      drawChannel(picture);
      break;
    case 'lock':
      drawHolders(picture);
      break;
    case 'variable':
      drawValues(picture);
      break;
    case 'queue':
      drawQueue(picture);
      break;
    case 'thread':
      drawThread(picture);
      break;
    case 'core-busy':
    case 'core-thread':
    case 'core-goroutine':
      drawCoreLane(picture);
      break;
  }
}

/** Spans of a track in the window, in {@link spans}. */
export function visible({ scene }: LanePicture, track: Track): SpanBuffer {
  return scene.timeline.visible(track, scene.axis, rangeOf(scene), scene.width, spans);
}

function drawGoroutine(picture: LanePicture, marks: Mark[]): void {
  const { scene, surface, row, batch: bars, later } = picture;
  const foot = base(scene, row);
  bars.push(0, foot, scene.width, 1, Style.faint);
  for (const track of row.lane.tracks) {
    if (track.role === 'states') drawStates(picture, track, foot);
    else if (track.role === 'cores') drawCores(picture, track, foot);
  }
  if (row.lane.kind === 'fold') return;
  scene.timeline.glyphs(row.lane, scene.axis, rangeOf(scene), scene.width, GLYPH_GAP, glyphs);
  const y = middle(scene, row);
  const room = glyphRoom(scene);
  for (let i = 0; i < glyphs.length; i++) {
    const at = { row: glyphs.row[i]!, x: x(scene, glyphs.x[i]!), y };
    const code = glyphs.glyph[i]!;
    if (isRaceGlyph(code)) marks.push(at);
    else if (glyphs.count[i]! <= MERGED) later.push(() => drawGlyph(surface, code, at.x, at.y, scene.theme));
    if (scene.tall) {
      later.push(() => {
        const word = eventWord(scene.timeline.trace, at.row);
        const bold = word.startsWith('Lock');
        drawFitting(
          surface,
          [word],
          { x: at.x, y: foot - 34, room },
          { size: 11, align: 'center', bold, colour: bold ? undefined : scene.theme.dim },
        );
      });
    }
  }
}

/** Px that the word above an event may take: a column of the step axis. */
function glyphRoom(scene: Scene): number {
  return scene.axis === 'step' ? scene.width / (scene.view.to - scene.view.from) + 6 : 0;
}

function drawStates(picture: LanePicture, track: Track, foot: number): void {
  const { scene, surface, row, batch: bars, later, taken } = picture;
  const { solo } = scene.state;
  const seen = visible(picture, track);
  const full = barHeight(scene);
  for (let i = 0; i < seen.length; i++) {
    const state = seen.code[i]!;
    const name = STATES[state];
    if (!name) continue;
    const height = Math.round(full * STATE_STYLES[name].height);
    const left = x(scene, seen.start[i]!);
    const width = x(scene, seen.end[i]!) - left;
    const alpha = solo >= 0 && solo !== state ? FADED : 1;
    pushBar(bars, left, foot - height, width, height, state, alpha);
    if (state === 0 || width < WORDS_FROM || seen.index[i]! < 0) continue;
    if (taken?.lane === row.lane.id && height > full / 2 && left < taken.right && left + width > taken.left) continue;
    const index = seen.index[i]!;
    later.push(() => {
      const { labels, lastRow } = scene.timeline.slice(track, index);
      const start = Math.max(left, 0);
      const at = { x: start + 2, y: foot - height - 4, room: Math.min(left + width, scene.width) - start - 2 };
      const forEver = lastRow < 0 && scene.tall && row.lane.goroutine !== 1;
      const style = { ...ANNOTATION, size: scene.tall ? 12 : 11, halo: scene.tall };
      drawFitting(surface, labels, at, forEver ? { ...style, bold: true } : { ...style, colour: scene.theme.dim });
    });
  }
}

/** A rectangle with half a px of air on both sides, and never invisible. */
export function pushBar(
  bars: RectBatch,
  left: number,
  y: number,
  width: number,
  height: number,
  style: number,
  alpha = 1,
): void {
  if (width >= 3) bars.push(left + 0.5, y, width - 1, height, style, alpha);
  else bars.push(left, y, Math.max(width, 1), height, style, alpha);
}

/** The core a goroutine runs on: a line under the bar, and its number. */
function drawCores(picture: LanePicture, track: Track, foot: number): void {
  const { scene, surface, batch: bars, later } = picture;
  const seen = visible(picture, track);
  for (let i = 0; i < seen.length; i++) {
    const left = Math.max(x(scene, seen.start[i]!), 0);
    const width = Math.min(x(scene, seen.end[i]!), scene.width) - left;
    pushBar(bars, left, foot + 2, width, 2, Style.dim);
    const core = seen.code[i]!;
    if (width < 12 || core < 0) continue;
    later.push(() => {
      const texts = [`core ${core}`, String(core)];
      drawFitting(
        surface,
        texts,
        { x: left + 1, y: foot + 14, room: width },
        { ...ANNOTATION, colour: scene.theme.dim },
      );
    });
  }
}

/** Draws vertical lines at the ticks of the ruler, and the ground of the selected lane. */
export function drawGround(scene: Scene, surface: Surface, ticks: readonly number[]): void {
  batch.clear();
  for (const tick of ticks) batch.push(Math.round(x(scene, tick)), 0, 1, scene.height, Style.grid);
  surface.drawRects(batch);
}

/** Draws the line under each lane. */
export function drawSeparators(scene: Scene, surface: Surface): void {
  batch.clear();
  for (const row of rowsBetween(scene.layout, scene.scrollTop, scene.scrollTop + scene.height)) {
    if (row.type !== 'lane' || row.group.kind === 'core') continue;
    if (row.lane.kind === 'queue') continue;
    batch.push(0, top(scene, row) + row.height - 1, scene.width, 1, Style.grid);
  }
  surface.drawRects(batch);
}
