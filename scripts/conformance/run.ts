/**
 * Runs the `// run` programs of GOROOT/test and compares with their .out files (no
 * output otherwise) and exit 0. Prints counts and reasons. `npx tsx … run.ts [filter]`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../lib/engine/report.ts';
import { Run, defaultKnobs } from '../../lib/engine/run.ts';
import { allEntries } from '../../lib/engine/entries.ts';

const goroot = execFileSync('go', ['env', 'GOROOT']).toString().trim();
const dir = join(goroot, 'test');
const filter = process.argv.slice(2).find((a) => !a.startsWith('-')) ?? '';
const std = join(import.meta.dirname, '../../lib/std');
const provide = (p: string): { name: string; text: string }[] | undefined => {
  const d = join(std, p);
  if (!existsSync(d)) return undefined;
  const fs = readdirSync(d).filter((f) => f.endsWith('.go'));
  return fs.length > 0 ? fs.map((f) => ({ name: `$GOROOT/src/${p}/${f}`, text: readFileSync(join(d, f), 'utf8') })) : undefined;
};

const reasons = new Map<string, string[]>();
let ok = 0, total = 0;
const verbose = process.argv.includes('-v');
const miss = (why: string, f: string): void => { if (verbose) console.log(`${f}: ${why}`); const l = reasons.get(why); if (l) l.push(f); else reasons.set(why, [f]); };
const list = (d: string): string[] => readdirSync(join(dir, d)).filter((f) => f.endsWith('.go')).map((f) => join(d, f));
for (const f of ['.', 'ken', 'chan', 'interface', 'typeparam', 'fixedbugs'].flatMap((d) => (existsSync(join(dir, d)) ? list(d) : []))) {
  if (filter !== '' && !f.includes(filter)) continue;
  const text = readFileSync(join(dir, f), 'utf8');
  if (!/^\/\/ run\s*$/m.test(text.split('\npackage ')[0]) || /^\/\/go:build/m.test(text.split('\npackage ')[0])) continue;
  total++;
  if (verbose) console.error(f);
  try {
    const b = build([{ name: f.split('/').pop()!, text }], provide, { goVersion: '1.26' });
    const e = b.diagnostics.find((d) => d.severity === 'error');
    if (!b.program) { miss(e && /is not in std/.test(e.text) ? `not in our std: ${/package (\S+)/.exec(e.text)?.[1]}` : `diagnostic: ${e?.text.slice(0, 60)}`, f); continue; }
    const run = new Run(b.program, defaultKnobs, { fset: b.fset }, allEntries);
    const start = performance.now();
    for (const _ of run.steps()) { void _; if (performance.now() - start > 10_000) { run.stopRequested = true; break; } }
    const r = run.result();
    const text2 = new TextDecoder().decode(r.stdout) + new TextDecoder().decode(r.stderr);
    const want = existsSync(join(dir, f.replace(/\.go$/, '.out'))) ? readFileSync(join(dir, f.replace(/\.go$/, '.out')), 'utf8') : '';
    if (run.stopRequested) miss('over 10 s', f);
    else if (r.exit !== 0) miss(`exit ${r.exit}: ${text2.trim().split('\n').find((l) => /panic|fatal|BUG|FAIL/.test(l))?.slice(0, 80) ?? ''}`, f);
    else if (text2.replace(/\s+$/, '') !== want.replace(/\s+$/, '')) miss('other output', f);
    else ok++;
  } catch (x) { miss(`exception: ${String(x).slice(0, 90)}`, f); }
}
for (const [why, fs] of [...reasons].sort((a, b) => b[1].length - a[1].length)) console.log(`${String(fs.length).padStart(4)}  ${why}   ${fs.slice(0, 4).join(' ')}`);
console.log(`run: ${ok} of ${total}`);
