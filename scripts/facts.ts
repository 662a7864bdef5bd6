/**
 * Generates lib/go/facts/data: what is known of the standard library of the
 * installed Go. Our own front end compiles the packages' sources; of each exported
 * function and method the escape tags, the inline cost and the summary of its body
 * are kept, and the package's exported declarations as text. Factual data only: no
 * source text, no bodies.
 *
 * Run: npx tsx --tsconfig lib/tsconfig.json scripts/facts.ts [package …]
 * Check against the real compiler (probe functions that call each function and
 * discard, or leak, its results): … scripts/facts.ts --probe [package …]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Goroot, findGoroot, printLines } from './conformance/goroot.ts';
import { apiText } from './apitext.ts';
import { methodSym } from '../lib/go/ir/ctx.ts';
import { methodSet } from '../lib/go/ir/methodset.ts';
import { isInterface, ptrTo, signatureOf } from '../lib/go/ir/typeutil.ts';
import type { MethodFacts } from '../lib/go/facts/facts.ts';
import type { TypeName } from '../lib/go/types/object.ts';
import { summarize } from '../lib/go/escape/summary.ts';
import { FactsStore, factsFile, packInline, unpackInline, type PackedInline, type PackedPackage } from '../lib/go/facts/store.ts';
import { analyze } from '../lib/go/escape/analyze.ts';
import { FileSet } from '../lib/base/pos.ts';
import { parseFile } from '../lib/go/syntax/parser.ts';
import { checkPackage } from '../lib/go/types/check.ts';
import type { Package } from '../lib/go/types/package.ts';
import { lowerPackage, Program } from '../lib/go/ir/lower.ts';

const dataDir = join(dirname(fileURLToPath(import.meta.url)), '../lib/go/facts/data');
/** All public packages. */
function defaults(): string[] {
  const r = spawnSync('go', ['list', 'std'], { encoding: 'utf8', env: { ...process.env, CGO_ENABLED: '0' } });
  return r.stdout.split('\n').filter((p) => p !== '' && !/(^|\/)(internal|vendor)(\/|$)/.test(p) && !/^(runtime\/(race|cgo|msan|asan)|plugin|unsafe)/.test(p));
}

/** Facts of one package, and the packages its declarations mention. */
function packageFacts(g: Goroot, path: string, version: string): { facts: PackedPackage; imports: string[] } | undefined {
  const l = g.load(path);
  if (!l?.lowered) return undefined;
  const { text, imports } = apiText(l.pkg);
  const funcs: Record<string, [string[], PackedInline?]> = {};
  for (const fn of l.lowered.funcs) {
    if (fn.oclosure || fn.shape !== undefined || fn.wrapper || !fn.paramTags) continue;
    const name = fn.sym.slice(fn.sym.lastIndexOf('.') + 1);
    if (!/^\p{Lu}/u.test(name)) continue;
    const fact = summarize(g.fset, fn, l.lowered.lowerer, g.goVersion, g.pkgNames);
    const tags = fn.paramTags.slice();
    // A tag at the end that says "leaks" says nothing new.
    funcs[fn.sym] = fact ? [tags, packInline(fact)] : [tags];
  }
  return { facts: { path, name: l.pkg.name, go: version, api: text, funcs }, imports };
}

/** Notes the concrete types that a package's functions give as interfaces. */
function noteTypes(facts: PackedPackage, wanted: Map<string, Set<string>>): void {
  for (const f of Object.values(facts.funcs)) for (const spec of f[1] ? unpackInline(f[1]).concrete ?? [] : []) {
    if (spec === '') continue;
    const star = spec.startsWith('*'), [path, name] = spec.slice(star ? 1 : 0).split(' ');
    let names = wanted.get(path);
    if (!names) wanted.set(path, (names = new Set()));
    names.add(star ? `*${name}` : name);
  }
}
/** Exported methods of the types of a package, with the functions that calling them is. */
function typesOf(g: Goroot, path: string, names: ReadonlySet<string>): Record<string, MethodFacts> {
  const pkg = g.load(path)!.pkg, out: Record<string, MethodFacts> = {};
  for (const name of [...names].sort()) {
    const t = (pkg.scope.lookup(name.replace('*', '')) as TypeName).type;
    const methods: Record<string, string> = {};
    for (const { obj: m, inSet } of methodSet(name.startsWith('*') ? ptrTo(t) : t)) {
      const recv = signatureOf(m.type).recv?.type;
      if (inSet && recv && m.pkg && !isInterface(recv)) methods[m.name] = `${m.pkg.path} ${methodSym(signatureOf(m.type), m.name)}`;
    }
    out[name] = methods;
  }
  return out;
}

