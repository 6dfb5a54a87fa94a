/** This file defines what pictures are drawn from, and the words and positions that several of them share. */
import type { Axis, Range, Timeline } from '../../timeline/model';
import type { ExplainedFinding } from '../../report/explained';
import { baseLine, BAR, TALL_BAR, type Layout, type LaneRow } from '../layout';
import type { AppState, Run } from '../state';
import type { Theme } from '../theme';
import { toPx, type Viewport } from '../viewport';
import type { Surface, TextStyle } from './surface';

/** Everything that decides how the lanes look at a moment. */
export interface Scene {
  readonly run: Run;
  readonly timeline: Timeline;
  readonly axis: Axis;
  readonly view: Viewport;
  readonly layout: Layout;
  readonly theme: Theme;
  readonly state: AppState;
  /** Few lanes with room for words: the picture of a deadlock. */
  readonly tall: boolean;
  /** Px of the drawing area, and by how many the lanes are scrolled. */
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
}

/** A race or deadlock mark on the screen, for drawing lines between marks and for the pointer. */
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
/** Base line of a goroutine's bars on the screen. */
export const base = (scene: Scene, row: LaneRow): number => top(scene, row) + baseLine(row, scene.tall);
export const barHeight = (scene: Scene): number => (scene.tall ? TALL_BAR : BAR).height;
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

/** Draws the first text that fits into `room` px, or none. @returns whether it drew */
export function drawFitting(
  surface: Surface,
  texts: readonly string[],
  at: { readonly x: number; readonly y: number; readonly room: number },
  style: TextStyle,
): boolean {
  const text = texts.find((candidate) => candidate !== '' && surface.measure(candidate, style) <= at.room);
  if (text === undefined) return false;
  surface.drawText(text, at.x, at.y, style);
  return true;
}

export const isDeadlock = (finding: ExplainedFinding): boolean =>
  finding.kind === 'deadlock' || finding.kind === 'partial-deadlock';

/** `R 1`, `W 2`: what a race's access is called at its diamond. */
export function accessLabel(finding: ExplainedFinding | undefined, row: number): string {
  const value = finding?.values.find((candidate) => candidate.row === row);
  if (value) return `${value.access === 'reads' ? 'R' : 'W'} ${value.value}`;
  const site = finding?.sites.find((candidate) => candidate.row === row && candidate.role.endsWith('access'));
  return site ? (site.op.includes('write') ? 'W' : 'R') : '';
}
