/**
 * This file lists what can happen on channels. A send or receive that the channel's own state allows is an alternative by itself. On an unbuffered channel
 * that is open, a send and a receive happen together, each pair of goroutines being one alternative: one of the two has come first and waits, and the other
 * finds it. The first must be able to wait, so it has no default and no case that the state of its channels allows; where both can, the sender waits.
 */
import type { Code } from '../../bytecode/code';
import { Operation } from '../../event/operations';
import { type ChanAddr, ChanAt, type GAddr } from '../layout';
import type { Runtime } from '../runtime';
import { Move } from './move';
import type { Survey } from './survey';

type SelectTable = Code['selects'][number];

/** Somebody who would send or receive on an unbuffered channel. */
interface Party {
  readonly g: GAddr;
  readonly pc: number;
  readonly channel: ChanAddr;
  /** Case in source order; −1: no select. */
  readonly selectCase: number;
  /** Whether it can be found waiting by this case: it can wait at all, and this is its first case of the kind on the channel. */
  readonly canWait: boolean;
  readonly select: Offered | undefined;
}

/** A select that is pending: its table, and the frame that it reads. */
interface Offered {
  readonly table: SelectTable;
  readonly fp: number;
}

export class Meetings {
  private readonly senders: Party[] = [];
  private readonly receivers: Party[] = [];
  /** Goroutines with a party that nobody has met yet, and whether they have another alternative. */
  private readonly waiting = new Map<GAddr, boolean>();

  constructor(
    private readonly rt: Runtime,
    private readonly survey: Survey,
  ) {}

  clear(): void {
    this.senders.length = 0;
    this.receivers.length = 0;
    this.waiting.clear();
  }

  // ---------------------------------------------------------------- one operation

  send(g: GAddr, c: ChanAddr, pc: number): void {
    if (this.isRendezvous(c)) this.offer(this.senders, { g, pc, channel: c, selectCase: -1, canWait: true, select: undefined });
    else if (this.rt.channels.canSend(c)) this.alone(g, pc, this.rt.channels.sendOperation(c), c);
    else this.survey.stuck.push(g);
  } // prettier-ignore

  receive(g: GAddr, c: ChanAddr, pc: number): void {
    if (this.isRendezvous(c)) this.offer(this.receivers, { g, pc, channel: c, selectCase: -1, canWait: true, select: undefined });
    else if (this.rt.channels.canReceive(c)) this.alone(g, pc, this.rt.channels.receiveOperation(c), c);
    else this.survey.stuck.push(g);
  } // prettier-ignore

  /** Whether a send and a receive have to happen together: the channel is unbuffered and open, and nobody waits on it. */
  private isRendezvous(c: ChanAddr): boolean {
    if (c === 0) return false;
    return this.rt.memory.i32[c + ChanAt.Capacity] === 0 && !this.rt.channels.canSend(c) && !this.rt.channels.canReceive(c);
  } // prettier-ignore

  private alone(g: GAddr, pc: number, operation: number, c: ChanAddr): void {
    this.survey.add(Move.Step, g, pc);
    this.survey.touch(operation, c >> 1);
  }

  private offer(parties: Party[], party: Party): void {
    parties.push(party);
    if (!this.waiting.has(party.g)) this.waiting.set(party.g, false);
  }

  // ---------------------------------------------------------------- select

  select(g: GAddr, tableIndex: number, fp: number, pc: number): void {
    const select = { table: this.rt.platform.vm.code.selects[tableIndex]!, fp };
    const { cases, hasDefault } = select.table;
    const ready = cases.map((_, i) => this.isReady(select, i));
    ready.forEach((is, i) => {
      if (is) this.takes(g, pc, select, i);
    });
    const anyReady = ready.includes(true);
    if (!anyReady && hasDefault) this.takes(g, pc, select, -1);
    cases.forEach((each, i) => {
      const channel = this.channelOf(select, i);
      if (ready[i] || !this.isRendezvous(channel)) return;
      const canWait = !anyReady && !hasDefault && this.isFirst(select, i);
      const party = { g, pc, channel, selectCase: i, canWait, select };
      this.offer(each.dir === 'send' ? this.senders : this.receivers, party);
    });
    const proceeds = anyReady || hasDefault;
    if (this.waiting.has(g)) this.waiting.set(g, proceeds);
    else if (!proceeds) this.survey.stuck.push(g);
  }

  private channelOf({ table, fp }: Offered, i: number): ChanAddr {
    return this.rt.memory.i32[fp + table.cases[i]!.chan * 2] as ChanAddr;
  }

  private isReady(select: Offered, i: number): boolean {
    const c = this.channelOf(select, i);
    return select.table.cases[i]!.dir === 'send' ? this.rt.channels.canSend(c) : this.rt.channels.canReceive(c);
  }

  /** Whether a partner that finds the select waiting takes this case: the first of its direction on its channel. */
  private isFirst(select: Offered, i: number): boolean {
    const { dir } = select.table.cases[i]!;
    const channel = this.channelOf(select, i);
    return !select.table.cases.some((each, k) => k < i && each.dir === dir && this.channelOf(select, k) === channel);
  }

  /** The select takes a case that is ready, or −1: its default. */
  private takes(g: GAddr, pc: number, select: Offered, i: number): void {
    this.survey.add(Move.Step, g, pc, i);
    if (i >= 0) {
      const c = this.channelOf(select, i);
      this.survey.touch(
        select.table.cases[i]!.dir === 'send'
          ? this.rt.channels.sendOperation(c)
          : this.rt.channels.receiveOperation(c),
        c >> 1,
      );
    }
    this.sees(select, i);
  }

  /** A select looks at the channels of all its cases. */
  private sees(select: Offered, taken: number): void {
    select.table.cases.forEach(({ dir }, i) => {
      const c = this.channelOf(select, i);
      if (i === taken || c === 0) return;
      const ready = this.isReady(select, i);
      if (dir === 'send') this.survey.touch(ready ? Operation.CanSend : Operation.CannotSend, c >> 1);
      else this.survey.touch(ready ? Operation.CanRecv : Operation.CannotRecv, c >> 1);
    });
  }

  // ---------------------------------------------------------------- rendezvous

  /** Adds an alternative for each sender and receiver of one channel that can meet. Whoever meets nobody is stuck. */
  match(): void {
    for (const sender of this.senders) {
      for (const receiver of this.receivers) {
        if (sender.channel !== receiver.channel || sender.g === receiver.g) continue;
        if (sender.canWait) this.meet(receiver, Operation.Recv, sender, Operation.Send);
        else if (receiver.canWait) this.meet(sender, Operation.Send, receiver, Operation.Recv);
      }
    }
    for (const [g, proceeds] of this.waiting) if (!proceeds) this.survey.stuck.push(g);
  }

  private meet(mover: Party, does: number, first: Party, did: number): void {
    this.survey.add(Move.Meet, mover.g, mover.pc, mover.selectCase, first.g);
    this.survey.touch(does, mover.channel >> 1);
    this.survey.touch(did, first.channel >> 1);
    if (mover.select) this.sees(mover.select, mover.selectCase);
    if (first.select) this.sees(first.select, first.selectCase);
    this.waiting.delete(mover.g);
    this.waiting.delete(first.g);
  }
}
