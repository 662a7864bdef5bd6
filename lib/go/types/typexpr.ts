/** Identifiers and type expressions. */
import type { Expr, Name } from '../syntax/ast.ts';
import { startPos, unpackListExpr } from '../syntax/walk.ts';
import { addDeclDep, later, lookup, lookupScope, needsCleanup, type Checker } from './check.ts';
import { intVal, toInt } from './constant.ts';
import { representableConst } from './const.ts';
import { objDecl } from './decl.ts';
import { errorf, invalidOp, softErrorf } from './errors.ts';
import { expr } from './expr.ts';
import { checkSprintf } from './format.ts';
import { selector, use } from './call.ts';
import { instance, validateTArgLen, verify } from './instantiate.ts';
import { interfaceType } from './interface.ts';
import { context } from './named.ts';
import type { TypeName } from './object.ts';
import { Operand } from './operand.ts';
import { comparable, isGeneric, isInteger, isTypeParam, isUntyped, isValid, isValidName } from './predicates.ts';
import { recordInstance, recordTypeAndValue, recordUse } from './recording.ts';
import { funcType } from './signature.ts';
import { structType } from './struct.ts';
import { ArrayT, ChanT, InterfaceT, MapT, PointerT, RecvOnly, SendOnly, SendRecv, Signature, SliceT, StructT, Typ, type Type } from './type.ts';
import { objectKind } from './typestring.ts';
import { under, type Cause } from './under.ts';
import { universe, universeComparable, universeIota } from './universe.ts';
import { go1_18, verifyVersionf } from './version.ts';

/** Evaluates a name. wantType: anything but a type is an error, reported here. */
export function ident(check: Checker, x: Operand, e: Name, wantType: boolean): void {
  x.mode = 'invalid';
  x.expr = e;
  const found = lookupScope(check, e.value);
  if (!found) {
    if (e.value === '_') errorf(check, e, 'InvalidBlank', 'cannot use _ as value or type');
    else if (isValidName(e.value)) errorf(check, e, 'UndeclaredName', 'undefined: %s', e.value);
    return;
  }
  const [scope, obj] = found;
  if (obj === universeComparable() || (obj.name === 'any' && obj.parent === universe())) {
    if (!verifyVersionf(check, e, go1_18, 'predeclared %s', e.value)) return;
  }
  recordUse(check, e, obj);
  const gotType = obj.kind === 'TypeName';
  if (!gotType && wantType) {
    errorf(check, e, 'NotAType', '%s (%s) is not a type', obj.name, objectKind(obj));
    if (obj.kind === 'Var' && obj.pkg === check.pkg) obj.used = true;
    return;
  }
  if (obj.type === null || (gotType && wantType && obj.pkg === check.pkg)) objDecl(check, obj);
  const t = obj.type;
  const dot = check.dotImportMap.get(scope)?.get(obj.name);
  if (dot) dot.used = true;
  switch (obj.kind) {
    case 'PkgName':
      errorf(check, e, 'InvalidPkgUse', 'use of package %s not in selector', obj.name);
      return;
    case 'Const':
      addDeclDep(check, obj);
      if (!isValid(t)) return;
      if (obj === universeIota()) {
        if (check.env.iota === null) {
          errorf(check, e, 'InvalidIota', 'cannot use iota outside constant declaration');
          return;
        }
        x.val = check.env.iota;
      } else x.val = obj.val;
      x.mode = 'constant';
      break;
    case 'TypeName': x.mode = 'typexpr'; break;
    case 'Var':
      if (obj.pkg === check.pkg) obj.used = true;
      addDeclDep(check, obj);
      if (!isValid(t)) return;
      x.mode = 'variable';
      break;
    case 'Func':
      addDeclDep(check, obj);
      x.mode = 'value';
      break;
    case 'Builtin':
      x.id = obj.name;
      x.mode = 'builtin';
      break;
    case 'Nil': x.mode = 'nilvalue'; break;
    case 'Label': return;
  }
  x.type = t;
}

