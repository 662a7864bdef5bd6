/**
 * One run's runtime: allocator, collector, maps, channels and scheduler over one
 * linear memory. No state lives outside of an instance, so several runs can stand
 * side by side.
 *
 * Addresses in and out are offsets as unsigned numbers: whoever receives an i32
 * from compiled code makes it unsigned (>>> 0) first.
 */
import { arenaBase, zerobase } from '../abi/memory.ts';
import { mcacheBase } from '../abi/mcache.ts';
import type { Mem } from '../abi/memory.ts';
import { cellBarrier, cellUnwind, cellYieldReason, unwindYield, yieldGC } from '../abi/machine.ts';
import * as abi from '../abi/type.ts';
import type { TypePtr } from '../abi/type.ts';
import { minor } from '../base/version.ts';
import type { GoVersion } from '../base/version.ts';
import { Random } from '../base/random.ts';
import { GCController } from '../pacer/pacer.ts';
import type { EventSink, GCCycle } from '../trace/events.ts';
import { stwReadMemStats } from '../trace/events.ts';
import { Alg } from './alg.ts';
import { Inspector } from './inspect.ts';
import { Maps } from './mapenv.ts';
import { Malloc } from './malloc.ts';
import type { MallocEnv } from './malloc.ts';
import { Marker } from './mgcmark.ts';
import { Mgc } from './mgc.ts';
import type { GCEnv, Roots } from './mgc.ts';
import { Sweeper } from './mgcsweep.ts';
import { Mheap } from './mheap.ts';
import { MStats } from './mstats.ts';
import type { MemStats } from './mstats.ts';
import type { MSpan, Special } from './mspan.ts';
import { specialCleanup, specialFinalizer, specialProfile, specialWeak } from './mspan.ts';
import { roundupsize } from './sizes.ts';
import { growCap, maxAlloc } from './slice.ts';
import type { Slice } from './slice.ts';
import { StackAlloc } from './stack.ts';

export interface Knobs {
  readonly go: GoVersion;
  /** GOGC; −1 off. */
  readonly gogc: number;
  /** GOMEMLIMIT in bytes; Infinity: none. */
  readonly memlimit: number;
  /** GOMAXPROCS. */
  readonly procs: number;
  readonly seed: number;
}

/** What the runtime asks of its engine. Methods that raise a panic return; compiled code then sees `unwind`. */
export interface RuntimeHooks {
  /** A run-time error: `panic: runtime error: ` + text. */
  panicError(text: string): void;
  /** A plain run-time error, without that prefix ("send on closed channel"). */
  panicPlain(text: string): void;
  /** A key that cannot be hashed, looked up in a map without entries; text is all that is said. */
  panicUnhashable(text: string): void;
  /** A failed type assertion: types by descriptor (have 0: nil), missing method or "". */
  panicTypeAssertion(inter: TypePtr, have: TypePtr, want: TypePtr, missing: string): void;
  /** `fatal error: ` + text; ends the run. */
  throw(text: string): never;
  /** A line for stderr (gctrace). */
  trace?(line: string): void;
  readonly roots?: Roots;
  poolCleanup?(): void;
  cycleDone?(c: GCCycle): void;
  /** Finalizers or cleanups wait in Runtime.finq. */
  finalizersReady?(): void;
}

/** A finalizer or cleanup to be called. */
export interface Finalizer { readonly fn: number; readonly object: number; readonly type: TypePtr; readonly cleanup: boolean; readonly arg: number }

const noRoots: Roots = { globalBytes: () => 0, forEachGlobalPointer: () => undefined, stacks: () => [], forEachExtraPointer: () => undefined };

