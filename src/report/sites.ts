/** This file takes the sites of a finding from event terms to the source and the trace: place, row, step, stack, one short sentence. */
import { Interrupt } from '../base/interrupt';
import type { Site } from '../detect/finding';
import { Kind } from '../event/kinds';
import type { Trace } from '../trace/store';
import type { ExplainedSite } from './explained';
import { accessRows } from './values';
import { Nouns } from './words';

/** What only the session knows. */
export interface ExplainContext {
  /** Index of the place of an instruction (word index); -1: none in the user's files. */
  place(pc: number): number;
  /** Row of the event with an ordinal; -1: not in the trace. */
  row(event: number): number;
  /** Instructions (word indices) of the calls in which a goroutine stood at the end, innermost first; empty when it was no more. */
  stack(g: number): readonly number[];
  /** Told of all work; unless it is there, nothing ends it. */
  readonly interrupt?: Interrupt;
}

/** How an access is told: `G3 writes x`, `G2 may be writing x`. */
export const ACCESS_WORDS: Readonly<Record<string, { readonly does: string; readonly doing: string }>> = {
  read: { does: 'reads', doing: 'reading' },
  write: { does: 'writes', doing: 'writing' },
  'atomic read': { does: 'atomically reads', doing: 'atomically reading' },
  'atomic write': { does: 'atomically writes', doing: 'atomically writing' },
  close: { does: 'closes', doing: 'closing' },
  send: { does: 'sends to', doing: 'sending to' },
  wait: { does: 'waits for', doing: 'waiting for' },
  add: { does: 'adds to', doing: 'adding to' },
};

/** How a wait is told, by wait reason (event/wait.ts), and why it will not end; `x` stands for the object. */
export const WAIT_WORDS: Readonly<Record<string, { readonly does: string; readonly never: string }>> = {
  chanSend: { does: 'waits to send to x', never: 'nobody is left to receive' },
  chanReceive: { does: 'waits to receive from x', never: 'nobody is left to send' },
  chanSendNil: { does: 'sends to a nil channel', never: 'that blocks for ever' },
  chanReceiveNil: { does: 'receives from a nil channel', never: 'that blocks for ever' },
  select: { does: 'waits in a select', never: 'none of its channels will ever be ready' },
  selectNoCases: { does: 'waits in an empty select', never: 'that blocks for ever' },
  mutexLock: { does: 'waits for x', never: 'nobody is left to unlock it' },
  rwMutexRLock: { does: 'waits to read-lock x', never: 'nobody is left to unlock it' },
  rwMutexLock: { does: 'waits to lock x', never: 'nobody is left to unlock it' },
  waitGroupWait: { does: 'waits for x', never: 'its counter will not reach zero' },
  condWait: { does: 'waits for a signal on x', never: 'nobody is left to signal' },
  onceDo: { does: 'waits for x', never: 'its function will not return' },
  sleep: { does: 'sleeps', never: '' },
  ioWait: { does: 'waits for the network', never: '' },
};

const HERE_WORDS: Readonly<Record<string, string>> = {
  reach: 'reaches what is not supported here',
  panic: 'panics here',
  fatal: 'fails here',
  assert: 'finds the assertion violated here',
  budget: 'is stopped here',
};

/** In units of an interrupt: of a site, besides its stack. */
const WORK_OF_A_SITE = 200;

/** Explains sites of one run. */
export class Sites {
  readonly nouns: Nouns;
  readonly interrupt: Interrupt;
  private accessRows: ReturnType<typeof accessRows> | undefined;

  constructor(
    readonly trace: Trace,
    readonly context: ExplainContext,
  ) {
    this.interrupt = context.interrupt ?? Interrupt.never;
    this.nouns = new Nouns(trace.meta, this.interrupt);
  }

  /** Rows that access the variable at a slot address. */
  accesses(slot: number): readonly number[] {
    this.accessRows ??= accessRows(this.trace, this.interrupt);
    return this.accessRows.get(slot) ?? [];
  }

  /** Where a site is in the source and in the trace. */
  locate(site: Site): Pick<ExplainedSite, 'place' | 'row' | 'step'> {
    this.interrupt.worked(WORK_OF_A_SITE);
    const row = this.rowOf(site);
    const [inner] = site.role === 'waits' ? this.context.stack(site.g).map((pc) => this.context.place(pc)) : [];
    const place = inner !== undefined && inner >= 0 ? inner : this.placeOf(site, row);
    return { place, row, step: this.stepOf(row) };
  }

