/** This file turns failures that stop a run into findings: panics, fatal errors, violated assertions, spent budgets. */
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import type { Ending } from '../event/ending';
import type { Detector, Finding, Site } from './finding';

/** Assertions reported at most; of one instruction only the first. */
const MOST_ASSERTIONS = 64;

/** Stable codes by Go's text. */
const PANICS: readonly (readonly [RegExp, string])[] = [
  [/send on closed channel/, 'panic.send-on-closed-channel'],
  [/close of closed channel/, 'panic.close-of-closed-channel'],
  [/close of nil channel/, 'panic.close-of-nil-channel'],
  [/negative WaitGroup counter/, 'panic.negative-waitgroup'],
  [/WaitGroup (misuse|is reused)/, 'panic.waitgroup-misuse'],
  [/sync\.Cond is copied/, 'panic.cond-copied'],
  [/assignment to entry in nil map/, 'panic.nil-map'],
  [/index out of range/, 'panic.index'],
  [/slice bounds out of range/, 'panic.slice'],
  [/integer divide by zero/, 'panic.divide'],
  [/nil pointer dereference/, 'panic.nil-pointer'],
  [/interface conversion/, 'panic.conversion'],
  [/(Log|Fail) in goroutine after .* has completed/, 'panic.test-ended'],
  [/makeslice|makechan/, 'panic.make'],
];
const FATALS: readonly (readonly [RegExp, string])[] = [
  [/unlock of unlocked/i, 'fatal.unlock-of-unlocked'],
  [/concurrent map/, 'fatal.concurrent-map'],
  [/stack overflow|stack exceeds/, 'fatal.stack-overflow'],
  [/nil func/, 'fatal.go-of-nil-func'],
  [/out of memory|cannot allocate memory|newosproc/, 'fatal.out-of-memory'],
];

function codeOf(table: readonly (readonly [RegExp, string])[], text: string, otherwise: string): string {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? otherwise;
}

/** Where something happened, and its text. */
interface Happening {
  readonly g: number;
  readonly pc: number;
  readonly event: number;
  readonly text: string;
}

export class FailureDetector implements Detector {
  /** By goroutine: its latest panic. */
  private readonly panics = new Map<number, Happening>();
  private fatal: Happening | undefined;
  private readonly assertions = new Map<number, Happening>();

  /** Codes of the events that matter. */
  static get kinds(): readonly number[] {
    return [PANIC, FATAL, ASSERT];
  }

  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (kind !== PANIC && kind !== FATAL && kind !== ASSERT) return;
    const text = log.texts.at(log.obj[i]!) ?? '';
    const happening = { g: log.g[i]!, pc: log.pc[i]!, event: log.first + i, text };
    if (kind === PANIC) this.panics.set(happening.g, happening);
    else if (kind === FATAL) this.fatal = happening;
    else if (this.assertions.size < MOST_ASSERTIONS && !this.assertions.has(happening.pc)) {
      this.assertions.set(happening.pc, happening);
    }
  }

  finish(ending: Ending): Finding[] {
    const found: Finding[] = [...this.assertions.values()].map((happening) => ({
      kind: 'assertion',
      code: 'assertion.failed',
      sites: [siteOf(happening, 'assert')],
      object: 0,
      text: happening.text,
    }));
    const end = this.endFinding(ending);
    // An assertion that ended the run is one finding, not two.
    const repeats = end?.kind === 'panic' && found.some((finding) => finding.sites[0]!.g === end.sites[0]!.g && end.text!.includes(finding.text!)); // prettier-ignore
    return end && !repeats ? [...found, end] : found;
  }

  private endFinding(ending: Ending): Finding | undefined {
    const { g = 0, pc = -1, text = '' } = ending;
    const base = { object: 0, text };
    if (ending.kind === 'panic') {
      const here = this.panics.get(g) ?? { g, pc, event: -1, text };
      return { ...base, kind: 'panic', code: codeOf(PANICS, text, 'panic.user'), sites: [siteOf(here, 'panic')] };
    }
    if (ending.kind === 'fatal') {
      const here = this.fatal ?? { g, pc, event: -1, text };
      return { ...base, kind: 'fatal', code: codeOf(FATALS, text, 'fatal.other'), sites: [siteOf(here, 'fatal')] };
    }
    if (ending.kind !== 'budget') return undefined;
    const here = { g, pc, event: -1, text };
    return { ...base, kind: 'budget', code: `budget.${ending.budget ?? 'steps'}`, sites: [siteOf(here, 'budget')] };
  }
}

function siteOf({ g, pc, event }: Happening, op: string): Site {
  return { role: 'here', g, pc, event, op, object: 0 };
}

const PANIC = Kind.Panic;
const FATAL = Kind.Fatal;
const ASSERT = Kind.Assert;
