/** This file is the simulation worker as a thread of Node: it gives the simulation service its port and the flags that the warden raises. */
import { parentPort, workerData } from 'node:worker_threads';
import { CancelFlags } from './cancelFlags';
import { SimulationService } from './service';

const port = parentPort!;
const { cancels } = workerData as { cancels: SharedArrayBuffer };
const flags = new CancelFlags(cancels);

new SimulationService({
  post: (message, transfer) => port.postMessage(message, transfer),
  // The service passes over what is meant for what has started this thread (launch/thread.ts).
  listen: (receive) => void port.on('message', receive),
  readMessages: () => new Promise((resolve) => setImmediate(resolve)),
  cancelled: (id) => flags.raised(id),
}).start();
