/** This file takes one input through every stage, as the worker, the panel and the command line do between them, and throws when a law is broken. */
import { Interrupt } from '../../src/base/interrupt';
import type { Code } from '../../src/bytecode/code';
import type { Program } from '../../src/lang/program';
import { Simulation, type SimulationOptions, type SimulationResult } from '../../src/session/simulation';
import { encodeTrace } from '../../src/trace/format';
import { ScheduleError } from '../../src/trace/schedule';
import { Chance } from './chance';
import { parseSources, readSources } from './frontLaws';
import type { FuzzInput } from './inputs';
import { LawBroken, same } from './law';
import { AFTER_A_RUN } from './runLaws';

/** Where an input can be: what a process that died was doing. */
export const STAGES = ['generate', 'parse', 'compile', 'diagnostics', 'print', 'fixes', 'run', ...(Object.keys(AFTER_A_RUN) as (keyof typeof AFTER_A_RUN)[]), 'again', 'replay'] as const; // prettier-ignore
export type Stage = (typeof STAGES)[number];

/** Limits of real time, in ms of the processor: those of a loaded machine are the same. */
export const FRONT_LIMIT = 2000;
export const RUN_LIMIT = 300;

export interface Judged {
  readonly compiled: boolean;
  readonly ran: boolean;
}

/** @throws LawBroken, and whatever a stage throws, which none may */
export function judge(input: FuzzInput, stage: (stage: Stage) => void = () => {}): Judged {
  if (input.depth === 'parse') {
    stage('parse');
    parseSources(input.sources, within(FRONT_LIMIT));
    return { compiled: false, ran: false };
  }
  const { program, code } = readSources(input.sources, within(FRONT_LIMIT), stage);
  if (!code || input.depth === 'front') return { compiled: code !== undefined, ran: false };
  judgeRun(input, program, code, stage);
  return { compiled: true, ran: true };
}

function judgeRun(input: FuzzInput, program: Program, code: Code, stage: (stage: Stage) => void): void {
  stage('run');
  const result = run(program, code, input);
  for (const [name, check] of Object.entries(AFTER_A_RUN)) {
    stage(name as keyof typeof AFTER_A_RUN);
    check(result, program);
  }
  stage('again');
  const again = run(program, code, { ...input, slice: input.slice === 997 ? 1_000_000 : 997 });
  sameTold(toldBy, again, result, 'the same run is the same');
  if (!input.replay) return;
  stage('replay');
  replay(input, program, code, result);
}

/** Two runs tell the same, unless real time ended one of them, or the telling of it, which comes when it comes. */
function sameTold(told: (again: SimulationResult, first: SimulationResult) => string, again: SimulationResult, first: SimulationResult, law: string): void {
  if ([again, first].some(({ findings }) => findings.some(({ code }) => code === 'budget.wallTime'))) return;
  if ([again, first].some(({ outcome }) => outcome.budget === 'wallTime')) return;
  same(told(again, first), toldBy(first), law);
} // prettier-ignore

/** All that one run tells that another of the same must tell, too. */
export function toldBy({ trace, findings, outcome, stdout, stderr, stats, schedule }: SimulationResult): string {
  // The simulation's own memory, which no output tells of, is looked at now and then.
  const told = { findings, outcome, stdout, stderr, schedule, stats: { ...stats, hostPeakBytes: 0 } };
  return `${JSON.stringify(told)}\n${encodeTrace(trace)}`;
}

/** Runs a program in slices until it ends, or its real time is up. */
export function run(
  program: Program,
  code: Code,
  { seed, settings, budgets, scheduler, slice }: FuzzInput,
  more: Partial<SimulationOptions> = {},
): SimulationResult {
  const interrupt = within(RUN_LIMIT);
  const up = clock(RUN_LIMIT);
  // The controlled scheduler runs programs of one process.
  const controlled = scheduler === 'controlled' && code.processes.length === 1 ? { scheduler } : {};
  const simulation = new Simulation(program, code, { seed, settings, budgets, interrupt, ...controlled, ...more });
  while (simulation.advance(slice) === 'running') if (up()) simulation.stop('wallTime');
  return simulation.result;
}

/** The schedule of a run again, whole or damaged: whole it gives the same run whatever the seed; damaged it is refused or gives some run. */
function replay(input: FuzzInput, program: Program, code: Code, first: SimulationResult): void {
  const chance = new Chance(input.seed);
  const schedule = input.replay === 'same' ? first.schedule : damaged(first.schedule, input.replay === 'truncated', chance);
  try {
    const again = run(program, code, { ...input, seed: input.replay === 'same' ? input.seed + 1 : input.seed }, { schedule });
    if (input.replay === 'same') sameTold(toldByReplay, again, first, 'a schedule replays its run');
  } catch (error) {
    if (!(error instanceof ScheduleError) || input.replay === 'same') throw error;
  }
} // prettier-ignore

/** What a replay tells, with the seed of the run that it replays in place of its own. */
export function toldByReplay(again: SimulationResult, first: SimulationResult): string {
  const meta = { ...again.trace.meta, seed: first.trace.meta.seed };
  return toldBy({ ...again, trace: { ...again.trace, meta } });
}

function damaged(schedule: string, truncated: boolean, chance: Chance): string {
  const at = chance.below(schedule.length + 1);
  if (truncated) return schedule.slice(0, at);
  return schedule.slice(0, at) + chance.pick(['A', '_', '-', '!', '', '8'.repeat(chance.size(40)), 'c.']) + schedule.slice(at + 1);
} // prettier-ignore

/** True once so many ms of the processor are used from now on. */
function clock(ms: number): () => boolean {
  const now = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const begun = now();
  return () => now() - begun > ms;
}

function within(ms: number): Interrupt {
  const up = clock(ms);
  return new Interrupt(() => (up() ? 'wallTime' : undefined));
}

/** The law that an input broke, or what was thrown, in a line that is the same for the same fault. */
export function signatureOf(error: unknown): string {
  if (error instanceof LawBroken && error.law !== error.message) return `law: ${error.law}`;
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const what = `${error.name}: ${error.message}`.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '"…"').replace(/-?\d[\d.e+]*/g, 'N');
  return `${what.split('\n')[0]!.slice(0, 120)} @ ${framesOf(error).join(' < ')}`;
} // prettier-ignore

/** The innermost places in the project's own code: those of a recursion, of which each is the same, once. */
function framesOf({ stack = '' }: Error): string[] {
  const frames = [...stack.matchAll(/at (?:async )?([\w.#<>$ [\]]+) \(.*\/((?:src|test)\/[\w./-]+):\d+:\d+\)/g)];
  const names = frames.map((match) => `${match[2]!.replace(/^src\//, '')} ${match[1]!.replace(/^.*\./, '')}`);
  return [...new Set(names)].slice(0, 3);
}
