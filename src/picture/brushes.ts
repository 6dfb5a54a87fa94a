/** This file is the table of how rectangles are filled: a style by name, its brush in roles. */
import { STATES, type State } from '../timeline/model';
import type { Role } from './palette';
import type { PatternKind } from './patterns';
import { STATE_STYLES } from './states';

/** How a rectangle is filled: the states in the model's order, so that a state's code is its style, then the rest. */
export const STYLES = [
  ...STATES,
  'token', // a value, a holder
  'lost', // a value that was overwritten: red outline, no fill
  'pending', // being created: dashed outline, hatched
  'foreground',
  'dim',
  'faint', // base lines
  'grid',
  'line', // around the band of a group
  'band',
  'tint',
  'background',
  'area', // how full a large buffer is
  'queued', // length of a run queue: as runnable, with sharp corners
  'edge', // on top of an area
  'gap', // where events are left out: the ground under all lanes
] as const;
export type StyleName = (typeof STYLES)[number];
/** Index into STYLES. */
export type StyleCode = number;
export const Style = Object.fromEntries(STYLES.map((name, index) => [name, index])) as Record<StyleName, StyleCode>;

export interface Brush {
  /** undefined: not filled. */
  readonly fill: Role | undefined;
  /** Laid over the fill. */
  readonly pattern: { readonly kind: PatternKind; readonly ink: Role } | undefined;
  /** The one colour of rectangles that are too narrow for patterns and outlines. */
  readonly plain: Role;
  readonly stroke: Role | undefined;
  readonly dash: readonly number[];
  /** Px of rounded corners. */
  readonly radius: number;
}

/** Corner of a bar. */
const RADIUS = 3;
const PLAIN = { pattern: undefined, stroke: undefined, dash: [], radius: 0 };
const flat = (role: Role): Brush => ({ ...PLAIN, fill: role, plain: role });

const OTHERS: Readonly<Record<Exclude<StyleName, State | 'queued'>, Brush>> = {
  token: { ...PLAIN, fill: 'token', plain: 'tokenBorder', stroke: 'tokenBorder', radius: 2 },
  lost: { ...PLAIN, fill: undefined, plain: 'error', stroke: 'error', radius: 2 },
  pending: {
    fill: undefined,
    pattern: { kind: 'hatch', ink: 'dim' },
    plain: 'dim',
    stroke: 'dim',
    dash: [2, 2],
    radius: 2,
  },
  foreground: flat('foreground'),
  dim: flat('dim'),
  faint: flat('grid'),
  grid: flat('grid'),
  line: flat('line'),
  band: flat('band'),
  tint: flat('tint'),
  background: flat('background'),
  area: flat('token'),
  edge: flat('tokenBorder'),
  gap: { ...PLAIN, fill: undefined, pattern: { kind: 'hatch', ink: 'dim' }, plain: 'grid' },
};

/** Colour with its pattern; in high contrast the pattern and an outline in the state's colour on the background. */
function stateBrush(state: State, highContrast: boolean): Brush {
  const { pattern: kind, outlined } = STATE_STYLES[state];
  const stroke = highContrast ? state : outlined ? 'dim' : undefined;
  const bare = highContrast && (kind !== undefined || outlined === true);
  const ink = highContrast ? state : 'pattern';
  return {
    fill: bare ? 'background' : state,
    pattern: kind && { kind, ink },
    plain: state,
    stroke,
    dash: [],
    radius: RADIUS,
  };
}

/** The brush of every style, by its code. */
export function brushesOf(highContrast: boolean): readonly Brush[] {
  return STYLES.map((name): Brush => {
    if (name === 'queued') return { ...stateBrush('runnable', highContrast), radius: 0 };
    return name in STATE_STYLES
      ? stateBrush(name as State, highContrast)
      : OTHERS[name as Exclude<StyleName, State | 'queued'>];
  });
}
