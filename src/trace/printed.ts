/** This file defines what a run printed: every piece in its order, also where the trace has no room for the event. */
import { Column } from '../base/column';
import { Kind } from '../event/kinds';
import type { Trace } from './store';

/** 1: stdout, 2: stderr; as Print events number them. */
export type Stream = 1 | 2;

export interface Printed {
  /** All pieces one after the other, of both streams. */
  readonly text: string;
  /** By piece: where it ends in `text`, in UTF-16 units. Ascending: no piece is empty. */
  readonly ends: Int32Array;
  /** By piece: its {@link Stream}. */
  readonly streams: Uint8Array;
  /** By piece: index of its text in the trace, by which its row of kind Print refers to it; ascending, but for -1: the trace has no room for it. */
  readonly texts: Int32Array;
}

export const NOTHING_PRINTED: Printed = {
  text: '',
  ends: new Int32Array(0),
  streams: new Uint8Array(0),
  texts: new Int32Array(0),
};

/** Collects what is printed while a run goes on. */
export class PrintedPieces {
  private readonly pieces: string[] = [];
  private readonly texts = new Column();
  private readonly streams = new Column();

  /** @param index number of the text in the run; see {@link inTrace} */
  add(text: string, stream: Stream, index: number): void {
    if (text === '') return;
    this.pieces.push(text);
    this.texts.add(index);
    this.streams.add(stream);
  }

  /** Pieces so far. */
  get count(): number {
    return this.pieces.length;
  }

  printed(): Printed {
    let end = 0;
    return {
      text: this.pieces.join(''),
      ends: Int32Array.from(this.pieces, ({ length }) => (end += length)),
      streams: Uint8Array.from(this.streams.rows.subarray(0, this.streams.length)),
      texts: this.texts.rows.slice(0, this.texts.length),
    };
  }
}

/** Numbers the pieces as a trace does. `texts`: of each text of the trace its number in the run. */
export function inTrace(printed: Printed, texts: readonly number[]): Printed {
  const indices = new Map(texts.map((text, index) => [text, index]));
  return { ...printed, texts: printed.texts.map((text) => indices.get(text) ?? -1) };
}

/** What went to one stream. */
export function textOf({ text, ends, streams }: Printed, stream: Stream): string {
  if (!streams.includes(stream === 1 ? 2 : 1)) return text;
  const parts: string[] = [];
  ends.forEach((end, piece) => streams[piece] === stream && parts.push(text.slice(ends[piece - 1] ?? 0, end)));
  return parts.join('');
}

/** By piece: the row of the trace that prints it; -1 where the trace has none. */
export function rowsOfPieces({ columns: { kind, obj }, length }: Trace, { texts }: Printed): Int32Array {
  const rows = new Int32Array(texts.length).fill(-1);
  let piece = 0;
  for (let row = 0; row < length && piece < texts.length; row++) {
    if (kind[row] !== Kind.Print) continue;
    while (piece < texts.length && texts[piece]! < obj[row]!) piece++;
    if (texts[piece] === obj[row]) rows[piece] = row;
  }
  return rows;
}
