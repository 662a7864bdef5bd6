/** Natives that park goroutines: semaphores and sleep; and the virtual clock. */
import { yieldPark } from '../abi/machine.ts';
import type { G } from './machine.ts';
import type { Entries, RtEnv } from './rt.ts';
import type { Run } from './run.ts';

export function schedNatives(env: RtEnv, run: Run): Entries {
  const { m } = env;
  const mem = m.mem;
  /** Goroutines waiting at semaphores, by the semaphore's address. */
  const sema = new Map<number, G[]>();
  return {
    'sync.runtime_Semacquire': (p: number) => {
      p >>>= 0;
      if (mem.u32[p >>> 2] > 0) { mem.u32[p >>> 2]--; return; }
      const q = sema.get(p);
      if (q) q.push(m.current!); else sema.set(p, [m.current!]);
      m.current!.waiting = 'sync.Mutex.Lock';
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
    // States of a range-over-func loop, as lowering numbers them.
    'runtime.panicrangestate': (state: bigint) => m.panics.runtimeError(
      Number(state) === 0 ? 'range function continued iteration after function for loop body returned false'
        : Number(state) === 1 ? 'range function continued iteration after loop body panic'
          : Number(state) === 2 ? 'range function continued iteration after whole loop exit' : 'range function recovered a loop body panic and did not resume panicking'),
    'sync.poolsAt': () => undefined,
    'time.now': () => BigInt(Math.floor(m.now())),
    'time.startTimer': (fn: number, ns: bigint) => BigInt(run.startTimer(fn >>> 0, Number(ns))),
    'time.stopTimer': (id: bigint) => (run.stopTimer(Number(id)) ? 1 : 0),
    'time.sleep': (ns: bigint) => run.sleep(Number(ns)),
  };
}
