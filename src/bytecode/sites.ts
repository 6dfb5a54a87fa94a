/** This file defines the table of allocations: what each allocating instruction makes, in the order of the code. */
import { Column } from '../base/column';

/**
 * An allocation in the user's program, found by the payload of its block's tag (vm/tags.ts, TagKind.Values): the index of the instruction that made it.
 * So a finding can name any address. For channels, the pc of the ChanMake event leads here.
 */
export interface AllocationSite {
  /** Name of the variable that will hold it, when the source says so (`queue := make(chan int)`, boxed locals); else ''. */
  readonly name: string;
  /** Type index of what the block holds: the variable's type, the slice's or array's element type, the channel type. */
  readonly type: number;
}

export class Sites {
  private readonly instructions = new Column();
  private readonly types = new Column();
  private readonly names: string[] = [];

  /** @param instruction index (word index / 4), above those of all before. */
  add(instruction: number, type: number, name: string): void {
    this.instructions.add(instruction);
    this.types.add(type);
    this.names.push(name);
  }

  /** What an instruction allocates; undefined: nothing. */
  get(instruction: number): AllocationSite | undefined {
    let low = 0;
    let high = this.names.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.instructions.at(middle) < instruction) low = middle + 1;
      else high = middle;
    }
    return low < this.names.length && this.instructions.at(low) === instruction ? this.row(low) : undefined;
  }

  *[Symbol.iterator](): Iterator<AllocationSite> {
    for (let row = 0; row < this.names.length; row++) yield this.row(row);
  }

  private row(row: number): AllocationSite {
    return { name: this.names[row]!, type: this.types.at(row) };
  }
}
