/**
 * This file runs little programs, written as generators, on a toy scheduler that emits the events of the real one: goroutines, buffered and
 * unbuffered channels, mutexes, wait groups, work and system calls on a few cores. It lets the readers of traces be tested without the machine.
 */
import { Random } from '../../src/base/random';
import { Wait } from '../../src/event/wait';
import type { Trace } from '../../src/trace/store';
import { TraceBuilder } from './traceBuilder';

export interface Chan {
  readonly id: number;
  readonly capacity: number;
  readonly buffer: { value: number; seq: number }[];
  readonly senders: { g: Routine; value: number; line: number }[];
  readonly receivers: { g: Routine; line: number }[];
  sent: number;
  received: number;
  closed: boolean;
}

export interface Mutex {
  readonly id: number;
  holder: number;
  readonly queue: { g: Routine; line: number }[];
}

export interface Group {
  readonly id: number;
  count: number;
  readonly queue: { g: Routine; line: number }[];
}

export interface Variable {
  readonly id: number;
  value: number;
}

/** One statement of a toy program. */
export type Op =
  | { readonly op: 'go'; readonly name: string; readonly body: Body; readonly line: number }
  | { readonly op: 'send'; readonly chan: Chan; readonly value: number; readonly line: number }
  | { readonly op: 'receive'; readonly chan: Chan; readonly line: number }
  | { readonly op: 'close'; readonly chan: Chan; readonly line: number }
  | { readonly op: 'lock' | 'unlock'; readonly mutex: Mutex; readonly line: number }
  | { readonly op: 'add'; readonly group: Group; readonly delta: number; readonly line: number }
  | { readonly op: 'wait'; readonly group: Group; readonly line: number }
  | { readonly op: 'work' | 'syscall'; readonly ns: number; readonly line: number }
  | { readonly op: 'read'; readonly variable: Variable; readonly line: number }
  | { readonly op: 'write'; readonly variable: Variable; readonly value: number; readonly line: number };

/** Yields statements; gets back what a receive or a read delivers (undefined: the channel is closed). */
export type Body = () => Generator<Op, void, number | undefined>;

interface Routine {
  readonly id: number;
  readonly steps: Generator<Op, void, number | undefined>;
  /** What the next statement gets from the last one. */
  delivered: number | undefined;
  /** Time at which it may run again. */
  readyAt: number;
  line: number;
}

interface Core {
  readonly id: number;
  thread: number;
  clock: number;
  running: Routine | undefined;
}

const STEP = 100;

export class ToyMachine {
  readonly trace: TraceBuilder;
  private readonly random: Random;
  private readonly cores: Core[];
  private readonly ready: Routine[] = [];
  private readonly inSyscall: { g: Routine; thread: number; until: number }[] = [];
  private readonly idleThreads: number[] = [];
  private threads = 0;
  private routines = 0;
  private nextObject = 100;
  private readonly alive = new Set<Routine>();

  constructor(
    program: string,
    seed: number,
    cores = 2,
    private readonly most = 10_000,
  ) {
    this.trace = new TraceBuilder(program, cores);
    this.random = new Random(seed);
    this.cores = Array.from({ length: cores }, (_, id) => ({ id, thread: -1, clock: 0, running: undefined }));
  }

  chan(name: string, capacity: number): Chan {
    const id = this.object();
    this.trace.object(id, 'channel', name, 'chan int', capacity);
    return { id, capacity, buffer: [], senders: [], receivers: [], sent: 0, received: 0, closed: false };
  }

  mutex(name: string): Mutex {
    const id = this.object();
    this.trace.object(id, 'mutex', name, 'sync.Mutex');
    return { id, holder: 0, queue: [] };
  }

  group(name: string): Group {
    const id = this.object();
    this.trace.object(id, 'waitgroup', name, 'sync.WaitGroup');
    return { id, count: 0, queue: [] };
  }

  variable(name: string): Variable {
    const id = this.object();
    this.trace.object(id, 'variable', name, 'int');
    return { id, value: 0 };
  }

  /** Runs `main` until every goroutine has ended or none can go on. */
  run(main: Body): Trace {
    const first = this.create(main, 'main', 0);
    this.ready.push(first);
    for (let turns = 0; turns < this.most && this.turn(); turns++);
    for (const core of this.cores) this.trace.now = Math.max(this.trace.now, core.clock);
    return this.trace.build();
  }

  private object(): number {
    return (this.nextObject += 4);
  }

  private create(body: Body, name: string, parent: number): Routine {
    const id = ++this.routines;
    this.trace.goroutine(id, name, parent);
    const g = { id, steps: body(), delivered: undefined, readyAt: 0, line: 0 };
    this.alive.add(g);
    return g;
  }

  /** Lets the core with the smallest clock do one thing; false when nothing is left to do. */
  private turn(): boolean {
    const [core] = [...this.cores].sort((left, right) => left.clock - right.clock || left.id - right.id) as [Core];
    this.trace.now = core.clock;
    this.finishSyscalls(core.clock);
    if (!core.running) return this.dispatch(core);
    this.execute(core, core.running);
    return true;
  }

