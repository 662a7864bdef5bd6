// Package os is the part of an operating system a simulated program has: three
// streams, arguments, an environment, an exit, and files in memory (file.go, tree.go).
package os

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

func exit(code int32)

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

// Expand replaces $var and ${var} by what mapping gives for them.
func Expand(s string, mapping func(string) string) string {
	var out []byte
	done := 0
	for i := 0; i+1 < len(s); i++ {
		if s[i] != '$' {
			continue
		}
		out = append(out, s[done:i]...)
		name, width := variable(s[i+1:])
		switch {
		case name != "":
			out = append(out, mapping(name)...)
		case width == 0:
			// A dollar before what names nothing stays.
			out = append(out, '$')
		}
		i += width
		done = i + 1
	}
	if out == nil {
		return s
	}
	return string(append(out, s[done:]...))
}

// ExpandEnv replaces variables by those of the environment.
func ExpandEnv(s string) string { return Expand(s, Getenv) }

// variable is the name at the start of s, and how many bytes it takes.
func variable(s string) (name string, width int) {
	if s[0] == '{' {
		for end, c := range s {
			if c == '}' {
				return s[1:end], end + 1
			}
		}
		return "", 1
	}
	if special(s[0]) {
		return s[:1], 1
	}
	for width < len(s) && (s[width] == '_' || '0' <= s[width] && s[width] <= '9' || 'a' <= s[width]|0x20 && s[width]|0x20 <= 'z') {
		width++
	}
	return s[:width], width
}

func special(c byte) bool {
	switch c {
	case '*', '#', '$', '@', '!', '?', '-':
		return true
	}
	return '0' <= c && c <= '9'
}
