/**
 * This file publishes diagnostics: compile errors, findings of the last run, and why there was none. A finding stands at its first site, with the other sites as related
 * information, and is mirrored at those sites as a hint, because the editor marks nothing at related locations.
 */
import * as vscode from 'vscode';
import type { PlainDiagnostic } from '../protocol/messages';
import { EMPTY_PROGRAM } from '../report/emptyProgram';
import type { ExplainedFinding, ExplainedSite } from '../report/explained';
import { documentAt } from './documents';
import { entryOf } from './entry';
import { fileIndex, type GoodRun, type ProgramFile, type ProgramState } from './programs';
import { placeFile, placeRange, toRange } from './places';
import type { Runs } from './runs';
import { newDiagnostic, newRelated } from './words';

const SOURCE = 'Interlane';

const SEVERITY: Readonly<Record<PlainDiagnostic['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** What has happened in a run is an error; what ended a run without being wrong in itself is a warning. */
const FINDING_SEVERITY: Partial<Record<ExplainedFinding['kind'], vscode.DiagnosticSeverity>> = {
  leak: vscode.DiagnosticSeverity.Warning,
  budget: vscode.DiagnosticSeverity.Warning,
  unsupported: vscode.DiagnosticSeverity.Warning,
  misuse: vscode.DiagnosticSeverity.Warning,
};

/** Sites at which a finding is primary: a deadlock stands at every wait of its cycle, anything else at its first site. */
function primarySites(finding: ExplainedFinding): readonly ExplainedSite[] {
  const waits = finding.sites.filter((site) => site.role === 'waits' && site.place >= 0);
  const inCycle = waits.filter((site) => finding.cycle.some((edge) => edge.g === site.g));
  if (inCycle.length > 0) return inCycle;
  if (finding.kind === 'deadlock' || finding.kind === 'partial-deadlock') return waits;
  const first = finding.sites.find((site) => site.place >= 0);
  return first ? [first] : [];
}

export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('interlane');
  private readonly subscription: vscode.Disposable;
  /** By key of a program: the files of which it spoke last. */
  private readonly published = new Map<string, readonly ProgramFile[]>();

  constructor(runs: Runs) {
    this.subscription = runs.onDidChange(({ state, change }) => {
      if (change === 'closed') this.clear(state, runs);
      else if (change === 'diagnostics' || change === 'run' || change === 'failure') this.publish(state, runs);
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.collection.dispose();
  }

  private publish(state: ProgramState, runs: Runs): void {
    this.clear(state, runs, state.files);
    const all = state.files.map((_, file) => compileDiagnostics(state, file));
    // Findings of a stale run point at lines that have moved: the next run brings them back.
    if (state.compiles && state.good && !state.stale) {
      for (const finding of state.good.findings)
        for (const { uri, diagnostic } of findingDiagnostics(state.good, finding))
          all[fileIndex(state.files, uri)]?.push(diagnostic);
    }
    const failed = failureDiagnostic(state);
    if (failed) (all[fileIndex(state.files, state.uri)] ?? all[0])?.push(failed);
    state.files.forEach(({ uri }, file) => this.collection.set(uri, all[file]));
    this.published.set(state.key, state.files);
  }

  /** Takes back what was said of a program's files, but for those that it still has, and those of which another program speaks now. */
  private clear(state: ProgramState, runs: Runs, but: readonly ProgramFile[] = []): void {
    for (const { uri } of this.published.get(state.key) ?? []) {
      const owner = runs.get(uri);
      if (fileIndex(but, uri) < 0 && (owner === undefined || owner === state)) this.collection.delete(uri);
    }
    this.published.delete(state.key);
  }
}

/** What a run came to that has no result: at the program's beginning, because nobody knows how far it came. A simulator that is off is no fault of the file. */
function failureDiagnostic({ uri, failure }: ProgramState): vscode.Diagnostic | undefined {
  if (!failure || failure.kind === 'off') return undefined;
  const document = documentAt(uri);
  const entry = document?.positionAt(entryOf(document.getText()) ?? 0) ?? new vscode.Position(0, 0);
  const line = document?.lineAt(entry).range ?? new vscode.Range(entry, entry);
  const message = [failure.message, ...failure.advice].join(' ');
  const diagnostic = newDiagnostic(line, message, vscode.DiagnosticSeverity.Error);
  diagnostic.source = SOURCE;
  diagnostic.code = failure.code;
  return diagnostic;
}

/** What the front end says of one of a program's files; one in which nothing is written yet has no mistake. */
function compileDiagnostics({ files, diagnostics }: ProgramState, file: number): vscode.Diagnostic[] {
  const told = diagnostics.filter((plain) => plain.file === file && plain.code !== EMPTY_PROGRAM);
  return told.map((plain) => compileDiagnostic(files, plain));
}

function compileDiagnostic(files: readonly ProgramFile[], plain: PlainDiagnostic): vscode.Diagnostic {
  const diagnostic = newDiagnostic(toRange(plain.range), plain.message, SEVERITY[plain.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = plain.code;
  if (plain.unnecessary) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  diagnostic.relatedInformation = plain.related.map((related) =>
    newRelated(new vscode.Location(files[related.file]!.uri, toRange(related.range)), related.message),
  );
  return diagnostic;
}

interface Placed {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

function findingDiagnostics({ trace, files }: GoodRun, finding: ExplainedFinding): Placed[] {
  const { meta } = trace;
  const uriOf = (site: ExplainedSite): vscode.Uri => files[placeFile(meta, site.place)]!.uri;
  /** Tells lines of different files apart. */
  const lineOf = (site: ExplainedSite): string => {
    const { file, line } = meta.places[site.place]!;
    return `${file}:${line}`;
  };
  const primary = primarySites(finding);
  const severity = FINDING_SEVERITY[finding.kind] ?? vscode.DiagnosticSeverity.Error;
  const related = (except: ExplainedSite): vscode.DiagnosticRelatedInformation[] =>
    finding.sites
      .filter((site) => site !== except && site.place >= 0)
      .map((site) => newRelated(new vscode.Location(uriOf(site), placeRange(meta, site.place)!), site.message));
  const make = (site: ExplainedSite, message: string, level: vscode.DiagnosticSeverity): Placed => {
    const diagnostic = newDiagnostic(placeRange(meta, site.place)!, message, level);
    diagnostic.source = SOURCE;
    diagnostic.code = finding.code;
    diagnostic.relatedInformation = related(site);
    return { uri: uriOf(site), diagnostic };
  };
  // A spent budget is no fault of the program, nor is what is missing here: the message itself says what to do.
  const advice =
    finding.kind === 'budget' || finding.kind === 'unsupported'
      ? ` ${finding.advice.join(' ').replaceAll('`', '')}`
      : '';
  const number = (index: number): string => (primary.length > 1 ? ` (${index + 1}/${primary.length})` : '');
  const made = primary.map((site, index) => make(site, finding.message + advice + number(index), severity));
  const marked = new Set(primary.map(lineOf));
  for (const site of finding.sites) {
    if (site.place < 0 || site.role === 'declared' || primary.includes(site)) continue;
    const line = lineOf(site);
    if (marked.has(line)) continue;
    marked.add(line);
    made.push(make(site, site.message, vscode.DiagnosticSeverity.Hint));
  }
  return made;
}
