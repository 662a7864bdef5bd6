/**
 * Conformance of the parser: every .go file beside the installed Go (GOROOT/src,
 * GOROOT/test, testdata included) is parsed by the compiler's own syntax package
 * and by ours. Equal means: the same errors (position and text, in order) and,
 * for files without errors, the same tree — kinds, values, positions, start and
 * end positions of every node.
 *
 * Run: npx tsx scripts/conformance/syntax.ts [--mutate n [--seed s]] [directory or file …]
 * (--mutate: compare on n randomly damaged copies of small files instead).
 */
import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../../lib/base/random.ts';
import { FileSet, type SourceFile } from '../../lib/base/pos.ts';
import { parseFile } from '../../lib/go/syntax/parser.ts';
import type { File, Node } from '../../lib/go/syntax/ast.ts';
import { endNode, endPos, inspect, startPos } from '../../lib/go/syntax/walk.ts';

/** What one parser says of one file. */
export interface Verdict { errors: string[]; tree: string }

/** Where Go is, or null. */
export function goroot(): string | null {
  const r = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
  return r.status === 0 ? r.stdout.trim() : null;
}

/** Builds the oracle program in a new directory; returns the path of the binary. */
export function buildOracle(root: string, dir: string): string {
  mkdirSync(join(dir, 'syntax'));
  const from = join(root, 'src/cmd/compile/internal/syntax');
  for (const f of readdirSync(from)) if (f.endsWith('.go') && !f.endsWith('_test.go')) cpSync(join(from, f), join(dir, 'syntax', f));
  writeFileSync(join(dir, 'go.mod'), 'module oracle\n\ngo 1.26\n');
  writeFileSync(join(dir, 'main.go'), readFileSync(fileURLToPath(new URL('./oracle/syntax.go.txt', import.meta.url))));
  execFileSync('go', ['build', '-o', 'oracle.bin', '.'], { cwd: dir, env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off' } });
  return join(dir, 'oracle.bin');
}

/** The oracle's verdicts on files. */
export function askOracle(bin: string, files: readonly string[]): Map<string, Verdict> {
  const r = spawnSync(bin, { input: files.join('\n') + '\n', encoding: 'utf8', maxBuffer: 1 << 30 });
  if (r.status !== 0) throw new Error(r.stderr);
  const out = new Map<string, Verdict>();
  let v: Verdict = { errors: [], tree: '' };
  for (const line of r.stdout.split('\n')) {
    const m = /^(\w+) (.*)$/.exec(line);
    if (!m) continue;
    if (m[1] === 'file') out.set(m[2], v = { errors: [], tree: '' });
    else if (m[1] === 'tree') v.tree = m[2];
    else {
      const e = /^(\S+) (".*")$/.exec(m[2])!;
      v.errors.push(`${e[1]} ${unquote(e[2])}`);
    }
  }
  return out;
}
function unquote(s: string): string {
  return s.slice(1, -1).replace(/\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)/g, (_, e: string) => {
    if (e.length > 1) return String.fromCodePoint(parseInt(e.slice(1), 16));
    return ({ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' } as Record<string, string>)[e] ?? e;
  });
}

/** Lines describing every node, as the oracle writes them. */
export function treeLines(file: File): string[] {
  const src: SourceFile = file.source;
  const at = (pos: number): string => { const p = src.position(pos - src.base, true); return `${p.line}:${p.col}`; };
  const out: string[] = [];
  inspect(file, (n: Node) => {
    let extra = '';
    switch (n.kind) {
      case 'Name': extra = n.value; break;
      case 'BasicLit': extra = `${['int', 'float', 'imag', 'rune', 'string'].indexOf(n.litKind)} ${n.bad} ${n.value}`; break;
      case 'Operation': extra = n.op; break;
      case 'AssignStmt': extra = n.op === ':=' ? ':' : n.op ?? ''; break;
      case 'ChanType': extra = String(['both', 'send', 'recv'].indexOf(n.dir)); break;
      case 'CallExpr': extra = String(n.hasDots); break;
      case 'SliceExpr': extra = String(n.full); break;
      case 'TypeDecl': extra = `${n.alias} ${n.group !== null}`; break;
      case 'RangeClause': extra = String(n.def); break;
      case 'BranchStmt': extra = n.tok + (n.target ? ` ${at(n.target.pos)}` : ''); break;
      case 'CallStmt': extra = n.tok; break;
      case 'CompositeLit': extra = String(n.nkeys); break;
      case 'File': extra = n.goVersion; break;
      default: break;
    }
    // gc counts a multi-line literal's length along its first line.
    let end = at(endPos(n));
    const lit = endNode(n);
    if (lit.kind === 'BasicLit') {
      const p = src.position(lit.pos - src.base, true);
      end = `${p.line}:${p.col + lit.end - lit.pos}`;
    }
    out.push(`${n.kind} ${at(n.pos)} ${at(startPos(n))} ${end} ${extra}\n`);
    return true;
  });
  return out;
}

/** Our verdict on a text. */
export function ourVerdict(text: Uint8Array): Verdict {
  const fset = new FileSet(), source = fset.add('x.go', text);
  const { file, diagnostics } = parseFile(fset, source);
  const errors = diagnostics.filter((d) => d.code !== 'Directive').map((d) => {
    const p = source.position(d.range.start - source.base, true);
    return `${p.line}:${p.col} ${d.text}`;
  });
  let tree = '';
  if (file && errors.length === 0) {
    const h = createHash('sha1');
    for (const l of treeLines(file)) h.update(l);
    tree = h.digest('hex');
  }
  return { errors, tree };
}

function goFiles(dir: string, out: string[]): string[] {
  if (statSync(dir).isFile()) return [...out, dir];
  for (const e of readdirSync(dir, { withFileTypes: true })) {
    const p = join(dir, e.name);
    if (e.isDirectory()) goFiles(p, out);
    else if (e.name.endsWith('.go')) out.push(p);
  }
  return out;
}

const snippets = [
  '(', ')', '[', ']', '{', '}', ',', ';', ':', '.', '...', ':=', '=', '==', '+', '-', '*', '&', '<-', '~', '|', '++', '+=', '\n', '"', '`', "'", '/*', '*/', '//', '\\', '\0', '\ufeff',
  '\xff', '#', 'é', '0x', '1_', '0b2', '1e', '09', '1.5i', 'x', 'T', 'int', 'func', 'if', 'else', 'for', 'range', 'switch', 'case', 'default', 'select', 'go', 'defer', 'return',
  'break', 'continue', 'goto L', 'L:', 'fallthrough', 'var', 'const', 'type', 'import', 'package', 'struct', 'interface', 'map', 'chan', '/*line x.go:10:5*/', '//line y.go:7\n', '"\\q"', "'ab'",
];

/** A text with a few random changes: pieces deleted, doubled, moved, or snippets put in. */
export function mutate(text: Buffer, rand: (n: number) => number): Buffer {
  let b = text;
  for (let k = 1 + rand(3); k > 0; k--) {
    const at = rand(b.length + 1), len = 1 + rand(rand(4) === 0 ? 40 : 4), to = Math.min(at + len, b.length);
    const piece = b.subarray(at, to);
    switch (rand(5)) {
      case 0: b = Buffer.concat([b.subarray(0, at), b.subarray(to)]); break;
      case 1: b = Buffer.concat([b.subarray(0, to), piece, b.subarray(to)]); break;
      case 2: { const other = rand(b.length); b = Buffer.concat([b.subarray(0, other), piece, b.subarray(other)]); break; }
      default: {
        const s = snippets[rand(snippets.length)];
        b = Buffer.concat([b.subarray(0, at), Buffer.from(s === '\xff' ? [255] : rand(2) === 0 ? ` ${s} ` : s), b.subarray(at)]);
      }
    }
  }
  return b;
}

/** Compares on n mutated files (small ones, so that every error counts). */
async function runMutated(bin: string, dir: string, files: readonly string[], n: number, seed: number): Promise<void> {
  const r = new Random(seed);
  const rand = (k: number): number => r.below(k);
  const small = files.filter((f) => statSync(f).size < 6000);
  let bad = 0;
  for (let done = 0; done < n; done += 500) {
    const names: string[] = [];
    for (let i = 0; i < 500; i++) {
      const f = join(dir, `m${i}.go`);
      writeFileSync(f, mutate(readFileSync(small[rand(small.length)]), rand));
      names.push(f);
    }
    const theirs = askOracle(bin, names);
    for (const f of names) {
      const got = ourVerdict(readFileSync(f)), want = theirs.get(f)!;
      if ([...got.errors].sort().join('\n') === [...want.errors].sort().join('\n') && got.tree === want.tree) continue;
      if (++bad > 10) continue;
      console.log(`MISS (mutated, seed ${seed}, ${done}+${f})`);
      const i = want.errors.findIndex((e, k) => e !== got.errors[k]);
      console.log(`  go:   ${want.errors.slice(Math.max(i, 0), Math.max(i, 0) + 3).join('\n        ')}\n  ours: ${got.errors.slice(Math.max(i, 0), Math.max(i, 0) + 3).join('\n        ')}`);
      cpSync(f, join(tmpdir(), `syntax-miss-${bad}.go`));
    }
  }
  console.log(`syntax: ${n - bad}/${n} mutated files equal`);
}

/** Runs the comparison; prints counts, and the first misses. */
export async function run(args: readonly string[] = []): Promise<{ total: number; equal: number; misses: string[] }> {
  const root = goroot(), option = (name: string): number => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : 0);
  const mutated = option('--mutate'), seed = option('--seed') || 1;
  args = args.filter((a, i) => !a.startsWith('--') && !args[i - 1]?.startsWith('--'));
  if (root === null) {
    console.log('syntax: Go is not installed; nothing to compare with');
    return { total: 0, equal: 0, misses: [] };
  }
  const dir = mkdtempSync(join(tmpdir(), 'syntax-oracle-'));
  try {
    const bin = buildOracle(root, dir);
    let files: string[] = [];
    for (const d of args.length > 0 ? args : [join(root, 'src'), join(root, 'test')]) files = goFiles(d, files);
    if (mutated > 0) {
      await runMutated(bin, dir, files, mutated, seed);
      return { total: mutated, equal: mutated, misses: [] };
    }
    const theirs = askOracle(bin, files);
    const misses: string[] = [];
    let withErrors = 0, bytes = 0, ms = 0;
    for (const f of files) {
      const text = readFileSync(f), want = theirs.get(f)!;
      if (want.errors.length > 0) withErrors++;
      const fset = new FileSet(), source = fset.add('x.go', text);
      const t = performance.now();
      parseFile(fset, source);
      ms += performance.now() - t;
      bytes += text.length;
      const got = ourVerdict(text);
      // The compiler reports unused labels in no particular order.
      const same = [...got.errors].sort().join('\n') === [...want.errors].sort().join('\n');
      if (!same || got.tree !== want.tree) misses.push(f);
      if ((!same || got.tree !== want.tree) && misses.length <= 10) {
        console.log(`MISS ${f}${same ? ' (tree differs)' : ''}`);
        if (!same) console.log(`  go:   ${want.errors.slice(0, 5).join('\n        ')}\n  ours: ${got.errors.slice(0, 5).join('\n        ')}`);
      }
    }
    console.log(`syntax: ${files.length - misses.length}/${files.length} files equal (${withErrors} of them with errors), ${(bytes / 1e6).toFixed(1)} MB at ${(bytes / 1e3 / ms).toFixed(1)} MB/s`);
    return { total: files.length, equal: files.length - misses.length, misses };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void run(process.argv.slice(2));
