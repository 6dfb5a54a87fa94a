/** This file defines a benchmark case: one figure, measured again and again by the runner, interleaved with the others. */
export interface BenchCase {
  /** Short and stable: `vm-loop`. */
  readonly name: string;
  /** `M instr/s`, `M ops/s`, `ms`. */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** What the project aims at, in the same unit. */
  readonly target?: number;
  /** One measurement. */
  measure(): number | Promise<number>;
  /** Times it is measured; 5 when absent. */
  readonly rounds?: number;
  /** Ends what the measurements started (servers, browsers). */
  close?(): Promise<void>;
}
