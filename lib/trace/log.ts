/**
 * The event log of a run: totals, a bounded list of events, and the digest.
 *
 * Three things are kept, each cheap at its rate:
 * - totals per site and span class, for every allocation;
 * - records of fixed size for what a page draws: phases, pauses, pacer samples,
 *   spans, and (by level) some or all allocations. Beyond a bound records are
 *   dropped and counted, never silently;
 * - the canonical stream, which is hashed and not kept: every event in order,
 *   allocations and what befalls single spans folded into a running mix that is
 *   written out at the next other event. It does not depend on the level, so neither does the digest.
 */
import type { EventLevel, EventSink, GCCycle } from './events.ts';
import {
  evAlloc, evCycle, evGoCreate, evGoEnd, evGoState, evHeapGrow, evMark, evPacer, evPhase, evScavenge, evSpanAlloc, evSpanFree, evStackGrow, evStwBegin, evStwEnd, evSweepSpan, evAssist,
} from './events.ts';

import {
  groupAsked, groupCount, groups, groupShift, logFolded, logLeft, logMixA, logMixB, logPacked, numSpanClasses, siteBytes, siteCache, siteKey, siteObjects, siteShift, siteSlots, tinySpanClass,
} from '../abi/mcache.ts';
import type { Mem } from '../abi/memory.ts';
import { classToSize } from '../abi/sizeclasses.ts';

/** Words of a record: kind, time, four values. */
export const recordWords = 6;
/** Most records kept of allocations, and of everything else. */
export const maxAllocRecords = 200_000, maxRecords = 200_000;
/** At level sampled one allocation is recorded each time this many bytes were allocated. */
export const sampleBytes = 8192;
/** Most points of the heap timeline; beyond it every other one is dropped and the spacing doubled. */
const maxPoints = 2048;

/** Most goroutines whose lives are kept; more are counted. */
export const maxGoroutines = 16_384;
/** Sites of a page; pages of a directory; site numbers are below 2³¹. */
const sitePageShift = 8, sitePageMask = (1 << sitePageShift) - 1, siteDirShift = 11, siteDirMask = (1 << siteDirShift) - 1, siteDirs = 1 << (31 - sitePageShift - siteDirShift);
type SiteDir = (Float64Array | null)[] | null;

export interface HeapPoint { readonly t: number; readonly heapLive: number; readonly heapGoal: number; readonly trigger: number; readonly heapMarked: number }
export interface Pause { readonly t: number; readonly ns: number; readonly reason: number }
export interface SiteTotal { readonly site: number; readonly objects: number; readonly bytes: number }
export interface ClassTotal { readonly spanclass: number; readonly objects: number; readonly bytes: number; readonly asked: number; readonly freed: number }
export interface GoLife { readonly goid: number; readonly parent: number; readonly site: number; readonly t: number; end: number }

/** Something that takes bytes in order: the run's hash. */
export interface Hash { update(bytes: Uint8Array): void }

/** An empty slot of the cache of sites. */
const noSite = 0xffff_ffff;

export class EventLog implements EventSink {
  readonly cycles: GCCycle[] = [];
  readonly pauses: Pause[] = [];
  readonly goroutines: GoLife[] = [];
  /** Goroutines whose lives are not in the list. */
  goroutinesDropped = 0;
  #points: HeapPoint[] = [];
  #records = new Float64Array(1024 * recordWords);
  #count = 0;
  #allocRecords = 0;
  #stateRecords = 0;
  /** Records not kept for lack of room. */
  dropped = 0;
  /** Totals by site, in pages: objects, then bytes. Site numbers are sparse. */
  readonly #siteDirs: SiteDir[] = new Array<SiteDir>(siteDirs).fill(null);
  readonly #classObjects = new Float64Array(256);
  readonly #classBytes = new Float64Array(256);
  readonly #classAsked = new Float64Array(256);
  readonly #classFreed = new Float64Array(256);
  #sinceSample = 0;
  #sincePoint = 0;
  #pointBytes = 4096;
  #live = 0; #goal = 0; #trigger = 0; #marked = 0;
  #stwAt = 0;
  readonly #lives = new Map<number, GoLife>();
  // The canonical stream: a buffer of words, and the mix of allocations since the last record in it.
  readonly #buf = new Float64Array(512);
  readonly #bytes = new Uint8Array(this.#buf.buffer);
  #at = 0;
  #mixA = 0x243f6a88 | 0;
  #mixB = 0x13198a2e | 0;
  #folded = 0;

