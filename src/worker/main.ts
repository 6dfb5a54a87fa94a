/** This file is the worker: it takes requests one at a time, compiles, runs and explains, and posts what it found. */
import { parentPort } from 'node:worker_threads';
import { PROTOCOL_VERSION, type HostToWorker, type RunRequest, type WorkerToHost } from '../protocol/messages';
import { compileSources } from '../session/compile';
import { unitOf } from '../session/folder';
import { simulate } from '../session/simulate';
import { encodeTransfer } from '../trace/format';
import { plainDiagnostics } from './plain';

/** How often, in instructions, the run looks whether it was cancelled or is out of time. */
const SLICE = 1_000_000;
/** Progress is told at most this often, in ms. */
const PROGRESS_EVERY = 200;

const port = parentPort!;
let cancel = new Int32Array(new SharedArrayBuffer(4));

function post(message: WorkerToHost, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function run(request: RunRequest): void {
  const begun = performance.now();
  const { id } = request;
  const cancelled = (): boolean => Atomics.load(cancel, 0) === id;
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
  let told = begun;
  let outOfTime = false;
  const simulation = simulate(compiled.program, compiled.code, {
    seed: request.seed,
    settings: request.settings,
    budgets: request.budgets,
    maxTraceRows: request.maxTraceRows,
    ...(request.schedule === undefined ? {} : { schedule: request.schedule }),
    sliceSteps: SLICE,
    shouldStop: (progress) => {
      const now = performance.now();
      if (now - told >= PROGRESS_EVERY) {
        told = now;
        post({ type: 'progress', id, instructions: progress.steps, virtualNs: progress.virtualNs });
      }
      outOfTime = now - begun > request.budgets.wallMs;
      return cancelled() ? 'cancelled' : outOfTime ? 'wallTime' : undefined;
    },
  });
  if (!simulation) {
    post({ type: 'cancelled', id });
    return;
  }
  const trace = encodeTransfer(simulation.trace);
  post(
    {
      type: 'ran',
      id,
      findings: simulation.findings,
      trace,
      stdout: simulation.stdout,
      wallMs: performance.now() - begun,
    },
    [trace.buffer],
  );
}

port.on('message', (message: HostToWorker) => {
  if (message.type === 'init') {
    cancel = new Int32Array(message.cancel);
    post({ type: 'ready', version: PROTOCOL_VERSION });
    return;
  }
  try {
    run(message);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ type: 'failed', id: message.id, message: text });
  }
});
