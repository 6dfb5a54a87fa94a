/** This file turns the custom properties of the page into the colours that canvases draw with. */
import { contrast, cssColour, mix, over, parseColour, readableOn, type Rgba } from './colour';
import {
  HOST_COLOURS,
  OWN_COLOURS,
  STATES,
  STATE_STYLES,
  stateVariable,
  type HostColour,
  type OwnColour,
  type StateName,
  type ThemeKind,
} from './palette';

/** Everything a renderer needs to know about colours and type; all colours as style sheets write them. */
export interface Theme extends Readonly<Record<HostColour | OwnColour, string>> {
  readonly kind: ThemeKind;
  readonly highContrast: boolean;
  readonly states: Readonly<Record<StateName, string>>;
  /** Text and signs on a running bar. */
  readonly onRunning: string;
  /** Text on the focus colour. */
  readonly onFocus: string;
  /** Secondary text: 82 % foreground; in high contrast the foreground. */
  readonly dim: string;
  /** Text of a timeline that no longer matches its file. */
  readonly faded: string;
  readonly fontFamily: string;
  readonly monoFamily: string;
  /** Text size of lane annotations and so on, relative to the 13 px of the design. */
  readonly textScale: number;
}

/** Share of the foreground in secondary text, and in what is stale; more where that could not be read. */
const DIM = 0.82;
const FADED = 0.74;
/** Contrast that text must have; a little above the 4.5 of WCAG, because grounds vary. */
const READABLE = 4.7;
/** Size for which the layout is drawn. */
const DESIGN_SIZE = 13;

const KINDS: Readonly<Record<string, ThemeKind>> = {
  'vscode-dark': 'dark',
  'vscode-light': 'light',
  'vscode-high-contrast': 'hc',
  'vscode-high-contrast-light': 'hcLight',
};

/** The kind of theme from VS Code's mark on the body; `classes` where the attribute is missing. */
export function themeKind(attribute: string | undefined, classes: readonly string[] = []): ThemeKind {
  const named = attribute ? KINDS[attribute] : undefined;
  if (named) return named;
  for (const name of ['vscode-high-contrast-light', 'vscode-high-contrast', 'vscode-light']) {
    if (classes.includes(name)) return KINDS[name]!;
  }
  return 'dark';
}

/**
 * Resolves all colours.
 * @param read the value of a custom property; '' when it is not set.
 */
export function resolveTheme(kind: ThemeKind, read: (property: string) => string): Theme {
  const pick = (property: string, fallback: string): Rgba => parseColour(read(property)) ?? parseColour(fallback)!;
  const host = (name: HostColour): Rgba => pick(HOST_COLOURS[name][0], HOST_COLOURS[name][1][kind]);
  const highContrast = kind === 'hc' || kind === 'hcLight';
  const background = over(host('background'), [0, 0, 0, 1]);
  const foreground = over(host('foreground'), background);
  const state = (name: StateName): Rgba =>
    over(pick(stateVariable(name), STATE_STYLES[name].colours[kind]), background);
  const grounds = [background, over(host('selection'), background)] as const;
  const size = parseFloat(read('--vscode-font-size'));
  return {
    kind,
    highContrast,
    ...fromEntries(Object.keys(OWN_COLOURS) as OwnColour[], (name) => OWN_COLOURS[name][kind]),
    ...fromEntries(Object.keys(HOST_COLOURS) as HostColour[], (name) => cssColour(host(name))),
    background: cssColour(background),
    foreground: cssColour(foreground),
    states: fromEntries(STATES, (name) => cssColour(state(name))),
    onRunning: cssColour(readableOn(state('running'))),
    onFocus: cssColour(onFocus(host('focus'))),
    dim: cssColour(highContrast ? foreground : quieter(foreground, grounds, DIM)),
    faded: cssColour(highContrast ? foreground : quieter(foreground, grounds, FADED)),
    fontFamily: read('--vscode-font-family').trim() || 'system-ui, sans-serif',
    monoFamily: read('--vscode-editor-font-family').trim() || 'monospace',
    textScale: size > 0 ? Math.min(Math.max(size / DESIGN_SIZE, 0.92), 1.6) : 1,
  };
}

/** The foreground, toned down as far as it stays readable on the background and on a selected row. */
function quieter(foreground: Rgba, [background, selected]: readonly [Rgba, Rgba], share: number): Rgba {
  for (let part = share; part < 1; part += 0.02) {
    const mixed = mix(foreground, background, part);
    if (contrast(mixed, background) >= READABLE && contrast(mixed, selected) >= READABLE) return mixed;
  }
  return foreground;
}

/** White as long as it can be read, as VS Code's buttons have it; else the better one. */
function onFocus(focus: Rgba): Rgba {
  const white: Rgba = [255, 255, 255, 1];
  return contrast(white, focus) >= 4.4 ? white : readableOn(focus);
}

/** The theme of the page as it is now. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const body = document.body;
  const kind = themeKind(body.dataset.vscodeThemeKind, [...body.classList]);
  return resolveTheme(kind, (property) => style.getPropertyValue(property));
}

/** Gives style sheets the colours that only computation can find. */
export function publishTheme({ dim, faded }: Theme, root: HTMLElement): void {
  root.style.setProperty('--dim', dim);
  root.style.setProperty('--faded', faded);
}

/** Calls back whenever VS Code switches the theme or changes its colours. @returns stops watching */
export function watchTheme(changed: (theme: Theme) => void): () => void {
  const observer = new MutationObserver(() => changed(readTheme()));
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}

function fromEntries<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
