/**
 * This file owns the simulation worker: starts it on first use, sends one request at a time, cancels it, and replaces the worker when it dies or does not
 * answer.
 */
import { Worker } from 'node:worker_threads';
import { PROTOCOL_VERSION, type HostToWorker, type RunRequest, type WorkerToHost } from '../protocol/messages';

/** What a request can lead to, in this order: diagnostics (the end, when the program does not compile), progress …, and one end. */
export interface RunListener {
  diagnostics(message: Extract<WorkerToHost, { type: 'diagnostics' }>): void;
  progress(message: Extract<WorkerToHost, { type: 'progress' }>): void;
  ran(message: Extract<WorkerToHost, { type: 'ran' }>): void;
  /** Cancelled by a newer request of the same program, or by {@link WorkerClient.cancel}. */
  cancelled(): void;
  /** The worker failed or died; it has been replaced. */
  failed(message: string): void;
}

interface Pending {
  /** The program it belongs to: a newer request of the same program replaces an older one. */
  readonly key: string;
  readonly request: RunRequest;
  readonly listener: RunListener;
}

export class WorkerClient {
  private worker: Worker | undefined;
  private ready = false;
  private running: Pending | undefined;
  /** In order of arrival; at most one for each program. */
  private readonly waiting = new Map<string, Pending>();
  private watchdog: NodeJS.Timeout | undefined;
  private nextId = 1;
  /** Times the worker was replaced after a death; shown in the log. */
  replacements = 0;

  /** @param graceMs how long past its own wall budget a run may stay silent before the worker is replaced. */
  constructor(
    private readonly script: string,
    private readonly log: { info(text: string): void; warn(text: string): void },
    private readonly graceMs = 5000,
  ) {}

  /** Runs a request; an earlier one of the same program that has not ended is cancelled. */
  run(key: string, request: Omit<RunRequest, 'id' | 'type'>, listener: RunListener): void {
    this.cancel(key);
    this.waiting.set(key, { key, request: { ...request, type: 'run', id: this.nextId++ }, listener });
    this.start();
    this.pump();
  }

  /** Cancels what runs or waits for a program. */
  cancel(key: string): void {
    const waiting = this.waiting.get(key);
    this.waiting.delete(key);
    waiting?.listener.cancelled();
    if (this.running?.key === key) this.send({ type: 'cancel', id: this.running.request.id });
  }

  /** Ends the worker as a crash would; a new one takes over. */
  kill(): void {
    void this.worker?.terminate();
  }

  dispose(): void {
    clearTimeout(this.watchdog);
    const worker = this.worker;
    this.worker = undefined;
    void worker?.terminate();
  }

  /** Starts the worker before it is needed, so that the first run does not wait for it. */
  start(): void {
    if (this.worker) return;
    this.ready = false;
    const worker = new Worker(this.script, { resourceLimits: { maxOldGenerationSizeMb: 2048 } });
    this.worker = worker;
    worker.on('message', (message: WorkerToHost) => this.receive(message));
    worker.on('error', (error) => this.died(worker, error.stack ?? error.message));
    worker.on('exit', (code) => this.died(worker, `the worker stopped with code ${code}`));
    this.send({ type: 'init', version: PROTOCOL_VERSION });
  }

  private send(message: HostToWorker): void {
    this.worker?.postMessage(message);
  }

  private pump(): void {
    if (!this.ready || this.running) return;
    const [next] = this.waiting.values();
    if (!next) return;
    this.waiting.delete(next.key);
    this.running = next;
    this.send(next.request);
    this.arm();
  }

  private arm(): void {
    clearTimeout(this.watchdog);
    const running = this.running;
    if (!running) return;
    this.watchdog = setTimeout(() => {
      this.log.warn(`run ${running.request.id} has not answered; replacing the worker`);
      void this.worker?.terminate();
    }, running.request.budgets.wallMs + this.graceMs);
  }

  private receive(message: WorkerToHost): void {
    if (message.type === 'ready') {
      this.ready = true;
      this.pump();
      return;
    }
    const running = this.running;
    if (running?.request.id !== message.id) return;
    switch (message.type) {
      case 'diagnostics':
        if (message.compiles) running.listener.diagnostics(message);
        else this.end(() => running.listener.diagnostics(message));
        return;
      case 'progress':
        this.arm();
        running.listener.progress(message);
        return;
      case 'ran':
        this.end(() => running.listener.ran(message));
        return;
      case 'cancelled':
        this.end(() => running.listener.cancelled());
        return;
      case 'failed':
        this.end(() => running.listener.failed(message.message));
        return;
    }
  }

  private end(tell: () => void): void {
    clearTimeout(this.watchdog);
    this.running = undefined;
    tell();
    this.pump();
  }

  private died(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.replacements++;
    clearTimeout(this.watchdog);
    this.log.warn(`the simulation worker ended (${why}); a new one takes over`);
    const running = this.running;
    this.running = undefined;
    running?.listener.failed(why);
    if (this.waiting.size > 0) this.start();
  }
}
