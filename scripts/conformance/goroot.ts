/**
 * Packages from a Go installation's sources, checked, lowered and analysed by our
 * front end: what conformance runs and the facts generator work on. Packages are
 * loaded once and serve every program of the process.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileSet } from '../../lib/base/pos.ts';
import type { Diagnostic } from '../../lib/base/diagnostic.ts';
import type { GoVersion } from '../../lib/base/version.ts';
import { parseFile } from '../../lib/go/syntax/parser.ts';
import type { File } from '../../lib/go/syntax/ast.ts';
import { checkPackage } from '../../lib/go/types/check.ts';
import type { Package } from '../../lib/go/types/package.ts';
import { Program, lowerPackage, type LoweredPackage } from '../../lib/go/ir/lower.ts';
import { analyze, type AnalyzeOptions, type EscapeResult } from '../../lib/go/escape/analyze.ts';

/** Where Go is, or null. */
export function findGoroot(): string | null {
  const r = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
  return r.status === 0 ? r.stdout.trim() : null;
}

const knownOS = new Set('aix android darwin dragonfly freebsd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos hurd'.split(' '));
const knownArch = new Set('386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm armbe arm64be amd64p32 sparc sparc64 ppc riscv s390 mips64p32 mips64p32le'.split(' '));
const tags = new Set(['linux', 'amd64', 'unix', 'gc', 'goexperiment.swissmap', 'goexperiment.aliastypeparams', 'goexperiment.regabiwrappers', 'goexperiment.regabiargs',
  'goexperiment.coverageredesign', 'goexperiment.spinbitmutex', 'goexperiment.synchashtriemap', 'goexperiment.dwarf5', 'goexperiment.greenteagc', 'goexperiment.randomizedheapbase64',
  'goexperiment.sizespecializedmalloc', 'amd64.v1']);

/** Does a file take part in a linux/amd64 build? */
export function buildable(name: string, text: string): boolean {
  const parts = name.replace(/\.go$/, '').split('_').slice(1);
  const last = parts[parts.length - 1], before = parts[parts.length - 2];
  if (last === 'test') return false;
  if (knownArch.has(last)) {
    if (last !== 'amd64') return false;
    if (knownOS.has(before) && before !== 'linux') return false;
  } else if (knownOS.has(last) && last !== 'linux') return false;
  const m = /^(?:\s*\/\/[^\n]*\n|\s*\/\*[\s\S]*?\*\/|\s*\n)*?\/\/go:build ([^\n]*)\n/.exec(text);
  if (!m || m.index > text.search(/^package /m)) return true;
  const js = m[1].replace(/[\p{L}\p{Nd}_.]+/gu, (t) => (tags.has(t) || /^go1\.\d+$/.test(t) && Number(t.slice(4)) <= 26 ? '1' : '0'));
  if (!/^[01!&|() ]+$/.test(js)) return true;
  return evaluate(js);
}
function evaluate(s: string): boolean {
  const toks = s.match(/&&|\|\||[!()01]/g) ?? [];
  let i = 0;
  const not = (): boolean => {
    const t = toks[i++];
    if (t === '!') return !not();
    if (t === '(') { const v = or(); i++; return v; }
    return t === '1';
  };
  const and = (): boolean => { let v = not(); while (toks[i] === '&&') { i++; const w = not(); v = v && w; } return v; };
  const or = (): boolean => { let v = and(); while (toks[i] === '||') { i++; const w = and(); v = v || w; } return v; };
  return or();
}

export interface Loaded { readonly pkg: Package; readonly lowered: LoweredPackage | undefined; readonly result: EscapeResult | undefined }

export interface CompileResult { readonly diagnostics: Diagnostic[]; readonly loaded: Loaded | undefined }

/** One world of packages: a file set, a program, the standard library as far as it was asked for. */
export class Goroot {
  readonly fset = new FileSet();
  readonly #loaded = new Map<string, Loaded | null>();
  program = new Program();
  /** Diagnostics in standard packages, which ought to have none. */
  readonly complaints: { path: string; text: string }[] = [];
  /** bodies: lower and analyse the packages imported, so that their functions can be inlined and have tags. units: each package makes its own instances, as in a run of gc. */
  constructor(readonly root: string, readonly opts: Omit<AnalyzeOptions, 'goVersion'> & { readonly goVersion?: GoVersion; readonly bodies?: boolean; readonly units?: boolean } = {}) {}
  get goVersion(): GoVersion { return this.opts.goVersion ?? '1.26'; }
  readonly pkgNames = new Map<string, string>();

