/** This file shows the states' fills outside the canvas: the patterns once, and samples that refer to them. */
import type { VNode } from 'preact';
import { SWATCH } from '../../picture/legend';
import { TILES } from '../../picture/patterns';
import { STATE_STYLES } from '../../picture/states';
import { STATES, type State } from '../../timeline/model';

/** The patterns, for every svg of the page; style classes give the colours. */
export function PatternDefinitions(): VNode {
  return (
    <svg class="definitions" width="0" height="0" aria-hidden="true">
      <defs>
        {STATES.map((state) => (
          <Pattern key={state} state={state} />
        ))}
      </defs>
    </svg>
  );
}

function Pattern({ state }: { state: State }): VNode | null {
  const { pattern } = STATE_STYLES[state];
  if (!pattern) return null;
  const { pitch, turn, path } = TILES[pattern];
  return (
    <pattern
      id={`p-${state}`}
      width={pitch}
      height={pitch}
      patternUnits="userSpaceOnUse"
      patternTransform={`rotate(${turn})`}
    >
      <rect class={`ground ${state}`} width={pitch} height={pitch} />
      <path class={`ink ${state}`} d={path} />
    </pattern>
  );
}

/** Fill of a state for an svg shape. */
export function stateFill(state: State): { class: string; fill?: string } {
  const bar = { class: `bar ${state}` };
  return STATE_STYLES[state].pattern ? { ...bar, fill: `url(#p-${state})` } : bar;
}

/** A sample of a state: its colour, pattern and height. */
export function Swatch({ state }: { state: State }): VNode {
  const { width, height: full } = SWATCH;
  const height = Math.round(full * STATE_STYLES[state].height);
  return (
    <svg class="swatch" width={width} height={full} aria-hidden="true">
      <rect x=".5" y={full - height + 0.5} width={width - 1} height={height - 1} rx="2" {...stateFill(state)} />
    </svg>
  );
}
