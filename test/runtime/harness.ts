/** This file runs a program in a machine and collects its events as lines of text. */
import type { Code } from '../../src/bytecode/code';
import { SeededChooser, type Chooser } from '../../src/event/choice';
import { EVENT_NAMES } from '../../src/event/kinds';
import type { EventLog, Observer } from '../../src/event/log';
import { machineConfig, type MachineConfig } from '../../src/machine/config';
import type { Outcome } from '../../src/event/ending';
import { Machine, type MachineOptions } from '../../src/machine/machine';

/** All fields of each event, one line an event. */
export class Recorder implements Observer {
  readonly lines: string[] = [];
  observe(log: EventLog, i: number): void {
    this.lines[log.first + i] =
      `${log.time[i]} ${EVENT_NAMES[log.kind[i]!]} g${log.g[i]} c${log.core[i]} t${log.thread[i]} obj=${log.obj[i]} a=${log.a[i]} b=${log.b[i]} v=${log.hi[i]}:${log.lo[i]} pc=${log.pc[i]}`;
  }

  /** Names of events of the given kinds, with goroutine and object. */
  of(...kinds: string[]): string[] {
    return this.lines.filter((line) => kinds.includes(line.split(' ')[1]!));
  }
}

export interface Run {
  readonly machine: Machine;
  readonly outcome: Outcome;
  readonly recorder: Recorder;
}

export interface RunOptions extends Partial<MachineOptions> {
  readonly seed?: number;
  readonly chooser?: Chooser;
  readonly config?: Partial<MachineConfig>;
}

export function boot(code: Code, options: RunOptions = {}): { machine: Machine; recorder: Recorder } {
  const recorder = new Recorder();
  const chooser = options.chooser ?? new SeededChooser(options.seed ?? 1);
  const machine = new Machine(code, machineConfig(options.config), chooser, [recorder], { detect: true, ...options });
  return { machine, recorder };
}

export function run(code: Code, options: RunOptions = {}): Run {
  const { machine, recorder } = boot(code, options);
  return { machine, recorder, outcome: machine.run() };
}

/** What a program printed to stdout. */
export function stdout(run: Omit<Run, 'outcome'>): string {
  const { texts } = run.machine.log;
  return run.recorder
    .of('Print')
    .map((line) => texts.at(Number(/obj=(-?\d+)/.exec(line)![1])))
    .join('');
}
