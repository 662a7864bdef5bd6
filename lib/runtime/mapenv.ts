/**
 * What maps ask of the runtime, and the entry points compiled code calls: one
 * face over Swiss maps (Go ≥ 1.24) and hmaps (≤ 1.23).
 */
import { zeroVal, zeroValSize } from '../abi/memory.ts';
import { infoElemOff, infoGroupSize, infoSize, infoSlotSize, infoZero } from '../abi/swissmap.ts';
import { typeMapInfo } from '../abi/type.ts';
import type { Random } from '../base/random.ts';
import { Alg, hash32, hash64, memhash, strequal, Unhashable } from './alg.ts';
import type { BarrierEnv } from './barrier.ts';
import { SwissMaps } from './map.ts';
import { HMaps } from './map_hmap.ts';
import { key32, key64, keyGeneric, keyString, MapTypes } from './maptype.ts';
import type { MapInfo } from './maptype.ts';
import type { Runtime } from './runtime.ts';

export interface MapEnv extends BarrierEnv {
  readonly version: number;
  readonly random: Random;
  makeType(name: string, size: number, pointers: number[]): number;
  newobject(typ: number, site: number): number;
  /** n zeroed values; noscan: the type's pointers are not to be followed. */
  newarray(typ: number, n: number, site: number, noscan?: boolean): number;
  typedmemmove(typ: number, dst: number, src: number): void;
  typedmemclr(typ: number, p: number, bytes: number): void;
  shadeSlot(t: MapInfo, slot: number): void;
  keyHash(t: MapInfo, key: number, seed: number): number;
  keyEqual(t: MapInfo, a: number, b: number): boolean;
}

/** Where keys of the fast entries are put: below the machine's words, unused by results. */
const scratch = 5760;

