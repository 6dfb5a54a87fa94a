/** This file turns failures that stop a run into findings: panics, fatal errors, violated assertions, spent budgets. */
import { assert } from '../base/assert';
import { Ledger, type Share } from '../base/ledger';
import { Kind } from '../event/kinds';
import type { EventLog } from '../event/log';
import { endingsOf, type Ending } from '../event/ending';
import type { Detector, Finding, Site } from './finding';

/** Assertions reported at most; of one instruction only the first. */
const MOST_ASSERTIONS = 64;

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
  /** By goroutine (0: none): its fatal error, which ended its process. */
  private readonly fatals = new Map<number, Happening>();
  private readonly assertions = new Map<number, Happening>();

  constructor(private readonly share: Share = new Ledger().share('waits')) {}

  /** Codes of the events that matter. */
  static get kinds(): readonly number[] {
    return [PANIC, FATAL, ASSERT, END];
  }

  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (kind === END) return this.end(log.obj[i]!, log.a[i]!);
    if (kind !== PANIC && kind !== FATAL && kind !== ASSERT) return;
    const text = log.texts.at(log.obj[i]!) ?? '';
    const happening = { g: log.g[i]!, pc: log.pc[i]!, event: log.first + i, text };
    if (kind === PANIC) this.panic(happening);
    else if (kind === FATAL) this.fatals.set(happening.g, happening);
    else if (this.assertions.size < MOST_ASSERTIONS && !this.assertions.has(happening.pc)) {
      this.assertions.set(happening.pc, happening);
    }
  }

  private panic(happening: Happening): void {
    if (!this.panics.has(happening.g)) this.share.take(PANIC_BYTES);
    this.panics.set(happening.g, happening);
  }

  /** What a goroutine panicked with is of no interest once it has ended in another way. */
  private end(g: number, how: number): void {
    if (how !== PANICKED && this.panics.delete(g)) this.share.giveBack(PANIC_BYTES);
  }

  finish(ending: Ending): Finding[] {
    const found: Finding[] = [...this.assertions.values()].map((happening) => ({
      kind: 'assertion',
      code: 'assertion.failed',
      sites: [siteOf(happening, 'assert')],
      object: 0,
      text: happening.text,
    }));
    for (const one of endingsOf(ending)) {
      const end = this.endFinding(one);
      // An assertion that ended the process is one finding, not two.
      const repeats = end?.code === 'panic.assertion' && found.some(({ sites }) => sites[0]!.g === end.sites[0]!.g);
      if (end && !repeats) found.push(end);
    }
    return found;
  }

  private endFinding(ending: Ending): Finding | undefined {
    const { g = 0, pc = -1, text = '' } = ending;
    const base = { object: 0, text };
    if (ending.kind === 'panic' || ending.kind === 'fatal') {
      const { kind, code } = ending;
      assert(code !== undefined, 'whoever raises a failure says what it is', { kind, text });
      const here = (kind === 'panic' ? this.panics : this.fatals).get(g) ?? { g, pc, event: -1, text };
      return { ...base, kind, code, sites: [siteOf(here, kind)] };
    }
    if (ending.kind === 'unsupported') {
      const { kind, code, advice = '' } = ending;
      assert(code !== undefined, 'whoever raises a failure says what it is', { kind, text });
      const here = this.fatals.get(g) ?? { g, pc, event: -1, text };
      return { ...base, kind, code, advice, sites: [siteOf(here, 'reach')] };
    }
    // Who interrupts a run knows that it ended there.
    if (ending.kind !== 'budget' || ending.budget === 'interrupted') return undefined;
    const here = { g, pc, event: -1, text };
    const { budget = 'steps', spending, held } = ending;
    return {
      ...base,
      kind: 'budget',
      code: `budget.${budget}`,
      sites: [siteOf(here, 'budget')],
      ...(spending && { spending }),
      ...(held && { held }),
    };
  }
}

function siteOf({ g, pc, event }: Happening, op: string): Site {
  return { role: 'here', g, pc, event, op, object: 0 };
}

/** Bytes of a panic in the table of panics. */
const PANIC_BYTES = 144;

const PANIC = Kind.Panic;
const FATAL = Kind.Fatal;
const ASSERT = Kind.Assert;
const END = Kind.GoEnd;
/** GoEnd: by a panic. */
const PANICKED = 2;
