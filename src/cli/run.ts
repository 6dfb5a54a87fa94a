/** This file is `interlane run`: one simulation, reported as `go run -race` would report it. */
import type { Program } from '../lang/program';
import type { ExplainedFinding } from '../report/explained';
import { goRaceReports, goRaceSummary } from '../report/goRace';
import { goCrash } from '../report/goroutineDump';
import { RUN_SCHEMA, findingJson } from '../report/json';
import type { RunJson } from '../report/json';
import type { SimulationResult } from '../session/simulation';
import type { Invocation } from './args';
import { diagnosticsJson } from './check';
import { EXIT } from './exit';
import type { Io } from './io';
import { simulateWith } from './simulation';
import { compileOperands, diagnosticLines } from './sources';

/** Kinds whose line is followed by what to do. */
const ADVISED = new Set<ExplainedFinding['kind']>(['budget', 'unsupported']);
/** Kinds that Go itself reports, as races or in its crash text; all others are told in a line each. */
const GO_REPORTS = new Set<ExplainedFinding['kind']>(['data-race', 'deadlock', 'panic', 'fatal']);

export function run({ operands, flags }: Invocation, io: Io): number {
  const start = io.now();
  const compiled = compileOperands(operands, flags, io);
  const json = flags.has('json');
  if (!compiled.code) return notCompiled(compiled.program, json, io);
  const simulation = simulateWith(compiled, flags, io, json ? {} : { onOutput: (text, stream) => (stream === 2 ? io.stderr(text) : io.stdout(text)) });
  if (!simulation) return 0;
  const status = statusOf(simulation);
  if (json) io.stdout(JSON.stringify(runJson(simulation, compiled.program, status, io.now() - start), null, 2) + '\n');
  else io.stderr(report(simulation, status, (file) => io.absolute(file)));
  return status;
} // prettier-ignore

function notCompiled(program: Program, json: boolean, io: Io): number {
  if (json) {
    const document = { schema: RUN_SCHEMA, file: program.sources[0]?.name ?? '', exit: EXIT.compile, findings: [], diagnostics: diagnosticsJson(program) };
    io.stdout(JSON.stringify(document, null, 2) + '\n');
  } else io.stderr(diagnosticLines(program));
  return EXIT.compile;
} // prettier-ignore

/** The exit status that a shell would see of `go run -race`: a race matters when the program itself ended well. */
export function statusOf({ outcome, findings }: SimulationResult): number {
  const ended = outcome.kind === 'exit';
  if (ended && outcome.status === 0 && findings.some((finding) => finding.kind === 'data-race')) return EXIT.race;
  if (outcome.kind === 'unsupported') return EXIT.unsupported;
  return ended ? outcome.status : outcome.status || 2;
}

/** All that goes to standard error after the program's own output. */
function report(
  { outcome, findings, trace }: SimulationResult,
  status: number,
  path: (file: string) => string,
): string {
  const { kind, text } = outcome;
  const crashed = kind === 'panic' || kind === 'fatal' || kind === 'deadlock';
  const parts = [goRaceReports(findings, trace, path)];
  if (crashed) parts.push(goCrash(text ?? kind, findings, trace, path));
  for (const finding of findings) if (!GO_REPORTS.has(finding.kind)) parts.push(ownLine(finding, trace.meta));
  if (!crashed) parts.push(goRaceSummary(findings));
  if (trace.meta.racesGaveUp) parts.push('interlane: races were not looked for to the end: too many goroutines\n');
  if (status !== 0) parts.push(`exit status ${status}\n`);
  return parts.join('');
}

/** `counter.lane:12: leak: When main ended, …` */
function ownLine(finding: ExplainedFinding, meta: SimulationResult['trace']['meta']): string {
  const place = meta.places[finding.sites[0]?.place ?? -1];
  const at = place ? `${meta.files[place.file] ?? '?'}:${place.line}: ` : '';
  const advice = ADVISED.has(finding.kind) ? finding.advice.map((line) => `\t${line.replaceAll('`', '')}\n`) : [];
  return `${at}${finding.kind}: ${finding.message}\n${advice.join('')}`;
}

function runJson(simulation: SimulationResult, program: Program, exit: number, wallMs: number): RunJson {
  const { trace, findings, stdout, stderr, stats, schedule, outcome } = simulation;
  const { goroutines, threads, processes, switches, peakBytes, steps, virtualNs } = stats;
  return {
    schema: RUN_SCHEMA,
    file: program.sources[0]?.name ?? '',
    exit,
    outcome: { kind: outcome.kind, ...(outcome.text !== undefined && { text: outcome.text }) },
    stdout,
    stderr,
    seed: trace.meta.seed,
    schedule,
    steps,
    virtualNs,
    wallMs: Math.round(wallMs * 10) / 10,
    findings: findings.map((finding) => findingJson(finding, trace.meta, program.sources)),
    stats: { goroutines, threads, processes, switches, peakBytes },
  };
}
