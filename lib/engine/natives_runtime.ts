/** Natives of packages runtime and runtime/debug: the collector, its knobs and its counts. */
import type { MemStats } from '../runtime/mstats.ts';
import { yieldGC, yieldSched } from '../abi/machine.ts';
import type { Entries, RtEnv } from './rt.ts';
import type { Run } from './run.ts';

/** Fields of runtime.MemStats in order, as 8-byte words; PauseNs follows. */
const words: readonly (keyof MemStats)[] = [
  'alloc', 'totalAlloc', 'sys', 'lookups', 'mallocs', 'frees', 'heapAlloc', 'heapSys', 'heapIdle', 'heapInuse', 'heapReleased', 'heapObjects',
  'stackInuse', 'stackSys', 'mspanInuse', 'mspanSys', 'mcacheInuse', 'mcacheSys', 'buckHashSys', 'gcSys', 'otherSys', 'nextGC', 'lastGC', 'pauseTotalNs',
];

export function runtimeNatives(env: RtEnv, run: Run): Entries {
  const { m, rt } = env;
  const { mem } = m;
  /** Fills the MemStats at p. */
  const readMemStats = (p: number): void => {
    const s = rt.readMemStats();
    words.forEach((k, i) => mem.setInt(p + 8 * i, s[k] as number));
    let at = p + 8 * words.length;
    for (let i = 0; i < 256; i++, at += 8) mem.setInt(at, s.pauseNs[i] ?? 0);
    for (let i = 0; i < 256; i++, at += 8) mem.setInt(at, s.pauseEnd[i] ?? 0);
    mem.u32[at >>> 2] = s.numGC;
    mem.u32[(at + 4) >>> 2] = s.numForcedGC;
    mem.f64[(at + 8) >>> 3] = s.gcCPUFraction;
    mem.u8[at + 16] = 1;
    mem.u8[at + 17] = 0;
    at += 24;
    for (let i = 0; i < 61; i++, at += 24) {
      mem.u32[at >>> 2] = s.bySize[i].size;
      mem.setInt(at + 8, s.bySize[i].mallocs);
      mem.setInt(at + 16, s.bySize[i].frees);
    }
  };
  const natives: Record<string, (...a: never[]) => unknown> = {
    'runtime.Goexit': () => m.panics.goexit(),
    // The collection itself runs at the driver, where every frame is in memory.
    'runtime.GC': () => { run.forceGC = true; m.yield(yieldGC); },
    'runtime/debug.FreeOSMemory': () => { run.forceGC = true; run.freeMemory = true; m.yield(yieldGC); },
    'runtime.Gosched': () => { m.yield(yieldSched); },
    'runtime.ReadMemStats': (p: number) => { readMemStats(p >>> 0); },
    'runtime.numGoroutine': () => run.gs.size,
    'runtime.setGOMAXPROCS': (n: number) => {
      const before = run.gomaxprocs;
      if (n > 0) run.gomaxprocs = n;
      return before;
    },
    'runtime.setFinalizer': (object: number, fn: number) => (rt.setFinalizer(object >>> 0, fn >>> 0, 0) ? 1 : 0),
    'runtime/debug.setGCPercent': (p: number) => rt.setGCPercent(p),
    'runtime/debug.setMemoryLimit': (limit: bigint) => {
      const before = rt.setMemoryLimit(limit < 0n ? -1 : Number(limit));
      return before < 2 ** 63 ? BigInt(before) : 0x7fff_ffff_ffff_ffffn;
    },
    'sync.gcCycle': () => run.numGC,
  };
  return natives as Entries;
}
