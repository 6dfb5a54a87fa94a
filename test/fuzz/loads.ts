/** This file adds statements that ask much of one run: of its time, its memory, its goroutines, its findings. */
import type { Chance } from './chance';
import type { Mutator } from './mutator';
import type { Specimen } from './specimen';

/** Work with `N` of something; each stands alone, in the braces of a block. */
const LOADS = [
  's := make([]int, N); t := make([]int, N); copy(s, t); clear(s)', 's := make([]byte, N); println(string(s) == string(s))', 'fmt.Sprint(make([]int, N))', 'println(len(strings.Repeat("x", N)))',
  'for range N { go func() { select {} }() }', 'for range N { go func() {}() }', 'for range N { time.AfterFunc(time.Hour, func() {}) }', 'for i := range N { defer func() { recover(); panic(i) }() }; panic(0)',
  'm := map[int]int{}; for i := range N { m[i] = i }; for k := range m { delete(m, k) }', 's := "x"; for range N { s += s; if len(s) > N { break } }; println(len(s))', 's := []int{}; for i := range N { s = append(s, i) }',
  'var f func(int) int; f = func(i int) int { if i == 0 { return 0 }; return f(i-1) + 1 }; println(f(N))', 'c := make(chan int, N); for range N { c <- 1 }; close(c); for range c { }', 'for range N { fmt.Println("line") }',
  'var mu sync.Mutex; for range N { go func() { mu.Lock() }() }', 'var wg sync.WaitGroup; x := 0; for range N { wg.Go(func() { x++ }) }; wg.Wait()', 't := time.NewTicker(N); for range 100 { <-t.C }', 'work(N)', 'time.Sleep(N)',
  'var e any; for range N { e = []any{e} }; fmt.Println(e)', 'e := errors.New("x"); for range N { e = fmt.Errorf("%w", e) }; println(e.Error())', 'type T struct{ a [16]int }; s := make([]T, N); t := s; _ = append(s, t...)',
  'x := N; for { x++ }', 'for range N { make(chan int) <- 1 }', 'for range N { c := make(chan int); go func() { c <- 1 }() }', 'panic(strings.Repeat("p", N))', 'print(strings.Repeat("p", N))', 'var a [64]int; for i := range N { a[i%64]++; b := a; _ = b }',
  'x := 0; for range N { go func() { x++ }() }; time.Sleep(1)', 'var o sync.Once; for range N { go o.Do(func() { select {} }) }', 'c := sync.NewCond(&sync.Mutex{}); for range N { go func() { c.L.Lock(); c.Wait() }() }', 'rand.Perm(N)', 'sort.Ints(rand.Perm(N))',
  'ctx := context.Background(); for range N { ctx, _ = context.WithCancel(ctx) }; <-ctx.Done()', 'fmt.Printf("%*d", N, 1)', 's := make([]string, N); strings.Join(s, "xxxxxxxx")', 'strings.Split(strings.Repeat("a,", N), ",")', 'runtime.GOMAXPROCS(N)', 'os.Exit(N)',
  'x := []byte("a"); for range N { x = append(x, x...); if len(x) > N { x = x[:1] } }', 'for range N { func() { defer recover(); panic(1) }() }', 'for range N { go panic(1) }', 'runtime.Goexit()', 'var p *int; *p = N', 'bytes.Repeat([]byte("x"), N)',
]; // prettier-ignore

const COUNTS = ['0', '1', '10', '1000', '8000', '100_000', '1_000_000', '50_000_000', '1<<31', '1<<40', '1<<62'];

function load(specimen: Specimen, chance: Chance): Specimen | undefined {
  const statements = specimen.parts.filter(({ class: c, kind }) => c === 'statement' && kind !== 'Block');
  if (statements.length === 0) return undefined;
  const { start } = chance.pick(statements);
  const text = `{ ${chance.pick(LOADS).replaceAll('N', chance.pick(COUNTS))} }\n`;
  return specimen.with({ start, end: start, text });
}

export const LOAD_MUTATORS: readonly Mutator[] = [{ name: 'load', weight: 5, mutate: load }];
