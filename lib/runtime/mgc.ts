/**
 * The garbage collector: one cycle after another of
 *
 *   finish sweeping → stop the world (pool victims, pacer, roots) → concurrent mark
 *   → stop the world (pacer, phase flip) → concurrent sweep
 *
 * on the virtual clock. Nothing here runs on its own: the scheduler calls start()
 * when all goroutines are at safepoints, gives marking time to workers with
 * mark(), and ends the phase with terminate() when mark() says there is no work
 * left. Goroutines that allocate while marking pay by assisting.
 */
import type { GCController, GCTriggerKind } from '../pacer/pacer.ts';
import type { EventSink, GCCycle } from '../trace/events.ts';
import { phaseMark, phaseMarkTermination, phaseOff, phaseSweep, stwMarkTermination, stwSweepTermination } from '../trace/events.ts';
import { gctraceLine } from './gctrace.ts';
import type { Malloc } from './malloc.ts';
import { markByteNs } from './mgcmark.ts';
import { Marker } from './mgcmark.ts';
import type { MSpan } from './mspan.ts';
import { sweepSpanNs } from './mgcsweep.ts';
import type { Sweeper } from './mgcsweep.ts';
import type { Mheap } from './mheap.ts';
import type { MStats } from './mstats.ts';
import type { StackAlloc } from './stack.ts';

/** Virtual cost of the pauses: a fixed part and one per P. SIMPLIFIED: real pauses depend on how far goroutines are from a safepoint. */
const stwBaseNs = 8_000, stwPerProcNs = 2_000, flushPerProcNs = 1_500;
const rootBlockNs = 200;

/** Where pointers into the heap start. */
export interface Roots {
  /** Bytes of data and bss that can hold pointers. */
  globalBytes(): number;
  /** Calls visit with the address of every pointer word of data and bss. */
  forEachGlobalPointer(visit: (slot: number) => void): void;
  /** The goroutines whose stacks are to be scanned. */
  stacks(): Iterable<StackRoot>;
  /** Further pointers the runtime and the engine hold outside of memory (finalizer queue, parked results, timers). */
  forEachExtraPointer(visit: (p: number) => void): void;
}
export interface StackRoot {
  /** Bytes in use on this stack. */
  stackBytes(): number;
  forEachPointer(visit: (slot: number) => void): void;
  /** May halve a stack that uses less than a quarter. */
  shrink?(): void;
}

export interface GCEnv {
  sink: EventSink | null;
  procs: number;
  now(): number;
  /** Lets ns pass with the world stopped. */
  stopped(ns: number): void;
  setBarrier(on: boolean): void;
  /** sync.Pool: victims are dropped, pools become victims. */
  poolCleanup(): void;
  trace(line: string): void;
  cycleDone(c: GCCycle): void;
}

export class Mgc {
  /** 0 off, 1 mark, 2 mark termination. */
  gcphase = 0;
  numGC = 0;
  #roots: (() => void)[] = [];
  #rootIndex = 0;
  #start = 0; #markStart = 0;
  #heapStart = 0;
  #forced = false;
  #sweepTermNs = 0;
  #totalGCNs = 0;

  constructor(
    readonly env: GCEnv, readonly gc: GCController, readonly heap: Mheap, readonly malloc: Malloc, readonly marker: Marker,
    readonly sweeper: Sweeper, readonly stack: StackAlloc, readonly stats: MStats, readonly roots: Roots,
  ) {}

  /** Called when marking is complete, before anything is swept. */
  onMarked: (() => void) | null = null;
  #setPhase(p: number): void { this.gcphase = p; this.malloc.setPhase(p); }
  /** Is a cycle due by heap size? */
  due(): boolean { return this.gcphase === 0 && this.gc.heapLive >= this.gc.trigger(); }

