// Package context carries cancellation, deadlines and values down a tree of calls.
package context

import (
	"errors"
	"internal/rtype"
	"sync"
	"time"
)

// Context is a node of the tree.
type Context interface {
	Deadline() (deadline time.Time, ok bool)
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}

// CancelFunc cancels a context; CancelCauseFunc gives a reason as well.
type (
	CancelFunc      func()
	CancelCauseFunc func(cause error)
)

// Canceled is Err of a cancelled context.
var Canceled = errors.New("context canceled")

// DeadlineExceeded is Err of a context whose deadline passed.
var DeadlineExceeded error = deadlineExceeded{}

type deadlineExceeded struct{}

func (deadlineExceeded) Error() string   { return "context deadline exceeded" }
func (deadlineExceeded) Timeout() bool   { return true }
func (deadlineExceeded) Temporary() bool { return true }

// root has no deadline, no values and is never cancelled.
type root struct{ name string }

func (root) Deadline() (t time.Time, ok bool) { return }
func (root) Done() <-chan struct{}            { return nil }
func (root) Err() error                       { return nil }
func (root) Value(any) any                    { return nil }
func (r root) String() string                 { return r.name }

// Background is the usual root.
func Background() Context { return root{"context.Background"} }

// TODO is a root that says: not decided yet.
func TODO() Context { return root{"context.TODO"} }

// nodeKey asks Value for the nearest *node above.
var nodeKey int

// child is what a cancelled node cancels in turn.
type child interface{ cancel(err, cause error) }

// node can be cancelled, by itself or from above.
type node struct {
	Context  // the parent
	mu       sync.Mutex
	done     chan struct{}
	children map[child]struct{}
	err      error
	cause    error
	// above holds this node as a child, or knows how to be told of it no more (foreign).
	above *node
}

// foreign stands in a node above another whose real parent is of a foreign type.
type foreign struct {
	Context
	stop func() bool
}

func (n *node) Done() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.done == nil {
		n.done = make(chan struct{})
	}
	return n.done
}

func (n *node) Err() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.err
}

func (n *node) Value(key any) any {
	if key == &nodeKey {
		return n
	}
	return n.Context.Value(key)
}

func (n *node) String() string { return nameOf(n.Context) + ".WithCancel" }

// closed stands for the channel of a node cancelled before anyone asked for it.
var closed = make(chan struct{})

func init() { close(closed) }

// cancel ends n and everything below it.
func (n *node) cancel(err, cause error) {
	if cause == nil {
		cause = err
	}
	n.mu.Lock()
	if n.err != nil {
		n.mu.Unlock()
		return
	}
	n.err, n.cause = err, cause
	if n.done == nil {
		n.done = closed
	} else {
		close(n.done)
	}
	below := n.children
	n.children = nil
	n.mu.Unlock()
	for c := range below {
		c.cancel(err, cause)
	}
}

// leave takes n from the node that holds it.
func (n *node) leave(c child) {
	if a := n.above; a != nil {
		if d, ok := a.Context.(foreign); ok {
			d.stop()
			return
		}
		a.mu.Lock()
		delete(a.children, c)
		a.mu.Unlock()
	}
}

// hang hangs n under its parent: c is cancelled when that is.
func (n *node) hang(parent Context, c child) {
	done := parent.Done()
	if done == nil {
		return
	}
	select {
	case <-done:
		c.cancel(parent.Err(), Cause(parent))
		return
	default:
	}
	if a, ok := parent.Value(&nodeKey).(*node); ok && a.Done() == done {
		a.mu.Lock()
		if a.err != nil {
			a.mu.Unlock()
			c.cancel(a.err, a.cause)
			return
		}
		if a.children == nil {
			a.children = make(map[child]struct{})
		}
		a.children[c] = struct{}{}
		a.mu.Unlock()
		n.above = a
		return
	}
	if s, ok := parent.(interface{ AfterFunc(func()) func() bool }); ok {
		n.above = &node{Context: foreign{parent, s.AfterFunc(func() { c.cancel(parent.Err(), Cause(parent)) })}}
		return
	}
	go func() {
		select {
		case <-done:
			c.cancel(parent.Err(), Cause(parent))
		case <-n.Done():
		}
	}()
}

func withCancel(parent Context) *node {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	n := &node{Context: parent}
	n.hang(parent, n)
	return n
}

// WithCancel gives a child that can be cancelled.
func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	n := withCancel(parent)
	return n, func() {
		n.cancel(Canceled, nil)
		n.leave(n)
	}
}

