/** This file tests the detectors of deadlocks, leaks and failures. */
import assert from 'node:assert/strict';
import { Detection } from '../../src/detect/detection';
import type { Ending } from '../../src/event/ending';
import { type Survivor, Survivors } from '../../src/event/survivors';
import type { Finding } from '../../src/detect/finding';
import { Wait } from '../../src/event/wait';
import type { WaitName } from '../../src/event/wait';
import { Run, feed } from './notation';

/** `3 chanReceive c`: goroutine 3 is blocked so; `2 running`. */
function survivor(run: Run, text: string): Survivor {
  const [g, state, ...objects] = text.split(' ') as [string, string, ...string[]];
  const addresses = objects.filter((name) => name !== 'timer').map((name) => run.names.address(name));
  const isBlocked = state in Wait;
  return {
    g: Number(g), pc: 400 + Number(g), state: isBlocked ? 'blocked' : (state as Survivor['state']),
    wait: isBlocked ? Wait[state as WaitName] : 0, object: state === 'select' ? 0 : (addresses[0] ?? 0),
    ...(state === 'select' ? { channels: addresses } : {}), mayWake: objects.includes('timer'),
  }; // prettier-ignore
}

function detect(source: string, kind: Ending['kind'], survivors: string, more: Partial<Ending> = {}): Finding[] {
  const run = new Run(source);
  const list = survivors.split(';').filter((text) => text.trim() !== '').map((text) => survivor(run, text.trim())); // prettier-ignore
  return feed(new Detection(), run.steps, { kind, status: 2, survivors: Survivors.of(list), ...more });
}

const brief = (findings: readonly Finding[]): string[] =>
  findings.map(
    (finding) => `${finding.code}: ${finding.sites.map((site) => `${site.role} g${site.g} ${site.op}`).join(', ')}`,
  );

suite('detect: deadlock', () => {
  test('all asleep, without a cycle of locks', () => {
    const found = detect('1 make c', 'deadlock', '1 chanSend c', {
      text: 'fatal error: all goroutines are asleep - deadlock!',
    });
    assert.deepEqual(brief(found), ['deadlock.all-asleep: waits g1 chanSend']);
  });

  test('a cycle of two locks is told edge by edge, then who else waits', () => {
    const source = '1 go 2; 1 go 3; 2 lock a; 3 lock b; 2 block b mutexLock; 3 block a mutexLock; 1 await wg';
    const [found] = detect(source, 'deadlock', '1 waitGroupWait wg; 2 mutexLock b; 3 mutexLock a');
    assert.deepEqual(brief([found!]), [
      'deadlock.lock-cycle: waits g2 mutexLock, holds g3 Lock, waits g3 mutexLock, holds g2 Lock, waits g1 waitGroupWait',
    ]);
    assert.deepEqual(found!.sites.map((site) => site.event), [4, 3, 5, 2, 6]); // prettier-ignore
  });

  test('locking twice is a cycle of one', () => {
    assert.deepEqual(brief(detect('1 lock m; 1 block m mutexLock', 'deadlock', '1 mutexLock m')), [
      'deadlock.lock-cycle: waits g1 mutexLock, holds g1 Lock',
    ]);
  });

  test('a second RLock behind a waiting writer', () => {
    const source = '1 go 2; 1 rlock m; 2 block m rwMutexLock; 1 block m rwMutexRLock';
    assert.deepEqual(brief(detect(source, 'deadlock', '1 rwMutexRLock m; 2 rwMutexLock m')), [
      'deadlock.lock-cycle: waits g1 rwMutexRLock, holds g2 Lock, waits g2 rwMutexLock, holds g1 RLock',
    ]);
  });

  test('a lock that was given back is held by nobody', () => {
    const source = '1 go 2; 2 lock a; 2 unlock a; 2 block b mutexLock; 1 lock b; 1 block c chanReceive';
    assert.deepEqual(brief(detect(source, 'deadlock', '1 chanReceive c; 2 mutexLock b')), [
      'deadlock.all-asleep: waits g1 chanReceive, waits g2 mutexLock, holds g1 Lock',
    ]);
  });

  test('a cycle while others run on is a partial deadlock, and not also a leak', () => {
    const source = '1 go 2; 1 go 3; 2 lock a; 3 lock b; 2 block b mutexLock; 3 block a mutexLock';
    const found = detect(source, 'exit', '2 mutexLock b; 3 mutexLock a');
    assert.deepEqual(brief(found), [
      'partial-deadlock.lock-cycle: waits g2 mutexLock, holds g3 Lock, waits g3 mutexLock, holds g2 Lock',
    ]);
  });
});

