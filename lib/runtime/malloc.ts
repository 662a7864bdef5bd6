/**
 * Allocation: the path from a size and a type to an address.
 *
 *   0 bytes                         zerobase, uncounted
 *   < 16 bytes, no pointers         packed into the P's tiny block
 *   ≤ 32 KiB                        the next free slot of the P's span of that class
 *   larger                          a span of its own
 *
 * From Go 1.22 an object with pointers of more than 512 bytes begins with its type
 * (a malloc header of 8 bytes): it takes class(size+8) and its address is slot+8.
 *
 * The slot's type and site are stored beside the span for the marker and the
 * inspector. While no collection marks, compiled code takes slots of small objects
 * itself (lib/abi/mcache.ts): groups of free slots are lent to it, and what it took of one
 * is entered before that group is looked at here. The fast path makes no JavaScript object and reads no descriptor
 * beyond its ptrdata word.
 */
import { pageSize, zerobase } from '../abi/memory.ts';
import { fastMax, groupBase, groupElem, groupFree, groups, groupShift, groupSites, groupTypes, scanAlloc, sizeTable, tinyBlock, tinyOffset, tinyPacked, tinySpanClass } from '../abi/mcache.ts';
import { typePtrdata } from '../abi/type.ts';
import type { TypePtr } from '../abi/type.ts';
import { PageCache } from './mpagealloc.ts';
import type { Mheap, HeapEnv } from './mheap.ts';
import { MSpan } from './mspan.ts';
import { classSize, mallocHeaderSize, minSizeForMallocHeader, numSpanClasses, sizeToClass8, tinySize } from './sizes.ts';

/** What each P holds: one span per span class, the tiny block, a page cache, free stacks. */
export class MCache {
  readonly alloc: MSpan[];
  tiny = 0; tinyoffset = 0; tinyAllocs = 0;
  scanAlloc = 0;
  readonly pcache = new PageCache();
  /** Free stacks of 2, 4, 8 and 16 KiB, last freed last. */
  readonly stackcache: number[][] = [[], [], [], []];
  constructor(empty: MSpan) { this.alloc = new Array<MSpan>(numSpanClasses).fill(empty); }
}

/** What allocation asks of the collector. */
export interface MallocEnv extends HeapEnv {
  /** Starts a cycle if one is due; called after refills and large allocations. */
  gcTrigger(): void;
  /** While marking: charges the running goroutine for size bytes. */
  assist(size: number): void;
  /** While marking: blackens the new object. */
  markNew(s: MSpan, index: number): void;
  /** The pacer's view of heapLive changed while marking. */
  revise(): void;
}

/** Objects up to this size are cleared a group of 32 at a time, before they are handed out. */
const zeroAhead = 1024;

export class Malloc {
  readonly #empty = new MSpan();
  readonly caches: MCache[];
  /** 0 off, 1 marking, 2 mark termination. */
  phase = 0;
  /** The collector's phase changes. */
  setPhase(p: number): void { this.withdraw(); this.phase = p; }
  /** The mcache of the P that runs now. */
  cache: MCache;
  readonly #headers: boolean;
  readonly #maxSmall: number;

