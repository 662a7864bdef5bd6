/**
 * Conformance of `gomem check`: small wrong programs, whose errors `go build` printed
 * (tests/fixtures/gobuild/*.txt), printed by us.
 *
 * A case is `== NAME ARGS`, then `-- FILE` with the file's text, and `-- want` with what
 * `go build -o /dev/null ARGS` prints on stderr in a directory of these files (GOPROXY=off;
 * GOROOT's path as $GOROOT, the directory's as $DIR;
 * where it looked for a standard package is left out).
 * Run: npm run conformance -- check [-v] [NAME…]
 *      npm run conformance -- check --record [FILE…]: ask the installed Go again and write the files.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkCommand } from '../../src/cli/check.ts';
import type { CommandIO } from '../../src/cli/io.ts';
import { stdProvider } from '../../src/cli/std.ts';
import { findGoroot } from './goroot.ts';

export interface Case { readonly name: string; readonly args: readonly string[]; readonly files: ReadonlyMap<string, string>; readonly want: string }

const dir = fileURLToPath(new URL('../../tests/fixtures/gobuild/', import.meta.url));

/** The cases of a file's text. */
export function readCases(text: string): Case[] {
  return text.split(/^== /m).slice(1).map((part) => {
    const [head, ...sections] = part.split(/^-- /m), [name, ...args] = head.trim().split(' ');
    const files = new Map(sections.map((s) => [s.slice(0, s.indexOf('\n')), s.slice(s.indexOf('\n') + 1)] as const));
    const want = files.get('want') ?? '';
    files.delete('want');
    return { name, args, files, want };
  });
}
/** All recorded cases, by file name. */
export function allCases(): Map<string, Case[]> {
  return new Map(readdirSync(dir).filter((f) => f.endsWith('.txt')).sort().map((f) => [f, readCases(readFileSync(dir + f, 'utf8'))]));
}

const std = stdProvider();

/** What gomem check prints for a case, and its exit code. */
export async function ours(c: Case): Promise<{ text: string; code: number }> {
  let text = '';
  const print = (s: string | Uint8Array): void => { text += typeof s === 'string' ? s : new TextDecoder().decode(s); };
  const clean = (p: string): string => p.split('/').reduce<string[]>((out, e) => (e === '.' || e === '' ? out : e === '..' && out.length > 0 ? out.slice(0, -1) : [...out, e]), []).join('/');
  const io: Partial<CommandIO> = {
    cwd: '$DIR', stdout: print, stderr: print, env: {}, std,
    readFile: (p) => {
      const t = c.files.get(clean(p));
      if (t === undefined) throw new Error('no such file');
      return new TextEncoder().encode(t);
    },
    readDir: (p) => {
      const d = clean(p), prefix = d === '' ? '' : `${d}/`;
      const names = [...c.files.keys()].filter((f) => f.startsWith(prefix)).map((f) => f.slice(prefix.length).split('/')[0]);
      return names.length > 0 ? [...new Set(names)] : undefined;
    },
  };
  const code = await checkCommand(c.args, io as CommandIO);
  return { text, code };
}

/** What go build prints for it. */
function theirs(c: Case, root: string): string {
  const tmp = mkdtempSync(join(tmpdir(), 'gomem-check-'));
  try {
    for (const [name, text] of c.files) {
      mkdirSync(dirname(join(tmp, name)), { recursive: true });
      writeFileSync(join(tmp, name), text);
    }
    const r = spawnSync('go', ['build', '-o', '/dev/null', ...c.args], { cwd: tmp, encoding: 'utf8', env: { ...process.env, GOPROXY: 'off', GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local' } });
    return r.stderr.replaceAll(tmp, '$DIR').replace(/ \(\S*\/src\/\S*\)$/gm, '').replaceAll(root, '$GOROOT');
  } finally { rmSync(tmp, { recursive: true, force: true }); }
}

function record(only: readonly string[], root: string): void {
  for (const [file, cases] of allCases()) {
    if (only.length > 0 && !only.includes(file)) continue;
    const text = cases.map((c) => {
      const files = [...c.files].map(([name, t]) => `-- ${name}\n${t.endsWith('\n') ? t : `${t}\n`}`).join('');
      return `== ${[c.name, ...c.args].join(' ')}\n${files}-- want\n${theirs(c, root)}`;
    });
    writeFileSync(dir + file, text.join(''));
    console.log(`${file}: ${cases.length} cases recorded`);
  }
}

export async function run(args: readonly string[] = process.argv.slice(3)): Promise<boolean> {
  const only = args.filter((a) => !a.startsWith('-'));
  if (args.includes('--record')) {
    const root = findGoroot();
    if (root) record(only, root); else console.log('check: no Go installation found');
    return root !== undefined && root !== null;
  }
  let bad = 0, total = 0;
  for (const [file, cases] of allCases()) {
    let ok = 0, done = 0;
    for (const c of cases) {
      if (only.length > 0 && !only.some((o) => c.name.includes(o) || file === o)) continue;
      done++;
      const got = await ours(c).catch((e: unknown) => ({ text: `exception: ${(e as Error).stack ?? String(e)}`, code: 3 }));
      if (got.text === c.want && (got.code === 0) === (c.want === '')) { ok++; continue; }
      if (!args.includes('-v') && only.length === 0) continue;
      const g = got.text.split('\n'), w = c.want.split('\n');
      console.log(`${file} ${c.name}:`);
      for (const l of w) if (!g.includes(l)) console.log(`  go:   ${l}`);
      for (const l of g) if (!w.includes(l)) console.log(`  ours: ${l}`);
      if ([...g].sort().join('\n') === [...w].sort().join('\n')) console.log('  another order');
    }
    if (done > 0) console.log(`${file}: ${ok}/${done}`);
    bad += done - ok;
    total += done;
  }
  console.log(`check: ${total - bad}/${total} programs as go build`);
  return bad === 0;
}
