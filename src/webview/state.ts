/** This file defines what the panel knows at a moment: one immutable value, read by every component and canvas. */
import type { Focus, PanelState, PlainDiagnostic } from '../protocol/messages';
import type { ExplainedFinding } from '../report/explained';
import type { Axis, Lane, Preset, Timeline, Track } from '../timeline/model';
import type { Viewport } from '../picture/window';
import { NO_HISTORY, type History } from './viewport';

/** A run on display. */
export interface Run {
  readonly file: string;
  /** Version of the document that was run. */
  readonly version: number;
  readonly timeline: Timeline;
  readonly findings: readonly ExplainedFinding[];
  readonly stdout: string;
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

export type DrawerTab = 'explanation' | 'run';

export interface AppState {
  /** 'waiting': the host has not spoken yet. 'shown': `run` is set. */
  readonly phase: 'waiting' | 'empty' | 'shown' | 'failed';
  readonly file: string;
  readonly seed: number;
  readonly examples: number;
  /** A run is under way; instructions so far. */
  readonly running: { readonly instructions: number } | undefined;
  readonly run: Run | undefined;
  readonly stale: Stale | undefined;
  readonly failure: string;

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
  readonly drawerOpen: boolean;
  readonly drawerTab: DrawerTab;
  /** The panel is narrower than 600 px. */
  readonly narrow: boolean;
  /** There is no room for the pane beside the timeline: it is a drawer below. */
  readonly stacked: boolean;
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
  examples: 0,
  running: undefined,
  run: undefined,
  stale: undefined,
  failure: '',
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
  drawerOpen: true,
  drawerTab: 'explanation',
  narrow: false,
  stacked: false,
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
  };
}

/** The finding that the pane explains. */
export function shownFinding(state: AppState): ExplainedFinding | undefined {
  return state.run?.findings[state.finding];
}

/** The file has changed: lines of the run and of the editor no longer match. */
export const doesNotCompile = (state: AppState): boolean =>
  state.stale?.diagnostics.some(({ severity }) => severity === 'error') ?? false;
