/**
 * This file decides where variables live: in the frame, in a heap block of their own ("boxed"), or copied into closures.
 * A variable is boxed when its address is taken, or when a closure captures it and it is ever assigned again after its declaration;
 * a captured variable that keeps its first value is copied into the closure, as Go's compiler does: nobody can tell, and reading it is no shared access.
 */
import type { VarObj } from '../lang/types';
import type { VariableUses } from '../lang/variables';
import { slotsOf } from './types';

/** Frames hold arrays up to this size; larger ones are boxed. */
export const LARGEST_IN_FRAME = 256;

/** Whether the variable lives in a heap block of its own. */
export function isBoxed(variable: VarObj, uses: VariableUses): boolean {
  if (variable.role === 'package') return false;
  if (uses.addressed.has(variable) || slotsOf(variable.type) > LARGEST_IN_FRAME) return true;
  return uses.captured.has(variable) && (uses.reassigned.has(variable) || variable.role === 'result');
}
