/** This file defines maps and sets that make their tables at the first entry, for places of which there are many and most stay empty. */

const NO_ENTRIES: ReadonlyMap<never, never> = new Map<never, never>();
const NO_ITEMS: ReadonlySet<never> = new Set<never>();

export class LateMap<K, V> {
  private table: Map<K, V> | undefined;

  get size(): number {
    return this.table?.size ?? 0;
  }

  get(key: K): V | undefined {
    return this.table?.get(key);
  }

  has(key: K): boolean {
    return this.table?.has(key) === true;
  }

  set(key: K, value: V): void {
    (this.table ??= new Map<K, V>()).set(key, value);
  }

  delete(key: K): void {
    this.table?.delete(key);
  }

  /** In the order in which the keys were first set. */
  keys(): Iterable<K> {
    return (this.table ?? NO_ENTRIES).keys();
  }

  values(): Iterable<V> {
    return (this.table ?? NO_ENTRIES).values();
  }

  [Symbol.iterator](): Iterator<[K, V]> {
    return (this.table ?? NO_ENTRIES)[Symbol.iterator]();
  }
}

export class LateSet<T> {
  private table: Set<T> | undefined;

  get size(): number {
    return this.table?.size ?? 0;
  }

  has(item: T): boolean {
    return this.table?.has(item) === true;
  }

  add(item: T): void {
    (this.table ??= new Set<T>()).add(item);
  }

  /** In the order in which the items were first added. */
  [Symbol.iterator](): Iterator<T> {
    return (this.table ?? NO_ITEMS)[Symbol.iterator]();
  }
}
