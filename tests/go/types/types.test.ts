import { describe, expect, test } from 'vitest';
import { FileSet } from '../../../lib/base/pos.ts';
import type { Expr, Name, Node } from '../../../lib/go/syntax/ast.ts';
import { exprString } from '../../../lib/go/syntax/printer.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { inspect } from '../../../lib/go/syntax/walk.ts';
import { checkFiles, type CheckResult, type Importer } from '../../../lib/go/types/check_files.ts';
import { valueString } from '../../../lib/go/types/constant.ts';
import { lookupFieldOrMethod } from '../../../lib/go/types/lookup.ts';
import { comparable, identical } from '../../../lib/go/types/predicates.ts';
import { alignof, hasPointers, offsetsof, ptrdata, sizeof } from '../../../lib/go/types/sizes.ts';
import type { StructT, Type } from '../../../lib/go/types/type.ts';
import { objectString, typeString } from '../../../lib/go/types/typestring.ts';
import { under } from '../../../lib/go/types/under.ts';

/** Checks a package (p, unless path says otherwise); its tree comes along. */
function check(src: string, importer?: Importer, goVersion = '1.26', path = 'p'): CheckResult & { root: Node; texts: string[] } {
  const fset = new FileSet();
  const { file } = parseFile(fset, fset.add('p.go', `package ${path}\n${src}`));
  const r = checkFiles(path, fset, [file!], { goVersion, importer });
  return { ...r, root: file!, texts: r.diagnostics.map((d) => `${fset.position(d.range.start).line - 1}: ${d.text}`) };
}
function typeOf(r: CheckResult, name: string): Type { return r.pkg.scope.lookup(name)!.type; }
const show = (t: Type): string => typeString(t, (p) => (p.path === 'p' ? '' : p.name));
/** Every expression with its recorded type, as text. */
function exprs(root: Node): Map<string, Expr> {
  const m = new Map<string, Expr>();
  inspect(root, (n) => { if ('tv' in n && n.tv) m.set(exprString(n), n); return true; });
  return m;
}

describe('layout is gc amd64', () => {
  // Figures from unsafe.Sizeof and friends in go1.26.
  const cases: [string, number, number, number][] = [
    ['struct{ a byte; b int64; c []string }', 40, 8, 24],
    ['struct{ a, b byte; c int16; d int32 }', 8, 4, 0],
    ['struct{ p *int; z struct{} }', 16, 8, 8],
    ['struct{ s string; n int }', 24, 8, 8],
    ['[3]struct{ n int; p *int }', 48, 8, 48],
    ['interface{}', 16, 8, 16],
    ['map[int]int', 8, 8, 8],
    ['func()', 8, 8, 8],
    ['complex64', 8, 4, 0],
    ['complex128', 16, 8, 0],
    ['[0]*int', 0, 8, 0],
    ['struct{}', 0, 1, 0],
    ['struct{ a bool; b [0]int64 }', 16, 8, 0],
  ];
  for (const [t, size, align, ptr] of cases) {
    test(t, () => {
      const v = typeOf(check(`var v ${t}`), 'v');
      expect([sizeof(v), alignof(v), ptrdata(v), hasPointers(v)]).toEqual([size, align, ptr, ptr > 0]);
    });
  }
  test('offsets', () => expect(offsetsof((typeOf(check('var v struct{ a byte; b int64; c bool; d string }'), 'v') as StructT).fields)).toEqual([0, 8, 16, 24]));
  test('too large', () => expect(sizeof(typeOf(check('var v [1<<40][1<<40]int'), 'v'))).toBe(-1));
});

test('types print as gc prints them', () => {
  const src = ['map[string][]*int', 'chan (<-chan int)', 'chan<- func(int, ...string) (n int, err error)', 'struct{ A int "tag"; *T }', 'interface{ M(x int) bool; error }', 'any', 'interface{}', 'G[int, []T]', '[3]byte', 'rune', 'unsafe.Pointer'];
  const r = check(`import "unsafe"\ntype T int\ntype G[K comparable, V any] map[K]V\nvar _ unsafe.Pointer\n${src.map((s, i) => `var v${i} ${s}`).join('\n')}`);
  expect(r.texts).toEqual([]);
  expect(src.map((_, i) => show(typeOf(r, `v${i}`)))).toEqual(
    ['map[string][]*int', 'chan (<-chan int)', 'chan<- func(int, ...string) (n int, err error)', 'struct{A int "tag"; *T}', 'interface{M(x int) bool; error}', 'any', 'interface{}', 'G[int, []T]', '[3]byte', 'rune', 'unsafe.Pointer']);
  expect(objectString(r.pkg.scope.lookup('G')!, null)).toBe('type p.G[K comparable, V any] map[K]V');
});

test('identity: instances by arguments, interfaces by method sets, aliases by what they denote', () => {
  const r = check('type G[T any] struct{ f T }\ntype A = G[int]\nvar a A\nvar b G[int]\nvar c G[string]\nvar d interface{ M(); N() }\nvar e interface{ N(); M() }\nvar f func(x int) []byte\nvar g func(int) []uint8');
  const t = (n: string): Type => typeOf(r, n);
  expect([identical(t('a'), t('b')), identical(t('b'), t('c')), identical(t('d'), t('e')), identical(t('f'), t('g'))]).toEqual([true, false, true, true]);
  expect([comparable(t('b')), comparable(t('f')), comparable(t('d'))]).toEqual([true, false, true]);
});

