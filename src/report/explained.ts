/** This file defines an explained finding: a finding in words, with source places and values, ready for an editor, a panel or a terminal. Plain data. */
import type { FindingKind, SiteRole } from '../detect/finding';

/** A piece of a sentence; nouns are links. */
export type Phrase =
  | { readonly text: string }
  | {
      readonly text: string;
      readonly link:
        | { kind: 'place'; place: number }
        | { kind: 'goroutine'; g: number }
        | { kind: 'object'; id: number }
        | { kind: 'row'; row: number };
    };

export interface ExplainedSite {
  readonly role: SiteRole;
  readonly g: number;
  /** `G3 worker` */
  readonly goroutine: string;
  /** Index into TraceMeta.places; -1. */
  readonly place: number;
  readonly op: string;
  /** Row of the trace that shows it; -1 when the trace does not hold it. */
  readonly row: number;
  readonly step: number;
  /** One short sentence: `G2 locks mu here`. */
  readonly message: string;
  /** Call stack as places, innermost first; empty when unknown. */
  readonly stack: readonly number[];
}

/** One row of "What happened to the value". */
export interface ValueRow {
  readonly step: number;
  readonly row: number;
  readonly g: number;
  readonly access: 'reads' | 'writes';
  readonly value: string;
  /** Set when this write destroys an update that the writer had not read: `over G2's 2`. */
  readonly lost?: string;
  /** Value of the variable after the access. */
  readonly after: string;
}

/** One edge of a wait-for cycle, numbered as in timeline, ring, table and editor. */
export interface WaitEdge {
  readonly number: number;
  readonly kind: 'waits for' | 'held by';
  readonly g: number;
  readonly object: number;
  readonly place: number;
  readonly row: number;
  readonly step: number;
}

export interface ExplainedFinding {
  readonly kind: FindingKind;
  readonly code: string;
  /** `Data race on hits` */
  readonly title: string;
  /** The one sentence (or two): every noun a link. */
  readonly sentence: readonly Phrase[];
  /** The same as plain text, for diagnostics. */
  readonly message: string;
  readonly object: number;
  readonly objectName: string;
  readonly sites: readonly ExplainedSite[];
  /** How many it tells of, when that is more than the sites show (detect/finding.ts). */
  readonly count?: number;
  readonly values: readonly ValueRow[];
  /** A sentence on the values: `Two increments, yet hits grew by one.`; '' when there is nothing to say. */
  readonly valueNote: string;
  readonly cycle: readonly WaitEdge[];
  /** Vector clocks at the two accesses of a race: goroutine id -> clock, with the deciding component. */
  readonly clocks?: {
    readonly goroutines: readonly number[];
    readonly rows: readonly { label: string; clock: readonly number[] }[];
    readonly deciding: number;
  };
  /** What the user can do next, one line each. */
  readonly advice: readonly string[];
}
