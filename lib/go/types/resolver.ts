/** Collecting declarations: package and file scopes, imports, and methods by receiver. */
import type { Pos } from '../../base/pos.ts';
import { Name, type ConstDecl, type Expr, type File, type FuncDecl, type ImportDecl, type VarDecl } from '../syntax/ast.ts';
import { endPos, startPos, unpackListExpr, unparen } from '../syntax/walk.ts';
import type { Checker } from './check.ts';
import { makeInt, unquote, decodeRune } from './constant.ts';
import { collectMethods, declare, DeclInfo, objDecl } from './decl.ts';
import { errorf, newError, softErrorf } from './errors.ts';
import { Const, Func, isExported, PkgName, TypeName, Var, type Obj } from './object.ts';
import { Package } from './package.ts';
import { recordDef, recordImplicit, recordScope } from './recording.ts';
import { Scope } from './scope.ts';
import { unsafePkg } from './universe.ts';
import { go1_18, verifyVersionf } from './version.ts';

/** Reports a mismatch between declared names and initialisers that can be seen without types. */
export function arity(check: Checker, names: readonly Name[], inits: readonly Expr[], pos: Pos, constDecl: boolean, inherited: boolean): void {
  const l = names.length, r = inits.length;
  if (l < r) {
    const n = inits[l];
    if (inherited) errorf(check, pos, 'WrongAssignCount', 'extra init expr at %s', check.fset.format(n.pos));
    else errorf(check, n, 'WrongAssignCount', 'extra init expr %s', n);
  } else if (l > r && (constDecl || r !== 1)) {
    errorf(check, names[r], 'WrongAssignCount', 'missing init expr for %s', names[r].value);
  }
}

/** The path of an import, or what is wrong with it. */
function importPath(lit: string): { path: string } | { error: string } {
  const s = unquote(lit);
  if (s === null) return { error: 'invalid syntax' };
  if (s.bytes === '') return { error: 'empty string' };
  let path = '';
  for (let i = 0; i < s.bytes.length;) {
    const [c, n] = decodeRune(s.bytes, i);
    const ch = String.fromCodePoint(c);
    if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(ch) || '!"#$%&\'()*,:;<=>?[\\]^{|}`\uFFFD'.includes(ch)) {
      const shown = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(ch) ? ` '${ch}'` : '';
      return { error: `invalid character U+${c.toString(16).toUpperCase().padStart(4, '0')}${shown}` };
    }
    path += ch;
    i += n;
  }
  return { path };
}

/** Declares a package-level constant, variable or type. */
function declarePkgObj(check: Checker, ident: Name, obj: Obj, d: DeclInfo): void {
  if (ident.value === 'init') {
    errorf(check, ident, 'InvalidInitDecl', 'cannot declare init - must be func');
    return;
  }
  if (ident.value === 'main' && check.pkg.name === 'main') {
    errorf(check, ident, 'InvalidMainDecl', 'cannot declare main - must be func');
    return;
  }
  declare(check, check.pkg.scope, ident, obj, 0);
  addObj(check, obj, d);
}
function addObj(check: Checker, obj: Obj, d: DeclInfo): void {
  check.objMap.set(obj, d);
  obj.order = check.objMap.size;
}

