/** Costs, reasons and inlined calls against what real Go said of tests/fixtures/escape/own/inline.go (tests/go/escape/record.ts records it). */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildProgram, type ProgramOptions } from '../../../lib/go/program.ts';
import { escapeText } from '../../../lib/go/escape/text.ts';

const dir = fileURLToPath(new URL('../../fixtures/escape/own/', import.meta.url));
function lines(text: string, o: Partial<ProgramOptions> = {}, file = './inline.go'): string[] {
  const r = buildProgram([{ name: file, text }], () => undefined, { goVersion: '1.26', ...o });
  expect(r.diagnostics).toEqual([]);
  return escapeText(r.fset, r.main!.escape!, new Set([file])).split('\n').filter((l) => l.startsWith('./'));
}
/** How many words a dictionary has is simplified. */
const plain = (l: string): string => l.replace(/func\(\*\[\d+\]uintptr/, 'func(*[n]uintptr');
const source = readFileSync(`${dir}inline.go`, 'utf8');
const recorded = (suffix: string): string[] => readFileSync(`${dir}inline.${suffix}.txt`, 'utf8').split('\n').filter((l) => l.startsWith('./')).map(plain);

describe('inline.go', () => {
  const got = lines(source, { level: 2 }).map(plain);
  const want = recorded('m2');
  const of = (l: readonly string[], re: RegExp): string[] => l.filter((x) => re.test(x));
  it('costs what gc says, and prints the body', () => { expect(of(got, /: can inline /)).toEqual(of(want, /: can inline /)); });
  it('cannot be inlined for gc’s reasons', () => {
    expect(of(got, /: cannot inline /)).toEqual(of(want, /: cannot inline /));
    const reasons = of(got, /: cannot inline /).join('\n');
    for (const r of ['marked go:noinline', 'call to recover', 'unhandled op DEFER', 'unhandled op GO', 'function too complex: cost 82 exceeds budget 80', 'repeated recursive cycle']) expect(reasons).toContain(r);
  });
  it('is inlined at the calls where gc inlines it', () => { expect(of(got, /inlining call|devirtualiz/)).toEqual(of(want, /inlining call|devirtualiz/)); });
  it('is judged byte for byte with -m, -m -l and -m=2', () => {
    expect(lines(source)).toEqual(recorded('m'));
    expect(lines(source, { noInline: true })).toEqual(recorded('ml'));
    expect(got).toEqual(want);
  });
});

/** A function of more than 5,000 nodes that calls a cheap function (cost 20) and a dearer one. */
function big(n: number): string {
  const body = Array.from({ length: n }, (_, i) => `\tx += ${i} * y`).join('\n');
  return `package main\n\nfunc small(x int) int  { return x*x + x*x + x*x + x*x + x*x }\nfunc medium(x int) int { return x*x + x*x + x*x + x*x + x*x + x*x }\n\nfunc huge(x, y int) int {\n\tx += small(x) + medium(x)\n${body}\n\treturn x\n}\n\nfunc main() { println(huge(1, 2)) }\n`;
}

describe('a function of more than 5,000 nodes', () => {
  const calls = (text: string): string[] => lines(text, { level: 2 }, './big.go').filter((l) => /inlining call|considered/.test(l)).map((l) => l.replace(/^\S+ /, ''));
  it('takes in only what costs at most 20', () => {
    expect(calls(big(900))).toEqual(['inlining call to small', 'inlining call to medium']);
    expect(calls(big(1200))).toEqual(["function huge considered 'big'; reducing max cost of inlinees", 'inlining call to small']);
  });
  const go = spawnSync('go', ['version']).status === 0 && /go1\.26/.test(execFileSync('go', ['version']).toString());
  it.skipIf(!go)('does so in real Go', () => {
    const tmp = mkdtempSync(join(tmpdir(), 'gomem-big-'));
    try {
      for (const n of [900, 1200]) {
        writeFileSync(join(tmp, 'big.go'), big(n));
        const r = spawnSync('go', ['build', '-gcflags=-m=2', '-o', join(tmp, 'x'), './big.go'], { cwd: tmp, encoding: 'utf8', maxBuffer: 1 << 28 });
        expect(r.stderr.split('\n').filter((l) => l.startsWith('./') && /inlining call|considered/.test(l)).map((l) => l.replace(/^\S+ /, ''))).toEqual(calls(big(n)));
      }
    } finally { rmSync(tmp, { recursive: true, force: true }); }
  });
});

describe('one construct at a time', () => {
  const cost = (decl: string, o: Partial<ProgramOptions> = {}): string => lines(`package main\n${decl}\nfunc main() {}\n`, { level: 2, ...o }, './a.go').map((l) => /can(?:not)? inline f(?: with cost (\d+)|: (.*))/.exec(l)).filter((m) => m !== null).map((m) => m[1] ?? m[2])[0];
  it.each([
    ['func f(x int) int { return x }', '2'], ['func f(x int) int { return x + 1 }', '4'], ['func f() {}', '0'],
    ['//go:noinline\nfunc g(x int) int { return x }\nfunc f(x int) int { return g(x) }', '61'],
    ['type t struct{ a, b int }\nfunc f(p *t) *int { return &p.a }', '2'], ['type t struct{ a, b int }\nfunc f(p *t) *int { return &p.b }', '4'],
    ['func f(g func()) { g() }', '19'], ['func f() { panic("x") }', '3'], ['func f(x int) func() int { return func() int { return x } }', '17'],
    ['func f() { recover() }', 'call to recover'], ['func f() { defer f() }', 'unhandled op DEFER'], ['//go:noinline\nfunc f() {}', 'marked go:noinline'],
  ])('%s → %s', (decl, want) => { expect(cost(decl)).toBe(want); });
  it('calls of a parameter cost 17 from 1.24 on, 57 before', () => {
    expect(cost('func f(g func()) { g() }', { goVersion: '1.23' })).toBe('59');
  });
  it('slicing all of a slice is free from 1.26 on', () => {
    expect(cost('func f(s []int) []int { return s[0:len(s)] }')).toBe('3');
    expect(cost('func f(s []int) []int { return s[0:len(s)] }', { goVersion: '1.25' })).toBe('6');
  });
});
