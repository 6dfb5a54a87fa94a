/** This file tests the client of simulators that die at every moment, hang, and talk after their death; none of them is real. */
import assert from 'node:assert/strict';
import { DEFAULT_BUDGETS } from '../../src/base/budgets';
import { FAILURES_TO_OFF } from '../../src/host/respawn';
import type { Death, SimulatorEvents, StartSimulator } from '../../src/host/simulator';
import { WorkerClient, type RunListener, type WorkerClientOptions } from '../../src/host/workerClient';
import { PROTOCOL_VERSION, type HostToWorker, type RunRequest, type WorkerToHost } from '../../src/protocol/messages';

const CRASH: Death = { cause: 'crashed', detail: 'it was ended by SIGSEGV' };

/** A simulator that does what the test says. */
class Fake {
  readonly posted: HostToWorker[] = [];
  terminated = false;
  isReady = false;
  constructor(private readonly events: SimulatorEvents) {}
  post(message: HostToWorker): void {
    this.posted.push(message);
  }
  terminate(): void {
    this.terminated = true;
    this.events.died(CRASH);
  }
  ready(): this {
    this.isReady = true;
    this.say({ type: 'ready', version: PROTOCOL_VERSION });
    return this;
  }
  say(message: WorkerToHost): void {
    this.events.message(message);
  }
  die(death: Death = CRASH): void {
    this.events.died(death);
  }
  grow(): void {
    this.events.grown();
  }
  get request(): RunRequest | undefined {
    return this.posted.filter((message) => message.type === 'run').at(-1);
  }
  /** Answers the request in hand: it does not compile, which is the shortest answer. */
  answer(): void {
    this.say({
      type: 'diagnostics',
      id: this.request!.id,
      files: ['a.lane'],
      head: 'a.lane',
      diagnostics: [],
      compiles: false,
    });
  }
}

const COMPILES = { type: 'diagnostics', files: ['a.lane'], head: 'a.lane', diagnostics: [], compiles: true } as const;
/** What a run found, as far as this client looks at it. */
const RAN = { type: 'ran' } as Extract<WorkerToHost, { type: 'ran' }>;

