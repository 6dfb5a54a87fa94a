/** This file says in words why a run came to nothing: what happened, likely why, and what to do next. */
import type { Failure } from '../protocol/messages';
import { FAILURES_TO_OFF } from './respawn';
import type { Death } from './simulator';

type Words = Pick<Failure, 'title' | 'message' | 'advice'>;

/** This text is not sent again by itself: it would only do the same again. */
const BY_HAND = 'The program runs again when you change it, or run it by hand.';

const DEATHS: Readonly<Record<Death['cause'], Words>> = {
  'out-of-memory': {
    title: 'Out of memory',
    message: 'The run ended the simulator: out of memory.',
    advice: [
      'Make the program smaller, or lower interlane.budget.memory, so that the run is stopped with a finding before that.',
      BY_HAND,
    ],
  },
  crashed: {
    title: 'The simulator crashed',
    message: 'The run ended the simulator: its process crashed.',
    advice: [BY_HAND, 'If it happens again, please report it with the program and the log.'],
  },
  silent: {
    title: 'The simulator hung',
    message: 'The run ended the simulator: it did not answer long after its time was up, and was stopped.',
    advice: [BY_HAND, 'If it happens again, please report it with the program and the log.'],
  },
};

/** A run in the middle of which the simulator died. */
export function failureOfDeath({ cause, detail }: Death): Failure {
  return { kind: cause, code: `simulator.${cause}`, ...DEATHS[cause], detail };
}

/** An exception of ours. @param stack as the worker sent it */
export function internalFailure(stack: string): Failure {
  const [first = ''] = stack.split('\n');
  const what = first.replace(/^(\w*Error: )?(internal error: )?/, '');
  return {
    kind: 'internal',
    code: 'simulator.internal-error',
    title: 'Internal error',
    message: `Interlane failed in running this program: ${what}`,
    advice: ['This is a fault of Interlane, not of the program. Please report it with the program and the log.'],
    detail: stack,
  };
}

/** What would have run, had the simulator not been shut off. */
export const SIMULATOR_OFF: Failure = {
  kind: 'off',
  code: 'simulator.off',
  title: 'The simulator is off',
  message: `It ended ${FAILURES_TO_OFF} times in a row before it had answered.`,
  advice: ['Restart it, or run a program by hand, which restarts it, too. The log says how it ended.'],
  detail: '',
};
