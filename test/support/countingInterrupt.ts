/** This file defines an interrupt that ends nothing, and adds up the work that it is told of. */
import { Interrupt } from '../../src/base/interrupt';

export class CountingInterrupt extends Interrupt {
  units = 0;

  constructor() {
    super(() => undefined);
  }

  override worked(units: number): void {
    this.units += units;
  }
}
