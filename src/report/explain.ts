/** This file explains findings: from events to one sentence each, with places, values, the wait-for cycle and advice. */
import type { Finding, FindingKind } from '../detect/finding';
import type { Trace } from '../trace/store';
import type { ExplainedFinding } from './explained';
import { failureWords } from './failureWords';
import { raceWords } from './raceWords';
import { Sites } from './sites';
import type { ExplainContext } from './sites';
import { deadlockWords, leakWords } from './waitWords';
import type { SentenceBuilder } from './words';

export type { ExplainContext } from './sites';

/** The words of a finding. */
export interface Worded extends Pick<
  ExplainedFinding,
  'title' | 'objectName' | 'values' | 'valueNote' | 'cycle' | 'advice' | 'clocks'
> {
  readonly sentence: SentenceBuilder;
}

type Wording = (finding: Finding, merged: readonly Finding[], sites: Sites) => Worded;

const WORDING: Partial<Record<FindingKind, Wording>> = {
  'data-race': raceWords,
  misuse: raceWords,
  deadlock: (finding, _, sites) => deadlockWords(finding, sites),
  'partial-deadlock': (finding, _, sites) => deadlockWords(finding, sites),
  leak: (finding, _, sites) => leakWords(finding, sites),
};

/** Explains all findings of a run, in their order; races at the same two places become one. */
export function explainAll(findings: readonly Finding[], trace: Trace, context: ExplainContext): ExplainedFinding[] {
  const sites = new Sites(trace, context);
  return merge(findings, context).map(([first, ...others]) => explainOne(first!, [first!, ...others], sites));
}

function explainOne(finding: Finding, merged: readonly Finding[], sites: Sites): ExplainedFinding {
  const wording = WORDING[finding.kind] ?? ((each: Finding): Worded => failureWords(each, sites));
  const { sentence, ...worded } = wording(finding, merged, sites);
  const explained = finding.sites.map((site) => sites.explain(site));
  return {
    kind: finding.kind,
    code: finding.code,
    ...worded,
    sentence: sentence.phrases,
    message: sentence.plain,
    object: finding.object,
    ...(finding.count !== undefined && finding.count > 1 && { count: finding.count }),
    sites: [...explained, ...sites.surroundings(explained, finding.object)],
  };
}

/** Groups of findings that are to be told as one, in order of their first. */
function merge(findings: readonly Finding[], context: ExplainContext): Finding[][] {
  const groups = new Map<string, Finding[]>();
  findings.forEach((finding, i) => {
    const key = finding.kind === 'data-race' ? keyOf(finding, context) : String(i);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  });
  return [...groups.values()];
}

/** Two races are the same to a reader when they are between the same two places. */
function keyOf(finding: Finding, context: ExplainContext): string {
  const [a, b] = finding.sites.slice(0, 2).map((site) => context.place(site.pc)) as [number, number];
  return `${finding.code} ${Math.min(a, b)} ${Math.max(a, b)}`;
}
