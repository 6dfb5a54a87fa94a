// This file holds the package testing. What it prints, and in which order, is what `go test -v` prints; the tests of a program without main are run by
// a main function made in testMain.ts. Differences: there is no deadline, and a late log is never dropped (see destination).

package testing

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

// caller gives the function and the place ("x_test.go:12") of a frame of the calling goroutine, frames of std left out, the innermost being 0;
// the place is empty when there are not so many frames.
func caller(depth int) (function, place string)

// start is the statement go run(t, f), but the goroutine is called after f.
func start(run func(t *T, f func(t *T)), t *T, f func(t *T))

// TB is what tests, benchmarks and fuzz targets have in common.
type TB interface {
	Cleanup(f func())
	Context() context.Context
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	private()
}

type common struct {
	mu       sync.RWMutex
	parent   *common
	name     string
	level    int    // 0: all tests together
	creator  string // where Run was called
	output   string // reports of subtests, for the own report
	helpers  map[string]bool
	cleanups []func()
	cleaning bool
	failed   bool
	skipped  bool
	finished bool // the function returned, or ended itself
	done     bool // reported
	start    time.Time
	duration time.Duration
	barrier  chan bool // closed when parallel subtests may go on
	signal   chan bool // the test is over, or waits for its turn in parallel
	parallel bool
	sub      []*T
	ctx      context.Context
	cancel   context.CancelFunc
}

// A T manages one test.
type T struct {
	common
	state *state
}

// state is what all tests of one run share.
type state struct {
	mu            sync.Mutex
	names         map[string]int
	startParallel chan bool
	running       int
	waiting       int
	maxParallel   int
}

// admit counts one more running test if there are fewer than max, and otherwise one that waits. Like dismiss it is no lock: tests that happen to run
// one after the other are not ordered by it, so that a race between them is found.
func admit(running, waiting *int, max int) bool

// dismiss gives the place of a running test to one that waits, or says that none does.
func dismiss(running, waiting *int) bool

// waitParallel returns when one more test may run.
func (s *state) waitParallel() {
	if !admit(&s.running, &s.waiting, s.maxParallel) {
		<-s.places()
	}
}

// release lets the next test run.
func (s *state) release() {
	if dismiss(&s.running, &s.waiting) {
		s.places() <- true
	}
}

// places gives the channel over which a test passes on its place.
func (s *state) places() chan bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.startParallel == nil {
		startParallel := make(chan bool)
		s.startParallel = startParallel
	}
	return s.startParallel
}

// unique gives the full name of a subtest; names that were there before get a number.
func (s *state) unique(parent, name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	base := parent + "/" + name
	for {
		n := s.names[base]
		s.names[base] = n + 1
		if n == 0 && name != "" {
			return base
		}
		numbered := fmt.Sprintf("%s#%02d", base, n)
		if s.names[numbered] == 0 {
			return numbered
		}
	}
}

// lastName is the test that spoke last; only print touches it.
var lastName string

// print writes a text of the test name to standard output, at once: tests that print are not ordered by it. Unless the text names its test, a line
// that does comes first when the last text was of another.
func print(last *string, name, text string, names bool)

// panicEnded panics because a test that has ended is used.
func panicEnded(text string)

func (c *common) private() {}

// Name gives the name of the test, with those of the tests around it.
func (c *common) Name() string { return c.name }

// Helper marks the calling function as one whose lines are not shown: that of its caller is.
func (c *common) Helper() {
	function, _ := caller(0)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.helpers == nil {
		c.helpers = make(map[string]bool)
	}
	c.helpers[function] = true
}

// Fail marks the test as failed and goes on.
func (c *common) Fail() {
	if c.parent != nil {
		c.parent.Fail()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		panicEnded("Fail in goroutine after " + c.name + " has completed")
	}
	c.failed = true
}

// Failed reports whether the test has failed.
func (c *common) Failed() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.failed
}

// FailNow marks the test as failed and ends the calling goroutine.
func (c *common) FailNow() {
	c.Fail()
	c.finish()
}

// SkipNow marks the test as skipped and ends the calling goroutine.
func (c *common) SkipNow() {
	c.mu.Lock()
	c.skipped = true
	c.mu.Unlock()
	c.finish()
}

func (c *common) finish() {
	c.mu.Lock()
	c.finished = true
	c.mu.Unlock()
	runtime.Goexit()
}

// Skipped reports whether the test was skipped.
func (c *common) Skipped() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.skipped
}

func (c *common) Log(args ...any)                 { c.log(fmt.Sprintln(args...)) }
func (c *common) Logf(format string, args ...any) { c.log(fmt.Sprintf(format, args...)) }

func (c *common) Error(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.Fail()
}

func (c *common) Errorf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.Fail()
}

func (c *common) Fatal(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.FailNow()
}

func (c *common) Fatalf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.FailNow()
}

