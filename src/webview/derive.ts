/** This file computes what follows from the state and is costly enough to be kept until its causes change. */
import type { Cones, LaneGroup, Links, Range } from '../timeline/model';
import { layOut, type Layout } from './layout';
import type { AppState, Run } from './state';
import type { Extent, Viewport } from './viewport';

/** Keeps the last result of a function for as long as its arguments are the same. */
function lastOf<A extends readonly unknown[], R>(compute: (...of: A) => R): (...of: A) => R {
  let last: { readonly of: A; readonly result: R } | undefined;
  return (...of) => {
    if (!last || last.of.some((value, i) => !Object.is(value, of[i]))) last = { of, result: compute(...of) };
    return last.result;
  };
}

/** Goroutines up to which a deadlock is drawn in high lanes with words. */
const TALL_UP_TO = 5;
const NO_LANES: readonly LaneGroup[] = [];

/** Least width of the window by axis: steps, virtual ns. */
const MIN_SPAN = { step: 4, time: 20 } as const;

const groups = lastOf(
  (run: Run | undefined, preset: AppState['preset'], unfolded: ReadonlySet<string>, limit: number) =>
    run ? run.timeline.lanes(preset, { unfolded: [...unfolded], limit }) : NO_LANES,
);
export const groupsOf = (state: AppState): readonly LaneGroup[] =>
  groups(state.run, state.preset, state.unfolded, state.limit);

const tall = lastOf((run: Run | undefined, preset: AppState['preset'], narrow: boolean) => {
  if (!run || preset !== 'goroutines' || narrow) return false;
  return run.timeline.trace.meta.goroutines.length <= TALL_UP_TO && run.findings.some(({ cycle }) => cycle.length > 0);
});
/** Few lanes and a deadlock: lanes are drawn high, with words above events. */
export const isTall = (state: AppState): boolean => tall(state.run, state.preset, state.narrow);

const layout = lastOf((of: readonly LaneGroup[], collapsed: ReadonlySet<string>, high: boolean) =>
  layOut(of, { collapsed, tall: high }),
);
export const layoutOf = (state: AppState): Layout => layout(groupsOf(state), state.collapsed, isTall(state));

const cones = lastOf((run: Run | undefined, row: number): Cones | undefined =>
  run && row >= 0 ? run.timeline.cones(row) : undefined,
);
export const conesOf = (state: AppState): Cones | undefined => cones(state.run, state.focus.row);

const NO_LINKS: Links = { incoming: [], outgoing: [] };
const links = lastOf((run: Run | undefined, row: number): Links =>
  run && row >= 0 ? run.timeline.links(row) : NO_LINKS,
);
export const linksOf = (state: AppState): Links => links(state.run, state.focus.row);

const shares = lastOf((run: Run | undefined, axis: AppState['axis'], view: Viewport) =>
  run ? run.timeline.shares(axis, { start: view.from, end: Math.min(view.to, run.timeline.end(axis)) }) : undefined,
);
/** Share of each state in the window, in whole percent that add up to 100 (largest remainders). */
export function percentages(state: AppState): readonly number[] {
  const parts = shares(state.run, state.axis, state.view);
  return parts ? wholePercent([...parts]) : [];
}

/** Rounds shares to whole percent so that they add up to 100; all 0 where the sum is 0. */
export function wholePercent(parts: readonly number[]): readonly number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum <= 0) return parts.map(() => 0);
  const exact = parts.map((part) => (part * 100) / sum);
  const floors = exact.map(Math.floor);
  const rest = 100 - floors.reduce((total, part) => total + part, 0);
  const order = exact.map((value, i) => [value - floors[i]!, i] as const).sort((a, b) => b[0] - a[0]);
  for (const [, i] of order.slice(0, rest)) floors[i]!++;
  return floors;
}

/** The axis as the viewport algebra wants it. */
export function extentOf(run: Run, axis: AppState['axis']): Extent {
  const { start, end }: Range = run.timeline.domain(axis);
  return { start, end, minSpan: Math.min(MIN_SPAN[axis], Math.max(end - start, 1)) };
}
