/** This file makes the fingerprint of what a session tells of a program: of both passes, in the words and values that people see. */
import type { ExplainedFinding } from '../../src/report/explained';
import { simulate, type SimulationResult } from '../../src/session/simulation';
import type { Trace } from '../../src/trace/store';
import { BUDGETS, digestOf, isOfMemory, type Subject } from './fingerprint';
import { Names } from './names';

/** Condensed: outcome, output, findings with their values, choices; of the trace how many steps it counts. */
export function told({ program, code, seed, scheduler, budgets }: Subject): string {
  const result = simulate(program, code, {
    seed,
    budgets: { ...BUDGETS, ...budgets },
    ...(scheduler && { scheduler }),
  });
  return isOfMemory(result.outcome) ? 'memory' : digestOf(wordsOf(result));
}

function wordsOf({ outcome, stdout, stderr, findings, schedule, stats, trace }: SimulationResult): string {
  const names = new Names();
  const { goroutines, threads, processes, switches, steps, virtualNs } = stats;
  const counts = { goroutines, threads, processes, switches, steps, virtualNs, visible: trace.meta.steps };
  const explained = findings.map((finding) => wordsOfFinding(finding, trace, names));
  const { kind, status, text, code } = outcome;
  return names.text(JSON.stringify({ kind, status, text, code, stdout, stderr, schedule, counts, explained }));
}

/** Places as they are in the source: their numbers, and those of rows, are an affair of the trace. */
function wordsOfFinding(finding: ExplainedFinding, { meta }: Trace, names: Names): object {
  const { kind, code, title, message, objectName, count, valueNote, advice, clocks } = finding;
  const object = (id: number): number => names.field('object', id);
  return {
    ...{ kind, code, title, message, objectName, count, valueNote, advice, clocks },
    object: object(finding.object),
    values: finding.values.map(({ row: _, ...value }) => value),
    cycle: finding.cycle.map(({ row: _, ...edge }) => ({ ...edge, object: object(edge.object), place: meta.places[edge.place] })),
    sites: finding.sites.map(({ row: _, ...site }) => ({ ...site, place: meta.places[site.place], stack: site.stack.map((place) => meta.places[place]) })),
  };
} // prettier-ignore
