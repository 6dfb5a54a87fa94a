/** This file tests that a finding calls memory what the source calls it: package variables, captured ones, fields, elements, maps, locks. */
import assert from 'node:assert/strict';
import type { ObjectKind } from '../../src/trace/meta';
import { runText } from '../support/run';

/** Two goroutines run `body`, unordered. */
const racing = (declarations: string, body: string): string => `${declarations}

func main() {
	done := make(chan bool)
	for i := 0; i < 2; i++ {
		go func() {
			${body}
			done <- true
		}()
	}
	<-done
	<-done
}
`;

const NAMES: readonly (readonly [name: string, declarations: string, body: string])[] = [
  ['count', 'var count int', 'count++'],
  ['count', 'var none struct{}\nvar count int', 'count++'],
  ['s.n', 'var s struct { none struct{}; n int; last struct{} }', 's.n++'],
  ['stats.hits', 'var stats struct { misses, hits int }', 'stats.hits++'],
  ['grid[1][2]', 'var grid [3][4]int', 'grid[1][2]++'],
  ['cache', 'var cache = map[string]int{}', 'cache["x"] = i'],
  ['list[1]', 'var list = []int{1, 2, 3}', 'list[1]++'],
  ['p.x', 'type point struct { x, y int }\nvar p = &point{1, 2}', 'p.x++'],
];

suite('names of findings', () => {
  for (const [name, declarations, body] of NAMES) {
    test(name, () => {
      const { findings } = runText(racing(declarations, body));
      assert.deepEqual([...new Set(findings.map((finding) => finding.objectName))], [name]);
    });
  }

  test('a captured local variable', () => {
    const { findings } = runText(`func main() {
	total := 0
	done := make(chan bool)
	go func() { total++; done <- true }()
	go func() { total++; done <- true }()
	<-done
	<-done
}`);
    assert.deepEqual(
      findings.map((finding) => finding.objectName),
      ['total'],
    );
  });

  test('a lock inside a struct is named as the lock', () => {
    const { findings } = runText(`type box struct { n int; mu sync.Mutex }
var b box
func main() {
	b.mu.Lock()
	b.mu.Lock()
}`);
    assert.equal(findings[0]?.kind, 'deadlock');
    assert.equal(findings[0].objectName, 'b.mu');
  });

  test('a channel is named by the variable that holds it', () => {
    const { findings } = runText('func main() {\n\tanswers := make(chan int)\n\t<-answers\n}');
    assert.equal(findings[0]?.objectName, 'answers');
  });

  /** Names of a run's objects of a kind, in the order of the trace. */
  const namesOf = (kind: ObjectKind, text: string): string[] =>
    runText(text).simulation!.trace.meta.objects.filter((object) => object.kind === kind).map(({ name }) => name); // prettier-ignore

  test('of several that one statement makes each has a number; what is alone has none', () => {
    const stages = (count: number): string => `func stage(in chan int) chan int {
	out := make(chan int)
	go func() { out <- <-in + 1 }()
	return out
}

func main() {
	first := make(chan int)
	last := first
	for range ${count} { last = stage(last) }
	go func() { first <- 1 }()
	println(<-last)
}
`;
    assert.deepEqual(namesOf('channel', stages(3)), ['first', 'out#1', 'out#2', 'out#3']);
    assert.deepEqual(namesOf('channel', stages(1)), ['first', 'out']);
  });

  test('locks and wait groups of the same name have numbers; what lies in one struct has one', () => {
    const text = `type box struct { n int; mu sync.Mutex; free sync.Mutex }

func open() {
	var b box
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b.free.Lock()
			b.free.Unlock()
			b.mu.Lock()
			b.mu.Unlock()
		}()
	}
	wg.Wait()
}

func main() { open(); open() }
`;
    assert.deepEqual(namesOf('mutex', text), ['b#1.free', 'b#1.mu', 'b#2.free', 'b#2.mu']);
    assert.deepEqual(namesOf('waitgroup', text), ['wg#1', 'wg#2']);
    assert.deepEqual(namesOf('mutex', text.replace('open(); open()', 'open()')), ['b.free', 'b.mu']);
  });

  test('a race at the same two places on several of a name has the name of all; one on one of them, its number', () => {
    const text = `func count(both bool) {
	total := 0
	done := make(chan bool)
	go func() {
		if both { total++ }
		done <- true
	}()
	total++
	<-done
}

func main() { count(true); count(BOTH) }
`;
    const titles = (both: boolean): string[] =>
      runText(text.replace('BOTH', String(both))).findings.map(({ title }) => title);
    assert.deepEqual(titles(true), ['Data race on total']);
    assert.match(titles(false).join(), /^Data race on total(#1)?$/);
  });
});
