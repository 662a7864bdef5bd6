package os

import (
	"errors"
	"strconv"
	"syscall"
	"time"
)

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

// Interrupt and Kill are the signals every system has.
var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

// ErrProcessDone says that the program has ended; ErrNoHandle, that there is no handle of it.
var (
	ErrProcessDone = errors.New("os: process already finished")
	ErrNoHandle    = errors.New("process handle unavailable")
)

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
func Getegid() int     { return 0 }

// Getgroups is the groups of the user.
func Getgroups() ([]int, error) { return []int{0}, nil }

// ProcAttr is how to start a program.
type ProcAttr struct {
	Dir   string
	Env   []string
	Files []*File
	Sys   *syscall.SysProcAttr
}

// StartProcess fails: package exec starts the program itself anew, and there are no others.
func StartProcess(name string, argv []string, attr *ProcAttr) (*Process, error) {
	return nil, &PathError{Op: "fork/exec", Path: name, Err: syscall.ENOENT}
}

// FindProcess gives a Process without looking for one.
func FindProcess(pid int) (*Process, error) { return &Process{Pid: pid}, nil }

// Wait has nothing to wait for.
func (p *Process) Wait() (*ProcessState, error) { return nil, NewSyscallError("wait", syscall.ECHILD) }

// WithHandle has no handle to give.
func (p *Process) WithHandle(f func(handle uintptr)) error { return ErrNoHandle }

func (p *ProcessState) Sys() any                  { return nil }
func (p *ProcessState) SysUsage() any             { return nil }
func (p *ProcessState) SystemTime() time.Duration { return 0 }
func (p *ProcessState) UserTime() time.Duration   { return 0 }
