/** This file shows the states' fills outside the canvas: the patterns once, and samples that refer to them. */
import type { VNode } from 'preact';
import { STATES, STATE_STYLES, type StateName } from '../palette';

/** The patterns, for every svg of the page; style classes give the colours. */
export function PatternDefinitions(): VNode {
  return (
    <svg class="definitions" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="p-runnable" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="ground runnable" width="6" height="6" />
          <path class="ink runnable" d="M1 0V6" stroke-width="2" />
        </pattern>
        <pattern id="p-channel" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect class="ground channel" width="5" height="5" />
          <circle class="ink dot channel" cx="2.5" cy="2.5" r="1.25" />
        </pattern>
        <pattern id="p-lock" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect class="ground lock" width="5" height="5" />
          <path class="ink lock" d="M1.25 0V5" stroke-width="2" />
        </pattern>
        <pattern id="p-syscall" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect class="ground syscall" width="5" height="5" />
          <path class="ink syscall" d="M0 2.5H5" stroke-width="1.5" />
        </pattern>
      </defs>
    </svg>
  );
}

/** Fill of a state for an svg shape. */
export function stateFill(state: StateName): { class: string; fill?: string } {
  return state === 'running' || state === 'sleeping'
    ? { class: `bar ${state}` }
    : { class: `bar ${state}`, fill: `url(#p-${state})` };
}

/** A sample of a state: its colour, pattern and height. */
export function Swatch({ state, index }: { state?: StateName; index?: number }): VNode | null {
  const name = state ?? STATES[index ?? -1];
  if (!name) return null;
  const height = Math.round(14 * STATE_STYLES[name].height);
  return (
    <svg class="swatch" width="22" height="14" aria-hidden="true">
      <rect x=".5" y={14 - height + 0.5} width="21" height={height - 1} rx="2" {...stateFill(name)} />
    </svg>
  );
}
