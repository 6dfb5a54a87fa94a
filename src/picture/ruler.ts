/** This file draws the ruler: ticks, the cursor's tag, and where findings are. */
import { drawPlaced, Labels } from './labels';
import { x, xOfRow, type Scene } from './scene';
import type { Surface, TextStyle } from './surface';
import { count } from './words';

/** Px between two labels of the ruler. */
const PX_PER_TICK = 80;
const LABEL: TextStyle = { size: 11, align: 'center' };
/** Height of the row of labels, and of the tag. */
const TEXT_Y = 16;

/** The model's ticks for a window. */
export function rulerOf(
  scene: Pick<Scene, 'timeline' | 'axis' | 'view' | 'width'>,
): ReturnType<Scene['timeline']['ruler']> {
  const wanted = Math.max(2, Math.floor(scene.width / PX_PER_TICK));
  return scene.timeline.ruler(scene.axis, { start: scene.view.from, end: scene.view.to }, wanted);
}

const SYMBOLS: Readonly<Record<string, string>> = {
  nanoseconds: 'ns',
  microseconds: 'µs',
  milliseconds: 'ms',
  seconds: 's',
};
/** `µs` of `microseconds`; '' of ''. */
export const unitSymbol = (unit: string): string => SYMBOLS[unit] ?? unit;

/** Draws the ruler above the lanes. */
export function drawRuler(scene: Scene, surface: Surface): void {
  const { timeline, axis, view, width } = scene;
  const ruler = rulerOf(scene);
  const end = timeline.end(axis);
  const bottom = surface.height;
  if (ruler.minor > 0) {
    const first = Math.ceil(view.from / ruler.minor) * ruler.minor;
    for (let unit = first; unit <= Math.min(view.to, end); unit += ruler.minor) {
      const at = Math.round(x(scene, unit)) + 0.5;
      surface.line(at, bottom - 5, at, bottom - 1, { stroke: 'dim', alpha: 0.5 });
    }
  }
  const tag = tagOf(scene, surface);
  const labels = new Labels(width, bottom);
  if (tag) labels.block(tag.left - 4, 0, tag.left + tag.width + 4, bottom);
  for (const tick of ruler.ticks) {
    const at = x(scene, tick.x);
    if (tick.x > end) continue;
    surface.line(Math.round(at) + 0.5, bottom - 7, Math.round(at) + 0.5, bottom - 1, { stroke: 'dim', alpha: 0.7 });
    if (at < 0 || at > width) continue;
    labels.offer({
      priority: 'tick',
      texts: [grouped(tick.label)],
      spots: [{ align: 'center', x: at, y: TEXT_Y, from: 0, to: width }],
      style: { size: LABEL.size, ink: 'dim' },
      rank: tick.x,
    });
  }
  drawFindings(scene, surface, labels);
  drawPlaced(surface, labels.place(surface));
  if (tag) drawTag(surface, tag);
}

/** Digits in groups of three: `20,000`. */
const grouped = (label: string): string => (/^\d{5,}$/.test(label) ? count(Number(label)) : label);

interface Tag {
  readonly text: string;
  readonly at: number;
  readonly left: number;
  readonly width: number;
}

/** The cursor's tag: the step, or the virtual time in the ruler's unit. */
function tagOf(scene: Scene, surface: Surface): Tag | undefined {
  const { focus } = scene;
  if (focus < 0) return undefined;
  const at = xOfRow(scene, focus);
  if (at < -1 || at > scene.width + 1) return undefined;
  const text = scene.axis === 'step' ? String(scene.timeline.trace.columns.step[focus]!) : timeText(scene, focus);
  const width = Math.max(24, surface.measure(text, { ...LABEL, bold: true }) + 12);
  const left = Math.min(Math.max(at - width / 2, 0), scene.width - width);
  return { text, at, left, width };
}

const SCALE: Readonly<Record<string, number>> = { nanoseconds: 1, microseconds: 1e3, milliseconds: 1e6, seconds: 1e9 };

function timeText(scene: Scene, row: number): string {
  const ns = scene.timeline.trace.columns.time[row]!;
  const scaled = ns / (SCALE[rulerOf(scene).unit] ?? 1);
  return String(+scaled.toFixed(scaled < 1000 ? 2 : 0));
}

function drawTag(surface: Surface, { text, left, width }: Tag): void {
  const path = `M${left + 3} 3h${width - 6}a3 3 0 0 1 3 3v11a3 3 0 0 1 -3 3h${6 - width}a3 3 0 0 1 -3 -3v-11a3 3 0 0 1 3 -3z`;
  surface.drawPath(path, { fill: 'focus' });
  surface.drawText(text, left + width / 2, 15.5, { ...LABEL, bold: true, ink: 'onFocus' });
}

/** `nothing can run` beyond the end of a deadlocked run, `stopped here` beyond that of one whose budget was used up. */
function drawFindings(scene: Scene, surface: Surface, labels: Labels): void {
  const { timeline, axis, findings } = scene;
  const end = x(scene, timeline.end(axis));
  const isDeadlock = findings.some(({ kind }) => kind === 'deadlock');
  const isStopped = timeline.trace.meta.outcome === 'budget';
  if (!(isDeadlock || isStopped) || timeline.domain(axis).end <= timeline.end(axis) || end > scene.width - 20) return;
  const { height, width } = surface;
  const ink = isDeadlock ? 'error' : 'dim';
  surface.line(end, height - 6, end, height, { stroke: ink, width: 1.5, dash: [4, 3] });
  labels.offer({
    priority: 'finding',
    texts: isDeadlock ? ['nothing can run', 'stuck'] : ['stopped here', 'stopped'],
    spots: [{ align: 'left', x: end + 8, y: TEXT_Y, from: end + 8, to: width, slide: Infinity }],
    style: { size: 11, ink },
  });
}
