/** This file tests the simulating process with real processes: that it answers, and that whatever ends it is told, in words, to a host that lives on. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_BUDGETS } from '../../src/base/budgets';
import type { Death, Simulator } from '../../src/host/simulator';
import { simulatorProcess } from '../../src/host/simulatorProcess';
import { PROTOCOL_VERSION, type RunRequest, type WorkerToHost } from '../../src/protocol/messages';
import { buildSimulator } from '../harness/simulator';

/** A worker that does what the text of the program says, in JavaScript. */
const OBEDIENT = `
const { parentPort, workerData } = require('node:worker_threads');
const flags = new Int32Array(workerData.cancels);
const answer = (message) => parentPort.postMessage(message);
parentPort.on('message', ({ type, id, sources }) => {
  if (type === 'init') answer({ type: 'ready', version: ${PROTOCOL_VERSION} });
  if (type !== 'run') return;
  eval(sources[0].text);
});
`;
const LIMITS = { heapMb: 64, besideMb: 300, restMs: 100 };
const SMALL = { ...DEFAULT_BUDGETS, memoryWords: 1000, traceRows: 1000 };

/** Programs of few instructions, each of which is long work. */
const BULKS: Readonly<Record<string, string>> = {
  'long copies': 'func main() { a := make([]byte, 1<<20); b := make([]byte, 1<<20); for { copy(a, b) } }',
  'comparisons of long arrays': 'var a, b [1 << 20]byte\nvar n int\nfunc main() { for { if a == b { n++ } } }',
  sorting: 'func main() { a := make([]int, 1<<20); for { sort.Ints(a) } }',
  printing: 'var n int\nfunc main() { a := make([]int, 1<<16); for { n += len(fmt.Sprint(a)) } }',
};

/** Starts a simulator, says its id, and lives on. */
const PARENT = `
const { fork } = require('node:child_process');
const child = fork(process.argv[1], ['64', '300', '100'], { serialization: 'advanced' });
console.log(child.pid);
setInterval(() => undefined, 1000);
`;

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A process, and what it has said. */
class Talk {
  readonly messages: WorkerToHost[] = [];
  death: Death | undefined;
  /** How often it said so. */
  grown = 0;
  private awake: () => void = () => undefined;
  private readonly simulator: Simulator;

  constructor(script: string, cache?: string) {
    this.simulator = simulatorProcess(script, { limits: LIMITS, cache })({
      message: (message) => this.note(() => this.messages.push(message)),
      died: (death) => this.note(() => (this.death = death)),
      grown: () => this.note(() => this.grown++),
    });
    this.simulator.post({ type: 'init', version: PROTOCOL_VERSION });
  }

  private note(what: () => void): void {
    assert.equal(this.death, undefined, 'nothing follows a death');
    what();
    this.awake();
  }

  run(id: number, text: string, budgets = SMALL): void {
    const sources = [{ name: 'a.lane', text }];
    const request: RunRequest = {
      type: 'run',
      id,
      sources,
      focus: 'a.lane',
      seed: 1,
      settings: {},
      budgets,
      trace: true,
    };
    this.simulator.post(request);
  }

  cancel(id: number): void {
    this.simulator.post({ type: 'cancel', id });
  }

  end(): void {
    this.simulator.terminate();
  }

  private async until<T>(what: () => T | undefined): Promise<T> {
    for (;;) {
      const found = what();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (this.awake = resolve));
    }
  }

  said<T extends WorkerToHost['type']>(type: T): Promise<Extract<WorkerToHost, { type: T }>> {
    const wanted = (message: WorkerToHost): message is Extract<WorkerToHost, { type: T }> => message.type === type;
    return this.until(() => this.messages.find(wanted));
  }

  async hasGrown(): Promise<void> {
    await this.until(() => (this.grown > 0 ? true : undefined));
  }

  died(): Promise<Death> {
    return this.until(() => this.death);
  }
}

