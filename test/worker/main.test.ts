/** This file tests the worker as its host sees it: messages in, messages out. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CancelFlags } from '../../src/worker/cancelFlags';
import { PROTOCOL_VERSION, type HostToWorker, type RunRequest, type WorkerToHost } from '../../src/protocol/messages';

const ROOT = join(__dirname, '..', '..');
/** The worker's source, loaded as tests load sources. */
const SCRIPT = ['tsx/cjs', join(ROOT, 'test', 'harness', 'go-text.cjs'), join(ROOT, 'src', 'worker', 'main.ts')]
  .map((path) => `require(${JSON.stringify(path)});`)
  .join('\n');
const ENDLESS = 'func main() {\n\tfor {\n\t}\n}\n';
/** Two goroutines race before one of them goes on for ever. */
const RACY_AND_ENDLESS = `var count int

func main() {
	go func() { count++ }()
	count++
	for {
		time.Sleep(time.Millisecond)
	}
}
`;
const BUDGETS = {
  steps: 1e12,
  memoryWords: 1 << 22,
  goroutines: 100,
  outputBytes: 1000,
  virtualNs: 1e15,
  wallTime: 1e7,
  traceRows: 1000,
};

const flags = new CancelFlags();

/** A worker, and the messages that it has sent and nobody has asked for yet. */
class Client {
  private readonly inbox: WorkerToHost[] = [];
  private awake: () => void = () => undefined;

  constructor(private readonly worker = new Worker(SCRIPT, { eval: true, workerData: { cancels: flags.memory } })) {
    worker.on('message', (message: WorkerToHost) => {
      this.inbox.push(message);
      this.awake();
    });
  }

  send(message: HostToWorker): void {
    this.worker.postMessage(message);
  }

