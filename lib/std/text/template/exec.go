package template

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"cmp"
)

func (e ExecError) Unwrap() error { return e.Err }

func (e ExecError) Error() string { return e.Err.Error() }

// ExecError is an error while executing the template of a name.
type ExecError struct {
	Name string
	Err  error
}

// writeError carries an error of the Writer through a panic.
type writeError struct{ err error }

// state is where an execution stands.
type state struct {
	t     *Template
	w     io.Writer
	at    *node
	vars  []variable
	depth int
}

type variable struct {
	name  string
	value reflect.Value
}

// What breaks a loop: found where loops catch it.
var errBreak, errContinue = errors.New("break"), errors.New("continue")

const deepestCalls = 100000

func (t *Template) execute(w io.Writer, data any) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case runtime.Error:
			panic(e)
		case writeError:
			err = e.err
		case ExecError:
			err = e
		default:
			panic(e)
		}
	}()
	v, ok := data.(reflect.Value)
	if !ok {
		v = reflect.ValueOf(data)
	}
	s := &state{t: t, w: w, vars: []variable{{"$", v}}}
	if t.tree == nil || t.tree.root == nil {
		s.fail("%q is an incomplete or empty template", t.Name())
	}
	s.walk(v, t.tree.root)
	return nil
}

func (s *state) fail(format string, args ...any) {
	name := strings.ReplaceAll(s.t.Name(), "%", "%%")
	if s.at == nil {
		format = fmt.Sprintf("template: %s: %s", name, format)
	} else {
		text := s.t.tree.text[:s.at.pos]
		col := len(text) - (strings.LastIndex(text, "\n") + 1)
		context := strings.ReplaceAll(s.at.String(), "%", "%%")
		format = fmt.Sprintf("template: %s:%d:%d: executing %q at <%s>: %s", strings.ReplaceAll(s.t.tree.file, "%", "%%"), 1+strings.Count(text, "\n"), col, name, context, format)
	}
	panic(ExecError{s.t.Name(), fmt.Errorf(format, args...)})
}

func (s *state) set(name string, v reflect.Value) {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			s.vars[i].value = v
			return
		}
	}
	s.fail("undefined variable: %s", name)
}

func (s *state) variable(name string) reflect.Value {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			return s.vars[i].value
		}
	}
	s.fail("undefined variable: %s", name)
	return none
}

var none reflect.Value

// walk writes what a node stands for; it gives errBreak or errContinue to the loop around.
func (s *state) walk(dot reflect.Value, n *node) error {
	s.at = n
	switch n.kind {
	case nList:
		for _, x := range n.list {
			if err := s.walk(dot, x); err != nil {
				return err
			}
		}
	case nText:
		if _, err := io.WriteString(s.w, n.text); err != nil {
			panic(writeError{err})
		}
	case nAction:
		v := s.pipe(dot, n.pipe)
		if len(n.pipe.decl) == 0 {
			s.print(n, v)
		}
	case nIf, nWith:
		vars := len(s.vars)
		defer func() { s.vars = s.vars[:vars] }()
		v := s.pipe(dot, n.pipe)
		ok, can := truth(indirectInterface(v))
		if !can {
			s.fail("if/with can't use %v", v)
		}
		if !ok {
			if n.els != nil {
				return s.walk(dot, n.els)
			}
			return nil
		}
		if n.kind == nWith {
			dot = v
		}
		return s.walk(dot, n.then)
	case nRange:
		return s.rangeOver(dot, n)
	case nTemplate:
		t := s.t.Lookup(n.value)
		if t == nil {
			s.fail("template %q not defined", n.value)
		}
		if s.depth == deepestCalls {
			s.fail("exceeded maximum template depth (%v)", deepestCalls)
		}
		var v reflect.Value
		if n.pipe != nil {
			v = s.pipe(dot, n.pipe)
		}
		inner := &state{t: t, w: s.w, vars: []variable{{"$", v}}, depth: s.depth + 1}
		inner.walk(v, t.tree.root)
	case nBreak:
		return errBreak
	case nContinue:
		return errContinue
	}
	return nil
}

