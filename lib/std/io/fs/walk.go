package fs

import (
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// What a WalkDirFunc returns to leave out a directory, or all that is left.
var (
	SkipDir = errors.New("skip this directory")
	SkipAll = errors.New("skip everything and stop the walk")
)

// WalkDirFunc is called with each file of a walk, or with what went wrong there.
type WalkDirFunc func(path string, d DirEntry, err error) error

// WalkDir calls fn for all below root, in order of names.
func WalkDir(fsys FS, root string, fn WalkDirFunc) error {
	info, err := Stat(fsys, root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walk(fsys, root, FileInfoToDirEntry(info), fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

func walk(fsys FS, at string, d DirEntry, fn WalkDirFunc) error {
	if err := fn(at, d, nil); err != nil {
		if err == SkipDir && d.IsDir() {
			return nil
		}
		return err
	}
	if !d.IsDir() {
		return nil
	}
	entries, err := ReadDir(fsys, at)
	if err != nil {
		if err = fn(at, d, err); err != nil {
			if err == SkipDir {
				return nil
			}
			return err
		}
	}
	for _, e := range entries {
		switch err := walk(fsys, path.Join(at, e.Name()), e, fn); err {
		case nil:
		case SkipDir:
			return nil
		default:
			return err
		}
	}
	return nil
}

// Stat tells of a file.
func Stat(fsys FS, name string) (FileInfo, error) {
	if f, ok := fsys.(StatFS); ok {
		return f.Stat(name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return file.Stat()
}

// Lstat tells of a file, or of the link itself.
func Lstat(fsys FS, name string) (FileInfo, error) {
	if f, ok := fsys.(ReadLinkFS); ok {
		return f.Lstat(name)
	}
	return Stat(fsys, name)
}

// ReadLink is where a link leads.
func ReadLink(fsys FS, name string) (string, error) {
	if f, ok := fsys.(ReadLinkFS); ok {
		return f.ReadLink(name)
	}
	return "", &PathError{"readlink", name, ErrInvalid}
}

// ReadFile is a file's contents.
func ReadFile(fsys FS, name string) ([]byte, error) {
	if f, ok := fsys.(ReadFileFS); ok {
		return f.ReadFile(name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// ReadDir is what is in a directory, in order of names.
func ReadDir(fsys FS, name string) ([]DirEntry, error) {
	if f, ok := fsys.(ReadDirFS); ok {
		return f.ReadDir(name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	dir, ok := file.(ReadDirFile)
	if !ok {
		return nil, &PathError{"readdir", name, errors.New("not implemented")}
	}
	list, err := dir.ReadDir(-1)
	slices.SortFunc(list, func(a, b DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}

// Glob gives the names that match the pattern.
func Glob(fsys FS, pattern string) (matches []string, err error) {
	if f, ok := fsys.(GlobFS); ok {
		return f.Glob(pattern)
	}
	return glob(fsys, pattern, 0)
}

func glob(fsys FS, pattern string, depth int) ([]string, error) {
	if _, err := path.Match(pattern, ""); err != nil || depth > 1000 {
		return nil, path.ErrBadPattern
	}
	if !strings.ContainsAny(pattern, `*?[\`) {
		if _, err := Stat(fsys, pattern); err != nil {
			return nil, nil
		}
		return []string{pattern}, nil
	}
	dir, last := path.Split(pattern)
	dir = strings.TrimSuffix(dir, "/")
	if dir == "" {
		dir = "."
	}
	dirs := []string{dir}
	if strings.ContainsAny(dir, `*?[\`) {
		var err error
		if dirs, err = glob(fsys, dir, depth+1); err != nil {
			return nil, err
		}
	}
	var found []string
	for _, d := range dirs {
		entries, err := ReadDir(fsys, d)
		if err != nil {
			continue
		}
		for _, e := range entries {
			ok, err := path.Match(last, e.Name())
			if err != nil {
				return found, err
			}
			if ok {
				found = append(found, path.Join(d, e.Name()))
			}
		}
	}
	return found, nil
}

// Sub is the part of fsys below dir.
func Sub(fsys FS, dir string) (FS, error) {
	if !ValidPath(dir) {
		return nil, &PathError{"sub", dir, ErrInvalid}
	}
	if dir == "." {
		return fsys, nil
	}
	if f, ok := fsys.(SubFS); ok {
		return f.Sub(dir)
	}
	return &part{fsys, dir}, nil
}

type part struct {
	fsys FS
	dir  string
}

// inside is a name as the whole file system has it.
func (p *part) inside(op, name string) (string, error) {
	if !ValidPath(name) {
		return "", &PathError{op, name, ErrInvalid}
	}
	return path.Join(p.dir, name), nil
}

// outside gives names in errors their short form again.
func (p *part) outside(err error) error {
	if e, ok := err.(*PathError); ok {
		if e.Path == p.dir {
			e.Path = "."
		} else if rest, below := strings.CutPrefix(e.Path, p.dir+"/"); below {
			e.Path = rest
		}
	}
	return err
}

func (p *part) Open(name string) (File, error) {
	full, err := p.inside("open", name)
	if err != nil {
		return nil, err
	}
	f, err := p.fsys.Open(full)
	return f, p.outside(err)
}

func (p *part) ReadDir(name string) ([]DirEntry, error) {
	full, err := p.inside("read", name)
	if err != nil {
		return nil, err
	}
	list, err := ReadDir(p.fsys, full)
	return list, p.outside(err)
}

func (p *part) ReadFile(name string) ([]byte, error) {
	full, err := p.inside("read", name)
	if err != nil {
		return nil, err
	}
	data, err := ReadFile(p.fsys, full)
	return data, p.outside(err)
}

func (p *part) Glob(pattern string) ([]string, error) {
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, err
	}
	if pattern == "." {
		return []string{"."}, nil
	}
	list, err := Glob(p.fsys, p.dir+"/"+pattern)
	for i, name := range list {
		list[i] = strings.TrimPrefix(name, p.dir+"/")
	}
	return list, p.outside(err)
}

func (p *part) Sub(dir string) (FS, error) {
	if dir == "." {
		return p, nil
	}
	full, err := p.inside("sub", dir)
	if err != nil {
		return nil, err
	}
	return &part{p.fsys, full}, nil
}
