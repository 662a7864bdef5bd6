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

/** Lines that differ from real Go's, by their first words. A line that has become equal must leave the list. */
const unlike: Readonly<Record<string, readonly string[]>> = {
  'allocs.go': ['json.Marshal struct', 'json.Marshal nested', 'json.Unmarshal struct', 'json.Unmarshal nested', 'json.Unmarshal any', 'Time.String', 'time.NewTimer', 'reflect.Value.Call'],
};

describe('programs print what they print under real Go', () => {
  for (const file of readdirSync(dir).filter((f) => f.endsWith('.go'))) {
    test(file, { timeout: 60_000 }, () => {
      const name = join(dir, file);
      const built = build([{ name: file, text: new Uint8Array(readFileSync(name)) }], stdProvider(), { goVersion: '1.26' });
      expect(built.diagnostics.filter((d) => d.severity === 'error').map((d) => d.text)).toEqual([]);
      const r = runToEnd(built, defaultKnobs, { args: ['main'] }, 'counts');
      // Line by line, so that a miss names itself.
      const lines = (b: Uint8Array): string[] => Buffer.from(b).toString('latin1').split('\n');
      const want = lines(readFileSync(name.replace(/\.go$/, '.out'))), got = lines(r.stdout), skipped = unlike[file] ?? [];
      const of = (list: readonly string[], words: string): string | undefined => list.find((l) => l.startsWith(`${words} `));
      for (const words of skipped) expect(of(got, words), words).not.toBe(of(want, words));
      const compared = (list: readonly string[]): string[] => list.filter((l) => !skipped.some((words) => l.startsWith(`${words} `)));
      expect(compared(got)).toEqual(compared(want));
      if (skipped.length > 0) console.log(`${file}: ${skipped.length} of ${want.length - 1} lines are known to differ: ${skipped.join(', ')}`);
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
