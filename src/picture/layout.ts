/** This file stacks lanes: which row of the panel stands at which height, in CSS px from the top of the lanes. */
import type { FindingMark, Lane, LaneGroup, LaneKind, Preset } from '../timeline/model';
import type { Trace } from '../trace/store';

export interface GroupRow {
  readonly type: 'group';
  readonly group: LaneGroup;
  readonly collapsed: boolean;
  readonly y: number;
  readonly height: number;
}

export interface LaneRow {
  readonly type: 'lane';
  readonly lane: Lane;
  readonly group: LaneGroup;
  readonly y: number;
  readonly height: number;
}

export type Row = GroupRow | LaneRow;

export interface Layout {
  readonly rows: readonly Row[];
  readonly height: number;
  readonly byLane: ReadonlyMap<string, LaneRow>;
}

/** What besides the lanes decides on heights. */
export interface LayoutOptions {
  readonly collapsed: ReadonlySet<string>;
  /** Fewer, higher lanes: the picture of a deadlock. */
  readonly tall: boolean;
}

/** Width of the lanes' headers, and of the air right of the drawing area. */
export const HEADER_WIDTH = { wide: 168, narrow: 76 };
export const MARGIN = 8;
export const RULER_HEIGHT = 28;
export const LEGEND_HEIGHT = 32;
export const GROUP_HEIGHT = 24;
/** A picture that is narrower has headers without details. */
export const NARROW_BELOW = 600;
/** Height of one slot of a channel's buffer, gap included. */
export const SLOT_HEIGHT = 19;
/** Slots drawn one by one; a larger buffer is drawn as a level. */
export const MAX_SLOTS = 8;
/** Height of the level of a larger buffer. */
export const LEVEL_HEIGHT = 48;
/** Px of a channel lane above the capacity line and below the base line. */
export const CHANNEL_HEAD = 19;
export const CHANNEL_FOOT = 8;
/** Bar of a goroutine lane, and the px between its base line and the end of the lane. */
export const BAR = { height: 24, foot: 16 };
export const TALL_BAR = { height: 28, foot: 26 };

/** Height of lanes by kind; channels by their slots. */
const HEIGHTS: Readonly<Record<Exclude<LaneKind, 'channel'>, number>> = {
  goroutine: 56,
  fold: 56,
  lock: 36,
  variable: 36,
  queue: 22,
  'core-busy': 14,
  'core-thread': 29,
  'core-goroutine': 34,
  thread: 40,
};
const TALL: Partial<Record<LaneKind, number>> = { goroutine: 88, lock: 52 };
/** Run queues of the cores' view are drawn higher. */
const CORE_QUEUE = 46;

/** Goroutines up to which a deadlock is drawn in high lanes with words. */
const TALL_UP_TO = 5;

/** Few lanes and a deadlock: lanes are drawn high, with words above events. */
export function isTall({ meta }: Trace, findings: readonly FindingMark[], preset: Preset, narrow: boolean): boolean {
  if (preset !== 'goroutines' || narrow) return false;
  return meta.goroutines.length <= TALL_UP_TO && findings.some(({ cycle }) => cycle.length > 0);
}

/** Height of one lane. */
export function laneHeight(lane: Lane, group: LaneGroup, tall: boolean): number {
  if (lane.kind === 'channel') return CHANNEL_HEAD + channelBody(lane) + CHANNEL_FOOT;
  if (lane.kind === 'queue' && group.kind !== 'queues') return lane.number === -1 ? 32 : CORE_QUEUE;
  return (tall ? TALL[lane.kind] : undefined) ?? HEIGHTS[lane.kind];
}

/** Px between base line and capacity line of a channel. */
export function channelBody(lane: Lane): number {
  const capacity = lane.capacity ?? 0;
  return capacity > MAX_SLOTS ? LEVEL_HEIGHT : Math.max(1, capacity) * SLOT_HEIGHT;
}

/** Stacks groups and the lanes of those that are open. */
export function layOut(groups: readonly LaneGroup[], { collapsed, tall }: LayoutOptions): Layout {
  const rows: Row[] = [];
  const byLane = new Map<string, LaneRow>();
  let y = 0;
  for (const group of groups) {
    const closed = collapsed.has(group.id);
    rows.push({ type: 'group', group, collapsed: closed, y, height: GROUP_HEIGHT });
    y += GROUP_HEIGHT;
    if (closed) continue;
    for (const lane of group.lanes) {
      const row: LaneRow = { type: 'lane', lane, group, y, height: laneHeight(lane, group, tall) };
      rows.push(row);
      byLane.set(lane.id, row);
      y += row.height;
    }
  }
  return { rows, height: y, byLane };
}

/** The row at a height; undefined above the first and below the last. Binary search. */
export function rowAtY(layout: Layout, y: number): Row | undefined {
  let low = 0;
  let high = layout.rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (layout.rows[middle]!.y <= y) low = middle;
    else high = middle - 1;
  }
  const row = layout.rows[low];
  return row && y >= row.y && y < row.y + row.height ? row : undefined;
}

/** Rows that meet the range of heights. */
export function rowsBetween(layout: Layout, top: number, bottom: number): readonly Row[] {
  return layout.rows.filter((row) => row.y < bottom && row.y + row.height > top);
}

/** Base line of the bars of a goroutine lane, from the top of the lane. */
export function baseLine(row: LaneRow, tall: boolean): number {
  return row.height - (tall && row.lane.kind === 'goroutine' ? TALL_BAR.foot : BAR.foot);
}
