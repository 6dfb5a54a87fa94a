/**
 * This file is the simulating process: a warden that never computes, above the thread that does. It passes messages on, raises the flag of what is cancelled
 * (the thread sees it in the middle of anything), watches the memory of the process, says why when it has to end it, and ends with its parent.
 *
 * V8 aborts the whole process on some failures to allocate; that takes this process and no other. What a thread can contain, the end of its own heap, comes here
 * as an error and is told in words.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HostToWorker, RunRequest, WardenToHost, WardenToWorker, WorkerToHost } from '../protocol/messages';
import { prepareAhead, type Prepared } from '../launch/compiled';
import { CancelFlags } from './cancelFlags';
import { readLimits, residentLimit } from './limits';

/** How often memory is looked at during a request, in ms: a program fills about 1 GB a second. */
const LOOK_EVERY = 50;
/** Bytes of resident memory that are too many for a process that does nothing; it starts with 60 MB. */
const LARGE = 100 * 1024 * 1024;
/** Exit status after last words. */
const GIVEN_UP = 70;

/** Ends of a request; anything else that bears its id comes before. */
function ends(message: WorkerToHost): boolean {
  if (message.type === 'diagnostics') return !message.compiles;
  return message.type === 'ran' || message.type === 'cancelled' || message.type === 'failed';
}

const [, , ...args] = process.argv;
const limits = readLimits(args);
/** Folder for compiled code, where there is one. */
const cache = args[3];
const flags = new CancelFlags();
const worker = startThread();
let look: NodeJS.Timeout | undefined;
/** Runs while there is no request. */
let rest: NodeJS.Timeout | undefined;
/** Something has run since the process was last at rest. */
let hasRun = false;
/** Last words have been said. */
let ending = false;

function send(message: WardenToHost, sent?: () => void): void {
  process.send?.(message, undefined, undefined, sent && (() => sent()));
}

/** Says something to the thread. */
function pass(message: WardenToWorker): void {
  worker.postMessage(message);
}

/** Ends the process, saying why. */
function giveUp(cause: 'out-of-memory' | 'crashed', detail: string): void {
  if (ending) return;
  ending = true;
  clearInterval(look);
  send({ type: 'dying', cause, detail }, () => process.exit(GIVEN_UP));
}

function begin(request: RunRequest): void {
  clearTimeout(rest);
  clearInterval(look);
  const most = residentLimit(limits, request);
  look = setInterval(() => {
    const resident = process.memoryUsage.rss();
    const mb = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
    if (resident > most) giveUp('out-of-memory', `${mb(resident)} of resident memory, ${mb(most)} are allowed`);
  }, LOOK_EVERY);
}

function startThread(): Worker {
  const thread = new Worker(join(__dirname, 'worker.js'), {
    workerData: { cancels: flags.memory },
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
  });
  thread.on('message', (message: WorkerToHost) => {
    if (message.type === 'ran') hasRun = true;
    if (ends(message)) idle();
    if (!ending) send(message);
  });
  thread.on('error', (error: Error & { code?: string }) => {
    const cause = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'crashed';
    giveUp(cause, error.stack ?? error.message);
  });
  thread.on('exit', (status) => giveUp('crashed', `the simulating thread stopped with status ${status}`));
  return thread;
}

function idle(): void {
  clearInterval(look);
  clearTimeout(rest);
  rest = setTimeout(atRest, limits.restMs);
}

/**
 * First the thread may do what would keep a run waiting. A process that was large once stays large: if nobody has come then, it says so, and whoever needs it
 * may put a new one in its place.
 */
function atRest(): void {
  if (hasRun) {
    hasRun = false;
    pass({ type: 'rest' });
    idle();
  } else if (process.memoryUsage.rss() > LARGE) send({ type: 'grown' });
}

/** What the thread is to run, or why there is nothing: the first thing that it is told. While this is made ready it begins, which takes about as long. */
function simulation(): Prepared | Error {
  try {
    return prepareAhead(join(__dirname, 'simulation.js'), cache && join(cache, 'simulation.code'));
  } catch (error) {
    return error as Error;
  }
}

worker.postMessage(simulation());
process.on('message', (message: HostToWorker) => {
  if (message.type === 'run') begin(message);
  if (message.type === 'cancel') flags.raise(message.id);
  pass(message);
});
process.on('disconnect', () => process.exit());
