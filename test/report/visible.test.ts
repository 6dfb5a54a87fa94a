/** This file tests that no report of a run shows a hidden character, whatever its program says, and that nothing of it becomes markup. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeChrome } from '../../src/report/chrome';
import { renderSvg } from '../../src/report/svg';
import { encodeBytes } from '../../src/base/utf8';
import { encodeTrace } from '../../src/trace/format';
import { runSources } from '../support/run';
import { hasHostile, hostileText } from '../support/hostile';

/** A Go literal of the bytes of a text. */
const literal = (text: string): string =>
  `"${[...encodeBytes(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;

/** A program that prints, names, sends, panics with a text. */
const saying = (text: string): string => `package main

import "fmt"

type T struct { name string }

var last T

func work(c chan string, s string) {
	fmt.Println(s)
	last = T{s}
	c <- s
}

func main() {
	text := ${literal(text)}
	c := make(chan string)
	go work(c, text)
	m := map[string]chan string{text: c}
	<-m[text]
	last = T{"x"}
	panic(text)
}
`;

suite('report: output is text', () => {
  test('law: no file of a run shows anything hostile', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (text, name) => {
        const { simulation } = runSources([
          { name: `${name}main.go`, text: saying(text) },
          { name: `${name}other.go`, text: 'package main\n' },
        ]);
        const { trace, findings } = simulation!;
        const svg = renderSvg(trace, findings);
        for (const file of [svg, encodeChrome(trace, findings), encodeTrace(trace)]) assert.ok(!hasHostile(file));
        assert.ok(!svg.includes('<b>'), 'no markup of the program');
      }),
      { numRuns: 40 },
    );
  });
});
