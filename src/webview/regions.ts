/**
 * This file lays out the panel: one table of its regions, what each wants, and in which order they give way. Nothing else decides on the size of
 * a region. A new view adds its row here, with what it gives up before the lanes and the canvas do.
 */
import { HEADER_WIDTH, NARROW_BELOW } from '../picture/layout';
import { divide, type Concession, type Division } from './divide';

/** Regions one above the other. The lanes' place is also that of the table. */
export type Row = 'toolbar' | 'verdict' | 'overview' | 'ruler' | 'lanes' | 'legend' | 'drawer';
/** Regions side by side: the lanes' headers, the drawing area, the air right of it, the pane. */
export type Column = 'header' | 'canvas' | 'margin' | 'pane';

/** Where the explanation is: right of the timeline, or in a drawer below it. */
export type Orientation = 'beside' | 'below';

/** Px that a person gave to the explanation; absent: whatever the table says. */
export type ChosenSizes = Readonly<Partial<Record<Orientation, number>>>;

/** What decides on sizes. */
export interface Given {
  /** Px of the panel. */
  readonly width: number;
  readonly height: number;
  /** Px of its type. */
  readonly font: number;
  /** The timeline stands alone. */
  readonly alone: boolean;
  /** The table stands in the place of the lanes. */
  readonly table: boolean;
  /** Whether the drawer is open, if there is one. */
  readonly open: boolean;
  readonly chosen: ChosenSizes;
  /** Px of what the verdict says, on one line. */
  readonly said: number;
  /** Px of the widest name of a goroutine. */
  readonly names: number;
  /** Px of the first three lanes and of the first five, drawn as low as possible. */
  readonly lanes: { readonly three: number; readonly five: number };
}

export interface Regions extends Readonly<Record<Row | Column, number>> {
  readonly orientation: Orientation;
  /** Lines of the verdict; longer ones are cut. */
  readonly lines: number;
  /** There is no room for labels that can be done without. */
  readonly narrow: boolean;
  /** Between timeline and explanation: the least and the most px of the explanation; undefined where nothing can be moved. */
  readonly splitter: { readonly least: number; readonly most: number } | undefined;
}

/** Size of type that the table's px are meant for. */
const FONT = 13;
/** From here on there is room for the pane beside the timeline. */
const BESIDE_FROM = 1000;
/** A lower panel has no room for a drawer: the pane is beside the timeline if the canvas keeps what it wants. */
const LOW_BELOW = 420;

/** Px that the canvas keeps before the headers have given all they can. */
const CANVAS = 420;
/** Right of the canvas: as much as VS Code's scroll bars take. */
const MARGIN = 10;
/** Headers that say nothing but names; and the air around those. */
export const NAMES_ONLY = 36;
const NAME_AIR = 8;
/** From here on headers say more than names. */
export const DETAILS_FROM = 120;
const PANE = { best: 320, good: 280, least: 240 };
/** The drawer: least px with something to read, its head alone, most by itself as a share of the panel's height. */
const DRAWER = { least: 120, head: 33, share: 0.35 };
/** Px of a line of the verdict, of the air around them, and of what stands beside them: icon, paddings, button. */
const VERDICT = { line: 20, air: 16, beside: 56, button: 60, most: 3, few: 2 };
const OVERVIEW = 44;
const RULER = 28;
const LEGEND = 32;
const TOOLBAR = 40;

/** The regions' sizes. Those of a direction add up to the panel's. */
export function layOutPanel(given: Given): Regions {
  const orientation = orientationOf(given);
  const lines = linesOf(given, orientation);
  const rows = divide(Math.floor(given.height), down(given, orientation, lines));
  const columns = divide(Math.floor(given.width), across(given, orientation));
  return {
    ...rows,
    ...columns,
    orientation,
    lines: [lines, VERDICT.few].find((count) => verdictOf(count, given) <= rows.verdict) ?? 1,
    narrow: given.width < NARROW_BELOW,
    splitter: splitterOf(given, orientation),
  };
}

function orientationOf({ width, height }: Given): Orientation {
  const low = height > 0 && height < LOW_BELOW && width >= NAMES_ONLY + CANVAS + MARGIN + PANE.least;
  return width >= BESIDE_FROM || low ? 'beside' : 'below';
}

/** Never more than one beside the pane, where the panel is wide. */
function linesOf({ said, width }: Given, orientation: Orientation): number {
  const room = width - VERDICT.beside - (width < NARROW_BELOW ? 0 : VERDICT.button);
  return orientation === 'beside' || room <= 0 ? 1 : Math.min(VERDICT.most, Math.max(1, Math.ceil(said / room)));
}

