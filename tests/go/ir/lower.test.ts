/** What lowering decides beside the shape of trees: names, marks, versions, instances. */
import { expect, test } from 'vitest';
import type { Func, Node } from '../../../lib/go/ir/nodes.ts';
import { nodeText } from '../../../lib/go/ir/print.ts';
import { visitList } from '../../../lib/go/ir/visit.ts';
import { funcNamed, lower, type Lowered } from './frontend.ts';

const ctx = { pkgPath: 'p' };
function nodes(fn: Func, op: string): Node[] {
  const out: Node[] = [];
  visitList(fn.body, (n) => { if (n.op === op) out.push(n); });
  return out;
}
function ok(src: string, version: '1.21' | '1.26' = '1.26'): Lowered {
  const l = lower(`package p\n${src}`, 'p', version);
  expect(l.errors).toEqual([]);
  return l;
}
function texts(l: Lowered, fn: string, op: string): string[] { return nodes(funcNamed(l, fn), op).map((n) => nodeText(n, ctx)); }

test('constants print as gc prints them', () => {
  const l = ok(`
type E int
var sink any
func f(n int) {
	sink = byte(7); sink = uint8(7); sink = rune('x'); sink = int32(120); sink = 'x'; sink = 1.0; sink = 1e100; sink = float32(2)
	sink = complex(1, 2); sink = "a\\n\\x00\\u00e9"; sink = true; sink = E(3); sink = 1 << 62; sink = -1
	sink = "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
}`);
  expect(texts(l, 'f', 'OCONVIFACE')).toEqual(['byte(7)', 'uint8(7)', "'x'", 'int32(120)', "'x'", '1', '1e+100', 'float32(2)',
    '(1 + 2i)', '"a\\n\\x00é"', 'true', 'E(3)', '4611686018427387904', '-1',
    '"01234567890123456789012345678901234567890123456789012345678901234567...']);
});

test('allocation sites print as gc prints them', () => {
  const l = ok(`
type S struct{ x any }
var sink any
func f(x []byte, n int, p *S) {
	sink = map[string]any{}; sink = []interface{}{1}; sink = []error{nil}; sink = &S{}; sink = &S{x: n}; sink = make(map[string]int)
	sink = make(map[string]int, n); sink = make([]chan<- (<-chan int), n, 2*n); sink = new([]func()); sink = func() {}
	sink = []struct{ x any; Y interface{ M(); n(int) } }{}; sink = string(x) + "a"; sink = []rune("abc"); sink = (*[2]byte)(x)
	sink = x[1:n]; sink = p.x.(*S); sink = -(n + 1) * 2; sink = &p.x; sink = append(x, "q"...)
}`);
  const got = nodes(funcNamed(l, 'f'), 'OAS').map((n) => (n.op === 'OAS' ? nodeText(n.y, ctx) : ''));
  expect(got).toEqual(['map[string]any{}', '[]interface {}{...}', '[]error{...}', '&S{}', '&S{...}', 'make(map[string]int)', 'make(map[string]int, n)',
    'make([]chan<- <-chan int, n, 2 * n)', 'new([]func())', 'func literal', '[]struct { x any; Y interface { M(); p.n(int) } }{}', 'string(x) + "a"', '[]rune{...}', '(*[2]byte)(x)',
    'x[1:n]', 'p.x.(*S)', '-(n + 1) * 2', '&p.x', 'append(x, "q"...)']);
});

test('closures are named after what encloses them', () => {
  const src = `
var g = func() int { return 1 }
func init() { _ = func() {} }
func h(int) {}
type T struct{}
func (t *T) M() { _ = func() { _ = func() {} }; go h(1); defer h(2) }`;
  const names = (l: Lowered): string[] => {
    const out: string[] = [];
    const visit = (f: Func): void => { for (const c of f.closures) { out.push(c.sym); visit(c); } };
    l.pkg.funcs.forEach(visit);
    return out;
  };
  expect(names(ok(src))).toEqual(['init.func1', 'init.0.func1', '(*T).M.func1', '(*T).M.func1.1', '(*T).M.gowrap1', '(*T).M.deferwrap2']);
  expect(names(ok(src, '1.21'))).toEqual(['glob..func1', 'init.0.func1', '(*T).M.func1', '(*T).M.func1.1', '(*T).M.gowrap1', '(*T).M.deferwrap2']);
});

test('loop variables are per iteration from Go 1.22 on, where it shows', () => {
  const src = `
var sink []func() int
func f(s []int) {
	for i := 0; i < 3; i++ { sink = append(sink, func() int { return i }) }
	for _, v := range s { sink = append(sink, func() int { return v }) }
	for i := 0; i < 3; i++ { _ = i }
}`;
  const fors = (l: Lowered): boolean[] => nodes(funcNamed(l, 'f'), 'OFOR').map((n) => n.op === 'OFOR' && n.cond === undefined);
  const l = ok(src);
  expect(fors(l)).toEqual([true, false]);
  const range = nodes(funcNamed(l, 'f'), 'ORANGE')[0];
  expect(range.op === 'ORANGE' && range.value?.op === 'ONAME' && range.value.autoTemp).toBe(true);
  expect(fors(ok(src, '1.21'))).toEqual([false, false]);
});

