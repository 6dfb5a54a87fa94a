/** This file shows why a run came to nothing: in place of the timeline when there has been none, else as verdict and explanation above the last good run. */
import type { VNode } from 'preact';
import type { PanelCommand } from '../../protocol/messages';
import type { AppState } from '../state';
import { useApp, usePanel } from './context';
import { Codicon, Play } from './icons';
import { useAge } from './age';

type Failed = NonNullable<AppState['failure']>;

/** Kinds that are worth a report: faults of Interlane, or likely so. */
const REPORTED: ReadonlySet<Failed['kind']> = new Set(['internal', 'crashed', 'silent']);

function Actions({ kind }: Pick<Failed, 'kind'>): VNode {
  const { post } = usePanel();
  const button = (command: PanelCommand, icon: VNode, label: string, primary = false): VNode => (
    <button
      type="button"
      class={primary ? 'button primary' : 'button'}
      onClick={() => post({ type: 'command', command })}
    >
      {icon}
      {label}
    </button>
  );
  return (
    <>
      {kind === 'off'
        ? button('restartSimulator', <Codicon name="debug-restart" />, 'Restart the simulator', true)
        : button('run', <Play />, 'Run again', true)}
      {button('showLog', <Codicon name="output" />, 'Show the log')}
      {REPORTED.has(kind) && button('report', <Codicon name="copy" />, 'Copy a report')}
    </>
  );
}

function Words({ failure }: { failure: Failed }): VNode {
  return (
    <>
      <p>{failure.message}</p>
      <ul class="advice">
        {failure.advice.map((advice) => (
          <li key={advice}>{advice}</li>
        ))}
      </ul>
      {failure.detail !== '' && (
        <details class="failure">
          <summary>Details</summary>
          <pre tabIndex={0}>{failure.detail}</pre>
        </details>
      )}
    </>
  );
}

/** There is no run to show. */
export function FailedRun(): VNode | null {
  const failure = useApp((state) => state.failure);
  if (!failure) return null;
  return (
    <main class="empty">
      <div class="empty-body" role="alert">
        <h1>
          <Codicon name={failure.kind === 'off' ? 'circle-slash' : 'error'} className="error" /> {failure.title}
        </h1>
        <Words failure={failure} />
        <div class="actions single">
          <Actions kind={failure.kind} />
        </div>
      </div>
    </main>
  );
}

/** In place of the verdict, while the last good run stands below: as short as it takes, for the whole of it stands in the explanation. */
export function FailureLine({ failure }: { failure: Failed }): VNode {
  const { post } = usePanel();
  const age = useAge(failure.since);
  const off = failure.kind === 'off';
  return (
    <section class="verdict" aria-label="Verdict" aria-live="polite">
      <Codicon name={off ? 'circle-slash' : 'error'} className="error" />
      <span class="said">
        <span>
          <b>{failure.title}</b>
        </span>
        <span class="dim fact">shown below: the last good run, {age}</span>
      </span>
      <span class="space" />
      <button
        type="button"
        class="button small"
        onClick={() => post({ type: 'command', command: off ? 'restartSimulator' : 'run' })}
      >
        {off ? 'Restart' : 'Run again'}
      </button>
    </section>
  );
}

/** In the pane, while the last good run stands beside. */
export function FailureCard({ failure }: { failure: Failed }): VNode {
  return (
    <section class="section failed">
      <h2>
        <Codicon name={failure.kind === 'off' ? 'circle-slash' : 'error'} className="error" />
        <span>{failure.title}</span>
      </h2>
      <Words failure={failure} />
      <div class="buttons">
        <Actions kind={failure.kind} />
      </div>
    </section>
  );
}
