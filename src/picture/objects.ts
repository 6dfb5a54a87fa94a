/** This file draws the lanes of shared objects: what a channel holds, who holds a lock, what a variable is, how long a run queue is. */
import type { Track, TrackRole } from '../timeline/model';
import { boxOf } from './boxes';
import { Style, type StyleCode } from './brushes';
import { channelBody, showsSlots } from './layout';
import { visible, type LanePicture } from './lanePicture';
import type { Role } from './palette';
import { pushBar } from './rects';
import { ANNOTATION, top, x } from './scene';
import type { TextStyle } from './surface';
import { count } from './words';

/** Px of one goroutine in a run queue. */
const QUEUE_STEP = 6;
const CORE_QUEUE_STEP = 9;
/** Px from the top of a queue's lane to its base line. */
const QUEUE_BASE = 20;

const track = (picture: LanePicture, role: TrackRole): Track | undefined =>
  picture.row.lane.tracks.find((candidate) => candidate.role === role);

/** What is the same for every box of a track. */
interface Boxes {
  readonly style: StyleCode;
  readonly size?: number;
  /** Text in the middle where it stands alone. */
  readonly centred?: boolean;
  /** Another style for some codes. */
  readonly styleOf?: (code: number) => StyleCode;
}

/** Draws each span of a track as a box with its words inside. */
export function drawBoxes(picture: LanePicture, of: Track, boxes: Boxes): void {
  const { scene, row, batch, labels } = picture;
  const box = boxOf(row, of, scene.density);
  if (!box) return;
  const y = top(scene, row) + box.y;
  const seen = visible(picture, of);
  for (let i = 0; i < seen.length; i++) {
    const left = Math.max(x(scene, seen.start[i]!), -4);
    const width = Math.min(x(scene, seen.end[i]!), scene.width + 4) - left;
    const style = boxes.styleOf?.(seen.code[i]!) ?? boxes.style;
    pushBar(batch, left, y, width, box.height, style);
    const index = seen.index[i]!;
    if (index < 0 || width < 9) continue;
    const [start, end] = [Math.max(left, 0), Math.min(left + width, scene.width)];
    const ink: Role = style === Style.lost ? 'error' : style === Style.running ? 'onRunning' : 'foreground';
    const words = { priority: 'state', style: { ...ANNOTATION, size: boxes.size ?? 11, bold: true, ink } } as const;
    const line = y + box.height / 2 + 4;
    const texts = scene.timeline.slice(of, index).labels;
    const inside = { align: 'left', x: start + 7, y: line, from: start + 7, to: end - 5, slide: Infinity } as const;
    const middle = { align: 'center', x: (start + end) / 2, y: line, from: start + 0.5, to: end - 0.5 } as const;
    labels.offer({ ...words, texts, spots: [inside], otherwise: { texts: texts.slice(-2), spots: [middle] } });
  }
}

/** Values in the slots of the buffer, blocked senders above the capacity, blocked receivers below the base line. */
export function drawChannel(picture: LanePicture): void {
  const { scene, surface, row, batch, later, labels } = picture;
  const { lane } = row;
  const foot = top(scene, row) + row.height - scene.density.channel.foot;
  const body = channelBody(lane, scene.density);
  const slots = lane.tracks.filter(({ role }) => role === 'slot');
  const buffered = (lane.capacity ?? 0) > 0;
  batch.push(0, foot, scene.width, 1, Style.dim);
  if (slots.length > 0 && showsSlots(lane, scene.density)) {
    for (const slot of slots) drawBoxes(picture, slot, { style: Style.token });
  } else {
    const length = track(picture, 'length');
    if (length) drawLevel(picture, length, foot, body / Math.max(1, lane.capacity ?? 1, length.peak ?? 1), Style.area);
  }
  const capacity = foot - body - 0.5;
  later.push(() =>
    surface.line(0, capacity, scene.width, capacity, { stroke: 'dim', dash: buffered ? [3, 3] : [1, 3] }),
  );
  if (scene.density.notes) {
    labels.offer({
      priority: 'tick',
      texts: [buffered ? `capacity ${count(lane.capacity!)}` : 'unbuffered'],
      spots: [{ align: 'right', x: scene.width - 2, y: capacity - 4, from: 0, to: scene.width - 2, slide: Infinity }],
      style: { size: 11, ink: 'dim', halo: true },
    });
  }
  drawBlocked(picture, 'senders', foot - body - 5);
  drawBlocked(picture, 'receivers', foot + 4);
}

const BLOCKED: TextStyle = { size: 11, halo: true };

