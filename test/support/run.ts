/** This file runs a program text the way the command line does, for tests that speak of what a program does. */
import { compileSources, type SourceText } from '../../src/session/compile';
import { simulate, type SimulationOptions, type SimulationResult } from '../../src/session/simulation';

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
  /** `kind` of each finding. */
  readonly findings: readonly SimulationResult['findings'][number][];
  readonly diagnostics: readonly { code: string; message: string; line: number }[];
  readonly simulation?: SimulationResult;
}

/** @param dialect `lane` or `go`; decides how the text is read. */
export function runText(
  text: string,
  dialect: 'lane' | 'go' = 'lane',
  options: Partial<SimulationOptions> = {},
): RunResult {
  return runSources([{ name: `test.${dialect}`, text }], options);
}

/** Runs a program of several files. */
export function runSources(sources: readonly SourceText[], options: Partial<SimulationOptions> = {}): RunResult {
  const { program, code } = compileSources(sources);
  const diagnostics = program.diagnostics.map((diagnostic) => ({
    code: diagnostic.code,
    message: diagnostic.message,
    line: (program.sources[diagnostic.file]?.position(diagnostic.span.start).line ?? 0) + 1,
  }));
  if (!code) return { stdout: '', stderr: '', exit: 65, findings: [], diagnostics };
  const simulation = simulate(program, code, { seed: 42, ...options });
  const { stdout, stderr, outcome, findings } = simulation;
  return { stdout, stderr, exit: outcome.status, findings, diagnostics, simulation };
}
