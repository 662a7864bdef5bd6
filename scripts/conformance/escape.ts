/**
 * Conformance of inlining and escape analysis: Go's own errorcheck tests with -m,
 * from the installed Go's test directory, judged as cmd/internal/testdir judges
 * them, and compared line by line with what that compiler prints.
 *
 * Then the recorded programs, for four versions of Go and with -m=2 (recorded.ts).
 *
 * Run: npm run conformance -- escape [--misses FILE] [--recorded] [name part …]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Goroot, findGoroot, printLines } from './goroot.ts';
import type { AnalyzeOptions } from '../../lib/go/escape/analyze.ts';
import { reportLines } from './escapecheck.ts';
import { differing } from './lines.ts';
import { recorded } from './recorded.ts';

const skip: Record<string, string> = {
  'newinline.go': 'needs GOEXPERIMENT=newinliner', 'simd_inline.go': 'needs GOEXPERIMENT=simd',
  'live_uintptrkeepalive.go': '-live: liveness is another pass', 'uintptrescapes2.go': '-live: liveness is another pass',
};

const stages: Record<string, string> = {};
for (const [stage, names] of Object.entries({
  A: 'escape_struct_param1 escape_struct_param2 escape_param escape_iface escape_closure escape_indir escape_map escape_field escape_array escape_level escape_calls escape_goto '
    + 'escape_selfassign escape_struct_return escape6 issue12006 issue31573 issue27557 issue12588 issue21709 issue39292 issue27732a',
  B: 'escape2 escape2n escape_reflect escape_slice escape5 issue13799 issue17318 escape_mutations issue16241 issue16241_64 escape_sync_atomic escape_unique escape_unsafe issue19743 '
    + 'escape_runtime_atomic escape_hash_maphash',
  C: 'escape4 escape_make_non_const issue23521 issue54159 issue52193 issue75278 issue30898 inline_variadic inlinegcpc issue4099 pragma issue54497 issue35518 issue41635 issue24651a '
    + 'issue24651b inline_big',
  D: 'inline issue7921 inline_sync inline_endian inline_math_bits_rotate bloop escape_bloop issue35073b',
  E: 'devirtualization devirtualization_with_type_assertions_interleaved',
  F: 'issue18895 issue19261 issue42284 issue56280 issue37837 linkname closure3',
  G: 'bounds uintptrescapes2 live_uintptrkeepalive',
})) for (const n of names.split(' ')) stages[n] = stage;

interface Test { readonly path: string; readonly name: string; readonly flags: readonly string[]; readonly auto: boolean; readonly dir: boolean }

/** The tests with -m in their header. */
function findTests(root: string): Test[] {
  const out: Test[] = [];
  const test = join(root, 'test');
  for (const sub of ['', 'fixedbugs', 'typeparam', 'interface', 'ken', 'chan', 'syntax']) {
    const dir = join(test, sub);
    if (!existsSync(dir)) continue;
    for (const f of readdirSync(dir).sort()) {
      if (!f.endsWith('.go')) continue;
      const head = readFileSync(join(dir, f), 'utf8').split('\n', 12).find((l) => /^\/\/ errorcheck/.test(l));
      if (!head || !/\s-m(=\d)?(\s|$)/.test(head)) continue;
      const [action, ...all] = head.slice(3).trim().split(/\s+/);
      const flags = all.filter((x) => x !== '-0' && x !== '-1');
      out.push({ path: join(dir, f), name: f.slice(0, -3), flags, auto: action === 'errorcheckwithauto', dir: action.includes('dir') });
    }
  }
  return out;
}

function options(flags: readonly string[]): Partial<AnalyzeOptions> {
  return {
    level: flags.includes('-m=2') ? 2 : 1, noInline: flags.includes('-l'), smallFrames: flags.includes('-smallframes'), mutationsCalls: flags.some((f) => f.includes('escapemutationscalls')), checkptr: flags.includes('-d=checkptr'), inlineNonLeaf: flags.includes('-l=4'),
  };
}