/** Type that is larger needs more room. */
const scaled = (px: number, { font }: Given): number => Math.round(px * Math.max(1, font / FONT));

/** Px of so many lines of the verdict. */
const verdictOf = (lines: number, given: Given): number => scaled(VERDICT.air + lines * VERDICT.line, given);

/** The table of the regions from top to bottom. */
function down(given: Given, orientation: Orientation, lines: number): Division<Row> {
  const { alone, table, open, lanes, chosen } = given;
  const bars = (px: number): number => (alone ? 0 : scaled(px, given));
  const picture = (px: number): number => (table ? 0 : scaled(px, given));
  const head = scaled(DRAWER.head, given);
  const own = chosen.below !== undefined;
  const drawer = orientation === 'beside' || alone ? 0 : open ? drawerOf(given) : head;
  const order: Concession<Row>[] = [
    // A person who made the drawer large wants it to be large.
    ...(own ? [] : [{ part: 'drawer', to: DRAWER.least } as const]),
    { part: 'legend', to: 0, whole: true },
    { part: 'overview', to: 0, whole: true },
    { part: 'verdict', to: verdictOf(VERDICT.few, given), whole: true },
    { part: 'lanes', to: lanes.three },
    { part: 'verdict', to: verdictOf(1, given), whole: true },
    { part: 'drawer', to: DRAWER.least },
    { part: 'drawer', to: head },
    { part: 'ruler', to: 0, whole: true },
    { part: 'verdict', to: 0, whole: true },
    { part: 'drawer', to: 0 },
    { part: 'lanes', to: 0 },
    { part: 'toolbar', to: 0 },
  ];
  return {
    best: {
      toolbar: bars(TOOLBAR),
      verdict: alone ? 0 : verdictOf(lines, given),
      overview: picture(OVERVIEW),
      ruler: picture(RULER),
      lanes: own ? lanes.three : lanes.five,
      legend: alone ? 0 : picture(LEGEND),
      drawer,
    },
    order,
    slack: 'lanes',
  };
}

/** Px that the drawer wants when it is open. */
function drawerOf(given: Given): number {
  const { least, most } = drawerLimits(given);
  const { below } = given.chosen;
  return below === undefined ? Math.floor(given.height * DRAWER.share) : clamp(below, least, most);
}

/** A person may leave the lanes no more than three of them. */
function drawerLimits(given: Given): { least: number; most: number } {
  const { height, lanes } = given;
  const others = scaled(TOOLBAR, given) + verdictOf(VERDICT.few, given) + scaled(RULER, given);
  return { least: DRAWER.least, most: Math.max(DRAWER.least, Math.floor(height) - others - lanes.three) };
}

/** The table of the regions from left to right. */
function across(given: Given, orientation: Orientation): Division<Column> {
  const { alone, table, chosen } = given;
  const beside = orientation === 'beside' && !alone;
  const header = table ? 0 : HEADER_WIDTH.wide;
  const { least, most } = paneLimits(given);
  const pane = beside ? clamp(chosen.beside ?? PANE.best, least, most) : 0;
  return {
    best: { header, canvas: CANVAS, margin: table ? 0 : MARGIN, pane },
    order: [
      ...(chosen.beside === undefined ? [{ part: 'pane', to: PANE.good } as const] : []),
      { part: 'header', to: leastHeader(given) },
      { part: 'pane', to: PANE.least },
      { part: 'canvas', to: 0 },
      { part: 'pane', to: 0 },
      { part: 'header', to: 0 },
      { part: 'margin', to: 0 },
    ],
    slack: 'canvas',
  };
}

/** Px of a header that says nothing but the names of goroutines. */
const leastHeader = ({ names }: Given): number =>
  Math.min(Math.max(NAMES_ONLY, Math.ceil(names) + NAME_AIR), HEADER_WIDTH.narrow);

/** A person may leave the canvas no less than it wants. */
function paneLimits(given: Given): { least: number; most: number } {
  const others = leastHeader(given) + MARGIN + CANVAS;
  return { least: PANE.least, most: Math.max(PANE.least, Math.floor(given.width) - others) };
}

function splitterOf(given: Given, orientation: Orientation): Regions['splitter'] {
  if (given.alone || (orientation === 'below' && !given.open)) return undefined;
  return orientation === 'beside' ? paneLimits(given) : drawerLimits(given);
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
