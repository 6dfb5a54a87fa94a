/** This file shows how far a run has come, and lets a person stop it. */
import type { VNode } from 'preact';
import { doingWords, spentWords } from '../../report/activity';
import { useApp, usePanel } from './context';
import { Codicon } from './icons';

/** Explains a share to who points at it. */
export const HOW_FAR = 'Of the budget that is nearest its end: when that is spent, the run ends';

/** `Running 43 % of its budget of instructions`, with a bar. Nobody wants all of it said aloud: who does asks the bar. */
export function Progress(): VNode {
  const doing = useApp(({ activity }) => doingWords(activity));
  const spent = useApp(({ activity }) => spentWords(activity));
  return (
    <>
      <b>{doing}</b>
      <span class="dim clip" aria-live="off" title={HOW_FAR}>
        {spent}
      </span>
      <ProgressBar />
    </>
  );
}

/** As wide as the share; of a run of which nothing was heard yet a part that moves. */
export function ProgressBar(): VNode {
  const file = useApp((state) => state.file);
  const doing = useApp(({ activity }) => doingWords(activity));
  const percent = useApp(({ activity: { work } }) =>
    work?.kind === 'running' && work.instructions > 0 ? Math.floor(work.share * 100) : undefined,
  );
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={`${doing} ${file}`}
      aria-live="off"
      {...(percent !== undefined && { 'aria-valuenow': percent })}
    >
      <svg aria-hidden="true">
        <rect class={percent === undefined ? 'unknown' : ''} width={`${percent ?? 30}%`} height="100%" />
      </svg>
    </div>
  );
}

/** Once it has been pressed, a second time gives up what the run has found as well. */
export function StopButton(): VNode {
  const { post } = usePanel();
  const stopping = useApp(({ activity: { work } }) => work?.kind === 'running' && work.stopping);
  const hint = stopping ? 'End it without a result' : 'Stop, and show what has been found so far';
  return (
    <button type="button" class="button small" title={hint} onClick={() => post({ type: 'command', command: 'stop' })}>
      <Codicon name="debug-stop" />
      {stopping ? 'Give up' : 'Stop'}
    </button>
  );
}