export class Maps implements MapEnv {
  readonly mem; readonly version: number; readonly random: Random;
  readonly types: MapTypes;
  readonly impl: SwissMaps | HMaps;
  readonly #alg: Alg;
  constructor(readonly rt: Runtime) {
    this.mem = rt.mem; this.version = rt.version; this.random = rt.random; this.#alg = rt.alg;
    this.types = new MapTypes(rt.mem, (n, s, p) => this.makeType(n, s, p), (bytes) => (bytes <= zeroValSize ? zeroVal : rt.persistent(bytes)), (i) => this.#publish(i));
    this.impl = rt.version >= 24 ? new SwissMaps(this) : new HMaps(this);
  }
  /** Tells compiled code about a map type whose elements it can find itself. */
  #publish(i: MapInfo): void {
    const { u32 } = this.mem;
    if (this.version < 24 || i.keyKind === keyGeneric || i.indirectKey || i.indirectElem || u32[(i.typ + typeMapInfo) >>> 2] !== 0) return;
    const r = this.rt.persistent(infoSize);
    u32[(r + infoSlotSize) >>> 2] = i.slotSize;
    u32[(r + infoElemOff) >>> 2] = i.elemOff;
    u32[(r + infoGroupSize) >>> 2] = i.groupSize;
    u32[(r + infoZero) >>> 2] = i.zero;
    u32[(i.typ + typeMapInfo) >>> 2] = r;
  }
  // What the implementations ask.
  phase(): number { return this.rt.mgc.gcphase; }
  barrier(slot: number, p: number): void { this.rt.mgc.barrier(slot, p); }
  makeType(name: string, size: number, pointers: number[]): number { return this.rt.makeType(name, size, pointers.map((w) => w * 8)); }
  newobject(typ: number, site: number): number { return this.rt.malloc.newobject(typ, site); }
  newarray(typ: number, n: number, site: number, noscan = false): number { return this.rt.malloc.mallocgc(n * this.mem.u32[typ >>> 2], noscan ? 0 : typ, true, site); }
  typedmemmove(typ: number, dst: number, src: number): void { this.rt.typedmemmove(typ, dst, src, this.mem.u32[typ >>> 2]); }
  typedmemclr(typ: number, p: number, bytes: number): void { this.rt.typedmemclr(typ, p, bytes); }
  shadeSlot(t: MapInfo, slot: number): void {
    if (t.indirectKey) this.rt.marker.grey(this.mem.u32[slot >>> 2]); else if (t.keyPtrs) this.rt.marker.shade(slot, t.keySize, t.key);
    const e = slot + t.elemOff;
    if (t.indirectElem) this.rt.marker.grey(this.mem.u32[e >>> 2]); else if (t.elemPtrs) this.rt.marker.shade(e, t.elemSize, t.elem);
  }
  keyHash(t: MapInfo, key: number, seed: number): number {
    const { u32 } = this.mem;
    switch (t.keyKind) {
      case key32: return hash32(u32[key >>> 2], seed);
      case key64: return hash64(u32[key >>> 2], u32[(key >>> 2) + 1], seed);
      case keyString: return memhash(this.mem, u32[key >>> 2], u32[(key >>> 2) + 2], seed);
      default: return this.#alg.hash(t.key, key, seed);
    }
  }
  keyEqual(t: MapInfo, a: number, b: number): boolean {
    const { u32 } = this.mem;
    switch (t.keyKind) {
      case key32: return u32[a >>> 2] === u32[b >>> 2];
      case key64: return u32[a >>> 2] === u32[b >>> 2] && u32[(a >>> 2) + 1] === u32[(b >>> 2) + 1];
      case keyString: return strequal(this.mem, u32[a >>> 2], u32[(a >>> 2) + 2], u32[b >>> 2], u32[(b >>> 2) + 2]);
      default: return this.#alg.equal(t.key, a, b);
    }
  }
  /** Runs f, turning an unhashable key into Go's panic; then 0. vain: the map has no entries, of which Go 1.24's maps speak differently. */
  #guard(f: () => number, vain = false): number {
    try { return f(); } catch (e) {
      if (!(e instanceof Unhashable)) throw e;
      if (vain && this.rt.version >= 24) this.rt.hooks.panicUnhashable(`hash of unhashable type: ${e.type}`);
      else this.rt.hooks.panicError(e.message);
      return 0;
    }
  }

  // Entry points; keys and elements by address.
  make(typ: number, hint: number, header: number, first: number, site: number): number {
    return this.impl.make(this.types.info(typ), hint < 0 ? 0 : hint, header, first, site);
  }
  /** Address of the element or of zero bytes. found says which. */
  found = false;
  access(typ: number, m: number, key: number): number {
    const t = this.types.info(typ);
    if (t.hashMightPanic) {
      // A key that cannot be hashed panics even on an empty map.
      const vain = this.len(m) === 0, r = this.#guard(() => {
        if (!vain) return this.impl.access(t, m, key);
        this.keyHash(t, key, 0);
        return 0;
      }, vain);
      this.found = r !== 0;
      return r === 0 ? t.zero : r;
    }
    const e = m === 0 ? 0 : this.impl.access(t, m, key);
    this.found = e !== 0;
    return e === 0 ? t.zero : e;
  }
  assign(typ: number, m: number, key: number, site: number): number {
    if (m === 0) { this.rt.hooks.panicPlain('assignment to entry in nil map'); return 0; }
    const t = this.types.info(typ);
    return t.hashMightPanic ? this.#guard(() => this.impl.assign(t, m, key, site)) : this.impl.assign(t, m, key, site);
  }
  delete(typ: number, m: number, key: number): void {
    const t = this.types.info(typ);
    if (t.hashMightPanic) {
      const vain = this.len(m) === 0;
      this.#guard(() => { if (vain) this.keyHash(t, key, 0); else this.impl.delete(t, m, key); return 0; }, vain);
      return;
    }
    if (m !== 0) this.impl.delete(t, m, key);
  }
  clear(typ: number, m: number): void { if (m !== 0) this.impl.clear(this.types.info(typ), m); }
  iterInit(typ: number, m: number, it: number): void {
    this.impl.iterInit(typ, m, it);
    this.iterNext(it);
  }
  iterNext(it: number): void { this.impl.iterNext(this.types.info(this.mem.u32[(it + 16) >>> 2]), it); }
  len(m: number): number { return m === 0 ? 0 : this.impl.len(m); }

  // Keys given by value.
  key32(v: number): number { this.mem.u32[scratch >>> 2] = v; return scratch; }
  key64(lo: number, hi: number): number { this.mem.u32[scratch >>> 2] = lo; this.mem.u32[(scratch >>> 2) + 1] = hi; return scratch; }
  keyStr(p: number, n: number): number { this.mem.setPtr(scratch, p); this.mem.u32[(scratch >>> 2) + 2] = n; this.mem.u32[(scratch >>> 2) + 3] = 0; return scratch; }
}
