/** This file draws the lanes: which picture for which kind, and the ground and lines between them; not what depends on the pointer. */
import { rowsBetween } from './layout';
import type { Tick } from '../timeline/model';
import { Style } from './brushes';
import { drawCoreLane, drawThread } from './cores';
import { pushGaps } from './gaps';
import { drawGoroutine } from './goroutines';
import type { Labels } from './labels';
import type { LanePicture } from './lanePicture';
import { drawChannel, drawHolders, drawQueue, drawValues } from './objects';
import { top, x, type Mark, type Scene } from './scene';
import { RectBatch } from './rects';
import type { Surface } from './surface';

/** Used anew for each frame. */
const batch = new RectBatch();

/** Draws all lanes in sight but for their words, which it offers. @returns the race marks, for the overlay */
export function drawLanes(scene: Scene, surface: Surface, labels: Labels): Mark[] {
  const marks: Mark[] = [];
  const later: (() => void)[] = [];
  batch.clear();
  const rows = rowsBetween(scene.layout, scene.scrollTop, scene.scrollTop + scene.height);
  for (const row of rows) {
    if (row.type === 'lane') drawLane({ scene, surface, row, batch, later, labels }, marks);
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

/** Draws vertical lines at the ticks of the ruler. */
export function drawGround(scene: Scene, surface: Surface, ticks: readonly Tick[]): void {
  batch.clear();
  pushGaps(scene, batch);
  for (const tick of ticks) batch.push(Math.round(x(scene, tick.x)), 0, 1, scene.height, Style.grid);
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
