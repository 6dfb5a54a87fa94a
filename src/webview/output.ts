/** This file divides what a program printed into lines to look at, and finds words in it. */
import { Column } from '../base/column';
import { rowsOfPieces, type Printed } from '../trace/printed';
import type { Trace } from '../trace/store';
import type { Run } from './state';

/** UTF-16 units of a line; longer ones go on in the next. */
const LONGEST = 1000;

/** A line goes to one stream, and ends where the other one begins. */
export interface OutputLines {
  readonly count: number;
  /** By line: its first unit in the text, and the one after its last, which is the line feed if it has one. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export function linesOf({ text, ends, streams }: Printed, longest = LONGEST): OutputLines {
  const [starts, stops] = [new Column(), new Column()];
  let start = 0;
  const close = (end: number): void => {
    for (; end - start > longest; start = stops.rows[stops.length - 1]!) {
      starts.add(start);
      stops.add(wholeBefore(text, start + longest));
    }
    starts.add(start);
    stops.add(end);
  };
  let feed = text.indexOf('\n');
  let begin = 0;
  ends.forEach((end, piece) => {
    if (start < begin && streams[piece] !== streams[piece - 1]) {
      close(begin);
      start = begin;
    }
    for (; feed >= 0 && feed < end; feed = text.indexOf('\n', start)) {
      close(feed);
      start = feed + 1;
    }
    begin = end;
  });
  if (start < text.length) close(text.length);
  return { count: starts.length, starts: starts.rows, ends: stops.rows };
}

/** The end of the last whole character at or before a place. */
function wholeBefore(text: string, at: number): number {
  const isHigh = (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return isHigh ? at - 1 : at;
}

/** Number of the entries of an ascending list below (or at) a value. */
function countBelow(list: Int32Array, count: number, value: number, orAt: boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value || (orAt && list[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The piece that printed a unit of the text. */
const pieceAt = ({ ends }: Printed, unit: number): number => countBelow(ends, ends.length, unit, true);

/** What was printed, as it is looked at. */
export class Output {
  readonly lines: OutputLines;
  /** By piece: row of the trace; -1. */
  private readonly rows: Int32Array;
  readonly hasErrors: boolean;

  constructor(
    private readonly printed: Printed,
    trace: Trace,
  ) {
    this.lines = linesOf(printed);
    this.rows = rowsOfPieces(trace, printed);
    this.hasErrors = printed.streams.includes(2);
  }

  get text(): string {
    return this.printed.text;
  }

  /** A line without what ends it. */
  lineText(line: number): string {
    const { starts, ends } = this.lines;
    const text = this.text.slice(starts[line], ends[line]);
    return text.endsWith('\r') && this.hasFeed(line) ? text.slice(0, -1) : text;
  }

  private hasFeed(line: number): boolean {
    const { starts, ends } = this.lines;
    return this.text[ends[line]!] === '\n' && starts[line + 1] !== ends[line];
  }

  isError(line: number): boolean {
    return this.printed.streams[pieceAt(this.printed, this.lines.starts[line]!)] === 2;
  }

  /** Whether a line goes on with the one above, which was too long. */
  goesOn(line: number): boolean {
    const { starts, ends } = this.lines;
    return line > 0 && ends[line - 1] === starts[line] && this.isError(line - 1) === this.isError(line);
  }

  /** The row that printed the beginning of a line; -1: the trace has no room for it. */
  rowOf(line: number): number {
    return this.rows[pieceAt(this.printed, this.lines.starts[line]!)]!;
  }

  /** Whether a row printed something of a line. */
  isOf(line: number, row: number): boolean {
    const first = pieceAt(this.printed, this.lines.starts[line]!);
    const last = pieceAt(this.printed, this.hasFeed(line) ? this.lines.ends[line]! : this.lines.ends[line]! - 1);
    return row >= 0 && this.rows.subarray(first, last + 1).includes(row);
  }

  /** The first line of which a row printed something; -1. */
  lineOf(row: number): number {
    const piece = row < 0 ? -1 : this.rows.indexOf(row);
    return piece < 0 ? -1 : this.lineAt(this.printed.ends[piece - 1] ?? 0);
  }

  /** The line in which a unit of the text is. */
  lineAt(unit: number): number {
    return countBelow(this.lines.starts, this.lines.count, unit, true) - 1;
  }
}

const outputs = new WeakMap<Run, Output>();

/** What a run printed; made once, when somebody looks. */
export function outputOf(run: Run): Output {
  let output = outputs.get(run);
  if (!output) outputs.set(run, (output = new Output(run.printed, run.timeline.trace)));
  return output;
}

/** Most places that are found; more are not counted. */
export const MOST_FOUND = 100_000;

/** Where a text has a word, whatever its case; at most {@link MOST_FOUND} places. */
export function placesOf(word: string, text: string): Int32Array {
  if (word === '') return new Int32Array(0);
  const places = new Column();
  const pattern = new RegExp(word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu');
  for (let match = pattern.exec(text); match && places.length < MOST_FOUND; match = pattern.exec(text))
    places.add(match.index);
  return places.rows.slice(0, places.length);
}

/** The place after a unit (or before it), around the end; -1: there is none. */
export function nextPlace(places: Int32Array, unit: number, direction: 1 | -1): number {
  if (places.length === 0) return -1;
  const at = countBelow(places, places.length, unit, direction === 1);
  return direction === 1 ? at % places.length : (at - 1 + places.length) % places.length;
}

/** A piece of a line; `place`: number of the place that it is of, -1: of none. */
interface Piece {
  readonly text: string;
  readonly place: number;
}

/** A line that begins at a unit of the text, divided where something was found. `length`: units of the word. */
export function markedPieces(text: string, start: number, places: Int32Array, length: number): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let i = countBelow(places, places.length, start - length, true); i < places.length; i++) {
    const [begin, end] = [Math.max(from, places[i]! - start), Math.min(text.length, places[i]! + length - start)];
    if (begin >= text.length) break;
    pieces.push({ text: text.slice(from, begin), place: -1 }, { text: text.slice(begin, end), place: i });
    from = end;
  }
  return [...pieces, { text: text.slice(from), place: -1 }].filter((piece) => piece.text !== '');
}
