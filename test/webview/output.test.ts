/** This file tests what the Output tab makes of what a program printed: lines, their steps, what is found in them, which of them are elements. */
import '../harness/go-text.cjs';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileSources } from '../../src/session/compile';
import { simulate, type SimulationResult } from '../../src/session/simulation';
import { PrintedPieces, rowsOfPieces, textOf, type Printed, type Stream } from '../../src/trace/printed';
import { linesOf, markedPieces, MOST_FOUND, nextPlace, Output, placesOf } from '../../src/webview/output';
import { rowWindow, scrollTo } from '../../src/webview/rowWindow';

/** Half of a character. */
const LONE = /\p{Surrogate}/u;

type Piece = readonly [text: string, stream: Stream];

function printedOf(pieces: readonly Piece[]): Printed {
  const all = new PrintedPieces();
  pieces.forEach(([text, stream], i) => all.add(text, stream, i * 2));
  return all.printed();
}
function run(text: string, budgets = {}): SimulationResult {
  const { program, code } = compileSources([{ name: 'a.lane', text }]);
  return simulate(program, code!, { seed: 42, budgets });
}
const outputOf = ({ printed, trace }: SimulationResult): Output => new Output(printed, trace);
const linesIn = (output: Output): string[] =>
  Array.from({ length: output.lines.count }, (_, line) => output.lineText(line));
const texts = (pieces: readonly Piece[], longest?: number): string[] => {
  const printed = printedOf(pieces);
  const { count, starts, ends } = linesOf(printed, longest);
  return Array.from({ length: count }, (_, i) => printed.text.slice(starts[i], ends[i]));
};

/** Lines as they are defined, one unit after the other. */
function naive(pieces: readonly Piece[]): string[] {
  const lines: string[] = [];
  let [open, last]: [string | undefined, Stream] = [undefined, 1];
  for (const [text, stream] of pieces) {
    for (const unit of text) {
      if (open !== undefined && last !== stream) {
        lines.push(open);
        open = undefined;
      }
      last = stream;
      if (unit === '\n') {
        lines.push(open ?? '');
        open = undefined;
      } else open = (open ?? '') + unit;
    }
  }
  return open === undefined ? lines : [...lines, open];
}

