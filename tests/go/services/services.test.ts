/** Completion, hover, definition, references, rename and call help, on programs as they look while being typed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Base } from '../../../lib/go/program.ts';
import type { ServiceContext } from '../../../lib/go/services/analysis.ts';
import { complete } from '../../../lib/go/services/complete.ts';
import { definition, hover, references, rename } from '../../../lib/go/services/navigate.ts';
import { signatureHelp } from '../../../lib/go/services/signature.ts';
import { toBytes, toUtf16 } from '../../../lib/go/services/text.ts';
import { stdPackages } from '../../../lib/std/order.ts';
import { stdProvider } from '../../../src/cli/std.ts';

const ctx: ServiceContext = { provide: stdProvider(), base: new Base('1.26', () => 1 << 20), goVersion: '1.26', stdPaths: stdPackages };
/** A program with ‸ at the caret. */
function at(text: string): { files: { name: string; text: string }[]; offset: number } {
  const i = text.indexOf('‸'), clean = text.slice(0, i) + text.slice(i + 1);
  return { files: [{ name: 'main.go', text: clean }], offset: toBytes(clean, i) };
}
const labels = (text: string): string[] => { const { files, offset } = at(text); return complete(files, 'main.go', offset, ctx)?.items.map((i) => i.label) ?? []; };
const item = (text: string, label: string) => { const { files, offset } = at(text); return complete(files, 'main.go', offset, ctx)?.items.find((i) => i.label === label); };
const main = (body: string, decls = ''): string => `package main\n\nimport "fmt"\n\n${decls}\nfunc main() {\n\tfmt.Println()\n${body}\n}\n`;

describe('completion', () => {
  it('offers what a package exports, with signature and documentation', () => {
    expect(labels(main('\tfmt.‸'))).toContain('Sprintf');
    expect(labels(main('\tfmt.Pr‸'))).not.toContain('main');
    expect(item(main('\tfmt.‸'), 'Sprintf')).toMatchObject({ kind: 'function', detail: 'func(format string, a ...any) string' });
    expect(item(main('\tfmt.‸'), 'Sprintf')!.doc).not.toBe('');
  });
  it('offers fields and methods, embedded ones too, own first', () => {
    const decls = 'type inner struct{ deep int }\nfunc (inner) In() {}\ntype outer struct { inner; top string }\nfunc (*outer) Ptr() {}\n';
    expect(labels(main('\tvar o outer\n\to.‸', decls))).toEqual(['inner', 'top', 'Ptr', 'deep', 'In']);
    expect(labels(main('\touter{}.‸', decls))).not.toContain('Ptr');
    expect(labels(main('\tfor _, o := range []outer{} { o.t‸ }', decls))).toContain('top');
  });
  it('completes in unfinished lines', () => {
    expect(labels(main('\tx := []string{}\n\tfmt.Println(len(x), fmt.‸'))).toContain('Sprint');
    expect(labels(main('\tvar b fmt.Stringer\n\tif b.‸'))).toEqual(['String']);
    expect(labels(main('\tvar e error\n\tfor _, r := range e.‸'))).toEqual(['Error']);
    expect(labels(main('\tvar e error\n\tswitch e.Error() {\n\tcase e.‸\n\t}'))).toEqual(['Error']);
  });
  it('offers what is in scope, locals first, and not what is declared later', () => {
    const got = labels(main('\tearly := 1\n\te‸\n\tlater := 2\n\t_, _ = early, later'));
    expect(got).toContain('early');
    expect(got).not.toContain('later');
    expect(got).toEqual(expect.arrayContaining(['main', 'fmt', 'append', 'string', 'for']));
    expect(item(main('\tearly := 1\n\te‸'), 'early')!.rank).toBeGreaterThan(item(main('\te‸'), 'main')!.rank);
  });
  it('ranks what fits the type wanted first', () => {
    const decls = 'func take(s string) {}\n';
    expect(item(main('\tn, s := 1, ""\n\ttake(‸)', decls), 's')!.rank).toBe(3);
    expect(item(main('\tn, s := 1, ""\n\ttake(‸)', decls), 'n')!.rank).toBe(2);
  });
  it('offers the fields of a struct literal that are not there yet', () => {
    const decls = 'type point struct{ x, y, z int }\n';
    const got = labels(main('\t_ = point{x: 1, ‸}', decls));
    expect(got.slice(0, 2)).toEqual(['y', 'z']);
    expect(got).not.toContain('x');
  });
  it('imports a package that is missing', () => {
    const got = item(main('\tstrings.‸'), 'Repeat')!;
    expect(got.also).toEqual({ start: 26, end: 26, newText: '\nimport "strings"' });
    expect(item('package main\n\nimport (\n\t"fmt"\n\t"time"\n)\n\nfunc main() { fmt.Println(time.Now()); stri‸ }\n', 'strings')!.also).toEqual({ start: 29, end: 29, newText: '\n\t"strings"' });
    expect(labels('package main\n\nimport "str‸"\n')).toEqual(expect.arrayContaining(['strings', 'strconv', 'encoding/json']));
  });
  it('is silent in comments, strings, numbers and declared names', () => {
    for (const text of ['\t// f‸', '\t_ = "f‸"', '\t_ = 12‸', '\tvar f‸ int']) expect(labels(main(text)), text).toEqual([]);
  });
});

