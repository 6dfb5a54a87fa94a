/** This file tests that a finding calls memory what the source calls it: package variables, captured ones, fields, elements, maps, locks. */
import assert from 'node:assert/strict';
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
});