  constructor(readonly level: EventLevel, readonly hash: Hash | null) {}

  #put(kind: number, t: number, a: number, b: number, c: number, d: number): void {
    if (this.#lent !== 0) this.#take();
    if (this.#folded > 0) this.#fold();
    if (this.#at + recordWords > this.#buf.length) this.#flush();
    const w = this.#buf, i = this.#at;
    w[i] = kind; w[i + 1] = t; w[i + 2] = a; w[i + 3] = b; w[i + 4] = c; w[i + 5] = d;
    this.#at = i + recordWords;
    this.#keep(kind, t, a, b, c, d);
  }
  /** An event of a single span: kept like others, but folded into the mix, as there are nearly as many as allocations of a hundred bytes. */
  #span(kind: number, t: number, a: number, b: number, c: number, d: number): void {
    if (this.#lent !== 0) this.#take();
    this.#mixA = Math.imul(this.#mixA ^ a, 0x9e3779b1) + (b << 8 ^ kind) | 0;
    this.#mixB = Math.imul(this.#mixB ^ (t * 16 >>> 0), 0x85ebca77) + (this.#mixA ^ c << 12 ^ d) | 0;
    this.#folded++;
    this.#keep(kind, t, a, b, c, d);
  }
  #keep(kind: number, t: number, a: number, b: number, c: number, d: number): void {
    // Allocations and switches come in floods: each has a bound of its own, so that neither hides the rest.
    if (kind === evAlloc ? this.#allocRecords >= maxAllocRecords : kind === evGoState ? this.#stateRecords >= maxRecords : this.#count - this.#allocRecords - this.#stateRecords >= maxRecords) { this.dropped++; return; }
    if (kind === evAlloc) this.#allocRecords++; else if (kind === evGoState) this.#stateRecords++;
    const i = this.#count++ * recordWords;
    if (i + recordWords > this.#records.length) {
      const more = new Float64Array(this.#records.length * 2);
      more.set(this.#records);
      this.#records = more;
    }
    const r = this.#records;
    r[i] = kind; r[i + 1] = t; r[i + 2] = a; r[i + 3] = b; r[i + 4] = c; r[i + 5] = d;
  }
  /** Writes the mix of the allocations since the last record into the canonical stream. */
  #fold(): void {
    if (this.#at + recordWords > this.#buf.length) this.#flush();
    const w = this.#buf, i = this.#at;
    w[i] = evAlloc; w[i + 1] = this.#folded; w[i + 2] = this.#mixA; w[i + 3] = this.#mixB; w[i + 4] = 0; w[i + 5] = 0;
    this.#at = i + recordWords;
    this.#folded = 0;
  }
  #flush(): void {
    this.hash?.update(this.#bytes.subarray(0, this.#at * 8));
    this.#at = 0;
  }

  alloc(now: number, addr: number, size: number, asked: number, spanclass: number, site: number, tiny: boolean): void {
    if (this.#lent !== 0) this.#take();
    this.#mixA = Math.imul(this.#mixA ^ addr, 0x9e3779b1) + asked | 0;
    this.#mixB = Math.imul(this.#mixB ^ (site << 9 ^ spanclass << 1 ^ (tiny ? 1 : 0)), 0x85ebca77) + this.#mixA | 0;
    this.#folded++;
    const page = this.#siteDirs[site >>> (sitePageShift + siteDirShift)]?.[site >>> sitePageShift & siteDirMask] ?? this.#newPage(site);
    const at = (site & sitePageMask) << 1;
    page[at]++;
    page[at + 1] += size;
    this.#classObjects[spanclass]++;
    this.#classBytes[spanclass] += size;
    this.#classAsked[spanclass] += asked;
    this.#live += size;
    this.#sincePoint += size;
    if (this.#sincePoint >= this.#pointBytes) this.#point(now);
    if (this.level === 'counts') return;
    this.#sinceSample += size;
    if (this.level === 'full' || this.#sinceSample >= sampleBytes) {
      this.#sinceSample = 0;
      this.#keep(evAlloc, now, addr, size, spanclass, site);
    }
  }
  // What compiled code counts itself (lib/abi/mcache.ts).
  #mem: Mem | null = null;
  /** Bytes that were lent. */
  #lent = 0;

  share(mem: Mem): boolean {
    // At level full every allocation is recorded with its time.
    if (this.level === 'full') return false;
    this.#mem = mem;
    for (let i = 0; i < siteSlots; i++) mem.u32[(siteCache + (i << siteShift) + siteKey) >>> 2] = noSite;
    return true;
  }
  lend(site: number): void {
    if (this.#mem === null) return;
    if (this.#lent !== 0) this.#take();
    const { u32, i32 } = this.#mem, at = (siteCache + ((site & (siteSlots - 1)) << siteShift)) >>> 2;
    if (u32[at] !== site) { this.#collectSite(at); u32[at] = site; }
    i32[logMixA >>> 2] = this.#mixA;
    i32[logMixB >>> 2] = this.#mixB;
    const left = this.#pointBytes - this.#sincePoint;
    u32[logLeft >>> 2] = this.#lent = Math.min(this.level === 'counts' ? left : Math.min(left, sampleBytes - this.#sinceSample), 0x4000_0000);
  }
  /** Takes back what was lent; nothing is until lend. */
  #take(): void {
    const { u32, i32 } = this.#mem!, bytes = this.#lent - u32[logLeft >>> 2];
    this.#lent = 0;
    u32[logLeft >>> 2] = 0;
    this.#mixA = i32[logMixA >>> 2];
    this.#mixB = i32[logMixB >>> 2];
    this.#folded += u32[logFolded >>> 2];
    u32[logFolded >>> 2] = 0;
    this.#live += bytes;
    this.#sincePoint += bytes;
    if (this.level !== 'counts') this.#sinceSample += bytes;
  }
  /** Adds what compiled code counted to the totals of the site in a slot of the cache. */
  #collectSite(at: number): void {
    const { u32 } = this.#mem!, site = u32[at], objects = u32[at + (siteObjects >>> 2)];
    if (site === noSite || objects === 0) return;
    const page = this.#siteDirs[site >>> (sitePageShift + siteDirShift)]?.[site >>> sitePageShift & siteDirMask] ?? this.#newPage(site), i = (site & sitePageMask) << 1;
    page[i] += objects;
    page[i + 1] += u32[at + (siteBytes >>> 2)];
    u32[at + (siteObjects >>> 2)] = u32[at + (siteBytes >>> 2)] = 0;
  }
  /** Collects all that compiled code counted. */
  #collect(): void {
    if (this.#mem === null) return;
    if (this.#lent !== 0) this.#take();
    const { u32 } = this.#mem;
    for (let i = 0; i < siteSlots; i++) this.#collectSite((siteCache + (i << siteShift)) >>> 2);
    for (let spc = 0; spc < numSpanClasses; spc++) {
      const g = (groups + (spc << groupShift)) >>> 2, n = u32[g + (groupCount >>> 2)];
      this.#classObjects[spc] += n;
      this.#classBytes[spc] += n * classToSize[spc >>> 1];
      this.#classAsked[spc] += u32[g + (groupAsked >>> 2)];
      u32[g + (groupCount >>> 2)] = u32[g + (groupAsked >>> 2)] = 0;
    }
    // The rest of a tiny block is no object of its own.
    this.#classObjects[tinySpanClass] += u32[logPacked >>> 2];
    u32[logPacked >>> 2] = 0;
  }
  #newPage(site: number): Float64Array {
    const dir = this.#siteDirs[site >>> (sitePageShift + siteDirShift)] ??= new Array<Float64Array | null>(1 << siteDirShift).fill(null);
    return (dir[site >>> sitePageShift & siteDirMask] = new Float64Array(2 << sitePageShift));
  }
  #point(t: number): void {
    this.#sincePoint = 0;
    this.#points.push({ t, heapLive: this.#live, heapGoal: this.#goal, trigger: this.#trigger, heapMarked: this.#marked });
    if (this.#points.length > maxPoints) {
      this.#points = this.#points.filter((_, i) => i % 2 === 0);
      this.#pointBytes *= 2;
    }
  }

  sweepSpan(now: number, base: number, spanclass: number, nfreed: number, size: number): void {
    this.#classFreed[spanclass] += nfreed;
    this.#span(evSweepSpan, now, base, spanclass, nfreed, size);
  }
  spanAlloc(now: number, base: number, npages: number, spanclass: number): void { this.#span(evSpanAlloc, now, base, npages, spanclass, 0); }
  spanFree(now: number, base: number, npages: number, spanclass: number): void { this.#span(evSpanFree, now, base, npages, spanclass, 0); }
  heapGrow(now: number, base: number, bytes: number): void { this.#put(evHeapGrow, now, base, bytes, 0, 0); }
  phase(now: number, cycle: number, phase: number): void { this.#put(evPhase, now, cycle, phase, 0, 0); }
  stwBegin(now: number, reason: number): void {
    this.#stwAt = now;
    this.#put(evStwBegin, now, reason, 0, 0, 0);
  }
  stwEnd(now: number, reason: number): void {
    this.pauses.push({ t: this.#stwAt, ns: now - this.#stwAt, reason });
    this.#put(evStwEnd, now, reason, 0, 0, 0);
  }
  pacer(now: number, heapLive: number, heapGoal: number, trigger: number, heapMarked: number): void {
    if (this.#lent !== 0) this.#take();
    this.#live = heapLive; this.#goal = heapGoal; this.#trigger = trigger; this.#marked = heapMarked;
    this.#point(now);
    this.#put(evPacer, now, heapLive, heapGoal, trigger, heapMarked);
  }
  cycle(c: GCCycle): void {
    this.cycles.push(c);
    this.#put(evCycle, c.start, c.heapStart, c.heapEnd, c.heapMarked, c.heapGoal);
  }
  mark(now: number, scannedBytes: number, objects: number): void { this.#put(evMark, now, scannedBytes, objects, 0, 0); }
  assist(now: number, goid: number, ns: number, bytes: number): void { this.#put(evAssist, now, goid, ns, bytes, 0); }
  stackGrow(now: number, goid: number, from: number, to: number): void { this.#put(evStackGrow, now, goid, from, to, 0); }
  scavenge(now: number, base: number, bytes: number): void { this.#put(evScavenge, now, base, bytes, 0, 0); }
  goCreate(now: number, goid: number, parent: number, site: number): void {
    const life: GoLife = { goid, parent, site, t: now, end: -1 };
    if (this.goroutines.length < maxGoroutines) { this.goroutines.push(life); this.#lives.set(goid, life); } else this.goroutinesDropped++;
    this.#put(evGoCreate, now, goid, parent, site, 0);
  }
  goEnd(now: number, goid: number): void {
    const life = this.#lives.get(goid);
    if (life) life.end = now;
    this.#lives.delete(goid);
    this.#put(evGoEnd, now, goid, 0, 0, 0);
  }
  goState(now: number, goid: number, state: number): void { this.#put(evGoState, now, goid, state, 0, 0); }

  /** Ends the stream: call once, before the digest is read. */
  end(now: number): void {
    if (this.#lent !== 0) this.#take();
    this.#point(now);
    if (this.#folded > 0) this.#fold();
    this.#flush();
  }

  /** The heap over time: as seen by the pacer, and as allocation moved it between. */
  get heap(): readonly HeapPoint[] { return this.#points; }
  /** Kept records, six words each, in order. */
  get records(): Float64Array { return this.#records.subarray(0, this.#count * recordWords); }
  /** Sites that allocated. */
  sites(): SiteTotal[] {
    this.#collect();
    const rows: SiteTotal[] = [];
    this.#siteDirs.forEach((dir, d) => dir?.forEach((page, p) => {
      if (page) for (let i = 0; i < page.length; i += 2) if (page[i] > 0) rows.push({ site: (d << siteDirShift | p) << sitePageShift | i >>> 1, objects: page[i], bytes: page[i + 1] });
    }));
    return rows;
  }
  /** Span classes that were allocated from; class 0 is large objects, one row for each of scan and noscan. */
  classes(): ClassTotal[] {
    this.#collect();
    const rows: ClassTotal[] = [];
    for (let i = 0; i < 256; i++) {
      if (this.#classObjects[i] > 0) rows.push({ spanclass: i, objects: this.#classObjects[i], bytes: this.#classBytes[i], asked: this.#classAsked[i], freed: this.#classFreed[i] });
    }
    return rows;
  }
}
