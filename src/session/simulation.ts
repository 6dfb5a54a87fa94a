/**
 * This file runs a compiled program, step by step as its driver wishes, and says what happened: trace, explained findings, output.
 *
 * A run is a pure function of code, configuration and choices, so it is done twice when that pays. The first pass detects and records the choices. Unless
 * somebody wants to see the trace it records nothing else, and a run in which nothing is found that takes a trace to explain is over then. Of a run whose trace
 * is wanted the first pass is the trace, unless goroutines share memory. Otherwise a second pass replays the same choices: it keeps the trace and watches the
 * memory that is shared, and so knows every value and every stack.
 *
 * The driver has the clock, the message loop and the user: it decides how far to advance before it looks at them again. A simulation that
 * nobody wants any more is simply not advanced.
 */
import { InternalError } from '../base/assert';
import { Deadline } from '../base/deadline';
import { Interrupt, Interrupted } from '../base/interrupt';
import type { Code } from '../bytecode/code';
import type { Finding, FindingKind, Site } from '../detect/finding';
import { RecordingChooser, ReplayingChooser, SeededChooser } from '../event/choice';
import type { Outcome } from '../event/ending';
import type { Program } from '../lang/program';
import { briefEndingOf, endingOf, outcomesOf } from '../machine/ending';
import type { Stats } from '../machine/machine';
import { explainAll } from '../report/explain';
import type { ExplainedFinding } from '../report/explained';
import { inTrace, textOf, type Printed } from '../trace/printed';
import { decodeSchedule, encodeSchedule, ScheduleError, schedulerOf } from '../trace/schedule';
import type { Trace } from '../trace/store';
import { Closing } from './closing';
import { buildTrace, type Facts } from './meta';
import { ledgerOf, Pass, type PassOptions, type Recorded } from './pass';
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
  /** False: nobody will look at the trace; it has rows only where findings took one to be explained. */
  readonly trace?: boolean;
  /** Told of all work, that of making the result included. */
  readonly interrupt?: Interrupt;
  /** The real time within which the result is to be there, whose end `interrupt` tells of. */
  readonly deadline?: Deadline;
  /** Ns that whoever drives the simulation takes for each row of the trace to pass it on: that is to be done in time, too. */
  readonly tellingNs?: number;
}

export interface SimulationResult {
  /** When the run was not {@link traced} it has the rows of its beginning at most, and knows the goroutines, objects and places of findings. */
  readonly trace: Trace;
  /** Whether the trace shows the run: it was wanted, or taken to explain what was found. */
  readonly traced: boolean;
  readonly findings: readonly ExplainedFinding[];
  /** How the run ended: with its last process, as the first of them that did not end well. */
  readonly outcome: Outcome;
  /** How each process ended that has ended by itself, by its id; how a budget ended the run is its `outcome`. */
  readonly endings: ReadonlyMap<number, Outcome>;
  /** All that the program printed, piece by piece, and by stream. */
  readonly printed: Printed;
  readonly stdout: string;
  readonly stderr: string;
  readonly stats: Stats;
  /** The choices (trace/schedule.ts). May be written when it is read first. */
  readonly schedule: string;
}

export class Simulation {
  private readonly options: SimulationOptions;
  /** Of the schedule that is replayed, if one is: how much of it fits so far. */
  readonly replaying: ReplayingChooser | undefined;
  private readonly recorded: RecordingChooser;
  /** How the first pass ended, once it has. The pass itself is let go then: two would need twice the memory. */
  private first: FirstEnd | undefined;
  /** The pass in hand. */
  private pass: Pass;
  private isSecond = false;
  /** What the first pass found; undefined while nobody has asked. */
  private found: readonly Finding[] | undefined;
  private concluded: SimulationResult | undefined;
  private readonly deadline: Deadline;
  private closing: Closing;
  private readonly interrupt: Interrupt;
  /** Told of what follows a pass. */
  private readonly concluding: Interrupt;
  /** Time was up while findings were looked for: those that take long have not been. */
  private isCut = false;
  private schedule: string | undefined;

