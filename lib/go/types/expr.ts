/**
 * Expressions.
 *
 * rawExpr evaluates any expression into an operand; expr and its siblings then
 * demand a single value.
 */
import type { Pos } from '../../base/pos.ts';
import type { Expr, Operation, Operator } from '../syntax/ast.ts';
import { startPos, unparen } from '../syntax/walk.ts';
import { callExpr, funcInst, selector, use } from './call.ts';
import type { Checker } from './check.ts';
import { convertUntyped, overflow, representable } from './const.ts';
import * as c from './constant.ts';
import type { Value } from './constant.ts';
import { isPointer } from './conversions.ts';
import { finiteSize } from './cycles.ts';
import { errorf, invalidOp, type Poser } from './errors.ts';
import { checkSprintf } from './format.ts';
import { indexExpr, sliceExpr } from './index.ts';
import { basicLit, compositeLit, funcLit } from './literals.ts';
import { assertableTo } from './lookup.ts';
import { assignableTo, compositeKind, Operand } from './operand.ts';
import {
  allBoolean, allInteger, allNumeric, allNumericOrString, allOrdered, allString, allUnsigned, comparable, comparableType, defaultType, hasNil, identical,
  isComplex, isGeneric, isInteger, isNonTypeParamInterface, isTyped, isTypeParam, isUnsigned, isUntyped, isValid,
} from './predicates.ts';
import { record } from './recording.ts';
import { sizeof } from './sizes.ts';
import { isComparison, updateExprType } from './untyped.ts';
import { PointerT, Typ, type Signature, type Type } from './type.ts';
import { ident, typ, validVarType, varType } from './typexpr.ts';
import { commonUnder, typeErrorf, under, underIs, type Cause } from './under.ts';
import { universeError } from './universe.ts';
import { go1_13, verifyVersionf } from './version.ts';

/** What an expression may stand for as a statement. */
export type ExprKind = 'conversion' | 'expression' | 'statement';

/** The function type a generic function is assigned to, and what has it. */
export interface Target { readonly sig: Signature; readonly desc: string }

export function newTarget(t: Type | null, desc: string): Target | null {
  if (t === null) return null;
  const u = under(t);
  return u.kind === 'Signature' ? { sig: u, desc } : null;
}

// Operators ----------------------------------------------------------------------

const unaryPredicates: Partial<Record<Operator, (t: Type) => boolean>> = { '+': (t) => allNumeric(t), '-': (t) => allNumeric(t), '^': (t) => allInteger(t), '!': (t) => allBoolean(t) };
const binaryPredicates: Partial<Record<Operator, (t: Type) => boolean>> = {
  '+': (t) => allNumericOrString(t), '-': (t) => allNumeric(t), '*': (t) => allNumeric(t), '/': (t) => allNumeric(t), '%': (t) => allInteger(t),
  '&': (t) => allInteger(t), '|': (t) => allInteger(t), '^': (t) => allInteger(t), '&^': (t) => allInteger(t), '&&': (t) => allBoolean(t), '||': (t) => allBoolean(t),
};

function checkOp(check: Checker, m: typeof unaryPredicates, x: Operand, op: Operator): boolean {
  const pred = m[op];
  if (!pred) {
    errorf(check, x, 'InvalidSyntaxTree', 'unknown operator %s', op);
    return false;
  }
  if (pred(x.type!)) return true;
  errorf(check, x, 'UndefinedOp', invalidOp + 'operator %s not defined on %s', op, x);
  return false;
}

/** Where an overflow is reported: the operator. */
export function opPos(e: Expr | null): Pos { return e === null ? 0 : e.kind === 'Operation' ? e.pos : startPos(e); }

/** An operation in words, for overflows; empty for others. */
export function opName(e: Expr | null): string {
  if (e?.kind !== 'Operation') return '';
  if (e.y === null) return e.op === '^' ? 'bitwise complement' : '';
  return ({ '+': 'addition', '-': 'subtraction', '^': 'bitwise XOR', '*': 'multiplication', '<<': 'shift' } as Partial<Record<Operator, string>>)[e.op] ?? '';
}

