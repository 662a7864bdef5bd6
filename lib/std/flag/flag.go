// Package flag reads command-line flags.
package flag

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"
)

// ErrHelp is given for -help when that is not defined.
var ErrHelp = errors.New("flag: help requested")

var errParse, errRange = errors.New("parse error"), errors.New("value out of range")

// Value is what a flag sets; Getter also gives it.
type (
	Value interface {
		String() string
		Set(string) error
	}
	Getter interface {
		Value
		Get() any
	}
)

// basic is a flag's variable with the functions that read and show it.
type basic[T any] struct {
	p      *T
	parse  func(string) (T, error)
	format func(T) string
	isBool bool
}

func (b *basic[T]) Set(s string) error {
	v, err := b.parse(s)
	*b.p = v
	if err != nil {
		if errors.Is(err, strconv.ErrRange) {
			return errRange
		}
		return errParse
	}
	return nil
}
func (b *basic[T]) Get() any         { return *b.p }
func (b *basic[T]) IsBoolFlag() bool { return b.isBool }
func (b *basic[T]) String() string {
	if b == nil || b.p == nil {
		return ""
	}
	return b.format(*b.p)
}

// ErrorHandling is what Parse does with an error.
type ErrorHandling int

const (
	ContinueOnError ErrorHandling = iota
	ExitOnError
	PanicOnError
)

// Flag is a defined flag.
type Flag struct {
	Name     string
	Usage    string
	Value    Value
	DefValue string
}

// FlagSet is a set of flags.
type FlagSet struct {
	Usage  func()
	name   string
	parsed bool
	actual map[string]*Flag
	formal map[string]*Flag
	args   []string
	onErr  ErrorHandling
	out    io.Writer
}

// CommandLine is the set of the package's functions.
var CommandLine = NewFlagSet(os.Args[0], ExitOnError)

// Usage prints how the program is used.
var Usage = func() {
	fmt.Fprintf(CommandLine.Output(), "Usage of %s:\n", os.Args[0])
	PrintDefaults()
}

// NewFlagSet gives an empty set.
func NewFlagSet(name string, errorHandling ErrorHandling) *FlagSet {
	return &FlagSet{name: name, onErr: errorHandling}
}

func (f *FlagSet) Init(name string, errorHandling ErrorHandling) {
	f.name, f.onErr = name, errorHandling
}
func (f *FlagSet) Name() string                 { return f.name }
func (f *FlagSet) ErrorHandling() ErrorHandling { return f.onErr }
func (f *FlagSet) SetOutput(output io.Writer)   { f.out = output }
func (f *FlagSet) Parsed() bool                 { return f.parsed }
func (f *FlagSet) Args() []string               { return f.args }
func (f *FlagSet) NArg() int                    { return len(f.args) }
func (f *FlagSet) NFlag() int                   { return len(f.actual) }
func (f *FlagSet) Lookup(name string) *Flag     { return f.formal[name] }
func (f *FlagSet) Output() io.Writer {
	if f.out == nil {
		return os.Stderr
	}
	return f.out
}
func (f *FlagSet) Arg(i int) string {
	if i < 0 || i >= len(f.args) {
		return ""
	}
	return f.args[i]
}

