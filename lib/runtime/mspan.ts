/**
 * A run of pages: objects of one span class, one large object, or goroutine stacks.
 *
 * A slot is in use when its index lies below freeindex or its bit in allocBits is
 * set (runtime.(*mspan).isFree). allocCache holds the free slots of the current
 * group of 32, one bit each in place; taking a slot clears the lowest bit, so
 * objects come out in address order. SIMPLIFIED: Go's groups hold 64 and shift.
 *
 * Beside the bits a span knows each slot's type (pointerful spans) and allocation
 * site, which real Go keeps in heap bitmaps, headers and profile buckets.
 */
import { classSize } from './sizes.ts';

export const spanDead = 0, spanInUse = 1, spanManual = 2;

/** Finalizers, cleanups and weak handles of an object, kept by slot offset. */
export const specialFinalizer = 1, specialCleanup = 2, specialWeak = 3, specialProfile = 4;
export interface Special {
  readonly kind: number;
  /** Offset of the object's first byte inside the span. */
  readonly offset: number;
  /** Finalizer: closure; cleanup: closure; weak: the handle's address. An offset into linear memory. */
  readonly fn: number;
  /** Finalizer: the object's pointer type; cleanup: id. */
  readonly arg: number;
  /** Finalizer: bytes and type of what it is called with; cleanup: unused. */
  readonly typ: number;
}

export class MSpan {
  base = 0; npages = 0; limit = 0;
  state = spanDead;
  spanclass = 0; sizeclass = 0; noscan = true;
  elemsize = 0; nelems = 0;
  freeindex = 0;
  allocCount = 0;
  /** allocCount when an mcache took the span: what it has allocated since is the difference. */
  allocCountBeforeCache = 0;
  allocCache = 0;
  /** Slot number of allocCache's bit 0. */
  cacheBase = 0;
  allocBits: Uint32Array = noBits; gcmarkBits: Uint32Array = noBits;
  /** h.sweepgen−2: needs sweeping; −1: being swept; equal: swept; +1: cached before sweeping began; +3: swept, then cached. */
  sweepgen = 0;
  needzero = false;
  largeType = 0;
  /** Type of each slot (pointerful spans), 0 unknown. */
  types: Uint32Array = noBits;
  /** Allocation site of each slot. */
  sites: Uint32Array = noBits;
  specials: Special[] | null = null;
  /** Free stacks of a manual span, last freed first. */
  manualFreeList: number[] = [];
  /** Slots whose marks have been scanned (Green Tea). */
  scanBits: Uint32Array = noBits;
  queued = false;

  /** Slot of the object that address p lies in. */
  objIndex(p: number): number { return ((p - this.base) / this.elemsize) | 0; }
  isAllocated(i: number): boolean { return i < this.freeindex || (this.allocBits[i >>> 5] >>> (i & 31) & 1) === 1; }
  isMarked(i: number): boolean { return (this.gcmarkBits[i >>> 5] >>> (i & 31) & 1) === 1; }

  /** Loads the group of 32 slots that starts at slot first into allocCache. */
  loadCache(first: number): void {
    let free = ~this.allocBits[first >>> 5];
    const rest = this.nelems - first;
    if (rest < 32) free &= (1 << rest) - 1;
    const skip = this.freeindex - first;
    if (skip > 0) free = skip >= 32 ? 0 : free & (-1 << skip);
    this.allocCache = free;
    this.cacheBase = first;
  }
  /** Moves allocCache to the next group with a free slot; false when the span is full. */
  advance(): boolean {
    for (let first = this.cacheBase + 32; first < this.nelems; first += 32) {
      this.loadCache(first);
      if (this.allocCache !== 0) return true;
    }
    this.freeindex = this.nelems;
    return false;
  }
  /** Positions allocCache at the first free slot at or after freeindex. */
  rewind(): boolean {
    if (this.freeindex >= this.nelems) { this.allocCache = 0; this.cacheBase = this.freeindex & ~31; return false; }
    this.loadCache(this.freeindex & ~31);
    return this.allocCache !== 0 || this.advance();
  }

  /** `c5 48B ##.#`: class, size, slots from the lowest address (runs of more than 64 cut). */
  toString(): string {
    if (this.state === spanManual) return `stack ${this.elemsize}B x${this.allocCount} ${this.npages}p`;
    const head = this.sizeclass === 0 ? `large ${this.elemsize}B` : `c${this.sizeclass}${this.noscan ? '' : 's'} ${classSize[this.sizeclass]}B`;
    let bits = '';
    for (let i = 0; i < Math.min(this.nelems, 64); i++) bits += this.isAllocated(i) ? '#' : '.';
    return `${head} ${bits}${this.nelems > 64 ? '…' : ''}`;
  }
}

const noBits = new Uint32Array(0);
