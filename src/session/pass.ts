/** This file runs a compiled program once under observation: everything that the detectors, the trace and the output need of it. */
import { functionAt, type Code } from '../bytecode/code';
import { Detection } from '../detect/detection';
import type { Chooser, SchedulerName } from '../event/choice';
import type { Outcome } from '../event/ending';
import { Kind } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';
import type { Program } from '../lang/program';
import { machineConfig } from '../machine/config';
import { Machine, type Budgets } from '../machine/machine';
import { Recording } from './recording';

export interface PassOptions {
  /** Machine keys; `machine { … }` in the program wins. */
  readonly settings?: Readonly<Record<string, number>>;
  readonly budgets?: Partial<Budgets>;
  readonly maxTraceRows?: number;
  /** Who decides which goroutine runs when; the simulated scheduler unless set. */
  readonly scheduler?: SchedulerName;
  /** Instructions after which it is over: it repeats a run that was stopped there. */
  readonly until?: number;
  /** Told of each piece of output as it appears. */
  readonly onOutput?: ((text: string, stream: 1 | 2) => void) | undefined;
}

const MAX_ROWS = 200_000;

/** Collects what the program prints. */
class Output implements Observer {
  private readonly parts: [string[], string[]] = [[], []];
  constructor(private readonly tell: PassOptions['onOutput']) {}
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

export class Pass {
  readonly detection = new Detection();
  readonly recording: Recording;
  readonly output: Output;
  readonly machine: Machine;
  /** How it ended; undefined while it runs. */
  outcome: Outcome<string> | undefined;

  private readonly until: number;

  /** @param watch slots whose every access is told, with its value and stack. */
  constructor(program: Program, code: Code, chooser: Chooser, watch: ReadonlySet<number>, options: PassOptions) {
    this.until = options.until ?? Infinity;
    const inTesting = (pc: number): boolean => functionAt(code, pc)?.name.startsWith('testing.') ?? false;
    this.recording = new Recording(options.maxTraceRows ?? MAX_ROWS, watch, inTesting);
    this.output = new Output(options.onOutput);
    const own = Object.fromEntries(program.machine.map((setting) => [setting.key, setting.value]));
    const config = machineConfig({ traceQueues: true, ...options.settings, ...own });
    const observers: Observer[] = [this.detection, this.recording, this.output];
    this.machine = new Machine(code, config, chooser, observers, {
      detect: true,
      watch,
      ...(options.scheduler && { scheduler: options.scheduler }),
      ...(options.budgets && { budgets: options.budgets }),
    });
  }

  /** Runs about so many more instructions, unless it has ended. */
  advance(steps: number): void {
    if (this.outcome) return;
    const left = this.until - this.machine.vm.steps;
    const outcome = this.machine.run(Math.min(steps, left));
    if (outcome.kind !== 'paused') this.outcome = outcome;
    else if (this.machine.vm.steps >= this.until) this.stop('steps');
  }

  /** Ends it where it is, unless it has ended: a budget is spent that the machine cannot measure. */
  stop(budget: string): void {
    if (this.outcome) return;
    const goroutines = this.machine.goroutines();
    const running = goroutines.find((g) => g.state === 'running') ?? goroutines[0];
    this.outcome = {
      kind: 'budget',
      status: 2,
      budget,
      ...(running && { g: running.id, pc: running.stack[0]?.pc ?? -1 }),
    };
  }
}
