/**
 * This file runs a compiled program, step by step as its driver wishes, and says what happened: trace, explained findings, output.
 *
 * A run is a pure function of code, configuration and choices, so it is done twice when that pays: the first pass detects and records the choices; if it
 * saw memory that goroutines share, a second pass replays the same choices while watching that memory, and so knows every value and every stack. A run
 * that shares nothing is its own trace.
 *
 * The driver has the clock, the message loop and the user: it decides how far to advance before it looks at them again. A simulation that
 * nobody wants any more is simply not advanced.
 */
import { InternalError } from '../base/assert';
import type { Code } from '../bytecode/code';
import { RecordingChooser, ReplayingChooser, SeededChooser } from '../event/choice';
import type { Ending, Outcome } from '../event/ending';
import type { Program } from '../lang/program';
import { endingOf } from '../machine/ending';
import type { Stats } from '../machine/machine';
import { explainAll } from '../report/explain';
import type { ExplainedFinding } from '../report/explained';
import { decodeSchedule, encodeSchedule, schedulerOf } from '../trace/schedule';
import type { Trace } from '../trace/store';
import { buildTrace } from './meta';
import { Pass, type PassOptions } from './pass';
import { Places } from './places';

/** How far the pass in hand has come. */
export interface Progress {
  readonly steps: number;
  readonly virtualNs: number;
}

export interface SimulationOptions extends PassOptions {
  readonly seed: number;
  /** Choices to replay exactly (trace/schedule.ts), of the scheduler that they were made for; past their end the seed goes on. */
  readonly schedule?: string;
  /** False: only detect; the trace is the one of the first pass, without shared accesses and values. */
  readonly values?: boolean;
}

export interface SimulationResult {
  readonly trace: Trace;
  readonly findings: readonly ExplainedFinding[];
  readonly outcome: Outcome<string>;
  /** All that the program printed. */
  readonly stdout: string;
  readonly stderr: string;
  readonly stats: Stats;
  readonly schedule: string;
  readonly ending: Ending;
}

export class Simulation {
  private readonly options: SimulationOptions;
  private readonly recorded: RecordingChooser;
  private readonly first: Pass;
  /** The pass in hand. */
  private pass: Pass;
  private concluded: SimulationResult | undefined;

  /** @throws ScheduleError */
  constructor(
    private readonly program: Program,
    private readonly code: Code,
    options: SimulationOptions,
  ) {
    const seeded = new SeededChooser(options.seed);
    const { schedule } = options;
    this.options = schedule === undefined ? options : { ...options, scheduler: schedulerOf(schedule) };
    this.recorded = new RecordingChooser(
      schedule === undefined ? seeded : new ReplayingChooser(decodeSchedule(schedule), seeded),
    );
    this.pass = this.first = new Pass(program, code, this.recorded, new Set(), this.options);
  }

  /** Runs about so many more instructions, at most to the end of a pass. */
  advance(steps = Infinity): 'running' | 'done' {
    this.pass.advance(steps);
    return this.settle();
  }

  /** Ends the pass in hand where it is: real time, which only the driver can measure, is up. */
  stop(budget: 'wallTime'): 'running' | 'done' {
    this.pass.stop(budget);
    return this.settle();
  }

  get progress(): Progress {
    const { steps, virtualNs } = this.pass.machine.stats;
    return { steps, virtualNs };
  }

  /** What happened, once it is 'done'. */
  get result(): SimulationResult {
    if (this.pass.outcome === undefined) throw new InternalError('a simulation without an end', { ...this.progress });
    return (this.concluded ??= this.conclude());
  }

  /** Goes on to the second pass when the first has ended and a second pays. */
  private settle(): 'running' | 'done' {
    if (this.pass.outcome === undefined) return 'running';
    if (this.pass !== this.first || !this.paysToWatch()) return 'done';
    const shared = this.first.detection.races.sharedSlots();
    if (shared.length === 0) return 'done';
    this.pass = this.replay(new Set(shared));
    return 'running';
  }

  /** Whether a second pass has something to show: not when nobody wants values, nor when a run without a race was stopped half-way. */
  private paysToWatch(): boolean {
    const { outcome, detection } = this.first;
    if (this.options.values === false) return false;
    return outcome?.kind !== 'budget' || detection.races.finish().length > 0;
  }

  /** The same choices again, for as many instructions, with every access to shared memory told. */
  private replay(watch: ReadonlySet<number>): Pass {
    const { program, code, options, first } = this;
    const chooser = new ReplayingChooser(this.recorded.choices, new SeededChooser(0));
    const until = first.outcome?.kind === 'budget' ? { until: first.machine.vm.steps } : {};
    return new Pass(program, code, chooser, watch, { ...options, ...until, onOutput: undefined });
  }

  private conclude(): SimulationResult {
    const { code, options, first, pass } = this;
    const { machine, recording, detection } = pass;
    const schedule = encodeSchedule(this.recorded.choices, options.scheduler);
    // Stopped by a budget, the second pass ends where the first did; the first knows which budget it was.
    const outcome = first.outcome?.kind === 'budget' ? first.outcome : pass.outcome!;
    const ending = endingOf(machine, outcome);
    const raw = detection.finish(ending);
    const places = new Places(code);
    const trace = buildTrace(machine, recording, places, raw, {
      seed: options.seed,
      schedule,
      outcome,
      racesGaveUp: detection.races.gaveUp,
    });
    const findings = explainAll(raw, trace, {
      place: (pc) => places.ofPc(pc),
      row: (event) => recording.rowOf(event),
      ending,
    });
    const stdout = first.output.text(1);
    const stderr = first.output.text(2);
    return { trace, findings, outcome, stdout, stderr, stats: first.machine.stats, schedule, ending };
  }
}

/** Runs a program to its end at once. @throws ScheduleError */
export function simulate(program: Program, code: Code, options: SimulationOptions): SimulationResult {
  const simulation = new Simulation(program, code, options);
  while (simulation.advance() === 'running');
  return simulation.result;
}