function importPackage(check: Checker, pos: Pos, path: string): Package {
  const known = check.impMap.get(path);
  if (known) return known;
  let imp: Package | null = null, why = '';
  const clean = path.replace(/\/+/g, '/').replace(/(\/\.)+(?=\/|$)/g, '').replace(/\/$/, '');
  if (path === 'unsafe') imp = unsafePkg();
  else if (path.startsWith('/')) why = 'import path cannot be absolute path';
  else if (clean !== path) why = `non-canonical import path "${path}" (should be "${clean}")`;
  else if (!check.conf.importer) why = 'Config.Importer not installed';
  else {
    try {
      const got = check.conf.importer.import(path);
      if (got === null) why = `package ${path} is not in std`;
      else if ('error' in got) why = got.error;
      else imp = got;
    } catch (e) {
      if (e instanceof RangeError) throw e;
      why = (e as Error).message;
    }
  }
  if (imp === null) {
    errorf(check, pos, 'BrokenImport', 'could not import %s (%s)', path, why);
    imp = new Package(path, path.replace(/\/$/, '').replace(/^.*\//, ''));
    imp.fake = true;
  }
  check.impMap.set(path, imp);
  return imp;
}

/** A method and the name its receiver has in the source. */
interface MethodInfo { readonly obj: Func; readonly ptr: boolean; readonly recv: Name }

export function collectObjects(check: Checker): void {
  const pkg = check.pkg, methods: MethodInfo[] = [], fileScopes: Scope[] = [];
  for (const file of check.files) {
    const c = new FileCollector(check, file, methods);
    fileScopes.push(c.scope);
    c.collect();
  }

  // A name cannot be both imported into a file and declared in the package.
  for (const scope of fileScopes) {
    for (const [name, obj] of scope.elems) {
      const alt = pkg.scope.lookup(name);
      if (!alt) continue;
      const err = newError(check, 'DuplicateDecl');
      if (obj.kind === 'PkgName') err.addf(alt, '%s already declared through import of %s', alt.name, packageText(obj.imported));
      else err.addf(alt, '%s already declared through dot-import of %s', alt.name, packageText(obj.pkg!));
      err.addAltDecl(obj);
      err.report();
    }
  }

  for (const m of methods) {
    const base = resolveBaseTypeName(check, m.ptr, m.recv);
    if (!base) continue;
    m.obj.hasPtrRecv_ = base.ptr;
    const list = check.methods.get(base.name);
    if (list) list.push(m.obj); else check.methods.set(base.name, [m.obj]);
  }
}

function packageText(p: Package): string { return `package ${p.name} ("${p.path}")`; }

/** Walks the declarations of one file. */
class FileCollector {
  readonly scope: Scope;
  readonly #check: Checker;
  readonly #file: File;
  readonly #version: number;
  readonly #methods: MethodInfo[];
  constructor(check: Checker, file: File, methods: MethodInfo[]) {
    this.#check = check;
    this.#file = file;
    this.#methods = methods;
    this.#version = check.versions.get(file) ?? 0;
    check.env.version = this.#version;
    this.scope = new Scope(check.pkg.scope, startPos(file), endPos(file), file.source.name);
    recordScope(check, file, this.scope);
  }

  #info(): DeclInfo { return new DeclInfo(this.scope, this.#version); }

  collect(): void {
    const check = this.#check;
    let first = -1, last: ConstDecl | null = null;
    this.#file.declList.forEach((s, index) => {
      if (s.kind !== 'ConstDecl') first = -1;
      switch (s.kind) {
        case 'ImportDecl': this.#import(s); break;
        case 'ConstDecl': {
          const prev = this.#file.declList[index - 1];
          if (first < 0 || s.group === null || prev?.kind !== 'ConstDecl' || prev.group !== s.group) { first = index; last = null; }
          let inherited = true;
          if (s.type !== null || s.values !== null) { last = s; inherited = false; } else if (last === null) inherited = false;
          const values = unpackListExpr(last?.values ?? null);
          s.nameList.forEach((name, i) => {
            const d = this.#info();
            d.vtyp = last?.type ?? null;
            d.init = values[i] ?? null;
            d.inherited = inherited;
            declarePkgObj(check, name, new Const(name.pos, check.pkg, name.value, null, makeInt(index - first)), d);
          });
          arity(check, s.nameList, values, s.pos, true, inherited);
          break;
        }
        case 'VarDecl': this.#var(s); break;
        case 'TypeDecl': {
          const d = this.#info();
          d.tdecl = s;
          declarePkgObj(check, s.name, new TypeName(s.name.pos, check.pkg, s.name.value, null), d);
          break;
        }
        case 'FuncDecl': this.#func(s); break;
      }
    });
  }

  #var(s: VarDecl): void {
    const check = this.#check, lhs: Var[] = [], values = unpackListExpr(s.values);
    // One initialiser for several variables: they share a DeclInfo.
    let shared: DeclInfo | null = null;
    if (s.values === null || s.values.kind !== 'ListExpr') {
      shared = this.#info();
      shared.lhs = lhs;
      shared.vtyp = s.type;
      shared.init = s.values;
    }
    s.nameList.forEach((name, i) => {
      const obj = new Var('package', name.pos, check.pkg, name.value, null);
      lhs.push(obj);
      let d = shared;
      if (!d) {
        d = this.#info();
        d.vtyp = s.type;
        d.init = values[i] ?? null;
      }
      declarePkgObj(check, name, obj, d);
    });
    if (s.type === null || values.length > 0) arity(check, s.nameList, values, s.pos, false, false);
  }

  #func(s: FuncDecl): void {
    const check = this.#check, pkg = check.pkg, name = s.name.value;
    const obj = new Func(s.name.pos, pkg, name, null);
    let tparamError = false;
    if (s.recv === null) {
      if (name === 'init' || (name === 'main' && pkg.name === 'main')) {
        const code = name === 'main' ? 'InvalidMainDecl' : 'InvalidInitDecl';
        if (s.tparamList.length > 0) {
          softErrorf(check, s.tparamList[0], code, 'func %s must have no type parameters', name);
          tparamError = true;
        }
        if (s.type.paramList.length > 0 || s.type.resultList.length > 0) softErrorf(check, s.name, code, 'func %s must have no arguments and no return values', name);
      }
      if (name === 'init') {
        // Nobody can refer to init functions.
        obj.parent = pkg.scope;
        recordDef(check, s.name, obj);
        if (s.body === null) softErrorf(check, obj.pos, 'MissingInitBody', 'func init must have a body');
      } else declare(check, pkg.scope, s.name, obj, 0);
    } else {
      const { ptr, base } = unpackRecv(check, s.recv.type, false);
      if (base.kind === 'Name' && name !== '_') this.#methods.push({ obj, ptr, recv: base });
      recordDef(check, s.name, obj);
    }
    if (s.tparamList.length > 0 && !tparamError) verifyVersionf(check, s.tparamList[0], go1_18, 'type parameter');
    const d = this.#info();
    d.fdecl = s;
    addObj(check, obj, d);
  }

  #import(s: ImportDecl): void {
    const check = this.#check, pkg = check.pkg;
    if (s.path === null || s.path.bad) return;
    const p = importPath(s.path.value);
    if ('error' in p) {
      errorf(check, s.path, 'BadImportPath', 'invalid import path (%s)', p.error);
      return;
    }
    const imp = importPackage(check, s.path.pos, p.path);
    const name = s.localPkgName?.value ?? imp.name;
    if (s.localPkgName && p.path === 'C') {
      errorf(check, s.localPkgName, 'ImportCRenamed', 'cannot rename import "C"');
      return;
    }
    if (name === 'init') {
      errorf(check, s, 'InvalidInitDecl', 'cannot import package as init - init must be a func');
      return;
    }
    if (!pkg.imports.includes(imp)) pkg.imports.push(imp);
    const obj = new PkgName(s.pos, pkg, name, imp);
    if (s.localPkgName) recordDef(check, s.localPkgName, obj); else recordImplicit(check, s, obj);
    if (imp.fake) obj.used = true;
    check.imports.push(obj);
    if (name !== '.') {
      declare(check, this.scope, null, obj, 0);
      return;
    }
    let from = check.dotImportMap.get(this.scope);
    if (!from) { from = new Map(); check.dotImportMap.set(this.scope, from); }
    for (const n of imp.scope.names()) {
      if (!isExported(n)) continue;
      const alt = this.scope.lookup(n);
      if (alt) {
        const err = newError(check, 'DuplicateDecl');
        err.addf(s.localPkgName!, '%s redeclared in this block', alt.name);
        err.addAltDecl(alt);
        err.report();
      } else {
        this.scope.elems.set(n, imp.scope.lookup(n)!);
        from.set(n, obj);
      }
    }
  }
}

