/** What walk asks about types, in one place. */
import { ArrayT, Basic, PointerT, SliceT, StructT, Typ, universeByte, universeRune, type Type } from '../types/type.ts';
import { Var } from '../types/object.ts';
import { sizes } from '../types/sizes.ts';
import { hasPointers as hasPointersOf } from '../types/sizes.ts';
import { isComplex, isEmptyInterface, isFloat, isInteger, isInterface, isString, under } from '../ir/typeutil.ts';

export const T = {
  int: Typ.Int as Type, int64: Typ.Int64 as Type, uintptr: Typ.Uintptr as Type, uint64: Typ.Uint64 as Type, uint32: Typ.Uint32 as Type, uint16: Typ.Uint16 as Type,
  byte: universeByte as Type, rune: universeRune as Type, bool: Typ.Bool as Type, string: Typ.String as Type, unsafePointer: Typ.UnsafePointer as Type,
  float32: Typ.Float32 as Type, float64: Typ.Float64 as Type,
} as const;

export const pointerTo = (t: Type): Type => new PointerT(t);
export const arrayOf = (n: number, t: Type): Type => new ArrayT(t, n);
export const sliceOf = (t: Type): Type => new SliceT(t);
/** A struct with the given field types, fields named f0, f1, …: records the compiler makes (closures). */
export function recordOf(types: Type[]): StructT {
  return new StructT(types.map((t, i) => Var.newField(0, null, `f${i}`, t, false)), []);
}

export const size = (t: Type): number => sizes.sizeof(t);
export const align = (t: Type): number => sizes.alignof(t);
export const offsets = (t: StructT): number[] => sizes.offsetsof(t.fields);
export const hasPointers = (t: Type): boolean => hasPointersOf(t);

export function isUnsigned(t: Type): boolean { const u = under(t); return u.kind === 'Basic' && u.isUnsigned(); }
export function isBool(t: Type): boolean { const u = under(t); return u.kind === 'Basic' && u.isBoolean(); }
export function elem(t: Type): Type {
  const u = under(t);
  switch (u.kind) {
    case 'Pointer': case 'Slice': case 'Array': case 'Chan': case 'Map': return u.elem;
    default: throw new Error(`invalid type without element: ${u.kind}`);
  }
}
/** Values are one pointer word: stored in an interface as they are (types.IsDirectIface). */
export function isDirectIface(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case 'Pointer': case 'Chan': case 'Map': case 'Signature': return true;
    case 'Basic': return u.isUnsafePointer();
    case 'Array': return u.len === 1 && isDirectIface(u.elem);
    case 'Struct': return u.fields.length === 1 && isDirectIface(u.fields[0].type);
    default: return false;
  }
}
/** The one component a value consists of, through structs of one field and arrays of one element. */
export function soleComponent(t: Type): Type {
  const u = under(t);
  if (u.kind === 'Struct' && u.fields.length === 1) return soleComponent(u.fields[0].type);
  if (u.kind === 'Array' && u.len === 1) return soleComponent(u.elem);
  return t;
}
export { Basic, StructT, isComplex, isEmptyInterface, isFloat, isInteger, isInterface, isString, under };
