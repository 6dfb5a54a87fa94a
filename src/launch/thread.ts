/** This file is the simulating thread as the warden starts it: it launches the simulation out of compiled code, and keeps that code when the warden says that all is at rest. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { launch } from './compiled';

const { cache } = workerData as { readonly cache?: string };
const launched = launch(join(__dirname, 'simulation.js'), cache && join(cache, 'simulation.code'), module, require);
parentPort!.on('message', ({ type }: { readonly type: string }) => {
  if (type === 'rest') launched.keep();
});
