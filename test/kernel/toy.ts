/** This file is a toy body for the kernel: threads that follow a script of compute, park, wake, call and exit. */
import { Memory } from '../../src/base/memory';
import { Choices, SeededChooser, type Chooser } from '../../src/event/choice';
import { EVENT_NAMES } from '../../src/event/kinds';
import { EventLog } from '../../src/event/log';
import type { KernelConfig } from '../../src/kernel/config';
import { Stop, type ThreadBody } from '../../src/kernel/body';
import { Kernel } from '../../src/kernel/kernel';
import type { ThreadAddr } from '../../src/kernel/layout';

/** `run n` computes n ns; `wake t` wakes the t-th thread; `call n` is a system call of n ns. */
export type Step = ['run', number] | ['park'] | ['wake', number] | ['call', number] | ['exit'];

export const CONFIG: KernelConfig = {
  cores: 2,
  quantum: 1000,
  threadSwitch: 10,
  processSwitch: 20,
  cacheRefill: 30,
  threadCreate: 0,
  systemCall: 1,
  threadStack: 1024,
  jitter: 0,
};

export class Toy implements ThreadBody {
  readonly memory = new Memory();
  readonly clock = { clock: 0, steps: 0, stepBudget: Infinity };
  readonly lines: string[] = [];
  readonly log = new EventLog([
    {
      observe: (log, i) => {
        const name = EVENT_NAMES[log.kind[i]!]!;
        if (name.startsWith('Thread'))
          this.lines.push(`${log.time[i]} ${name} t${log.obj[i]} c${log.core[i]} ${log.a[i]}`);
      },
    },
  ]);
  readonly kernel: Kernel;
  readonly threads: ThreadAddr[] = [];
  private readonly at: number[] = [];
  private readonly left: number[] = [];
  readonly fires: string[] = [];

  constructor(
    readonly scripts: readonly (readonly Step[])[],
    config: Partial<KernelConfig> = {},
    chooser: Chooser = new SeededChooser(1),
  ) {
    this.kernel = new Kernel(this.memory, this.clock, this.log, new Choices(chooser), { ...CONFIG, ...config });
    const body = this.kernel.register(this);
    const process = this.kernel.processes.create(0);
    scripts.forEach((_, i) => {
      this.at.push(0);
      this.left.push(0);
      this.threads.push(this.kernel.processes.createThread(process, body, i, 0));
    });
  }

  run(thread: ThreadAddr): Stop {
    const i = this.threads.indexOf(thread);
    for (;;) {
      if (this.left[i]! > 0) {
        const n = Math.min(this.left[i]!, this.kernel.turn.limit - this.clock.clock + 1);
        this.clock.clock += n;
        this.left[i]! -= n;
        if (this.left[i]! > 0) return Stop.Limit;
      }
      if (this.clock.clock > this.kernel.turn.limit) return Stop.Limit;
      const step = this.scripts[i]![this.at[i]!++] ?? ['exit'];
      switch (step[0]) {
        case 'run':
          this.left[i] = step[1];
          break;
        case 'park':
          return Stop.Park;
        case 'wake':
          this.log.here.time = this.clock.clock;
          this.kernel.cores.wake(this.threads[step[1]]!);
          break;
        case 'call':
          this.kernel.turn.until = this.clock.clock + step[1];
          return Stop.SystemCall;
        case 'exit':
          return Stop.Exit;
      }
    }
  }
  preempted(thread: ThreadAddr): void {
    this.lines.push(`preempted t${this.threads.indexOf(thread)}`);
  }
  fired(kind: number, object: number): Stop {
    this.fires.push(`${this.clock.clock} ${kind} ${object}`);
    return Stop.Limit;
  }
}
