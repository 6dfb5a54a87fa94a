/**
 * This file runs the simulator as a process of its own, so that nothing that happens to it happens to the editor: V8 aborts a whole process when some allocations
 * fail, and a thread cannot contain that.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { WardenToHost } from '../protocol/messages';
import { obituary } from './obituary';
import type { Death, Simulator, SimulatorEvents, StartSimulator } from './simulator';

/** What the process may take. Memory in MB. */
export interface ProcessLimits {
  /** Heap of the thread that simulates. */
  readonly heapMb: number;
  /** Resident memory beside what the budgets of a run allow. */
  readonly besideMb: number;
  /** After so many ms without a request it says so if it is large. */
  readonly restMs: number;
}

interface ProcessOptions {
  readonly limits?: ProcessLimits;
  readonly cache?: string | undefined;
}

const LIMITS: ProcessLimits = { heapMb: 1536, besideMb: 1024, restMs: 5000 };
/**
 * What makes glibc's malloc give large blocks back to the system when they are freed (mallopt(3), M_MMAP_THRESHOLD). Left alone it learns from the first one freed
 * to keep them, and two passes of a run then take the memory of both. Other allocators do not know the name.
 */
const RETURNING = { MALLOC_MMAP_THRESHOLD_: '131072' };
/** Characters of its last output that are kept. */
const OUTPUT_KEPT = 4000;

/**
 * @param script the warden (dist/simulator.js), beside which the worker lies @param cache folder where what V8 compiles is kept from one process to the next;
 * undefined: nowhere
 */
export function simulatorProcess(script: string, { limits = LIMITS, cache }: ProcessOptions = {}): StartSimulator {
  return (events) => {
    try {
      return new SimulatorProcess(launch(script, limits, cache), events);
    } catch (error) {
      return stillborn(events, `it could not be started: ${String(error)}`);
    }
  };
}

function launch(script: string, { heapMb, besideMb, restMs }: ProcessLimits, cache?: string): ChildProcess {
  return fork(script, [heapMb, besideMb, restMs, cache ?? []].flat().map(String), {
    serialization: 'advanced',
    // Not ours: a debugger's port is taken, and what else the editor was started with is not meant for the simulator.
    // No flags of V8 either, as for its heap: with any that it does not have by itself V8 refuses the code of Node's own modules that comes compiled with Node,
    // for which two threads pay at their start.
    execArgv: [],
    env: surroundings(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/**
 * Variables that change what Node does, or what it does first: with NODE_EXTRA_CA_CERTS it reads every certificate of the system before it runs anything, which
 * takes longer than all else that a process does to start. The simulator talks to nobody.
 */
const OF_NODE = /^(NODE|OPENSSL|SSL_CERT|VSCODE_INSPECTOR)_/i;

/** The environment for the process: as here, but nothing that would change what Node does. */
function surroundings(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !OF_NODE.test(name)),
  );
  Object.assign(env, RETURNING);
  // The desktop's extension host is Electron, and starts Node only when it is told to.
  return process.versions.electron === undefined ? env : { ...env, ELECTRON_RUN_AS_NODE: '1' };
}

class SimulatorProcess implements Simulator {
  /** What it said of its end itself; that is nearer to the truth than its status. */
  private lastWords: Death | undefined;
  private output = '';
  private dead = false;

  constructor(
    private readonly child: ChildProcess,
    private readonly events: SimulatorEvents,
  ) {
    child.stdout?.on('data', (chunk) => this.heard(chunk));
    child.stderr?.on('data', (chunk) => this.heard(chunk));
    child.on('message', (message) => this.receive(message as WardenToHost));
    // Not started, most likely; if it was, whatever it says from now on is not heard any more.
    child.on('error', (error) => {
      this.terminate();
      this.died({ cause: 'crashed', detail: error.message });
    });
    // 'close' comes after 'exit', when all output has been read.
    child.on('close', (code, signal) => this.died(this.lastWords ?? obituary({ code, signal }, this.output)));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  post(message: Parameters<Simulator['post']>[0]): void {
    // One that is about to be told dead takes nothing any more.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  terminate(): void {
    this.child.kill('SIGKILL');
  }

  private receive(message: WardenToHost): void {
    if (message.type === 'dying') this.lastWords = { cause: message.cause, detail: message.detail };
    else if (this.dead) return;
    else if (message.type === 'grown') this.events.grown();
    else this.events.message(message);
  }

  private heard(chunk: unknown): void {
    this.output = (this.output + String(chunk)).slice(-OUTPUT_KEPT);
  }

  private died(death: Death): void {
    if (this.dead) return;
    this.dead = true;
    this.events.died(death);
  }
}

/** Stands for a process that the system would not start. */
function stillborn(events: SimulatorEvents, detail: string): Simulator {
  setImmediate(() => events.died({ cause: 'crashed', detail }));
  return { post: () => undefined, terminate: () => undefined };
}
