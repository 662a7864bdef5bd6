/** Stores of pointers made by the runtime itself: the write barrier while marking, then the store. */
import type { Mem } from '../abi/memory.ts';

export interface BarrierEnv {
  readonly mem: Mem;
  /** 0 off, 1 marking, 2 mark termination. */
  phase(): number;
  barrier(slot: number, p: number): void;
}

/** Stores pointer p (an offset) at slot. */
export function setPtrWords(env: BarrierEnv, slot: number, p: number): void {
  if (env.phase() !== 0) env.barrier(slot, p);
  env.mem.setPtr(slot, p);
}
