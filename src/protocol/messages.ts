/**
 * This file defines every message between the extension host, the simulation worker and the webview: discriminated unions, versioned, types only.
 * Requests carry an id; answers repeat it. A receiver ignores messages of a type that it does not know.
 */
import type { Budgets } from '../base/budgets';
import type { Activity } from '../report/activity';
import type { ExplainedFinding } from '../report/explained';
import type { Printed } from '../trace/printed';
import type { PackedTrace } from '../trace/transfer';

export const PROTOCOL_VERSION = 9;

/** A front-end diagnostic with resolved positions; lines and columns start at 0, UTF-16, as editors count. */
export interface PlainRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
export interface PlainDiagnostic {
  readonly file: number;
  readonly range: PlainRange;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly code: string;
  readonly message: string;
  readonly unnecessary?: boolean;
  readonly related: readonly { readonly file: number; readonly range: PlainRange; readonly message: string }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly { readonly file: number; readonly range: PlainRange; readonly text: string }[];
  }[];
}

// ---------------------------------------------------------------- host <-> worker

export interface RunRequest {
  readonly type: 'run';
  readonly id: number;
  /** The file that was asked for, and those among which the rest of its program may be. */
  readonly sources: readonly { readonly name: string; readonly text: string }[];
  /** Name of the one that was asked for. */
  readonly focus: string;
  readonly seed: number;
  readonly settings: Readonly<Record<string, number>>;
  readonly budgets: Budgets;
  readonly goVersion?: string;
  /** Replay exactly this schedule (trace/schedule.ts). */
  readonly schedule?: string;
  /** Whether somebody looks at the trace. */
  readonly trace: boolean;
}
export type HostToWorker =
  | { readonly type: 'init'; readonly version: number }
  | RunRequest
  /** Nobody wants the request of this id any more: it is answered 'cancelled', if it has not been answered yet. */
  | { readonly type: 'cancel'; readonly id: number }
  /** The run of this id is to end where it is, and to tell what it has found so far. */
  | { readonly type: 'stop'; readonly id: number };

/** What comes to the thread of a simulating process. */
export type WardenToWorker =
  | HostToWorker
  /** Nothing has been asked for a while: what would keep a run waiting may be done now. */
  | { readonly type: 'rest' };

export type WorkerToHost =
  | { readonly type: 'ready'; readonly version: number }
  | {
      readonly type: 'diagnostics';
      readonly id: number;
      /** Names of the sources that make the program; diagnostics, places and findings refer to them by index. */
      readonly files: readonly string[];
      /** The one by which the program is known. */
      readonly head: string;
      readonly diagnostics: readonly PlainDiagnostic[];
      readonly compiles: boolean;
    }
  | {
      readonly type: 'ran';
      readonly id: number;
      readonly findings: readonly ExplainedFinding[];
      readonly trace: PackedTrace;
      /** Whether the trace shows the run; otherwise it has no rows, or those of its beginning, and its metadata are of what findings name. */
      readonly traced: boolean;
      /** Whether it ended because somebody has stopped it. */
      readonly stopped: boolean;
      readonly printed: Printed;
      readonly wallMs: number;
    }
  /** Of the pass in hand; `wallMs`: of all of it. */
  | {
      readonly type: 'progress';
      readonly id: number;
      readonly instructions: number;
      readonly virtualNs: number;
      readonly wallMs: number;
    }
  | { readonly type: 'cancelled'; readonly id: number }
  /** Ours, not the program's: an exception that nobody caught, as its stack. */
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

/** What comes from the simulating process. */
export type WardenToHost =
  | WorkerToHost
  /** At rest, and larger than a new one would be. */
  | { readonly type: 'grown' }
  /** Last words: the process ends itself. */
  | { readonly type: 'dying'; readonly cause: 'out-of-memory' | 'crashed'; readonly detail: string };

// ---------------------------------------------------------------- host <-> webview

/** Why there is no result: not the program's fault, as far as anybody can tell, but shown where a finding would be. */
export interface Failure {
  readonly kind: 'out-of-memory' | 'crashed' | 'silent' | 'internal' | 'off';
  /** `simulator.out-of-memory` */
  readonly code: string;
  /** A few words: `Out of memory`. */
  readonly title: string;
  /** One sentence or two, to stand below the title. */
  readonly message: string;
  /** What a person can do next, a sentence each. */
  readonly advice: readonly string[];
  /** For a report: the stack, or what the process left behind; ''. */
  readonly detail: string;
}

