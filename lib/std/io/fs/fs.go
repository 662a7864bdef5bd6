// Package fs has the interfaces of file systems, and what works on any of them.
package fs

import (
	"internal/oserror"
	"time"
	"unicode/utf8"
)

// The kinds of failure; errors of file systems are these by errors.Is.
var (
	ErrInvalid    = oserror.ErrInvalid
	ErrPermission = oserror.ErrPermission
	ErrExist      = oserror.ErrExist
	ErrNotExist   = oserror.ErrNotExist
	ErrClosed     = oserror.ErrClosed
)

type (
	// FS is a tree of files.
	FS interface {
		Open(name string) (File, error)
	}
	// File is an open file.
	File interface {
		Stat() (FileInfo, error)
		Read([]byte) (int, error)
		Close() error
	}
	// ReadDirFile is an open directory.
	ReadDirFile interface {
		File
		ReadDir(n int) ([]DirEntry, error)
	}
	// DirEntry is a name in a directory.
	DirEntry interface {
		Name() string
		IsDir() bool
		Type() FileMode
		Info() (FileInfo, error)
	}
	// FileInfo is what Stat tells.
	FileInfo interface {
		Name() string
		Size() int64
		Mode() FileMode
		ModTime() time.Time
		IsDir() bool
		Sys() any
	}
)

// What file systems may do better than by Open.
type (
	GlobFS interface {
		FS
		Glob(pattern string) ([]string, error)
	}
	ReadDirFS interface {
		FS
		ReadDir(name string) ([]DirEntry, error)
	}
	ReadFileFS interface {
		FS
		ReadFile(name string) ([]byte, error)
	}
	StatFS interface {
		FS
		Stat(name string) (FileInfo, error)
	}
	SubFS interface {
		FS
		Sub(dir string) (FS, error)
	}
	ReadLinkFS interface {
		FS
		ReadLink(name string) (string, error)
		Lstat(name string) (FileInfo, error)
	}
)

// FileMode is a file's kind and its permissions.
type FileMode uint32

const (
	ModePerm FileMode = 0o777

	ModeDir        FileMode = 1 << 31
	ModeAppend     FileMode = 1 << 30
	ModeExclusive  FileMode = 1 << 29
	ModeTemporary  FileMode = 1 << 28
	ModeSymlink    FileMode = 1 << 27
	ModeDevice     FileMode = 1 << 26
	ModeNamedPipe  FileMode = 1 << 25
	ModeSocket     FileMode = 1 << 24
	ModeSetuid     FileMode = 1 << 23
	ModeSetgid     FileMode = 1 << 22
	ModeCharDevice FileMode = 1 << 21
	ModeSticky     FileMode = 1 << 20
	ModeIrregular  FileMode = 1 << 19

	ModeType = ModeDir | ModeDevice | ModeCharDevice | ModeIrregular | ModeNamedPipe | ModeSocket | ModeSymlink
)

// Letters of the bits from the highest down, as String writes them.
const kindLetters, permLetters = "dalTLDpSugct?", "rwxrwxrwx"

// String is the mode as ls writes it.
func (m FileMode) String() string {
	var b [32]byte
	out := b[:0]
	for i := range len(kindLetters) {
		if m>>(31-i)&1 != 0 {
			out = append(out, kindLetters[i])
		}
	}
	if len(out) == 0 {
		out = append(out, '-')
	}
	for i := range len(permLetters) {
		if m>>(8-i)&1 != 0 {
			out = append(out, permLetters[i])
		} else {
			out = append(out, '-')
		}
	}
	return string(out)
}

func (m FileMode) IsDir() bool     { return m&ModeDir != 0 }
func (m FileMode) IsRegular() bool { return m.Type() == 0 }
func (m FileMode) Perm() FileMode  { return m & ModePerm }
func (m FileMode) Type() FileMode  { return m & ModeType }

// PathError is an error with the operation and the path it befell.
type PathError struct {
	Op   string
	Path string
	Err  error
}

func (e *PathError) Error() string { return e.Op + " " + e.Path + ": " + e.Err.Error() }
func (e *PathError) Unwrap() error { return e.Err }

// Timeout reports whether the cause says that it is a timeout.
func (e *PathError) Timeout() bool {
	late, ok := e.Err.(interface{ Timeout() bool })
	return ok && late.Timeout()
}

// ValidPath reports whether name may be given to Open: elements between single slashes, none of them . or ..
func ValidPath(name string) bool {
	if name == "." {
		return true
	}
	if !utf8.ValidString(name) {
		return false
	}
	start := 0
	for i := 0; i <= len(name); i++ {
		if i == len(name) || name[i] == '/' {
			if e := name[start:i]; e == "" || e == "." || e == ".." {
				return false
			}
			start = i + 1
		}
	}
	return true
}

// FormatFileInfo and FormatDirEntry are lines for people.
func FormatFileInfo(info FileInfo) string {
	line := info.Mode().String() + " " + decimal(info.Size()) + " " + info.ModTime().Format(time.DateTime) + " " + info.Name()
	if info.IsDir() {
		line += "/"
	}
	return line
}

func FormatDirEntry(dir DirEntry) string {
	mode := dir.Type().String()
	line := mode[:len(mode)-len(permLetters)] + " " + dir.Name()
	if dir.IsDir() {
		line += "/"
	}
	return line
}

func decimal(n int64) string {
	var b [20]byte
	i, u := len(b), uint64(n)
	if n < 0 {
		u = -u
	}
	for {
		i--
		b[i] = byte('0' + u%10)
		if u /= 10; u == 0 {
			break
		}
	}
	if n < 0 {
		i--
		b[i] = '-'
	}
	return string(b[i:])
}

// infoEntry is a FileInfo as a DirEntry.
type infoEntry struct{ info FileInfo }

func (e infoEntry) Name() string            { return e.info.Name() }
func (e infoEntry) IsDir() bool             { return e.info.IsDir() }
func (e infoEntry) Type() FileMode          { return e.info.Mode().Type() }
func (e infoEntry) Info() (FileInfo, error) { return e.info, nil }
func (e infoEntry) String() string          { return FormatDirEntry(e) }

// FileInfoToDirEntry gives a DirEntry that tells what info does; nil for nil.
func FileInfoToDirEntry(info FileInfo) DirEntry {
	if info == nil {
		return nil
	}
	return infoEntry{info}
}
