/** This file puts deadlocks and leaks into words. */
import { grouped } from '../trace/quantity';
import type { Finding, Site } from '../detect/finding';
import type { WaitEdge } from './explained';
import type { Worded } from './explain';
import { WAIT_WORDS } from './sites';
import type { Sites } from './sites';
import { SentenceBuilder } from './words';

/** Goroutines told one by one. */
const TOLD = 3;
/** Goroutines of a ring that are told with what each waits for; that are named all; of more, the first are named and the last. */
const TOLD_OF_A_RING = 3;
const MOST_OF_A_RING = 6;

const ADVICE: Readonly<Record<string, readonly string[]>> = {
  cycle: ['Take the locks in the same order everywhere.', 'Or hold only one of them at a time.'],
  self: ['Unlock before you lock again, or call a variant of the function that expects the lock to be held.'],
  chanSend: ['Start the receiver before you send, or give the channel a buffer.', 'To give up when nobody receives, send in a `select` with a second case.'],
  chanReceive: ['Make sure that somebody sends, or closes the channel when there is no more to come.', 'To give up when nobody sends, receive in a `select` with a second case.'],
  chanSendNil: ['Make the channel with `make` before it is used.'],
  chanReceiveNil: ['Make the channel with `make` before it is used.'],
  select: ['Add a case that always comes, for instance a `done` channel that is closed or `time.After`.'],
  waitGroupWait: ['Match every `Add` with a `Done`: `defer wg.Done()` at the start of the goroutine.'],
  condWait: ['Signal after the condition has changed, and check the condition in a loop before `Wait`.'],
  lock: ['Unlock on every path: `defer mu.Unlock()` right after `mu.Lock()`.'],
}; // prettier-ignore

/** All asleep, or a cycle while others run on. */
export function deadlockWords(finding: Finding, sites: Sites): Worded {
  const cycle = cycleOf(finding, sites);
  const sentence = new SentenceBuilder(sites.nouns);
  const partial = finding.kind === 'partial-deadlock';
  if (partial) sentence.text('While others ran on, ');
  if (cycle.length > 2 * TOLD_OF_A_RING) tellRing(cycle, sentence, finding.omitted ?? 0);
  else if (cycle.length > 0) tellCycle(cycle, sentence);
  else tellWaits(finding, sites, sentence);
  const { count = 1 } = finding;
  if (partial && count > 1) sentence.text(` And ${grouped(count - 1)} more like it.`);
  const first = finding.sites[0];
  return {
    title: !partial ? 'Deadlock' : count > 1 ? `${grouped(count)} partial deadlocks` : 'Partial deadlock',
    sentence,
    objectName: first && first.object !== 0 ? sites.nouns.objectName(first.object) : '',
    values: [],
    valueNote: '',
    cycle,
    advice: cycle.length === 2 ? ADVICE.self! : cycle.length > 0 ? ADVICE.cycle! : adviceFor(first?.op ?? ''),
  };
}

export function leakWords(finding: Finding, sites: Sites): Worded {
  const site = finding.sites[0]!;
  const explained = sites.explain(site);
  const { count = 1 } = finding;
  const sentence = new SentenceBuilder(sites.nouns).text(`When main${sites.nouns.ofProcess(site.g)} ended, `);
  sentence.goroutine(site.g);
  if (count > 1) sentence.text(` and ${grouped(count - 1)} more like it`);
  const [before, after] = waitText(site, count > 1).split('x', 2) as [string, string?];
  sentence.text(` ${before}`);
  if (after !== undefined) sentence.object(site.object).text(after);
  sentence.at(explained.place).text(`: ${WAIT_WORDS[site.op]?.never ?? 'nobody is left to wake it'}.`);
  return {
    title: count > 1 ? `${grouped(count)} leaked goroutines` : 'Leaked goroutine',
    sentence,
    objectName: site.object === 0 ? '' : sites.nouns.objectName(site.object),
    values: [],
    valueNote: '',
    cycle: [],
    advice: adviceFor(site.op),
  };
}

/** `was waiting to receive from x` */
function waitText(site: Site, plural: boolean): string {
  const does = WAIT_WORDS[site.op]?.does ?? 'waits';
  const verb = plural ? 'were' : 'was';
  return does.replace(/^(\w+?)s\b/, (_, stem: string) => `${verb} ${stem.replace(/e$/, '')}ing`);
}

