/** This file counts what was found by kinds, in the words in which a line of many facts has room for. */
import type { FindingKind } from '../detect/finding';
import { counted } from '../trace/quantity';
import type { ExplainedFinding } from './explained';

interface Row {
  readonly kinds: readonly FindingKind[];
  readonly noun: string;
  /** Said where there are none, '' where that is worth no word. */
  readonly none: string;
}

/** In the order in which they are told. */
const ROWS: readonly Row[] = [
  { kinds: ['data-race'], noun: 'data race', none: 'no race' },
  { kinds: ['deadlock', 'partial-deadlock'], noun: 'deadlock', none: 'no deadlock' },
  { kinds: ['leak'], noun: 'leaked goroutine', none: '' },
  { kinds: ['panic'], noun: 'panic', none: '' },
  { kinds: ['fatal'], noun: 'fatal error', none: '' },
  { kinds: ['assertion'], noun: 'violated assertion', none: '' },
  { kinds: ['misuse'], noun: 'misuse', none: '' },
  { kinds: ['budget'], noun: 'spent budget', none: '' },
  { kinds: ['unsupported'], noun: 'unsupported feature', none: '' },
];

/** Of these a finding tells of several; of others its count is of something else. */
const COUNTS: ReadonlySet<FindingKind> = new Set(['leak', 'partial-deadlock']);

export interface Counted {
  readonly kinds: readonly FindingKind[];
  /** `2 data races`, `no race`. */
  readonly words: string;
}

/** What there is of each kind, and of some kinds that there is none, unless `absent` is false. Of what a finding tells of all is counted. */
export function countedFindings(findings: readonly ExplainedFinding[], absent = true): Counted[] {
  return ROWS.flatMap(({ kinds, noun, none }) => {
    const found = findings.filter(({ kind }) => kinds.includes(kind));
    const count = found.reduce((sum, { kind, count: many = 1 }) => sum + (COUNTS.has(kind) ? many : 1), 0);
    const words = count > 0 ? counted(count, noun) : absent ? none : '';
    return words === '' ? [] : [{ kinds, words }];
  });
}