suite('the simulating process', () => {
  let folder: string;
  let talk: Talk;
  suiteSetup(() => (folder = mkdtempSync(join(tmpdir(), 'interlane-simulator-'))));
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));
  teardown(() => talk.end());

  suite('with its worker', () => {
    let script: string;
    suiteSetup(async () => (script = await buildSimulator(join(folder, 'real'))));

    test('runs programs; traces arrive whole', async () => {
      talk = new Talk(script);
      talk.run(1, 'func main() { go println(1); println(2) }', DEFAULT_BUDGETS);
      const { trace, id } = await talk.said('ran');
      assert.equal(id, 1);
      assert.ok(trace.length > 0);
      assert.ok(trace.buffer instanceof ArrayBuffer);
      assert.equal(trace.goroutines, 2);
      assert.equal(trace.buffer.byteLength, Math.ceil((trace.length * 47) / 4) * 4 + trace.goroutines * 20);
    });

    test('hears a cancel in the middle of a run, and serves the next', async () => {
      talk = new Talk(script);
      talk.run(1, 'func main() { for { } }', { ...DEFAULT_BUDGETS, steps: 1e12, wallTime: 60_000 });
      await talk.said('progress');
      talk.cancel(1);
      await talk.said('cancelled');
      talk.run(2, 'func main() {}', DEFAULT_BUDGETS);
      await talk.said('ran');
    });

    for (const [what, text] of Object.entries(BULKS)) {
      test(`hears a cancel in the middle of ${what}`, async () => {
        talk = new Talk(script);
        talk.run(1, text, { ...DEFAULT_BUDGETS, steps: 1e12, wallTime: 600_000 });
        await talk.said('diagnostics');
        talk.cancel(1);
        await talk.said('cancelled');
      });
    }

    test('at rest after a run it keeps what was compiled; another starts from it, or without it when it is damaged', async () => {
      const cache = join(folder, 'cache', 'of one');
      const kept = join(cache, 'simulation.code');
      /** A process runs something, and is ended when what it compiled is kept as a new file. */
      const runs = async (): Promise<number> => {
        const before = existsSync(kept) ? statSync(kept).ino : 0;
        talk = new Talk(script, cache);
        talk.run(1, 'func main() { println(1) }', DEFAULT_BUDGETS);
        await talk.said('ran');
        for (let wait = 0; wait < 20 && (!existsSync(kept) || statSync(kept).ino === before); wait++) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        talk.end();
        return statSync(kept).ino;
      };
      const first = await runs();
      assert.ok(statSync(kept).size > 100_000);
      assert.equal(await runs(), first, 'from what was kept: there is nothing to keep');
      truncateSync(kept, 100_000);
      assert.notEqual(await runs(), first);
      assert.ok(statSync(kept).size > 100_000);
    });

    test('ended in mid-run by a signal, it is told as a crash with that signal', async () => {
      talk = new Talk(script);
      talk.run(1, 'func main() { for { } }', { ...DEFAULT_BUDGETS, steps: 1e12, wallTime: 60_000 });
      await talk.said('progress');
      talk.end();
      assert.deepEqual(await talk.died(), { cause: 'crashed', detail: 'it was ended by SIGKILL' });
    });
  });

  suite('whatever happens in it', () => {
    let script: string;
    suiteSetup(async () => (script = await buildSimulator(join(folder, 'obedient'), OBEDIENT)));

    const dies = (what: string, code: string, cause: Death['cause'], detail: RegExp): void => {
      test(`${what} is told as ${cause}`, async () => {
        talk = new Talk(script);
        await talk.said('ready');
        talk.run(1, code);
        const death = await talk.died();
        assert.match(death.detail, detail);
        assert.equal(death.cause, cause);
      });
    };
    const KEEP = 'const all = []; for (;;) all';
    dies('the end of the thread’s heap', `${KEEP}.push([1.5, {}, []])`, 'out-of-memory', /memory/i);
    dies(
      'memory outside of the heap',
      `const all = []; setInterval(() => all.push(Buffer.alloc(20e6, 1)), 1)`,
      'out-of-memory',
      /MB of resident memory/,
    );
    dies('an abort', "process.kill(process.pid, 'SIGABRT')", 'crashed', /SIGABRT/);
    dies('an end of the thread', 'process.exit(3)', 'crashed', /status 3/);
    dies('an exception', "throw new Error('mine')", 'crashed', /mine/);
    dies('a rejection', "Promise.reject(new Error('mine'))", 'crashed', /mine/);

    test('memory is watched while a request is served, and no longer', async () => {
      talk = new Talk(script);
      talk.run(1, "answer({ type: 'cancelled', id }); globalThis.all = Buffer.alloc(500e6, 1);");
      await talk.said('cancelled');
      talk.run(2, "setTimeout(() => answer({ type: 'failed', id, message: '' }), 300)", DEFAULT_BUDGETS);
      await talk.said('failed');
      assert.equal(talk.death, undefined);
    });

    test('at rest it says so when it has grown, and not before', async () => {
      talk = new Talk(script);
      talk.run(1, "globalThis.all = Buffer.alloc(200e6, 1); answer({ type: 'cancelled', id });");
      await talk.said('cancelled');
      talk.run(2, "setTimeout(() => answer({ type: 'failed', id, message: '' }), 400)");
      await talk.said('failed');
      assert.equal(talk.grown, 0, 'it was not at rest');
      await talk.hasGrown();
    });

    test('at rest it says nothing when it is small', async () => {
      talk = new Talk(script);
      talk.run(1, "answer({ type: 'cancelled', id });");
      await talk.said('cancelled');
      await new Promise((resolve) => setTimeout(resolve, 400));
      assert.equal(talk.grown, 0);
    });

    test('blocks that are freed go back to the system, and nothing of this process decides what Node does', async () => {
      const OURS = { NODE_OPTIONS: '--no-warnings', NODE_EXTRA_CA_CERTS: '/nowhere', SSL_CERT_FILE: '/nowhere' };
      const before = Object.keys(OURS).map((name) => [name, process.env[name]] as const);
      Object.assign(process.env, OURS, { INTERLANE_TEST: 'kept' });
      talk = new Talk(script);
      delete process.env.INTERLANE_TEST;
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
      talk.run(1, "answer({ type: 'failed', id, message: JSON.stringify(process.env) })");
      const env = JSON.parse((await talk.said('failed')).message) as Record<string, string>;
      assert.equal(env.MALLOC_MMAP_THRESHOLD_, '131072');
      assert.equal(env.INTERLANE_TEST, 'kept');
      assert.deepEqual(
        Object.keys(OURS).filter((name) => name in env),
        [],
      );
    });

    test('a cancel is seen in the middle of work that reads no messages', async () => {
      talk = new Talk(script);
      talk.run(1, "answer({ type: 'progress', id }); while (flags[id] !== id); answer({ type: 'cancelled', id });");
      await talk.said('progress');
      talk.cancel(1);
      await talk.said('cancelled');
    });

    test('nothing that follows its death is heard, and nothing is sent to it', async () => {
      talk = new Talk(script);
      await talk.said('ready');
      talk.end();
      talk.run(1, "answer({ type: 'failed', id, message: '' })");
      await talk.died();
      talk.run(2, '');
      talk.end();
    });
  });

  test('what is not there dies like one that crashed, with Node’s words', async () => {
    talk = new Talk(join(folder, 'missing.js'));
    const { cause, detail } = await talk.died();
    assert.equal(cause, 'crashed');
    assert.match(detail, /Cannot find module/);
  });

  test('a worker that is not there, too', async () => {
    const script = await buildSimulator(join(folder, 'alone'), '');
    rmSync(join(folder, 'alone', 'worker.js'));
    talk = new Talk(script);
    const { cause, detail } = await talk.died();
    assert.equal(cause, 'crashed');
    assert.match(detail, /Cannot find module/);
  });
});

suite('the simulating process without a parent', () => {
  let folder: string;
  suiteSetup(() => (folder = mkdtempSync(join(tmpdir(), 'interlane-orphan-'))));
  suiteTeardown(() => rmSync(folder, { recursive: true, force: true }));

  test('ends with it, however that ends', async () => {
    const script = await buildSimulator(folder, 'setInterval(() => undefined, 1000);');
    const parent = spawn(process.execPath, ['-e', PARENT, script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (said) => resolve(Number(said))));
    assert.ok(lives(pid));
    parent.kill('SIGKILL');
    while (lives(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
  });
});
