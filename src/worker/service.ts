/**
 * This file is the simulation service: it takes requests one at a time, compiles, runs and explains, and posts what it found. A run is driven in slices;
 * between two of them the service reads its messages, so that it hears when a run is cancelled.
 */
import { Deadline, Pace } from '../base/deadline';
import { Interrupt, Interrupted } from '../base/interrupt';
import {
  PROTOCOL_VERSION,
  type PlainDiagnostic,
  type RunRequest,
  type WardenToWorker,
  type WorkerToHost,
} from '../protocol/messages';
import { compileSources, type Compiled } from '../session/compile';
import { unitOf, type Unit } from '../session/folder';
import { Simulation } from '../session/simulation';
import { encodeTransfer } from '../trace/transfer';
import type { Environment } from './environment';
import { plainDiagnostics } from './plain';
import { checkRequest } from './request';

/** How long a slice should take, in ms: a message waits no longer, and reading messages costs next to nothing of it. */
const SLICE_MS = 4;
/** Instructions of the first slice and of the shortest. */
const LEAST_STEPS = 50_000;
/** A slice takes at most so many times as many instructions as the one before: programs change their pace. */
const GROWTH = 4;
/** For each row of a trace: to pack it and to take it to the host. */
const TELLING_NS = 60;
/** Progress is told at most this often, in ms. */
const PROGRESS_EVERY = 200;

/** Instructions of the next slice, after one of `steps` that took `ms`. */
function nextSlice(steps: number, ms: number): number {
  return Math.max(LEAST_STEPS, Math.round(steps * Math.min(GROWTH, SLICE_MS / ms)));
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Said at the first line, in place of whatever the front end would have found. */
function tooSlow(wallMs: number): PlainDiagnostic {
  return {
    file: 0,
    range: { startLine: 0, startColumn: 0, endLine: 0, endColumn: 1 },
    severity: 'error',
    code: 'budget.wallTime',
    message: `Checking this program takes more than ${wallMs / 1000} s of real time, and was given up. Shorten it, or raise interlane.budget.wallTime.`,
    related: [],
    fixes: [],
  };
}

function compileUnit({ sources, tests }: Unit, { goVersion }: RunRequest, interrupt: Interrupt): Compiled {
  return compileSources(sources, { tests, interrupt, ...(goVersion !== undefined && { goVersion }) });
}

export class SimulationService {
  /** Requests that a message has cancelled. */
  private readonly cancelled = new Set<number>();
  /** Requests that a message has stopped. */
  private readonly stopped = new Set<number>();
  private readonly pace = new Pace();
  /** Done when all requests so far are. */
  private served = Promise.resolve();

  constructor(private readonly environment: Environment) {}

  /** Serves whatever the host asks for, from now on. */
  start(): void {
    this.environment.listen((message) => this.receive(message));
  }

  private receive(message: WardenToWorker): void {
    if (message.type === 'init') this.post({ type: 'ready', version: PROTOCOL_VERSION });
    else if (message.type === 'cancel') this.cancelled.add(message.id);
    else if (message.type === 'stop') this.stopped.add(message.id);
    else if (message.type === 'run') this.served = this.served.then(() => this.serve(message));
  }

  private post(message: WorkerToHost, transfer: ArrayBuffer[] = []): void {
    this.environment.post(message, transfer);
  }

  private isCancelled(id: number): boolean {
    return this.cancelled.has(id) || this.environment.cancelled(id);
  }

  private async serve(request: RunRequest): Promise<void> {
    const { id } = request;
    try {
      checkRequest(request);
      if (this.isCancelled(id)) this.post({ type: 'cancelled', id });
      else await this.run(request);
    } catch (error) {
      if (error instanceof Interrupted && error.reason === 'cancelled') this.post({ type: 'cancelled', id });
      else this.post({ type: 'failed', id, message: textOf(error) });
    } finally {
      this.cancelled.delete(id);
      this.stopped.delete(id);
    }
  }

  private async run(request: RunRequest): Promise<void> {
    const begun = performance.now();
    const { id } = request;
    const deadline = new Deadline(() => performance.now(), request.budgets.wallTime, this.pace);
    const interrupt = this.interruptOf(request, deadline);
    const compiled = this.compile(request, interrupt);
    if (!compiled?.code) return;
    const simulation = new Simulation(compiled.program, compiled.code, {
      seed: request.seed,
      settings: request.settings,
      budgets: request.budgets,
      interrupt,
      deadline,
      tellingNs: TELLING_NS,
      trace: request.trace,
      ...(request.schedule === undefined ? {} : { schedule: request.schedule }),
    });
    if (!(await this.drive(simulation, request, begun, deadline))) {
      this.post({ type: 'cancelled', id });
      return;
    }
    const { trace, traced, findings, printed, outcome } = simulation.result;
    const packed = encodeTransfer(trace, interrupt.untilCancelled);
    const wallMs = performance.now() - begun;
    const stopped = outcome.budget === 'interrupted';
    this.post({ type: 'ran', id, findings, trace: packed, traced, stopped, printed, wallMs }, [packed.buffer]);
    deadline.done();
  }

  /** Asked by whatever takes long. */
  private interruptOf({ id }: RunRequest, deadline: Deadline): Interrupt {
    return new Interrupt(() => {
      if (this.isCancelled(id)) return 'cancelled';
      return deadline.isOver ? 'wallTime' : undefined;
    });
  }

  /** Posts what the front end finds; @returns nothing when that alone takes longer than a run may. */
  private compile(request: RunRequest, interrupt: Interrupt): Compiled | undefined {
    const { id, sources, focus, budgets } = request;
    // Which files make the program may take long to find out; until then it is the one that was asked for.
    let unit: Unit = { sources: sources.filter(({ name }) => name === focus), head: focus, tests: false };
    const tell = (diagnostics: readonly PlainDiagnostic[], compiles: boolean): void => {
      const files = unit.sources.map(({ name }) => name);
      this.post({ type: 'diagnostics', id, files, head: unit.head, diagnostics, compiles });
    };
    try {
      unit = unitOf(sources, focus, interrupt);
      const compiled = compileUnit(unit, request, interrupt);
      tell(plainDiagnostics(compiled.program), compiled.code !== undefined);
      return compiled;
    } catch (error) {
      if (!(error instanceof Interrupted) || error.reason !== 'wallTime') throw error;
      tell([tooSlow(budgets.wallTime)], false);
      return undefined;
    }
  }

  /** Advances a simulation to its end; @returns false when it was cancelled on the way. */
  private async drive(simulation: Simulation, { id }: RunRequest, begun: number, deadline: Deadline): Promise<boolean> {
    let steps = LEAST_STEPS;
    let told = begun;
    let now = performance.now();
    while (simulation.advance(steps) === 'running') {
      await this.environment.readMessages();
      if (this.isCancelled(id)) return false;
      const before = now;
      now = performance.now();
      steps = nextSlice(steps, now - before);
      if (this.stopped.has(id)) simulation.stop('interrupted');
      if (deadline.isOver) simulation.stop('wallTime');
      if (now - told >= PROGRESS_EVERY) {
        told = now;
        const { steps: instructions, virtualNs } = simulation.progress;
        this.post({ type: 'progress', id, instructions, virtualNs, wallMs: now - begun });
      }
    }
    return true;
  }
}
