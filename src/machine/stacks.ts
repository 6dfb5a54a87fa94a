/** This file keeps the stacks of accesses, each once as far as that is cheap to see: a loop makes the same one over and over. */
import { BranchingList, type ListState } from '../base/branchingList';
import type { BacktraceFrame } from '../vm/backtrace';

/** Bytes of a stack, and of a frame, here and in a trace. */
const STACK_BYTES = 160;
const FRAME_BYTES = 72;

/** All stacks so far, as a value. */
export interface StacksState {
  readonly stacks: ListState<readonly BacktraceFrame[]>;
  readonly bytes: number;
}

export class Stacks {
  private readonly all = new BranchingList<readonly BacktraceFrame[]>();
  /** By hash of the frames: a stack that has it, maybe of another branch. */
  private readonly byHash = new Map<number, number>();
  private bytes = 0;

  /** `mostBytes`: when they are spent, no more stacks are kept. */
  constructor(private readonly mostBytes: number) {}

  /** @returns the index of such a stack; -1: there is no room for it. */
  add(stack: readonly BacktraceFrame[]): number {
    const hash = hashOf(stack);
    const known = this.byHash.get(hash);
    if (known !== undefined && isSame(stack, this.all.at(known))) return known;
    const bytes = STACK_BYTES + stack.length * FRAME_BYTES;
    if (this.bytes + bytes > this.mostBytes) return -1;
    this.bytes += bytes;
    const index = this.all.add(stack);
    this.byHash.set(hash, index);
    return index;
  }

  toArray(): (readonly BacktraceFrame[])[] {
    return this.all.toArray();
  }

  save(): StacksState {
    return { stacks: this.all.save(), bytes: this.bytes };
  }

  /** The same stacks get the same numbers on every way here: what other branches have added is not known any more. */
  restore({ stacks, bytes }: StacksState): void {
    this.all.restore(stacks);
    this.bytes = bytes;
    this.byHash.clear();
    this.all.toArray().forEach((stack, index) => this.byHash.set(hashOf(stack), index));
  }
}

/** FNV-1a (Fowler, Noll and Vo 1991) over the instructions. */
function hashOf(stack: readonly BacktraceFrame[]): number {
  let hash = 0x811c9dc5;
  for (const { pc } of stack) hash = Math.imul(hash ^ pc, 0x01000193);
  return hash;
}

function isSame(a: readonly BacktraceFrame[], b: readonly BacktraceFrame[] | undefined): boolean {
  return b?.length === a.length && a.every(({ pc }, i) => pc === b[i]!.pc);
}
