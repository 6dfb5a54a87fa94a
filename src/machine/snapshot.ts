/**
 * This file copies a machine's state and puts it back. Memory holds everything simulated; besides it are only the access filter (what has been reported in
 * the present segments), the instruction count, the chooser's place, and where the log stands, so that events told again get the numbers they had.
 */
import { PlatformAt } from '../runtime/layout';
import type { Filter } from './accessWorld';
import type { Machine } from './machine';

export interface Snapshot {
  readonly memory: Int32Array;
  readonly reads: Int32Array;
  readonly writes: Int32Array;
  readonly steps: number;
  readonly events: number;
  readonly latest: number;
  readonly texts: number;
  readonly stacks: number;
  readonly chooser: unknown;
}

export function takeSnapshot(machine: Machine): Snapshot {
  const { memory, filter, log, vm, world, chooser } = machine;
  const used = Math.min(memory.top >> 1, filter.reads.length);
  return {
    memory: memory.snapshot(),
    reads: filter.reads.slice(0, used),
    writes: filter.writes.slice(0, used),
    steps: vm.steps,
    events: log.first + log.length,
    latest: log.latest,
    texts: log.texts.texts.length,
    stacks: world.stacks.length,
    chooser: chooser.save?.(),
  };
}

export function restoreSnapshot(machine: Machine, snapshot: Snapshot): void {
  const { memory, filter, log, vm, world, chooser, platform } = machine;
  memory.restore(snapshot.memory);
  restoreFilter(filter, snapshot);
  vm.steps = memory.f64[(platform.block + PlatformAt.Steps) >> 1] = snapshot.steps;
  log.rewind(snapshot.events, snapshot.latest);
  log.texts.texts.length = snapshot.texts;
  world.stacks.length = snapshot.stacks;
  chooser.restore?.(snapshot.chooser);
}

function restoreFilter(filter: Filter, snapshot: Snapshot): void {
  filter.reserve(snapshot.reads.length);
  for (const [now, then] of [
    [filter.reads, snapshot.reads],
    [filter.writes, snapshot.writes],
  ] as const) {
    now.set(then);
    now.fill(0, then.length);
  }
}
