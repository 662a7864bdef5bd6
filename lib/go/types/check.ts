/**
 * The type checker: its state, and the order of its work.
 *
 * A package is checked in passes: declarations are collected into the package
 * scope; types, then constants, variables and functions are given their types
 * (objDecl, on demand, in any order); function bodies and other postponed actions
 * follow; then the order of initialisation, unused imports, and instantiation
 * cycles. Results stand on the tree (ast.ts) and in Info. Errors are collected and
 * never thrown; a program nested too deeply for the host's stack gets a diagnostic
 * too.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { FileSet, Pos } from '../../base/pos.ts';
import type { CallExpr, Expr, File, FuncDecl } from '../syntax/ast.ts';
import { startPos } from '../syntax/walk.ts';
import { cleanupAlias } from './alias.ts';
import type { Value } from './constant.ts';
import type { Context } from './context.ts';
import { anonymousCycles, directCycles } from './cycles.ts';
import type { DeclInfo } from './decl.ts';
import { errorf } from './errors.ts';
import { Info, type OperandMode } from './info.ts';
import { initOrder } from './initorder.ts';
import { cleanupInterface } from './interface.ts';
import { largeTypes, mayBeLarge } from './large.ts';
import { MonoGraph, monomorph } from './mono.ts';
import { cleanupNamed } from './named.ts';
import type { Func, Obj, PkgName, TypeName } from './object.ts';
import { Package } from './package.ts';
import { recordUntyped } from './recording.ts';
import { collectObjects, packageObjects, unusedImports } from './resolver.ts';
import type { Scope } from './scope.ts';
import type { Basic, Named, Signature, Type, Union } from './type.ts';
import { cleanupTypeParam } from './typeparam.ts';
import type { TypeSet } from './typeset.ts';
import type { Qualifier } from './typestring.ts';
import { go1_21, goCurrent, parseGoVersion } from './version.ts';

/** Finds imported packages. null, an error text, or a thrown Error means it cannot be had. */
export interface Importer { import(path: string): Package | { readonly error: string } | null }

export interface Config {
  /** Language version, "go1.26" or "1.26"; empty: no version checks. */
  readonly goVersion?: string;
  readonly importer?: Importer;
  /** Function bodies are not checked (imported source). */
  readonly ignoreFuncBodies?: boolean;
  /** Postponed bodies of functions (ast.LazyBody) are checked when they are asked for; errors there are thrown. */
  readonly lazyBodies?: boolean;
}

export interface CheckResult {
  readonly pkg: Package;
  readonly info: Info;
  /** Sorted, without repetitions: what gc prints. */
  readonly diagnostics: Diagnostic[];
  /** All of them in the order found. */
  readonly reported: readonly Diagnostic[];
}

/** What is in force while one object, or one function body, is checked. */
export interface Environment {
  /** The package-level declaration whose initialiser or body it is. */
  decl: DeclInfo | null;
  scope: Scope;
  /** Minor language version; 0: any. */
  version: number;
  /** iota in constant declarations. */
  iota: Value | null;
  /** Where to report errors of an inherited constant initialiser; 0 elsewhere. */
  errpos: Pos;
  inTParamList: boolean;
  /** The signature of the function around, if any. */
  sig: Signature | null;
  /** Calls of panic, for the terminating-statement rule. */
  isPanic: Set<CallExpr> | null;
  hasLabel: boolean;
  /** The expression contains a call or receive. */
  hasCallOrRecv: boolean;
}

export function newEnvironment(scope: Scope, version: number): Environment {
  return { decl: null, scope, version, iota: null, errpos: 0, inTParamList: false, sig: null, isPanic: null, hasLabel: false, hasCallOrRecv: false };
}

/** An untyped expression whose final type is not known yet. */
export interface ExprInfo { isLhs: boolean; mode: OperandMode; type: Basic; val: Value | null }

