/** This file shows the legend, which is the statistics: each state's share of what is in sight. A click looks at one state alone. */
import type { VNode } from 'preact';
import { percentages } from '../derive';
import { STATE_STYLES } from '../../picture/states';
import { STATES } from '../../timeline/model';
import { useApp, usePanel } from './context';
import { Swatch } from './swatch';

export function Legend(): VNode {
  const { store } = usePanel();
  const shares = useApp((state) => percentages(state).join(' '));
  const solo = useApp((state) => state.solo);
  const stacked = useApp((state) => state.stacked);
  const values = shares.split(' ').map(Number);
  return (
    <div class="legend" role="group" aria-label="States, share of the visible range">
      {STATES.map((state, index) => {
        const share = values[index] ?? 0;
        if (stacked && share === 0) return null;
        return (
          <button
            key={state}
            type="button"
            aria-pressed={solo === index}
            class={[solo >= 0 && solo !== index && 'faded', share === 0 && 'absent'].filter(Boolean).join(' ')}
            title={`Show only: ${STATE_STYLES[state].word}`}
            onClick={() => store.set({ solo: solo === index ? -1 : index })}
          >
            <Swatch state={state} />
            {STATE_STYLES[state].word}
            <b>{share} %</b>
          </button>
        );
      })}
    </div>
  );
}
