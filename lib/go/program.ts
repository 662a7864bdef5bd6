/**
 * A whole program through the front end: parse, check, lower, inline, analyse, walk.
 *
 * The main package is given as text; what it imports comes from a provider
 * (packages of its module, or lib/std) and is taken in dependency order, so that
 * a package's functions are lowered and tagged before its importers are. Each
 * step stops where the errors of the one before make its input meaningless:
 * syntax errors stop checking, type errors stop lowering. Nothing is thrown for
 * bad Go; the diagnostics say where and what.
 *
 * Standard packages do not change between two edits of a program. A Base keeps
 * them in every form: a build forks the base's file set, lowers the program's own
 * packages into the base's Program, and the next build takes that back again. Of a
 * standard package only the functions that programs reached so far (reach.ts) are
 * lowered; a program that reaches more adds them, as one more unit of the package.
 */
import { internalDiagnostic, type Diagnostic } from '../base/diagnostic.ts';
import { FileSet, type Pos } from '../base/pos.ts';
import { defaultGoVersion, type GoVersion } from '../base/version.ts';
import type * as ast from './syntax/ast.ts';
import { readHeader } from './header.ts';
import { parseFile } from './syntax/parser.ts';
import { checkDirectives, type Linkname } from './syntax/pragma.ts';
import { sortDiagnostics } from './types/check.ts';
import { checkFiles } from './types/check_files.ts';
import type { Info } from './types/info.ts';
import type { Package } from './types/package.ts';
import { unsafePkg } from './types/universe.ts';
import { unquote } from './types/constant.ts';
import { go1_22, parseGoVersion } from './types/version.ts';
import { lowerPackage, methodTable, PackageLowering, Program, type LoweredPackage } from './ir/lower.ts';
import type { Func, Inline, Site } from './ir/nodes.ts';
import { methodSym } from './ir/ctx.ts';
import { isGenericFunc, isInterface, ptrTo, signatureOf } from './ir/typeutil.ts';
import type { Func as FuncObj, Obj } from './types/object.ts';
import { nodeText } from './ir/print.ts';
import { analyze, type EscapeResult } from './escape/analyze.ts';
import type { FactsProvider } from './facts/facts.ts';
import { walkPackage, type Walked } from './walk/walk.ts';
import { Reach } from './reach.ts';

export interface SourceText { readonly name: string; readonly text: string | Uint8Array }

/** Gives the files of an imported package, undefined if there is none of that path. Names of std files begin with stdPrefix. */
export type PackageProvider = (path: string) => readonly SourceText[] | undefined;
export const stdPrefix = '$GOROOT/';

export interface ProgramOptions {
  readonly goVersion: GoVersion;
  /** The language version go.mod asks for a package ("1.21"); by default goVersion's. */
  readonly lang?: (path: string) => string | undefined;
  /** 1: verdicts as -m; 2: with reasons. */
  readonly level?: 1 | 2;
  /** -l: no inlining. */
  readonly noInline?: boolean;
  readonly smallFrames?: boolean;
  readonly facts?: FactsProvider;
  /** Stop after checking, or after verdicts; otherwise packages are walked too: what each site allocates, and trees to compile. */
  readonly until?: 'checked' | 'analysed';
  /** Std packages kept from earlier builds; must be of the same goVersion. */
  readonly base?: Base;
  /** Called with each package of the program when it is analysed: walking, which comes next, consumes the trees that explanations are made of. */
  readonly analysed?: (p: PackageResult, fset: FileSet) => void;
}

/** One package on its way. Later steps are absent when earlier ones found errors. */
export interface PackageResult {
  readonly path: string;
  readonly files: readonly ast.File[];
  readonly pkg: Package;
  readonly info: Info;
  readonly std: boolean;
  readonly imports: readonly string[];
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
  /** The same in the order found: what errorsText wants, because gc counts to ten before it sorts. */
  readonly reported: readonly Diagnostic[];
  /** The package of each file of the program, by file name. */
  readonly owners: ReadonlyMap<string, string>;
}

/** What callers know of a function of an archive. */
export interface ArchivedFunc {
  /** Escape tags, receiver first; undefined: it has none (no Go body). */
  readonly tags: readonly string[] | undefined;
  readonly external: boolean;
  readonly inline: { readonly cost: number; readonly canDelayResults: boolean } | undefined;
}
/**
 * What of a std package was compiled before (lib/engine/archive.ts): its initialisers,
 * some functions and all they reach, in packages it imports too.
 */
