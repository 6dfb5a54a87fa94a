/** This file tests that a trace that is full before the run ends says so wherever it is shown. */
import assert from 'node:assert/strict';
import { encodeChrome } from '../../src/report/chrome';
import { cutWords } from '../../src/report/cutWords';
import { renderSvg } from '../../src/report/svg';
import type { SimulationResult } from '../../src/session/simulation';
import { runText } from '../support/run';

const PROGRAM = 'func main() {\n\tc := make(chan int)\n\tgo func() {\n\t\tfor i := range 100 {\n\t\t\tc <- i\n\t\t}\n\t\tclose(c)\n\t}()\n\tfor range c {\n\t}\n}\n'; // prettier-ignore

function traced(traceRows?: number): SimulationResult {
  return runText(PROGRAM, 'lane', { budgets: traceRows === undefined ? {} : { traceRows } }).simulation!;
}

suite('report: a trace that is full', () => {
  test('says where it ends, of how long a run, and how much it holds', () => {
    const { trace } = traced(50);
    assert.match(cutWords(trace)!, /^the timeline ends at \S+ [µm]s of \S+ [µm]s: it is full with 50 events$/);
    assert.match(renderSvg(trace, []), /<title>.*; the timeline ends at .*<\/title>/);
    assert.match(encodeChrome(trace), /"cut":"the timeline ends at /);
  });

  test('and one that shows the whole run says nothing', () => {
    const { trace } = traced();
    assert.equal(cutWords(trace), undefined);
    assert.doesNotMatch(renderSvg(trace, []) + encodeChrome(trace), /the timeline ends/);
  });
});
