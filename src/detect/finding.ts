/** This file defines a finding: what a detector concludes from events, in event terms (goroutines, objects, instructions), before it has words. */

import type { Interrupt } from '../base/interrupt';
import type { Held } from '../base/ledger';
import type { EventLog } from '../event/log';
import type { Ending, Spending } from '../event/ending';

export type FindingKind =
  | 'data-race'
  | 'deadlock'
  | 'partial-deadlock'
  | 'leak'
  | 'panic'
  | 'fatal'
  | 'unsupported'
  | 'assertion'
  | 'misuse'
  | 'budget';

export type SiteRole =
  | 'access'
  | 'previous-access'
  | 'created-at'
  | 'waits'
  | 'holds'
  | 'sends'
  | 'receives'
  | 'declared'
  | 'last-common' // the last synchronisation that both racing goroutines have seen
  | 'here'; // where a panic, an assertion or a spent budget happened

/** One place of a finding. */
export interface Site {
  readonly role: SiteRole;
  /** Goroutine id; 0: none. */
  readonly g: number;
  /** Word index of the instruction; -1: none. */
  readonly pc: number;
  /** Ordinal of the event in the run; -1: none. */
  readonly event: number;
  /** `read`, `write`, `lock`, `send`, `go`, … */
  readonly op: string;
  /** Slot address of the object or variable concerned; 0: none. */
  readonly object: number;
}

export interface Finding {
  readonly kind: FindingKind;
  /** `race.write-write`, `race.read-write`, `deadlock.all-asleep`, `leak.channel`, `panic.…`, `budget.steps`, … stable. */
  readonly code: string;
  /** First site first: the one at which the editor marks the finding. */
  readonly sites: readonly Site[];
  /** Slot address of the variable or object; 0: none. */
  readonly object: number;
  /** Go's own text where there is one (`all goroutines are asleep - deadlock!`, `send on closed channel`). */
  readonly text?: string;
  /** What to do about this one; '' when there is nothing special to say. */
  readonly advice?: string;
  /** How many the finding tells of: leaked goroutines, cycles of a partial deadlock, goroutines that wait in a deadlock. Absent: one. */
  readonly count?: number;
  /** The first cycle whole, where `sites` tell some of it: `waits` and `holds` in turn. */
  readonly ring?: readonly Site[];
  /** Of a cycle too long even for `ring`: goroutines left out before the last of it. */
  readonly omitted?: number;
  /** What the host held when its memory was spent, the most first. */
  readonly held?: readonly Held[];
  /** Of a spent budget. */
  readonly spending?: Spending;
  /** The run had come to its end: the budget was spent when it was repeated to read values. */
  readonly repeated?: true;
  /** Real time was up when it was to be worked out what had happened: the search for what takes long to find is missing, the trace, or both. */
  readonly cut?: 'search' | 'trace' | 'both';
  /** Vector clocks at the two accesses of a race. */
  readonly clocks?: RaceClocks;
}

/** What the two goroutines of a race knew of each goroutine, in epochs: an epoch ends when a goroutine publishes something. */
export interface RaceClocks {
  readonly goroutines: readonly number[];
  /** Epoch by goroutine, at the previous access and at the access. */
  readonly previous: readonly number[];
  readonly access: readonly number[];
  /** The goroutine whose component decides: the access knows less of it than it had done. */
  readonly deciding: number;
}

/** A detector is a fold over events: it observes each, and at the end says what it found. Its end takes time, too: it tells of it, and can be interrupted. */
export interface Detector {
  observe(log: EventLog, i: number): void;
  /** @throws Interrupted */
  finish(ending: Ending, interrupt?: Interrupt): Finding[];
}