  /** @throws ScheduleError */
  constructor(
    private readonly program: Program,
    private readonly code: Code,
    options: SimulationOptions,
  ) {
    const seeded = new SeededChooser(options.seed);
    const { schedule } = options;
    this.options = schedule === undefined ? options : { ...options, scheduler: schedulerOf(schedule) };
    if (this.options.scheduler === 'controlled' && code.processes.length > 1)
      throw new ScheduleError('it is of a program of one process, and this one has several');
    this.replaying = schedule === undefined ? undefined : new ReplayingChooser(decodeSchedule(schedule), seeded);
    this.deadline = options.deadline ?? Deadline.never;
    this.interrupt = options.interrupt ?? Interrupt.never;
    this.concluding = this.interrupt.ofConclusion;
    const ledger = ledgerOf(options.budgets);
    this.recorded = new RecordingChooser(this.replaying ?? seeded, ledger.share('choices'));
    const recorded = options.trace === false ? undefined : { watch: NOTHING, asked: [], detail: true };
    this.pass = new Pass(program, code, this.recorded, recorded, { ...this.options, ledger });
    this.closing = this.begin();
  }

  /** Runs about so many more instructions, at most to the end of a pass. */
  advance(steps = Infinity): 'running' | 'done' {
    this.pass.advance(steps);
    return this.settle();
  }

  /** Ends the pass in hand where it is: real time, which only the driver can measure, is up, or somebody wants to see what there is so far. */
  stop(budget: 'wallTime' | 'interrupted'): 'running' | 'done' {
    this.pass.stop(budget);
    return this.settle();
  }

  get progress(): Progress {
    const { steps, virtualNs } = this.pass.machine.stats;
    return { steps, virtualNs };
  }

  /**
   * What happened, once it is 'done'. When time is up before all of it has been worked out, it says what is missing. @throws Interrupted when `options.interrupt` says
   * that nobody wants it any more
   */
  get result(): SimulationResult {
    if (this.pass.outcome === undefined) throw new InternalError('a simulation without an end', { ...this.progress });
    return (this.concluded ??= this.conclude());
  }

  /** Work at the pass in hand begins. */
  private begin(): Closing {
    this.deadline.begin(() => this.closingMs);
    return new Closing(this.pass, this.options.tellingNs ?? 0);
  }

  /** Ms that it will take, about, to make the result, if the pass in hand ends now. */
  private get closingMs(): number {
    return this.closing.findingMs + this.tellingMs;
  }

  private get tellingMs(): number {
    return this.closing.tellingMs(this.recorded.length);
  }

  /** Goes on to the second pass when the first has ended and a second pays. */
  private settle(): 'running' | 'done' {
    const { pass } = this;
    if (pass.outcome === undefined) return 'running';
    if (this.first !== undefined) return 'done';
    const first = (this.first = endOf(pass, pass.outcome));
    if (!pass.recording) this.found = this.foundBy(pass, first.outcome);
    const recorded = this.wantedOf(pass, first.outcome);
    if (recorded === undefined) return 'done';
    this.found ??= this.foundBy(pass, first.outcome);
    this.pass = this.replay(recorded, first);
    this.isSecond = true;
    this.closing = this.begin();
    return 'running';
  }

  /** When time is up, what takes long is left out. @throws Interrupted when nobody wants it any more */
  private foundBy({ machine, detection }: Pass, outcome: Outcome): readonly Finding[] {
    this.deadline.conclude(() => this.tellingMs);
    try {
      return detection.finish(endingOf(machine, outcome, this.concluding), this.concluding);
    } catch (error) {
      if (!isLate(error)) throw error;
      this.isCut = true;
      return detection.briefly(briefEndingOf(machine, outcome));
    }
  }

  /** What a second pass is to record; undefined: nothing, the first tells all there is to tell. When no time is left there is none for it. */
  private wantedOf({ recording, detection: { races } }: Pass, outcome: Outcome): Recorded | undefined {
    if (endedFromOutside(outcome) || this.isCut) return undefined;
    const watch = new Set(this.paysToWatch(outcome, races.finish()) ? races.sharedSlots() : []);
    const asked = races.forgotten;
    const pays = recording
      ? watch.size > 0 || asked.length > 0
      : this.found!.some(({ kind }) => !TOLD_WITHOUT_TRACE.has(kind));
    return pays ? { watch, asked, detail: this.options.trace !== false } : undefined;
  }

  /** Whether values have something to show: not when nobody wants them, or a run without a race was stopped half-way. */
  private paysToWatch(outcome: Outcome, races: readonly Finding[]): boolean {
    return this.options.values !== false && (outcome.kind !== 'budget' || races.length > 0);
  }

