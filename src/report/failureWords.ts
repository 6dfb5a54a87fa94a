/** This file puts panics, fatal errors, violated assertions, spent budgets and what is not supported into words. */
import { type BudgetName, budgetRow, DEFAULT_BUDGETS } from '../base/budgets';
import { HOLDERS, type Held } from '../base/ledger';
import type { Finding } from '../detect/finding';
import type { Spending } from '../event/ending';
import { counted, grouped, bytesText, longDuration } from '../trace/quantity';
import type { Worded } from './explain';
import { memoryAdvice, memorySum } from './memoryWords';
import type { Sites } from './sites';
import { SentenceBuilder } from './words';

/** What to do, by code. */
const ADVICE: Readonly<Record<string, readonly string[]>> = {
  'panic.send-on-closed-channel': ['Close a channel only when all sends are over: let the sender close it, or wait for the senders first.'],
  'panic.close-of-closed-channel': ['Let exactly one goroutine close the channel, or guard the close with `sync.Once`.'],
  'panic.close-of-nil-channel': ['Make the channel with `make` before it is used.'],
  'panic.negative-waitgroup': ['Call `Done` once for each `Add(1)`, not more often.'],
  'panic.nil-map': ['Make the map with `make` before you assign to it.'],
  'panic.test-ended': ['Let the test wait for its goroutines before it returns, as with a `sync.WaitGroup`.'],
  'panic.nil-pointer': ['Check the pointer for nil, or make sure it is set before this goroutine runs.'],
  'fatal.unlock-of-unlocked': ['Unlock only what is locked: pair each `Lock` with one `Unlock`.'],
  'fatal.panic-while-printing': ['Let `Error` and `String` not panic: they say what went wrong when the program ends by a panic.'],
  'fatal.stack-overflow': ['The recursion has no end: look for the case that stops it.'],
}; // prettier-ignore

/** How much was used of a budget. */
const USED: Readonly<Record<BudgetName, (spending: Spending, sites: Sites, finding: Finding) => string>> = {
  steps: ({ used, wanted }, { trace }) => {
    const { instructions } = trace.meta;
    const turns = used > instructions ? `, ${grouped(used)} with the work of the scheduler` : '';
    const more = wanted === undefined ? '' : `, and the next is the work of ${grouped(wanted)}`;
    return `it had executed ${counted(instructions, 'instruction')}${turns}${more}`;
  },
  virtualNs: ({ used, wanted = used }) =>
    wanted > used
      ? `nothing happens any more before ${longDuration(wanted)} of virtual time`
      : `its clock had reached ${longDuration(used)}`,
  memoryWords: ({ used, wanted }, _, { held = [] }) => {
    const more = wanted === undefined ? '' : ` and wanted ${bytesText(wanted * WORD_BYTES)} more`;
    return `it had used ${held.length === 0 ? `${bytesText(used * WORD_BYTES)} of memory` : heldText(held)}${more}`;
  },
  goroutines: ({ used }) => `it had ${counted(used, 'goroutine')} at once and started another`,
  outputBytes: ({ used, wanted = 0 }) =>
    `it had printed ${bytesText(used)} and wanted to print ${bytesText(wanted)} more`,
  wallTime: (_, __, { repeated, cut }) =>
    repeated
      ? 'its time was up while it was repeated to read the values of shared memory, of which those from here on are missing'
      : `its time was up${cut === undefined ? '' : `, too early for ${MISSING[cut]}`}`,
  traceRows: ({ used }) => `it had shown ${counted(used, 'event')}`,
};

/** What of a run is not told when time was up while it was worked out. */
const MISSING = {
  trace: 'its timeline',
  search: 'a search for goroutines that wait for each other or were left behind',
  both: 'its timeline, and for a search for goroutines that wait for each other or were left behind',
} as const;

const WORD_BYTES = 4;

/** Of a run that did not say how much it used: that it was the default. */
function spendingBy(name: BudgetName): Spending {
  return { limit: DEFAULT_BUDGETS[name], used: DEFAULT_BUDGETS[name] };
}