  private dispatch(core: Core): boolean {
    const at = this.ready.findIndex((g) => g.readyAt <= core.clock);
    if (at < 0) return this.idle(core);
    const pick = this.ready.length > 1 && this.random.below(4) === 0 ? this.ready.length - 1 : at;
    const [g] = this.ready.splice(this.ready[pick]!.readyAt <= core.clock ? pick : at, 1) as [Routine];
    this.queueChanged();
    this.attach(core);
    core.running = g;
    this.trace.add('GoRun', { g: g.id, obj: g.id, a: core.id, core: core.id, thread: core.thread });
    return true;
  }

  /** Moves an idle core on to the next moment at which something can happen. */
  private idle(core: Core): boolean {
    const busy = this.cores.filter((other) => other.running).map((other) => other.clock);
    const due = [...busy, ...this.inSyscall.map((call) => call.until), ...this.ready.map((g) => g.readyAt)];
    const later = due.filter((time) => time > core.clock);
    if (later.length === 0 && busy.length === 0) return false;
    core.clock = later.length > 0 ? Math.min(...later) : core.clock + 1;
    return true;
  }

  /** Gives the core a thread: one that is parked, or a new one. */
  private attach(core: Core): void {
    if (core.thread >= 0) return;
    const parked = this.idleThreads.pop();
    core.thread = parked ?? this.threads++;
    const fields = { obj: core.thread, core: core.id, thread: core.thread };
    if (parked !== undefined) this.trace.add('ThreadWake', { ...fields, a: 1500 });
    else if (core.thread > 0) this.trace.add('ThreadCreate', { ...fields, a: 1, b: 1 << 20 });
    if (core.thread > 0) core.clock += parked === undefined ? 20_000 : 1500;
    this.trace.now = core.clock;
    this.trace.add('ThreadRun', fields);
  }

  private finishSyscalls(now: number): void {
    for (let i = this.inSyscall.length - 1; i >= 0; i--) {
      const call = this.inSyscall[i]!;
      if (call.until > now) continue;
      this.inSyscall.splice(i, 1);
      this.trace.add('GoSysExit', { g: call.g.id, obj: call.g.id, a: 0, thread: call.thread });
      this.ready.push(call.g);
      this.queueChanged();
      this.trace.add('ThreadStop', { obj: call.thread, a: 0, thread: call.thread });
      this.idleThreads.push(call.thread);
    }
  }

  private queueChanged(): void {
    this.trace.add('QueueLength', { obj: 0, a: this.ready.length });
  }

  private execute(core: Core, g: Routine): void {
    const next = g.steps.next(g.delivered);
    g.delivered = undefined;
    core.clock += STEP;
    this.trace.now = core.clock;
    if (next.done === true) this.finish(core, g);
    else this.perform(core, g, next.value);
  }

  private finish(core: Core, g: Routine): void {
    this.at(core, g, 'GoEnd', { obj: g.id });
    this.alive.delete(g);
    core.running = undefined;
    if (g.id !== 1) return;
    for (const other of this.alive) this.trace.add('GoEnd', { g: other.id, obj: other.id, a: 3 });
    this.alive.clear();
    this.ready.length = 0;
    this.inSyscall.length = 0;
    for (const other of this.cores) other.running = undefined;
  }

  private at(
    core: Core,
    g: Routine,
    kind: Parameters<TraceBuilder['add']>[0],
    fields: Parameters<TraceBuilder['add']>[1] = {},
  ): void {
    this.trace.add(kind, { g: g.id, core: core.id, thread: core.thread, line: g.line, ...fields });
  }

  private block(core: Core, g: Routine, object: number, reason: number): void {
    this.at(core, g, 'GoBlock', { obj: object, a: reason });
    core.running = undefined;
  }

  private wake(core: Core, by: Routine, g: Routine): void {
    g.readyAt = core.clock;
    this.ready.push(g);
    this.at(core, by, 'GoReady', { obj: g.id, a: core.id, b: 1 });
    this.queueChanged();
  }