/** Packages of a test directory in order of their file names: files of one package name go together. */
function dirPackages(dir: string): { name: string; files: string[] }[] {
  const out: { name: string; files: string[] }[] = [];
  for (const f of readdirSync(dir).sort()) {
    if (!f.endsWith('.go')) continue;
    const name = /^package (\w+)/m.exec(readFileSync(join(dir, f), 'utf8'))![1];
    const have = out.find((p) => p.name === name);
    if (have) have.files.push(f); else out.push({ name, files: [f] });
  }
  return out;
}

interface Row { test: Test; pass: boolean; wanted: number; missing: string[]; lines: number; exact: number; diff: string[]; note: string }

function runTest(g: Goroot, root: string, t: Test, tmp: string): Row {
  const row: Row = { test: t, pass: false, wanted: 0, missing: [], lines: 0, exact: 0, diff: [], note: '' };
  const o = options(t.flags);
  const compile = (pkgPath: string, files: readonly string[], realArgs: readonly string[], label: string): void => {
    const sources = files.map((f) => ({ name: f, text: new Uint8Array(readFileSync(f)) }));
    const r = g.compile(pkgPath, sources, o);
    const own = new Set(files);
    let out: string[];
    if (!r.loaded?.result) {
      out = r.diagnostics.map((d) => `${g.fset.format(d.range.start)}: ${d.text}`);
      row.note = out[0] ?? 'no result';
    } else {
      out = printLines(g.fset, r.loaded.result, (f) => own.has(f) || f === '<autogenerated>');
      g.provide(label, r.loaded);
      if (r.diagnostics.length > 0) row.note = `${g.fset.format(r.diagnostics[0].range.start)}: ${r.diagnostics[0].text}`;
    }
    const check = reportLines(out.map((l) => l.replace(/^(\S+?\.go:\d+):\d+:/, '$1:')), files.map((f) => ({ full: f, short: basename(f), text: readFileSync(f, 'utf8') })), t.auto);
    row.wanted += check.wanted;
    row.missing.push(...check.errors);
    const real = spawnSync('go', ['tool', 'compile', ...realArgs, ...t.flags, '-o', join(tmp, 'x.o'), ...files], { encoding: 'utf8', maxBuffer: 1 << 28, cwd: tmp });
    const isOwn = (l: string): boolean => l.startsWith('<autogenerated>') || files.some((f) => l.startsWith(`${f}:`));
    const want = (real.stdout + real.stderr).split('\n').filter((l) => l !== '' && isOwn(l) && !/: (live at|stack object)/.test(l));
    const d = differing(want, out);
    row.lines += want.length;
    row.exact += want.length - d.onlyA.length;
    row.diff.push(...d.onlyA.map((l) => `- ${l}`), ...d.onlyB.map((l) => `+ ${l}`));
  };
  try {
    if (t.dir) {
      const dir = t.path.replace(/\.go$/, '.dir');
      let cfg = stdImportcfg(tmp);
      for (const p of dirPackages(dir)) {
        const label = `test/${p.files[0].replace(/\.go$/, '')}`;
        const files = p.files.map((f) => join(dir, f));
        const importcfg = join(tmp, 'importcfg.dir');
        writeFileSync(importcfg, cfg);
        const pkgPath = p.name === 'main' ? 'main' : label;
        const obj = join(tmp, `${p.files[0]}.a`);
        spawnSync('go', ['tool', 'compile', `-p=${pkgPath}`, '-D', 'test', '-importcfg', importcfg, '-o', obj, ...files], { cwd: tmp });
        compile(pkgPath, files, [`-p=${pkgPath}`, '-D', 'test', '-importcfg', importcfg], label);
        cfg += `packagefile ${label}=${obj}\n`;
      }
    } else compile('p', [t.path], ['-p=p', '-e', '-importcfg', join(tmp, 'importcfg')], 'p');
  } catch (e) {
    row.note = `exception: ${(e as Error).stack?.split('\n').slice(0, 4).join(' | ')}`;
    row.missing.push(row.note);
  }
  row.pass = row.missing.length === 0 && row.note === '';
  void root;
  return row;
}

