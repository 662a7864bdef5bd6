/**
 * What map code needs to know about a map type, computed once per descriptor: slot
 * sizes and offsets, how to compare keys, and the descriptors of the memory maps
 * are made of (groups, buckets, headers), which the runtime lays out itself.
 */
import type { Mem } from '../abi/memory.ts';
import * as abi from '../abi/type.ts';

/** How keys are compared and hashed: by descriptor, as one or two 32-bit words, as strings. */
export const keyGeneric = 0, key32 = 1, key64 = 2, keyString = 3;

export interface MapInfo {
  typ: number; key: number; elem: number;
  keyKind: number; keySize: number; elemSize: number;
  indirectKey: boolean; indirectElem: boolean; keyPtrs: boolean; elemPtrs: boolean;
  needKeyUpdate: boolean; hashMightPanic: boolean;
  /** Swiss: bytes of a slot, offset of the element in it, bytes of a group, descriptor of a group. */
  slotSize: number; elemOff: number; groupSize: number; group: number;
  /** hmap: bytes per key and element slot, bytes of a bucket, its descriptor; noscan: it holds no pointers but the overflow word. */
  keySlot: number; elemSlot: number; bucketSize: number; bucket: number; bucketNoscan: boolean;
  /** Where a miss points: zero bytes enough for an element. */
  zero: number;
}

/** Descriptors of a runtime-made record: size in bytes and the words that are pointers. */
export type MakeType = (name: string, size: number, pointers: number[]) => number;

export class MapTypes {
  readonly #infos = new Map<number, MapInfo>();
  #lastTyp = -1;
  #last!: MapInfo;
  constructor(readonly mem: Mem, readonly makeType: MakeType, readonly zeroes: (bytes: number) => number, readonly made: (i: MapInfo) => void) {}

  info(typ: number): MapInfo {
    if (typ === this.#lastTyp) return this.#last;
    let i = this.#infos.get(typ);
    if (i === undefined) { this.#infos.set(typ, i = this.#make(typ)); this.made(i); }
    this.#lastTyp = typ;
    return this.#last = i;
  }
  #pointers(t: number, at: number, out: number[]): void {
    const { u32, u8 } = this.mem, mask = u32[(t + abi.typeGcdata) >>> 2];
    for (let w = 0, n = u32[(t + abi.typePtrdata) >>> 2] >>> 3; w < n; w++) if (u8[mask + (w >>> 3)] >>> (w & 7) & 1) out.push((at >>> 3) + w);
  }
  #make(typ: number): MapInfo {
    const { u32, u8 } = this.mem;
    const key = u32[(typ + abi.typeKey) >>> 2], elem = u32[(typ + abi.typeMapElem) >>> 2], flags = u32[(typ + abi.typeMapFlags) >>> 2];
    const keySize = u32[key >>> 2], elemSize = u32[elem >>> 2];
    const indirectKey = (flags & abi.mapIndirectKey) !== 0, indirectElem = (flags & abi.mapIndirectElem) !== 0;
    const ks = indirectKey ? 8 : keySize, es = indirectElem ? 8 : elemSize;
    const ka = indirectKey ? 8 : u8[key + abi.typeAlign], ea = indirectElem ? 8 : u8[elem + abi.typeAlign];
    const round = (n: number, a: number): number => Math.ceil(n / a) * a;
    const elemOff = round(ks, ea);
    // A struct that ends in a zero-size field is padded, so that its address stays inside.
    const slotSize = round(elemOff + es + (es === 0 && ks > 0 ? 1 : 0), Math.max(ka, ea));
    const groupSize = round(8 + 8 * slotSize, 8), groupStart = 8;
    const slotPtrs = (at: number, off: number, out: number[]): void => {
      if (indirectKey) out.push(at >>> 3); else this.#pointers(key, at, out);
      if (indirectElem) out.push((at + off) >>> 3); else this.#pointers(elem, at + off, out);
    };
    const group: number[] = [], bucket: number[] = [];
    for (let i = 0; i < 8; i++) slotPtrs(groupStart + i * slotSize, elemOff, group);
    for (let i = 0; i < 8; i++) {
      if (indirectKey) bucket.push((8 + i * ks) >>> 3); else this.#pointers(key, 8 + i * ks, bucket);
      const at = 8 + 8 * ks + i * es;
      if (indirectElem) bucket.push(at >>> 3); else this.#pointers(elem, at, bucket);
    }
    const bucketSize = round(8 + 8 * ks + 8 * es, 8) + 8, bucketNoscan = bucket.length === 0;
    if (!bucketNoscan) bucket.push((bucketSize - 8) >>> 3);
    const kind = u8[key + abi.typeKind], regular = (u8[key + abi.typeTflag] & abi.tflagRegularMemory) !== 0;
    return {
      typ, key, elem, keySize, elemSize, indirectKey, indirectElem,
      keyKind: kind === abi.kindString ? keyString : regular && keySize === 4 && ka === 4 ? key32 : regular && keySize === 8 && ka === 8 ? key64 : keyGeneric,
      keyPtrs: u32[(key + abi.typePtrdata) >>> 2] !== 0, elemPtrs: u32[(elem + abi.typePtrdata) >>> 2] !== 0,
      needKeyUpdate: (flags & abi.mapNeedKeyUpdate) !== 0, hashMightPanic: (flags & abi.mapHashMightPanic) !== 0,
      slotSize, elemOff, groupSize, group: this.makeType('map.group', groupSize, group.sort((a, b) => a - b)),
      keySlot: ks, elemSlot: es, bucketSize, bucket: this.makeType('map.bucket', bucketSize, bucket.sort((a, b) => a - b)), bucketNoscan,
      zero: this.zeroes(elemSize),
    };
  }
}