function generate(paths: readonly string[]): void {
  const root = findGoroot();
  if (!root) { console.log('facts: no Go installation found'); return; }
  const version = readFileSync(join(root, 'VERSION'), 'utf8').split('\n')[0];
  mkdirSync(dataDir, { recursive: true });
  const g = new Goroot(root);
  const queue = [...paths], done = new Set<string>();
  const wanted = new Map<string, Set<string>>(), all: PackedPackage[] = [];
  let bytes = 0, funcs = 0, inlined = 0;
  for (let p = queue.shift(); p !== undefined; p = queue.shift()) {
    if (done.has(p) || p === 'unsafe') continue;
    done.add(p);
    const r = packageFacts(g, p, version);
    if (!r) { console.log(`${p}: not loaded`); continue; }
    all.push(r.facts);
    noteTypes(r.facts, wanted);
    queue.push(...r.imports, ...wanted.keys());
    for (const f of Object.values(r.facts.funcs)) { funcs++; if (f[1]) inlined++; }
  }
  for (const f of all) {
    const names = wanted.get(f.path);
    const text = JSON.stringify(names ? { ...f, types: typesOf(g, f.path, names) } : f);
    writeFileSync(join(dataDir, factsFile(f.path)), `${text}\n`);
    bytes += text.length;
  }
  console.log(`${done.size} packages, ${funcs} functions (${inlined} inlinable), ${(bytes / 1024).toFixed(0)} KiB`);
}

/** The store over the generated files. */
export function dataStore(): FactsStore {
  return new FactsStore((p) => { try { return readFileSync(join(dataDir, factsFile(p)), 'utf8'); } catch { return undefined; } });
}

