/** This file keeps requests in line: at most one of each program, in order of arrival, but before all others what a person waits for. */

export class Queue<T extends { readonly key: string }> {
  private readonly byKey = new Map<string, T>();

  /** @param isUrgent whether a person waits for it; asked anew each time */
  constructor(private readonly isUrgent: (item: T) => boolean) {}

  /** Whose turn it is; it stays in line. */
  get next(): T | undefined {
    const [...items] = this.byKey.values();
    return items.find(this.isUrgent) ?? items[0];
  }

  /** Takes the place of one of the same program. */
  put(item: T): void {
    this.byKey.set(item.key, item);
  }

  take(key: string): T | undefined {
    const item = this.byKey.get(key);
    this.byKey.delete(key);
    return item;
  }

  takeAll(): T[] {
    const items = [...this.byKey.values()];
    this.byKey.clear();
    return items;
  }
}
