import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileSet } from '../../../lib/base/pos.ts';
import type { Node } from '../../../lib/go/syntax/ast.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { exprString } from '../../../lib/go/syntax/printer.ts';
import { report } from '../../../lib/go/syntax/report.ts';
import { children, endPos, startPos } from '../../../lib/go/syntax/walk.ts';
import { mutate } from '../../../scripts/conformance/syntax.ts';
import { Random } from '../../../lib/base/random.ts';

const sample = readFileSync(new URL('../../fixtures/syntax/sample.go', import.meta.url));

/** Parses anything and checks what holds of every result. */
function check(text: Uint8Array | string): void {
  const fset = new FileSet(), f = fset.add('x.go', text);
  const { file, diagnostics } = parseFile(fset, f, { comments: true });
  for (const d of diagnostics) {
    expect(d.text).not.toBe('');
    expect(d.range.start).toBeGreaterThanOrEqual(f.base);
    expect(d.range.start).toBeLessThanOrEqual(f.base + f.size);
    expect(d.range.end).toBeGreaterThanOrEqual(d.range.start);
  }
  report(fset, diagnostics);
  if (!file) {
    expect(diagnostics.length).toBeGreaterThan(0);
    return;
  }
  let height = 0;
  const walk = (n: Node, depth: number): void => {
    height = Math.max(height, depth);
    if (!(n.pos >= f.base && n.pos <= f.base + f.size && n.end <= f.base + f.size && startPos(n) <= f.base + f.size && endPos(n) <= f.base + f.size + 2)) throw new Error(`${n.kind} out of the file`);
    if (diagnostics.length === 0 && n.end < startPos(n)) throw new Error(`${n.kind} ends before it starts`);
    children(n, (c) => walk(c, depth + 1));
  };
  walk(file, 0);
  expect(height).toBeLessThan(4000);
  for (const d of file.declList) if (d.kind === 'VarDecl' && d.values) exprString(d.values);
}

const words = [
  'package', 'p', ';', '\n', 'func', 'f', '(', ')', '{', '}', '[', ']', ',', '.', '...', ':', ':=', '=', '+', '*', '&', '<-', '~', '|', '++', '1', '"s"', "'c'", '`r`', 'if', 'else', 'for', 'range',
  'switch', 'case', 'default', 'select', 'go', 'defer', 'return', 'break', 'continue', 'goto', 'fallthrough', 'var', 'const', 'type', 'import', 'struct', 'interface', 'map', 'chan', '// c\n', '/* c */', '//go:noinline\n',
];

describe('the parser takes anything', () => {
  it('bytes', () => { fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 1500 }); });
  it('bytes after a package clause', () => { fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (s) => check(`package p\n${s}`)), { numRuns: 1500 }); });
  it('words', () => { fc.assert(fc.property(fc.array(fc.constantFrom(...words), { maxLength: 80 }), (l) => check(`package p; ${l.join(' ')}`)), { numRuns: 2500 }); });
  it('words in a function', () => { fc.assert(fc.property(fc.array(fc.constantFrom(...words), { maxLength: 80 }), (l) => check(`package p; func f() { ${l.join(' ')}`)), { numRuns: 2500 }); });
  it('damaged programs', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const r = new Random(seed);
      check(mutate(sample, (n) => r.below(n)));
    }), { numRuns: 300 });
  });
  it.each([
    ['(', ''], ['[', ''], ['{', ''], ['*', ''], ['<-', ''], ['func() {', ''], ['T{', '}'], ['a[', ']'], ['(', ')'], ['1+', '1'], ['a.', 'b'], ['func(', ')'], ['struct{a ', '}'], ['interface{m() ', '}'],
    ['map[int]', 'int'], ['chan ', 'int'], ['[]', 'int'], ['f(', ')'], ['if x {} else ', ''], ['{', '}'], ['L: ', ''], ['switch x { case 1: ', ''], ['for {', ''], ['(a+b.c+', ')'], ['-', ''], ['f()()', ''],
  ])('deep nesting of %j', (open, close) => {
    for (const head of ['package p; var x = ', 'package p; func f() { ', 'package p; type T ', 'package p; type T[P ']) {
      const n = 20000;
      check(head + open.repeat(n) + close.repeat(n));
      check(head + (open + close).repeat(n));
    }
  });
});
