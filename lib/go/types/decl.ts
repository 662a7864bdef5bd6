/** Declarations: giving objects their types, and cycles among them. */
import type { Pos } from '../../base/pos.ts';
import { InterfaceType, Field, type ConstDecl, type Decl, type Expr, type FuncDecl, type Name, type TypeDecl } from '../syntax/ast.ts';
import { endPos, unpackListExpr } from '../syntax/walk.ts';
import { newAlias } from './alias.ts';
import { initConst, initVar, initVars } from './assignments.ts';
import { checkLate, later, newEnvironment, pop, processDelayed, push, type Checker } from './check.ts';
import { makeInt, makeUnknown } from './constant.ts';
import { errorf, newError, softErrorf } from './errors.ts';
import { expr, newTarget } from './expr.ts';
import { qualifierOf } from './format.ts';
import { addMethod, newNamed } from './named.ts';
import { Const, ObjSet, TypeName, Var, type Func, type Obj } from './object.ts';
import { Operand } from './operand.ts';
import { isConstType, isGeneric, isTypeParam, isValid } from './predicates.ts';
import { recordDef } from './recording.ts';
import { arity } from './resolver.ts';
import type { Scope } from './scope.ts';
import { funcType } from './signature.ts';
import { closeScope, funcBody, openScope } from './stmt.ts';
import { Signature, Typ, type Named, type Type, type TypeParam } from './type.ts';
import { bindTParams, newTypeParam } from './typeparam.ts';
import { declaredType, typ, varType } from './typexpr.ts';
import { packagePrefix } from './typestring.ts';
import { asNamed, under } from './under.ts';
import { validType } from './validtype.ts';
import { go1_18, go1_23, go1_9, verifyVersionf } from './version.ts';

/** The syntax of a package-level object. */
export class DeclInfo {
  /** All variables of an n:1 declaration. */
  lhs: Var[] | null = null;
  vtyp: Expr | null = null;
  init: Expr | null = null;
  /** The initialiser is that of an earlier constant. */
  inherited = false;
  tdecl: TypeDecl | null = null;
  fdecl: FuncDecl | null = null;
  /** Package-level objects the initialiser or body refers to. */
  deps: Set<Obj> | null = null;
  constructor(readonly file: Scope, readonly version: number) {}
}

/** Inserts obj into scope (visible from pos) and reports a redeclaration. id is where it is recorded. */
export function declare(check: Checker, scope: Scope, id: Name | null, obj: Obj, pos: Pos): void {
  if (obj.name !== '_') {
    const alt = scope.insert(obj);
    if (alt) {
      const err = newError(check, 'DuplicateDecl');
      err.addf(obj, '%s redeclared in this block', obj.name);
      err.addAltDecl(alt);
      err.report();
      return;
    }
    obj.scopePos = pos;
  }
  if (id) recordDef(check, id, obj);
}

/**
 * Determines obj's type (and value). An object on objPath is being declared:
 * meeting it again is a cycle, which may be fine (types) or not.
 */
export function objDecl(check: Checker, obj: Obj): void {
  if (check.objPathIdx.has(obj)) {
    const ok = validCycle(check, obj);
    if (obj.kind === 'Const' || obj.kind === 'Var') { if (!ok || obj.type === null) obj.type = Typ.Invalid; } else if (obj.kind === 'TypeName' && !ok) obj.type = Typ.Invalid;
    return;
  }
  if (obj.type !== null) return;
  const d = check.objMap.get(obj);
  if (!d) return;
  push(check, obj);
  const saved = check.env;
  check.env = newEnvironment(d.file, d.version);
  switch (obj.kind) {
    case 'Const':
      check.env.decl = d;
      constDecl(check, obj, d.vtyp, d.init, d.inherited);
      break;
    case 'Var':
      check.env.decl = d;
      varDecl(check, obj, d.lhs, d.vtyp, d.init);
      break;
    case 'TypeName':
      typeDecl(check, obj, d.tdecl!);
      collectMethods(check, obj);
      break;
    case 'Func': funcDecl(check, obj, d); break;
  }
  check.env = saved;
  pop(check);
}

