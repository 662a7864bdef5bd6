/**
 * Verdicts against recordings: the programs of the material as Go 1.21, 1.23, 1.25
 * and 1.26 judged them (-m, with and without -l), and, where go is found, what that
 * Go prints now of them and of the programs in tests/fixtures/escape/own with -m=2.
 * Standard packages are known by their facts, which are of one version of Go: lines
 * that differ only for that reason are named so.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GoVersion } from '../../lib/base/version.ts';
import { Base, buildProgram, type ProgramOptions } from '../../lib/go/program.ts';
import { escapeText } from '../../lib/go/escape/text.ts';
import { stdFacts } from '../../src/cli/facts.ts';
import { stdProvider } from '../../src/cli/std.ts';
import { findGoroot } from './goroot.ts';
import { differing } from './lines.ts';

const fixtures = fileURLToPath(new URL('../../tests/fixtures/escape/', import.meta.url));
const facts = stdFacts(), own = stdProvider();
const bases = new Map<GoVersion, Base>();

/** What gomem escape prints of a program, the header left out. */
export function verdicts(file: string, text: string, o: Omit<ProgramOptions, 'goVersion'>, goVersion: GoVersion): string[] {
  let base = bases.get(goVersion);
  if (!base) bases.set(goVersion, (base = new Base(goVersion, () => 1 << 20)));
  const r = buildProgram([{ name: file, text }], (p) => facts.source(p, own), { goVersion, base, facts: facts.store, ...o });
  if (!r.main?.escape) return r.diagnostics.map((d) => `${r.fset.format(d.range.start)}: ${d.text}`);
  return escapeText(r.fset, r.main.escape, new Set([file])).trim().split('\n').filter((l) => l !== '');
}
const located = (l: string): boolean => l.startsWith('./');

