/**
 * Conformance of the type checker: Go's own tests of it, read where an installed Go
 * keeps them.
 *
 * - internal/types/testdata: `/* ERROR "substring" *200b/` and `ERRORx "regexp"` comments
 *   name the errors expected at the token before them;
 * - GOROOT/test `// errorcheck` files without compiler flags that ask for more than
 *   type checking: `// ERROR "regexp" …` on the line of the error.
 *
 * A file passes if every error is expected and every expectation is met.
 * Nine files do not pass with Go 1.26. Seven want `stack frame too large`, which gc's back
 * end says and nothing here does: fixedbugs/bug385_64, issue20529, issue20780, issue22200,
 * issue22200b, issue25507, issue52697. Two name what another package does not export
 * (check/importdecl0: reflect.flag, fixedbugs/issue70549: math.sqrt): gc says `name flag not
 * exported by package reflect`; declarations at hand here have exported names only, so that
 * we say `undefined: reflect.flag`.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FileSet } from '../../lib/base/pos.ts';
import type { File } from '../../lib/go/syntax/ast.ts';
import { parseFile } from '../../lib/go/syntax/parser.ts';
import { checkDirectives, type Linkname } from '../../lib/go/syntax/pragma.ts';
import { checkPackage, sortDiagnostics, type Importer } from '../../lib/go/types/check.ts';
import type { Package } from '../../lib/go/types/package.ts';
import { defPredeclaredTestFuncs } from '../../lib/go/types/universe.ts';
import { buildable, findGoroot } from './goroot.ts';

export interface Verdict { readonly name: string; readonly ok: boolean; readonly why: readonly string[]; readonly skipped?: string }

/** Declarations of standard packages, from source. */
export class SourceImporter implements Importer {
  readonly #known = new Map<string, Package | null>();
  /** Errors in standard packages, which have none. */
  readonly complaints: string[] = [];
  constructor(readonly root: string) {}
  import(path: string): Package | { error: string } {
    const known = this.#known.get(path);
    if (known) return known;
    const dir = [join(this.root, 'src', path), join(this.root, 'src/vendor', path)].find((d) => existsSync(d) && statSync(d).isDirectory());
    const files: File[] = [], fset = new FileSet();
    if (dir && known === undefined) {
      this.#known.set(path, null);
      for (const name of readdirSync(dir).sort()) {
        if (!name.endsWith('.go') || name.endsWith('_test.go')) continue;
        const text = readFileSync(join(dir, name));
        if (!buildable(name, text.toString('latin1'))) continue;
        const { file } = parseFile(fset, fset.add(join(dir, name), new Uint8Array(text)), { pkgPath: path, std: true });
        if (file && file.pkgName.value !== 'main') files.push(file);
      }
    }
    if (files.length === 0) return { error: `package ${path} is not in std` };
    const r = checkPackage(fset, path, files, { goVersion: 'go1.26', importer: this, ignoreFuncBodies: true });
    for (const d of r.diagnostics) if (!d.text.startsWith('could not import C ')) this.complaints.push(`${fset.format(d.range.start)}: ${d.text}`);
    this.#known.set(path, r.pkg);
    return r.pkg;
  }
}

interface Found { readonly line: number; readonly col: number; readonly text: string }

function check(files: readonly { name: string; text: Uint8Array }[], goVersion: string, importer: Importer, stopAtSyntax: boolean): Map<string, Found[]> {
  const fset = new FileSet(), parsed: File[] = [], units: { file: File; linknames: readonly Linkname[] }[] = [], found = new Map<string, Found[]>();
  const add = (d: { range: { start: number }; text: string }): void => {
    const p = fset.position(d.range.start);
    found.set(p.filename, [...(found.get(p.filename) ?? []), { line: p.line, col: p.col, text: d.text }]);
  };
  let syntaxErrors = false;
  for (const f of files) {
    const r = parseFile(fset, fset.add(basename(f.name), f.text), { pkgPath: 'p' });
    const ds = stopAtSyntax ? sortDiagnostics(fset, r.diagnostics) : r.diagnostics;
    // gc reports one syntax error a line.
    let last = -1;
    for (const d of ds) {
      const line = fset.position(d.range.start).line;
      if (line !== last || !d.text.startsWith('syntax error')) add(d);
      last = line;
    }
    if (r.diagnostics.some((d) => d.text.startsWith('syntax error'))) syntaxErrors = true;
    if (r.file) { parsed.push(r.file); units.push({ file: r.file, linknames: r.linknames }); }
  }
  if (parsed.length === 0 || (stopAtSyntax && syntaxErrors)) return found;
  const r = checkPackage(fset, parsed[0].pkgName.value, parsed, { goVersion, importer });
  for (const d of stopAtSyntax ? r.diagnostics : r.reported) add(d);
  if (stopAtSyntax && r.diagnostics.length === 0) {
    const declared = (name: string): boolean => { const k = r.pkg.scope.lookup(name)?.kind; return k === 'Func' || k === 'Var'; };
    for (const d of checkDirectives(units, { lang: goVersion.slice(2), declared, external: true })) add(d);
  }
  return found;
}

