/** This file runs a compiled program once under observation: everything that the detectors, the trace and the output need of it. */
import { type BudgetName, type Budgets, DEFAULT_BUDGETS } from '../base/budgets';
import type { Interrupt } from '../base/interrupt';
import { Ledger } from '../base/ledger';
import type { Code } from '../bytecode/code';
import { Detection } from '../detect/detection';
import type { PastAccess } from '../detect/history';
import type { Chooser, SchedulerName } from '../event/choice';
import type { Outcome } from '../event/ending';
import { Kind } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';
import type { Program } from '../lang/program';
import { machineConfig } from '../machine/config';
import { Machine } from '../machine/machine';
import { PrintedPieces } from '../trace/printed';
import { Cast } from './cast';
import { stands } from './places';
import { Recording } from './recording';

export interface PassOptions {
  /** Machine keys; `machine { … }` in the program wins. */
  readonly settings?: Readonly<Record<string, number>>;
  readonly budgets?: Partial<Budgets>;
  /** Told of all work. */
  readonly interrupt?: Interrupt;
  /** Who decides which goroutine runs when; the simulated scheduler unless set. */
  readonly scheduler?: SchedulerName;
  /** Instructions after which it is over: it repeats a run that was stopped there. */
  readonly until?: number;
  /** Where the host's memory is accounted for, of whoever holds some for the pass from without; what the trace holds is not: it has a budget of its own. */
  readonly ledger?: Ledger;
  /** Told of each piece of output as it appears. */
  readonly onOutput?: ((text: string, stream: 1 | 2) => void) | undefined;
}

/** Collects what the program prints. */
class Output implements Observer {
  readonly kinds = [Kind.Print];
  readonly pieces = new PrintedPieces();
  constructor(private readonly tell: PassOptions['onOutput']) {}
  observe(log: EventLog, i: number): void {
    const index = log.obj[i]!;
    const text = log.texts.at(index)!;
    const stream = log.a[i] === 2 ? 2 : 1;
    this.pieces.add(text, stream, index);
    this.tell?.(text, stream);
  }
}

/** Whether an instruction (word index) is of package `testing`. */
function inTesting({ functions, words }: Code): (pc: number) => boolean {
  const own = functions.filter(({ name }) => name.startsWith('testing.'));
  if (own.length === 0) return () => false;
  const marks = new Uint8Array(words.length / WORDS_OF_AN_INSTRUCTION);
  for (const { entry, end } of own) marks.fill(1, entry / WORDS_OF_AN_INSTRUCTION, end / WORDS_OF_AN_INSTRUCTION);
  return (pc) => pc >= 0 && marks[pc / WORDS_OF_AN_INSTRUCTION] === 1;
}

const WORDS_OF_AN_INSTRUCTION = 4;

/** A ledger with nothing in it yet. */
export function ledgerOf(budgets: Partial<Budgets> = {}): Ledger {
  return new Ledger((budgets.memoryWords ?? DEFAULT_BUDGETS.memoryWords) * BYTES_OF_A_WORD);
}

const BYTES_OF_A_WORD = 4;

/** What is wanted of a pass besides findings and output. */
export interface Recorded {
  /** Slots whose every access is told, with its value and stack, as long as the trace has room. */
  readonly watch: ReadonlySet<number>;
  /** Earlier accesses of races of which is to be remembered what was known at them. */
  readonly asked: readonly PastAccess[];
  /** Whether a run that is longer than its trace is recorded to its end. */
  readonly detail: boolean;
}

/** Goroutines and channels of which the making is remembered, however few rows a trace may have: findings name late ones, too. */
const FEWEST_REMEMBERED = 1 << 16;

export class Pass {
  readonly detection: Detection;
  readonly cast: Cast;
  /** Undefined: it keeps no trace. */
  readonly recording: Recording | undefined;
  readonly output: Output;
  readonly machine: Machine;
  /** How it ended; undefined while it runs. */
  outcome: Outcome | undefined;

  private readonly until: number;

  /** @param recorded undefined: no trace; nothing is told then that only a trace shows, as how long queues are. */
  constructor(program: Program, code: Code, chooser: Chooser, recorded: Recorded | undefined, options: PassOptions) {
    this.until = options.until ?? Infinity;
    const { ledger = ledgerOf(options.budgets) } = options;
    const maxRows = options.budgets?.traceRows ?? DEFAULT_BUDGETS.traceRows;
    this.detection = new Detection(ledger, options.interrupt, recorded?.asked);
    this.recording = recorded && this.recordingOf(code, maxRows, recorded);
    this.cast = new Cast(Math.max(maxRows, FEWEST_REMEMBERED));
    this.output = new Output(options.onOutput);
    const own = Object.fromEntries(program.machine.map((setting) => [setting.key, setting.value]));
    const config = machineConfig({ traceQueues: recorded !== undefined, ...options.settings, ...own });
    const observers = [this.detection, this.recording, this.cast, this.output].filter((each) => each !== undefined);
    this.machine = new Machine(code, config, chooser, observers, {
      detect: true,
      ledger,
      ...(recorded && { watch: recorded.watch }),
      ...(options.scheduler && { scheduler: options.scheduler }),
      ...(options.budgets && { budgets: options.budgets }),
      ...(options.interrupt && { interrupt: options.interrupt }),
    });
  }

  private recordingOf(code: Code, maxRows: number, { watch, detail }: Recorded): Recording {
    // Of an access that the trace has no room for nobody can see value or stack.
    const full = (): void => this.machine.world.unwatch();
    const isPlace = (pc: number): boolean => stands(code, pc);
    const recording = new Recording({ maxRows, detail, watched: watch, hidden: inTesting(code), isPlace, full });
    this.detection.races.onFound = (sites) => {
      for (const { event } of sites) recording.pin(event);
    };
    return recording;
  }

  /** Runs about so many more instructions, unless it has ended. */
  advance(steps: number): void {
    if (this.outcome) return;
    const left = this.until - this.machine.vm.steps;
    const outcome = this.machine.run(Math.min(steps, left));
    if (outcome.kind !== 'paused') this.outcome = outcome;
    else if (this.machine.vm.steps >= this.until) this.stop('steps');
  }

  /** Ends it where it is, unless it has ended: a budget is spent that the machine cannot measure, or somebody interrupts it. */
  stop(budget: BudgetName | 'interrupted'): void {
    if (this.outcome) return;
    this.outcome = this.machine.stop(budget);
  }
}
