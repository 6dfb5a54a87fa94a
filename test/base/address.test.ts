/** This file tests that addresses of different blocks are different types: each line that must not compile says so to the compiler, which fails where it does. */
import { strict as assert } from 'node:assert';
import type { AccountAddr } from '../../src/base/accounts';
import type { KernelAddr, ProcessAddr, ThreadAddr, TimerAddr } from '../../src/kernel/layout';
import type { ChanAddr, GAddr, MAddr, PAddr, SudogAddr, TimerObjectAddr } from '../../src/runtime/layout';
import type { ContextAddr } from '../../src/vm/context';

interface Takers {
  context(g: ContextAddr): number;
  g(g: GAddr): number;
  p(p: PAddr): number;
  thread(thread: ThreadAddr): number;
  timer(node: TimerAddr): number;
  timerObject(timer: TimerObjectAddr): number;
}

/** Every taker gives what it gets. */
const take: Takers = {
  context: (g) => g,
  g: (g) => g,
  p: (p) => p,
  thread: (thread) => thread,
  timer: (node) => node,
  timerObject: (timer) => timer,
};

suite('addresses', () => {
  test('are the numbers that they are made of', () => {
    assert.equal(take.g(12 as GAddr), 12);
    assert.equal((12 as GAddr) + 1, 13);
  });

  test('nil is an address of anything', () => {
    assert.equal(take.g(0) + take.p(0) + take.timer(0), 0);
  });

  test('a block that begins with another serves where the other is asked for, and not the other way round', () => {
    const [g, context] = [2 as GAddr, 4 as ContextAddr];
    const [timer, node] = [6 as TimerObjectAddr, 8 as TimerAddr];
    assert.equal(take.context(g) + take.timer(timer), 8);
    // @ts-expect-error a context may be that of no goroutine of the runtime
    take.g(context);
    // @ts-expect-error a node may be that of a thread
    take.timerObject(node);
  });

  test('an address of one block does not compile where that of another is asked for', () => {
    const [p, m, g] = [2 as PAddr, 4 as MAddr, 6 as GAddr];
    // @ts-expect-error a P for a goroutine
    take.g(p);
    // @ts-expect-error an M for a goroutine
    take.g(m);
    // @ts-expect-error a goroutine for a P
    take.p(g);
    // @ts-expect-error a channel for a goroutine
    take.g(2 as ChanAddr);
    // @ts-expect-error a sudog for its goroutine
    take.g(2 as SudogAddr);
    // @ts-expect-error an M for its thread
    take.thread(m);
    // @ts-expect-error a process for its thread
    take.thread(2 as ProcessAddr);
    // @ts-expect-error the kernel for one of its timers
    take.timer(2 as KernelAddr);
    // @ts-expect-error an account for a P
    take.p(2 as AccountAddr);
  });

  test('a number is no address, a goroutine id neither', () => {
    const id = Number('1');
    // @ts-expect-error a number for a goroutine
    take.g(id);
    // @ts-expect-error the sum of address and offset is a number
    take.g((2 as GAddr) + 2);
  });
});
