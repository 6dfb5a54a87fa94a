/** This file tests how the panel is divided: by examples that people meet, and by laws over any size. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { divide, type Concession } from '../../src/webview/divide';
import { layOutPanel, type Column, type Given, type Regions, type Row } from '../../src/webview/regions';

const ROWS: readonly Row[] = ['toolbar', 'verdict', 'overview', 'ruler', 'lanes', 'legend', 'drawer'];
const COLUMNS: readonly Column[] = ['header', 'canvas', 'margin', 'pane'];

/** Lanes of goroutines drawn low, under the header of their group. */
const LANES = { three: 24 + 3 * 36, five: 24 + 5 * 36 };
const given = (width: number, height: number, more: Partial<Given> = {}): Given => ({
  width,
  height,
  font: 13,
  alone: false,
  table: false,
  open: true,
  chosen: {},
  said: 430,
  names: 28,
  lanes: LANES,
  ...more,
});
const at = (width: number, height: number, more: Partial<Given> = {}): Regions =>
  layOutPanel(given(width, height, more));

suite('webview/regions', () => {
  test('a wide panel has everything as it wants to be, and the pane beside the timeline', () => {
    const { toolbar, verdict, overview, ruler, legend, drawer, header, pane, canvas, orientation } = at(1120, 830);
    assert.deepEqual([toolbar, verdict, overview, ruler, legend, drawer], [40, 36, 44, 28, 32, 0]);
    assert.deepEqual([header, pane, canvas, orientation], [168, 320, 622, 'beside']);
  });

  test('below 1,000 px the pane is a drawer, and a wider panel never has a narrower canvas for it', () => {
    assert.deepEqual([at(1000, 800).orientation, at(999, 800).orientation], ['beside', 'below']);
    assert.ok(at(776, 800).canvas > at(626, 800).canvas);
    assert.ok(at(776, 800).canvas >= 420 + 168, 'had 280');
  });

  test('a panel too low for a drawer has its pane beside, if the canvas keeps what it wants', () => {
    assert.equal(at(900, 380).orientation, 'beside');
    assert.ok(at(900, 380).canvas >= 420);
    assert.equal(at(640, 380).orientation, 'below');
  });

  test('1280 × 720 with the explorer, which leaves 466 × 628: five lanes and 420 px of canvas beside a finding', () => {
    const { canvas, lanes, drawer, overview, legend } = at(466, 628);
    assert.ok(canvas >= 420 && lanes >= LANES.five, `${canvas} ${lanes}`);
    assert.ok(drawer >= 120 && drawer <= 0.35 * 628 && overview > 0 && legend > 0);
  });

  test('the same at window zoom +2, which leaves 310 × 408: three lanes', () => {
    const { lanes, drawer, lines, header } = at(310, 408);
    assert.ok(lanes >= LANES.three && drawer >= 120, `${lanes} ${drawer}`);
    assert.deepEqual([lines, header], [2, 36]);
  });

  test('the drawer takes no more than 35 % by itself, and a line of tabs when it is closed', () => {
    assert.equal(at(640, 1000).drawer, 350);
    assert.equal(at(640, 1000, { open: false }).drawer, 33);
    assert.equal(at(640, 1000, { open: false }).splitter, undefined);
  });

  test('a person may make it larger, down to three lanes; it is as large again when there is room again', () => {
    const chosen = { below: 700 };
    assert.equal(at(640, 1000, { chosen }).drawer, 700);
    const low = at(640, 600, { chosen });
    assert.ok(low.drawer < 700 && low.lanes >= LANES.three && low.drawer === low.splitter?.most);
    assert.equal(at(640, 1000, { chosen: { beside: 700 } }).drawer, 350, 'each place has its own size');
  });

  test('the pane grows until the headers are names and the canvas has what it wants', () => {
    const { pane, header, canvas, splitter } = at(1000, 800, { chosen: { beside: 2000 } });
    assert.deepEqual([pane, header, canvas], [splitter?.most, 36, 420]);
  });

  test('alone, the timeline has all of it', () => {
    const { lanes, overview, ruler, canvas, header, margin, splitter } = at(1120, 830, { alone: true });
    assert.equal(lanes + overview + ruler, 830);
    assert.equal(canvas + header + margin, 1120);
    assert.equal(splitter, undefined);
  });

  test('long names of goroutines get what they need, within reason', () => {
    assert.equal(at(466, 628, { names: 50 }).header, 58);
    assert.equal(at(466, 628, { names: 500 }).header, 76);
    assert.equal(at(1120, 628, { names: 500 }).header, 168);
  });

  test('a long verdict has two lines where the pane is below, one beside it', () => {
    assert.deepEqual(
      [at(640, 800, { said: 900 }).lines, at(640, 800).lines, at(1120, 800, { said: 2000 }).lines],
      [2, 1, 1],
    );
  });

  test('the table has no ruler, overview and legend, and all of the width', () => {
    const { overview, ruler, legend, header, canvas } = at(640, 800, { table: true });
    assert.deepEqual([overview, ruler, legend, header, canvas], [0, 0, 0, 0, 640]);
  });

  const size = fc.integer({ min: 0, max: 3000 });
  const anyGiven = fc.record({
    width: size,
    height: size,
    font: fc.integer({ min: 8, max: 30 }),
    alone: fc.boolean(),
    table: fc.boolean(),
    open: fc.boolean(),
    chosen: fc.record({ beside: size, below: size }, { requiredKeys: [] }),
    said: size,
    names: fc.integer({ min: 0, max: 400 }),
    lanes: fc
      .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }))
      .map(([three, more]) => ({ three, five: three + more })),
  });

  test('law: nothing is negative, and the parts are the whole', () => {
    fc.assert(
      fc.property(anyGiven, (of) => {
        const regions = layOutPanel(of);
        const sum = (parts: readonly (Row | Column)[]): number => parts.reduce((all, part) => all + regions[part], 0);
        for (const part of [...ROWS, ...COLUMNS]) assert.ok(regions[part] >= 0, `${part} ${regions[part]}`);
        assert.equal(sum(ROWS), of.height);
        assert.equal(sum(COLUMNS), of.width);
      }),
    );
  });

  test('law: where there is more room, no region is smaller, but for the lanes and the canvas, which keep what they want', () => {
    fc.assert(
      fc.property(anyGiven, fc.integer({ min: 1, max: 400 }), fc.boolean(), (of, more, taller) => {
        const larger = { ...of, ...(taller ? { height: of.height + more } : { width: of.width + more }) };
        const [less, now] = [layOutPanel(of), layOutPanel(larger)];
        // Where the pane moves, or the words need fewer lines, it is another panel.
        fc.pre(less.orientation === now.orientation && (taller || less.verdict <= now.verdict));
        for (const part of taller ? ROWS : COLUMNS) {
          const wants = part === 'lanes' ? of.lanes.three : part === 'canvas' ? 420 : Infinity;
          assert.ok(now[part] >= Math.min(less[part], wants), `${part} ${less[part]} ${now[part]}`);
        }
      }),
    );
  });

  test('law: the drawer that nobody has moved is at most 35 % of the height', () => {
    fc.assert(
      fc.property(anyGiven, (of) => {
        const { drawer } = layOutPanel({ ...of, chosen: {}, open: true });
        assert.ok(drawer <= 0.35 * of.height);
      }),
    );
  });

  test('law: a place chosen within the limits is where the splitter is, as long as that leaves the lanes theirs', () => {
    fc.assert(
      fc.property(anyGiven, size, (of, wanted) => {
        const { orientation, splitter, ...regions } = layOutPanel(of);
        fc.pre(splitter !== undefined && of.font <= 13);
        const px = Math.min(Math.max(wanted, splitter.least), splitter.most);
        const moved = layOutPanel({ ...of, chosen: { [orientation]: px } });
        const now = orientation === 'beside' ? moved.pane : moved.drawer;
        if (splitter.most > splitter.least) assert.equal(now, px);
        assert.deepEqual(moved.splitter, splitter);
        assert.equal(moved.toolbar, regions.toolbar);
      }),
    );
  });
});