  /** The same choices again, for as many instructions, with every access to shared memory told. */
  private replay(recorded: Recorded, { outcome, steps }: FirstEnd): Pass {
    const { program, code, options } = this;
    // What is accounted for is the same again, so that it goes as far.
    const ledger = ledgerOf(options.budgets);
    const chooser = new ReplayingChooser(this.recorded.list, new SeededChooser(0), ledger.share('choices'));
    // Where the budget of instructions is spent it is again, be it within one of them.
    const until = outcome.kind === 'budget' && outcome.budget !== 'steps' ? { until: steps } : {};
    return new Pass(program, code, chooser, recorded, { ...options, ...until, ledger, onOutput: undefined });
  }

  private conclude(): SimulationResult {
    const told = this.told(this.first!.outcome);
    this.deadline.conclude();
    try {
      return this.tell(told, this.concluding);
    } catch (error) {
      if (!isLate(error)) throw error;
      return this.tellBriefly(told);
    }
  }

  /** @throws Interrupted */
  private tell({ outcome, found }: Told, interrupt: Interrupt): SimulationResult {
    const { code, options, pass } = this;
    const { machine, recording } = pass;
    const places = new Places(code);
    const schedule = this.toldSchedule(interrupt);
    const { trace, texts } = buildTrace(pass, places, found.flat(), this.factsOf(outcome, schedule), interrupt);
    const stacks = machine.stacks(new Set(found[0].flatMap(({ sites }) => sites.map(({ g }) => g))), interrupt);
    const explain = (some: readonly Finding[], isStanding: boolean): ExplainedFinding[] =>
      explainAll(some, trace, {
        interrupt,
        place: (pc) => places.ofPc(pc),
        row: (event) => recording?.rowOf(event) ?? -1,
        stack: (g) => (isStanding ? (stacks.get(g) ?? []).map((frame) => frame.pc) : []),
      });
    const own = this.isSearchCut ? this.withCut(found[0], outcome, 'search') : found[0];
    const findings = [...explain(own, true), ...explain(found[1], false)];
    // Of a run that nobody looks at only as much is recorded as findings name: where that is full, it ends.
    const isBeginning = options.trace === false && trace.meta.truncated;
    const traced = recording !== undefined && !this.gaveUpTrace && !isBeginning;
    return this.withSchedule({ trace, traced, findings, outcome, ...this.ofTheFirst(texts) }, schedule);
  }

  /** What there is without looking at all that was kept: the findings, what they name, and that there is no more. @throws Interrupted when nobody wants it any more */
  private tellBriefly({ outcome, found }: Told): SimulationResult {
    const { code, options } = this;
    const { machine, cast } = this.pass;
    const interrupt = this.interrupt.untilCancelled;
    const places = new Places(code);
    const own = this.withCut(found.flat().map(withoutEvents), outcome, this.isSearchCut ? 'both' : 'trace');
    const schedule = this.toldSchedule(interrupt);
    const { trace, texts } = buildTrace({ machine, cast, recording: undefined, brief: true }, places, own, this.factsOf(outcome, schedule), interrupt);
    const findings = explainAll(own, trace, { interrupt, place: (pc) => places.ofPc(pc), row: () => -1, stack: () => [] });
    // Of who wants to see a trace: there is none to be had.
    const traced = options.trace !== false;
    return this.withSchedule({ trace, traced, findings, outcome, ...this.ofTheFirst(texts) }, schedule);
  } // prettier-ignore

  /** What was found, with a word about what could not be worked out in time. */
  private withCut(found: readonly Finding[], { g = 0, pc = -1 }: Outcome, cut: Finding['cut'] & string): Finding[] {
    const isTime = ({ code }: Finding): boolean => code === 'budget.wallTime';
    if (found.some(isTime)) return found.map((finding) => (isTime(finding) ? { ...finding, cut } : finding));
    const spending = this.pass.machine.platform.spending('wallTime');
    const site = { role: 'here', g, pc, event: -1, op: 'budget', object: 0 } as const;
    return [...found, { kind: 'budget', code: 'budget.wallTime', sites: [site], object: 0, spending, cut }];
  }

  /** Whether nobody has looked for what takes long to find: where there are two passes, the first has. */
  private get isSearchCut(): boolean {
    return this.isCut && !this.isSecond;
  }

  private factsOf(outcome: Outcome, schedule: Facts['schedule']): Facts {
    return { seed: this.options.seed, schedule, outcome, racesGaveUp: this.pass.detection.races.gaveUp };
  }

  private ofTheFirst(
    texts: readonly number[],
  ): Pick<SimulationResult, 'endings' | 'printed' | 'stdout' | 'stderr' | 'stats'> {
    const { stats, printed: whole } = this.first!;
    const printed = inTrace(whole, texts);
    const [stdout, stderr] = [textOf(printed, 1), textOf(printed, 2)];
    return { endings: outcomesOf(this.pass.machine), printed, stdout, stderr, stats };
  }

