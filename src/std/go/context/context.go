// This file holds the package context.

package context

import (
	"errors"
	"sync"
	"time"
)

// A Context carries a deadline, a cancellation and values.
type Context interface {
	Deadline() (deadline time.Time, ok bool)
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}

// Canceled is the error of a context that was cancelled.
var Canceled = errors.New("context canceled")

// DeadlineExceeded is the error of a context whose time is up.
var DeadlineExceeded error = deadlineExceededError{}

type deadlineExceededError struct{}

func (deadlineExceededError) Error() string   { return "context deadline exceeded" }
func (deadlineExceededError) Timeout() bool   { return true }
func (deadlineExceededError) Temporary() bool { return true }

// A CancelFunc tells an operation to stop.
type CancelFunc func()

// A CancelCauseFunc tells an operation to stop, and why.
type CancelCauseFunc func(cause error)

type emptyCtx struct{ name string }

func (*emptyCtx) Deadline() (deadline time.Time, ok bool) { return }
func (*emptyCtx) Done() <-chan struct{}                   { return nil }
func (*emptyCtx) Err() error                              { return nil }
func (*emptyCtx) Value(key any) any                       { return nil }
func (e *emptyCtx) String() string                        { return e.name }

var (
	background = &emptyCtx{"context.Background"}
	todo       = &emptyCtx{"context.TODO"}
)

// Background gives the context at the root of all others.
func Background() Context { return background }

// TODO gives a context for where it is not clear yet which to use.
func TODO() Context { return todo }

type cancelCtx struct {
	parent   Context
	mu       sync.Mutex
	done     chan struct{}
	children map[*cancelCtx]bool
	err      error
	cause    error
	deadline time.Time
	timer    *time.Timer
}

func (c *cancelCtx) Deadline() (deadline time.Time, ok bool) {
	if !c.deadline.IsZero() {
		return c.deadline, true
	}
	return c.parent.Deadline()
}

func (c *cancelCtx) Done() <-chan struct{} { return c.done }

func (c *cancelCtx) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// cancelCtxKey is the key for which a cancelCtx gives itself.
var cancelCtxKey int

func (c *cancelCtx) Value(key any) any {
	if key == &cancelCtxKey {
		return c
	}
	return c.parent.Value(key)
}

// cancel closes c.done, cancels the children, and takes c out of its parent.
func (c *cancelCtx) cancel(removeFromParent bool, err, cause error) {
	c.mu.Lock()
	if c.err != nil {
		c.mu.Unlock()
		return
	}
	if cause == nil {
		cause = err
	}
	c.err = err
	c.cause = cause
	close(c.done)
	children := c.children
	c.children = nil
	timer := c.timer
	c.timer = nil
	c.mu.Unlock()
	for child := range children {
		child.cancel(false, err, cause)
	}
	if timer != nil {
		timer.Stop()
	}
	if removeFromParent {
		removeChild(c.parent, c)
	}
}

func removeChild(parent Context, child *cancelCtx) {
	if p, ok := parent.Value(&cancelCtxKey).(*cancelCtx); ok {
		p.mu.Lock()
		delete(p.children, child)
		p.mu.Unlock()
	}
}

func newCancelCtx(parent Context) *cancelCtx {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	return &cancelCtx{parent: parent, done: make(chan struct{})}
}

// propagate arranges that child is cancelled when its parent is.
func propagate(child *cancelCtx) {
	parent := child.parent
	done := parent.Done()
	if done == nil {
		return
	}
	if p, ok := parent.Value(&cancelCtxKey).(*cancelCtx); ok {
		p.mu.Lock()
		if p.err != nil {
			p.mu.Unlock()
			child.cancel(false, p.err, p.cause)
			return
		}
		if p.children == nil {
			p.children = make(map[*cancelCtx]bool)
		}
		p.children[child] = true
		p.mu.Unlock()
		return
	}
	go func() {
		select {
		case <-done:
			child.cancel(false, parent.Err(), Cause(parent))
		case <-child.done:
		}
	}()
}

// WithCancel gives a context that is done when cancel is called or the parent is done.
func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	c := newCancelCtx(parent)
	propagate(c)
	return c, func() { c.cancel(true, Canceled, nil) }
}

// WithCancelCause is WithCancel with a reason.
func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	c := newCancelCtx(parent)
	propagate(c)
	return c, func(cause error) { c.cancel(true, Canceled, cause) }
}

// Cause gives why c was cancelled.
func Cause(c Context) error {
	if cc, ok := c.Value(&cancelCtxKey).(*cancelCtx); ok {
		cc.mu.Lock()
		defer cc.mu.Unlock()
		if cc.cause != nil {
			return cc.cause
		}
	}
	return c.Err()
}

// WithDeadline gives a context that is done at d at the latest.
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	c := newCancelCtx(parent)
	cur, ok := parent.Deadline()
	if ok && cur.Before(d) {
		propagate(c)
		return c, func() { c.cancel(true, Canceled, nil) }
	}
	c.deadline = d
	propagate(c)
	left := time.Until(d)
	if left <= 0 {
		c.cancel(true, DeadlineExceeded, nil)
		return c, func() { c.cancel(false, Canceled, nil) }
	}
	c.mu.Lock()
	if c.err == nil {
		c.timer = time.AfterFunc(left, func() { c.cancel(true, DeadlineExceeded, nil) })
	}
	c.mu.Unlock()
	return c, func() { c.cancel(true, Canceled, nil) }
}

// WithTimeout gives a context that is done after timeout at the latest.
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

type valueCtx struct {
	Context
	key, val any
}

// WithValue gives a context that has val for key.
func WithValue(parent Context, key, val any) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if key == nil {
		panic("nil key")
	}
	return &valueCtx{parent, key, val}
}

func (c *valueCtx) Value(key any) any {
	if c.key == key {
		return c.val
	}
	return c.Context.Value(key)
}
