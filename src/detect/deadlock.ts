/** This file finds deadlocks: all goroutines asleep (as Go reports it), and cycles of some that wait for each other's locks while others run on. */
import type { EventLog } from '../event/log';
import { WAIT_REASONS } from '../event/wait';
import type { Ending, Survivor } from '../event/ending';
import type { Detector, Finding, Site } from './finding';
import { Holdings } from './holdings';
import type { WaitFor } from './holdings';

/** Waiting goroutines named at most. */
const MOST_WAITS = 32;

/** Name of a wait reason: the `op` of a site that waits. */
export function waitName(wait: number): string {
  return WAIT_REASONS[wait]?.name ?? 'none';
}

export class DeadlockDetector implements Detector {
  constructor(readonly holdings = new Holdings()) {}

  observe(log: EventLog, i: number): void {
    this.holdings.observe(log, i);
  }

  finish(ending: Ending): Finding[] {
    const blocked = ending.survivors.filter((survivor) => survivor.state === 'blocked');
    const cycles = this.holdings.cycles(blocked);
    if (ending.kind === 'deadlock') return [this.allAsleep(ending, blocked, cycles)];
    if (ending.kind === 'panic' || ending.kind === 'fatal') return [];
    return cycles.map((cycle) => {
      const sites = this.cycleSites(cycle);
      return { kind: 'partial-deadlock', code: 'partial-deadlock.lock-cycle', sites, object: sites[0]!.object };
    });
  }

  /** The cycles first, edge by edge; then all others that wait, each with who holds what it wants. */
  private allAsleep(ending: Ending, blocked: readonly Survivor[], cycles: readonly WaitFor[][]): Finding {
    const sites = cycles.flatMap((cycle) => this.cycleSites(cycle));
    const named = new Set(sites.filter((site) => site.role === 'waits').map((site) => site.g));
    for (const waiter of blocked) {
      if (named.has(waiter.g) || named.size >= MOST_WAITS) continue;
      named.add(waiter.g);
      sites.push(this.holdings.waitSite(waiter, waitName(waiter.wait)));
      const [holder] = this.holdings.holders(waiter.object);
      if (holder) sites.push({ ...holder, role: 'holds', object: waiter.object });
    }
    const code = cycles.length > 0 ? 'deadlock.lock-cycle' : 'deadlock.all-asleep';
    const text = ending.text ?? 'all goroutines are asleep - deadlock!';
    return { kind: 'deadlock', code, sites, object: sites[0]?.object ?? 0, text };
  }

  /** `waits` and `holds` in turn, around the cycle. */
  private cycleSites(cycle: readonly WaitFor[]): Site[] {
    return cycle.flatMap(({ waiter, holder }): Site[] => [
      this.holdings.waitSite(waiter, waitName(waiter.wait)),
      { role: 'holds', g: holder.g, pc: holder.pc, event: holder.event, op: holder.op, object: waiter.object },
    ]);
  }
}