interface Sum { files: number; exact: number; lines: number; missing: number; extra: number; std: number }
function add(s: Sum, want: readonly string[], got: readonly string[], isStd: (l: string) => boolean): string[] {
  s.files++;
  s.lines += want.length;
  if (want.join('\n') === got.join('\n')) { s.exact++; return []; }
  const d = differing(want, got);
  s.missing += d.onlyA.length;
  s.extra += d.onlyB.length;
  s.std += [...d.onlyA, ...d.onlyB].filter(isStd).length;
  return [...d.onlyA.map((l) => `${isStd(l) ? '(std) ' : ''}- ${l}`), ...d.onlyB.map((l) => `${isStd(l) ? '(std) ' : ''}+ ${l}`)];
}
/** Positions of calls of standard functions that are inlined in one of the outputs: what happens there depends on their bodies. */
function stdCalls(lines: readonly string[]): (l: string) => boolean {
  const at = new Set<string>();
  for (const l of lines) {
    const m = /^(\S+): (?:inlining call to|devirtualizing|can inline) \(?\*?([a-z][\w/]*)\./.exec(l);
    if (m && m[2] !== 'main') at.add(m[1]);
  }
  return (l) => at.has(/^(\S+): /.exec(l)?.[1] ?? '');
}

/** Prints the counts; misses gets the lines that differ. */
export function recorded(misses: string[]): void {
  const names = readdirSync(`${fixtures}programs`).map((f) => f.slice(0, -3));
  for (const v of ['1.26', '1.25', '1.23', '1.21'] as const) {
    const s: Sum = { files: 0, exact: 0, lines: 0, missing: 0, extra: 0, std: 0 };
    for (const name of names) for (const flags of ['m', 'ml'] as const) {
      const want = readFileSync(`${fixtures}recorded/go${v}/${name}.${flags}.txt`, 'utf8').split('\n').filter((l) => l.startsWith('./'));
      const got = verdicts(`./${name}.go`, readFileSync(`${fixtures}programs/${name}.go`, 'utf8'), { noInline: flags === 'ml' }, v).filter((l) => l.startsWith('./'));
      const d = add(s, want, got, stdCalls([...want, ...got]));
      if (d.length > 0) misses.push(`=== recorded ${name} -${flags} go ${v}`, ...d);
    }
    console.log(`recorded programs, Go ${v}: ${s.exact}/${s.files} outputs byte-exact; ${s.lines} lines, ${s.missing} missing, ${s.extra} extra, ${s.std} of these at inlined std calls (facts are 1.26's)`);
  }
  if (spawnSync('go', ['version']).status !== 0) return;
  const tmp = mkdtempSync(join(tmpdir(), 'gomem-recorded-'));
  try {
    for (const dir of ['programs', 'own']) for (const flags of ['-m=2', '-m=2 -l']) {
      const s: Sum = { files: 0, exact: 0, lines: 0, missing: 0, extra: 0, std: 0 };
      for (const f of readdirSync(`${fixtures}${dir}`).filter((n) => n.endsWith('.go'))) {
        const text = readFileSync(`${fixtures}${dir}/${f}`, 'utf8');
        const want = live(tmp, f, text, flags);
        const got = verdicts(`./${f}`, text, { level: 2, noInline: flags.endsWith('-l') }, '1.26').filter(located);
        const d = add(s, want, got, stdCalls([...want, ...got]));
        if (d.length > 0) misses.push(`=== ${dir} ${f} ${flags}`, ...d);
      }
      console.log(`${dir === 'own' ? 'own programs' : 'recorded programs'}, ${flags}, live: ${s.exact}/${s.files} outputs byte-exact; ${s.lines} lines, ${s.missing} missing, ${s.extra} extra, ${s.std} of these at inlined std calls`);
    }
    goTests(tmp, misses);
  } finally { rmSync(tmp, { recursive: true, force: true }); }
}

/** Programs nobody chose for us: every twelfth of Go's own run tests of ordinary size, with -m and -m=2. */
function goTests(tmp: string, misses: string[]): void {
  const root = findGoroot();
  if (!root || !existsSync(join(root, 'test'))) return;
  const files = ['', 'typeparam', 'fixedbugs', 'chan', 'ken'].flatMap((d) => readdirSync(join(root, 'test', d)).sort().filter((f) => f.endsWith('.go')).map((f) => join(root, 'test', d, f)))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') })).filter((f) => /^\/\/ run\s*$/m.test(f.text.slice(0, 60)) && f.text.length >= 600 && f.text.length <= 20000);
  for (const flags of ['-m', '-m=2']) {
    const s: Sum = { files: 0, exact: 0, lines: 0, missing: 0, extra: 0, std: 0 };
    for (let i = 0; i < files.length; i += 12) {
      const want = live(tmp, 'a.go', files[i].text, flags);
      if (want.length === 0) continue;
      const got = verdicts('./a.go', files[i].text, { level: flags === '-m' ? 1 : 2 }, '1.26').filter(located);
      const d = add(s, want, got, stdCalls([...want, ...got]));
      if (d.length > 0) misses.push(`=== ${files[i].path.slice(root.length + 1)} ${flags}`, ...d);
    }
    console.log(`programs of GOROOT/test, ${flags}, live: ${s.exact}/${s.files} outputs byte-exact; ${s.lines} lines, ${s.missing} missing, ${s.extra} extra`);
  }
}
function live(tmp: string, file: string, text: string, flags: string): string[] {
  const test = file.endsWith('_test.go');
  const name = test ? file.replace(/_test\.go$/, '.go') : file;
  if (!existsSync(join(tmp, 'go.mod'))) writeFileSync(join(tmp, 'go.mod'), 'module main\n\ngo 1.26\n');
  writeFileSync(join(tmp, name), text);
  const r = spawnSync('go', ['build', `-gcflags=${flags}`, '-o', join(tmp, 'x'), `./${name}`], { cwd: tmp, encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(join(tmp, name));
  return r.stderr.split('\n').filter(located).map((l) => (test ? l.replaceAll(`./${name}:`, `./${file}:`) : l));
}
