/**
 * Untyped expressions: remembered in check.untyped until their context gives them
 * a type, which updateExprType passes down the tree.
 */
import type { Expr, Operator } from '../syntax/ast.ts';
import type { Checker } from './check.ts';
import { convertUntyped, representation } from './const.ts';
import type { CompareOperator, Value } from './constant.ts';
import { errorf, invalidOp } from './errors.ts';
import { Operand } from './operand.ts';
import { allInteger, defaultType, hasNil, isBoolean, isNumeric, isString, isTyped, isTypeParam, isUntyped, isValid, maxType } from './predicates.ts';
import { recordTypeAndValue } from './recording.ts';
import { BasicKind, type Basic, type Type } from './type.ts';
import { under, underIs } from './under.ts';

const isShift = (op: Operator): boolean => op === '<<' || op === '>>';
export const isComparison = (op: Operator): op is CompareOperator => op === '==' || op === '!=' || op === '<' || op === '<=' || op === '>' || op === '>=';

/** Gives an untyped expression and its untyped operands type t; final: it will not change again. */
export function updateExprType(check: Checker, x: Expr, t: Type, final: boolean): void {
  const old = check.untyped.get(x);
  if (!old) return;
  switch (x.kind) {
    case 'CallExpr': case 'Name': case 'BasicLit': case 'SelectorExpr': break;
    case 'ParenExpr': updateExprType(check, x.x, t, final); break;
    case 'Operation':
      // Operands of constants are never materialised; those of comparisons have their types.
      if (old.val !== null) break;
      if (x.y === null) {
        if (x.op === '*') return;
        updateExprType(check, x.x, t, final);
      } else if (isComparison(x.op)) break;
      else {
        updateExprType(check, x.x, t, final);
        if (!isShift(x.op)) updateExprType(check, x.y, t, final);
      }
      break;
    default: return;
  }
  if (!final && isUntyped(t)) {
    old.type = under(t) as Basic;
    return;
  }
  check.untyped.delete(x);
  if (old.isLhs && !allInteger(t)) {
    errorf(check, x, 'InvalidShiftOperand', invalidOp + 'shifted operand %s (type %s) must be integer', x, t);
    return;
  }
  if (old.val !== null) {
    // A constant must fit its final type.
    const y = new Operand();
    y.mode = old.mode;
    y.expr = x;
    y.type = old.type;
    y.val = old.val;
    convertUntyped(check, y, t);
    if (y.mode === 'invalid') return;
  }
  recordTypeAndValue(check, x, old.mode, t, old.val);
}

export function updateExprVal(check: Checker, x: Expr, val: Value): void {
  const info = check.untyped.get(x);
  if (info) info.val = val;
}

export type ImplicitCode = 'InvalidUntypedConversion' | 'TruncatedFloat' | 'NumericOverflow' | 'InvalidConstVal';

/** The type untyped x takes when used as a target, and its value then (constants); type null and a code if it cannot. */
export function implicitTypeAndValue(check: Checker, x: Operand, target: Type): [Type | null, Value | null, ImplicitCode | null] {
  if (x.mode === 'invalid' || isTyped(x.type!) || !isValid(target)) return [x.type, null, null];
  const no: [null, null, ImplicitCode] = [null, null, 'InvalidUntypedConversion'];
  if (isUntyped(target)) {
    const m = maxType(x.type!, target);
    return m ? [m, null, null] : no;
  }
  if (x.isNil()) return hasNil(target) ? [target, null, null] : no;
  const u = under(target);
  if (u.kind === 'Basic') {
    if (x.mode === 'constant') {
      const [v, code] = representation(check, x, u);
      return v === null ? [null, null, code] : [target, v, null];
    }
    // Results of comparisons, and shifts not yet decided.
    switch ((x.type as Basic).basic) {
      case BasicKind.UntypedBool: return isBoolean(target) ? [target, null, null] : no;
      case BasicKind.UntypedInt: case BasicKind.UntypedRune: case BasicKind.UntypedFloat: case BasicKind.UntypedComplex: return isNumeric(target) ? [target, null, null] : no;
      case BasicKind.UntypedString: return isString(target) ? [target, null, null] : no;
      default: return no;
    }
  }
  if (u.kind !== 'Interface') return no;
  if (isTypeParam(target)) return underIs(target, (t) => t !== null && implicitTypeAndValue(check, x, t)[0] !== null) ? [target, null, null] : no;
  return u.typeSet().isAll() ? [defaultType(x.type!), null, null] : no;
}
