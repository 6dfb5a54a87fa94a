/** This file shows the explanation pane: of a finding, of an event, of the whole run, of why it does not compile, or of why it could not be run. */
import type { VNode } from 'preact';
import type { ExplainedFinding } from '../../report/explained';
import { doesNotCompile, shownFinding } from '../state';
import { useApp, usePanel } from './context';
import { CompileCard } from './compileCard';
import { EventCard } from './eventCard';
import { FailureCard } from './failure';
import { FindingIcon } from './findingIcon';
import { Codicon } from './icons';
import { Knows } from './knows';
import { PlaceLink, Sentence } from './phrases';
import { Ring, WaitList } from './ring';
import { RunCard } from './runCard';
import { ValueTable } from './valueTable';

export function Explanation(): VNode | null {
  const compiles = !useApp(doesNotCompile);
  const failure = useApp((state) => state.failure);
  const finding = useApp(shownFinding);
  const selected = useApp(({ focus }) => focus.row >= 0);
  if (!compiles) return <CompileCard />;
  if (failure) return <FailureCard failure={failure} />;
  if (finding) return <FindingCard finding={finding} />;
  return selected ? <EventCard /> : <RunCard />;
}

function FindingCard({ finding }: { finding: ExplainedFinding }): VNode {
  const selected = useApp(({ focus }) => focus.row >= 0);
  return (
    <>
      <section class="section">
        <h2>
          <FindingIcon kind={finding.kind} />
          <span>{finding.title}</span>
          <Switcher />
        </h2>
        <p>
          <Sentence phrases={finding.sentence} />
        </p>
      </section>
      {finding.cycle.length > 1 && (
        <section class="section">
          <h3>Wait-for ring</h3>
          <Ring finding={finding} />
        </section>
      )}
      {finding.cycle.length > 0 && (
        <section class="section">
          <WaitList finding={finding} />
        </section>
      )}
      {finding.values.length > 0 && <ValueTable finding={finding} />}
      {finding.cycle.length === 0 && finding.values.length === 0 && <Sites finding={finding} />}
      {selected && finding.kind === 'data-race' && <Knows clocks={finding.clocks} />}
      <Advice advice={finding.advice} />
    </>
  );
}

/** `1 of 3`, and the way to the others. */
function Switcher(): VNode | null {
  const { navigator } = usePanel();
  const index = useApp((state) => state.finding);
  const total = useApp(({ run }) => run?.findings.length ?? 0);
  if (total < 2) return null;
  return (
    <span class="switcher">
      <button
        type="button"
        class="icon-button"
        aria-label="Previous finding"
        onClick={() => navigator.openFinding((index + total - 1) % total)}
      >
        <Codicon name="chevron-left" />
      </button>
      <span class="t11 dim">
        {index + 1} of {total}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label="Next finding"
        onClick={() => navigator.openFinding((index + 1) % total)}
      >
        <Codicon name="chevron-right" />
      </button>
    </span>
  );
}

/** The places of a finding that has neither values nor a cycle. */
function Sites({ finding }: { finding: ExplainedFinding }): VNode | null {
  const { navigator } = usePanel();
  const sites = finding.sites.filter(({ message }) => message !== '');
  if (sites.length === 0) return null;
  return (
    <section class="section">
      <h3>Where</h3>
      <ul class="sites">
        {sites.map((site, i) => (
          <li key={i}>
            <span>{site.message}</span>
            <span class="where">
              <PlaceLink place={site.place} />
              {site.row >= 0 && (
                <button type="button" class="plain dim" onClick={() => navigator.focusRow(site.row)}>
                  step {site.step}
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Advice({ advice }: { advice: readonly string[] }): VNode | null {
  if (advice.length === 0) return null;
  return (
    <section class="section">
      <h3>What you can do</h3>
      <ul class="advice">
        {advice.map((line) => (
          <li key={line}>
            <Sentence phrases={[{ text: line }]} />
          </li>
        ))}
      </ul>
    </section>
  );
}
