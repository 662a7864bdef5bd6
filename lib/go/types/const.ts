/** Constant operands: whether their values fit their types. */
import type { Pos } from '../../base/pos.ts';
import type { Checker } from './check.ts';
import { binaryOp, bitLen, float32Val, float64Val, imag, makeFloat64, makeImag, makeUnknown, real, toComplex, toFloat, toInt, type Value } from './constant.ts';
import { errorf } from './errors.ts';
import { opName } from './expr.ts';
import { implicitTypeAndValue, updateExprType, updateExprVal } from './untyped.ts';
import { safeUnderlying } from './named.ts';
import type { Operand } from './operand.ts';
import { isInteger, isNumeric, isTyped, isTypeParam } from './predicates.ts';
import { BasicKind, type Basic } from './basic.ts';
import type { Type } from './type.ts';
import { under } from './under.ts';

const K = BasicKind;
/** Bits and signedness of integer types. */
const intBits: Readonly<Record<number, number>> = {
  [K.Int]: 64, [K.Int8]: 8, [K.Int16]: 16, [K.Int32]: 32, [K.Int64]: 64, [K.Uint]: 64, [K.Uint8]: 8, [K.Uint16]: 16, [K.Uint32]: 32, [K.Uint64]: 64, [K.Uintptr]: 64,
};
/** Untyped integers of more bits are refused. */
const maxUntypedBits = 512;

/** Checks that constant x fits its type; an untyped integer must not grow beyond 512 bits. */
export function overflow(check: Checker, x: Operand, opPos: Pos): void {
  if (x.val!.kind === 'Unknown') {
    errorf(check, opPos, 'InvalidConstVal', 'constant result is not representable');
    return;
  }
  if (isTyped(x.type!)) {
    representable(check, x, under(x.type!) as Basic);
    return;
  }
  if (x.val!.kind === 'Int' && bitLen(x.val!) > maxUntypedBits) {
    const op = opName(x.expr!);
    errorf(check, opPos, 'InvalidConstVal', 'constant %soverflow', op === '' ? '' : op + ' ');
    x.val = makeUnknown();
  }
}

/** v as a value of basic type t (floats rounded, integers as integers), or null if it has none. */
export function representableConst(v: Value, _check: Checker | null, t: Basic): Value | null {
  if (v.kind === 'Unknown') return v;
  if (t.isInteger()) {
    const i = toInt(v);
    if (i.kind !== 'Int') return null;
    const bits = intBits[t.basic];
    if (bits === undefined) return i; // untyped
    const fits = t.isUnsigned() ? i.val >= 0n && bitLen(i) <= bits : bitLen(i) < bits || i.val === -(1n << BigInt(bits - 1));
    return fits ? i : null;
  }
  if (t.isFloat()) {
    const f = toFloat(v);
    return f.kind === 'Float' ? roundFloat(f, t.basic === K.Float32 ? 32 : t.basic === K.Float64 ? 64 : 0) : null;
  }
  if (t.isComplex()) {
    const c = toComplex(v);
    if (c.kind !== 'Complex') return null;
    const bits = t.basic === K.Complex64 ? 32 : t.basic === K.Complex128 ? 64 : 0;
    if (bits === 0) return v;
    const re = roundFloat(real(c), bits), im = roundFloat(imag(c), bits);
    return re === null || im === null ? null : binaryOp(re, '+', makeImag(im));
  }
  if (t.isString()) return v.kind === 'String' ? v : null;
  if (t.isBoolean()) return v.kind === 'Bool' ? v : null;
  return null;
}

function roundFloat(v: Value, bits: number): Value | null {
  if (bits === 0) return v;
  const f = bits === 32 ? float32Val(v) : float64Val(v);
  return Number.isFinite(f) ? makeFloat64(f) : null;
}

export type ConversionCode = 'TruncatedFloat' | 'NumericOverflow' | 'InvalidConstVal';

/** Makes x's value one of basic type t, or reports that it has none. */
export function representable(check: Checker, x: Operand, t: Basic): void {
  const [v, code] = representation(check, x, t);
  if (v === null) {
    invalidConversion(check, code!, x, t);
    x.mode = 'invalid';
    return;
  }
  x.val = v;
}

/** The value of constant x as basic type t; null and a code if it has none. */
export function representation(check: Checker | null, x: Operand, t: Basic): [Value | null, ConversionCode | null] {
  const v = representableConst(x.val!, check, t);
  if (v !== null) return [v, null];
  if (isNumeric(x.type!) && isNumeric(t)) return [null, !isInteger(x.type!) && isInteger(t) ? 'TruncatedFloat' : 'NumericOverflow'];
  return [null, 'InvalidConstVal'];
}

export function invalidConversion(check: Checker, code: string, x: Operand, target: Type): void {
  const msg = code === 'TruncatedFloat' ? '%s truncated to %s' : code === 'NumericOverflow' ? '%s overflows %s' : 'cannot convert %s to type %s';
  errorf(check, x, code, msg, x, target);
}

/** Gives untyped x the type target implies, or reports that it cannot have it. */
export function convertUntyped(check: Checker, x: Operand, target: Type): void {
  const [newType, val, code] = implicitTypeAndValue(check, x, target);
  if (code !== null) {
    invalidConversion(check, code, x, (isTypeParam(target) ? null : safeUnderlying(target)) ?? target);
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
