/** This file says in one line what came of the run: never more than was covered. */
import { grouped } from '../trace/quantity';
import type { PlainDiagnostic } from '../protocol/messages';
import type { ExplainedFinding, Phrase } from '../report/explained';
import { countedFindings } from '../report/counted';
import { cutWords } from '../report/cutWords';
import { placeMark } from '../trace/placeWords';
import { isEmptyProgram } from '../report/emptyProgram';
import { doesNotCompile, type AppState, type Run } from './state';
import { plural } from './words';

type FindingKind = ExplainedFinding['kind'];

export type VerdictIcon = 'race' | 'stuck' | 'error' | 'warning' | 'pass' | 'running' | 'stopped';

export interface Verdict {
  readonly icon: VerdictIcon;
  readonly bold: string;
  /** Goes on after the bold words; nouns are links. */
  readonly rest: readonly Phrase[];
  /** Short facts, separated by dots. */
  readonly facts: readonly string[];
  /** What was covered: secondary text. */
  readonly coverage: string;
}

const text = (words: string): Phrase => ({ text: words });
const place = (run: Run, index: number): Phrase => {
  const { files, places } = run.timeline.trace.meta;
  const at = places[index];
  return at ? { text: placeMark(files, at), link: { kind: 'place', place: index } } : text('');
};

/** The line for the run on display. */
export function verdictOf({ run }: Pick<AppState, 'run'>): Verdict | undefined {
  if (!run) return undefined;
  const { seed, racesGaveUp } = run.timeline.trace.meta;
  const cut = cutWords(run.timeline.trace);
  const stopped = run.stopped ? [stoppedWords(run)] : [];
  const shown = [...stopped, ...(cut === undefined ? [] : [cut])];
  const coverage = `1 schedule, seed ${seed}${racesGaveUp ? ', races not looked for to the end: that would take too much memory' : ''}`;
  const first = run.findings[0];
  if (!first) {
    const { meta } = run.timeline.trace;
    const status = meta.status === 0 || run.stopped ? [] : [`exit status ${meta.status}`];
    const facts = [...status, ...shown];
    return {
      icon: run.stopped ? 'stopped' : 'pass',
      bold: 'No race, no deadlock',
      rest: [text(run.stopped ? ' so far' : ' in this run')],
      facts,
      coverage: `${coverage}: not a proof`,
    };
  }
  return { ...headline(run, first), facts: [...otherFacts(run.findings, first.kind), ...shown], coverage };
}

/** What came later nobody knows. */
function stoppedWords({ timeline }: Run): string {
  return `stopped after ${grouped(timeline.trace.meta.instructions)} instructions`;
}

/** The first finding in a few words. */
function headline(run: Run, finding: ExplainedFinding): Pick<Verdict, 'icon' | 'bold' | 'rest'> {
  const same = run.findings.filter(({ kind }) => kind === finding.kind);
  const count = same.length;
  switch (finding.kind) {
    case 'data-race': {
      const [one, other] = [
        finding.sites.find(({ role }) => role === 'previous-access'),
        finding.sites.find(({ role }) => role === 'access'),
      ];
      const where = one && other ? [place(run, one.place), text(' ↔ '), place(run, other.place)] : [];
      const at = where.length > 0 ? [text(count > 1 ? ', first ' : ' '), ...where] : [];
      const names = [...new Set(same.map(({ objectName }) => `\`${objectName}\``))];
      return { icon: 'race', bold: plural(count, 'data race'), rest: [text(` on ${named(names)}`), ...at] };
    }
    case 'deadlock':
    case 'partial-deadlock':
      return { icon: 'stuck', bold: `${finding.title}:`, rest: waiting(run, finding) };
    case 'leak':
      return { icon: 'stuck', bold: `${finding.title}:`, rest: waiting(run, finding) };
    default: {
      const here = finding.sites[0];
      const at = here && here.place >= 0 ? [text(' at '), place(run, here.place)] : [];
      return {
        icon: finding.kind === 'budget' || finding.kind === 'unsupported' ? 'warning' : 'error',
        bold: finding.title,
        rest: at,
      };
    }
  }
}

/** Goroutines and lines named one by one. */
const NAMED = 3;

/** `a`, `a and b`, `a, b and 3 more`. */
function named(names: readonly string[]): string {
  const shown = names.length > NAMED ? names.slice(0, NAMED - 1) : names;
  const last = names.length > NAMED ? `${grouped(names.length - shown.length)} more` : shown.at(-1)!;
  const before = names.length > NAMED ? shown : shown.slice(0, -1);
  return before.length > 0 ? `${before.join(', ')} and ${last}` : last;
}

