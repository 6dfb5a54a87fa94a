/** This file defines the reusable buffers into which the timeline writes what is visible: columns of numbers, so that drawing a frame allocates nothing. */

/** Code of a merged run in a track whose codes have no common measure (values, holders, threads). */
export const MIXED = -1;

/** Spans of one track, left to right, not overlapping. Filled by `Timeline.visible`; valid until the next call with the same buffer. */
export class SpanBuffer {
  length = 0;
  /** In axis units. Clipped to the range asked for. */
  start: Float64Array;
  end: Float64Array;
  /** What is drawn: see the role of the track. {@link MIXED} where several were merged and none stands for all. */
  code: Int32Array;
  /** Index of the span in its track; -1: several spans, each narrower than a pixel, merged into one. */
  index: Int32Array;
  /** Share of the width that `code` covers, in (0, 1]; 1 for a single span. */
  density: Float32Array;

  constructor(capacity = 256) {
    this.start = new Float64Array(capacity);
    this.end = new Float64Array(capacity);
    this.code = new Int32Array(capacity);
    this.index = new Int32Array(capacity);
    this.density = new Float32Array(capacity);
  }

  clear(): void {
    this.length = 0;
  }

  push(start: number, end: number, code: number, index: number, density: number): void {
    if (this.length === this.start.length) this.grow();
    const i = this.length++;
    this.start[i] = start;
    this.end[i] = end;
    this.code[i] = code;
    this.index[i] = index;
    this.density[i] = density;
  }

  /** Becomes equal to another. */
  assign(other: SpanBuffer): void {
    this.length = 0;
    this.append(other, 0, other.length);
  }

  /** Goes on with the spans of another from one up to another. */
  append({ start, end, code, index, density }: SpanBuffer, from: number, to: number): void {
    const at = this.length;
    this.length += to - from;
    while (this.start.length < this.length) this.grow();
    this.start.set(start.subarray(from, to), at);
    this.end.set(end.subarray(from, to), at);
    this.code.set(code.subarray(from, to), at);
    this.index.set(index.subarray(from, to), at);
    this.density.set(density.subarray(from, to), at);
  }

  private grow(): void {
    const size = Math.max(256, this.start.length * 2);
    const { start, end, code, index, density } = this;
    this.start = new Float64Array(size);
    this.end = new Float64Array(size);
    this.code = new Int32Array(size);
    this.index = new Int32Array(size);
    this.density = new Float32Array(size);
    this.start.set(start);
    this.end.set(end);
    this.code.set(code);
    this.index.set(index);
    this.density.set(density);
  }
}

/** Events of one lane, left to right. Filled by `Timeline.glyphs`. */
export class GlyphBuffer {
  length = 0;
  /** In axis units. */
  x = new Float64Array(256);
  /** Index into GLYPHS (timeline/glyphs.ts); of the weightiest event where several were merged. */
  glyph = new Uint8Array(256);
  /** Row of the event; of the weightiest one where several were merged. */
  row = new Int32Array(256);
  /** How many events this glyph stands for. */
  count = new Int32Array(256);

  clear(): void {
    this.length = 0;
  }

  push(x: number, glyph: number, row: number, count: number): void {
    if (this.length === this.x.length) this.grow();
    const i = this.length++;
    this.x[i] = x;
    this.glyph[i] = glyph;
    this.row[i] = row;
    this.count[i] = count;
  }

  /** Becomes equal to another. */
  assign({ length, x, glyph, row, count }: GlyphBuffer): void {
    while (this.x.length < length) this.grow();
    this.length = length;
    this.x.set(x.subarray(0, length));
    this.glyph.set(glyph.subarray(0, length));
    this.row.set(row.subarray(0, length));
    this.count.set(count.subarray(0, length));
  }

  private grow(): void {
    const size = this.x.length * 2;
    const { x, glyph, row, count } = this;
    this.x = new Float64Array(size);
    this.glyph = new Uint8Array(size);
    this.row = new Int32Array(size);
    this.count = new Int32Array(size);
    this.x.set(x);
    this.glyph.set(glyph);
    this.row.set(row);
    this.count.set(count);
  }
}
