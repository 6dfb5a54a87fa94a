/** This file measures the timeline on traces of a hundred thousand and a million spans: building it, asking for a whole screen, bytes held. */
import { decodeTransfer, encodeTransfer } from '../../src/trace/transfer';
import type { Trace } from '../../src/trace/store';
import { buildTimeline } from '../../src/timeline/build';
import { GlyphBuffer, SpanBuffer } from '../../src/timeline/buffers';
import type { Axis, Range, Timeline } from '../../src/timeline/model';
import { bigTrace } from '../support/bigTrace';
import type { BenchCase } from './case';

const SIZES = { '100k': 100_000, '1M': 1_000_000 } as const;
const LANES = 40;
const PIXELS = 1600;
/** Pixels between marks. */
const GAP = 10;
/** Frames of which one measurement is the mean: as many as a pan has in a third of a second. */
const FRAMES = 20;
/** Pixels by which a window that moves does so from one frame to the next. */
const STEP = 7;

/** Made once, when first asked for. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function milliseconds(run: () => void): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Milliseconds of processor time of one of many. */
function millisecondsEach(times: number, run: () => void): number {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

/** Everything that one frame asks for: the spans of all lanes and their marks. */
function frame(timeline: Timeline, axis: Axis, range: Range): void {
  const spans = new SpanBuffer();
  const marks = new GlyphBuffer();
  for (const group of timeline.lanes('goroutines', { limit: LANES })) {
    for (const lane of group.lanes) {
      for (const track of lane.tracks) timeline.visible(track, axis, range, PIXELS, spans);
      if (lane.kind === 'goroutine') timeline.glyphs(lane, axis, range, PIXELS, GAP, marks);
    }
  }
}

/** A tenth of the axis, somewhere in the middle. */
function middle({ start, end }: Range): Range {
  const width = end - start;
  return { start: start + width * 0.45, end: start + width * 0.55 };
}

/** Half of the axis, with room to move. */
function middleHalf({ start, end }: Range): Range {
  const width = end - start;
  return { start: start + width * 0.2, end: start + width * 0.7 };
}

/** Bytes of heap and array buffers that a value holds, by making it between two collections; NaN where they cannot be asked for (--expose-gc). */
async function bytesOf(make: () => unknown): Promise<number> {
  const used = async (): Promise<number> => {
    for (let i = 0; i < 4; i++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = await used();
  const held = make();
  const after = await used();
  return held === undefined || globalThis.gc === undefined ? NaN : after - before;
}

function casesOf(size: keyof typeof SIZES): BenchCase[] {
  const trace = once<Trace>(() => bigTrace(SIZES[size], LANES));
  const timeline = once<Timeline>(() => buildTimeline(trace()));
  const lower = { unit: 'ms', better: 'lower' } as const;
  const query = (name: string, axis: Axis, rangeOf: (whole: Range) => Range, target?: number): BenchCase => ({
    name: `trace-${name}-${size}`,
    ...lower,
    ...(target === undefined ? {} : { target }),
    measure: () => {
      const range = rangeOf(timeline().domain(axis));
      frame(timeline(), axis, range); // what is built on first use is not what a frame costs
      return millisecondsEach(FRAMES, () => frame(timeline(), axis, range));
    },
  });
  return [
    { name: `trace-build-${size}`, ...lower, measure: () => milliseconds(() => buildTimeline(trace())) },
    query('query-time', 'time', (whole) => whole, 4),
    query('query-step', 'step', (whole) => whole, 4),
    query('query-zoomed', 'time', middle, 4),
    {
      name: `trace-query-moving-${size}`,
      ...lower,
      target: 4,
      measure: () => {
        let range = middleHalf(timeline().domain('time'));
        const step = ((range.end - range.start) / PIXELS) * STEP;
        const move = (): void => {
          range = { start: range.start + step, end: range.end + step };
          frame(timeline(), 'time', range);
        };
        move();
        return millisecondsEach(FRAMES, move);
      },
    },
    {
      name: `trace-transfer-${size}`,
      ...lower,
      measure: () => milliseconds(() => decodeTransfer(encodeTransfer(trace()))),
    },
    {
      name: `trace-cones-${size}`,
      ...lower,
      measure: () => {
        timeline().cones(0);
        return milliseconds(() => timeline().cones(timeline().rowAtStep(timeline().steps >> 1)));
      },
    },
    {
      name: `trace-size-${size}`,
      unit: 'bytes/event',
      better: 'lower',
      rounds: 1,
      measure: async () => {
        const { length } = trace();
        const columns = encodeTransfer(trace()).buffer.byteLength;
        const whole = await bytesOf(() => {
          const built = buildTimeline(trace());
          for (const axis of ['step', 'time'] as const) frame(built, axis, built.domain(axis));
          return built;
        });
        return (columns + whole) / length;
      },
    },
  ];
}

export const cases: readonly BenchCase[] = [...casesOf('100k'), ...casesOf('1M')];
