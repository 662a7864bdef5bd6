/** Function types: receivers, type parameters, parameters and results. */
import type { Pos } from '../../base/pos.ts';
import type { Expr, Field, FuncType, Name } from '../syntax/ast.ts';
import { endPos } from '../syntax/walk.ts';
import { measure } from './assignments.ts';
import { later, type Checker } from './check.ts';
import { collectTypeParams, declare, declareTypeParam } from './decl.ts';
import { errorf, type Poser } from './errors.ts';
import { instance } from './instantiate.ts';
import { deref } from './lookup.ts';
import { context } from './named.ts';
import { Var, type VarKind } from './object.ts';
import { isValid } from './predicates.ts';
import { recordInstance, recordScope, recordTypeAndValue, recordUse } from './recording.ts';
import { unpackRecv } from './resolver.ts';
import { closeScope, openScope } from './stmt.ts';
import { makeSubstMap, subst } from './subst.ts';
import { BasicKind, emptyTuple, PointerT, SliceT, Tuple, Typ, type Named, type Signature, type Type, type TypeParam } from './type.ts';
import { bindTParams } from './typeparam.ts';
import { genericType, varType } from './typexpr.ts';
import { unalias, under, type Cause } from './under.ts';
import { go1_18, verifyVersionf } from './version.ts';

/** Sets sig up from its syntax. Its scope (parameters, then body) stays in sig.scope. */
export function funcType(check: Checker, sig: Signature, recvPar: Field | null, tparams: readonly Field[], ftyp: FuncType): void {
  openScope(check, ftyp, 'function');
  check.env.scope.isFunc = true;
  recordScope(check, ftyp, check.env.scope);
  sig.scope = check.env.scope;

  let recv: Var | null = null;
  if (recvPar !== null) {
    const r = collectRecv(check, recvPar, ftyp.pos);
    recv = r.recv;
    sig.rparams = r.rparams;
  }
  if (tparams.length > 0) collectTypeParams(check, tparams, (l) => { sig.tparams = l; });
  const params = collectParams(check, 'param', ftyp.paramList);
  const results = collectParams(check, 'result', ftyp.resultList);

  const scopePos = endPos(ftyp);
  if (recv && recv.name !== '') declare(check, check.env.scope, recvPar!.name, recv, scopePos);
  for (const l of [params, results]) l.names.forEach((n, i) => { if (n !== null && n.value !== '') declare(check, check.env.scope, n, l.vars[i], scopePos); });
  sig.recv = recv;
  sig.params = params.vars.length > 0 ? new Tuple(params.vars) : emptyTuple;
  sig.results = results.vars.length > 0 ? new Tuple(results.vars) : emptyTuple;
  sig.variadic = params.variadic;
  closeScope(check);
}

/** The receiver of a method, and the type parameters it declares. */
function collectRecv(check: Checker, rparam: Field, scopePos: Pos): { recv: Var; rparams: TypeParam[] } {
  const { ptr, base: rbase, tparams: rtparams } = unpackRecv(check, rparam.type, true);
  let recvType: Type = Typ.Invalid, rparams: TypeParam[] = [];
  if (rtparams.length === 0) {
    recvType = varType(check, rparam.type);
    // An alias may hide an instantiated type, which cannot have new methods.
    let a = unpointer(recvType);
    while (a.kind === 'Alias' && a.fromRHS) {
      const base = unpointer(a.fromRHS);
      if ((base.kind === 'Named' || base.kind === 'Alias') && base.tparams.length > 0) {
        errorf(check, rbase, 'InvalidRecv', 'cannot define new methods on instantiated type %s', base);
        recvType = Typ.Invalid;
        break;
      }
      a = base;
    }
  } else {
    let baseType: Named | null = null;
    const cause: Cause = { text: '' };
    const t = genericType(check, rbase, cause);
    if (isValid(t)) {
      if (t.kind === 'Named') baseType = t;
      else if (t.kind === 'Alias') errorf(check, rbase, 'InvalidRecv', 'cannot define new methods on generic alias type %s', t);
    } else if (cause.text !== '') errorf(check, rbase, 'InvalidRecv', '%s', cause.text);

    // The parameters are visible after the method's name only: declared after the base was looked up.
    rparams = bindTParams(rtparams.map((n) => {
      const p = declareTypeParam(check, n, scopePos);
      recordUse(check, n, p.obj);
      recordTypeAndValue(check, n, 'typexpr', p, null);
      return p;
    }));
    if (baseType) {
      const bparams = baseType.tparams;
      if (rparams.length === bparams.length) {
        const smap = makeSubstMap(bparams, rparams);
        rparams.forEach((p, i) => {
          check.mono.recordCanon(p, bparams[i]);
          p.bound = subst(check, p.obj.pos, bparams[i].bound, smap, null, context(check));
        });
      } else {
        errorf(check, rbase, 'BadRecv', 'receiver declares %s, but receiver base type declares %d', measure(rparams.length, 'type parameter'), bparams.length);
      }
      verifyVersionf(check, rbase, go1_18, 'type instantiation');
      recvType = instance(check, rparam.type.pos, baseType, rparams, null, context(check));
      recordInstance(check, rbase, rparams, recvType);
      if (ptr && isValid(recvType)) recvType = new PointerT(recvType);
      recordParenthesizedRecvTypes(check, rparam.type, recvType);
    }
  }

  let recv: Var;
  if (rparam.name !== null && rparam.name.value !== '') recv = new Var('recv', rparam.name.pos, check.pkg, rparam.name.value, recvType);
  else recv = new Var('recv', rparam.pos, check.pkg, '', recvType);
  later(check, () => validRecv(check, rbase, recv));
  return { recv, rparams };
}

