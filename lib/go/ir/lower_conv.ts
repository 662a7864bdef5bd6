/**
 * Conversions and constants.
 *
 * A conversion the source does not write (assigning a T to an interface, passing
 * a named slice for an unnamed one) becomes a node all the same, marked implicit
 * and placed at its operand; conversions between identical types vanish. Which op
 * a conversion gets follows the rules gc's type checker applies: OCONVNOP when
 * only the type changes, OCONV when bits change, OCONVIFACE when an interface
 * value is made, and one op for each of the string, slice and array conversions.
 */
import type { Pos } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import type { Type } from '../types/type.ts';
import type { Value } from '../types/constant.ts';
import { CompLitExpr, ConstExpr, ConvExpr, KeyExpr, NilExpr, type ConvOp, type Expr } from './nodes.ts';
import type { Ctx } from './ctx.ts';
import { expr, implicit } from './lower_expr.ts';
import {
  T, constTo, elem, hasNil, identical, identicalIgnoreTags, isArray, isByteKind, isDefined, isUntypedNil, simKind, isChan, isComplex, isEmptyInterface, isFloat, isInteger, isInterface, isNamed, isPtr, isSlice,
  isString, isTypeParam, isUintptr, isUnsafePointer, makeBool, makeInt, makeString, sliceOf, stringRunes, under, isBoolean, isNumeric,
} from './typeutil.ts';

/** A constant of a checked type. */
export function constValue(c: Ctx, pos: Pos, t: Type, val: Value): Expr {
  const type = c.typ(t);
  const n = new ConstExpr(pos, type, constTo(val, type));
  n.shaped = c.shaped(t);
  return n;
}

/** The zero value of a type as an expression. */
export function zeroExpr(pos: Pos, t: Type): Expr {
  if (hasNil(t)) return new NilExpr(pos, t);
  if (isNumeric(t)) return new ConstExpr(pos, t, constTo(makeInt(0n), t));
  if (isBoolean(t)) return new ConstExpr(pos, t, makeBool(false));
  if (isString(t)) return new ConstExpr(pos, t, makeString(''));
  return new CompLitExpr(pos, isArray(t) ? 'OARRAYLIT' : 'OSTRUCTLIT', [], t);
}

/** e converted to dst if its type differs; dst undefined: as it is. */
export function implicitConv(c: Ctx, dst: Type | undefined, e: ast.Expr): Expr { return convertExpr(c, dst, e, true); }

export function convertExpr(c: Ctx, dst: Type | undefined, e: ast.Expr, isImplicit: boolean): Expr {
  const src = e.tv!.type!;
  const same = dst === undefined || identical(src, dst);
  if (isImplicit && same) return expr(c, e);
  let x = expr(c, e);
  const type = c.typ(dst!);
  const shaped = c.shaped(dst!);
  if (x.op === 'ONIL' && isUntypedNil(x.type!) && hasNil(type)) {
    x = new NilExpr(x.pos, type);
    x.shaped = shaped;
  }
  if (isInterface(type) && x.type) c.note(x.type);
  const n = convert(e.pos, x, type, isImplicit);
  if (shaped) n.shaped = shaped;
  if (n.op === 'OCONVNOP' && !same && isInterface(type) && !isEmptyInterface(type) && (shaped || c.shaped(src))) (n as ConvExpr).op = 'OCONVIFACE';
  if (isTypeParam(dst!) && n.op === 'OLITERAL') return implicit(new ConvExpr(e.pos, 'OCONVNOP', n, type));
  return n;
}

/** x converted to a type that it converts to, both concrete. */
export function convert(pos: Pos, x: Expr, type: Type, isImplicit: boolean): Expr {
  const src = x.type!;
  const op = convertOp(x.op === 'OLITERAL', src, type);
  if (op === undefined) {
    const n = new ConvExpr(pos, 'OCONV', x, type);
    n.implicit = isImplicit;
    return n;
  }
  if (op === 'OSTR2RUNES' && x.op === 'OLITERAL') {
    const list = stringRunes(x.val).map((r, i) => new KeyExpr(pos, new ConstExpr(pos, T.int, makeInt(BigInt(i))), new ConstExpr(pos, elem(type), makeInt(BigInt(r)))));
    const lit = new CompLitExpr(pos, 'OSLICELIT', list, type);
    lit.len = list.length;
    return lit;
  }
  if (op === 'OBYTES2STR' && isDefined(elem(src))) x = new ConvExpr(x.pos, 'OCONVNOP', x, sliceOf(T.byte));
  if (op === 'ORUNES2STR' && isDefined(elem(src))) x = new ConvExpr(x.pos, 'OCONVNOP', x, sliceOf(T.rune));
  const n = new ConvExpr(pos, op, x, type);
  n.implicit = isImplicit;
  return n;
}