/** The type e denotes; invalid (and reported) if it denotes none. */
export function typ(check: Checker, e: Expr): Type { return declaredType(check, e, null); }

/** The type of a variable: constraint interfaces are refused (later). */
export function varType(check: Checker, e: Expr): Type {
  const t = declaredType(check, e, null);
  validVarType(check, e, t);
  return t;
}

export function validVarType(check: Checker, e: Expr, t: Type): void {
  if (isTypeParam(t)) return;
  later(check, () => {
    const u = under(t);
    if (u.kind !== 'Interface' || u.typeSet().isMethodSet()) return;
    if (u.typeSet().comparable) softErrorf(check, startPos(e), 'MisplacedConstraintIface', 'cannot use type %s outside a type constraint: interface is (or embeds) comparable', t);
    else softErrorf(check, startPos(e), 'MisplacedConstraintIface', 'cannot use type %s outside a type constraint: interface contains type constraints', t);
  });
}

/** The type e denotes as the right-hand side of def's declaration. Generic types must be instantiated. */
export function declaredType(check: Checker, e: Expr, def: TypeName | null): Type {
  let t = typInternal(check, e, def);
  if (isGeneric(t)) {
    errorf(check, e, 'WrongTypeArgCount', 'cannot use generic type %s without instantiation', t);
    t = Typ.Invalid;
  }
  recordTypeAndValue(check, e, 'typexpr', t, null);
  return t;
}

/** The generic type e denotes; if it denotes another, cause says so. */
export function genericType(check: Checker, e: Expr, cause: Cause | null): Type {
  let t = typInternal(check, e, null);
  if (isValid(t) && !isGeneric(t)) {
    if (cause) cause.text = checkSprintf(check, '%s is not a generic type', t);
    t = Typ.Invalid;
  }
  recordTypeAndValue(check, e, 'typexpr', t, null);
  return t;
}

function typInternal(check: Checker, e: Expr, def: TypeName | null): Type {
  switch (e.kind) {
    case 'BadExpr': break;
    case 'Name': case 'SelectorExpr': {
      const x = new Operand();
      if (e.kind === 'Name') ident(check, x, e, true); else selector(check, x, e, true);
      if (x.mode === 'typexpr') return x.type!;
      if (x.mode === 'novalue') errorf(check, x, 'NotAType', '%s used as type', x);
      else if (x.mode !== 'invalid') errorf(check, x, 'NotAType', '%s is not a type', x);
      break;
    }
    case 'IndexExpr':
      verifyVersionf(check, e, go1_18, 'type instantiation');
      return instantiatedType(check, e.x, unpackListExpr(e.index));
    case 'ParenExpr': return declaredType(check, e.x, def);
    case 'ArrayType': {
      let len = -1;
      if (e.len !== null) len = arrayLength(check, e.len);
      else errorf(check, e, 'BadDotDotDotSyntax', 'invalid use of [...] array (outside a composite literal)');
      check.pkg.arrays = true;
      const t = new ArrayT(Typ.Invalid, len);
      t.elem = varType(check, e.elem);
      if (len >= 0) return t;
      break;
    }
    case 'SliceType': {
      const t = new SliceT(Typ.Invalid);
      t.elem = varType(check, e.elem);
      return t;
    }
    case 'DotsType':
      errorf(check, e, 'InvalidSyntaxTree', 'invalid use of ...');
      break;
    case 'StructType': {
      const t = new StructT();
      structType(check, t, e);
      return t;
    }
    case 'Operation':
      if (e.op === '*' && e.y === null) {
        const t = new PointerT(Typ.Invalid);
        t.elem = varType(check, e.x);
        return isValid(t.elem) ? t : Typ.Invalid;
      }
      errorf(check, e, 'NotAType', '%s is not a type', e);
      use(check, e);
      break;
    case 'FuncType': {
      const t = new Signature();
      funcType(check, t, null, [], e);
      return t;
    }
    case 'InterfaceType': {
      check.interfaces = true;
      const t = new InterfaceT(check);
      needsCleanup(check, t);
      interfaceType(check, t, e, def);
      return t;
    }
    case 'MapType': {
      const t = new MapT(Typ.Invalid, Typ.Invalid);
      t.key = varType(check, e.key);
      t.elem = varType(check, e.value);
      later(check, () => {
        if (!comparable(t.key)) errorf(check, e.key, 'IncomparableMapKey', 'invalid map key type %s%s', t.key, isTypeParam(t.key) ? ' (missing comparable constraint)' : '');
      });
      return t;
    }
    case 'ChanType': {
      const t = new ChanT(e.dir === 'send' ? SendOnly : e.dir === 'recv' ? RecvOnly : SendRecv, Typ.Invalid);
      t.elem = varType(check, e.elem);
      return t;
    }
    default:
      errorf(check, e, 'NotAType', '%s is not a type', e);
      use(check, e);
  }
  return Typ.Invalid;
}

