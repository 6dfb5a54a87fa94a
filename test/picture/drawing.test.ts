/** This file tests the drawing: what it asks of a surface, recorded, and that panel and SVG file are asked the same. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Kind } from '../../src/event/kinds';
import { DRAWS_NOTHING, drawUnder } from '../../src/picture/drawing';
import { drawHeaders, drawRulerTitle, shorterForms } from '../../src/picture/headers';
import { RULER_HEIGHT } from '../../src/picture/layout';
import { drawLegend, layOutLegend } from '../../src/picture/legend';
import { drawRuler } from '../../src/picture/ruler';
import { NO_RELATIONS, type Scene } from '../../src/picture/scene';
import type { Surface } from '../../src/picture/surface';
import { renderSvg } from '../../src/report/svg';
import { inkOf, SvgSurface } from '../../src/report/svgSurface';
import { buildTimeline } from '../../src/timeline/build';
import type { FindingMark, Preset } from '../../src/timeline/model';
import { decodeTrace } from '../../src/trace/format';
import type { Trace } from '../../src/trace/store';
import { find } from '../../src/webview/canvas/hit';
import { drawOverlay } from '../../src/webview/canvas/overlay';
import { relationsOf, sceneOf } from '../../src/webview/canvas/scene';
import { INITIAL, type AppState, type Run } from '../../src/webview/state';
import { assertGolden } from '../support/golden';
import { crowd, deadlock, deadlockMark, random } from '../support/programs';
import { crawl } from '../webview/fixture/crawl';
import { exampleRun } from '../webview/fixture/simulated';
import { transfer } from '../webview/fixture/transfer';
import { Recorder } from './recorder';

/** Px of the drawing area of a page of 1000 px. */
const WIDTH = 824;

/** The panel with a run of which everything is in sight. */
function panelOf(trace: Trace, findings: readonly FindingMark[], preset: Preset): AppState & { run: Run } {
  const timeline = buildTimeline(trace, findings);
  const axis = preset === 'cores' ? 'time' : 'step';
  const { start, end } = timeline.domain(axis);
  const run = { file: '', version: 1, timeline, findings, stdout: '', wallMs: 0 } as unknown as Run;
  const finding = findings.length > 0 ? 0 : -1;
  return { ...INITIAL, phase: 'shown', run, preset, axis, view: { from: start, to: end }, finding };
}

const sceneIn = (state: AppState & { run: Run }, width = WIDTH): ReturnType<typeof sceneOf> => {
  const { layout } = sceneOf(state, state.run, { width, height: 0, scrollTop: 0 });
  return sceneOf(state, state.run, { width, height: layout.height, scrollTop: 0 });
};

/** What the panel draws on its canvases of lanes. */
function drawPanel(state: AppState & { run: Run }, lanes: Surface, overlay: Surface): void {
  const scene = sceneIn(state);
  drawOverlay(scene, overlay, drawUnder(scene, lanes, relationsOf(state)));
}

/** All parts of a picture, recorded. */
function recorded(scene: Scene): string {
  const parts: string[] = [];
  const part = (name: string, width: number, height: number, draw: (surface: Surface) => void): void => {
    const recorder = new Recorder(width, height);
    draw(recorder);
    parts.push(`== ${name}`, ...recorder.verbs);
  };
  const { width, height, timeline, axis } = scene;
  part('ruler', width, RULER_HEIGHT, (surface) => drawRuler(scene, surface));
  part('ruler title', 168, RULER_HEIGHT, (surface) => drawRulerTitle(scene, surface));
  let drawOver = DRAWS_NOTHING;
  part('under', width, height, (surface) => (drawOver = drawUnder(scene, surface, NO_RELATIONS)));
  part('headers', 168 + width, height, (surface) => drawHeaders(scene, surface));
  part('over', width, height, drawOver);
  const shares = [...timeline.shares(axis, timeline.domain(axis))].map(Math.round);
  part('legend', 168 + width, 32, (surface) => drawLegend(surface, layOutLegend(surface, shares)));
  return `${parts.join('\n')}\n`;
}