test('lookup goes breadth first through embedding and notes pointers on the way', () => {
  const r = check('type A struct{ x int }\nfunc (*A) P() {}\nfunc (A) V() {}\ntype B struct{ y int; *A }\ntype C struct{ B; x string }\ntype D struct{ A; B }\nvar c C\nvar d D\nvar a A');
  const find = (v: string, name: string): [string, readonly number[] | null, boolean] => {
    const l = lookupFieldOrMethod(typeOf(r, v), false, r.pkg, name);
    return [l.obj ? l.obj.kind : '-', l.index, l.indirect];
  };
  expect(find('c', 'x')).toEqual(['Var', [1], false]);
  expect(find('c', 'P')).toEqual(['Func', [0, 1, 0], true]);
  expect(find('d', 'x')).toEqual(['Var', [0, 0], false]);
  expect(find('a', 'P')).toEqual(['-', null, true]);
  expect(find('a', 'nope')).toEqual(['-', null, false]);
});

test('the tree carries types, constants, selections and instances', () => {
  const r = check('type S struct{ n int }\nfunc (s *S) M() int { return s.n }\nfunc Map[A, B any](x []A, f func(A) B) []B { return nil }\nfunc f(s S) {\n_ = 1<<10 + len("ab")\n_ = s.M\n_ = Map([]int{1}, func(i int) string { return "" })\n}');
  expect(r.texts).toEqual([]);
  const m = exprs(r.root);
  const sum = m.get('1 << 10 + len("ab")')!.tv!;
  expect([show(sum.type!), valueString(sum.value!), sum.mode]).toEqual(['int', '1026', 'constant']);
  const sel = m.get('s.M')!;
  expect(sel.kind === 'SelectorExpr' && [sel.selection!.kind, sel.selection!.index]).toEqual(['MethodVal', [0]]);
  const call = m.get('Map([]int{…}, func(i int) string {…})')!;
  expect(show(call.tv!.type!)).toBe('[]string');
  expect((m.get('Map') as Name).inst!.targs.map(show)).toEqual(['int', 'string']);
});

test('variables are initialised in dependency order', () => {
  const r = check('var a = b + f()\nvar b = c\nvar c = 1\nfunc f() int { return d }\nvar d = 2');
  expect(r.info.initOrder.map((i) => i.lhs[0].name)).toEqual(['c', 'b', 'd', 'a']);
});

test('instances expand lazily, methods too, and end', () => {
  const r = check('type T[P any] struct { next *T[P]; v P }\nfunc (t *T[P]) Get() P { return t.v }\nvar x T[T[int]]\nvar y = x.v.v + x.v.Get()');
  expect(r.texts).toEqual([]);
  expect(show(typeOf(r, 'y'))).toBe('int');
  expect(show(under(typeOf(r, 'x')))).toBe('struct{next *T[T[int]]; v T[int]}');
});

test('language versions', () => {
  const src = 'func f() {\nfor range 10 {}\n}';
  expect(check(src, undefined, '1.22').texts).toEqual([]);
  expect(check(src, undefined, '1.21').texts).toEqual(['2: cannot range over 10 (untyped int constant): requires go1.22 or later (-lang was set to go1.21; check go.mod)']);
});

test('imports: packages, their absence, and names they do not have', () => {
  const lib = check('type T struct{ N int; secret int }\nfunc New() *T { return nil }', undefined, '1.26', 'lib').pkg;
  const importer: Importer = { import: (p) => (p === 'lib' ? lib : { error: `package ${p} is not in std` }) };
  expect(check('import "lib"\nimport "gone"\nvar _ = lib.New().N\nvar _ = lib.new\nvar _ = lib.New().secret\nvar _ = gone.X', importer).texts).toEqual([
    '2: could not import gone (package gone is not in std)',
    '4: undefined: lib.new (but have New)',
    '5: lib.New().secret undefined (cannot refer to unexported field secret)',
  ]);
});

describe('hostile programs end', () => {
  const chain = (n: number, f: (i: number) => string, last: string): string => Array.from({ length: n }, (_, i) => f(i)).join('\n') + '\n' + last;
  const cases: Record<string, [string, RegExp]> = {
    'endless expansion': ['type T[P any] struct { f *T[T[P]] }\nvar x T[int]', /instantiation cycle/],
    'exponential types': [chain(40, (i) => `type T${i}[P any] struct { a, b T${i + 1}[P] }`, 'type T40[P any] int\nvar x T0[int]'), /^$/],
    'exponential sizes': [chain(60, (i) => `type T${i} struct { a, b T${i + 1} }`, 'type T60 int\nvar x T0\nconst c = len([1]T0{})'), /^$/],
    'doubling strings': ['const s0 = "0123456789abcdef"\n' + chain(40, (i) => `const s${i + 1} = s${i} + s${i}`, ''), /constant result is not representable/],
    'huge numbers': ['const a = 1e1000000000000\nconst b = 1 << 100000', /malformed constant|invalid shift count/],
    'long chains of declarations': [chain(20000, (i) => `const c${i} = c${i + 1}`, 'const c20000 = 1'), /nests too deeply/],
  };
  for (const [name, [src, want]] of Object.entries(cases)) test(name, () => expect(check(src).texts[0] ?? '').toMatch(want));
});