/** A world that imports packages by their recorded declarations only. */
export class FactsWorld {
  readonly fset = new FileSet();
  readonly store = dataStore();
  readonly #pkgs = new Map<string, Package | null>();
  readonly names = new Map<string, string>();
  readonly problems: string[] = [];
  import(path: string): Package | null {
    const have = this.#pkgs.get(path);
    if (have !== undefined) return have;
    const api = this.store.api(path);
    if (api === undefined) { this.#pkgs.set(path, null); return null; }
    const { file, diagnostics } = parseFile(this.fset, this.fset.add(`$GOROOT/${path}/api.go`, api));
    const r = checkPackage(this.fset, path, file ? [file] : [], { goVersion: 'go1.26', importer: { import: (p) => this.import(p) }, ignoreFuncBodies: true });
    for (const d of [...diagnostics, ...r.diagnostics]) this.problems.push(`${this.fset.format(d.range.start)}: ${d.text}`);
    this.#pkgs.set(path, r.pkg);
    this.names.set(path, r.pkg.name);
    return r.pkg;
  }
  lines(name: string, text: string, noInline = false): string[] {
    const { file } = parseFile(this.fset, this.fset.add(name, text));
    const r = checkPackage(this.fset, 'main', file ? [file] : [], { goVersion: 'go1.26', importer: { import: (p) => this.import(p) } });
    if (r.diagnostics.length > 0) return r.diagnostics.map((d) => `${this.fset.format(d.range.start)}: ${d.text}`);
    const low = lowerPackage(this.fset, r.pkg, [file!], r.info, { goVersion: '1.26', program: new Program() });
    return printLines(this.fset, analyze(this.fset, low, { goVersion: '1.26', noInline, facts: this.store, pkgNames: this.names }), (f) => f === name);
  }
}

/** For every exported non-generic function: calls that discard and that leak each result, compiled by the real compiler and by ours from facts. */
function probe(paths: readonly string[]): void {
  const w = new FactsWorld();
  let wanted = 0, missing = 0, extra = 0, functions = 0;
  const tmp = mkdtempSync(join(tmpdir(), 'gomem-probe-'));
  try {
    for (const path of paths) {
      const pkg = w.import(path);
      if (!pkg) continue;
      const body: string[] = [];
      let i = 0;
      for (const n of pkg.scope.names()) {
        const o = pkg.scope.lookup(n)!;
        if (o.kind !== 'Func' || !o.exported || o.signature.tparams.length > 0) continue;
        const args = o.signature.params.vars.map((_, k) => `x[${i}].a${k}`);
        const fields = o.signature.params.vars.map((v, k) => {
          const t = apiTypeText(v.type, pkg);
          return `a${k} ${t}`;
        });
        if (fields.some((f) => f.includes('\u0000'))) continue;
        const call = `${pkg.name}.${n}(${args.map((_, k) => `a${k}`).join(', ')}${o.signature.variadic ? '...' : ''})`;
        const params = fields.join(', ');
        const results = o.signature.results.vars.length;
        functions++;
        body.push(`func discard${i}(${params}) { ${call} }`);
        if (results > 0) {
          const vars = o.signature.results.vars.map((_, k) => `r${k}`);
          body.push(`func leak${i}(${params}) { ${vars.join(', ')} := ${call}; ${vars.map((v) => `sink = &${v}`).join('; ')} }`);
        }
        i++;
      }
      const deps = [...probeImports].filter(([p]) => p !== path);
      probeImports.clear();
      const text = ['package main', `import "${path}"`, ...deps.map(([p, a]) => `import ${a} "${p}"`), 'var sink any', ...body, 'func main() {}', ''].join('\n');
      const file = join(tmp, 'probe.go');
      writeFileSync(file, text);
      const r = spawnSync('go', ['build', '-gcflags=-m', '-o', join(tmp, 'x'), './probe.go'], { cwd: tmp, encoding: 'utf8', maxBuffer: 1 << 28 });
      const real = r.stderr.split('\n').filter((l) => l.startsWith('./probe.go'));
      const ours = w.lines('./probe.go', text);
      const count = new Map<string, number>();
      for (const l of ours) count.set(l, (count.get(l) ?? 0) + 1);
      const lost = real.filter((l) => { const k = count.get(l) ?? 0; if (k > 0) { count.set(l, k - 1); return false; } return true; });
      const more = [...count].flatMap(([l, k]) => Array<string>(k).fill(l));
      wanted += real.length;
      missing += lost.length;
      extra += more.length;
      console.log(`${path.padEnd(20)} lines ${real.length}, missing ${lost.length}, extra ${more.length}`);
      if (process.env.VERBOSE) for (const l of [...lost.map((x) => `  - ${x}`), ...more.map((x) => `  + ${x}`)].slice(0, 40)) console.log(l);
    }
  } finally { rmSync(tmp, { recursive: true, force: true }); }
  for (const p of w.problems.slice(0, 20)) console.log(`api: ${p}`);
  console.log(`${functions} functions probed: ${wanted} lines, ${missing} missing, ${extra} extra`);
}
const probeImports = new Map<string, string>();
/** A parameter type as a probe can write it; \0 in it: it cannot. */
function apiTypeText(t: import('../lib/go/types/type.ts').Type, home: Package): string {
  return typeString(t, (p) => {
    if (p.path.includes('internal')) return '\u0000';
    if (p !== home) probeImports.set(p.path, p.name);
    return p.name;
  }).replace(/\b[a-z]\w*\.[a-z]\w*/g, '\u0000').replace(/interface \{.*\}/g, (s) => s);
}
import { typeString } from '../lib/go/types/typestring.ts';

const args = process.argv.slice(2);
if (process.argv[1]?.endsWith('facts.ts')) {
  if (args[0] === '--probe') probe(args.length > 1 ? args.slice(1) : defaults());
  else generate(args.length > 0 ? args : defaults());
}