export class Runtime implements MallocEnv, GCEnv {
  readonly version: number;
  readonly procs: number;
  readonly gc: GCController;
  readonly stats: MStats;
  readonly heap: Mheap;
  readonly malloc: Malloc;
  readonly marker: Marker;
  readonly sweeper: Sweeper;
  readonly stack: StackAlloc;
  readonly mgc: Mgc;
  readonly inspect: Inspector;
  /** Choices of the run that Go makes at random: hash seeds, iteration order, select order. */
  readonly random: Random;
  sink: EventSink | null;
  /** Virtual time when no scheduler runs. */
  clock = 0;
  /** Asks the scheduler for the time; replaced by it. */
  readClock: (() => number) | null = null;
  /** Lets time pass for all Ps; replaced by the scheduler. */
  stopClock: ((ns: number) => void) | null = null;
  /** While marking, charges the running goroutine; replaced by the scheduler. */
  assistHook: ((size: number) => void) | null = null;
  /** The GC CPU limiter, fed by the scheduler. */
  cpuLimiter: { readonly limiting: boolean } | null = null;
  readonly finq: Finalizer[] = [];
  /** Called with the number of a profiled object when it dies. */
  profileFree: ((bucket: number) => void) | null = null;

  constructor(readonly mem: Mem, readonly knobs: Knobs, readonly hooks: RuntimeHooks, sink: EventSink | null = null) {
    this.version = minor(knobs.go);
    this.procs = knobs.procs;
    this.sink = sink;
    this.random = new Random(knobs.seed);
    this.gc = new GCController(knobs.gogc, knobs.memlimit);
    this.stats = new MStats(this.gc, this.version, knobs.procs);
    this.heap = new Mheap(this);
    this.malloc = new Malloc(this, this.heap, knobs.procs);
    this.marker = new Marker(mem, this.heap);
    this.sweeper = new Sweeper(this.heap, {
      finalizer: (s, addr) => this.#queue({ fn: s.fn, object: addr, type: s.typ, cleanup: false, arg: s.arg }),
      cleanup: (s) => this.#queue({ fn: s.fn, object: 0, type: 0, cleanup: true, arg: s.arg }),
      weak: (s) => mem.setPtr(s.fn, 0),
      profile: (s) => this.profileFree?.(s.arg),
    });
    this.stack = new StackAlloc(this.heap, this.malloc);
    const roots = hooks.roots ?? noRoots;
    this.mgc = new Mgc(this, this.gc, this.heap, this.malloc, this.marker, this.sweeper, this.stack, this.stats, {
      globalBytes: () => roots.globalBytes(),
      forEachGlobalPointer: (v) => roots.forEachGlobalPointer(v),
      stacks: () => roots.stacks(),
      forEachExtraPointer: (v) => { for (const f of this.finq) { v(f.fn); v(f.object); } roots.forEachExtraPointer(v); },
    });
    this.inspect = new Inspector(this);
  }

