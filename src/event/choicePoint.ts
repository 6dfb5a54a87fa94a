/**
 * This file defines the choice point: the one record of a machine in which whoever has a choice to make writes what there is to choose, and which the
 * chooser reads. It is filled again for every choice, so that a choice allocates nothing; a chooser that wants to keep any of it copies it.
 *
 * An alternative is described by who would act and by everything it would touch: a select touches the channels of all its cases, `copy` two stretches of
 * memory, a rendezvous one channel from both sides. Choices that are about no operation (a delay, the order of thieves) have a number of alternatives only.
 */
import type { ChoiceCode } from './choice';

const FIRST_CAPACITY = 16;

export class ChoicePoint {
  /** Index into CHOICE_KINDS. */
  kind: ChoiceCode = 0;
  /** Alternatives, at least 1. */
  count = 0;
  /** Whether the columns below tell of the alternatives. */
  described = false;
  /** Operations that are pending, too, but would wait: they are described behind the alternatives, from `count` on, and cannot be chosen. */
  waiting = 0;

  // ---- by alternative, and by operation that would wait
  /** Id of the goroutine that would act; 0: a timer. */
  goroutine = new Int32Array(FIRST_CAPACITY);
  /** Id of the goroutine that would complete its operation together with it, on the other side of an unbuffered channel; 0: none. */
  partner = new Int32Array(FIRST_CAPACITY);
  /** Case of a select in source order; −1: the default, or no select. */
  selectCase = new Int32Array(FIRST_CAPACITY);
  /** Instruction (word index) that is about to be executed; −1: none. */
  pc = new Int32Array(FIRST_CAPACITY);
  /** The accesses of alternative k are those from `first[k]` up to, not including, `first[k + 1]`; the first of them is the operation itself. */
  first = new Int32Array(FIRST_CAPACITY + 1);

  // ---- by access
  /** What is done: index into OPERATIONS. */
  operation = new Int32Array(FIRST_CAPACITY);
  /** To what: the address, in slots, of a channel, lock, variable …, as events have it; 0: to nothing that others could name. */
  object = new Int32Array(FIRST_CAPACITY);
  /** How many slots of memory; 1 for anything but memory. */
  slots = new Int32Array(FIRST_CAPACITY);

  /** A choice among n alternatives that are mere numbers. */
  numbered(kind: ChoiceCode, n: number): this {
    this.kind = kind;
    this.count = n;
    this.described = false;
    this.waiting = 0;
    return this;
  }

  /** Begins a choice among operations, each of which is then added. */
  open(kind: ChoiceCode): void {
    this.kind = kind;
    this.count = 0;
    this.described = true;
    this.waiting = 0;
    this.first[0] = 0;
  }

  /** Adds an alternative; its accesses follow. */
  add(goroutine: number, pc: number, selectCase = -1, partner = 0): void {
    this.describe(this.count++, goroutine, pc, selectCase, partner);
  }

  /** Adds, after all alternatives, an operation that would wait; its accesses follow, of a select those of every case. */
  addWaiting(goroutine: number, pc: number): void {
    this.describe(this.count + this.waiting++, goroutine, pc, -1, 0);
  }

  private describe(k: number, goroutine: number, pc: number, selectCase: number, partner: number): void {
    if (k === this.goroutine.length) this.growAlternatives();
    this.goroutine[k] = goroutine;
    this.partner[k] = partner;
    this.selectCase[k] = selectCase;
    this.pc[k] = pc;
    this.first[k + 1] = this.first[k]!;
  }

  /** Adds an access to what was added last. */
  touch(operation: number, object: number, slots = 1): void {
    const at = this.first[this.count + this.waiting]!++;
    if (at === this.operation.length) this.growAccesses();
    this.operation[at] = operation;
    this.object[at] = object;
    this.slots[at] = slots;
  }

  private growAlternatives(): void {
    this.goroutine = doubled(this.goroutine);
    this.partner = doubled(this.partner);
    this.selectCase = doubled(this.selectCase);
    this.pc = doubled(this.pc);
    this.first = doubled(this.first);
  }

  private growAccesses(): void {
    this.operation = doubled(this.operation);
    this.object = doubled(this.object);
    this.slots = doubled(this.slots);
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(column.length * 2);
  next.set(column);
  return next;
}
