/**
 * This file runs the simulator as a web worker: in a browser there are no processes, and a worker is as far away as can be. It cannot be given less
 * memory than the page has, so the budgets alone keep it small.
 */
import type { HostToWorker, WorkerToHost } from '../protocol/messages';
import { deathOf } from './obituary';
import type { Death, Simulator, SimulatorEvents, StartSimulator } from './simulator';

/** What is used of a browser's Worker; the types of the DOM are not the host's. */
export interface WebWorker {
  postMessage(message: HostToWorker): void;
  terminate(): void;
  onmessage: ((event: { readonly data: WorkerToHost }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** @param address of the worker's script; asked for once, and again when it was not to be had */
export function simulatorWebWorker(address: () => Promise<string>, create: (url: string) => WebWorker): StartSimulator {
  let known: Promise<string> | undefined;
  const script = (): Promise<string> => {
    known ??= address().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return (events) => new SimulatorWorker(events, async () => create(await script()));
}

class SimulatorWorker implements Simulator {
  private worker: WebWorker | undefined;
  /** What came before there was a worker. */
  private readonly early: HostToWorker[] = [];
  private dead = false;

  constructor(
    private readonly events: SimulatorEvents,
    start: () => Promise<WebWorker>,
  ) {
    start().then(
      (worker) => this.started(worker),
      (error: unknown) => this.died({ cause: 'crashed', detail: `it could not be started: ${String(error)}` }),
    );
  }

  post(message: HostToWorker): void {
    if (this.worker) this.worker.postMessage(message);
    else this.early.push(message);
  }

  terminate(): void {
    this.worker?.terminate();
    // A worker that is ended says nothing of it. Whoever ends it does not expect to hear of it while he does.
    setTimeout(() => this.died({ cause: 'crashed', detail: 'it was ended' }), 0);
  }

  private started(worker: WebWorker): void {
    if (this.dead) return worker.terminate();
    this.worker = worker;
    worker.onmessage = ({ data }) => {
      if (!this.dead) this.events.message(data);
    };
    worker.onerror = ({ message = 'it says no more' }) => {
      worker.terminate();
      this.died(deathOf(message));
    };
    for (const message of this.early) worker.postMessage(message);
  }

  private died(death: Death): void {
    if (this.dead) return;
    this.dead = true;
    this.events.died(death);
  }
}
