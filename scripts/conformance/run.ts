/**
 * The programs of GOROOT/test that are to be run (`// run`): each must end with exit 0 and
 * print its .out file, or nothing. `npm run conformance -- run [-v] [NAME-PART]` prints how
 * many do, and the reasons of the others with their files.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findGoroot } from './goroot.ts';
import { runInLab } from './lab.ts';

/** Wall time a program may take, ms. */
const limit = 10_000;
const folders = ['.', 'ken', 'chan', 'interface', 'typeparam', 'fixedbugs'];

/** Why a program does not do as it should; undefined if it does. */
function fault(name: string, text: string, want: string): string | undefined {
  try {
    const r = runInLab(name, text, { limit });
    if (r.diagnostic !== undefined) {
      const lacking = /package (\S+) is not in std/.exec(r.diagnostic);
      return lacking ? `not in our std: ${lacking[1]}` : `diagnostic: ${r.diagnostic.replace(/^\S+ /, '').slice(0, 60)}`;
    }
    const out = r.stdout + r.stderr;
    if (r.stopped) return `over ${limit / 1000} s`;
    if (r.exit !== 0) return `exit ${r.exit}: ${out.trim().split('\n').find((l) => /panic|fatal|BUG|FAIL/.test(l))?.slice(0, 80) ?? ''}`;
    return out.trimEnd() === want.trimEnd() ? undefined : 'other output';
  } catch (x) { return `exception: ${String(x).slice(0, 90)}`; }
}

export function run(args: readonly string[] = process.argv.slice(3)): boolean {
  const goroot = findGoroot();
  if (goroot === null) { console.log('run: there is no GOROOT/test here'); return true; }
  const dir = join(goroot, 'test'), verbose = args.includes('-v'), part = args.find((a) => !a.startsWith('-')) ?? '';
  const reasons = new Map<string, string[]>();
  let ok = 0, total = 0;
  for (const folder of folders) {
    if (!existsSync(join(dir, folder))) continue;
    for (const f of readdirSync(join(dir, folder)).filter((n) => n.endsWith('.go')).map((n) => join(folder, n))) {
      const text = readFileSync(join(dir, f), 'utf8'), head = text.split('\npackage ')[0];
      if (!f.includes(part) || !/^\/\/ run\s*$/m.test(head) || /^\/\/go:build/m.test(head)) continue;
      total++;
      const out = join(dir, f.replace(/\.go$/, '.out'));
      const why = fault(basename(f), text, existsSync(out) ? readFileSync(out, 'utf8') : '');
      if (why === undefined) { ok++; continue; }
      if (verbose) console.log(`${f}: ${why}`);
      reasons.set(why, [...(reasons.get(why) ?? []), f]);
    }
  }
  for (const [why, files] of [...reasons].sort((a, b) => b[1].length - a[1].length)) console.log(`${String(files.length).padStart(4)}  ${why}   ${files.join(' ')}`);
  console.log(`run: ${ok} of ${total}`);
  return true;
}