/** The op that assigns a src to a dst, undefined if it is not assignable. */
function assignOp(src: Type, dst: Type): ConvOp | undefined {
  if (identical(src, dst)) return 'OCONVNOP';
  if (identical(under(src), under(dst))) {
    if (isEmptyInterface(src)) return 'OCONVNOP';
    if ((!isNamed(src) || !isNamed(dst)) && !isInterface(src)) return 'OCONVNOP';
  }
  if (isInterface(dst)) return isUntypedNil(src) ? 'OCONVNOP' : 'OCONVIFACE';
  if (isInterface(src)) return undefined;
  const s = under(src), d = under(dst);
  if (s.kind === 'Chan' && d.kind === 'Chan' && identical(s.elem, d.elem) && (!isNamed(src) || !isNamed(dst))) return 'OCONVNOP';
  if (isUntypedNil(src) && hasNil(dst)) return 'OCONVNOP';
  return undefined;
}

/** The op that converts a src to a dst. */
function convertOp(constant: boolean, src: Type, dst: Type): ConvOp | undefined {
  const a = assignOp(src, dst);
  if (a !== undefined) {
    return a === 'OCONVNOP' && src !== dst && sameFloatKind(src, dst) ? 'OCONV' : a === 'OCONVNOP' && (isFloat(dst) || isComplex(dst)) ? 'OCONV' : a;
  }
  if (isInterface(src) || isInterface(dst)) return undefined;
  if (identicalIgnoreTags(under(src), under(dst))) return isFloat(dst) || isComplex(dst) ? 'OCONV' : 'OCONVNOP';
  const s = under(src), d = under(dst);
  if (s.kind === 'Pointer' && d.kind === 'Pointer' && identicalIgnoreTags(under(s.elem), under(d.elem))) return 'OCONVNOP';
  const real = (t: Type): boolean => isInteger(t) || isFloat(t);
  if ((real(src) && real(dst)) || (isComplex(src) && isComplex(dst))) return simKind(src) === simKind(dst) && !isFloat(dst) && !isComplex(dst) ? 'OCONVNOP' : 'OCONV';
  if (constant && isNumeric(src) && isNumeric(dst)) return 'OCONV';
  if (isInteger(src) && isString(dst)) return 'ORUNESTR';
  if (isSlice(src) && isString(dst)) return isByteKind(elem(src)) ? 'OBYTES2STR' : 'ORUNES2STR';
  if (isString(src) && isSlice(dst)) return isByteKind(elem(dst)) ? 'OSTR2BYTES' : 'OSTR2RUNES';
  if ((isPtr(src) || isUintptr(src)) && isUnsafePointer(dst)) return 'OCONVNOP';
  if (isUnsafePointer(src) && (isPtr(dst) || isUintptr(dst))) return 'OCONVNOP';
  if (isSlice(src) && isArray(dst)) return 'OSLICE2ARR';
  if (isSlice(src) && isPtr(dst) && isArray(elem(dst))) return 'OSLICE2ARRPTR';
  if (isChan(src) && isChan(dst)) return 'OCONVNOP';
  return undefined;
}
function sameFloatKind(src: Type, dst: Type): boolean { return simKind(src) === simKind(dst) && (isFloat(dst) || isComplex(dst)); }

/** Conversion of an IR value (a temporary) to the type of where it goes, undefined dst or identical types: as it is. */
export function convertTemp(c: Ctx, x: Expr, src: Type, dst: Type | undefined): Expr {
  if (dst === undefined || identical(src, dst)) return x;
  return convert(x.pos, x, c.typ(dst), true);
}