func (s *state) rangeOver(dot reflect.Value, n *node) error {
	vars := len(s.vars)
	defer func() { s.vars = s.vars[:vars] }()
	v, _ := indirect(s.pipe(dot, n.pipe))
	mark := len(s.vars)
	// once runs the body for an element; index and element go into variables.
	once := func(index, elem reflect.Value) (stop bool) {
		if d := n.pipe.decl; len(d) > 0 {
			first, second := index, elem
			if len(d) == 1 {
				first = elem
			}
			put := func(i int, v reflect.Value) {
				if n.pipe.assign {
					s.set(d[i].text, v)
				} else {
					s.vars[mark-len(d)+i].value = v
				}
			}
			put(0, first)
			if len(d) > 1 {
				put(1, second)
			}
		}
		err := s.walk(elem, n.then)
		s.vars = s.vars[:mark]
		return err == errBreak
	}
	ran := true
	switch k := v.Kind(); {
	case k == reflect.Array || k == reflect.Slice:
		for i := 0; i < v.Len(); i++ {
			if once(reflect.ValueOf(i), v.Index(i)) {
				break
			}
		}
		ran = v.Len() > 0
	case isInt(v.Kind()):
		if len(n.pipe.decl) > 1 {
			s.fail("can't use %v to iterate over more than one variable", v)
		}
		ran = false
		for x := range v.Seq() {
			ran = true
			if once(x, x) {
				break
			}
		}
	case k == reflect.Map:
		keys := v.MapKeys()
		sortKeys(keys)
		for _, k := range keys {
			if once(k, v.MapIndex(k)) {
				break
			}
		}
		ran = len(keys) > 0
	case k == reflect.Chan:
		// SIMPLIFIED: reflection cannot receive here.
		s.fail("range over a channel is not in the lab")
	case k == reflect.Func:
		ran = false
		switch {
		case v.Type().CanSeq():
			if len(n.pipe.decl) > 1 {
				s.fail("can't use %v iterate over more than one variable", v)
			}
			for x := range v.Seq() {
				ran = true
				if once(x, x) {
					break
				}
			}
		case v.Type().CanSeq2():
			for k, x := range v.Seq2() {
				ran = true
				if len(n.pipe.decl) == 1 {
					x = k
				}
				if once(k, x) {
					break
				}
			}
		default:
			s.fail("range can't iterate over %v", v)
		}
	case k == reflect.Invalid:
		ran = false
	default:
		s.fail("range can't iterate over %v", v)
	}
	if !ran && n.els != nil {
		return s.walk(dot, n.els)
	}
	return nil
}

