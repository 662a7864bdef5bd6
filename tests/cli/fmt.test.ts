/** gomem fmt: files, directories and standard input; lists, differences and writing. Commands run in this process, on files in memory. */
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { CommandIO } from '../../src/cli/io.ts';
import { unifiedDiff } from '../../src/cli/diff.ts';

async function gomem(argv: string[], files: Record<string, string> = {}, stdin = ''): Promise<{ code: number; out: string; err: string; files: Record<string, string> }> {
  let out = '', err = '', rest = new TextEncoder().encode(stdin);
  const written: Record<string, string> = {}, text = (b: string | Uint8Array): string => (typeof b === 'string' ? b : new TextDecoder().decode(b));
  const io: CommandIO = {
    env: {},
    stdout: (b) => { out += text(b); }, stderr: (b) => { err += text(b); },
    stdin: (n) => { const b = rest.subarray(0, n); rest = rest.subarray(n); return b; },
    readFile: (p) => {
      if (!Object.hasOwn(files, p)) throw new Error('ENOENT');
      return new TextEncoder().encode(files[p]);
    },
    writeFile: (p, b) => { written[p] = text(b); },
    readDir: (p) => {
      const names = new Set(Object.keys(files).filter((f) => p === '.' || f.startsWith(`${p}/`)).map((f) => (p === '.' ? f : f.slice(p.length + 1)).split('/')[0]!));
      return names.size > 0 ? [...names] : undefined;
    },
    std: () => undefined,
  };
  const code = await main(['fmt', ...argv], io);
  return { code, out, err, files: written };
}

const ugly = 'package a\nfunc  f() {\n}\n', nice = 'package a\n\nfunc f() {\n}\n';

test('prints the result', async () => { expect(await gomem(['a.go'], { 'a.go': ugly })).toEqual({ code: 0, out: nice, err: '', files: {} }); });
test('standard input, also parts of files', async () => {
  expect((await gomem([], {}, ugly)).out).toBe(nice);
  expect((await gomem([], {}, 'x:=1\n')).out).toBe('x := 1\n');
});
test('-l lists, -w writes, and only what changes; directories are walked', async () => {
  const files = { 'd/a.go': ugly, 'd/b.go': nice, 'd/e/c.go': ugly, 'd/.x.go': ugly, 'd/readme.txt': 'x' };
  expect(await gomem(['-l', 'd'], files)).toEqual({ code: 0, out: 'd/a.go\nd/e/c.go\n', err: '', files: {} });
  expect(await gomem(['-w', 'd'], files)).toEqual({ code: 0, out: '', err: '', files: { 'd/a.go': nice, 'd/e/c.go': nice } });
});
test('-d prints differences and ends with 1', async () => {
  expect(await gomem(['-d', 'a.go'], { 'a.go': ugly })).toEqual({
    code: 1, err: '', files: {},
    out: 'diff a.go.orig a.go\n--- a.go.orig\n+++ a.go\n@@ -1,3 +1,4 @@\n package a\n-func  f() {\n+\n+func f() {\n }\n',
  });
  expect((await gomem(['-d', 'a.go'], { 'a.go': nice })).code).toBe(0);
});
test('syntax errors: located, exit code 2, nothing written, other files done', async () => {
  const r = await gomem(['-w', 'bad.go', 'a.go'], { 'bad.go': 'package p\n\nfunc f( {\n', 'a.go': ugly });
  expect(r).toEqual({ code: 2, out: '', err: 'bad.go:3:9: syntax error: unexpected {, expected )\n', files: { 'a.go': nice } });
});
test('wrong usage', async () => {
  expect((await gomem(['-w'])).err).toContain('cannot use -w with standard input');
  expect(await gomem(['none.go'])).toEqual({ code: 2, out: '', err: 'gomem fmt: cannot read none.go\n', files: {} });
  expect((await gomem(['--help'])).out).toContain('usage: gomem fmt');
});
test('differences: far changes are hunks of their own, a missing newline is told', () => {
  const a = Array.from({ length: 30 }, (_, i) => `line ${i}`), b = a.map((l, i) => (i === 3 || i === 25 ? `${l}!` : l));
  const d = unifiedDiff('a', `${a.join('\n')}\n`, 'b', b.join('\n'));
  expect(d.match(/^@@ .*$/gm)).toEqual(['@@ -1,7 +1,7 @@', '@@ -23,8 +23,8 @@']);
  expect(d).toContain('+line 29\n\\ No newline at end of file\n');
});
