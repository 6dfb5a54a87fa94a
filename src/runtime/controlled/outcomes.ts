/** This file says what a pending native would come to in the present state, before it is executed: which operation, or that it would wait. */
import { Operation, type OperationKind } from '../../event/operations';
import type { Pending } from '../natives/footprints';
import type { Runtime } from '../runtime';
import type { TimerObjectAddr } from '../layout';

/** The operation cannot be completed now: its goroutine would wait. */
export const WAITS: OperationKind = -1;

/** Outcome for the object at word address `at`, of the goroutine with this id whose arguments stand from word address `base` on. */
type Outlook = (rt: Runtime, at: number, goid: number, base: number) => OperationKind;

function always(operation: OperationKind): Outlook {
  return () => operation;
}

/** An operation that waits until `may`. */
function once(operation: OperationKind, may: (rt: Runtime, at: number, base: number) => boolean): Outlook {
  return (rt, at, _goid, base) => (may(rt, at, base) ? operation : WAITS);
}

/** An operation that turns out one way or another. */
function either(is: (rt: Runtime, at: number, goid: number, base: number) => boolean, yes: OperationKind, no: OperationKind): Outlook {
  return (rt, at, goid, base) => (is(rt, at, goid, base) ? yes : no);
} // prettier-ignore

function compares(rt: Runtime, at: number, _goid: number, base: number): boolean {
  const m = rt.memory.i32;
  return m[at] === m[base + 2] && m[at + 1] === m[base + 3];
}

function addsTo(rt: Runtime, at: number, delta: number): OperationKind {
  if (delta >= 0) return Operation.Add;
  return rt.waitGroups.counter(at) + delta < 0 ? Operation.DoneNegative : Operation.Done;
}

function enters(rt: Runtime, at: number): OperationKind {
  if (rt.onces.isDone(at)) return Operation.OnceSkip;
  return rt.onces.isIdle(at) ? Operation.OnceEnter : WAITS;
}

const free = (rt: Runtime, at: number): boolean => rt.locks.isFree(at);
const vacant = (rt: Runtime, at: number): boolean => rt.locks.isVacant(at);
const open = (rt: Runtime, at: number): boolean => rt.locks.isOpenToReaders(at);
const nobody = (rt: Runtime, at: number): boolean => rt.conds.nobodyWaits(at);

export const OUTLOOKS: Readonly<Record<Pending, Outlook>> = {
  AtomicLoad: always(Operation.AtomicLoad),
  AtomicStore: always(Operation.AtomicStore),
  AtomicRMW: always(Operation.AtomicRMW),
  CompareAndSwap: either(compares, Operation.AtomicRMW, Operation.CompareFailed),
  Lock: once(Operation.Lock, free),
  Unlock: either((rt, at, goid) => rt.locks.isHeldBy(at, goid), Operation.Unlock, Operation.UnlockOther),
  TryLock: either(free, Operation.TryLock, Operation.TryLockFailed),
  RWLock: once(Operation.RWLock, free),
  RWUnlock: always(Operation.RWUnlock),
  RLock: once(Operation.RLock, open),
  RUnlock: always(Operation.RUnlock),
  TryRWLock: either(vacant, Operation.TryRWLock, Operation.TryRWLockFailed),
  TryRLock: either(open, Operation.TryRLock, Operation.TryRLockFailed),
  Add: (rt, at, _goid, base) => addsTo(rt, at, rt.memory.i32[base + 2]!),
  Done: (rt, at) => addsTo(rt, at, -1),
  Wait: once(Operation.Wait, (rt, at) => rt.waitGroups.counter(at) === 0),
  OnceEnter: enters,
  OnceLeave: always(Operation.OnceLeave),
  CondTicket: always(Operation.CondTicket),
  CondWake: once(Operation.CondWake, (rt, at, base) => rt.conds.isCalled(at, rt.memory.i32[base + 2]!)),
  CondSignal: either(nobody, Operation.CondSignalNobody, Operation.CondSignal),
  CondBroadcast: either(nobody, Operation.CondSignalNobody, Operation.CondBroadcast),
  TimerStart: always(Operation.TimerStart),
  TimerStop: either((rt, at) => rt.timers.isArmed(at as TimerObjectAddr), Operation.TimerStop, Operation.TimerStopIdle),
  Print: always(Operation.Print),
  Exit: always(Operation.Exit),
  Yield: always(Operation.None),
  SwapElements: always(Operation.Write),
};
