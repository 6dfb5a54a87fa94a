/** This file lists the panel's own colours: the six states in four kinds of theme, used where the host declares none (contributes.colors in package.json repeats them). */

/** Kinds of theme, as VS Code tells them apart. */
export type ThemeKind = 'dark' | 'light' | 'hc' | 'hcLight';

/** What a goroutine does, as far as pictures tell states apart. */
export const STATES = ['running', 'runnable', 'channel', 'lock', 'syscall', 'sleeping'] as const;
export type StateName = (typeof STATES)[number];

interface StateStyle {
  readonly word: string;
  /** Share of the height of a bar; readable without any colour. */
  readonly height: number;
  readonly pattern: 'solid' | 'diagonal' | 'dots' | 'vertical' | 'horizontal' | 'none';
  readonly colours: Readonly<Record<ThemeKind, string>>;
}

/** One row a state: word, height, pattern, colour by kind of theme. */
export const STATE_STYLES: Readonly<Record<StateName, StateStyle>> = {
  running: {
    word: 'Running',
    height: 1,
    pattern: 'solid',
    colours: { dark: '#4f86f7', light: '#2f5790', hc: '#9cc2ff', hcLight: '#0f4a85' },
  },
  runnable: {
    word: 'Runnable',
    height: 0.75,
    pattern: 'diagonal',
    colours: { dark: '#e5dfa0', light: '#b08e07', hc: '#f5efb0', hcLight: '#6b5500' },
  },
  channel: {
    word: 'Channel',
    height: 0.5,
    pattern: 'dots',
    colours: { dark: '#cb3f9b', light: '#b711df', hc: '#ff7fd0', hcLight: '#8a0aa8' },
  },
  lock: {
    word: 'Lock',
    height: 0.5,
    pattern: 'vertical',
    colours: { dark: '#e49b1b', light: '#b65f44', hc: '#ffb340', hcLight: '#8a3a20' },
  },
  syscall: {
    word: 'Syscall',
    height: 0.5,
    pattern: 'horizontal',
    colours: { dark: '#8be2da', light: '#049e90', hc: '#8be2da', hcLight: '#00665d' },
  },
  sleeping: {
    word: 'Sleeping',
    height: 0.34,
    pattern: 'none',
    colours: { dark: '#434546', light: '#dcdde0', hc: '#bbbbbb', hcLight: '#515151' },
  },
};

/** Custom property that carries the colour of a state: `interlane.state.running` of contributes.colors. */
export const stateVariable = (state: StateName): string => `--vscode-interlane-state-${state}`;

/** Colours of the panel that no theme defines. */
export const OWN_COLOURS = {
  /** Drawn over a state's fill to make its pattern. */
  pattern: { dark: 'rgba(0, 0, 0, 0.5)', light: 'rgba(255, 255, 255, 0.62)', hc: '#ffffff', hcLight: '#000000' },
  grid: { dark: '#2b2b2b', light: '#ececec', hc: '#303030', hcLight: '#e3e3e3' },
  /** Outline of a race diamond, so that greyscale keeps it. */
  diamond: { dark: '#ffffff', light: '#ffffff', hc: '#000000', hcLight: '#ffffff' },
  /** Laid over the past and the future of the selected event. */
  tint: {
    dark: 'rgba(255, 255, 255, 0.1)',
    light: 'rgba(0, 0, 0, 0.1)',
    hc: 'rgba(255, 255, 255, 0.12)',
    hcLight: 'rgba(0, 0, 0, 0.08)',
  },
  token: { dark: '#3c3f44', light: '#eceef2', hc: '#000000', hcLight: '#ffffff' },
  tokenBorder: { dark: '#6b7077', light: '#9aa0a8', hc: '#ffffff', hcLight: '#292929' },
} as const satisfies Record<string, Readonly<Record<ThemeKind, string>>>;

export type OwnColour = keyof typeof OWN_COLOURS;

/** VS Code's colours that we use, with what a page outside VS Code gets instead. */
export const HOST_COLOURS = {
  background: ['--vscode-editor-background', { dark: '#1f1f1f', light: '#ffffff', hc: '#000000', hcLight: '#ffffff' }],
  foreground: ['--vscode-foreground', { dark: '#cccccc', light: '#3b3b3b', hc: '#ffffff', hcLight: '#292929' }],
  focus: ['--vscode-focusBorder', { dark: '#0078d4', light: '#005fb8', hc: '#f38518', hcLight: '#006bbd' }],
  error: ['--vscode-editorError-foreground', { dark: '#f14c4c', light: '#e51400', hc: '#f48771', hcLight: '#b5200d' }],
  cursor: [
    '--vscode-editorCursor-foreground',
    { dark: '#aeafad', light: '#000000', hc: '#ffffff', hcLight: '#0f4a85' },
  ],
  link: ['--vscode-textLink-foreground', { dark: '#4daafc', light: '#005fb8', hc: '#21a6ff', hcLight: '#0f4a85' }],
  selection: [
    '--vscode-list-inactiveSelectionBackground',
    { dark: '#37373d', light: '#e4e6f1', hc: 'transparent', hcLight: 'transparent' },
  ],
} as const satisfies Record<string, readonly [string, Readonly<Record<ThemeKind, string>>]>;

export type HostColour = keyof typeof HOST_COLOURS;
