/** This file defines how exported pictures look: the colours of the two themes, the pattern of each state, and the words of SVG. */
import { STATES } from '../timeline/model';
import type { State } from '../timeline/model';

export type SvgThemeName = 'light' | 'dark';

export interface SvgTheme {
  readonly background: string;
  readonly foreground: string;
  /** Secondary text. */
  readonly dim: string;
  readonly grid: string;
  readonly header: string;
  readonly token: string;
  readonly tokenEdge: string;
  readonly error: string;
  /** Text on a running bar. */
  readonly onRunning: string;
  /** Lines of a pattern over its fill. */
  readonly overlay: string;
  readonly states: Readonly<Record<State, string>>;
}

export const SVG_THEMES: Readonly<Record<SvgThemeName, SvgTheme>> = {
  light: {
    background: '#ffffff',
    foreground: '#3b3b3b',
    dim: '#5e5e5e',
    grid: '#e5e5e5',
    header: '#f3f3f3',
    token: '#eceef2',
    tokenEdge: '#8a8f98',
    error: '#e51400',
    onRunning: '#ffffff',
    overlay: 'rgba(255,255,255,0.62)',
    states: {
      running: '#2f5790',
      runnable: '#b08e07',
      channel: '#b711df',
      lock: '#b65f44',
      syscall: '#049e90',
      sleep: '#dcdde0',
    },
  },
  dark: {
    background: '#1f1f1f',
    foreground: '#cccccc',
    dim: '#adadad',
    grid: '#2b2b2b',
    header: '#181818',
    token: '#37373d',
    tokenEdge: '#7a7f87',
    error: '#f14c4c',
    onRunning: '#000000',
    overlay: 'rgba(0,0,0,0.5)',
    states: {
      running: '#4f86f7',
      runnable: '#e5dfa0',
      channel: '#cb3f9b',
      lock: '#e49b1b',
      syscall: '#8be2da',
      sleep: '#434546',
    },
  },
};

/** Height of a bar of each state, of a running bar's 24. */
export const STATE_HEIGHTS: Readonly<Record<State, number>> = {
  running: 24,
  runnable: 18,
  channel: 12,
  lock: 12,
  syscall: 12,
  sleep: 8,
};

export const STATE_WORDS: Readonly<Record<State, string>> = {
  running: 'Running',
  runnable: 'Runnable',
  channel: 'Channel',
  lock: 'Lock',
  syscall: 'Syscall',
  sleep: 'Sleeping',
};

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; numbers are cut to two decimals, so that the same picture is the same text on every platform. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? number(value) : escape(value!)}"`)
    .join('');
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export function number(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

export function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(CONTROL, '\ufffd');
}

/** Characters that XML 1.0 does not allow, unpaired surrogates included. */
const CONTROL = new RegExp(
  '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]',
  'g',
);

/** Definitions of the patterns; `fillOf` refers to them. */
export function patterns(theme: SvgTheme): string {
  const { overlay, states } = theme;
  const line = (d: string, width: number): string => element('path', { d, stroke: overlay, 'stroke-width': width });
  const marks: Readonly<Record<State, { size: number; marks: string; turn?: number } | undefined>> = {
    running: undefined,
    runnable: { size: 6, marks: line('M0 0V6', 3), turn: 45 },
    channel: { size: 5, marks: element('circle', { cx: 2.5, cy: 2.5, r: 1.3, fill: overlay }) },
    lock: { size: 5, marks: line('M1 0V5', 2) },
    syscall: { size: 5, marks: line('M0 2.5H5', 1.5) },
    sleep: undefined,
  };
  const made = STATES.map((state) => {
    const pattern = marks[state];
    if (!pattern) return '';
    const { size, turn } = pattern;
    const fill = element('rect', { width: size, height: size, fill: states[state] });
    return element(
      'pattern',
      {
        id: `state-${state}`,
        width: size,
        height: size,
        patternUnits: 'userSpaceOnUse',
        patternTransform: turn === undefined ? undefined : `rotate(${turn})`,
      },
      fill + pattern.marks,
    );
  });
  return element('defs', {}, made.join(''));
}

export function fillOf(theme: SvgTheme, state: State): string {
  return state === 'running' || state === 'sleep' ? theme.states[state] : `url(#state-${state})`;
}