export class Checker {
  ctxt: Context | null = null;
  readonly info = new Info();
  readonly diagnostics: Diagnostic[] = [];
  /** Package-level objects and methods, in source order. */
  readonly objMap = new Map<Obj, DeclInfo>();
  objList: Obj[] = [];
  readonly impMap = new Map<string, Package>();
  qualifier: Qualifier | null = null;
  files: File[] = [];
  readonly versions = new Map<File, number>();
  readonly imports: PkgName[] = [];
  /** Which import brought a dot-imported object into a file scope. */
  readonly dotImportMap = new Map<Scope, Map<string, PkgName>>();
  readonly unionTypeSets = new Map<Union, TypeSet>();
  readonly mono = new MonoGraph();
  /** Methods by receiver base type, until that type is declared. */
  readonly methods = new Map<TypeName, Func[]>();
  readonly untyped = new Map<Expr, ExprInfo>();
  delayed: { version: number; f: () => void }[] = [];
  readonly objPath: Obj[] = [];
  readonly objPathIdx = new Map<Obj, number>();
  readonly cleaners: Type[] = [];
  /** Types found to contain themselves nowhere, and the work done for it (validtype.ts). */
  readonly valids = new Set<Named>();
  validSteps = 0;
  /** An interface type was written. */
  interfaces = false;
  env: Environment;
  constructor(readonly fset: FileSet, readonly pkg: Package, readonly conf: Config) { this.env = newEnvironment(pkg.scope, 0); }
  get version(): number { return this.env.version; }
}

/** Checks the files of one package. */
export function checkPackage(fset: FileSet, path: string, files: readonly File[], conf: Config = {}): CheckResult {
  const check = new Checker(fset, new Package(path, ''), conf);
  try {
    checkFiles(check, files);
  } catch (e) {
    if (!(e instanceof RangeError)) throw e;
    const at = files[0]?.pos ?? 0;
    check.env.errpos = 0;
    errorf(check, at, 'Unsupported', 'program nests too deeply to be checked');
  }
  return { pkg: check.pkg, info: check.info, diagnostics: sortDiagnostics(fset, check.diagnostics), reported: check.diagnostics };
}

/** As gc prints them: an error repeated on its line at once is dropped, the rest sorted by position, each once per position. */
export function sortDiagnostics(fset: FileSet, list: readonly Diagnostic[]): Diagnostic[] {
  const keyed: { d: Diagnostic; file: string; line: number; col: number }[] = [];
  for (const d of list) {
    const p = fset.position(d.range.start), last = keyed[keyed.length - 1];
    if (last && last.line === p.line && last.file === p.filename && last.d.text === d.text) continue;
    keyed.push({ d, file: p.filename, line: p.line, col: p.col });
  }
  keyed.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.col - b.col));
  return keyed.filter((k, i) => {
    const p = keyed[i - 1];
    return !p || p.line !== k.line || p.col !== k.col || p.file !== k.file || p.d.text !== k.d.text;
  }).map((k) => k.d);
}

function checkFiles(check: Checker, files: readonly File[]): void {
  initFiles(check, files);
  collectObjects(check);
  check.objList = [...check.objMap.keys()];
  directCycles(check);
  packageObjects(check);
  processDelayed(check, 0);
  cleanup(check);
  if (check.conf.lazyBodies) {
    recordUntyped(check);
    check.info.orderLater = () => { initOrder(check); };
    check.pkg.goVersion = check.conf.goVersion ?? '';
    check.pkg.complete = check.pkg.lazy = true;
    return;
  }
  initOrder(check);
  if (!check.conf.ignoreFuncBodies) unusedImports(check);
  recordUntyped(check);
  if (check.diagnostics.length === 0) monomorph(check);
  if (check.diagnostics.length === 0 && !check.conf.ignoreFuncBodies && check.interfaces) anonymousCycles(check);
  if (check.diagnostics.length === 0 && !check.conf.ignoreFuncBodies && mayBeLarge(check)) largeTypes(check);
  check.pkg.goVersion = check.conf.goVersion ?? '';
  check.pkg.complete = true;
  check.ctxt = null;
}

