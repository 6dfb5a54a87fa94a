/**
 * This file defines a list that only grows and that can go back to any of its earlier states, in any order, also to one of a branch left long ago.
 *
 * A state is a chunk of items and a length. A chunk is only ever appended to; a list that stands in the middle of one (it went back) continues in a new
 * chunk, which shares what came before. So states are values: saving and restoring cost nothing, and branches share their common past.
 */

/** What a chunk holds its items in: an array, or what packs them. */
export interface Items<T> {
  readonly length: number;
  push(item: T): number;
  at(index: number): T | undefined;
  slice(from: number, to: number): readonly T[];
}

/** Items from index `first` on; those before are the first items of `before`. */
interface Chunk<T> {
  readonly before: Chunk<T> | undefined;
  readonly first: number;
  readonly items: Items<T>;
}

/** A state of a list. It never changes, and any list of such items can be put into it. */
export interface ListState<T> {
  readonly chunk: Chunk<T>;
  readonly length: number;
}

export class BranchingList<T> {
  private chunk: Chunk<T>;
  private count = 0;

  /** `makeItems`: makes what the items of a chunk are held in. */
  constructor(private readonly makeItems: () => Items<T> = () => []) {
    this.chunk = { before: undefined, first: 0, items: makeItems() };
  }

  get length(): number {
    return this.count;
  }

  /** Appends an item; @returns its index. */
  add(item: T): number {
    if (this.chunk.first + this.chunk.items.length !== this.count) this.fork();
    this.chunk.items.push(item);
    return this.count++;
  }

  /** The item at an index; undefined beyond the end. The newer, the faster. */
  at(index: number): T | undefined {
    if (index >= this.count) return undefined;
    let chunk = this.chunk;
    while (index < chunk.first) chunk = chunk.before!;
    return chunk.items.at(index - chunk.first);
  }

  /** All items in a new array. */
  toArray(): T[] {
    return this.chunks().flatMap(({ chunk, end }) => chunk.items.slice(0, end - chunk.first));
  }

  /** Calls `visit` with each item and its index, the oldest first. */
  forEach(visit: (item: T, index: number) => void): void {
    for (const { chunk, end } of this.chunks())
      for (let i = chunk.first; i < end; i++) visit(chunk.items.at(i - chunk.first)!, i);
  }

  /** The chunks that hold the items, the oldest first, and up to which index each of them is part of the list. */
  private chunks(): { chunk: Chunk<T>; end: number }[] {
    const chunks = [];
    let end = this.count;
    for (let chunk: Chunk<T> | undefined = this.chunk; chunk !== undefined; chunk = chunk.before) {
      chunks.push({ chunk, end });
      end = Math.min(end, chunk.first);
    }
    return chunks.reverse();
  }

  save(): ListState<T> {
    return { chunk: this.chunk, length: this.count };
  }

  restore(state: ListState<T>): void {
    this.chunk = state.chunk;
    this.count = state.length;
  }

  /** Others have gone on in the present chunk: this list goes on in its own. */
  private fork(): void {
    let before: Chunk<T> | undefined = this.chunk;
    while (before !== undefined && before.first >= this.count) before = before.before;
    this.chunk = { before, first: this.count, items: this.makeItems() };
  }
}