  /** Directory of an import path. */
  dir(path: string): string | undefined {
    for (const d of [join(this.root, 'src', path), join(this.root, 'src/vendor', path)]) if (existsSync(d)) return d;
    return undefined;
  }

  /** A standard package, loaded on first use. */
  load(path: string): Loaded | null {
    const have = this.#loaded.get(path);
    if (have !== undefined) return have;
    this.#loaded.set(path, null);
    const dir = this.dir(path);
    if (!dir) return null;
    const files: File[] = [];
    for (const name of readdirSync(dir).sort()) {
      if (!name.endsWith('.go') || name.endsWith('_test.go')) continue;
      const bytes = readFileSync(join(dir, name));
      if (!buildable(name, bytes.toString('latin1'))) continue;
      const { file } = parseFile(this.fset, this.fset.add(join(dir, name), new Uint8Array(bytes)), { pkgPath: path, std: true, runtime: true });
      if (file) files.push(file);
    }
    const r = this.#finish(path, files, { std: true });
    for (const d of r.diagnostics) if (this.complaints.length < 200) this.complaints.push({ path, text: `${this.fset.format(d.range.start)}: ${d.text}` });
    if (r.loaded) this.#loaded.set(path, r.loaded);
    return r.loaded ?? null;
  }
  /** Makes a package importable under a path. */
  provide(path: string, loaded: Loaded): void { this.#loaded.set(path, loaded); }

  #finish(path: string, files: readonly File[], o: { std: boolean; analyze?: Partial<AnalyzeOptions> }): CompileResult {
    const { pkg, info, diagnostics } = checkPackage(this.fset, path, files, {
      goVersion: `go${o.std ? '1.26' : this.goVersion}`, importer: { import: (p) => this.load(p.startsWith('./') ? `test/${p.slice(2)}` : p)?.pkg ?? null }, ignoreFuncBodies: o.std && this.opts.bodies === false,
    });
    this.pkgNames.set(path, pkg.name);
    const errors = diagnostics.filter((d) => d.severity === 'error');
    if (!o.std && errors.length > 0) return { diagnostics, loaded: undefined };
    if (o.std && this.opts.bodies === false) return { diagnostics: errors, loaded: { pkg, lowered: undefined, result: undefined } };
    const lowered = lowerPackage(this.fset, pkg, files, info, { goVersion: this.goVersion, program: this.opts.units ? this.program.unit() : this.program });
    const result = analyze(this.fset, lowered, { ...this.opts, level: 1, goVersion: this.goVersion, pkgNames: this.pkgNames, ...(o.analyze ?? {}) });
    return { diagnostics: [...errors, ...(lowered.diagnostics ?? [])], loaded: { pkg, lowered, result } };
  }

  /** Compiles a program's package from texts (name as printed, and bytes). */
  compile(path: string, sources: readonly { name: string; text: Uint8Array }[], o: Partial<AnalyzeOptions> = {}): CompileResult {
    const files: File[] = [];
    const diagnostics: Diagnostic[] = [];
    for (const s of sources) {
      const r = parseFile(this.fset, this.fset.add(s.name, s.text), { pkgPath: path });
      diagnostics.push(...r.diagnostics);
      if (r.file) files.push(r.file);
    }
    if (diagnostics.some((d) => d.severity === 'error')) return { diagnostics, loaded: undefined };
    return this.#finish(path, files, { std: false, analyze: o });
  }
  /** Compiles a standard package once more, with other options than what is imported of it. */
  compileStd(path: string, sources: readonly { name: string; text: Uint8Array }[], o: Partial<AnalyzeOptions>): CompileResult {
    const files = sources.map((s) => parseFile(this.fset, this.fset.add(s.name, s.text), { pkgPath: path, std: true, runtime: true }).file).filter((f) => f !== null && f !== undefined);
    return this.#finish(path, files, { std: true, analyze: o });
  }
}

/** The lines of -m with their positions, as gc prints them; lines in other files than the given left out unless all. */
export function printLines(fset: FileSet, r: EscapeResult, keep: (filename: string) => boolean, columns = true): string[] {
  const out: string[] = [];
  for (const l of r.lines) {
    const p = fset.position(l.pos);
    if (p.line === 0) {
      if (keep('<autogenerated>')) out.push(`<autogenerated>:1: ${l.text}`);
    } else if (keep(p.filename)) out.push(`${p.filename}:${p.line}${columns ? `:${p.col}` : ''}: ${l.text}`);
  }
  return out;
}
