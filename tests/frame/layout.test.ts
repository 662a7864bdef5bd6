/** Small edits between two layouts of a text, and carets that stay at their token. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { format } from '../../lib/go/format/format.ts';
import { layoutEdits, layoutOnly, sameToken } from '../../src/frame/doc/layout.ts';

const apply = (a: string, edits: ReturnType<typeof layoutEdits>): string => {
  let out = '', at = 0;
  for (const e of edits) {
    expect(e.from).toBeGreaterThanOrEqual(at);
    out += a.slice(at, e.from) + e.insert;
    at = e.to;
  }
  return out + a.slice(at);
};

test('edits make the other text, whatever the two are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\t', ',', ';', '(', ')', '{') });
  fc.assert(fc.property(text, text, (a, b) => { expect(apply(a, layoutEdits(a, b))).toBe(b); }));
});

const ugly = 'package main\nfunc  main(){\nx:=[]int{1,\n2}\nprintln( x[0]+1 )  // c\n}\n', nice = format(ugly).text!;

test('white space and commas alone are edited', () => {
  expect(layoutOnly(ugly, nice)).toBe(true);
  const edits = layoutEdits(ugly, nice);
  expect(apply(ugly, edits)).toBe(nice);
  expect(edits.every((e) => /^[\s,;()]*$/.test(ugly.slice(e.from, e.to) + e.insert))).toBe(true);
});

test('the caret stays at its token', () => {
  for (const token of ['main()', 'func', 'x[0]', '1,', '2', 'println', '// c']) {
    const at = ugly.indexOf(token.replace('main()', 'main('));
    expect(nice.slice(sameToken(ugly, nice, at)).startsWith(token.replace('main()', 'main('))).toBe(true);
  }
  // After a token it stays after it.
  expect(nice.slice(0, sameToken(ugly, nice, ugly.indexOf('x:=') + 1))).toMatch(/\tx$/);
  expect(sameToken(ugly, nice, 0)).toBe(0);
  expect(sameToken(ugly, nice, ugly.length)).toBe(nice.length);
});