const dead = deadlock();
const PICTURES: readonly (readonly [string, Trace, readonly FindingMark[], Preset])[] = [
  ['crawl', crawl().trace, crawl().findings, 'goroutines'],
  ['crawl-cores', crawl().trace, crawl().findings, 'cores'],
  ['deadlock', dead, [deadlockMark(dead)], 'goroutines'],
  ['transfer', transfer().trace, transfer().findings, 'goroutines'],
  ['crowd', crowd(50), [], 'goroutines'],
];

suite('picture/drawing', () => {
  for (const [name, trace, findings, preset] of PICTURES) {
    test(`${name} is drawn as recorded`, () => {
      const scene = sceneIn(panelOf(trace, findings, preset));
      assertGolden(join(__dirname, 'golden', `${name}.txt`), recorded(scene));
    });

    test(`${name}: the SVG file holds what the panel draws while nothing is selected`, () => {
      const state = panelOf(trace, findings, preset);
      const ink = inkOf('dark');
      const { height } = sceneIn(state);
      const [lanes, overlay] = [new SvgSurface(WIDTH, height, ink), new SvgSurface(WIDTH, height, ink)];
      drawPanel(state, lanes, overlay);
      const svg = renderSvg(trace, findings, { preset, axis: state.axis, theme: 'dark' });
      assert.ok(lanes.content().length > 1000);
      assert.ok(svg.includes(`\n${lanes.content()}\n`));
      assert.ok(svg.includes(`\n${overlay.content()}\n`));
    });
  }

  test('no words run through the mark of an event above a waiting bar', () => {
    const examples = ['crawl.lane', '08-select-timeout.lane', '06-worker-pool.lane', '04-unbuffered-channel.lane'];
    const traces = [
      ...examples.map((name) => decodeTrace(exampleRun(name).trace)),
      ...Array.from({ length: 20 }, (_, seed) => random(seed)),
    ];
    let marks = 0;
    for (const trace of traces) {
      const scene = sceneIn(panelOf(trace, [], 'goroutines'));
      const recorder = new Recorder(scene.width, scene.height);
      drawUnder(scene, recorder, NO_RELATIONS);
      const words = recorder.texts.filter(({ style }) => style.align === undefined);
      for (const mark of recorder.glyphs.filter(({ ink }) => ink === 'foreground')) {
        marks++;
        const through = words.find(
          ({ x, y, width }) => y > mark.y - 4 && y - 8 < mark.y + 4 && x < mark.x + 3 && x + width > mark.x - 3,
        );
        assert.equal(through, undefined, `${mark.x} ${mark.y}`);
      }
    }
    assert.ok(marks > 5, `${marks} marks`);
  });

  test('the name of a blocked sender stays inside the picture', () => {
    const { trace, findings } = crawl();
    const state = panelOf(trace, findings, 'goroutines');
    const blocked = state.run.timeline.lane('chan:104') ?? assert.fail('no queue');
    const senders = blocked.tracks.find(({ role }) => role === 'senders')!;
    const index = Array.from({ length: senders.length }, (_, i) => i).find(
      (i) => state.run.timeline.slice(senders, i).code > 0,
    )!;
    const { start, end } = state.run.timeline.bounds(senders, index, 'step');
    for (const view of [
      { from: end - 0.1, to: end + 40 },
      { from: start - 40, to: start + 0.1 },
    ]) {
      const scene = sceneIn({ ...state, view });
      const recorder = new Recorder(scene.width, scene.height);
      drawUnder(scene, recorder, NO_RELATIONS);
      const names = recorder.texts.filter(({ style }) => style.align === 'center' && style.halo);
      assert.ok(names.length > 0);
      for (const { x, width } of names) assert.ok(x >= width / 2 && x + width / 2 <= scene.width, `${x} ${width}`);
    }
  });

  test('words of a lane keep clear of a name that goes on over it, beyond a small header', () => {
    const { trace, findings } = crawl();
    const objects = trace.meta.objects.map((object) => ({ ...object, name: `the ${object.name} of all of them` }));
    const state = panelOf({ ...trace, meta: { ...trace.meta, objects } }, findings, 'goroutines');
    const under = (smallHeader: number | undefined): number => {
      let count = 0;
      for (let from = 0; from < 60; from += 3) {
        const scene: Scene = { ...sceneIn({ ...state, view: { from, to: from + 24 } }, 430), smallHeader };
        const recorder = new Recorder(scene.width, scene.height);
        drawUnder(scene, recorder, NO_RELATIONS)(recorder);
        for (const row of scene.layout.rows) {
          if (row.type !== 'lane' || row.lane.kind === 'goroutine') continue;
          const end = recorder.measure(row.lane.title, { size: 12, bold: true }) + 10 - 36;
          count += recorder.texts.filter(({ x, y, width, style }) => (style.align ?? 'left') === 'left' && x < end && x + width > 0 && y > row.y && y - 8 < row.y + 15).length; // prettier-ignore
        }
      }
      return count;
    };
    assert.equal(under(36), 0);
    assert.ok(under(undefined) > 5, 'there is something to keep clear');
  });

  test('what a lane does is shortened by parts, never within one', () => {
    const all = ['waits for mu a.go:34, held by G3', 'waits for mu a.go:34', 'waits for mu', ''];
    assert.deepEqual(shorterForms(all[0]!), all);
    assert.deepEqual(shorterForms('on core 0 :16'), ['on core 0 :16', 'on core 0', '']);
    assert.deepEqual(shorterForms('ended'), ['ended', '']);
    assert.deepEqual(shorterForms(''), ['']);
  });

  test('headers of a narrow file: titles of lanes alone, details of groups', () => {
    const { trace, findings } = crawl();
    const scene = { ...sceneIn(panelOf(trace, findings, 'goroutines'), 300), narrow: true };
    const recorder = new Recorder(384, scene.height);
    drawHeaders(scene, recorder);
    const texts = recorder.verbs.filter((verb) => verb.startsWith('line of text')).join('\n');
    assert.match(texts, /'G3'/);
    assert.doesNotMatch(texts, /worker|Mutex/);
    assert.match(texts, /'PID 1, 4 goroutines on 2 cores'/);
  });

  test('what is selected changes the picture: cones, arrows, and the rings around it', () => {
    const { trace, findings } = crawl();
    const state = panelOf(trace, findings, 'goroutines');
    const row = state.run.timeline.rowAtStep(32);
    const focus = { row, step: 32, g: state.run.timeline.goroutineOf(row) };
    const [plain, selected] = [state, { ...state, focus }].map((of) => {
      const recorder = new Recorder(WIDTH, sceneIn(of).height);
      drawPanel(of, recorder, recorder);
      return recorder.verbs;
    }) as [string[], string[]];
    const more = selected.filter((verb) => !plain.includes(verb));
    assert.ok(more.some((verb) => verb.startsWith('rect tint')));
    assert.ok(more.some((verb) => verb.startsWith('path') && verb.includes('dash=')));
    assert.ok(more.some((verb) => verb.startsWith('circle') && verb.includes('stroke=focus')));
  });

  test('an arrow of work that changes hands is found under the pointer, nothing else is found for it beside', () => {
    const example = exampleRun('15-threads-and-goroutines.lane');
    const trace = decodeTrace(example.trace);
    const state = panelOf(trace, example.findings, 'cores');
    const rows = [...Array(trace.length).keys()].filter((row) => [Kind.Steal, Kind.Handoff].includes(trace.columns.kind[row]!)); // prettier-ignore
    assert.ok(rows.length > 0);
    for (const row of rows) {
      const at = state.run.timeline.xOf(row, 'time');
      const near = { ...state, view: { from: at - 1000, to: at + 1000 } };
      const scene = sceneIn(near);
      const eventsAt = (px: number): number[] =>
        [...Array(scene.height).keys()].map((py) => find(scene, px, py)?.event ?? -1).filter((event) => event === row);
      assert.ok(eventsAt(WIDTH / 2).length > 20, `row ${row}`);
      assert.equal(eventsAt(WIDTH / 2 + 30).length, 0, `row ${row}`);
    }
  });
});
