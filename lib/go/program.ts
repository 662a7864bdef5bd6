/**
 * A whole program through the front end: parse, check, lower, inline, analyse, walk.
 *
 * The main package is given as text; what it imports comes from a provider
 * (packages of its module, or lib/std) and is taken in dependency order, so that
 * a package's functions are lowered and tagged before its importers are. Each
 * step stops where the errors of the one before make its input meaningless:
 * syntax errors stop checking, type errors stop lowering. Nothing is thrown for
 * bad Go; the diagnostics say where and what.
 */
import type { Diagnostic } from '../base/diagnostic.ts';
import { FileSet, type Pos } from '../base/pos.ts';
import type { GoVersion } from '../base/version.ts';
import type * as ast from './syntax/ast.ts';
import { parseFile } from './syntax/parser.ts';
import { checkFiles } from './types/check_files.ts';
import type { Info } from './types/info.ts';
import type { Package } from './types/package.ts';
import { unsafePkg } from './types/universe.ts';
import { unquote } from './types/constant.ts';
import { lowerPackage, Program, type LoweredPackage } from './ir/lower.ts';
import { nodeText } from './ir/print.ts';
import { analyze, type EscapeResult } from './escape/analyze.ts';
import type { FactsProvider } from './facts/facts.ts';
import { walkPackage, type Walked } from './walk/walk.ts';

export interface SourceText { readonly name: string; readonly text: string | Uint8Array }

/** Gives the files of an imported package, undefined if there is none of that path. */
export type PackageProvider = (path: string) => readonly SourceText[] | undefined;

export interface ProgramOptions {
  readonly goVersion: GoVersion;
  /** 1: verdicts as -m; 2: with reasons. */
  readonly level?: 1 | 2;
  /** -l: no inlining. */
  readonly noInline?: boolean;
  readonly smallFrames?: boolean;
  readonly facts?: FactsProvider;
  /** Packages that belong to the program though nobody imports them (runtime). */
  readonly implicit?: readonly string[];
  /** Stop after checking. */
  readonly checkOnly?: boolean;
}

/** One package on its way. Later steps are absent when earlier ones found errors. */
export interface PackageResult {
  readonly path: string;
  readonly files: readonly ast.File[];
  readonly pkg: Package;
  readonly info: Info;
  readonly std: boolean;
  ir?: LoweredPackage;
  escape?: EscapeResult;
  walked?: Walked;
}

export interface ProgramResult {
  readonly fset: FileSet;
  /** In dependency order; the main package is last. */
  readonly packages: readonly PackageResult[];
  readonly main: PackageResult | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Takes a program through the front end. path is the main package's path (gc: "command-line-arguments", printed as main). */
export function buildProgram(files: readonly SourceText[], provide: PackageProvider, opts: ProgramOptions, path = 'main'): ProgramResult {
  const fset = new FileSet();
  const diagnostics: Diagnostic[] = [];
  const done = new Map<string, PackageResult>();
  const open = new Set<string>();
  const order: PackageResult[] = [];
  const program = new Program();

  const load = (pkgPath: string, texts: readonly SourceText[], std: boolean): PackageResult | undefined => {
    open.add(pkgPath);
    const before = diagnostics.length;
    const parsed: ast.File[] = [];
    for (const t of texts) {
      const r = parseFile(fset, fset.add(t.name, t.text));
      diagnostics.push(...r.diagnostics);
      if (r.file) parsed.push(r.file);
    }
    if (diagnostics.length > before) return undefined;
    for (const f of parsed) {
      for (const { path: dep, pos } of importsOf(f)) {
        if (dep === 'unsafe' || done.has(dep)) continue;
        if (open.has(dep)) { diagnostics.push(problem(pos, 'ImportCycle', 'import cycle not allowed')); continue; }
        const sources = provide(dep);
        if (sources) load(dep, sources, true);
      }
    }
    const checked = checkFiles(pkgPath, fset, parsed, {
      goVersion: opts.goVersion,
      importer: { import: (p) => (p === 'unsafe' ? (unsafePkg() ?? undefined) : done.get(p)?.pkg) ?? { error: `package ${p} is not in std` } },
    });
    diagnostics.push(...checked.diagnostics);
    const result: PackageResult = { path: pkgPath, files: parsed, pkg: checked.pkg, info: checked.info, std };
    open.delete(pkgPath);
    done.set(pkgPath, result);
    order.push(result);
    return result;
  };

  for (const dep of opts.implicit ?? []) {
    const sources = done.has(dep) ? undefined : provide(dep);
    if (sources) load(dep, sources, true);
  }
  const main = load(path, files, false);
  const bad = diagnostics.some((d) => d.severity === 'error');
  if (!bad && !opts.checkOnly) lowerAll(fset, order, program, opts, diagnostics);
  return { fset, packages: order, main, diagnostics };
}

function lowerAll(fset: FileSet, order: readonly PackageResult[], program: Program, opts: ProgramOptions, diagnostics: Diagnostic[]): void {
  let site = 1;
  for (const p of order) {
    const ir = lowerPackage(fset, p.pkg, p.files, p.info, { goVersion: opts.goVersion, program });
    p.ir = ir;
    diagnostics.push(...(ir.diagnostics ?? []));
    if (ir.diagnostics && ir.diagnostics.length > 0) return;
    p.escape = analyze(fset, ir, {
      goVersion: opts.goVersion, level: p.std ? 1 : (opts.level ?? 1), noInline: opts.noInline, smallFrames: opts.smallFrames, facts: opts.facts,
    });
  }
  for (const p of order) {
    const ir = p.ir!;
    p.walked = walkPackage({ path: ir.path, funcs: [...p.escape!.funcs], globals: ir.globals, init: ir.init }, {
      goVersion: opts.goVersion, firstSite: site, print: (n) => nodeText(n, { pkgPath: ir.path }),
    });
    site += p.walked.sites.length;
  }
}

/** Import paths of a file, with where they stand. */
export function importsOf(f: ast.File): { path: string; pos: Pos }[] {
  const out: { path: string; pos: Pos }[] = [];
  for (const d of f.declList) {
    if (d.kind !== 'ImportDecl' || !d.path || d.path.bad) continue;
    const s = unquote(d.path.value);
    if (s) out.push({ path: s.bytes, pos: d.path.pos });
  }
  return out;
}

function problem(pos: Pos, code: string, text: string): Diagnostic {
  return { code, severity: 'error', range: { start: pos, end: pos }, text };
}
