/**
 * This file makes the fingerprint of a run: what a version of the machine that is only faster must leave as it is. It has a part for each thing that is told,
 * so that a difference says where to look.
 *
 * A run that ends because memory is spent has no fingerprint: how much memory a run needs is no part of what it does.
 */
import type { Budgets } from '../../src/base/budgets';
import type { Code } from '../../src/bytecode/code';
import { Detection } from '../../src/detect/detection';
import type { Finding } from '../../src/detect/finding';
import { RecordingChooser, SeededChooser, type Chooser, type SchedulerName } from '../../src/event/choice';
import type { Outcome } from '../../src/event/ending';
import type { Program } from '../../src/lang/program';
import { machineConfig } from '../../src/machine/config';
import { endingOf } from '../../src/machine/ending';
import { Machine } from '../../src/machine/machine';
import { encodeSchedule } from '../../src/trace/schedule';
import { Digest } from './digest';
import { EventPrint } from './eventPrint';
import { Names } from './names';

/** What is run, and by which chance. */
export interface Subject {
  readonly program: Program;
  readonly code: Code;
  readonly seed: number;
  readonly scheduler?: SchedulerName;
  readonly budgets?: Partial<Budgets>;
}

/** Ways of running that must not matter. */
export interface Way {
  /** False: plain accesses are not told; there are no findings that follow from them. */
  readonly detect?: boolean;
  /** False: there are no detectors, which cannot go back with a run. */
  readonly detection?: boolean;
  /** False: events are compared without their times (EventPrint). */
  readonly timed?: boolean;
  /** Instructions after which it pauses. */
  readonly slice?: number;
  /** Slots whose every access is told. */
  readonly watch?: ReadonlySet<number>;
  /** Decides instead of the seed. */
  readonly chooser?: Chooser;
}

/** By part, in the order in which people look at them. */
export interface Fingerprint {
  readonly outcome: string;
  readonly events: string;
  readonly accesses: string;
  readonly findings: string;
  readonly output: string;
  readonly choices: string;
}

/** Large enough that no program of the tests spends the memory, small enough that one which never ends is over soon. */
export const BUDGETS: Partial<Budgets> = { steps: 12_000, virtualNs: 10e9, memoryWords: 1 << 27, goroutines: 20_000 };

/** A run that can be asked for its fingerprint at its end. */
export class Printed {
  private readonly print: EventPrint;
  readonly machine: Machine;
  private readonly detection = new Detection();
  private readonly chooser: RecordingChooser;

  constructor(
    private readonly subject: Subject,
    {
      detect = true,
      detection = true,
      timed = true,
      watch = new Set(),
      chooser = new SeededChooser(subject.seed),
    }: Way = {},
  ) {
    const { program, code, scheduler } = subject;
    this.print = new EventPrint(timed);
    this.chooser = new RecordingChooser(chooser);
    const own = Object.fromEntries(program.machine.map(({ key, value }) => [key, value]));
    const config = machineConfig({ traceQueues: true, ...own });
    this.machine = new Machine(code, config, this.chooser, detection ? [this.detection, this.print] : [this.print], {
      detect,
      watch,
      budgets: { ...BUDGETS, ...subject.budgets },
      ...(scheduler && { scheduler }),
    });
  }

  /** Runs to the end. */
  finish(slice = Infinity): Fingerprint {
    let outcome = this.machine.run(slice);
    while (outcome.kind === 'paused') outcome = this.machine.run(slice);
    return isOfMemory(outcome) ? SPENT : this.fingerprint(outcome);
  }

  private fingerprint(outcome: Outcome): Fingerprint {
    const { machine, print, chooser } = this;
    const names = new Names();
    const findings = this.detection.finish(endingOf(machine, outcome));
    return {
      outcome: `${outcome.budget ?? outcome.code ?? outcome.kind}:${outcome.status}`,
      events: `${print.count}:${print.events.digest.toString()}`,
      accesses: print.accesses.digest.toString(),
      findings: `${findings.length}:${digestOf(findings.map((finding) => told(finding, names)).join('\n'))}`,
      output: digestOf(names.text(`${machine.log.texts.toArray().join('\0')}\n${JSON.stringify(endOf(machine, outcome, names))}`)), // prettier-ignore
      choices: digestOf(encodeSchedule(chooser.choices, this.subject.scheduler)),
    };
  }
}

export function fingerprint(subject: Subject, way: Way = {}): Fingerprint {
  return new Printed(subject, way).finish(way.slice);
}

/** The parts on a line. */
export function lineOf(print: Fingerprint): string {
  return print.outcome === SPENT.outcome ? SPENT.outcome : Object.values(print).join(' ');
}

const SPENT: Fingerprint = { outcome: 'memory', events: '', accesses: '', findings: '', output: '', choices: '' };

/** Whether a run ended because memory is spent: the host's, or the simulated machine's. */
export function isOfMemory({ budget, code }: Outcome): boolean {
  return budget === 'memoryWords' || code === 'fatal.out-of-memory';
}

/** How a run ended, and what it used of what is no memory. */
function endOf({ stats }: Machine, { text, g, pc, spending, advice }: Outcome, names: Names): object {
  const { goroutines, threads, processes, switches, steps, virtualNs } = stats;
  return { text, advice, g, pc: names.place(pc ?? -1), spending, goroutines, threads, processes, switches, steps, virtualNs };
} // prettier-ignore

/** A finding, its instructions and objects by first appearance. */
function told(finding: Finding, names: Names): string {
  const sites = finding.sites.map((site) => ({ ...site, pc: names.place(site.pc), object: names.field('object', site.object) }));
  return names.text(JSON.stringify({ ...finding, held: undefined, object: names.field('object', finding.object), sites }));
} // prettier-ignore

export function digestOf(text: string): string {
  const digest = new Digest();
  digest.addText(text);
  return digest.toString();
}