function unpointer(t: Type): Type {
  while (t.kind === 'Pointer') t = t.elem;
  return t;
}

function recordParenthesizedRecvTypes(check: Checker, e: Expr, t: Type): void {
  for (;;) {
    recordTypeAndValue(check, e, 'typexpr', t, null);
    if (e.kind === 'ParenExpr') e = e.x;
    else if (e.kind === 'Operation' && e.op === '*' && e.y === null && t.kind === 'Pointer') {
      e = e.x;
      t = t.elem;
    } else return;
  }
}

function collectParams(check: Checker, kind: VarKind, list: readonly Field[]): { names: (Name | null)[]; vars: Var[]; variadic: boolean } {
  const names: (Name | null)[] = [], vars: Var[] = [];
  let variadic = false, named = false, anonymous = false;
  let t: Type = Typ.Invalid, prev: Expr | null = null;
  list.forEach((field, i) => {
    let ftype = field.type;
    if (ftype !== prev) {
      prev = ftype;
      if (ftype.kind === 'DotsType') {
        if (kind === 'param' && i === list.length - 1) variadic = true;
        else errorf(check, ftype, 'InvalidSyntaxTree', 'invalid use of ...');
        ftype = ftype.elem;
      }
      t = varType(check, ftype);
    }
    names.push(field.name);
    if (field.name !== null) {
      vars.push(new Var(kind, field.name.pos, check.pkg, field.name.value, t));
      named = true;
    } else {
      vars.push(new Var(kind, field.pos, check.pkg, '', t));
      anonymous = true;
    }
  });
  if (named && anonymous) errorf(check, list[0], 'InvalidSyntaxTree', 'list contains both named and anonymous parameters');
  if (variadic) {
    const last = vars[vars.length - 1];
    last.type = new SliceT(last.type);
    recordTypeAndValue(check, list[list.length - 1].type, 'typexpr', last.type, null);
  }
  return { names, vars, variadic };
}

/** A receiver's base must be a defined type of this package, neither pointer nor interface. */
function validRecv(check: Checker, pos: Poser, recv: Var): void {
  const [rtyp] = deref(recv.type), t = unalias(rtyp);
  if (!isValid(t)) return;
  if (t.kind === 'Named') {
    if (t.obj.pkg !== check.pkg) {
      errorf(check, pos, 'InvalidRecv', 'cannot define new methods on non-local type %s', rtyp);
      return;
    }
    const u = under(t);
    let cause = '';
    if (u.kind === 'Basic' && u.basic === BasicKind.UnsafePointer) cause = 'unsafe.Pointer';
    else if (u.kind === 'Pointer' || u.kind === 'Interface') cause = 'pointer or interface type';
    if (cause !== '') errorf(check, pos, 'InvalidRecv', 'invalid receiver type %s (%s)', rtyp, cause);
  } else if (t.kind === 'Basic') errorf(check, pos, 'InvalidRecv', 'cannot define new methods on non-local type %s', rtyp);
  else errorf(check, pos, 'InvalidRecv', 'invalid receiver type %s', recv.type);
}
