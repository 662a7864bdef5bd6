/** The formatter against recorded answers of gofmt, and what must hold for any text. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../lib/base/random.ts';
import { difference } from '../../../lib/go/format/check.ts';
import { constraintText } from '../../../lib/go/format/constraints.ts';
import { layoutDoc } from '../../../lib/go/format/doc.ts';
import { format } from '../../../lib/go/format/format.ts';
import { mangle } from '../../../scripts/conformance/mangle.ts';

const dir = fileURLToPath(new URL('../../fixtures/format/', import.meta.url));
const names = readdirSync(dir).filter((f) => f.endsWith('.input')).map((f) => f.replace('.input', ''));
const read = (name: string): string => readFileSync(dir + name, 'utf8');
const bytes = (s: string): Uint8Array => new TextEncoder().encode(s);

describe('recorded answers of gofmt', () => {
  test.each(names)('%s', (name) => {
    expect(format(read(`${name}.input`))).toEqual({ text: read(`${name}.golden`) });
  });
  test.each(names)('%s: laid out once is laid out', (name) => {
    expect(format(read(`${name}.golden`))).toEqual({ text: read(`${name}.golden`) });
  });
});

describe('simplifying', () => {
  const input = read('simplify.s-input'), golden = read('simplify.s-golden');
  test('does what gofmt -s does, once', () => {
    expect(format(input, { simplify: true })).toEqual({ text: golden });
    expect(format(golden, { simplify: true })).toEqual({ text: golden });
    expect(format(input)).not.toEqual({ text: golden });
  });
  test('works on statements and declarations too', () => {
    expect(format('for x, _ := range s[0:len(s)] {\n}\n', { fragment: true, simplify: true })).toEqual({ text: 'for x := range s[0:] {\n}\n' });
    expect(format('var x = []T{T{}}\n', { fragment: true, simplify: true })).toEqual({ text: 'var x = []T{{}}\n' });
  });
});

describe('any white space', () => {
  test.each(names)('%s', (name) => {
    const golden = read(`${name}.golden`);
    fc.assert(fc.property(fc.nat(1_000_000), (seed) => {
      const r = format(mangle(golden, new Random(seed)));
      expect(r.text !== undefined && r.note).toBeUndefined();
      expect(format(r.text!)).toEqual({ text: r.text });
      expect(difference(bytes(golden), bytes(r.text!))).toBeNull();
    }), { numRuns: 40 });
  });
});

test('any text: an answer, never an exception', () => {
  const golden = names.map((n) => read(`${n}.golden`));
  fc.assert(fc.property(fc.constantFrom(...golden), fc.nat(4000), fc.nat(60), fc.string({ maxLength: 6 }), (text, at, n, put) => {
    const r = format(text.slice(0, at) + put + text.slice(at + n));
    if (r.text === undefined) expect(r.diagnostics.length).toBeGreaterThan(0);
    else expect(r.note).toBeUndefined();
  }), { numRuns: 300 });
});

test('what must not change is compared', () => {
  expect(difference(bytes('package p\nvar x = 1'), bytes('package p\nvar x = 2'))).toBe('token changed: 1 to 2');
  expect(difference(bytes('package p // a b'), bytes('package p // a'))).toBe('comment changed: b to none');
  expect(difference(bytes('package p\nvar x = f(1,\n2,\n)'), bytes('package p;var x=(f((1),2))'))).toBeNull();
  expect(difference(bytes('package p\nvar x = []int{1, 2}'), bytes('package p\nvar x = []int{1 2}'))).not.toBeNull();
});

test('syntax errors are located and nothing is formatted', () => {
  const r = format('package p\n\nfunc f( {\n', { name: 'a.go' });
  expect(r.text).toBeUndefined();
  expect(r.diagnostics!.map((d) => `${r.fset!.format(d.range.start)}: ${d.text}`)[0]).toBe('a.go:3:9: syntax error: unexpected {, expected )');
});

describe('parts of files', () => {
  test('statements keep the blanks around them and the indentation of the first', () => {
    expect(format('\n\n  x:=1\n  y  :=2\n\n', { fragment: true })).toEqual({ text: '\n\n\tx := 1\n\ty := 2\n\n' });
    expect(format('x:=a+b*2', { fragment: true })).toEqual({ text: 'x := a + b*2' });
  });
  test('declarations', () => { expect(format('func f( ){}\nvar x=1\n', { fragment: true })).toEqual({ text: 'func f() {}\n\nvar x = 1\n' }); });
  test('blanks alone stay', () => { expect(format(' \n\t\n', { fragment: true })).toEqual({ text: ' \n\t\n' }); });
  test('errors have the lines of the part', () => {
    const r = format('x := 1\ny := := 2\n', { fragment: true });
    expect(r.fset!.position(r.diagnostics![0].range.start).line).toBe(2);
  });
});

test('text of doc comments', () => {
  expect(layoutDoc('Title\n\n* a\n  b\n* c\ntext\n')).toEqual(['Title', '', '  - a', '    b', '  - c', '', 'text']);
  expect(layoutDoc('One ``two\'\'.\n\nA heading\n\nThree\n\n  code\n   more\n')).toEqual(['One “two”.', '', '# A heading', '', 'Three', '', '\tcode', '\t more']);
});

test('build constraints', () => {
  expect(constraintText('a&&!(b||c)||d')).toBe('(a && !(b || c)) || d');
  expect(constraintText('linux')).toBe('linux');
  expect(constraintText('a &&')).toBeNull();
  expect(format('// c\npackage p\n//go:build a||b\n')).toEqual({ text: '//go:build a || b\n\n// c\npackage p\n' });
});