  /** With the schedule, for whoever asks for it. */
  private withSchedule(result: Omit<SimulationResult, 'schedule'>, told: () => string): SimulationResult {
    return {
      ...result,
      get schedule() {
        return told();
      },
    };
  }

  /** The choices as text, which may be as long as the run: of a run that nobody looks at it is written when somebody asks for it. @throws Interrupted */
  private toldSchedule(interrupt: Interrupt): () => string {
    const { recorded, options } = this;
    const told = (heard: Interrupt): string =>
      (this.schedule ??= encodeSchedule(recorded.choices, options.scheduler, heard));
    if (options.trace !== false) told(interrupt);
    return () => told(Interrupt.never);
  }

  /** How the run ended, and what was found of it. @throws Interrupted */
  private told(first: Outcome): Told {
    const { pass, found } = this;
    if (!this.isSecond) return { outcome: first, found: [found ?? this.foundBy(pass, first), []] };
    if (this.gaveUpTrace) return { outcome: first, found: [[], found!.map(withoutEvents)] };
    const isCut = endedFromOutside(pass.outcome);
    // Stopped by a budget, the second pass ends where the first did; the first knows which budget it was.
    const outcome = first.kind === 'budget' && !isCut ? first : pass.outcome!;
    const own = this.foundBy(pass, outcome);
    // The first has looked for all of it.
    if (this.isCut && !isCut) return { outcome, found: [[], found!.map(withoutEvents)] };
    return { outcome, found: isCut ? withAll(own, found!) : [own, []] };
  }

  /** Whether the time was up while a trace was taken for findings that can do without: nobody asked for it, and there are no values to tell. */
  private get gaveUpTrace(): boolean {
    const { pass, options, found } = this;
    return options.trace === false && this.isSecond && pass.outcome?.budget === 'wallTime' && !found!.some(isRace);
  }
}

const NOTHING: ReadonlySet<number> = new Set();

/** Findings that are told in a line, at a place of their own, and name no object. */
const TOLD_WITHOUT_TRACE: ReadonlySet<FindingKind> = new Set(['budget', 'unsupported']);

function isRace({ kind }: Finding): boolean {
  return kind === 'data-race' || kind === 'misuse';
}

/** What is told of a run. */
interface Told {
  readonly outcome: Outcome;
  /** What the pass in hand saw to its end, and what only the first did. */
  readonly found: readonly [own: readonly Finding[], ofTheFirst: readonly Finding[]];
}

/** What a second pass that was cut short tells: that it was, and all that the first had found, which saw the run to its end. */
function withAll(own: readonly Finding[], whole: readonly Finding[]): Told['found'] {
  return [
    own.filter(({ kind }) => kind === 'budget').map((finding) => ({ ...finding, repeated: true as const })),
    whole.filter(({ kind }) => kind !== 'budget').map(withoutEvents),
  ];
}

/** The second pass counts its events anew: it tells of more of them. */
function withoutEvents(finding: Finding): Finding {
  const plain = (sites: readonly Site[]): Site[] => sites.map((site) => ({ ...site, event: -1 }));
  const { sites, ring } = finding;
  return { ...finding, sites: plain(sites), ...(ring && { ring: plain(ring) }) };
}

/** Whether work was left because time was up; not because nobody wants it any more. */
function isLate(error: unknown): boolean {
  return error instanceof Interrupted && error.reason !== 'cancelled';
}

/** What remains of the first pass. */
interface FirstEnd {
  readonly outcome: Outcome;
  readonly printed: Printed;
  readonly stats: Stats;
  /** Instructions, bulk work and turns (Vm.steps). */
  readonly steps: number;
}

function endOf({ output, machine }: Pass, outcome: Outcome): FirstEnd {
  return {
    outcome,
    printed: output.pieces.printed(),
    stats: machine.stats,
    steps: machine.vm.steps,
  };
}

/** Whether real time was up, or somebody wanted to see what there is so far. */
function endedFromOutside(outcome: Outcome | undefined): boolean {
  return outcome?.budget === 'wallTime' || outcome?.budget === 'interrupted';
}

/** Runs a program to its end at once. @throws ScheduleError */
export function simulate(program: Program, code: Code, options: SimulationOptions): SimulationResult {
  const simulation = new Simulation(program, code, options);
  while (simulation.advance() === 'running');
  return simulation.result;
}
