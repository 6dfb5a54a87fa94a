/** This file tests the pictures and files that a trace is exported to. */
import assert from 'node:assert/strict';
import { encodeChrome } from '../../src/report/chrome';
import { renderSvg } from '../../src/report/svg';
import type { SvgOptions } from '../../src/report/svg';
import { crawl, crowd, deadlock, deadlockMark, random } from '../support/programs';
import { TraceBuilder } from '../support/traceBuilder';

const VARIANTS: readonly SvgOptions[] = (['goroutines', 'cores'] as const).flatMap((preset) =>
  (['step', 'time'] as const).flatMap((axis) =>
    (['light', 'dark'] as const).map((theme) => ({ preset, axis, theme, width: 800 })),
  ),
);

/** Fails unless every element is closed in order and no text holds a bare `<` or `&`. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([a-z]+)((?: [A-Za-z0-9:-]+="[^"<]*")*)(\/?)>/gi,
    (_all, close: string, name: string, _attributes, empty: string) => {
      if (close) assert.equal(open.pop(), name);
      else if (!empty) open.push(name);
      return '';
    },
  );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /<|&(?!(amp|lt|gt|quot);)/);
}

suite('the vector picture', () => {
  test('is well-formed in every variant', () => {
    const dead = deadlock();
    for (const options of VARIANTS) {
      assertWellFormed(renderSvg(crawl(), [], options));
      assertWellFormed(renderSvg(dead, [deadlockMark(dead)], options));
      assertWellFormed(renderSvg(crowd(50), [], options));
      assertWellFormed(renderSvg(new TraceBuilder('empty').build(), [], options));
    }
    for (let seed = 0; seed < 20; seed++) assertWellFormed(renderSvg(random(seed), []));
  });

  test('of the same run is the same text, byte for byte', () => {
    for (const options of VARIANTS) assert.equal(renderSvg(crawl(), [], options), renderSvg(crawl(), [], options));
    assert.notEqual(renderSvg(crawl(1), []), renderSvg(crawl(2), []));
  });

  test('holds no number that is not one, and no coordinate outside the picture', () => {
    const svg = renderSvg(crawl(), [], { width: 700 });
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
    for (const [, x, width] of svg.matchAll(/<rect x="([^"]+)" y="[^"]+" width="([^"]+)"/g)) {
      assert.ok(Number(x) >= 0 && Number(x) + Number(width) <= 700);
    }
  });

  test('escapes the names of the program', () => {
    const builder = new TraceBuilder('a<b&"c"').goroutine(1, '<svg>');
    builder.add('GoRun', { g: 1, obj: 1, core: 0 });
    builder.add('Work', { g: 1, a: 10, time: 10 });
    const svg = renderSvg(builder.build(), []);
    assertWellFormed(svg);
    assert.match(svg, /a&lt;b&amp;&quot;c&quot;/);
  });

  test('draws the patterns of the states, and the cycle of a deadlock', () => {
    const dead = deadlock();
    const svg = renderSvg(dead, [deadlockMark(dead)]);
    assert.match(svg, /url\(#fill-lock\)/);
    assert.match(svg, /nothing can run/);
    assert.doesNotMatch(renderSvg(crawl(), []), /nothing can run/);
  });
});

interface ChromeEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
}

const eventsOf = (text: string): ChromeEvent[] => (JSON.parse(text) as { traceEvents: ChromeEvent[] }).traceEvents;

suite('the Chrome trace', () => {
  test('has the fields that the format asks of each phase', () => {
    for (const event of eventsOf(encodeChrome(crawl()))) {
      assert.ok(['M', 'X', 'i', 's', 'f'].includes(event.ph), event.ph);
      assert.equal(typeof event.name, 'string');
      assert.ok(Number.isInteger(event.pid) && Number.isInteger(event.tid));
      if (event.ph !== 'M') assert.ok(Number.isFinite(event.ts) && event.ts! >= 0);
      if (event.ph === 'X') assert.ok(event.dur! >= 0);
    }
  });

  test('never overlaps spans of one thread', () => {
    const spans = eventsOf(encodeChrome(crawl())).filter((event) => event.ph === 'X');
    const last = new Map<string, number>();
    for (const { pid, tid, ts, dur } of spans) {
      const key = `${pid}/${tid}`;
      assert.ok(ts! >= (last.get(key) ?? 0) - 1e-6);
      last.set(key, ts! + dur!);
    }
  });

  test('starts and finishes every flow once, in order of time', () => {
    const flows = new Map<number, ChromeEvent[]>();
    for (const event of eventsOf(encodeChrome(crawl()))) {
      if (event.id !== undefined) flows.set(event.id, [...(flows.get(event.id) ?? []), event]);
    }
    assert.ok(flows.size > 10);
    for (const [start, finish, ...more] of flows.values()) {
      assert.deepEqual([start!.ph, finish!.ph, more.length], ['s', 'f', 0]);
      assert.ok(start!.ts! <= finish!.ts!);
    }
  });

  test('names every goroutine and core', () => {
    const names = eventsOf(encodeChrome(crawl())).filter((event) => event.name === 'thread_name');
    assert.equal(names.length, 4 + 2);
  });
});