// sortKeys orders the keys of a map as fmt does.
func sortKeys(keys []reflect.Value) {
	slices.SortStableFunc(keys, func(a, b reflect.Value) int {
		switch a.Kind() {
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			return cmp.Compare(a.Int(), b.Int())
		case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
			return cmp.Compare(a.Uint(), b.Uint())
		case reflect.Float32, reflect.Float64:
			return cmp.Compare(a.Float(), b.Float())
		case reflect.String:
			return cmp.Compare(a.String(), b.String())
		case reflect.Bool:
			return cmp.Compare(b2i(a.Bool()), b2i(b.Bool()))
		case reflect.Array, reflect.Struct, reflect.Interface:
			return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
		}
		return 0
	})
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pipe evaluates a pipeline and sets its variables.
func (s *state) pipe(dot reflect.Value, n *node) (v reflect.Value) {
	if n == nil {
		return none
	}
	s.at = n
	v = missing
	for _, c := range n.list {
		v = s.command(dot, c, v)
		if v.Kind() == reflect.Interface && v.Type().NumMethod() == 0 {
			v = v.Elem()
		}
	}
	for _, d := range n.decl {
		if n.assign {
			s.set(d.text, v)
		} else {
			s.vars = append(s.vars, variable{d.text, v})
		}
	}
	return v
}

// missing stands for a final argument that is not given.
type absent struct{}

var missing = reflect.ValueOf(absent{})

func isMissing(v reflect.Value) bool { return v.IsValid() && v.Type() == missing.Type() }

func (s *state) command(dot reflect.Value, c *node, final reflect.Value) reflect.Value {
	first := c.list[0]
	switch first.kind {
	case nField, nChain, nVar, nFunc:
		return s.callable(dot, first, c, c.list, final)
	case nPipe:
		s.noArgs(c.list, final)
		return s.pipe(dot, first)
	}
	s.at = first
	s.noArgs(c.list, final)
	switch first.kind {
	case nBool:
		return reflect.ValueOf(first.text == "true")
	case nDot:
		return dot
	case nNil:
		s.fail("nil is not a command")
	case nNumber:
		return s.constant(first)
	case nString:
		return reflect.ValueOf(first.value)
	}
	s.fail("can't evaluate command %q", first)
	return none
}

func (s *state) noArgs(args []*node, final reflect.Value) {
	if len(args) > 1 || !isMissing(final) {
		s.fail("can't give argument to non-function %s", args[0])
	}
}

// constant gives an untyped number the type it has where no other is asked for.
func (s *state) constant(n *node) reflect.Value {
	s.at = n
	x := &n.number
	switch {
	case x.isComplex:
		return reflect.ValueOf(x.c)
	case x.isFloat && !(len(n.text) > 2 && n.text[0] == '0' && (n.text[1] == 'x' || n.text[1] == 'X') && !strings.ContainsAny(n.text, "pP")) && !strings.HasPrefix(n.text, "'") && strings.ContainsAny(n.text, ".eEpP"):
		return reflect.ValueOf(x.f)
	case x.isInt:
		i := int(x.i)
		if int64(i) != x.i {
			s.fail("%s overflows int", n.text)
		}
		return reflect.ValueOf(i)
	case x.isUint:
		s.fail("%s overflows int", n.text)
	}
	return none
}

// callable evaluates what may take arguments: args[0] is n itself; errors of functions are told at cmd.
func (s *state) callable(dot reflect.Value, n, cmd *node, args []*node, final reflect.Value) reflect.Value {
	s.at = n
	switch n.kind {
	case nField:
		return s.fields(dot, dot, n, n.fields, args, final)
	case nVar:
		v := s.variable(n.text)
		if len(n.fields) == 0 {
			s.noArgs(args, final)
			return v
		}
		return s.fields(dot, v, n, n.fields, args, final)
	case nChain:
		if n.list[0].kind == nNil {
			s.fail("indirection through explicit nil in %s", n)
		}
		v := s.arg(dot, nil, n.list[0])
		return s.fields(dot, v, n, n.fields, args, final)
	}
	f, ok, builtin := s.t.function(n.text)
	if !ok {
		s.fail("%q is not a defined function", n.text)
	}
	return s.call(dot, f, builtin, cmd, n.text, args, final)
}

func (s *state) fields(dot, on reflect.Value, n *node, names []string, args []*node, final reflect.Value) reflect.Value {
	for i, f := range names {
		if i == len(names)-1 {
			return s.field(dot, f, n, args, final, on)
		}
		on = s.field(dot, f, n, nil, missing, on)
	}
	return on
}

// field gives a field or a map's element, or calls a method.
func (s *state) field(dot reflect.Value, name string, n *node, args []*node, final, on reflect.Value) reflect.Value {
	if !on.IsValid() {
		if s.t.common.missingKey == keyError {
			s.fail("nil data; no entry for key %q", name)
		}
		return none
	}
	typ := on.Type()
	v, isNil := indirect(on)
	if v.Kind() == reflect.Interface && isNil {
		s.fail("nil pointer evaluating %s.%s", typ, name)
	}
	ptr := v
	if ptr.Kind() != reflect.Interface && ptr.Kind() != reflect.Pointer && ptr.CanAddr() {
		ptr = ptr.Addr()
	}
	if m := ptr.MethodByName(name); m.IsValid() {
		return s.call(dot, m, false, n, name, args, final)
	}
	has := len(args) > 1 || !isMissing(final)
	switch v.Kind() {
	case reflect.Struct:
		if f, ok := v.Type().FieldByName(name); ok {
			x, err := v.FieldByIndexErr(f.Index)
			if !f.IsExported() {
				s.fail("%s is an unexported field of struct type %s", name, typ)
			}
			if err != nil {
				s.fail("%v", err)
			}
			if has {
				s.fail("%s has arguments but cannot be invoked as function", name)
			}
			return x
		}
	case reflect.Map:
		key := reflect.ValueOf(name)
		if key.Type().AssignableTo(v.Type().Key()) {
			if has {
				s.fail("%s is not a method but has arguments", name)
			}
			x := v.MapIndex(key)
			if !x.IsValid() {
				switch s.t.common.missingKey {
				case keyZero:
					x = reflect.Zero(v.Type().Elem())
				case keyError:
					s.fail("map has no entry for key %q", name)
				}
			}
			return x
		}
	case reflect.Pointer:
		e := v.Type().Elem()
		if e.Kind() == reflect.Struct {
			if _, ok := e.FieldByName(name); !ok {
				break
			}
		}
		if isNil {
			s.fail("nil pointer evaluating %s.%s", typ, name)
		}
	}
	s.fail("can't evaluate field %s in type %s", name, typ)
	return none
}

var (
	errorType = reflect.TypeFor[error]()
	textType  = reflect.TypeFor[fmt.Stringer]()
	valueType = reflect.TypeFor[reflect.Value]()
)

// call evaluates arguments, to the types f wants, and calls it.
func (s *state) call(dot, f reflect.Value, builtin bool, n *node, name string, args []*node, final reflect.Value) reflect.Value {
	if args != nil {
		args = args[1:]
	}
	typ := f.Type()
	total := len(args)
	if !isMissing(final) {
		total++
	}
	fixed := len(args)
	if typ.IsVariadic() {
		fixed = typ.NumIn() - 1
		if total < fixed {
			s.fail("wrong number of args for %s: want at least %d got %d", name, fixed, len(args))
		}
	} else if total != typ.NumIn() {
		s.fail("wrong number of args for %s: want %d got %d", name, typ.NumIn(), total)
	}
	if err := goodResults(name, typ); err != nil {
		s.fail("%v", err)
	}
	if builtin && (name == "and" || name == "or") {
		var v reflect.Value
		for _, a := range args {
			v = unwrap(s.arg(dot, valueType, a))
			if ok, _ := truth(v); ok == (name == "or") {
				return v
			}
		}
		if !isMissing(final) {
			v = unwrap(s.fits(final, valueType))
		}
		return v
	}
	in := make([]reflect.Value, 0, total)
	param := func(i int) reflect.Type {
		if typ.IsVariadic() && i >= typ.NumIn()-1 {
			return typ.In(typ.NumIn() - 1).Elem()
		}
		return typ.In(i)
	}
	for i, a := range args {
		in = append(in, s.arg(dot, param(i), a))
	}
	if !isMissing(final) {
		in = append(in, s.fits(final, param(len(args))))
	}
	if builtin && name == "call" {
		s.at = n
		v, err := callFunction(args[0].String(), in)
		if err != nil {
			s.fail("error calling %s: %w", name, err)
		}
		return unwrap(v)
	}
	v, err := none, error(nil)
	if own := operators[name]; builtin && own != nil {
		for i := range in {
			in[i] = unwrap(in[i])
		}
		var x any
		if x, err = own(in); err == nil {
			v = unwrap(reflect.ValueOf(x))
		}
	} else {
		v, err = safeCall(f, in)
	}
	if err != nil {
		s.at = n
		s.fail("error calling %s: %w", name, err)
	}
	return unwrap(v)
}

// unwrap takes a reflect.Value out of one.
func unwrap(v reflect.Value) reflect.Value {
	if v.IsValid() && v.Type() == valueType {
		return v.Interface().(reflect.Value)
	}
	return v
}

// safeCall calls f; an error it gives, or a panic, is the error.
func safeCall(f reflect.Value, in []reflect.Value) (v reflect.Value, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = r
		default:
			err = fmt.Errorf("%v", r)
		}
	}()
	out := f.Call(in)
	if v = out[0]; len(out) > 1 && !out[1].IsNil() {
		err = out[1].Interface().(error)
	}
	return v, err
}

