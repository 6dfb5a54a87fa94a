/** This file finds deadlocks: all goroutines asleep (as Go reports it), and cycles of some that wait for each other's locks while others run on. */
import type { EventLog } from '../event/log';
import { WAIT_REASONS } from '../event/wait';
import type { Ending } from '../event/ending';
import type { Survivor } from '../event/survivors';
import type { Detector, Finding, Site } from './finding';
import { Interrupt } from '../base/interrupt';
import { Holdings, type Hold } from './holdings';
import { CycleFinder, type WaitCycles, type WaitFor } from './waitCycles';

/** Waiting goroutines named at most. */
const MOST_WAITS = 32;
/** Goroutines of one cycle among the sites at most, and cycles of one deadlock; goroutines of the cycle that is told whole. */
const MOST_EDGES = 16;
const MOST_CYCLES = 8;
const MOST_IN_RING = 10_000;

/** Name of a wait reason: the `op` of a site that waits. */
export function waitName(wait: number): string {
  return WAIT_REASONS[wait]?.name ?? 'none';
}

/** The site at which a goroutine waits. */
export function waitSite(holdings: Holdings, waiter: Survivor): Site {
  const { pc, event } = holdings.wait(waiter.g) ?? { pc: waiter.pc, event: -1 };
  const op = waitName(waiter.wait);
  return { role: 'waits', g: waiter.g, pc: waiter.pc >= 0 ? waiter.pc : pc, event, op, object: waiter.object };
}

export class DeadlockDetector implements Detector {
  constructor(
    readonly holdings = new Holdings(),
    private readonly finder = new CycleFinder(holdings),
  ) {}

  observe(log: EventLog, i: number): void {
    this.holdings.observe(log, i);
  }

  finish(ending: Ending, interrupt = Interrupt.never): Finding[] {
    const cycles = this.finder.of(ending.survivors, interrupt);
    if (ending.kind === 'deadlock') return [this.allAsleep(ending, cycles)];
    if (ending.kind === 'panic' || ending.kind === 'fatal') return [];
    return this.partial(cycles);
  }

  /** Those that wait at the same places are told as one. */
  private partial(cycles: WaitCycles): Finding[] {
    const groups = new Map<string, { readonly cycle: number; count: number }>();
    for (let cycle = 0; cycle < cycles.count; cycle++) {
      const places = told(cycles, cycle).map(({ waiter }) => waiter.pc);
      const key = `${cycles.length(cycle)} ${places.join(' ')}`;
      const group = groups.get(key);
      if (group) group.count++;
      else groups.set(key, { cycle, count: 1 });
    }
    return [...groups.values()].map(({ cycle, count }) => {
      const sites = this.cycleSites(cycles, cycle);
      const base = { kind: 'partial-deadlock', code: 'partial-deadlock.lock-cycle' } as const;
      return { ...base, sites, object: sites[0]!.object, count, ...this.ring(cycles, cycle) };
    });
  }

  /** The cycles first, edge by edge; then all others that wait, each with who holds what it wants. */
  private allAsleep({ survivors, text, alive }: Ending, cycles: WaitCycles): Finding {
    const sites: Site[] = [];
    for (let cycle = 0; cycle < Math.min(cycles.count, MOST_CYCLES); cycle++) {
      sites.push(...this.cycleSites(cycles, cycle));
    }
    let count = 0;
    let others = 0;
    for (let row = 0; row < survivors.length; row++) {
      if (!survivors.isBlocked(row)) continue;
      count++;
      if (!cycles.has(row) && others++ < MOST_WAITS) sites.push(...this.waitSites(survivors.at(row)));
    }
    return {
      kind: 'deadlock',
      code: cycles.count > 0 ? 'deadlock.lock-cycle' : 'deadlock.all-asleep',
      sites,
      object: sites[0]?.object ?? 0,
      text: text ?? 'all goroutines are asleep - deadlock!',
      count: alive ?? count,
      ...(cycles.count > 0 && this.ring(cycles, 0)),
    };
  }

  private waitSites(waiter: Survivor): Site[] {
    const site = waitSite(this.holdings, waiter);
    const holder = this.holdings.holder(waiter.object);
    return holder === 0 ? [site] : [site, holds(this.holdings.hold(waiter.object, holder), waiter.object)];
  }

  /** `waits` and `holds` in turn, around the cycle. */
  private cycleSites(cycles: WaitCycles, cycle: number, most = MOST_EDGES): Site[] {
    return told(cycles, cycle, most).flatMap(({ waiter, holder }): Site[] => [
      waitSite(this.holdings, waiter),
      holds(holder, waiter.object),
    ]);
  }

  /** What the sites do not tell of a long cycle. */
  private ring(cycles: WaitCycles, cycle: number): Pick<Finding, 'ring' | 'omitted'> {
    const length = cycles.length(cycle);
    if (length <= MOST_EDGES) return {};
    const ring = this.cycleSites(cycles, cycle, MOST_IN_RING);
    return length <= MOST_IN_RING ? { ring } : { ring, omitted: length - MOST_IN_RING };
  }
}

function holds({ g, pc, event, op }: Hold, object: number): Site {
  return { role: 'holds', g, pc, event, op, object };
}

/** Of a long cycle the beginning and the edge that closes it. */
function told(cycles: WaitCycles, cycle: number, most = MOST_EDGES): WaitFor[] {
  const length = cycles.length(cycle);
  const first = Array.from({ length: Math.min(length, most) }, (_, i) => cycles.step(cycle, i));
  return length <= most ? first : [...first.slice(0, -1), cycles.step(cycle, length - 1)];
}
