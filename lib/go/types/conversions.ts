/** Conversions T(x). */
import { checkSprintf, type FormatArg } from './format.ts';
import { allowVersion, go1_17, go1_20 } from './version.ts';
import type { Checker } from './check.ts';
import { intVal, makeString, toInt, type Value } from './constant.ts';
import { representableConst } from './const.ts';
import { errorf } from './errors.ts';
import { updateExprType } from './untyped.ts';
import { assignableTo, Operand } from './operand.ts';
import {
  allString, defaultType, identical, identicalIgnoreTags, isComplex, isConstType, isInteger, isIntegerOrFloat, isNonTypeParamInterface, isString, isTypeParam, isUntyped,
} from './predicates.ts';
import { tparamIs } from './typeparam.ts';
import { BasicKind, Typ, type Type } from './type.ts';
import { unalias, under, underIs, type Cause } from './under.ts';

/** Converts x to T in place, or reports that it cannot be. */
export function conversion(check: Checker, x: Operand, T: Type): void {
  const constArg = x.mode === 'constant';
  /** The value of constant x as a T, or null. */
  const constant = (t0: Type): Value | null => {
    const t = under(t0);
    if (t.kind !== 'Basic') return null;
    const v = representableConst(x.val!, check, t);
    if (v !== null) return v;
    if (!isInteger(x.type!) || !isString(t)) return null;
    const i = intVal(x.val!);
    const valid = i !== null && i >= 0n && i <= 0x10ffffn && !(i >= 0xd800n && i < 0xe000n);
    return makeString(String.fromCodePoint(valid ? Number(i) : 0xfffd));
  };

  let ok = false;
  const cause: Cause = { text: '' };
  if (constArg && isConstType(T)) {
    const v = constant(T);
    ok = v !== null;
    if (v !== null) x.val = v;
    else if (isInteger(T) && toInt(x.val!).kind === 'Int') x.val = toInt(x.val!); // complaints show it so
    if (v === null && isInteger(x.type!) && isInteger(T)) {
      errorf(check, x, 'InvalidConversion', 'constant %s overflows %s', x.val!, T);
      x.mode = 'invalid';
      return;
    }
  } else if (constArg && isTypeParam(T)) {
    ok = underIs(T, (u) => {
      if (u === null) {
        cause.text = checkSprintf(check, '%s does not contain specific types', T);
        return false;
      }
      if (isString(x.type!) && isBytesOrRunes(u)) return true;
      if (constant(u) !== null) return true;
      cause.text = isInteger(x.type!) && isInteger(u)
        ? checkSprintf(check, 'constant %s overflows %s (in %s)', x.val!, u, T)
        : checkSprintf(check, 'cannot convert %s to type %s (in %s)', x, u, T);
      return false;
    });
    x.mode = 'value'; // type parameters are not constants
  } else if (convertibleTo(check, x, T, cause)) {
    ok = true;
    x.mode = 'value';
  }
  if (!ok) {
    if (cause.text !== '') errorf(check, x, 'InvalidConversion', 'cannot convert %s to type %s: %s', x, T, cause.text);
    else errorf(check, x, 'InvalidConversion', 'cannot convert %s to type %s', x, T);
    x.mode = 'invalid';
    return;
  }

  // The argument's own type is now final: T, or what it would be by default
  // where T does not say ([]byte("s"), any(1)).
  if (isUntyped(x.type!)) {
    let final = T;
    if (x.type !== Typ.UntypedNil) {
      if (isNonTypeParamInterface(T) || (constArg && !isConstType(T))) final = defaultType(x.type!);
      else if ((x.mode as string) === 'constant' && isInteger(x.type!) && allString(T)) final = x.type!;
    }
    updateExprType(check, x.expr!, final, true);
  }
  x.type = T;
}

/** The value x (not a constant being converted) may be converted to T; cause says why not, where there is something to say. */
export function convertibleTo(check: Checker | null, x: Operand, T0: Type, cause: Cause | null): boolean {
  if (assignableTo(check, x, T0, cause)[0]) return true;
  const V = unalias(x.type!), T = unalias(T0), Vu = under(V), Tu = under(T);
  const Vp = V.kind === 'TypeParam' ? V : null, Tp = T.kind === 'TypeParam' ? T : null;

  if (!Vp && !Tp && identicalIgnoreTags(Vu, Tu)) return true;
  if (V.kind === 'Pointer' && T.kind === 'Pointer' && !isTypeParam(V.elem) && !isTypeParam(T.elem) && identicalIgnoreTags(under(V.elem), under(T.elem))) return true;
  if (isIntegerOrFloat(Vu) && isIntegerOrFloat(Tu)) return true;
  if (isComplex(Vu) && isComplex(Tu)) return true;
  if ((isInteger(Vu) || isBytesOrRunes(Vu)) && isString(Tu)) return true;
  if (isString(Vu) && isBytesOrRunes(Tu)) return true;
  if ((isPointer(Vu) || isUintptr(Vu)) && isUnsafePointer(Tu)) return true;
  if (isUnsafePointer(Vu) && (isPointer(Tu) || isUintptr(Tu))) return true;

  // Slice to array, or to array pointer.
  if (Vu.kind === 'Slice') {
    const ptr = Tu.kind === 'Pointer', a = Tu.kind === 'Pointer' ? under(Tu.elem) : Tu;
    if (a.kind === 'Array' && identical(Vu.elem, a.elem)) {
      if (check === null || allowVersion(check, ptr ? go1_17 : go1_20)) return true;
      if (cause) cause.text = ptr ? 'conversion of slice to array pointer requires go1.17 or later' : 'conversion of slice to array requires go1.20 or later';
      return false;
    }
  }
  if (!Vp && !Tp) return false;

  // Every specific type of a type parameter must be convertible.
  const fail = (fmt: string, ...args: FormatArg[]): false => {
    if (check && cause) cause.text = checkSprintf(check, fmt, ...args) + (cause.text !== '' ? `\n\t${cause.text}` : '');
    return false;
  };
  const as = (t: Type): Operand => {
    const y = x.copy();
    y.type = t;
    return y;
  };
  if (Vp && Tp) {
    return tparamIs(Vp, (v) => v !== null && tparamIs(Tp, (t) => t !== null
      && (convertibleTo(check, as(v.type!), t.type!, cause) || fail('cannot convert %s (in %s) to type %s (in %s)', v.type, Vp, t.type, Tp))));
  }
  if (Vp) return tparamIs(Vp, (v) => v !== null && (convertibleTo(check, as(v.type!), T, cause) || fail('cannot convert %s (in %s) to type %s', v.type, Vp, T0)));
  return tparamIs(Tp!, (t) => t !== null && (convertibleTo(check, x, t.type!, cause) || fail('cannot convert %s to type %s (in %s)', x.type, t.type, Tp)));
}

export function isUintptr(t: Type): boolean { const u = under(t); return u.kind === 'Basic' && u.basic === BasicKind.Uintptr; }
export function isUnsafePointer(t: Type): boolean { const u = under(t); return u.kind === 'Basic' && u.basic === BasicKind.UnsafePointer; }
export function isPointer(t: Type): boolean { return under(t).kind === 'Pointer'; }
export function isBytesOrRunes(t: Type): boolean {
  const u = under(t);
  if (u.kind !== 'Slice') return false;
  const e = under(u.elem);
  return e.kind === 'Basic' && (e.basic === BasicKind.Uint8 || e.basic === BasicKind.Int32);
}
