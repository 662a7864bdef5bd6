// Package syscall has what programs about memory ask of the system: anonymous mappings and error numbers.
//
// SIMPLIFIED: a mapping is memory of the simulated heap that is kept until Munmap; it counts there.
package syscall

import (
	"internal/oserror"
	"strconv"
)

const (
	PROT_NONE     = 0
	PROT_READ     = 1
	PROT_WRITE    = 2
	MAP_SHARED    = 1
	MAP_PRIVATE   = 2
	MAP_ANON      = 0x20
	MADV_DONTNEED = 4
)

// Errno is a system's error number.
type Errno uintptr

const (
	EPERM     Errno = 1
	ENOENT    Errno = 2
	EINTR     Errno = 4
	EIO       Errno = 5
	EBADF     Errno = 9
	ECHILD    Errno = 10
	EAGAIN    Errno = 11
	ENOMEM    Errno = 12
	EACCES    Errno = 13
	EEXIST    Errno = 17
	ENOTDIR   Errno = 20
	EISDIR    Errno = 21
	EINVAL    Errno = 22
	ENOSPC    Errno = 28
	EPIPE     Errno = 32
	ENOSYS    Errno = 38
	ENOTEMPTY Errno = 39
	ELOOP     Errno = 40
	ETIMEDOUT Errno = 110
)

var texts = [...]string{
	EPERM: "operation not permitted", ENOENT: "no such file or directory", EINTR: "interrupted system call", EIO: "input/output error",
	EBADF: "bad file descriptor", ECHILD: "no child processes", EAGAIN: "resource temporarily unavailable", ENOMEM: "cannot allocate memory", EACCES: "permission denied",
	EEXIST: "file exists", ENOTDIR: "not a directory", EISDIR: "is a directory", EINVAL: "invalid argument", ENOSPC: "no space left on device",
	EPIPE: "broken pipe", ENOSYS: "function not implemented", ENOTEMPTY: "directory not empty", ELOOP: "too many levels of symbolic links",
	ETIMEDOUT: "connection timed out",
}

func (e Errno) Error() string {
	if e < Errno(len(texts)) && texts[e] != "" {
		return texts[e]
	}
	return "errno " + strconv.Itoa(int(e))
}

// Is makes errors.Is(e, fs.ErrNotExist) and the like true.
func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	}
	return false
}

func (e Errno) Temporary() bool { return e == EINTR || e.Timeout() }
func (e Errno) Timeout() bool   { return e == EAGAIN || e == ETIMEDOUT }

// Signal is a signal's number.
type Signal int

const (
	SIGHUP  Signal = 1
	SIGINT  Signal = 2
	SIGQUIT Signal = 3
	SIGABRT Signal = 6
	SIGKILL Signal = 9
	SIGUSR1 Signal = 10
	SIGSEGV Signal = 11
	SIGUSR2 Signal = 12
	SIGPIPE Signal = 13
	SIGALRM Signal = 14
	SIGTERM Signal = 15
)

var signals = [...]string{
	SIGHUP: "hangup", SIGINT: "interrupt", SIGQUIT: "quit", SIGABRT: "aborted", SIGKILL: "killed", SIGUSR1: "user defined signal 1",
	SIGSEGV: "segmentation fault", SIGUSR2: "user defined signal 2", SIGPIPE: "broken pipe", SIGALRM: "alarm clock", SIGTERM: "terminated",
}

func (s Signal) Signal() {}
func (s Signal) String() string {
	if 0 <= s && int(s) < len(signals) && signals[s] != "" {
		return signals[s]
	}
	return "signal " + strconv.Itoa(int(s))
}

// RawConn is a way to a connection's descriptor.
type RawConn interface {
	Control(f func(fd uintptr)) error
	Read(f func(fd uintptr) (done bool)) error
	Write(f func(fd uintptr) (done bool)) error
}

var mapped = map[*byte][]byte{}

// Mmap maps memory; only anonymous mappings exist.
func Mmap(fd int, offset int64, length int, prot int, flags int) (data []byte, err error) {
	if length <= 0 {
		return nil, EINVAL
	}
	if flags&MAP_ANON == 0 {
		return nil, ENOSYS
	}
	data = make([]byte, length)
	mapped[&data[0]] = data
	return data, nil
}

// Munmap gives a mapping back.
func Munmap(b []byte) error {
	if len(b) == 0 || mapped[&b[0]] == nil {
		return EINVAL
	}
	delete(mapped, &b[0])
	return nil
}

// Madvise does nothing.
func Madvise(b []byte, advice int) error { return nil }

func Getpagesize() int { return 4096 }
func Getpid() int      { return 1 }

// SysProcAttr is how to start a program; nothing of it exists here.
type SysProcAttr struct{}
