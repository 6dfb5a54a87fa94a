/** This file draws the lane of a goroutine: bars of its states, words why it waits, marks of its events, the core under it. */
import { GlyphBuffer } from '../timeline/buffers';
import { GLYPHS } from '../timeline/glyphs';
import { STATES, type Track } from '../timeline/model';
import { Style } from './brushes';
import { isRaceGlyph, SHAPE_OF_GLYPH } from './glyphs';
import { visible, type LanePicture } from './lanePicture';
import { pushBar } from './rects';
import { ANNOTATION, barHeight, base, drawFitting, middle, rangeOf, x, type Mark, type Scene } from './scene';
import { STATE_STYLES } from './states';
import { eventWord } from './words';

/** Px between two marks below which they are merged. */
const GLYPH_GAP = 9;
/** A mark that would stand for more events than this says nothing. */
const MERGED = 3;
/** Narrower spans get no words. */
const WORDS_FROM = 14;
/** How much of a state remains when another one is looked at alone. */
const FADED = 0.22;

/** A goroutine that is cut off while it waits just ends. */
const EXIT = GLYPHS.indexOf('exit');
/** Px above the base line of the mark of an event that happens while its goroutine does not run. */
const ABOVE = 19;
/** Px on both sides of a mark that words leave free. */
const MARK_ROOM = 6;

/** Px from and to, left to right. */
type Stretches = (readonly [number, number])[];

/** Used anew for each lane. */
const glyphs = new GlyphBuffer();

/** Draws the lane. Race marks go to `marks`: the overlay draws them. */
export function drawGoroutine(picture: LanePicture, marks: Mark[]): void {
  const { scene, surface, row, batch: bars, later } = picture;
  const foot = base(scene, row);
  bars.push(0, foot, scene.width, 1, Style.faint);
  const running: Stretches = [];
  const above: number[] = [];
  for (const track of row.lane.tracks) {
    if (track.role === 'states') drawStates(picture, track, { foot, running, above });
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
    else if (SHAPE_OF_GLYPH[code] && glyphs.count[i]! <= MERGED) {
      const onBar = running.some(([left, right]) => at.x >= left && at.x <= right);
      if (!onBar && code === EXIT) continue;
      if (!onBar) above.push(at.x);
      later.push(() => surface.drawGlyph(code, at.x, onBar ? y : foot - ABOVE, onBar ? 'onRunning' : 'foreground'));
    }
    if (scene.tall) {
      later.push(() => {
        const word = eventWord(scene.timeline.trace, at.row);
        const bold = word.startsWith('Lock');
        drawFitting(
          surface,
          [word],
          { x: at.x, y: foot - 34, room },
          { size: 11, align: 'center', bold, ink: bold ? 'foreground' : 'dim' },
        );
      });
    }
  }
}

/** Px that the word above an event may take: a column of the step axis. */
function glyphRoom(scene: Scene): number {
  return scene.axis === 'step' ? scene.width / (scene.view.to - scene.view.from) + 6 : 0;
}

/** What the bars of a lane need to know of it, and tell. */
interface Bars {
  /** Base line. */
  readonly foot: number;
  /** Filled: where the goroutine runs. */
  readonly running: Stretches;
  /** Px of the marks that stand above bars; complete when words are drawn. */
  readonly above: readonly number[];
}

function drawStates(picture: LanePicture, track: Track, { foot, running, above }: Bars): void {
  const { scene, surface, row, batch: bars, later, taken } = picture;
  const { solo } = scene;
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
    if (state === 0) running.push([left, left + width]);
    if (state === 0 || width < WORDS_FROM || seen.index[i]! < 0) continue;
    if (taken?.lane === row.lane.id && height > full / 2 && left < taken.right && left + width > taken.left) continue;
    const index = seen.index[i]!;
    later.push(() => {
      const { labels, lastRow } = scene.timeline.slice(track, index);
      const [start, end] = widestGap(above, Math.max(left, 0), Math.min(left + width, scene.width));
      const at = { x: start + 2, y: foot - height - 4, room: end - start - 2 };
      const forEver = lastRow < 0 && scene.tall && !row.lane.main;
      const style = { ...ANNOTATION, size: scene.tall ? 12 : 11, halo: scene.tall };
      drawFitting(surface, labels, at, forEver ? { ...style, bold: true } : { ...style, ink: 'dim' });
    });
  }
}

/** The widest part of `[from, to]` in which no mark stands. `marks`: px, ascending. */
function widestGap(marks: readonly number[], from: number, to: number): readonly [number, number] {
  let [start, best]: [number, readonly [number, number]] = [from, [from, from]];
  for (const mark of marks) {
    if (mark <= from - MARK_ROOM || mark >= to + MARK_ROOM) continue;
    if (mark - MARK_ROOM - start > best[1] - best[0]) best = [start, mark - MARK_ROOM];
    start = mark + MARK_ROOM;
  }
  return to - start > best[1] - best[0] ? [start, to] : best;
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
      drawFitting(surface, texts, { x: left + 1, y: foot + 14, room: width }, { ...ANNOTATION, ink: 'dim' });
    });
  }
}
