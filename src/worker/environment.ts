/** This file says what the simulation service needs of the program around it, which may be a thread of Node or a web worker. */
import type { WardenToWorker, WorkerToHost } from '../protocol/messages';

export interface Environment {
  post(message: WorkerToHost, transfer: ArrayBuffer[]): void;
  /** Hands over each message of the host, in order; others may be among them. Called once. */
  listen(receive: (message: WardenToWorker) => void): void;
  /** Done when the messages that have come so far have been handed over. */
  readMessages(): Promise<void>;
  /**
   * Whether the host has cancelled a request, as far as that is known without reading messages; always false where no memory is shared: there a message says
   * so between two slices.
   */
  cancelled(id: number): boolean;
}
