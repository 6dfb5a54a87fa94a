/** This file keeps a simulator at hand: it starts one, ends one that does not answer in time, and replaces one that has died, as respawn.ts decides. */
import { PROTOCOL_VERSION, type HostToWorker, type RunRequest, type WorkerToHost } from '../protocol/messages';
import { Respawn, type Doing, type Verdict } from './respawn';
import type { Death, Simulator, StartSimulator } from './simulator';

/**
 * Whether the request in the middle of which a simulator died has ended it. Suspect: memory ran out in it where others had run before, and what they have left
 * may have been too much; nothing is said of it yet.
 */
export type Blame = 'innocent' | 'suspect' | 'guilty';

/** Told of the simulator that there is; what an older one still says concerns nobody. */
export interface KeeperEvents {
  /** There is one, and it can be sent requests, though it does not listen yet. */
  started(): void;
  /** It listens. */
  ready(): void;
  message(message: Exclude<WorkerToHost, { type: 'ready' }>): void;
  /** It is no more. `replace` starts the next one, now or after a pause, if there is to be one. */
  died(death: Death, blame: Blame, replace: () => void): void;
}

export interface KeeperOptions {
  /** How long starting may take, in ms. */
  readonly startMs: number;
  /** Ms of a clock that never goes back. */
  readonly now: () => number;
  readonly warn: (text: string) => void;
}

/** How long what has come in while the editor itself stood still may take to be read, in ms. */
const LAST_LOOK_MS = 50;

export class Keeper {
  private readonly respawn: Respawn;

  private simulator: Simulator | undefined;
  /** It has said that it listens. */
  private isReady = false;
  /** It has a request in hand. */
  private busy = false;
  /** Requests that it was sent. */
  private sent = 0;
  /** Why it is being ended, when it is ended from here. */
  private condemned: Death | undefined;

  private watchdog: ReturnType<typeof setTimeout> | undefined;
  /** Until a new one is started. */
  private pause: ReturnType<typeof setTimeout> | undefined;
  private disposed = false;
  /** Deaths so far. */
  deaths = 0;

  constructor(
    private readonly startSimulator: StartSimulator,
    private readonly events: KeeperEvents,
    private readonly options: KeeperOptions,
  ) {
    this.respawn = new Respawn(options.now);
  }

  /** It has failed too often: there is none before somebody asks. */
  get off(): boolean {
    return this.respawn.off;
  }

  get isThere(): boolean {
    return this.simulator !== undefined;
  }

  /** It was sent no request yet. */
  get isFresh(): boolean {
    return this.sent === 0;
  }

  // ---------------------------------------------------------------- starting and ending

  /** Starts one unless there is one, or is to be none now. */
  start(): void {
    if (this.simulator || this.pause !== undefined || this.off) return;
    this.launch();
  }

  /** Somebody asks for it: if there is none, because it is off or pausing, one starts at once. */
  revive(): void {
    this.respawn.asked();
    if (this.simulator) return;
    clearTimeout(this.pause);
    this.launch();
  }

  /** Puts a new one in the place of one that has nothing to do. */
  exchange(): void {
    if (this.busy || !this.isReady) return;
    this.drop();
    this.launch();
  }

  /** Ends it, and hears no more of it. */
  drop(): void {
    const { simulator } = this;
    this.simulator = undefined;
    simulator?.terminate();
  }

  /** Ends it as a crash would. */
  kill(): void {
    this.simulator?.terminate();
  }

  /** Nothing is started any more, whoever asks. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.watchdog);
    clearTimeout(this.pause);
    this.drop();
  }

  private launch(): void {
    if (this.disposed) return;
    this.pause = undefined;
    this.isReady = this.busy = false;
    this.sent = 0;
    this.condemned = undefined;
    this.respawn.started();
    const simulator = this.startSimulator({
      message: (message) => {
        if (this.simulator === simulator) this.receive(message);
      },
      died: (death) => {
        if (this.simulator === simulator) this.died(this.condemned ?? death);
      },
      grown: () => {
        if (this.simulator === simulator) this.exchange();
      },
    });
    this.simulator = simulator;
    this.send({ type: 'init', version: PROTOCOL_VERSION });
    this.arm(this.options.startMs);
    this.events.started();
  }

  private died(death: Death): void {
    const doing: Doing = !this.isReady ? 'starting' : this.busy ? 'running' : 'nothing';
    clearTimeout(this.watchdog);
    this.simulator = undefined;
    this.isReady = this.busy = false;
    this.deaths++;
    const suspect = doing === 'running' && death.cause === 'out-of-memory' && this.sent > 1;
    const verdict = suspect ? { after: 0 } : this.respawn.died(doing);
    const next = verdict === 'off' ? 'it is off' : `a new one starts in ${verdict.after} ms`;
    const alone = suspect ? ', where the run is alone' : '';
    this.options.warn(`the simulator ended while ${doing} (${death.cause}: ${death.detail}); ${next}${alone}`);
    const blame = suspect ? 'suspect' : doing === 'running' ? 'guilty' : 'innocent';
    this.events.died(death, blame, () => this.replace(verdict));
  }

  private replace(verdict: Verdict): void {
    if (verdict === 'off') return;
    if (verdict.after === 0) this.launch();
    else this.pause = setTimeout(() => this.launch(), verdict.after);
  }

  // ---------------------------------------------------------------- talking

  /** Sends a request. One that still starts comes to it without another turn of this process, which has most to do when an editor starts. */
  run(request: RunRequest): void {
    this.busy = true;
    this.sent++;
    this.send(request);
  }

  send(message: HostToWorker): void {
    this.simulator?.post(message);
  }

  /** Ends it unless it says something within so many ms; one that still starts has the time for that. */
  watch(ms: number): void {
    if (this.isReady) this.arm(ms);
  }

  /** The request in hand has come to an end. @param answered it has done what was asked of it */
  rest(answered: boolean): void {
    clearTimeout(this.watchdog);
    this.busy = false;
    if (answered) this.respawn.answered();
  }

  private arm(ms: number): void {
    clearTimeout(this.watchdog);
    const { simulator } = this;
    const end = (): void => {
      this.condemned = { cause: 'silent', detail: `it has said nothing for ${ms} ms` };
      simulator?.terminate();
    };
    // The editor itself may have stood still so long: what the simulator has said meanwhile is read first.
    this.watchdog = setTimeout(() => (this.watchdog = setTimeout(end, LAST_LOOK_MS)), ms);
  }

  private receive(message: WorkerToHost): void {
    if (message.type !== 'ready') return this.events.message(message);
    clearTimeout(this.watchdog);
    this.isReady = true;
    this.events.ready();
  }
}
