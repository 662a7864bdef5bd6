/**
 * Records what the compiler says of the cases in tests/fixtures/syntax/errors.txt
 * (written there after each `---`): go tool compile -p p -o x.o x.go (of /dev/null, root would be rid).
 *
 * Run: npx tsx scripts/conformance/record_syntax.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCases, writeCases } from '../../tests/go/syntax/cases.ts';

const path = fileURLToPath(new URL('../../tests/fixtures/syntax/errors.txt', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'record-syntax-'));
const version = spawnSync('go', ['version'], { encoding: 'utf8' }).stdout.split(' ')[2];
const cases = readCases(readFileSync(path, 'utf8'));
for (const c of cases) {
  writeFileSync(join(dir, 'x.go'), c.source);
  const r = spawnSync('go', ['tool', 'compile', '-p', 'p', '-o', 'x.o', 'x.go'], { cwd: dir, encoding: 'utf8' });
  c.want = r.stdout.trimEnd();
}
rmSync(dir, { recursive: true });
writeFileSync(path, writeCases(cases, `Expected: go tool compile -p p -o x.o x.go, ${version}. Recorded by scripts/conformance/record_syntax.ts.`));
