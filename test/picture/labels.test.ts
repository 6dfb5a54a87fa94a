/** This file tests the placing of words: none over another, none over an edge, the same wherever the window begins. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DENSITIES } from '../../src/picture/density';
import { drawUnder } from '../../src/picture/drawing';
import { drawHeaders } from '../../src/picture/headers';
import {
  APART,
  drawPlaced,
  Labels,
  meet,
  PRIORITIES,
  type Bounds,
  type Label,
  type Spot,
} from '../../src/picture/labels';
import { drawRuler } from '../../src/picture/ruler';
import { type Scene } from '../../src/picture/scene';
import { buildTimeline } from '../../src/timeline/build';
import type { Axis, FindingMark, Preset, Timeline } from '../../src/timeline/model';
import { decodeTrace } from '../../src/trace/format';
import type { Trace } from '../../src/trace/store';
import { drawOverlay } from '../../src/webview/canvas/overlay';
import { relationsOf, sceneOf, type PanelScene } from '../../src/webview/canvas/scene';
import { INITIAL, type AppState, type Run } from '../../src/webview/state';
import { crowd, deadlock, deadlockMark, random } from '../support/programs';
import { crawl } from '../webview/fixture/crawl';
import { crowd as simulatedCrowd } from '../webview/fixture/crowd';
import { exampleRun, simulated } from '../webview/fixture/simulated';
import { transfer } from '../webview/fixture/transfer';
import { Recorder } from './recorder';
import { ringOf } from './rings';

/** Shares of the type's size that its letters take above and below their base line. */
const LETTERS = { above: 0.72, below: 0.2 };

type Shown = readonly [name: string, trace: Trace, findings: readonly FindingMark[]];

/** Everything that there is a picture of. */
function* fixtures(): Generator<Shown> {
  const recorded = [crawl(), transfer()];
  for (const [i, { trace, findings }] of recorded.entries()) yield [['crawl', 'transfer'][i]!, trace, findings];
  const dead = deadlock();
  yield ['deadlock', dead, [deadlockMark(dead)]];
  yield ['crowd', crowd(50), []];
  for (const goroutines of [8, 20, 200, 10_000]) {
    const { trace, findings } = simulatedCrowd(goroutines);
    yield [`crowd of ${goroutines}`, decodeTrace(trace), findings];
  }
  for (let seed = 0; seed < 10; seed++) yield [`random ${seed}`, random(seed), []];
  for (const file of readdirSync(join(__dirname, '..', '..', 'examples'))) {
    if (!file.endsWith('.lane')) continue;
    const { trace, findings } = exampleRun(file);
    yield [file, decodeTrace(trace), findings];
  }
  for (const goroutines of [2, 3, 5, 8, 20, 100]) {
    const { trace, findings } = simulated('ring.lane', ringOf(goroutines));
    yield [`ring of ${goroutines}`, decodeTrace(trace), findings];
  }
}

interface Look {
  readonly preset: Preset;
  readonly axis: Axis;
  readonly width: number;
  /** Px of the panel; 0: as much as it wants. */
  readonly room: { readonly width: number; readonly height: number };
  /** Share of the axis that is in sight, and where it begins. */
  readonly zoom: number;
  readonly from: number;
  /** Selects an event by its share of the trace; undefined: none. */
  readonly focus?: number;
}

function sceneWith(timeline: Timeline, look: Look): PanelScene {
  const { preset, axis, width, room, zoom, from } = look;
  const domain = timeline.domain(axis);
  const span = (domain.end - domain.start) * zoom;
  const start = domain.start + (domain.end - domain.start - span) * from;
  const run = {
    file: '',
    version: 1,
    timeline,
    findings: timeline.findings,
    stdout: '',
    wallMs: 0,
  } as unknown as Run;
  const row = look.focus === undefined ? -1 : Math.floor(look.focus * (timeline.trace.length - 1));
  const focus = row < 0 ? INITIAL.focus : { ...INITIAL.focus, row, g: timeline.goroutineOf(row) };
  const state: AppState = {
    ...INITIAL,
    phase: 'shown',
    run,
    preset,
    axis,
    width,
    view: { from: start, to: start + Math.max(span, 1e-3) },
    finding: timeline.findings.length > 0 ? 0 : -1,
    focus,
    allArrows: false,
    room: { ...INITIAL.room, ...room },
  };
  const { layout } = sceneOf(state, run, { width, height: 0, scrollTop: 0 });
  return sceneOf(state, run, { width, height: layout.height, scrollTop: 0 });
}