suite('the client of the simulator', () => {
  let fakes: Fake[];
  let client: WorkerClient;
  /** What programs were told, as `key: what`. */
  let told: string[];
  /** The program that a person is working at. */
  let front: string | undefined;
  let turns: boolean[];
  /** Programs whose run has to begin anew. */
  let setBack: string[];

  const latest = (): Fake => fakes.at(-1)!;
  const lastTold = (): string | undefined => told.at(-1);
  const start: StartSimulator = (events) => {
    const fake = new Fake(events);
    fakes.push(fake);
    return fake;
  };
  function make(options: WorkerClientOptions = {}): void {
    client = new WorkerClient(start, { info: () => undefined, warn: () => undefined }, { turned: (off) => void turns.push(off), front: () => front, ...options });
  } // prettier-ignore
  const listener = (key: string): RunListener => ({
    diagnostics: () => void told.push(`${key}: diagnostics`),
    progress: () => told.push(`${key}: progress`),
    setBack: () => setBack.push(key),
    ran: () => told.push(`${key}: ran`),
    cancelled: () => told.push(`${key}: cancelled`),
    failed: ({ code }) => told.push(`${key}: ${code}`),
  });
  function run(key: string, text = key, byHand = false, budgets = DEFAULT_BUDGETS, trace = false): void {
    const sources = [{ name: 'a.lane', text }];
    client.run(key, { sources, focus: 'a.lane', seed: 1, settings: {}, budgets, trace }, listener(key), byHand);
  }
  const until = async (what: () => boolean): Promise<void> => {
    while (!what()) await new Promise((resolve) => setTimeout(resolve, 1));
  };

  setup(() => {
    [fakes, told, turns, setBack] = [[], [], [], []];
    front = undefined;
    make();
  });
  teardown(() => client.dispose());

  test('starts one simulator, sends one request at a time, in order', () => {
    run('a');
    run('b');
    assert.equal(fakes.length, 1);
    assert.deepEqual(
      latest().posted.map(({ type }) => type),
      ['init', 'run'],
      'it need not say first that it listens',
    );
    assert.equal(latest().request?.sources[0]?.text, 'a');
    latest().ready();
    assert.equal(latest().request?.sources[0]?.text, 'a');
    latest().answer();
    assert.equal(latest().request?.sources[0]?.text, 'b');
    latest().answer();
    assert.deepEqual(told, ['a: diagnostics', 'b: diagnostics']);
  });

  test('one that always dies at start is given up; who waits is told, and so is the person, once', async () => {
    run('a');
    run('b');
    for (let death = 1; death < FAILURES_TO_OFF; death++) {
      latest().die();
      await until(() => fakes.length > death);
    }
    assert.deepEqual(told, []);
    latest().die();
    assert.deepEqual(told.sort(), ['a: simulator.off', 'b: simulator.off']);
    assert.deepEqual(turns, [true]);
    assert.equal(client.off, true);
    run('c');
    client.start();
    assert.equal(lastTold(), 'c: simulator.off');
    assert.equal(fakes.length, FAILURES_TO_OFF);
  }).timeout(20_000);

  test('runs by hand alone never shut it off: each is asked for', () => {
    for (let death = 0; death <= FAILURES_TO_OFF; death++) {
      run('a', 'deadly', true);
      latest().ready().die();
    }
    assert.equal(client.off, false);
    assert.deepEqual(turns, []);
  });

  test('says of a run that it begins anew: when another goes first, and when its simulator is replaced', () => {
    run('a');
    latest().ready();
    run('b', 'b', true);
    assert.deepEqual(setBack, []);
    latest().say({ type: 'cancelled', id: latest().request!.id });
    assert.deepEqual(setBack, ['a']);
    client.restart();
    assert.deepEqual([setBack, told], [['a', 'b'], []]);
  });

  suite('told to end what runs', () => {
    const ran = (stopped: boolean): void => latest().say({ ...RAN, id: latest().request!.id, stopped });
    const compiles = (): void => latest().say({ ...COMPILES, id: latest().request!.id });
    const saidLast = (): string => latest().posted.at(-1)!.type;

    test('asks for its result, and takes it', () => {
      run('a');
      latest().ready();
      compiles();
      client.end('a');
      assert.equal(saidLast(), 'stop');
      ran(true);
      assert.deepEqual(told, ['a: diagnostics', 'a: ran']);
      run('b');
      assert.equal(latest().request?.sources[0]?.text, 'b', 'it has time for the next');
    });

    test('cancels what compiles, what waits, and what is told so twice', () => {
      run('a');
      run('b');
      latest().ready();
      client.end('a');
      client.end('b');
      assert.deepEqual([saidLast(), told], ['cancel', ['b: cancelled']]);
      latest().say({ type: 'cancelled', id: latest().request!.id });
      run('c');
      compiles();
      client.end('c');
      client.end('c');
      assert.equal(saidLast(), 'cancel');
      latest().say({ type: 'cancelled', id: latest().request!.id });
      assert.deepEqual(told.slice(1), ['a: cancelled', 'c: diagnostics', 'c: cancelled']);
    });

    test('leaves other programs alone', () => {
      run('a');
      latest().ready();
      compiles();
      client.end('b');
      assert.equal(saidLast(), 'run');
    });

    test('does not run it again when its simulator is replaced meanwhile, or when it dies', () => {
      for (const replace of [() => client.restart(), () => latest().die({ cause: 'out-of-memory', detail: '' })]) {
        run('other');
        latest().ready().answer();
        run('a', 'a', true);
        compiles();
        client.end('a');
        replace();
        assert.equal(lastTold(), 'a: cancelled');
        assert.equal(latest().ready().request, undefined);
      }
    });

    test('is set aside by nobody meanwhile', () => {
      run('a');
      latest().ready();
      compiles();
      client.end('a');
      run('b', 'b', true);
      assert.equal(saidLast(), 'stop');
      ran(true);
      assert.deepEqual([lastTold(), latest().request?.sources[0]?.text], ['a: ran', 'b']);
    });
  });

  async function shutOff(): Promise<void> {
    for (let death = 0; death < FAILURES_TO_OFF; death++) {
      run('killer', `deadly ${death}`);
      const count = fakes.length;
      latest().ready().die();
      if (death + 1 < FAILURES_TO_OFF) await until(() => fakes.length > count);
    }
  }

  test('deaths in runs of ever new texts shut it off; an answer in between does not let it come to that', async () => {
    await shutOff();
    assert.deepEqual(turns, [true]);
    assert.deepEqual(
      told,
      Array.from({ length: FAILURES_TO_OFF }, () => 'killer: simulator.crashed'),
    );
  }).timeout(20_000);

  test('a run by hand turns it on again, and says so', async () => {
    await shutOff();
    const before = fakes.length;
    run('a', 'text', true);
    assert.equal(fakes.length, before + 1);
    latest().ready().answer();
    assert.equal(lastTold(), 'a: diagnostics');
    assert.deepEqual(turns, [true, false]);
  }).timeout(20_000);

  test('a restart turns it on again', async () => {
    await shutOff();
    client.restart();
    assert.equal(client.off, false);
    assert.deepEqual(turns, [true, false]);
    latest().ready();
    run('a');
    latest().answer();
    assert.equal(lastTold(), 'a: diagnostics');
  }).timeout(20_000);

  test('a restart of one that lives loses nothing', () => {
    run('a');
    run('b');
    const first = latest().ready();
    client.restart();
    assert.equal(first.terminated, true);
    assert.equal(client.replacements, 0, 'it did not die by itself');
    latest().ready();
    latest().answer();
    latest().answer();
    assert.deepEqual(told.sort(), ['a: diagnostics', 'b: diagnostics']);
  });

  test('who was running when it died is told, who waits stays in line', () => {
    run('a');
    run('b');
    latest().ready().die({ cause: 'out-of-memory', detail: '' });
    assert.deepEqual(told, ['a: simulator.out-of-memory']);
    assert.equal(fakes.length, 2);
    latest().ready().answer();
    assert.deepEqual(told, ['a: simulator.out-of-memory', 'b: diagnostics']);
    assert.equal(client.replacements, 1);
  });

  const EXHAUSTED: Death = { cause: 'out-of-memory', detail: '' };

  test('memory that ran out where others ran before is told of nobody until it runs out in a run alone', () => {
    run('a');
    run('b');
    run('c');
    latest().ready().answer();
    latest().die(EXHAUSTED);
    assert.deepEqual([told, fakes.length, turns], [['a: diagnostics'], 2, []]);
    latest().ready();
    assert.equal(text(), 'c', 'it has lost its place to who waits');
    latest().answer();
    assert.equal(fakes[1]!.terminated, true, 'one in which another ran is none to be alone in');
    assert.equal(fakes.length, 3);
    latest().ready();
    assert.equal(text(), 'b');
    latest().die(EXHAUSTED);
    assert.deepEqual(told, ['a: diagnostics', 'c: diagnostics', 'b: simulator.out-of-memory']);
    assert.equal(client.replacements, 2);
  });

  test('who ran where memory ran out because of others comes to an answer, and is at home with others again', () => {
    run('a');
    latest().ready().answer();
    run('b');
    latest().die(EXHAUSTED);
    latest().ready().answer();
    run('b', 'changed');
    assert.equal(text(), 'changed');
    latest().answer();
    assert.deepEqual([told, fakes.length], [['a: diagnostics', 'b: diagnostics', 'b: diagnostics'], 2]);
  });

  test('memory that a run took which was set aside is not told of the one it made way for', () => {
    run('greedy');
    latest().ready();
    front = 'mine';
    run('mine');
    stop();
    assert.equal(text(), 'mine');
    latest().die(EXHAUSTED);
    latest().ready().answer();
    latest().die(EXHAUSTED);
    latest().ready();
    assert.equal(text(), 'greedy');
    latest().die(EXHAUSTED);
    assert.deepEqual(told, ['mine: diagnostics', 'greedy: simulator.out-of-memory']);
  });

  test('a run to be tried alone may be set aside, be cancelled, be replaced', () => {
    const suspect = (): void => {
      run('other', `${told.length}`);
      if (!latest().isReady) latest().ready();
      latest().answer();
      run('a', `${told.length}`);
      latest().die(EXHAUSTED);
    };
    suspect();
    latest().ready();
    front = 'mine';
    run('mine');
    stop();
    latest().answer();
    assert.equal(fakes.length, 3);
    latest().ready().answer();
    suspect();
    client.cancel('a');
    latest().ready();
    stop();
    suspect();
    run('a', 'newer');
    latest().ready();
    stop();
    assert.equal(text(), 'newer');
    latest().answer();
    assert.deepEqual(told.filter((what) => what.startsWith('a')), ['a: diagnostics', 'a: cancelled', 'a: cancelled', 'a: diagnostics']);
  }); // prettier-ignore

  test('deaths of memory that others took do not shut it off, nor make it pause', () => {
    for (let round = 0; round <= FAILURES_TO_OFF; round++) {
      front = undefined;
      run('greedy', `${round}`);
      if (!latest().isReady) latest().ready();
      front = 'mine';
      run('mine', `${round}`);
      stop();
      latest().die(EXHAUSTED);
      client.cancel('greedy');
      latest().ready();
      client.cancel('mine');
      stop();
    }
    assert.deepEqual([client.off, turns, fakes.length], [false, [], FAILURES_TO_OFF + 2]);
  });

  test('one that dies in peace is replaced, and nobody is told', () => {
    client.start();
    latest().ready().die();
    assert.equal(fakes.length, 2);
    assert.deepEqual([told, turns], [[], []]);
  });

  test('what has killed one is not sent again by itself, but when it is changed, or by hand', () => {
    run('a', 'deadly');
    latest().ready().die();
    run('a', 'deadly');
    latest().ready();
    assert.equal(latest().request, undefined);
    assert.deepEqual(told, ['a: simulator.crashed', 'a: simulator.crashed']);
    run('a', 'changed');
    assert.equal(latest().request?.sources[0]?.text, 'changed');
    latest().answer();
    run('a', 'deadly');
    assert.equal(latest().request?.sources[0]?.text, 'deadly');
    latest().die();
    latest().ready();
    run('a', 'deadly', true);
    assert.equal(latest().request?.sources[0]?.text, 'deadly');
  });

  test('what has killed one when its trace was wanted is still run without one', () => {
    run('a', 'heavy', false, DEFAULT_BUDGETS, true);
    latest().ready().die();
    latest().ready();
    run('a', 'heavy');
    assert.equal(latest().request?.trace, false);
    latest().answer();
    assert.equal(lastTold(), 'a: diagnostics');
  });

  test('what has killed one is sent again when its budgets are changed, and after it was forgotten', () => {
    run('a', 'deadly');
    latest().ready().die();
    latest().ready();
    run('a', 'deadly', false, { ...DEFAULT_BUDGETS, memoryWords: 1000 });
    latest().answer();
    assert.equal(lastTold(), 'a: diagnostics');
    run('b', 'deadly');
    latest().die();
    client.forget('b');
    latest().ready();
    run('b', 'deadly');
    latest().answer();
    assert.equal(lastTold(), 'b: diagnostics');
  });

  test('the death of a cancelled run is none of the program’s', () => {
    run('a');
    latest().ready();
    client.cancel('a');
    client.cancel('a');
    assert.equal(latest().posted.filter(({ type }) => type === 'cancel').length, 1);
    latest().die();
    assert.deepEqual(told, ['a: cancelled']);
  });

  test('one that says nothing beyond budget and grace is ended: the run is told so', async () => {
    make({ graceMs: 5 });
    run('a', 'a', false, { ...DEFAULT_BUDGETS, wallTime: 5 });
    const hung = latest().ready();
    await until(() => hung.terminated);
    assert.deepEqual(told, ['a: simulator.silent']);
    assert.equal(fakes.length, 2);
  });

  test('one that does not hear a cancel is ended within the grace', async () => {
    make({ graceMs: 5 });
    run('a');
    const hung = latest().ready();
    client.cancel('a');
    await until(() => hung.terminated);
    assert.deepEqual(told, ['a: cancelled']);
  });

  test('one that never gets ready is ended and counts as a failure', async () => {
    make({ startMs: 1 });
    client.start();
    await until(() => client.off);
    assert.equal(fakes.length, FAILURES_TO_OFF);
    assert.deepEqual(turns, [true]);
  }).timeout(20_000);

  test('a death or a silence while it starts is none of the run that was sent already: it is run again', async () => {
    make({ startMs: 1 });
    run('a');
    latest().die({ cause: 'out-of-memory', detail: '' });
    assert.equal(latest().request?.sources[0]?.text, 'a');
    await until(() => fakes.length === 3);
    latest().ready().answer();
    assert.deepEqual([fakes[1]!.terminated, told], [true, ['a: diagnostics']]);
  }).timeout(20_000);

  test('what was sent to one that starts may be cancelled, and be set aside; it has the time that starting may take', async () => {
    make({ graceMs: 1 });
    run('a', 'a', false, { ...DEFAULT_BUDGETS, wallTime: 1 });
    run('b');
    client.cancel('a');
    front = 'mine';
    run('mine');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([fakes.length, latest().terminated], [1, false]);
    latest().ready();
    stop();
    assert.equal(text(), 'mine');
    assert.deepEqual(told, ['a: cancelled']);
  });

  test('what an older one says after its death is not heard', () => {
    run('a');
    const old = latest().ready();
    const { id } = old.request!;
    old.die();
    run('b');
    const fresh = latest();
    old.ready();
    old.grow();
    assert.equal(fresh, latest());
    fresh.ready();
    old.say({ type: 'failed', id: fresh.request!.id, message: 'Error: late' });
    old.say({ type: 'cancelled', id });
    old.die();
    assert.deepEqual(told, ['a: simulator.crashed']);
    fresh.answer();
    assert.equal(lastTold(), 'b: diagnostics');
    assert.equal(client.replacements, 1);
  });

  const text = (): string | undefined => latest().request?.sources[0]?.text;
  const cancels = (): number[] => latest().posted.flatMap((message) => (message.type === 'cancel' ? [message.id] : []));
  /** The simulator says that it has stopped what it was told to stop. */
  const stop = (): void => latest().say({ type: 'cancelled', id: latest().request!.id });

  test('what a person is working at goes before what waits longer', () => {
    for (const key of ['a', 'b', 'c', 'd']) run(key);
    latest().ready();
    front = 'c';
    latest().answer();
    assert.equal(text(), 'c');
    latest().answer();
    assert.equal(text(), 'b');
  });

  test('what runs is set aside for what a person waits for, and run again later; nobody is told', () => {
    run('long');
    run('b');
    latest().ready();
    const { id } = latest().request!;
    front = 'mine';
    run('mine');
    assert.deepEqual(cancels(), [id]);
    stop();
    assert.equal(text(), 'mine');
    latest().answer();
    latest().answer();
    assert.equal(text(), 'long');
    assert.notEqual(latest().request?.id, id, 'the old id is cancelled for ever');
    latest().answer();
    assert.deepEqual(told, ['mine: diagnostics', 'b: diagnostics', 'long: diagnostics']);
  });

  test('a run by hand goes first, too; nothing is set aside for others, nor what somebody waits for', () => {
    run('long');
    latest().ready();
    run('b');
    assert.deepEqual(cancels(), []);
    run('asked', 'asked', true);
    assert.equal(cancels().length, 1);
    stop();
    assert.equal(text(), 'asked');
    front = 'b';
    client.makeWay();
    assert.equal(cancels().length, 1, 'a person waits for both');
    latest().answer();
    assert.equal(text(), 'b');
  });

  test('what runs is set aside when a person turns to what waits', () => {
    run('long');
    run('b');
    run('c');
    latest().ready();
    client.makeWay();
    assert.deepEqual(cancels(), []);
    front = 'c';
    client.makeWay();
    stop();
    assert.equal(text(), 'c');
  });

  test('what was set aside may be cancelled, be replaced, or end before it hears of it', () => {
    front = 'mine';
    const setAside = (): void => {
      run('long');
      latest().ready();
      run('mine');
      assert.equal(text(), 'long');
    };
    setAside();
    client.cancel('long');
    stop();
    latest().answer();
    setAside();
    run('long', 'newer');
    stop();
    latest().answer();
    assert.equal(text(), 'newer');
    latest().answer();
    setAside();
    assert.equal(cancels().length, 3, 'told once each');
    latest().answer();
    assert.deepEqual(told, [
      'long: cancelled',
      'mine: diagnostics',
      'long: cancelled',
      'mine: diagnostics',
      'long: diagnostics',
      'long: diagnostics',
    ]);
  });

  test('one that does not stop for another is ended, and told so', async () => {
    make({ graceMs: 5 });
    run('hung');
    const hung = latest().ready();
    front = 'mine';
    run('mine');
    await until(() => hung.terminated);
    assert.deepEqual(told, ['hung: simulator.silent']);
    latest().ready();
    assert.equal(text(), 'mine');
  });

  test('an answer that has come while the editor stood still is heard', async () => {
    make({ graceMs: 1 });
    run('a', 'a', false, { ...DEFAULT_BUDGETS, wallTime: 1 });
    const simulator = latest().ready();
    setImmediate(() => simulator.answer());
    for (const end = performance.now() + 20; performance.now() < end;);
    await until(() => told.length > 0);
    assert.deepEqual([told, simulator.terminated], [['a: diagnostics'], false]);
  });

  test('one that has grown is exchanged at rest: nobody is told, and no death is counted', () => {
    run('a');
    const large = latest().ready();
    large.grow();
    assert.equal(large.terminated, false, 'not while it runs something');
    large.answer();
    large.grow();
    assert.equal(large.terminated, true);
    assert.deepEqual([fakes.length, client.replacements], [2, 0]);
    large.grow();
    latest().grow();
    assert.equal(fakes.length, 2, 'an older one is not heard, and a new one is not ready');
    run('b');
    latest().ready().answer();
    assert.deepEqual([told, turns], [['a: diagnostics', 'b: diagnostics'], []]);
  });

  test('an exception of ours is told as such, and the next is served', () => {
    run('a');
    run('b');
    latest().ready();
    latest().say({ type: 'failed', id: latest().request!.id, message: 'InternalError: internal error: x' });
    latest().answer();
    assert.deepEqual(told, ['a: simulator.internal-error', 'b: diagnostics']);
    assert.equal(fakes.length, 1);
  });

  test('disposed, it starts nothing any more', () => {
    run('a');
    client.dispose();
    assert.equal(latest().terminated, true);
    assert.equal(fakes.length, 1);
    client.restart();
    client.start();
    run('b', 'b', true);
    assert.equal(fakes.length, 1);
    assert.deepEqual(told, []);
  });
});