function unary(check: Checker, x: Operand, e: Operation): void {
  expr(check, null, x, e.x);
  if (x.mode === 'invalid') return;
  let op = e.op;
  switch (op) {
    case '&':
      if (unparen(e.x).kind !== 'CompositeLit' && x.mode !== 'variable') {
        errorf(check, x, 'UnaddressableOperand', invalidOp + 'cannot take address of %s', x);
        x.mode = 'invalid';
        return;
      }
      x.mode = 'value';
      x.type = new PointerT(x.type!);
      return;
    case '<-': {
      const elem = chanElem(check, x, x, true);
      if (!elem) { x.mode = 'invalid'; return; }
      x.mode = 'commaok';
      x.type = elem;
      check.env.hasCallOrRecv = true;
      return;
    }
    case '~':
      if (!allInteger(x.type!)) {
        errorf(check, e, 'UndefinedOp', 'cannot use ~ outside of interface or type constraint');
        x.mode = 'invalid';
        return;
      }
      errorf(check, e, 'UndefinedOp', 'cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)');
      op = '^';
  }
  if (!checkOp(check, unaryPredicates, x, op)) {
    x.mode = 'invalid';
    return;
  }
  if (x.mode !== 'constant') {
    x.mode = 'value';
    return;
  }
  if (x.val!.kind === 'Unknown') return;
  x.val = c.unaryOp(op as '+' | '-' | '^' | '!', x.val!, isUnsigned(x.type!) ? sizeof(x.type!) * 8 : 0);
  x.expr = e;
  overflow(check, x, opPos(e));
}

/** The element type of channel x for a receive (or send); reported if there is none. */
export function chanElem(check: Checker, pos: Poser, x: Operand, recv: boolean): Type | null {
  const [u, err] = commonUnder(x.type!, (t, v) => {
    if (v === null) return typeErrorf('no specific channel type');
    if (v.kind !== 'Chan') return typeErrorf('non-channel %s', t);
    if (recv && v.dir === 1) return typeErrorf('send-only channel %s', t);
    if (!recv && v.dir === 2) return typeErrorf('receive-only channel %s', t);
    return null;
  });
  if (u?.kind === 'Chan') return u.elem;
  const cause = err!.format(check), code = recv ? 'InvalidReceive' : 'InvalidSend', verb = recv ? 'receive from' : 'send to';
  if (isTypeParam(x.type!)) errorf(check, pos, code, invalidOp + 'cannot %s %s: %s', verb, x, cause);
  else errorf(check, pos, code, invalidOp + 'cannot %s %s %s', verb, cause, x);
  return null;
}

// Comparisons, shifts, binary operations ---------------------------------------------

export function comparison(check: Checker, x: Operand, y: Operand, op: c.CompareOperator, switchCase: boolean): void {
  if (!isValid(x.type) || !isValid(y.type)) {
    x.mode = 'invalid';
    return;
  }
  if (switchCase) op = '==';
  const bad = incomparable(check, x, y, op);
  if (!bad) {
    if (x.mode === 'constant' && y.mode === 'constant') x.val = c.makeBool(c.compare(x.val!, op, y.val!));
    else {
      x.mode = 'value';
      updateExprType(check, x.expr!, defaultType(x.type!), true);
      updateExprType(check, y.expr!, defaultType(y.type!), true);
    }
    x.type = Typ.UntypedBool;
    return;
  }
  let { at, cause } = bad;
  if (cause === '') {
    if (isTypeParam(x.type!) || isTypeParam(y.type!)) {
      if (!isTypeParam(x.type!)) at = y;
      cause = checkSprintf(check, 'type parameter %s cannot use operator %s', at.type, op);
    } else cause = checkSprintf(check, 'operator %s not defined on %s', op, compositeKind(at.type!) || at.type);
  }
  if (switchCase) errorf(check, x, bad.code, 'invalid case %s in switch on %s (%s)', x.expr, y.expr, cause);
  else errorf(check, at, bad.code, invalidOp + '%s %s %s (%s)', x.expr, op, y.expr, cause);
  x.mode = 'invalid';
}