export interface ArchivedPackage {
  /** By symbol: `F`, `(*T).M`. */
  readonly funcs: ReadonlyMap<string, ArchivedFunc>;
  readonly types: ReadonlySet<string>;
  readonly sites: readonly Site[];
}

/** Std packages in all forms, shared by the builds of one Go version. */
export class Base {
  readonly fset = new FileSet();
  readonly program = new Program();
  /** In dependency order. */
  readonly packages = new Map<string, PackageResult>();
  readonly #lowering = new Map<PackageResult, PackageLowering>();
  readonly #reach = new Reach();
  readonly #archived = new Map<PackageResult, ArchivedPackage>();
  #grown = 0;
  #mark = this.program.mark();
  /**
   * siteOf: number of the first site of a function, from its package, its link name
   * and the place of its declaration in the package's text (-1: it has none there).
   * onUnit: called with each package and what was newly walked of it (to compile it).
   * archive: what was compiled before of a package just loaded.
   */
  constructor(
    readonly goVersion: GoVersion, readonly siteOf: (path: string, link: string, offset: number) => number,
    readonly onUnit: (p: PackageResult, unit: Walked) => void = () => undefined, readonly archive: (p: PackageResult) => ArchivedPackage | undefined = () => undefined,
  ) {}

  /** Makes sure that a std package and its imports are checked; undefined if std has no such package. */
  load(path: string, provide: PackageProvider): PackageResult | undefined {
    const have = this.packages.get(path);
    if (have) return have;
    const sources = provide(path);
    if (!sources || !sources[0]?.name.startsWith(stdPrefix)) return undefined;
    this.begin();
    const files = sources.map((t) => parseFile(this.fset, this.fset.add(t.name, t.text), { lazyBodies: true }));
    const imports = importPaths(files.map((f) => f.file));
    for (const i of imports) this.load(i, provide);
    const p = checkOne(this.fset, path, files.map((f) => f.file).filter((f) => f !== null && f !== undefined), defaultGoVersion, (i) => this.packages.get(i)?.pkg, true);
    this.#complain(path, [...files.flatMap((f) => f.diagnostics), ...p.diagnostics]);
    this.packages.set(path, p.result);
    // What is archived of a package rests on what is of those it imports.
    const archived = imports.every((i) => this.#archived.has(this.packages.get(i)!)) ? this.archive(p.result) : undefined;
    if (archived) {
      this.#archived.set(p.result, archived);
      p.result.walked = { funcs: [], globals: [], statics: [], sites: archived.sites.slice(), nextSite: 0, init: undefined };
    }
    return p.result;
  }
  #complain(path: string, problems: readonly Diagnostic[]): void {
    const d = problems.find((x) => x.severity === 'error');
    if (d) throw new Error(`invalid std package ${path}: ${this.fset.format(d.range.start)}: ${d.text}`);
  }

