/** This file states how the kernel accounts for the stacks of threads. */
import assert from 'node:assert/strict';
import { type AccountAddr, Accounts } from '../../src/base/accounts';
import { Memory } from '../../src/base/memory';
import { Choices, SeededChooser } from '../../src/event/choice';
import { EventLog } from '../../src/event/log';
import { Stop } from '../../src/kernel/body';
import { Kernel } from '../../src/kernel/kernel';
import { ProcessAt } from '../../src/kernel/layout';
import { CONFIG } from './toy';

const IDLE = { run: () => Stop.Exit, preempted: () => undefined, fired: () => Stop.Limit };
/** The number of the only body. */
const BODY = 0;

function kernelWith(bytes: number): { kernel: Kernel; memory: Memory } {
  const memory = new Memory();
  const accounts = new Accounts(memory, bytes);
  const kernel = new Kernel(
    memory,
    { clock: 0, steps: 0, stepBudget: Infinity },
    new EventLog([]),
    new Choices(new SeededChooser(1)),
    CONFIG,
    accounts,
  );
  kernel.register(IDLE);
  return { kernel, memory };
}

suite('kernel: accounts', () => {
  test('a thread whose stack does not fit is not made', () => {
    const { kernel } = kernelWith(CONFIG.threadStack * 2);
    const process = kernel.processes.create(0);
    assert.notEqual(kernel.processes.createThread(process, BODY, 0, 0), 0);
    assert.notEqual(kernel.processes.createThread(process, BODY, 0, 0), 0);
    assert.equal(kernel.processes.createThread(process, BODY, 0, 0), 0);
  });

  test('a thread that ends makes room', () => {
    const { kernel } = kernelWith(CONFIG.threadStack);
    const process = kernel.processes.create(0);
    assert.notEqual(kernel.processes.createThread(process, BODY, 0, 0), 0);
    assert.equal(kernel.processes.createThread(process, BODY, 0, 0), 0);
    kernel.run();
    assert.notEqual(kernel.processes.createThread(process, BODY, 0, 0), 0);
  });

  test('all processes share the memory, and one that ends leaves its part to the others', () => {
    const { kernel, memory } = kernelWith(CONFIG.threadStack * 2);
    const first = kernel.processes.create(0);
    const second = kernel.processes.create(0);
    kernel.processes.createThread(first, BODY, 0, 0);
    kernel.processes.createThread(first, BODY, 0, 0);
    assert.equal(kernel.processes.createThread(second, BODY, 0, 0), 0);
    kernel.processes.end(first, 0);
    assert.notEqual(kernel.processes.createThread(second, BODY, 0, 0), 0);
    const use = kernel.accounts.use(memory.i32[first + ProcessAt.Account] as AccountAddr);
    assert.equal(use.threadStackBytes, CONFIG.threadStack * 2);
  });
});
