/**
 * Generic standard functions as analysis has to see them.
 *
 * A function that gives an iterator is no use as a summary: the loop's body is inlined in it.
 * A generic function has no facts: its verdicts depend on the type arguments, so
 * its body is lowered in the program that uses it. The bodies of lib/std are our
 * own and may do the work another way; where that changes what the compiler says
 * of a caller, a model stands in for verdicts (never for running): a body written
 * here to have the cost, the lines and the flows that real gc was seen to print
 * (-m=2 of programs that call it). tests/go/facts/generic.test.ts compares.
 */
import type { SourceText } from '../program.ts';

const models: Readonly<Record<string, { readonly imports: readonly string[]; readonly text: string }>> = {
  cmp: {
    imports: [],
    text: `
func isNaN[T Ordered](x T) bool { return x != x }
func Less[T Ordered](x, y T) bool { return (isNaN(x) && !isNaN(y)) || x < y }
func Compare[T Ordered](x, y T) int {
	xn := isNaN(x)
	yn := isNaN(y)
	if xn {
		if yn {
			return 0
		}
		return -1
	}
	if yn {
		return +1
	}
	if x < y {
		return -1
	}
	if x > y {
		return +1
	}
	return 0
}
`,
  },
  slices: {
    imports: ['cmp', 'math/bits'],
    text: `
func Sort[S ~[]E, E cmp.Ordered](x S) {
	n := len(x)
	sortOrdered(x, 0, n, bits.Len(uint(n)))
}
func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	n := len(x)
	sortBy(x, 0, n, bits.Len(uint(n)), cmp)
}
func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int) { stableBy(x, len(x), cmp) }

//go:noinline
func sortOrdered[E cmp.Ordered](x []E, from, to, limit int) {
	for i := from; i < to; i++ {
		if cmp.Less(x[i], x[from]) {
			x[i], x[from] = x[from], x[i]
		}
	}
}

//go:noinline
func sortBy[E any](x []E, from, to, limit int, cmp func(a, b E) int) {
	for i := from; i < to; i++ {
		if cmp(x[i], x[from]) < 0 {
			x[i], x[from] = x[from], x[i]
		}
	}
}

//go:noinline
func stableBy[E any](x []E, n int, cmp func(a, b E) int) { sortBy(x, 0, n, 0, cmp) }

func Clone[S ~[]E, E any](s S) S {
	if s == nil {
		return nil
	}
	return append(S{}, s...)
}
func Equal[S ~[]E, E comparable](s1, s2 S) bool {
	if len(s1) != len(s2) {
		return false
	}
	for i := range s1 {
		if s1[i] != s2[i] {
			return false
		}
	}
	return true
}
func Grow[S ~[]E, E any](s S, n int) S {
	if n < 0 {
		panic("cannot be negative")
	}
	if n -= cap(s) - len(s); n > 0 {
		s = append(s[:cap(s)], make([]E, n)...)[:len(s)]
	}
	return s
}
func Compact[S ~[]E, E comparable](s S) S {
	if len(s) < 2 {
		return s
	}
	for k := 1; k < len(s); k++ {
		if s[k] == s[k-1] {
			rest := s[k:]
			for j := 1; j < len(rest); j++ {
				if rest[j] != rest[j-1] {
					s[k] = rest[j]
					k++
				}
			}
			clear(s[k:])
			return s[:k]
		}
	}
	return s
}
func Max[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Max: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		m = max(m, x[i])
	}
	return m
}
func MaxFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MaxFunc: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		if cmp(x[i], m) > 0 {
			m = x[i]
		}
	}
	return m
}
func MinFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MinFunc: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		if cmp(x[i], m) < 0 {
			m = x[i]
		}
	}
	return m
}
func IsSorted[S ~[]E, E cmp.Ordered](x S) bool {
	for i := len(x) - 1; i > 0; i-- {
		if cmp.Less(x[i], x[i-1]) {
			return false
		}
	}
	return true
}
func Delete[S ~[]E, E any](s S, i, j int) S {
	_ = s[i:j:len(s)]
	if i == j {
		return s
	}
	n := len(s)
	s = append(s[:i], s[j:]...)
	clear(s[len(s):n])
	return s
}
func Repeat[S ~[]E, E any](x S, count int) S {
	if count < 0 {
		panic("cannot be negative")
	}
	hi, lo := bits.Mul(uint(len(x)), uint(count))
	if hi > 0 || lo > ^uint(0)>>1 {
		panic("the result of (len(x) * count) overflows")
	}
	all := make(S, int(lo))
	n := copy(all, x)
	for n < len(all) {
		n += copy(all[n:], all[:n])
	}
	return all
}
func Min[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Min: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		m = min(m, x[i])
	}
	return m
}
`,
  },
  maps: {
    imports: ['iter'],
    text: `
var cloned any

//go:noinline
func clone(m any) any {
	cloned = m
	return cloned
}
func Clone[M ~map[K]V, K comparable, V any](m M) M {
	if m == nil {
		return nil
	}
	return clone(m).(M)
}
func Insert[Map ~map[K]V, K comparable, V any](m Map, seq iter.Seq2[K, V]) {
	for k, v := range seq {
		m[k] = v
	}
}
func Collect[K comparable, V any](seq iter.Seq2[K, V]) map[K]V {
	m := make(map[K]V)
	Insert(m, seq)
	return m
}
`,
  },
  sync: {
    imports: [],
    text: `
func OnceValue[T any](f func() T) func() T {
	d := struct {
		f      func() T
		once   Once
		valid  bool
		p      any
		result T
	}{f: f}
	return func() T {
		d.once.Do(func() {
			defer func() {
				d.f = nil
				d.p = recover()
				if !d.valid {
					panic(d.p)
				}
			}()
			d.result = d.f()
			d.valid = true
		})
		if !d.valid {
			panic(d.p)
		}
		return d.result
	}
}
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	d := struct {
		f     func() (T1, T2)
		once  Once
		valid bool
		p     any
		r1    T1
		r2    T2
	}{f: f}
	return func() (T1, T2) {
		d.once.Do(func() {
			defer func() {
				d.f = nil
				d.p = recover()
				if !d.valid {
					panic(d.p)
				}
			}()
			d.r1, d.r2 = d.f()
			d.valid = true
		})
		if !d.valid {
			panic(d.p)
		}
		return d.r1, d.r2
	}
}
`,
  },
  strings: {
    imports: ['iter', 'unicode', 'unicode/utf8'],
    text: `
func Lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(s) > 0 {
			line := s
			if i := IndexByte(s, '\\n'); i >= 0 {
				line = s[:i+1]
			}
			s = s[len(line):]
			if !yield(line) {
				return
			}
		}
	}
}
func splitSeq(s, sep string, keep int) iter.Seq[string] {
	return func(yield func(string) bool) {
		if len(sep) == 0 {
			for len(s) > 0 {
				_, n := utf8.DecodeRuneInString(s)
				if !yield(s[:n]) {
					return
				}
				s = s[n:]
			}
			return
		}
		for {
			i := Index(s, sep)
			if i < 0 {
				break
			}
			part := s[:i+keep]
			if !yield(part) {
				return
			}
			s = s[i+len(sep):]
		}
		yield(s)
	}
}
func SplitSeq(s, sep string) iter.Seq[string] { return splitSeq(s, sep, 0) }
func SplitAfterSeq(s, sep string) iter.Seq[string] { return splitSeq(s, sep, len(sep)) }

var blanks [256]uint8

func FieldsSeq(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := -1
		for i := 0; i < len(s); {
			n := 1
			r := rune(s[i])
			blank := blanks[s[i]] != 0
			if r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(s[i:])
				blank = unicode.IsSpace(r)
			}
			if blank {
				if from >= 0 {
					if !yield(s[from:i]) {
						return
					}
					from = -1
				}
			} else if from < 0 {
				from = i
			}
			i += n
		}
		if from >= 0 {
			yield(s[from:])
		}
	}
}
func FieldsFuncSeq(s string, f func(rune) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := -1
		for i := 0; i < len(s); {
			n := 1
			r := rune(s[i])
			if r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(s[i:])
			}
			if f(r) {
				if from >= 0 {
					if !yield(s[from:i]) {
						return
					}
					from = -1
				}
			} else if from < 0 {
				from = i
			}
			i += n
		}
		if from >= 0 {
			yield(s[from:])
		}
	}
}
`,
  },
};