suite('webview/divide', () => {
  const parts = ['a', 'b', 'c'] as const;
  type Part = (typeof parts)[number];
  const px = fc.integer({ min: 0, max: 500 });
  const concession = fc.record({ part: fc.constantFrom(...parts), to: px, whole: fc.boolean() });
  const last: readonly Concession<Part>[] = parts.map((part) => ({ part, to: 0 }));
  const division = fc.record({
    best: fc.record({ a: px, b: px, c: px }),
    asked: fc.array(concession, { maxLength: 6 }),
  });

  test('law: it is as if one px after another was asked of the first that still has something to give', () => {
    fc.assert(
      fc.property(division, px, ({ best, asked }, total) => {
        const order = [...asked.map((one) => ({ ...one, whole: false })), ...last];
        const sizes = { ...best };
        const sum = (): number => sizes.a + sizes.b + sizes.c;
        while (sum() > total) sizes[order.find(({ part, to }) => sizes[part] > to)!.part]--;
        sizes.c += total - sum();
        assert.deepEqual(divide(total, { best, order, slack: 'c' }), sizes);
      }),
    );
  });

  test('law: the sum is the whole; more room never makes a part smaller where all give by the px', () => {
    fc.assert(
      fc.property(division, px, px, ({ best, asked }, total, more) => {
        const order = [...asked.map((one) => ({ ...one, whole: false })), ...last];
        const [less, now] = [total, total + more].map((of) => divide(of, { best, order, slack: 'c' })) as [
          Record<Part, number>,
          Record<Part, number>,
        ];
        assert.equal(less.a + less.b + less.c, total);
        for (const part of parts) assert.ok(less[part] >= 0 && now[part] >= less[part]);
      }),
    );
  });

  test('what gives at once or not at all leaves the rest to the slack', () => {
    const best = { a: 40, b: 100, c: 100 };
    const order = [
      { part: 'a', to: 0, whole: true },
      { part: 'b', to: 0 },
      { part: 'c', to: 0 },
    ] as const;
    assert.deepEqual(divide(230, { best, order, slack: 'c' }), { a: 0, b: 100, c: 130 });
    assert.deepEqual(divide(190, { best, order, slack: 'c' }), { a: 0, b: 90, c: 100 });
  });
});
