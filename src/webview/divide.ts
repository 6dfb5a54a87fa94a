/** This file divides a length among parts that give way in an order: a part gives all that it has to give before the next one gives anything. */

/** One thing that a part gives up. */
export interface Concession<P extends string> {
  readonly part: P;
  /** Px that remain of it, if it is larger. */
  readonly to: number;
  /** At once or not at all: half of it would be of no use. */
  readonly whole?: boolean;
}

export interface Division<P extends string> {
  /** Px that each part wants. */
  readonly best: Readonly<Record<P, number>>;
  /** First to last. What remains of every part at the end must be 0, or there may be too little for all. */
  readonly order: readonly Concession<P>[];
  /** Takes what nobody else wants. */
  readonly slack: P;
}

/** Px of each part. They add up to `total`, provided that all give way to 0 in the end. */
export function divide<P extends string>(total: number, { best, order, slack }: Division<P>): Record<P, number> {
  const sizes: Record<P, number> = { ...best };
  let over = Object.values<number>(best).reduce((sum, size) => sum + size, 0) - total;
  for (const { part, to, whole = false } of order) {
    if (over <= 0) break;
    const given = Math.max(0, whole ? sizes[part] - to : Math.min(sizes[part] - to, over));
    sizes[part] -= given;
    over -= given;
  }
  sizes[slack] -= Math.min(over, 0);
  return sizes;
}
