/** This file makes the rows of the table: groups, lanes, events, with the place of each in the tree. They are made when they are looked at: a lane may have a million events. */
import type { Lane, LaneGroup, Timeline } from '../timeline/model';

export interface TableRow {
  readonly id: string;
  /** Id of the row above it in the tree; ''. */
  readonly parent: string;
  /** 1 group, 2 lane, 3 event. */
  readonly level: number;
  /** Place among its siblings, from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** Said first, in bold; ''. */
  readonly title: string;
  readonly text: string;
  /** Row of the trace; -1: not an event. */
  readonly row: number;
}

/** A row of a group or a lane, and the events below it that are shown. */
interface Part {
  /** Index of its first row in the table. */
  readonly start: number;
  readonly head: () => TableRow;
  readonly lane: string;
  readonly events: Int32Array;
}

const NONE = new Int32Array(0);

export class TableRows implements Iterable<TableRow> {
  readonly count: number;
  private readonly parts: readonly Part[];

  /** As {@link tableRows}. */
  constructor(
    private readonly timeline: Timeline,
    groups: readonly LaneGroup[],
    opened: ReadonlySet<string>,
    said: (lane: Lane) => string,
  ) {
    const parts: Part[] = [];
    let start = 0;
    const add = (head: () => TableRow, lane: string, events: Int32Array): void => {
      parts.push({ start, head, lane, events });
      start += 1 + events.length;
    };
    groups.forEach((group, i) => {
      add(() => groupRow(group, i + 1, groups.length), group.id, NONE);
      group.lanes.forEach((lane, k) => {
        const expanded = opened.has(lane.id) && lane.kind !== 'fold';
        const place = { level: 2, position: k + 1, siblings: group.lanes.length, parent: group.id, expanded };
        add(() => this.laneRow(lane, place, said), lane.id, expanded ? timeline.rowsOf(lane) : NONE);
      });
    });
    this.parts = parts;
    this.count = start;
  }

  /** Undefined beyond the last. */
  at(index: number): TableRow | undefined {
    if (!(index >= 0 && index < this.count)) return undefined;
    const { head, start, lane, events } = this.parts[lastStarting(this.parts, index)]!;
    if (index === start) return head();
    const n = index - start - 1;
    const row = events[n]!;
    const place = { level: 3, position: n + 1, siblings: events.length, parent: lane, id: `${lane}:${row}` };
    return { ...place, expandable: false, expanded: false, title: '', text: this.timeline.describeEvent(row), row };
  }

  /** Index of the first row that shows a row of the trace; -1. */
  indexOf(row: number): number {
    for (const { start, events } of this.parts) {
      const at = indexIn(events, row);
      if (at >= 0) return start + 1 + at;
    }
    return -1;
  }

  /** Index of the row of a group or a lane; -1. */
  indexOfId(id: string): number {
    return this.parts.find(({ lane }) => lane === id)?.start ?? -1;
  }

  *[Symbol.iterator](): Iterator<TableRow> {
    for (let i = 0; i < this.count; i++) yield this.at(i)!;
  }

  private laneRow(
    lane: Lane,
    place: Pick<TableRow, 'level' | 'position' | 'siblings' | 'parent' | 'expanded'>,
    said: (lane: Lane) => string,
  ): TableRow {
    const expandable = lane.kind === 'fold' || this.timeline.rowsOf(lane).length > 0;
    const text = [lane.detail, said(lane)].filter(Boolean).join(' · ');
    return { ...place, id: lane.id, expandable, title: lane.title, text, row: -1 };
  }
}

/** Lanes are closed unless `opened` has their id. `said`: of a lane, what it does. */
export const tableRows = (
  timeline: Timeline,
  groups: readonly LaneGroup[],
  opened: ReadonlySet<string>,
  said: (lane: Lane) => string = () => '',
): TableRows => new TableRows(timeline, groups, opened, said);

function groupRow({ id, title, detail }: LaneGroup, position: number, siblings: number): TableRow {
  const place = { level: 1, position, siblings, parent: '' };
  return { ...place, id, expandable: false, expanded: true, title, text: detail, row: -1 };
}

function lastStarting(parts: readonly Part[], index: number): number {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parts[middle]!.start <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index in an ascending list; -1. */
function indexIn(rows: Int32Array, row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return rows[low] === row ? low : -1;
}
