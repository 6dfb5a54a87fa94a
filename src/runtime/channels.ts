/**
 * This file implements channels as Go's runtime does: a ring buffer, FIFO queues of waiting senders and receivers, direct hand-off, close.
 *
 * Rules. A send looks for a waiting receiver first, then for room in the buffer, else it waits; a receive looks into the buffer first, then for a waiting
 * sender. With a full buffer and a waiting sender a receive takes the head, and the sender's value enters at the tail: order is kept. So senders
 * wait only while the buffer is full, receivers only while it is empty, never both unless one is in a select. Whoever completes an operation for a parked
 * goroutine does all of it, result included, before it readies that goroutine. Close releases receivers, with the zero value, and then senders, who panic.
 *
 * Events are in causal order. A hand-off logs the send first, then the receive; a receive from a full buffer logs the receive first, because the waiting
 * sender completes only through it. The half that belongs to the parked partner is logged for the partner.
 *
 * Sources: makechan, chansend, chanrecv, send, recv and closechan of chan.go (Go 1.19); sudogs and their WaitLink as in runtime2.go.
 *
 * Rejected: a lock for each channel (one goroutine runs at a time, and an operation is one instant); a partner that finishes its half when it runs
 * again (others could see the channel in between); waking the first waiter to try again (Go's fairness comes from the hand-off).
 */
import type { Memory } from '../base/memory';
import { Kind } from '../event/kinds';
import { Operation, type OperationKind } from '../event/operations';
import { Wait } from '../event/wait';
import { MAX_ALLOC } from '../vm/indices';
import { roundUpSize } from '../vm/sizeClasses';
import { Work } from '../vm/work';
import type { Platform } from './platform';
import type { Goroutines } from './goroutines';
import { type ChanAddr, ChanAt, type GAddr, GAt, RuntimeTag, type SudogAddr, SudogAt, sudogOf } from './layout';
import { Next } from './next';
import type { Scheduler } from './scheduler';
import { Wakes } from './wakes';

/** Queues within a channel: offsets of the head (the tail follows). */
const SENDERS = ChanAt.SendHead;
const RECEIVERS = ChanAt.RecvHead;
type Queue = typeof SENDERS | typeof RECEIVERS;

/** Most elements of a buffer when they have no size: counts have 31 bits here. Of all others, as many as Go's allocator looks for. */
const MAX_EMPTY_BUFFER = 0x7fffffff;

/** Size of hchan in Go; the buffer follows in the same allocation. */
const HCHAN_BYTES = 96;

/** A case of a select that is going to wait: its index in source order, and addresses, as in {@link SudogAt}. */
interface WaitingCase {
  readonly index: number;
  readonly elem: number;
  readonly ok: number;
  readonly result: number;
}

export class Channels {
  private readonly memory: Memory;

  constructor(
    private readonly platform: Platform,
    private readonly scheduler: Scheduler,
    private readonly goroutines: Goroutines,
  ) {
    this.memory = platform.memory;
  }

  /** make(chan T, capacity): the channel's address; 0 when the capacity is out of range. */
  make(capacity: number, elemSlots: number, elemType: number, site: number): ChanAddr {
    const { vm } = this.platform;
    const { accounts, code } = vm;
    const { bytes } = code.types[elemType]!;
    const most = bytes === 0 ? MAX_EMPTY_BUFFER : (MAX_ALLOC - HCHAN_BYTES) / bytes;
    if (capacity < 0 || capacity > most) return 0;
    accounts.allocate(roundUpSize(HCHAN_BYTES + capacity * bytes, true));
    vm.charge(capacity * elemSlots * Work.slot);
    const c = this.memory.alloc(ChanAt.Slots + capacity * elemSlots, RuntimeTag.Channel) as ChanAddr;
    const m = this.memory.i32;
    m[c + ChanAt.Capacity] = capacity;
    m[c + ChanAt.ElemSlots] = elemSlots;
    m[c + ChanAt.Type] = elemType;
    m[c + ChanAt.Site] = site;
    this.platform.log.add(Kind.ChanMake, c >> 1, capacity, elemType);
    return c;
  }

