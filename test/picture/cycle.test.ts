/** This file tests the picture of a deadlock in rings of few and of many: arrows have room of their own, and no ring is too large to be shown. */
import assert from 'node:assert/strict';
import { selectedEdge, shownEdges } from '../../src/picture/cycle';
import { drawUnder } from '../../src/picture/drawing';
import { densityFor, layOut } from '../../src/picture/layout';
import { meet } from '../../src/picture/labels';
import { ringLayout, ringMarks, ringNames, type RingNode } from '../../src/picture/ring';
import { NO_RELATIONS, x, type Scene } from '../../src/picture/scene';
import { buildTimeline } from '../../src/timeline/build';
import type { Axis } from '../../src/timeline/model';
import { decodeTrace } from '../../src/trace/format';
import { simulated } from '../webview/fixture/simulated';
import { Recorder } from './recorder';
import { ringOf } from './rings';

function sceneOf(goroutines: number, width: number, axis: Axis, focus: (scene: Scene) => number = () => -1): Scene {
  const { trace, findings } = simulated('ring.lane', ringOf(goroutines));
  const timeline = buildTimeline(decodeTrace(trace), findings);
  const lanes = timeline.lanes('goroutines');
  const collapsed = new Set<string>();
  const density = densityFor(lanes, collapsed, { tall: false, room: 600 });
  const layout = layOut(lanes, { collapsed, density });
  const { start, end } = timeline.domain(axis);
  const scene: Scene = {
    timeline,
    findings,
    preset: 'goroutines',
    axis,
    view: { from: start, to: end },
    layout,
    density,
    narrow: width < 500,
    width,
    height: layout.height,
    scrollTop: 0,
    finding: 0,
    focus: -1,
    solo: -1,
  };
  return { ...scene, focus: focus(scene) };
}

/** Px along the lanes of the arrows of a cycle. */
function arrowsOf(scene: Scene): number[] {
  const recorder = new Recorder(scene.width, scene.height);
  drawUnder(scene, recorder, NO_RELATIONS)(recorder);
  const lines = recorder.verbs.filter((verb) => verb.startsWith('line') && verb.endsWith('halo=6'));
  return lines.map((verb) => Number(verb.split(' ')[1]));
}

suite('picture/cycle', () => {
  for (const goroutines of [2, 3, 5, 8, 16, 40, 200]) {
    test(`a ring of ${goroutines}: arrows stand after the end of the run, apart from each other and in sight`, () => {
      for (const axis of ['step', 'time'] as const) {
        for (const width of [230, 420, 620, 824, 1500]) {
          const scene = sceneOf(goroutines, width, axis);
          const end = x(scene, scene.timeline.end(axis));
          const arrows = arrowsOf(scene);
          if (width >= 420) assert.ok(arrows.length > 0 || goroutines > 20, `${width} ${axis}`);
          assert.ok(arrows.length <= (goroutines <= 4 ? 8 : 3));
          for (const [i, at] of arrows.entries()) {
            assert.ok(at > end && at < width, `${width} ${axis}: ${at} beside ${end}`);
            if (i > 0) assert.ok(at - arrows[i - 1]! >= 13.9);
          }
        }
      }
    });

    test(`a ring of ${goroutines}: all of it is on the ring, with names that lie over nothing`, () => {
      const { findings, timeline } = sceneOf(goroutines, 824, 'step');
      const { cycle } = findings[0]!;
      const size = { width: 288, height: 360 };
      const { nodes, arcs } = ringLayout(cycle, size.width, size.height);
      assert.equal(nodes.length, cycle.length);
      assert.deepEqual(
        arcs.map(({ number }) => number),
        cycle.map(({ number }) => number),
      );
      assert.equal(nodes.length, 2 * goroutines);
      assert.ok(
        arcs.every(({ broken }) => !broken),
        'each leads to the next',
      );
      for (const selected of [0, cycle.length - 1]) {
        const names = ringNames(
          nodes,
          arcs,
          { ...size, selected },
          ({ kind, id }) => `${kind === 'object' ? 'o' : 'G'}${id}`,
        );
        assert.ok(names.length >= Math.min(4, nodes.length));
        const own = cycle[selected]!.kind === 'waits for' ? `G${cycle[selected]!.g}` : `o${cycle[selected]!.object}`;
        assert.ok(
          names.some(({ text }) => text === own),
          `${own}: ${names.map(({ text }) => text).join(' ')}`,
        );
        names.forEach(({ box }, i) => assert.ok(names.slice(0, i).every((other) => !meet(box, other.box))));
      }
      assert.ok(timeline.trace.length > 0);
    });
  }

  test('what is said of a ring does not grow with it', () => {
    const said = (goroutines: number): string => simulated('ring.lane', ringOf(goroutines)).findings[0]!.message;
    assert.match(said(3), /^G2 waits for forks\[1\] at line 8, which G3 holds since line 5; .*: none can go on\.$/);
    const ring = 'goroutines, each waiting at line 8 for what the next one holds:';
    assert.equal(said(5), `A ring of 5 ${ring} G2 → G3 → G4 → G5 → G6 → G2. None can go on.`);
    for (const many of [16, 40, 200])
      assert.equal(said(many), `A ring of ${many} ${ring} G2 → G3 → … → G${many + 1} → G2. None can go on.`);
  });

  test('marks of a ring do not lie over each other; where there are too many of them some stand for all', () => {
    const nodesOf = (edges: number): RingNode[] => {
      const cycle = Array.from({ length: edges }, (_, i) => ({ ...sceneEdge, number: i + 1 }));
      return ringLayout(cycle, 288, 360).nodes;
    };
    const sceneEdge = sceneOf(2, 824, 'step').findings[0]!.cycle[0]!;
    for (const edges of [14, 80, 400, 5000]) {
      const nodes = nodesOf(edges);
      const selected = edges - 3;
      const marks = ringMarks(nodes, selected);
      assert.ok(marks.nodes.length <= 402 && marks.nodes.includes(selected) && marks.nodes.includes(selected + 1));
      if (edges <= 400) assert.equal(marks.nodes.length, edges);
      const [a, b] = [nodes[marks.nodes[0]!]!, nodes[marks.nodes[1]!]!];
      assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= Math.min(2 * marks.half, 1.4), `${edges}`);
    }
  });

  test('a ring of many: the selected edge is drawn between its neighbours, by the numbers of the cycle', () => {
    const scene = sceneOf(8, 1500, 'step', ({ findings }) => findings[0]!.cycle[6]!.row);
    const finding = scene.findings[0]!;
    const selected = selectedEdge(finding, scene);
    assert.equal(finding.cycle[selected]!.row, finding.cycle[6]!.row);
    const numbers = (at: number, room: number): number[] => shownEdges(finding, at, room).map(({ number }) => number);
    assert.deepEqual(numbers(6, 40), [6, 7, 8]);
    assert.deepEqual(numbers(0, 40), [16, 1, 2]);
    assert.deepEqual(numbers(6, 2), [7]);
    assert.deepEqual(numbers(6, 0), []);
    assert.equal(arrowsOf(scene).length, 3);
  });

  test('a ring of few is drawn whole where it has room, else around what is selected', () => {
    const finding = sceneOf(3, 824, 'step').findings[0]!;
    assert.equal(shownEdges(finding, 0, 6).length, 6);
    assert.equal(shownEdges(finding, 0, 5).length, 3);
    assert.equal(selectedEdge(finding, sceneOf(3, 824, 'step')), 0);
  });
});