suite('webview/output', () => {
  const pieces = fc.array(
    fc.tuple(fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '\r') }), fc.constantFrom(1, 2)),
  );

  test('lines end at line feeds, and where the other stream begins', () => {
    assert.deepEqual(texts([['a', 1], ['b\nc', 1], ['d\n', 2], ['e', 1]]), ['ab', 'c', 'd', 'e']); // prettier-ignore
    assert.deepEqual(texts([['a\n\n', 1]]), ['a', '']);
    assert.deepEqual(texts([['a', 1], ['\n', 2]]), ['a', '']); // prettier-ignore
    assert.deepEqual(texts([]), []);
    fc.assert(fc.property(pieces, (of) => assert.deepEqual(texts(of as Piece[]), naive(of as Piece[]))));
  });

  test('nothing is lost where lines are too long, and no character is cut', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 2, max: 5 }), (of, longest) => {
        const lines = texts(of, longest);
        assert.equal(lines.join(''), of.map(([text]) => text).join('').replaceAll('\n', '')); // prettier-ignore
        assert.ok(lines.every((line) => line.length <= longest && !LONE.test(line)));
      }),
    );
  });

  test('each stream is what went to it', () => {
    fc.assert(
      fc.property(pieces, (of) => {
        const printed = printedOf(of);
        for (const stream of [1, 2] as const)
          assert.equal(textOf(printed, stream), of.map(([text, to]) => (to === stream ? text : '')).join(''));
      }),
    );
  });

  test('a megabyte in pieces of one letter is divided at once', () => {
    const all = new PrintedPieces();
    for (let i = 0; i < 1e6; i++) all.add('x', 1, i);
    assert.equal(linesOf(all.printed()).count, 1000);
  });

  test('a line leads to the step that printed it, and a step to its line', () => {
    const result = run(`func main() {
	fmt.Print("one ")
	fmt.Println("line")
	println("to stderr")
	fmt.Print("a\\nb\\r\\n")
}
`);
    const output = outputOf(result);
    const { columns, meta } = result.trace;
    assert.deepEqual(linesIn(output), ['one line', 'to stderr', 'a', 'b']);
    const printedAt = (line: number): string => meta.texts[columns.obj[output.rowOf(line)]!]!;
    assert.deepEqual([0, 1, 2, 3].map(printedAt), ['one ', 'to stderr\n', 'a\nb\r\n', 'a\nb\r\n']);
    assert.deepEqual([0, 1, 2, 3].map((line) => output.isError(line)), [false, true, false, false]); // prettier-ignore
    const rows = [...rowsOfPieces(result.trace, result.printed)];
    assert.deepEqual(rows.map((row) => output.lineOf(row)), [0, 0, 1, 2]); // prettier-ignore
    assert.ok(output.isOf(0, rows[0]!) && output.isOf(0, rows[1]!) && output.isOf(3, rows[3]!));
    assert.ok(!output.isOf(1, rows[0]!) && !output.isOf(0, -1) && output.lineOf(0) === -1);
  });

  test('a line whose step the trace has no room for is there all the same, and leads nowhere', () => {
    const result = run('func main() { for i := range 3000 { println(i) } }', { traceRows: 1000 });
    const output = outputOf(result);
    assert.deepEqual(
      linesIn(output),
      Array.from({ length: 3000 }, (_, i) => String(i)),
    );
    const rows = Array.from({ length: 3000 }, (_, line) => output.rowOf(line));
    assert.ok(rows[0]! >= 0 && rows[2999]! >= 0 && rows.includes(-1));
    const { columns, meta } = result.trace;
    for (const [line, row] of rows.entries()) if (row >= 0) assert.equal(meta.texts[columns.obj[row]!], `${line}\n`);
  });

  test('a race that is explained by a second pass has its output with the steps of the trace', () => {
    const result = run('var x int\nfunc main() { go func() { x++; println(1) }(); x++; println(2); time.Sleep(9) }');
    const rows = rowsOfPieces(result.trace, result.printed);
    assert.ok(result.findings.length > 0 && rows.length === 2 && rows.every((row) => row >= 0));
  });

  test('words are found whatever their case, around the end, and no pattern is one', () => {
    assert.deepEqual([...placesOf('aB', 'ab xAB ab')], [0, 4, 7]);
    assert.deepEqual([...placesOf('.*', 'a.*b')], [1]);
    assert.deepEqual([...placesOf('', 'a')], []);
    assert.deepEqual([...placesOf('\\[(', 'a\\[(')], [1]);
    assert.equal(placesOf('a', 'a'.repeat(MOST_FOUND + 5)).length, MOST_FOUND);
    const places = Int32Array.of(0, 4, 7);
    assert.deepEqual([-1, 0, 4, 7, 9].map((unit) => nextPlace(places, unit, 1)), [0, 1, 2, 0, 0]); // prettier-ignore
    assert.deepEqual([0, 1, 7, 9].map((unit) => nextPlace(places, unit, -1)), [2, 0, 1, 2]); // prettier-ignore
    assert.equal(nextPlace(Int32Array.of(), 0, 1), -1);
  });

  test('what is found is marked, also where a line ends within it', () => {
    const marked = (text: string, start: number, places: number[], length: number): string =>
      markedPieces(text, start, Int32Array.from(places), length)
        .map((piece) => (piece.place < 0 ? piece.text : `[${piece.place}${piece.text}]`))
        .join('');
    assert.equal(marked('abcab', 10, [3, 10, 13, 20], 2), '[1ab]c[2ab]');
    assert.equal(marked('cdef', 10, [9, 13], 2), '[0c]de[1f]');
    assert.equal(marked('abc', 10, [], 2), 'abc');
  });
});

suite('webview/rowWindow', () => {
  const shapes = fc.record({
    count: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 200_000_000 })),
    row: fc.integer({ min: 11, max: 40 }),
    clientHeight: fc.integer({ min: 40, max: 2000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  test('what is in sight is filled with rows, of which there are few', () => {
    fc.assert(
      fc.property(shapes, ({ count, row, clientHeight, share }) => {
        const { height: all } = rowWindow(count, row, { scrollTop: 0, clientHeight });
        const scrollTop = share * Math.max(0, all - clientHeight);
        const { first, end, top, height } = rowWindow(count, row, { scrollTop, clientHeight });
        assert.ok(height <= 8_000_000 && end - first <= clientHeight / row + 26);
        assert.ok(first === 0 ? top <= scrollTop + 0.01 : top < scrollTop);
        const bottom = top + (end - first) * row;
        assert.ok(bottom >= Math.min(scrollTop + clientHeight, height) - 0.01, `${bottom}`);
        if (share === 1) assert.equal(end, count);
      }),
    );
  });

  test('any row can be scrolled to, and what is in sight stays', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), ({ count, row, clientHeight, share }, which) => {
        fc.pre(count > 0);
        const { height } = rowWindow(count, row, { scrollTop: 0, clientHeight });
        const from = share * Math.max(0, height - clientHeight);
        const index = Math.min(count - 1, Math.floor(which * count));
        const scrollTop = scrollTo(index, count, row, { scrollTop: from, clientHeight }) ?? from;
        const { first, top } = rowWindow(count, row, { scrollTop, clientHeight });
        const y = top + (index - first) * row - scrollTop;
        assert.ok(y >= -0.01 && y + row <= clientHeight + 0.01, `${y}`);
        // But for rounding, once is enough.
        const again = scrollTo(index, count, row, { scrollTop, clientHeight }) ?? scrollTop;
        assert.ok(Math.abs(again - scrollTop) < 0.01, `${again - scrollTop}`);
      }),
    );
  });
});