/** ` G2 and G3 wait for each other at :7`. */
function waiting(run: Run, finding: ExplainedFinding): Phrase[] {
  const waits = ['waits', 'sends', 'receives', 'here'];
  const ofCycle = finding.cycle.filter(({ kind }) => kind === 'waits for');
  const all = ofCycle.length > 0 ? ofCycle : finding.sites.filter(({ role }) => waits.includes(role));
  const sites = all.filter(({ place: at }) => at >= 0);
  const waiting = [...new Set(sites.map(({ g }) => g))];
  const goroutines = waiting.length > NAMED ? waiting.slice(0, NAMED - 1) : waiting;
  if (goroutines.length === 0) return [];
  const names = goroutines.flatMap((g, i): Phrase[] => [
    text(i === 0 ? ' ' : i === waiting.length - 1 ? ' and ' : ', '),
    { text: `G${g}`, link: { kind: 'goroutine', g } },
  ]);
  const more = countOf(finding, waiting.length) - goroutines.length;
  if (more > 0) names.push(text(` and ${grouped(more)} more`));
  const together = finding.cycle.length > 0 ? ' wait for each other at ' : ' wait at ';
  const verb = waiting.length === 1 ? ' waits at ' : together;
  const places = uniqueLines(
    run,
    sites.map(({ place: at }) => at),
  ).slice(0, 3);
  return [
    ...names,
    text(verb),
    ...places.flatMap((index, i) => (i ? [text(', '), place(run, index)] : [place(run, index)])),
  ];
}

/** Goroutines that wait: of many, findings show some. (The count of partial deadlocks is of cycles.) */
function countOf({ kind, cycle, count = 0 }: ExplainedFinding, shown: number): number {
  return cycle.length > 0 || kind === 'partial-deadlock' ? shown : Math.max(count, shown);
}

/** One place of each line. */
function uniqueLines(run: Run, places: readonly number[]): number[] {
  const lines = new Map<number, number>();
  for (const index of places) lines.set(run.timeline.trace.meta.places[index]?.line ?? -1, index);
  return [...lines.values()];
}

/** What else was found, and what was not. */
const otherFacts = (findings: readonly ExplainedFinding[], said: FindingKind): string[] =>
  countedFindings(findings).flatMap(({ kinds, words }) => (kinds.includes(said) ? [] : [words]));

/** What decides on the verdict's line. */
export type Told = Pick<AppState, 'run' | 'stale' | 'failure'>;

/** All that stands in the verdict's line, for who has to find room for it: while a run goes on, as much as before it, so that nothing below moves. */
export function wordsOfVerdict(state: Told): string {
  const compile = compileVerdict(state);
  if (compile) return `Does not compile: ${compile.message} at ${compile.at} ${SHOWN_BELOW} ${compile.fix ?? ''}`;
  if (state.failure) return `${state.failure.title} ${SHOWN_BELOW}`;
  const verdict = verdictOf(state);
  if (!verdict) return '';
  const sentence = verdict.bold + verdict.rest.map(({ text: words }) => words).join('');
  return [sentence, ...verdict.facts, verdict.coverage].join(BETWEEN_FACTS);
}
/** As wide as what is said of a run that is not the file's. */
const SHOWN_BELOW = 'shown below: the last good run, 12 min ago';
/** As wide as the dot between two facts. */
const BETWEEN_FACTS = '      ';

/** `12 s ago`, `3 min ago`. */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 2) return 'just now';
  return seconds < 100 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}

/** Where a diagnostic begins, as places of a trace are counted. */
export function startOf({ file, range }: Pick<PlainDiagnostic, 'file' | 'range'>): { file: number; line: number } {
  return { file, line: range.startLine + 1 };
}

/** What is said in place of the verdict while the file does not compile. */
export function compileVerdict(state: Pick<AppState, 'stale'>):
  | {
      readonly message: string;
      /** `:14`, `queue.go:14`. */
      readonly at: string;
      readonly error: PlainDiagnostic;
      readonly fix: string | undefined;
      /** Nothing is written in it yet: that is no mistake. */
      readonly empty: boolean;
    }
  | undefined {
  if (!doesNotCompile(state)) return undefined;
  const { diagnostics, files } = state.stale!;
  const error = diagnostics.find(({ severity }) => severity === 'error')!;
  return {
    message: error.message,
    at: placeMark(files, startOf(error)),
    error,
    fix: error.fixes[0]?.title,
    empty: isEmptyProgram(diagnostics),
  };
}
