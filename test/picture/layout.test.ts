/** This file tests how lanes are stacked, and the geometry of rings and zig-zags. */
import assert from 'node:assert/strict';
import type { FindingMark, Lane, LaneGroup, LaneKind, Track } from '../../src/timeline/model';
import { zigZag } from '../../src/picture/findings';
import { DENSITIES } from '../../src/picture/density';
import {
  densityFor,
  GROUP_HEIGHT,
  heightOfFirst,
  laneHeight,
  layOut,
  rowAtY,
  rowsBetween,
} from '../../src/picture/layout';
import { ringLayout } from '../../src/picture/ring';

const lane = (id: string, kind: LaneKind, more: Partial<Lane> = {}): Lane => ({
  id,
  kind,
  title: id,
  detail: '',
  indent: 0,
  tracks: [],
  firstRow: -1,
  lastRow: -1,
  ...more,
});
const slot = (id: number): Track => ({ id, role: 'slot', length: 1, slot: id });
const group = (id: string, lanes: readonly Lane[], kind: LaneGroup['kind'] = 'process'): LaneGroup => ({
  id,
  kind,
  title: id,
  detail: '',
  lanes,
  total: lanes.length,
  note: '',
});
const groups = [
  group('p', [lane('g1', 'goroutine'), lane('g2', 'goroutine')]),
  group('objects', [lane('mu', 'lock')], 'objects'),
];
const { tall, normal, compact } = DENSITIES;
const open = { collapsed: new Set<string>(), density: normal };

suite('picture/layout', () => {
  test('rows follow each other without gaps', () => {
    const { rows, height } = layOut(groups, open);
    let y = 0;
    for (const row of rows) {
      assert.equal(row.y, y);
      y += row.height;
    }
    assert.equal(height, y);
    assert.equal(height, 2 * GROUP_HEIGHT + 56 + 56 + 36);
  });

  test('a collapsed group keeps its header and hides its lanes', () => {
    const { rows, byLane } = layOut(groups, { ...open, collapsed: new Set(['p']) });
    assert.deepEqual(
      rows.map((row) => row.type),
      ['group', 'group', 'lane'],
    );
    assert.ok(!byLane.has('g1') && byLane.has('mu'));
  });

  test('a channel is as high as its slots; a large buffer is drawn as a level', () => {
    const of = (slots: number): number =>
      laneHeight(
        lane('q', 'channel', { capacity: slots, tracks: Array.from({ length: slots }, (_, i) => slot(i)) }),
        groups[1]!,
        normal,
      );
    assert.equal(of(3), 84);
    assert.equal(of(4) - of(3), 19);
    assert.ok(of(100) < of(8));
  });

  test('the picture of a deadlock has higher lanes', () => {
    assert.ok(layOut(groups, { ...open, density: tall }).height > layOut(groups, open).height);
  });

  test('the height of the first lanes is that of their rows, headers of groups included', () => {
    assert.equal(heightOfFirst(groups, open, 2), GROUP_HEIGHT + 2 * 56);
    assert.equal(heightOfFirst(groups, open, 3), layOut(groups, open).height);
    assert.equal(heightOfFirst(groups, open, 100), layOut(groups, open).height);
    assert.equal(heightOfFirst(groups, { ...open, collapsed: new Set(['p']) }, 1), 2 * GROUP_HEIGHT + 36);
    assert.equal(heightOfFirst(groups, open, 0), 0);
  });

  test('few lanes are high, many low: by whether the goroutines fit', () => {
    const many = [
      group(
        'p',
        Array.from({ length: 20 }, (_, i) => lane(`g${i}`, 'goroutine')),
      ),
      ...groups.slice(1),
    ];
    const of = (shown: readonly LaneGroup[], room: number, isTall = false): string =>
      densityFor(shown, open.collapsed, { tall: isTall, room }).name;
    assert.deepEqual(
      [of(groups, 400), of(many, 400), of(many, 20 * 56 + GROUP_HEIGHT)],
      ['normal', 'compact', 'normal'],
    );
    assert.deepEqual(
      [of(groups, 400, true), of(groups, 200, true), of(groups, 100, true)],
      ['tall', 'normal', 'compact'],
    );
    assert.equal(densityFor(many, new Set(['p']), { tall: false, room: 100 }), normal, 'what is closed needs no room');
    assert.equal(of(many, Infinity), 'normal', 'a page is as long as it needs to be');
  });

  test('in little room five lanes are to be in sight, whatever they are', () => {
    const variables = Array.from({ length: 3 }, (_, i) => lane(`v${i}`, 'variable'));
    const mixed = [...groups.slice(0, 1), group('objects', variables, 'objects')];
    const of = (room: number): string => densityFor(mixed, open.collapsed, { tall: false, room }).name;
    const five = heightOfFirst(mixed, open, 5);
    assert.deepEqual([of(five - 1), of(five)], ['compact', 'normal']);
    assert.equal(of(24 + 5 * 56), 'normal');
  });

  test('a lower density is lower, lane by lane', () => {
    const lanes = [lane('q', 'channel', { capacity: 1 }), ...groups.flatMap((of) => of.lanes)];
    for (const one of lanes) {
      const heights = [tall, normal, compact].map((density) => laneHeight(one, groups[1]!, density));
      assert.deepEqual(
        heights,
        [...heights].sort((a, b) => b - a),
      );
      assert.ok(heights[2]! < heights[0]! && heights[2]! >= 30);
    }
  });

  test('finds the row at a height', () => {
    const layout = layOut(groups, open);
    assert.equal(rowAtY(layout, 0)?.type, 'group');
    const found = rowAtY(layout, GROUP_HEIGHT + 60);
    assert.equal(found?.type === 'lane' && found.lane.id, 'g2');
    assert.equal(rowAtY(layout, -1), undefined);
    assert.equal(rowAtY(layout, layout.height), undefined);
    assert.equal(rowAtY(layOut([], open), 0), undefined);
  });

  test('lists the rows in sight', () => {
    const layout = layOut(groups, open);
    assert.deepEqual(
      rowsBetween(layout, GROUP_HEIGHT, GROUP_HEIGHT + 1).map((row) => row.type),
      ['lane'],
    );
    assert.equal(rowsBetween(layout, 0, layout.height).length, layout.rows.length);
  });
});

