/** This file tests that a race is explained however long ago its earlier access was: what everybody knew then is long forgotten when it is found. */
import assert from 'node:assert/strict';
import { runText } from '../support/run';

const MEETINGS = 80_000;

/** A write, a great many meetings of which the writer hears nothing, and the read that races with it. */
const program = (meetings: number): string => `
var x int

func main() {
	wrote, ping := make(chan int, 1), make(chan int)
	go func() {
		wrote <- 1
		x = 1
		select {}
	}()
	<-wrote
	go func() {
		for {
			ping <- 1
		}
	}()
	for range ${meetings} {
		<-ping
	}
	println(x)
}
`;

suite('a race with an access of long ago', () => {
  for (const trace of [true, false]) {
    for (const values of [true, false]) {
      test(`it is explained as one of just now: trace ${trace}, values ${values}`, () => {
        const race = (meetings: number) => {
          const budgets = { traceRows: 2000 };
          const { findings } = runText(program(meetings), 'lane', { trace, values, budgets });
          const found = findings.find(({ kind }) => kind === 'data-race');
          assert.ok(found?.clocks, `${meetings} meetings: clocks are told`);
          const { rows, deciding } = found.clocks;
          return { labels: rows.map(({ label }) => label), deciding, sites: found.sites.map(({ role }) => role) };
        };
        const longAgo = race(MEETINGS);
        assert.deepEqual([longAgo.deciding, longAgo.sites], [race(3).deciding, race(3).sites]);
        assert.ok(longAgo.sites.includes('last-common'), longAgo.sites.join());
      });
    }
  }
});