// WithCancelCause is WithCancel with a reason.
func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	n := withCancel(parent)
	return n, func(cause error) {
		n.cancel(Canceled, cause)
		n.leave(n)
	}
}

// Cause is why ctx was cancelled; nil if it was not.
func Cause(ctx Context) error {
	if n, ok := ctx.Value(&nodeKey).(*node); ok {
		n.mu.Lock()
		defer n.mu.Unlock()
		if n.cause != nil {
			return n.cause
		}
	}
	return ctx.Err()
}

// timed is a node with a deadline.
type timed struct {
	node
	deadline time.Time
	timer    *time.Timer
}

func (t *timed) Deadline() (time.Time, bool) { return t.deadline, true }
func (t *timed) String() string {
	return nameOf(t.Context) + ".WithDeadline(" + t.deadline.String() + " [" + time.Until(t.deadline).String() + "])"
}

func (t *timed) cancel(err, cause error) {
	t.node.cancel(err, cause)
	t.mu.Lock()
	if t.timer != nil {
		t.timer.Stop()
		t.timer = nil
	}
	t.mu.Unlock()
}

// WithDeadline gives a child that is cancelled at d.
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

// WithDeadlineCause is WithDeadline with a reason.
func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if cur, ok := parent.Deadline(); ok && cur.Before(d) {
		return WithCancel(parent)
	}
	t := &timed{deadline: d}
	t.Context = parent
	t.hang(parent, t)
	left := time.Until(d)
	if left <= 0 {
		t.cancel(DeadlineExceeded, cause)
		t.leave(t)
		return t, func() {}
	}
	t.mu.Lock()
	if t.err == nil {
		t.timer = time.AfterFunc(left, func() {
			t.cancel(DeadlineExceeded, cause)
			t.leave(t)
		})
	}
	t.mu.Unlock()
	return t, func() {
		t.cancel(Canceled, nil)
		t.leave(t)
	}
}

// WithTimeout is WithDeadline(parent, now + timeout).
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

// WithTimeoutCause is WithTimeout with a reason.
func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), cause)
}

// onCancel runs a function in its own goroutine when it is cancelled.
type onCancel struct {
	node
	once sync.Once
	f    func()
}

func (a *onCancel) cancel(err, cause error) {
	a.node.cancel(err, cause)
	a.leave(a)
	a.once.Do(func() { go a.f() })
}

// AfterFunc has f run after ctx is cancelled, unless stop comes before.
func AfterFunc(ctx Context, f func()) (stop func() bool) {
	a := &onCancel{f: f}
	a.Context = ctx
	a.hang(ctx, a)
	return func() bool {
		stopped := false
		a.once.Do(func() { stopped = true })
		if stopped {
			a.node.cancel(Canceled, nil)
			a.leave(a)
		}
		return stopped
	}
}

type detached struct{ c Context }

// WithoutCancel gives a child that keeps the values but not the cancellation.
func WithoutCancel(parent Context) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	return detached{parent}
}

func (detached) Deadline() (t time.Time, ok bool) { return }
func (detached) Done() <-chan struct{}            { return nil }
func (detached) Err() error                       { return nil }
func (d detached) Value(key any) any {
	if key == &nodeKey {
		return nil
	}
	return d.c.Value(key)
}
func (d detached) String() string { return nameOf(d.c) + ".WithoutCancel" }

type valued struct {
	Context
	key, val any
}

// WithValue gives a child that has val for key.
func WithValue(parent Context, key, val any) Context {
	switch {
	case parent == nil:
		panic("cannot create context from nil parent")
	case key == nil:
		panic("nil key")
	case !rtype.TypeOf(key).Comparable():
		panic("key is not comparable")
	}
	return &valued{parent, key, val}
}

// Value goes up the tree without recursion through further values.
func (v *valued) Value(key any) any {
	for {
		if v.key == key {
			return v.val
		}
		up, ok := v.Context.(*valued)
		if !ok {
			return v.Context.Value(key)
		}
		v = up
	}
}

func (v *valued) String() string {
	return nameOf(v.Context) + ".WithValue(" + text(v.key) + ", " + text(v.val) + ")"
}

func text(v any) string {
	switch s := v.(type) {
	case interface{ String() string }:
		return s.String()
	case string:
		return s
	case nil:
		return "<nil>"
	}
	return rtype.TypeOf(v).String()
}

func nameOf(c Context) string {
	if s, ok := c.(interface{ String() string }); ok {
		return s.String()
	}
	return rtype.TypeOf(c).String()
}
