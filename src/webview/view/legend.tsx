/** This file shows the legend, which is the statistics: each state's share of what is in sight. A click looks at one state alone. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { percentages, regionsOf } from '../derive';
import { STATE_STYLES } from '../../picture/states';
import { STATES } from '../../timeline/model';
import { useApp, usePanel } from './context';
import { Swatch } from './swatch';
import { useFolding } from './useFolding';

/** What the legend gives up, first to last: states that do not occur, words, air, the sign of percent. */
const FOLDS = 4;

export function Legend(): VNode | null {
  const { store } = usePanel();
  const line = useRef<HTMLDivElement>(null);
  const shares = useApp((state) => percentages(state).join(' '));
  const solo = useApp((state) => state.solo);
  const fold = useFolding(line, FOLDS, shares);
  const shown = useApp((state) => regionsOf(state).legend > 0);
  const values = shares.split(' ').map(Number);
  if (!shown) return null;
  return (
    <div
      class={fold < 3 ? 'legend' : 'legend dense'}
      ref={line}
      role="group"
      aria-label="States, share of the visible range"
    >
      {STATES.map((state, index) => {
        const share = values[index] ?? 0;
        if (share === 0 && (fold >= 1 || state === 'unrecorded')) return null;
        return (
          <button
            key={state}
            type="button"
            aria-pressed={solo === index}
            class={solo >= 0 && solo !== index ? 'faded' : ''}
            aria-label={`${STATE_STYLES[state].word} ${share} %`}
            title={`Show only: ${STATE_STYLES[state].word}`}
            onClick={() => store.set({ solo: solo === index ? -1 : index })}
          >
            <Swatch state={state} />
            {fold < 2 && `${STATE_STYLES[state].word} `}
            <b>{fold < 4 ? `${share} %` : share}</b>
          </button>
        );
      })}
    </div>
  );
}