func (c *common) Skip(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.SkipNow()
}

func (c *common) Skipf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.SkipNow()
}

// log prints a text with the line it comes from.
func (c *common) log(s string) {
	s = strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n    ") + "\n"
	to := c.destination()
	if to == nil {
		panicEnded("Log in goroutine after " + c.name + " has completed: " + s)
	}
	print(&lastName, to.name, indented(to.callSite()+s), false)
}

// destination gives the test that takes what c logs: c, or when c is over the innermost test around it that is not; nil when none is left.
// Go's own drops the log of an ended test silently as long as other tests run, and panics afterwards; here it panics at once.
func (c *common) destination() *common {
	for ; c != nil && c.level > 0; c = c.parent {
		c.mu.RLock()
		done := c.done
		c.mu.RUnlock()
		if !done {
			return c
		}
	}
	return nil
}

// callSite gives the place of the innermost caller that is no helper.
func (c *common) callSite() string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	outermost := "testing"
	for depth := 0; ; depth++ {
		function, place := caller(depth)
		if place == "" {
			break
		}
		outermost = place
		if !c.helpers[function] {
			return place + ": "
		}
	}
	if c.creator != "" && outermost != "testing" {
		return c.creator
	}
	return outermost + ": "
}

// indented gives every line four blanks.
func indented(text string) string {
	var result strings.Builder
	for text != "" {
		end := strings.Index(text, "\n") + 1
		if end == 0 {
			end = len(text)
		}
		result.WriteString("    " + text[:end])
		text = text[end:]
	}
	return result.String()
}

// Cleanup has f called when the test and its subtests are over, the latest first.
func (c *common) Cleanup(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cleanups = append(c.cleanups, f)
}

// Context gives a context that is cancelled just before the functions of Cleanup are called.
func (c *common) Context() context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx == nil {
		c.ctx, c.cancel = context.WithCancel(context.Background())
	}
	return c.ctx
}

// nextCleanup takes the latest function given to Cleanup.
func (c *common) nextCleanup() func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	last := len(c.cleanups) - 1
	if last < 0 {
		return nil
	}
	cleanup := c.cleanups[last]
	c.cleanups = c.cleanups[:last]
	return cleanup
}

func (c *common) setCleaning(cleaning bool) context.CancelFunc {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cleaning = cleaning
	return c.cancel
}

// runCleanup calls the functions of Cleanup: all of them, even when one panics or ends the goroutine.
func (c *common) runCleanup() {
	if cancel := c.setCleaning(true); cancel != nil {
		cancel()
	}
	defer c.setCleaning(false)
	defer func() {
		c.mu.RLock()
		left := len(c.cleanups)
		c.mu.RUnlock()
		if left > 0 {
			c.runCleanup()
		}
	}()
	for cleanup := c.nextCleanup(); cleanup != nil; cleanup = c.nextCleanup() {
		cleanup()
	}
}

// runCleanupRecovered does so, and gives what one of them panicked with.
func (c *common) runCleanupRecovered() (value any) {
	defer func() { value = recover() }()
	c.runCleanup()
	return nil
}

// report passes the line on how the test ended, and those of its subtests, to the test around it.
func (c *common) report() {
	how := "PASS"
	if c.Failed() {
		how = "FAIL"
	} else if c.Skipped() {
		how = "SKIP"
	}
	c.mu.Lock()
	text := fmt.Sprintf("--- %s: %s (%.2fs)\n%s", how, c.name, c.duration.Seconds(), c.output)
	c.output = ""
	c.mu.Unlock()
	if c.level == 1 {
		print(&lastName, c.name, text, true)
		return
	}
	c.parent.mu.Lock()
	c.parent.output += indented(text)
	c.parent.mu.Unlock()
}

// Parallel makes the test wait until the sequential tests beside it are over, and run with those that are parallel, too.
func (t *T) Parallel() {
	if t.parallel {
		panic("testing: t.Parallel called multiple times")
	}
	t.parallel = true
	t.duration += time.Since(t.start)
	t.parent.sub = append(t.parent.sub, t)
	if t.parent.barrier == nil {
		sequentialDone := make(chan bool)
		t.parent.barrier = sequentialDone
	}
	print(&lastName, t.name, "=== PAUSE "+t.name+"\n", true)
	t.signal <- true
	<-t.parent.barrier
	t.state.waitParallel()
	print(&lastName, t.name, "=== CONT  "+t.name+"\n", true)
	t.start = time.Now()
}

// Deadline gives when the tests will be stopped: never.
func (t *T) Deadline() (deadline time.Time, ok bool) { return }