let cfgText = '';
function stdImportcfg(tmp: string): string {
  if (cfgText === '') {
    const r = spawnSync('go', ['list', '-export', '-f', '{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}', 'std'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    cfgText = r.stdout.split('\n').filter((l) => l !== '').join('\n') + '\n';
    writeFileSync(join(tmp, 'importcfg'), cfgText);
  }
  return cfgText;
}

/** Prints the table and writes the misses. */
export function run(args: readonly string[] = process.argv.slice(3)): boolean {
  if (args.includes('--recorded')) {
    const lines: string[] = [];
    recorded(lines);
    const file = args.includes('--misses') ? args[args.indexOf('--misses') + 1] : join(tmpdir(), 'recorded-misses.txt');
    writeFileSync(file, `${lines.join('\n')}\n`);
    console.log(`misses: ${file}`);
    return true;
  }
  const root = findGoroot();
  if (!root || !existsSync(join(root, 'test'))) {
    console.log('escape: no Go installation with its test directory found');
    return true;
  }
  let missesFile = join(tmpdir(), 'escape-misses.txt');
  const names: string[] = [];
  for (let i = 0; i < args.length; i++) if (args[i] === '--misses') missesFile = args[++i]; else names.push(args[i]);
  const tmp = mkdtempSync(join(tmpdir(), 'gomem-escape-'));
  const misses: string[] = [];
  try {
    stdImportcfg(tmp);
    const g = new Goroot(root);
    const totals = new Map<string, { files: number; pass: number; wanted: number; missed: number; lines: number; exact: number }>();
    for (const t of findTests(root)) {
      if (names.length > 0 && !names.some((n) => t.name.includes(n))) continue;
      const stage = stages[t.name] ?? '?';
      if (skip[`${t.name}.go`]) {
        if (names.length === 0) console.log(`${stage} ${t.name.padEnd(48)} skipped: ${skip[`${t.name}.go`]}`);
        continue;
      }
      const r = runTest(g, root, t, tmp);
      const s = totals.get(stage) ?? { files: 0, pass: 0, wanted: 0, missed: 0, lines: 0, exact: 0 };
      totals.set(stage, s);
      s.files++;
      if (r.pass) s.pass++;
      s.wanted += r.wanted;
      s.missed += r.missing.length;
      s.lines += r.lines;
      s.exact += r.exact;
      console.log(`${stage} ${t.name.padEnd(48)} ${r.pass ? 'ok  ' : 'FAIL'} ERROR lines ${String(r.wanted).padStart(4)}, misses ${String(r.missing.length).padStart(3)}; `
        + `exact ${r.exact}/${r.lines}, extra ${r.diff.filter((l) => l.startsWith('+')).length}${r.note ? `  ${r.note.slice(0, 160)}` : ''}`);
      if (r.missing.length > 0 || r.diff.length > 0 || r.note) misses.push(`=== ${t.name}${r.note ? ` (${r.note})` : ''}`, ...r.missing, ...r.diff);
    }
    for (const [stage, s] of [...totals].sort(([a], [b]) => (a < b ? -1 : 1))) {
      console.log(`stage ${stage}: ${s.pass}/${s.files} files, ${s.wanted} ERROR lines with ${s.missed} misses; exact lines ${s.exact}/${s.lines}`);
    }
    if (g.complaints.length > 0) misses.push('=== complaints about standard packages', ...g.complaints.map((c) => `${c.path}: ${c.text}`));
    if (names.length === 0) recorded(misses);
    writeFileSync(missesFile, misses.join('\n') + '\n');
    console.log(`misses: ${missesFile}`);
    return [...totals.values()].every((s) => s.pass === s.files);
  } finally {
    rmSync(tmp, { recursive: true, force: true });
  }
}
if (process.argv[1]?.endsWith('escape.ts')) run(process.argv.slice(2));
