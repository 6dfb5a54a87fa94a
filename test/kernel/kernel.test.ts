/** This file tests the kernel on scripted threads: who runs when, on which core. */
import assert from 'node:assert/strict';
import { Ended } from '../../src/kernel/kernel';
import { ReplayingChooser, SeededChooser, type Chooser } from '../../src/event/choice';
import { Toy } from './toy';
import type { TimerAddr } from '../../src/kernel/layout';

/** A chooser that always answers the same. */
const always = (n: number): Chooser => ({ choose: (point) => Math.min(n, point.count - 1) });

suite('kernel', () => {
  test('two threads on two cores run at the same time', () => {
    const toy = new Toy([[['run', 100]], [['run', 100]]]);
    assert.equal(toy.kernel.run(), Ended.Idle);
    assert.deepEqual(toy.lines.filter((line) => line.includes('Stop')).sort(), [
      '110 ThreadStop t0 c0 3',
      '110 ThreadStop t1 c1 3',
    ]);
  });

  test('two threads on one core take turns by quantum', () => {
    const toy = new Toy([[['run', 1500]], [['run', 1500]]], { cores: 1 });
    toy.kernel.run();
    assert.deepEqual(toy.lines.slice(2), [
      '10 ThreadRun t0 c0 0',
      'preempted t0',
      '1011 ThreadStop t0 c0 2',
      '1021 ThreadRun t1 c0 0',
      'preempted t1',
      '2022 ThreadStop t1 c0 2',
      '2032 ThreadRun t0 c0 0',
      '2531 ThreadStop t0 c0 3',
      '2541 ThreadRun t1 c0 0',
      '3040 ThreadStop t1 c0 3',
    ]);
  });

  test('a thread alone on its core is not preempted', () => {
    const toy = new Toy([[['run', 10_000]]], { cores: 1 });
    toy.kernel.run();
    assert.equal(toy.lines.filter((line) => line.startsWith('preempted')).length, 0);
  });

  test('a parked thread runs again when it is woken, and only then', () => {
    const woken = new Toy([
      [['park'], ['run', 5]],
      [
        ['run', 50],
        ['wake', 0],
      ],
    ]);
    assert.equal(woken.kernel.run(), Ended.Idle);
    assert.ok(woken.lines.includes('60 ThreadWake t0 c1 0'), woken.lines.join('\n'));
    assert.ok(woken.lines.includes('75 ThreadStop t0 c0 3'), woken.lines.join('\n'));
    const forgotten = new Toy([[['park'], ['run', 5]], [['run', 50]]]);
    forgotten.kernel.run();
    assert.equal(forgotten.lines.filter((line) => line.includes('ThreadStop t0')).length, 1);
  });

  test('a wake before the park is not lost', () => {
    const toy = new Toy([[['run', 200], ['park'], ['run', 1]], [['wake', 0]]]);
    toy.kernel.run();
    assert.ok(toy.lines.includes('211 ThreadStop t0 c0 3'), toy.lines.join('\n'));
  });

  test('a system call blocks its thread and frees the core for another', () => {
    const toy = new Toy(
      [
        [
          ['call', 500],
          ['run', 10],
        ],
        [['run', 100]],
      ],
      { cores: 1 },
    );
    toy.kernel.run();
    assert.deepEqual(toy.lines.slice(2), [
      '10 ThreadRun t0 c0 0',
      '10 ThreadStop t0 c0 1',
      '20 ThreadRun t1 c0 0',
      '120 ThreadStop t1 c0 3',
      '510 ThreadWake t0 c-1 0',
      '520 ThreadRun t0 c0 0',
      '530 ThreadStop t0 c0 3',
    ]);
  });

  test('start delays are chosen, and the same choices give the same events', () => {
    const script = [[['run', 100]], [['run', 100]]] as const;
    const lines = (chooser: ConstructorParameters<typeof Toy>[2]) => {
      const toy = new Toy(script as never, { jitter: 7 }, chooser);
      toy.kernel.run();
      return toy.lines;
    };
    assert.notDeepEqual(lines(always(0)), lines(always(3)));
    assert.deepEqual(lines(new SeededChooser(4)), lines(new SeededChooser(4)));
    assert.deepEqual(lines(new ReplayingChooser([3, 3], always(3))), lines(always(3)));
  });

  test('timers fire in order of time, ties as the chooser says', () => {
    const fires = (choice: number) => {
      const toy = new Toy([], {}, always(choice));
      const node = (when: number, object: number) =>
        toy.kernel.arm(toy.memory.alloc(3, 0) as TimerAddr, when, 16, object);
      node(30, 1);
      node(10, 2);
      node(10, 3);
      node(20, 4);
      toy.kernel.run();
      return toy.fires;
    };
    assert.deepEqual(fires(0), ['10 16 2', '10 16 3', '20 16 4', '30 16 1']);
    assert.deepEqual(fires(1), ['10 16 3', '10 16 2', '20 16 4', '30 16 1']);
  });

  test('virtual time has a budget', () => {
    const toy = new Toy([[['run', 1_000_000]]]);
    toy.kernel.timeBudget = 5000;
    assert.equal(toy.kernel.run(), Ended.Time);
  });

  test('more threads than cores: never more running than cores, and all come to an end', () => {
    const toy = new Toy(
      Array.from(
        { length: 7 },
        () =>
          [
            ['run', 3000],
            ['call', 100],
            ['run', 500],
          ] as never,
      ),
      { cores: 3 },
    );
    toy.kernel.run();
    let running = 0;
    for (const line of toy.lines) {
      if (line.includes('ThreadRun')) running++;
      if (line.includes('ThreadStop')) running--;
      assert.ok(running >= 0 && running <= 3, line);
    }
    assert.equal(toy.lines.filter((line) => / ThreadStop t\d c\d 3/.test(line)).length, 7);
  });
});
