package os

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
	"time"
)

// Errors of this package and of package fs.
var (
	ErrInvalid          = fs.ErrInvalid
	ErrPermission       = fs.ErrPermission
	ErrExist            = fs.ErrExist
	ErrNotExist         = fs.ErrNotExist
	ErrClosed           = fs.ErrClosed
	ErrNoDeadline       = errors.New("file type does not support deadline")
	ErrDeadlineExceeded = error(lateError{})
)

type lateError struct{}

func (lateError) Error() string   { return "i/o timeout" }
func (lateError) Timeout() bool   { return true }
func (lateError) Temporary() bool { return true }

type (
	PathError = fs.PathError
	FileInfo  = fs.FileInfo
	FileMode  = fs.FileMode
	DirEntry  = fs.DirEntry
)

const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular
	ModeType       = fs.ModeType
	ModePerm       = fs.ModePerm
)

// How OpenFile opens; the numbers are Linux's.
const (
	O_RDONLY int = 0
	O_WRONLY int = 1
	O_RDWR   int = 2
	O_CREATE int = 0x40
	O_EXCL   int = 0x80
	O_TRUNC  int = 0x200
	O_APPEND int = 0x400
	O_SYNC   int = 0x101000
)

const (
	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2
)

// File is an open file: a stream of the program, a file in memory, or an end of a pipe.
type File struct{ *file }

type file struct {
	fd     int32
	append bool
	closed bool
	name   string
	pipe   *pipe
	// What ReadDir has yet to give.
	names []string
	begun bool
}

var (
	Stdin  = NewFile(0, "/dev/stdin")
	Stdout = NewFile(1, "/dev/stdout")
	Stderr = NewFile(2, "/dev/stderr")
)

// NewFile gives a File for a descriptor.
func NewFile(fd uintptr, name string) *File { return &File{&file{fd: int32(fd), name: name}} }

// The system: a result below 0 is minus an error number, an offset below 0 the descriptor's place.

//go:noescape
func write(fd int32, b []byte, off int64) int32

//go:noescape
func read(fd int32, b []byte, off int64) int32

//go:noescape
func openFile(path string, flag, perm int32) int32
func closeFile(fd int32) int32
func seekFile(fd int32, offset int64, whence int32) int64
func truncateFile(fd int32, size int64) int32
func statFile(fd int32) (status int32, mode uint32, size, mtime, ino int64)

// failure is the error of a result below 0.
func failure(op, path string, status int64) error {
	return &PathError{Op: op, Path: path, Err: syscall.Errno(-status)}
}

// check is the error of using a File that is nil or closed.
func (f *File) check(op string) error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed {
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	return nil
}

// Write writes b.
func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.pipe != nil {
		return f.pipe.write(f, b)
	}
	k := write(f.fd, b, -1)
	if k < 0 {
		return 0, failure("write", f.name, int64(k))
	}
	return int(k), nil
}

// WriteString writes s.
func (f *File) WriteString(s string) (n int, err error) { return f.Write([]byte(s)) }

// WriteAt writes b from an offset on.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.append {
		return 0, errors.New("os: invalid use of WriteAt on file opened with O_APPEND")
	}
	if off < 0 {
		return 0, &PathError{Op: "writeat", Path: f.name, Err: errors.New("negative offset")}
	}
	k := write(f.fd, b, off)
	if k < 0 {
		return 0, failure("write", f.name, int64(k))
	}
	return int(k), nil
}

// Read reads up to len(b) bytes; io.EOF at the end.
func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if f.pipe != nil {
		return f.pipe.read(b)
	}
	if len(b) == 0 {
		return 0, nil
	}
	k := read(f.fd, b, -1)
	switch {
	case k < 0:
		return 0, failure("read", f.name, int64(k))
	case k == 0:
		return 0, io.EOF
	}
	return int(k), nil
}

// ReadAt reads len(b) bytes from an offset on, fewer only with an error.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, &PathError{Op: "readat", Path: f.name, Err: errors.New("negative offset")}
	}
	if len(b) == 0 {
		return 0, nil
	}
	k := read(f.fd, b, off)
	if k < 0 {
		return 0, failure("read", f.name, int64(k))
	}
	if int(k) < len(b) {
		err = io.EOF
	}
	return int(k), err
}

// onlyReader and onlyWriter hide other methods.
type (
	onlyReader struct{ io.Reader }
	onlyWriter struct{ io.Writer }
)

func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	return io.Copy(onlyWriter{f}, r)
}

func (f *File) WriteTo(w io.Writer) (n int64, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	return io.Copy(w, onlyReader{f})
}

// Seek moves to an offset: whence 0 from the start, 1 from here, 2 from the end.
func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.check("seek"); err != nil {
		return 0, err
	}
	if f.fd < 3 {
		return 0, &PathError{Op: "seek", Path: f.name, Err: errors.New("illegal seek")}
	}
	if ret = seekFile(f.fd, offset, int32(whence)); ret < 0 {
		return 0, failure("seek", f.name, ret)
	}
	f.names, f.begun = nil, false
	return ret, nil
}

// Close closes the file for this program.
func (f *File) Close() error {
	if err := f.check("close"); err != nil {
		return err
	}
	f.closed = true
	if f.pipe != nil {
		f.pipe.end(f)
	} else if f.fd > 2 {
		closeFile(f.fd)
	}
	return nil
}

