/** This file tells what happened to the value of a racy variable: who read and wrote what, and which update was lost. */
import { Interrupt } from '../base/interrupt';
import { Kind } from '../event/kinds';
import { gapsOf } from '../trace/gaps';
import type { Trace } from '../trace/store';
import { wordText } from '../values/word';
import type { ValueRow } from './explained';

/** Rows of the table at most. */
const MOST_ROWS = 8;

/** In units of an interrupt: of a row, of an access of one variable. */
const WORK_OF_A_ROW = 5;
const WORK_OF_AN_ACCESS = 50;

interface Access {
  readonly row: number;
  readonly g: number;
  readonly write: boolean;
  readonly text: string;
}

/** A write over a value that the writer had not read. */
interface Lost {
  /** Indices of accesses: the read on which the write is based, the write that is lost and the read on which that was based (-1: none). */
  readonly read: number;
  readonly write: number;
  readonly victim: number;
  readonly victimRead: number;
}

export interface Values {
  readonly rows: readonly ValueRow[];
  /** A sentence, or ''. */
  readonly note: string;
}

const NOTHING: Values = { rows: [], note: '' };

const ACCESS = new Map<number, { write: boolean }>([
  [Kind.Read, { write: false }],
  [Kind.Write, { write: true }],
  [Kind.AtomicLoad, { write: false }],
  [Kind.AtomicStore, { write: true }],
  [Kind.AtomicRMW, { write: true }],
]);

/**
 * The story of a variable.
 * @param rows its accesses ({@link accessRows}); @param type Go's name of its type; @param races rows of the two accesses that race.
 */
export function valuesOf(
  trace: Trace,
  rows: readonly number[],
  type: string,
  name: string,
  races: readonly number[],
  interrupt = Interrupt.never,
): Values {
  const whole = wholeAround(trace, rows, races);
  const accesses = accessesOf(trace, whole, type, interrupt);
  if (accesses.length === 0 || accesses.some((access) => access.text === '')) return NOTHING;
  const lost = lostUpdates(accesses);
  const chosen = lost[0] ? aroundLoss(lost[0]) : aroundRows(accesses, races);
  return { rows: tableOf(trace, accesses, chosen, lost), note: noteOf(accesses, lost, name, races, showsAll(trace)) };
}

/** Of the accesses those of one stretch in which the trace holds all: the one in which the race is, else the first. */
function wholeAround(trace: Trace, rows: readonly number[], races: readonly number[]): readonly number[] {
  const gaps = gapsOf(trace);
  if (gaps.length === 0) return rows;
  const at = Math.max(...races, -1);
  const from = Math.max(0, ...gaps.filter(({ end }) => end <= at).map(({ end }) => end));
  const to = Math.min(trace.length, ...gaps.filter((gap) => gap.row >= from).map((gap) => gap.row));
  return rows.filter((row) => row >= from && row < to);
}

const showsAll = (trace: Trace): boolean => gapsOf(trace).length === 0 && !trace.meta.truncated;

/** By slot address: the rows that access it. @throws Interrupted */
export function accessRows(
  { columns: { kind, obj }, length }: Trace,
  interrupt = Interrupt.never,
): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < length; row++) {
    interrupt.worked(WORK_OF_A_ROW);
    if (!ACCESS.has(kind[row]!)) continue;
    const known = rows.get(obj[row]!);
    if (known) known.push(row);
    else rows.set(obj[row]!, [row]);
  }
  return rows;
}

function accessesOf(trace: Trace, rows: readonly number[], type: string, interrupt: Interrupt): Access[] {
  const { kind, g, lo, hi } = trace.columns;
  return rows.map((row) => {
    interrupt.worked(WORK_OF_AN_ACCESS);
    const { write } = ACCESS.get(kind[row]!)!;
    return { row, g: g[row]!, write, text: wordText(type, lo[row]!, hi[row]!) };
  });
}

/** Every write that follows, since the writer's latest read, another goroutine's write. */
function lostUpdates(accesses: readonly Access[]): Lost[] {
  const found: Lost[] = [];
  const lastRead = new Map<number, number>();
  const basis: number[] = [];
  let lastWrite = -1;
  accesses.forEach(({ g, write }, i) => {
    if (!write) {
      lastRead.set(g, i);
      return;
    }
    const read = lastRead.get(g) ?? -1;
    basis[i] = read;
    if (read >= 0 && lastWrite > read && accesses[lastWrite]!.g !== g) {
      found.push({ read, write: i, victim: lastWrite, victimRead: basis[lastWrite]! });
    }
    lastRead.delete(g);
    lastWrite = i;
  });
  return found;
}