describe('hover', () => {
  const show = (text: string) => { const { files, offset } = at(text); return hover(files, 'main.go', offset, ctx); };
  it('tells declaration, documentation and memory', () => {
    expect(show(main('\tp := poi‸nt{}\n\t_ = p', '// point is a place.\ntype point struct {\n\tname string\n\tok bool\n\tnext *point\n}\n'))).toMatchObject({
      code: 'type point struct {\n\tname string\n\tok   bool\n\tnext *point\n}', doc: 'point is a place.',
      layout: { size: 32, align: 8, ptrdata: 32, fields: [{ name: 'name', offset: 0, size: 16 }, { name: 'ok', offset: 16, size: 1 }, { name: 'next', offset: 24, size: 8 }] },
    });
    expect(show(main('\tfmt.Print‸ln()'))).toMatchObject({ code: 'func fmt.Println(a ...any) (n int, err error)', from: 'fmt', layout: null });
    expect(show(main('\tconst k‸ = 1 << 10'))).toMatchObject({ code: 'const k untyped int = 1024' });
    expect(show('package main\n\nimport "st‸rings"\n')!.doc).toContain('strings');
  });
  it('tells the instance of a generic function', () => {
    expect(show(main('\tpi‸ck(1)', 'func pick[T any](v T) T { return v }\n'))!.code).toBe('func pick[T any](v T) T\nfunc(v int) int');
  });
  it('has nothing for blank places', () => { expect(show(main('  ‸  '))).toBeNull(); });
});

describe('definition and references', () => {
  it('leads to the declaration, also in std', () => {
    const { files, offset } = at(main('\tx := 1\n\tfmt.Println(x‸)'));
    const d = definition(files, 'main.go', offset, ctx)!;
    expect(files[0].text.slice(d.span.start - 2, d.span.end + 5)).toBe('\n\tx := 1');
    const std = at(main('\tfmt.Print‸ln()'));
    expect(definition(std.files, 'main.go', std.offset, ctx)).toMatchObject({ span: { file: expect.stringContaining('fmt/') as string }, peek: expect.stringContaining('func Println(') as string });
  });
  it('finds shadowed names apart and clauses of a type switch together', () => {
    const shadow = at(main('\tx‸ := 1\n\t{ x := 2; _ = x }\n\t_ = x'));
    expect(references(shadow.files, 'main.go', shadow.offset, ctx)).toHaveLength(2);
    const sw = at(main('\tvar a any\n\tswitch v‸ := a.(type) {\n\tcase int: _ = v\n\tcase string: _ = v + ""\n\t}'));
    expect(references(sw.files, 'main.go', sw.offset, ctx)).toHaveLength(3);
  });
});

describe('rename', () => {
  const ren = (text: string, to: string) => { const { files, offset } = at(text); const r = rename(files, 'main.go', offset, to, ctx); if (r.kind !== 'edits') return r; let out = files[0].text; for (const e of [...r.edits].reverse()) out = out.slice(0, e.start) + e.newText + out.slice(e.end); return out; };
  it('renames fields, methods and instances everywhere', () => {
    const decls = 'type box[T any] struct{ val‸ T }\nfunc (b box[T]) get() T { return b.val }\n';
    expect(ren(main('\tb := box[int]{val: 1}\n\t_ = b.val + b.get()', decls), 'item')).toBe(main('\tb := box[int]{item: 1}\n\t_ = b.item + b.get()', decls.replace('‸', '').replaceAll('val', 'item')));
  });
  it('refuses what would not compile or mean something else', () => {
    expect(ren(main('\ta‸ := 1\n\tb := 2\n\t_, _ = a, b'), 'b')).toMatchObject({ kind: 'refused', why: 'conflict' });
    expect(ren(main('\ta := 1\n\t{ b := 2; _ = a‸; _ = b }'), 'b')).toMatchObject({ kind: 'refused', why: 'conflict' });
    expect(ren(main('\ta‸ := 1\n\t_ = a'), 'func')).toMatchObject({ why: 'badName' });
    expect(ren(main('\tfmt.Print‸ln()'), 'Say')).toMatchObject({ why: 'notYours' });
    expect(ren(main('\t_ = 1 ‸'), 'x')).toMatchObject({ why: 'notAName' });
  });
});

describe('call help', () => {
  it('shows the signature and the argument being written', () => {
    const { files, offset } = at(main('\tf(1, ‸)', '// f adds.\nfunc f(a int, rest ...string) error { return nil }\n'));
    expect(signatureHelp(files, 'main.go', offset, ctx)).toEqual({ name: 'f', params: ['a int', 'rest ...string'], results: 'error', active: 1, doc: 'f adds.' });
    const out = at(main('\tf‸(1)'));
    expect(signatureHelp(out.files, 'main.go', out.offset, ctx)).toBeNull();
  });
});

describe('any text', () => {
  it('never throws and ends', () => {
    const seed = main('\ttype t struct{ a, b int }\n\tfor i, v := range []t{{1, 2}} { switch x := any(v).(type) { case t: fmt.Println(i, x.a, func() int { return x.b }()) } }');
    fc.assert(fc.property(fc.nat(seed.length), fc.nat(12), fc.string({ maxLength: 4 }), fc.nat(seed.length), (cut, len, put, caret) => {
      const text = seed.slice(0, cut) + put + seed.slice(cut + len), files = [{ name: 'main.go', text }], offset = toBytes(text, caret);
      complete(files, 'main.go', offset, ctx);
      hover(files, 'main.go', offset, ctx);
      definition(files, 'main.go', offset, ctx);
      signatureHelp(files, 'main.go', offset, ctx);
      rename(files, 'main.go', offset, 'zz', ctx);
    }), { numRuns: 150, seed: 7 });
  });
  it('converts offsets', () => {
    const text = 'aé→😀b';
    for (const i of [0, 1, 2, 3, 5, 6]) expect(toUtf16(text, toBytes(text, i))).toBe(i);
  });
});