/** The cycle of declarations that came back to obj is allowed; others are reported. */
function validCycle(check: Checker, obj: Obj): boolean {
  const cycle = check.objPath.slice(check.objPathIdx.get(obj)!);
  let nval = 0, ndef = 0;
  for (const o of cycle) {
    if (o.kind === 'Const' || o.kind === 'Var') nval++;
    else if (o.kind === 'TypeName') {
      // A generic type may mention itself in its own type parameter list.
      if (check.env.inTParamList && o.type !== null && isGeneric(o.type)) return true;
      if (!o.isAlias()) ndef++;
    }
  }
  // Only values: the initialisation order reports it.
  if (nval === cycle.length) return true;
  // Only types (and functions), at least one of them defined.
  if (nval === 0 && ndef > 0) return true;
  cycleError(check, cycle, firstInSrc(cycle));
  return false;
}

/** Reports a cycle, beginning with cycle[start]. */
export function cycleError(check: Checker, cycle: readonly Obj[], start: number): void {
  const name = (o: Obj): string => packagePrefix(o.pkg, qualifierOf(check)) + o.name;
  let obj = cycle[start];
  const tname = obj.kind === 'TypeName' ? obj : null;
  if (tname?.type?.kind === 'Alias') tname.type.fromRHS = Typ.Invalid;
  if (cycle.length === 1) {
    errorf(check, obj, 'InvalidDeclCycle', tname ? 'invalid recursive type: %s refers to itself' : 'invalid cycle in declaration: %s refers to itself', name(obj));
    return;
  }
  const err = newError(check, 'InvalidDeclCycle');
  err.addf(obj, tname ? 'invalid recursive type %s' : 'invalid cycle in declaration of %s', name(obj));
  for (let i = 0; i < cycle.length; i++) {
    const next = cycle[(start + i + 1) % cycle.length];
    err.addf(obj, '%s refers to %s', name(obj), name(next));
    obj = next;
  }
  err.report();
}

/** Index of the object that stands first in the source. */
export function firstInSrc(path: readonly Obj[]): number {
  let first = 0;
  for (let i = 1; i < path.length; i++) if (path[i].pos < path[first].pos) first = i;
  return first;
}

function constDecl(check: Checker, obj: Const, type: Expr | null, init: Expr | null, inherited: boolean): void {
  const env = check.env, savedIota = env.iota, savedErrpos = env.errpos;
  env.iota = obj.val;
  env.errpos = 0;
  obj.val = makeUnknown();
  constDecl1(check, obj, type, init, inherited);
  check.env.iota = savedIota;
  check.env.errpos = savedErrpos;
}

function constDecl1(check: Checker, obj: Const, type: Expr | null, init: Expr | null, inherited: boolean): void {
  if (type !== null) {
    const t = typ(check, type);
    if (!isConstType(t)) {
      if (isValid(under(t))) errorf(check, type, 'InvalidConstType', 'invalid constant type %s', t);
      obj.type = Typ.Invalid;
      return;
    }
    obj.type = t;
  }
  const x = new Operand();
  if (init !== null) {
    if (inherited) check.env.errpos = obj.pos;
    expr(check, null, x, init);
  }
  initConst(check, obj, x);
}

function varDecl(check: Checker, obj: Var, lhs: Var[] | null, type: Expr | null, init: Expr | null): void {
  if (type !== null) obj.type = varType(check, type);
  if (init === null) {
    if (type === null) obj.type = Typ.Invalid; // reported by arity
    return;
  }
  if (lhs === null || lhs.length === 1) {
    const x = new Operand();
    expr(check, newTarget(obj.type, obj.name), x, init);
    initVar(check, obj, x, 'variable declaration');
    return;
  }
  if (type !== null) for (const v of lhs) v.type = obj.type;
  initVars(check, lhs, [init], null);
}

/** typ is an interface of another package that is more than a set of methods. */
export function isImportedConstraint(check: Checker, t: Type | null): boolean {
  const named = t && asNamed(t);
  if (!named || named.obj.pkg === check.pkg || named.obj.pkg === null) return false;
  const u = under(named);
  return u.kind === 'Interface' && !u.typeSet().isMethodSet();
}

