/**
 * The heap: pages become spans, spans are handed to the central lists of their
 * class, and go back when a sweep finds them empty.
 *
 * Central lists are four per span class: partial and full spans, each once for
 * swept and once for unswept ones; the roles swap at every cycle because
 * sweepgen grows by two. Lists are stacks: the span put in last comes out first.
 *
 * Everything here works on one thread of JavaScript, so there are no locks; the
 * order of operations is that of one P at a time.
 */
import { arenaBase, arenaSize, memoryMax, pageShift, pageSize } from '../abi/memory.ts';
import type { Mem } from '../abi/memory.ts';
import type { GCController } from '../pacer/pacer.ts';
import type { EventSink } from '../trace/events.ts';
import { MSpan, spanDead, spanInUse, spanManual } from './mspan.ts';
import { PageAlloc, PageCache, pallocChunkPages } from './mpagealloc.ts';
import { classToAllocNPages, classToSize } from '../abi/sizeclasses.ts';
import { classSize, minSizeForMallocHeader, numSizeClasses, numSpanClasses, tinySize } from './sizes.ts';
import type { MStats } from './mstats.ts';

export type SpanUse = 'heap' | 'stack' | 'workbuf';

/** What the heap asks of the rest of the runtime. */
export interface HeapEnv {
  readonly mem: Mem;
  readonly version: number;
  readonly gc: GCController;
  readonly stats: MStats;
  sink: EventSink | null;
  now(): number;
  /** The program needs more memory than there is: prints Go's message and ends the run. */
  outOfMemory(bytes: number): never;
  /** True while the CPU limiter forbids extra work. */
  limiting(): boolean;
  sweep(s: MSpan, preserve: boolean): boolean;
  /** Pays sweep debt before taking bytes of heap (deductSweepCredit). */
  deductSweepCredit(bytes: number, callerSweepPages: number): void;
  /** Sweeps until npages pages came free, if sweeping is under way (reclaim). */
  reclaim(npages: number): void;
}

export class MCentral {
  readonly partial: [MSpan[], MSpan[]] = [[], []];
  readonly full: [MSpan[], MSpan[]] = [[], []];
}

/** 128 bytes of mark bits inside the span (Go 1.26, objects of 16…512 bytes). */
const inlineMarkBytes = 128;

export class Mheap {
  readonly pages = new PageAlloc();
  readonly central: MCentral[] = Array.from({ length: numSpanClasses }, () => new MCentral());
  /** The span of every page of the heap, by page number. */
  readonly spans: (MSpan | null)[] = [];
  /** All spans in use, in no order; holes are null. */
  readonly allspans: MSpan[] = [];
  sweepgen = 0;
  pagesInUse = 0;
  /** Pages freed by sweeping that reclaim may count. */
  reclaimCredit = 0;
  arenaUsed = arenaBase;
  #arenaEnd = arenaBase;
  readonly #zeroedBase: number[] = [];
  /** Span records to use again, by span class (their bitmaps have the right length); the last list: stacks. */
  readonly #freeSpans: MSpan[][] = Array.from({ length: numSpanClasses + 1 }, () => []);
  spansInUse = 0; spansMost = 0;
  /** Bytes the heap should retain after growing, from the last cycle's goal (scavenge.gcPercentGoal); Infinity: no bound. */
  scavengeGoal = Infinity;
  readonly #nelems = new Int32Array(numSpanClasses);

  constructor(readonly env: HeapEnv) {
    for (let c = 1; c < numSizeClasses; c++) {
      for (const noscan of [false, true]) this.#nelems[c << 1 | (noscan ? 1 : 0)] = objectsPerSpan(c, noscan, env.version);
    }
  }

