/** What real Go says: `go build -gcflags=-m main.go` with go1.26 linux/amd64, lines of main.go without its name. */
export const program = `package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
)

type rec struct {
	name string
	n    int
}

var mu sync.Mutex

func load(xs []string) ([]*rec, error) {
	var out []*rec
	for _, x := range xs {
		k, v, ok := strings.Cut(x, "=")
		if !ok {
			return nil, errors.New("bad " + x)
		}
		n, err := strconv.Atoi(v)
		if err != nil {
			return nil, fmt.Errorf("load: %w", err)
		}
		out = append(out, &rec{strings.ToUpper(k), n})
	}
	return out, nil
}

func main() {
	mu.Lock()
	defer mu.Unlock()
	rs, err := load([]string{"b=2", "a=1"})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	sort.Slice(rs, func(i, j int) bool { return rs[i].n < rs[j].n })
	ns := []int{3, 1, 2}
	slices.Sort(ns)
	var b strings.Builder
	for _, r := range rs {
		b.WriteString(r.name)
	}
	fmt.Println(b.String(), ns, slices.Contains(ns, 3))
}
`;

export const lines = `39:2: can inline main.deferwrap1
45:17: can inline main.func1
24:26: inlining call to strings.Cut
26:26: inlining call to errors.New
30:26: inlining call to fmt.Errorf
30:26: inlining call to errors.New
38:9: inlining call to sync.(*Mutex).Lock
47:13: inlining call to slices.Sort[go.shape.[]int,go.shape.int]
50:16: inlining call to strings.(*Builder).WriteString
52:22: inlining call to strings.(*Builder).String
52:45: inlining call to slices.Contains[go.shape.[]int,go.shape.int]
52:13: inlining call to fmt.Println
38:9: inlining call to sync.(*Mutex).Lock
50:16: inlining call to strings.(*Builder).copyCheck
52:45: inlining call to slices.Index[go.shape.[]int,go.shape.int]
50:16: inlining call to abi.NoEscape
39:17: inlining call to sync.(*Mutex).Unlock
39:17: inlining call to sync.(*Mutex).Unlock
21:11: leaking param content: xs
26:34: "bad " + x escapes to heap
26:26: &errors.errorString{...} escapes to heap
30:26: ... argument does not escape
30:26: &errors.errorString{...} escapes to heap
32:21: &rec{...} escapes to heap
32:15: append escapes to heap
40:26: []string{...} does not escape
42:15: ... argument does not escape
45:13: rs escapes to heap
45:17: func literal does not escape
46:13: []int{...} escapes to heap
50:16: "strings: illegal use of non-zero Builder copied by value" escapes to heap
50:16: append escapes to heap
52:13: ... argument does not escape
52:22: ~r0 escapes to heap
52:26: ns escapes to heap
52:45: ~r0 escapes to heap`.split('\n');