  /** Begins a cycle. All goroutines must be at safepoints. */
  start(kind: GCTriggerKind): void {
    const { env, gc, sweeper, marker } = this;
    if (!sweeper.done) sweeper.finish();
    this.#forced = kind === 'cycle';
    this.#start = env.now();
    env.sink?.stwBegin(this.#start, stwSweepTermination);
    this.heap.reclaimCredit = 0;
    env.poolCleanup();
    env.stopped(stwBaseNs + stwPerProcNs * env.procs);
    this.numGC++;
    marker.reset();
    gc.globalsScan = this.roots.globalBytes();
    let stackBytes = 0;
    this.#roots = [];
    this.#rootIndex = 0;
    // One job per global block would be finer than our callback: one for all globals, one for specials, one per stack.
    this.#roots.push(() => {
      this.roots.forEachGlobalPointer((slot) => marker.grey(marker.mem.u32[slot >>> 2]));
      this.roots.forEachExtraPointer((p) => marker.grey(p));
      gc.globalsScanWork += gc.globalsScan;
    });
    this.#roots.push(() => marker.markSpecials());
    for (const g of this.roots.stacks()) {
      const n = g.stackBytes();
      stackBytes += n;
      this.#roots.push(() => {
        g.shrink?.();
        g.forEachPointer((slot) => marker.grey(marker.mem.u32[slot >>> 2]));
        gc.stackScanWork += n;
      });
    }
    gc.maxStackScan = stackBytes;
    this.#heapStart = gc.heapLive;
    gc.startCycle(env.now(), env.procs, kind);
    this.#setPhase(1);
    env.setBarrier(true);
    for (const c of this.malloc.caches) {
      // The tiny block would otherwise be allocated from without being marked.
      c.tiny = 0; c.tinyoffset = 0;
      this.stack.clearCache(c);
    }
    gc.revise();
    this.#sweepTermNs = env.now() - this.#start;
    this.#markStart = env.now();
    env.sink?.stwEnd(this.#markStart, stwSweepTermination);
    env.sink?.phase(this.#markStart, this.numGC, phaseMark);
    this.#sample();
  }
  #sample(): void { this.env.sink?.pacer(this.env.now(), this.gc.heapLive, this.gc.heapGoal(), this.gc.trigger(), this.gc.heapMarked); }

  /** Is there marking left to do? */
  get markWork(): boolean { return this.#rootIndex < this.#roots.length || !this.marker.empty; }

  /**
   * Marks everything again from the roots, world stopped, and tells which reachable objects the cycle had missed: the
   * proof that marking beside running goroutines lost nothing. Leaves the marks as they were. For onMarked.
   */
  missed(): number[] {
    const { heap, roots } = this, again = new Marker(this.marker.mem, heap), had = new Map<MSpan, Uint32Array>();
    for (const s of heap.inUse()) { had.set(s, s.gcmarkBits); s.gcmarkBits = new Uint32Array(s.gcmarkBits.length); }
    const slot = (a: number): void => again.grey(again.mem.u32[a >>> 2]);
    roots.forEachGlobalPointer(slot);
    roots.forEachExtraPointer((p) => again.grey(p));
    again.markSpecials();
    for (const g of roots.stacks()) g.forEachPointer(slot);
    again.drain(Infinity);
    const out: number[] = [];
    for (const [s, bits] of had) {
      for (let i = 0; i < s.nelems; i++) if (s.isMarked(i) && (bits[i >>> 5] & 1 << (i & 31)) === 0) out.push(s.base + i * s.elemsize);
      s.gcmarkBits = bits;
    }
    return out;
  }

  /** Marks for about budget ns; ns used. kind says on whose account. */
  mark(budget: number, kind: 'dedicated' | 'fractional' | 'idle' | 'assist'): number {
    const { gc, marker } = this, scan0 = marker.scanWork, objects0 = marker.objects;
    let used = 0;
    while (used < budget) {
      if (kind !== 'assist' && this.#rootIndex < this.#roots.length) {
        const w0 = gc.globalsScanWork + gc.stackScanWork;
        this.#roots[this.#rootIndex++]();
        used += rootBlockNs + (gc.globalsScanWork + gc.stackScanWork - w0) * markByteNs;
        continue;
      }
      if (marker.empty) break;
      used += marker.drain(budget - used);
    }
    used = Math.ceil(used);
    const scanned = marker.scanWork - scan0;
    gc.heapScanWork += scanned;
    if (kind === 'assist') gc.assistTime += used;
    else {
      gc.bgScanCredit += scanned;
      if (kind === 'dedicated') gc.dedicatedMarkTime += used; else if (kind === 'fractional') gc.fractionalMarkTime += used; else gc.idleMarkTime += used;
    }
    gc.revise();
    if (this.env.sink !== null && (scanned > 0 || marker.objects > objects0)) this.env.sink.mark(this.env.now(), scanned, marker.objects - objects0);
    return used;
  }

  /** Marks until work bytes were scanned or none are grey, for a goroutine that allocates; ns used. */
  assist(work: number): number {
    const { gc, marker } = this;
    let ns = 0;
    for (const end = gc.heapScanWork + work; gc.heapScanWork < end && !marker.empty;) ns += this.mark(Math.max(200, (end - gc.heapScanWork) * markByteNs), 'assist');
    return ns;
  }

  /** Ends marking (world stopped), computes the next goal and begins to sweep. Goroutines at safepoints. */
  terminate(): GCCycle {
    const { env, gc, marker, stats } = this;
    const markEnd = env.now();
    env.sink?.stwBegin(markEnd, stwMarkTermination);
    env.sink?.phase(markEnd, this.numGC, phaseMarkTermination);
    this.#setPhase(2);
    // A barrier may have greyed objects since the last worker looked.
    while (this.markWork) this.mark(Infinity, 'dedicated');
    this.onMarked?.();
    const heapEnd = gc.heapLive;
    gc.endCycle(env.now(), env.procs);
    const goal = gc.lastHeapGoal;
    env.setBarrier(false);
    this.#setPhase(0);
    const stackBytes = gc.stackScanWork;
    gc.resetLive(marker.bytesMarked);
    this.sweeper.start();
    env.sink?.phase(env.now(), this.numGC, phaseSweep);
    env.stopped(stwBaseNs + stwPerProcNs * env.procs);
    gc.commit(false);
    this.sweeper.pace(gc.trigger());
    this.heap.scavengeGoal = this.#scavengeGoal(goal);
    const end = env.now();
    const background = gc.dedicatedMarkTime + gc.fractionalMarkTime;
    const pauses = (this.#sweepTermNs + (end - markEnd)) * env.procs;
    this.#totalGCNs += pauses + gc.assistTime + background;
    stats.gcCPUFraction = end > 0 ? Math.min(1, this.#totalGCNs / (end * env.procs)) : 0;
    stats.numGC = this.numGC;
    if (this.#forced) stats.numForcedGC++;
    stats.lastGC = end;
    const at = (this.numGC - 1) % stats.pauseNs.length, pause = this.#sweepTermNs + (end - markEnd);
    stats.pauseNs[at] = pause; stats.pauseEnd[at] = end; stats.pauseTotalNs += pause;
    env.sink?.stwEnd(end, stwMarkTermination);
    // With the world running again: every P lets its spans go, so that they can be swept.
    this.malloc.flushAll();
    env.stopped(flushPerProcNs);
    this.stack.freeSpans();
    const record = {
      n: this.numGC, start: this.#start, sweepTermNs: this.#sweepTermNs, markNs: markEnd - this.#markStart, markTermNs: end - markEnd,
      assistNs: gc.assistTime, backgroundNs: background, idleNs: gc.idleMarkTime,
      heapStart: this.#heapStart, heapEnd, heapMarked: gc.heapMarked, heapGoal: goal, trigger: this.#heapStart,
      stackBytes, globalBytes: gc.globalsScan, procs: env.procs, forced: this.#forced, cpuFraction: stats.gcCPUFraction,
    };
    const cycle: GCCycle = { ...record, line: gctraceLine(record) };
    env.trace(cycle.line);
    env.sink?.cycle(cycle);
    this.#sample();
    env.cycleDone(cycle);
    return cycle;
  }
  /** How much memory the heap may keep: 10 % more than what the next goal will need at the last cycle's ratio of pages to goal. */
  #scavengeGoal(lastGoal: number): number {
    const { gc } = this;
    if (lastGoal <= 0 || gc.gcPercent < 0) return Infinity;
    const bytes = Math.ceil((gc.heapInUse * (gc.gcPercentHeapGoal / lastGoal) * 1.1) / 4096) * 4096;
    return gc.heapInUse + gc.heapFree - bytes < 4096 ? Infinity : bytes;
  }

  /** Sweeps in the background for about budget ns; ns used, 0 when all is swept. */
  sweep(budget: number): number {
    let used = 0;
    while (used < budget && !this.sweeper.done) {
      if (this.sweeper.sweepone() < 0) { this.sweepDone(); break; }
      used += sweepSpanNs;
    }
    return used;
  }
  sweepDone(): void {
    this.gc.commit(true);
    this.env.sink?.phase(this.env.now(), this.numGC, phaseOff);
    this.#sample();
  }

  /** A whole cycle at once, as runtime.GC waits for it: mark and sweep everything. */
  collect(): void {
    if (this.gcphase === 0) this.start('cycle');
    while (this.markWork) this.env.stopped(this.mark(100_000, 'dedicated'));
    this.terminate();
    this.sweeper.finish();
    this.sweepDone();
  }

  /** The write barrier: a pointer in slot is about to be overwritten by p (hybrid barrier: both are shaded). */
  barrier(slot: number, p: number): void {
    this.marker.grey(this.marker.mem.u32[slot >>> 2]);
    this.marker.grey(p);
  }
}
