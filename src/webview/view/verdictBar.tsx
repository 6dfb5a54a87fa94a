/** This file shows the verdict: one line on what came of the run, and how much was covered. */
import type { VNode } from 'preact';
import { wishDrawer } from '../state';
import { compileVerdict, verdictOf, wordsOfVerdict, type VerdictIcon } from '../verdict';
import { isLong } from '../../report/activity';
import { useAge } from './age';
import { useApp, usePanel } from './context';
import { FailureLine } from './failure';
import { Codicon, Diamond, Sign } from './icons';
import { Progress, StopButton } from './progress';
import { Sentence } from './phrases';

function Icon({ icon }: { icon: VerdictIcon }): VNode {
  switch (icon) {
    case 'race':
      return <Diamond />;
    case 'stuck':
      return <Sign name="stuck" className="error" />;
    case 'error':
      return <Codicon name="error" className="error" />;
    case 'warning':
      return <Codicon name="warning" className="warning" />;
    case 'pass':
      return <Codicon name="pass" className="ok" />;
    case 'stopped':
      return <Codicon name="debug-stop" />;
    case 'running':
      return <Codicon name="loading codicon-modifier-spin" />;
  }
}

export function VerdictBar(): VNode | null {
  const compile = useApp(compileVerdict);
  const running = useApp(({ activity }) => isLong(activity));
  const failure = useApp((state) => state.failure);
  const hasRun = useApp(({ run }) => run !== undefined);
  if (!hasRun) return null;
  if (compile && !running) return <CompileLine />;
  if (failure && !running) return <FailureLine failure={failure} />;
  return (
    <section class="verdict" aria-label="Verdict" aria-live="polite">
      {running ? <RunningLine /> : <RunLine />}
    </section>
  );
}

/** In place of the verdict that is about to be replaced, and as high as it. */
function RunningLine(): VNode {
  return (
    <>
      <Icon icon="running" />
      <Progress />
      <span class="space" />
      <StopButton />
    </>
  );
}

function RunLine(): VNode | null {
  const { navigator, post } = usePanel();
  const run = useApp((state) => state.run);
  const stale = useApp((state) => state.stale);
  const { store } = usePanel();
  const verdict = run && verdictOf(store.state);
  if (!run || !verdict) return null;
  const show = (): void => {
    store.set(wishDrawer(store.state, true));
    navigator.openFinding(0);
  };
  return (
    <>
      <Icon icon={verdict.icon} />
      <span class="said" title={wordsOfVerdict(store.state)}>
        <span>
          <b>{verdict.bold}</b>
          <Sentence phrases={verdict.rest} />
          {verdict.facts.map((fact) => (
            <span class="fact" key={fact}>
              {fact}
            </span>
          ))}
        </span>
        <span class="dim fact">{verdict.coverage}</span>
        {stale && <span class="dim fact">the file has changed since</span>}
      </span>
      <span class="space" />
      {run.findings.length > 0 && (
        <button type="button" class="button small show" onClick={show}>
          Show
        </button>
      )}
      <button type="button" class="button small repeat" onClick={() => post({ type: 'command', command: 'replay' })}>
        Replay
      </button>
    </>
  );
}

function CompileLine(): VNode | null {
  const { post } = usePanel();
  const compile = useApp(compileVerdict);
  const since = useApp((state) => state.stale?.since ?? 0);
  const age = useAge(since);
  if (!compile) return null;
  const { fix, error, empty } = compile;
  return (
    <section class="verdict" aria-label="Verdict" aria-live="polite">
      {empty ? <Codicon name="info" /> : <Icon icon="error" />}
      <span class="said">
        {empty ? (
          <b>The file is empty</b>
        ) : (
          <span>
            <b>Does not compile:</b> <code>{compile.message}</code> at{' '}
            <button
              type="button"
              class="link"
              onClick={() => post({ type: 'goTo', file: error.file, range: error.range })}
            >
              {compile.at}
            </button>
          </span>
        )}
        <span class="dim fact">shown below: the last good run, {age}</span>
      </span>
      <span class="space" />
      {fix && (
        <button type="button" class="button small" onClick={() => post({ type: 'applyFix', title: fix })}>
          {!empty && <Codicon name="lightbulb" />}
          {fix}
        </button>
      )}
    </section>
  );
}