/** Whether functions of a package have models. */
export function modelled(path: string): boolean { return Object.hasOwn(models, path); }

const modelledFuncs = new Set(Object.entries(models).flatMap(([path, { text }]) => [...text.matchAll(/^func (\w+)\(.*\) iter\.Seq/gm)].map((m) => `${path}.${m[1]}`)));
/** Whether a function gives an iterator that has a model: where its body is at hand that speaks, not what is recorded. */
export function modelledFunc(path: string, name: string): boolean { return modelledFuncs.has(`${path}.${name}`); }

/** Declarations of a package with the models in place of the functions of their names. */
export function withModels(path: string, files: readonly SourceText[]): readonly SourceText[] {
  if (!modelled(path)) return files;
  const { imports, text } = models[path];
  const names = new Set([...text.matchAll(/^func (\w+)/gm)].map((m) => m[1]));
  const decoder = new TextDecoder();
  const out = files.map((f) => ({ name: f.name, text: unusedImports(without(typeof f.text === 'string' ? f.text : decoder.decode(f.text), names)) }));
  const first = files[0];
  const name = /^package (\w+)/m.exec(out[0]?.text ?? '')?.[1];
  if (!first || !name) return files;
  out.push({ name: `${first.name.slice(0, first.name.lastIndexOf('/') + 1)}model.go`, text: `package ${name}\n${imports.map((i) => `import "${i}"\n`).join('')}${text}` });
  return out;
}

/** A gofmted file without the functions of the given names (methods stay). */
function without(text: string, names: ReadonlySet<string>): string {
  const out: string[] = [];
  let skipping = false;
  for (const line of text.split('\n')) {
    if (skipping) {
      if (line === '}') skipping = false;
      continue;
    }
    const m = /^func (\w+)[[(]/.exec(line);
    if (m && names.has(m[1])) {
      // A body goes on to a brace at the start of a line, unless it is on this line or there is none.
      skipping = line.endsWith('{');
      continue;
    }
    out.push(line);
  }
  return out.join('\n');
}
/** Leaves out imports that nothing mentions any more. */
function unusedImports(text: string): string {
  return text.replace(/^(?:import )?\t?"([\w/]+)"$/gm, (line, path: string) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return new RegExp(`\\b${name}\\.`).test(text.replace(line, '')) ? line : '';
  });
}