// Run runs f as a subtest, and waits until it is over or calls Parallel. It reports whether f did not fail.
func (t *T) Run(name string, f func(t *T)) bool {
	t.mu.RLock()
	cleaning := t.cleaning
	t.mu.RUnlock()
	if cleaning {
		panic("testing: t.Run called during t.Cleanup")
	}
	full := rewritten(name)
	creator := ""
	if t.level > 0 {
		full = t.state.unique(t.name, full)
		creator = t.callSite()
	}
	sub := &T{state: t.state}
	sub.parent = &t.common
	sub.name = full
	sub.level = t.level + 1
	sub.creator = creator
	testDone := make(chan bool, 1) // as the timeline names it
	sub.signal = testDone
	print(&lastName, full, "=== RUN   "+full+"\n", true)
	start(tRunner, sub, f)
	if !<-sub.signal {
		// The subtest ended a test around it: go on ending.
		runtime.Goexit()
	}
	return !sub.Failed()
}

// rewritten gives a name without blanks.
func rewritten(name string) string {
	text := []rune(name)
	for i, r := range text {
		if r == ' ' || r >= '\t' && r <= '\r' {
			text[i] = '_'
		}
	}
	return string(text)
}

var errNilPanicOrGoexit = errors.New("test executed panic(nil) or runtime.Goexit")

// tRunner is the goroutine of a test.
func tRunner(t *T, f func(t *T)) {
	defer t.end()
	defer func() {
		if len(t.sub) == 0 {
			t.runCleanup()
		}
	}()
	t.start = time.Now()
	f(t)
	t.mu.Lock()
	t.finished = true
	t.mu.Unlock()
}

func (c *common) isFinished() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.finished
}

// end is deferred by tRunner: it goes on panicking, or waits for parallel subtests, reports, and tells whoever called Run.
func (t *T) end() {
	err := recover()
	signal := true
	if !t.isFinished() && err == nil {
		err = errNilPanicOrGoexit
		for p := t.parent; p != nil; p = p.parent {
			if !p.isFinished() {
				continue
			}
			if !t.parallel {
				t.Errorf("%v: subtest may have called FailNow on a parent test", err)
				err = nil
			}
			signal = false
			break
		}
	}
	panicked := false
	// Deferred, for a function of Cleanup may end the goroutine.
	defer func() {
		if panicked {
			return
		}
		if err != nil {
			panic(err)
		}
		if t.level > 0 {
			t.signal <- signal
		}
	}()
	if err != nil {
		panicked = true
		t.panicWith(err)
	}
	t.duration += time.Since(t.start)
	if len(t.sub) > 0 {
		t.state.release()
		close(t.barrier)
		for _, sub := range t.sub {
			<-sub.signal
		}
		if value := t.runCleanupRecovered(); value != nil {
			panicked = true
			t.panicWith(value)
		}
		if !t.parallel {
			t.state.waitParallel()
		}
	} else if t.parallel {
		t.state.release()
	}
	if t.level > 0 {
		t.report()
	}
	t.mu.Lock()
	t.done = true
	t.mu.Unlock()
}

// panicWith reports the test and those around it as failed, and panics.
func (t *T) panicWith(value any) {
	t.Fail()
	if cleanup := t.runCleanupRecovered(); cleanup != nil {
		t.Logf("cleanup panicked with %v", cleanup)
	}
	for c := &t.common; c.parent != nil; c = c.parent {
		c.mu.Lock()
		c.duration += time.Since(c.start)
		c.mu.Unlock()
		c.report()
		if cleanup := c.parent.runCleanupRecovered(); cleanup != nil {
			fmt.Printf("cleanup panicked with %v", cleanup)
		}
	}
	panic(value)
}

// An InternalTest is a test and its name.
type InternalTest struct {
	Name string
	F    func(t *T)
}

// An M runs the tests of a program.
type M struct {
	tests []InternalTest
}

// MainStart is for the main function that programs without one get.
func MainStart(tests []InternalTest) *M { return &M{tests} }

// Run runs the tests, and gives the exit status.
func (m *M) Run() int {
	if len(m.tests) == 0 {
		os.Stderr.WriteString("testing: warning: no tests to run\n")
	}
	procs := runtime.GOMAXPROCS(0)
	root := &T{state: &state{names: make(map[string]int), running: 1, maxParallel: procs}}
	tRunner(root, func(t *T) {
		for _, test := range m.tests {
			t.Run(test.Name, test.F)
		}
	})
	if root.Failed() {
		fmt.Println("FAIL")
		return 1
	}
	fmt.Println("PASS")
	return 0
}

// Finish ends the program with a status that is not zero.
func (m *M) Finish(status int) {
	if status != 0 {
		os.Exit(status)
	}
}

// Short reports whether tests were asked to be quick.
func Short() bool { return false }

// Verbose reports whether all tests are told of.
func Verbose() bool { return true }

// Testing reports whether the program was made from tests.
func Testing() bool { return true }

// CoverMode is empty: coverage is not measured.
func CoverMode() string { return "" }
