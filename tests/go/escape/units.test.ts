/** Parts of escape analysis by themselves. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FileSet } from '../../../lib/base/pos.ts';
import type { GoVersion } from '../../../lib/base/version.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { checkPackage } from '../../../lib/go/types/check.ts';
import { lowerPackage, Program } from '../../../lib/go/ir/lower.ts';
import { analyze, type AnalyzeOptions, type EscapeResult } from '../../../lib/go/escape/analyze.ts';
import { Leaks } from '../../../lib/go/escape/leaks.ts';
import { FactsStore, packInline, unpackInline } from '../../../lib/go/facts/store.ts';

function analyzed(text: string, o: Partial<AnalyzeOptions> = {}, goVersion: GoVersion = '1.26'): { fset: FileSet; r: EscapeResult; lines: string[] } {
  const fset = new FileSet();
  const { file } = parseFile(fset, fset.add('a.go', `package p\n${text}`));
  const { pkg, info, diagnostics } = checkPackage(fset, 'p', [file!], { goVersion: `go${goVersion}` });
  expect(diagnostics).toEqual([]);
  const r = analyze(fset, lowerPackage(fset, pkg, [file!], info, { goVersion, program: new Program() }), { goVersion, ...o });
  return { fset, r, lines: r.lines.map((l) => `${fset.position(l.pos).line}: ${l.text}`) };
}

describe('tags', () => {
  it('keep the shortest way to each place, and drop what the heap way makes idle', () => {
    const l = new Leaks(26);
    l.addResult(0, 2);
    l.addResult(0, 1);
    l.addMutator(3);
    l.addHeap(2);
    l.optimize();
    expect([l.heap(), l.result(0), l.mutator()]).toEqual([2, 1, -1]);
    expect(Leaks.parse(l.encode(), 26).result(0)).toBe(1);
  });
  it('say nothing for a parameter that leaks as it is', () => {
    const l = new Leaks(26);
    l.addHeap(0);
    expect(l.encode()).toBe('');
    expect(Leaks.parse('', 26).heap()).toBe(0);
  });
  it('have seven results and no mutator until 1.21', () => {
    const l = new Leaks(21);
    l.addMutator(0);
    l.addResult(6, 0);
    expect([l.mutator(), l.callee(), Leaks.parse(l.encode(), 21).result(6)]).toEqual([-1, -1, 0]);
  });
});

describe('versions', () => {
  const make = 'func f(n int) { s := make([]byte, n); s[0] = 1 }';
  it('keep a slice of unknown size on the stack from 1.25 on', () => {
    expect(analyzed(make, {}, '1.24').lines).toContain('2: make([]byte, n) escapes to heap');
    expect(analyzed(make, {}, '1.25').lines).toContain('2: make([]byte, n) does not escape');
  });
  it('limit variables to 128 KiB from 1.24 on', () => {
    const big = 'func f() byte { var a [200 << 10]byte; return a[len(a)-1] }';
    expect(analyzed(big, {}, '1.23').lines).not.toContain('2: moved to heap: a');
    expect(analyzed(big, {}, '1.24').lines).toContain('2: moved to heap: a');
  });
  it('see the length of a literal from 1.26 on', () => {
    const text = 'var sink any\nfunc f() { x := []int{1, 2}; n := len(x); sink = make([]byte, n) }';
    expect(analyzed(text, {}, '1.25').lines).toContain('3: make([]byte, n) escapes to heap');
    expect(analyzed(text, {}, '1.26').lines).toContain('3: make([]byte, 2) escapes to heap');
  });
});

describe('limits', () => {
  it('are lower with -smallframes', () => {
    const text = 'func f() { s := make([]byte, 32<<10); s[0] = 1 }';
    expect(analyzed(text).lines).toContain('2: make([]byte, 32768) does not escape');
    expect(analyzed(text, { smallFrames: true }).lines).toContain('2: make([]byte, 32768) escapes to heap');
  });
});

describe('inlining', () => {
  it('flips the verdict of a callee\'s own site', () => {
    const text = 'type T struct{ a, b int }\nfunc mk() *T { return &T{1, 2} }\nfunc use() int { return mk().a }';
    expect(analyzed(text).lines).toContain('4: &T{...} does not escape');
    expect(analyzed(text, { noInline: true }).lines).toEqual(['3: &T{...} escapes to heap']);
  });
  it('stops at recursion', () => {
    const { lines } = analyzed('func a(n int) int { if n > 0 { return b(n - 1) }; return 0 }\nfunc b(n int) int { return a(n) }');
    expect(lines.filter((l) => l.includes('inlining call')).length).toBeLessThan(8);
  });
  it('charges what gc charges', () => {
    const { lines } = analyzed('func f(x, y int) int { if x > y { return x }; return y }', { level: 2 });
    expect(lines[0]).toBe('2: can inline f with cost 8 as: func(int, int) int { if x > y { return x }; return y }');
  });
});

describe('explain', () => {
  it('gives the path of a variable to the heap as data', () => {
    const { fset, r } = analyzed('var g *int\nfunc f() {\n\tx := 1\n\tp := &x\n\tg = p\n}');
    const moved = r.lines.find((l) => l.kind === 'moved')!;
    const [e] = r.explain(moved.node!);
    expect(e.root).toBe('{heap}');
    expect(e.steps.map((s) => [s.dst, s.derefs, s.src])).toEqual([['p', -1, 'x'], ['{heap}', 0, 'p']]);
    expect(e.steps[0].from.map((n) => [n.text, n.why, fset.position(n.pos).line])).toEqual([['&x', 'address-of', 5], ['p := &x', 'assign', 5]]);
  });
  it('is empty for what stays on the stack', () => {
    const { r } = analyzed('func f() int { p := new(int); return *p }');
    const site = r.lines.find((l) => l.kind === 'does not escape')!;
    expect(r.explain(site.node!)).toEqual([]);
  });
});

describe('facts', () => {
  const read = (p: string): string | undefined => {
    try { return readFileSync(fileURLToPath(new URL(`../../../lib/go/facts/data/${p.replaceAll('/', '.')}.json`, import.meta.url)), 'utf8'); } catch { return undefined; }
  };
  it('know fmt.Println: inlined, its arguments\' content leaks', () => {
    const f = new FactsStore(read).lookup('fmt', 'Println')!;
    expect(f.inline!.lines).toEqual([]);
    expect(f.inline!.cost).toBe(72);
    expect(Leaks.parse(f.paramTags[0], 26).heap()).toBe(1);
  });
  it('survive packing', () => {
    const f = new FactsStore(read).lookup('errors', 'New')!.inline!;
    expect(unpackInline(packInline(f))).toEqual(f);
  });
  it('know nothing of other packages', () => { expect(new FactsStore(read).lookup('example.com/x', 'F')).toBeUndefined(); });
});

describe('bad input', () => {
  it('does not bring analysis down', () => {
    for (const text of ['func f() { for { f() } }', 'func f() { L: goto L }', 'func f(g func() func()) { g()() }', 'func f() { defer func() { recover() }() }', 'var x = func() int { return y }()\nvar y = 1']) {
      expect(() => analyzed(text, { level: 2 })).not.toThrow();
    }
  });
});
