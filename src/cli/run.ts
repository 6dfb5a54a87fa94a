/** This file is `interlane run`: one simulation, reported as `go run -race` would report it. */
import { Interrupted } from '../base/interrupt';
import { visibleLine } from '../base/visible';
import type { Program } from '../lang/program';
import type { ExplainedFinding } from '../report/explained';
import { goRaceReports, goRaceSummary } from '../report/goRace';
import type { PathOf } from '../report/frames';
import { goCrash } from '../report/goroutineDump';
import { RUN_SCHEMA, findingJson } from '../report/json';
import type { RunJson } from '../report/json';
import type { Compiled } from '../session/compile';
import type { SimulationResult } from '../session/simulation';
import type { Flags, Invocation } from './args';
import { diagnosticsJson } from './check';
import { EXIT } from './exit';
import type { Io } from './io';
import { jsonText } from './json';
import type { Limits } from './limits';
import { limitsOf, simulateWith, type Simulated } from './simulation';
import { compileOperands, diagnosticLines } from './sources';

/** Kinds whose line is followed by what to do. */
const ADVISED = new Set<ExplainedFinding['kind']>(['budget', 'unsupported']);
/** Kinds that Go itself reports, as races or in its crash text; all others are told in a line each. */
const GO_REPORTS = new Set<ExplainedFinding['kind']>(['data-race', 'deadlock', 'panic', 'fatal']);

export function run({ operands, flags }: Invocation, io: Io): number {
  const start = io.now();
  const limits = limitsOf(flags, io);
  const json = flags.has('json');
  const compiled = compileInTime(operands, flags, io, limits);
  if (typeof compiled === 'number') return compiled;
  if (!compiled.code) return notCompiled(compiled.program, json, io);
  const onOutput = json ? undefined : (text: string, stream: 1 | 2): void => io.program(text, stream);
  const simulation = simulateWith(compiled, flags, io, limits, { trace: false, onOutput });
  if (!simulation) return 0;
  const status = statusOf(simulation);
  if (json) io.stdout(jsonText(runJson(simulation, compiled.program, status, io.now() - start)));
  else io.stderr(report(simulation, status, (file) => visibleLine(io.absolute(file))));
  return status;
} // prettier-ignore

/** The compiled program; or the exit status of a run that ended before there was one: a document is whole all the same. */
function compileInTime(operands: readonly string[], flags: Flags, io: Io, limits: Limits): Compiled | number {
  try {
    return compileOperands(operands, flags, io, limits);
  } catch (error) {
    if (!(error instanceof Interrupted) || !flags.has('json')) throw error;
    const { signal } = limits;
    const exit = signal ? EXIT[signal] : 2;
    const outcome = { kind: signal ? 'interrupted' : 'budget' };
    io.stdout(jsonText({ schema: RUN_SCHEMA, file: operands[0] ?? '', exit, outcome, findings: [] }));
    return exit;
  }
}

function notCompiled(program: Program, json: boolean, io: Io): number {
  if (json) {
    const document = { schema: RUN_SCHEMA, file: program.sources[0]?.name ?? '', exit: EXIT.compile, findings: [], diagnostics: diagnosticsJson(program) };
    io.stdout(jsonText(document));
  } else io.stderr(diagnosticLines(program));
  return EXIT.compile;
} // prettier-ignore

/** The exit status that a shell would see of `go run -race`: a race matters when the program itself ended well. */
export function statusOf({ outcome, findings, signal }: Simulated): number {
  if (signal && outcome.kind === 'budget') return EXIT[signal];
  const ended = outcome.kind === 'exit';
  if (ended && outcome.status === 0 && findings.some((finding) => finding.kind === 'data-race')) return EXIT.race;
  if (outcome.kind === 'unsupported') return EXIT.unsupported;
  return ended ? outcome.status : outcome.status || 2;
}

/** All that goes to standard error after the program's own output. */
function report(simulation: Simulated, status: number, path: (file: string) => string): string {
  const { findings, trace, replay, stats } = simulation;
  const crashes = crashesOf(simulation, path);
  const parts = [goRaceReports(findings, trace, path), ...crashes];
  for (const finding of findings) if (!GO_REPORTS.has(finding.kind)) parts.push(ownLine(finding, trace.meta));
  if (crashes.length === 0) parts.push(goRaceSummary(findings));
  if (trace.meta.racesGaveUp)
    parts.push('interlane: races were not looked for to the end: that would take too much memory\n');
  if (replay && replay.drawn > 0)
    parts.push(
      `interlane: the schedule's ${replay.choices} choices ended before the run did: ${replay.drawn} more were drawn from seed ${trace.meta.seed}\n`,
    );
  if (isInterrupted(simulation)) parts.push(`interlane: interrupted after ${stats.steps} instructions\n`);
  if (status !== 0) parts.push(`exit status ${status}\n`);
  return parts.join('');
}

/** Go's text of each process that crashed. */
function crashesOf({ outcome, endings, findings, trace }: Simulated, path: PathOf): string[] {
  const { goroutines, processes } = trace.meta;
  if (processes.length <= 1)
    return hasCrashed(outcome) ? [goCrash(outcome.text ?? outcome.kind, findings, trace, path)] : [];
  const homes = new Map(goroutines.map(({ id, process }) => [id, process]));
  return [...endings].flatMap(([id, ending]) => {
    if (!hasCrashed(ending)) return [];
    const own = findings.filter(({ sites }) => homes.get(sites[0]?.g ?? 0) === id);
    return [goCrash(ending.text ?? ending.kind, own, trace, path)];
  });
}

function hasCrashed({ kind }: Simulated['outcome']): boolean {
  return kind === 'panic' || kind === 'fatal' || kind === 'deadlock';
}

/** `counter.lane:12: leak: When main ended, …` */
function ownLine(finding: ExplainedFinding, meta: SimulationResult['trace']['meta']): string {
  const place = meta.places[finding.sites[0]?.place ?? -1];
  const at = place ? `${visibleLine(meta.files[place.file] ?? '?')}:${place.line}: ` : '';
  const advice = ADVISED.has(finding.kind) ? finding.advice.map((line) => `\t${line.replaceAll('`', '')}\n`) : [];
  return `${at}${finding.kind}: ${visibleLine(finding.message)}\n${advice.join('')}`;
}

function isInterrupted({ outcome }: SimulationResult): boolean {
  return outcome.kind === 'budget' && outcome.budget === 'interrupted';
}

function runJson(simulation: Simulated, program: Program, exit: number, wallMs: number): RunJson {
  const { trace, findings, stdout, stderr, stats, schedule, outcome, replay } = simulation;
  const { goroutines, threads, processes, switches, peakBytes, steps, virtualNs } = stats;
  return {
    schema: RUN_SCHEMA,
    file: program.sources[0]?.name ?? '',
    exit,
    outcome: {
      kind: isInterrupted(simulation) ? 'interrupted' : outcome.kind,
      ...(outcome.text !== undefined && { text: outcome.text }),
    },
    stdout,
    stderr,
    seed: trace.meta.seed,
    schedule,
    ...(replay && { replay }),
    steps,
    virtualNs,
    wallMs: Math.round(wallMs * 10) / 10,
    findings: findings.map((finding) => findingJson(finding, trace.meta, program.sources)),
    stats: { goroutines, threads, processes, switches, peakBytes },
  };
}
