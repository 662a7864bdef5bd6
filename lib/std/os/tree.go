package os

import (
	"io"
	"io/fs"
	"syscall"
	"time"
)

// Paths.
const (
	PathSeparator     = '/'
	PathListSeparator = ':'
	DevNull           = "/dev/null"
)

// IsPathSeparator reports whether c separates the names in a path.
func IsPathSeparator(c uint8) bool { return c == PathSeparator }

//go:noescape
func statPath(path string, follow bool) (status int32, mode uint32, size, mtime, ino int64)

//go:noescape
func mkdir(path string, perm uint32) int32

//go:noescape
func remove(path string) int32

//go:noescape
func rename(from, to string) int32

//go:noescape
func link(from, to string) int32

//go:noescape
func symlink(from, to string) int32

//go:noescape
func chmod(path string, mode uint32) int32

//go:noescape
func utimes(path string, ns int64) int32

//go:noescape
func chdir(path string) int32

// list, readlink and getcwd give the length of a text, which take fetches.
//
//go:noescape
func list(path string) int32

//go:noescape
func readlink(path string) int32
func getcwd() int32

//go:noescape
func take(b []byte)

func taken(n int32) string {
	b := make([]byte, n)
	take(b)
	return string(b)
}

// base is the last name of a path.
func base(path string) string {
	end := len(path)
	for end > 1 && path[end-1] == '/' {
		end--
	}
	for i := end - 1; i >= 0; i-- {
		if path[i] == '/' && end > 1 {
			return path[i+1 : end]
		}
	}
	return path[:end]
}

// OpenFile opens a file in one of the ways O_RDONLY….
func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	fd := openFile(name, int32(flag), int32(perm.Perm()))
	if fd < 0 {
		return nil, failure("open", name, int64(fd))
	}
	return &File{&file{fd: fd, name: name, append: flag&O_APPEND != 0}}, nil
}

// Open opens a file for reading; Create makes or empties one for both.
func Open(name string) (*File, error)   { return OpenFile(name, O_RDONLY, 0) }
func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0o666) }

// ReadFile is the file's contents.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := 0
	if info, err := f.Stat(); err == nil {
		size = int(info.Size())
	}
	data := make([]byte, 0, max(512, size+1))
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return data, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// WriteFile makes the data the file's contents.
func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// Stat tells of a file, Lstat of a link itself.
func Stat(name string) (FileInfo, error)  { return stat("stat", name, true) }
func Lstat(name string) (FileInfo, error) { return stat("lstat", name, false) }

func stat(op, name string, follow bool) (FileInfo, error) {
	status, mode, size, mtime, ino := statPath(name, follow)
	if status < 0 {
		return nil, failure(op, name, int64(status))
	}
	return &fileInfo{base(name), FileMode(mode), size, mtime, ino}, nil
}

// result is the error of a call on one path.
func result(op, name string, status int32) error {
	if status < 0 {
		return failure(op, name, int64(status))
	}
	return nil
}

func Mkdir(name string, perm FileMode) error { return result("mkdir", name, mkdir(name, uint32(perm))) }
func Remove(name string) error               { return result("remove", name, remove(name)) }
func Chmod(name string, mode FileMode) error { return result("chmod", name, chmod(name, uint32(mode))) }
func Chdir(dir string) error                 { return result("chdir", dir, chdir(dir)) }
func Chown(name string, uid, gid int) error  { _, err := stat("chown", name, true); return err }
func Lchown(name string, uid, gid int) error { _, err := stat("lchown", name, false); return err }
func Chtimes(name string, atime, mtime time.Time) error {
	return result("chtimes", name, utimes(name, mtime.UnixNano()-clockStart*1e9))
}

// MkdirAll makes a directory and those above it that are missing.
func MkdirAll(path string, perm FileMode) error {
	for i := 1; i <= len(path); i++ {
		if i < len(path) && path[i] != '/' || path[i-1] == '/' {
			continue
		}
		part := path[:i]
		if info, err := Stat(part); err == nil {
			if info.IsDir() {
				continue
			}
			return failure("mkdir", part, -int64(syscall.ENOTDIR))
		}
		if err := Mkdir(part, perm); err != nil {
			return err
		}
	}
	return nil
}

// RemoveAll removes path and all below it; that it is not there is no error.
func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	if b := base(path); b == "." || b == ".." {
		return failure("RemoveAll", path, -int64(syscall.EINVAL))
	}
	info, err := Lstat(path)
	if err != nil {
		return nil
	}
	if info.IsDir() {
		names, _ := listNames("open", path)
		for _, n := range names {
			if err := RemoveAll(path + "/" + n); err != nil {
				return err
			}
		}
	}
	return Remove(path)
}

// LinkError is an error with the operation and the two paths it befell.
type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (e *LinkError) Error() string { return e.Op + " " + e.Old + " " + e.New + ": " + e.Err.Error() }
func (e *LinkError) Unwrap() error { return e.Err }

func twoPaths(op, from, to string, status int32) error {
	if status < 0 {
		return &LinkError{op, from, to, syscall.Errno(-status)}
	}
	return nil
}

func Rename(oldpath, newpath string) error {
	return twoPaths("rename", oldpath, newpath, rename(oldpath, newpath))
}
func Link(oldname, newname string) error {
	return twoPaths("link", oldname, newname, link(oldname, newname))
}
func Symlink(oldname, newname string) error {
	return twoPaths("symlink", oldname, newname, symlink(oldname, newname))
}

// Readlink is where a symbolic link leads.
func Readlink(name string) (string, error) {
	n := readlink(name)
	if n < 0 {
		return "", failure("readlink", name, int64(n))
	}
	return taken(n), nil
}

