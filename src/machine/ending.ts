/** This file tells how a run ended and who still waited. */
import { Interrupt } from '../base/interrupt';
import type { Memory } from '../base/memory';
import type { Ending, Outcome } from '../event/ending';
import { type Survivor, Survivors } from '../event/survivors';
import { ProcessAt } from '../kernel/layout';
import { type ChanAddr, ChanAt, type GAddr, GAt, GState } from '../runtime/layout';
import type { Runtime } from '../runtime/runtime';
import { waitsFor } from './goroutines';
import type { Machine } from './machine';

/** In units of an interrupt: of one goroutine. */
const WORK_OF_A_GOROUTINE = 100;
/** Goroutines that are looked at when there is no time for all. */
const FEW = 256;

/** How each process ended. @param outcome the machine's, or of whoever stopped it. @throws Interrupted */
export function endingOf(machine: Machine, outcome: Outcome, interrupt = Interrupt.never, most = Infinity): Ending {
  let stopped: Outcome | undefined = outcome;
  const [first, ...others] = machine.processes.map((process): Ending => {
    const own = process.endings.outcome ?? stopped ?? RUNNING;
    // What stopped the machine is told of once.
    if (process.endings.outcome === undefined) stopped = undefined;
    return ofProcess(machine, process, own, interrupt, most);
  });
  return { ...first!, others };
}

/** How each process has ended, by its id; those that run are missing. */
export function outcomesOf({ memory, processes }: Machine): Map<number, Outcome> {
  const outcomes = new Map<number, Outcome>();
  for (const { process, endings } of processes)
    if (endings.outcome) outcomes.set(memory.i32[process + ProcessAt.Id]!, endings.outcome);
  return outcomes;
}

/** As {@link endingOf} tells it, but of each process only the first goroutines that are alive, however many there are. */
export function briefEndingOf(machine: Machine, outcome: Outcome): Ending {
  return endingOf(machine, outcome, Interrupt.never, FEW);
}

const RUNNING: Outcome = { kind: 'paused', status: 0 };

function ofProcess(machine: Machine, runtime: Runtime, outcome: Outcome, interrupt: Interrupt, most: number): Ending {
  return {
    ...outcome,
    process: machine.memory.i32[runtime.process + ProcessAt.Id]!,
    survivors: survivorsOf(machine, runtime, interrupt, most),
    ...(most < Infinity && { alive: runtime.goroutines.count }),
  };
}

function survivorsOf(machine: Machine, { goroutines }: Runtime, interrupt: Interrupt, most: number): Survivors {
  const survivors = new Survivors();
  let count = 0;
  for (let g = goroutines.oldest; g !== 0 && count < most; g = goroutines.after(g), count++) {
    interrupt.worked(WORK_OF_A_GOROUTINE);
    if (isAlive(machine.memory, g)) survivors.add(survivor(machine, g));
  }
  return survivors;
}

/** By GState; who was cut off shows what it did then. */
const STATES = ['blocked', 'runnable', 'running', 'blocked', 'syscall', 'blocked'] as const;

/** Of those cut off by the end of main: whether it waited. */
function isAlive({ i32: m }: Memory, g: GAddr): boolean {
  const state = m[g + GAt.State]!;
  return (state !== GState.Free && state !== GState.Dead) || m[g + GAt.Wait] !== 0;
}

function survivor({ memory, vm }: Machine, g: GAddr): Survivor {
  const { i32: m } = memory;
  const channels = waitsFor(m, g).map(({ object }) => object);
  return {
    g: m[g + GAt.Id]!,
    state: STATES[m[g + GAt.State]!]!,
    wait: m[g + GAt.Wait]!,
    object: m[g + GAt.WaitObject]!,
    pc: vm.backtrace(g, 1)[0]?.pc ?? -1,
    channels,
    mayWake: channels.some((channel) => m[((channel * 2) as ChanAddr) + ChanAt.Timer] !== 0),
  };
}
