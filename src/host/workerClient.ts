/**
 * This file sends requests to a simulator, one at a time, and sees to it that each comes to an end: it keeps them in line, sets one aside for another that
 * somebody waits for, and tells the run in the middle of which a simulator died. That there is a simulator is up to keeper.ts.
 */
import type { Failure, RunRequest, WorkerToHost } from '../protocol/messages';
import { failureOfDeath, internalFailure, SIMULATOR_OFF } from './failures';
import { Keeper, type Blame } from './keeper';
import { Queue } from './queue';
import type { Death, StartSimulator } from './simulator';

/** What a request can lead to, in this order: diagnostics (the end, when the program does not compile), progress …, and one end. */
export interface RunListener {
  diagnostics(message: Extract<WorkerToHost, { type: 'diagnostics' }>): void;
  progress(message: Extract<WorkerToHost, { type: 'progress' }>): void;
  ran(message: Extract<WorkerToHost, { type: 'ran' }>): void;
  /** Another went first, or its simulator was replaced: when its turn comes it begins anew. */
  setBack(): void;
  /** Cancelled by a newer request of the same program, or by {@link WorkerClient.cancel}. */
  cancelled(): void;
  /** There is no result, and none will follow by itself. */
  failed(failure: Failure): void;
}

export interface WorkerClientOptions {
  /** How long past its own budget of real time a run may stay silent, in ms. */
  readonly graceMs?: number;
  /** How long starting may take, in ms. */
  readonly startMs?: number;
  /** Ms of a clock that never goes back. */
  readonly now?: () => number;
  /** Told when the simulator was shut off after failures (true), and when somebody has asked for it again (false). */
  readonly turned?: (off: boolean) => void;
  /** Key of the program that a person is working at: it goes before the others. */
  readonly front?: () => string | undefined;
}

interface Pending {
  /** It has been told to end: nobody wants it any more, or another goes first and it is run again later, or a person wants what it has found so far. */
  stopped?: 'cancelled' | 'set aside' | 'for its result';
  /** Its program compiles: it runs. */
  compiled?: boolean;
  /** The program it belongs to: a newer request of the same program replaces an older one. */
  readonly key: string;
  readonly request: RunRequest;
  readonly listener: RunListener;
  /** A person has asked for it. */
  readonly byHand: boolean;
  /** Memory ran out in it where others had run before: a simulator in which nothing else has run tells whether it was its own fault. */
  readonly alone?: boolean;
}

/** Whether nothing more is wanted of it now. */
const isCalledOff = ({ stopped }: Pending): boolean => stopped === 'cancelled' || stopped === 'set aside';

/** What a simulator says of a request. */
type Answer = Exclude<WorkerToHost, { type: 'ready' }>;

/** What of a request decides how it goes on. */
export type Asked = Omit<RunRequest, 'id' | 'type'>;
const fingerprint = ({ sources, focus, seed, settings, budgets, schedule, trace }: Asked): string =>
  JSON.stringify([sources.map(({ name, text }) => [name, text]), focus, seed, settings, budgets, schedule, trace]);

export class WorkerClient {
  private readonly graceMs: number;
  private readonly turned: (off: boolean) => void;
  /** A person waits for it. */
  private readonly isUrgent: (pending: Pending) => boolean;
  private readonly waiting: Queue<Pending>;
  private readonly keeper: Keeper;

  private running: Pending | undefined;
  /** By program: the request that ended a simulator, and how. The same again would only do the same again. */
  private readonly deadly = new Map<string, { readonly fingerprint: string; readonly failure: Failure }>();
  private nextId = 1;

  constructor(
    startSimulator: StartSimulator,
    log: { info(text: string): void; warn(text: string): void },
    { graceMs = 5000, startMs = 30_000, now = () => performance.now(), turned = () => undefined, front = () => undefined }: WorkerClientOptions = {},
  ) {
    this.graceMs = graceMs;
    this.turned = turned;
    this.isUrgent = ({ byHand, key }) => byHand || key === front();
    this.waiting = new Queue(this.isUrgent);
    const events = {
      started: () => this.pump(),
      ready: () => this.resume(),
      message: (message: Answer) => this.receive(message),
      died: (death: Death, blame: Blame, replace: () => void) => this.died(death, blame, replace),
    };
    this.keeper = new Keeper(startSimulator, events, { startMs, now, warn: (text) => log.warn(text) });
  } // prettier-ignore

  /** The simulator has failed too often: it runs nothing before somebody asks. */
  get off(): boolean {
    return this.keeper.off;
  }

  /**
   * Runs a request; an earlier one of the same program that has not ended is cancelled. @param byHand a person asks for it: whatever has happened before, it is
   * tried
   */
  run(key: string, asked: Asked, listener: RunListener, byHand = false): void {
    this.cancel(key);
    const deadly = this.deadly.get(key);
    if (deadly && !byHand && deadly.fingerprint === fingerprint(asked)) return listener.failed(deadly.failure);
    this.deadly.delete(key);
    if (byHand) this.revive();
    if (this.off) return listener.failed(SIMULATOR_OFF);
    this.waiting.put({ key, request: { ...asked, type: 'run', id: this.nextId++ }, listener, byHand });
    this.makeWay();
    this.pump();
  }

