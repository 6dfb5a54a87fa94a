/** This file tests the G-M-P rules by the events they leave. */
import assert from 'node:assert/strict';
import { EVENT_NAMES, type EventName } from '../../src/event/kinds';
import { SeededChooser } from '../../src/event/choice';
import { machineConfig, type MachineConfig } from '../../src/machine/config';
import { Machine } from '../../src/machine/machine';
import { compileLane } from './source';

interface Event {
  readonly kind: string;
  readonly time: number;
  readonly g: number;
  readonly core: number;
  readonly thread: number;
  readonly obj: number;
  readonly a: number;
  readonly b: number;
}

/** Events of a program whose main has the given body. */
function events(main: string, config: Partial<MachineConfig> = {}, seed = 1): Event[] {
  const found: Event[] = [];
  const code = compileLane(`func main() { ${main} }`);
  const machine = new Machine(
    code,
    machineConfig(config),
    new SeededChooser(seed),
    [
      {
        observe: (log, i) =>
          found.push({
            kind: EVENT_NAMES[log.kind[i]!]!,
            time: log.time[i]!,
            g: log.g[i]!,
            core: log.core[i]!,
            thread: log.thread[i]!,
            obj: log.obj[i]!,
            a: log.a[i]!,
            b: log.b[i]!,
          }),
      },
    ],
    { detect: false },
  );
  assert.equal(machine.run().kind, 'exit');
  return found;
}

const of = (all: readonly Event[], kind: EventName): Event[] => all.filter((event) => event.kind === kind);
const group = (n: number, body: string): string =>
  `var wg sync.WaitGroup; for range ${n} { wg.Add(1); go func() { defer wg.Done(); ${body} }() }; wg.Wait()`;

suite('runtime: scheduler', () => {
  test('one core runs one goroutine at a time, four cores run four', () => {
    const most = (cores: number): number => {
      let running = 0;
      let highest = 0;
      for (const event of events(group(8, 'work(100us)'), { cores })) {
        if (event.kind === 'GoRun') running++;
        if (event.kind === 'GoBlock' || event.kind === 'GoPreempt' || (event.kind === 'GoEnd' && event.core >= 0))
          running--;
        highest = Math.max(highest, running);
      }
      return highest;
    };
    assert.equal(most(1), 1);
    assert.equal(most(4), 4);
  });

  test('idle Ps steal from the one that started the goroutines', () => {
    assert.ok(of(events(group(8, 'work(100us)'), { cores: 4 }), 'Steal').length > 0);
    assert.equal(of(events(group(8, 'work(100us)'), { cores: 1 }), 'Steal').length, 0);
  });

  test('the newest goroutine runs next, the others in order', () => {
    const all = events(group(3, 'work(1us)'), { cores: 1 });
    assert.deepEqual(
      of(all, 'GoRun').map((event) => event.obj),
      [1, 4, 2, 3, 1],
    );
  });

  test('Gosched puts the goroutine behind all others', () => {
    const all = events('go work(1us); go work(1us); runtime.Gosched()', { cores: 1 });
    assert.deepEqual(
      of(all, 'GoRun').map((event) => event.obj),
      [1, 3, 2, 1],
    );
    assert.equal(of(all, 'GoPreempt')[0]!.a, 3);
  });

  test('a goroutine is preempted after 10 ms, a shorter one is not', () => {
    const long = of(events('work(25ms)'), 'GoPreempt');
    assert.deepEqual(
      long.map((event) => event.a),
      [2, 2],
    );
    assert.equal(of(events('work(9ms)'), 'GoPreempt').length, 0);
  });

  test('loops are preempted as work is', () => {
    const all = events('done := false; go func() { done = true }(); for i := 0; i < 12000000; i++ { }; _ = done', {
      cores: 1,
    });
    assert.ok(of(all, 'GoPreempt').length >= 1);
    assert.ok(of(all, 'GoRun').some((event) => event.obj === 2));
  });

  test('a long system call hands its P on, a short one keeps it', () => {
    const long = events('go work(1ms); syscall(500us)', { cores: 1 });
    const handoff = of(long, 'Handoff')[0]!;
    assert.notEqual(handoff.a, handoff.b);
    const other = of(long, 'GoRun').find((event) => event.obj === 2)!;
    assert.ok(other.time < of(long, 'GoSysExit')[0]!.time, 'the other goroutine runs during the call');
    assert.equal(of(events('go work(1ms); syscall(5us)', { cores: 1 }), 'Handoff').length, 0);
  });

  test('after a system call without a free P the goroutine waits in the global queue', () => {
    const exits = of(events('go work(5ms); syscall(500us)', { cores: 1 }), 'GoSysExit');
    assert.equal(exits[0]!.a, 0);
    assert.equal(of(events('syscall(500us)', { cores: 1 }), 'GoSysExit')[0]!.a, 1);
  });

  test('a wait for the network leaves the thread to others', () => {
    const all = events('go work(1ms); netwait(500us)', { cores: 1 });
    assert.equal(of(all, 'Handoff').length, 0);
    assert.equal(new Set(of(all, 'GoRun').map((event) => event.thread)).size, 1);
  });

  test('a thread more than there are cores takes turns by the kernel’s quantum', () => {
    // System calls end while the only core computes: their threads compete for it, and none is lost.
    const all = events(`go work(20ms); ${group(3, 'syscall(200us); work(100us)')}`, { cores: 1, quantum: 1e6 });
    assert.equal(of(all, 'GoSysExit').length, 3);
    assert.ok(
      of(all, 'GoPreempt').some((event) => event.a === 1),
      'by the kernel',
    );
    assert.ok(
      of(all, 'ThreadStop').some((event) => event.a === 2),
      'quantum over',
    );
  });

  test('thread creation, wake and end are told', () => {
    const all = events(group(2, 'work(1ms)'), { cores: 2 });
    assert.ok(of(all, 'ThreadCreate').length >= 2);
    assert.equal(of(all, 'ThreadCreate')[0]!.b, 1 << 20);
    assert.ok(of(all, 'ThreadRun').length >= 2);
  });

  test('queue lengths are told when they are asked for', () => {
    assert.ok(of(events(group(3, 'work(1us)'), { traceQueues: true }), 'QueueLength').length > 0);
    assert.equal(of(events(group(3, 'work(1us)')), 'QueueLength').length, 0);
  });

  test('a P’s queue spills half into the global queue when it is full', () => {
    const all = events('for range 300 { go work(1us) }; time.Sleep(1ms)', { cores: 1, traceQueues: true });
    assert.equal(
      of(all, 'QueueLength').some((event) => event.obj === -1 && event.a >= 128),
      true,
    );
    assert.equal(of(all, 'GoEnd').length, 301);
  });

  test('goroutine ids are never used twice, their blocks are', () => {
    const all = events('c := make(chan int); for range 50 { go func() { c <- 1 }(); <-c; runtime.Gosched() }', {
      cores: 1,
    });
    const ids = of(all, 'GoCreate').map((event) => event.obj);
    assert.equal(new Set(ids).size, 51);
  });

  test('a mutex that is contended for long becomes fair', () => {
    // Without starvation mode the goroutine that unlocks and locks at once would win every time.
    const all = events(
      'var mu sync.Mutex; stop := false; go func() { for !stop { mu.Lock(); work(200us); mu.Unlock() } }(); time.Sleep(1ms); for range 3 { mu.Lock(); mu.Unlock() }; stop = true',
      { cores: 2 },
    );
    assert.ok(of(all, 'MutexLock').filter((event) => event.g === 1).length === 3);
  });
});