  /** Brings what the files of a program, which import the packages of std given, reach of all std packages into its last form. */
  grow(files: readonly ast.File[]): void {
    this.begin();
    for (const p of this.packages.values()) {
      if (this.#lowering.has(p)) continue;
      const archived = this.#archived.get(p);
      this.#reach.addPackage(p.files, p.path === 'runtime', archived && this.#heads(p, archived));
      this.#lowering.set(p, new PackageLowering(this.fset, p.pkg, p.files, p.info, { goVersion: this.goVersion, program: this.program }, archived !== undefined));
      this.#grown = -1;
    }
    for (const f of files) this.#reach.addFile(f);
    if (this.#reach.size !== this.#grown) {
      this.#grown = this.#reach.size;
      for (const [p, lowering] of this.#lowering) this.#unit(p, lowering);
    }
    for (const o of this.#reach.archivedNamed) if (this.program.heads.get(o)?.inline) this.#open(o);
    this.#mark = this.program.mark();
  }
  /** Makes the functions of an archive known to lowering; the objects that it has, and whether they may be inlined. */
  *#heads(p: PackageResult, archived: ArchivedPackage): Generator<[Obj, boolean]> {
    for (const t of archived.types) yield [p.pkg.scope.lookup(t)!, false];
    for (const f of p.files) for (const d of f.declList) {
      const o = d.kind === 'FuncDecl' ? d.name.obj : null;
      if (o?.kind !== 'Func') continue;
      const a = archived.funcs.get(methodSym(signatureOf(o.type), o.name));
      if (!a) continue;
      const { tags, external, inline } = a;
      const body = (): Inline => this.#open(o);
      this.program.heads.set(o, { tags, external, inline: inline && { ...inline, get body() { return body().body; }, get dcl() { return body().dcl; } } });
      yield [o, inline !== undefined];
    }
  }
  /** The body of an archived function, for inlining: lowered when it is first wanted. */
  #open(o: FuncObj): Inline {
    const head = this.program.heads.get(o)!, have = this.program.names.get(o)?.func?.inl;
    if (have && have !== head.inline) return have;
    const p = this.packages.get(o.pkg!.path)!;
    const ir = this.#lowering.get(p)!.one(o), [fn] = ir.funcs;
    // Its own calls are inlined in it too, at positions nobody asks for.
    analyze(this.fset.fork(), ir, { goVersion: this.goVersion, level: 1 });
    this.#complain(p.path, ir.diagnostics ?? []);
    fn.paramTags = head.tags?.slice();
    if (!fn.inl) throw new Error(`invalid archive: ${fn.link} cannot be inlined`);
    return fn.inl;
  }
  /** What of a package is in linked (functions by symbol; types with all their methods), for an archive. */
  reached(p: PackageResult, linked: ReadonlySet<string>): { funcs: [string, ArchivedFunc][]; types: string[] } {
    const funcs: [string, ArchivedFunc][] = [], types: string[] = [];
    for (const f of p.files) for (const d of f.declList) {
      const o = d.kind === 'FuncDecl' || d.kind === 'TypeDecl' ? d.name.obj : null;
      if (o?.kind === 'TypeName' && d.kind === 'TypeDecl' && d.tparamList.length === 0 && this.#reach.hasType(d)) {
        const methods = [o.type, ptrTo(o.type)].flatMap((t) => (isInterface(t) ? [] : [...methodTable(p.ir!.lowerer, t).values()]));
        if (methods.every((m) => m.external || linked.has(m.link))) types.push(o.name);
      }
      const fn = o?.kind === 'Func' && this.#reach.hasFunc(o) && !isGenericFunc(o) ? this.program.names.get(o)?.func : undefined;
      if (o?.kind === 'Func' && fn && o.name !== '_' && o.name !== 'init' && (fn.external || linked.has(fn.link))) {
        funcs.push([methodSym(signatureOf(o.type), o.name), { tags: fn.paramTags, external: fn.external, inline: fn.inl && { cost: fn.inl.cost, canDelayResults: fn.inl.canDelayResults } }]);
      }
    }
    return { funcs, types };
  }
  /** Lowers, analyses and walks what is reached of a package and was not before. */
  #unit(p: PackageResult, lowering: PackageLowering): void {
    const first = p.ir === undefined;
    const ir = lowering.lower((f) => this.#reach.hasFunc(f), (d) => this.#reach.hasType(d));
    if (!first && ir.funcs.length === 0) return;
    this.#complain(p.path, ir.diagnostics ?? []);
    p.ir ??= ir;
    const escape = analyze(this.fset, ir, { goVersion: this.goVersion, level: 1 });
    p.escape ??= escape;
    const bases = p.files.map((f) => f.source.base);
    const start = Math.min(...bases);
    const own = new Set(bases);
    const walked = walkPackage({ path: p.path, funcs: [...escape.funcs], globals: ir.globals, init: ir.init }, {
      goVersion: this.goVersion, firstSite: 0, print: (n) => nodeText(n, { pkgPath: p.path }),
      firstSiteOf: (fn) => this.siteOf(p.path, fn.link, fn.dupok || fn.wrapper || fn.shape !== undefined || fn.link.includes('[') || !this.#inside(own, fn.pos) ? -1 : fn.pos - start),
    });
    if (p.walked) {
      p.walked.funcs.push(...walked.funcs);
      (p.walked.sites as Site[]).push(...walked.sites);
    } else p.walked = { ...walked, sites: walked.sites.slice(), funcs: walked.funcs.slice() };
    this.onUnit(p, walked);
  }
  /** The number of the first site of a function made of a std package's for a program: an instance, a wrapper. */
  madeSite(fn: Func): number | undefined {
    const made = fn.dupok || fn.wrapper || fn.shape !== undefined;
    return made && this.packages.has(fn.nname.pkgPath) ? this.siteOf(fn.nname.pkgPath, fn.link, -1) : undefined;
  }
  /** Whether pos lies in a file that begins at one of bases. */
  #inside(bases: ReadonlySet<number>, pos: Pos): boolean {
    const f = this.fset.file(pos);
    return f !== undefined && bases.has(f.base);
  }
  /** Takes back what the last build lowered into the shared program. */
  begin(): void { this.program.reset(this.#mark); }
}

/** Takes a program through the front end. path is the main package's path. */
export function buildProgram(files: readonly SourceText[], provide: PackageProvider, opts: ProgramOptions, path = 'main'): ProgramResult {
  const base = opts.base ?? new Base(opts.goVersion, () => 1 << 20);
  base.begin();
  loadStd(files, provide, base, new Set());

  const fset = base.fset.fork();
  const diagnostics: Diagnostic[] = [];
  const reported: Diagnostic[] = [];
  const owners = new Map<string, string>();
  const done = new Map<string, PackageResult>();
  // Packages being loaded, each with the file that imports it.
  const open = new Map<string, string>();
  const failed = new Set<string>();
  const add = (d: Diagnostic): void => { diagnostics.push(d); reported.push(d); };
  const order: PackageResult[] = [];
  const useStd = (p: PackageResult): void => {
    if (done.has(p.path)) return;
    for (const i of p.imports) { const d = base.packages.get(i); if (d) useStd(d); }
    done.set(p.path, p);
    order.push(p);
  };

  const load = (pkgPath: string, texts: readonly SourceText[], from = ''): PackageResult | undefined => {
    open.set(pkgPath, from);
    const r = loadOpen(pkgPath, texts);
    open.delete(pkgPath);
    if (!r) failed.add(pkgPath);
    return r;
  };
  const loadOpen = (pkgPath: string, texts: readonly SourceText[]): PackageResult | undefined => {
    const lang = opts.lang?.(pkgPath) ?? opts.goVersion;
    const parsed: ast.File[] = [], found: Diagnostic[] = [], units: Unit[] = [];
    for (const t of texts) {
      owners.set(t.name, pkgPath);
      const r = parseFile(fset, fset.add(t.name, t.text));
      found.push(...r.diagnostics);
      if (r.file) { parsed.push(r.file); units.push({ file: r.file, linknames: r.linknames, directives: r.directives }); }
      else break;
    }
    reported.push(...found);
    // Misplaced labels and the like do not keep gc from checking types.
    if (parsed.length < texts.length || found.some((d) => d.text.startsWith('syntax error'))) {
      diagnostics.push(...found);
      return undefined;
    }
    let missing = false;
    const seen = new Set<string>();
    for (const f of parsed) {
      for (const { path: dep, pos } of importsOf(f)) {
        if (dep === 'unsafe' || done.has(dep)) continue;
        if (failed.has(dep)) { missing = true; continue; }
        if (open.has(dep)) {
          add(problem(pos, 'ImportCycle', cycleText(open, dep, path, fset.position(pos).filename)));
          missing = true;
          continue;
        }
        const std = base.packages.get(dep);
        if (std) { useStd(std); continue; }
        const sources = provide(dep);
        if (sources) missing = !load(dep, sources, fset.position(pos).filename) || missing;
        else if (!seen.has(dep)) {
          seen.add(dep);
          missing = true;
          add(problem(pos, 'NoPackage', missingText(dep)));
        }
      }
    }
    if (missing) {
      diagnostics.push(...found);
      return undefined;
    }
    const checked = checkOne(fset, pkgPath, parsed, lang, (i) => done.get(i)?.pkg, false);
    const problems = [...checked.reported];
    if (found.length === 0 && !problems.some((d) => d.severity === 'error')) problems.push(...directives(units, checked.result.pkg, lang));
    diagnostics.push(...sortDiagnostics(fset, [...found, ...problems]));
    reported.push(...problems);
    // Importers of a package with errors are not compiled.
    if (pkgPath !== path && (found.length > 0 || problems.some((d) => d.severity === 'error'))) return undefined;
    done.set(pkgPath, checked.result);
    order.push(checked.result);
    return checked.result;
  };

  // Every program has a runtime: the machine makes its errors' values.
  const runtime = base.load('runtime', provide);
  if (runtime) useStd(runtime);
  const main = load(path, files);
  if (!diagnostics.some((d) => d.severity === 'error') && opts.until !== 'checked') {
    let site = 1;
    base.grow(order.flatMap((p) => (p.std ? [] : p.files)));
    fset.takeInlined(base.fset);
    let at: PackageResult | undefined;
    // Instances and wrappers are made anew, also those that std packages have: what was built before makes no difference.
    const program = base.program.unit();
    try {
      for (const p of order) {
        if (p.std) continue;
        at = p;
        const problems: Diagnostic[] = [];
        lowerOne(fset, p, program, opts, problems);
        problems.forEach(add);
        if (problems.length > 0) break;
        opts.analysed?.(p, fset);
      }
      if (opts.until !== 'analysed' && !diagnostics.some((d) => d.severity === 'error')) {
        for (const p of order) if (!p.std) { at = p; site = walkOne(p, opts.goVersion, site, base); }
      }
    } catch (x) { add(internalDiagnostic(x, at?.files[0]?.pos ?? 0)); }
  }
  return { fset, packages: order, main, diagnostics, reported, owners };
}

/** Loads into base the std packages that files, or packages of the module they import, ask for. */
function loadStd(files: readonly SourceText[], provide: PackageProvider, base: Base, seen: Set<string>): void {
  base.load('runtime', provide);
  for (const t of files) {
    for (const { path: dep } of readHeader(typeof t.text === 'string' ? new TextEncoder().encode(t.text) : t.text).imports) {
      if (dep === 'unsafe' || seen.has(dep)) continue;
      seen.add(dep);
      if (base.load(dep, provide)) continue;
      const own = provide(dep);
      if (own) loadStd(own, provide, base, seen);
    }
  }
}

function checkOne(fset: FileSet, path: string, files: readonly ast.File[], goVersion: string, find: (path: string) => Package | undefined, std: boolean): { result: PackageResult; diagnostics: readonly Diagnostic[]; reported: readonly Diagnostic[] } {
  const c = checkFiles(path, fset, files, {
    goVersion: `go${goVersion}`, lazyBodies: std,
    importer: { import: (p) => (p === 'unsafe' ? (unsafePkg() ?? undefined) : find(p)) ?? { error: `package ${p} is not in std` } },
  });
  return { result: { path, files, pkg: c.pkg, info: c.info, std, imports: importPaths(files) }, diagnostics: c.diagnostics, reported: c.reported };
}

/** A parsed file with what its directives say. */
interface Unit { readonly file: ast.File; readonly linknames: readonly Linkname[]; readonly directives: boolean }

/** What gc says of directives and missing bodies in a package that is correct otherwise. */
function directives(units: readonly Unit[], pkg: Package, lang: string): Diagnostic[] {
  return checkDirectives(units, { lang, declared: (name) => { const o = pkg.scope.lookup(name); return o?.kind === 'Func' || o?.kind === 'Var'; } });
}

function lowerOne(fset: FileSet, p: PackageResult, program: Program, opts: ProgramOptions, problems: Diagnostic[]): void {
  const lang = opts.lang?.(p.path) ?? opts.goVersion;
  const versions = new Map(p.files.map((f) => [f.source, parseGoVersion(p.info.fileVersions.get(f) ?? lang)]));
  const distinctVars = (pos: Pos): boolean => (versions.get(fset.file(pos)!) ?? parseGoVersion(lang)) >= go1_22;
  const ir = lowerPackage(fset, p.pkg, p.files, p.info, { goVersion: opts.goVersion, program, distinctVars });
  p.ir = ir;
  problems.push(...(ir.diagnostics ?? []));
  if (problems.length > 0) return;
  p.escape = analyze(fset, ir, { goVersion: opts.goVersion, level: opts.level ?? 1, noInline: opts.noInline, smallFrames: opts.smallFrames, facts: opts.facts });
}

/** Walks a package; the number of the next one's first site. */
function walkOne(p: PackageResult, goVersion: GoVersion, firstSite: number, base: Base): number {
  const ir = p.ir!;
  p.walked = walkPackage({ path: ir.path, funcs: [...p.escape!.funcs], globals: ir.globals, init: ir.init }, {
    goVersion, firstSite, print: (n) => nodeText(n, { pkgPath: ir.path }), firstSiteOf: (fn) => base.madeSite(fn),
  });
  return p.walked.nextSite;
}

function importPaths(files: readonly (ast.File | null | undefined)[]): string[] {
  const out = new Set<string>();
  for (const f of files) if (f) for (const i of importsOf(f)) if (i.path !== 'unsafe') out.add(i.path);
  return [...out];
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

/** The go command's text for a package that is nowhere: paths with a dot in the first element are modules'. */
function missingText(path: string): string {
  return /^[^./]+\./.test(path.split('/')[0]) ? `no required module provides package ${path}; to add it:\n\tgo get ${path}` : `package ${path} is not in std`;
}

/** The go command's text for an import that leads back to a package being loaded; file is the one with the last import. */
function cycleText(open: ReadonlyMap<string, string>, back: string, main: string, file: string): string {
  const base = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
  const rows = [...open].filter(([p]) => p !== main).map(([p, from]) => `\n\timports ${p} from ${base(from)}`).join('');
  return `package command-line-arguments${rows}\n\timports ${back} from ${base(file)}: import cycle not allowed`;
}

function problem(pos: Pos, code: string, text: string): Diagnostic {
  return { code, severity: 'error', range: { start: pos, end: pos }, text };
}
