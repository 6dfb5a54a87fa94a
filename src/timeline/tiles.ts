/**
 * This file keeps what is seen of tracks in tiles: pieces of the axis of so many buckets each, in which spans are merged once for a zoom. A window that moves asks
 * for a tile at its edge now and then, and copies the others; and what is merged does not depend on where the window begins, so that nothing flickers.
 * (Maps on screens are drawn so: tiles aligned to multiples of their own width, by zoom.)
 */
import { countBelow, countUpTo } from '../trace/rows';
import { SpanBuffer } from './buffers';
import type { Axis, Range } from './model';
import type { Run, SpanStore } from './spans';

/** Buckets of a tile. */
const TILE = 128;
/** Tiles of a track that are kept beside those of the window. */
const SPARE = 32;

interface Tile {
  /** The runs of spans that begin in the tile, not clipped. */
  readonly spans: SpanBuffer;
  /** The first span that begins after the tile. */
  readonly next: number;
}

/** Tiles of a track, by their numbers: tile t is what begins from t times its width on, up to t + 1 times. */
type Track = Map<number, Tile>;

export class Tiles {
  private readonly tracks = new Map<Run, Track>();
  private axis: Axis = 'step';
  private pixel = NaN;
  private readonly scratch = new SpanBuffer();

  /** What can be seen of a run of spans, appended to `into`, with indexes within the run. */
  visible(store: SpanStore, run: Run, axis: Axis, range: Range, pixels: number, into: SpanBuffer): void {
    // Windows of one width that begin elsewhere differ in the last bits of it.
    const pixel = Math.fround((range.end - range.start) / Math.max(1, pixels));
    if (!(pixel > 0)) return;
    this.zoom(axis, pixel);
    const track = this.trackOf(run);
    const width = TILE * store.bucket(pixel);
    const { start, end } = store.positionsOf(run, axis);
    for (let i = countUpTo(end, range.start); i < start.length && start[i]! < range.end;) {
      const number = tileOf(start[i]!, width);
      let tile = track.get(number);
      if (!tile) track.set(number, (tile = this.make(store, run, axis, pixel, number * width, (number + 1) * width)));
      copy(tile.spans, range, into);
      i = tile.next;
    }
    if (track.size > SPARE + 2 * (pixels / TILE)) forget(track, range, width);
  }

  private zoom(axis: Axis, pixel: number): void {
    if (axis !== this.axis || pixel !== this.pixel) this.tracks.clear();
    this.axis = axis;
    this.pixel = pixel;
  }

  private trackOf(run: Run): Track {
    let track = this.tracks.get(run);
    if (!track) this.tracks.set(run, (track = new Map<number, Tile>()));
    return track;
  }

  private make(store: SpanStore, run: Run, axis: Axis, pixel: number, start: number, limit: number): Tile {
    const { scratch } = this;
    scratch.clear();
    const next = store.merged(run, axis, start, limit, pixel, scratch);
    const spans = new SpanBuffer(scratch.length);
    spans.assign(scratch);
    return { spans, next };
  }
}

/** Number of the tile in which `x` is, by the bounds themselves: a quotient may be rounded across one. */
function tileOf(x: number, width: number): number {
  let tile = Math.floor(x / width);
  if (x < tile * width) tile--;
  else if (x >= (tile + 1) * width) tile++;
  return tile;
}

/** Appends what is in the range, clipped to it. */
function copy(from: SpanBuffer, range: Range, into: SpanBuffer): void {
  const first = countUpTo(from.end.subarray(0, from.length), range.start);
  const last = countBelow(from.start.subarray(0, from.length), range.end);
  if (last <= first) return;
  const at = into.length;
  into.append(from, first, last);
  into.start[at] = Math.max(into.start[at]!, range.start);
  into.end[into.length - 1] = Math.min(into.end[into.length - 1]!, range.end);
}

/** Drops the tiles that the window does not meet. */
function forget(track: Track, range: Range, width: number): void {
  for (const tile of track.keys())
    if ((tile + 1) * width <= range.start || tile * width >= range.end) track.delete(tile);
}