/** Why x op y is no valid comparison: the operand at fault, and the cause if there is a special one. */
function incomparable(check: Checker, x: Operand, y: Operand, op: c.CompareOperator): { at: Operand; cause: string; code: string } | null {
  if (!assignableTo(check, x, y.type!, null)[0] && !assignableTo(check, y, x.type!, null)[0]) {
    return { at: y, cause: checkSprintf(check, 'mismatched types %s and %s', x.type, y.type), code: 'MismatchedTypes' };
  }
  const bad = (at: Operand, cause: string): { at: Operand; cause: string; code: string } => ({ at, cause, code: 'UndefinedOp' });
  if (op === '==' || op === '!=') {
    if (x.isNil() || y.isNil()) return hasNil(x.isNil() ? y.type! : x.type!) ? null : bad(y, '');
    if (!comparable(x.type!)) return bad(x, incomparableCause(check, x.type!));
    if (!comparable(y.type!)) return bad(y, incomparableCause(check, y.type!));
    return null;
  }
  if (!allOrdered(x.type!)) return bad(x, '');
  return allOrdered(y.type!) ? null : bad(y, '');
}

export function incomparableCause(check: Checker, t: Type): string {
  const k = under(t).kind;
  if (k === 'Slice' || k === 'Signature' || k === 'Map') return compositeKind(t) + ' can only be compared to nil';
  return comparableType(t, true, null)?.format(check) ?? '';
}

/** Constant shift counts stay below this (the smallest float64 can be written). */
const maxShift = 1023n - 1n + 52n;

function shift(check: Checker, x: Operand, y: Operand, e: Expr | null, op: '<<' | '>>'): void {
  const xval = x.mode === 'constant' ? c.toInt(x.val!) : null;
  const invalid = (): void => { x.mode = 'invalid'; };
  if (!allInteger(x.type!) && !(isUntyped(x.type!) && xval?.kind === 'Int')) {
    errorf(check, x, 'InvalidShiftOperand', invalidOp + 'shifted operand %s must be integer', x);
    return invalid();
  }
  let yval: Value | null = null;
  if (y.mode === 'constant') {
    yval = c.toInt(y.val!);
    if (yval.kind === 'Int' && c.sign(yval) < 0) {
      errorf(check, y, 'InvalidShiftCount', invalidOp + 'negative shift count %s', y);
      return invalid();
    }
    if (isUntyped(y.type!)) {
      representable(check, y, Typ.Uint);
      if ((y.mode as string) === 'invalid') return invalid();
    }
  } else if (allInteger(y.type!)) {
    if (!allUnsigned(y.type!) && !verifyVersionf(check, y, go1_13, invalidOp + 'signed shift count %s', y)) return invalid();
  } else if (isUntyped(y.type!)) {
    convertUntyped(check, y, Typ.Uint);
    if (y.mode === 'invalid') return invalid();
  } else {
    errorf(check, y, 'InvalidShiftCount', invalidOp + 'shift count %s must be integer', y);
    return invalid();
  }

  if (x.mode === 'constant') {
    if (y.mode === 'constant') {
      if (x.val!.kind === 'Unknown' || y.val!.kind === 'Unknown') {
        x.val = c.makeUnknown();
        if (!isInteger(x.type!)) x.type = Typ.UntypedInt;
        return;
      }
      const s = c.intVal(yval!);
      if (s === null || s > maxShift) {
        errorf(check, y, 'InvalidShiftCount', invalidOp + 'invalid shift count %s', y);
        return invalid();
      }
      if (!isInteger(x.type!)) x.type = Typ.UntypedInt;
      x.val = c.shift(xval!, op, Number(s));
      x.expr = e ?? x.expr;
      overflow(check, x, opPos(x.expr));
      return;
    }
    if (isUntyped(x.type!)) {
      // The type of x is decided by the context the whole shift stands in.
      const info = check.untyped.get(x.expr!);
      if (info) info.isLhs = true;
      x.mode = 'value';
      return;
    }
  }
  if (!allInteger(x.type!)) {
    errorf(check, x, 'InvalidShiftOperand', invalidOp + 'shifted operand %s must be integer', x);
    return invalid();
  }
  x.mode = 'value';
}