/** `budget.goroutines`, in a sentence, with its value. */
function budgetWords(name: BudgetName, { limit }: Spending): string {
  const { key, unit, factor, called } = budgetRow(name);
  const value = limit < factor ? Number((limit / factor).toPrecision(2)) : grouped(limit / factor);
  return `its budget of ${called}, ${key}, is ${called.startsWith(unit) ? value : `${value} ${unit}`}`;
}

/** `120 MB for simulated memory, 80 MB for the race detector and 2 MB for texts` */
function heldText(held: readonly Held[]): string {
  const parts = held.slice(0, MOST_HOLDERS).map(({ what, bytes }) => `${bytesText(bytes)} for ${HOLDERS[what]}`);
  const last = parts.pop()!;
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

/** Of what memory was used for, so many are named. */
const MOST_HOLDERS = 3;

/** How to raise a budget. */
function raise(name: BudgetName): string {
  const { key, flag, unit } = budgetRow(name);
  const option = flag ? `${flag} ${name === 'wallTime' ? 'D' : 'N'}` : `--set ${key}=${unit.toUpperCase()}`;
  return `Raise the budget: setting \`interlane.${key}\`, on the command line \`${option}\`.`;
}

/** Go's text without its first words, and without what became of it on the way: `panic: boom [recovered]` -> `boom`; only the first line. */
function bare(text: string): string {
  const [line] = text.split('\n');
  return line!.replace(/^(panic|fatal error): /, '').replace(/ \[recovered(, repanicked)?\]$/, '');
}

/** All the same whatever it is: up to there the run is as true as any. */
function unsupportedAdvice(own: string): string[] {
  const todo =
    own === '' ? 'Leave it out, or write what you need of it yourself' : own[0]!.toUpperCase() + own.slice(1);
  return [`What ran before is as in Go. ${todo}, and the run goes on.`];
}

export function failureWords(finding: Finding, sites: Sites): Worded {
  const site = finding.sites[0]!;
  const { place } = sites.explain(site);
  const why = bare(finding.text ?? '');
  const sentence = new SentenceBuilder(sites.nouns);
  let title: string;
  let advice = ADVICE[finding.code] ?? [];
  if (finding.kind === 'budget') {
    const budget = finding.code.slice('budget.'.length) as BudgetName;
    const spending = finding.spending ?? spendingBy(budget);
    title = 'Stopped by a budget';
    sentence
      .text(
        finding.cut && sites.trace.meta.outcome !== 'budget'
          ? 'What is told of the run is cut short'
          : 'The run was stopped',
      )
      .at(place)
      .text(`: ${USED[budget](spending, sites, finding)}, and ${budgetWords(budget, spending)}.`);
    advice = [raise(budget)];
  } else if (finding.kind === 'unsupported') {
    title = 'Not supported';
    sentence
      .text('The run ends')
      .at(place)
      .text(', where ')
      .goroutine(site.g)
      .text(` reaches what Interlane does not have: ${why}.`);
    advice = unsupportedAdvice(finding.advice ?? '');
  } else if (finding.code === 'fatal.out-of-memory' || finding.code === 'fatal.no-thread') {
    title = 'Out of memory';
    const { memory } = sites.trace.meta;
    sentence
      .goroutine(site.g)
      .text(finding.code === 'fatal.no-thread' ? ' gets no thread' : ' runs out of memory')
      .at(place)
      .text(memory ? `: ${memorySum(memory)}` : '.');
    advice = memory ? memoryAdvice(memory) : [];
  } else if (finding.kind === 'assertion') {
    title = 'Assertion violated';
    sentence
      .goroutine(site.g)
      .text(' finds the assertion')
      .at(place)
      .text(` violated${why === '' ? '.' : `: ${why}`}`);
  } else {
    title = `${finding.kind === 'panic' ? 'Panic' : 'Fatal error'}: ${why}`;
    sentence
      .goroutine(site.g)
      .text(finding.kind === 'panic' ? ' panics' : ' fails')
      .at(place)
      .text(`: ${why}`);
  }
  return { title, sentence, objectName: '', values: [], valueNote: '', cycle: [], advice };
}
