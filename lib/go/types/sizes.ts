/** Sizes, alignments and offsets as gc lays types out on amd64, and where pointers lie. All figures are bytes. */
import type { Var } from './object.ts';
import { BasicKind } from './basic.ts';
import type { StructLayout, StructT, Type } from './type.ts';
import { asNamed, under } from './under.ts';

const wordSize = 8, maxAlign = 8, maxInt64 = 2 ** 63;
/** Types nested deeper are invalid recursive ones (reported elsewhere). */
const maxDepth = 2000;
let depth = 0;

const K = BasicKind;
const basicSize: Readonly<Record<number, number>> = {
  [K.Bool]: 1, [K.Int8]: 1, [K.Int16]: 2, [K.Int32]: 4, [K.Int64]: 8, [K.Uint8]: 1, [K.Uint16]: 2, [K.Uint32]: 4, [K.Uint64]: 8,
  [K.Float32]: 4, [K.Float64]: 8, [K.Complex64]: 8, [K.Complex128]: 16, [K.String]: 16,
};

/** x rounded up to a multiple of a (a power of two). */
export function align(x: number, a: number): number { return Math.ceil(x / a) * a; }

/** The size of a value; −1 if too large for an int64. */
export function sizeof(t: Type): number {
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return basicSize[u.basic] ?? wordSize;
    case 'Array': {
      if (u.len <= 0) return 0;
      const e = nested(sizeof, u.elem, -1);
      const n = e * u.len;
      return e < 0 || n >= maxInt64 ? -1 : n;
    }
    case 'Slice': return 3 * wordSize;
    case 'Struct': return layoutOf(u).size;
    case 'Interface': return 2 * wordSize;
    default: return wordSize;
  }
}

export function alignof(t: Type): number {
  const u = under(t);
  switch (u.kind) {
    case 'Array': return nested(alignof, u.elem, 1);
    case 'Struct': return u.fields.length === 0 && isSyncAtomicAlign64(t) ? 8 : layoutOf(u).align;
    case 'Slice': case 'Interface': return wordSize;
    case 'Basic':
      if (u.isString()) return wordSize;
      if (u.isComplex()) return sizeof(u) / 2;
      return Math.min(Math.max(sizeof(u), 1), maxAlign);
    default: return wordSize;
  }
}

function nested<T>(f: (t: Type) => T, t: Type, tooDeep: T): T {
  if (depth > maxDepth) return tooDeep;
  depth++;
  try { return f(t); } finally { depth--; }
}

/** The empty struct by which sync/atomic asks for 64-bit alignment. */
function isSyncAtomicAlign64(t: Type): boolean {
  const obj = asNamed(t)?.decl();
  return obj !== undefined && obj.name === 'align64' && obj.pkg !== null && (obj.pkg.path === 'sync/atomic' || obj.pkg.path === 'internal/runtime/atomic');
}

const emptyLayout: StructLayout = { size: 0, align: 1, ptrdata: 0, offsets: [] };

/** The layout of a struct, computed once its fields are known. */
function layoutOf(s: StructT): StructLayout {
  if (s.fields.length === 0) return emptyLayout;
  return (s.layout ??= layOut(s));
}

function layOut(s: StructT): StructLayout {
  const offsets = offsetsof(s.fields), n = s.fields.length;
  let max = 1, ptr = 0;
  s.fields.forEach((f, i) => {
    max = Math.max(max, nested(alignof, f.type, 1));
    const p = nested(ptrdata, f.type, 0);
    if (p > 0) ptr = offsets[i] + p;
  });
  const last = offsets[n - 1];
  let size = nested(sizeof, s.fields[n - 1].type, -1);
  // A pointer past a zero-sized last field must stay inside the object.
  if (last > 0 && size === 0) size = 1;
  const total = last < 0 || size < 0 ? -1 : align(last + size, max);
  return { size: total >= maxInt64 ? -1 : total, align: max, ptrdata: ptr, offsets };
}

/** Offsets of fields laid out in order; −1 from the field on that lies too far. */
export function offsetsof(fields: readonly Var[]): number[] {
  let offs = 0;
  return fields.map((f) => {
    if (offs < 0) return -1;
    const at = align(offs, nested(alignof, f.type, 1)), size = nested(sizeof, f.type, -1);
    offs = size < 0 || at + size >= maxInt64 ? -1 : at + size;
    return at;
  });
}

/** Offset of the field a path of indices leads to, all in one object; −1 if too far. */
export function offsetof(t: Type, index: readonly number[]): number {
  let offs = 0;
  for (const i of index) {
    const s = under(t) as StructT;
    const d = layoutOf(s).offsets[i];
    if (d < 0) return -1;
    offs += d;
    t = s.fields[i].type;
  }
  return offs;
}

/** Bytes from the start of a value up to its last pointer's end; 0: no pointers. */
export function ptrdata(t: Type): number {
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return u.isString() || u.isUnsafePointer() ? wordSize : 0;
    case 'Array': {
      if (u.len <= 0) return 0;
      const p = nested(ptrdata, u.elem, 0);
      return p === 0 ? 0 : (u.len - 1) * sizeof(u.elem) + p;
    }
    case 'Struct': return layoutOf(u).ptrdata;
    case 'Interface': return 2 * wordSize;
    case 'Tuple': case 'Union': return 0;
    default: return wordSize;
  }
}

export function hasPointers(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return u.isString() || u.isUnsafePointer();
    case 'Array': return u.len > 0 && nested(hasPointers, u.elem, false);
    case 'Struct': return layoutOf(u).ptrdata > 0;
    case 'Tuple': return u.vars.some((v) => hasPointers(v.type));
    default: return true;
  }
}

export const sizes = { sizeof, alignof, offsetsof, offsetof, ptrdata, hasPointers } as const;
