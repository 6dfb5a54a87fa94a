/** This file finds what is under the pointer: by the model's columns, never by pixels. */
import type { Lane, Track } from '../../timeline/model';
import { CHANNEL_FOOT, MAX_SLOTS, rowAtY, SLOT_HEIGHT, type LaneRow } from '../layout';
import { STATES, STATE_STYLES } from '../palette';
import { toUnit } from '../viewport';
import { barHeight, base, top, type Scene } from './scene';

/** Px around an event within which the pointer means it. */
const NEAR = 7;

export interface Found {
  readonly row: LaneRow;
  readonly track: Track | undefined;
  readonly index: number;
  /** Event under the pointer; -1. */
  readonly event: number;
}

/** What is at a point of the drawing area; undefined over a group's header or below the last lane. */
export function find(scene: Scene, px: number, py: number): Found | undefined {
  const { timeline, axis } = scene;
  const row = rowAtY(scene.layout, py + scene.scrollTop);
  if (row?.type !== 'lane') return undefined;
  const unit = toUnit(scene.view, scene.width, px);
  const within = (NEAR / scene.width) * (scene.view.to - scene.view.from);
  const track = trackAt(row, row.lane, py - top(scene, row));
  const index = track ? timeline.hit(track, axis, unit) : -1;
  const event = row.lane.kind === 'goroutine' ? timeline.nearestRow(row.lane, axis, unit, within) : -1;
  return { row, track, index, event };
}

/** The track that is drawn at a height of a lane. */
function trackAt(row: LaneRow, lane: Lane, y: number): Track | undefined {
  if (lane.kind !== 'channel') return lane.tracks[0];
  const slots = lane.tracks.filter(({ role }) => role === 'slot');
  if (slots.length === 0 || slots.length > MAX_SLOTS)
    return lane.tracks.find(({ role }) => role === 'length') ?? lane.tracks[0];
  const slot = Math.floor((row.height - CHANNEL_FOOT - y) / SLOT_HEIGHT);
  return slots.find((track) => track.slot === slot) ?? lane.tracks.find(({ role }) => role === 'senders');
}

/** Where a span of a lane is drawn: top and height on the screen. */
export function baseBox(scene: Scene, row: LaneRow, track: Track, index: number): { y: number; height: number } {
  const y = top(scene, row);
  switch (track.role) {
    case 'states': {
      const name = STATES[scene.timeline.slice(track, index).code] ?? 'running';
      const height = Math.round(barHeight(scene) * STATE_STYLES[name].height);
      return { y: base(scene, row) - height, height };
    }
    case 'slot':
      return {
        y: y + row.height - CHANNEL_FOOT - ((track.slot ?? 0) + 1) * SLOT_HEIGHT + 1.5,
        height: SLOT_HEIGHT - 3,
      };
    case 'holders':
    case 'values':
      return {
        y: y + (scene.tall && track.role === 'holders' ? 12 : 8),
        height: scene.tall && track.role === 'holders' ? 22 : 18,
      };
    case 'threads':
    case 'pending':
      return { y: y + 6, height: 19 };
    case 'goroutines':
      return { y: y + 4, height: 24 };
    default:
      return { y: y + 4, height: row.height - 8 };
  }
}
