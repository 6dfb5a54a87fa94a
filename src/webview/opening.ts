/** This file says what is looked at first when a finding is opened: the row that is selected, and what of the axis has to be in sight. */
import type { ExplainedFinding } from '../report/explained';
import type { Axis } from '../timeline/model';
import type { Run } from './state';

/** Rows at which those who are stuck came to wait: those of the cycle, if there is one. */
function waitsOf({ kind, cycle, sites }: ExplainedFinding): readonly number[] {
  if (kind !== 'deadlock' && kind !== 'partial-deadlock') return [];
  const waits = cycle.length > 0 ? cycle.filter((edge) => edge.kind === 'waits for') : sites.filter(({ role }) => role === 'waits'); // prettier-ignore
  return waits.map(({ row }) => row).filter((row) => row >= 0);
}

const least = (numbers: readonly number[]): number => numbers.reduce((low, n) => Math.min(low, n), Infinity);
const most = (numbers: readonly number[]): number => numbers.reduce((high, n) => Math.max(high, n), -Infinity);

/** Row of the trace that is selected; -1: it shows none. A deadlock is there once the last of them waits: before, others still run. */
export function openingRow(finding: ExplainedFinding): number {
  const waits = waitsOf(finding);
  return waits.length > 0 ? most(waits) : (finding.sites.find(({ row }) => row >= 0)?.row ?? -1);
}

/**
 * From the first to the last place of an axis that a finding is about: both accesses of a race, and what is told of the value; of a deadlock from the first wait to
 * the end of the axis, where its arrows are.
 */
export function reachOf({ timeline }: Run, finding: ExplainedFinding, axis: Axis): readonly [number, number] {
  const waits = waitsOf(finding);
  if (waits.length > 0) return [least(waits.map((row) => timeline.xOf(row, axis))), timeline.domain(axis).end];
  const first = finding.sites.find(({ row }) => row >= 0);
  const shown = [...finding.sites.filter((site) => site === first || site.role.endsWith('access')), ...finding.values];
  const units = shown.filter(({ row }) => row >= 0).map(({ row }) => timeline.xOf(row, axis));
  return [least(units), most(units)];
}
