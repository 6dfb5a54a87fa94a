/** This file tests what the panel makes of a run that came to nothing: it is said, above the last good run where there is one, until there is news. */
import assert from 'node:assert/strict';
import { internalFailure, SIMULATOR_OFF } from '../../src/host/failures';
import type { HostToWebview } from '../../src/protocol/messages';
import { after, IDLE, phaseOf, type Activity } from '../../src/report/activity';
import { NOTHING_PRINTED } from '../../src/trace/printed';
import { encodeTransfer } from '../../src/trace/transfer';
import { Navigator } from '../../src/webview/navigate';
import { Receiver } from '../../src/webview/receiver';
import { isFaded, type AppState } from '../../src/webview/state';
import { Store } from '../../src/webview/store';
import { crawl } from './fixture/crawl';

const ERROR = {
  file: 0,
  range: { startLine: 0, startColumn: 0, endLine: 0, endColumn: 1 },
  code: 'x',
  message: 'x',
  related: [],
  fixes: [],
};
const failure = internalFailure('InternalError: internal error: no place for a value (pc=3)\n    at compile');

/** A run of which something was heard. */
const LONG: Activity = {
  result: 'done',
  work: { kind: 'running', instructions: 1000, share: 0.1, budget: 'steps', stopping: false },
};

suite('webview/receiver', () => {
  let store: Store;
  let receiver: Receiver;
  const state = (): AppState => store.state;
  const receive = (message: HostToWebview): void => receiver.receive(message);

  setup(() => {
    store = new Store();
    receiver = new Receiver(store, new Navigator(store, () => undefined), () => undefined, undefined);
  });

  const fail = (file = 'a.lane'): void => receive({ type: 'failed', uri: `file:///${file}`, file, failure, since: 5 });
  const run = (file = 'a.lane', folder = ''): void => {
    const { trace, findings } = crawl();
    receive({
      type: 'run',
      uri: `file:///${folder}${file}`,
      file,
      version: 1,
      trace: encodeTransfer(trace),
      findings,
      printed: NOTHING_PRINTED,
      wallMs: 1,
    });
  };
  const running = (file = 'a.lane', activity = LONG): void =>
    receive({ type: 'activity', uri: `file:///${file}`, file, activity });
  const stale = (): void =>
    receive({ type: 'stale', uri: 'file:///a.lane', file: 'a.lane', files: ['a.lane'], diagnostics: [], since: 0 });

  test('a first run that fails is said in words, with what to do', () => {
    running();
    fail();
    assert.deepEqual(state().failure, { ...failure, since: 5 });
    assert.equal(state().activity.work, undefined);
    assert.equal(receiver.uri, 'file:///a.lane');
    assert.equal(state().failure?.message, 'Interlane failed in running this program: no place for a value (pc=3)');
    assert.match(state().announcement, /Please report it/);
  });

  test('a simulator that is off is said once: by the title, of which the sentence below it says why', () => {
    receive({ type: 'failed', uri: 'file:///a.lane', file: 'a.lane', failure: SIMULATOR_OFF, since: 5 });
    const said = state().announcement;
    assert.match(said, /^The simulator is off\. It ended 3 times in a row/);
    assert.equal(said.split(/simulator is off/i).length, 2, said);
  });

  test('the last good run stays below, faded', () => {
    run();
    assert.equal(isFaded(state()), false);
    const before = state().run;
    fail();
    assert.equal(state().run, before);
    assert.equal(isFaded(state()), true);
  });

  test('a new run, compile errors, or a file that was never run make an end of it; running alone does not', () => {
    const news: readonly (() => void)[] = [
      run,
      stale,
      () => receive({ type: 'empty', uri: '', file: 'a.lane', seed: 1, examples: 0 }),
    ];
    for (const tell of news) {
      fail();
      running();
      assert.notEqual(state().failure, undefined);
      tell();
      assert.equal(state().failure, undefined);
    }
  });

  test('what will be opened again after a reload is the file on display, whatever is known of it', () => {
    for (const tell of [running, stale, fail, run]) {
      receive({ type: 'empty', uri: 'file:///b.lane', file: 'b.lane', seed: 1, examples: 0 });
      tell();
      assert.equal(receiver.uri, 'file:///a.lane');
    }
  });

  test('a long run greys the last one until it is replaced, called off, or stopped; a short one does not', () => {
    run();
    running('a.lane', after(state().activity, { type: 'asked' }));
    assert.equal(isFaded(state()), false);
    for (const end of [run, () => running('a.lane', IDLE)]) {
      running();
      assert.deepEqual([isFaded(state()), phaseOf(state().activity)], [true, 'running']);
      assert.notEqual(state().run, undefined);
      end();
      assert.deepEqual([isFaded(state()), state().activity.work], [false, undefined]);
    }
    assert.equal(state().run?.stopped, false);
  });

  test('a run goes on while the file is edited, and is no more once it does not compile', () => {
    run();
    running();
    stale();
    assert.equal(phaseOf(state().activity), 'running');
    const error = { ...ERROR, severity: 'error' } as const;
    receive({
      type: 'stale',
      uri: 'file:///a.lane',
      file: 'a.lane',
      files: ['a.lane'],
      diagnostics: [error],
      since: 0,
    });
    assert.equal(phaseOf(state().activity), 'stale');
  });

  test('a chosen seed is that of its file', () => {
    const seeds = (): number[] => [state().seed, state().usualSeed];
    run();
    receive({ type: 'seed', uri: 'file:///a.lane', seed: 7, usual: 1 });
    assert.deepEqual(seeds(), [7, 1]);
    receive({ type: 'seed', uri: 'file:///b.lane', seed: 9, usual: 1 });
    assert.deepEqual(seeds(), [7, 1], 'not of the file on display');
    fail('b.lane');
    assert.equal(state().seed, state().usualSeed, 'nothing is known of it yet');
  });

  test('turned to another file, nothing is said of the run of the first', () => {
    running();
    stale();
    fail('b.lane');
    assert.equal(state().activity.work, undefined);
  });

  test('a file of the same name in another folder is another file', () => {
    run('a.lane', 'elsewhere/');
    fail();
    assert.equal(state().run, undefined);
  });

  test('it is of its file: turned to another, the panel shows neither it nor the run', () => {
    run();
    fail();
    running('b.lane');
    assert.deepEqual([state().failure, state().run], [undefined, undefined]);
    fail('b.lane');
    fail('a.lane');
    assert.equal(state().run, undefined);
    assert.notEqual(state().failure, undefined);
  });
});
