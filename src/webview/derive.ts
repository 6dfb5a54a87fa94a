/** This file computes what follows from the state and is costly enough to be kept until its causes change. */
import type { Cones, LaneGroup, Links, Range } from '../timeline/model';
import { isTall as isTallPicture, layOut, type Layout } from '../picture/layout';
import { wholePercent } from '../picture/legend';
import type { Viewport } from '../picture/window';
import type { AppState, Run } from './state';
import type { Extent } from './viewport';

/** Keeps the last result of a function for as long as its arguments are the same. */
function lastOf<A extends readonly unknown[], R>(compute: (...of: A) => R): (...of: A) => R {
  let last: { readonly of: A; readonly result: R } | undefined;
  return (...of) => {
    if (!last || last.of.some((value, i) => !Object.is(value, of[i]))) last = { of, result: compute(...of) };
    return last.result;
  };
}

const NO_LANES: readonly LaneGroup[] = [];

/** Least width of the window by axis: steps, virtual ns. */
const MIN_SPAN = { step: 4, time: 20 } as const;

const groups = lastOf(
  (run: Run | undefined, preset: AppState['preset'], unfolded: ReadonlySet<string>, limit: number) =>
    run ? run.timeline.lanes(preset, { unfolded: [...unfolded], limit }) : NO_LANES,
);
export const groupsOf = (state: AppState): readonly LaneGroup[] =>
  groups(state.run, state.preset, state.unfolded, state.limit);

const tall = lastOf((run: Run | undefined, preset: AppState['preset'], narrow: boolean) =>
  run ? isTallPicture(run.timeline.trace, run.findings, preset, narrow) : false,
);
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

/** The axis as the viewport algebra wants it. */
export function extentOf(run: Run, axis: AppState['axis']): Extent {
  const { start, end }: Range = run.timeline.domain(axis);
  return { start, end, minSpan: Math.min(MIN_SPAN[axis], Math.max(end - start, 1)) };
}
