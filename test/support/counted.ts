/** This file counts how often an array is looked at, so that tests can tell linear work from quadratic. */

export interface Counted<T extends object> {
  readonly items: T;
  /** Elements read so far, by whomever. */
  readonly reads: () => number;
}

export function counted<T extends readonly unknown[] | Int32Array>(array: T): Counted<T> {
  let reads = 0;
  const items = new Proxy(array, {
    get(target, key): unknown {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
      const value: unknown = Reflect.get(target, key);
      return value;
    },
  });
  return { items, reads: () => reads };
}