function typeDecl(check: Checker, obj: TypeName, tdecl: TypeDecl): void {
  let versionErr = false, rhs: Type | null = null;
  later(check, () => {
    const t = asNamed(obj.type);
    if (t) validType(check, t);
    if (!versionErr && isImportedConstraint(check, rhs)) verifyVersionf(check, tdecl.type, go1_18, 'using type constraint %s', rhs);
  });
  const tparam0 = tdecl.tparamList[0] ?? null;

  if (tdecl.alias) {
    if (tparam0 && !verifyVersionf(check, tparam0, go1_23, 'generic type alias')) versionErr = true;
    if (!versionErr && !verifyVersionf(check, tdecl, go1_9, 'type alias')) versionErr = true;
    const alias = newAlias(check, obj, null);
    if (tparam0) {
      openScope(check, tdecl, 'type parameters');
      collectTypeParams(check, tdecl.tparamList, (l) => { alias.tparams = l; });
    }
    rhs = declaredType(check, tdecl.type, obj);
    alias.fromRHS = rhs;
    if (rhs.kind === 'TypeParam' && alias.tparams.includes(rhs)) {
      errorf(check, tdecl.type, 'MisplacedTypeParam', 'cannot use type parameter declared in alias declaration as RHS');
      alias.fromRHS = Typ.Invalid;
    }
    if (tparam0) closeScope(check);
    return;
  }

  if (tparam0 && !verifyVersionf(check, tparam0, go1_18, 'type parameter')) versionErr = true;
  const named = newNamed(check, obj, null);
  named.allowNilRHS = true;
  if (tparam0) {
    openScope(check, tdecl, 'type parameters');
    collectTypeParams(check, tdecl.tparamList, (l) => { named.tparams_ = l; });
  }
  rhs = declaredType(check, tdecl.type, obj);
  named.fromRHS = rhs;
  if (isTypeParam(rhs)) {
    errorf(check, tdecl.type, 'MisplacedTypeParam', 'cannot use a type parameter as RHS in type declaration');
    named.fromRHS = Typ.Invalid;
  }
  if (tparam0) closeScope(check);
  named.allowNilRHS = false;
}

/** Declares type parameters; set receives them before their constraints are checked, which may need them. */
export function collectTypeParams(check: Checker, list: readonly Field[], set: (l: TypeParam[]) => void): void {
  const scopePos = list[0]?.pos ?? 0;
  const tparams = bindTParams(list.map((f) => declareTypeParam(check, f.name!, scopePos)));
  set(tparams);
  const outer = check.env.inTParamList;
  check.env.inTParamList = true;
  let bound: Type = Typ.Invalid;
  list.forEach((f, i) => {
    if (i === 0 || f.type !== list[i - 1].type) {
      bound = boundType(check, f.type);
      if (isTypeParam(bound)) {
        errorf(check, f.type, 'MisplacedTypeParam', 'cannot use a type parameter as constraint');
        bound = Typ.Invalid;
      }
    }
    tparams[i].bound = bound;
  });
  check.env.inTParamList = outer;
}

/** A constraint; ~T and A|B are wrapped in an implicit interface. */
function boundType(check: Checker, x: Expr): Type {
  if (x.kind !== 'Operation' || (x.op !== '~' && x.op !== '|')) return typ(check, x);
  const it = new InterfaceType(x.pos);
  it.end = x.end;
  it.methodList = [new Field(x.pos, null, x)];
  const t = typ(check, it);
  if (t.kind === 'Interface') t.implicit = true;
  return t;
}

export function declareTypeParam(check: Checker, name: Name, scopePos: Pos): TypeParam {
  const tname = new TypeName(name.pos, check.pkg, name.value, null);
  const tpar = newTypeParam(check, tname, Typ.Invalid);
  declare(check, check.env.scope, name, tname, scopePos);
  return tpar;
}

/** Attaches the methods collected for a type name. */
export function collectMethods(check: Checker, obj: TypeName): void {
  const methods = check.methods.get(obj);
  if (!methods) return;
  check.methods.delete(obj);
  const mset = new ObjSet(), base = asNamed(obj.type);
  if (base) later(check, () => checkFieldUniqueness(check, base));
  for (const m of methods) {
    const alt = mset.insert(m);
    if (alt) errorf(check, m.pos, 'DuplicateMethod', 'method %s.%s already declared at %s', obj.name, m.name, check.fset.format(alt.pos));
    else if (base) addMethod(base, m);
  }
}

