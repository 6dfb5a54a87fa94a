/** This file draws the lanes of shared objects: what a channel holds, who holds a lock, what a variable is, how long a run queue is. */
import type { Track, TrackRole } from '../timeline/model';
import { boxOf, holderBox } from './boxes';
import { Style, type StyleCode } from './brushes';
import { CHANNEL_FOOT, channelBody, MAX_SLOTS } from './layout';
import { visible, type LanePicture } from './lanePicture';
import type { Role } from './palette';
import { pushBar } from './rects';
import { ANNOTATION, drawFitting, top, x } from './scene';
import type { TextStyle } from './surface';

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
  const { scene, surface, row, batch, later } = picture;
  const box = boxOf(row, of, scene.tall);
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
    later.push(() => {
      const labels = scene.timeline.slice(of, index).labels;
      const start = Math.max(left, 0);
      const room = Math.min(left + width, scene.width) - start;
      const ink: Role = style === Style.lost ? 'error' : style === Style.running ? 'onRunning' : 'foreground';
      const text = { ...ANNOTATION, size: boxes.size ?? 11, bold: true, ink };
      const line = y + box.height / 2 + 4;
      if (drawFitting(surface, labels, { x: start + 7, y: line, room: room - 12 }, text)) return;
      const middle = { x: start + room / 2, y: line, room: room - 1 };
      drawFitting(surface, labels.slice(-2), middle, { ...text, align: 'center' });
    });
  }
}

/** Values in the slots of the buffer, blocked senders above the capacity, blocked receivers below the base line. */
export function drawChannel(picture: LanePicture): void {
  const { scene, surface, row, batch, later } = picture;
  const { lane } = row;
  const foot = top(scene, row) + row.height - CHANNEL_FOOT;
  const body = channelBody(lane);
  const slots = lane.tracks.filter(({ role }) => role === 'slot');
  const buffered = (lane.capacity ?? 0) > 0;
  batch.push(0, foot, scene.width, 1, Style.dim);
  if (slots.length > 0 && slots.length <= MAX_SLOTS) {
    for (const slot of slots) drawBoxes(picture, slot, { style: Style.token });
  } else {
    const length = track(picture, 'length');
    if (length) drawLevel(picture, length, foot, body / Math.max(1, lane.capacity ?? 1, length.peak ?? 1), Style.area);
  }
  later.push(() => {
    const capacity = foot - body - 0.5;
    const dash = buffered ? [3, 3] : [1, 3];
    surface.line(0, capacity, scene.width, capacity, { stroke: 'dim', dash });
    const words = buffered ? `capacity ${lane.capacity!}` : 'unbuffered';
    surface.drawText(words, scene.width - 2, capacity - 4, {
      size: 10,
      ink: 'dim',
      align: 'right',
      halo: true,
    });
  });
  drawBlocked(picture, 'senders', foot - body - 5);
  drawBlocked(picture, 'receivers', foot + 4);
}

const BLOCKED: TextStyle = { size: 10, align: 'center', halo: true };

/** Goroutines that wait at a channel: a thick line with their names. */
function drawBlocked(picture: LanePicture, role: 'senders' | 'receivers', y: number): void {
  const { scene, surface, batch, later } = picture;
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
    if (index < 0 || role === 'receivers') continue;
    later.push(() => {
      const { labels, firstRow } = scene.timeline.slice(of, index);
      const { waiters } = scene.timeline.objectAt(lane.object ?? 0, Math.max(firstRow, 0));
      const names = waiters.length === 1 ? [`G${waiters[0]!}`] : labels;
      const room = Math.max(width + 12, 28);
      const name = names.find((candidate) => candidate !== '' && surface.measure(candidate, BLOCKED) <= room);
      if (!name) return;
      const half = surface.measure(name, BLOCKED) / 2;
      surface.drawText(name, Math.min(Math.max(left + width / 2, half), scene.width - half), y - 3, BLOCKED);
    });
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
  const box = holderBox(scene.tall);
  const holders = track(picture, 'holders');
  if (holders) drawBoxes(picture, holders, { style: Style.token, size: scene.tall ? 12 : 11 });
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
  const { scene, surface, row, batch, later } = picture;
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
    const free = i + 2 < seen.length ? x(scene, seen.start[i + 2]!) - end : scene.width - end;
    later.push(() => {
      const labels = scene.timeline.slice(length, index).labels.filter((label) => label.startsWith('G'));
      drawFitting(surface, labels, { x: end + 5, y: foot - 4, room: free - 8 }, { ...ANNOTATION, ink: 'dim' });
    });
  }
}