/** Checks a postponed body, after its package. */
export function checkLate(check: Checker, decl: FuncDecl, version: number, body: () => void): void {
  const n = check.diagnostics.length, saved = check.env.version;
  check.env.version = version;
  body();
  processDelayed(check, 0);
  check.env.version = saved;
  cleanup(check);
  recordUntyped(check);
  const d = check.diagnostics[n] as Diagnostic | undefined;
  if (d) throw new Error(`invalid body of ${decl.name.value}: ${check.fset.format(d.range.start)}: ${d.text}`);
}

/** Names the package after its files and settles each file's language version. */
function initFiles(check: Checker, files: readonly File[]): void {
  const pkg = check.pkg;
  for (const file of files) {
    const name = file.pkgName.value;
    if (pkg.name === '') {
      if (name === '_') errorf(check, file.pkgName, 'BlankPkgName', 'invalid package name _');
      else pkg.name = name;
    } else if (name !== pkg.name) {
      errorf(check, startPos(file), 'MismatchedPkgName', 'package %s; expected package %s', name, pkg.name);
      continue;
    }
    check.files.push(file);
  }
  const pkgVersion = parseGoVersion(check.conf.goVersion ?? '');
  if (pkgVersion > goCurrent && files.length > 0) {
    errorf(check, startPos(files[0]), 'TooNew', 'package requires newer Go version go1.%d (application built with go1.%d)', pkgVersion, goCurrent);
  }
  for (const file of check.files) {
    let v = pkgVersion;
    const fileVersion = parseGoVersion(file.goVersion);
    if (fileVersion > 0) {
      v = Math.max(fileVersion, go1_21);
      if (fileVersion > goCurrent) errorf(check, file.pkgName, 'TooNew', 'file requires newer Go version go1.%d', fileVersion);
      check.info.fileVersions.set(file, `go1.${v}`);
    }
    check.versions.set(file, v);
  }
}

/** Postpones f until the end of the present statement or declaration. */
export function later(check: Checker, f: () => void): void { check.delayed.push({ version: check.env.version, f }); }

/** Does what was postponed since top was the length of the list; more may be added meanwhile. */
export function processDelayed(check: Checker, top: number): void {
  const saved = check.env.version;
  for (let i = top; i < check.delayed.length; i++) {
    const a = check.delayed[i];
    check.env.version = a.version;
    a.f();
  }
  check.delayed.length = top;
  check.env.version = saved;
}

/** Notes that obj is being declared. */
export function push(check: Checker, obj: Obj): void {
  check.objPathIdx.set(obj, check.objPath.length);
  check.objPath.push(obj);
}
export function pop(check: Checker): void { check.objPathIdx.delete(check.objPath.pop()!); }

/** t holds on to the checker: it is finished at the end. */
export function needsCleanup(check: Checker, t: Type): void { check.cleaners.push(t); }

function cleanup(check: Checker): void {
  // Finishing a type may create more.
  for (let i = 0; i < check.cleaners.length; i++) {
    const t = check.cleaners[i];
    switch (t.kind) {
      case 'Named': cleanupNamed(t); break;
      case 'Alias': cleanupAlias(t); break;
      case 'TypeParam': cleanupTypeParam(t); break;
      case 'Interface': cleanupInterface(t); break;
    }
  }
  check.cleaners.length = 0;
}

/** The scope and object a name means here, or null. */
export function lookupScope(check: Checker, name: string): [Scope, Obj] | null {
  for (let s: Scope | null = check.env.scope; s; s = s.parent) {
    const obj = s.lookup(name);
    if (obj) return [s, obj];
  }
  return null;
}
export function lookup(check: Checker, name: string): Obj | null { return lookupScope(check, name)?.[1] ?? null; }

/** Notes that the declaration being checked depends on a package-level object. */
export function addDeclDep(check: Checker, to: Obj): void {
  const from = check.env.decl;
  if (from && check.objMap.has(to)) (from.deps ??= new Set()).add(to);
}
