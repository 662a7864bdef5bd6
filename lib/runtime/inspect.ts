/** What a page can ask about a heap: plain rows and typed arrays, taken at once. */
import { arenaBase, pageShift } from '../abi/memory.ts';
import { objectsPerSpan } from './mheap.ts';
import { spanManual } from './mspan.ts';
import type { Runtime } from './runtime.ts';
import { classToAllocNPages, classToSize } from '../abi/sizeclasses.ts';
import { numSizeClasses } from './sizes.ts';

export interface SpanRow {
  base: number; npages: number;
  /** 'heap' or 'stack'. */
  use: string;
  sizeclass: number; noscan: boolean; elemsize: number; nelems: number; allocCount: number; needzero: boolean;
  /** One byte per slot, 1 when in use. */
  allocBits: Uint8Array;
  /** One byte per slot, 1 when the last collection marked it (while one marks: when it has). */
  marks: Uint8Array;
  /** Allocation site of every slot. */
  sites: Uint32Array;
  text: string;
}
export interface SizeClassRow {
  class: number; size: number; pages: number; objects: number; noscanObjects: number;
  /** Bytes at the end of a noscan span that no object can use. */
  tailWaste: number;
  /** Largest share of a span lost to rounding and tail, for an object one byte larger than the class below. */
  maxWaste: number;
}
/** States of a page in pageMap. */
export const pageFree = 0, pageScavenged = 1, pageHeap = 2, pageStack = 3, pageLarge = 4, pageCached = 5;

/** Writes bit i of words to out[i], from slot from on; out is 0 there. Most words are empty. */
function spread(words: Uint32Array, out: Uint8Array, from: number): void {
  for (let w = from >>> 5; w << 5 < out.length; w++) {
    if (words[w] === 0) continue;
    for (let i = Math.max(from, w << 5), end = Math.min(out.length, (w + 1) << 5); i < end; i++) out[i] = words[w] >>> (i & 31) & 1;
  }
}

export class Inspector {
  constructor(readonly rt: Runtime) {}
  spans(): SpanRow[] {
    const rows: SpanRow[] = [];
    for (const s of this.rt.heap.inUse()) {
      const alloc = new Uint8Array(s.nelems), marks = new Uint8Array(s.nelems);
      // Sweeping makes the marks of a cycle the allocBits of its span, and clears the marks.
      const gen = this.rt.heap.sweepgen, swept = this.rt.gcphase === 0 && (s.sweepgen === gen || s.sweepgen === gen + 3);
      const bits = swept ? s.allocBits : s.gcmarkBits;
      alloc.fill(1, 0, s.freeindex);
      spread(s.allocBits, alloc, s.freeindex);
      spread(bits, marks, 0);
      rows.push({
        base: s.base, npages: s.npages, use: s.state === spanManual ? 'stack' : 'heap', sizeclass: s.sizeclass, noscan: s.noscan,
        elemsize: s.elemsize, nelems: s.nelems, allocCount: s.allocCount, needzero: s.needzero, allocBits: alloc, marks, sites: s.sites.slice(0, s.nelems), text: String(s),
      });
    }
    return rows;
  }
  /** One byte per page of the heap, from the first arena on. */
  pageMap(): { base: number; pages: Uint8Array } {
    const { heap } = this.rt, n = (heap.arenaUsed - arenaBase) >>> pageShift, pages = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      const s = heap.spans[i], m = 1 << (i & 31);
      if (s !== null) pages[i] = s.state === spanManual ? pageStack : s.sizeclass === 0 ? pageLarge : pageHeap;
      else if (heap.pages.pages[i >>> 5] & m) pages[i] = pageCached;
      else pages[i] = heap.pages.scavenged[i >>> 5] & m ? pageScavenged : pageFree;
    }
    return { base: arenaBase, pages };
  }
  sizeClasses(): SizeClassRow[] {
    const rows: SizeClassRow[] = [];
    for (let c = 1; c < numSizeClasses; c++) {
      const size = classToSize[c], pages = classToAllocNPages[c], bytes = pages * 8192;
      const n = objectsPerSpan(c, true, this.rt.version);
      const least = classToSize[c - 1] + 1;
      rows.push({
        class: c, size, pages, objects: objectsPerSpan(c, false, this.rt.version), noscanObjects: n, tailWaste: bytes - n * size,
        maxWaste: ((size - least) * n + (bytes - n * size)) / bytes,
      });
    }
    return rows;
  }
}
