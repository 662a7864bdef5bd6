/**
 * Memory for goroutine stacks. Stacks of 2, 4, 8 and 16 KiB come from 32 KiB spans
 * through a free list per P, filled and emptied 16 KiB at a time; larger ones have
 * spans of their own. What lies on a stack, and moving it, is the engine's.
 * (runtime/stack.go)
 */
import { pageShift } from '../abi/memory.ts';
import type { Malloc, MCache } from './malloc.ts';
import type { Mheap } from './mheap.ts';
import { spanManual } from './mspan.ts';
import type { MSpan } from './mspan.ts';

export const fixedStack = 2048;
const numStackOrders = 4;
export const stackCacheSize = 32 << 10;
/** The largest stack (64-bit): 1 GB, decimal. */
export const maxStackSize = 1_000_000_000;

export class StackAlloc {
  /** Spans with at least one free stack, per order; the first is used first. */
  readonly #pool: MSpan[][] = [[], [], [], []];
  /** Spans of large stacks freed while marking, by log2 of their pages. */
  readonly #large: MSpan[][] = [];
  constructor(readonly heap: Mheap, readonly malloc: Malloc) {}

  #order(n: number): number { return 31 - Math.clz32(n / fixedStack); }
  #poolAlloc(order: number, c: MCache): number {
    const list = this.#pool[order];
    let s = list[0];
    if (s === undefined) {
      s = this.heap.allocManual(stackCacheSize >>> pageShift, 'stack', c.pcache);
      s.elemsize = fixedStack << order;
      for (let i = 0; i < stackCacheSize; i += s.elemsize) s.manualFreeList.push(s.base + i);
      list.unshift(s);
    }
    const x = s.manualFreeList.pop()!;
    s.allocCount++;
    if (s.manualFreeList.length === 0) list.splice(list.indexOf(s), 1);
    return x;
  }
  #poolFree(x: number, order: number): void {
    const s = this.heap.spanOf(x)!, list = this.#pool[order];
    if (s.manualFreeList.length === 0) list.unshift(s);
    s.manualFreeList.push(x);
    s.allocCount--;
    // While marking, a span stays: the collector may still hold addresses in it.
    if (this.malloc.phase === 0 && s.allocCount === 0) {
      list.splice(list.indexOf(s), 1);
      this.heap.freeManual(s, 'stack');
    }
  }
  /** Offset of n bytes (a power of two, at least 2 KiB). The contents are not cleared. */
  alloc(n: number): number {
    const c = this.malloc.cache;
    if (n < fixedStack << numStackOrders && n < stackCacheSize) {
      const order = this.#order(n), cached = c.stackcache[order];
      if (cached.length === 0) {
        for (let size = 0; size < stackCacheSize / 2; size += fixedStack << order) cached.push(this.#poolAlloc(order, c));
      }
      return cached.pop()!;
    }
    const npages = n >>> pageShift, log = 31 - Math.clz32(npages);
    const s = this.#large[log]?.pop() ?? this.heap.allocManual(npages, 'stack', c.pcache);
    s.elemsize = n;
    return s.base;
  }
  /** Gives back the stack at lo of n bytes. */
  free(lo: number, n: number): void {
    const c = this.malloc.cache;
    if (n < fixedStack << numStackOrders && n < stackCacheSize) {
      const order = this.#order(n), size = fixedStack << order, cached = c.stackcache[order];
      if (cached.length * size >= stackCacheSize) {
        while (cached.length * size > stackCacheSize / 2) this.#poolFree(cached.pop()!, order);
      }
      cached.push(lo);
      return;
    }
    const s = this.heap.spanOf(lo)!;
    if (s.state !== spanManual) throw new Error(`stack at ${lo} is not in a stack span`);
    if (this.malloc.phase === 0) { this.heap.freeManual(s, 'stack'); return; }
    (this.#large[31 - Math.clz32(s.npages)] ??= []).push(s);
  }
  /** Returns every cached stack of c to the pool (at the start of marking). */
  clearCache(c: MCache): void {
    c.stackcache.forEach((list, order) => { while (list.length > 0) this.#poolFree(list.pop()!, order); });
  }
  /** Frees the spans that became empty while marking (freeStackSpans, at the end of a cycle). */
  freeSpans(): void {
    for (const list of this.#pool) {
      for (const s of [...list]) {
        if (s.allocCount !== 0) continue;
        list.splice(list.indexOf(s), 1);
        s.manualFreeList.length = 0;
        this.heap.freeManual(s, 'stack');
      }
    }
    for (const list of this.#large) while (list && list.length > 0) this.heap.freeManual(list.pop()!, 'stack');
  }
}
