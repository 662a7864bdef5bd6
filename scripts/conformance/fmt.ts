/**
 * Conformance of the formatter with the installed gofmt.
 *
 * 1. Every .go file of GOROOT/src: what gofmt prints (nearly always the file itself)
 *    is what we print; where gofmt finds syntax errors we must find some.
 * 2. With --mangle N [--seed S]: N files of GOROOT/src with their white space
 *    damaged (lines joined where Go allows, blank lines added and taken, indentation
 *    and alignment broken), formatted by gofmt and by us.
 *
 * With --simplify both simplify too (gofmt -s); how many files that changes is counted.
 * 3. With --record: gofmt's answers for tests/fixtures/format are written anew.
 *
 * `npm run conformance -- fmt [--simplify] [--mangle N] [--seed S] [--record] [FILE or DIRECTORY…]`; the
 * list of misses goes to the system's temporary directory.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../../lib/base/random.ts';
import { format } from '../../lib/go/format/format.ts';
import { findGoroot } from './goroot.ts';
import { mangle } from './mangle.ts';

function goFiles(path: string, out: string[]): string[] {
  if (statSync(path).isFile()) out.push(path);
  else {
    for (const e of readdirSync(path, { withFileTypes: true })) {
      if (e.isDirectory() || e.name.endsWith('.go')) goFiles(join(path, e.name), out);
    }
  }
  return out;
}

/** What gofmt makes of a file; null: syntax errors. */
function gofmt(file: string, simplify = false): string | null {
  const r = spawnSync('gofmt', [...(simplify ? ['-s'] : []), file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return r.status === 0 ? r.stdout : null;
}

interface Tally { total: number; equal: number; notes: number; ms: number; bytes: number; simplified: number; misses: string[]; }

/** Compares one file; want null: syntax errors are wanted. */
function compare(t: Tally, file: string, text: string, want: string | null, simplify = false): void {
  const start = performance.now(), got = format(text, { simplify });
  t.ms += performance.now() - start;
  t.bytes += text.length;
  t.total++;
  if (got.text !== undefined && got.note !== undefined) t.notes++;
  if ((got.text ?? null) === want) t.equal++;
  else t.misses.push(`${file}${got.text === undefined ? ' (syntax errors)' : got.note !== undefined ? ` (left alone: ${got.note})` : want === null ? ' (gofmt: syntax errors)' : ''}`);
}

/** The files with gofmt's answers where they are not the file itself. */
function whole(files: readonly string[], roots: readonly string[], simplify: boolean): Tally {
  const t: Tally = { total: 0, equal: 0, notes: 0, ms: 0, bytes: 0, simplified: 0, misses: [] };
  const r = spawnSync('gofmt', ['-l', ...(simplify ? ['-s'] : []), ...roots], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const other = new Set([...r.stdout.split('\n'), ...r.stderr.split('\n').map((l) => l.replace(/:\d+:\d+: .*/, ''))]);
  for (const f of files) {
    const text = readFileSync(f, 'utf8');
    compare(t, f, text, other.has(f) ? gofmt(f, simplify) : text, simplify);
    if (simplify && other.has(f)) t.simplified++;
  }
  return t;
}

/** n files with damaged white space. */
function damaged(files: readonly string[], n: number, seed: number, dir: string): Tally {
  const t: Tally = { total: 0, equal: 0, notes: 0, ms: 0, bytes: 0, simplified: 0, misses: [] };
  const random = new Random(seed), small = files.filter((f) => !f.includes('testdata') && statSync(f).size < 40_000);
  const into = join(dir, 'mangled');
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into);
  for (let i = 0; i < n; i++) writeFileSync(join(into, `m${i}.go`), mangle(readFileSync(small[random.below(small.length)], 'utf8'), random));
  const before = Array.from({ length: n }, (_, i) => readFileSync(join(into, `m${i}.go`), 'utf8'));
  spawnSync('gofmt', ['-w', into], { maxBuffer: 1 << 28 });
  for (let i = 0; i < n; i++) {
    const want = readFileSync(join(into, `m${i}.go`), 'utf8');
    writeFileSync(join(into, `m${i}.in`), before[i]);
    compare(t, join(into, `m${i}.in`), before[i], want);
  }
  return t;
}

/** Writes NAME.golden for each NAME.input of the tests. */
function record(): void {
  const dir = fileURLToPath(new URL('../../tests/fixtures/format/', import.meta.url));
  for (const f of readdirSync(dir)) if (f.endsWith('input')) writeFileSync(join(dir, f.replace(/input$/, 'golden')), gofmt(join(dir, f), f.endsWith('.s-input'))!);
}

/** Prints counts; false if the bar is missed. */
export function run(): boolean {
  const root = findGoroot();
  if (root === null) {
    console.log('fmt: Go is not installed; nothing to compare with');
    return true;
  }
  const args = process.argv.slice(3), option = (name: string): number => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : 0);
  if (args.includes('--record')) {
    record();
    return true;
  }
  const mangled = option('--mangle'), seed = option('--seed') || 1;
  const paths = args.filter((a, i) => !a.startsWith('--') && !args[i - 1]?.startsWith('--'));
  const roots = paths.length > 0 ? paths : [join(root, 'src')], files = roots.flatMap((p) => goFiles(p, []));
  const dir = mkdtempSync(join(tmpdir(), 'gomem-fmt-'));
  const t = mangled > 0 ? damaged(files, mangled, seed, dir) : whole(files, roots, args.includes('--simplify'));
  const list = join(dir, 'misses.txt');
  writeFileSync(list, t.misses.map((m) => `${m}\n`).join(''));
  const share = (100 * t.equal) / t.total;
  console.log(`fmt: ${t.equal}/${t.total} ${mangled > 0 ? `damaged files (seed ${seed})` : 'files'} as gofmt${args.includes('--simplify') ? ` -s (which changes ${t.simplified})` : ''} (${share.toFixed(2)} %), ${t.notes} left alone by the safety net, ${(t.ms / 1000).toFixed(1)} s, ${(t.bytes / 1e3 / t.ms).toFixed(2)} MB/s`);
  if (t.misses.length > 0) console.log(`misses: ${list}`);
  return share >= (mangled > 0 ? 97 : 99);
}