/** x = lhs op rhs; e is the whole expression, null for an assignment operation. */
export function binary(check: Checker, x: Operand, e: Expr | null, lhs: Expr, rhs: Expr, op: Operator): void {
  const y = new Operand();
  expr(check, null, x, lhs);
  expr(check, null, y, rhs);
  if (x.mode === 'invalid') return;
  if (y.mode === 'invalid') {
    x.mode = 'invalid';
    x.expr = y.expr;
    return;
  }
  if (op === '<<' || op === '>>') { shift(check, x, y, e, op); return; }
  matchTypes(check, x, y);
  if ((x.mode as string) === 'invalid') return;
  if (isComparison(op)) { comparison(check, x, y, op, false); return; }
  if (!identical(x.type!, y.type!)) {
    if (isValid(x.type) && isValid(y.type)) {
      if (e) errorf(check, x, 'MismatchedTypes', invalidOp + '%s (mismatched types %s and %s)', e, x.type, y.type);
      else errorf(check, x, 'MismatchedTypes', invalidOp + '%s %s= %s (mismatched types %s and %s)', lhs, op, rhs, x.type, y.type);
    }
    x.mode = 'invalid';
    return;
  }
  if (!checkOp(check, binaryPredicates, x, op)) {
    x.mode = 'invalid';
    return;
  }
  if ((op === '/' || op === '%') && y.mode === 'constant') {
    let zero = (x.mode === 'constant' || allInteger(x.type!)) && c.sign(y.val!) === 0;
    if (!zero && x.mode === 'constant' && isComplex(x.type!)) {
      // The divisor may vanish when squared.
      const sq = (v: Value): Value => c.binaryOp(v, '*', v);
      zero = c.sign(sq(c.real(y.val!))) === 0 && c.sign(sq(c.imag(y.val!))) === 0;
    }
    if (zero) {
      errorf(check, y, 'DivByZero', invalidOp + 'division by zero');
      x.mode = 'invalid';
      return;
    }
  }
  if (x.mode === 'constant' && y.mode === 'constant') {
    if (x.val!.kind === 'Unknown' || y.val!.kind === 'Unknown') {
      x.val = c.makeUnknown();
      return;
    }
    x.val = c.binaryOp(x.val!, op === '/' && isInteger(x.type!) ? '/=' : (op as c.BinaryOperator), y.val!);
    x.expr = e ?? x.expr;
    overflow(check, x, opPos(x.expr));
    return;
  }
  x.mode = 'value';
}

/** Converts an untyped operand to the other's type, where that may succeed. */
export function matchTypes(check: Checker, x: Operand, y: Operand): void {
  if (!mayConvert(x, y)) return;
  convertUntyped(check, x, y.type!);
  if (x.mode === 'invalid') return;
  convertUntyped(check, y, x.type!);
  if (y.mode === 'invalid') x.mode = 'invalid';
}

function mayConvert(x: Operand, y: Operand): boolean {
  const xt = x.type!, yt = y.type!;
  if (isTyped(xt) && isTyped(yt)) return false;
  if (allNumeric(xt) !== allNumeric(yt)) return false;
  if (isNonTypeParamInterface(xt) || isNonTypeParamInterface(yt)) return true;
  if (allBoolean(xt) !== allBoolean(yt) || allString(xt) !== allString(yt)) return false;
  if (x.isNil()) return hasNil(yt);
  if (y.isNil()) return hasNil(xt);
  return !isPointer(xt) && !isPointer(yt);
}

// Evaluation ----------------------------------------------------------------------------

/**
 * Evaluates e into x and records it. T: what a generic function is assigned to;
 * hint: the type of a composite literal that leaves it out; allowGeneric: x may
 * remain an uninstantiated function or type.
 */
export function rawExpr(check: Checker, T: Target | null, x: Operand, e: Expr, hint: Type | null, allowGeneric: boolean): ExprKind {
  const kind = exprInternal(check, T, x, e, hint);
  if (!allowGeneric) nonGeneric(check, T, x);
  // A value of a type still being declared must have a finite size already.
  if (x.mode !== 'invalid' && x.mode !== 'novalue' && !finiteSize(check, x.type)) {
    x.mode = 'invalid';
    x.type = Typ.Invalid;
  }
  record(check, x);
  return kind;
}