  /** Sets what runs aside when somebody waits for another: when a request comes, and when a person turns to another program. */
  makeWay(): void {
    const { next } = this.waiting;
    const { running } = this;
    if (!running || running.stopped || !next || this.isUrgent(running) || !this.isUrgent(next)) return;
    this.stop(running, 'set aside');
  }

  /** Cancels what runs or waits for a program. */
  cancel(key: string): void {
    this.waiting.take(key)?.listener.cancelled();
    if (this.running?.key === key) this.stop(this.running, 'cancelled');
  }

  /** Ends what runs for a program where it is: it has a result. What does not run yet, or is told so for the second time, is cancelled. */
  end(key: string): void {
    const { running } = this;
    if (running?.key !== key || !running.compiled || running.stopped) return this.cancel(key);
    running.stopped = 'for its result';
    this.keeper.send({ type: 'stop', id: running.request.id });
  }

  private stop(running: Pending, why: 'cancelled' | 'set aside'): void {
    const told = isCalledOff(running);
    running.stopped = why;
    if (told) return;
    this.keeper.send({ type: 'cancel', id: running.request.id });
    this.watch(running);
  }

  /** Forgets a program that is no more. */
  forget(key: string): void {
    this.cancel(key);
    this.deadly.delete(key);
  }

  // ---------------------------------------------------------------- the simulator

  /** Deaths of simulators so far. */
  get replacements(): number {
    return this.keeper.deaths;
  }

  /** Starts the simulator before it is needed, so that the first run does not wait for it. */
  start(): void {
    this.keeper.start();
  }

  /** Somebody asks for another simulator: what runs is run again by it. */
  restart(): void {
    const { running } = this;
    this.running = undefined;
    this.keeper.drop();
    if (running) this.stoppedShort(running);
    this.revive();
  }

  private revive(): void {
    const wasOff = this.off;
    this.keeper.revive();
    if (wasOff) this.turned(false);
  }

  /** Ends the simulator as a crash would. */
  kill(): void {
    this.keeper.kill();
  }

  /** Nothing is started any more, whoever asks. */
  dispose(): void {
    this.keeper.dispose();
  }

  private died(death: Death, blame: Blame, replace: () => void): void {
    const { running } = this;
    this.running = undefined;
    // What is run again stands in line before there is another simulator; who is told of a failure may ask for one.
    if (running && blame !== 'guilty') this.stoppedShort(blame === 'suspect' ? { ...running, alone: true } : running);
    replace();
    if (running && blame === 'guilty') this.endedBy(running, failureOfDeath(death));
    if (this.off) this.turnOff();
  }

  private turnOff(): void {
    for (const { listener } of this.waiting.takeAll()) listener.failed(SIMULATOR_OFF);
    this.turned(true);
  }

  private endedBy({ key, request, listener, stopped }: Pending, failure: Failure): void {
    if (stopped === 'cancelled') return listener.cancelled();
    this.deadly.set(key, { fingerprint: fingerprint(request), failure });
    listener.failed(failure);
  }

  // ---------------------------------------------------------------- requests

  private pump(): void {
    this.keeper.start();
    const { next } = this.waiting;
    if (!this.keeper.isThere || this.running || !next) return;
    if (next.alone && !this.keeper.isFresh) return this.keeper.exchange();
    this.waiting.take(next.key);
    this.running = next;
    this.keeper.run(next.request);
    this.watch(next);
  }

  /** The simulator listens: it may have been sent a request before that. */
  private resume(): void {
    if (this.running) this.watch(this.running);
    else this.pump();
  }

  /** Gives the simulator its time to say something of a run. */
  private watch(pending: Pending): void {
    this.keeper.watch(isCalledOff(pending) ? this.graceMs : pending.request.budgets.wallTime + this.graceMs);
  }

  private receive(message: Answer): void {
    const { running } = this;
    if (running?.request.id !== message.id) return;
    const { listener } = running;
    switch (message.type) {
      case 'diagnostics':
        running.compiled = message.compiles;
        if (message.compiles) listener.diagnostics(message);
        else this.answered(() => listener.diagnostics(message));
        return;
      case 'progress':
        if (!isCalledOff(running)) this.watch(running);
        listener.progress(message);
        return;
      case 'ran':
        this.answered(() => listener.ran(message));
        return;
      case 'cancelled':
        this.ended(false, () => this.stoppedShort(running));
        return;
      case 'failed':
        this.answered(() => listener.failed(internalFailure(message.message)));
        return;
    }
  }

  /** A run has been stopped, whether it was told to or its simulator was ended: unless nobody wants it any more, it is run again when its turn comes. */
  private stoppedShort({ stopped, request, ...rest }: Pending): void {
    if (stopped && stopped !== 'set aside') return rest.listener.cancelled();
    this.waiting.put({ ...rest, compiled: false, request: { ...request, id: this.nextId++ } });
    rest.listener.setBack();
  }

  /** The simulator has done what was asked of it. */
  private answered(tell: () => void): void {
    this.ended(true, tell);
  }

  private ended(answered: boolean, tell: () => void): void {
    this.keeper.rest(answered);
    this.running = undefined;
    tell();
    this.pump();
  }
}
