/**
 * The page allocator: which 8 KiB pages of the heap are free, and which of the
 * free ones have been given back to the system (scavenged).
 *
 * Pages are numbered from the first arena. They come in chunks of 512 (4 MiB) with
 * a summary each: free pages at the start, at the end, and the longest free run.
 * Allocation is first fit in address order. SIMPLIFIED: real Go keeps five levels
 * of summaries over 48 bits of address space; ours has at most 1,008 chunks, so
 * one level, walked from the lowest chunk with room, gives the same answers.
 *
 * A P takes 64 aligned pages at a time into its PageCache and serves spans of
 * fewer than 16 pages from it without asking again.
 */
import { arenaBase, memoryMax, pageShift, pageSize } from '../abi/memory.ts';

export const pallocChunkPages = 512;
const chunkWords = pallocChunkPages / 32;
const maxPages = Math.floor((memoryMax - arenaBase) / pageSize);
const maxChunks = Math.floor(maxPages / pallocChunkPages);
/** A chunk with more pages in use than this share is left alone by the background scavenger. */
const scavChunkHiOccPages = Math.floor(0.96875 * pallocChunkPages);

function popcount(x: number): number {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** 64 aligned pages owned by a P. */
export class PageCache {
  base = 0;
  readonly cache = new Uint32Array(2);
  readonly scav = new Uint32Array(2);
  /** Scavenged pages among those the last alloc returned. */
  scavenged = 0;
  get empty(): boolean { return this.cache[0] === 0 && this.cache[1] === 0; }
  /** Address of npages consecutive pages (first fit), 0 when the cache has none. */
  alloc(npages: number): number {
    let run = 0;
    for (let i = 0; i < 64; i++) {
      if ((this.cache[i >>> 5] >>> (i & 31) & 1) === 0) { run = 0; continue; }
      if (++run < npages) continue;
      const first = i - npages + 1;
      this.scavenged = 0;
      for (let j = first; j <= i; j++) {
        const m = 1 << (j & 31);
        this.cache[j >>> 5] &= ~m;
        if (this.scav[j >>> 5] & m) { this.scavenged++; this.scav[j >>> 5] &= ~m; }
      }
      return this.base + first * pageSize;
    }
    return 0;
  }
}

export class PageAlloc {
  /** Bit set: page in use or not part of the heap. */
  readonly pages = new Uint32Array(maxChunks * chunkWords).fill(0xffffffff);
  /** Bit set: free page given back to the system. */
  readonly scavenged = new Uint32Array(maxChunks * chunkWords);
  readonly #start = new Uint16Array(maxChunks);
  readonly #end = new Uint16Array(maxChunks);
  readonly #max = new Uint16Array(maxChunks);
  /** No free page lies in a chunk below this one. */
  #search = 0;
  /** Chunks of the heap so far. */
  chunks = 0;
  /** Scavenged pages among those the last alloc returned. */
  lastScav = 0;

  #update(first: number, npages: number): void {
    for (let c = first >>> 9, e = (first + npages - 1) >>> 9; c <= e; c++) {
      let run = 0, max = 0, start = -1;
      for (let w = c * chunkWords, we = w + chunkWords; w < we; w++) {
        const bits = this.pages[w];
        if (bits === 0) { run += 32; continue; }
        if (bits === 0xffffffff) { if (start < 0) start = run; if (run > max) max = run; run = 0; continue; }
        for (let b = 0; b < 32; b++) {
          if ((bits >>> b & 1) === 0) { run++; continue; }
          if (start < 0) start = run;
          if (run > max) max = run;
          run = 0;
        }
      }
      if (start < 0) start = run;
      this.#start[c] = start; this.#end[c] = run; this.#max[c] = Math.max(max, run);
    }
  }
  #setRange(bits: Uint32Array, first: number, n: number, on: boolean): void {
    for (let p = first, e = first + n; p < e;) {
      if ((p & 31) === 0 && e - p >= 32) { bits[p >>> 5] = on ? 0xffffffff : 0; p += 32; continue; }
      if (on) bits[p >>> 5] |= 1 << (p & 31); else bits[p >>> 5] &= ~(1 << (p & 31));
      p++;
    }
  }
  #takeScavenged(first: number, n: number): number {
    let count = 0;
    for (let p = first, e = first + n; p < e;) {
      if ((p & 31) === 0 && e - p >= 32) { count += popcount(this.scavenged[p >>> 5]); this.scavenged[p >>> 5] = 0; p += 32; continue; }
      const m = 1 << (p & 31);
      if (this.scavenged[p >>> 5] & m) { count++; this.scavenged[p >>> 5] &= ~m; }
      p++;
    }
    return count;
  }

  /** Adds whole chunks at base, free and scavenged (never touched). */
  grow(base: number, bytes: number): void {
    const first = (base - arenaBase) >>> pageShift, n = bytes >>> pageShift;
    this.#setRange(this.pages, first, n, false);
    this.#setRange(this.scavenged, first, n, true);
    this.chunks = Math.max(this.chunks, (first + n) >>> 9);
    this.#update(first, n);
    this.#search = Math.min(this.#search, first >>> 9);
  }
  /** First page of the lowest run of npages free pages, -1 if none. */
  #find(npages: number): number {
    while (this.#search < this.chunks && this.#max[this.#search] === 0) this.#search++;
    let run = 0;
    for (let c = this.#search; c < this.chunks; c++) {
      if (run > 0 && run + this.#start[c] >= npages) return c * pallocChunkPages - run;
      if (this.#max[c] >= npages) {
        let n = 0;
        for (let p = c * pallocChunkPages, e = p + pallocChunkPages; p < e; p++) {
          if ((p & 31) === 0 && this.pages[p >>> 5] === 0xffffffff) { n = 0; p += 31; continue; }
          if (this.pages[p >>> 5] >>> (p & 31) & 1) n = 0;
          else if (++n === npages) return p - npages + 1;
        }
      }
      run = this.#end[c] === pallocChunkPages ? run + pallocChunkPages : this.#end[c];
    }
    return -1;
  }
  /** Address of npages pages, now in use; 0 when the heap must grow. */
  alloc(npages: number): number {
    const first = this.#find(npages);
    if (first < 0) return 0;
    this.#setRange(this.pages, first, npages, true);
    this.lastScav = this.#takeScavenged(first, npages);
    this.#update(first, npages);
    return arenaBase + first * pageSize;
  }
  /** Fills c with the free pages of the 64-page block that holds the lowest free page. */
  allocToCache(c: PageCache): void {
    const page = this.#find(1);
    if (page < 0) { c.base = 0; c.cache.fill(0); return; }
    const first = page & ~63, w = first >>> 5;
    c.base = arenaBase + first * pageSize;
    for (let i = 0; i < 2; i++) {
      c.cache[i] = ~this.pages[w + i];
      c.scav[i] = this.scavenged[w + i] & c.cache[i];
      this.scavenged[w + i] &= ~c.cache[i];
      this.pages[w + i] = 0xffffffff;
    }
    this.#update(first, 64);
  }
  /** Gives a P's cache back. */
  flushCache(c: PageCache): void {
    if (c.empty) return;
    const first = (c.base - arenaBase) >>> pageShift, w = first >>> 5;
    for (let i = 0; i < 2; i++) {
      this.pages[w + i] &= ~c.cache[i];
      this.scavenged[w + i] |= c.scav[i];
      c.cache[i] = 0; c.scav[i] = 0;
    }
    c.base = 0;
    this.#update(first, 64);
    this.#search = Math.min(this.#search, first >>> 9);
  }
  free(base: number, npages: number): void {
    const first = (base - arenaBase) >>> pageShift;
    this.#setRange(this.pages, first, npages, false);
    this.#update(first, npages);
    this.#search = Math.min(this.#search, first >>> 9);
  }
  /**
   * Gives up to bytes of free pages back to the system, highest addresses first; every free page is a candidate when
   * forced, else only those of chunks that are not densely used. Returns the bytes given back.
   * SIMPLIFIED: Go also waits until a chunk has stayed sparse for a whole collection, and keeps huge pages together.
   */
  scavenge(bytes: number, force: boolean, visit: (base: number, bytes: number) => void): number {
    let done = 0;
    for (let c = this.chunks - 1; c >= 0 && done < bytes; c--) {
      if (this.#max[c] === 0) continue;
      if (!force) {
        let used = 0;
        for (let w = c * chunkWords; w < (c + 1) * chunkWords; w++) used += popcount(this.pages[w]);
        if (used > scavChunkHiOccPages) continue;
      }
      let end = -1;
      for (let p = (c + 1) * pallocChunkPages - 1; p >= c * pallocChunkPages - 1; p--) {
        const candidate = p >= c * pallocChunkPages && ((this.pages[p >>> 5] | this.scavenged[p >>> 5]) >>> (p & 31) & 1) === 0 && done < bytes;
        if (candidate) { if (end < 0) end = p + 1; this.scavenged[p >>> 5] |= 1 << (p & 31); done += pageSize; continue; }
        if (end >= 0) { visit(arenaBase + (p + 1) * pageSize, (end - p - 1) * pageSize); end = -1; }
      }
    }
    return done;
  }
  /** One letter per page of chunk c: # in use, . free, ~ scavenged. */
  toString(c = 0): string {
    let s = '';
    for (let p = c * pallocChunkPages; p < (c + 1) * pallocChunkPages; p++) {
      const m = 1 << (p & 31);
      s += this.pages[p >>> 5] & m ? '#' : this.scavenged[p >>> 5] & m ? '~' : '.';
    }
    return s;
  }
}
