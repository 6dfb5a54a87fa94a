/**
 * This file says what the work within one instruction or native costs. It is counted in simple instructions: bulk work takes as much virtual time, and
 * spends as much of the budget, as that many of them (Vm.charge), so that no single instruction is cheaper than what it stands for. Up to {@link INCLUDED} is
 * part of the instruction itself: values of a few words cost the same whatever they are.
 *
 * The rates are those of a machine that executes a simple instruction in a nanosecond: memory is copied, cleared and compared at 16 bytes a nanosecond
 * (as runtime.memmove does within the caches); what has to be looked at one by one costs an instruction or more each.
 */

/** Work that costs nothing besides the instruction that does it: 64 slots moved. */
export const INCLUDED = 32;

/** The same of formatting, whose units are smaller: a line of text. */
export const INCLUDED_IN_PRINTING = 512;

/** Simple instructions for each … */
export const Work = {
  /** … slot that is copied, cleared or compared as it is. */
  slot: 1 / 2,
  /** … byte of a string that is copied or compared. */
  byte: 1 / 16,
  /** … byte that is turned into a character, a slot or text, or back. */
  convertedByte: 1 / 2,
  /** … part of a value that is compared or hashed by its type. */
  part: 1,
  /** … entry of a map that is moved to a larger table; one that is only passed over costs a part. */
  entry: 4,
  /** … value that is formatted, besides its bytes. */
  printed: 16,
  /** … goroutine that is woken, woken and linked, or looked at in a queue. */
  waiter: 64,
  /** … frame of a stack that is walked. */
  frame: 4,
} as const;

/** Thrown by an instruction whose work goes beyond the budget of instructions: nothing of it is done, or counted. */
export class StepsSpent extends Error {
  /** @param work that was to be done at once */
  constructor(readonly work: number) {
    super('the budget of instructions is spent');
    this.name = 'StepsSpent';
  }
}