  /** c <- v of the running goroutine; `value` is the address of v. */
  send(g: GAddr, c: ChanAddr, value: number): Next {
    if (c === 0) return this.goroutines.block(g, 0, Wait.chanSendNil);
    const m = this.memory.i32;
    if (m[c + ChanAt.Closed] !== 0) return this.panicClosed(g, c);
    if (this.sendNow(g, c, value)) return Next.Continue;
    this.enqueueSingle(g, c, SENDERS, value, 0);
    return this.goroutines.block(g, c >> 1, Wait.chanSend);
  }

  /** <-c of the running goroutine into `to` (0: dropped), ok into `ok` (0: none). */
  receive(g: GAddr, c: ChanAddr, to: number, ok: number): Next {
    if (c === 0) return this.goroutines.block(g, 0, Wait.chanReceiveNil);
    if (this.receiveNow(g, c, to, ok)) return Next.Continue;
    this.enqueueSingle(g, c, RECEIVERS, to, ok);
    return this.goroutines.block(g, c >> 1, Wait.chanReceive);
  }

  /** len(c), or cap(c); a timer's channel seems unbuffered. */
  length(c: ChanAddr, capacity: boolean): number {
    return c === 0 || this.memory.i32[c + ChanAt.Timer] !== 0
      ? 0
      : this.memory.i32[c + (capacity ? ChanAt.Capacity : ChanAt.Count)]!;
  }

  /** True when a send would not wait: room, a waiting receiver, or the channel is closed. */
  canSend(c: ChanAddr): boolean {
    const m = this.memory.i32;
    if (c === 0) return false;
    return m[c + ChanAt.Closed] !== 0 || m[c + RECEIVERS] !== 0 || m[c + ChanAt.Count]! < m[c + ChanAt.Capacity]!;
  }

  /** True when a receive would not wait. */
  canReceive(c: ChanAddr): boolean {
    const m = this.memory.i32;
    if (c === 0) return false;
    return m[c + ChanAt.Count]! > 0 || m[c + SENDERS] !== 0 || m[c + ChanAt.Closed] !== 0;
  }

  /** What a send that need not wait comes to. */
  sendOperation(c: ChanAddr): OperationKind {
    return this.memory.i32[c + ChanAt.Closed] === 0 ? Operation.Send : Operation.SendClosed;
  }

  /** What a receive that need not wait comes to. */
  receiveOperation(c: ChanAddr): OperationKind {
    const m = this.memory.i32;
    return m[c + ChanAt.Count] === 0 && m[c + SENDERS] === 0 ? Operation.RecvClosed : Operation.Recv;
  }

  /** Sends on an open channel if that needs no waiting. `g` 0: a timer sends. */
  sendNow(g: GAddr, c: ChanAddr, value: number): boolean {
    const m = this.memory.i32;
    const { log } = this.platform;
    const receiver = m[c + RECEIVERS] as SudogAddr;
    const some = m[c + ChanAt.ElemSlots] !== 0 ? 1 : 0;
    const lo = some * m[value]!;
    const hi = some * m[value + 1]!;
    if (receiver !== 0) {
      this.dequeue(c, RECEIVERS, receiver);
      const partner = m[receiver + SudogAt.G] as GAddr;
      log.add(Kind.ChanSend, c >> 1, m[c + ChanAt.Sends]!++, m[partner + GAt.Id], lo, hi);
      this.copy(c, value, m[receiver + SudogAt.Elem]!);
      this.setOk(m[receiver + SudogAt.Ok]!, 1);
      const from = g === 0 ? 0 : m[g + GAt.Id]!;
      this.platform.addFor(partner, Kind.ChanRecv, c >> 1, m[c + ChanAt.Receives]!++, from, lo, hi);
      this.wake(partner, receiver, from);
      return true;
    }
    const count = m[c + ChanAt.Count]!;
    if (count === m[c + ChanAt.Capacity]) return false;
    this.copy(c, value, this.place(c, m[c + ChanAt.SendIndex]!));
    this.advance(c, ChanAt.SendIndex);
    m[c + ChanAt.Count] = count + 1;
    log.add(Kind.ChanSend, c >> 1, m[c + ChanAt.Sends]!++, 0, lo, hi);
    return true;
  }

