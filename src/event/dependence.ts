/**
 * This file says which pairs of operations on one object commute, and how those that do not depend on each other.
 *
 * The table speaks of two operations of different goroutines that follow each other, or that are both about to happen. They commute when, wherever that
 * can be, the other order is possible with the same outcomes and the same state after (Mazurkiewicz 1977; Godefroid 1996). A dependence that can be
 * reversed is a race, which is symmetric; one that cannot, because without the earlier there is no later, is an enabling.
 *
 * Three relations are finer than what one look at the operations' kinds would give, because explorers pay for every needless reversal:
 * an Unlock does not race with the Lock after it, sends and receives are ordered by their numbers only (Go memory model: the k-th receive before the
 * (k+C)-th send), and Adds and Dones of a wait group commute as long as the counter does not go below zero.
 */
import { OBJECT_CLASSES, OPERATION_NAMES, Operation } from './operations';
import type { ObjectClass, OperationKind, OperationName } from './operations';

/** How an earlier operation relates to a later one on the same object, with the sign of it in {@link TABLES}. */
const SIGNS = {
  commutes: '.',
  /** Ordered, and the other order was possible and would have made a difference. */
  race: 'R',
  /** The earlier makes the later possible: ordered, never reversed. */
  enables: 'E',
  /** The earlier makes one later operation possible, by number, and commutes with others: send k and receive k, a Signal and the ticket it calls. */
  match: 'M',
  /** They race where the other order would take the counter below zero, and commute elsewhere. */
  balance: 'B',
} as const;
export type Relation = keyof typeof SIGNS;
const RELATION_OF = Object.fromEntries(Object.entries(SIGNS).map(([name, sign]) => [sign, name as Relation]));

/** A row a kind, earlier; a column a kind, later, in the same order; a blank between columns. */
const TABLES: Readonly<Record<ObjectClass, string>> = {
  none: `
    None             .`,
  memory: `
    Read             . R . R R R .
    Write            R R R R R R R
    AtomicLoad       . R . R R R .
    AtomicStore      R R R R R R R
    AtomicRMW        R R R R R R R
    AtomicAdd        R R R R R . R
    CompareFailed    . R . R R R .`,
  mutex: `
    Lock             R . R R R
    Unlock           E . R R R
    UnlockOther      R R R R R
    TryLock          R R R R R
    TryLockFailed    R R R R .`,
  rwmutex: `
    RWLock           R . . R . R R R R
    RWEnter          . . . . . . . . .
    RWUnlock         E . . E . R R R R
    RLock            R . . . . R R . .
    RUnlock          . E . . . R R . .
    TryRWLock        R . R R R R R R R
    TryRWLockFailed  R . R R R R . R .
    TryRLock         R . R . . R R . .
    TryRLockFailed   R . R . . R . . .`,
  channel: `
    Send             R . M . R . R R R R R
    SendClosed       . . . . R . . . . . .
    Recv             M . R R . . R R R R R
    RecvClosed       . . R . . . . . . . .
    Close            R R . E R R . R R R R
    CloseClosed      . . . . R . . . . . .
    Len              R . R . . . . . . . .
    CanRecv          R . R . R . . . . . .
    CannotRecv       R . R . R . . . . . .
    CanSend          R . R . R . . . . . .
    CannotSend       R . R . R . . . . . .`,
  waitgroup: `
    Add              . B R R
    Done             B B R E
    DoneNegative     R R R R
    Wait             R . R .`,
  once: `
    OnceEnter        R . .
    OnceLeave        . . E
    OnceSkip         . . .`,
  cond: `
    CondTicket       R R R R .
    CondSignal       R R R R M
    CondBroadcast    R R R R M
    CondSignalNobody R R R . .
    CondWake         . . . . .`,
  timer: `
    TimerStart       R R R R
    TimerStop        R R R R
    TimerStopIdle    R R . R
    TimerFire        R R R R`,
  process: `
    Print            R R
    Exit             R R`,
};

const KINDS = OPERATION_NAMES.length;
const RELATIONS = new Array<Relation>(KINDS * KINDS).fill('commutes');
for (const objects of OBJECT_CLASSES) {
  const rows = TABLES[objects].trim().split('\n');
  const names = rows.map((row) => row.trim().split(/\s+/)[0] as OperationName);
  for (const row of rows) {
    const [earlier, ...signs] = row.trim().split(/\s+/);
    signs.forEach((sign, column) => {
      const at = Operation[earlier as OperationName] * KINDS + Operation[names[column]!];
      RELATIONS[at] = RELATION_OF[sign]!;
    });
  }
}

/** How `earlier` relates to `later`, both on one object. */
export function relation(earlier: OperationKind, later: OperationKind): Relation {
  return RELATIONS[earlier * KINDS + later]!;
}