  private perform(core: Core, g: Routine, op: Op): void {
    g.line = op.line;
    switch (op.op) {
      case 'go': {
        const child = this.create(op.body, op.name, g.id);
        this.at(core, g, 'GoCreate', { obj: child.id, b: 1 });
        child.readyAt = core.clock;
        this.ready.push(child);
        return this.queueChanged();
      }
      case 'send':
        return this.send(core, g, op.chan, op.value);
      case 'receive':
        return this.receive(core, g, op.chan);
      case 'close':
        op.chan.closed = true;
        this.at(core, g, 'ChanClose', { obj: op.chan.id });
        for (const { g: waiter, line } of op.chan.receivers.splice(0)) {
          this.trace.add('ChanRecvClosed', { g: waiter.id, obj: op.chan.id, line });
          this.wake(core, g, waiter);
        }
        return;
      case 'lock':
        if (op.mutex.holder === 0) return this.acquire(core, g, op.mutex, 0);
        op.mutex.queue.push({ g, line: op.line });
        return this.block(core, g, op.mutex.id, Wait.mutexLock);
      case 'unlock':
        return this.unlock(core, g, op.mutex);
      case 'add':
        op.group.count += op.delta;
        this.at(core, g, 'WaitGroupAdd', { obj: op.group.id, a: op.delta, b: op.group.count });
        if (op.group.count !== 0) return;
        for (const { g: waiter, line } of op.group.queue.splice(0)) {
          this.wake(core, g, waiter);
          this.trace.add('WaitGroupWait', { g: waiter.id, obj: op.group.id, a: g.id, line });
        }
        return;
      case 'wait':
        if (op.group.count === 0) return this.at(core, g, 'WaitGroupWait', { obj: op.group.id });
        op.group.queue.push({ g, line: op.line });
        return this.block(core, g, op.group.id, Wait.waitGroupWait);
      case 'work':
        this.at(core, g, 'Work', { a: op.ns });
        core.clock += op.ns;
        return;
      case 'syscall':
        this.at(core, g, 'GoSyscall', { obj: op.ns });
        this.at(core, g, 'ThreadStop', { g: 0, obj: core.thread, a: 1 });
        this.inSyscall.push({ g, thread: core.thread, until: core.clock + op.ns });
        g.readyAt = core.clock + op.ns;
        core.thread = -1;
        core.running = undefined;
        return;
      case 'read':
        g.delivered = op.variable.value;
        return this.at(core, g, 'Read', { obj: op.variable.id, a: 1, b: -1, value: op.variable.value });
      case 'write':
        op.variable.value = op.value;
        return this.at(core, g, 'Write', { obj: op.variable.id, a: 1, b: -1, value: op.value });
    }
  }

  private acquire(core: Core, g: Routine, mutex: Mutex, from: number): void {
    mutex.holder = g.id;
    this.at(core, g, 'MutexLock', { obj: mutex.id, a: from });
  }

  private unlock(core: Core, g: Routine, mutex: Mutex): void {
    this.at(core, g, 'MutexUnlock', { obj: mutex.id });
    mutex.holder = 0;
    const next = mutex.queue.shift();
    if (!next) return;
    this.wake(core, g, next.g);
    mutex.holder = next.g.id;
    this.trace.add('MutexLock', { g: next.g.id, obj: mutex.id, a: g.id, line: next.line });
  }

  private send(core: Core, g: Routine, chan: Chan, value: number): void {
    const receiver = chan.receivers.shift();
    if (receiver) {
      const seq = chan.sent++;
      chan.received++;
      this.at(core, g, 'ChanSend', { obj: chan.id, a: seq, b: receiver.g.id, value });
      this.trace.add('ChanRecv', { g: receiver.g.id, obj: chan.id, a: seq, value, line: receiver.line });
      receiver.g.delivered = value;
      this.wake(core, g, receiver.g);
    } else if (chan.buffer.length < chan.capacity) {
      const seq = chan.sent++;
      chan.buffer.push({ value, seq });
      this.at(core, g, 'ChanSend', { obj: chan.id, a: seq, value });
    } else {
      chan.senders.push({ g, value, line: g.line });
      this.block(core, g, chan.id, Wait.chanSend);
    }
  }

  private receive(core: Core, g: Routine, chan: Chan): void {
    const sender = chan.senders.shift();
    const taken = chan.buffer.shift();
    if (taken) {
      chan.received++;
      g.delivered = taken.value;
      this.at(core, g, 'ChanRecv', { obj: chan.id, a: taken.seq, b: sender?.g.id ?? 0, value: taken.value });
      if (sender) this.completeSend(core, g, chan, sender, true);
    } else if (sender) {
      const seq = this.completeSend(core, g, chan, sender, false);
      chan.received++;
      g.delivered = sender.value;
      this.at(core, g, 'ChanRecv', { obj: chan.id, a: seq, b: sender.g.id, value: sender.value });
    } else if (chan.closed) {
      this.at(core, g, 'ChanRecvClosed', { obj: chan.id });
    } else {
      chan.receivers.push({ g, line: g.line });
      this.block(core, g, chan.id, Wait.chanReceive);
    }
  }

  private completeSend(core: Core, by: Routine, chan: Chan, sender: Chan['senders'][number], keep: boolean): number {
    const seq = chan.sent++;
    if (keep) chan.buffer.push({ value: sender.value, seq });
    const partner = keep ? 0 : by.id;
    this.trace.add('ChanSend', {
      g: sender.g.id,
      obj: chan.id,
      a: seq,
      b: partner,
      value: sender.value,
      line: sender.line,
    });
    this.wake(core, by, sender.g);
    return seq;
  }
}
