/** What gomem check prints is what go build printed: fixtures/gobuild/errors.txt, recorded with go1.26 (`go build ARGS`, stderr, GOPROXY=off). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkCommand } from '../../src/cli/check.ts';
import { stdProvider } from '../../src/cli/std.ts';
import type { CommandIO } from '../../src/cli/io.ts';

const text = readFileSync(new URL('../fixtures/gobuild/errors.txt', import.meta.url), 'utf8');
for (const part of text.split(/^== /m).slice(1)) {
  const [head, ...sections] = part.split(/^-- /m), [name, ...args] = head.trim().split(' ');
  const files = new Map(sections.map((s) => [s.slice(0, s.indexOf('\n')), s.slice(s.indexOf('\n') + 1)] as const));
  const want = files.get('want');
  files.delete('want');
  test(`${name}: ${want?.split('\n')[1] || want || 'no error'}`, async () => {
    let out = '';
    const print = (s: string | Uint8Array): void => { out += typeof s === 'string' ? s : new TextDecoder().decode(s); };
    const clean = (p: string): string => p.replace(/^\.\//, '').replace(/\/$/, '');
    const io: Partial<CommandIO> = {
      stdout: print, stderr: print, env: {}, std: stdProvider(),
      readFile: (p) => new TextEncoder().encode(files.get(clean(p)) ?? ''),
      readDir: (p) => {
        const dir = clean(p), prefix = dir === '.' ? '' : `${dir}/`;
        const names = [...files.keys()].filter((f) => f.startsWith(prefix)).map((f) => f.slice(prefix.length).split('/')[0]);
        return names.length > 0 ? [...new Set(names)] : undefined;
      },
    };
    expect(await checkCommand(args, io as CommandIO)).toBe(want === '' ? 0 : 1);
    expect(out).toBe(want);
  });
}
