/** This file defines what the picture of one lane is drawn from and into. */
import { SpanBuffer } from '../timeline/buffers';
import type { Track } from '../timeline/model';
import type { LaneRow } from './layout';
import { rangeOf, type Scene } from './scene';
import type { RectBatch } from './rects';
import type { Surface } from './surface';

/** Used anew for each track. */
const spans = new SpanBuffer();

/** A stretch of a lane, in px along it. */
export interface Stretch {
  readonly lane: string;
  readonly left: number;
  readonly right: number;
}

/** One lane to draw, with where and into what. */
export interface LanePicture {
  readonly scene: Scene;
  readonly surface: Surface;
  readonly row: LaneRow;
  readonly batch: RectBatch;
  /** Words and marks, drawn after the rectangles. */
  readonly later: (() => void)[];
  /** Words that the overlay will write above the bars of a lane. */
  readonly taken: Stretch | undefined;
}

/** Spans of a track in the window; valid until the next call. */
export function visible({ scene }: LanePicture, track: Track): SpanBuffer {
  return scene.timeline.visible(track, scene.axis, rangeOf(scene), scene.width, spans);
}
