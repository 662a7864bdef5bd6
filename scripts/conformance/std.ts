/**
 * lib/std against the real standard library: which exported declarations it lacks
 * (by the recorded API in lib/go/facts/data), and how many of Go's own tests pass
 * on it. Test files are read from the Go installation, one program per external
 * test file, and never kept; a file that needs what the lab has not is skipped and
 * counted. `npm run conformance -- std [api] [PACKAGE…]`; needs `npm run build` for the tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileSet } from '../../lib/base/pos.ts';
import { parseFile } from '../../lib/go/syntax/parser.ts';
import type { Expr, Field } from '../../lib/go/syntax/ast.ts';
import { stdPackages } from '../../lib/std/order.ts';
import { findGoroot } from './goroot.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Test files that cannot run in the lab, and why. */
const skip: Readonly<Record<string, string>> = {
  'fmt/stringer_example_test.go': 'an example in a package of its own',
  'sync/map_bench_test.go': 'benchmarks only',
  'time/zoneinfo_test.go': 'there is no data base of zones',
};

/** The exported declarations of Go text: F, T, T.M. */
export function exportedNames(texts: readonly Uint8Array[]): Set<string> {
  const out = new Set<string>(), fset = new FileSet();
  const upper = (s: string): boolean => /^\p{Lu}/u.test(s);
  const base = (e: Expr): string => {
    if (e.kind === 'Name') return e.value;
    if (e.kind === 'Operation' || e.kind === 'ParenExpr' || e.kind === 'IndexExpr') return base(e.x as Expr);
    return '';
  };
  for (const text of texts) {
    const { file } = parseFile(fset, fset.add('api.go', text), { std: true });
    for (const d of file?.declList ?? []) {
      if (d.kind === 'FuncDecl') {
        const recv: Field | null | undefined = d.recv;
        const t = recv?.type ? base(recv.type) : '';
        if (upper(d.name.value) && (!recv || upper(t))) out.add(recv ? `${t}.${d.name.value}` : d.name.value);
      } else if (d.kind === 'TypeDecl') { if (upper(d.name.value)) out.add(d.name.value); } else if (d.kind === 'VarDecl' || d.kind === 'ConstDecl') for (const n of d.nameList) if (upper(n.value)) out.add(n.value);
    }
  }
  return out;
}

/** What lib/std lacks of a package; undefined when it has not the package at all. */
function missing(path: string): { real: number; lacks: string[] } | undefined {
  const dir = join(root, 'lib/std', path), facts = join(root, 'lib/go/facts/data', `${path.replaceAll('/', '.')}.json`);
  if (!existsSync(dir) || !existsSync(facts)) return undefined;
  const files = readdirSync(dir).filter((f) => f.endsWith('.go'));
  if (files.length === 0) return undefined;
  const ours = exportedNames(files.map((f) => readFileSync(join(dir, f))));
  const { api } = JSON.parse(readFileSync(facts, 'utf8')) as { api: string };
  const real = exportedNames([new TextEncoder().encode(api)]);
  return { real: real.size, lacks: [...real].filter((n) => !ours.has(n)).sort() };
}

interface Counts { passed: number; failed: string[]; skipped: string[] }

function runTests(goroot: string, path: string): Counts {
  const c: Counts = { passed: 0, failed: [], skipped: [] };
  const dir = join(goroot, 'src', path);
  if (!existsSync(dir)) return c;
  const tmp = mkdtempSync(join(tmpdir(), 'std-'));
  const pkg = basename(path) === 'v2' ? 'rand' : basename(path);
  for (const name of readdirSync(dir).filter((f) => f.endsWith('_test.go')).sort()) {
    const text = readFileSync(join(dir, name), 'utf8');
    if (!new RegExp(`^package ${pkg}_test\\b`, 'm').test(text) || !/^func Test/m.test(text)) continue;
    if (skip[`${path}/${name}`]) { c.skipped.push(`${name}: ${skip[`${path}/${name}`]}`); continue; }
    const file = join(tmp, name);
    writeFileSync(file, text);
    const r = spawnSync(process.execPath, [join(root, 'bin/gomem.mjs'), 'test', '-v', file], { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 });
    const out = r.stdout;
    if (!/^=== RUN/m.test(out)) { c.skipped.push(`${name}: ${(r.stderr + out).split('\n').find((l) => /_test\.go:|rror/.test(l))?.replace(/^.*_test\.go:/, 'line ') ?? 'does not start'}`); continue; }
    c.passed += out.match(/^--- PASS/gm)?.length ?? 0;
    for (const m of out.matchAll(/^--- FAIL: (\S+)/gm)) c.failed.push(`${name} ${m[1]}`);
    if (r.status !== 0 && r.status !== 1 || r.signal) c.failed.push(`${name}: ended early after ${out.match(/^=== RUN +(\S+)/gm)?.at(-1)?.slice(10).trim() ?? ''} (${r.signal ?? `exit ${r.status}`})`);
  }
  rmSync(tmp, { recursive: true });
  return c;
}

export function run(): boolean {
  const args = process.argv.slice(3), apiOnly = args.includes('api'), chosen = args.filter((a) => a !== 'api');
  const paths = stdPackages.filter((p) => !p.startsWith('internal/') && (chosen.length === 0 || chosen.includes(p)));
  let real = 0, lacks = 0, packages = 0;
  console.log('exported declarations that lib/std lacks');
  for (const p of paths) {
    const m = missing(p);
    if (!m) continue;
    packages++; real += m.real; lacks += m.lacks.length;
    if (m.lacks.length > 0) console.log(`  ${p}: ${m.lacks.length} of ${m.real}: ${m.lacks.join(' ')}`);
  }
  console.log(`${packages} packages, ${real} declarations, ${lacks} lacking`);
  const goroot = findGoroot();
  if (apiOnly || goroot === null) { if (goroot === null) console.log('no Go installation found: tests not run'); return true; }
  let passed = 0, failed = 0, skipped = 0;
  for (const p of paths) {
    if (!missing(p)) continue;
    const c = runTests(goroot, p);
    passed += c.passed; failed += c.failed.length; skipped += c.skipped.length;
    if (c.passed + c.failed.length + c.skipped.length > 0) console.log(`${p}: ${c.passed} passed, ${c.failed.length} failed, ${c.skipped.length} files skipped`);
    for (const f of c.failed) console.log(`    FAIL ${f}`);
    for (const s of c.skipped) console.log(`    skip ${s}`);
  }
  console.log(`tests: ${passed} passed, ${failed} failed; ${skipped} files skipped`);
  return true;
}
