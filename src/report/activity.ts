/**
 * This file says what is going on with a program: one state machine, which whatever shows or ends runs reads (toolbar, verdict, status bar, empty panel).
 *
 * What runs and what is shown are two things: while a program runs the result of an earlier run stays, and it is there again when the run is called off.
 */
import { budgetRow, type Budgets } from '../base/budgets';

/** What a person is told. */
export type Phase = 'idle' | 'compiling' | 'running' | 'stopped' | 'done' | 'stale';

/** Budgets whose use is told while a run goes on. */
export type MeasuredBudget = 'steps' | 'virtualNs' | 'wallTime';
export type Spent = Readonly<Record<MeasuredBudget, number>>;

export type Work =
  | { readonly kind: 'compiling' }
  | {
      readonly kind: 'running';
      /** Instructions so far; 0: nothing was heard of it yet. */
      readonly instructions: number;
      /** Of the budget that is nearest its end, 0–1; it never goes back. */
      readonly share: number;
      readonly budget: MeasuredBudget;
      /** It was told to end where it is. */
      readonly stopping: boolean;
    };

export interface Activity {
  /** What is to be seen of earlier runs; 'stale': of one whose text has changed. */
  readonly result: 'none' | 'done' | 'stopped' | 'stale';
  readonly work: Work | undefined;
}

export type Happened =
  /** A run was asked for; of an earlier one nothing is heard any more. */
  | { readonly type: 'asked' }
  | { readonly type: 'compiled' }
  /** It does not compile. */
  | { readonly type: 'refused' }
  | { readonly type: 'progress'; readonly spent: Spent; readonly budgets: Budgets }
  /** A person wants it to end where it is. */
  | { readonly type: 'stop' }
  /** `present`: the text is still the one that was run. */
  | { readonly type: 'ran'; readonly stopped: boolean; readonly present: boolean }
  | { readonly type: 'cancelled' }
  /** It came to nothing. */
  | { readonly type: 'failed' }
  /** The text has changed. */
  | { readonly type: 'edited' };

export const IDLE: Activity = { result: 'none', work: undefined };

const STARTED: Work = { kind: 'running', instructions: 0, share: 0, budget: 'steps', stopping: false };

/** What is going on after something has happened. */
export function after(now: Activity, happened: Happened): Activity {
  const { result, work } = now;
  const aged = result === 'none' ? 'none' : 'stale';
  switch (happened.type) {
    case 'asked':
      return { result, work: { kind: 'compiling' } };
    case 'compiled':
      return work ? { result, work: STARTED } : now;
    case 'progress':
      return work?.kind === 'running' ? { result, work: { ...work, ...furthest(work, happened) } } : now;
    case 'stop':
      return work?.kind === 'running' ? { result, work: { ...work, stopping: true } } : now;
    case 'ran':
      return { result: !happened.present ? 'stale' : happened.stopped ? 'stopped' : 'done', work: undefined };
    case 'cancelled':
      return { result, work: undefined };
    case 'refused':
    case 'failed':
      return { result: aged, work: undefined };
    case 'edited':
      return { result: aged, work };
  }
}

const MEASURED: readonly MeasuredBudget[] = ['steps', 'virtualNs', 'wallTime'];

/** A second pass counts instructions and virtual time from the start: what was told once is not taken back. */
function furthest(
  { share: before, budget: which }: Extract<Work, { kind: 'running' }>,
  { spent, budgets }: Extract<Happened, { type: 'progress' }>,
): Pick<Extract<Work, { kind: 'running' }>, 'instructions' | 'share' | 'budget'> {
  let nearest = { share: before, budget: which };
  for (const budget of MEASURED) {
    const share = Math.min(1, spent[budget] / budgets[budget]);
    if (share > nearest.share) nearest = { share, budget };
  }
  return { ...nearest, instructions: spent.steps };
}

export const phaseOf = ({ result, work }: Activity): Phase => work?.kind ?? (result === 'none' ? 'idle' : result);

/** Whether it takes so long that a person has to be told: most runs are over before a word of them could be read. */
export const isLong = ({ work }: Activity): boolean => work?.kind === 'running' && work.instructions > 0;

/** `Running`, for who has no room for more. */
export function doingWords({ work }: Activity): string {
  if (work?.kind !== 'running') return 'Compiling';
  return work.stopping ? 'Stopping' : 'Running';
}

/** `43 %`; '' while nothing is known. A run that goes on has not spent all of it. */
export function shareWords({ work }: Activity): string {
  if (work?.kind !== 'running' || work.instructions === 0) return '';
  return `${Math.min(99, Math.floor(work.share * 100))} %`;
}

/** `43 % of its budget of instructions`; '' while nothing is known. */
export function spentWords(activity: Activity): string {
  const share = shareWords(activity);
  const { work } = activity;
  return share === '' || work?.kind !== 'running' ? '' : `${share} of its budget of ${budgetRow(work.budget).called}`;
}
