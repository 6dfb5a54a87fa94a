/**
 * This file runs a compiled program and says what happened: trace, explained findings, output.
 *
 * A run is a pure function of code, configuration and choices, so it is done twice when that pays: the first run detects and records the choices; if it
 * saw memory that goroutines share, a second run replays the same choices while watching that memory, and so knows every value and every stack. A run
 * that shares nothing is its own trace.
 */
import { functionAt, type Code } from '../bytecode/code';
import { RecordingChooser, ReplayingChooser, SeededChooser, type Chooser } from '../event/choice';
import { Kind } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';
import type { Ending, Outcome } from '../event/ending';
import { Detection } from '../detect/detection';
import type { Program } from '../lang/program';
import { machineConfig } from '../machine/config';
import { Machine, type Budgets, type Stats } from '../machine/machine';
import { explainAll } from '../report/explain';
import type { ExplainedFinding } from '../report/explained';
import type { Trace } from '../trace/store';
import { decodeSchedule, encodeSchedule } from '../trace/schedule';
import { endingOf } from '../machine/ending';
import { buildTrace } from './meta';
import { Places } from './places';
import { Recording } from './recording';

export interface Progress {
  readonly steps: number;
  readonly virtualNs: number;
}
/** Why a run is to stop before its end: nobody wants it any more, or its real time is up. */
export type StopReason = 'cancelled' | 'wallTime';

export interface SimulateOptions {
  readonly seed: number;
  /** Machine keys; `machine { … }` in the program wins. */
  readonly settings?: Readonly<Record<string, number>>;
  readonly budgets?: Partial<Budgets>;
  readonly maxTraceRows?: number;
  /** Choices to replay exactly (trace/schedule.ts); past their end the seed goes on. @throws ScheduleError */
  readonly schedule?: string;
  /** Told of each piece of output as it appears. */
  readonly onOutput?: (text: string, stream: 1 | 2) => void;
  /** Asked about every `sliceSteps` instructions. */
  readonly shouldStop?: (progress: Progress) => StopReason | undefined;
  readonly sliceSteps?: number;
  /** False: only detect; the trace is the one of the first run, without shared accesses and values. */
  readonly values?: boolean;
}

export interface Simulation {
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

const MAX_ROWS = 200_000;
const SLICE = 1_000_000;

/** Collects what the program prints. */
class Output implements Observer {
  private readonly parts: [string[], string[]] = [[], []];
  constructor(private readonly tell: SimulateOptions['onOutput']) {}
  observe(log: EventLog, i: number): void {
    if (log.kind[i] !== Kind.Print) return;
    const text = log.texts.at(log.obj[i]!)!;
    const stream = log.a[i] === 2 ? 2 : 1;
    this.parts[stream - 1]!.push(text);
    this.tell?.(text, stream);
  }
  text(stream: 1 | 2): string {
    return this.parts[stream - 1]!.join('');
  }
}

interface Pass {
  readonly machine: Machine;
  readonly outcome: Simulation['outcome'];
  readonly detection: Detection;
  readonly recording: Recording;
  readonly output: Output;
}

/** Runs the program once. @returns undefined when `shouldStop` says that it was cancelled. */
export function simulate(program: Program, code: Code, options: SimulateOptions): Simulation | undefined {
  const fallback = new SeededChooser(options.seed);
  const chooser =
    options.schedule === undefined ? fallback : new ReplayingChooser(decodeSchedule(options.schedule), fallback);
  const recorded = new RecordingChooser(chooser);
  const first = onePass(program, code, options, recorded, new Set(), options.onOutput);
  if (!first) return undefined;
  const shared = paysToWatch(first, options) ? first.detection.races.sharedSlots() : [];
  const second = shared.length > 0 ? replay(program, code, options, recorded.choices, first, new Set(shared)) : first;
  if (!second) return undefined;
  return conclude(code, options, second, first, encodeSchedule(recorded.choices));
}

/** Whether a second run has something to show: not when nobody wants values, nor when a run without a race was stopped half-way. */
function paysToWatch(first: Pass, options: SimulateOptions): boolean {
  if (options.values === false) return false;
  return first.outcome.kind !== 'budget' || first.detection.races.finish().length > 0;
}

/** The same choices again, for as many instructions, with every access to shared memory told. */
function replay(
  program: Program,
  code: Code,
  options: SimulateOptions,
  choices: readonly number[],
  first: Pass,
  watch: ReadonlySet<number>,
): Pass | undefined {
  const stopped = first.outcome.kind === 'budget';
  const budgets = stopped ? { ...options.budgets, steps: Math.max(1, first.machine.vm.steps) } : options.budgets;
  const again = { ...options, ...(budgets && { budgets }) };
  return onePass(program, code, again, new ReplayingChooser(choices, new SeededChooser(0)), watch, undefined);
}

function onePass(
  program: Program,
  code: Code,
  options: SimulateOptions,
  chooser: Chooser,
  watch: ReadonlySet<number>,
  tell: SimulateOptions['onOutput'],
): Pass | undefined {
  const detection = new Detection();
  const inTesting = (pc: number): boolean => functionAt(code, pc)?.name.startsWith('testing.') ?? false;
  const recording = new Recording(options.maxTraceRows ?? MAX_ROWS, watch, inTesting);
  const output = new Output(tell);
  const own = Object.fromEntries(program.machine.map((setting) => [setting.key, setting.value]));
  const config = machineConfig({ traceQueues: true, ...options.settings, ...own });
  const observers: Observer[] = [detection, recording, output];
  const machine = new Machine(code, config, chooser, observers, {
    detect: true,
    watch,
    ...(options.budgets && { budgets: options.budgets }),
  });
  const outcome = runToEnd(machine, options);
  return outcome && { machine, outcome, detection, recording, output };
}

function runToEnd(machine: Machine, options: SimulateOptions): Simulation['outcome'] | undefined {
  for (;;) {
    const outcome = machine.run(options.sliceSteps ?? SLICE);
    if (outcome.kind !== 'paused') return outcome;
    const reason = options.shouldStop?.({ steps: machine.vm.steps, virtualNs: machine.stats.virtualNs });
    if (reason === 'cancelled') return undefined;
    if (reason === 'wallTime') {
      const running = machine.goroutines().find((g) => g.state === 'running') ?? machine.goroutines()[0];
      return {
        kind: 'budget',
        status: 2,
        budget: 'wallTime',
        ...(running && { g: running.id, pc: running.stack[0]?.pc ?? -1 }),
      };
    }
  }
}

function conclude(code: Code, options: SimulateOptions, pass: Pass, first: Pass, schedule: string): Simulation {
  const { machine, recording, detection } = pass;
  // Stopped by a budget, the second run ends where the first did; the first knows which budget it was.
  const outcome = first.outcome.kind === 'budget' ? first.outcome : pass.outcome;
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
  return {
    trace,
    findings,
    outcome,
    stdout: first.output.text(1),
    stderr: first.output.text(2),
    stats: first.machine.stats,
    schedule,
    ending,
  };
}
