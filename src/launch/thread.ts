/**
 * This file is the simulating thread as the warden starts it: it runs the simulation, whose code the warden prepares while the thread itself begins, and keeps that code when
 * the warden says that all is at rest.
 */
import { parentPort } from 'node:worker_threads';
import { run, type Launched, type Prepared } from './compiled';

let launched: Launched | undefined;
const port = parentPort!;
port.once('message', (prepared: Prepared | Error) => {
  if (prepared instanceof Error) throw prepared;
  launched = run(prepared, module, require);
});
port.on('message', ({ type }: { readonly type?: string }) => {
  if (type === 'rest') launched?.keep();
});
