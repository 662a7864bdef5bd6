/**
 * lib/std against outputs of real Go: tests/fixtures/std/NAME.go with NAME.out, made by
 * `go run NAME.go > NAME.out` with go1.26.8 linux/amd64 (TZ=UTC).
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { build, runToEnd } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { stdProvider } from '../../src/cli/std.ts';
import { exportedNames } from '../../scripts/conformance/std.ts';
import { stdPackages } from '../../lib/std/order.ts';

const dir = fileURLToPath(new URL('../fixtures/std', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

describe('programs print what they print under real Go', () => {
  for (const file of readdirSync(dir).filter((f) => f.endsWith('.go'))) {
    test(file, { timeout: 60_000 }, () => {
      const name = join(dir, file);
      const built = build([{ name: file, text: new Uint8Array(readFileSync(name)) }], stdProvider(), { goVersion: '1.26' });
      expect(built.diagnostics.filter((d) => d.severity === 'error').map((d) => d.text)).toEqual([]);
      const r = runToEnd(built, defaultKnobs, { args: ['main'] }, 'counts');
      const want = readFileSync(name.replace(/\.go$/, '.out'));
      const got = Buffer.from(r.stdout);
      // Line by line, so that a miss names itself.
      if (!got.equals(want)) expect(got.toString('latin1').split('\n')).toEqual(want.toString('latin1').split('\n'));
      expect(r.exit).toBe(0);
    });
  }
});

test('packages that are complete stay so', () => {
  const complete = ['errors', 'unicode/utf8', 'unicode/utf16', 'sync', 'io', 'fmt', 'strings', 'bytes', 'bufio', 'context', 'slices', 'maps', 'iter', 'log', 'cmp', 'math/bits', 'math/rand',
    'container/list', 'container/heap', 'container/ring', 'unique', 'weak', 'encoding', 'encoding/hex', 'encoding/base64', 'runtime/metrics'];
  for (const path of complete) {
    expect(stdPackages).toContain(path);
    const facts = join(root, 'lib/go/facts/data', `${path.replaceAll('/', '.')}.json`);
    expect(existsSync(facts), path).toBe(true);
    const real = exportedNames([new TextEncoder().encode((JSON.parse(readFileSync(facts, 'utf8')) as { api: string }).api)]);
    const ours = exportedNames(readdirSync(join(root, 'lib/std', path)).filter((f) => f.endsWith('.go')).map((f) => readFileSync(join(root, 'lib/std', path, f))));
    expect([...real].filter((n) => !ours.has(n)), path).toEqual([]);
  }
});
