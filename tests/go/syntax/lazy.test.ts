/** Bodies parsed when they are asked for are the bodies parsed at once. */
import { expect, test } from 'vitest';
import { FileSet } from '../../../lib/base/pos.ts';
import { Base } from '../../../lib/go/program.ts';
import type { File, FuncDecl, Node } from '../../../lib/go/syntax/ast.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { exactRange, inspect } from '../../../lib/go/syntax/walk.ts';
import { stdPackages } from '../../../lib/std/order.ts';
import { std } from '../../std.ts';

const paths = stdPackages.filter((p) => std(p));
const funcs = (f: File): FuncDecl[] => f.declList.filter((d) => d.kind === 'FuncDecl');
/** Kind and range of every node, in order. */
function shape(n: Node): string[] {
  const out: string[] = [];
  inspect(n, (x) => { const r = exactRange(x); out.push(`${x.kind} ${r.start}-${r.end}`); return true; });
  return out;
}
function parse(text: string | Uint8Array, lazyBodies: boolean): { file: File; problems: number } {
  const fset = new FileSet();
  const r = parseFile(fset, fset.add('x.go', text), { lazyBodies });
  return { file: r.file!, problems: r.diagnostics.length };
}

test('lib/std has the same trees both ways, in any order of asking', () => {
  for (const path of paths) for (const { text } of std(path)!) {
    const lazy = parse(text, true), eager = parse(text, false);
    const left = funcs(lazy.file), right = funcs(eager.file);
    expect(left.filter((d) => d.body && !d.lazy)).toEqual([]);
    for (let i = left.length - 1; i >= 0; i -= 2) void left[i].body?.list;
    expect(left.map(shape)).toEqual(right.map(shape));
    expect(left.filter((d) => d.lazy)).toEqual([]);
  }
});

test('braces in strings, runes and comments close nothing', () => {
  const text = 'package p\n\nfunc f() string { s := "}\\"" + `}{` /* } */; _ = \'}\'; _ = \'\\\'\' // }\n\treturn s + string(rune(\'{\')) }\n\nfunc g() { if true { f() } }\n';
  const { file, problems } = parse(text, true);
  expect(problems).toBe(0);
  expect(funcs(file).map((d) => d.lazy !== null)).toEqual([true, true]);
  expect(funcs(file).map(shape)).toEqual(funcs(parse(text, false).file).map(shape));
});

test('a body that does not end is parsed at once, for its error', () => {
  const { file, problems } = parse('package p\n\nfunc f() { if true {\n', true);
  expect(problems).toBeGreaterThan(0);
  expect(funcs(file).map((d) => d.lazy)).toEqual([null]);
});

test('every body of lib/std is correct, asked for last first', () => {
  const base = new Base('1.26', () => 1 << 20);
  for (const path of paths) base.load(path, std);
  for (const p of [...base.packages.values()].reverse()) {
    for (const f of p.files) for (const d of funcs(f).reverse()) expect(d.body === null || d.body.list.length >= 0).toBe(true);
    expect(p.info.initOrder.length).toBeGreaterThanOrEqual(0);
  }
});
