/**
 * This file lists what can happen next: for every goroutine the operation before which it stands, if it can be completed now, and every timer that is armed.
 *
 * Blocking is lazy: a goroutine whose operation would wait simply is no alternative, and nothing of it has been executed, so that channels, locks and
 * groups are met by their fast paths only. That loses no behaviour, because nobody can see when another goroutine has begun to wait: any order in which
 * they might have queued up is an order in which the operations can be executed. Four operations need more than that:
 * an unbuffered channel couples two goroutines (meetings.ts); RWMutex.Lock announces itself, which readers notice, and then waits for them; a Cond's ticket
 * is taken by a native of its own; and a goroutine in WaitGroup.Wait that could have been let go finds the group reused, a misuse that panics.
 */
import type { ChoicePoint } from '../../event/choicePoint';
import { Operation } from '../../event/operations';
import { type TimerAddr, TimerAt } from '../../kernel/layout';
import { Ctx } from '../../vm/context';
import {
  type ChanAddr,
  ChanAt,
  type GAddr,
  GAt,
  GFlag,
  GState,
  Resume,
  RuntimeTimer,
  type TimerObjectAddr,
  TimerObjectAt,
} from '../layout';
import type { Runtime } from '../runtime';
import { Meetings } from './meetings';
import { Move } from './move';
import { Ahead, Look } from './sight';

export class Survey {
  // ---- by alternative, beside the columns of the choice point
  readonly move: Move[] = [];
  /** Block of the goroutine; node of the timer. */
  readonly actor: (GAddr | TimerAddr)[] = [];
  readonly partner: GAddr[] = [];
  /** Goroutines and timers that were asked what can happen next. */
  asked = 0;
  /** Goroutines that stand before an operation that would wait, whoever else moves first. */
  readonly stuck: GAddr[] = [];
  /** Writers that have announced themselves and wait for readers. */
  private readonly announced: GAddr[] = [];
  private readonly look: Look;
  private readonly meetings: Meetings;

  constructor(
    private readonly rt: Runtime,
    private readonly point: ChoicePoint,
    plain: boolean,
  ) {
    this.look = new Look(rt, plain);
    this.meetings = new Meetings(rt, this);
  }

  /** Whether others could notice what g is about to do. */
  isVisible(g: GAddr): boolean {
    return this.look.at(g) !== Ahead.Local;
  }

  /** Whether g stands before the Wait of a group whose counter is zero. */
  standsInWait(g: GAddr, group: number): boolean {
    if (this.rt.memory.i32[g + GAt.State] === GState.Blocked || this.look.at(g) !== Ahead.Ready) return false;
    return this.look.operation[0] === Operation.Wait && this.look.object[0] === group >> 1;
  }

  /** Fills the point, which has been opened, with all that can happen. */
  fill(): void {
    this.move.length = this.actor.length = this.partner.length = 0;
    this.stuck.length = this.announced.length = this.asked = 0;
    this.meetings.clear();
    this.rt.goroutines.forEach((g) => this.goroutine(g));
    this.meetings.match();
    this.rt.platform.kernel.timers.forEach((node) => this.timer(node));
    for (const g of this.stuck) this.describe(g);
    for (const g of this.announced) this.waitsToEnter(g);
  }

  /** Adds an alternative; its accesses are the caller's to add. */
  add(move: Move, g: GAddr, pc: number, selectCase = -1, partner: GAddr = 0): void {
    const m = this.rt.memory.i32;
    this.move.push(move);
    this.actor.push(g);
    this.partner.push(partner);
    this.point.add(m[g + GAt.Id]!, pc, selectCase, partner === 0 ? 0 : m[partner + GAt.Id]!);
  }

  touch(operation: number, object: number, slots = 1): void {
    this.point.touch(operation, object, slots);
  }

