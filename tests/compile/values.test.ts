/** Programs that once made invalid code or another order than gc's; outputs are real Go's (go1.26.8 linux/amd64). */
import { expect, test } from 'vitest';
import { build } from '../../lib/engine/report.ts';
import { Run, defaultKnobs } from '../../lib/engine/run.ts';
import { allEntries } from '../../lib/engine/entries.ts';
import { std } from '../std.ts';

function run(text: string): string {
  const b = build([{ name: 'main.go', text: `package main\n${text}` }], std, { goVersion: '1.26' });
  if (!b.program) throw new Error(b.diagnostics.map((d) => `${b.fset.format(d.range.start)}: ${d.text}`).join('\n'));
  let out = '';
  const r = new Run(b.program, defaultKnobs, { fset: b.fset, stderr: (x) => { out += new TextDecoder().decode(x); } }, allEntries);
  for (const _ of r.steps()) void _;
  return out;
}

test('elements of arrays of none', () => {
  expect(run(`
var big [0]struct{ a [9]int }
func main() {
	var a [0]int
	var p, q = new(int), new(int)
	for *p, *q = range a { println("never") }
	for _, v := range big { println(v.a[0]) }
	defer func() { println(recover().(error).Error()) }()
	i := 0
	a[i] = *p
}`)).toBe('runtime error: index out of range [0] with length 0\n');
});

test('range assigns key and value in parallel', () => {
  expect(run(`
func main() {
	x, i := []int{10, 20}, 1
	for i, x[i] = range []int{99} { break }
	println(i, x[0], x[1])
}`)).toBe('0 10 99\n');
});

test('calls come before memory is read', () => {
  expect(run(`
//go:noinline
func g(p *int) int { *p += 10; return 1 }
//go:noinline
func two(a, b, c int) { println(a, b, c) }
func main() {
	x := 1
	h := &x
	two(*h, g(h), *h)
	s := []int{*h, g(h), *h}
	println(s[0], s[1], s[2])
	t := struct{ a, b int }{x, g(h)}
	println(t.a, t.b)
	var e = []any{*h, g(h)}
	println(e[0].(int))
	a, b := x, g(h)
	println(a, b)
}`)).toBe('11 1 11\n21 1 21\n31 1\n41\n51 1\n');
});

test('conversions at package level, switches on interfaces without a tag, deferred calls on nil interfaces', () => {
  expect(run(`
var c, d any = any(nil).(bool)
type I interface{ M() }
func f() (err any) {
	defer func() { err = recover() }()
	var x I
	defer x.M()
	return nil
}
func main() {
	println(c.(bool), d.(bool))
	switch i := any(true); { case i: println("true") }
	println(f() != nil)
}`)).toBe('false false\ntrue\ntrue\n');
});

test('constants of complex type parameters', () => {
  expect(run(`
type C interface{ ~complex64 | ~complex128 }
//go:noinline
func pi[T C]() T { return T(3.5) }
func main() { println(real(pi[complex64]()) == 3.5, imag(pi[complex128]()) == 0) }`)).toBe('true true\n');
});

test('floats that do not fit become what amd64 makes of them', () => {
  expect(run(`
//go:noinline
func f(x float64) { println(uint64(x), uint32(x), uint8(x), int64(x), int32(x), int8(x)) }
func main() {
	var zero float64
	for _, x := range []float64{-1.5, 3e9, -3e9, 1.8e19, 1e26, -1e26, zero / zero, 65536.5, -300} { f(x) }
}`)).toBe(`18446744073709551615 4294967295 255 -1 -1 -1
3000000000 3000000000 0 3000000000 -2147483648 0
18446744070709551616 1294967296 0 -3000000000 -2147483648 0
18000000000000000000 0 0 -9223372036854775808 -2147483648 0
9223372036854775808 0 0 -9223372036854775808 -2147483648 0
9223372036854775808 0 0 -9223372036854775808 -2147483648 0
9223372036854775808 0 0 -9223372036854775808 -2147483648 0
65536 65536 0 65536 65536 0
18446744073709551316 4294966996 212 -300 -300 -44
`);
});

test('slices that overlap are moved whole', () => {
  expect(run(`
func main() {
	s := make([]uint64, 4, 10)
	for i := range s { s[i] = uint64(i + 1) }
	s = append(s[:2], s...)
	println(len(s), s[0], s[1], s[2], s[3], s[4], s[5])
	v := []int32{1, 2, 3, 4}
	copy(v[1:], v)
	println(v[0], v[1], v[2], v[3])
	copy(v, v[2:])
	println(v[0], v[1], v[2], v[3])
}`)).toBe('6 1 2 1 2 3 4\n1 1 2 3\n2 3 2 3\n');
});

test('a division that panics adds no key', () => {
  expect(run(`
func main() {
	m, z := map[string]int{}, 0
	defer func() { println(recover() != nil, len(m)) }()
	m["a"] /= z
}`)).toBe('true 0\n');
});
