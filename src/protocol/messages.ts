/**
 * This file defines every message between the extension host, the simulation worker and the webview: discriminated unions, versioned, types only.
 * Requests carry an id; answers repeat it. A receiver ignores messages of a type that it does not know.
 */
import type { ExplainedFinding } from '../report/explained';
import type { TraceMeta } from '../trace/meta';

export const PROTOCOL_VERSION = 3;

/** A trace as it crosses threads: metadata and one buffer with all columns (trace/format.ts packs and unpacks it). */
export interface PackedTrace {
  readonly meta: TraceMeta;
  readonly length: number;
  readonly buffer: ArrayBuffer;
}

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
  readonly budgets: {
    readonly steps: number;
    readonly memoryWords: number;
    readonly goroutines: number;
    readonly outputBytes: number;
    readonly virtualNs: number;
    readonly wallMs: number;
  };
  readonly maxTraceRows: number;
  readonly goVersion?: string;
  /** Replay exactly this schedule (trace/schedule.ts). */
  readonly schedule?: string;
}
export type HostToWorker =
  | { readonly type: 'init'; readonly version: number }
  | RunRequest
  /** Nobody wants the request of this id any more: it is answered 'cancelled', if it has not been answered yet. */
  | { readonly type: 'cancel'; readonly id: number };

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
      readonly stdout: string;
      readonly wallMs: number;
    }
  | { readonly type: 'progress'; readonly id: number; readonly instructions: number; readonly virtualNs: number }
  | { readonly type: 'cancelled'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

// ---------------------------------------------------------------- host <-> webview

/** One focus for every surface. */
export interface Focus {
  /** Row of the trace; -1: none. */
  readonly row: number;
  readonly step: number;
  readonly g: number;
}

export type HostToWebview =
  /** Nothing has been run yet for this file. `uri` (here and in 'run') comes back in PanelState. */
  | {
      readonly type: 'empty';
      readonly uri: string;
      readonly file: string;
      readonly seed: number;
      readonly examples: number;
    }
  | { readonly type: 'running'; readonly file: string; readonly instructions?: number }
  | {
      readonly type: 'run';
      readonly uri?: string;
      readonly file: string;
      readonly version: number;
      readonly trace: PackedTrace;
      readonly findings: readonly ExplainedFinding[];
      readonly stdout: string;
      readonly wallMs: number;
    }
  /** The file has changed or does not compile: what is shown is the last good run. `diagnostics` empty: merely stale. */
  | {
      readonly type: 'stale';
      readonly file: string;
      /** Names of the files that the diagnostics refer to by index. */
      readonly files: readonly string[];
      readonly diagnostics: readonly PlainDiagnostic[];
      readonly since: number;
    }
  | { readonly type: 'failed'; readonly message: string }
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

export type WebviewToHost =
  | { readonly type: 'ready'; readonly version: number }
  /** First paint of a run is on the screen (ms from receipt to paint). */
  | { readonly type: 'painted'; readonly ms: number; readonly slices: number }
  | { readonly type: 'command'; readonly command: 'run' | 'replay' | 'openExample' | 'openSettings' | 'showLog' }
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
}