  constructor(readonly env: MallocEnv, readonly heap: Mheap, procs: number) {
    this.caches = Array.from({ length: procs }, () => new MCache(this.#empty));
    this.cache = this.caches[0];
    this.#headers = env.version >= 22;
    this.#maxSmall = this.#headers ? 32768 - mallocHeaderSize : 32768;
  }

  // What compiled code takes.
  /** Compiled code may allocate, as far as the log is concerned. */
  #shared = false;
  /** Span classes of which a group is lent. */
  readonly #lent: number[] = [];
  readonly #isLent = new Uint8Array(numSpanClasses);

  /** Lets compiled code allocate; ticks: what an object of n bytes costs. */
  share(ticks: Int32Array): void {
    const { mem, sink } = this.env;
    for (let n = 0; n <= fastMax; n++) mem.u32[(sizeTable >>> 2) + n] = sizeToClass8[(n + 7) >>> 3] << 16 | ticks[n];
    this.#shared = sink?.share !== undefined && sink.share(mem);
  }
  /** Lends the group of free slots of span class spc, from which site allocated. */
  #lend(s: MSpan, spc: number, site: number): void {
    const { env } = this;
    if (!this.#shared || this.phase !== 0 || env.sink === null) return;
    const { u32 } = env.mem, g = (groups + (spc << groupShift)) >>> 2;
    u32[g + (groupFree >>> 2)] = s.allocCache;
    u32[g + (groupBase >>> 2)] = s.base + s.cacheBase * s.elemsize;
    u32[g + (groupElem >>> 2)] = s.elemsize;
    if (this.#isLent[spc] === 0) { this.#isLent[spc] = 1; this.#lent.push(spc); }
    if (spc === tinySpanClass) { u32[tinyBlock >>> 2] = this.cache.tiny; u32[tinyOffset >>> 2] = this.cache.tinyoffset; }
    env.sink.lend!(site);
  }
  /** Enters what compiled code took of span class spc. */
  #sync(spc: number): void {
    const c = this.cache, { u32 } = this.env.mem, g = (groups + (spc << groupShift)) >>> 2, s = c.alloc[spc], left = u32[g + (groupFree >>> 2)];
    let taken = s.allocCache & ~left;
    if (taken !== 0) {
      const { sites, types, cacheBase, noscan } = s;
      s.freeindex = cacheBase + 32 - Math.clz32(taken);
      s.allocCache = left | 0;
      let n = 0;
      for (; taken !== 0; taken &= taken - 1, n++) {
        const bit = 31 - Math.clz32(taken & -taken);
        sites[cacheBase + bit] = u32[g + (groupSites >>> 2) + bit];
        if (!noscan) types[cacheBase + bit] = u32[g + (groupTypes >>> 2) + bit];
      }
      s.allocCount += n;
    }
    if (spc === tinySpanClass) {
      c.tiny = u32[tinyBlock >>> 2];
      c.tinyoffset = u32[tinyOffset >>> 2];
      c.tinyAllocs += u32[tinyPacked >>> 2];
      u32[tinyPacked >>> 2] = 0;
    }
  }
  #takeScan(c: MCache): void {
    if (!this.#shared) return;
    const { u32 } = this.env.mem;
    c.scanAlloc += u32[scanAlloc >>> 2];
    u32[scanAlloc >>> 2] = 0;
  }
  /** Enters what compiled code took of all span classes. */
  sync(): void {
    for (const spc of this.#lent) this.#sync(spc);
  }
  /** Takes back what is lent: from now on every allocation comes here. */
  withdraw(): void {
    const { u32 } = this.env.mem;
    for (const spc of this.#lent) {
      this.#sync(spc);
      this.#isLent[spc] = 0;
      u32[(groups + (spc << groupShift) + groupFree) >>> 2] = 0;
    }
    this.#lent.length = 0;
    if (this.#shared) u32[tinyBlock >>> 2] = 0;
  }

  /** A zeroed object of type typ. */
  newobject(typ: TypePtr, site: number): number {
    return this.mallocgc(this.env.mem.u32[typ >>> 2], typ, true, site);
  }

  /** An object of size bytes; typ 0: no pointers. Its address. */
  mallocgc(size: number, typ: TypePtr, needzero: boolean, site: number): number {
    if (size === 0) return zerobase;
    const env = this.env, mem = env.mem, c = this.cache;
    if (this.phase === 1) env.assist(size);
    const noscan = typ === 0 || mem.u32[(typ + typePtrdata) >>> 2] === 0;
    let asked = size, header = 0;
    if (noscan) {
      if (size < tinySize) return this.#tiny(size, site);
      if (size > this.#maxSmall) return this.#large(size, 0, needzero, site);
    } else {
      if (size > this.#maxSmall) return this.#large(size, typ, true, site);
      if (this.#headers && size > minSizeForMallocHeader) { header = mallocHeaderSize; asked += mallocHeaderSize; }
    }
    const sizeclass = sizeToClass8[(asked + 7) >>> 3];
    const spc = sizeclass << 1 | (noscan ? 1 : 0);
    if (this.#isLent[spc] !== 0) this.#sync(spc);
    let s = c.alloc[spc], trigger = false;
    if (s.allocCache === 0 && (s.allocCount === s.nelems || !this.#advance(s))) { s = this.#refill(spc); trigger = true; }
    const bit = s.allocCache & -s.allocCache;
    s.allocCache ^= bit;
    const i = s.cacheBase + 31 - Math.clz32(bit);
    s.freeindex = i + 1;
    s.allocCount++;
    const elem = s.elemsize;
    let x = s.base + i * elem;
    s.sites[i] = site;
    if (elem > zeroAhead && s.needzero && (needzero || header !== 0)) mem.u8.fill(0, x, x + elem);
    if (!noscan) {
      s.types[i] = typ;
      if (header !== 0) { mem.u32[x >>> 2] = typ; mem.u32[(x >>> 2) + 1] = 0; c.scanAlloc += elem; x += header; }
      else { const u32 = mem.u32; c.scanAlloc += size - u32[typ >>> 2] + u32[(typ + typePtrdata) >>> 2]; }
    }
    if (this.phase !== 0) env.markNew(s, i);
    if (env.sink !== null) env.sink.alloc(env.now(), x, elem, size, spc, site, false);
    this.#lend(s, spc, site);
    if (trigger) env.gcTrigger();
    return x;
  }

  #advance(s: MSpan): boolean {
    if (!s.advance()) return false;
    if (s.needzero) this.#zeroFree(s);
    return true;
  }
  /** Clears the free slots of the group in allocCache, run by run: one call for many objects instead of one each. */
  #zeroFree(s: MSpan): void {
    if (s.elemsize > zeroAhead) return;
    const { u8 } = this.env.mem, first = s.base + s.cacheBase * s.elemsize;
    for (let free = s.allocCache; free !== 0;) {
      const from = 31 - Math.clz32(free & -free), rest = ~(free >>> from), n = rest === 0 ? 32 : 31 - Math.clz32(rest & -rest);
      u8.fill(0, first + from * s.elemsize, first + (from + n) * s.elemsize);
      if (from + n >= 32) break;
      free &= -1 << (from + n);
    }
  }

  #tiny(size: number, site: number): number {
    const c = this.cache, env = this.env;
    if (this.#isLent[tinySpanClass] !== 0) this.#sync(tinySpanClass);
    let off = c.tinyoffset;
    if ((size & 7) === 0) off = (off + 7) & ~7; else if ((size & 3) === 0) off = (off + 3) & ~3; else if ((size & 1) === 0) off = (off + 1) & ~1;
    if (off + size <= tinySize && c.tiny !== 0) {
      c.tinyoffset = off + size;
      c.tinyAllocs++;
      const x = c.tiny + off;
      if (env.sink !== null) env.sink.alloc(env.now(), x, 0, size, tinySpanClass, site, true);
      this.#lend(c.alloc[tinySpanClass], tinySpanClass, site);
      return x;
    }
    let s = c.alloc[tinySpanClass], trigger = false;
    if (s.allocCache === 0 && (s.allocCount === s.nelems || !this.#advance(s))) { s = this.#refill(tinySpanClass); trigger = true; }
    const bit = s.allocCache & -s.allocCache;
    s.allocCache ^= bit;
    const i = s.cacheBase + 31 - Math.clz32(bit);
    s.freeindex = i + 1;
    s.allocCount++;
    const x = s.base + (i << 4);
    s.sites[i] = site;
    if (size < c.tinyoffset || c.tiny === 0) { c.tiny = x; c.tinyoffset = size; }
    if (this.phase !== 0) env.markNew(s, i);
    if (env.sink !== null) env.sink.alloc(env.now(), x, tinySize, size, tinySpanClass, site, true);
    this.#lend(s, tinySpanClass, site);
    if (trigger) env.gcTrigger();
    return x;
  }

  #large(size: number, typ: TypePtr, needzero: boolean, site: number): number {
    const env = this.env, { stats, gc } = env;
    const npages = Math.ceil(size / pageSize), bytes = npages * pageSize;
    if (bytes > 0xffff0000) env.outOfMemory(size);
    env.deductSweepCredit(npages * pageSize, npages);
    const spc = typ === 0 ? 1 : 0;
    const s = this.heap.alloc(npages, spc, this.cache.pcache);
    stats.largeAlloc += npages * pageSize;
    stats.largeAllocCount++;
    gc.totalAlloc += npages * pageSize;
    this.#updateLive(npages * pageSize);
    this.heap.central[spc].full[this.heap.sweepgen >>> 1 & 1].push(s);
    s.limit = s.base + size;
    s.freeindex = 1; s.allocCount = 1; s.allocCache = 0;
    s.sites[0] = site;
    if (typ !== 0) { s.largeType = typ; s.types[0] = typ; this.cache.scanAlloc += size; }
    if (s.needzero && needzero) env.mem.u8.fill(0, s.base, s.base + bytes);
    if (this.phase !== 0) env.markNew(s, 0);
    if (env.sink !== null) env.sink.alloc(env.now(), s.base, npages * pageSize, size, spc, site, false);
    env.gcTrigger();
    return s.base;
  }

  #updateLive(bytes: number): void {
    const { gc } = this.env, c = this.cache;
    this.#takeScan(c);
    gc.heapLive += bytes;
    if (this.phase === 0) { gc.heapScan += c.scanAlloc; } else this.env.revise();
    c.scanAlloc = 0;
  }

  /** Exchanges the full span of class spc for one with room; heapLive counts all its free slots at once. */
  #refill(spc: number): MSpan {
    const c = this.cache, { heap, env } = this, { stats, gc } = env;
    const old = c.alloc[spc];
    if (old !== this.#empty) {
      heap.uncacheSpan(old);
      const used = old.allocCount - old.allocCountBeforeCache;
      stats.smallAllocCount[spc >>> 1] += used;
      if (spc === tinySpanClass) { stats.tinyAllocCount += c.tinyAllocs; c.tinyAllocs = 0; }
      gc.totalAlloc += used * classSize[spc >>> 1];
      old.allocCountBeforeCache = 0;
    }
    const s = heap.cacheSpan(spc, c.pcache);
    s.sweepgen = heap.sweepgen + 3;
    s.allocCountBeforeCache = s.allocCount;
    this.#updateLive(s.npages * pageSize - s.allocCount * s.elemsize);
    c.alloc[spc] = s;
    if (s.needzero) this.#zeroFree(s);
    return s;
  }

  /** Returns every span of cache c to the central lists and makes the counts exact (mcache.releaseAll). */
  releaseAll(c: MCache): void {
    this.withdraw();
    this.#takeScan(c);
    const { heap, env } = this, { stats, gc } = env;
    let live = 0;
    for (let spc = 0; spc < numSpanClasses; spc++) {
      const s = c.alloc[spc];
      if (s === this.#empty) continue;
      const used = s.allocCount - s.allocCountBeforeCache;
      s.allocCountBeforeCache = 0;
      stats.smallAllocCount[spc >>> 1] += used;
      gc.totalAlloc += used * s.elemsize;
      if (s.sweepgen !== heap.sweepgen + 1) live -= (s.nelems - s.allocCount) * s.elemsize;
      c.alloc[spc] = this.#empty;
      heap.uncacheSpan(s);
    }
    c.tiny = 0; c.tinyoffset = 0;
    stats.tinyAllocCount += c.tinyAllocs;
    c.tinyAllocs = 0;
    gc.heapLive += live;
    if (this.phase === 0) gc.heapScan += c.scanAlloc; else env.revise();
    c.scanAlloc = 0;
  }
  /** All mcaches, as ReadMemStats does. */
  flushAll(): void { for (const c of this.caches) this.releaseAll(c); }
}
