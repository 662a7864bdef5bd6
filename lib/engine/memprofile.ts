/**
 * The heap profile: which calls allocated what, and what of it is still in use.
 *
 * As in Go allocations are sampled, one each runtime.MemProfileRate bytes on
 * average (exponential gaps; 1 means every one, 0 none). A stack can only be read
 * when every frame is in memory, and allocation is a place where a goroutine may
 * yield: a sampled allocation makes it yield, the driver reads the stack and lets
 * it go on at once. No virtual time passes and no random number of the program's is
 * drawn, so a run gives the same output, events and digest with and without profile.
 *
 * Objects packed into a tiny block are seen when they begin a block, as in Go.
 * SIMPLIFIED: counts are those of the moment; real Go shows allocations as of the
 * end of the last completed collection.
 */
import { cellUnwind, cellYieldReason, unwindNone, unwindYield, yieldProfile } from '../abi/machine.ts';
import { Random } from '../base/random.ts';
import type { FileSet } from '../base/pos.ts';
import type { G, Machine } from './machine.ts';

/** Allocations of one size by one stack, as code points, innermost first. */
export interface Bucket { readonly number: number; readonly stack: readonly number[]; readonly size: number; allocs: number; frees: number }
/** One place of a stack: a code point and the calls there, those inlined included. */
export interface Place { readonly pc: number; readonly frames: readonly { readonly func: string; readonly file: string; readonly line: number }[] }

const maxDepth = 128;

export class MemProfiler {
  readonly #buckets = new Map<string, Bucket>();
  /** Buckets by the number objects carry. */
  readonly #byNumber: Bucket[] = [];
  readonly #pending: { p: number; size: number }[] = [];
  readonly #random: Random;
  #next = -1;
  #lastRate = -1;

  /** rate tells runtime.MemProfileRate now; mark attaches a number to an object, given back to freed when it dies. */
  constructor(readonly m: Machine, seed: number, readonly rate: () => number, readonly mark: (p: number, bucket: number) => void) {
    this.#random = new Random((seed ^ 0x70726f66) >>> 0);
  }
  #gap(rate: number): number { return rate <= 1 ? 0 : Math.ceil(-Math.log(1 - this.#random.float64()) * rate); }

  /** An object of size bytes came to be at p. */
  alloc(p: number, size: number): void {
    const rate = this.rate();
    if (rate <= 0) return;
    if (rate !== this.#lastRate) { this.#lastRate = rate; this.#next = this.#gap(rate); }
    this.#next -= size;
    if (rate > 1 && this.#next >= 0) return;
    this.#next = this.#gap(rate);
    this.#pending.push({ p, size });
    const { i32 } = this.m.mem;
    if (i32[cellUnwind >>> 2] === unwindNone) i32[cellUnwind >>> 2] = unwindYield;
    i32[cellYieldReason >>> 2] |= yieldProfile;
  }
  /** The goroutine is in memory: the stack of what it allocated is read. */
  record(g: G): void {
    if (this.#pending.length === 0) return;
    const stack: number[] = [];
    this.m.walker.forEachFrame(g, (_fp, meta, point) => { if (stack.length < maxDepth) stack.push(meta.pcbase + point); });
    for (const { p, size } of this.#pending) {
      const key = `${size}:${stack.join()}`;
      let b = this.#buckets.get(key);
      if (!b) {
        b = { number: this.#byNumber.length, stack, size, allocs: 0, frees: 0 };
        this.#buckets.set(key, b);
        this.#byNumber.push(b);
      }
      b.allocs++;
      this.mark(p, b.number);
    }
    this.#pending.length = 0;
  }
  freed(bucket: number): void { this.#byNumber[bucket].frees++; }

  /** What was sampled, in the order first seen, with the places of the stacks. */
  buckets(fset: FileSet | undefined): { stack: Place[]; bucket: Bucket }[] {
    const places = new Map<number, Place>();
    const placeOf = (pc: number): Place => {
      let x = places.get(pc);
      if (!x) {
        const f = this.m.func(pc), pos = f.points[pc - f.pcbase].pos;
        const frames = (fset?.frames(pos, f.name) ?? [{ func: f.name, pos }]).map((y) => {
          const at = fset?.position(y.pos);
          return { func: y.func, file: at?.filename ?? '', line: at?.line ?? 0 };
        });
        places.set(pc, (x = { pc, frames }));
      }
      return x;
    };
    return this.#byNumber.map((bucket) => ({ stack: bucket.stack.map(placeOf), bucket }));
  }
}
