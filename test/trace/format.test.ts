/** This file tests the forms in which traces leave memory. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Interrupt, UNITS_BETWEEN_QUESTIONS } from '../../src/base/interrupt';
import { visibleJson } from '../../src/base/visible';
import { EVENT_NAMES } from '../../src/event/kinds';
import { TraceFormatError, decodeTrace, encodeTrace } from '../../src/trace/format';
import type { TraceMeta } from '../../src/trace/meta';
import { decodeTransfer, encodeTransfer } from '../../src/trace/transfer';
import { crawl, random } from '../support/programs';
import { TraceBuilder } from '../support/traceBuilder';

const traces = fc.integer({ min: 0, max: 1 << 20 }).map(random);
const RUNS = { numRuns: 40 };

type Document = Record<string, unknown> & {
  meta: Record<string, unknown>;
  columns: Record<string, unknown[]>;
  kinds: string[];
};
const documentOf = (): Document => JSON.parse(encodeTrace(crawl())) as Document;

suite('the trace document', () => {
  test('reads back as it was written', () => {
    fc.assert(
      fc.property(traces, (trace) => assert.deepEqual(decodeTrace(encodeTrace(trace)), trace)),
      RUNS,
    );
  });

  test('keeps extreme numbers', () => {
    const builder = new TraceBuilder('extreme');
    builder.add('Write', { g: 1, obj: 2 ** 31 - 1, a: -(2 ** 31), value: -1, time: 1e15 + 0.5 });
    const trace = builder.build();
    assert.deepEqual(decodeTrace(encodeTrace(trace)), trace);
  });

  test('of the same run is the same text', () => {
    assert.equal(encodeTrace(crawl(5)), encodeTrace(crawl(5)));
    assert.notEqual(encodeTrace(crawl(5)), encodeTrace(crawl(6)));
  });

  test('has the metadata as JSON.stringify writes them, in parts between which it looks at its interrupt', () => {
    const { meta, ...rest } = crawl();
    const [goroutine, object] = [meta.goroutines[0]!, meta.objects[0]!];
    const many = (n: number): TraceMeta => ({
      ...meta,
      goroutines: Array.from({ length: n }, (_, id) => ({ ...goroutine, id })),
      objects: Array.from({ length: n }, (_, id) => ({ ...object, id, name: `"\u200b${id}` })),
      stacks: Array.from({ length: n }, (_, i) => [i, i + 1]),
      racesGaveUp: undefined,
    });
    for (const n of [0, 1, 511, 512, 513, 2000]) {
      const looks: number[] = [];
      const interrupt = new Interrupt(() => undefined);
      interrupt.worked = (units) => looks.push(units);
      const text = encodeTrace({ ...rest, meta: many(n) }, interrupt);
      const plain = visibleJson(JSON.stringify(many(n)));
      assert.ok(text.includes(`"meta":${plain},`), `${n}`);
      assert.ok(Math.max(...looks) < UNITS_BETWEEN_QUESTIONS, `${Math.max(...looks)} units at once`);
      assert.ok(looks.reduce((sum, units) => sum + units, 0) > n * 300);
    }
  });

  test('may order its kinds differently', () => {
    const document = documentOf();
    const last = document.kinds.length - 1;
    document.kinds.reverse();
    document.columns.kind = document.columns.kind!.map((kind) => last - (kind as number));
    assert.deepEqual(decodeTrace(JSON.stringify(document)), crawl());
  });

  const broken: Readonly<Record<string, (document: Document) => void>> = {
    'its schema is': (document) => (document.schema = 'interlane.trace/2'),
    'rows is not a count': (document) => (document.rows = -1),
    'columns.time has': (document) => document.columns.time!.pop(),
    'columns.g[3] is': (document) => (document.columns.g![3] = 0.5),
    'columns.obj[0] is': (document) => (document.columns.obj![0] = 2 ** 31),
    'columns.kind[1] is': (document) => (document.columns.kind![1] = EVENT_NAMES.length),
    'unknown event kind': (document) => (document.kinds[0] = 'Nonsense'),
    'columns.place[2] names no place': (document) => (document.columns.place![2] = 9999),
    'columns.step[1] is': (document) => (document.columns.step![1] = 77),
    'columns is not an object': (document) => (document.columns = [] as never),
    'meta is not an object': (document) => (document.meta = null as never),
    'meta.cores is not a number': (document) => (document.meta.cores = 'two'),
    'meta.files[0] is not a string': (document) => (document.meta.files = [1]),
    'meta.goroutines[0].name is not a string': (document) => (document.meta.goroutines = [{ id: 1 }]),
  };
  for (const [what, breakIt] of Object.entries(broken)) {
    test(`is refused where ${what} …`, () => {
      const document = documentOf();
      breakIt(document);
      assert.throws(
        () => decodeTrace(JSON.stringify(document)),
        (error: Error) => error instanceof TraceFormatError && error.message.includes(what),
      );
    });
  }

  test('is refused where it is not JSON, and never fails otherwise', () => {
    assert.throws(() => decodeTrace('{'), TraceFormatError);
    fc.assert(fc.property(fc.json(), (text) => assert.throws(() => decodeTrace(text), TraceFormatError)));
  });

  test('ignores fields that it does not know', () => {
    const document = { ...documentOf(), notes: [1] };
    assert.deepEqual(decodeTrace(JSON.stringify(document)), crawl());
  });
});

suite('the packed trace', () => {
  test('unpacks to the same trace over its own buffer', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const packed = structuredClone(encodeTransfer(trace));
        const back = decodeTransfer(packed);
        assert.deepEqual(back, trace);
        assert.equal(back.columns.time.buffer, packed.buffer);
      }),
      RUNS,
    );
  });
});