  run(id: number, text: string, budgets: Partial<RunRequest['budgets']> = {}, trace = true): void {
    const sources = [{ name: 'test.lane', text }];
    this.send({
      type: 'run',
      id,
      sources,
      focus: 'test.lane',
      seed: 1,
      settings: {},
      budgets: { ...BUDGETS, ...budgets },
      trace,
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
    const { id, findings, printed } = await client.next('ran');
    assert.deepEqual([id, findings.length, printed.text], [1, 0, 'hello\n']);
  });

  test('keeps a trace for who looks, and none for who does not', async () => {
    for (const trace of [true, false]) {
      client.run(trace ? 200 : 201, 'func main() { println("hello") }\n', {}, trace);
      const ran = await client.next('ran');
      assert.deepEqual([ran.traced, ran.trace.length > 0, ran.trace.meta.outcome], [trace, trace, 'exit']);
    }
  });

  test('hears while it runs that the run is cancelled, and serves the next', async () => {
    client.run(2, ENDLESS);
    await client.next('progress');
    client.send({ type: 'cancel', id: 2 });
    assert.equal((await client.next('cancelled')).id, 2);
    client.run(3, 'func main() {}\n');
    assert.equal((await client.next('ran')).id, 3);
  });

  for (const trace of [true, false]) {
    test(`a run that is stopped tells what it has found so far, ${trace ? 'with its trace' : 'and has no trace where nobody looks'}`, async () => {
      client.run(trace ? 20 : 21, RACY_AND_ENDLESS, {}, trace);
      await client.next('progress');
      client.send({ type: 'stop', id: trace ? 20 : 21 });
      const ran = await client.next('ran');
      const codes = ran.findings.map(({ code }) => code.replace(/\..*/, ''));
      assert.deepEqual([ran.stopped, ran.traced, codes], [true, trace, ['race']]);
      assert.equal(ran.trace.length > 0, trace);
    });
  }

  test('a run that has its end was not stopped; nor is one by a word for another', async () => {
    client.run(22, ENDLESS, { wallTime: 300 });
    client.send({ type: 'stop', id: 21 });
    const { stopped, findings } = await client.next('ran');
    assert.deepEqual([stopped, findings.map(({ code }) => code)], [false, ['budget.wallTime']]);
    client.run(23, 'func main() {}\n');
    assert.equal((await client.next('ran')).stopped, false);
  });

  test('progress has what the budgets count', async () => {
    client.run(24, 'func main() {\n\tfor {\n\t\ttime.Sleep(time.Second)\n\t}\n}\n');
    const { instructions, virtualNs, wallMs } = await client.next('progress');
    assert.ok(instructions > 0 && virtualNs >= 1e9 && wallMs > 0);
    client.send({ type: 'cancel', id: 24 });
    await client.next('cancelled');
  });

  test('sees a raised flag in the middle of checking, without a message', async () => {
    flags.raise(100);
    flags.raise(102);
    client.run(101, 'func main() {}\n');
    assert.equal((await client.next('ran')).id, 101);
    client.run(102, 'func main() {}\n');
    assert.equal((await client.next('cancelled')).id, 102);
    client.run(103, `func main() {\n${'\tprintln(1 + 2 * 3)\n'.repeat(300_000)}}\n`);
    flags.raise(103);
    assert.equal((await client.next('cancelled')).id, 103);
  });

  test('checking that takes longer than a run may is given up with an error that says so', async () => {
    client.run(104, `func main() {\n${'\tprintln(1 + 2 * 3)\n'.repeat(300_000)}}\n`, { wallTime: 10 });
    const { id, compiles, diagnostics } = await client.next('diagnostics');
    assert.deepEqual([id, compiles, diagnostics.map(({ code }) => code)], [104, false, ['budget.wallTime']]);
    const sources = ['a.go', 'b.go'].map((name) => ({
      name,
      text: `package main\n${'var _ = 1 + 2\n'.repeat(300_000)}`,
    }));
    const budgets = { ...BUDGETS, wallTime: 1 };
    client.send({ type: 'run', id: 106, sources, focus: 'b.go', seed: 1, settings: {}, budgets, trace: true });
    const early = await client.next('diagnostics');
    assert.deepEqual(
      [early.id, early.files, early.head],
      [106, ['b.go'], 'b.go'],
      'before the files of the program are known',
    );
    assert.deepEqual(
      early.diagnostics.map(({ code }) => code),
      ['budget.wallTime'],
    );
    client.run(105, 'func main() {}\n');
    assert.equal((await client.next('ran')).id, 105);
  });

  test('a cancel for another run is not meant', async () => {
    client.run(4, ENDLESS, { wallTime: 300 });
    client.send({ type: 'cancel', id: 3 });
    const { id, findings } = await client.next('ran');
    assert.deepEqual([id, findings.map(({ code }) => code)], [4, ['budget.wallTime']]);
  });

  test('requests that come while one runs wait for it', async () => {
    client.run(5, ENDLESS, { wallTime: 300 });
    client.run(6, 'func main() {}\n');
    assert.equal((await client.next('ran')).id, 5);
    assert.equal((await client.next('ran')).id, 6);
  });

  test('a request that is cancelled before its turn does not run', async () => {
    client.run(7, ENDLESS, { wallTime: 300 });
    client.run(8, ENDLESS);
    client.send({ type: 'cancel', id: 8 });
    assert.equal((await client.next('ran')).id, 7);
    assert.equal((await client.next('cancelled')).id, 8);
  });

  test('what goes wrong is told as a failure of that request, and the next is served', async () => {
    client.send({ type: 'run', id: 9 } as unknown as HostToWorker);
    assert.equal((await client.next('failed')).id, 9);
    client.send({
      type: 'run',
      id: 10,
      sources: [],
      focus: '',
      seed: 1,
      settings: { cores: 0 },
      budgets: BUDGETS,
      trace: true,
    });
    assert.match((await client.next('failed')).message, /wrong cores \(cores=0\)/);
    client.run(11, 'func main() {}\n');
    assert.equal((await client.next('ran')).id, 11);
  });
});
