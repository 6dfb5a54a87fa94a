/** This file draws where a trace leaves events out: a hatched ground under all lanes, how many they are, and in a lane how its goroutine spent the time. */
import { gapsOf, sumsAt, type Gap } from '../trace/gaps';
import { counted } from '../trace/quantity';
import { Style } from './brushes';
import type { Over } from './over';
import { pushBar, type RectBatch } from './rects';
import { ANNOTATION, barHeight, bottom, x, type Scene } from './scene';

/** Base line of the words, in the band of the first group. */
const WORDS_Y = 17;

/** Px of a gap, as far as it is in sight; undefined: it is not. */
function extentOf(scene: Scene, { row, end }: Gap): readonly [number, number] | undefined {
  const { timeline, axis, width } = scene;
  const until = end < timeline.trace.length ? timeline.xOf(end, axis) : timeline.end(axis);
  const [left, right] = [Math.max(0, x(scene, timeline.edgeOf(row, axis))), Math.min(width, x(scene, until))];
  return right > left ? [left, right] : undefined;
}

export function pushGaps(scene: Scene, batch: RectBatch): void {
  for (const gap of gapsOf(scene.timeline.trace)) {
    const extent = extentOf(scene, gap);
    if (extent) batch.push(extent[0], 0, extent[1] - extent[0], bottom(scene), Style.gap);
  }
}

/** `12,345 events not recorded`. */
export function drawGapWords({ scene, labels }: Over): void {
  if (scene.scrollTop > 0) return;
  for (const gap of gapsOf(scene.timeline.trace)) {
    const extent = extentOf(scene, gap);
    if (!extent) continue;
    const [left, right] = extent;
    labels.offer({
      priority: 'annotation',
      texts: [`${counted(gap.events, 'event')} not recorded`, counted(gap.events, 'event')],
      spots: [{ align: 'center', x: (left + right) / 2, y: WORDS_Y, from: left + 4, to: right - 4 }],
      style: { ...ANNOTATION, halo: true },
      rank: gap.row,
      over: true,
    });
  }
}

/**
 * What a goroutine did between `left` and `left + width` px, from a row of a gap on: bars on top of each other, each as high as its state's share of the time.
 * @returns whether it is known
 */
export function pushSums(
  scene: Scene,
  batch: RectBatch,
  goroutine: number,
  row: number,
  { left, width, foot }: { readonly left: number; readonly width: number; readonly foot: number },
): boolean {
  const sums = sumsAt(scene.timeline.trace, goroutine, row);
  const total = sums.reduce((sum, time) => sum + time, 0);
  if (total === 0) return false;
  const full = barHeight(scene);
  let used = 0;
  let told = 0;
  sums.forEach((time, state) => {
    told += time;
    const height = Math.round((told / total) * full) - used;
    if (height <= 0) return;
    used += height;
    pushBar(batch, left, foot - used, width, height, state, scene.solo >= 0 && scene.solo !== state ? FADED : 1);
  });
  return true;
}

/** How much of a state remains when another one is looked at alone. */
export const FADED = 0.22;
