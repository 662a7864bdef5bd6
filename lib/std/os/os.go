// Package os is the part of an operating system a simulated program has: three
// streams, arguments, an environment, an exit.
//
// SIMPLIFIED: there is no file system; opening anything fails.
package os

import (
	"errors"
	"io"
)

var (
	ErrInvalid    = errors.New("invalid argument")
	ErrPermission = errors.New("permission denied")
	ErrExist      = errors.New("file already exists")
	ErrNotExist   = errors.New("file does not exist")
	ErrClosed     = errors.New("file already closed")
)

// File is one of the program's streams.
type File struct {
	fd     int32
	name   string
	closed bool
}

var (
	Stdin  = &File{fd: 0, name: "/dev/stdin"}
	Stdout = &File{fd: 1, name: "/dev/stdout"}
	Stderr = &File{fd: 2, name: "/dev/stderr"}
)

// Args are the program's name and its arguments.
var Args []string

func init() {
	n := int(argc())
	Args = make([]string, n)
	for i := range Args {
		Args[i] = argString(int32(i))
	}
}

func argc() int32
func arglen(i int32) int32

//go:noescape
func argcopy(i int32, b []byte)

func argString(i int32) string {
	b := make([]byte, arglen(i))
	argcopy(i, b)
	return string(b)
}

//go:noescape
func write(fd int32, b []byte) int32

//go:noescape
func read(fd int32, b []byte) int32
func exit(code int32)

// Write writes b to the stream.
func (f *File) Write(b []byte) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if f.closed {
		return 0, &PathError{Op: "write", Path: f.name, Err: ErrClosed}
	}
	return int(write(f.fd, b)), nil
}

// WriteString writes s to the stream.
func (f *File) WriteString(s string) (n int, err error) { return f.Write([]byte(s)) }

// Read reads up to len(b) bytes; io.EOF at the end of input.
func (f *File) Read(b []byte) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if f.closed {
		return 0, &PathError{Op: "read", Path: f.name, Err: ErrClosed}
	}
	if len(b) == 0 {
		return 0, nil
	}
	n = int(read(f.fd, b))
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Close closes the stream for this program.
func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed {
		return &PathError{Op: "close", Path: f.name, Err: ErrClosed}
	}
	f.closed = true
	return nil
}

// Name is the stream's name.
func (f *File) Name() string { return f.name }

// Fd is the stream's number.
func (f *File) Fd() uintptr { return uintptr(f.fd) }

// Sync does nothing.
func (f *File) Sync() error { return nil }

// PathError is an error with the operation and path that caused it.
type PathError struct {
	Op   string
	Path string
	Err  error
}

func (e *PathError) Error() string { return e.Op + " " + e.Path + ": " + e.Err.Error() }
func (e *PathError) Unwrap() error { return e.Err }

var errNoFile = errors.New("no such file or directory")

// Open fails: there are no files.
func Open(name string) (*File, error) { return nil, &PathError{Op: "open", Path: name, Err: errNoFile} }

// Create fails: there are no files.
func Create(name string) (*File, error) {
	return nil, &PathError{Op: "open", Path: name, Err: ErrPermission}
}

// ReadFile fails: there are no files.
func ReadFile(name string) ([]byte, error) {
	return nil, &PathError{Op: "open", Path: name, Err: errNoFile}
}

// FileMode is a file's permission bits.
type FileMode uint32

// WriteFile fails: there are no files.
func WriteFile(name string, data []byte, perm FileMode) error {
	return &PathError{Op: "open", Path: name, Err: ErrPermission}
}

// Exit ends the program at once with the code given.
func Exit(code int) { exit(int32(code)) }

func envlen(i int32) int32

//go:noescape
func envcopy(i int32, b []byte)
func envc() int32

// The environment, once it was asked for.
var environ []string
var haveEnviron bool

func loadEnviron() {
	if haveEnviron {
		return
	}
	haveEnviron = true
	environ = make([]string, envc())
	for i := range environ {
		b := make([]byte, envlen(int32(i)))
		envcopy(int32(i), b)
		environ[i] = string(b)
	}
}

// envIndex is the place of a variable in environ, -1 if it is not set.
func envIndex(key string) int {
	loadEnviron()
	for i, e := range environ {
		if len(e) > len(key) && e[len(key)] == '=' && e[:len(key)] == key {
			return i
		}
	}
	return -1
}

// Environ lists the environment as key=value.
func Environ() []string {
	loadEnviron()
	return append([]string(nil), environ...)
}

// Setenv sets an environment variable.
func Setenv(key, value string) error {
	if i := envIndex(key); i >= 0 {
		environ[i] = key + "=" + value
	} else {
		environ = append(environ, key+"="+value)
	}
	return nil
}

// Unsetenv removes an environment variable.
func Unsetenv(key string) error {
	if i := envIndex(key); i >= 0 {
		environ = append(environ[:i], environ[i+1:]...)
	}
	return nil
}

// Clearenv removes all environment variables.
func Clearenv() {
	loadEnviron()
	environ = nil
}

// LookupEnv gives an environment variable's value and whether it is set.
func LookupEnv(key string) (string, bool) {
	i := envIndex(key)
	if i < 0 {
		return "", false
	}
	return environ[i][len(key)+1:], true
}

// Getenv gives an environment variable's value, empty if it is not set.
func Getenv(key string) string {
	v, _ := LookupEnv(key)
	return v
}

// Getpid is the process's number.
func Getpid() int { return 1 }

// Hostname is the simulated machine's name.
func Hostname() (string, error) { return "lab", nil }
