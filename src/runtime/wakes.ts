/** This file charges for goroutines that one operation wakes: a close, a broadcast, the end of a group. */
import type { Vm } from '../vm/vm';
import { Work } from '../vm/work';

/** Goroutines that an operation wakes at no charge. */
const FEW = 8;

export class Wakes {
  private count = 0;
  constructor(private readonly vm: Vm) {}

  /** One more is about to be woken. @throws StepsSpent, Interrupted */
  one(): void {
    if (++this.count > FEW) this.vm.spend(Work.waiter);
  }
}
