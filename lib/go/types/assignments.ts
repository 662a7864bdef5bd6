/** Assignments and initialisations. */
import type { Pos } from '../../base/pos.ts';
import type { Expr, ReturnStmt } from '../syntax/ast.ts';
import { exprString } from '../syntax/printer.ts';
import { endPos, unparen } from '../syntax/walk.ts';
import { exprList, use, useLHS } from './call.ts';
import { lookup, processDelayed, type Checker } from './check.ts';
import { declare } from './decl.ts';
import { errorf, newError, softErrorf, type Poser } from './errors.ts';
import { expr, multiExpr, newTarget, singleValue, type Target } from './expr.ts';
import { implicitTypeAndValue, updateExprType, updateExprVal } from './untyped.ts';
import { checkSprintf } from './format.ts';
import { Var, type Const } from './object.ts';
import { assignableTo, Operand } from './operand.ts';
import { defaultType, isConstType, isNonTypeParamInterface, isNumeric, isUntyped, isValid } from './predicates.ts';
import { recordCommaOkTypes, recordDef, recordUse } from './recording.ts';
import { Typ, type Basic, type Type } from './type.ts';
import { under, type Cause } from './under.ts';

/** Checks that x may be assigned to a variable of type T (null: to the blank identifier); where says so in words (made only if needed). */
export function assignment(check: Checker, x: Operand, T: Type | null, where: string | (() => string)): void {
  singleValue(check, x);
  switch (x.mode) {
    case 'invalid': return;
    case 'nilvalue': case 'constant': case 'variable': case 'mapindex': case 'value': case 'commaok': case 'commaerr': break;
    default:
      errorf(check, x, 'IncompatibleAssign', 'cannot assign %s to %s in %s', x, T, words(where));
      x.mode = 'invalid';
      return;
  }

  if (isUntyped(x.type!)) {
    let target = T;
    if (x.isNil()) {
      if (T === null) {
        errorf(check, x, 'UntypedNilUse', 'use of untyped nil in %s', words(where));
        x.mode = 'invalid';
        return;
      }
    } else if (T === null || isNonTypeParamInterface(T)) target = defaultType(x.type!);
    const [newType, val, code] = implicitTypeAndValue(check, x, target!);
    if (code !== null) {
      const msg = checkSprintf(check, 'cannot use %s as %s value in %s', x, target, words(where));
      if (code === 'TruncatedFloat') errorf(check, x, code, '%s (truncated)', msg);
      else if (code === 'NumericOverflow') errorf(check, x, code, '%s (overflows)', msg);
      else errorf(check, x, 'IncompatibleAssign', '%s', msg);
      x.mode = 'invalid';
      return;
    }
    if (val !== null) {
      x.val = val;
      updateExprVal(check, x.expr!, val);
    }
    if (newType !== x.type) {
      x.type = newType!;
      updateExprType(check, x.expr!, newType!, false);
    }
  }

  const sig = under(x.type!);
  if (sig.kind === 'Signature' && sig.tparams.length > 0) {
    errorf(check, x, 'WrongTypeArgCount', 'cannot use generic function %s without instantiation in %s', x, words(where));
    x.mode = 'invalid';
    return;
  }
  if (T === null) return;
  const cause: Cause = { text: '' };
  const [ok, code] = assignableTo(check, x, T, cause);
  if (ok) return;
  if (cause.text !== '') errorf(check, x, code, 'cannot use %s as %s value in %s: %s', x, T, words(where), cause.text);
  else errorf(check, x, code, 'cannot use %s as %s value in %s', x, T, words(where));
  x.mode = 'invalid';
}

function words(where: string | (() => string)): string { return typeof where === 'string' ? where : where(); }

export function initConst(check: Checker, lhs: Const, x: Operand): void {
  if (x.mode === 'invalid' || !isValid(x.type) || !isValid(lhs.type)) {
    lhs.type ??= Typ.Invalid;
    return;
  }
  if (x.mode !== 'constant' || !isConstType(x.type!)) {
    errorf(check, x, 'InvalidConstInit', '%s is not constant', x);
    lhs.type ??= Typ.Invalid;
    return;
  }
  lhs.type ??= x.type!;
  assignment(check, x, lhs.type, 'constant declaration');
  if ((x.mode as string) !== 'invalid') lhs.val = x.val;
}

