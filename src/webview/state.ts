/** This file defines what the panel knows at a moment: one immutable value, read by every component and canvas. */
import type { Failure, Focus, PanelState, PlainDiagnostic } from '../protocol/messages';
import { IDLE, isLong, type Activity } from '../report/activity';
import type { ExplainedFinding } from '../report/explained';
import type { Axis, GoroutineState, Lane, Preset, Timeline, Track } from '../timeline/model';
import type { Printed } from '../trace/printed';
import type { Viewport } from '../picture/window';
import type { ChosenSizes } from './regions';
import { NO_HISTORY, type History } from './viewport';

/** A run on display. */
export interface Run {
  readonly file: string;
  /** Version of the document that was run. */
  readonly version: number;
  readonly timeline: Timeline;
  readonly findings: readonly ExplainedFinding[];
  /** A person has stopped it: it shows no more than was found until then. */
  readonly stopped: boolean;
  readonly printed: Printed;
  readonly wallMs: number;
}

/** What the pointer is over. */
export interface Hover {
  readonly lane: Lane;
  readonly track: Track | undefined;
  /** Span of the track; -1: none. */
  readonly index: number;
  /** Event under the pointer; -1: none. */
  readonly row: number;
  /** What the goroutine of the lane does under the pointer. */
  readonly doing: GoroutineState | undefined;
  /** Px in the panel. */
  readonly x: number;
  readonly y: number;
}

/** The file has moved on from the run on display. */
export interface Stale {
  /** Names of the files that the diagnostics refer to by index. */
  readonly files: readonly string[];
  readonly diagnostics: readonly PlainDiagnostic[];
  /** Ms of the page's clock. */
  readonly since: number;
}

export type PaneTab = 'explanation' | 'run' | 'output';
export type DrawerWish = 'auto' | 'open' | 'closed';

export interface Room {
  readonly width: number;
  readonly height: number;
  readonly font: number;
}

export interface AppState {
  /** 'waiting': the host has not spoken yet. 'shown': `run` or `failure` is set. */
  readonly phase: 'waiting' | 'empty' | 'shown';
  readonly file: string;
  readonly seed: number;
  /** That of the settings. */
  readonly usualSeed: number;
  readonly examples: number;
  readonly activity: Activity;
  readonly run: Run | undefined;
  readonly stale: Stale | undefined;
  /** Why the latest run came to nothing, and when the run was that is shown in its place (ms of the page's clock). */
  readonly failure: (Failure & { readonly since: number }) | undefined;

  readonly preset: Preset;
  readonly axis: Axis;
  readonly view: Viewport;
  readonly history: History;
  readonly focus: Focus;
  /** Id of the lane that the keyboard is on; ''. */
  readonly lane: string;
  /** Index of the finding that the pane explains; -1: the selected event, or the run. */
  readonly finding: number;
  readonly collapsed: ReadonlySet<string>;
  /** Ids of folded lanes shown as their members. */
  readonly unfolded: ReadonlySet<string>;
  /** Most lanes of a group. */
  readonly limit: number;
  readonly hover: Hover | undefined;
  /** Draw all arrows of the window instead of those of the selection. */
  readonly allArrows: boolean;
  /** Index into the model's STATES: the others are faded; -1: none. */
  readonly solo: number;
  /** Line of the editor's caret; `line` 0: none. */
  readonly caret: { readonly file: number; readonly line: number };

  readonly table: boolean;
  readonly help: boolean;
  /** What a person wants of the drawer. 'auto': it is open where there is something to explain. */
  readonly drawer: DrawerWish;
  /** What the pane, or the drawer, shows. */
  readonly tab: PaneTab;
  /** The timeline stands alone: no toolbar, no explanation. */
  readonly alone: boolean;
  /** Where a person has put the splitter. */
  readonly chosen: ChosenSizes;
  /** Px of the panel and of its type; 0: not known yet. */
  readonly room: Room;
  /** Px of the drawing area. */
  readonly width: number;
  /** Said aloud by the live region. */
  readonly announcement: string;
}

export const NO_FOCUS: Focus = { row: -1, step: -1, g: 0 };

export const INITIAL: AppState = {
  phase: 'waiting',
  file: '',
  seed: 0,
  usualSeed: 0,
  examples: 0,
  activity: IDLE,
  run: undefined,
  stale: undefined,
  failure: undefined,
  preset: 'goroutines',
  axis: 'step',
  view: { from: 0, to: 1 },
  history: NO_HISTORY,
  focus: NO_FOCUS,
  lane: '',
  finding: -1,
  collapsed: new Set(),
  unfolded: new Set(),
  limit: 30,
  hover: undefined,
  allArrows: false,
  solo: -1,
  caret: { file: 0, line: 0 },
  table: false,
  help: false,
  drawer: 'auto',
  tab: 'explanation',
  alone: false,
  chosen: {},
  room: { width: 0, height: 0, font: 13 },
  width: 0,
  announcement: '',
};

/** What of the state outlives the page. */
export function persistent(state: AppState, uri: string): PanelState {
  return {
    version: 1,
    uri,
    preset: state.preset,
    axis: state.axis,
    from: state.view.from,
    to: state.view.to,
    row: state.focus.row,
    table: state.table,
    collapsed: [...state.collapsed],
    drawer: state.drawer,
    tab: state.tab,
    alone: state.alone,
    chosen: state.chosen,
  };
}

/** Whether there is something to explain that a person should not have to ask for. */
const explains = ({ run, failure }: AppState): boolean => failure !== undefined || (run?.findings.length ?? 0) > 0;

/** Whether the drawer is open, where there is one. */
export const drawerIsOpen = (state: AppState): boolean =>
  state.drawer === 'auto' ? explains(state) : state.drawer === 'open';

/** Opens or closes the drawer for a person. What would happen by itself is no wish: one who closes it over nothing has not closed it for good. */
export const wishDrawer = (state: AppState, open: boolean): Pick<AppState, 'drawer'> => ({
  drawer: open === explains(state) ? 'auto' : open ? 'open' : 'closed',
});

/** The timeline alone, or everything again. */
export const aloneOrNot = ({ alone }: AppState): Pick<AppState, 'alone' | 'announcement'> => ({
  alone: !alone,
  announcement: alone ? 'The whole panel' : 'The timeline alone; Escape leads back',
});

/** The finding that the pane explains. */
export function shownFinding(state: AppState): ExplainedFinding | undefined {
  return state.run?.findings[state.finding];
}

/** What is shown is not what the file has become. */
export const isFaded = (state: AppState): boolean =>
  state.failure !== undefined || doesNotCompile(state) || isLong(state.activity);

/** The file has changed, and may have its result in a moment. */
export const isAged = ({ stale }: AppState): boolean => stale !== undefined;

/** The file has changed: lines of the run and of the editor no longer match. */
export const doesNotCompile = (state: Pick<AppState, 'stale'>): boolean =>
  state.stale?.diagnostics.some(({ severity }) => severity === 'error') ?? false;
