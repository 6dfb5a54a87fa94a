/** This file draws the lanes of the machine: what a core is busy with, and where a thread is. */
import { THREAD_STATES, type Track } from '../timeline/model';
import { boxOf } from './boxes';
import { Style, type StyleCode } from './brushes';
import { visible, type LanePicture } from './lanePicture';
import { drawBoxes } from './objects';
import { pushBar } from './rects';
import { ANNOTATION, top, x } from './scene';
import type { Bounds } from './labels';
import type { Surface } from './surface';

/** Core, thread and goroutine of a core: thin, thicker, thickest, as they are nested. */
export function drawCoreLane(picture: LanePicture): void {
  const { scene, row, batch } = picture;
  const y = top(scene, row);
  for (const track of row.lane.tracks) {
    if (track.role === 'busy') {
      batch.push(0, y + 8, scene.width, 4, Style.faint);
      const seen = visible(picture, track);
      for (let i = 0; i < seen.length; i++) {
        const left = x(scene, seen.start[i]!);
        batch.push(left, y + 8, Math.max(1.5, x(scene, seen.end[i]!) - left), 4, Style.foreground);
      }
    } else if (track.role === 'threads') drawBoxes(picture, track, { style: Style.token });
    else if (track.role === 'pending') drawPending(picture, track);
    else if (track.role === 'goroutines') drawBoxes(picture, track, { style: Style.running });
  }
}

/** A thread that is being created or woken: dashed, with its words on a quiet ground. */
function drawPending(picture: LanePicture, track: Track): void {
  const { scene, row, batch, labels } = picture;
  const box = boxOf(row, track, scene.density);
  if (!box) return;
  const y = top(scene, row) + box.y;
  const seen = visible(picture, track);
  for (let i = 0; i < seen.length; i++) {
    const left = x(scene, seen.start[i]!);
    const width = x(scene, seen.end[i]!) - left;
    pushBar(batch, left, y, width, box.height, Style.pending);
    const index = seen.index[i]!;
    if (index < 0 || width < 30) continue;
    const [from, to] = [Math.max(left, 0) + 8, Math.min(left + width, scene.width) - 8];
    labels.offer({
      priority: 'state',
      texts: scene.timeline.slice(track, index).labels,
      spots: [{ align: 'left', x: from, y: y + 14, from, to, slide: Infinity }],
      style: ANNOTATION,
      ground: drawPlate,
    });
  }
}

/** A quiet ground, so that a pattern does not run through words. */
function drawPlate(surface: Surface, { left, right, top: ceiling, bottom }: Bounds): void {
  surface.drawPath(`M${left - 4} ${ceiling - 2}H${right + 4}V${bottom}H${left - 4}Z`, { fill: 'background' });
}

/** How a thread's states look: style, height of the bar. */
const THREAD: Readonly<Record<(typeof THREAD_STATES)[number], readonly [StyleCode, number] | undefined>> = {
  'on core': [Style.foreground, 4],
  'in system call': [Style.syscall, 12],
  parked: undefined,
  runnable: [Style.runnable, 9],
  starting: [Style.pending, 9],
};

/** Where a thread is: a thin line on a core, a bar in a system call, nothing while parked. */
export function drawThread(picture: LanePicture): void {
  const { scene, row, batch, labels } = picture;
  const foot = top(scene, row) + 30;
  for (const track of row.lane.tracks) {
    const seen = visible(picture, track);
    for (let i = 0; i < seen.length; i++) {
      const left = x(scene, seen.start[i]!);
      const width = x(scene, seen.end[i]!) - left;
      batch.push(left, foot, width, 1, Style.faint);
      const look = THREAD[THREAD_STATES[seen.code[i]!] ?? 'parked'];
      if (!look) continue;
      const [style, height] = look;
      pushBar(batch, left, foot - height, width, height, style);
      const index = seen.index[i]!;
      if (index < 0 || width < 14) continue;
      const [from, to] = [Math.max(left, 0) + 2, Math.min(left + width, scene.width)];
      labels.offer({
        priority: 'state',
        texts: scene.timeline.slice(track, index).labels,
        spots: [{ align: 'left', x: from, y: foot - height - 4, from, to, slide: Infinity }],
        style: { ...ANNOTATION, ink: style === Style.syscall ? 'foreground' : 'dim' },
      });
    }
  }
}