/** Instantiates a generic function by its target, or reports what is not instantiated. */
export function nonGeneric(check: Checker, T: Target | null, x: Operand): void {
  if (x.mode === 'invalid' || x.mode === 'novalue') return;
  const t = x.type!;
  let what = '';
  if ((t.kind === 'Alias' || t.kind === 'Named') && isGeneric(t)) what = 'type';
  else if (t.kind === 'Signature' && t.tparams.length > 0) {
    if (T) {
      funcInst(check, T, x.pos, x, null, true);
      return;
    }
    what = 'function';
  }
  if (what === '') return;
  errorf(check, x.expr!, 'WrongTypeArgCount', 'cannot use generic %s %s without instantiation', what, x.expr);
  x.mode = 'invalid';
  x.type = Typ.Invalid;
}

function exprInternal(check: Checker, T: Target | null, x: Operand, e: Expr, hint: Type | null): ExprKind {
  x.mode = 'invalid';
  x.type = Typ.Invalid;
  const kind = exprKind(check, T, x, e, hint);
  if (kind === null) {
    x.mode = 'invalid';
    x.expr = e;
    return 'statement'; // no further complaints
  }
  if (e.kind !== 'CallExpr') x.expr = e;
  return kind;
}

/** Null after an error that leaves x unusable. */
function exprKind(check: Checker, T: Target | null, x: Operand, e: Expr, hint: Type | null): ExprKind | null {
  const unlessInvalid = (): ExprKind | null => (x.mode === 'invalid' ? null : 'expression');
  switch (e.kind) {
    case 'BadExpr': return null;
    case 'Name': ident(check, x, e, false); return 'expression';
    case 'DotsType': errorf(check, e, 'InvalidSyntaxTree', 'invalid use of ...'); return null;
    case 'BasicLit':
      if (e.bad) return null;
      basicLit(check, x, e);
      return unlessInvalid();
    case 'FuncLit': funcLit(check, x, e); return unlessInvalid();
    case 'CompositeLit': compositeLit(check, x, e, hint); return unlessInvalid();
    case 'ParenExpr': return rawExpr(check, null, x, e.x, null, false);
    case 'SelectorExpr': selector(check, x, e, false); return 'expression';
    case 'IndexExpr':
      if (indexExpr(check, x, e)) funcInst(check, T, e.pos, x, e, true);
      return unlessInvalid();
    case 'SliceExpr': sliceExpr(check, x, e); return unlessInvalid();
    case 'AssertExpr': {
      expr(check, null, x, e.x);
      if (x.mode === 'invalid') return null;
      if (isTypeParam(x.type!)) {
        errorf(check, x, 'InvalidAssert', invalidOp + 'cannot use type assertion on type parameter value %s', x);
        return null;
      }
      if (under(x.type!).kind !== 'Interface') {
        errorf(check, x, 'InvalidAssert', invalidOp + '%s is not an interface', x);
        return null;
      }
      const t = varType(check, e.type);
      if (!isValid(t)) return null;
      typeAssertion(check, e, x, t, false);
      x.mode = 'commaok';
      x.type = t;
      return 'expression';
    }
    case 'TypeSwitchGuard':
      errorf(check, e, 'InvalidSyntaxTree', 'use of .(type) outside type switch');
      use(check, e.x);
      return null;
    case 'CallExpr': return callExpr(check, x, e);
    case 'ListExpr': errorf(check, e, 'InvalidSyntaxTree', 'unexpected list of expressions'); return null;
    case 'KeyValueExpr': errorf(check, e, 'InvalidSyntaxTree', 'no key:value expected'); return null;
    case 'Operation':
      if (e.y !== null) {
        binary(check, x, e, e.x, e.y, e.op);
        return unlessInvalid();
      }
      if (e.op === '*') return indirect(check, x, e) ? 'expression' : null;
      unary(check, x, e);
      if (x.mode === 'invalid') return null;
      return e.op === '<-' ? 'statement' : 'expression';
    case 'ArrayType': case 'SliceType': case 'StructType': case 'FuncType': case 'InterfaceType': case 'MapType': case 'ChanType':
      x.mode = 'typexpr';
      x.type = typ(check, e);
      return 'expression';
  }
}