/** Initialises lhs with x; lhs gets x's type if it has none. */
export function initVar(check: Checker, lhs: Var, x: Operand, context: string): void {
  if (x.mode === 'invalid' || !isValid(x.type) || !isValid(lhs.type)) {
    lhs.type ??= Typ.Invalid;
    x.mode = 'invalid';
    return;
  }
  if (lhs.type === null) {
    let t = x.type!;
    if (isUntyped(t)) {
      if (t === Typ.UntypedNil) {
        errorf(check, x, 'UntypedNilUse', 'use of untyped nil in %s', context);
        lhs.type = Typ.Invalid;
        x.mode = 'invalid';
        return;
      }
      t = defaultType(t);
    }
    lhs.type = t;
  }
  assignment(check, x, lhs.type, context);
}

/** The type of an assignment's left side; null for _, invalid after an error. Assigning is no use of a variable. */
function lhsVar(check: Checker, lhs: Expr): Type | null {
  const id = unparen(lhs);
  let v: Var | null = null, used = false;
  if (id.kind === 'Name') {
    if (id.value === '_') {
      recordDef(check, id, null);
      return null;
    }
    const obj = lookup(check, id.value);
    if (obj?.kind === 'Var' && obj.pkg === check.pkg) { v = obj; used = obj.used; }
  }
  const x = new Operand();
  expr(check, null, x, lhs);
  if (v) v.used = used;
  if (x.mode === 'invalid' || !isValid(x.type)) return Typ.Invalid;
  if (x.mode === 'variable' || x.mode === 'mapindex') return x.type;
  if (x.expr!.kind === 'SelectorExpr') {
    const op = new Operand();
    expr(check, null, op, x.expr!.x);
    if (op.mode === 'mapindex') {
      errorf(check, x, 'UnaddressableFieldAssign', 'cannot assign to struct field %s in map', x.expr);
      return Typ.Invalid;
    }
  }
  errorf(check, x, 'UnassignableOperand', 'cannot assign to %s (neither addressable nor a map index expression)', x.expr);
  return Typ.Invalid;
}

/** Assigns rhs, or the operand x, to lhs. */
export function assignVar(check: Checker, lhs: Expr, rhs: Expr | null, x: Operand | null, context: string): void {
  const T = lhsVar(check, lhs);
  if (!isValid(T)) {
    if (x) x.mode = 'invalid'; else use(check, rhs!);
    return;
  }
  if (!x) {
    let target: Target | null = null;
    if (T && under(T).kind === 'Signature') target = newTarget(T, exprString(lhs));
    x = new Operand();
    expr(check, target, x, rhs!);
  }
  assignment(check, x, T, T === null && context === 'assignment' ? 'assignment to _ identifier' : context);
}

/** "(int, number, ...string)": types in mismatch reports. */
export function typesSummary(check: Checker, list: readonly (Type | null)[], variadic: boolean, hasDots: boolean): string {
  const out = list.map((t, i) => {
    let s: string;
    if (t === null || !isValid(t)) s = 'unknown type';
    else if (isUntyped(t)) s = isNumeric(t) ? 'number' : (t as Basic).name.replaceAll('untyped ', '');
    else s = checkSprintf(check, '%s', t);
    if (i === list.length - 1) {
      if (variadic) s = '...' + (t?.kind === 'Slice' ? checkSprintf(check, '%s', t.elem) : s);
      else if (hasDots) s += '...';
    }
    return s;
  });
  return `(${out.join(', ')})`;
}

/** "1 value", "2 values" */
export function measure(n: number, unit: string): string { return `${n} ${unit}${n === 1 ? '' : 's'}`; }

function assignError(check: Checker, rhs: readonly Expr[], l: number, r: number): void {
  const vars = measure(l, 'variable'), vals = measure(r, 'value');
  const call = rhs.length === 1 ? unparen(rhs[0]) : null;
  if (call?.kind === 'CallExpr') errorf(check, rhs[0], 'WrongAssignCount', 'assignment mismatch: %s but %s returns %s', vars, call.fun, vals);
  else errorf(check, rhs[0], 'WrongAssignCount', 'assignment mismatch: %s but %s', vars, vals);
}

function returnError(check: Checker, at: Poser, lhs: readonly Var[], rhs: readonly Operand[]): void {
  const l = lhs.length, r = rhs.length;
  if (r > l) at = rhs[l];
  else if (r > 0) at = rhs[r - 1];
  const err = newError(check, 'WrongResultCount');
  err.addf(at, '%s return values', r > l ? 'too many' : 'not enough');
  err.addf(0, 'have %s', typesSummary(check, rhs.map((x) => x.type), false, false));
  err.addf(0, 'want %s', typesSummary(check, lhs.map((v) => v.type), false, false));
  err.report();
}

