/**
 * This file is the table of what a goroutine's states look like and are called. The panel's canvas and legend, the SVG file, the editor's
 * theme (`contributes.colors` of package.json, which cannot import and is compared by test) all read it.
 */
import type { State } from '../timeline/model';
import type { ByKind } from './palette';
import type { PatternKind } from './patterns';

export interface StateStyle {
  /** In the legend and in tooltips. */
  readonly word: string;
  /** Completes `Timeline: a goroutine that is …` in the editor's list of colours. */
  readonly meaning: string;
  /** Share of the height of a running bar; readable without any colour. */
  readonly height: number;
  /** What lies over the colour; undefined: nothing. */
  readonly pattern?: PatternKind;
  /** Whether the bar needs an outline to be seen in every theme. */
  readonly outlined?: true;
  readonly colours: ByKind<string>;
}

/** One row a state. */
export const STATE_STYLES: Readonly<Record<State, StateStyle>> = {
  running: {
    word: 'Running',
    meaning: 'running',
    height: 1,
    colours: { dark: '#4f86f7', light: '#2f5790', hc: '#9cc2ff', hcLight: '#0f4a85' },
  },
  runnable: {
    word: 'Runnable',
    meaning: 'runnable: waiting for a processor',
    height: 0.75,
    pattern: 'diagonal',
    colours: { dark: '#e5dfa0', light: '#b08e07', hc: '#f5efb0', hcLight: '#6b5500' },
  },
  channel: {
    word: 'Channel',
    meaning: 'blocked on a channel or select',
    height: 0.5,
    pattern: 'dots',
    colours: { dark: '#cb3f9b', light: '#b711df', hc: '#ff7fd0', hcLight: '#8a0aa8' },
  },
  lock: {
    word: 'Lock',
    meaning: 'blocked on a lock or a WaitGroup',
    height: 0.5,
    pattern: 'vertical',
    colours: { dark: '#e49b1b', light: '#b65f44', hc: '#ffb340', hcLight: '#8a3a20' },
  },
  syscall: {
    word: 'Syscall',
    meaning: 'in a system call, or waiting for I/O',
    height: 0.5,
    pattern: 'horizontal',
    colours: { dark: '#8be2da', light: '#049e90', hc: '#8be2da', hcLight: '#00665d' },
  },
  sleeping: {
    word: 'Sleeping',
    meaning: 'sleeping, or waiting for a timer',
    height: 0.34,
    outlined: true,
    colours: { dark: '#434546', light: '#dcdde0', hc: '#bbbbbb', hcLight: '#515151' },
  },
  unrecorded: {
    word: 'Not recorded',
    meaning: 'not recorded: what it did is told in sums',
    height: 0.75,
    pattern: 'hatch',
    outlined: true,
    colours: { dark: '#8d9298', light: '#868b91', hc: '#ffffff', hcLight: '#292929' },
  },
};

/** Name of a state's colour in `contributes.colors`: a theme's author and a user's settings write it. */
export const colourId = (state: State): string => `interlane.state.${state}`;
