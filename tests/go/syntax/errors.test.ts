import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FileSet } from '../../../lib/base/pos.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { checkDirectives } from '../../../lib/go/syntax/pragma.ts';
import { report } from '../../../lib/go/syntax/report.ts';
import { readCases } from './cases.ts';

const cases = readCases(readFileSync(new URL('../../fixtures/syntax/errors.txt', import.meta.url), 'utf8'));

describe('syntax errors, as the compiler prints them', () => {
  it.each(cases)('$name', ({ source, want }) => {
    const fset = new FileSet(), f = fset.add('x.go', source);
    const { file, diagnostics, linknames } = parseFile(fset, f, { pkgPath: 'p' });
    const all = diagnostics.length > 0 || !file ? diagnostics : checkDirectives([{ file, linknames }], { declared: () => true, lang: '1.26' });
    // Messages of the type checker, which only speaks where the parser was content, are not ours.
    const lines = want.split('\n').filter((l) => l !== '' && !/undefined: |declared and not used|is not used|missing return/.test(l));
    expect(report(fset, all)).toEqual(lines);
  });
});
