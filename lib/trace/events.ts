/**
 * What a run tells about its heap: the narrow waist between the engine and
 * everything that draws. Rules are numbered in SPEC.md.
 *
 * The runtime calls an EventSink; a log (log.ts) encodes the calls as a bounded
 * binary stream at a level and keeps the digest, which covers the canonical
 * stream of every level alike. Times are virtual nanoseconds, sizes bytes,
 * addresses offsets into linear memory.
 */

import type { Mem } from '../abi/memory.ts';

/** counts: totals per site and class only. sampled: every allocation counts, some are logged. full: all are logged. */
export type EventLevel = 'counts' | 'sampled' | 'full';

export const evAlloc = 1, evFree = 2, evSpanAlloc = 3, evSpanFree = 4, evSweepSpan = 5, evPhase = 6, evStwBegin = 7, evStwEnd = 8;
export const evPacer = 9, evCycle = 10, evStackGrow = 11, evHeapGrow = 12, evGoCreate = 13, evGoEnd = 14, evGoState = 15, evAssist = 16, evScavenge = 17, evMark = 18;

/** GC phases as the event stream names them. */
export const phaseOff = 0, phaseMark = 1, phaseMarkTermination = 2, phaseSweep = 3;
/** Reasons of a pause. */
export const stwSweepTermination = 0, stwMarkTermination = 1, stwReadMemStats = 2, stwOther = 3;

/** States of a goroutine: running, runnable, and from goWaiting on the reason it waits for, as its traceback says it. */
export const goRunning = 1, goRunnable = 2, goWaiting = 3;
export const waitReasons: readonly string[] = [
  'chan receive', 'chan send', 'select', 'sleep', 'sync.Mutex.Lock', 'sync.RWMutex.RLock', 'sync.RWMutex.Lock', 'sync.WaitGroup.Wait', 'sync.Cond.Wait',
  'chan receive (nil chan)', 'chan send (nil chan)', 'select (no cases)', 'IO wait',
];
/** The state of a goroutine that waits; an unknown reason comes after all known ones. */
export function waitReason(text: string): number {
  const i = waitReasons.indexOf(text);
  return goWaiting + (i < 0 ? waitReasons.length : i);
}

/** Called by the runtime as things happen. An absent sink costs one test. */
export interface EventSink {
  /** Prepares to have allocations counted by compiled code (lib/abi/mcache.ts); false: every one must be told. */
  share?(mem: Mem): boolean;
  /** Lets compiled code count what it allocates at site and other sites lent before, until the sink is told anything. */
  lend?(site: number): void;
  /** An object of size bytes (its class's size) was allocated at addr by site, asked bytes being requested. tiny: combined into a tiny block. */
  alloc(now: number, addr: number, size: number, asked: number, spanclass: number, site: number, tiny: boolean): void;
  /** Sweeping a span freed nfreed objects of size bytes. */
  sweepSpan(now: number, base: number, spanclass: number, nfreed: number, size: number): void;
  spanAlloc(now: number, base: number, npages: number, spanclass: number): void;
  spanFree(now: number, base: number, npages: number, spanclass: number): void;
  /** The heap obtained bytes more from the (simulated) system. */
  heapGrow(now: number, base: number, bytes: number): void;
  phase(now: number, cycle: number, phase: number): void;
  stwBegin(now: number, reason: number): void;
  stwEnd(now: number, reason: number): void;
  /** A sample of the pacer's view. */
  pacer(now: number, heapLive: number, heapGoal: number, trigger: number, heapMarked: number): void;
  /** A cycle ended: everything a gctrace line needs is in the record. */
  cycle(c: GCCycle): void;
  /** Mark work done in this slice: bytes scanned, objects blackened. */
  mark(now: number, scannedBytes: number, objects: number): void;
  assist(now: number, goid: number, ns: number, bytes: number): void;
  stackGrow(now: number, goid: number, from: number, to: number): void;
  scavenge(now: number, base: number, bytes: number): void;
  goCreate(now: number, goid: number, parent: number, site: number): void;
  goEnd(now: number, goid: number): void;
  /** state: goRunning, goRunnable or waitReason(…). */
  goState(now: number, goid: number, state: number): void;
}

/** One collection, as gctrace counts it. Times in virtual ns, sizes in bytes. */
export interface GCCycle {
  readonly n: number;
  readonly start: number;
  /** Wall time of sweep termination, concurrent mark, mark termination. */
  readonly sweepTermNs: number; readonly markNs: number; readonly markTermNs: number;
  /** CPU time: assists, dedicated+fractional workers, idle workers. */
  readonly assistNs: number; readonly backgroundNs: number; readonly idleNs: number;
  readonly heapStart: number; readonly heapEnd: number; readonly heapMarked: number; readonly heapGoal: number; readonly trigger: number;
  readonly stackBytes: number; readonly globalBytes: number; readonly procs: number;
  readonly forced: boolean;
  /** Cumulative GC share of CPU time, 0…1. */
  readonly cpuFraction: number;
  /** The gctrace line, as GODEBUG=gctrace=1 prints it. */
  readonly line: string;
}
