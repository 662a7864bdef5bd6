/** Explanations as data: ways, places and sentences. */
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../lib/go/program.ts';
import { stories, type Story } from '../../../lib/go/escape/story.ts';

function told(text: string, level: 1 | 2 = 1): Map<string, Story> {
  const r = buildProgram([{ name: './a.go', text: `package main\n${text}\nfunc main() {}\n` }], () => undefined, { goVersion: '1.26', level });
  expect(r.diagnostics).toEqual([]);
  const e = r.main!.escape!;
  return new Map([...stories(r.fset, e)].map(([i, s]) => [e.lines[i].text, s[0]]));
}

describe('the story of a verdict', () => {
  it('goes from the value to what outlives it, with a place for each step', () => {
    const s = told('func f() *int { x := 1; p := &x; return p }').get('moved to heap: x')!;
    expect(s.edges.map((e) => [e.dst, e.src, e.derefs])).toEqual([['p', 'x', -1], ['~r0', 'p', 0]]);
    expect(s.edges[0].steps.map((x) => [x.why, x.at?.line, x.at?.col])).toEqual([['address-of', 2, 30], ['assign', 2, 27]]);
    expect(s.text.en).toBe('`x` is on the heap, because `p` holds the address of `x`, and `p` is returned.');
    expect(s.text['zh-CN']).toContain('`p` 被返回');
  });
  it('is the text of -m=2', () => {
    const r = buildProgram([{ name: './a.go', text: 'package main\nvar g *int\nfunc f() { x := 1; p := &x; g = p }\nfunc main() {}\n' }], () => undefined, { goVersion: '1.26', level: 2 });
    const e = r.main!.escape!;
    const [i, [s]] = [...stories(r.fset, e)][0];
    const from = e.lines.findIndex((l) => l.kind === 'escape head');
    expect(e.lines[i].text).toBe('moved to heap: x');
    expect(s.m2).toEqual(e.lines.slice(from, from + s.m2.length).map((l) => l.text));
  });
  it('tells a leak of content from a leak, and which result', () => {
    const m = told('var g any\nfunc f(p *int, q **int) *int { g = *q; return p }');
    expect(m.get('leaking param content: q')!.text.en).toMatch(/^What `q` points to outlives the call/);
    expect(m.get('leaking param: p to result ~r0 level=0')!.root).toBe('~r0');
  });
  it('says why a size cannot be on the stack', () => {
    const s = told('func f() int { s := make([]int, 10000); return len(s) }').get('make([]int, 10000) escapes to heap')!;
    expect(s.text.en).toContain('is too large for the stack');
    expect(s.edges).toHaveLength(1);
  });
  it('ends at the closure that outlives a captured variable', () => {
    const s = told('func f() func() int { n := 0; return func() int { n++; return n } }').get('moved to heap: n')!;
    expect(s.text.en).toContain('the memory of `func literal` outlives it');
  });
});
