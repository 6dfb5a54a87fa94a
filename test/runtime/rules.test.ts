/** This file tests Go's rules of channels, select, package sync, timers and panics on real programs, each where it holds and where it does not. */
import assert from 'node:assert/strict';
import { run } from './harness';
import { compileLane, endOf } from './source';

/** One rule: a program and what it prints and how it ends, for every seed. */
interface Rule {
  readonly rule: string;
  /** Body of main. */
  readonly main: string;
  readonly ends: string;
}

const DEADLOCK = 'fatal error: all goroutines are asleep - deadlock!';
const NIL =
  'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x0]';

const rules: readonly Rule[] = [
  // ---- channels
  { rule: 'a receive gets what was sent', main: 'c := make(chan int); go func() { c <- 7 }(); fmt.Println(<-c)', ends: '7\nexit 0' },
  { rule: 'a send on an unbuffered channel without a receiver waits for ever', main: 'c := make(chan int); c <- 1', ends: DEADLOCK },
  { rule: 'a send into free buffer space does not wait', main: 'c := make(chan int, 1); c <- 1; fmt.Println(len(c), cap(c))', ends: '1 1\nexit 0' },
  { rule: 'a send into a full buffer waits for ever', main: 'c := make(chan int, 1); c <- 1; c <- 2', ends: DEADLOCK },
  { rule: 'a nil channel blocks for ever: receive', main: 'var c chan int; <-c', ends: DEADLOCK },
  { rule: 'a nil channel blocks for ever: send', main: 'var c chan int; c <- 1', ends: DEADLOCK },
  { rule: 'a buffer keeps the order', main: 'c := make(chan int, 3); c <- 1; c <- 2; c <- 3; fmt.Println(<-c, <-c, <-c)', ends: '1 2 3\nexit 0' },
  { rule: 'waiting senders are served in order', main: 'c := make(chan int); for i := range 3 { go func() { time.Sleep(time.Duration(i+1) * 100us); c <- i }() }; time.Sleep(1ms); fmt.Println(<-c, <-c, <-c)', ends: '0 1 2\nexit 0' },
  { rule: 'a closed channel yields what is in it, then zero', main: 'c := make(chan int, 2); c <- 5; close(c); v, ok := <-c; w, ok2 := <-c; fmt.Println(v, ok, w, ok2)', ends: '5 true 0 false\nexit 0' },
  { rule: 'close releases waiting receivers', main: 'c := make(chan int); go func() { time.Sleep(1ms); close(c) }(); v, ok := <-c; fmt.Println(v, ok)', ends: '0 false\nexit 0' },
  { rule: 'close makes waiting senders panic', main: 'c := make(chan int); go func() { time.Sleep(1ms); close(c) }(); c <- 1', ends: 'panic: send on closed channel' },
  { rule: 'send on a closed channel', main: 'c := make(chan int, 1); close(c); c <- 1', ends: 'panic: send on closed channel' },
  { rule: 'close of a closed channel', main: 'c := make(chan int); close(c); close(c)', ends: 'panic: close of closed channel' },
  { rule: 'close of nil channel', main: 'var c chan int; close(c)', ends: 'panic: close of nil channel' },
  { rule: 'a panic of a channel can be recovered', main: 'defer func() { fmt.Println(recover()) }(); c := make(chan int); close(c); close(c)', ends: 'close of closed channel\nexit 0' },
  { rule: 'make with a size out of range', main: 'n := -1; _ = make(chan int, n)', ends: 'panic: makechan: size out of range' },
  { rule: 'a constant size keeps its upper 32 bits: the buffer is not 0', main: 'c := make(chan int, 1<<46); c <- 1', ends: 'panic: makechan: size out of range' },
  { rule: 'a buffer that no memory holds', main: 'c := make(chan int, 1<<40); c <- 1', ends: 'fatal error: runtime: out of memory' },
  { rule: 'range over a channel ends when it is closed', main: 'c := make(chan int); go func() { for i := range 3 { c <- i }; close(c) }(); s := 0; for v := range c { s += v }; fmt.Println(s)', ends: '3\nexit 0' },
  { rule: 'range over a channel that nobody closes', main: 'c := make(chan int); go func() { c <- 1 }(); for v := range c { fmt.Println(v) }', ends: `1\n${DEADLOCK}` },
  { rule: 'values of several slots', main: 'type p struct { a, b int; s string }; c := make(chan p, 1); c <- p{1, 2, "x"}; d := make(chan p); go func() { d <- <-c }(); fmt.Println(<-d)', ends: '{1 2 x}\nexit 0' },
  { rule: 'values of no slots', main: 'c := make(chan struct{}); go func() { c <- struct{}{} }(); <-c; fmt.Println("ok")', ends: 'ok\nexit 0' },
  // ---- select
  { rule: 'select takes the ready case', main: 'a, b := make(chan int, 1), make(chan int, 1); b <- 2; select { case v := <-a: fmt.Println("a", v); case v := <-b: fmt.Println("b", v) }', ends: 'b 2\nexit 0' },
  { rule: 'select with default does not wait', main: 'c := make(chan int); select { case <-c: default: fmt.Println("default") }', ends: 'default\nexit 0' },
  { rule: 'select without default waits', main: 'c := make(chan int); go func() { c <- 4 }(); select { case v := <-c: fmt.Println(v) }', ends: '4\nexit 0' },
  { rule: 'select sends', main: 'c := make(chan int); go func() { select { case c <- 9: } }(); fmt.Println(<-c)', ends: '9\nexit 0' },
  { rule: 'the other cases of a select are given up', main: 'a, b := make(chan int), make(chan int); go func() { a <- 1 }(); select { case <-a: case <-b: }; select { case b <- 1: default: fmt.Println("nobody waits") }', ends: 'nobody waits\nexit 0' },
  { rule: 'select {} waits for ever', main: 'select {}', ends: DEADLOCK },
  { rule: 'select on nil channels only waits for ever', main: 'var a, b chan int; select { case <-a: case b <- 1: }', ends: DEADLOCK },
  { rule: 'select that sends on a closed channel panics', main: 'c := make(chan int); close(c); select { case c <- 1: default: }', ends: 'panic: send on closed channel' },
  { rule: 'a timeout wins when nothing else comes', main: 'c := make(chan int); select { case <-c: case <-time.After(1ms): fmt.Println("timeout") }', ends: 'timeout\nexit 0' },
  // ---- Mutex, RWMutex
  { rule: 'a mutex keeps others out', main: 'var mu sync.Mutex; n := 0; var wg sync.WaitGroup; for range 8 { wg.Add(1); go func() { defer wg.Done(); for range 50 { mu.Lock(); v := n; runtime.Gosched(); n = v + 1; mu.Unlock() } }() }; wg.Wait(); fmt.Println(n)', ends: '400\nexit 0' },
  { rule: 'locking twice is a deadlock', main: 'var mu sync.Mutex; mu.Lock(); mu.Lock()', ends: DEADLOCK },
  { rule: 'unlock of an unlocked mutex is fatal, even with recover', main: 'defer func() { recover() }(); var mu sync.Mutex; mu.Unlock()', ends: 'fatal error: sync: unlock of unlocked mutex' },
  { rule: 'TryLock', main: 'var mu sync.Mutex; fmt.Println(mu.TryLock(), mu.TryLock()); mu.Unlock(); fmt.Println(mu.TryLock())', ends: 'true false\ntrue\nexit 0' },
  { rule: 'readers share, a writer waits for them', main: 'var rw sync.RWMutex; rw.RLock(); rw.RLock(); done := false; go func() { rw.Lock(); done = true; rw.Unlock() }(); time.Sleep(1ms); fmt.Println(done); rw.RUnlock(); rw.RUnlock(); time.Sleep(1ms); rw.RLock(); fmt.Println(done)', ends: 'false\ntrue\nexit 0' },
  { rule: 'a waiting writer keeps new readers out', main: 'var rw sync.RWMutex; rw.RLock(); go rw.Lock(); time.Sleep(1ms); rw.RLock()', ends: DEADLOCK },
  { rule: 'RUnlock of an unlocked RWMutex', main: 'var rw sync.RWMutex; rw.RUnlock()', ends: 'fatal error: sync: RUnlock of unlocked RWMutex' },
  { rule: 'Unlock of an unlocked RWMutex', main: 'var rw sync.RWMutex; rw.Unlock()', ends: 'fatal error: sync: Unlock of unlocked RWMutex' },
  { rule: 'a copied mutex shares no waiters', main: 'var a sync.Mutex; a.Lock(); go a.Lock(); time.Sleep(1ms); b := a; b.Unlock(); fmt.Println(b.TryLock(), a.TryLock())', ends: 'true false\nexit 0' },
  // ---- WaitGroup, Once, Cond
  { rule: 'Wait returns at zero', main: 'var wg sync.WaitGroup; wg.Add(2); go wg.Done(); go wg.Done(); wg.Wait(); fmt.Println("done")', ends: 'done\nexit 0' },
  { rule: 'Wait for what never comes', main: 'var wg sync.WaitGroup; wg.Add(2); go wg.Done(); wg.Wait()', ends: DEADLOCK },
  { rule: 'negative counter', main: 'var wg sync.WaitGroup; wg.Done()', ends: 'panic: sync: negative WaitGroup counter' },
  { rule: 'WaitGroup.Go', main: 'var wg sync.WaitGroup; n := 0; wg.Go(func() { n = 1 }); wg.Wait(); fmt.Println(n)', ends: '1\nexit 0' },
  { rule: 'Once runs once, and all wait for it', main: 'var o sync.Once; n := 0; var wg sync.WaitGroup; for range 5 { wg.Add(1); go func() { defer wg.Done(); o.Do(func() { time.Sleep(1ms); n++ }); if n != 1 { fmt.Println("early") } }() }; wg.Wait(); fmt.Println(n)', ends: '1\nexit 0' },
  { rule: 'Once in itself is a deadlock', main: 'var o sync.Once; o.Do(func() { o.Do(func() {}) })', ends: DEADLOCK },
  { rule: 'a function of OnceFunc that panicked does so at each call', main: 'f := sync.OnceFunc(func() { fmt.Println("called"); panic("no") }); for range 2 { func() { defer func() { fmt.Println(recover()) }(); f() }() }', ends: 'called\nno\nno\nexit 0' },
  { rule: 'OnceFunc runs its function once', main: 'f := sync.OnceFunc(func() { fmt.Println("called") }); f(); f()', ends: 'called\nexit 0' },
  { rule: 'Once that panics has run', main: 'var o sync.Once; func() { defer func() { recover() }(); o.Do(func() { panic(1) }) }(); o.Do(func() { fmt.Println("again") }); fmt.Println("once")', ends: 'once\nexit 0' },
  { rule: 'Signal wakes the one that waited first', main: 'var mu sync.Mutex; c := sync.NewCond(&mu); for i := range 3 { go func() { mu.Lock(); c.Wait(); fmt.Println(i); mu.Unlock() }(); time.Sleep(1ms) }; for range 3 { c.Signal(); time.Sleep(1ms) }', ends: '0\n1\n2\nexit 0' },
  { rule: 'Broadcast wakes all', main: 'var mu sync.Mutex; c := sync.NewCond(&mu); n := 0; var wg sync.WaitGroup; for range 3 { wg.Add(1); go func() { mu.Lock(); c.Wait(); n++; mu.Unlock(); wg.Done() }() }; time.Sleep(1ms); c.Broadcast(); wg.Wait(); fmt.Println(n)', ends: '3\nexit 0' },
  { rule: 'a signal that nobody waits for is lost', main: 'var mu sync.Mutex; c := sync.NewCond(&mu); c.Signal(); mu.Lock(); c.Wait()', ends: DEADLOCK },
  { rule: 'a copied Cond panics', main: 'var mu sync.Mutex; c := sync.NewCond(&mu); c.Signal(); d := *c; d.Signal()', ends: 'panic: sync.Cond is copied' },
  // ---- time
  { rule: 'Sleep takes its time and no more than a little', main: 't := time.Now(); time.Sleep(5ms); d := time.Since(t); fmt.Println(d >= 5ms, d < 5100us)', ends: 'true true\nexit 0' },
  { rule: 'sleepers wake in order of time', main: 'c := make(chan int, 3); for _, d := range []int{3, 1, 2} { go func() { time.Sleep(time.Duration(d) * time.Millisecond); c <- d }() }; fmt.Println(<-c, <-c, <-c)', ends: '1 2 3\nexit 0' },
  { rule: 'a timer that is stopped does not fire', main: 't := time.NewTimer(1ms); fmt.Println(t.Stop(), t.Stop()); select { case <-t.C: fmt.Println("fired"); case <-time.After(5ms): fmt.Println("silent") }', ends: 'true false\nsilent\nexit 0' },
  { rule: 'Reset moves a timer', main: 's := time.Now(); t := time.NewTimer(1ms); t.Reset(3ms); <-t.C; fmt.Println(time.Since(s).Round(time.Millisecond))', ends: '3ms\nexit 0' },
  { rule: 'Stop takes an unread value back', main: 't := time.NewTimer(1ms); time.Sleep(2ms); fmt.Println(t.Stop()); select { case <-t.C: fmt.Println("stale"); default: fmt.Println("none") }', ends: 'true\nnone\nexit 0' },
  { rule: 'AfterFunc runs in its own goroutine', main: 'c := make(chan int); time.AfterFunc(1ms, func() { c <- 1 }); fmt.Println(<-c)', ends: '1\nexit 0' },
  { rule: 'a ticker ticks until it is stopped', main: 't := time.NewTicker(1ms); for range 3 { <-t.C }; t.Stop(); fmt.Println("three")', ends: 'three\nexit 0' },
  { rule: 'a stopped ticker is no reason to go on', main: 't := time.NewTicker(1ms); t.Stop(); <-t.C', ends: DEADLOCK },
  { rule: 'netwait and syscall take time', main: 's := time.Now(); netwait(1ms); syscall(2ms); fmt.Println(time.Since(s).Round(time.Millisecond))', ends: '3ms\nexit 0' },
  // ---- ends
  { rule: 'the program ends with main, whatever the others do', main: 'go func() { for { } }(); go func() { select {} }(); time.Sleep(1ms); fmt.Println("end")', ends: 'end\nexit 0' },
  { rule: 'os.Exit runs no deferred call', main: 'defer fmt.Println("deferred"); os.Exit(3)', ends: 'exit 3' },
  { rule: 'Goexit of main lets the others go on, then dies', main: 'go func() { time.Sleep(1ms); fmt.Println("last") }(); runtime.Goexit()', ends: 'last\nfatal error: no goroutines (main called runtime.Goexit) - deadlock!' },
  { rule: 'Goexit of main with others asleep', main: 'go func() { select {} }(); time.Sleep(1ms); runtime.Goexit()', ends: DEADLOCK },
  { rule: 'Goexit of another runs its deferred calls', main: 'c := make(chan int); go func() { defer close(c); runtime.Goexit() }(); <-c; fmt.Println("ok")', ends: 'ok\nexit 0' },
  { rule: 'a panic in any goroutine ends the program', main: 'go panic("boom"); time.Sleep(1ms); fmt.Println("never")', ends: 'panic: boom' },
  { rule: 'assert that holds', main: 'assert(1 < 2, "order"); fmt.Println("ok")', ends: 'ok\nexit 0' },
  { rule: 'assert that does not', main: 'assert(1 > 2, "order")', ends: 'panic: assertion failed: order' },
  { rule: 'NumGoroutine counts those alive', main: 'c := make(chan int); for range 3 { go func() { <-c }() }; fmt.Println(runtime.NumGoroutine()); close(c); time.Sleep(1ms); fmt.Println(runtime.NumGoroutine())', ends: '4\n1\nexit 0' },
  { rule: 'a nil Mutex is a nil dereference', main: 'var mu *sync.Mutex; mu.Lock()', ends: NIL },
  { rule: 'the Mutex of a nil struct is a nil dereference', main: 'var s *struct{ n int; mu sync.Mutex }; s.mu.Unlock()', ends: NIL },
  { rule: 'a nil RWMutex is a nil dereference', main: 'var rw *sync.RWMutex; rw.RLock()', ends: NIL },
  { rule: 'a nil WaitGroup is a nil dereference', main: 'var wg *sync.WaitGroup; wg.Wait()', ends: NIL },
  { rule: 'a nil Once is a nil dereference', main: 'var o *sync.Once; o.Do(func() {})', ends: NIL },
  { rule: 'a nil Cond is a nil dereference', main: 'var c *sync.Cond; c.Signal()', ends: NIL },
  { rule: 'a nil atomic is a nil dereference', main: 'var n *atomic.Int64; n.Add(1)', ends: NIL },
  { rule: 'go of a nil function', main: 'var f func(); go f()', ends: 'fatal error: go of nil func value' },
  // ---- atomics, random numbers
  { rule: 'atomic counters lose nothing', main: 'var n atomic.Int32; var m int64; var wg sync.WaitGroup; for range 4 { wg.Add(1); go func() { for range 100 { n.Add(1); atomic.AddInt64(&m, -1) }; wg.Done() }() }; wg.Wait(); fmt.Println(n.Load(), atomic.LoadInt64(&m))', ends: '400 -400\nexit 0' },
  { rule: 'compare and swap', main: 'var n int32 = 1; fmt.Println(atomic.CompareAndSwapInt32(&n, 1, 2), atomic.CompareAndSwapInt32(&n, 1, 3), n)', ends: 'true false 2\nexit 0' },
  { rule: 'atomic add wraps around', main: 'var n uint32 = 4294967295; fmt.Println(atomic.AddUint32(&n, 2)); var i int32 = 2147483647; fmt.Println(atomic.AddInt32(&i, 1))', ends: '1\n-2147483648\nexit 0' },
  { rule: 'random numbers stay in their bounds', main: 'ok := true; for range 200 { n := rand.Intn(6); ok = ok && n >= 0 && n < 6 }; f := rand.Float64(); fmt.Println(ok, f >= 0 && f < 1, rand.Int63() >= 0)', ends: 'true true true\nexit 0' },
  { rule: 'rand.Intn of nothing', main: 'n := 0; rand.Intn(n)', ends: 'panic: invalid argument to Intn' },
]; // prettier-ignore

suite('runtime: rules of Go', () => {
  for (const { rule, main, ends } of rules) {
    test(rule, () => {
      const code = compileLane(`func main() { ${main} }`);
      for (const [seed, cores] of [[1, 4], [2, 1], [3, 2]] as const) {
        assert.equal(endOf(run(code, { seed, config: { cores } })), ends, `seed ${seed}, ${cores} cores`);
      }
    });
  } // prettier-ignore
});
