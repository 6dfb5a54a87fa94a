/** This file tells how a run ended and who still waited. */
import type { Ending, Outcome, Survivor } from '../event/ending';
import { ProcessAt } from '../kernel/layout';
import { type ChanAddr, ChanAt } from '../runtime/layout';
import type { Runtime } from '../runtime/runtime';
import type { GoroutineView } from './goroutines';
import type { Machine } from './machine';

/** How each process ended. @param outcome the machine's, or of whoever stopped it. */
export function endingOf(machine: Machine, outcome: Outcome<string>): Ending {
  const [first, ...others] = machine.processes;
  return {
    ...ofProcess(machine, first!, outcome),
    others: others.map((process) => ofProcess(machine, process, process.endings.outcome ?? RUNNING)),
  };
}

const RUNNING: Outcome = { kind: 'paused', status: 0 };

function ofProcess(machine: Machine, runtime: Runtime, outcome: Outcome<string>): Ending {
  return {
    ...outcome,
    process: machine.memory.i32[runtime.process + ProcessAt.Id]!,
    survivors: machine
      .goroutines([runtime])
      .filter(alive)
      .map((view) => survivor(machine, view)),
  };
}

function alive(view: GoroutineView): boolean {
  return view.state !== 'dead' || view.wait !== 0;
}

function survivor(machine: Machine, view: GoroutineView): Survivor {
  return {
    g: view.id,
    state: view.state === 'dead' ? 'blocked' : view.state,
    wait: view.wait,
    object: view.object,
    pc: view.stack[0]?.pc ?? -1,
    stack: view.stack.map((frame) => frame.pc),
    channels: view.channels.map((channel) => channel.object),
    mayWake: view.channels.some(
      (channel) => machine.memory.i32[((channel.object * 2) as ChanAddr) + ChanAt.Timer] !== 0,
    ),
  };
}