func visit(m map[string]*Flag, fn func(*Flag)) {
	list := make([]*Flag, 0, len(m))
	for _, f := range m {
		list = append(list, f)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	for _, f := range list {
		fn(f)
	}
}

// Visit goes over the flags that were set, VisitAll over all, in order of names.
func (f *FlagSet) Visit(fn func(*Flag))    { visit(f.actual, fn) }
func (f *FlagSet) VisitAll(fn func(*Flag)) { visit(f.formal, fn) }

// Set sets a flag.
func (f *FlagSet) Set(name, value string) error {
	flag, ok := f.formal[name]
	if !ok {
		return fmt.Errorf("no such flag -%v", name)
	}
	if err := flag.Value.Set(value); err != nil {
		return err
	}
	if f.actual == nil {
		f.actual = map[string]*Flag{}
	}
	f.actual[name] = flag
	return nil
}

// Var defines a flag.
func (f *FlagSet) Var(value Value, name string, usage string) {
	if strings.HasPrefix(name, "-") || strings.Contains(name, "=") {
		panic(fmt.Sprintf("flag %q is not a valid name", name))
	}
	if f.formal[name] != nil {
		panic(fmt.Sprintf("%s flag redefined: %s", f.name, name))
	}
	if f.formal == nil {
		f.formal = map[string]*Flag{}
	}
	f.formal[name] = &Flag{name, usage, value, value.String()}
}

type funcValue struct {
	fn     func(string) error
	isBool bool
}

func (f *funcValue) Set(s string) error { return f.fn(s) }
func (f *funcValue) String() string     { return "" }
func (f *funcValue) IsBoolFlag() bool   { return f.isBool }

func (f *FlagSet) Func(name, usage string, fn func(string) error) {
	f.Var(&funcValue{fn, false}, name, usage)
}
func (f *FlagSet) BoolFunc(name, usage string, fn func(string) error) {
	f.Var(&funcValue{fn, true}, name, usage)
}

func define[T any](f *FlagSet, p *T, name string, value T, usage string, parse func(string) (T, error), format func(T) string) *T {
	*p = value
	_, isBool := any(value).(bool)
	f.Var(&basic[T]{p, parse, format, isBool}, name, usage)
	return p
}

func parseInt(s string) (int, error) {
	v, err := strconv.ParseInt(s, 0, 64)
	return int(v), err
}
func parseUint(s string) (uint, error) {
	v, err := strconv.ParseUint(s, 0, 64)
	return uint(v), err
}
func same(s string) (string, error)        { return s, nil }
func show(s string) string                 { return s }
func float(v float64) string               { return strconv.FormatFloat(v, 'g', -1, 64) }
func parse64(s string) (int64, error)      { return strconv.ParseInt(s, 0, 64) }
func parseU64(s string) (uint64, error)    { return strconv.ParseUint(s, 0, 64) }
func parseFloat(s string) (float64, error) { return strconv.ParseFloat(s, 64) }

func (f *FlagSet) BoolVar(p *bool, name string, value bool, usage string) {
	define(f, p, name, value, usage, strconv.ParseBool, strconv.FormatBool)
}
func (f *FlagSet) IntVar(p *int, name string, value int, usage string) {
	define(f, p, name, value, usage, parseInt, strconv.Itoa)
}
func (f *FlagSet) Int64Var(p *int64, name string, value int64, usage string) {
	define(f, p, name, value, usage, parse64, func(v int64) string { return strconv.FormatInt(v, 10) })
}
func (f *FlagSet) UintVar(p *uint, name string, value uint, usage string) {
	define(f, p, name, value, usage, parseUint, func(v uint) string { return strconv.FormatUint(uint64(v), 10) })
}
func (f *FlagSet) Uint64Var(p *uint64, name string, value uint64, usage string) {
	define(f, p, name, value, usage, parseU64, func(v uint64) string { return strconv.FormatUint(v, 10) })
}
func (f *FlagSet) StringVar(p *string, name string, value string, usage string) {
	define(f, p, name, value, usage, same, show)
}
func (f *FlagSet) Float64Var(p *float64, name string, value float64, usage string) {
	define(f, p, name, value, usage, parseFloat, float)
}
func (f *FlagSet) DurationVar(p *time.Duration, name string, value time.Duration, usage string) {
	define(f, p, name, value, usage, time.ParseDuration, time.Duration.String)
}

func (f *FlagSet) Bool(name string, value bool, usage string) *bool {
	p := new(bool)
	f.BoolVar(p, name, value, usage)
	return p
}
func (f *FlagSet) Int(name string, value int, usage string) *int {
	p := new(int)
	f.IntVar(p, name, value, usage)
	return p
}
func (f *FlagSet) Int64(name string, value int64, usage string) *int64 {
	p := new(int64)
	f.Int64Var(p, name, value, usage)
	return p
}
func (f *FlagSet) Uint(name string, value uint, usage string) *uint {
	p := new(uint)
	f.UintVar(p, name, value, usage)
	return p
}
func (f *FlagSet) Uint64(name string, value uint64, usage string) *uint64 {
	p := new(uint64)
	f.Uint64Var(p, name, value, usage)
	return p
}
func (f *FlagSet) String(name string, value string, usage string) *string {
	p := new(string)
	f.StringVar(p, name, value, usage)
	return p
}
func (f *FlagSet) Float64(name string, value float64, usage string) *float64 {
	p := new(float64)
	f.Float64Var(p, name, value, usage)
	return p
}
func (f *FlagSet) Duration(name string, value time.Duration, usage string) *time.Duration {
	p := new(time.Duration)
	f.DurationVar(p, name, value, usage)
	return p
}

func isBool(v Value) bool {
	b, ok := v.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// UnquoteUsage splits a usage text into the value's name and the rest.
func UnquoteUsage(flag *Flag) (name string, usage string) {
	usage = flag.Usage
	if before, rest, ok := strings.Cut(usage, "`"); ok {
		if name, after, ok := strings.Cut(rest, "`"); ok {
			return name, before + name + after
		}
	}
	switch flag.Value.(type) {
	case *basic[time.Duration]:
		return "duration", usage
	case *basic[float64]:
		return "float", usage
	case *basic[int], *basic[int64]:
		return "int", usage
	case *basic[string]:
		return "string", usage
	case *basic[uint], *basic[uint64]:
		return "uint", usage
	}
	if isBool(flag.Value) {
		return "", usage
	}
	return "value", usage
}

// PrintDefaults prints all flags.
func (f *FlagSet) PrintDefaults() {
	f.VisitAll(func(flag *Flag) {
		name, usage := UnquoteUsage(flag)
		s := "  -" + flag.Name
		if name != "" {
			s += " " + name
		}
		if len(s) <= 4 {
			s += "\t"
		} else {
			s += "\n    \t"
		}
		s += strings.ReplaceAll(usage, "\n", "\n    \t")
		switch flag.DefValue {
		case "", "0", "false", "0s":
		default:
			if _, ok := flag.Value.(*basic[string]); ok {
				s += fmt.Sprintf(" (default %q)", flag.DefValue)
			} else {
				s += fmt.Sprintf(" (default %v)", flag.DefValue)
			}
		}
		fmt.Fprintln(f.Output(), s)
	})
}

func PrintDefaults() { CommandLine.PrintDefaults() }

func (f *FlagSet) usage() {
	switch {
	case f == CommandLine && f.Usage == nil:
		Usage()
	case f.Usage != nil:
		f.Usage()
	case f.name == "":
		fmt.Fprintf(f.Output(), "Usage:\n")
		f.PrintDefaults()
	default:
		fmt.Fprintf(f.Output(), "Usage of %s:\n", f.name)
		f.PrintDefaults()
	}
}

func (f *FlagSet) failf(format string, a ...any) error {
	err := fmt.Errorf(format, a...)
	fmt.Fprintln(f.Output(), err)
	f.usage()
	return err
}

// one reads one flag; false at the first argument that is none.
func (f *FlagSet) one() (bool, error) {
	var s string
	if len(f.args) > 0 {
		s = f.args[0]
	}
	name, dash := strings.CutPrefix(s, "-")
	if !dash || name == "" {
		return false, nil
	}
	if name[0] == '-' {
		if name = name[1:]; name == "" {
			f.args = f.args[1:]
			return false, nil
		}
	}
	if name[0] == '-' || name[0] == '=' {
		return false, f.failf("bad flag syntax: %s", s)
	}
	f.args = f.args[1:]
	name, value, given := strings.Cut(name, "=")
	flag := f.formal[name]
	switch {
	case flag != nil:
	case name == "help", name == "h":
		f.usage()
		return false, ErrHelp
	default:
		return false, f.failf("flag provided but not defined: -%s", name)
	}
	if isBool(flag.Value) {
		if !given {
			value = "true"
		}
		if err := f.Set(name, value); err != nil {
			if given {
				return false, f.failf("invalid boolean value %q for -%s: %v", value, name, err)
			}
			return false, f.failf("invalid boolean flag %s: %v", name, err)
		}
		return true, nil
	}
	if !given {
		if len(f.args) == 0 {
			return false, f.failf("flag needs an argument: -%s", name)
		}
		value, f.args = f.args[0], f.args[1:]
	}
	if err := f.Set(name, value); err != nil {
		return false, f.failf("invalid value %q for flag -%s: %v", value, name, err)
	}
	return true, nil
}

// Parse reads the flags at the start of arguments.
func (f *FlagSet) Parse(arguments []string) error {
	f.parsed = true
	f.args = arguments
	for {
		more, err := f.one()
		if err != nil {
			switch f.onErr {
			case ExitOnError:
				if err == ErrHelp {
					os.Exit(0)
				}
				os.Exit(2)
			case PanicOnError:
				panic(err)
			}
			return err
		}
		if !more {
			return nil
		}
	}
}

func Parse()                                             { CommandLine.Parse(os.Args[1:]) }
func Parsed() bool                                       { return CommandLine.Parsed() }
func Args() []string                                     { return CommandLine.args }
func NArg() int                                          { return len(CommandLine.args) }
func NFlag() int                                         { return CommandLine.NFlag() }
func Arg(i int) string                                   { return CommandLine.Arg(i) }
func Lookup(name string) *Flag                           { return CommandLine.Lookup(name) }
func Set(name, value string) error                       { return CommandLine.Set(name, value) }
func Visit(fn func(*Flag))                               { CommandLine.Visit(fn) }
func VisitAll(fn func(*Flag))                            { CommandLine.VisitAll(fn) }
func Var(value Value, name string, usage string)         { CommandLine.Var(value, name, usage) }
func Func(name, usage string, fn func(string) error)     { CommandLine.Func(name, usage, fn) }
func BoolFunc(name, usage string, fn func(string) error) { CommandLine.BoolFunc(name, usage, fn) }
func Bool(name string, value bool, usage string) *bool   { return CommandLine.Bool(name, value, usage) }
func Int(name string, value int, usage string) *int      { return CommandLine.Int(name, value, usage) }
func Int64(name string, value int64, usage string) *int64 {
	return CommandLine.Int64(name, value, usage)
}
func Uint(name string, value uint, usage string) *uint { return CommandLine.Uint(name, value, usage) }
func Uint64(name string, value uint64, usage string) *uint64 {
	return CommandLine.Uint64(name, value, usage)
}
func String(name string, value string, usage string) *string {
	return CommandLine.String(name, value, usage)
}
func Float64(name string, value float64, usage string) *float64 {
	return CommandLine.Float64(name, value, usage)
}
func Duration(name string, value time.Duration, usage string) *time.Duration {
	return CommandLine.Duration(name, value, usage)
}
func BoolVar(p *bool, name string, value bool, usage string) {
	CommandLine.BoolVar(p, name, value, usage)
}
func IntVar(p *int, name string, value int, usage string) { CommandLine.IntVar(p, name, value, usage) }
func Int64Var(p *int64, name string, value int64, usage string) {
	CommandLine.Int64Var(p, name, value, usage)
}
func UintVar(p *uint, name string, value uint, usage string) {
	CommandLine.UintVar(p, name, value, usage)
}
func Uint64Var(p *uint64, name string, value uint64, usage string) {
	CommandLine.Uint64Var(p, name, value, usage)
}
func StringVar(p *string, name string, value string, usage string) {
	CommandLine.StringVar(p, name, value, usage)
}
func Float64Var(p *float64, name string, value float64, usage string) {
	CommandLine.Float64Var(p, name, value, usage)
}
func DurationVar(p *time.Duration, name string, value time.Duration, usage string) {
	CommandLine.DurationVar(p, name, value, usage)
}