test('a continue of a rewritten loop still runs its post statement', () => {
  const l = ok(`
var sink []func() int
func f() {
	for i := 0; i < 3; i++ {
		if i == 1 { continue }
		for j := range 3 { if j == 1 { continue } }
		sink = append(sink, func() int { return i })
	}
}`);
  const f = funcNamed(l, 'f');
  expect(nodes(f, 'OGOTO').map((n) => n.op === 'OGOTO' && n.label)).toEqual(['.3clNext_1']);
  expect(nodes(f, 'OLABEL').map((n) => n.op === 'OLABEL' && n.label)).toEqual(['.3clNext_1']);
  expect(nodes(f, 'OCONTINUE')).toHaveLength(1);
});

test('names know whether their address is taken and whether they are reassigned', () => {
  const l = ok(`
type T struct{ a [2]int; p *int }
func f(x, y int) (r int) {
	a, b, c, d := 1, 2, 3, T{}
	p := &a
	b++
	q := &d.a[1]
	func() { c = *p + *q; x = 1 }()
	_ = y
	return b + c
}`);
  const f = funcNamed(l, 'f');
  const marks = (n: string): string => {
    const v = f.dcl.find((d) => d.sym === n)!;
    return `${v.addrtaken ? 'addr ' : ''}${v.reassigned ? 'set' : ''}`.trim();
  };
  expect(['a', 'b', 'c', 'd', 'p', 'x', 'y'].map(marks)).toEqual(['addr', 'set', 'set', 'addr', '', 'set', '']);
  expect(f.dcl.find((d) => d.sym === 'p')!.defn?.op).toBe('OAS');
  expect(f.dcl.slice(0, 3).map((d) => `${d.sym} ${d.class_}`)).toEqual(['x PPARAM', 'y PPARAM', 'r PPARAMOUT']);
});

test('conditions known before the program runs leave only the arm that runs', () => {
  const l = ok(`
const debug = false
func g() bool { return true }
func f(b bool) (n int) {
	if debug { n = 1 } else { n = 2 }
	if !debug && b { n = 3 }
	if b && debug { n = 4 }
	for debug { n = 5 }
	switch 3 { case 1: n = 6; case 3: n = 7; default: n = 8 }
	if b { return n; n = 9 }
	return n
}`);
  expect(texts(l, 'f', 'OAS')).toEqual(['n = 2', 'n = 3', '_ = b && debug'.replace('debug', 'false'), 'n = 7']);
});

test('instances of one shape share a representative; each list of arguments has its own body', () => {
  const l = ok(`
type ID int
func F[T any](x T) []T { return make([]T, 1) }
type L[T any] struct{ v []T }
func (l *L[T]) Add(x T) { l.v = append(l.v, x) }
func use() { F(1); F(ID(2)); F("a"); F(&struct{}{}); F(new(int)); var a L[int]; a.Add(1); var b L[ID]; b.Add(2) }`);
  const inst = l.funcs.filter((f) => f.shape && !f.oclosure).map((f) => `${f.sym}${f.shapeRep ? ' again' : ''}: ${f.params[f.params.length - 1].type.kind}`).sort();
  expect(inst).toEqual([
    '(*L[go.shape.int]).Add again: Named', '(*L[go.shape.int]).Add: Basic',
    'F[go.shape.*uint8] again: Pointer', 'F[go.shape.*uint8]: Pointer',
    'F[go.shape.int] again: Named', 'F[go.shape.int]: Basic', 'F[go.shape.string]: Basic',
  ].sort());
  expect(texts(l, 'F[go.shape.int]', 'OMAKESLICE')).toEqual(['make([]go.shape.int, 1)']);
  expect(nodes(funcNamed(l, 'use'), 'OCALLFUNC').every((n) => n.op === 'OCALLFUNC' && n.dictCost === 2)).toBe(true);
});

test('types declared in a generic function differ between its instances', () => {
  const l = ok(`
func F[T any]() any { type box struct{ v T }; return box{} }
func use() (any, any) { return F[int](), F[string]() }`);
  const lits = l.funcs.filter((f) => f.shape).map((f) => nodes(f, 'OSTRUCTLIT')[0]);
  expect(lits).toHaveLength(2);
  expect(lits[0].type).not.toBe(lits[1].type);
});

test('method sets: wrappers for value and promoted methods', () => {
  const l = ok(`
type A struct{}
func (A) V() {}
func (*A) P() {}
type B struct{ *A; n int }
type I interface{ V() }
type C struct{ I }
var f1, f2, f3 = B.V, (*B).P, I.V`);
  expect(l.funcs.filter((f) => f.wrapper).map((f) => f.sym).sort()).toEqual(['(*A).V', '(*B).P', '(*B).V', '(*C).V', 'B.P', 'B.V', 'C.V', 'I.V'].sort());
});

test('deep nesting is refused with a place, not an exception', () => {
  const l = lower(`package p\nfunc f(a int) { ${Array.from({ length: 3000 }, (_, i) => `if a == ${i} { a++ }`).join(' else ')} }`);
  expect(l.errors.length).toBeGreaterThan(0);
});
