/** This file holds the package sync. The words of each struct are the simulated state that the runtime reads and writes. */
export const sync = `package sync

// A Locker can be locked and unlocked.
type Locker interface {
	Lock()
	Unlock()
}

// A Mutex is a mutual exclusion lock. The zero value is unlocked.
type Mutex struct {
	state int32  // 1: locked; 2: a waiter was woken; 4: starving; waiters from 8 up
	sema  uint32 // queue of the waiting
}

// Lock locks m; if it is locked already, the caller waits.
func (m *Mutex) Lock()

// TryLock locks m if it is free and reports whether it did.
func (m *Mutex) TryLock() bool

// Unlock unlocks m. It is a fatal error if m is not locked.
func (m *Mutex) Unlock()

// A RWMutex is held by any number of readers or by one writer. The zero value is unlocked.
type RWMutex struct {
	w           Mutex  // held by the writer
	writerSem   uint32 // queue of the writer that waits for readers
	readerSem   uint32 // queue of readers that wait for the writer
	readerCount int32  // readers; less 1<<30 while a writer waits or writes
	readerWait  int32  // readers that the writer still waits for
}

// RLock locks rw for reading.
func (rw *RWMutex) RLock()

// TryRLock locks rw for reading if no writer holds or wants it, and reports whether it did.
func (rw *RWMutex) TryRLock() bool

// RUnlock undoes one RLock.
func (rw *RWMutex) RUnlock()

// Lock locks rw for writing.
func (rw *RWMutex) Lock()

// TryLock locks rw for writing if it is free and reports whether it did.
func (rw *RWMutex) TryLock() bool

// Unlock unlocks rw for writing.
func (rw *RWMutex) Unlock()

// RLocker gives a Locker whose Lock and Unlock are rw.RLock and rw.RUnlock.
func (rw *RWMutex) RLocker() Locker { return &rlocker{rw} }

type rlocker struct{ rw *RWMutex }

func (r *rlocker) Lock()   { r.rw.RLock() }
func (r *rlocker) Unlock() { r.rw.RUnlock() }

// A WaitGroup waits for a number of goroutines to finish.
type WaitGroup struct {
	n       int32  // tasks not done yet
	waiters uint32 // goroutines in Wait
	sema    uint32 // queue of the waiting
}

// Add adds delta, which may be negative, to the counter; at zero all waiting goroutines go on.
func (wg *WaitGroup) Add(delta int)

// Done takes one from the counter.
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait waits until the counter is zero.
func (wg *WaitGroup) Wait()

// Go runs f in a new goroutine and counts it.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}

// Once runs one function, once.
type Once struct {
	done uint32 // 1 when the function has returned
	m    Mutex
}

// Do calls f if it is the first call of Do on o; later callers wait until f has returned.
func (o *Once) Do(f func()) {
	if onceDone(&o.done) {
		return
	}
	o.m.Lock()
	defer o.m.Unlock()
	if o.done == 0 {
		defer onceFinish(&o.done)
		f()
	}
}

// onceDone reads the flag atomically.
func onceDone(done *uint32) bool

// onceFinish sets the flag atomically.
func onceFinish(done *uint32)

// Cond is a place where goroutines wait for, or announce, an event.
type Cond struct {
	L      Locker
	wait   uint32 // ticket of the next waiter
	notify uint32 // ticket of the next waiter to be woken
	sema   uint32 // queue of the waiting
	self   *Cond  // where the Cond was first used: a copy is misuse
}

// NewCond gives a Cond with the lock l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait unlocks c.L, waits to be woken, and locks c.L again.
func (c *Cond) Wait() {
	condCheck(c)
	t := condAdd(c)
	c.L.Unlock()
	condWait(c, t)
	c.L.Lock()
}

// Signal wakes one waiting goroutine, if there is one.
func (c *Cond) Signal() {
	condCheck(c)
	condNotifyOne(c)
}

// Broadcast wakes all waiting goroutines.
func (c *Cond) Broadcast() {
	condCheck(c)
	condNotifyAll(c)
}

// condCheck panics if c is a copy of a Cond that was used.
func condCheck(c *Cond) {
	if c.self == nil {
		c.self = c
	} else if c.self != c {
		panic("sync.Cond is copied")
	}
}

// condAdd takes a ticket.
func condAdd(c *Cond) uint32

// condWait waits until the ticket is called; wait reason sync.Cond.Wait.
func condWait(c *Cond, ticket uint32)

func condNotifyOne(c *Cond)
func condNotifyAll(c *Cond)
`;
