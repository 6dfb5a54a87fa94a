/** This file tells across threads, at once and without a message, which requests nobody wants any more. */

/** Requests told apart; a request is cancelled long before so many newer ones have come. */
const CELLS = 64;

export class CancelFlags {
  /** Cell `id % CELLS` holds the id of the latest request of that cell that was cancelled; ids start at 1. */
  private readonly cells: Int32Array;

  /** @param memory of another thread's flags, to share them. */
  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)) {
    this.cells = new Int32Array(memory);
  }

  raise(id: number): void {
    Atomics.store(this.cells, id % CELLS, id);
  }

  raised(id: number): boolean {
    return Atomics.load(this.cells, id % CELLS) === id;
  }
}
