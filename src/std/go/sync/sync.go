// This file holds the package sync. Every object is made of 8-byte words that only the runtime reads and writes,
// in its natives: to the program's memory accesses they do not exist.

package sync

// A Locker can be locked and unlocked.
type Locker interface {
	Lock()
	Unlock()
}

// A Mutex is a mutual exclusion lock. The zero value is unlocked.
type Mutex struct {
	state uint64 // low half: locked, woken, starving, waiters; high half: the goroutine that holds it
}

// Lock locks m; if it is locked already, the caller waits.
func (m *Mutex) Lock()

// TryLock locks m if it is free and reports whether it did.
func (m *Mutex) TryLock() bool

// Unlock unlocks m. It is a fatal error if m is not locked.
func (m *Mutex) Unlock()

// A RWMutex is held by any number of readers or by one writer. The zero value is unlocked.
type RWMutex struct {
	w       Mutex  // held by the writer
	readers uint64 // low half: readers, less 1<<30 while a writer waits or writes; high half: readers the writer waits for
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
	state uint64 // low half: tasks not done yet; high half: goroutines in Wait
}

// Add adds delta, which may be negative, to the counter; at zero all waiting goroutines go on.
func (wg *WaitGroup) Add(delta int)

// Done takes one from the counter.
func (wg *WaitGroup) Done()

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
	state uint64 // 0: not yet, 1: running, 2: done
}

// Do calls f if it is the first call of Do on o; later callers wait until f has returned.
func (o *Once) Do(f func()) {
	if o.enter() {
		defer o.leave()
		f()
	}
}

// enter reports whether the caller must run the function; while another runs it, enter waits.
func (o *Once) enter() bool

// leave notes that the function has returned or panicked.
func (o *Once) leave()

// Cond is a place where goroutines wait for, or announce, an event.
type Cond struct {
	notify  uint64 // low half: tickets given out; high half: tickets called
	checker uint64 // where the Cond was first used: a copy is misuse
	L       Locker
}

// NewCond gives a Cond with the lock l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait unlocks c.L, waits to be woken, and locks c.L again.
func (c *Cond) Wait() {
	t := c.ticket()
	c.L.Unlock()
	c.sleep(t)
	c.L.Lock()
}

// Signal wakes one waiting goroutine, if there is one.
func (c *Cond) Signal()

// Broadcast wakes all waiting goroutines.
func (c *Cond) Broadcast()

// ticket takes the next ticket.
func (c *Cond) ticket() uint32

// sleep waits until the ticket is called.
func (c *Cond) sleep(ticket uint32)

// A Pool keeps values for later use.
type Pool struct {
	New   func() any
	mu    Mutex
	items []any
}

// Get takes a value from the pool, or makes one with New.
func (p *Pool) Get() any {
	p.mu.Lock()
	if n := len(p.items); n > 0 {
		x := p.items[n-1]
		p.items = p.items[:n-1]
		p.mu.Unlock()
		return x
	}
	p.mu.Unlock()
	if p.New != nil {
		return p.New()
	}
	return nil
}

// Put adds x to the pool.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	p.mu.Lock()
	p.items = append(p.items, x)
	p.mu.Unlock()
}

// Map is a map that goroutines may use at the same time.
type Map struct {
	mu Mutex
	m  map[any]any
}

// Load gives the value for key, if there is one.
func (m *Map) Load(key any) (value any, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok = m.m[key]
	return value, ok
}

// Store sets the value for key.
func (m *Map) Store(key, value any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.m == nil {
		m.m = make(map[any]any)
	}
	m.m[key] = value
}

// LoadOrStore gives the value for key, or sets and gives value; loaded reports which.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.m[key]; ok {
		return old, true
	}
	if m.m == nil {
		m.m = make(map[any]any)
	}
	m.m[key] = value
	return value, false
}

// LoadAndDelete deletes the value for key and gives it, if there was one.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, loaded = m.m[key]
	delete(m.m, key)
	return value, loaded
}

// Delete deletes the value for key.
func (m *Map) Delete(key any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.m, key)
}

// Range calls f for each key and value until f returns false.
func (m *Map) Range(f func(key, value any) bool) {
	m.mu.Lock()
	var keys, values []any
	for k, v := range m.m {
		keys = append(keys, k)
		values = append(values, v)
	}
	m.mu.Unlock()
	for i, k := range keys {
		if !f(k, values[i]) {
			return
		}
	}
}

// OnceFunc gives a function that calls f once. If f panics, it panics with the same value at each call.
func OnceFunc(f func()) func() {
	var once Once
	var valid bool
	var reason any
	return func() {
		once.Do(func() {
			defer func() {
				if !valid {
					reason = recover()
					// At the first call with the stack of f.
					panic(reason)
				}
			}()
			f()
			valid = true
		})
		if !valid {
			panic(reason)
		}
	}
}
