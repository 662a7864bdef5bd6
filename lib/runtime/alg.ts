/**
 * Equality and hashing of values by their type descriptors.
 *
 * SIMPLIFIED: the hash is a seeded 32-bit mix of our own where Go uses AES
 * instructions on 64 bits. What follows from hashing (which bucket, which order)
 * is random in Go too; programs cannot rely on it.
 */
import type { Mem } from '../abi/memory.ts';
import * as abi from '../abi/type.ts';
import type { Random } from '../base/random.ts';

const decoder = new TextDecoder();

/** The text of a type ("main.T", "[]int"). */
export function typeString(mem: Mem, t: number): string {
  const p = mem.u32[(t + abi.typeStr) >>> 2];
  return decoder.decode(mem.u8.slice(p, p + mem.u32[(t + abi.typeStrLen) >>> 2]));
}

function mix(h: number, w: number): number {
  w = Math.imul(w, 0xcc9e2d51);
  h ^= Math.imul((w << 15) | (w >>> 17), 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}
function finish(h: number): number {
  h ^= h >>> 16; h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13; h = Math.imul(h, 0xc2b2ae35);
  return (h ^ h >>> 16) >>> 0;
}
export function hash32(v: number, seed: number): number { return finish(mix(seed, v)); }
export function hash64(lo: number, hi: number, seed: number): number { return finish(mix(mix(seed, lo), hi)); }

/** Hash of n bytes at p. */
export function memhash(mem: Mem, p: number, n: number, seed: number): number {
  let h = seed | 0, i = 0;
  const { u8 } = mem;
  if ((p & 3) === 0) { const { u32 } = mem; for (; i + 4 <= n; i += 4) h = mix(h, u32[(p + i) >>> 2]); }
  else for (; i + 4 <= n; i += 4) h = mix(h, u8[p + i] | u8[p + i + 1] << 8 | u8[p + i + 2] << 16 | u8[p + i + 3] << 24);
  let tail = 0;
  for (let s = 0; i < n; i++, s += 8) tail |= u8[p + i] << s;
  return finish(mix(mix(h, tail), n));
}
export function memequal(mem: Mem, p: number, q: number, n: number): boolean {
  if (p === q) return true;
  const { u8 } = mem;
  let i = 0;
  if (((p | q) & 3) === 0) {
    const { u32 } = mem;
    for (; i + 4 <= n; i += 4) if (u32[(p + i) >>> 2] !== u32[(q + i) >>> 2]) return false;
  }
  for (; i < n; i++) if (u8[p + i] !== u8[q + i]) return false;
  return true;
}
/** Equality of two strings given by address and length. */
export function strequal(mem: Mem, p: number, n: number, q: number, m: number): boolean { return n === m && memequal(mem, p, q, n); }

/** Raised inside when an interface holds something that cannot be hashed or compared; callers turn it into the Go panic. */
export class Unhashable extends Error {
  /** type: the offending type, as Go prints it. */
  constructor(what: string, readonly type: string) { super(`${what} ${type}`); }
}

export class Alg {
  constructor(readonly mem: Mem, readonly random: Random) {}

  /** Can values of type t be hashed without looking at their contents? */
  static mightPanic(mem: Mem, t: number): boolean {
    switch (mem.u8[t + abi.typeKind]) {
      case abi.kindInterface: return true;
      case abi.kindArray: return Alg.mightPanic(mem, mem.u32[(t + abi.typeElem) >>> 2]);
      case abi.kindStruct: {
        const f = mem.u32[(t + abi.typeFields) >>> 2], n = mem.u32[(t + abi.typeFieldCount) >>> 2];
        for (let i = 0; i < n; i++) if (Alg.mightPanic(mem, mem.u32[(f + i * abi.structFieldSize + abi.structFieldType) >>> 2])) return true;
        return false;
      }
      default: return false;
    }
  }
  #f64hash(v: number, lo: number, hi: number, seed: number): number {
    if (v === 0) return finish(seed ^ 0x5bd1e995);
    if (v !== v) return this.random.uint32();
    return hash64(lo, hi, seed);
  }
  /** Hash of the value of type t at p. Throws Unhashable with the panic's text. */
  hash(t: number, p: number, seed: number): number {
    const { mem } = this, { u32 } = mem, kind = mem.u8[t + abi.typeKind];
    if ((mem.u8[t + abi.typeTflag] & abi.tflagRegularMemory) !== 0) return memhash(mem, p, u32[t >>> 2], seed);
    switch (kind) {
      case abi.kindFloat32: { const v = mem.f32[p >>> 2]; return this.#f64hash(v, u32[p >>> 2], 0, seed); }
      case abi.kindFloat64: return this.#f64hash(mem.f64[p >>> 3], u32[p >>> 2], u32[(p >>> 2) + 1], seed);
      case abi.kindComplex64: return this.#f64hash(mem.f32[(p >>> 2) + 1], u32[(p >>> 2) + 1], 0, this.#f64hash(mem.f32[p >>> 2], u32[p >>> 2], 0, seed));
      case abi.kindComplex128:
        return this.#f64hash(mem.f64[(p >>> 3) + 1], u32[(p >>> 2) + 2], u32[(p >>> 2) + 3], this.#f64hash(mem.f64[p >>> 3], u32[p >>> 2], u32[(p >>> 2) + 1], seed));
      case abi.kindString: return memhash(mem, u32[p >>> 2], u32[(p >>> 2) + 2], seed);
      case abi.kindInterface: {
        let dyn = u32[p >>> 2];
        if (dyn === 0) return seed;
        // A non-empty interface's first word is its itab.
        if (u32[(t + abi.typeMethodCount) >>> 2] !== 0) dyn = u32[(dyn + abi.itabType) >>> 2];
        if (!this.comparable(dyn)) throw new Unhashable('hash of unhashable type', typeString(mem, dyn));
        const at = (mem.u8[dyn + abi.typeTflag] & abi.tflagDirectIface) !== 0 ? p + 8 : u32[(p >>> 2) + 2];
        return this.hash(dyn, at, mix(seed, u32[(dyn + abi.typeHash) >>> 2]));
      }
      case abi.kindArray: {
        const e = u32[(t + abi.typeElem) >>> 2], n = u32[(t + abi.typeLen) >>> 2], size = u32[e >>> 2];
        for (let i = 0; i < n; i++) seed = this.hash(e, p + i * size, seed);
        return seed >>> 0;
      }
      case abi.kindStruct: {
        const f = u32[(t + abi.typeFields) >>> 2], n = u32[(t + abi.typeFieldCount) >>> 2];
        for (let i = 0; i < n; i++) {
          const r = f + i * abi.structFieldSize;
          if (this.#blank(r)) continue;
          seed = this.hash(u32[(r + abi.structFieldType) >>> 2], p + u32[(r + abi.structFieldOffset) >>> 2], seed);
        }
        return seed >>> 0;
      }
      case abi.kindSlice: case abi.kindMap: case abi.kindFunc: throw new Unhashable('hash of unhashable type', typeString(mem, t));
      default: return memhash(mem, p, u32[t >>> 2], seed);
    }
  }
  #blank(field: number): boolean {
    const { mem } = this;
    return mem.u32[(field + abi.structFieldNameLen) >>> 2] === 1 && mem.u8[mem.u32[(field + abi.structFieldName) >>> 2]] === 95;
  }
  /** Is type t comparable with ==? (Interfaces are; their contents may not be.) */
  comparable(t: number): boolean {
    const { mem } = this, { u32 } = mem;
    switch (mem.u8[t + abi.typeKind]) {
      case abi.kindSlice: case abi.kindMap: case abi.kindFunc: return false;
      case abi.kindArray: return this.comparable(u32[(t + abi.typeElem) >>> 2]);
      case abi.kindStruct: {
        const f = u32[(t + abi.typeFields) >>> 2], n = u32[(t + abi.typeFieldCount) >>> 2];
        for (let i = 0; i < n; i++) if (!this.comparable(u32[(f + i * abi.structFieldSize + abi.structFieldType) >>> 2])) return false;
        return true;
      }
      default: return true;
    }
  }
  /** Are the values of type t at p and q equal? Throws Unhashable ("comparing uncomparable type …"). */
  equal(t: number, p: number, q: number): boolean {
    const { mem } = this, { u32 } = mem;
    if ((mem.u8[t + abi.typeTflag] & abi.tflagRegularMemory) !== 0) return memequal(mem, p, q, u32[t >>> 2]);
    switch (mem.u8[t + abi.typeKind]) {
      case abi.kindFloat32: return mem.f32[p >>> 2] === mem.f32[q >>> 2];
      case abi.kindFloat64: return mem.f64[p >>> 3] === mem.f64[q >>> 3];
      case abi.kindComplex64: return mem.f32[p >>> 2] === mem.f32[q >>> 2] && mem.f32[(p >>> 2) + 1] === mem.f32[(q >>> 2) + 1];
      case abi.kindComplex128: return mem.f64[p >>> 3] === mem.f64[q >>> 3] && mem.f64[(p >>> 3) + 1] === mem.f64[(q >>> 3) + 1];
      case abi.kindString: return strequal(mem, u32[p >>> 2], u32[(p >>> 2) + 2], u32[q >>> 2], u32[(q >>> 2) + 2]);
      case abi.kindInterface: {
        const a = u32[p >>> 2];
        if (a !== u32[q >>> 2]) return false;
        if (a === 0) return true;
        return this.dataEqual(u32[(t + abi.typeMethodCount) >>> 2] !== 0 ? u32[(a + abi.itabType) >>> 2] : a, u32[(p >>> 2) + 2], u32[(q >>> 2) + 2]);
      }
      case abi.kindArray: {
        const e = u32[(t + abi.typeElem) >>> 2], n = u32[(t + abi.typeLen) >>> 2], size = u32[e >>> 2];
        for (let i = 0; i < n; i++) if (!this.equal(e, p + i * size, q + i * size)) return false;
        return true;
      }
      case abi.kindStruct: {
        const f = u32[(t + abi.typeFields) >>> 2], n = u32[(t + abi.typeFieldCount) >>> 2];
        for (let i = 0; i < n; i++) {
          const r = f + i * abi.structFieldSize;
          if (this.#blank(r)) continue;
          const off = u32[(r + abi.structFieldOffset) >>> 2];
          if (!this.equal(u32[(r + abi.structFieldType) >>> 2], p + off, q + off)) return false;
        }
        return true;
      }
      default: return memequal(mem, p, q, u32[t >>> 2]);
    }
  }
  /** Are two interface data words of dynamic type t equal? (efaceeq, ifaceeq) */
  dataEqual(t: number, x: number, y: number): boolean {
    const { mem } = this;
    if (!this.comparable(t)) throw new Unhashable('comparing uncomparable type', typeString(mem, t));
    if ((mem.u8[t + abi.typeTflag] & abi.tflagDirectIface) !== 0) return x === y;
    return this.equal(t, x, y);
  }
}
