/**
 * This file implements select. Go shuffles the cases and takes the first that is ready; choosing evenly among the ready ones is the same distribution and
 * makes one choice, which an explorer can enumerate. When none is ready the goroutine waits in every channel's queue, in source order:
 * the order in which it enters the queues of different channels cannot be observed.
 */
import type { Memory } from '../base/memory';
import type { Code } from '../bytecode/code';
import { Work } from '../vm/work';
import { choiceCode } from '../event/choice';
import { Kind } from '../event/kinds';
import { Wait } from '../event/wait';
import type { Channels } from './channels';
import type { Goroutines } from './goroutines';
import { type ChanAddr, type GAddr, GAt } from './layout';
import { Next } from './next';
import type { Platform } from './platform';

const SELECT_CASE = choiceCode('select-case');

type SelectCase = Code['selects'][number]['cases'][number];

export class Selects {
  private readonly memory: Memory;
  /** Case indices that are ready, of the select in hand. */
  private readonly readyCases: number[] = [];
  /** The case that the next select takes if it is ready, because a scheduler has chosen it already; −1: it is chosen among those that are. */
  wanted = -1;

  constructor(
    private readonly platform: Platform,
    private readonly channels: Channels,
    private readonly goroutines: Goroutines,
  ) {
    this.memory = platform.memory;
  }

  /** select number `table` of the running goroutine, whose frame is at `fp`; the chosen index goes to `result`. */
  select(g: GAddr, table: number, fp: number, result: number): Next {
    const { cases, hasDefault } = this.platform.vm.code.selects[table]!;
    const { log } = this.platform;
    const ready = this.readyCases;
    const m = this.memory.i32;
    log.add(Kind.SelectStart, cases.length, hasDefault ? 1 : 0);
    ready.length = 0;
    this.platform.vm.charge(cases.length * 2 * Work.part);
    for (let i = 0; i < cases.length; i++) {
      const each = cases[i]!;
      const c = m[fp + each.chan * 2] as ChanAddr;
      if (each.dir === 'send' ? this.channels.canSend(c) : this.channels.canReceive(c)) ready.push(i);
    }
    if (ready.length > 0) return this.take(g, table, fp, result, this.chosen(g, cases, fp));
    if (hasDefault) {
      this.finish(result, -1, 0);
      return Next.Continue;
    }
    for (let i = 0; i < cases.length; i++) {
      const each = cases[i]!;
      const c = this.memory.i32[fp + each.chan * 2] as ChanAddr;
      if (c === 0) continue;
      const elem = each.value < 0 ? 0 : fp + each.value * 2;
      const ok = each.ok < 0 ? 0 : fp + each.ok * 2;
      this.channels.enqueueCase(g, c, each.dir === 'send', { index: i, elem, ok, result });
    }
    return this.goroutines.block(g, 0, cases.length === 0 ? Wait.selectNoCases : Wait.select);
  }

  /** One of the cases that are ready: the one that a scheduler wants, or the chooser, who sees what each would do. */
  private chosen(g: GAddr, cases: readonly SelectCase[], fp: number): number {
    const ready = this.readyCases;
    const { wanted } = this;
    this.wanted = -1;
    if (wanted >= 0 && ready.includes(wanted)) return wanted;
    if (ready.length === 1) return ready[0]!;
    const { choices, log } = this.platform;
    if (choices.blind) return ready[choices.choose(SELECT_CASE, ready.length)]!;
    const m = this.memory.i32;
    choices.point.open(SELECT_CASE);
    for (const i of ready) {
      const { dir, chan } = cases[i]!;
      const c = m[fp + chan * 2] as ChanAddr;
      choices.point.add(m[g + GAt.Id]!, log.here.pc, i);
      choices.point.touch(dir === 'send' ? this.channels.sendOperation(c) : this.channels.receiveOperation(c), c >> 1);
    }
    return ready[choices.ask()]!;
  }

  /** Performs the chosen case, which is ready. */
  private take(g: GAddr, table: number, fp: number, result: number, index: number): Next {
    const each = this.platform.vm.code.selects[table]!.cases[index]!;
    const c = this.memory.i32[fp + each.chan * 2] as ChanAddr;
    this.finish(result, index, c >> 1);
    const elem = each.value < 0 ? 0 : fp + each.value * 2;
    if (each.dir === 'send') return this.channels.send(g, c, elem);
    return this.channels.receive(g, c, elem, each.ok < 0 ? 0 : fp + each.ok * 2);
  }

  private finish(result: number, index: number, channel: number): void {
    const m = this.memory.i32;
    m[result] = index;
    m[result + 1] = index >> 31;
    this.platform.log.add(Kind.SelectDone, index, channel);
  }
}