/** Indices to show: from the earlier of the two reads to the write that destroys. */
function aroundLoss({ read, write, victim, victimRead }: Lost): number[] {
  const first = victimRead >= 0 ? Math.min(read, victimRead) : read;
  if (write - first < MOST_ROWS) return Array.from({ length: write - first + 1 }, (_, i) => first + i);
  return [victimRead, read, victim, write].filter((i) => i >= 0).sort((a, b) => a - b);
}

function aroundRows(accesses: readonly Access[], races: readonly number[]): number[] {
  const raced = races.map((row) => accesses.findIndex((access) => access.row === row)).filter((i) => i >= 0);
  if (raced.length === 0) return accesses.slice(0, MOST_ROWS).map((_, i) => i);
  const first = Math.max(0, Math.min(...raced) - 1);
  const last = Math.min(accesses.length - 1, Math.max(...raced) + 1);
  if (last - first < MOST_ROWS) return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return [...new Set(raced)].sort((a, b) => a - b);
}

function tableOf(
  trace: Trace,
  accesses: readonly Access[],
  chosen: readonly number[],
  lost: readonly Lost[],
): ValueRow[] {
  const victims = new Map(lost.map((loss) => [loss.write, accesses[loss.victim]!]));
  return chosen.map((i) => {
    const { row, g, write, text } = accesses[i]!;
    const victim = victims.get(i);
    return {
      step: trace.columns.step[row]!,
      row,
      g,
      access: write ? 'writes' : 'reads',
      value: text,
      after: text,
      ...(victim && { lost: `over G${victim.g}'s ${victim.text}` }),
    };
  });
}

function noteOf(
  accesses: readonly Access[],
  lost: readonly Lost[],
  name: string,
  races: readonly number[],
  all: boolean,
): string {
  const first = lost[0];
  if (!first) return otherOrder(accesses, name, races);
  const change = (write: number, read: number): number =>
    read < 0 ? NaN : Number(accesses[write]!.text) - Number(accesses[read]!.text);
  const [a, b] = [change(first.victim, first.victimRead), change(first.write, first.read)];
  const more = all && lost.length > 1 ? ` ${wholeRun(accesses, lost, name)}` : '';
  if (a === 1 && b === 1) return `Two increments, yet \`${name}\` grew by one.${more}`;
  if (a === -1 && b === -1) return `Two decrements, yet \`${name}\` shrank by one.${more}`;
  const [writer, victim] = [accesses[first.write]!, accesses[first.victim]!];
  return `G${writer.g} had read \`${name}\` before G${victim.g} wrote it: G${victim.g}'s ${victim.text} is lost.${more}`;
}

/** The balance of the run: what all writes added against how much the variable grew; where they do not add, how many writes destroyed another. */
function wholeRun(accesses: readonly Access[], lost: readonly Lost[], name: string): string {
  const lastRead = new Map<number, number>();
  let writes = 0;
  let added = 0;
  for (const { g, write, text } of accesses) {
    if (!write) lastRead.set(g, Number(text));
    else {
      writes++;
      added += Number(text) - (lastRead.get(g) ?? NaN);
    }
  }
  const [start, end] = [Number(accesses[0]!.text), Number(accesses.at(-1)!.text)];
  if (accesses[0]!.write || (added !== writes && added !== -writes)) {
    return `In this run ${lost.length} writes destroy one that their goroutine had not seen.`;
  }
  const [what, moved] = added > 0 ? ['increments', 'grew'] : ['decrements', 'shrank'];
  return `In the whole run ${writes} ${what}, and \`${name}\` ${moved} by ${Math.abs(end - start)}.`;
}

/** What is to be said of two accesses that only happen to come in this order. */
function otherOrder(accesses: readonly Access[], name: string, races: readonly number[]): string {
  const [earlier, later] = races.map((row) => accesses.find((access) => access.row === row));
  if (!earlier || !later || earlier.g === later.g) return '';
  if (earlier.write && later.write) return `Which of the two values \`${name}\` keeps is a matter of timing.`;
  const [reader, writer] = earlier.write ? [later, earlier] : [earlier, later];
  const sees = earlier.write ? 'sees' : 'does not see';
  return `Whether G${reader.g} sees what G${writer.g} writes is a matter of timing; here it ${sees} it.`;
}
