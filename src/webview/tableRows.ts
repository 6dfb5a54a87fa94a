/** This file makes the rows of the table: groups, lanes, events, with the place of each in the tree. */
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

/** Groups are open unless `opened` has their id with a leading `-`; lanes are closed unless it has their id. `said`: of a lane, what it does. */
export function tableRows(
  timeline: Timeline,
  groups: readonly LaneGroup[],
  opened: ReadonlySet<string>,
  said: (lane: Lane) => string = () => '',
): TableRow[] {
  const rows: TableRow[] = [];
  groups.forEach((group, i) => {
    const place = { level: 1, position: i + 1, siblings: groups.length, parent: '' };
    rows.push({
      ...place,
      id: group.id,
      expandable: false,
      expanded: true,
      title: group.title,
      text: group.detail,
      row: -1,
    });
    group.lanes.forEach((lane, k) => {
      const events = timeline.rowsOf(lane);
      const expanded = opened.has(lane.id) && lane.kind !== 'fold';
      const text = [lane.detail, said(lane)].filter(Boolean).join(' · ');
      const common = { level: 2, position: k + 1, siblings: group.lanes.length, parent: group.id, id: lane.id };
      const expandable = events.length > 0 || lane.kind === 'fold';
      rows.push({ ...common, expandable, expanded, title: lane.title, text, row: -1 });
      if (!expanded) return;
      events.forEach((row, n) => {
        const inside = { level: 3, position: n + 1, siblings: events.length, parent: lane.id, id: `${lane.id}:${row}` };
        rows.push({ ...inside, expandable: false, expanded: false, title: '', text: timeline.describeEvent(row), row });
      });
    });
  });
  return rows;
}

/** Index of the table's row that shows a row of the trace; -1. */
export function indexOfRow(rows: readonly TableRow[], row: number): number {
  return rows.findIndex((candidate) => candidate.row === row);
}
