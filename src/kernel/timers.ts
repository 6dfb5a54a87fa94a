/**
 * This file keeps the instants at which something will happen by itself: a 4-ary heap (as in Go's runtime) of timer nodes,
 * ordered by time, then by the order in which they were armed.
 */
import type { Memory } from '../base/memory';
import { type KernelAddr, KernelAt, KernelTag, type TimerAddr, TimerAt } from './layout';

const FIRST_CAPACITY_SLOTS = 32;

export class TimerHeap {
  constructor(
    private readonly memory: Memory,
    /** Address of the kernel block. */
    private readonly kernel: KernelAddr,
  ) {}

  /** Virtual time of the earliest timer; Infinity when there is none. */
  next(): number {
    const m = this.memory.i32;
    if (m[this.kernel + KernelAt.HeapSize] === 0) return Infinity;
    return this.memory.f64[m[m[this.kernel + KernelAt.Heap]!]! >> 1]!;
  }

  /** Number of armed timers. */
  get size(): number {
    return this.memory.i32[this.kernel + KernelAt.HeapSize]!;
  }

  /** Calls `visit` for every armed node, in no order that means anything. */
  forEach(visit: (node: TimerAddr) => void): void {
    const m = this.memory.i32;
    const heap = m[this.kernel + KernelAt.Heap]!;
    for (let place = 0; place < this.size; place++) visit(m[heap + place] as TimerAddr);
  }

  /** Arms the node to fire at `when`; a node that is armed already is moved. */
  arm(node: TimerAddr, when: number, kind: number, object: number): void {
    if (this.memory.i32[node + TimerAt.Place] !== 0) this.disarm(node);
    const place = this.size;
    this.reserve(place + 1);
    const m = this.memory.i32;
    this.memory.f64[node >> 1] = when;
    m[node + TimerAt.Seq] = m[this.kernel + KernelAt.TimerSeq]!++;
    m[node + TimerAt.Kind] = kind;
    m[node + TimerAt.Object] = object;
    m[this.kernel + KernelAt.HeapSize] = place + 1;
    this.up(place, node);
  }

  /** Takes the node out of the heap. @returns whether it was armed. */
  disarm(node: TimerAddr): boolean {
    const m = this.memory.i32;
    const place = m[node + TimerAt.Place]! - 1;
    if (place < 0) return false;
    m[node + TimerAt.Place] = 0;
    const last = m[this.kernel + KernelAt.HeapSize]! - 1;
    m[this.kernel + KernelAt.HeapSize] = last;
    const heap = m[this.kernel + KernelAt.Heap]!;
    const moved = m[heap + last] as TimerAddr;
    m[heap + last] = 0;
    if (place !== last) {
      this.down(place, moved);
      if (m[moved + TimerAt.Place] === place + 1) this.up(place, moved);
    }
    return true;
  }

  /** Takes out all nodes of the kinds that `ofKind` accepts. */
  disarmWhere(ofKind: (kind: number) => boolean): void {
    const m = this.memory.i32;
    const heap = m[this.kernel + KernelAt.Heap]!;
    const armed = [...m.subarray(heap, heap + this.size)] as TimerAddr[];
    for (const node of armed.filter((each) => ofKind(m[each + TimerAt.Kind]!))) this.disarm(node);
  }

  /** Takes the earliest node out. Call it only when there is one. */
  pop(): TimerAddr {
    const m = this.memory.i32;
    const node = m[m[this.kernel + KernelAt.Heap]!] as TimerAddr;
    this.disarm(node);
    return node;
  }

  private before(x: TimerAddr, y: TimerAddr): boolean {
    const f = this.memory.f64;
    const m = this.memory.i32;
    const dx = f[x >> 1]!;
    const dy = f[y >> 1]!;
    return dx < dy || (dx === dy && m[x + TimerAt.Seq]! < m[y + TimerAt.Seq]!);
  }

  private put(place: number, node: TimerAddr): void {
    const m = this.memory.i32;
    m[m[this.kernel + KernelAt.Heap]! + place] = node;
    m[node + TimerAt.Place] = place + 1;
  }

  private up(place: number, node: TimerAddr): void {
    const m = this.memory.i32;
    const heap = m[this.kernel + KernelAt.Heap]!;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const other = m[heap + parent] as TimerAddr;
      if (!this.before(node, other)) break;
      this.put(place, other);
      place = parent;
    }
    this.put(place, node);
  }

  private down(place: number, node: TimerAddr): void {
    const m = this.memory.i32;
    const heap = m[this.kernel + KernelAt.Heap]!;
    const size = m[this.kernel + KernelAt.HeapSize]!;
    for (;;) {
      const first = place * 4 + 1;
      if (first >= size) break;
      let best = first;
      const end = Math.min(first + 4, size);
      for (let k = first + 1; k < end; k++)
        if (this.before(m[heap + k] as TimerAddr, m[heap + best] as TimerAddr)) best = k;
      const child = m[heap + best] as TimerAddr;
      if (!this.before(child, node)) break;
      this.put(place, child);
      place = best;
    }
    this.put(place, node);
  }

  private reserve(size: number): void {
    const heap = this.memory.i32[this.kernel + KernelAt.Heap]!;
    const slots = heap === 0 ? 0 : this.memory.slots(heap);
    if (size <= slots * 2) return;
    const next = this.memory.alloc(Math.max(FIRST_CAPACITY_SLOTS, slots * 2), KernelTag.TimerHeap);
    const m = this.memory.i32;
    m.copyWithin(next, heap, heap + slots * 2);
    if (heap !== 0) this.memory.free(heap);
    this.memory.i32[this.kernel + KernelAt.Heap] = next;
  }
}