function checkFieldUniqueness(check: Checker, base: Named): void {
  const t = under(base);
  if (t.kind !== 'Struct') return;
  const mset = new ObjSet();
  for (let i = 0; i < base.numMethods(); i++) mset.insert(base.method(i));
  for (const f of t.fields) {
    if (f.name === '_') continue;
    const alt = mset.insert(f);
    if (!alt) continue;
    const err = newError(check, 'DuplicateFieldAndMethod');
    err.addf(alt, 'field and method with the same name %s', f.name);
    err.addAltDecl(f);
    err.report();
  }
}

function funcDecl(check: Checker, obj: Func, d: DeclInfo): void {
  const sig = new Signature();
  obj.type = sig; // ends cycles
  const fdecl = d.fdecl!;
  funcType(check, sig, fdecl.recv, fdecl.tparamList, fdecl.type);
  sig.scope!.pos = fdecl.pos;
  sig.scope!.end = endPos(fdecl);
  if (fdecl.tparamList.length > 0 && fdecl.body === null) softErrorf(check, fdecl, 'BadDecl', 'generic function is missing function body');
  const body = fdecl.body;
  if (fdecl.lazy && check.conf.lazyBodies) {
    const { version } = check;
    fdecl.lazy.check = () => checkLate(check, fdecl, version, () => funcBody(check, d, obj.name, sig, body!, null));
    return;
  }
  if (!check.conf.ignoreFuncBodies && body !== null) later(check, () => funcBody(check, d, obj.name, sig, body, null));
}

/** Declarations inside functions. */
export function declStmt(check: Checker, list: readonly Decl[]): void {
  const pkg = check.pkg;
  let first = -1, last: ConstDecl | null = null;
  list.forEach((s, index) => {
    if (s.kind !== 'ConstDecl') first = -1;
    const top = check.delayed.length;
    switch (s.kind) {
      case 'ConstDecl': {
        const prev = list[index - 1];
        if (first < 0 || s.group === null || prev?.kind !== 'ConstDecl' || prev.group !== s.group) { first = index; last = null; }
        let inherited = true;
        if (s.type !== null || s.values !== null) { last = s; inherited = false; } else if (last === null) inherited = false;
        const values = unpackListExpr(last?.values ?? null);
        const lhs = s.nameList.map((name, i) => {
          const obj = new Const(name.pos, pkg, name.value, null, makeInt(index - first));
          constDecl(check, obj, last?.type ?? null, values[i] ?? null, inherited);
          return obj;
        });
        arity(check, s.nameList, values, s.pos, true, inherited);
        processDelayed(check, top);
        const scopePos = endPos(s);
        s.nameList.forEach((name, i) => declare(check, check.env.scope, name, lhs[i], scopePos));
        break;
      }
      case 'VarDecl': {
        const lhs0 = s.nameList.map((name) => new Var('local', name.pos, pkg, name.value, null));
        const values = unpackListExpr(s.values);
        for (let i = 0; i < lhs0.length; i++) {
          if (values.length === lhs0.length) varDecl(check, lhs0[i], null, s.type, values[i]);
          else if (values.length === 1) { varDecl(check, lhs0[i], lhs0, s.type, values[0]); break; } else varDecl(check, lhs0[i], null, s.type, values[i] ?? null);
        }
        if (s.type === null || values.length > 0) arity(check, s.nameList, values, s.pos, false, false);
        processDelayed(check, top);
        const scopePos = endPos(s);
        s.nameList.forEach((name, i) => declare(check, check.env.scope, name, lhs0[i], scopePos));
        break;
      }
      case 'TypeDecl': {
        const obj = new TypeName(s.name.pos, pkg, s.name.value, null);
        declare(check, check.env.scope, s.name, obj, s.name.pos);
        push(check, obj);
        typeDecl(check, obj, s);
        pop(check);
        break;
      }
      default: errorf(check, s, 'InvalidSyntaxTree', 'unknown syntax.Decl node');
    }
  });
}