  /** Receives if that needs no waiting. */
  receiveNow(g: GAddr, c: ChanAddr, to: number, ok: number): boolean {
    const m = this.memory.i32;
    const count = m[c + ChanAt.Count]!;
    const sender = m[c + SENDERS] as SudogAddr;
    if (count > 0) {
      this.fromBuffer(c, to, ok, sender);
      return true;
    }
    if (sender !== 0) {
      this.fromSender(g, c, to, ok, sender);
      return true;
    }
    if (m[c + ChanAt.Closed] === 0) return false;
    if (to !== 0) m.fill(0, to, to + m[c + ChanAt.ElemSlots]! * 2);
    this.setOk(ok, 0);
    this.platform.log.add(Kind.ChanRecvClosed, c >> 1);
    return true;
  }

  /** Direct hand-off by a sender that waits at an unbuffered channel. */
  private fromSender(g: GAddr, c: ChanAddr, to: number, ok: number, sender: SudogAddr): void {
    const m = this.memory.i32;
    this.dequeue(c, SENDERS, sender);
    const partner = m[sender + SudogAt.G] as GAddr;
    const value = m[sender + SudogAt.Elem]!;
    const some = m[c + ChanAt.ElemSlots] !== 0 ? 1 : 0;
    const lo = some * m[value]!;
    const hi = some * m[value + 1]!;
    const receiver = m[g + GAt.Id]!;
    this.platform.addFor(partner, Kind.ChanSend, c >> 1, m[c + ChanAt.Sends]!++, receiver, lo, hi);
    this.copy(c, value, to);
    this.setOk(ok, 1);
    this.platform.log.add(Kind.ChanRecv, c >> 1, m[c + ChanAt.Receives]!++, m[partner + GAt.Id], lo, hi);
    this.wake(partner, sender, receiver);
  }

  /** Takes the head of the buffer; a sender that waits at the full buffer completes by that. */
  private fromBuffer(c: ChanAddr, to: number, ok: number, sender: SudogAddr): void {
    const m = this.memory.i32;
    const from = this.place(c, m[c + ChanAt.RecvIndex]!);
    const slots = m[c + ChanAt.ElemSlots]!;
    const lo = slots !== 0 ? m[from]! : 0;
    const hi = slots !== 0 ? m[from + 1]! : 0;
    this.copy(c, from, to);
    m.fill(0, from, from + slots * 2);
    this.advance(c, ChanAt.RecvIndex);
    m[c + ChanAt.Count]!--;
    this.setOk(ok, 1);
    const partner = sender === 0 ? 0 : (m[sender + SudogAt.G] as GAddr);
    this.platform.log.add(
      Kind.ChanRecv,
      c >> 1,
      m[c + ChanAt.Receives]!++,
      partner === 0 ? 0 : m[partner + GAt.Id]!,
      lo,
      hi,
    );
    if (sender === 0) return;
    this.dequeue(c, SENDERS, sender);
    const value = m[sender + SudogAt.Elem]!;
    this.copy(c, value, this.place(c, m[c + ChanAt.SendIndex]!));
    this.advance(c, ChanAt.SendIndex);
    m[c + ChanAt.Count]!++;
    const some = slots !== 0 ? 1 : 0;
    this.platform.addFor(
      partner,
      Kind.ChanSend,
      c >> 1,
      m[c + ChanAt.Sends]!++,
      0,
      some * m[value]!,
      some * m[value + 1]!,
    );
    this.wake(partner, sender, this.platform.log.here.g);
  }

