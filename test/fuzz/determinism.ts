/** This file runs programs in all the ways that must not matter: in slices of any size, by the schedule of another run; and says of each what it told. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Budgets } from '../../src/base/budgets';
import type { Code } from '../../src/bytecode/code';
import type { Program } from '../../src/lang/program';
import { compileSources } from '../../src/session/compile';
import { Simulation, type SimulationResult } from '../../src/session/simulation';
import { EXAMPLES } from '../harness/examples';
import { codeOf, programShape } from '../runtime/randomProgram';
import { Chance } from './chance';
import { readCorpus } from './corpus';
import { toldBy, toldByReplay } from './judge';
import { Library } from './library';
import { mutant } from './mutate';
import { Specimen } from './specimen';
import { typedParts } from './typed';

export interface Subject {
  readonly name: string;
  readonly program: Program;
  readonly code: Code;
  readonly seed: number;
  readonly budgets: Budgets;
}

/** Small enough that a run in slices of one instruction ends in a second or two; some programs end by each of them. */
const BUDGETS: Budgets = { steps: 20_000, virtualNs: 5e9, memoryWords: 1 << 20, goroutines: 500, outputBytes: 4096, traceRows: 5000, wallTime: Infinity }; // prettier-ignore
/** In turn one of them so small that most programs spend it: where a run ends must not depend on who drives it, either. */
const SMALL: readonly Partial<Budgets>[] = [
  {},
  { steps: 700 },
  { virtualNs: 20_000 },
  { memoryWords: 1 << 16 },
  { goroutines: 3 },
  { outputBytes: 8 },
  { traceRows: 40 },
];
const SLICES = [1, 997, 1_000_000];

/** The examples, then generated programs and mutants that compile, in turn: always the same. */
export function* subjects(): Generator<Subject> {
  yield* examples();
  const mutants = compilingMutants(new Library(readCorpus()));
  const empty = compileSources([{ name: 'empty.lane', text: 'func main() {}' }]).program;
  for (let seed = 1; ; seed++) {
    const [shape] = fc.sample(programShape, { seed, numRuns: 1 });
    yield { name: `generated program ${seed}`, program: empty, code: codeOf(shape!), seed, budgets: budgetsOf(seed) };
    yield mutants.next().value as Subject;
  }
}

function budgetsOf(number: number): Budgets {
  return { ...BUDGETS, ...SMALL[number % SMALL.length] };
}

function* examples(): Generator<Subject> {
  for (const name of readdirSync(EXAMPLES).filter((file) => file.endsWith('.lane'))) {
    const { program, code } = compileSources([{ name, text: readFileSync(join(EXAMPLES, name), 'utf8') }]);
    yield { name, program, code: code!, seed: 7, budgets: BUDGETS };
  }
}

function* compilingMutants(library: Library): Generator<Subject> {
  for (let number = 0; ; number++) {
    const { text, dialect } = mutant(Chance.of(0, number), library).specimen;
    if (text.length > 8000 || typedParts(new Specimen(text, dialect)).size === 0) continue;
    const { program, code } = compileSources([{ name: `mutant.${dialect}`, text }]);
    if (code) yield { name: `mutant ${number}\n${text}`, program, code, seed: number, budgets: budgetsOf(number) };
  }
}

/** What each way of running tells, by the way: one hash of findings, trace, output, statistics and schedule for all of them, if the law holds. */
export function tellings(subject: Subject): Record<string, string> {
  const told: Record<string, string> = {};
  for (const slice of SLICES) told[`slices of ${slice}`] = hash(toldBy(run(subject, slice)));
  const first = run(subject, 1_000_000);
  told.replay = hash(toldByReplay(run({ ...subject, seed: subject.seed + 1 }, 997, first.schedule), first));
  return told;
}

function run({ program, code, seed, budgets }: Subject, slice: number, schedule?: string): SimulationResult {
  const simulation = new Simulation(program, code, { seed, budgets, ...(schedule !== undefined && { schedule }) });
  while (simulation.advance(slice) === 'running');
  return simulation.result;
} // prettier-ignore

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
