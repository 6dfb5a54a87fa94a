/**
 * This file reads runs in the detectors' notation: one event a line (or after `;`), `goroutine verb object …`. Names stand for addresses.
 *
 *   1 go 2                       2 end   2 end 3 (cut off when main ended)
 *   1 read x   1 write x         1 read x*3 (three slots)   1 write x=5 (its value)
 *   1 make c 2                   1 send c   2 recv c   1 close c   2 recvclosed c
 *   1 meet 2 c                   a rendezvous on an unbuffered channel: 1 sends, 2 receives
 *   1 lock m  1 unlock m  1 rlock m  1 runlock m  1 wlock m  1 wunlock m
 *   1 add wg 2  1 done wg  1 await wg (starts to wait)  1 waited wg (was woken)  1 passed wg (did not wait)
 *   1 ran once  2 skipped once   1 signal cv 2  2 woken cv   1 load a  1 store a  1 rmw a  1 casfail a
 *   1 timer t   0 fire t [3]     1 block m <wait reason>
 */
import type { Detector, Finding } from '../../src/detect/finding';
import type { Ending } from '../../src/event/ending';
import { Kind } from '../../src/event/kinds';
import { Survivors } from '../../src/event/survivors';
import type { EventName } from '../../src/event/kinds';
import { EventLog } from '../../src/event/log';
import type { Observer } from '../../src/event/log';
import { Wait } from '../../src/event/wait';
import type { WaitName } from '../../src/event/wait';

export interface Step {
  readonly kind: number;
  readonly g: number;
  readonly obj: number;
  readonly a: number;
  readonly b: number;
  readonly text?: string;
  /** Value. */
  readonly lo?: number;
}

/** Addresses of names: far apart, so that `x*3` touches no other. */
export class Names {
  private readonly known = new Map<string, number>();
  address(name: string): number {
    let address = this.known.get(name);
    if (address === undefined) this.known.set(name, (address = 100 + this.known.size * 10));
    return address;
  }
}

const SIMPLE: Readonly<Record<string, readonly [EventName, number?]>> = {
  close: ['ChanClose'], recvclosed: ['ChanRecvClosed'], lock: ['MutexLock'], unlock: ['MutexUnlock'], rlock: ['RWRLock'], runlock: ['RWRUnlock'],
  wlock: ['RWLock'], wunlock: ['RWUnlock'], passed: ['WaitGroupWait', 0], ran: ['OnceDo', 1], skipped: ['OnceDo', 0], load: ['AtomicLoad'],
  store: ['AtomicStore'], rmw: ['AtomicRMW', 1], casfail: ['AtomicRMW', 0], timer: ['TimerStart', 1000], woken: ['CondWait', 1],
}; // prettier-ignore

export class Run {
  readonly names = new Names();
  readonly steps: Step[] = [];
  private readonly sent = new Map<string, number>();
  private readonly received = new Map<string, number>();
  private readonly counters = new Map<string, number>();

  constructor(source: string) {
    for (const line of source.split(/[\n;]/)) if (line.trim() !== '') this.line(line.trim().split(/\s+/));
  }

  private add(g: number, name: EventName, obj: number, a = 0, b = 0, text?: string): void {
    this.steps.push({ kind: Kind[name], g, obj, a, b, ...(text === undefined ? {} : { text }) });
  }

  private access(g: number, verb: string, obj: number, a: number, lo: number): void {
    this.steps.push({ kind: verb === 'read' ? Kind.Read : Kind.Write, g, obj, a, b: -1, lo });
  }

  private next(counts: Map<string, number>, name: string): number {
    const n = counts.get(name) ?? 0;
    counts.set(name, n + 1);
    return n;
  }

  private line([who, verb, object = '', ...rest]: string[]): void {
    const g = Number(who);
    const at = /^[a-z]/i.test(object) ? this.names.address(object.replace(/[*=].*/, '')) : Number(object);
    const size = Number(/\*(\d+)/.exec(object)?.[1] ?? 1);
    const simple = SIMPLE[verb!];
    if (simple) this.add(g, simple[0], at, simple[1] ?? 0);
    else if (verb === 'go') this.add(g, 'GoCreate', at);
    else if (verb === 'end') this.add(g, 'GoEnd', g, Number(object || 0));
    else if (verb === 'read' || verb === 'write')
      this.access(g, verb, at, size, Number(/=(-?\d+)/.exec(object)?.[1] ?? 0));
    else if (verb === 'make') this.add(g, 'ChanMake', at, Number(rest[0] ?? 0));
    else if (verb === 'send') this.add(g, 'ChanSend', at, this.next(this.sent, object), Number(rest[0] ?? 0));
    else if (verb === 'recv') this.add(g, 'ChanRecv', at, this.next(this.received, object), Number(rest[0] ?? 0));
    else if (verb === 'meet') this.meet(g, Number(object), rest[0]!);
    else if (verb === 'add') this.count(g, object, at, Number(rest[0] ?? 1));
    else if (verb === 'done') this.count(g, object, at, -1);
    else if (verb === 'await') this.add(g, 'GoBlock', at, Wait.waitGroupWait);
    else if (verb === 'waited') this.add(g, 'WaitGroupWait', at, 9);
    else if (verb === 'signal') this.add(g, 'CondSignal', at, Number(rest[0] ?? 0));
    else if (verb === 'fire') this.add(0, 'TimerFire', at, Number(rest[0] ?? 0));
    else if (verb === 'block') this.add(g, 'GoBlock', at, Wait[rest[0] as WaitName]);
    else if (verb === 'assert' || verb === 'panic')
      this.add(g, verb === 'assert' ? 'Assert' : 'Panic', 0, 0, 0, [object, ...rest].join(' '));
    else throw new Error(`no such verb: ${verb}`);
  }

  private meet(sender: number, receiver: number, channel: string): void {
    const at = this.names.address(channel);
    this.add(sender, 'ChanSend', at, this.next(this.sent, channel), receiver);
    this.add(receiver, 'ChanRecv', at, this.next(this.received, channel), sender);
  }

  private count(g: number, name: string, at: number, delta: number): void {
    const after = (this.counters.get(name) ?? 0) + delta;
    this.counters.set(name, after);
    this.add(g, 'WaitGroupAdd', at, delta, after);
  }
}

export const EXIT: Ending = { kind: 'exit', status: 0, survivors: new Survivors() };

/** Feeds a run to a detector; the pc of each event is its number times four. */
export function feed(detector: Detector, steps: readonly Step[], ending: Ending = EXIT): Finding[] {
  tell([detector], steps);
  return detector.finish(ending);
}

/** Logs a run. */
export function tell(observers: readonly Observer[], steps: readonly Step[]): void {
  const log = new EventLog(observers, 16);
  steps.forEach((step, i) => {
    log.here.g = step.g;
    log.here.pc = i * 4;
    log.add(
      step.kind,
      step.text === undefined ? step.obj : log.texts.add(step.text),
      step.a,
      step.b,
      step.lo ?? 0,
      (step.lo ?? 0) >> 31,
    );
  });
}
