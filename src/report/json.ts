/** This file defines the JSON of findings and runs, as the command line writes it. A schema only ever gains fields. */
import { utf8Length } from '../base/span';
import type { SourceFile } from '../base/span';
import type { TraceMeta } from '../trace/meta';
import type { ExplainedFinding } from './explained';

/** Lines and columns start at 1; columns count UTF-8 bytes, as Go's do. */
export interface SiteJson {
  readonly role: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string;
  readonly goroutine: number;
  readonly op: string;
}

export interface FindingJson {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly object?: string;
  readonly sites: readonly SiteJson[];
  /** That of the run, so that a finding that is handed on can be replayed; absent where it is longer than all else that is told: the run has it. */
  readonly schedule?: string;
}

/** Characters of the longest schedule that each finding repeats: there may be hundreds of findings. */
const LONGEST_REPEATED = 65_536;

export const RUN_SCHEMA = 'interlane.run/1';

export interface RunJson {
  readonly schema: typeof RUN_SCHEMA;
  readonly file: string;
  readonly exit: number;
  /** How the run ended: `exit`, `deadlock`, `panic`, `fatal`, `unsupported`, `budget`, `interrupted` (by a signal); Go's text where there is one. */
  readonly outcome: { readonly kind: string; readonly text?: string };
  readonly stdout: string;
  readonly stderr: string;
  readonly seed: number;
  readonly schedule: string;
  /** Of a replay: choices of the schedule that was given, and choices drawn from the seed after them. */
  readonly replay?: { readonly choices: number; readonly drawn: number };
  readonly steps: number;
  readonly virtualNs: number;
  readonly wallMs: number;
  readonly findings: readonly FindingJson[];
  readonly stats: {
    readonly goroutines: number;
    readonly threads: number;
    readonly processes: number;
    readonly switches: number;
    readonly peakBytes: number;
  };
}

/** A finding as JSON; sites without a place in the user's files are left out. */
export function findingJson(finding: ExplainedFinding, meta: TraceMeta, sources: readonly SourceFile[]): FindingJson {
  const sites = finding.sites.flatMap(({ role, place: index, g, op }): SiteJson[] => {
    const place = meta.places[index];
    if (!place) return [];
    const column = byteColumn(sources[place.file], place.line, place.column);
    const file = meta.files[place.file] ?? '';
    return [{ role, file, line: place.line, column, function: place.function, goroutine: g, op }];
  });
  const object = finding.objectName === '' ? {} : { object: finding.objectName };
  const { kind, code, message } = finding;
  const schedule = meta.schedule.length > LONGEST_REPEATED ? {} : { schedule: meta.schedule };
  return { kind, code, message, ...object, sites, ...schedule };
}

/** Column in bytes of a column in UTF-16 units; both start at 1. */
export function byteColumn(source: SourceFile | undefined, line: number, column: number): number {
  if (!source) return column;
  const start = source.lineStarts[line - 1] ?? 0;
  return utf8Length(source.text.slice(start, start + column - 1)) + 1;
}
