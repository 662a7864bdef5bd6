/** Range loops. */
import type { Expr, ForStmt } from '../syntax/ast.ts';
import { assignment, assignVar, initVar } from './assignments.ts';
import type { Checker } from './check.ts';
import { makeInt } from './constant.ts';
import { declare } from './decl.ts';
import { errorf, softErrorf } from './errors.ts';
import { expr } from './expr.ts';
import { checkSprintf } from './format.ts';
import { arrayPtrDeref } from './builtins.ts';
import { Var } from './object.ts';
import { Operand } from './operand.ts';
import { identical, isBoolean, isInteger, isString } from './predicates.ts';
import { record, recordDef } from './recording.ts';
import { closeScope, openScope, stmt } from './stmt.ts';
import { Typ, universeRune, type Type } from './type.ts';
import { commonUnder, typeErrorf, under } from './under.ts';
import { allowVersion, go1_22, go1_23 } from './version.ts';

export function rangeStmt(check: Checker, s: ForStmt, sKey: Expr | null, sValue: Expr | null, sExtra: Expr | null, rangeVar: Expr, isDef: boolean): void {
  const x = new Operand();
  check.env.hasCallOrRecv = false;
  expr(check, null, x, rangeVar);

  // The range expression is not evaluated if only its constant length matters.
  if (x.mode !== 'invalid' && sValue === null && !check.env.hasCallOrRecv) {
    const t = arrayPtrDeref(under(x.type!));
    if (t.kind === 'Array') {
      const len = new Operand();
      len.mode = 'constant';
      len.expr = rangeVar;
      while (len.expr.kind === 'ParenExpr') len.expr = len.expr.x;
      len.type = Typ.Int;
      len.val = makeInt(t.len);
      record(check, len);
    }
  }

  let key: Type | null = null, val: Type | null = null;
  if (x.mode !== 'invalid') {
    const r = rangeKeyVal(check, x.type!);
    if (!r.ok && r.cause !== '') softErrorf(check, x, 'InvalidRangeExpr', 'cannot range over %s: %s', x, r.cause);
    else if (!r.ok) softErrorf(check, x, 'InvalidRangeExpr', 'cannot range over %s', x);
    else if (r.key === null && sKey) softErrorf(check, sKey, 'InvalidIterVar', 'range over %s permits no iteration variables', x);
    else if (r.val === null && sValue) softErrorf(check, sValue, 'InvalidIterVar', 'range over %s permits only one iteration variable', x);
    else if (sExtra) softErrorf(check, sExtra, 'InvalidIterVar', 'range clause permits at most two iteration variables');
    key = r.key;
    val = r.val;
  }

  openScope(check, s, 'range');
  const overInt = x.type !== null && isInteger(x.type);
  const pairs: [Expr | null, Type | null][] = [[sKey, key], [sValue, val]];
  if (isDef) {
    const vars: Var[] = [];
    for (const [lhs, t] of pairs) {
      if (lhs === null) continue;
      let obj: Var;
      if (lhs.kind === 'Name') {
        obj = new Var('local', lhs.pos, check.pkg, lhs.value, null);
        recordDef(check, lhs, obj);
        if (lhs.value !== '_') vars.push(obj);
      } else {
        errorf(check, lhs, 'InvalidSyntaxTree', 'cannot declare %s', lhs);
        obj = new Var('local', lhs.pos, check.pkg, '_', null);
      }
      if (t === null || t === Typ.Invalid) {
        obj.type = Typ.Invalid;
        obj.used = true;
      } else if (overInt) initVar(check, obj, x, 'range clause');
      else initVar(check, obj, elemOperand(lhs, t), 'assignment');
    }
    if (vars.length > 0) for (const v of vars) declare(check, check.env.scope, null, v, s.body.pos);
    else errorf(check, s, 'NoNewVar', 'no new variables on left side of :=');
  } else if (sKey) {
    for (const [lhs, t] of pairs) {
      if (lhs === null || t === null || t === Typ.Invalid) continue;
      if (overInt) {
        assignVar(check, lhs, null, x, 'range clause');
        if (x.mode !== 'invalid' && !isInteger(x.type!)) softErrorf(check, lhs, 'InvalidRangeExpr', 'cannot use iteration variable of type %s', x.type);
      } else assignVar(check, lhs, null, elemOperand(lhs, t), 'assignment');
    }
  } else if (overInt) assignment(check, x, null, 'range clause');
  stmt(check, s.body);
  closeScope(check);
}

/** An iteration value; there is no better expression for it than the variable it goes to. */
function elemOperand(lhs: Expr, t: Type): Operand {
  const y = new Operand();
  y.mode = 'value';
  y.expr = lhs;
  y.type = t;
  return y;
}

interface RangeTypes { readonly key: Type | null; readonly val: Type | null; readonly cause: string; readonly ok: boolean }

/** Types of the iteration values of a range over t (null: there is no such value). */
export function rangeKeyVal(check: Checker, orig: Type): RangeTypes {
  const bad = (cause: string): RangeTypes => ({ key: Typ.Invalid, val: Typ.Invalid, cause, ok: false });
  const good = (key: Type | null, val: Type | null): RangeTypes => ({ key, val, cause: '', ok: true });
  const [rtyp, err] = commonUnder(orig, (t, u) => (u?.kind === 'Chan' && u.dir === 1 ? typeErrorf('receive from send-only channel %s', t) : null));
  if (rtyp === null) return bad(err!.format(check));
  const t = arrayPtrDeref(rtyp);
  switch (t.kind) {
    case 'Basic':
      if (isString(t)) return good(Typ.Int, universeRune);
      if (isInteger(t)) return allowVersion(check, go1_22) ? good(orig, null) : bad('requires go1.22 or later');
      break;
    case 'Array': case 'Slice': return good(Typ.Int, t.elem);
    case 'Map': return good(t.key, t.elem);
    case 'Chan': return good(t.elem, null);
    case 'Signature': {
      if (!allowVersion(check, go1_23)) return bad('requires go1.23 or later');
      const form = 'func must be func(yield func(...) bool): ';
      if (t.params.length !== 1) return bad(form + 'wrong argument count');
      if (t.results.length !== 0) return bad(form + 'unexpected results');
      const [cb, e] = commonUnder(t.params.at(0).type, null);
      if (cb?.kind !== 'Signature') return bad(e ? checkSprintf(check, form + 'in yield type, %s', e.format(check)) : form + 'argument is not func');
      if (cb.params.length > 2) return bad(form + 'yield func has too many parameters');
      const r = cb.results.vars;
      if (r.length !== 1 || !identical(r[0].type, Typ.Bool)) {
        return bad(form + (r.length === 1 && isBoolean(r[0].type) ? 'yield func returns user-defined boolean, not bool' : 'yield func does not return bool'));
      }
      return good(cb.params.vars[0]?.type ?? null, cb.params.vars[1]?.type ?? null);
    }
  }
  return { key: null, val: null, cause: '', ok: false };
}
