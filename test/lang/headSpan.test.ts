/** This file tests what is marked in the editor for something that goes over several lines: its keyword, else its first line. */
import assert from 'node:assert/strict';
import { SourceFile } from '../../src/base/span';
import { headSpan } from '../../src/lang/headSpan';
import { runText } from '../support/run';

/** What is marked of a whole text. */
function marked(text: string): string {
  const { start, end } = headSpan(new SourceFile('a.lane', text), { start: 0, end: text.length });
  assert.equal(start, 0);
  return text.slice(start, end);
}

suite('lang/headSpan', () => {
  test('of what stays on its line all is marked, even where it begins with a keyword', () => {
    for (const text of ['x + y', 'go f()', 'func() {}', '', 'spawn f()']) assert.equal(marked(text), text);
    const file = new SourceFile('a.lane', 'a\nx := 1\nb\n');
    assert.deepEqual(headSpan(file, { start: 2, end: 8 }), { start: 2, end: 8 });
  });

  test('of several lines the keyword is, else the first line without the blanks at its end', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['go func() {\n\tx++\n}()', 'go'],
      ['select {\ncase <-c:\n}', 'select'],
      ['for i := range 3 {\n}', 'for'],
      ['return f(\n\tx,\n)', 'return'],
      ['wg.Go(func() {\t\r\n})', 'wg.Go(func() {'],
      ['gopher(\n1)', 'gopher('],
      ['[]int{\n1,\n}', '[]int{'],
      ['process {\n}', 'process'],
      ['thread worker(\n1)', 'thread'],
      ['process(\n1)', 'process('],
      ['spawn = f(\n1)', 'spawn = f('],
    ];
    for (const [text, head] of cases) assert.equal(marked(text), head);
  });

  test('of a run no place goes over several lines', () => {
    const text = `func main() {
	c := make(chan int)
	go func() {
		c <- 1
	}()
	time.AfterFunc(1,
		func() {})
	<-c
	select {
	case v := <-c:
		println(v)
	}
}
`;
    const { simulation } = runText(text);
    const { meta } = simulation!.trace;
    const line = (number: number): string => text.split('\n')[number - 1]!;
    assert.ok(meta.places.every((place) => place.endLine === place.line));
    const words = meta.places.map((place) => line(place.line).slice(place.column - 1, place.endColumn - 1));
    for (const word of ['go', 'select']) assert.ok(words.includes(word), `${word} in ${words.join(' | ')}`);
    const { sites } = simulation!.findings[0]!;
    assert.equal(line(meta.places[sites[0]!.place]!.line).trim(), 'select {');
  });
});