/** Takes `*T[P, Q]` apart. Type parameters are unpacked on demand: they must be names. */
export function unpackRecv(check: Checker, rtyp: Expr, unpackParams: boolean): { ptr: boolean; base: Expr; tparams: Name[] } {
  let base = unparen(rtyp), ptr = false;
  if (base.kind === 'Operation' && base.op === '*' && base.y === null) {
    ptr = true;
    base = unparen(base.x);
  }
  const tparams: Name[] = [];
  if (base.kind === 'IndexExpr') {
    const ptyp = base;
    base = ptyp.x;
    if (unpackParams) {
      for (const arg of unpackListExpr(ptyp.index)) {
        if (arg.kind === 'Name') { tparams.push(arg); continue; }
        if (arg.kind !== 'BadExpr') errorf(check, arg, 'BadDecl', 'receiver type parameter %s must be an identifier', arg);
        tparams.push(new Name(arg.pos, '_'));
      }
    }
  }
  return { ptr, base, tparams };
}

/** The declared type a receiver's name means, through aliases of this package; null if it is none. */
function resolveBaseTypeName(check: Checker, ptr: boolean, name: Name): { ptr: boolean; name: TypeName } | null {
  const seen = new Set<TypeName>();
  for (let n: Name | null = name; n;) {
    const obj: Obj | null = check.pkg.scope.lookup(n.value);
    if (obj?.kind !== 'TypeName' || seen.has(obj)) return null;
    const tdecl = check.objMap.get(obj)?.tdecl;
    if (!tdecl) return null;
    if (!tdecl.alias) return { ptr, name: obj };
    if (tdecl.tparamList.length > 0) return null;
    seen.add(obj);
    let t = unparen(tdecl.type);
    if (t.kind === 'Operation' && t.op === '*' && t.y === null) {
      if (ptr) return null;
      ptr = true;
      t = unparen(t.x);
    }
    n = t.kind === 'Name' ? t : null;
  }
  return null;
}

/** Gives all package-level objects their types: types first, then aliases, then the rest. */
export function packageObjects(check: Checker): void {
  const aliases: Obj[] = [], others: Obj[] = [];
  for (const obj of check.objList) if (obj.kind === 'TypeName' && obj.type !== null) collectMethods(check, obj);
  for (const obj of check.objList) {
    if (obj.kind !== 'TypeName') others.push(obj);
    else if (check.objMap.get(obj)!.tdecl!.alias) aliases.push(obj);
    else objDecl(check, obj);
  }
  for (const obj of aliases) objDecl(check, obj);
  for (const obj of others) objDecl(check, obj);
  check.methods.clear();
}

export function unusedImports(check: Checker): void {
  for (const obj of check.imports) {
    if (obj.name === '_' || obj.used) continue;
    const path = obj.imported.path, elem = path.replace(/^.*\//, '');
    if (obj.name === '' || obj.name === '.' || obj.name === elem) softErrorf(check, obj.pos, 'UnusedImport', '%q imported and not used', path);
    else softErrorf(check, obj.pos, 'UnusedImport', '%q imported as %s and not used', path, obj.name);
  }
}
