package testing

import (
	"fmt"
	"os"
	"sort"
	"strings"
)

// InternalExample is an example function with the output its comment promises.
type InternalExample struct {
	Name      string
	F         func()
	Output    string
	Unordered bool
}

// beginCapture keeps what is written to standard output from here on.
func beginCapture()

// endCapture lets it through again; the result is how many bytes were kept.
func endCapture() int32

// takeCapture copies what was kept.
func takeCapture(b []byte)

// runExample runs an example and compares what it printed; it reports whether they agree.
func runExample(e InternalExample, wordy bool) (ok bool) {
	if wordy {
		fmt.Printf("=== RUN   %s\n", e.Name)
	}
	beginCapture()
	defer func() {
		text := make([]byte, endCapture())
		takeCapture(text)
		failure := recover()
		got, want := strings.TrimSpace(string(text)), strings.TrimSpace(e.Output)
		order := ""
		agree := got == want
		if e.Unordered {
			order = " (unordered)"
			agree = sortedLines(got) == sortedLines(want)
		}
		switch {
		case failure != nil:
			os.Stdout.Write(text)
			fmt.Printf("--- FAIL: %s (0.00s)\n", e.Name)
			panic(failure)
		case !agree:
			fmt.Printf("--- FAIL: %s (0.00s)\ngot:\n%s\nwant%s:\n%s\n", e.Name, got, order, want)
		default:
			ok = true
			if wordy {
				fmt.Printf("--- PASS: %s (0.00s)\n", e.Name)
			}
		}
	}()
	e.F()
	return
}

func sortedLines(s string) string {
	lines := strings.Split(s, "\n")
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}
