// Package syscall has what programs about memory ask of the system: anonymous mappings and error numbers.
//
// SIMPLIFIED: a mapping is memory of the simulated heap that is kept until Munmap; it counts there.
package syscall

import "strconv"

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
	ENOENT Errno = 2
	EINTR  Errno = 4
	EAGAIN Errno = 11
	ENOMEM Errno = 12
	EACCES Errno = 13
	EEXIST Errno = 17
	EINVAL Errno = 22
	ENOSYS Errno = 38
)

func (e Errno) Error() string {
	switch e {
	case ENOENT:
		return "no such file or directory"
	case EINTR:
		return "interrupted system call"
	case EAGAIN:
		return "resource temporarily unavailable"
	case ENOMEM:
		return "cannot allocate memory"
	case EACCES:
		return "permission denied"
	case EEXIST:
		return "file exists"
	case EINVAL:
		return "invalid argument"
	case ENOSYS:
		return "function not implemented"
	}
	return "errno " + strconv.Itoa(int(e))
}

// Signal is a signal's number.
type Signal int

const (
	SIGINT  Signal = 2
	SIGKILL Signal = 9
	SIGTERM Signal = 15
)

func (s Signal) Signal()        {}
func (s Signal) String() string { return "signal " + strconv.Itoa(int(s)) }

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
