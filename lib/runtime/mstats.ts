/**
 * Memory statistics: the counts behind runtime.MemStats.
 *
 * Small objects are counted when a span leaves its mcache, large ones at once,
 * so the counts are exact only after every mcache was flushed, which is what
 * ReadMemStats does with the world stopped.
 *
 * SIMPLIFIED: what the runtime itself takes from the system (BuckHashSys, GCSys,
 * OtherSys, the mcaches) is a constant per Go version, recorded from an empty
 * program; and that program's own first objects (about 250, 80 KB) do not exist.
 */
import type { GCController } from '../pacer/pacer.ts';
import { classSize, numSizeClasses } from './sizes.ts';

/** runtime.MemStats; times in virtual ns. */
export interface MemStats {
  alloc: number; totalAlloc: number; sys: number; lookups: number; mallocs: number; frees: number;
  heapAlloc: number; heapSys: number; heapIdle: number; heapInuse: number; heapReleased: number; heapObjects: number;
  stackInuse: number; stackSys: number; mspanInuse: number; mspanSys: number; mcacheInuse: number; mcacheSys: number;
  buckHashSys: number; gcSys: number; otherSys: number;
  nextGC: number; lastGC: number; pauseTotalNs: number; pauseNs: number[]; pauseEnd: number[];
  numGC: number; numForcedGC: number; gcCPUFraction: number;
  bySize: { size: number; mallocs: number; frees: number }[];
}
/** Entries of MemStats.BySize: the classes up to 18,432 bytes. */
export const bySizeLen = 61;

const mspanBytes = 160, fixallocChunk = 16384;

interface Overhead { readonly mcache: number; readonly buckHash: number; readonly gc: number; readonly other: number }
/** Recorded from `memstats` of the golden programs (1.23, 1.25, 1.26); the other versions take their neighbour's. */
function overhead(version: number): Overhead {
  if (version <= 23) return { mcache: 1200, buckHash: 2407, gc: 1523680, other: 366105 };
  if (version <= 25) return { mcache: 1208, buckHash: 2450, gc: 1546000, other: 590486 };
  return { mcache: 2296, buckHash: 1442817, gc: 1615648, other: 589743 };
}

export class MStats {
  largeAlloc = 0; largeAllocCount = 0; largeFree = 0; largeFreeCount = 0; tinyAllocCount = 0;
  readonly smallAllocCount = new Float64Array(numSizeClasses);
  readonly smallFreeCount = new Float64Array(numSizeClasses);
  inHeap = 0; inStacks = 0; inWorkBufs = 0; committed = 0; released = 0;
  arenas = 0;
  spansInUse = 0;
  #mspanSys = 0;
  numGC = 0; numForcedGC = 0; pauseTotalNs = 0; lastGC = 0; gcCPUFraction = 0;
  readonly pauseNs = new Float64Array(256);
  readonly pauseEnd = new Float64Array(256);
  readonly #fixed: Overhead;

  constructor(readonly gc: GCController, version: number, readonly procs: number) {
    this.#fixed = overhead(version);
    const f = this.#fixed;
    this.#mspanSys = Math.floor(fixallocChunk / mspanBytes) * mspanBytes;
    // All of it is mapped and ready from the start.
    gc.mappedReady += this.#mspanSys + this.#mcacheSys() + f.buckHash + f.gc + f.other;
  }
  #mcacheSys(): number { const n = this.#fixed.mcache; return Math.floor(fixallocChunk / n) * n; }
  /** The largest number of spans there were at once decides how many chunks of span records exist. */
  setSpansMost(n: number): void {
    const per = Math.floor(fixallocChunk / mspanBytes), sys = Math.ceil(n / per) * per * mspanBytes;
    if (sys > this.#mspanSys) { this.gc.mappedReady += sys - this.#mspanSys; this.#mspanSys = sys; }
  }

  /** The statistics; mcaches must have been flushed. */
  read(spansInUse: number): MemStats {
    const { gc } = this, f = this.#fixed;
    let totalAlloc = this.largeAlloc, mallocs = this.largeAllocCount, totalFree = this.largeFree, frees = this.largeFreeCount;
    const bySize: MemStats['bySize'] = [];
    for (let i = 0; i < numSizeClasses; i++) {
      const a = this.smallAllocCount[i], d = this.smallFreeCount[i], size = classSize[i];
      totalAlloc += a * size; mallocs += a; totalFree += d * size; frees += d;
      if (i < bySizeLen) bySize.push({ size, mallocs: a, frees: d });
    }
    mallocs += this.tinyAllocCount;
    frees += this.tinyAllocCount;
    const heapSys = gc.heapInUse + gc.heapFree + gc.heapReleased;
    const mcacheSys = this.#mcacheSys(), gcSys = f.gc + this.inWorkBufs;
    return {
      alloc: totalAlloc - totalFree, totalAlloc, lookups: 0, mallocs, frees,
      sys: heapSys + this.inStacks + this.#mspanSys + mcacheSys + f.buckHash + gcSys + f.other,
      heapAlloc: totalAlloc - totalFree, heapSys, heapIdle: gc.heapFree + gc.heapReleased, heapInuse: gc.heapInUse,
      heapReleased: gc.heapReleased, heapObjects: mallocs - frees,
      stackInuse: this.inStacks, stackSys: this.inStacks,
      mspanInuse: spansInUse * mspanBytes, mspanSys: this.#mspanSys, mcacheInuse: this.procs * f.mcache, mcacheSys,
      buckHashSys: f.buckHash, gcSys, otherSys: f.other,
      nextGC: gc.heapGoal(), lastGC: this.lastGC, pauseTotalNs: this.pauseTotalNs,
      pauseNs: Array.from(this.pauseNs), pauseEnd: Array.from(this.pauseEnd),
      numGC: this.numGC, numForcedGC: this.numForcedGC, gcCPUFraction: this.gcCPUFraction, bySize,
    };
  }
}
