// Package exec runs programs. SIMPLIFIED: the only program there is, is the running one itself: a command with its name
// (os.Args[0] or os.Executable) runs it again, on a simulated machine of its own; it starts and ends in Start or Run.
package exec

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
)

// ErrNotFound says that there is no such program.
var ErrNotFound = errors.New("executable file not found in $PATH")

// Error names the program that could not be found.
type Error struct {
	Name string
	Err  error
}

func (e *Error) Error() string { return "exec: " + strconv.Quote(e.Name) + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// ExitError is a program's failure.
type ExitError struct {
	*os.ProcessState
	Stderr []byte
}

func (e *ExitError) Error() string { return e.ProcessState.String() }

// Cmd is a program to be run.
type Cmd struct {
	Path         string
	Args         []string
	Env          []string
	Dir          string
	Stdin        io.Reader
	Stdout       io.Writer
	Stderr       io.Writer
	ExtraFiles   []*os.File
	Process      *os.Process
	ProcessState *os.ProcessState
	Err          error
	Cancel       func() error

	started bool
	id      int32
}

// run runs the program with arguments and environment (joined by zero bytes) and input to its end; a number for what follows.
//
//go:noescape
func run(args, env string, stdin []byte) int32
func exitCode(id int32) int32

// outputLen and outputCopy give what it wrote: 1 to standard output, 2 to standard error, 3 both in order.
func outputLen(id, which int32) int32

//go:noescape
func outputCopy(id, which int32, b []byte)

// LookPath finds a program.
func LookPath(file string) (string, error) {
	if self, _ := os.Executable(); file == self || file == os.Args[0] {
		return file, nil
	}
	return "", &Error{file, ErrNotFound}
}

// Command gives a Cmd.
func Command(name string, arg ...string) *Cmd {
	c := &Cmd{Path: name, Args: append([]string{name}, arg...)}
	if path, err := LookPath(name); err == nil {
		c.Path = path
	} else {
		c.Err = err
	}
	return c
}

// CommandContext gives a Cmd that does not start if ctx is done.
func CommandContext(ctx context.Context, name string, arg ...string) *Cmd {
	c := Command(name, arg...)
	if c.Err == nil {
		c.Err = ctx.Err()
	}
	return c
}

func (c *Cmd) String() string { return strings.Join(append([]string{c.Path}, c.Args[1:]...), " ") }

// Environ is the environment the program gets.
func (c *Cmd) Environ() []string {
	if c.Env != nil {
		return c.Env
	}
	return os.Environ()
}

func (c *Cmd) output(which int32) []byte {
	b := make([]byte, outputLen(c.id, which))
	outputCopy(c.id, which, b)
	return b
}

// Start runs the program.
func (c *Cmd) Start() error {
	switch {
	case c.Err != nil:
		return c.Err
	case c.started:
		return errors.New("exec: already started")
	}
	c.started = true
	var input []byte
	if c.Stdin != nil {
		var err error
		if input, err = io.ReadAll(c.Stdin); err != nil {
			return err
		}
	}
	c.id = run(strings.Join(c.Args, "\x00"), strings.Join(c.Environ(), "\x00"), input)
	c.Process = &os.Process{Pid: int(c.id) + 100}
	c.ProcessState = os.NewProcessState(c.Process.Pid, int(exitCode(c.id)))
	if c.Stdout != nil && c.Stdout == c.Stderr {
		c.Stdout.Write(c.output(3))
	} else {
		if c.Stdout != nil {
			c.Stdout.Write(c.output(1))
		}
		if c.Stderr != nil {
			c.Stderr.Write(c.output(2))
		}
	}
	return nil
}

// Wait tells how it ended.
func (c *Cmd) Wait() error {
	if !c.started {
		return errors.New("exec: not started")
	}
	if !c.ProcessState.Success() {
		return &ExitError{ProcessState: c.ProcessState}
	}
	return nil
}

// Run is Start and Wait.
func (c *Cmd) Run() error {
	if err := c.Start(); err != nil {
		return err
	}
	return c.Wait()
}

// Output is Run that gives standard output.
func (c *Cmd) Output() ([]byte, error) {
	if c.Stdout != nil {
		return nil, errors.New("exec: Stdout already set")
	}
	err := c.Run()
	if !c.started {
		return nil, err
	}
	if e, ok := err.(*ExitError); ok && c.Stderr == nil {
		e.Stderr = c.output(2)
	}
	return c.output(1), err
}

// CombinedOutput is Run that gives standard output and error.
func (c *Cmd) CombinedOutput() ([]byte, error) {
	if c.Stdout != nil || c.Stderr != nil {
		return nil, errors.New("exec: Stdout or Stderr already set")
	}
	err := c.Run()
	if !c.started {
		return nil, err
	}
	return c.output(3), err
}

// late is a pipe's output, which is there once the program has run.
type late struct {
	c     *Cmd
	which int32
	r     *bytes.Reader
}

func (l *late) Read(p []byte) (int, error) {
	if !l.c.started {
		return 0, errors.New("exec: not started")
	}
	if l.r == nil {
		l.r = bytes.NewReader(l.c.output(l.which))
	}
	return l.r.Read(p)
}
func (l *late) Close() error { return nil }

// StdoutPipe and StderrPipe read the program's output after Start.
func (c *Cmd) StdoutPipe() (io.ReadCloser, error) { return &late{c: c, which: 1}, nil }
func (c *Cmd) StderrPipe() (io.ReadCloser, error) { return &late{c: c, which: 2}, nil }
