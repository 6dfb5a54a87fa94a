/**
 * This file saves a machine's state and puts it back. A snapshot is a value: it shares with others what they have in common, nothing that happens later
 * changes it, and any snapshot can be put back at any time, in any order, any number of times, also into another machine of the same code, configuration
 * and options (addresses of what is made at boot depend on nothing else).
 *
 * What there is to save. Everything simulated is in Memory, but for
 *   - the ledger: what is held decides when the budget is spent;
 *   - the access filter: which segment has marked which slot decides what is told next;
 *   - the log: how many events there were, the time of the latest, where the next one happens, and the texts that events refer to;
 *   - the stacks of watched accesses, which events refer to as well;
 *   - the chooser's place in its sequence of choices;
 *   - the number of instructions executed, which budgets are measured by;
 *   - the process that ran last and its goroutine, which the end of a budget names;
 *   - how each process ended, if it has, and how the run did: in the machine and in the runtime.
 * All else that changes is set anew before it is read: budgets at the start of each run; the clock, the kernel's Turn and the choice point at each turn of
 * the kernel or choice; the account that pays, the P and the segment at each turn of a thread; operands, registers and messages of the vm, `callNs` and `inherits`
 * from one step to the next. Copies of addresses made at boot never change. What is forgotten here shows in
 * test/machine/snapshots.test.ts, which puts snapshots into machines that have just done something else, and compares all their fields.
 *
 * What an observer has made of the events is no part of the simulation. Who follows a run back has `save` and `restore` (event/log.ts). The detectors do not: each
 * is a fold over events, and what they found in the whole run is known by then; who wants their verdict on a path feeds it to new ones.
 *
 * Cost: the used prefix of memory and of the filter, copied; all else is shared. See base/memory.ts for what is above a megabyte.
 *
 * Rejected: notes of what is written (a price on every instruction); events taken out of the log and texts cut off (a snapshot of another
 * branch may need them); segments that never repeat, so that the filter need not be cleared (marks of live segments would have to be found and saved,
 * and the numbers in Memory would tell one branch from another).
 */
import type { LedgerState } from '../base/ledger';
import type { MemoryImage } from '../base/memory';
import type { Outcome } from '../event/ending';
import type { LogState } from '../event/log';
import type { FilterState } from './accessWorld';
import type { Machine } from './machine';
import type { StacksState } from './stacks';
import type { GAddr } from '../runtime/layout';

export interface Snapshot {
  readonly ledger: LedgerState;
  readonly memory: MemoryImage;
  readonly filter: FilterState;
  readonly log: LogState;
  readonly stacks: StacksState;
  readonly chooser: unknown;
  readonly steps: number;
  /** By process: address of the goroutine that ran last (0: none has), and how the process has ended. */
  readonly processes: readonly { readonly g: GAddr; readonly outcome: Outcome | undefined }[];
  /** The process that ran last, as its place among them; -1: none has. */
  readonly running: number;
  /** How the run has ended: in the eyes of the runtime, and of the machine, which tells budgets, too. */
  readonly outcome: Outcome | undefined;
  readonly ended: Outcome | undefined;
}

export function takeSnapshot(machine: Machine, spent?: Snapshot): Snapshot {
  return {
    ledger: machine.ledger.save(),
    memory: machine.memory.snapshot(spent?.memory),
    filter: machine.filter.save(spent?.filter),
    log: machine.log.save(),
    stacks: machine.world.stacks.save(),
    chooser: machine.chooser.save?.(),
    steps: machine.vm.steps,
    processes: machine.processes.map(({ g, endings }) => ({ g, outcome: endings.outcome })),
    running: machine.processes.indexOf(machine.platform.running!),
    outcome: machine.platform.outcome,
    ended: machine.ended,
  };
}

export function restoreSnapshot(machine: Machine, snapshot: Snapshot): void {
  machine.ledger.restore(snapshot.ledger);
  machine.memory.restore(snapshot.memory);
  machine.filter.restore(snapshot.filter);
  machine.log.restore(snapshot.log);
  machine.world.stacks.restore(snapshot.stacks);
  machine.chooser.restore?.(snapshot.chooser);
  machine.vm.steps = snapshot.steps;
  machine.processes.forEach((process, i) => {
    process.g = snapshot.processes[i]!.g;
    process.endings.outcome = snapshot.processes[i]!.outcome;
  });
  machine.platform.running = machine.processes[snapshot.running];
  machine.platform.outcome = snapshot.outcome;
  machine.ended = snapshot.ended;
}