/** *x: a variable, or a pointer type. */
function indirect(check: Checker, x: Operand, e: Operation): boolean {
  exprOrType(check, x, e.x, false);
  if (x.mode === 'invalid') return false;
  if (x.mode === 'typexpr') {
    validVarType(check, e.x, x.type!);
    x.type = new PointerT(x.type!);
    return true;
  }
  let base: Type | null = null;
  const ok = underIs(x.type!, (u) => {
    if (u?.kind !== 'Pointer') {
      errorf(check, x, 'InvalidIndirection', invalidOp + 'cannot indirect %s', x);
      return false;
    }
    if (base && !identical(u.elem, base)) {
      errorf(check, x, 'InvalidIndirection', invalidOp + 'pointers of %s must have identical base types', x);
      return false;
    }
    base = u.elem;
    return true;
  });
  if (!ok) return false;
  x.mode = 'variable';
  x.type = base;
  return true;
}

/** Reports x.(T) if it can never hold. */
export function typeAssertion(check: Checker, e: Expr, x: Operand, T: Type, typeSwitch: boolean): void {
  const cause: Cause = { text: '' };
  if (assertableTo(check, x.type!, T, cause)) return;
  if (typeSwitch) errorf(check, e, 'ImpossibleAssert', 'impossible type switch case: %s\n\t%s cannot have dynamic type %s %s', e, x, T, cause.text);
  else errorf(check, e, 'ImpossibleAssert', 'impossible type assertion: %s\n\t%s does not implement %s %s', e, T, x.type, cause.text);
}

/** Evaluates e to a single value. */
export function expr(check: Checker, T: Target | null, x: Operand, e: Expr): void {
  rawExpr(check, T, x, e, null, false);
  exclude(check, x, true, true);
  singleValue(check, x);
}

/** expr, but x may be a generic function. */
export function genericExpr(check: Checker, x: Operand, e: Expr): void {
  rawExpr(check, null, x, e, null, true);
  exclude(check, x, true, true);
  singleValue(check, x);
}

/** The values of e: several for a call, two for a comma-ok form (the flag says so), else one, perhaps invalid. */
export function multiExpr(check: Checker, e: Expr, allowCommaOk: boolean): [Operand[], boolean] {
  const x = new Operand();
  rawExpr(check, null, x, e, null, false);
  exclude(check, x, true, true);
  const value = (t: Type): Operand => {
    const y = new Operand();
    y.mode = 'value';
    y.expr = e;
    y.type = t;
    return y;
  };
  if (x.mode !== 'invalid' && x.type?.kind === 'Tuple') return [x.type.vars.map((v) => value(v.type)), false];
  if (allowCommaOk && (x.mode === 'mapindex' || x.mode === 'commaok' || x.mode === 'commaerr')) {
    return [[x, value(x.mode === 'commaerr' ? universeError() : Typ.UntypedBool)], true];
  }
  return [[x], false];
}

/** expr for an element of a composite literal that may leave out its type. */
export function exprWithHint(check: Checker, x: Operand, e: Expr, hint: Type): void {
  rawExpr(check, null, x, e, hint, false);
  exclude(check, x, true, true);
  singleValue(check, x);
}

/** Evaluates e to a single value or a type. */
export function exprOrType(check: Checker, x: Operand, e: Expr, allowGeneric: boolean): void {
  rawExpr(check, null, x, e, null, allowGeneric);
  exclude(check, x, false, false);
  singleValue(check, x);
}

/** Reports an operand that is no value. */
export function excludeNonValues(check: Checker, x: Operand): void { exclude(check, x, true, true); }

/** Reports what new() cannot take: no value, or a builtin. */
export function excludeForNew(check: Checker, x: Operand): void { exclude(check, x, false, true); }

/** Reports an operand without value, and, if so asked, builtins and types. */
function exclude(check: Checker, x: Operand, types: boolean, builtins: boolean): void {
  if (x.mode === 'novalue') errorf(check, x, 'TooManyValues', types ? '%s used as value' : '%s used as value or type', x);
  else if (x.mode === 'builtin' && builtins) errorf(check, x, 'UncalledBuiltin', '%s must be called', x);
  else if (x.mode === 'typexpr' && types) errorf(check, x, 'NotAnExpr', '%s is not an expression', x);
  else return;
  x.mode = 'invalid';
}

export function singleValue(check: Checker, x: Operand): void {
  if (x.mode !== 'value' || x.type?.kind !== 'Tuple') return;
  errorf(check, x, 'TooManyValues', 'multiple-value %s in single-value context', x);
  x.mode = 'invalid';
}