suite('picture/shapes', () => {
  type WaitEdge = FindingMark['cycle'][number];
  const edge = (number: number, kind: WaitEdge['kind'], g: number, object: number): WaitEdge => ({
    number,
    kind,
    g,
    object,
    row: -1,
  });
  const cycle = [
    edge(1, 'waits for', 2, 90),
    edge(2, 'held by', 3, 90),
    edge(3, 'waits for', 3, 88),
    edge(4, 'held by', 2, 88),
  ];

  test('a ring goes from goroutine to lock to goroutine', () => {
    const { nodes, arcs } = ringLayout(cycle, 288, 224);
    assert.deepEqual(
      nodes.map(({ kind, id }) => `${kind} ${id}`),
      ['goroutine 2', 'object 90', 'goroutine 3', 'object 88'],
    );
    assert.deepEqual(
      arcs.map(({ number }) => number),
      [1, 2, 3, 4],
    );
    assert.ok(nodes.every(({ x, y }) => x >= 30 && x <= 258 && y >= 20 && y <= 204));
  });

  test('the first node is on top', () => {
    const [first, ...rest] = ringLayout(cycle, 288, 224).nodes;
    assert.ok(rest.every(({ y }) => y > first!.y));
  });

  test('a zig-zag joins its two points and has no head', () => {
    const path = zigZag({ x: 10, y: 0 }, { x: 20, y: 60 });
    assert.ok(path.startsWith('M10.0 0.0') && path.endsWith('L20.0 60.0'));
    assert.ok(path.split('L').length >= 6);
    assert.ok(!path.includes('Z'));
  });

  test('a zig-zag between equal points is still a path', () => {
    assert.ok(!zigZag({ x: 5, y: 5 }, { x: 5, y: 5 }).includes('NaN'));
  });
});
