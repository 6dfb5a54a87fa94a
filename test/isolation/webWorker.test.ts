/** This file tests the simulator as a web worker, with workers that do what the test says: what waits for its start, and all the ways in which it ends. */
import assert from 'node:assert/strict';
import type { Death, Simulator } from '../../src/host/simulator';
import { simulatorWebWorker, type WebWorker } from '../../src/host/simulatorWebWorker';
import { PROTOCOL_VERSION, type HostToWorker, type WorkerToHost } from '../../src/protocol/messages';

const INIT: HostToWorker = { type: 'init', version: PROTOCOL_VERSION };
const CANCEL: HostToWorker = { type: 'cancel', id: 1 };
const READY: WorkerToHost = { type: 'ready', version: PROTOCOL_VERSION };

class FakeWorker implements WebWorker {
  onmessage: WebWorker['onmessage'] = null;
  onerror: WebWorker['onerror'] = null;
  readonly posted: HostToWorker[] = [];
  terminated = false;
  constructor(readonly url: string) {}
  postMessage(message: HostToWorker): void {
    this.posted.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
}

/** Lets everything happen that is about to. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

suite('the simulator as a web worker', () => {
  let workers: FakeWorker[];
  let heard: WorkerToHost[];
  let deaths: Death[];
  const create = (url: string): WebWorker => {
    workers.push(new FakeWorker(url));
    return workers.at(-1)!;
  };
  const events = {
    message: (message: WorkerToHost) => void heard.push(message),
    died: (death: Death) => void deaths.push(death),
    grown: () => assert.fail('nobody knows how large a web worker is'),
  };
  const start = (address: () => Promise<string> = async () => 'blob:1'): Simulator =>
    simulatorWebWorker(address, create)(events);

  setup(() => ([workers, heard, deaths] = [[], [], []]));

  test('what is sent before the script is there is not lost, nor its order', async () => {
    const simulator = start();
    simulator.post(INIT);
    simulator.post(CANCEL);
    await settle();
    simulator.post(INIT);
    assert.deepEqual(workers[0]!.posted, [INIT, CANCEL, INIT]);
    workers[0]!.onmessage!({ data: READY });
    assert.deepEqual([heard, deaths], [[READY], []]);
  });

  test('one that is ended is told dead, once and later, and is heard no more', async () => {
    const simulator = start();
    await settle();
    simulator.terminate();
    simulator.terminate();
    assert.deepEqual([workers[0]!.terminated, deaths], [true, []]);
    await settle();
    workers[0]!.onmessage!({ data: READY });
    assert.deepEqual([deaths.length, heard.length], [1, 0]);
  });

  test('one that is ended before it has begun does not begin', async () => {
    let arrive: (url: string) => void = () => undefined;
    const simulator = start(() => new Promise((resolve) => (arrive = resolve)));
    simulator.terminate();
    await settle();
    arrive('blob:1');
    await settle();
    assert.equal(deaths.length, 1);
    assert.ok(workers.every(({ terminated }) => terminated));
  });

  test('an error that nobody caught ends it; one of memory is called so', async () => {
    for (const [message, cause] of [
      ['Uncaught Error: no', 'crashed'],
      ['Uncaught RangeError: Array buffer allocation failed', 'out-of-memory'],
      [undefined, 'crashed'],
    ] as const) {
      start();
      await settle();
      workers.at(-1)!.onerror!({ ...(message !== undefined && { message }) });
      assert.equal(workers.at(-1)!.terminated, true);
      assert.equal(deaths.at(-1)!.cause, cause);
    }
    assert.equal(deaths.length, 3);
  });

  test('a script that is not to be had is a death; the next start asks for it again, and once only when it is', async () => {
    let asked = 0;
    const startAnother = simulatorWebWorker(async () => {
      if (asked++ === 0) throw new Error('offline');
      return 'blob:2';
    }, create);
    startAnother(events);
    await settle();
    assert.match(deaths[0]!.detail, /could not be started: Error: offline/);
    for (let i = 0; i < 2; i++) startAnother(events);
    await settle();
    assert.deepEqual([asked, workers.map(({ url }) => url), deaths.length], [2, ['blob:2', 'blob:2'], 1]);
  });
});
