/**
 * This file is the simulation worker as a web worker, for editors in a browser. No memory is shared there: a message that cancels a run is read between two
 * slices of it.
 */
import type { HostToWorker } from '../protocol/messages';
import { SimulationService } from './service';

/** What is used of a web worker's global object and of ports; the types of the DOM are not this room's. */
interface Port {
  onmessage: ((event: { readonly data: HostToWorker }) => void) | null;
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
}

const scope = globalThis as unknown as Port;

/** A message to oneself comes after those that have come before it; timers would wait for 4 ms each. */
const turn = new MessageChannel() as unknown as Readonly<Record<'port1' | 'port2', Port>>;
let turned: (() => void) | undefined;
turn.port1.onmessage = () => turned?.();

new SimulationService({
  post: (message, transfer) => scope.postMessage(message, transfer),
  listen: (receive) => (scope.onmessage = ({ data }) => receive(data)),
  readMessages: () =>
    new Promise((resolve) => {
      turned = resolve;
      turn.port2.postMessage(undefined);
    }),
  cancelled: () => false,
}).start();
