/**
 * This file keeps what is known about each program, and which program a file belongs to: the one that took it last, where several do. What is known of
 * a program is its latest diagnostics, its last good run, whether that run is stale.
 */
import type * as vscode from 'vscode';
import type { Failure, PlainDiagnostic } from '../protocol/messages';
import type { Printed } from '../trace/printed';
import type { PackedTrace } from '../trace/transfer';
import { IDLE, type Activity } from '../report/activity';
import type { ExplainedFinding } from '../report/explained';
import type { Asked } from './workerClient';

/** A file of a program. */
export interface ProgramFile {
  readonly uri: vscode.Uri;
  /** Version of the open document that was checked; -1: the file on disk was. */
  readonly version: number;
}

export interface GoodRun {
  readonly trace: PackedTrace;
  /** Whether the trace shows the run; otherwise nobody looked when it ran, and it has metadata only. */
  readonly traced: boolean;
  /** Why there is no trace, when somebody wanted to look at it later. */
  readonly untraced?: Failure;
  /** What was asked for: the same again gives the same again. */
  readonly asked: Asked;
  /** A person has stopped it: it shows no more than was found until then. */
  readonly stopped: boolean;
  readonly findings: readonly ExplainedFinding[];
  readonly printed: Printed;
  readonly wallMs: number;
  /** The files that were run; places and findings refer to them by index. */
  readonly files: readonly ProgramFile[];
  /** When it ended, ms since the epoch. */
  readonly at: number;
}

export interface ProgramState {
  /** Tells programs apart for as long as the window lives. */
  readonly key: string;
  /** The file by which the program is known: the one with `main`, or the one that a person asked for. */
  uri: vscode.Uri;
  /** The files that were checked last; `diagnostics` refer to them by index. */
  files: readonly ProgramFile[];
  diagnostics: readonly PlainDiagnostic[];
  compiles: boolean;
  good?: GoodRun;
  activity: Activity;
  /** Something of it runs, compiles, or waits for its turn. */
  readonly phase: 'idle' | 'running';
  /** The run that is shown does not belong to the present texts. */
  readonly stale: boolean;
  /** Why the latest run came to nothing; undefined when it came to something. */
  failure?: Failure;
  /** A person has asked for a run of it: from then on it runs by itself, in whatever language its files are. */
  asked: boolean;
}

/** Index of a file among the files that a program's diagnostics refer to; -1. */
export function fileIndex(files: readonly ProgramFile[], uri: vscode.Uri): number {
  return files.findIndex((file) => same(file.uri, uri));
}

export class Programs {
  private readonly byFile = new Map<string, ProgramState>();
  private readonly known = new Set<ProgramState>();
  private made = 0;

  get(uri: vscode.Uri): ProgramState | undefined {
    return this.byFile.get(uri.toString());
  }

  has(state: ProgramState): boolean {
    return this.known.has(state);
  }

  all(): Iterable<ProgramState> {
    return this.known;
  }

  /** The program of a file; one that was unknown is a program of its own until it is checked. */
  of(uri: vscode.Uri): ProgramState {
    const known = this.get(uri);
    if (known) return known;
    const state: ProgramState = {
      key: String(this.made++),
      uri,
      files: [{ uri, version: -1 }],
      diagnostics: [],
      compiles: true,
      activity: IDLE,
      get phase() {
        return this.activity.work ? 'running' : 'idle';
      },
      get stale() {
        return this.activity.result === 'stale';
      },
      asked: false,
    };
    this.known.add(state);
    this.byFile.set(uri.toString(), state);
    return state;
  }

  /**
   * A program was checked and turned out to consist of these files. @returns the programs that this ends, because the file by which they were
   * known belongs to this one
   */
  consists(state: ProgramState, head: vscode.Uri, files: readonly ProgramFile[]): ProgramState[] {
    for (const { uri } of state.files) if (this.get(uri) === state) this.byFile.delete(uri.toString());
    this.byFile.delete(state.uri.toString());
    state.uri = head;
    state.files = files;
    const ended: ProgramState[] = [];
    for (const { uri } of files) {
      const other = this.get(uri);
      if (other && other !== state && same(other.uri, uri)) ended.push(other);
    }
    for (const other of ended) this.end(other);
    for (const { uri } of files) this.byFile.set(uri.toString(), state);
    return ended;
  }

  /** Forgets a program. */
  end(state: ProgramState): void {
    this.known.delete(state);
    for (const [uri, owner] of this.byFile) if (owner === state) this.byFile.delete(uri);
  }
}

function same(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}
