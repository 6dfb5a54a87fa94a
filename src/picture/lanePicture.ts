/** This file defines what the picture of one lane is drawn from and into. */
import { SpanBuffer } from '../timeline/buffers';
import type { Track } from '../timeline/model';
import type { Labels } from './labels';
import type { LaneRow } from './layout';
import { rangeOf, type Scene } from './scene';
import type { RectBatch } from './rects';
import type { Surface } from './surface';

/** Px of the finest span: of finer ones nobody could tell which is which, and they cost as much as others. */
const FINEST = 2;

/** Used anew for each track. */
const spans = new SpanBuffer();

/** One lane to draw, with where and into what. */
export interface LanePicture {
  readonly scene: Scene;
  readonly surface: Surface;
  readonly row: LaneRow;
  readonly batch: RectBatch;
  /** Marks and lines, drawn after the rectangles. */
  readonly later: (() => void)[];
  /** Words, placed when all that stands in their way is known. */
  readonly labels: Labels;
}

/** Spans of a track in the window; valid until the next call. */
export function visible({ scene }: LanePicture, track: Track): SpanBuffer {
  return scene.timeline.visible(track, scene.axis, rangeOf(scene), scene.width / FINEST, spans);
}