/** One focus for every surface. */
export interface Focus {
  /** Row of the trace; -1: none. */
  readonly row: number;
  readonly step: number;
  readonly g: number;
}

export type HostToWebview =
  /** Nothing has been run yet for this file. `uri` (here and in what follows) comes back in PanelState. */
  | {
      readonly type: 'empty';
      readonly uri: string;
      readonly file: string;
      readonly seed: number;
      readonly examples: number;
    }
  /** The seed of the program's runs, and the one of the settings, which it has unless a person has chosen another. */
  | { readonly type: 'seed'; readonly uri: string; readonly seed: number; readonly usual: number }
  /** What is going on; what there is to see comes by the other messages. */
  | { readonly type: 'activity'; readonly uri: string; readonly file: string; readonly activity: Activity }
  | {
      readonly type: 'run';
      readonly uri: string;
      readonly file: string;
      readonly version: number;
      readonly trace: PackedTrace;
      readonly findings: readonly ExplainedFinding[];
      /** A person has stopped it: it shows no more than was found until then. */
      readonly stopped?: boolean;
      readonly printed: Printed;
      readonly wallMs: number;
    }
  /** The file has changed or does not compile: what is shown is the last good run. `diagnostics` empty: merely stale. */
  | {
      readonly type: 'stale';
      readonly uri: string;
      readonly file: string;
      /** Names of the files that the diagnostics refer to by index. */
      readonly files: readonly string[];
      readonly diagnostics: readonly PlainDiagnostic[];
      readonly since: number;
    }
  /** The latest run came to nothing; what is shown besides is the last good run, of `since`. */
  | {
      readonly type: 'failed';
      readonly uri: string;
      readonly file: string;
      readonly failure: Failure;
      readonly since: number;
    }
  /** The caret of the editor is on this line (1-based) of that file; 0: no line. */
  | { readonly type: 'caret'; readonly file: number; readonly line: number }
  /** Select a finding (or a row): from a command, a CodeLens, a diagnostic. */
  | { readonly type: 'select'; readonly finding?: number; readonly row?: number }
  | {
      readonly type: 'view';
      readonly preset?: 'goroutines' | 'cores';
      readonly axis?: 'step' | 'time';
      readonly table?: boolean;
    }
  /** A key command of the panel run from the palette or a user's key binding: the id in webview/keys.ts. */
  | { readonly type: 'key'; readonly command: string };

/** What buttons of the panel ask the host for. */
export type PanelCommand =
  'run' | 'replay' | 'stop' | 'usualSeed' | 'openExample' | 'openSettings' | 'showLog' | 'restartSimulator' | 'report';

export type WebviewToHost =
  | { readonly type: 'ready'; readonly version: number }
  /** First paint of a run is on the screen (ms from receipt to paint). */
  | { readonly type: 'painted'; readonly ms: number; readonly slices: number }
  | { readonly type: 'command'; readonly command: PanelCommand }
  /** Focus moved by the user. `reveal`: scroll the editor there (click); otherwise only mark the line (hover). */
  | { readonly type: 'focus'; readonly focus: Focus; readonly place: number; readonly reveal: boolean }
  | { readonly type: 'hover'; readonly place: number } // -1: nothing
  | { readonly type: 'applyFix'; readonly title: string }
  /** Reveal a place with the editor focused. */
  | { readonly type: 'open'; readonly place: number }
  /** Reveal a range of a file that the shown run may not know (a diagnostic). */
  | { readonly type: 'goTo'; readonly file: number; readonly range: PlainRange }
  | { readonly type: 'focusEditor' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'error'; readonly message: string; readonly stack: string };

/** What the webview keeps with setState and gets back through the serializer. */
export interface PanelState {
  readonly version: 1;
  readonly uri: string;
  readonly preset: 'goroutines' | 'cores';
  readonly axis: 'step' | 'time';
  readonly from: number;
  readonly to: number;
  readonly row: number;
  readonly table: boolean;
  readonly collapsed: readonly string[];
  /** Absent in what earlier versions have written. `chosen`: px that a person gave to the explanation, by where it is. */
  readonly drawer?: 'auto' | 'open' | 'closed';
  readonly tab?: 'explanation' | 'run' | 'output';
  readonly alone?: boolean;
  readonly chosen?: { readonly beside?: number; readonly below?: number };
}
