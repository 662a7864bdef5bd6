/** A slice of `npm run torture -- programs`: mutants of the fixtures go through the front end without exception, misplaced diagnostic or delay. */
import { expect, test } from 'vitest';
import { bench, examine, fixtures, mutant } from '../../scripts/torture/programs.ts';

test('mutants of programs', () => {
  const c = fixtures(), b = bench(c), passed = { parsed: 0, typed: 0, judged: 0, compiled: 0 }, bad: string[] = [];
  const n = Number(process.env['GOMEM_MUTANTS'] ?? 2000);
  for (let i = 0; i < n; i++) {
    const why = examine(b, mutant(c, 3, i), i, passed);
    if (why !== '') bad.push(`mutant ${i}: ${why}`);
  }
  expect(bad).toEqual([]);
  // The mutants are worth something: many get past the parser, some past the checker.
  expect(passed.parsed).toBeGreaterThan(n / 4);
  expect(passed.judged).toBeGreaterThan(n / 120);
  expect(passed.compiled).toBeGreaterThan(n / 2000);
}, 600_000);

test('a mutant is a function of its seed and number', () => {
  const c = fixtures();
  expect(mutant(c, 5, 77)).toEqual(mutant(c, 5, 77));
  expect(mutant(c, 5, 77)).not.toEqual(mutant(c, 6, 77));
});