// internal/types/testdata ------------------------------------------------------------

interface Marker { readonly line: number; readonly kind: string; readonly pattern: string; met: boolean }

/** ERROR comments, each at the line of the token before it. Comments are found by a small scanner. */
function markers(text: string): Marker[] {
  const out: Marker[] = [];
  const re = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+'|\n|[^\s/"`'\n]+|./g;
  let line = 1, tokenLine = 1;
  for (const m of text.matchAll(re)) {
    const s = m[0];
    if (s.startsWith('//') || s.startsWith('/*')) {
      const e = /^\/[/*] (ERRORx?) ([\s\S]*?)(?:\*\/)?$/.exec(s);
      if (e) out.push({ line: tokenLine, kind: e[1], pattern: goUnquote(e[2].trim()), met: false });
    } else if (s.trim() !== '') tokenLine = line + s.split('\n').length - 1;
    line += s.split('\n').length - 1;
  }
  return out;
}

function goUnquote(s: string): string {
  if (s[0] === '`') return s.slice(1, -1);
  try { return JSON.parse(s.replace(/\\x([0-9a-f]{2})/gi, '\\u00$1').replace(/\\a/g, '\\u0007')) as string; } catch { return s.slice(1, -1); }
}

/** A Go regular expression in JavaScript's dialect. */
function regexp(s: string): RegExp {
  let flags = 's';
  if (s.startsWith('(?i)')) { s = s.slice(4); flags += 'i'; }
  return new RegExp(s.replace(/\[\[:alpha:\]\]/g, '[a-zA-Z]'), flags);
}

/** Tests of what gc does elsewhere than in its type checker, or not at all. */
const elsewhere: Readonly<Record<string, string>> = {
  'check/gotos.go': 'gc leaves labels and branches to the parser, whose texts differ',
  'check/labels.go': 'gc leaves labels and branches to the parser, whose texts differ',
  'fixedbugs/issue48230.go': 'gc 1.26 prints another text than the test asks for',
  'check/stmt0.go': 'of its labels gc speaks in the parser, whose texts differ',
  'check/cycles1.go': 'gc refuses cycles of anonymous interfaces after type checking; we do so too',
};

export function testdata(name: string, paths: readonly string[], importer: Importer): Verdict {
  if (elsewhere[name]) return { name, ok: true, why: [], skipped: elsewhere[name] };
  const texts = paths.map((p) => readFileSync(p));
  const flags = /^\/\/\s*(-[^\n]*)/.exec(texts[0].toString('utf8'))?.[1] ?? '';
  if (/gotypesalias=0|goexperiment|fakeImportC/.test(flags)) return { name, ok: true, why: [], skipped: flags };
  const lang = /-lang=(\S+)/.exec(flags)?.[1] ?? '';
  const found = check(paths.map((p, i) => ({ name: p, text: new Uint8Array(texts[i]) })), lang, importer, false);
  const why: string[] = [];
  paths.forEach((p, i) => {
    const want = markers(texts[i].toString('utf8'));
    for (const f of found.get(basename(p)) ?? []) {
      const m = want.find((w) => !w.met && w.line === f.line && (w.kind === 'ERROR' ? f.text.includes(w.pattern) : regexp(w.pattern).test(f.text)));
      if (m) m.met = true; else why.push(`${basename(p)}:${f.line}:${f.col}: not expected: ${f.text}`);
    }
    for (const w of want) if (!w.met) why.push(`${basename(p)}:${w.line}: missing: ${w.pattern}`);
  });
  return { name, ok: why.length === 0, why };
}

// GOROOT/test ------------------------------------------------------------------------

export function errorcheck(name: string, path: string, importer: Importer, known: ReadonlySet<string>): Verdict {
  if (known.has(name) || elsewhere[name]) return { name, ok: true, why: [], skipped: elsewhere[name] ?? 'fails with types2 too' };
  const text = readFileSync(path);
  const head = /^\/\/ errorcheck([^\n]*)/m.exec(text.toString('utf8'))?.[1] ?? '';
  if (/-0|-d=(?!panic)|-m|-live|-race|-goexperiment|-std|-\+|-complete|-e=0|-t /.test(head) || head.startsWith('with') || head.startsWith('output')) return { name, ok: true, why: [], skipped: head.trim() };
  if (!buildable(basename(path).replace(/_/g, '-'), text.toString('utf8'))) return { name, ok: true, why: [], skipped: 'not built for linux/amd64' };
  const lang = /-lang=(\S+)/.exec(head)?.[1] ?? 'go1.26';
  const found = [...check([{ name: path, text: new Uint8Array(text) }], lang, importer, true).values()].flat();
  const why: string[] = [];
  const lines = text.toString('utf8').split('\n');
  const unmet = new Set(found);
  lines.forEach((l, i) => {
    if (l.includes('////')) return;
    const m = /\/\/ (?:GC_)?ERROR (.*)/.exec(l);
    if (!m) return;
    const here = found.filter((f) => f.line === i + 1);
    for (const q of m[1].matchAll(/"([^"]*)"|`([^`]*)`/g)) {
      const pattern = (q[1] ?? q[2]).replace(/LINE(?:([+-])(\d+))?/g, (_, s: string, n: string) => `${basename(path)}:${i + 1 + (s ? Number(s + n) : 0)}`);
      const re = regexp(pattern);
      const hits = here.filter((f) => re.test(`${path}:${f.line}: ${f.text}`));
      if (hits.length === 0) why.push(`${basename(path)}:${i + 1}: missing: ${pattern}`);
      for (const h of hits) unmet.delete(h);
    }
  });
  for (const f of unmet) why.push(`${basename(path)}:${f.line}:${f.col}: not expected: ${f.text}`);
  return { name, ok: why.length === 0, why };
}

function goFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? (e.name.endsWith('.dir') ? [] : goFiles(join(dir, e.name))) : e.name.endsWith('.go') ? [join(dir, e.name)] : []));
}

