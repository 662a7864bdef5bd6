/**
 * Marking: from precise roots through the real object graph.
 *
 * Grey objects wait in a stack of addresses, as in Go ≤ 1.25; objects without
 * pointers are blackened at once. Objects of more than 128 KiB are scanned in
 * pieces (oblets), so that a step never takes long.
 * SIMPLIFIED: Go 1.26 (Green Tea) queues spans of small objects, first in first
 * out, and scans all marked objects of a span together. The set of marked objects
 * is the same; the order, and with it locality, is not modelled yet.
 */
import { arenaBase, pageShift } from '../abi/memory.ts';
import type { Mem } from '../abi/memory.ts';
import { typeGcdata, typePtrdata } from '../abi/type.ts';
import type { Mheap } from './mheap.ts';
import type { MSpan } from './mspan.ts';
import { spanInUse, specialFinalizer } from './mspan.ts';
import { mallocHeaderSize, minSizeForMallocHeader } from './sizes.ts';

const maxObletBytes = 128 << 10;

/** Virtual cost of marking: ns per object blackened and per byte scanned. Fitted to 1 M 48-byte nodes in 23 ms (Go 1.19, one P). */
export const markObjectNs = 10, markByteNs = 0.25;

export class Marker {
  #work = new Float64Array(1024);
  #n = 0;
  /** Bytes of objects blackened, and of words scanned. */
  bytesMarked = 0; scanWork = 0; objects = 0;
  readonly #headers: boolean;
  constructor(readonly mem: Mem, readonly heap: Mheap) { this.#headers = heap.env.version >= 22; }

  get empty(): boolean { return this.#n === 0; }
  reset(): void { this.#n = 0; this.bytesMarked = 0; this.scanWork = 0; this.objects = 0; }
  #push(p: number): void {
    if (this.#n === this.#work.length) { const w = new Float64Array(2 * this.#n); w.set(this.#work); this.#work = w; }
    this.#work[this.#n++] = p;
  }

  /** Marks the object that p points into, if any. */
  grey(p: number): void {
    if (p < arenaBase || p >= this.heap.arenaUsed) return;
    const s = this.heap.spans[(p - arenaBase) >>> pageShift];
    if (s === null || s.state !== spanInUse) return;
    const i = ((p - s.base) / s.elemsize) | 0;
    if (i >= s.nelems) return;
    const bit = 1 << (i & 31), w = i >>> 5;
    if ((s.gcmarkBits[w] & bit) !== 0) return;
    s.gcmarkBits[w] |= bit;
    this.bytesMarked += s.elemsize;
    this.objects++;
    if (!s.noscan) this.#push(s.base + i * s.elemsize);
  }
  /** Blackens an object allocated while marking. */
  markNew(s: MSpan, i: number): void {
    s.gcmarkBits[i >>> 5] |= 1 << (i & 31);
    this.bytesMarked += s.elemsize;
  }
  /** Scans grey objects until budget ns of virtual time are used or none is left; ns used. */
  drain(budget: number): number {
    const work0 = this.scanWork, objects0 = this.objects;
    let used = 0;
    while (this.#n > 0 && used < budget) {
      this.#scan(this.#work[--this.#n]);
      used = (this.objects - objects0) * markObjectNs + (this.scanWork - work0) * markByteNs;
    }
    return used;
  }
  #scan(b: number): void {
    const s = this.heap.spans[(b - arenaBase) >>> pageShift]!;
    if (s.sizeclass === 0) {
      const end = s.limit;
      if (b === s.base) for (let o = b + maxObletBytes; o < end; o += maxObletBytes) this.#push(o);
      this.scanWords(b, Math.min(b + maxObletBytes, end), s.base, s.largeType);
      return;
    }
    const start = this.#headers && s.elemsize > minSizeForMallocHeader ? b + mallocHeaderSize : b;
    this.scanWords(start, b + s.elemsize, start, s.types[((b - s.base) / s.elemsize) | 0]);
  }
  /** Greys what the pointers in [from, to) point at: values of type typ laid out one after another from origin. */
  scanWords(from: number, to: number, origin: number, typ: number): void {
    if (typ === 0) return;
    const { u32, u8 } = this.mem;
    const size = u32[typ >>> 2], ptrdata = u32[(typ + typePtrdata) >>> 2], mask = u32[(typ + typeGcdata) >>> 2];
    if (ptrdata === 0) return;
    const words = ptrdata >>> 3;
    let last = from;
    for (let e = origin + Math.floor((from - origin) / size) * size; e + 8 <= to; e += size) {
      for (let w = 0; w < words; w++) {
        if ((u8[mask + (w >>> 3)] >>> (w & 7) & 1) === 0) continue;
        const a = e + 8 * w;
        if (a < from) continue;
        if (a >= to) break;
        last = a + 8;
        const p = u32[a >>> 2];
        if (p >= arenaBase) this.grey(p);
      }
    }
    this.scanWork += last - from;
  }
  /** Greys what values of type typ in bytes bytes from p refer to, without counting scan work (bulk write barrier). */
  shade(p: number, bytes: number, typ: number): void {
    const w = this.scanWork;
    this.scanWords(p, p + bytes, p, typ);
    this.scanWork = w;
  }
  /** Finalizers are roots: what their objects refer to is marked (not the object itself), and the closure. */
  markSpecials(): void {
    for (const s of this.heap.inUse()) {
      if (s.specials === null) continue;
      for (const sp of s.specials) {
        this.grey(sp.fn);
        if (sp.kind !== specialFinalizer || s.noscan) continue;
        this.#scan(s.base + s.objIndex(s.base + sp.offset) * s.elemsize);
      }
    }
  }
}
