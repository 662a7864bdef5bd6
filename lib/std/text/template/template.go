// Package template fills text templates with data.
//
// The package text/template/parse is not part of the lab: trees are this package's own.
package template

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

type missingKey int

const (
	keyDefault missingKey = iota
	keyZero
	keyError
)

// common is what associated templates share.
type common struct {
	all        map[string]*Template
	funcs      map[string]reflect.Value
	missingKey missingKey
}

// A Template is a parsed template with those associated with it.
type Template struct {
	name        string
	tree        *tree
	common      *common
	left, right string
}

func New(name string) *Template { return &Template{name: name} }

// Must panics if there is an error.
func Must(t *Template, err error) *Template {
	if err != nil {
		panic(err)
	}
	return t
}

func (t *Template) init() {
	if t.common == nil {
		t.common = &common{all: map[string]*Template{}, funcs: map[string]reflect.Value{}}
	}
}

func (t *Template) Name() string { return t.name }

// New makes a template associated with t.
func (t *Template) New(name string) *Template {
	t.init()
	return &Template{name: name, common: t.common, left: t.left, right: t.right}
}

// Clone copies t and what is associated with it, not their trees.
func (t *Template) Clone() (*Template, error) {
	c := &Template{name: t.name, tree: t.tree, left: t.left, right: t.right}
	if t.common == nil {
		return c, nil
	}
	c.init()
	c.common.missingKey = t.common.missingKey
	for name, x := range t.common.all {
		if name == t.name {
			c.common.all[name] = c
			continue
		}
		copied := *x
		copied.common = c.common
		c.common.all[name] = &copied
	}
	maps.Copy(c.common.funcs, t.common.funcs)
	return c, nil
}

func (t *Template) Templates() []*Template {
	if t.common == nil {
		return nil
	}
	return slices.Collect(maps.Values(t.common.all))
}

func (t *Template) Delims(left, right string) *Template {
	t.init()
	t.left, t.right = left, right
	return t
}

// Funcs adds functions; it panics for what cannot be one.
func (t *Template) Funcs(funcMap FuncMap) *Template {
	t.init()
	for name, f := range funcMap {
		if !goodName(name) {
			panic(fmt.Errorf("function name %q is not a valid identifier", name))
		}
		v := reflect.ValueOf(f)
		if v.Kind() != reflect.Func {
			panic("value for " + name + " not a function")
		}
		if err := goodResults(name, v.Type()); err != nil {
			panic(err)
		}
		t.common.funcs[name] = v
	}
	return t
}

func (t *Template) function(name string) (f reflect.Value, ok, builtin bool) {
	if t.common != nil {
		if f, ok := t.common.funcs[name]; ok {
			return f, true, false
		}
	}
	f, ok = builtins[name]
	return f, ok, ok
}

func (t *Template) Lookup(name string) *Template {
	if t.common == nil {
		return nil
	}
	return t.common.all[name]
}

// Option sets options: missingkey=default, invalid, zero or error.
func (t *Template) Option(opt ...string) *Template {
	t.init()
	for _, s := range opt {
		if s == "" {
			panic("empty option string")
		}
		key, value, ok := strings.Cut(s, "=")
		if ok && key == "missingkey" {
			switch value {
			case "invalid", "default":
				t.common.missingKey = keyDefault
				continue
			case "zero":
				t.common.missingKey = keyZero
				continue
			case "error":
				t.common.missingKey = keyError
				continue
			}
		}
		panic("unrecognized option: " + s)
	}
	return t
}

// Parse makes text the body of t, and what it defines templates associated with t.
func (t *Template) Parse(text string) (*Template, error) {
	t.init()
	left, right := t.left, t.right
	if left == "" {
		left = "{{"
	}
	if right == "" {
		right = "}}"
	}
	defs, err := parse(t.name, text, left, right, func(name string) bool { _, ok, _ := t.function(name); return ok })
	if err != nil {
		return nil, err
	}
	for name, tree := range defs {
		x := t
		if name != t.name {
			x = t.New(name)
		}
		// An empty body does not replace one that is not.
		if old := t.common.all[name]; old != nil && old.tree != nil && tree.empty() && !old.tree.empty() {
			continue
		}
		t.common.all[name] = x
		x.tree = tree
	}
	return t, nil
}

func (t *Template) Execute(wr io.Writer, data any) error { return t.execute(wr, data) }

func (t *Template) ExecuteTemplate(wr io.Writer, name string, data any) error {
	x := t.Lookup(name)
	if x == nil {
		return fmt.Errorf("template: no template %q associated with template %q", name, t.name)
	}
	return x.Execute(wr, data)
}

// DefinedTemplates lists the templates for messages.
func (t *Template) DefinedTemplates() string {
	if t.common == nil {
		return ""
	}
	var names []string
	for name, x := range t.common.all {
		if x.tree != nil {
			names = append(names, fmt.Sprintf("%q", name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; defined templates are: " + strings.Join(names, ", ")
}

// ParseFiles and the others parse files, each under its base name; functions make a new template of the first.
func ParseFiles(filenames ...string) (*Template, error) {
	return (*Template)(nil).ParseFiles(filenames...)
}
func ParseGlob(pattern string) (*Template, error) {
	var none *Template
	return none.ParseGlob(pattern)
}

// ParseFS parses the files of fsys that patterns match.
func (t *Template) ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	return parseFS(t, fsys, patterns)
}

// ParseGlob parses the files that a pattern matches.
func (t *Template) ParseGlob(pattern string) (*Template, error) { return parseGlob(t, pattern) }

func ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	var none *Template
	return none.ParseFS(fsys, patterns...)
}
func (t *Template) ParseFiles(filenames ...string) (*Template, error) {
	return parseAll(t, os.ReadFile, filepath.Base, filenames)
}

func parseAll(t *Template, read func(string) ([]byte, error), base func(string) string, names []string) (*Template, error) {
	if len(names) == 0 {
		return nil, fmt.Errorf("template: no files named in call to ParseFiles")
	}
	if t != nil {
		t.init()
	}
	for _, f := range names {
		b, err := read(f)
		if err != nil {
			return nil, err
		}
		name := base(f)
		if t == nil {
			t = New(name)
		}
		x := t
		if name != t.Name() {
			x = t.New(name)
		}
		if _, err := x.Parse(string(b)); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func parseGlob(t *Template, pattern string) (*Template, error) {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("template: pattern matches no files: %#q", pattern)
	}
	return parseAll(t, os.ReadFile, filepath.Base, names)
}

func parseFS(t *Template, fsys fs.FS, patterns []string) (*Template, error) {
	var names []string
	for _, p := range patterns {
		list, err := fs.Glob(fsys, p)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			return nil, fmt.Errorf("template: pattern matches no files: %#q", p)
		}
		names = append(names, list...)
	}
	return parseAll(t, func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) }, path.Base, names)
}
