/** This file reports data races in the layout of `go run -race`. */
import { Kind } from '../event/kinds';
import { isMainGoroutine } from '../trace/meta';
import type { Trace } from '../trace/store';
import type { ExplainedFinding, ExplainedSite } from './explained';
import { locationText, offsetText } from './frames';
import type { PathOf } from './frames';

const RULE = '==================';
/** Where Go's heap lies; a slot is 8 bytes. */
const HEAP_BASE = 0xc000000000;

/** TSan's words; closing and waiting count as writes, sending and adding as reads. */
const WORDS: Readonly<Record<string, string>> = {
  read: 'read', write: 'write', 'atomic read': 'atomic read', 'atomic write': 'atomic write',
  close: 'write', send: 'read', wait: 'write', add: 'read',
}; // prettier-ignore

/** All races, each between two rules; '' when there is none. */
export function goRaceReports(findings: readonly ExplainedFinding[], trace: Trace, path: PathOf): string {
  const races = findings.filter((finding) => finding.kind === 'data-race');
  const ends = races.length === 0 ? NO_ENDS : endsOf(trace);
  return races
    .map((finding) => `${RULE}\nWARNING: DATA RACE\n${bodyOf(finding, trace, ends, path)}\n${RULE}\n`)
    .join('');
}

/** The last line that the race detector prints. */
export function goRaceSummary(findings: readonly ExplainedFinding[]): string {
  const count = findings.filter((finding) => finding.kind === 'data-race').length;
  return count === 0 ? '' : `Found ${count} data race(s)\n`;
}

function bodyOf(finding: ExplainedFinding, trace: Trace, ends: Ends, path: PathOf): string {
  const [access, previous] = finding.sites as [ExplainedSite, ExplainedSite];
  const address = '0x' + (HEAP_BASE + finding.object * 8).toString(16).padStart(12, '0');
  const word = WORDS[access.op] ?? 'access';
  const blocks = [
    `${word[0]!.toUpperCase()}${word.slice(1)} at ${address} by ${who(trace, access.g)}:\n${frames(access.stack, trace, path)}`,
    `Previous ${WORDS[previous.op] ?? 'access'} at ${address} by ${who(trace, previous.g)}:\n${frames(previous.stack, trace, path)}`,
  ];
  for (const g of new Set([access.g, previous.g])) {
    const created = finding.sites.find((site) => site.role === 'created-at' && site.g === g);
    if (!created || isMainGoroutine(trace.meta, g)) continue;
    const state = (ends.get(g) ?? Infinity) < access.row ? 'finished' : 'running';
    blocks.push(`Goroutine ${g} (${state}) created at:\n${frames(created.stack, trace, path)}`);
  }
  return blocks.join('\n\n');
}

function who({ meta }: Trace, g: number): string {
  return isMainGoroutine(meta, g) ? 'main goroutine' : `goroutine ${g}`;
}

function frames(stack: readonly number[], trace: Trace, path: PathOf): string {
  const lines = stack.map((index) => {
    const place = trace.meta.places[index]!;
    return `  ${place.function || 'main.main'}()\n      ${locationText(trace.meta, place, path)} ${offsetText(index)}`;
  });
  return lines.length > 0 ? lines.join('\n') : '  [failed to restore the stack]';
}

/** By goroutine: the row at which it ended. */
type Ends = ReadonlyMap<number, number>;
const NO_ENDS: Ends = new Map();

function endsOf({ columns: { kind, obj }, length }: Trace): Ends {
  const ends = new Map<number, number>();
  for (let row = 0; row < length; row++) if (kind[row] === Kind.GoEnd) ends.set(obj[row]!, row);
  return ends;
}
