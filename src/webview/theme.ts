/** This file turns the custom properties of the page into the palette that canvases and style sheets draw with. */
import {
  isHighContrast,
  paletteOf,
  type GivenRole,
  type Palette,
  type SetRole,
  type ThemeKind,
} from '../picture/palette';
import { colourId } from '../picture/states';
import { STATES, type State } from '../timeline/model';

/** Everything a canvas needs to know about colours and type. */
export interface Theme {
  readonly kind: ThemeKind;
  readonly highContrast: boolean;
  readonly palette: Palette;
  readonly fontFamily: string;
  /** Text size of lane annotations and so on, relative to the 13 px of the design. */
  readonly textScale: number;
}

/** VS Code's colour for each role that it has one for. */
const PROPERTIES: Readonly<Record<GivenRole, string>> = {
  background: '--vscode-editor-background',
  foreground: '--vscode-foreground',
  band: '--vscode-sideBar-background',
  line: '--vscode-panel-border',
  focus: '--vscode-focusBorder',
  error: '--vscode-editorError-foreground',
  cursor: '--vscode-editorCursor-foreground',
  link: '--vscode-textLink-foreground',
  selection: '--vscode-list-inactiveSelectionBackground',
};

/** Custom property that carries the colour of a state: `--vscode-interlane-state-running`. */
const stateProperty = (state: State): string => `--vscode-${colourId(state).replaceAll('.', '-')}`;
const isState = (role: SetRole): role is State => (STATES as readonly string[]).includes(role);

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
  const size = parseFloat(read('--vscode-font-size'));
  return {
    kind,
    highContrast: isHighContrast(kind),
    palette: paletteOf(kind, (role) => read(isState(role) ? stateProperty(role) : PROPERTIES[role])),
    fontFamily: read('--vscode-font-family').trim() || 'system-ui, sans-serif',
    textScale: size > 0 ? Math.min(Math.max(size / DESIGN_SIZE, 0.92), 1.6) : 1,
  };
}

/** The theme of the page as it is now. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const body = document.body;
  const kind = themeKind(body.dataset.vscodeThemeKind, [...body.classList]);
  return resolveTheme(kind, (property) => style.getPropertyValue(property));
}

/** Gives style sheets the colours that only computation can find, and those of the pictures: `--dim`, `--state-lock`. */
export function publishTheme({ palette }: Theme, root: HTMLElement): void {
  for (const role of ['dim', 'faded', 'grid', 'tint', 'pattern'] as const)
    root.style.setProperty(`--${role}`, palette[role]);
  for (const state of STATES) root.style.setProperty(`--state-${state}`, palette[state]);
}

/** Calls back whenever VS Code switches the theme or changes its colours. @returns stops watching */
export function watchTheme(changed: (theme: Theme) => void): () => void {
  const observer = new MutationObserver(() => changed(readTheme()));
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}
