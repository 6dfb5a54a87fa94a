/** This file puts races, and misuse found as one, into words. */
import type { Finding, Site } from '../detect/finding';
import type { ExplainedFinding, ExplainedSite } from './explained';
import { withoutNumber } from '../trace/numbered';
import { ACCESS_WORDS } from './sites';
import type { Sites } from './sites';
import { valuesOf } from './values';
import { SentenceBuilder } from './words';
import type { Worded } from './explain';

/** Advice by what is raced on. */
const ADVICE: Readonly<Record<string, readonly string[]>> = {
  channel: ['Close a channel only when all sends are over: let the sender close it, or wait for the senders first.'],
  waitgroup: ['Call `Add` before the `go` statement, or use `wg.Go`; then no `Wait` can miss it.'],
  variable: [
    'Guard every access with the same `sync.Mutex`.',
    'Or let one goroutine own it, and hand values over on a channel.',
  ],
  atomic: ['Access it atomically everywhere: a plain access beside atomic ones is a race.'],
};

/** @param merged findings at the same two places, the first of them first. */
export function raceWords(finding: Finding, merged: readonly Finding[], sites: Sites): Worded {
  const [access, previous] = finding.sites as [Site, Site];
  const [later, earlier] = [sites.explain(access), sites.explain(previous)];
  const name = nameOf(finding, merged, sites);
  const sentence = new SentenceBuilder(sites.nouns)
    .goroutine(access.g)
    .text(` ${ACCESS_WORDS[access.op]?.does ?? access.op} `)
    .named(finding.object, name)
    .at(later.place)
    .text(' while ')
    .goroutine(previous.g)
    .text(` may be ${ACCESS_WORDS[previous.op]?.doing ?? previous.op} it`)
    .at(earlier.place)
    .text('; nothing orders them');
  lastCommon(finding, sites, sentence);
  if (finding.kind === 'misuse') sentence.text('. Wait may return before the work has begun.');
  const values = finding.kind === 'misuse' ? { rows: [], note: '' } : valuesFor(finding, name, [earlier, later], sites);
  return {
    title: finding.kind === 'misuse' ? `Misuse of ${name}` : `Data race on ${name}`,
    sentence,
    objectName: name,
    values: values.rows,
    valueNote: values.note,
    cycle: [],
    ...(finding.clocks && { clocks: clocksOf(finding.clocks, earlier, later) }),
    advice: adviceFor(finding, sites),
  };
}

/** `: the last thing both agree on is the go at line 9.` */
function lastCommon(finding: Finding, sites: Sites, sentence: SentenceBuilder): void {
  const common = finding.sites.find((site) => site.role === 'last-common');
  const place = common ? sites.explain(common).place : -1;
  if (common && place >= 0) sentence.text(`: the last thing both agree on is the ${common.op}`).at(place);
  sentence.text('.');
}

/** The object's name; of several at the same places what they have in common. */
function nameOf(finding: Finding, merged: readonly Finding[], sites: Sites): string {
  const all = merged.map((each) => sites.nouns.objectName(each.object));
  const names = new Set(all.map(withoutNumber));
  const name = new Set(all).size > 1 ? withoutNumber(all[0]!) : all[0]!;
  if (names.size <= 1) return name;
  return `${name} and ${names.size - 1} more`;
}

function valuesFor(
  finding: Finding,
  name: string,
  [earlier, later]: readonly [ExplainedSite, ExplainedSite],
  sites: Sites,
): ReturnType<typeof valuesOf> {
  const object = sites.nouns.object(finding.object);
  if (object?.kind !== 'variable') return { rows: [], note: '' };
  return valuesOf(
    sites.trace,
    sites.accesses(finding.object),
    object.type,
    name,
    [earlier.row, later.row],
    sites.interrupt,
  );
}

function clocksOf(
  { goroutines, previous, access, deciding }: NonNullable<Finding['clocks']>,
  earlier: ExplainedSite,
  later: ExplainedSite,
): NonNullable<ExplainedFinding['clocks']> {
  const label = (site: ExplainedSite): string => `G${site.g}${site.step < 0 ? '' : `, step ${site.step}`}`;
  return {
    goroutines,
    rows: [
      { label: label(earlier), clock: previous },
      { label: label(later), clock: access },
    ],
    deciding,
  };
}

function adviceFor(finding: Finding, sites: Sites): readonly string[] {
  if (finding.code === 'misuse.waitgroup-add' || finding.code === 'race.waitgroup') return ADVICE.waitgroup!;
  if (finding.code.startsWith('race.close')) return ADVICE.channel!;
  if (finding.sites.some((site) => site.op.startsWith('atomic'))) return ADVICE.atomic!;
  const isInteger = /^u?int(8|16|32|64)?$/.test(sites.nouns.object(finding.object)?.type ?? '');
  return isInteger ? [...ADVICE.variable!, 'For a mere counter, `sync/atomic` is enough.'] : ADVICE.variable!;
}