  private goroutine(g: GAddr): void {
    this.asked++;
    const m = this.rt.memory.i32;
    const resume = m[g + GAt.Resume];
    if (m[g + GAt.State] === GState.Blocked) {
      if (resume === Resume.RWLockReaders) this.announced.push(g);
      return;
    }
    if (resume === Resume.End) this.finishes(g, Operation.Exit, this.rt.process);
    else if (resume === Resume.RWLockReaders) this.finishes(g, Operation.RWEnter, m[g + GAt.ResumeObject]!);
    else this.instruction(g);
  }

  private finishes(g: GAddr, operation: number, object: number): void {
    this.add(Move.Finish, g, this.rt.memory.i32[g + Ctx.At]!);
    this.touch(operation, object >> 1);
  }

  private instruction(g: GAddr): void {
    const { look } = this;
    switch (look.at(g)) {
      case Ahead.Local: // it has run so far without an operation that others get a turn
      case Ahead.Ready:
        this.add(Move.Step, g, look.pc);
        for (let i = 0; i < look.count; i++) this.touch(look.operation[i]!, look.object[i]!, look.slots[i]);
        break;
      case Ahead.Waits:
        this.waits(g);
        break;
      case Ahead.Send:
        this.meetings.send(g, look.channel, look.pc);
        break;
      case Ahead.Recv:
        this.meetings.receive(g, look.channel, look.pc);
        break;
      case Ahead.Select:
        this.meetings.select(g, look.table, look.fp, look.pc);
        break;
    }
  }

  private waits(g: GAddr): void {
    const m = this.rt.memory.i32;
    if ((m[g + GAt.Flags]! & GFlag.Released) === 0) {
      this.stuck.push(g);
      return;
    }
    this.add(Move.Reused, g, this.look.pc);
    this.touch(Operation.Wait, this.look.object[0]!);
  }

  /** What g would do if it had not to wait; of a select that is every case. */
  private describe(g: GAddr): void {
    const { look, point } = this;
    const m = this.rt.memory.i32;
    const ahead = look.at(g);
    point.addWaiting(m[g + GAt.Id]!, look.pc);
    for (let i = 0; i < look.count; i++) this.touch(look.operation[i]!, look.object[i]!, look.slots[i]);
    if (ahead === Ahead.Send || ahead === Ahead.Recv)
      this.touch(ahead === Ahead.Send ? Operation.Send : Operation.Recv, look.channel >> 1);
    if (ahead !== Ahead.Select) return;
    for (const { dir, chan } of this.rt.platform.vm.code.selects[look.table]!.cases)
      this.touch(dir === 'send' ? Operation.Send : Operation.Recv, m[look.fp + chan * 2]! >> 1);
  }

  private waitsToEnter(g: GAddr): void {
    const m = this.rt.memory.i32;
    this.point.addWaiting(m[g + GAt.Id]!, m[g + Ctx.At]!);
    this.touch(Operation.RWEnter, m[g + GAt.ResumeObject]! >> 1);
  }

  /** The node of a timer, or of a sleeping goroutine, in the kernel's heap. */
  private timer(node: TimerAddr): void {
    this.asked++;
    const m = this.rt.memory.i32;
    const kind = m[node + TimerAt.Kind]! & 0xff;
    const object = m[node + TimerAt.Object]!;
    if (kind !== RuntimeTimer.Timer) {
      const g = object as GAddr;
      this.fires(node, m[g + GAt.Id]!, m[g + Ctx.At]!);
      return;
    }
    const timer = object as TimerObjectAddr;
    const channel = m[timer + TimerObjectAt.Channel] as ChanAddr;
    // To send to a full channel would change nothing.
    const full = channel !== 0 && m[channel + ChanAt.Count] === m[channel + ChanAt.Capacity];
    if (full) return;
    this.fires(node, 0, m[timer + TimerObjectAt.Site]!);
    if (channel !== 0) this.touch(Operation.Send, channel >> 1);
  }

  private fires(node: TimerAddr, goroutine: number, pc: number): void {
    this.move.push(Move.Fire);
    this.actor.push(node);
    this.partner.push(0);
    this.point.add(goroutine, pc);
    this.touch(Operation.TimerFire, node >> 1);
  }
}
