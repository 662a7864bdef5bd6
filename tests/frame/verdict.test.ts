/** What the panel of verdicts shows, without a page: the picture of a way, pairs side by side, rows with what the run did, edits. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { build, LabRun } from '../../lib/engine/report.ts';
import { Base, buildProgram } from '../../lib/go/program.ts';
import type { GoVersion } from '../../lib/base/version.ts';
import { fill } from '../../src/i18n/fill.ts';
import { verdictEn, type VerdictKey } from '../../src/i18n/verdict.en.ts';
import { applyBytes } from '../../src/frame/verdict/apply.ts';
import { badgeHeight, columns, picture, type Picture } from '../../src/frame/verdict/picture.ts';
import type { PathStory } from '../../src/frame/verdict/questions.ts';
import { pairs } from '../../src/frame/verdict/sides.ts';
import { rowsOf } from '../../src/frame/verdict/table.ts';
import { answer } from '../../src/frame/worker/questions.ts';
import { checkRows, runRows } from '../../src/frame/worker/rows.ts';
import type { GoCheckResult } from '../../src/frame/kernel/gotypes.ts';
import { std } from '../std.ts';

const say = (key: VerdictKey, ...values: (string | number)[]): string => fill(verdictEn[key], values);
const check = (text: string, noInline = false, goVersion: GoVersion = '1.26'): GoCheckResult => checkRows(buildProgram([{ name: 'main.go', text }], std, { goVersion, level: 1, noInline }), goVersion);
const program = 'package main\n\ntype T struct{ p *int }\n\nfunc leak(q *int) *T {\n\tt := T{p: q}\n\tr := &t\n\treturn r\n}\n\nvar keep *T\n\nfunc main() {\n\tx := 1\n\tkeep = leak(&x)\n\ts := make([]int, 3)\n\tprintln(len(s))\n}\n';
const lines = program.split('\n');
const story = (line: number, col: number, text: string): PathStory => {
  const a = answer({ files: [{ name: 'main.go', text: program }], provide: std, opts: { base: new Base('1.26', () => 1 << 20) }, runs: std, go: '1.26', noInline: true }, { what: 'path', at: { line, col, text } });
  if (a.what !== 'path' || !a.stories[0]) throw new Error('no story');
  return a.stories[0];
};

/** Rows touch each other, badges of a row do not overlap, everything lies within the picture, every link joins badges. */
function sound(p: Picture): void {
  let top = 0;
  for (const r of p.rows) { expect(r.top).toBe(top); top += r.height; }
  expect(p.height).toBe(top);
  for (const [i, b] of p.badges.entries()) {
    expect(b.x + b.width).toBeLessThanOrEqual(p.width);
    const row = p.rows.find((r) => r.line === b.line)!;
    expect([b.top >= row.top, b.top + badgeHeight <= row.top + row.height]).toEqual([true, true]);
    for (const c of p.badges.slice(i + 1)) if (c.line === b.line) expect(b.x + b.width <= c.x || c.x + c.width <= b.x, `${b.label} and ${c.label}`).toBe(true);
  }
  for (const l of p.links) {
    expect(l.d).toMatch(/^M[-\d. ]+[CHq]/);
    expect(l.d).not.toMatch(/NaN|undefined|Infinity/);
    expect(p.badges[l.from]).toBeDefined();
    if (l.to >= 0) expect(p.badges[l.to]).toBeDefined();
  }
}

describe('the picture of a way', () => {
  test('steps stand at their code, in the order of the way, and the last leads out', () => {
    const s = story(6, 2, 'moved to heap: t'), p = picture(s, lines, 8, 40);
    sound(p);
    expect(p.badges.flatMap((b) => b.steps).sort()).toEqual(s.steps.map((_, i) => i + 1));
    const taken = p.badges.find((b) => b.line === 7 && b.label.includes('&'))!;
    // `&t` begins at byte 7 of line 7, behind a tab of four columns.
    expect([taken.at, taken.under]).toEqual([40 + (4 + 5) * 8, 2 * 8]);
    expect(p.badges.find((b) => b.line === 8)!.at).toBe(40 + 4 * 8);
    expect(p.links.at(-1)!.to).toBe(-1);
    expect(p.end).not.toBeNull();
    // The lines around are shown; what is far away is not.
    expect(p.rows.map((r) => r.line)).toEqual([5, 6, 7, 8, 9]);
  });
  test('is sound whatever the steps are', () => {
    const step = fc.record({ line: fc.integer({ min: -1, max: 22 }), col: fc.integer({ min: 1, max: 60 }), derefs: fc.integer({ min: -1, max: 4 }), last: fc.boolean(), code: fc.constantFrom('t', '&t', 'leak(&x)\nmore', ''), text: fc.constant({ en: '', 'zh-CN': '' }), why: fc.constant(''), dst: fc.constant('a'), src: fc.constant('b') });
    fc.assert(fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 0, max: 20 }), (steps, line) => {
      sound(picture({ ...story0, line, col: 2, steps } as PathStory, lines, 7.2, 30));
    }));
  });
  const story0 = story(6, 2, 'moved to heap: t');
  test('columns: tabs go to stops, wide letters take two', () => {
    expect(['', 'ab', '\t', 'a\tb', '汉字', '，', 'é', '😀'].map(columns)).toEqual([0, 2, 4, 5, 4, 2, 1, 1]);
  });
});

