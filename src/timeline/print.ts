/** This file prints a timeline as text: what `dump --stage=trace` shows, and what tests compare. */
import { durationText } from '../trace/quantity';
import type { Lane, Preset, Range, Timeline, Track } from './model';
import { STATES, THREAD_STATES } from './model';

const PRESETS: readonly Preset[] = ['goroutines', 'cores'];

/** Every lane of both presets with all its spans, then every step in order. */
export function printTimeline(timeline: Timeline): string {
  const lines: string[] = [];
  for (const preset of PRESETS) {
    for (const group of timeline.lanes(preset)) {
      lines.push([group.title, group.detail, group.note].filter((part) => part !== '').join('  '));
      for (const lane of group.lanes) lines.push(...printLane(timeline, lane).map((line) => `  ${line}`));
    }
    lines.push('');
  }
  lines.push(...printSteps(timeline));
  return lines.join('\n') + '\n';
}

function printLane(timeline: Timeline, lane: Lane): string[] {
  const title = `${'  '.repeat(lane.indent)}${lane.title} ${lane.detail}`.trimEnd();
  return [title, ...lane.tracks.flatMap((track) => printTrack(timeline, track))];
}

function printTrack(timeline: Timeline, track: Track): string[] {
  const slot = track.slot === undefined ? '' : ` ${track.slot}`;
  const lines = Array.from({ length: track.length }, (_, i) => `    ${printSpan(timeline, track, i)}`);
  return [`  ${track.role}${slot}`, ...lines];
}

function printSpan(timeline: Timeline, track: Track, i: number): string {
  const slice = timeline.slice(track, i);
  const steps = timeline.bounds(track, i, 'step');
  const time = timeline.bounds(track, i, 'time');
  const code =
    track.role === 'states'
      ? STATES[slice.code]
      : track.role === 'thread'
        ? THREAD_STATES[slice.code]
        : String(slice.code);
  const label = slice.labels[0] ?? '';
  return `${range(steps, String)}  ${range(time, durationText)}  ${code}${label === '' ? '' : `: ${label}`}`;
}

const range = ({ start, end }: Range, text: (x: number) => string): string => `${text(start)} … ${text(end)}`;

function printSteps(timeline: Timeline): string[] {
  return Array.from({ length: timeline.steps }, (_, step) => timeline.describeRow(timeline.rowAtStep(step)));
}
