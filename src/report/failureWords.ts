/** This file puts panics, fatal errors, violated assertions, spent budgets and what is not supported into words. */
import type { Finding } from '../detect/finding';
import { durationText } from '../trace/quantity';
import type { Worded } from './explain';
import { memoryAdvice, memorySum } from './memoryWords';
import type { Sites } from './sites';
import { SentenceBuilder, grouped } from './words';

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

/** A budget: what was used up, and how to raise it. */
const BUDGETS: Readonly<Record<string, { readonly used: (sites: Sites) => string; readonly setting: string; readonly flag: string }>> = {
  steps: { used: ({ trace }) => `it had executed ${grouped(trace.meta.instructions)} instructions`, setting: 'instructions', flag: '--max-steps N' },
  virtualNs: { used: ({ trace }) => `its clock had reached ${durationText(trace.meta.endTime)}`, setting: 'virtualTime', flag: '--set budget.virtualTime=SECONDS' },
  memoryWords: { used: () => 'its memory was full', setting: 'memory', flag: '--set budget.memory=MEGABYTES' },
  goroutines: { used: () => 'it had too many goroutines at once', setting: 'goroutines', flag: '--set budget.goroutines=N' },
  outputBytes: { used: () => 'it had printed too much', setting: 'output', flag: '--set budget.output=KILOBYTES' },
  wallTime: { used: () => 'it had taken too much time', setting: 'wallTime', flag: '--time-limit D' },
}; // prettier-ignore

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
    const budget = BUDGETS[finding.code.slice('budget.'.length)] ?? BUDGETS.steps!;
    title = 'Stopped by a budget';
    sentence
      .text('The run was stopped')
      .at(place)
      .text(`: ${budget.used(sites)}, and the budget allows no more.`);
    advice = [
      `Raise the budget: setting \`interlane.budget.${budget.setting}\`, on the command line \`${budget.flag}\`.`,
    ];
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