export function run(args: readonly string[] = process.argv.slice(3)): boolean {
  const root = findGoroot();
  if (!root) {
    console.log('types: no Go installation found; skipped');
    return true;
  }
  const verbose = args.includes('-v'), only = args.filter((a) => !a.startsWith('-'));
  defPredeclaredTestFuncs();
  const importer = new SourceImporter(root);
  let good = true, passed = 0, total = 0;
  const report = (title: string, list: readonly Verdict[]): void => {
    const done = list.filter((v) => !v.skipped), ok = done.filter((v) => v.ok).length;
    console.log(`${title}: ${ok}/${done.length} files (${((100 * ok) / Math.max(done.length, 1)).toFixed(1)} %), ${list.length - done.length} skipped`);
    for (const v of done) if (!v.ok && (verbose || only.length > 0)) for (const w of v.why.slice(0, only.length > 0 ? 100 : 4)) console.log(`  ${v.name}: ${w}`);
    passed += ok;
    total += done.length;
  };
  const wanted = (name: string): boolean => only.length === 0 || only.some((o) => name.includes(o));
  const safely = (name: string, f: () => Verdict): Verdict => {
    try { return f(); } catch (e) { return { name, ok: false, why: [`panic: ${(e as Error).stack?.split('\n').slice(0, 4).join(' ') ?? String(e)}`] }; }
  };
  const base = join(root, 'src/internal/types/testdata');
  for (const d of ['check', 'examples', 'fixedbugs', 'spec']) {
    const list = readdirSync(join(base, d)).sort().filter((n) => wanted(`${d}/${n}`)).map((n) => {
      const p = join(base, d, n);
      const paths = statSync(p).isDirectory() ? readdirSync(p).filter((x) => x.endsWith('.go')).sort().map((x) => join(p, x)) : [p];
      return safely(`${d}/${n}`, () => testdata(`${d}/${n}`, paths, importer));
    });
    report(`testdata/${d}`, list);
  }
  // Files gc itself is known to fail.
  const driver = readFileSync(join(root, 'src/cmd/internal/testdir/testdir_test.go'), 'utf8');
  const failures = /var types2Failures = setOf\(([\s\S]*?)\n\)/.exec(driver)?.[1] ?? '';
  const known = new Set([...failures.matchAll(/"([^"]+)"/g)].map((m) => m[1]));
  const tests = goFiles(join(root, 'test')).filter((p) => /^\/\/ errorcheck/m.test(readFileSync(p, 'utf8').slice(0, 2000)) && wanted(p.slice(root.length + 1)));
  report('errorcheck', tests.map((p) => safely(p.slice(root.length + 6), () => errorcheck(p.slice(root.length + 6), p, importer, known))));
  console.log(`types: ${passed}/${total} files (${((100 * passed) / Math.max(total, 1)).toFixed(1)} %)`);
  if (passed < 0.95 * total) good = false;
  if (importer.complaints.length > 0) {
    console.log(`errors in standard packages: ${importer.complaints.length}`);
    for (const c of importer.complaints.slice(0, verbose ? 40 : 5)) console.log(`  ${c}`);
    good = false;
  }
  return good;
}