  /** The span that heap address p lies in, null outside of spans. */
  spanOf(p: number): MSpan | null {
    if (p < arenaBase || p >= this.arenaUsed) return null;
    return this.spans[(p - arenaBase) >>> pageShift];
  }
  nelems(spanclass: number): number { return this.#nelems[spanclass]; }

  /** A span of npages pages for objects of spanclass (mheap.alloc). */
  alloc(npages: number, spanclass: number, cache: PageCache): MSpan {
    this.env.reclaim(npages);
    const s = this.#allocSpan(npages, 'heap', spanclass, cache);
    const nbytes = npages * pageSize;
    s.state = spanInUse;
    s.spanclass = spanclass; s.sizeclass = spanclass >>> 1; s.noscan = (spanclass & 1) === 1;
    if (s.sizeclass === 0) { s.elemsize = nbytes; s.nelems = 1; } else { s.elemsize = classSize[s.sizeclass]; s.nelems = this.#nelems[spanclass]; }
    s.limit = s.base + s.elemsize * s.nelems;
    s.freeindex = 0; s.allocCount = 0; s.allocCountBeforeCache = 0; s.largeType = 0; s.specials = null; s.queued = false;
    const words = (s.nelems + 31) >>> 5;
    if (s.allocBits.length !== words) {
      s.allocBits = new Uint32Array(words);
      s.gcmarkBits = new Uint32Array(words);
      s.sites = new Uint32Array(s.nelems);
      if (!s.noscan) s.types = new Uint32Array(s.nelems);
    } else for (let i = 0; i < words; i++) { s.allocBits[i] = 0; s.gcmarkBits[i] = 0; }
    s.loadCache(0);
    s.sweepgen = this.sweepgen;
    this.pagesInUse += npages;
    const sink = this.env.sink;
    if (sink !== null) sink.spanAlloc(this.env.now(), s.base, npages, spanclass);
    return s;
  }
  /** A span of pages managed by hand: goroutine stacks. */
  allocManual(npages: number, use: 'stack' | 'workbuf', cache: PageCache): MSpan {
    const s = this.#allocSpan(npages, use, numSpanClasses, cache);
    s.state = spanManual;
    s.spanclass = 0; s.sizeclass = 0; s.nelems = 0; s.allocCount = 0; s.noscan = true; s.elemsize = 0;
    s.manualFreeList.length = 0;
    s.limit = s.base + npages * pageSize;
    const sink = this.env.sink;
    if (sink !== null) sink.spanAlloc(this.env.now(), s.base, npages, -1);
    return s;
  }
  freeManual(s: MSpan, use: 'stack' | 'workbuf'): void { s.needzero = true; this.#freeSpan(s, use); }
  /** Returns an empty heap span to the page heap. */
  freeSpan(s: MSpan): void { this.pagesInUse -= s.npages; this.#freeSpan(s, 'heap'); }

  #allocSpan(npages: number, use: SpanUse, spanclass: number, cache: PageCache): MSpan {
    const { gc, stats } = this.env;
    let base = 0, scavPages = 0, growth = 0;
    if (npages < 16) {
      if (cache.empty) this.pages.allocToCache(cache);
      base = cache.alloc(npages);
      if (base !== 0) scavPages = cache.scavenged;
    }
    if (base === 0) {
      base = this.pages.alloc(npages);
      if (base === 0) {
        growth = this.#grow(npages);
        base = this.pages.alloc(npages);
      }
      scavPages = this.pages.lastScav;
    }
    const nbytes = npages * pageSize, scav = scavPages * pageSize;
    let release = 0, force = false;
    if (!this.env.limiting() && scav + gc.mappedReady > gc.memoryLimit) { release = scav + gc.mappedReady - gc.memoryLimit; force = true; }
    if (growth > 0 && this.scavengeGoal !== Infinity) {
      const over = gc.heapInUse + gc.heapFree + growth - this.scavengeGoal;
      if (over > 0) release = Math.max(release, Math.min(growth, over));
    }
    if (release > 0) this.scavenge(release, force);

    const s = this.#freeSpans[spanclass].pop() ?? new MSpan();
    this.spansInUse++;
    if (this.spansInUse > this.spansMost) { this.spansMost = this.spansInUse; stats.setSpansMost(this.spansMost); }
    s.base = base; s.npages = npages;
    s.needzero = this.#needsZero(base, nbytes) && scav !== nbytes;
    for (let i = (base - arenaBase) >>> pageShift, e = i + npages; i < e; i++) this.spans[i] = s;
    // Committing what was scavenged makes it ready; the pages leave the free ones.
    gc.heapReleased -= scav;
    gc.mappedReady += scav;
    gc.heapFree -= nbytes - scav;
    stats.released -= scav;
    stats.committed += scav;
    if (use === 'heap') { gc.heapInUse += nbytes; stats.inHeap += nbytes; } else if (use === 'stack') stats.inStacks += nbytes; else stats.inWorkBufs += nbytes;
    return s;
  }
  #freeSpan(s: MSpan, use: SpanUse): void {
    const { gc, stats, sink } = this.env, nbytes = s.npages * pageSize;
    gc.heapFree += nbytes;
    if (use === 'heap') { gc.heapInUse -= nbytes; stats.inHeap -= nbytes; } else if (use === 'stack') stats.inStacks -= nbytes; else stats.inWorkBufs -= nbytes;
    if (sink !== null) sink.spanFree(this.env.now(), s.base, s.npages, use === 'heap' ? s.spanclass : -1);
    for (let i = (s.base - arenaBase) >>> pageShift, e = i + s.npages; i < e; i++) this.spans[i] = null;
    this.pages.free(s.base, s.npages);
    s.state = spanDead;
    s.specials = null;
    this.spansInUse--;
    this.#freeSpans[use === 'heap' ? s.spanclass : numSpanClasses].push(s);
  }
  /** Keeps each arena's high-water mark: above it memory has never been used. */
  #needsZero(base: number, nbytes: number): boolean {
    let need = false;
    for (let p = base, end = base + nbytes; p < end;) {
      const ai = Math.floor((p - arenaBase) / arenaSize), off = (p - arenaBase) % arenaSize;
      const limit = Math.min(off + (end - p), arenaSize), zeroed = this.#zeroedBase[ai] ?? 0;
      if (off < zeroed) need = true;
      if (limit > zeroed) this.#zeroedBase[ai] = limit;
      p += limit - off;
    }
    return need;
  }
  /** Adds at least npages pages, in whole chunks of 4 MiB; bytes grown. */
  #grow(npages: number): number {
    const ask = Math.ceil(npages / pallocChunkPages) * pallocChunkPages * pageSize;
    const base = this.arenaUsed, end = base + ask;
    if (end > memoryMax || !this.env.mem.ensure(end)) this.env.outOfMemory(npages * pageSize);
    while (this.#arenaEnd < end) { this.#arenaEnd += arenaSize; this.#zeroedBase.push(0); this.env.stats.arenas++; }
    this.arenaUsed = end;
    for (let i = this.spans.length, e = (end - arenaBase) >>> pageShift; i < e; i++) this.spans.push(null);
    this.pages.grow(base, ask);
    this.env.gc.heapReleased += ask;
    this.env.stats.released += ask;
    const sink = this.env.sink;
    if (sink !== null) sink.heapGrow(this.env.now(), base, ask);
    return ask;
  }
  /** Gives free pages back to the system; bytes given back. */
  scavenge(bytes: number, force: boolean): number {
    const { gc, stats, sink, mem } = this.env;
    const n = this.pages.scavenge(bytes, force, (base, len) => {
      // The system hands such pages out zeroed again.
      if (base < mem.buffer.byteLength) mem.u8.fill(0, base, Math.min(base + len, mem.buffer.byteLength));
      if (sink !== null) sink.scavenge(this.env.now(), base, len);
    });
    gc.heapReleased += n; gc.heapFree -= n; gc.mappedReady -= n;
    stats.released += n; stats.committed -= n;
    return n;
  }

  /** A span with free slots for spanclass, from the central lists or new (mcentral.cacheSpan). */
  cacheSpan(spanclass: number, cache: PageCache): MSpan {
    const c = this.central[spanclass], env = this.env;
    const npages = classToAllocNPages[spanclass >>> 1];
    env.deductSweepCredit(npages * pageSize, 0);
    const swept = this.sweepgen >>> 1 & 1, unswept = swept ^ 1;
    let s = c.partial[swept].pop();
    if (s === undefined) {
      let budget = 100;
      for (; budget >= 0; budget--) {
        const t = c.partial[unswept].pop();
        if (t === undefined) break;
        if (t.sweepgen !== this.sweepgen - 2) continue;
        env.sweep(t, true);
        s = t;
        break;
      }
      if (s === undefined) {
        for (; budget >= 0; budget--) {
          const t = c.full[unswept].pop();
          if (t === undefined) break;
          if (t.sweepgen !== this.sweepgen - 2) continue;
          env.sweep(t, true);
          if (t.rewind()) { s = t; break; }
          c.full[swept].push(t);
        }
      }
      s ??= this.alloc(npages, spanclass, cache);
    }
    s.rewind();
    return s;
  }
  /** Puts a span that an mcache lets go on the right list (mcentral.uncacheSpan). */
  uncacheSpan(s: MSpan): void {
    const sg = this.sweepgen;
    if (s.sweepgen === sg + 1) {
      s.sweepgen = sg - 1;
      this.env.sweep(s, false);
      return;
    }
    s.sweepgen = sg;
    const lists = s.allocCount < s.nelems ? this.central[s.spanclass].partial : this.central[s.spanclass].full;
    lists[sg >>> 1 & 1].push(s);
  }
  /** Span in use by page order, for inspection. */
  *inUse(): Generator<MSpan> {
    for (let i = 0; i < this.spans.length;) {
      const s = this.spans[i];
      if (s === null) { i++; continue; }
      yield s;
      i += s.npages;
    }
  }
}

/**
 * Slots of a span. Go ≤ 1.21 uses all of it; 1.22 reserves 1/64 of pointerful spans of up to 512-byte objects for
 * their pointer bits; 1.26 also 128 bytes of mark bits in every span of 16…512-byte objects.
 */
export function objectsPerSpan(sizeclass: number, noscan: boolean, version: number): number {
  const bytes = classToAllocNPages[sizeclass] * pageSize, size = classToSize[sizeclass];
  let reserve = 0;
  if (version >= 22 && !noscan && size <= minSizeForMallocHeader) reserve += bytes / 64;
  if (version >= 26 && size >= tinySize && size <= minSizeForMallocHeader) reserve += inlineMarkBytes;
  return Math.floor((bytes - reserve) / size);
}