  /** Drops what is in the buffer of a timer's channel. @returns whether there was anything. */
  drain(c: ChanAddr): boolean {
    const m = this.memory.i32;
    if (m[c + ChanAt.Count] === 0) return false;
    m[c + ChanAt.Count] = 0;
    m[c + ChanAt.RecvIndex] = m[c + ChanAt.SendIndex]!;
    m[c + ChanAt.Receives] = m[c + ChanAt.Sends]!;
    return true;
  }

  /** close(c): all receivers first, then all senders, who panic. */
  close(g: GAddr, c: ChanAddr): Next {
    const { vm, log } = this.platform;
    if (c === 0) {
      vm.raise(g, 'panic.close-of-nil-channel', 'close of nil channel');
      return Next.Continue;
    }
    const m = this.memory.i32;
    if (m[c + ChanAt.Closed] !== 0) {
      vm.raise(g, 'panic.close-of-closed-channel', 'close of closed channel');
      return Next.Continue;
    }
    m[c + ChanAt.Closed] = 1;
    log.add(Kind.ChanClose, c >> 1);
    const closer = m[g + GAt.Id]!;
    const wakes = new Wakes(vm);
    for (let sudog = m[c + RECEIVERS] as SudogAddr; sudog !== 0; sudog = m[c + RECEIVERS] as SudogAddr) {
      wakes.one();
      this.dequeue(c, RECEIVERS, sudog);
      const to = m[sudog + SudogAt.Elem]!;
      if (to !== 0) m.fill(0, to, to + m[c + ChanAt.ElemSlots]! * 2);
      this.setOk(m[sudog + SudogAt.Ok]!, 0);
      const receiver = m[sudog + SudogAt.G] as GAddr;
      this.platform.addFor(receiver, Kind.ChanRecvClosed, c >> 1);
      this.wake(receiver, sudog, closer);
    }
    for (
      let sudog = this.memory.i32[c + SENDERS] as SudogAddr;
      sudog !== 0;
      sudog = this.memory.i32[c + SENDERS] as SudogAddr
    ) {
      wakes.one();
      this.dequeue(c, SENDERS, sudog);
      const sender = this.memory.i32[sudog + SudogAt.G] as GAddr;
      this.platform.addFor(sender, Kind.ChanSendClosed, c >> 1);
      vm.raise(sender, 'panic.send-on-closed-channel', 'send on closed channel');
      this.wake(sender, sudog, closer);
    }
    return Next.Continue;
  }

  private panicClosed(g: GAddr, c: ChanAddr): Next {
    this.platform.log.add(Kind.ChanSendClosed, c >> 1);
    this.platform.vm.raise(g, 'panic.send-on-closed-channel', 'send on closed channel');
    return Next.Continue;
  }

  /** The goroutine of a sudog just taken off its channel goes on; of a select, the other cases are given up. */
  private wake(g: GAddr, sudog: SudogAddr, waker: number): void {
    const m = this.memory.i32;
    m[g + GAt.Waker] = waker;
    if (m[sudog + SudogAt.Case]! >= 0) this.finishSelect(g, sudog);
    m[g + GAt.Waiting] = 0;
    this.scheduler.ready(g);
  }

  private finishSelect(g: GAddr, chosen: SudogAddr): void {
    const m = this.memory.i32;
    const index = m[chosen + SudogAt.Case]!;
    const result = m[chosen + SudogAt.Result]!;
    m[result] = index;
    m[result + 1] = 0;
    this.platform.addFor(g, Kind.SelectDone, index, (m[chosen + SudogAt.Channel] as ChanAddr) >> 1);
    this.giveUpCases(g, chosen);
  }

