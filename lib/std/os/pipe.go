package os

import (
	"internal/oserror"
	"io"
	"sync"
	"syscall"
)

// pipe holds up to a system's 64 KB between its two ends.
type pipe struct {
	mu             sync.Mutex
	changed        sync.Cond
	held           []byte
	readEnd        *File
	noReader, done bool
}

const pipeSize = 65536

// Pipe gives two connected ends: what is written to w is read from r.
func Pipe() (r *File, w *File, err error) {
	p := new(pipe)
	p.changed.L = &p.mu
	r, w = &File{&file{fd: 3, name: "|0", pipe: p}}, &File{&file{fd: 4, name: "|1", pipe: p}}
	p.readEnd = r
	return r, w, nil
}

func (p *pipe) write(f *File, b []byte) (n int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f == p.readEnd {
		return 0, failure("write", f.name, -int64(syscall.EBADF))
	}
	for n < len(b) {
		switch room := pipeSize - len(p.held); {
		case p.noReader:
			return n, failure("write", f.name, -int64(syscall.EPIPE))
		case f.closed:
			return n, &PathError{Op: "write", Path: f.name, Err: ErrClosed}
		case room == 0:
			p.changed.Wait()
		default:
			k := min(room, len(b)-n)
			p.held = append(p.held, b[n:n+k]...)
			n += k
			p.changed.Broadcast()
		}
	}
	return n, nil
}

func (p *pipe) read(b []byte) (n int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.held) == 0 {
		if p.noReader {
			return 0, &PathError{Op: "read", Path: "|0", Err: ErrClosed}
		}
		if p.done {
			return 0, io.EOF
		}
		p.changed.Wait()
	}
	n = copy(b, p.held)
	p.held = p.held[:copy(p.held, p.held[n:])]
	p.changed.Broadcast()
	return n, nil
}

// end closes one end.
func (p *pipe) end(f *File) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f == p.readEnd {
		p.noReader = true
	} else {
		p.done = true
	}
	p.changed.Broadcast()
}

// SyscallError is an error of a system call by name.
type SyscallError struct {
	Syscall string
	Err     error
}

func (e *SyscallError) Error() string { return e.Syscall + ": " + e.Err.Error() }
func (e *SyscallError) Unwrap() error { return e.Err }
func (e *SyscallError) Timeout() bool { return timeout(e.Err) }

// NewSyscallError gives err the name of the call; nil for nil.
func NewSyscallError(syscall string, err error) error {
	if err == nil {
		return nil
	}
	return &SyscallError{syscall, err}
}

func timeout(err error) bool {
	t, ok := err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// cause is the error below one of this package's.
func cause(err error) error {
	switch e := err.(type) {
	case *PathError:
		return e.Err
	case *LinkError:
		return e.Err
	case *SyscallError:
		return e.Err
	}
	return err
}

// is reports whether err, under one layer of this package's errors, is of a kind.
func is(err, kind error) bool {
	err = cause(err)
	if err == kind {
		return true
	}
	e, ok := err.(syscall.Errno)
	return ok && e.Is(kind)
}

func IsExist(err error) bool      { return is(err, oserror.ErrExist) }
func IsNotExist(err error) bool   { return is(err, oserror.ErrNotExist) }
func IsPermission(err error) bool { return is(err, oserror.ErrPermission) }
func IsTimeout(err error) bool    { return timeout(cause(err)) }
