import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FileSet } from '../../../lib/base/pos.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { checkPackage, sortDiagnostics } from '../../../lib/go/types/check.ts';

// Programs full of mistakes, and what gc says of them (recorded by record.mjs beside them).
const dir = new URL('../../fixtures/go/types/programs/', import.meta.url);
const sources = readFileSync(new URL('programs.txt', dir), 'utf8');
const recorded = (JSON.parse(readFileSync(new URL('recorded.json', dir), 'utf8')) as { programs: Record<string, string[]> }).programs;

for (const part of sources.split(/^-- /m).slice(1)) {
  const [, name, src] = /^(\S+) --\n([\s\S]*)$/.exec(part)!;
  test(`${name}: the same errors at the same places`, () => {
    const fset = new FileSet();
    const parsed = parseFile(fset, fset.add(`${name}.go`, src));
    const ds = [...parsed.diagnostics];
    if (parsed.file && !ds.some((d) => d.text.startsWith('syntax error'))) ds.push(...checkPackage(fset, 'p', [parsed.file], { goVersion: 'go1.26' }).reported);
    const got = sortDiagnostics(fset, ds).map((d) => `${fset.format(d.range.start)}: ${d.text}`);
    expect(got).toEqual(recorded[name]);
  });
}