// Truncate sets a file's length.
func Truncate(name string, size int64) error {
	f, err := OpenFile(name, O_WRONLY, 0)
	if err != nil {
		err.(*PathError).Op = "truncate"
		return err
	}
	defer f.Close()
	return f.Truncate(size)
}

// listNames is the names in a directory, in order.
func listNames(op, name string) ([]string, error) {
	n := list(name)
	if n < 0 {
		return nil, failure(op, name, int64(n))
	}
	text, from := taken(n), 0
	names := []string{}
	for i := range len(text) {
		if text[i] == 0 {
			names = append(names, text[from:i])
			from = i + 1
		}
	}
	return names, nil
}

// ReadDir is what is in a directory, in order of names.
func ReadDir(name string) ([]DirEntry, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

// Getwd is the working directory.
func Getwd() (dir string, err error) { return taken(getcwd()), nil }

// TempDir is where temporary files go.
func TempDir() string {
	if dir := Getenv("TMPDIR"); dir != "" {
		return dir
	}
	return "/tmp"
}

// Directories of the user.
func UserHomeDir() (string, error) {
	if dir := Getenv("HOME"); dir != "" {
		return dir, nil
	}
	return "/home/lab", nil
}

func UserCacheDir() (string, error) {
	home, _ := UserHomeDir()
	return home + "/.cache", nil
}

func UserConfigDir() (string, error) {
	home, _ := UserHomeDir()
	return home + "/.config", nil
}

// temporary calls make with new names in dir until one did not exist; a * in the pattern is where it varies.
func temporary(op, dir, pattern string, make func(path string) error) error {
	if dir == "" {
		dir = TempDir()
	}
	star := len(pattern)
	tail := ""
	for i := len(pattern) - 1; i >= 0; i-- {
		if pattern[i] == '/' {
			return &PathError{op, pattern, errSeparator}
		}
		if pattern[i] == '*' && star == len(pattern) {
			star, tail = i, pattern[i+1:]
		}
	}
	if dir[len(dir)-1] != '/' {
		dir += "/"
	}
	for try := 0; ; try++ {
		temporaries = temporaries*6364136223846793005 + 1442695040888963407
		digits, n := "", temporaries>>33
		for k := 0; k < 10; k++ {
			digits = string(rune('0'+n%10)) + digits
			n /= 10
		}
		path := dir + pattern[:star] + digits + tail
		if err := make(path); err == nil || !IsExist(err) || try > 10000 {
			return err
		}
	}
}

var temporaries = uint64(2009)

type separatorError struct{}

func (separatorError) Error() string { return "pattern contains path separator" }

var errSeparator error = separatorError{}

// CreateTemp makes a new file in dir, MkdirTemp a directory.
func CreateTemp(dir, pattern string) (*File, error) {
	var f *File
	err := temporary("createtemp", dir, pattern, func(path string) (err error) {
		f, err = OpenFile(path, O_RDWR|O_CREATE|O_EXCL, 0o600)
		return err
	})
	return f, err
}

func MkdirTemp(dir, pattern string) (string, error) {
	name := ""
	err := temporary("mkdirtemp", dir, pattern, func(path string) error {
		name = path
		return Mkdir(path, 0o700)
	})
	if err != nil {
		return "", err
	}
	return name, nil
}

// DirFS is the tree below dir as a file system.
func DirFS(dir string) fs.FS { return dirFS(dir) }

type dirFS string

func (d dirFS) path(op, name string) (string, error) {
	if d == "" {
		return "", &PathError{Op: op, Path: name, Err: emptyRoot{}}
	}
	if !fs.ValidPath(name) {
		return "", &PathError{Op: op, Path: name, Err: ErrInvalid}
	}
	if d[len(d)-1] == '/' {
		return string(d) + name, nil
	}
	return string(d) + "/" + name, nil
}

type emptyRoot struct{}

func (emptyRoot) Error() string { return "os: DirFS with empty root" }

// short gives errors the name below the root.
func short(err error, name string) error {
	if e, ok := err.(*PathError); ok {
		e.Path = name
	}
	return err
}

func (d dirFS) Open(name string) (fs.File, error) {
	full, err := d.path("open", name)
	if err != nil {
		return nil, err
	}
	f, err := Open(full)
	if err != nil {
		return nil, short(err, name)
	}
	return f, nil
}

func (d dirFS) ReadFile(name string) ([]byte, error) {
	full, err := d.path("readfile", name)
	if err != nil {
		return nil, err
	}
	data, err := ReadFile(full)
	return data, short(err, name)
}

func (d dirFS) ReadDir(name string) ([]DirEntry, error) {
	full, err := d.path("readdir", name)
	if err != nil {
		return nil, err
	}
	list, err := ReadDir(full)
	return list, short(err, name)
}

func (d dirFS) Stat(name string) (fs.FileInfo, error) {
	full, err := d.path("stat", name)
	if err != nil {
		return nil, err
	}
	info, err := Stat(full)
	return info, short(err, name)
}

func (d dirFS) Lstat(name string) (fs.FileInfo, error) {
	full, err := d.path("lstat", name)
	if err != nil {
		return nil, err
	}
	info, err := Lstat(full)
	return info, short(err, name)
}

func (d dirFS) ReadLink(name string) (string, error) {
	full, err := d.path("readlink", name)
	if err != nil {
		return "", err
	}
	to, err := Readlink(full)
	return to, short(err, name)
}

// CopyFS copies fsys into dir; a file that is there already is an error.
func CopyFS(dir string, fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(path string, d DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := dir + "/" + path
		if d.IsDir() {
			return MkdirAll(to, 0o777)
		}
		data, err := fs.ReadFile(fsys, path)
		if err != nil {
			return err
		}
		f, err := OpenFile(to, O_CREATE|O_EXCL|O_WRONLY, 0o666)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.Write(data)
		return err
	})
}