describe('side by side', () => {
  test('with and without inlining: the same verdicts face each other, others stand alone', () => {
    const a = check(program), b = check(program, true), all = pairs(a, b, say);
    const left = rowsOf(a, null, say), right = rowsOf(b, null, say);
    // Nothing is lost and nothing is told twice.
    expect(all.flatMap((p) => (p.a ? [p.a.key] : [])).sort()).toEqual(left.map((r) => r.key).sort());
    expect(all.flatMap((p) => (p.b ? [p.b.key] : [])).sort()).toEqual(right.map((r) => r.key).sort());
    for (const p of all) expect(p.differs).toBe(!(p.a && p.b && p.a.v.text === p.b.v.text && p.a.really === p.b.really));
    expect(all.filter((p) => p.a?.v.text === 'can inline leak')).toMatchObject([{ b: null, differs: true }]);
    expect(all.map((p) => p.line)).toEqual(all.map((p) => p.line).toSorted((x, y) => x - y));
    for (const p of pairs(a, a, say)) expect(p.differs).toBe(false);
  });
  test('two versions of Go: one text, another truth', () => {
    const text = 'package main\n\nfunc main() {\n\tn := 4\n\tfor i := 0; i < 3; i++ {\n\t\tn += i\n\t}\n\tb := make([]byte, n)\n\tprintln(len(b))\n}\n';
    const p = pairs(check(text, false, '1.24'), check(text, false, '1.26'), say).find((x) => x.line === 8)!;
    expect([p.a?.v.text, p.b?.v.text, p.differs]).toEqual(['make([]byte, n) escapes to heap', 'make([]byte, n) does not escape', true]);
    expect(p.b?.really).toBe('32-byte buffer, then heap');
  });
});

test('rows: kinds, what happens at run time, and what the run counted', () => {
  const built = build([{ name: 'main.go', text: program }], std, { goVersion: '1.26', level: 1, noInline: true });
  const lab = new LabRun(built, { go: '1.26', gogc: 100, memlimit: Infinity, procs: 2, seed: 1 }, {}, 'counts');
  while (!lab.advance(1000)) { /* to its end */ }
  const run = runRows(built, lab.report(), { text: '', cut: 0 } as never, { text: '', cut: 0 } as never);
  const rows = rowsOf(checkRows(built.result), run.sites, say), of = (line: number, text: string): unknown => { const r = rows.find((x) => x.v.line === line && x.v.text === text)!; return [r.kind, r.really, r.objects, r.bytes]; };
  expect(of(6, 'moved to heap: t')).toEqual(['moved', 'heap: 8 B, class 1 (8 B)', 1, 8]);
  expect(of(14, 'moved to heap: x')).toEqual(['moved', 'heap: 8 B in a tiny block', 1, 16]);
  expect(of(16, 'make([]int, 3) does not escape')).toEqual(['stack', 'stack, 24 B', null, null]);
  expect(of(5, 'leaking param: q')).toEqual(['leak', '', null, null]);
  expect(new Set(rows.map((r) => r.key)).size).toBe(rows.length);
  expect(rowsOf(checkRows(built.result), null, say).every((r) => r.objects === null)).toBe(true);
});

test('edits count bytes, whatever letters stand before them', () => {
  expect(applyBytes('é汉😀 abc', [{ start: 10, end: 11, newText: 'X' }, { start: 0, end: 2, newText: 'e' }])).toBe('e汉😀 Xbc');
  expect(applyBytes('abc', [{ start: 3, end: 3, newText: '!' }, { start: 0, end: 0, newText: '?' }])).toBe('?abc!');
  expect(applyBytes('abc', [])).toBe('abc');
});
