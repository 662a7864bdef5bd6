/**
 * Sweeping: after marking, a span's mark bits become its allocation bits; what
 * was not marked is free. Spans are swept when they are needed (by allocation,
 * in proportion to it), in the background, or before the next cycle.
 */
import { arenaBase, pageShift, pageSize } from '../abi/memory.ts';
import type { Mheap } from './mheap.ts';
import { spanInUse, specialCleanup, specialFinalizer, specialProfile, specialWeak } from './mspan.ts';
import type { MSpan, Special } from './mspan.ts';
import { numSpanClasses } from './sizes.ts';

function popcount(x: number): number {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Receives what dead objects leave behind. */
export interface SpecialSink {
  /** A finalizer to run on the object at addr, which stays alive for another cycle. */
  finalizer(s: Special, addr: number): void;
  cleanup(s: Special): void;
  /** The object of this weak handle is unreachable. */
  weak(s: Special): void;
  /** A sampled object of the heap profile dies. */
  profile(s: Special): void;
}

/** Virtual cost of sweeping one span. A model; measured on an all-small heap. */
export const sweepSpanNs = 120;

export class Sweeper {
  /** Pages to sweep per byte allocated; 0: nothing is owed. */
  pagesPerByte = 0;
  pagesSwept = 0;
  #pagesSweptBasis = 0;
  #liveBasis = 0;
  /** Next central list to take a span from: 2·spanclass, +1 for the partial list. */
  #index = 2 * numSpanClasses;
  #reclaimIndex = 0;
  done = true;

  constructor(readonly heap: Mheap, readonly specials: SpecialSink) {}

  /** Begins a sweep phase (world stopped): every span in use becomes unswept. */
  start(): void {
    this.heap.sweepgen += 2;
    this.pagesSwept = 0;
    this.#index = 0;
    this.#reclaimIndex = 0;
    this.heap.reclaimCredit = 0;
    this.done = false;
  }
  /** Sets the rate at which allocation must sweep so that all is done 1 MiB before the next cycle (gcPaceSweeper). */
  pace(trigger: number): void {
    const { gc } = this.heap.env;
    if (this.done) { this.pagesPerByte = 0; return; }
    const distance = Math.max(trigger - gc.heapLive - (1 << 20), pageSize);
    const pages = this.heap.pagesInUse - this.pagesSwept;
    if (pages <= 0) { this.pagesPerByte = 0; return; }
    this.pagesPerByte = pages / distance;
    this.#liveBasis = gc.heapLive;
    this.#pagesSweptBasis = this.pagesSwept;
  }
  /** Sweeps until taking bytes of heap is paid for. */
  deductCredit(bytes: number, callerPages: number): void {
    if (this.pagesPerByte === 0) return;
    const live = this.heap.env.gc.heapLive;
    const target = Math.floor(this.pagesPerByte * (bytes + Math.max(0, live - this.#liveBasis))) - callerPages;
    while (target > this.pagesSwept - this.#pagesSweptBasis) {
      if (this.sweepone() < 0) { this.pagesPerByte = 0; return; }
    }
  }
  /** Sweeps one span from the unswept lists; its pages if it was freed, 0 if not, −1 when none is left. */
  sweepone(): number {
    const { heap } = this, unswept = (heap.sweepgen >>> 1 & 1) ^ 1;
    for (; this.#index < 2 * numSpanClasses; this.#index++) {
      const c = heap.central[this.#index >>> 1], list = (this.#index & 1) === 0 ? c.full[unswept] : c.partial[unswept];
      for (;;) {
        const s = list.pop();
        if (s === undefined) break;
        if (s.state !== spanInUse || s.sweepgen !== heap.sweepgen - 2) continue;
        const n = s.npages;
        if (!this.sweep(s, false)) return 0;
        heap.reclaimCredit += n;
        return n;
      }
    }
    this.done = true;
    return -1;
  }
  /** Sweeps spans without any live object, in address order, until npages pages came free (mheap.reclaim). */
  reclaim(npages: number): void {
    if (this.done) return;
    const { heap } = this;
    if (heap.reclaimCredit >= npages) { heap.reclaimCredit -= npages; return; }
    let left = npages - heap.reclaimCredit;
    heap.reclaimCredit = 0;
    while (left > 0 && this.#reclaimIndex < heap.spans.length) {
      const s = heap.spans[this.#reclaimIndex];
      if (s === null) { this.#reclaimIndex++; continue; }
      this.#reclaimIndex = ((s.base - arenaBase) >>> pageShift) + s.npages;
      if (s.state !== spanInUse || s.sweepgen !== heap.sweepgen - 2 || s.gcmarkBits.some((w) => w !== 0)) continue;
      const n = s.npages;
      if (this.sweep(s, false)) left -= n;
    }
    if (left < 0) heap.reclaimCredit = -left;
  }
  /** Sweeps everything that is left; spans swept. */
  finish(): number {
    let n = 0;
    while (this.sweepone() >= 0) n++;
    this.pagesPerByte = 0;
    return n;
  }

  /** Sweeps s. preserve: the caller keeps the span, it goes to no list and is not freed. True if it went back to the page heap. */
  sweep(s: MSpan, preserve: boolean): boolean {
    const { heap } = this, { env } = heap, { gc, stats, sink } = env;
    this.pagesSwept += s.npages;
    if (s.specials !== null) this.#sweepSpecials(s);
    let live = 0;
    const bits = s.gcmarkBits;
    for (let i = 0; i < bits.length; i++) live += popcount(bits[i]);
    const freed = s.allocCount - live;
    s.gcmarkBits = s.allocBits;
    s.gcmarkBits.fill(0);
    s.allocBits = bits;
    s.allocCount = live;
    s.freeindex = 0;
    s.sweepgen = heap.sweepgen;
    if (sink !== null && freed > 0) sink.sweepSpan(env.now(), s.base, s.spanclass, freed, s.elemsize);
    const swept = heap.sweepgen >>> 1 & 1;
    if (s.sizeclass === 0) {
      if (freed > 0) {
        stats.largeFree += s.elemsize;
        stats.largeFreeCount++;
        gc.totalFree += s.elemsize;
        heap.freeSpan(s);
        return true;
      }
      s.freeindex = 1;
      if (!preserve) heap.central[s.spanclass].full[swept].push(s);
      return false;
    }
    if (freed > 0) {
      s.needzero = true;
      stats.smallFreeCount[s.sizeclass] += freed;
      gc.totalFree += freed * s.elemsize;
    }
    s.rewind();
    if (preserve) return false;
    if (live === 0) { heap.freeSpan(s); return true; }
    if (live === s.nelems) heap.central[s.spanclass].full[swept].push(s);
    else heap.central[s.spanclass].partial[swept].push(s);
    return false;
  }
  /**
   * Handles the specials of unmarked objects: with a finalizer the object lives on (its finalizers and weak handles go,
   * cleanups stay); without one, cleanups run and everything goes.
   */
  #sweepSpecials(s: MSpan): void {
    const keep: Special[] = [], dead = new Map<number, Special[]>();
    for (const sp of s.specials!) {
      if (s.isMarked(s.objIndex(s.base + sp.offset))) { keep.push(sp); continue; }
      const slot = s.objIndex(s.base + sp.offset), list = dead.get(slot);
      if (list) list.push(sp); else dead.set(slot, [sp]);
    }
    for (const [slot, list] of dead) {
      const finalizers = list.filter((x) => x.kind === specialFinalizer);
      for (const sp of list) if (sp.kind === specialWeak) this.specials.weak(sp);
      if (finalizers.length > 0) {
        s.gcmarkBits[slot >>> 5] |= 1 << (slot & 31);
        for (const sp of finalizers) this.specials.finalizer(sp, s.base + sp.offset);
        keep.push(...list.filter((x) => x.kind === specialCleanup || x.kind === specialProfile));
        continue;
      }
      for (const sp of list) {
        if (sp.kind === specialCleanup) this.specials.cleanup(sp); else if (sp.kind === specialProfile) this.specials.profile(sp);
      }
    }
    s.specials = keep.length > 0 ? keep : null;
  }
}