suite('detect: leaks', () => {
  const rows: readonly (readonly [string, string, string, string[]])[] = [
    ['a receiver whom nobody can serve', '1 make c; 1 go 2; 2 block c chanReceive', '2 chanReceive c', ['leak.channel: waits g2 chanReceive']],
    ['one that a goroutine still running may serve', '1 make c; 1 go 2; 1 go 3; 2 block c chanReceive', '2 chanReceive c; 3 runnable', []],
    ['one that only a goroutine from before the channel is left to serve', '1 go 3; 1 make c; 1 go 2; 2 block c chanReceive', '2 chanReceive c; 3 sleep', ['leak.channel: waits g2 chanReceive']],
    ['sleepers are no leak', '1 go 2', '2 sleep', []],
    ['a goroutine that waits for a timer’s channel', '1 make c 1; 1 go 2; 2 block c chanReceive', '2 chanReceive c timer', []],
    ['a chain that a sleeper can free', '1 make c; 1 make d; 1 go 2; 1 go 3; 1 go 4', '2 chanReceive c; 3 chanReceive d; 4 sleep', []],
    ['one that a goroutine cut off while it ran may serve', '1 make c; 1 go 2; 1 go 3; 2 block c chanReceive; 3 end 3', '2 chanReceive c', []],
    ['a lock that a dead goroutine holds', '1 go 2; 1 lock m; 2 block m mutexLock', '2 mutexLock m', ['leak.lock: waits g2 mutexLock']],
    ['a lock that a sleeper holds', '1 go 2; 1 go 3; 3 lock m; 2 block m mutexLock', '2 mutexLock m; 3 sleep', []],
    ['a nil channel, whoever runs', '1 go 2; 1 go 3; 2 block z chanReceiveNil', '2 chanReceiveNil; 3 runnable', ['leak.channel: waits g2 chanReceiveNil']],
    ['a select over channels', '1 make c; 1 make d; 1 go 2; 2 block z select', '2 select c d', ['leak.select: waits g2 select']],
  ]; // prettier-ignore
  for (const [name, source, survivors, expected] of rows) {
    test(name, () => assert.deepEqual(brief(detect(source, 'exit', survivors)), expected));
  }

  test('many at one place are one finding', () => {
    const source = '1 make c; 1 go 2; 1 go 3';
    const run = new Run(source);
    const at = (g: number): Survivor => ({ ...survivor(run, `${g} chanReceive c`), pc: 40 });
    const found = feed(new Detection(), run.steps, {
      kind: 'exit',
      status: 0,
      survivors: Survivors.of([at(2), at(3)]),
    });
    assert.deepEqual(brief(found), ['leak.channel: waits g2 chanReceive, waits g3 chanReceive']);
  });
});

suite('detect: failures', () => {
  test('a panic is found where it happened, with its own code', () => {
    const found = detect('1 go 2; 2 panic send on closed channel', 'panic', '', {
      code: 'panic.send-on-closed-channel',
      text: 'panic: send on closed channel',
      g: 2,
      pc: 99,
    });
    assert.deepEqual(brief(found), ['panic.send-on-closed-channel: here g2 panic']);
    assert.equal(found[0]!.sites[0]!.event, 1);
  });

  test('a panic that was recovered is none', () => {
    assert.deepEqual(detect('1 panic boom', 'exit', ''), []);
  });

  test('a panic of the user’s own', () => {
    assert.deepEqual(brief(detect('', 'panic', '', { code: 'panic.user', text: 'panic: boom', g: 1, pc: 8 })), [
      'panic.user: here g1 panic',
    ]);
  });

  test('fatal errors and budgets', () => {
    assert.deepEqual(
      brief(
        detect('', 'fatal', '', {
          code: 'fatal.unlock-of-unlocked',
          text: 'fatal error: sync: unlock of unlocked mutex',
          g: 1,
        }),
      ),
      ['fatal.unlock-of-unlocked: here g1 fatal'],
    );
    assert.deepEqual(brief(detect('', 'budget', '', { budget: 'virtualNs', g: 3 })), [
      'budget.virtualNs: here g3 budget',
    ]);
  });

  test('a violated assertion, once for each place', () => {
    assert.deepEqual(brief(detect('1 assert total is 2', 'exit', '')), ['assertion.failed: here g1 assert']);
  });
});
