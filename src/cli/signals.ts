/**
 * This file hears SIGINT and SIGTERM while a command works. A handler of Node's runs when the event loop turns, and a command does not let it turn: it compiles, runs and
 * explains in one go, with long steps that cannot be cut. So a thread of its own listens, and writes what it heard to shared memory, which the command looks at as often
 * as at the clock (base/interrupt.ts).
 *
 * The thread begins only when a command takes long: it costs some 15 ms, a tenth of a short run. Until then, and again after the first signal, a signal does
 * what the system does without us: it ends the process at once. So the second Ctrl-C always ends it, whatever it is doing.
 *
 * Rejected: to simulate in a thread and listen in the main one makes every start slower by those 15 ms. `process.on` is deaf in threads; the binding
 * beneath it is not, and where a Node has it no more, signals end the process at once, as before.
 */
import { Worker } from 'node:worker_threads';
import type { Signal } from './exit';

/** Age of the process, in ms, from which on signals are listened to. */
const LISTEN_AFTER = 200;

/** Numbers under which the signals are told; 0: none. */
const SIGNALS: readonly (Signal | undefined)[] = [undefined, 'SIGINT', 'SIGTERM'];

/** The listening thread. It ends with the first signal: then nothing catches the second. */
const LISTENER = `
const { workerData: heard } = require('node:worker_threads');
const { constants } = require('node:os');
const { Signal } = process.binding('signal_wrap');
const watches = ${JSON.stringify(SIGNALS)}.flatMap((name, number) => {
  if (!name) return [];
  const watch = new Signal();
  watch.onsignal = () => {
    Atomics.store(heard, 0, number);
    for (const each of watches) each.close();
  };
  watch.start(constants.signals[name]);
  return [watch];
});
`;

export class SignalWatch {
  private readonly heard = new Int32Array(new SharedArrayBuffer(4));
  private listening = false;

  /** The signal that came, if one did. To ask is cheap. */
  get signal(): Signal | undefined {
    this.listenInTime();
    return SIGNALS[Atomics.load(this.heard, 0)];
  }

  /** Begins to listen, if it is time. To be called often. */
  listenInTime(): void {
    if (this.listening || performance.now() < LISTEN_AFTER) return;
    this.listening = true;
    const listener = new Worker(LISTENER, { eval: true, workerData: this.heard });
    listener.on('error', () => undefined);
    listener.unref();
  }
}