function instantiatedType(check: Checker, x: Expr, xlist: readonly Expr[]): Type {
  const cause: Cause = { text: '' };
  const gtyp = genericType(check, x, cause);
  if (cause.text !== '') errorf(check, x, 'NotAGenericType', invalidOp + '%s%s (%s)', x, xlist, cause.text);
  if (!isValid(gtyp) || (gtyp.kind !== 'Named' && gtyp.kind !== 'Alias')) return Typ.Invalid;
  const targs = typeList(check, xlist);
  if (targs === null) return Typ.Invalid;
  const inst = instance(check, x.pos, gtyp, targs, null, context(check));
  if (inst.kind !== 'Named' && inst.kind !== 'Alias') return Typ.Invalid;
  // The generic type's parameters may not be set up yet.
  later(check, () => {
    recordInstance(check, x, targs, inst);
    const tparams = inst.tparams, name = inst.kind === 'Named' ? inst.decl().name : inst.orig.obj.name;
    if (!validateTArgLen(check, x.pos, name, tparams.length, targs.length)) return;
    const bad = verify(check, x.pos, tparams, targs, context(check));
    if (bad) softErrorf(check, bad.index < xlist.length ? startPos(xlist[bad.index]) : x.pos, 'InvalidTypeArg', '%s', bad.cause);
    else check.mono.recordInstance(check.pkg, x.pos, tparams, targs, xlist);
  });
  return inst;
}

/** The length of an array type; −1 after an error. */
export function arrayLength(check: Checker, e: Expr): number {
  if (e.kind === 'Name') {
    const obj = lookup(check, e.value);
    if (!obj) {
      errorf(check, e, 'InvalidArrayLen', 'undefined array length %s or missing type constraint', e.value);
      return -1;
    }
    if (obj.kind !== 'Const') {
      errorf(check, e, 'InvalidArrayLen', 'invalid array length %s', e.value);
      return -1;
    }
  }
  const x = new Operand();
  expr(check, null, x, e);
  if (x.mode !== 'constant') {
    if (x.mode !== 'invalid') errorf(check, x, 'InvalidArrayLen', 'array length %s must be constant', x);
    return -1;
  }
  if (isUntyped(x.type!) || isInteger(x.type!)) {
    const n = toInt(x.val!);
    if (n.kind === 'Int' && representableConst(n, check, Typ.Int) !== null && intVal(n)! >= 0n) return Number(intVal(n));
  }
  errorf(check, x, 'InvalidArrayLen', isInteger(x.type!) ? 'invalid array length %s' : 'array length %s must be integer', x);
  return -1;
}

/** The types of a list; null if one is invalid. */
export function typeList(check: Checker, list: readonly Expr[]): Type[] | null {
  const out = list.map((x) => varType(check, x));
  return out.every((t) => isValid(t)) ? out : null;
}
