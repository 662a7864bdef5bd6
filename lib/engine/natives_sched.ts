/** Natives that park goroutines: semaphores and sleep; and the virtual clock. */
import { resultArea } from '../abi/imports.ts';
import { yieldPark } from '../abi/machine.ts';
import type { G } from './machine.ts';
import type { Entries, RtEnv } from './rt.ts';
import type { Run } from './run.ts';

/** What a loop function called out of turn panics with, by the loop's state (internal/abi: RF_DONE, READY, PANIC, EXHAUSTED, MISSING_PANIC). */
const rangeStates: readonly string[] = [
  'range function continued iteration after function for loop body returned false', '',
  'range function continued iteration after loop body panic', 'range function continued iteration after whole loop exit',
  'range function recovered a loop body panic and did not resume panicking',
];

/** Why a goroutine waits at a semaphore, by lib/std/sync's numbers. */
const semaReasons = ['sync.Mutex.Lock', 'sync.RWMutex.RLock', 'sync.RWMutex.Lock', 'sync.WaitGroup.Wait', 'sync.Cond.Wait'];

export function schedNatives(env: RtEnv, run: Run): Entries {
  const { m } = env;
  const mem = m.mem;
  /** Goroutines waiting at semaphores, by the semaphore's address. */
  const sema = new Map<number, G[]>();
  return {
    'sync.runtime_Semacquire': (p: number, why: number) => {
      p >>>= 0;
      if (mem.u32[p >>> 2] > 0) { mem.u32[p >>> 2]--; return; }
      const q = sema.get(p);
      if (q) q.push(m.current!); else sema.set(p, [m.current!]);
      m.current!.waiting = semaReasons[why];
      m.yield(yieldPark);
    },
    'sync.runtime_Semrelease': (p: number) => {
      p >>>= 0;
      const q = sema.get(p);
      if (!q) { mem.u32[p >>> 2]++; return; }
      const g = q.shift()!;
      if (q.length === 0) sema.delete(p);
      run.ready(g);
    },
    'runtime.panicrangestate': (state: bigint) => m.panics.runtimeError(rangeStates[Number(state)] ?? `bad state ${state}`),
    'runtime.deferrangefunc': () => { mem.setInt(resultArea + 8, m.panics.deferToken()); return 0; },
    'time.now': () => BigInt(Math.floor(m.now())),
    'time.startTimer': (fn: number, ns: bigint) => BigInt(run.startTimer(fn >>> 0, Number(ns))),
    'time.stopTimer': (id: bigint) => (run.stopTimer(Number(id)) ? 1 : 0),
    'time.sleep': (ns: bigint) => run.sleep(Number(ns)),
  };
}
