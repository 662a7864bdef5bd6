/**
 * What is live on a goroutine's stack.
 *
 * Each frame names its code point, whose stack map lists the words that hold live
 * pointers. A pointer into the stack itself keeps the variable it points at alive,
 * whether or not its name will be used again: such variables (StackObject) are
 * scanned when a pointer to them is found, as Go does (runtime/mgcstack.go).
 */
import type { Machine, G } from './machine.ts';
import type { FuncMeta } from '../compile/link.ts';

export class StackWalker {
  constructor(readonly machine: Machine) {}

  /** Calls f for every frame from the innermost: frame address, function, code point (local number). */
  forEachFrame(g: G, f: (fp: number, meta: FuncMeta, point: number) => void): void {
    const m = this.machine;
    for (let sp = g.sp; sp < g.hi;) {
      const pc = m.mem.i32[sp >>> 2];
      const meta = m.func(pc);
      const point = pc - meta.pcbase;
      f(sp, meta, point);
      sp += point === 1 ? meta.entrySize : meta.frameSize;
    }
  }

  /** Calls visit with the address of every word that holds a live pointer (nil ones included). */
  forEachSlot(g: G, visit: (slot: number) => void): void {
    const mem = this.machine.mem;
    const frames: number[] = [], metas: FuncMeta[] = [];
    const work: number[] = [];
    const seen = new Set<number>();
    const slot = (a: number): void => {
      if (seen.has(a)) return;
      seen.add(a);
      visit(a);
      const p = mem.u32[a >>> 2];
      if (p >= g.lo && p < g.hi) work.push(p);
    };
    this.forEachFrame(g, (fp, meta, point) => {
      frames.push(fp);
      metas.push(point === 1 ? entryOnly : meta);
      const live = meta.points[point].live;
      if (live) for (const o of live) slot(fp + o);
    });
    for (const d of g.defers) if (d.fn >= g.lo && d.fn < g.hi) work.push(d.fn);
    for (const p of g.panics) if (p.data >= g.lo && p.data < g.hi) work.push(p.data);
    while (work.length > 0) {
      const p = work.pop()!;
      let lo = 0, hi = frames.length;
      while (hi - lo > 1) { const mid = (lo + hi) >> 1; if (frames[mid] <= p) lo = mid; else hi = mid; }
      if (frames.length === 0) continue;
      const off = p - frames[lo];
      for (const o of metas[lo].objects) {
        if (off < o.off || off >= o.off + Math.max(1, o.size)) continue;
        for (const q of o.ptrs) slot(frames[lo] + q);
      }
    }
  }
}
/** An entry frame holds parameters only. */
const entryOnly = { objects: [] } as unknown as FuncMeta;
