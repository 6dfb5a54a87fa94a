/**
 * This file places the words of a picture: none over another, over a mark or over the edge. The more a text matters the earlier it is
 * placed; where the long form finds no room a shorter one may, and what finds none is left out: the pointer still tells it.
 *
 * What decides is what stands around a text, not where the window begins: of equals, those go first that come first in an order that the
 * window does not change ({@link Label.rank}). Greedy point-feature labelling, as in Christensen, Marks and Shieber, An Empirical Study of
 * Algorithms for Point-Feature Label Placement, ACM ToG 14(3), 1995, with priorities in place of a global cost.
 */
import type { Surface, TextStyle } from './surface';

/** What is placed before what. */
export const PRIORITIES = ['finding', 'selected', 'state', 'annotation', 'tick'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Where a text may stand. In px of the surface. */
export interface Spot {
  /** Base line. */
  readonly y: number;
  /** Where it begins ('left'), ends ('right') or has its middle. */
  readonly x: number;
  readonly align: 'left' | 'center' | 'right';
  /** What it must stay between. A text in the middle of something is moved into it; others may be moved within it by `slide`. */
  readonly from: number;
  readonly to: number;
  /** Px that it may be moved away from `x` to pass what is in its way; 0 unless told. */
  readonly slide?: number;
}

/** What may be written where. */
interface Form {
  /** In order of preference; '' says nothing. */
  readonly texts: readonly string[];
  /** In order of preference. */
  readonly spots: readonly Spot[];
}

/** A text that wants to be on the picture. */
export interface Label extends Form {
  readonly priority: Priority;
  /** What to try when that finds no room. */
  readonly otherwise?: Form;
  readonly style: TextStyle;
  /** Number of what it belongs to, a row of the trace: which of two equal ones goes first. 0 unless told. */
  readonly rank?: number;
  /** Least px of its box, which has the text in its middle; the text's own size unless told. */
  readonly box?: { readonly width: number; readonly height: number };
  /** Rather across a line than not at all. */
  readonly overLines?: boolean;
  /** What lies under it. */
  readonly ground?: (surface: Surface, box: Bounds) => void;
  /** Drawn over the lanes and their headers instead of on the lanes. */
  readonly over?: boolean;
}

/** A rectangle in px. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A text with its place. */
export interface Placed {
  readonly label: Label;
  readonly text: string;
  readonly spot: Spot;
  /** As for `Surface.drawText`. */
  readonly x: number;
  readonly box: Bounds;
}

/** Shares of the type's size above and below the base line: capitals and the tails of letters. */
const ASCENT = 0.76;
const DESCENT = 0.22;
/** Px between a text and what it was moved past. */
const AIR = 4;
/** Px between two texts on one line, lest they are read as one. */
export const APART = 3;
/** Size of a cell in which boxes are looked up. */
const CELL = { width: 96, height: 20 };
/** Px of a line's course that are taken as one box. */
const LINE_STEP = 12;

/** Px that two sums of the same lengths may differ by. */
const EPSILON = 0.01;

type Type = Pick<Surface, 'measure' | 'typeSize'>;

/** The words of one picture. */
export class Labels {
  /** By priority, as offered. */
  private readonly offered: readonly Label[][] = PRIORITIES.map(() => []);
  /** What is taken: left, top, right, bottom, and whether it is a line (1) of each box. */
  private readonly boxes: number[] = [];
  /** Boxes by cell, in lists: a box, the next entry. */
  private readonly entries: number[] = [];
  /** First entry by cell; -1: none. Boxes above the first row and below the last are in those. */
  private readonly heads: Int32Array;
  private readonly columns: number;
  private readonly rows: number;

  /** Px of the surface: no text leaves it at its sides. */
  constructor(
    private readonly width: number,
    height: number,
  ) {
    this.columns = Math.max(1, Math.ceil(width / CELL.width));
    this.rows = Math.max(1, Math.ceil(height / CELL.height));
    this.heads = new Int32Array(this.columns * this.rows).fill(-1);
  }

  offer(label: Label): void {
    this.offered[PRIORITIES.indexOf(label.priority)]!.push(label);
  }

  /** Keeps a place free of words: a mark, or what is drawn there. */
  block(left: number, top: number, right: number, bottom: number): void {
    this.enter(left, top, right, bottom, 0);
  }

  /** Keeps the course of a line free of words; `half`: half of its width in px. */
  blockLine(points: readonly { readonly x: number; readonly y: number }[], half: number): void {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1]!, points[i]!];
      const parts = a.x === b.x ? 1 : Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / LINE_STEP));
      for (let k = 0; k < parts; k++) {
        const [x1, x2] = [a.x + ((b.x - a.x) * k) / parts, a.x + ((b.x - a.x) * (k + 1)) / parts];
        const [y1, y2] = [a.y + ((b.y - a.y) * k) / parts, a.y + ((b.y - a.y) * (k + 1)) / parts];
        const [top, bottom] = [Math.min(y1, y2) - half, Math.max(y1, y2) + half];
        this.enter(Math.min(x1, x2) - half, top, Math.max(x1, x2) + half, bottom, 1);
      }
    }
  }

  /** Places what was offered. @returns in the order of placing */
  place(type: Type): Placed[] {
    const placed: Placed[] = [];
    for (const labels of this.offered) {
      if (labels.some(({ rank = 0 }) => rank !== 0)) labels.sort(byRank);
      for (const label of labels) {
        const found = this.placeOne(type, label, true) ?? (label.overLines && this.placeOne(type, label, false));
        if (!found) continue;
        placed.push(found);
        const { left, top, right, bottom } = found.box;
        this.block(left - APART, top, right + APART, bottom);
      }
      labels.length = 0;
    }
    return placed;
  }

  /** @param lines whether it keeps off lines */
  private placeOne(type: Type, label: Label, lines: boolean): Placed | undefined {
    return (
      this.placeForm(type, label, label, lines) ??
      (label.otherwise && this.placeForm(type, label, label.otherwise, lines))
    );
  }

  private placeForm(type: Type, label: Label, { texts, spots }: Form, lines: boolean): Placed | undefined {
    const { style, box } = label;
    const size = type.typeSize(style);
    for (const text of texts) {
      if (text === '') continue;
      const width = Math.max(type.measure(text, style), box?.width ?? 0);
      for (const spot of spots) {
        if (Math.min(spot.to, this.width) - Math.max(spot.from, 0) < width) continue;
        const middle = spot.y - (size * ASCENT) / 2;
        const top = box ? middle - box.height / 2 : spot.y - size * ASCENT;
        const bottom = box ? middle + box.height / 2 : spot.y + size * DESCENT;
        const left = this.leftOf(spot, width, top, bottom, lines);
        if (left !== undefined) return at(label, text, spot, { left, top, right: left + width, bottom });
      }
    }
    return undefined;
  }

  /** Left edge of a box at a spot where nothing is in its way; undefined: nowhere. */
  private leftOf(spot: Spot, width: number, top: number, bottom: number, lines: boolean): number | undefined {
    const { slide = 0, align } = spot;
    const least = Math.max(spot.from, 0);
    const most = Math.min(spot.to, this.width) - width;
    const wanted = align === 'left' ? spot.x : align === 'right' ? spot.x - width : spot.x - width / 2;
    const first = Math.max(least, wanted - slide) - EPSILON;
    const last = Math.min(most, wanted + slide) + EPSILON;
    let left = align === 'center' || slide > 0 ? Math.min(Math.max(wanted, least), most) : wanted;
    if (left < least - EPSILON || left > most + EPSILON) return undefined;
    for (;;) {
      const obstacle = this.inTheWay(left, top, left + width, bottom, lines);
      if (obstacle < 0) return left;
      if (slide === 0) return undefined;
      left = align === 'right' ? this.boxes[obstacle]! - AIR - width : this.boxes[obstacle + 2]! + AIR;
      if (left < first || left > last) return undefined;
    }
  }

  /** Where in {@link boxes} something stands that meets a box; -1: nothing does. */
  private inTheWay(left: number, top: number, right: number, bottom: number, lines: boolean): number {
    const { boxes, entries } = this;
    const [from, to, lowest] = [this.column(left), this.column(right), this.row(bottom)];
    for (let row = this.row(top); row <= lowest; row++) {
      for (let column = from; column <= to; column++) {
        for (let at = this.heads[row * this.columns + column]!; at >= 0; at = entries[at + 1]!) {
          const other = entries[at]!;
          if (left >= boxes[other + 2]! || boxes[other]! >= right) continue;
          if (top >= boxes[other + 3]! || boxes[other + 1]! >= bottom) continue;
          if (lines || boxes[other + 4] === 0) return other;
        }
      }
    }
    return -1;
  }

  private enter(left: number, top: number, right: number, bottom: number, line: 0 | 1): void {
    if (right <= 0 || left >= this.width) return;
    const box = this.boxes.length;
    this.boxes.push(left, top, right, bottom, line);
    const [from, to, lowest] = [this.column(left), this.column(right), this.row(bottom)];
    for (let row = this.row(top); row <= lowest; row++) {
      for (let cell = row * this.columns + from; cell <= row * this.columns + to; cell++) {
        this.entries.push(box, this.heads[cell]!);
        this.heads[cell] = this.entries.length - 2;
      }
    }
  }

  private column(x: number): number {
    return Math.min(Math.max(Math.floor(x / CELL.width), 0), this.columns - 1);
  }

  private row(y: number): number {
    return Math.min(Math.max(Math.floor(y / CELL.height), 0), this.rows - 1);
  }
}

/** Draws placed words in the order of placing. */
export function drawPlaced(surface: Surface, placed: readonly Placed[]): void {
  for (const { label, text, spot, x, box } of placed) {
    label.ground?.(surface, box);
    surface.drawText(text, x, spot.y, spot.align === 'left' ? label.style : { ...label.style, align: spot.align });
  }
}

/** Whether two boxes have a place in common. */
export const meet = (a: Bounds, b: Bounds): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function at(label: Label, text: string, spot: Spot, box: Bounds): Placed {
  const { left, right } = box;
  const x = spot.align === 'left' ? left : spot.align === 'right' ? right : (left + right) / 2;
  return { label, text, spot, x, box };
}

/**
 * By how many times two divides the rank: each has few that go before it, all close by, so that what enters or leaves the window at its
 * edge does not change what is far from there. Those without rank stay as they were offered (sorting is stable).
 */
function byRank({ rank: one = 0 }: Label, { rank: other = 0 }: Label): number {
  return (other & -other) - (one & -one) || one - other;
}
