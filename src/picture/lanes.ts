/** This file draws the lanes: which picture for which kind, and the ground and lines between them; not what depends on the pointer. */
import { titleOf } from './headers';
import { rowsBetween, type LaneRow } from './layout';
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
import type { Surface, TextStyle } from './surface';

/** Of a name that goes on beyond its header, as the style sheet has it: its type; px around it, of its height, and of the longest. */
const NAME: TextStyle = { size: 12, bold: true };
const NAME_AIR = 10;
const NAME_HEIGHT = 15;
const LONGEST_NAME = 180;

/** Used anew for each frame. */
const batch = new RectBatch();

/** Draws all lanes in sight but for their words, which it offers. @returns the race marks, for the overlay */
export function drawLanes(scene: Scene, surface: Surface, labels: Labels): Mark[] {
  const marks: Mark[] = [];
  const later: (() => void)[] = [];
  batch.clear();
  const rows = rowsBetween(scene.layout, scene.scrollTop, scene.scrollTop + scene.height);
  for (const row of rows) {
    if (row.type === 'lane') blockName(scene, surface, row, labels);
    if (row.type === 'lane') drawLane({ scene, surface, row, batch, later, labels }, marks);
  }
  surface.drawRects(batch);
  for (const draw of later) draw();
  return marks;
}

/** Keeps words out from under a name that goes on over its lane. */
function blockName(scene: Scene, surface: Surface, row: LaneRow, labels: Labels): void {
  const { smallHeader } = scene;
  if (smallHeader === undefined || row.lane.kind === 'goroutine') return;
  const name = Math.min(surface.measure(titleOf(row), NAME) + NAME_AIR, LONGEST_NAME);
  const y = top(scene, row);
  if (name > smallHeader) labels.block(0, y, name - smallHeader, y + NAME_HEIGHT);
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
