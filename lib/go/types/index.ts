/** Index and slice expressions. */
import type { Expr, IndexExpr, SliceExpr } from '../syntax/ast.ts';
import { assignment } from './assignments.ts';
import { use } from './call.ts';
import type { Checker } from './check.ts';
import { convertUntyped, representableConst } from './const.ts';
import { intVal, sign, stringVal, valueString } from './constant.ts';
import { errorf, invalidArg, invalidOp } from './errors.ts';
import { expr, exprOrType, nonGeneric } from './expr.ts';
import { Operand } from './operand.ts';
import { allInteger, identical, isString, isTypeParam, isUntyped, isValid } from './predicates.ts';
import { SliceT, Typ, universeByte, type Type } from './type.ts';
import { varType } from './typexpr.ts';
import { typeset, under, underIs } from './under.ts';

/** Evaluates x[i] (or the type x[T]); true if x is a generic function still to be instantiated. */
export function indexExpr(check: Checker, x: Operand, e: IndexExpr): boolean {
  exprOrType(check, x, e.x, true);
  switch (x.mode) {
    case 'invalid':
      use(check, e.index);
      return false;
    case 'typexpr':
      x.mode = 'invalid';
      x.type = varType(check, e);
      if (isValid(x.type)) x.mode = 'typexpr';
      return false;
    case 'value': {
      const sig = under(x.type!);
      if (sig.kind === 'Signature' && sig.tparams.length > 0) return true;
    }
  }
  nonGeneric(check, null, x);
  if ((x.mode as string) === 'invalid') return false;

  let valid = false, length = -1, mapKey: Type | null = null;
  const u = under(x.type!);
  switch (u.kind) {
    case 'Basic':
      if (!isString(u)) break;
      valid = true;
      if (x.mode === 'constant') length = stringVal(x.val!).length;
      x.mode = 'value';
      x.type = universeByte;
      break;
    case 'Array':
      valid = true;
      length = u.len;
      if (x.mode !== 'variable') x.mode = 'value';
      x.type = u.elem;
      break;
    case 'Pointer': {
      const a = under(u.elem);
      if (a.kind !== 'Array') break;
      valid = true;
      length = a.len;
      x.mode = 'variable';
      x.type = a.elem;
      break;
    }
    case 'Slice':
      valid = true;
      x.mode = 'variable';
      x.type = u.elem;
      break;
    case 'Map':
      mapKey = u.key;
      x.type = u.elem;
      break;
    case 'Interface': {
      if (!isTypeParam(x.type!)) break;
      const r = indexTypeParam(x);
      if (!r) break;
      x.type = r.elem;
      if (r.key) mapKey = r.key;
      else {
        valid = true;
        length = r.length;
        x.mode = r.variable ? 'variable' : 'value';
      }
      break;
    }
  }
  if (mapKey) {
    const i = singleIndex(check, e), key = new Operand();
    expr(check, null, key, i);
    assignment(check, key, mapKey, 'map index');
    x.mode = 'mapindex';
    x.expr = e;
    return false;
  }
  if (!valid) {
    errorf(check, e.pos, 'NonSliceableOperand', 'cannot index %s', x);
    use(check, e.index);
    x.mode = 'invalid';
    return false;
  }
  const i = singleIndex(check, e);
  x.type ??= Typ.Invalid;
  index(check, i, length);
  return false;
}

/** What all specific types of a type parameter give when indexed; null if they do not agree. key: they are all maps. */
function indexTypeParam(x: Operand): { key: Type | null; elem: Type; length: number; variable: boolean } | null {
  let key: Type | null = null, elem: Type | null = null, length = -1, variable = true;
  const ok = underIs(x.type!, (u) => {
    let l = -1, k: Type | null = null, e: Type | null = null;
    switch (u?.kind) {
      case 'Basic': if (isString(u)) { e = universeByte; variable = false; } break;
      case 'Array': l = u.len; e = u.elem; if (x.mode !== 'variable') variable = false; break;
      case 'Pointer': { const a = under(u.elem); if (a.kind === 'Array') { l = a.len; e = a.elem; } break; }
      case 'Slice': e = u.elem; break;
      case 'Map': k = u.key; e = u.elem; break;
    }
    if (e === null) return false;
    if (elem === null) { length = l; key = k; elem = e; return true; }
    if ((key === null) !== (k === null) || (key && k && !identical(key, k)) || !identical(elem, e)) return false;
    if (l >= 0 && l < length) length = l;
    return true;
  });
  return ok && elem ? { key, elem, length, variable } : null;
}