interface Word extends Bounds {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

function wordsOf({ texts }: Recorder): Word[] {
  return texts.map(({ text, x, y, width, style: { size, align = 'left' } }) => {
    const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
    const [top, bottom] = [y - size * LETTERS.above, y + size * LETTERS.below];
    return { text, x, y, left, right: left + width, top, bottom };
  });
}

/** What the panel writes on its lanes, and over them. */
function lanesOf(scene: PanelScene): Recorder {
  const recorder = new Recorder(scene.width, scene.height);
  drawOverlay(scene, recorder, drawUnder(scene, recorder, relationsOf(scene.state)));
  return recorder;
}

function rulerOf(scene: Scene): Recorder {
  const recorder = new Recorder(scene.width, 28);
  drawRuler(scene, recorder);
  return recorder;
}

function headersOf(scene: Scene): Recorder {
  const recorder = new Recorder(scene.width + (scene.narrow ? 76 : 168), scene.height);
  drawHeaders(scene, recorder);
  return recorder;
}

function assertApart(words: readonly Word[], width: number, told: string): void {
  const order = [...words].sort((a, b) => a.left - b.left);
  order.forEach((word, i) => {
    assert.ok(word.left >= -0.1 && word.right <= width + 0.1, `${told}: '${word.text}' is cut at the edge`);
    for (let k = i + 1; k < order.length && order[k]!.left < word.right + APART; k++) {
      assert.ok(
        !meet({ ...word, right: word.right + APART - 0.5 }, order[k]!),
        `${told}: '${word.text}' and '${order[k]!.text}'`,
      );
    }
  });
}

/** Words of lanes stand in their lanes. */
function assertInLanes(words: readonly Word[], { layout, scrollTop }: Scene, told: string): void {
  for (const word of words) {
    const [top, bottom] = [word.top + scrollTop, word.bottom + scrollTop];
    const inside = layout.rows.some(({ y, height }) => top >= y - 0.1 && bottom <= y + height + 0.1);
    assert.ok(inside || /^\d+$/.test(word.text), `${told}: '${word.text}' leaves its lane`);
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points along the zig-zags and arrows that are drawn in full: strokes of 1.5 or 2 px on an outline. */
function linesOf({ verbs }: Recorder): Point[] {
  return verbs.flatMap((verb) => {
    if (!/ width=(1\.5|2) /.test(verb) || !/ halo=(4|4\.5|6)/.test(verb)) return [];
    const numbers = verb
      .split(' stroke=')[0]!
      .match(/-?\d+(\.\d+)?/g)!
      .map(Number);
    const corners = numbers.flatMap((value, i) => (i % 2 ? [{ x: numbers[i - 1]!, y: value }] : []));
    return along(verb.includes('C') ? onCurve(corners) : corners);
  });
}

const onCurve = ([a, b, c, d]: readonly Point[]): Point[] =>
  Array.from({ length: 33 }, (_, i) => {
    const t = i / 32;
    const at = (of: (point: Point) => number): number =>
      (1 - t) ** 3 * of(a!) + 3 * (1 - t) ** 2 * t * of(b!) + 3 * (1 - t) * t ** 2 * of(c!) + t ** 3 * of(d!);
    return { x: at(({ x }) => x), y: at(({ y }) => y) };
  });

const along = (corners: readonly Point[]): Point[] =>
  corners.slice(1).flatMap((to, i) => {
    const from = corners[i]!;
    return Array.from({ length: 9 }, (_, k) => ({
      x: from.x + ((to.x - from.x) * k) / 8,
      y: from.y + ((to.y - from.y) * k) / 8,
    }));
  });

/** Numbers of a cycle stand on their arrows. */
function assertUncrossed(words: readonly Word[], line: readonly Point[], told: string): void {
  for (const word of words) {
    if (/^\d+$/.test(word.text)) continue;
    const crossed = line.find(({ x, y }) => x > word.left && x < word.right && y > word.top && y < word.bottom);
    assert.equal(crossed, undefined, `${told}: a line through '${word.text}'`);
  }
}

/** Px from the edges of the window within which words may keep to what is in sight of their span. */
const MARGIN = 230;

const WINDOWS = [
  { zoom: 1, from: 0 },
  { zoom: 0.4, from: 0.31 },
  { zoom: 0.12, from: 0.83 },
];
/** Drawing areas in panels as wide and high as they want, wide, at 1280 × 720, and there at zoom +2. */
const SIZES = [
  { width: 1500, room: { width: 1700, height: 0 } },
  { width: 824, room: { width: 1320, height: 830 } },
  { width: 420, room: { width: 590, height: 628 } },
  { width: 230, room: { width: 310, height: 408 } },
];

function* looks(): Generator<Look> {
  for (const preset of ['goroutines', 'cores'] as const)
    for (const axis of ['step', 'time'] as const)
      for (const size of SIZES)
        for (const window of WINDOWS)
          for (const focus of [undefined, 0.4, 1]) yield { preset, axis, ...size, ...window, focus };
}

suite('picture/labels', () => {
  const densities = new Set<string>();
  for (const [name, trace, findings] of fixtures()) {
    test(`${name}: no two words overlap, and none is cut`, () => {
      const timeline = buildTimeline(trace, findings);
      for (const look of looks()) {
        const scene = sceneWith(timeline, look);
        densities.add(scene.density.name);
        const told = `${name} ${JSON.stringify(look)}`;
        const recorder = lanesOf(scene);
        const words = wordsOf(recorder);
        assertApart(words, scene.width, told);
        assertInLanes(words, scene, told);
        assertUncrossed(words, linesOf(recorder), told);
        assertApart(wordsOf(rulerOf(scene)), scene.width, `ruler of ${told}`);
        assertApart(wordsOf(headersOf(scene)), Infinity, `headers of ${told}`);
      }
    });
  }

  test('these were lanes of every height', () => {
    assert.deepEqual(densities, new Set(Object.keys(DENSITIES)));
  });

  // ---- the placer alone

  const type = { measure: (text: string): number => text.length * 6, typeSize: (): number => 10 };
  const spot = (x: number, more: Partial<Spot> = {}): Spot => ({ align: 'left', x, y: 20, from: 0, to: 200, ...more });
  const say = (text: string, more: Partial<Label> = {}): Label => ({
    priority: 'state',
    texts: [text],
    spots: [spot(10)],
    style: { size: 10 },
    ...more,
  });
  const placedBy = (prepare: (labels: Labels) => void): (readonly [string, number])[] => {
    const labels = new Labels(200, 80);
    prepare(labels);
    return labels.place(type).map(({ text, x }) => [text, x] as const);
  };

  test('what matters more takes the place, whatever was offered first', () => {
    for (const [i, more] of PRIORITIES.entries()) {
      for (const less of PRIORITIES.slice(i + 1)) {
        const placed = placedBy((labels) => {
          labels.offer(say('less', { priority: less }));
          labels.offer(say('more', { priority: more }));
        });
        assert.deepEqual(placed, [['more', 10]]);
      }
    }
  });

  test('a text that is in the way of another gives way by a shorter form, another spot, a few px, or not at all', () => {
    const beside = (label: Label): (readonly [string, number])[] =>
      placedBy((labels) => {
        labels.block(40, 0, 60, 40);
        labels.offer(label);
      });
    assert.deepEqual(beside(say('long text', { texts: ['long text', 'long', ''] })), [['long', 10]]);
    assert.deepEqual(beside(say('long text', { spots: [spot(10), spot(70)] })), [['long text', 70]]);
    assert.deepEqual(beside(say('long text', { spots: [spot(10, { slide: Infinity })] })), [['long text', 64]]);
    assert.deepEqual(beside(say('long text', { spots: [spot(150, { align: 'right', slide: 200 })] })), [
      ['long text', 150],
    ]);
    assert.deepEqual(beside(say('long text', { spots: [spot(10, { slide: 20 })] })), []);
    assert.deepEqual(beside(say('long text')), []);
  });

  test('a text keeps within what it is told and within the surface', () => {
    assert.deepEqual(
      placedBy((labels) => labels.offer(say('middle', { spots: [spot(2, { align: 'center' })] }))),
      [['middle', 18]],
    );
    assert.deepEqual(
      placedBy((labels) => labels.offer(say('wide', { spots: [spot(180, { to: 400 })] }))),
      [],
    );
  });

  test('only what insists is written across a line, and nothing over a mark', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 60, y: 40 },
    ];
    const across = (label: Label): number =>
      placedBy((labels) => {
        labels.blockLine(line, 1);
        labels.offer(label);
      }).length;
    assert.equal(across(say('text')), 0);
    assert.equal(across(say('text', { overLines: true })), 1);
    const over = placedBy((labels) => {
      labels.block(10, 10, 20, 20);
      labels.offer(say('text', { overLines: true }));
    });
    assert.equal(over.length, 0);
  });

  test('law: no two placed texts meet, none is outside, and more important ones are not missed for lesser ones', () => {
    const label = fc.record({
      text: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' }).map((text) => `${text}.`),
      priority: fc.constantFrom(...PRIORITIES),
      x: fc.integer({ min: -20, max: 220 }),
      y: fc.integer({ min: 0, max: 60 }),
      align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
      slide: fc.constantFrom(0, 20, Infinity),
      rank: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 40 }), (wanted) => {
        const labels = new Labels(200, 80);
        for (const { text, priority, rank, ...where } of wanted)
          labels.offer(say(text, { priority, rank, spots: [spot(where.x, where)] }));
        const placed = labels.place(type);
        placed.forEach((one, i) => {
          assert.ok(one.box.left >= -0.1 && one.box.right <= 200.1);
          const { left, right } = one.box;
          const around = { ...one.box, left: left - APART, right: right + APART };
          for (const other of placed.slice(0, i)) assert.ok(!meet(around, other.box));
        });
        const order = placed.map((one) => PRIORITIES.indexOf(one.label.priority));
        assert.deepEqual(
          order,
          [...order].sort((a, b) => a - b),
        );
        const recorder = new Recorder(200, 80);
        drawPlaced(recorder, placed);
        assert.equal(recorder.texts.length, placed.length);
      }),
    );
  });

  test('while the window moves, words far from its edges stay where they are', () => {
    for (const file of ['crawl.lane', '07-pipeline.lane', '13-producer-consumer-cond.lane']) {
      const { trace, findings } = exampleRun(file);
      const timeline = buildTimeline(decodeTrace(trace), findings);
      const { start, end } = timeline.domain('step');
      const base = sceneWith(timeline, {
        preset: 'goroutines',
        axis: 'step',
        width: 824,
        room: { width: 0, height: 0 },
        zoom: 0.4,
        from: 0.3,
      });
      const perPx = (base.view.to - base.view.from) / base.width;
      const at = (shift: number): Map<string, Word> => {
        const view = { from: base.view.from + shift * perPx, to: base.view.to + shift * perPx };
        const words = wordsOf(lanesOf({ ...base, view }));
        const inner = words.filter(({ left, right }) => left > MARGIN && right < base.width - MARGIN);
        return new Map(inner.map((word) => [`${word.text} ${Math.round(word.left + shift)} ${word.y}`, word]));
      };
      assert.ok(start < end);
      const before = at(0);
      for (const shift of [3, 11, 29]) {
        const after = at(shift);
        for (const [key, { left, right }] of before)
          if (left - shift > MARGIN + 1 && right - shift < base.width - MARGIN)
            assert.ok(after.has(key), `${file}: '${key}' is gone after ${shift} px`);
      }
    }
  });
});
