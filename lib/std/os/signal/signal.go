// Package signal would tell of signals; none are ever sent to a simulated program.
package signal

import (
	"context"
	"os"
)

// Notify has nothing to relay to c.
func Notify(c chan<- os.Signal, sig ...os.Signal) {
	if c == nil {
		panic("os/signal: Notify using nil channel")
	}
}

// Stop, Ignore and Reset have nothing to change.
func Stop(c chan<- os.Signal)    {}
func Ignore(sig ...os.Signal)    {}
func Reset(sig ...os.Signal)     {}
func Ignored(sig os.Signal) bool { return false }

// NotifyContext gives a child of parent that only stop cancels.
func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stop context.CancelFunc) {
	return context.WithCancel(parent)
}