func canBeNil(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return true
	}
	return t == valueType
}

// fits makes v a value of type t, by dereferencing or taking its address if need be.
func (s *state) fits(v reflect.Value, t reflect.Type) reflect.Value {
	if !v.IsValid() {
		if t == nil {
			return reflect.ValueOf(nil)
		}
		if canBeNil(t) {
			return reflect.Zero(t)
		}
		s.fail("invalid value; expected %s", t)
	}
	if t == valueType && v.Type() != t {
		return reflect.ValueOf(v)
	}
	if t == nil || v.Type().AssignableTo(t) {
		return v
	}
	if v.Kind() == reflect.Interface && !v.IsNil() {
		if v = v.Elem(); v.Type().AssignableTo(t) {
			return v
		}
	}
	switch {
	case v.Kind() == reflect.Pointer && v.Type().Elem().AssignableTo(t):
		if v = v.Elem(); !v.IsValid() {
			s.fail("dereference of nil pointer of type %s", t)
		}
	case reflect.PointerTo(v.Type()).AssignableTo(t) && v.CanAddr():
		v = v.Addr()
	default:
		s.fail("wrong type for value; expected %s; got %s", t, v.Type())
	}
	return v
}

// arg evaluates an argument for a parameter of type t (nil: any).
func (s *state) arg(dot reflect.Value, t reflect.Type, n *node) reflect.Value {
	s.at = n
	alone := []*node{n}
	switch n.kind {
	case nDot:
		return s.fits(dot, t)
	case nNil:
		if t != nil && canBeNil(t) {
			return reflect.Zero(t)
		}
		s.fail("cannot assign nil to %s", t)
	case nField, nVar, nChain, nFunc:
		return s.fits(s.callable(dot, n, n, alone, missing), t)
	case nPipe:
		return s.fits(s.pipe(dot, n), t)
	}
	want := func(ok bool, what string) {
		if !ok {
			s.fail("expected %s; found %s", what, n)
		}
	}
	if t == nil || t == valueType || t.Kind() == reflect.Interface && t.NumMethod() == 0 {
		v := s.literal(n)
		if t == valueType {
			return reflect.ValueOf(v)
		}
		return v
	}
	v := reflect.New(t).Elem()
	x := &n.number
	switch t.Kind() {
	case reflect.Bool:
		want(n.kind == nBool, "bool")
		v.SetBool(n.text == "true")
	case reflect.Complex64, reflect.Complex128:
		want(n.kind == nNumber && x.isComplex, "complex")
		v.SetComplex(x.c)
	case reflect.Float32, reflect.Float64:
		want(n.kind == nNumber && x.isFloat, "float")
		v.SetFloat(x.f)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		want(n.kind == nNumber && x.isInt, "integer")
		v.SetInt(x.i)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		want(n.kind == nNumber && x.isUint, "unsigned integer")
		v.SetUint(x.u)
	case reflect.String:
		want(n.kind == nString, "string")
		v.SetString(n.value)
	default:
		s.fail("can't handle %s for arg of type %s", n, t)
	}
	return v
}