/** Edges from the sites `waits`, `holds`, `waits`, `holds` … with which a finding with a cycle begins. */
function cycleOf(finding: Finding, sites: Sites): WaitEdge[] {
  if (!finding.code.endsWith('.lock-cycle')) return [];
  const all = finding.ring ?? finding.sites;
  const start = all[0]!.g;
  const edges: WaitEdge[] = [];
  for (const site of all) {
    if (site.role !== (edges.length % 2 === 0 ? 'waits' : 'holds')) break;
    const { place, row, step } = sites.locate(site);
    const kind = site.role === 'waits' ? 'waits for' : 'held by';
    edges.push({ number: edges.length + 1, kind, g: site.g, object: site.object, place, row, step });
    if (site.role === 'holds' && site.g === start) return edges;
  }
  return [];
}

/** `G2 waits for b at line 7, which G3 holds; G3 waits for a at line 13, which G2 holds: neither can go on.` */
function tellCycle(cycle: readonly WaitEdge[], sentence: SentenceBuilder): void {
  if (cycle.length === 2) {
    const [waits, held] = cycle as [WaitEdge, WaitEdge];
    sentence.goroutine(waits.g).text(' locks ').object(waits.object).at(waits.place);
    sentence.text(' although it has held it').at(held.place, 'since').text(': it waits for itself.');
    return;
  }
  for (let i = 0; i < cycle.length; i += 2) {
    const [waits, held] = [cycle[i]!, cycle[i + 1]!];
    if (i > 0) sentence.text('; ');
    sentence.goroutine(waits.g).text(' waits for ').object(waits.object).at(waits.place);
    sentence.text(', which ').goroutine(held.g).text(' holds').at(held.place, 'since');
  }
  sentence.text(cycle.length === 4 ? ': neither can go on.' : ': none can go on.');
}

/**
 * `A ring of 40 goroutines, each waiting at line 12 for what the next one holds: G2 → G3 → … → G41 → G2: none can go on.` Who waits for what is in the cycle.
 */
function tellRing(cycle: readonly WaitEdge[], sentence: SentenceBuilder, omitted: number): void {
  const waits = cycle.filter(({ kind }) => kind === 'waits for');
  const lines = [...new Map(waits.map(({ place }) => [sentence.lineOf(place), place])).values()];
  sentence.text(`A ring of ${grouped(waits.length + omitted)} goroutines, each waiting`);
  if (lines.length === 1) sentence.at(lines[0]!);
  sentence.text(' for what the next one holds: ');
  const shown = waits.length + omitted > MOST_OF_A_RING ? waits.slice(0, TOLD_OF_A_RING - 1) : waits;
  for (const { g } of shown) sentence.goroutine(g).text(' → ');
  if (shown !== waits) sentence.text('… → ').goroutine(waits.at(-1)!.g).text(' → ');
  sentence.goroutine(waits[0]!.g).text('. None can go on.');
}

/** `All goroutines are asleep: G1 waits to receive from c at line 8, and nobody is left to send.` */
function tellWaits(finding: Finding, sites: Sites, sentence: SentenceBuilder): void {
  const waits = finding.sites.filter((site) => site.role === 'waits');
  const all = `All goroutines${sites.nouns.ofProcess(waits[0]?.g ?? 0)} are asleep: `;
  sentence.text(waits.length > 0 ? all : 'No goroutine is left that could run.');
  waits.slice(0, TOLD).forEach((site, i) => {
    if (i > 0) sentence.text('; ');
    const [before, after] = (WAIT_WORDS[site.op]?.does ?? 'waits').split(/\bx\b/) as [string, string?];
    sentence.goroutine(site.g).text(` ${before}`);
    if (after !== undefined) sentence.object(site.object).text(after);
    sentence.at(sites.explain(site).place);
    tellHolder(finding, site, sites, sentence);
  });
  const { count = waits.length } = finding;
  if (count > TOLD) sentence.text(`; and ${grouped(count - TOLD)} more wait`);
  if (waits.length > 0) sentence.text('.');
}

function tellHolder(finding: Finding, waits: Site, sites: Sites, sentence: SentenceBuilder): void {
  const next = finding.sites[finding.sites.indexOf(waits) + 1];
  if (next?.role !== 'holds') {
    sentence.text(`, and ${WAIT_WORDS[waits.op]?.never ?? 'nobody is left to wake it'}`);
    return;
  }
  sentence
    .text(', which ')
    .goroutine(next.g)
    .text(' has locked')
    .at(sites.explain(next).place)
    .text(' and not unlocked');
}

function adviceFor(reason: string): readonly string[] {
  return ADVICE[reason] ?? (reason.endsWith('Lock') ? ADVICE.lock! : []);
}
