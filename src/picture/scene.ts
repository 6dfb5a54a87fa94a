/** This file defines what pictures are drawn from, and the words and positions that several of them share. */
import { Kind } from '../event/kinds';
import type { Axis, Cones, FindingMark, Links, Preset, Range, Timeline } from '../timeline/model';
import type { Density } from './density';
import type { LaneRow, Layout } from './layout';
import type { TextStyle } from './surface';
import { toPx, type Viewport } from './window';

/** Everything that decides how the lanes look at a moment. */
export interface Scene {
  readonly timeline: Timeline;
  readonly findings: readonly FindingMark[];
  readonly preset: Preset;
  readonly axis: Axis;
  readonly view: Viewport;
  readonly layout: Layout;
  readonly density: Density;
  /** Too narrow for long words over the lanes. */
  readonly narrow: boolean;
  /** Px of headers so small that names of objects go on beyond them, over the beginning of their lanes; absent: names end where headers do. */
  readonly smallHeader?: number;
  /** Px of the drawing area, and by how many the lanes are scrolled. */
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  /** Index of the finding that is explained; -1: none. */
  readonly finding: number;
  /** Row of the selected event; -1: none. */
  readonly focus: number;
  /** Index into the model's STATES: the others are faded; -1: none. */
  readonly solo: number;
}

/** What the selected event is related to. */
export interface Relations {
  readonly cones: Cones | undefined;
  readonly links: Links;
  /** Draw all arrows of the window as well. */
  readonly allArrows: boolean;
}

/** A picture in which nothing is selected. */
export const NO_RELATIONS: Relations = { cones: undefined, links: { incoming: [], outgoing: [] }, allArrows: false };

/** A race mark on the screen, for drawing lines between marks. */
export interface Mark {
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

export const ANNOTATION: TextStyle = { size: 11 };

export const rangeOf = ({ view }: Scene): Range => ({ start: view.from, end: view.to });
export const x = (scene: Scene, unit: number): number => toPx(scene.view, scene.width, unit);
export const xOfRow = (scene: Scene, row: number): number => x(scene, scene.timeline.xOf(row, scene.axis));

/** Top of a lane on the screen. */
export const top = (scene: Scene, row: LaneRow): number => row.y - scene.scrollTop;
/** Bottom of the last lane on the screen, or of the drawing area. */
export const bottom = (scene: Scene): number => Math.min(scene.height, scene.layout.height - scene.scrollTop);
/** Base line of a goroutine's bars on the screen. */
export const base = (scene: Scene, row: LaneRow): number => top(scene, row) + row.height - scene.density.foot;
export const barHeight = (scene: Scene): number => scene.density.bar;
/** Height at which a goroutine's events stand. */
export const middle = (scene: Scene, row: LaneRow): number => base(scene, row) - barHeight(scene) / 2;

/** Lane of a goroutine or of the fold that it is in; undefined when it is not shown. */
export function laneOfGoroutine(scene: Scene, goroutine: number): LaneRow | undefined {
  const own = scene.layout.byLane.get(`g${goroutine}`);
  if (own) return own;
  for (const row of scene.layout.byLane.values()) if (row.lane.members?.includes(goroutine)) return row;
  return undefined;
}

/** Lane of a channel, a lock or a variable; undefined when it is not shown. */
export function laneOfObject(scene: Scene, object: number): LaneRow | undefined {
  for (const row of scene.layout.byLane.values()) if (row.lane.object === object) return row;
  return undefined;
}

export const isDeadlock = ({ kind }: FindingMark): boolean => kind === 'deadlock' || kind === 'partial-deadlock';

/** `R 1`, `W 2`: what a racing access is called at its diamond; '' for an access that is none of the finding's. */
export function accessLabel(timeline: Timeline, finding: FindingMark | undefined, row: number): string {
  const told = (part: { readonly row: number }): boolean => part.row === row;
  if (!finding?.values.some(told) && !finding?.sites.some((site) => told(site) && site.role.endsWith('access')))
    return '';
  const kind = timeline.trace.columns.kind[row]!;
  return `${kind === Kind.Read || kind === Kind.AtomicLoad ? 'R' : 'W'} ${timeline.valueOf(row)}`.trimEnd();
}