  private giveUpCases(g: GAddr, chosen: SudogAddr): void {
    const m = this.memory.i32;
    let sudog = m[g + GAt.Waiting] as SudogAddr;
    while (sudog !== 0) {
      const next = m[sudog + SudogAt.WaitLink] as SudogAddr;
      if (sudog !== chosen) {
        this.dequeue(
          m[sudog + SudogAt.Channel] as ChanAddr,
          m[sudog + SudogAt.Sends] !== 0 ? SENDERS : RECEIVERS,
          sudog,
        );
      }
      this.goroutines.freeSudog(sudog);
      sudog = next;
    }
  }

  // ---------------------------------------------------------------- queues and buffer

  /** Puts a sudog of g at the end of a queue. */
  private enqueue(g: GAddr, c: ChanAddr, queue: Queue, sudog: SudogAddr, elem: number, ok: number): void {
    const m = this.memory.i32;
    const tail = m[c + queue + 1] as SudogAddr;
    m[sudog + SudogAt.G] = g;
    m[sudog + SudogAt.Elem] = elem;
    m[sudog + SudogAt.Next] = 0;
    m[sudog + SudogAt.Prev] = tail;
    m[sudog + SudogAt.Ok] = ok;
    if (tail === 0) m[c + queue] = sudog;
    else m[tail + SudogAt.Next] = sudog;
    m[c + queue + 1] = sudog;
  }

  /** For a goroutine that is going to wait on this channel alone: its own sudog. */
  private enqueueSingle(g: GAddr, c: ChanAddr, queue: Queue, elem: number, ok: number): void {
    const sudog = sudogOf(g);
    const m = this.memory.i32;
    m[sudog + SudogAt.Case] = -1;
    m[g + GAt.Waiting] = sudog;
    this.enqueue(g, c, queue, sudog, elem, ok);
  }

  /** For select: one case of a goroutine that is going to wait. */
  enqueueCase(g: GAddr, c: ChanAddr, sends: boolean, { index, elem, ok, result }: WaitingCase): void {
    const sudog = this.goroutines.sudog();
    this.enqueue(g, c, sends ? SENDERS : RECEIVERS, sudog, elem, ok);
    const m = this.memory.i32;
    m[sudog + SudogAt.Case] = index;
    m[sudog + SudogAt.Channel] = c;
    m[sudog + SudogAt.Sends] = sends ? 1 : 0;
    m[sudog + SudogAt.Result] = result;
    m[sudog + SudogAt.WaitLink] = m[g + GAt.Waiting] as SudogAddr;
    m[g + GAt.Waiting] = sudog;
  }

  private dequeue(c: ChanAddr, queue: Queue, sudog: SudogAddr): void {
    const m = this.memory.i32;
    const next = m[sudog + SudogAt.Next] as SudogAddr;
    const previous = m[sudog + SudogAt.Prev] as SudogAddr;
    if (previous === 0) m[c + queue] = next;
    else m[previous + SudogAt.Next] = next;
    if (next === 0) m[c + queue + 1] = previous;
    else m[next + SudogAt.Prev] = previous;
  }

  private place(c: ChanAddr, index: number): number {
    return c + ChanAt.Buffer + index * this.memory.i32[c + ChanAt.ElemSlots]! * 2;
  }

  private advance(c: ChanAddr, field: ChanAt.SendIndex | ChanAt.RecvIndex): void {
    const m = this.memory.i32;
    const next = m[c + field]! + 1;
    m[c + field] = next === m[c + ChanAt.Capacity] ? 0 : next;
  }

  private copy(c: ChanAddr, from: number, to: number): void {
    const m = this.memory.i32;
    const slots = m[c + ChanAt.ElemSlots]!;
    if (to === 0 || slots === 0) return;
    m[to] = m[from]!;
    m[to + 1] = m[from + 1]!;
    if (slots === 1) return;
    this.platform.vm.charge(slots * Work.slot);
    m.copyWithin(to + 2, from + 2, from + slots * 2);
  }

  private setOk(ok: number, value: number): void {
    if (ok === 0) return;
    this.memory.i32[ok] = value;
    this.memory.i32[ok + 1] = 0;
  }
}
