/** This file finds what is under the pointer: by the model's columns, never by pixels. */
import type { Density } from '../../picture/density';
import { handoverAt } from '../../picture/handovers';
import { rowAtY, showsSlots, SLOT_HEIGHT, type LaneRow } from '../../picture/layout';
import { top, type Scene } from '../../picture/scene';
import { toUnit } from '../../picture/window';
import type { Track } from '../../timeline/model';

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
  const handover = handoverAt(scene, px, py, NEAR);
  if (handover >= 0) return { row, track: undefined, index: -1, event: handover };
  const unit = toUnit(scene.view, scene.width, px);
  const within = (NEAR / scene.width) * (scene.view.to - scene.view.from);
  const track = trackAt(row, py - top(scene, row), scene.density);
  const index = track ? timeline.hit(track, axis, unit) : -1;
  const event = row.lane.kind === 'goroutine' ? timeline.nearestRow(row.lane, axis, unit, within) : -1;
  return { row, track, index, event };
}

/** The track that is drawn at a height of a lane. */
function trackAt(row: LaneRow, y: number, density: Density): Track | undefined {
  const { lane } = row;
  if (lane.kind !== 'channel') return lane.tracks[0];
  const slots = lane.tracks.filter(({ role }) => role === 'slot');
  if (slots.length === 0 || !showsSlots(lane, density))
    return lane.tracks.find(({ role }) => role === 'length') ?? lane.tracks[0];
  const slot = Math.floor((row.height - density.channel.foot - y) / SLOT_HEIGHT);
  return slots.find((track) => track.slot === slot) ?? lane.tracks.find(({ role }) => role === 'senders');
}
