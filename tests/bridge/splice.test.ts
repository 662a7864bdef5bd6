import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spliceOf, spliced } from '../../src/bridge/splice.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '\ud83d'), maxLength: 40 });

test('a splice makes the second text of the first, and says no more than differs', () => {
  fc.assert(fc.property(text, text, text, text, (head, a, b, tail) => {
    const from = head + a + tail, to = head + b + tail, s = spliceOf(from, to);
    expect(spliced(from, s, 1000)).toBe(to);
    expect(s.put.length).toBeLessThanOrEqual(b.length);
    expect(s.drop).toBeLessThanOrEqual(a.length);
  }), { numRuns: 2000 });
  expect(spliceOf('aaaa', 'aaa')).toEqual({ at: 3, drop: 1, put: '', size: 4 });
  expect(spliceOf('same', 'same')).toEqual({ at: 4, drop: 0, put: '', size: 4 });
});
test('what does not fit a text is refused', () => {
  const ok = { at: 1, drop: 2, put: 'xy', size: 4 };
  expect(spliced('abcd', ok, 4)).toBe('axyd');
  for (const bad of [{ ...ok, size: 5 }, { ...ok, at: -1 }, { ...ok, drop: -1 }, { ...ok, at: 3 }, { ...ok, put: 'xyz' }]) expect(spliced('abcd', bad, 4)).toBeNull();
});
