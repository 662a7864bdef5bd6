/**
 * How Go values lie in memory and travel through WebAssembly.
 *
 * In memory a value has amd64's layout. In wasm it is a short list of scalar
 * components (Comp): one for numbers, booleans and pointers, two for strings,
 * interfaces and complex numbers, three for slices, and for structs and one-element
 * arrays those of their parts while they are at most maxComps. Anything larger, and
 * every array that can be indexed, exists in memory only (comps gives undefined).
 *
 * Integers of up to 32 bits are i32, kept sign- or zero-extended; wider ones and
 * pointers are i64.
 */
import { BasicKind, type Type } from '../go/types/type.ts';
import { under } from '../go/types/under.ts';
import { sizes } from '../go/types/sizes.ts';
import type { WasmType } from './wasm.ts';

export const maxComps = 4;

/** One scalar of a value: wasm type, byte offset in the value, bytes in memory, sign, whether a pointer. */
export interface Comp { readonly t: WasmType; readonly off: number; readonly size: number; readonly signed: boolean; readonly ptr: boolean }

export const comp = (t: WasmType, off: number, size: number, signed: boolean, ptr: boolean): Comp => ({ t, off, size, signed, ptr });
const word = (off: number, ptr: boolean): Comp => comp('j', off, 8, true, ptr);

const compsOf = new WeakMap<Type, readonly Comp[] | null>();
const ptrsOf = new WeakMap<Type, readonly number[]>();

export const sizeof = (t: Type): number => sizes.sizeof(t);
export const alignof = (t: Type): number => sizes.alignof(t);

/** The scalars of a value, or undefined if it lives in memory only. */
export function comps(t: Type): readonly Comp[] | undefined {
  let c = compsOf.get(t);
  if (c === undefined) compsOf.set(t, (c = compute(t)));
  return c ?? undefined;
}

function compute(t: Type): readonly Comp[] | null {
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return basicComps(u.basic);
    case 'Pointer': case 'Map': case 'Chan': case 'Signature': return [word(0, true)];
    case 'Slice': return [word(0, true), word(8, false), word(16, false)];
    // The type word points to static data.
    case 'Interface': return [word(0, false), word(8, true)];
    case 'Array': {
      if (u.len === 0) return [];
      if (u.len !== 1) return null;
      return comps(u.elem) ?? null;
    }
    case 'Struct': {
      const out: Comp[] = [];
      const offs = sizes.offsetsof(u.fields);
      for (let i = 0; i < u.fields.length; i++) {
        const c = comps(u.fields[i].type);
        if (!c || out.length + c.length > maxComps) return null;
        for (const x of c) out.push({ ...x, off: x.off + offs[i] });
      }
      return out;
    }
    case 'Tuple': case 'Union': throw new Error(`invalid value type: ${u.kind}`);
  }
}

function basicComps(b: number): readonly Comp[] {
  switch (b) {
    case BasicKind.Bool: case BasicKind.Uint8: case BasicKind.UntypedBool: return [comp('i', 0, 1, false, false)];
    case BasicKind.Int8: return [comp('i', 0, 1, true, false)];
    case BasicKind.Int16: return [comp('i', 0, 2, true, false)];
    case BasicKind.Uint16: return [comp('i', 0, 2, false, false)];
    case BasicKind.Int32: case BasicKind.UntypedRune: return [comp('i', 0, 4, true, false)];
    case BasicKind.Uint32: return [comp('i', 0, 4, false, false)];
    case BasicKind.Int: case BasicKind.Int64: case BasicKind.UntypedInt: return [word(0, false)];
    case BasicKind.Uint: case BasicKind.Uint64: case BasicKind.Uintptr: return [comp('j', 0, 8, false, false)];
    case BasicKind.Float32: return [comp('f', 0, 4, true, false)];
    case BasicKind.Float64: case BasicKind.UntypedFloat: return [comp('d', 0, 8, true, false)];
    case BasicKind.Complex64: return [comp('f', 0, 4, true, false), comp('f', 4, 4, true, false)];
    case BasicKind.Complex128: case BasicKind.UntypedComplex: return [comp('d', 0, 8, true, false), comp('d', 8, 8, true, false)];
    case BasicKind.String: case BasicKind.UntypedString: return [word(0, true), word(8, false)];
    case BasicKind.UnsafePointer: case BasicKind.UntypedNil: return [word(0, true)];
    default: return [];
  }
}

/** Byte offsets of the pointer words of a value (an interface's type word is none). */
export function ptrOffsets(t: Type): readonly number[] {
  let p = ptrsOf.get(t);
  if (!p) {
    const out: number[] = [];
    addPtrs(t, 0, out);
    ptrsOf.set(t, (p = out));
  }
  return p;
}

function addPtrs(t: Type, at: number, out: number[]): void {
  const u = under(t);
  switch (u.kind) {
    case 'Array': {
      const e = ptrOffsets(u.elem), n = sizeof(u.elem);
      if (e.length > 0) for (let i = 0; i < u.len; i++) for (const o of e) out.push(at + i * n + o);
      return;
    }
    case 'Struct': {
      const offs = sizes.offsetsof(u.fields);
      u.fields.forEach((f, i) => addPtrs(f.type, at + offs[i], out));
      return;
    }
    case 'Interface': out.push(at, at + 8); return; // gc counts both words
    default: for (const c of comps(t)!) if (c.ptr) out.push(at + c.off);
  }
}

/** The letters of the scalars of a parameter or result: memory-only values travel as their address. */
export function letters(t: Type): string {
  const c = comps(t);
  return c ? c.map((x) => x.t).join('') : 'i';
}
