package os

import "strconv"

// Process is a program that was started.
type Process struct{ Pid int }

// Kill, Release and Signal have nothing to do: a program has ended when its Process is there.
func (p *Process) Kill() error         { return ErrProcessDone }
func (p *Process) Release() error      { return nil }
func (p *Process) Signal(Signal) error { return ErrProcessDone }

// Signal is an event for a program; none are delivered here.
type Signal interface {
	String() string
	Signal()
}

type signal int

func (s signal) Signal() {}
func (s signal) String() string {
	if s == 2 {
		return "interrupt"
	}
	return "killed"
}

// Interrupt and Kill are the signals every system has.
var (
	Interrupt Signal = signal(2)
	Kill      Signal = signal(9)
)

type doneError struct{}

func (doneError) Error() string { return "os: process already finished" }

// ErrProcessDone says that the program has ended.
var ErrProcessDone error = doneError{}

// ProcessState is how a program ended.
type ProcessState struct{ pid, code int }

// NewProcessState is called by package exec.
func NewProcessState(pid, code int) *ProcessState { return &ProcessState{pid, code} }

func (p *ProcessState) ExitCode() int  { return p.code }
func (p *ProcessState) Exited() bool   { return true }
func (p *ProcessState) Pid() int       { return p.pid }
func (p *ProcessState) Success() bool  { return p.code == 0 }
func (p *ProcessState) String() string { return "exit status " + strconv.Itoa(p.code) }

// Executable is the path of the running program.
func Executable() (string, error) { return Args[0], nil }

func Getppid() int { return 0 }
func Getuid() int  { return 0 }
func Getgid() int  { return 0 }
func Geteuid() int { return 0 }

// Getpagesize is the simulated machine's.
func Getpagesize() int { return 4096 }
