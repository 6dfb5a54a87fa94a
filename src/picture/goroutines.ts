/** This file draws the lane of a goroutine: bars of its states, words why it waits, marks of its events, the core under it. */
import { GlyphBuffer } from '../timeline/buffers';
import { GLYPHS } from '../timeline/glyphs';
import { STATES, type Track } from '../timeline/model';
import { Style } from './brushes';
import { FADED, pushSums } from './gaps';
import { isRaceGlyph, SHAPE_OF_GLYPH } from './glyphs';
import { visible, type LanePicture } from './lanePicture';
import { pushBar } from './rects';
import { ANNOTATION, barHeight, base, middle, rangeOf, x, type Mark, type Scene } from './scene';
import { STATE_STYLES } from './states';
import type { TextStyle } from './surface';
import { eventWord } from './words';

/** Px between two marks below which they are merged. */
const GLYPH_GAP = 9;
/** A mark that would stand for more events than this says nothing. */
const MERGED = 3;
/** Narrower spans get no words. */
const WORDS_FROM = 14;

/** A goroutine that is cut off while it waits just ends. */
const EXIT = GLYPHS.indexOf('exit');
/** Px above the base line of the mark of an event that happens while its goroutine does not run. */
const ABOVE = 19;
/** Half of the px that words leave free for a mark. */
const MARK = 5;
/** Half of a mark itself. */
const HALF_MARK = 5;

const QUIET: TextStyle = { ...ANNOTATION, ink: 'dim' };
/** Why a goroutine waits, and that it will for ever; in lanes with words above their events, and in others. */
const WAITS: Readonly<Record<'large' | 'small', Readonly<Record<'plain' | 'forEver', TextStyle>>>> = {
  large: { plain: { size: 12, halo: true, ink: 'dim' }, forEver: { size: 12, halo: true, bold: true } },
  small: { plain: QUIET, forEver: QUIET },
};

/** Px from and to. */
type Stretch = readonly [number, number];
/** Left to right. */
type Stretches = Stretch[];

/** Used anew for each lane. */
const glyphs = new GlyphBuffer();

/** Draws the lane. Race marks go to `marks`: the overlay draws them. */
export function drawGoroutine(picture: LanePicture, marks: Mark[]): void {
  const { scene, surface, row, batch: bars, later, labels } = picture;
  const foot = base(scene, row);
  bars.push(0, foot, scene.width, 1, Style.faint);
  const running: Stretches = [];
  for (const track of row.lane.tracks) {
    if (track.role === 'states') drawStates(picture, track, { foot, running });
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
      const bar = running.find(([left, right]) => at.x >= left && at.x <= right);
      if (!bar && code === EXIT) continue;
      const [markX, markY] = bar ? [inside(bar, at.x), y] : [at.x, foot - ABOVE];
      labels.block(markX - MARK, markY - MARK, markX + MARK, markY + MARK);
      later.push(() => surface.drawGlyph(code, markX, markY, bar ? 'onRunning' : 'foreground'));
    }
    if (scene.density.words) {
      const word = eventWord(scene.timeline.trace, at.row);
      const bold = word.startsWith('Lock');
      labels.offer({
        priority: 'annotation',
        texts: [word],
        spots: [{ align: 'center', x: at.x, y: foot - 34, from: at.x - room / 2, to: at.x + room / 2 }],
        style: { size: 11, bold, ink: bold ? 'foreground' : 'dim' },
        rank: at.row,
      });
    }
  }
}

/** Where a mark stands on its bar: beyond the edge it could not be seen, in the ink of what is on bars. */
function inside([left, right]: Stretch, at: number): number {
  if (right - left < 2 * HALF_MARK) return (left + right) / 2;
  return Math.min(Math.max(at, left + HALF_MARK), right - HALF_MARK);
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
}

function drawStates(picture: LanePicture, track: Track, { foot, running }: Bars): void {
  const { scene, row, batch: bars, labels } = picture;
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
    if (name === 'unrecorded' && seen.index[i]! >= 0 && row.lane.goroutine !== undefined) {
      const { firstRow } = scene.timeline.slice(track, seen.index[i]!);
      if (pushSums(scene, bars, row.lane.goroutine, firstRow, { left, width, foot })) continue;
    }
    const alpha = solo >= 0 && solo !== state ? FADED : 1;
    pushBar(bars, left, foot - height, width, height, state, alpha);
    if (state === 0) running.push([left, left + width]);
    if (state === 0 || width < WORDS_FROM || seen.index[i]! < 0) continue;
    const { labels: texts, lastRow } = scene.timeline.slice(track, seen.index[i]!);
    const { plain, forEver } = scene.density.words ? WAITS.large : WAITS.small;
    const [from, to] = [Math.max(left, 0) + 2, Math.min(left + width, scene.width)];
    labels.offer({
      priority: 'state',
      texts,
      spots: [{ align: 'left', x: from, y: foot - height - 4, from, to, slide: Infinity }],
      style: lastRow < 0 && scene.density.words && !row.lane.main ? forEver : plain,
    });
  }
}

/** The core a goroutine runs on: a line under the bar, and its number. */
function drawCores(picture: LanePicture, track: Track, foot: number): void {
  const { scene, batch: bars, labels } = picture;
  const seen = visible(picture, track);
  for (let i = 0; i < seen.length; i++) {
    const left = Math.max(x(scene, seen.start[i]!), 0);
    const width = Math.min(x(scene, seen.end[i]!), scene.width) - left;
    pushBar(bars, left, foot + 2, width, 2, Style.dim);
    const core = seen.code[i]!;
    if (width < 12 || core < 0 || !scene.density.notes) continue;
    labels.offer({
      priority: 'tick',
      texts: [`core ${core}`, String(core)],
      spots: [{ align: 'left', x: left + 1, y: foot + 13, from: left + 1, to: left + 1 + width, slide: Infinity }],
      style: QUIET,
    });
  }
}