// Name is the name it was opened by.
func (f *File) Name() string { return f.name }

// Fd is the descriptor.
func (f *File) Fd() uintptr {
	if f == nil || f.closed {
		return ^uintptr(0)
	}
	return uintptr(f.fd)
}

// Sync has nothing to do.
func (f *File) Sync() error { return f.check("sync") }

// Truncate sets the length.
func (f *File) Truncate(size int64) error {
	if err := f.check("truncate"); err != nil {
		return err
	}
	if status := truncateFile(f.fd, size); status < 0 {
		return failure("truncate", f.name, int64(status))
	}
	return nil
}

// Stat tells of the file.
func (f *File) Stat() (FileInfo, error) {
	if err := f.check("stat"); err != nil {
		return nil, err
	}
	if f.pipe != nil {
		return &fileInfo{name: "|0", mode: ModeNamedPipe | 0o600}, nil
	}
	if f.fd < 3 {
		return &fileInfo{name: base(f.name), mode: ModeDevice | ModeCharDevice | 0o620}, nil
	}
	status, mode, size, mtime, ino := statFile(f.fd)
	if status < 0 {
		return nil, failure("stat", f.name, int64(status))
	}
	return &fileInfo{base(f.name), FileMode(mode), size, mtime, ino}, nil
}

// Chmod, Chown and Chdir are those of the file's name.
func (f *File) Chmod(mode FileMode) error {
	if err := f.check("chmod"); err != nil {
		return err
	}
	return Chmod(f.name, mode)
}

func (f *File) Chown(uid, gid int) error { return f.check("chown") }

func (f *File) Chdir() error {
	if err := f.check("chdir"); err != nil {
		return err
	}
	return Chdir(f.name)
}

// Deadlines: nothing waits here.
func (f *File) SetDeadline(t time.Time) error      { return f.noDeadline("set deadline") }
func (f *File) SetReadDeadline(t time.Time) error  { return f.noDeadline("set deadline") }
func (f *File) SetWriteDeadline(t time.Time) error { return f.noDeadline("set deadline") }

func (f *File) noDeadline(op string) error {
	if err := f.check(op); err != nil {
		return err
	}
	return &PathError{Op: op, Path: f.name, Err: ErrNoDeadline}
}

// SyscallConn fails: there is no system below.
func (f *File) SyscallConn() (syscall.RawConn, error) {
	if f == nil {
		return nil, ErrInvalid
	}
	return nil, NewSyscallError("SyscallConn", syscall.ENOSYS)
}

// fileInfo tells of a file; mtime counts from the start of the clock.
type fileInfo struct {
	name       string
	mode       FileMode
	size       int64
	mtime, ino int64
}

// clockStart is when the virtual clock starts: 2009-11-10 23:00:00 UTC.
const clockStart = 1257894000

func (i *fileInfo) Name() string       { return i.name }
func (i *fileInfo) Size() int64        { return i.size }
func (i *fileInfo) Mode() FileMode     { return i.mode }
func (i *fileInfo) ModTime() time.Time { return time.Unix(clockStart, i.mtime) }
func (i *fileInfo) IsDir() bool        { return i.mode.IsDir() }
func (i *fileInfo) Sys() any           { return nil }

// SameFile reports whether both tell of one file.
func SameFile(fi1, fi2 FileInfo) bool {
	a, ok1 := fi1.(*fileInfo)
	b, ok2 := fi2.(*fileInfo)
	return ok1 && ok2 && a.ino == b.ino
}

// ReadDir gives the next n entries of a directory, all that are left if n <= 0.
func (f *File) ReadDir(n int) ([]DirEntry, error) {
	names, err := f.Readdirnames(n)
	entries := make([]DirEntry, 0, len(names))
	for _, name := range names {
		if info, e := Lstat(f.name + "/" + name); e == nil {
			entries = append(entries, dirEntry{info})
		}
	}
	return entries, err
}

// Readdir is ReadDir with all about each file.
func (f *File) Readdir(n int) ([]FileInfo, error) {
	names, err := f.Readdirnames(n)
	infos := make([]FileInfo, 0, len(names))
	for _, name := range names {
		if info, e := Lstat(f.name + "/" + name); e == nil {
			infos = append(infos, info)
		}
	}
	return infos, err
}

// Readdirnames is ReadDir with names only.
func (f *File) Readdirnames(n int) (names []string, err error) {
	if err := f.check("readdir"); err != nil {
		return nil, err
	}
	if !f.begun {
		if f.names, err = listNames("readdirent", f.name); err != nil {
			return nil, err
		}
		f.begun = true
	}
	if n <= 0 {
		n = len(f.names)
	} else if len(f.names) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.names))
	names, f.names = f.names[:n:n], f.names[n:]
	return names, nil
}

type dirEntry struct{ info FileInfo }

func (e dirEntry) Name() string            { return e.info.Name() }
func (e dirEntry) IsDir() bool             { return e.info.IsDir() }
func (e dirEntry) Type() FileMode          { return e.info.Mode().Type() }
func (e dirEntry) Info() (FileInfo, error) { return e.info, nil }
func (e dirEntry) String() string          { return fs.FormatDirEntry(e) }
