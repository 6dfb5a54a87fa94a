/** This file tests the worker as its host sees it: messages in, messages out. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROTOCOL_VERSION, type HostToWorker, type RunRequest, type WorkerToHost } from '../../src/protocol/messages';

const ROOT = join(__dirname, '..', '..');
/** The worker's source, loaded as tests load sources. */
const SCRIPT = ['tsx/cjs', join(ROOT, 'test', 'harness', 'go-text.cjs'), join(ROOT, 'src', 'worker', 'main.ts')]
  .map((path) => `require(${JSON.stringify(path)});`)
  .join('\n');
const ENDLESS = 'func main() {\n\tfor {\n\t}\n}\n';
const BUDGETS = { steps: 1e12, memoryWords: 1 << 22, goroutines: 100, outputBytes: 1000, virtualNs: 1e15, wallMs: 1e9 };

/** A worker, and the messages that it has sent and nobody has asked for yet. */
class Client {
  private readonly inbox: WorkerToHost[] = [];
  private awake: () => void = () => undefined;

  constructor(private readonly worker = new Worker(SCRIPT, { eval: true })) {
    worker.on('message', (message: WorkerToHost) => {
      this.inbox.push(message);
      this.awake();
    });
  }

  send(message: HostToWorker): void {
    this.worker.postMessage(message);
  }

  run(id: number, text: string, budgets: Partial<RunRequest['budgets']> = {}): void {
    const sources = [{ name: 'test.lane', text }];
    this.send({
      type: 'run',
      id,
      sources,
      focus: 'test.lane',
      seed: 1,
      settings: {},
      budgets: { ...BUDGETS, ...budgets },
      maxTraceRows: 1000,
    });
  }

  /** The next message of a type; those before it are dropped. */
  async next<T extends WorkerToHost['type']>(type: T): Promise<Extract<WorkerToHost, { type: T }>> {
    for (;;) {
      const message = this.inbox.shift();
      if (message === undefined) await new Promise<void>((resolve) => (this.awake = resolve));
      else if (message.type === type) return message as Extract<WorkerToHost, { type: T }>;
    }
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}

suite('worker', () => {
  let client: Client;
  suiteSetup(async () => {
    client = new Client();
    client.send({ type: 'init', version: PROTOCOL_VERSION });
    assert.equal((await client.next('ready')).version, PROTOCOL_VERSION);
  });
  suiteTeardown(() => client.close());

  test('runs a program and says what happened', async () => {
    client.run(1, 'func main() { println("hello") }\n');
    assert.equal((await client.next('diagnostics')).compiles, true);
    const { id, findings, stdout } = await client.next('ran');
    assert.deepEqual([id, findings.length, stdout], [1, 0, '']);
  });

  test('hears while it runs that the run is cancelled, and serves the next', async () => {
    client.run(2, ENDLESS);
    await client.next('progress');
    client.send({ type: 'cancel', id: 2 });
    assert.equal((await client.next('cancelled')).id, 2);
    client.run(3, 'func main() {}\n');
    assert.equal((await client.next('ran')).id, 3);
  });

  test('a cancel for another run is not meant', async () => {
    client.run(4, ENDLESS, { wallMs: 300 });
    client.send({ type: 'cancel', id: 3 });
    const { id, findings } = await client.next('ran');
    assert.deepEqual([id, findings.map(({ code }) => code)], [4, ['budget.wallTime']]);
  });

  test('requests that come while one runs wait for it', async () => {
    client.run(5, ENDLESS, { wallMs: 300 });
    client.run(6, 'func main() {}\n');
    assert.equal((await client.next('ran')).id, 5);
    assert.equal((await client.next('ran')).id, 6);
  });

  test('a request that is cancelled before its turn does not run', async () => {
    client.run(7, ENDLESS, { wallMs: 300 });
    client.run(8, ENDLESS);
    client.send({ type: 'cancel', id: 8 });
    assert.equal((await client.next('ran')).id, 7);
    assert.equal((await client.next('cancelled')).id, 8);
  });

  test('what goes wrong is told as a failure of that request, and the next is served', async () => {
    client.send({ type: 'run', id: 9 } as unknown as HostToWorker);
    assert.equal((await client.next('failed')).id, 9);
    client.run(10, 'func main() {}\n');
    assert.equal((await client.next('ran')).id, 10);
  });
});
