/** This file computes what follows from the state and is costly enough to be kept until its causes change. */
import type { Cones, LaneGroup, Links, Range } from '../timeline/model';
import { DENSITIES, type Density } from '../picture/density';
import { densityFor, heightOfFirst, isTall, layOut, NARROW_BELOW, type Layout } from '../picture/layout';
import { estimatedWidth } from '../picture/textWidth';
import { wholePercent } from '../trace/quantity';
import type { Viewport } from '../picture/window';
import { layOutPanel, type Given, type Regions } from './regions';
import { drawerIsOpen, type AppState, type Run } from './state';
import { wordsOfVerdict, type Told } from './verdict';
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

const said = lastOf((run: Told['run'], stale: Told['stale'], failure: Told['failure'], font: number) =>
  estimatedWidth(wordsOfVerdict({ run, stale, failure }), font),
);
/** Type of a lane's name where there is least room for it. */
const NAME_TYPE = 12;
const names = lastOf((of: readonly LaneGroup[]) => {
  const titles = of.flatMap(({ lanes }) => lanes.flatMap(({ kind, title }) => (kind === 'goroutine' ? [title] : [])));
  return titles.reduce((most, title) => Math.max(most, estimatedWidth(title, NAME_TYPE, true)), 0);
});
const firstLanes = lastOf((of: readonly LaneGroup[], collapsed: ReadonlySet<string>): Given['lanes'] => {
  const density = DENSITIES.compact;
  return {
    three: heightOfFirst(of, { collapsed, density }, 3),
    five: heightOfFirst(of, { collapsed, density }, 5),
  };
});

const regions = lastOf(
  (
    room: AppState['room'],
    alone: boolean,
    table: boolean,
    open: boolean,
    chosen: AppState['chosen'],
    verdict: number,
    widest: number,
    lanes: Given['lanes'],
  ): Regions => layOutPanel({ ...room, alone, table, open, chosen, said: verdict, names: widest, lanes }),
);
/** How large which part of the panel is. */
export function regionsOf(state: AppState): Regions {
  const { room, alone, table, chosen, collapsed } = state;
  const of = groupsOf(state);
  const verdict = said(state.run, state.stale, state.failure, room.font);
  return regions(room, alone, table, drawerIsOpen(state), chosen, verdict, names(of), firstLanes(of, collapsed));
}

const tall = lastOf((run: Run | undefined, preset: AppState['preset'], narrow: boolean) =>
  run ? isTall(run.timeline.trace, run.findings, preset, narrow) : false,
);
const density = lastOf((of: readonly LaneGroup[], collapsed: ReadonlySet<string>, high: boolean, room: number) =>
  densityFor(of, collapsed, { tall: high, room }),
);
/** How high lanes are drawn. */
export function densityOf(state: AppState): Density {
  const { run, preset, collapsed, room } = state;
  const high = tall(run, preset, isNarrow(state));
  return density(groupsOf(state), collapsed, high, room.height > 0 ? regionsOf(state).lanes : Infinity);
}

/** Too narrow for long words over the lanes. */
export const isNarrow = ({ room }: AppState): boolean => room.width > 0 && room.width < NARROW_BELOW;

const layout = lastOf((of: readonly LaneGroup[], collapsed: ReadonlySet<string>, high: Density) =>
  layOut(of, { collapsed, density: high }),
);
export const layoutOf = (state: AppState): Layout => layout(groupsOf(state), state.collapsed, densityOf(state));

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
  run ? run.timeline.shares(axis, { start: view.from, end: view.to }) : undefined,
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