/** Goroutines that wait at a channel: a thick line with their names. */
function drawBlocked(picture: LanePicture, role: 'senders' | 'receivers', y: number): void {
  const { scene, batch, labels } = picture;
  const { lane } = picture.row;
  const of = track(picture, role);
  if (!of) return;
  const seen = visible(picture, of);
  for (let i = 0; i < seen.length; i++) {
    if (seen.code[i] === 0) continue;
    const left = Math.max(x(scene, seen.start[i]!), 0);
    const width = Math.min(x(scene, seen.end[i]!), scene.width) - left;
    batch.push(left, y, Math.max(width, 1), 3, role === 'senders' ? Style.foreground : Style.dim);
    const index = seen.index[i]!;
    if (index < 0 || role === 'receivers' || !scene.density.notes) continue;
    const { labels: numbers, firstRow } = scene.timeline.slice(of, index);
    const { waiters } = scene.timeline.objectAt(lane.object ?? 0, Math.max(firstRow, 0));
    const texts = waiters.length === 1 ? [`G${waiters[0]!}`] : numbers;
    const half = Math.max(width + 12, 28) / 2;
    const middle = Math.min(Math.max(left + width / 2, half), scene.width - half);
    const spot = { align: 'center', x: middle, y: y - 3, from: middle - half, to: middle + half } as const;
    labels.offer({ priority: 'annotation', texts, spots: [spot], style: BLOCKED, rank: firstRow });
  }
}

/** A stepped area: `step` px a unit of the code. */
function drawLevel(picture: LanePicture, of: Track, foot: number, step: number, style: StyleCode): void {
  const { scene, batch } = picture;
  const seen = visible(picture, of);
  for (let i = 0; i < seen.length; i++) {
    const level = seen.code[i]!;
    if (level <= 0) continue;
    const left = x(scene, seen.start[i]!);
    const height = Math.max(2, Math.round(level * step));
    const width = Math.max(1, x(scene, seen.end[i]!) - left);
    batch.push(left, foot - height, width, height, style);
    if (style === Style.area) batch.push(left, foot - height, width, 1, Style.edge);
  }
}

/** Who holds a lock, and under it for how long others wait. */
export function drawHolders(picture: LanePicture): void {
  const { scene, row, batch } = picture;
  const box = scene.density.holder;
  const holders = track(picture, 'holders');
  if (holders) drawBoxes(picture, holders, { style: Style.token, size: scene.density.words ? 12 : 11 });
  const waiters = track(picture, 'waiters');
  if (!waiters) return;
  const y = top(scene, row) + box.y + box.height + 3;
  const seen = visible(picture, waiters);
  for (let i = 0; i < seen.length; i++) {
    if (seen.code[i] === 0) continue;
    const left = x(scene, seen.start[i]!);
    batch.push(left, y, Math.max(1, x(scene, seen.end[i]!) - left), 4, Style.lock);
  }
}

/** The values of a variable; one that was overwritten unread is outlined in red. */
export function drawValues(picture: LanePicture): void {
  const values = track(picture, 'values');
  if (!values) return;
  const styleOf = (code: number): StyleCode => (code === 1 ? Style.lost : Style.token);
  drawBoxes(picture, values, { style: Style.token, styleOf });
}

/** Length of a run queue over time, and who waits in it where only one does. */
export function drawQueue(picture: LanePicture): void {
  const { scene, row, batch, labels } = picture;
  const inCores = row.group.kind !== 'queues';
  const foot = top(scene, row) + (inCores ? row.height - 11 : QUEUE_BASE);
  batch.push(0, foot, scene.width, 1, Style.faint);
  const length = track(picture, 'length');
  if (!length) return;
  const room = inCores ? row.height - 16 : QUEUE_BASE - 2;
  const step = Math.min(inCores ? CORE_QUEUE_STEP : QUEUE_STEP, room / Math.max(1, length.peak ?? 1));
  drawLevel(picture, length, foot, step, Style.queued);
  const seen = visible(picture, length);
  for (let i = 0; i < seen.length; i++) {
    const next = i + 1 < seen.length ? seen.code[i + 1]! : 0;
    if (seen.code[i] !== 1 || next > 0 || seen.index[i]! < 0) continue;
    const [index, end] = [seen.index[i]!, x(scene, seen.end[i]!)];
    const to = i + 2 < seen.length ? x(scene, seen.start[i + 2]!) - 3 : scene.width - 3;
    labels.offer({
      priority: 'annotation',
      texts: scene.timeline.slice(length, index).labels.filter((label) => label.startsWith('G')),
      spots: [{ align: 'left', x: end + 5, y: foot - 4, from: end + 5, to, slide: Infinity }],
      style: { ...ANNOTATION, ink: 'dim' },
      rank: index,
    });
  }
}
