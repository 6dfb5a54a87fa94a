/** This file defines the three limits of virtual time that the machine sets the vm, and which of them each instruction must not pass, by what it can show to others. */
import type { OpName } from '../bytecode/op';

/** Which limit an operation must not pass. */
export const Horizon = {
  /** Synchronisation, system calls, everything that orders goroutines; and whatever is too rare to be looked at more closely. */
  Exact: 0,
  /** A plain access of shared memory. */
  Near: 1,
  /** Jumps and calls: nobody else can see them. */
  Far: 2,
  /** None: work in registers, which a goroutine does not stop at. */
  None: 3,
} as const;
export type Horizon = (typeof Horizon)[keyof typeof Horizon];

const NEAR: ReadonlySet<OpName> = new Set([
  'LoadG',
  'StoreG',
  'Load',
  'Store',
  'LoadN',
  'StoreN',
  'LoadElem',
  'StoreElem',
]);

/** As the switch of interpret.ts has always had them: what stood in the table of cold.ts when schedules were first recorded is exact. */
const NONE: ReadonlySet<OpName> = new Set([
  'MoveN',
  'Zero',
  'MulInt',
  'MulI',
  'DivInt',
  'ModInt',
  'Shl',
  'Shr',
  'ShrU',
  'Offset',
  'New',
  'NewOf',
  'ElemAddr',
  'Bounds',
  'PtrIndex',
  'Captured',
  'Return',
  'End',
]);

const FAR: ReadonlySet<OpName> = new Set([
  'Jump',
  'JumpIf',
  'JumpIfNot',
  'JeqInt',
  'JneInt',
  'JltInt',
  'JleInt',
  'JltUint',
  'JleUint',
  'JeqI',
  'JneI',
  'JltI',
  'JleI',
  'JgtI',
  'JgeI',
  'Call',
  'CallClosure',
  'CallIface',
]);

/** The limit of an instruction. Of those that the loop executes without a look at any, nobody asks. */
export function horizonOf(op: OpName): Horizon {
  if (NEAR.has(op)) return Horizon.Near;
  if (FAR.has(op)) return Horizon.Far;
  return NONE.has(op) ? Horizon.None : Horizon.Exact;
}