func (s *state) literal(n *node) reflect.Value {
	if n.kind == nNumber {
		return s.constant(n)
	}
	if n.kind == nString {
		return reflect.ValueOf(n.value)
	}
	if n.kind != nBool {
		s.fail("can't handle assignment of %s to empty interface argument", n)
	}
	return reflect.ValueOf(n.text == "true")
}

// indirect follows pointers and interfaces; it says whether the last one is nil.
func indirect(v reflect.Value) (reflect.Value, bool) {
	if k := v.Kind(); k != reflect.Pointer && k != reflect.Interface {
		return v, false
	} else if v.IsNil() {
		return v, true
	}
	return indirect(v.Elem())
}

func indirectInterface(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Interface {
		return v
	}
	if v.IsNil() {
		return none
	}
	return v.Elem()
}

func (s *state) print(n *node, v reflect.Value) {
	s.at = n
	x, ok := printable(v)
	if !ok {
		s.fail("can't print %s of type %s", n, v.Type())
	}
	if _, err := fmt.Fprint(s.w, x); err != nil {
		panic(writeError{err})
	}
}

// printable is what fmt shall print for v.
func printable(of reflect.Value) (any, bool) {
	v := of
	switch of.Kind() {
	case reflect.Invalid:
		return "<no value>", true
	case reflect.Pointer:
		v, _ = indirect(of)
	}
	speaks := func(t reflect.Type) bool { return t.Implements(errorType) || t.Implements(textType) }
	if t := v.Type(); !speaks(t) {
		if v.CanAddr() && speaks(reflect.PointerTo(t)) {
			return v.Addr().Interface(), true
		}
		if k := t.Kind(); k == reflect.Func || k == reflect.Chan {
			return nil, false
		}
	}
	return v.Interface(), true
}

// IsTrue says whether a value is not the zero of its type, and whether that can be told.
func IsTrue(val any) (isTrue, ok bool) { return truth(indirectInterface(reflect.ValueOf(val))) }

func truth(v reflect.Value) (yes, ok bool) {
	if !v.IsValid() {
		return false, true
	}
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0, true
	case reflect.Chan, reflect.Func, reflect.Pointer, reflect.UnsafePointer, reflect.Interface:
		return !v.IsNil(), true
	case reflect.Struct:
		return true, true
	}
	return !v.IsZero(), true
}