export function sliceExpr(check: Checker, x: Operand, e: SliceExpr): void {
  expr(check, null, x, e.x);
  if (x.mode === 'invalid') {
    use(check, ...e.index);
    return;
  }
  const fail = (): void => { x.mode = 'invalid'; };
  // Strings go with byte slices.
  let ct: Type | null = null, cu: Type | null = null, hasString = false;
  for (const [t, u0] of typeset(x.type!)) {
    let u = u0;
    if (u === null) {
      errorf(check, x, 'NonSliceableOperand', 'cannot slice %s: no specific type in %s', x, x.type);
      return fail();
    }
    if (isString(u)) { u = new SliceT(universeByte); hasString = true; }
    if (cu === null) { ct = t; cu = u; continue; }
    if (!identical(cu, u)) {
      errorf(check, x, 'NonSliceableOperand', 'cannot slice %s: %s and %s have different underlying types', x, ct, t);
      return fail();
    }
  }
  if (hasString) cu = isTypeParam(x.type!) ? Typ.String : under(x.type!);

  let valid = false, length = -1;
  switch (cu?.kind) {
    case 'Basic':
      if (!isString(cu)) break;
      if (e.full) {
        errorf(check, e.index[2] ?? e, 'InvalidSliceExpr', invalidOp + '3-index slice of string');
        return fail();
      }
      valid = true;
      if (x.mode === 'constant') length = stringVal(x.val!).length;
      if (isUntyped(x.type!)) x.type = Typ.String;
      break;
    case 'Array':
      valid = true;
      length = cu.len;
      if (x.mode !== 'variable') {
        errorf(check, x, 'NonSliceableOperand', 'cannot slice unaddressable value %s', x);
        return fail();
      }
      x.type = new SliceT(cu.elem);
      break;
    case 'Pointer': {
      const a = under(cu.elem);
      if (a.kind !== 'Array') break;
      valid = true;
      length = a.len;
      x.type = new SliceT(a.elem);
      break;
    }
    case 'Slice': valid = true; break;
  }
  if (!valid) {
    errorf(check, x, 'NonSliceableOperand', 'cannot slice %s', x);
    use(check, ...e.index);
    return fail();
  }
  x.mode = 'value';
  if (e.full && (e.index[1] === null || e.index[2] === null)) {
    errorf(check, e, 'InvalidSyntaxTree', '2nd and 3rd index required in 3-index slice');
    return fail();
  }
  const ind = e.index.map((i, n) => {
    if (i !== null) return Math.max(index(check, i, length >= 0 ? length + 1 : -1)[1], -1);
    return n === 0 ? 0 : length;
  });
  for (let i = 0; i < 2; i++) {
    if (ind[i] <= 0) continue;
    for (let j = i + 1; j < 3; j++) {
      if (ind[j] < 0 || ind[j] >= ind[i]) continue;
      errorf(check, e.index[j] ?? e, 'SwappedSliceIndices', 'invalid slice indices: %d < %d', ind[j], ind[i]);
      return;
    }
  }
}

/** The one index of x[i]; more are reported. */
function singleIndex(check: Checker, e: IndexExpr): Expr {
  if (e.index.kind !== 'ListExpr') return e.index;
  errorf(check, e.index.elemList[1], 'InvalidIndex', invalidOp + 'more than one index');
  return e.index.elemList[0];
}

/** Type and value (−1 if not constant) of an index; it must be below max if max ≥ 0. */
export function index(check: Checker, e: Expr, max: number): [Type, number] {
  const x = new Operand();
  expr(check, null, x, e);
  if (!isValidIndex(check, x, 'InvalidIndex', 'index', false)) return [Typ.Invalid, -1];
  if (x.mode !== 'constant') return [x.type!, -1];
  const v = intVal(x.val!);
  if (v === null) return [Typ.Invalid, -1];
  if (max >= 0 && v >= BigInt(max)) {
    errorf(check, x, 'InvalidIndex', invalidArg + 'index %s out of bounds [0:%d]', valueString(x.val!), max);
    return [Typ.Invalid, -1];
  }
  return [x.type!, Number(v)];
}

/** x may index or size something; reported if not. */
export function isValidIndex(check: Checker, x: Operand, code: string, what: string, allowNegative: boolean): boolean {
  if (x.mode === 'invalid') return false;
  convertUntyped(check, x, Typ.Int);
  if ((x.mode as string) === 'invalid') return false;
  if (!allInteger(x.type!)) {
    errorf(check, x, code, invalidArg + '%s %s must be integer', what, x);
    return false;
  }
  if (x.mode !== 'constant') return true;
  if (!allowNegative && sign(x.val!) < 0) {
    errorf(check, x, code, invalidArg + '%s %s must not be negative', what, x);
    return false;
  }
  const v = representableConst(x.val!, check, Typ.Int);
  if (v === null) {
    errorf(check, x, code, invalidArg + '%s %s overflows int', what, x);
    return false;
  }
  x.val = v;
  return true;
}
