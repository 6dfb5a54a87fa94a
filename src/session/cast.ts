/** This file remembers who took part in a run: its processes, threads and goroutines, and where its channels were made. */
import { Column } from '../base/column';
import type { Interrupt } from '../base/interrupt';
import { Kind } from '../event/kinds';
import type { EventLog, Observer } from '../event/log';

const { GoCreate: GO_CREATE, ChanMake: CHAN_MAKE, ThreadCreate: THREAD_CREATE } = Kind;
const { ProcessStart: PROCESS_START, ProcessExit: PROCESS_EXIT } = Kind;

/** Rows of one goroutine's birth. */
export interface Birth {
  readonly id: number;
  readonly function: number;
  readonly parent: number;
  readonly pc: number;
  readonly process: number;
}

/** What is known of a channel's making: the instruction, and how much it holds. */
export interface Making {
  readonly pc: number;
  readonly capacity: number;
}

/** In units of an interrupt: of a channel. */
const WORK_OF_A_MAKING = 10;

export class Cast implements Observer {
  readonly kinds = [GO_CREATE, CHAN_MAKE, THREAD_CREATE, PROCESS_START, PROCESS_EXIT];
  readonly threads: { id: number; process: number }[] = [];
  readonly processes: { id: number; parent: number; main: number; status?: number }[] = [];
  /** Columns of births, in their order. */
  private readonly born = {
    id: new Column(),
    function: new Column(),
    parent: new Column(),
    pc: new Column(),
    process: new Column(),
  };
  /** Columns of channels, in the order in which they were made; an address may come again. */
  private readonly made = { id: new Column(), pc: new Column(), capacity: new Column() };

  /** @param most goroutines, and channels, that are remembered: the first. */
  constructor(private readonly most: number) {}

  /** Goroutines so far. */
  get births(): number {
    return this.born.id.length;
  }

  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (kind === GO_CREATE) this.bear(log, i);
    else if (kind === CHAN_MAKE) this.make(log, i);
    else if (kind === THREAD_CREATE) this.threads.push({ id: log.obj[i]!, process: log.a[i]! });
    else if (kind === PROCESS_START) this.processes.push({ id: log.obj[i]!, parent: log.a[i]!, main: 0 });
    else if (kind === PROCESS_EXIT) this.processes.find(({ id }) => id === log.obj[i])!.status = log.a[i]!;
  }

  birth(index: number): Birth {
    const { id, function: code, parent, pc, process } = this.born;
    return {
      id: id.at(index),
      function: code.at(index),
      parent: parent.at(index),
      pc: pc.at(index),
      process: process.at(index),
    };
  }

  /** Channels by address, each as it was made last. @param wanted by address: only these are of interest @throws Interrupted */
  channels(wanted: ReadonlyMap<number, unknown>, interrupt: Interrupt): ReadonlyMap<number, Making> {
    const { id, pc, capacity } = this.made;
    const channels = new Map<number, Making>();
    for (let i = 0; i < id.length; i++) {
      interrupt.worked(WORK_OF_A_MAKING);
      if (wanted.has(id.at(i))) channels.set(id.at(i), { pc: pc.at(i), capacity: capacity.at(i) });
    }
    return channels;
  }

  private bear(log: EventLog, i: number): void {
    const { id, function: code, parent, pc, process } = this.born;
    const of = log.b[i]!;
    const home = this.processes.length === 1 ? this.processes[0] : this.processes.find((each) => each.id === of);
    // The first goroutine of a process is its main one.
    if (home?.main === 0 && home.id === of) home.main = log.obj[i]!;
    if (id.length >= this.most) return;
    id.add(log.obj[i]!);
    code.add(log.a[i]!);
    parent.add(log.g[i]!);
    pc.add(log.pc[i]!);
    process.add(of);
  }

  private make(log: EventLog, i: number): void {
    const { id, pc, capacity } = this.made;
    if (id.length >= this.most) return;
    id.add(log.obj[i]!);
    pc.add(log.pc[i]!);
    capacity.add(log.a[i]!);
  }
}
