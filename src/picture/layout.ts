/** This file stacks lanes: which row of the panel stands at which height, in CSS px from the top of the lanes. */
import type { FindingMark, Lane, LaneGroup, LaneKind, Preset } from '../timeline/model';
import type { Trace } from '../trace/store';
import { DENSITIES, type Density } from './density';

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
  readonly density: Density;
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

/** Height of lanes that are the same however many there are. */
const HEIGHTS: Readonly<Record<Exclude<LaneKind, 'channel' | 'goroutine' | 'fold' | 'lock' | 'variable'>, number>> = {
  queue: 22,
  'core-busy': 14,
  'core-thread': 29,
  'core-goroutine': 34,
  thread: 40,
};
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
export function laneHeight(lane: Lane, group: LaneGroup, density: Density): number {
  switch (lane.kind) {
    case 'channel':
      return density.channel.head + channelBody(lane, density) + density.channel.foot;
    case 'fold':
      return density.goroutine;
    case 'goroutine':
    case 'lock':
    case 'variable':
      return density[lane.kind];
    case 'queue':
      if (group.kind !== 'queues') return lane.number === -1 ? 32 : CORE_QUEUE;
      return HEIGHTS.queue;
    default:
      return HEIGHTS[lane.kind];
  }
}

/** Whether the values of a channel are drawn one by one. */
export const showsSlots = ({ capacity = 0 }: Lane, { slots }: Density): boolean => slots && capacity <= MAX_SLOTS;

/** Px between base line and capacity line of a channel. */
export function channelBody(lane: Lane, density: Density): number {
  return showsSlots(lane, density) ? Math.max(1, lane.capacity ?? 0) * SLOT_HEIGHT : density.channel.level;
}

/** Px of the first lanes and of their groups' headers; of all of them where there are not so many. */
export function heightOfFirst(
  groups: readonly LaneGroup[],
  { collapsed, density }: LayoutOptions,
  count = Infinity,
): number {
  let [height, left] = [0, count];
  for (const group of groups) {
    if (left <= 0) break;
    height += GROUP_HEIGHT;
    if (collapsed.has(group.id)) continue;
    for (const lane of group.lanes.slice(0, left)) height += laneHeight(lane, group, density);
    left -= group.lanes.length;
  }
  return height;
}

/** Lanes that are to be in sight, whatever they are, where there is little room; and the room of as many goroutines. */
const IN_SIGHT = 5;
const LITTLE_ROOM = GROUP_HEIGHT + IN_SIGHT * DENSITIES.normal.goroutine;

/** As high as fits into `room` px: a deadlock with all that it is about, else all goroutines; low where they do not, or too few lanes are in sight. */
export function densityFor(
  groups: readonly LaneGroup[],
  collapsed: ReadonlySet<string>,
  { tall, room }: { readonly tall: boolean; readonly room: number },
): Density {
  const fits = (of: readonly LaneGroup[], density: Density): boolean =>
    heightOfFirst(of, { collapsed, density }) <= room;
  if (tall && fits(groups, DENSITIES.tall)) return DENSITIES.tall;
  const { normal, compact } = DENSITIES;
  const goroutines = groups.filter(({ kind }) => kind === 'process');
  const first = heightOfFirst(groups, { collapsed, density: normal }, IN_SIGHT);
  return fits(goroutines, normal) && (first <= room || room >= LITTLE_ROOM) ? normal : compact;
}

/** Stacks groups and the lanes of those that are open. */
export function layOut(groups: readonly LaneGroup[], { collapsed, density }: LayoutOptions): Layout {
  const rows: Row[] = [];
  const byLane = new Map<string, LaneRow>();
  let y = 0;
  for (const group of groups) {
    const closed = collapsed.has(group.id);
    rows.push({ type: 'group', group, collapsed: closed, y, height: GROUP_HEIGHT });
    y += GROUP_HEIGHT;
    if (closed) continue;
    for (const lane of group.lanes) {
      const row: LaneRow = { type: 'lane', lane, group, y, height: laneHeight(lane, group, density) };
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
