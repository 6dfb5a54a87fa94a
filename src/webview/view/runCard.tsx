/** This file shows the run as a whole: what it was, what was found. */
import type { VNode } from 'preact';
import { eventsLeftOut } from '../../trace/gaps';
import type { MemoryMeta } from '../../trace/meta';
import { bytesText } from '../../trace/quantity';
import { count } from '../../picture/words';
import { duration, plural } from '../words';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';
import { FindingIcon } from './findingIcon';

type Fact = readonly [name: string, value: string];

function Facts({ facts }: { facts: readonly Fact[] }): VNode {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a goroutine costs against what a thread costs, in this very run. */
function MemoryFacts({ memory }: { memory: MemoryMeta }): VNode {
  const facts: readonly Fact[] = [
    [`Stacks of ${plural(memory.goroutineStacks, 'goroutine')}`, bytesText(memory.goroutineStackBytes)],
    [`Stacks of ${plural(memory.threads, 'thread')}`, bytesText(memory.threadStackBytes)],
    ['Heap', bytesText(memory.heapBytes)],
  ];
  return (
    <section class="section">
      <h3>Memory, when most was in use</h3>
      <Facts facts={facts} />
    </section>
  );
}

export function RunCard(): VNode | null {
  const run = useApp((state) => state.run);
  if (!run) return null;
  const { meta } = run.timeline.trace;
  const facts: readonly Fact[] = [
    ...(meta.processes.length > 1 ? ([['Processes', count(meta.processes.length)]] as const) : []),
    ['Goroutines', count(meta.goroutines.length)],
    ['Steps', count(run.timeline.steps)],
    ['Virtual time', duration(meta.endTime)],
    ['Cores', count(meta.cores)],
    ['Threads', count(meta.threads.length)],
    ['Instructions', count(meta.instructions)],
    ['Exit status', run.stopped ? 'stopped' : String(meta.status)],
  ];
  return (
    <>
      <section class="section">
        <h2>
          <Codicon name="graph-line" />
          <span>This run</span>
        </h2>
        <Facts facts={facts} />
        {meta.truncated && (
          <p class="dim note">The trace was full before the run ended: what came later is not shown.</p>
        )}
        {meta.gaps && (
          <p class="dim note">
            The trace had no room for {plural(eventsLeftOut(run.timeline.trace), 'event')} between its beginning and its
            end: of those it tells how long each goroutine was in which state.
          </p>
        )}
      </section>
      {meta.memory && <MemoryFacts memory={meta.memory} />}
      <FindingList />
      <section class="section">
        <h3>Look closer</h3>
        <p class="dim">Select an event to see what caused it, what it causes, and what is unordered with it.</p>
      </section>
    </>
  );
}

/** All findings, each a way to its explanation. */
export function FindingList(): VNode | null {
  const { navigator } = usePanel();
  const findings = useApp(({ run }) => run?.findings ?? []);
  if (findings.length === 0) return null;
  return (
    <section class="section">
      <h3>Findings</h3>
      <ul class="findings">
        {findings.map((finding, index) => (
          <li key={index}>
            <button type="button" class="plain" onClick={() => navigator.openFinding(index)}>
              <FindingIcon kind={finding.kind} />
              <span class="clip">{finding.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
