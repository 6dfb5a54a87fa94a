/** This file tests the forms in which traces leave memory. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EVENT_NAMES } from '../../src/event/kinds';
import { TraceFormatError, decodeTrace, decodeTransfer, encodeTrace, encodeTransfer } from '../../src/trace/format';
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
