/**
 * This file names the colours of a drawing by the role they play. A drawing says only roles; a surface looks them up in the palette that it
 * was given: a browser's from the editor's theme, a file's from the defaults here.
 */
import { STATES, type State } from '../timeline/model';
import { contrast, cssColour, mix, over, parseColour, readableOn, type Rgba } from './colour';
import { STATE_STYLES } from './states';

/** Kinds of theme, as VS Code tells them apart. */
export const THEME_KINDS = ['dark', 'light', 'hc', 'hcLight'] as const;
export type ThemeKind = (typeof THEME_KINDS)[number];
export type ByKind<T> = Readonly<Record<ThemeKind, T>>;

/** Roles that a theme may give a colour, with the colour where it gives none. */
const GIVEN = {
  background: { dark: '#1f1f1f', light: '#ffffff', hc: '#000000', hcLight: '#ffffff' },
  foreground: { dark: '#cccccc', light: '#3b3b3b', hc: '#ffffff', hcLight: '#292929' },
  /** Ground of a group's header, and the lines around it. */
  band: { dark: '#181818', light: '#f8f8f8', hc: '#000000', hcLight: '#ffffff' },
  line: { dark: '#2b2b2b', light: '#e5e5e5', hc: '#6fc3df', hcLight: '#0f4a85' },
  focus: { dark: '#0078d4', light: '#005fb8', hc: '#f38518', hcLight: '#006bbd' },
  error: { dark: '#f14c4c', light: '#e51400', hc: '#f48771', hcLight: '#b5200d' },
  cursor: { dark: '#aeafad', light: '#000000', hc: '#ffffff', hcLight: '#0f4a85' },
  link: { dark: '#4daafc', light: '#005fb8', hc: '#21a6ff', hcLight: '#0f4a85' },
  /** Ground of the selected row. */
  selection: { dark: '#37373d', light: '#e4e6f1', hc: 'transparent', hcLight: 'transparent' },
} as const satisfies Record<string, ByKind<string>>;
export type GivenRole = keyof typeof GIVEN;
export const GIVEN_ROLES = Object.keys(GIVEN) as GivenRole[];

/** Roles that no theme knows. */
const OWN = {
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
} as const satisfies Record<string, ByKind<string>>;
type OwnRole = keyof typeof OWN;

/** Roles whose colour follows from others. */
type DerivedRole =
  | 'onRunning' // text and signs on a running bar
  | 'onFocus' // text on the focus colour
  | 'dim' // secondary text: 82 % foreground; in high contrast the foreground
  | 'faded'; // text of a timeline that no longer matches its file

export type Role = State | GivenRole | OwnRole | DerivedRole;

/** A colour as style sheets write them for each role. */
export type Palette = Readonly<Record<Role, string>>;

/** Roles that a theme or a user's settings may set. */
export type SetRole = State | GivenRole;

/** Share of the foreground in secondary text, and in what is stale; more where that could not be read. */
const DIM = 0.82;
const FADED = 0.74;
/** Contrast that text must have; a little above the 4.5 of WCAG, because grounds vary. */
const READABLE = 4.7;

export const isHighContrast = (kind: ThemeKind): boolean => kind === 'hc' || kind === 'hcLight';

/**
 * All colours of a kind of theme.
 * @param set the colour that a theme sets for a role; '' or nonsense: the default counts
 */
export function paletteOf(kind: ThemeKind, set: (role: SetRole) => string = () => ''): Palette {
  const pick = (role: SetRole, fallback: string): Rgba => parseColour(set(role)) ?? parseColour(fallback)!;
  const given = (role: GivenRole): Rgba => pick(role, GIVEN[role][kind]);
  const background = over(given('background'), [0, 0, 0, 1]);
  const foreground = over(given('foreground'), background);
  const state = (name: State): Rgba => over(pick(name, STATE_STYLES[name].colours[kind]), background);
  const grounds = [background, over(given('selection'), background)] as const;
  const strong = isHighContrast(kind);
  return {
    ...fromEntries(Object.keys(OWN) as OwnRole[], (role) => OWN[role][kind]),
    ...fromEntries(GIVEN_ROLES, (role) => cssColour(given(role))),
    ...fromEntries(STATES, (name) => cssColour(state(name))),
    background: cssColour(background),
    foreground: cssColour(foreground),
    onRunning: cssColour(readableOn(state('running'))),
    onFocus: cssColour(onFocus(given('focus'))),
    dim: cssColour(strong ? foreground : quieter(foreground, grounds, DIM)),
    faded: cssColour(strong ? foreground : quieter(foreground, grounds, FADED)),
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

function fromEntries<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
