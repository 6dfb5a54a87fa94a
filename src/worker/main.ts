/**
 * This file is the worker: it takes requests one at a time, compiles, runs and explains, and posts what it found. A run is driven in slices; between two
 * of them the worker reads its messages, so that it hears when a run is cancelled.
 */
import { parentPort } from 'node:worker_threads';
import { PROTOCOL_VERSION, type HostToWorker, type RunRequest, type WorkerToHost } from '../protocol/messages';
import { compileSources } from '../session/compile';
import { unitOf } from '../session/folder';
import { Simulation } from '../session/simulation';
import { encodeTransfer } from '../trace/format';
import { plainDiagnostics } from './plain';

/** How long a slice should take, in ms: a message waits no longer, and reading messages costs next to nothing of it. */
const SLICE_MS = 4;
/** Instructions of the first slice and of the shortest. */
const LEAST_STEPS = 50_000;
/** A slice takes at most so many times as many instructions as the one before: programs change their pace. */
const GROWTH = 4;
/** Progress is told at most this often, in ms. */
const PROGRESS_EVERY = 200;

const port = parentPort!;
/** Requests that nobody wants any more. */
const cancelled = new Set<number>();
/** Done when all requests so far are. */
let served = Promise.resolve();

function post(message: WorkerToHost, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

/** Lets the messages in that have come. */
function readMessages(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Instructions of the next slice, after one of `steps` that took `ms`. */
function nextSlice(steps: number, ms: number): number {
  return Math.max(LEAST_STEPS, Math.round(steps * Math.min(GROWTH, SLICE_MS / ms)));
}

/** Advances a simulation to its end; @returns false when it was cancelled on the way. */
async function drive(simulation: Simulation, { id, budgets }: RunRequest, begun: number): Promise<boolean> {
  let steps = LEAST_STEPS;
  let told = begun;
  let now = performance.now();
  while (simulation.advance(steps) === 'running') {
    await readMessages();
    if (cancelled.has(id)) return false;
    const before = now;
    now = performance.now();
    steps = nextSlice(steps, now - before);
    if (now - begun > budgets.wallMs) simulation.stop('wallTime');
    if (now - told >= PROGRESS_EVERY) {
      told = now;
      const { steps: instructions, virtualNs } = simulation.progress;
      post({ type: 'progress', id, instructions, virtualNs });
    }
  }
  return true;
}

async function run(request: RunRequest): Promise<void> {
  const begun = performance.now();
  const { id } = request;
  const unit = unitOf(request.sources, request.focus);
  const compiled = compileSources(unit.sources, {
    tests: unit.tests,
    ...(request.goVersion !== undefined && { goVersion: request.goVersion }),
  });
  post({
    type: 'diagnostics',
    id,
    files: unit.sources.map(({ name }) => name),
    head: unit.head,
    diagnostics: plainDiagnostics(compiled.program),
    compiles: compiled.code !== undefined,
  });
  if (!compiled.code) return;
  const simulation = new Simulation(compiled.program, compiled.code, {
    seed: request.seed,
    settings: request.settings,
    budgets: request.budgets,
    maxTraceRows: request.maxTraceRows,
    ...(request.schedule === undefined ? {} : { schedule: request.schedule }),
  });
  if (!(await drive(simulation, request, begun))) {
    post({ type: 'cancelled', id });
    return;
  }
  const { trace, findings, stdout } = simulation.result;
  const packed = encodeTransfer(trace);
  post({ type: 'ran', id, findings, trace: packed, stdout, wallMs: performance.now() - begun }, [packed.buffer]);
}

async function serve(request: RunRequest): Promise<void> {
  const { id } = request;
  try {
    if (cancelled.has(id)) post({ type: 'cancelled', id });
    else await run(request);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ type: 'failed', id, message: text });
  } finally {
    cancelled.delete(id);
  }
}

port.on('message', (message: HostToWorker) => {
  if (message.type === 'init') post({ type: 'ready', version: PROTOCOL_VERSION });
  else if (message.type === 'cancel') cancelled.add(message.id);
  else served = served.then(() => serve(message));
});