  /** Equality and hashing by type. */
  get alg(): Alg { return (this.#alg ??= new Alg(this.mem, this.random)); }
  #alg: Alg | undefined;
  /** Maps of this run's Go version. */
  get maps(): Maps { return (this.#maps ??= new Maps(this)); }
  #maps: Maps | undefined;

  // The runtime's own data lies below the first arena and is never freed.
  #top = mcacheBase;
  /** Zeroed memory that lives as long as the run, 8-aligned, below the arena. */
  persistent(bytes: number): number {
    this.#top = (this.#top - bytes) & ~7;
    return this.mem.ensure(arenaBase) ? this.#top : this.outOfMemory(bytes);
  }
  /** The descriptor of a type that only the runtime uses: bytes of a value and the offsets of its pointers. */
  makeType(name: string, size: number, pointers: number[]): TypePtr {
    const { mem } = this;
    const text = new TextEncoder().encode(name), at = this.persistent(text.length);
    mem.u8.set(text, at);
    const words = Math.ceil(size / 8), mask = this.persistent(Math.ceil(words / 8));
    for (const off of pointers) mem.u8[mask + (off >>> 6)] |= 1 << ((off >>> 3) & 7);
    const t = this.persistent(abi.typeRecordSize);
    mem.setInt(t + abi.typeSize, size);
    mem.setInt(t + abi.typePtrdata, pointers.length > 0 ? Math.max(...pointers) + 8 : 0);
    mem.u8[t + abi.typeAlign] = 8;
    mem.u8[t + abi.typeFieldAlign] = 8;
    mem.u8[t + abi.typeKind] = abi.kindStruct;
    mem.setPtr(t + abi.typeGcdata, mask);
    mem.setPtr(t + abi.typeStr, at);
    mem.setInt(t + abi.typeStrLen, text.length);
    return t;
  }

  // What the allocator asks.
  get gcphase(): number { return this.mgc.gcphase; }

  now(): number { return this.readClock !== null ? this.readClock() : this.clock; }
  outOfMemory(bytes: number): never {
    const inUse = this.gc.heapFree + this.gc.heapReleased + this.gc.heapInUse;
    this.hooks.trace?.(`runtime: out of memory: cannot allocate ${bytes}-byte block (${inUse} in use)`);
    return this.hooks.throw('out of memory');
  }
  limiting(): boolean { return this.cpuLimiter?.limiting ?? false; }
  sweep(s: MSpan, preserve: boolean): boolean { return this.sweeper.sweep(s, preserve); }
  deductSweepCredit(bytes: number, callerPages: number): void { this.sweeper.deductCredit(bytes, callerPages); }
  reclaim(npages: number): void { this.sweeper.reclaim(npages); }
  /** Makes the running goroutine come to a safepoint when a collection is due. */
  gcTrigger(): void {
    if (!this.mgc.due()) return;
    const { i32 } = this.mem;
    i32[cellUnwind >>> 2] = unwindYield;
    i32[cellYieldReason >>> 2] |= yieldGC;
  }
  assist(size: number): void { this.assistHook?.(size); }
  markNew(s: MSpan, i: number): void { this.marker.markNew(s, i); }
  revise(): void { this.gc.revise(); }

  // What the collector asks.
  stopped(ns: number): void { if (this.stopClock !== null) this.stopClock(ns); else this.clock += ns; }
  setBarrier(on: boolean): void { this.mem.i32[cellBarrier >>> 2] = on ? 1 : 0; }
  poolCleanup(): void { this.hooks.poolCleanup?.(); }
  trace(line: string): void { this.hooks.trace?.(line); }
  cycleDone(c: GCCycle): void { this.hooks.cycleDone?.(c); }

  #queue(f: Finalizer): void { this.finq.push(f); this.hooks.finalizersReady?.(); }

  /** Copies bytes bytes of values of type typ, with write barriers. */
  typedmemmove(typ: TypePtr, dst: number, src: number, bytes: number): void {
    if (dst === src) return;
    if (this.mgc.gcphase !== 0 && typ !== 0) { this.marker.shade(dst, bytes, typ); this.marker.shade(src, bytes, typ); }
    if (bytes <= 32 && ((dst | src | bytes) & 3) === 0 && (dst < src || dst >= src + bytes)) {
      // A call of copyWithin costs more than moving a few words upwards.
      const { u32 } = this.mem;
      for (let d = dst >>> 2, f = src >>> 2, n = bytes >>> 2; n > 0; n--) u32[d++] = u32[f++];
      return;
    }
    this.mem.u8.copyWithin(dst, src, src + bytes);
  }
  /** Clears bytes bytes of values of type typ (0: no pointers), with write barriers. */
  typedmemclr(typ: TypePtr, p: number, bytes: number): void {
    if (this.mgc.gcphase !== 0 && typ !== 0) this.marker.shade(p, bytes, typ);
    if (bytes <= 32 && ((p | bytes) & 3) === 0) { const { u32 } = this.mem; for (let d = p >>> 2, n = bytes >>> 2; n > 0; n--) u32[d++] = 0; return; }
    this.mem.u8.fill(0, p, p + bytes);
  }

  // Allocation.
  newobject(typ: TypePtr, site = 0): number { return this.malloc.newobject(typ, site); }
  mallocgc(size: number, typ: TypePtr, needzero: boolean, site = 0): number { return this.malloc.mallocgc(size, typ, needzero, site); }
  /** n zeroed values of type typ; 0 after a panic. */
  newarray(typ: TypePtr, n: number, site = 0): number {
    const size = this.mem.u32[typ >>> 2];
    if (n < 0 || n * size > 2 ** 48) { this.hooks.panicPlain('runtime: allocation size out of range'); return 0; }
    return this.malloc.mallocgc(n * size, typ, true, site);
  }

  /** make([]T, len, cap): the address of the store; 0 after a panic. */
  makeslice(elem: TypePtr, len: number, cap: number, site = 0): number {
    const size = this.mem.u32[elem >>> 2];
    if (!(cap * size <= maxAlloc) || len < 0 || len > cap) {
      this.hooks.panicError(!(len * size <= maxAlloc) || len < 0 ? 'makeslice: len out of range' : 'makeslice: cap out of range');
      return 0;
    }
    return this.malloc.mallocgc(cap * size, elem, true, site);
  }
  /** The result of the last growslice. */
  readonly slice: Slice = { ptr: 0, len: 0, cap: 0 };
  /**
   * append's slow path: a store for newLen elements (num of them new) with the old ones copied, in this.slice.
   * False after a panic. (runtime.growslice)
   */
  growslice(oldPtr: number, newLen: number, oldCap: number, num: number, elem: TypePtr, site = 0): boolean {
    const { mem } = this, size = mem.u32[elem >>> 2], noscan = mem.u32[(elem + abi.typePtrdata) >>> 2] === 0;
    const cap = growCap(newLen, oldCap, size, noscan, this.knobs.go);
    if (Number.isNaN(cap)) { this.hooks.panicError('growslice: len out of range'); return false; }
    const r = this.slice;
    r.len = newLen; r.cap = cap;
    if (size === 0) { r.ptr = zerobase; return true; }
    const bytes = cap * size, old = (newLen - num) * size, used = newLen * size;
    if (noscan) {
      r.ptr = this.malloc.mallocgc(bytes, 0, false, site);
      this.mem.u8.fill(0, r.ptr + used, r.ptr + bytes);
    } else {
      r.ptr = this.malloc.mallocgc(bytes, elem, true, site);
      if (this.mgc.gcphase === 1 && old > 0) this.shadeRange(oldPtr, old, elem);
    }
    if (old > 0) this.mem.u8.copyWithin(r.ptr, oldPtr, oldPtr + old);
    return true;
  }
  /**
   * growslice for a slice whose first store may be a buffer of bufLen elements in the frame (Go ≥ 1.25): while newLen fits,
   * the store is the buffer and its capacity steps through the size classes.
   */
  growsliceBuf(oldPtr: number, newLen: number, oldCap: number, num: number, elem: TypePtr, buf: number, bufLen: number, site = 0): boolean {
    if (newLen > bufLen) return this.growslice(oldPtr, newLen, oldCap, num, elem, site);
    const { mem } = this, size = mem.u32[elem >>> 2], noscan = mem.u32[(elem + abi.typePtrdata) >>> 2] === 0;
    const old = (newLen - num) * size, r = this.slice;
    if (oldPtr !== buf && old > 0) mem.u8.copyWithin(buf, oldPtr, oldPtr + old);
    r.ptr = buf; r.len = newLen; r.cap = Math.floor(roundupsize(newLen * size, noscan, this.version >= 22) / size);
    mem.u8.fill(0, buf + newLen * size, buf + r.cap * size);
    return true;
  }
  /**
   * A slice that leaves its function while its store may be a buffer in the frame: copied to the heap, with its capacity
   * and what lies behind its length if keepCap, else into the size class of its length (Go 1.26 moveSlice, moveSliceNoCap).
   * inStack says whether ptr lies in the current stack; any other slice stays as it is.
   */
  moveSlice(elem: TypePtr, ptr: number, len: number, cap: number, keepCap: boolean, inStack: boolean, site = 0): void {
    const r = this.slice;
    r.len = len; r.cap = cap; r.ptr = ptr;
    if (!inStack) return;
    const { mem } = this, size = mem.u32[elem >>> 2], noscan = mem.u32[(elem + abi.typePtrdata) >>> 2] === 0;
    if (!keepCap) r.cap = size === 0 ? len : Math.floor(roundupsize(len * size, noscan, this.version >= 22) / size);
    if ((keepCap ? cap : len) === 0) { r.ptr = ptr === 0 ? 0 : zerobase; r.len = r.cap = 0; return; }
    const bytes = (keepCap ? cap : len) * size;
    r.ptr = this.malloc.mallocgc(r.cap * size, noscan ? 0 : elem, true, site);
    if (this.mgc.gcphase === 1 && !noscan) this.shadeRange(ptr, bytes, elem);
    mem.u8.copyWithin(r.ptr, ptr, ptr + bytes);
  }
  /** Greys what the pointers in bytes bytes of values of type elem at p refer to. */
  shadeRange(p: number, bytes: number, elem: TypePtr): void { this.marker.shade(p, bytes, elem); }

  /** runtime.ReadMemStats: stops the world, flushes the mcaches, reads. */
  readMemStats(): MemStats {
    this.sink?.stwBegin(this.now(), stwReadMemStats);
    this.malloc.flushAll();
    this.sink?.stwEnd(this.now(), stwReadMemStats);
    return this.stats.read(this.heap.spansInUse);
  }
  /** debug.SetGCPercent; the former value. */
  setGCPercent(percent: number): number {
    const old = this.gc.setGCPercent(percent);
    this.gc.commit(this.sweeper.done);
    this.sweeper.pace(this.gc.trigger());
    return old;
  }
  /** debug.SetMemoryLimit; the former value. Negative: only read. */
  setMemoryLimit(bytes: number): number {
    if (bytes < 0) return this.gc.memoryLimit;
    const old = this.gc.setMemoryLimit(bytes);
    this.gc.commit(this.sweeper.done);
    this.sweeper.pace(this.gc.trigger());
    return old;
  }
  /** debug.FreeOSMemory after its collection: all free pages go back. Bytes released. */
  freeOSMemory(): number {
    for (const c of this.malloc.caches) this.heap.pages.flushCache(c.pcache);
    return this.heap.scavenge(Infinity, true);
  }

  // Specials.
  #addSpecial(p: number, kind: number, fn: number, arg: number, typ: TypePtr): boolean {
    const s = this.heap.spanOf(p);
    if (s === null) return false;
    (s.specials ??= []).push({ kind, offset: p - s.base, fn, arg, typ } satisfies Special);
    if (this.mgc.gcphase !== 0) this.marker.grey(fn);
    return true;
  }
  /** runtime.SetFinalizer: fn 0 removes. False when p is not in the heap or already has one. */
  setFinalizer(p: number, fn: number, typ: TypePtr): boolean {
    const s = this.heap.spanOf(p);
    if (s === null) return false;
    if (fn === 0) { if (s.specials !== null) { s.specials = s.specials.filter((x) => x.kind !== specialFinalizer || x.offset !== p - s.base); if (s.specials.length === 0) s.specials = null; } return true; }
    if (s.specials?.some((x) => x.kind === specialFinalizer && x.offset === p - s.base)) return false;
    return this.#addSpecial(p, specialFinalizer, fn, 0, typ);
  }
  /** Gives the object at p a number, for profileFree. */
  profileObject(p: number, bucket: number): void { this.#addSpecial(p, specialProfile, 0, bucket, 0); }
  #cleanupID = 0;
  /** runtime.AddCleanup: an id to stop it by, 0 when p is not in the heap. */
  addCleanup(p: number, fn: number): number { const id = ++this.#cleanupID; return this.#addSpecial(p, specialCleanup, fn, id, 0) ? id : 0; }
  stopCleanup(p: number, id: number): void {
    const s = this.heap.spanOf(p);
    if (s?.specials) s.specials = s.specials.filter((x) => x.kind !== specialCleanup || x.arg !== id);
  }
  /** weak.Make: the handle (8 bytes holding the pointer, cleared when the object dies) of the object at p. */
  weakHandle(p: number): number {
    const s = this.heap.spanOf(p);
    if (s === null) return 0;
    const had = s.specials?.find((x) => x.kind === specialWeak && x.offset === p - s.base);
    if (had) return had.fn;
    // A noscan block: the collector must not follow it.
    const h = this.malloc.mallocgc(8, 0, true, 0);
    this.mem.setPtr(h, p);
    this.#addSpecial(p, specialWeak, h, 0, 0);
    return h;
  }

  /** A collection from start to end, world stopped: for callers at a safepoint without a scheduler. */
  collect(): void { this.mgc.collect(); }
}