  private rowOf({ event }: Site): number {
    return event < 0 ? -1 : this.context.row(event);
  }

  private stepOf(row: number): number {
    return row < 0 ? -1 : this.trace.columns.step[row]!;
  }

  explain(site: Site): ExplainedSite {
    this.interrupt.worked(WORK_OF_A_SITE);
    const row = this.rowOf(site);
    const stack = this.stackOf(site, row);
    return {
      role: site.role,
      g: site.g,
      goroutine: this.nouns.fullName(site.g),
      place: stack[0] ?? this.placeOf(site, row),
      op: site.op,
      row,
      step: this.stepOf(row),
      message: this.message(site),
      stack,
    };
  }

  /** Where goroutines of a finding were started, and where its object is declared: sites that no detector gives. */
  surroundings(known: readonly ExplainedSite[], object: number): ExplainedSite[] {
    const created = new Set(known.filter((site) => site.role === 'created-at').map((site) => site.g));
    const added: ExplainedSite[] = [];
    for (const g of new Set(known.filter((site) => site.role !== 'last-common').map((site) => site.g))) {
      const goroutine = this.nouns.goroutine(g);
      if (!goroutine || goroutine.createdAt < 0 || created.has(g)) continue;
      added.push(
        this.plainSite('created-at', g, goroutine.createdAt, 'go', `${this.nouns.fullName(g)} is started here`),
      );
    }
    const meta = this.nouns.object(object);
    if (meta && meta.declaredAt >= 0) {
      const verb = meta.kind === 'channel' ? 'made' : 'declared';
      added.push(this.plainSite('declared', 0, meta.declaredAt, 'var', `${meta.name} is ${verb} here`));
    }
    return added;
  }

  private plainSite(role: Site['role'], g: number, place: number, op: string, message: string): ExplainedSite {
    const goroutine = g === 0 ? '' : this.nouns.fullName(g);
    return { role, g, goroutine, place, op, row: -1, step: -1, message, stack: [place] };
  }

  private placeOf(site: Site, row: number): number {
    const place = this.context.place(site.pc);
    return place >= 0 || row < 0 ? place : this.trace.columns.place[row]!;
  }

  private stackOf(site: Site, row: number): readonly number[] {
    const { kind, b } = this.trace.columns;
    const captured = row >= 0 && (kind[row] === Kind.Read || kind[row] === Kind.Write) ? b[row]! : -1;
    if (captured >= 0) return this.trace.meta.stacks[captured] ?? [];
    const standing = site.role === 'waits' || site.role === 'here' ? this.context.stack(site.g) : [];
    this.interrupt.worked(standing.length);
    const places = standing.map((pc) => this.context.place(pc)).filter((place) => place >= 0);
    if (places.length > 0) return elided(places);
    const place = this.placeOf(site, row);
    return place < 0 ? [] : [place];
  }

  private message(site: Site): string {
    const who = `G${site.g}`;
    const what = this.nouns.objectName(site.object);
    switch (site.role) {
      case 'access':
      case 'previous-access':
        return `${who} ${ACCESS_WORDS[site.op]?.does ?? site.op} ${what} here`;
      case 'last-common':
        return `The ${site.op} here is the last thing that both goroutines agree on`;
      case 'created-at':
        return `${this.nouns.fullName(site.g)} is started here`;
      case 'waits':
        return `${who} ${waitWords(site.op, what)} here`;
      case 'holds':
        return `${who} ${site.op === 'RLock' ? 'read-locks' : 'locks'} ${what} here`;
      case 'here':
        return `${who} ${HERE_WORDS[site.op] ?? 'is here'}`;
      default:
        return '';
    }
  }
}

/** Frames kept at either end of a deep stack, as in Go's dumps. */
export const ENDS = 50;

/** A deep stack without its middle. */
function elided(places: readonly number[]): readonly number[] {
  return places.length > ENDS * 2 ? [...places.slice(0, ENDS), ...places.slice(-ENDS)] : places;
}

/** `waits to send to queue` */
export function waitWords(reason: string, object: string): string {
  return (WAIT_WORDS[reason]?.does ?? 'waits').replace(/\bx\b/, () => object);
}
