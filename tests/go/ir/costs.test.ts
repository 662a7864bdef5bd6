/**
 * Inline costs of the fixtures' functions against gc's -m=2: costs count nodes,
 * so equal costs over many functions say that the trees have gc's nodes also
 * where gc's dump cannot be compared (dictionaries).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FileSet } from '../../../lib/base/pos.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { checkFiles } from '../../../lib/go/types/check_files.ts';
import { lowerPackage } from '../../../lib/go/ir/lower.ts';
import { analyze } from '../../../lib/go/escape/analyze.ts';
import { costLine } from './gcdump.ts';

const dir = new URL('../../fixtures/ir/', import.meta.url);

for (const file of readdirSync(dir).filter((f) => f.endsWith('.go'))) {
  test(file, () => {
    const want = readFileSync(new URL(file.replace('.go', '.cost'), dir), 'utf8').trimEnd().split('\n').slice(1).sort();
    const fset = new FileSet();
    const parsed = parseFile(fset, fset.add('x.go', readFileSync(new URL(file, dir))));
    const checked = checkFiles('p', fset, [parsed.file!], { goVersion: 'go1.26' });
    const pkg = lowerPackage(fset, checked.pkg, [parsed.file!], checked.info, { goVersion: '1.26' });
    const { lines } = analyze(fset, pkg, { goVersion: '1.26', level: 2 });
    const got = lines.flatMap((l) => costLine(`${fset.format(l.pos)}: ${l.text}`) ?? []).sort();
    expect(got).toEqual(want);
  });
}
