// Package filepath works on paths of the system's files; separators are slashes.
package filepath

import (
	"errors"
	"io/fs"
	"os"
	slash "path"
	"strings"
)

const (
	Separator     = os.PathSeparator
	ListSeparator = os.PathListSeparator
)

var (
	ErrBadPattern = slash.ErrBadPattern
	SkipDir       = fs.SkipDir
	SkipAll       = fs.SkipAll
)

func Clean(path string) string                             { return slash.Clean(path) }
func Join(elem ...string) string                           { return slash.Join(elem...) }
func Split(path string) (dir, file string)                 { return slash.Split(path) }
func Base(path string) string                              { return slash.Base(path) }
func Dir(path string) string                               { return slash.Dir(path) }
func Ext(path string) string                               { return slash.Ext(path) }
func IsAbs(path string) bool                               { return slash.IsAbs(path) }
func Match(pattern, name string) (matched bool, err error) { return slash.Match(pattern, name) }
func FromSlash(path string) string                         { return path }
func ToSlash(path string) string                           { return path }
func VolumeName(path string) string                        { return "" }
func HasPrefix(p, prefix string) bool                      { return strings.HasPrefix(p, prefix) }

// SplitList cuts a list of paths at its colons.
func SplitList(path string) []string {
	if path == "" {
		return []string{}
	}
	return strings.Split(path, ":")
}

// IsLocal reports whether the path stays below where it starts.
func IsLocal(path string) bool {
	if path == "" || IsAbs(path) {
		return false
	}
	c := slash.Clean(path)
	return c != ".." && !strings.HasPrefix(c, "../")
}

// Localize turns a path of package fs into one of the system.
func Localize(path string) (string, error) {
	if !fs.ValidPath(path) || strings.IndexByte(path, 0) >= 0 {
		return "", errors.New("invalid path")
	}
	return path, nil
}

// Abs is the path from the root.
func Abs(path string) (string, error) {
	if IsAbs(path) {
		return Clean(path), nil
	}
	from, err := os.Getwd()
	if err == nil {
		path = Join(from, path)
	}
	return path, err
}

// Rel is targPath as seen from basePath.
func Rel(basePath, targPath string) (string, error) {
	from, to := Clean(basePath), Clean(targPath)
	if from == to {
		return ".", nil
	}
	if from == "." {
		from = ""
	} else if to == "." {
		to = ""
	}
	if IsAbs(from) != IsAbs(to) {
		return "", errors.New("Rel: can't make " + targPath + " relative to " + basePath)
	}
	a, b := names(from), names(to)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	var up []string
	for _, n := range a {
		if n == ".." {
			return "", errors.New("Rel: can't make " + targPath + " relative to " + basePath)
		}
		up = append(up, "..")
	}
	return strings.Join(append(up, b...), "/"), nil
}

func names(p string) []string {
	return strings.FieldsFunc(p, func(r rune) bool { return r == '/' })
}

// EvalSymlinks is the path with links replaced by where they lead.
func EvalSymlinks(path string) (string, error) {
	done, rest := "", Clean(path)
	if IsAbs(rest) {
		done, rest = "/", rest[1:]
	}
	for hops := 0; rest != ""; {
		name, after, _ := strings.Cut(rest, "/")
		at := Join(done, name)
		info, err := os.Lstat(at)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			done, rest = at, after
			continue
		}
		if hops++; hops > 255 {
			return "", errors.New("EvalSymlinks: too many links")
		}
		to, err := os.Readlink(at)
		if err != nil {
			return "", err
		}
		if rest = Join(to, after); IsAbs(rest) {
			done, rest = "/", rest[1:]
		}
	}
	return Clean(done), nil
}

// WalkFunc is called with each file of a Walk.
type WalkFunc func(path string, info fs.FileInfo, err error) error

// Walk calls fn for all below root, in order of names.
func Walk(root string, fn WalkFunc) error {
	return WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if d == nil {
			return fn(p, nil, err)
		}
		info, infoErr := d.Info()
		if err == nil {
			err = infoErr
		}
		return fn(p, info, err)
	})
}

// WalkDir is Walk without asking for more than names.
func WalkDir(root string, fn fs.WalkDirFunc) error {
	info, err := os.Lstat(root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walk(root, fs.FileInfoToDirEntry(info), fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

func walk(at string, d fs.DirEntry, fn fs.WalkDirFunc) error {
	err := fn(at, d, nil)
	if !d.IsDir() || err != nil {
		if err == SkipDir && d.IsDir() {
			err = nil
		}
		return err
	}
	entries, err := os.ReadDir(at)
	if err != nil {
		if err = fn(at, d, err); err != nil {
			if err == SkipDir {
				return nil
			}
			return err
		}
	}
	for _, e := range entries {
		err := walk(Join(at, e.Name()), e, fn)
		if err == SkipDir {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Glob gives the names of files that match the pattern.
func Glob(pattern string) (matches []string, err error) {
	if _, err := Match(pattern, ""); err != nil {
		return nil, err
	}
	if !strings.ContainsAny(pattern, `*?[\`) {
		if _, err := os.Lstat(pattern); err != nil {
			return nil, nil
		}
		return []string{pattern}, nil
	}
	dir, last := Split(pattern)
	if len(dir) > 1 {
		dir = strings.TrimSuffix(dir, "/")
	} else if dir == "" {
		dir = "."
	}
	dirs := []string{dir}
	if strings.ContainsAny(dir, `*?[\`) {
		if dirs, err = Glob(dir); err != nil {
			return nil, err
		}
	}
	for _, d := range dirs {
		entries, err := os.ReadDir(d)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if ok, _ := Match(last, e.Name()); ok {
				matches = append(matches, Join(d, e.Name()))
			}
		}
	}
	return matches, nil
}
