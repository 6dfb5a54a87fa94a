/** This file says what runs simulations for the host, whether a process or a web worker: it takes messages, answers, and may die at any moment. */
import type { HostToWorker, WorkerToHost } from '../protocol/messages';

/** Why a simulator is no more. */
export interface Death {
  readonly cause: 'out-of-memory' | 'crashed' | 'silent';
  /** For the log: exit status, last output. */
  readonly detail: string;
}

export interface SimulatorEvents {
  message(message: WorkerToHost): void;
  /** Said once, whoever ended it; nothing follows. */
  died(death: Death): void;
  /** It rests, and holds more memory than a new one would: it may be exchanged. */
  grown(): void;
}

/** One that lives. */
export interface Simulator {
  /** Of its process, where it is one of its own. */
  readonly pid?: number | undefined;
  post(message: HostToWorker): void;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
}

/** Starts one. What cannot be started dies like one that could. */
export type StartSimulator = (events: SimulatorEvents) => Simulator;
