/** This file tells the detectors how a run ended and who still waited. */
import type { Ending, Survivor } from '../detect/ending';
import type { GoroutineView, Machine } from '../machine/machine';
import { ChanAt } from '../runtime/layout';

export function endingOf(
  machine: Machine,
  outcome: { kind: Ending['kind']; status: number; text?: string; budget?: string; g?: number; pc?: number },
): Ending {
  return {
    ...outcome,
    survivors: machine
      .goroutines()
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
    mayWake: view.channels.some((channel) => machine.memory.i32[channel.object * 2 + ChanAt.Timer] !== 0),
  };
}