/** Initialises variables (or, with returnStmt, the results of a function). */
export function initVars(check: Checker, lhs: readonly Var[], rhs: readonly Expr[], returnStmt: ReturnStmt | null): void {
  const context = returnStmt ? 'return statement' : 'assignment', l = lhs.length, r = rhs.length;
  const isCall = r === 1 && unparen(rhs[0]).kind === 'CallExpr';
  const giveUp = (): void => { for (const v of lhs) v.type ??= Typ.Invalid; };
  if (l === r && !isCall) {
    lhs.forEach((v, i) => {
      const x = new Operand();
      expr(check, newTarget(v.type, returnStmt && v.name === '' ? 'result variable' : v.name), x, rhs[i]);
      initVar(check, v, x, context);
    });
    return;
  }
  if (r !== 1) {
    if (use(check, ...rhs)) {
      if (returnStmt) returnError(check, returnStmt, lhs, exprList(check, rhs));
      else assignError(check, rhs, l, r);
    }
    giveUp();
    return;
  }
  const [ops, commaOk] = multiExpr(check, rhs[0], l === 2 && !returnStmt);
  if (l === ops.length) {
    lhs.forEach((v, i) => initVar(check, v, ops[i], context));
    if (commaOk && ops[0].mode !== 'invalid' && ops[1].mode !== 'invalid') recordCommaOkTypes(check, rhs[0], ops[0].type!, ops[1].type!);
    return;
  }
  if (ops[0]?.mode !== 'invalid') {
    if (returnStmt) returnError(check, returnStmt, lhs, ops); else assignError(check, rhs, l, ops.length);
  }
  giveUp();
}

export function assignVars(check: Checker, lhs: readonly Expr[], rhs: readonly Expr[]): void {
  const l = lhs.length, r = rhs.length;
  const isCall = r === 1 && unparen(rhs[0]).kind === 'CallExpr';
  if (l === r && !isCall) {
    lhs.forEach((e, i) => assignVar(check, e, rhs[i], null, 'assignment'));
    return;
  }
  if (r !== 1) {
    const okL = useLHS(check, ...lhs), okR = use(check, ...rhs);
    if (okL && okR) assignError(check, rhs, l, r);
    return;
  }
  const [ops, commaOk] = multiExpr(check, rhs[0], l === 2);
  if (l === ops.length) {
    lhs.forEach((e, i) => assignVar(check, e, null, ops[i], 'assignment'));
    if (commaOk && ops[0].mode !== 'invalid' && ops[1].mode !== 'invalid') recordCommaOkTypes(check, rhs[0], ops[0].type!, ops[1].type!);
    return;
  }
  if (ops[0]?.mode !== 'invalid') assignError(check, rhs, l, ops.length);
  useLHS(check, ...lhs);
}

export function shortVarDecl(check: Checker, pos: Pos, lhs: readonly Expr[], rhs: readonly Expr[]): void {
  const top = check.delayed.length, scope = check.env.scope;
  const seen = new Set<string>(), newVars: Var[] = [];
  let hasErr = false;
  const vars = lhs.map((e): Var => {
    const dummy = (): Var => new Var('local', e.pos, check.pkg, '_', null);
    if (e.kind !== 'Name') {
      useLHS(check, e);
      errorf(check, e, 'BadDecl', 'non-name %s on left side of :=', e);
      hasErr = true;
      return dummy();
    }
    const name = e.value;
    if (name !== '_') {
      if (seen.has(name)) {
        errorf(check, e, 'RepeatedDecl', '%s repeated on left side of :=', e);
        hasErr = true;
        return dummy();
      }
      seen.add(name);
    }
    const alt = scope.lookup(name);
    if (alt) {
      recordUse(check, e, alt);
      if (alt.kind === 'Var') return alt;
      errorf(check, e, 'UnassignableOperand', 'cannot assign to %s', e);
      hasErr = true;
      return dummy();
    }
    const obj = new Var('local', e.pos, check.pkg, name, null);
    if (name !== '_') newVars.push(obj);
    recordDef(check, e, obj);
    return obj;
  });
  initVars(check, vars, rhs, null);
  processDelayed(check, top);
  if (newVars.length === 0 && !hasErr) {
    softErrorf(check, pos, 'NoNewVar', 'no new variables on left side of :=');
    return;
  }
  const scopePos = rhs.length > 0 ? endPos(rhs[rhs.length - 1]) : pos;
  for (const v of newVars) declare(check, scope, null, v, scopePos);
}
