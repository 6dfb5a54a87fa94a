/** This file runs a program in every way in which the controlled scheduler can run it. */
import type { Code } from '../../src/bytecode/code';
import { choiceCode, type Chooser } from '../../src/event/choice';
import type { ChoicePoint } from '../../src/event/choicePoint';
import { relation } from '../../src/event/dependence';
import type { Outcome } from '../../src/event/ending';
import { Kind } from '../../src/event/kinds';
import type { EventLog } from '../../src/event/log';
import { OPERATION_NAMES } from '../../src/event/operations';
import { machineConfig } from '../../src/machine/config';
import { Machine, type MachineOptions } from '../../src/machine/machine';
import type { Names } from '../../src/machine/names';

/** One operation as it was chosen: by whom, and what it touched, by names that are the same in every run. */
export interface Step {
  readonly by: string;
  readonly partner: string;
  readonly selectCase: number;
  readonly accesses: readonly { operation: number; object: string; by: string }[];
}

export interface Execution {
  readonly outcome: Outcome;
  readonly output: string;
  readonly steps: readonly Step[];
  readonly choices: readonly number[];
  readonly machine: Machine;
}

const NEXT_OPERATION = choiceCode('next-operation');
const BUDGETS = { steps: 20_000 };

/** Thrown when a program has more runs than are wanted. */
export class TooMany extends Error {}

/** Depth first, alternatives in order: calls `visit` for every run of the program. @returns how many there were @throws TooMany */
export function enumerate(
  code: Code,
  visit: (execution: Execution) => void,
  most = 100_000,
  options: Partial<MachineOptions> = {},
): number {
  const subject = new Subject(code, options);
  const path: { chosen: number; of: number }[] = [];
  for (let runs = 1; ; runs++) {
    let depth = 0;
    const execution = subject.run((point) => {
      const of = point.kind === NEXT_OPERATION ? point.count : 1;
      if (depth === path.length) path.push({ chosen: 0, of });
      return path[depth++]!.chosen;
    });
    visit(execution);
    while (path.length > 0 && path.at(-1)!.chosen + 1 === path.at(-1)!.of) path.pop();
    if (path.length === 0) return runs;
    if (runs >= most) throw new TooMany(`more than ${most} runs`);
    path.at(-1)!.chosen++;
  }
}

/** A program in a machine under the controlled scheduler, which is run from the start again and again. */
export class Subject {
  readonly machine: Machine;
  private decide: (point: ChoicePoint) => number = () => 0;
  private steps: Step[] = [];
  private choices: number[] = [];
  private output = '';

  constructor(code: Code, options: Partial<MachineOptions> = {}) {
    const chooser: Chooser = { choose: (point) => this.choose(point) };
    const printed = {
      observe: (log: EventLog, i: number) => {
        if (log.kind[i] === Kind.Print) this.output += log.texts.at(log.obj[i]!)!;
      },
    };
    this.machine = new Machine(code, machineConfig({ cores: 1 }), chooser, [printed], {
      detect: false,
      scheduler: 'controlled',
      names: true,
      window: 64,
      budgets: BUDGETS,
      ...options,
    });
  }

  run(decide: (point: ChoicePoint) => number): Execution {
    const { machine } = this;
    machine.reset();
    this.decide = decide;
    this.steps = [];
    this.choices = [];
    this.output = '';
    const outcome = machine.run();
    return { outcome, output: this.output, steps: this.steps, choices: this.choices, machine };
  }

  private choose(point: ChoicePoint): number {
    const chosen = this.decide(point);
    this.choices.push(chosen);
    if (point.kind === NEXT_OPERATION) this.steps.push(stepOf(point, chosen, this.machine.names!));
    return chosen;
  }
}

function stepOf(point: ChoicePoint, k: number, names: Names): Step {
  const by = names.goroutine(point.goroutine[k]!);
  const partner = names.goroutine(point.partner[k]!);
  const accesses = [];
  for (let at = point.first[k]!; at < point.first[k + 1]!; at++) {
    const who = partner !== '' && at === point.first[k]! + 1 ? partner : by;
    for (let slot = 0; slot < point.slots[at]!; slot++)
      accesses.push({ operation: point.operation[at]!, object: names.object(point.object[at]! + slot), by: who });
  }
  return { by, partner, selectCase: point.selectCase[k]!, accesses };
}

/** What a run did, up to the order of operations that commute: every operation, and every pair whose order made a difference. */
export function traceOf({ steps }: Execution): string {
  const counts = new Map<string, number>();
  const events = steps.flatMap((step) => {
    for (const who of new Set([step.by, step.partner])) counts.set(who, (counts.get(who) ?? 0) + 1);
    return step.accesses.map((access, i) => ({
      ...access,
      id: `${access.by}:${counts.get(access.by)}.${i} ${OPERATION_NAMES[access.operation]} ${access.object}`,
    }));
  }); // prettier-ignore
  const lines = events.map((event) => event.id);
  events.forEach((late, j) => {
    for (const early of events.slice(0, j)) {
      if (early.object !== late.object || early.by === late.by) continue;
      const how = relation(early.operation, late.operation);
      if (how === 'race' || how === 'balance') lines.push(`${early.id} < ${late.id}`);
    }
  });
  return lines.sort().join('\n');
}

/** How a run ended, and what it printed. */
export function endOf({ outcome, output }: Pick<Execution, 'outcome' | 'output'>): string {
  return output + (outcome.text ?? (outcome.kind === 'budget' ? `budget ${outcome.budget}` : `${outcome.kind} ${outcome.status}`));
} // prettier-ignore
