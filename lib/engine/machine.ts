/**
 * The driver: runs compiled code goroutine by goroutine.
 *
 * Between two entries into wasm every goroutine is just memory: its frames lie on
 * its Go stack, the innermost at sp. To run one, the driver calls the innermost
 * frame's function again (compile/emit.ts tells how it continues); when that
 * returns, its caller's frame is the next, and so on until sp reaches the stack's
 * end. When wasm comes back with `unwind` set, all live frames are in memory again
 * and the driver does what was asked: collect, grow the stack, switch, stop.
 *
 * The guard word bounds two things at once: the Go stack (a frame must fit above
 * lo + stackReserve) and, by counting from where the driver entered, the host's own
 * stack (hostBudget bytes of Go frames per entry). Time is the fuel spent: a slice
 * ends when fuel runs out.
 */
import { Mem, arenaBase, staticBase, staticuint64s } from '../abi/memory.ts';
import {
  cellFuel, cellGuard, cellPanicking, cellReload, cellResume, cellResumeGuard, cellSP, cellUnwind, cellYieldReason, resumeGuard, stackReserve,
  unwindNone, unwindPanic, unwindYield, yieldCallers, yieldEnd, yieldGC, yieldPark, yieldProfile, yieldSched,
} from '../abi/machine.ts';
import { resultArea } from '../abi/imports.ts';
import { ticksPerNs } from '../abi/cost.ts';
import type { FuncMeta, Program } from '../compile/link.ts';
import { StackWalker } from './stackmap.ts';
import { Panics, type Defer, type Panic } from './panic.ts';

/** Bytes of Go frames one entry into wasm may use before it returns to the driver. Every Go frame is at least a fifth of its wasm frame. */
export const hostBudget = 80_000;
export const fixedStack = 2048;
export const maxStackSize = 1_000_000_000;

/** A goroutine. Addresses are offsets. */
export class G {
  lo = 0; hi = 0; sp = 0;
  /** Closure to start with; 0 once running. */
  fn = 0;
  done = false;
  /** Result words for the blocking call it resumes from. */
  results: readonly number[] | undefined = undefined;
  readonly defers: Defer[] = [];
  readonly panics: Panic[] = [];
  /** Text of the panic to raise when it is woken: a channel it sends to was closed. */
  wakePanic = '';
  /** What it waits for, in Go's words; '' when it does not. */
  waiting = '';
  /** Bytes it may allocate before it owes marking (gcAssistBytes). */
  assistBytes = 0;
  /** As events tell it: goRunning, goRunnable, or what it waits for. */
  state = 0;
  /** Virtual ns it has run since it was switched to. */
  ran = 0;
  /** The goroutine that started it, 0 for the first. */
  parent = 0;
  /** Frames that deferred calls of range-over-func bodies belong to, by token: distance of the frame from the stack's end. */
  readonly deferFrames: number[] = [];
  constructor(readonly id: number, readonly site: number) {}
}

/** Why a goroutine came back to the driver. */
export type Stop = 'done' | 'slice' | 'park' | 'sched' | 'gc' | 'panic' | 'overflow';

export interface MachineHooks {
  stackAlloc(n: number): number;
  stackFree(lo: number, n: number): void;
  /** Pointers outside the stack into it (channel waits) move by delta. */
  stackMoved?(g: G, lo: number, hi: number, delta: number): void;
  stackGrow?(g: G, from: number, to: number): void;
}

type Resume = (table: number) => void;

export class Machine {
  readonly mem: Mem;
  readonly panics: Panics;
  readonly walker: StackWalker;
  readonly exports: WebAssembly.Exports;
  readonly #start: (closure: number) => void;
  readonly #resumeOf: Resume[] = [];
  /** Function number by code point. */
  readonly #funcAt: Uint32Array;
  current: G | undefined = undefined;
  /** Virtual ns spent by goroutines. */
  clock = 0;
  #sliceTicks = 0;

  constructor(readonly program: Program, memory: WebAssembly.Memory, imports: (m: Machine) => WebAssembly.Imports, readonly hooks: MachineHooks, module?: WebAssembly.Module) {
    this.mem = new Mem(memory);
    this.mem.ensure(Math.max(arenaBase, program.staticEnd));
    this.mem.u8.set(program.image, staticBase);
    for (let i = 0; i < 256; i++) this.mem.u32[(staticuint64s >>> 2) + 2 * i] = i;
    const last = program.funcs[program.funcs.length - 1];
    this.#funcAt = new Uint32Array(last ? last.pcbase + last.points.length : 1);
    program.funcs.forEach((f, i) => { for (let p = 0; p < f.points.length; p++) this.#funcAt[f.pcbase + p] = i; });
    this.walker = new StackWalker(this);
    this.panics = new Panics(this);
    const instance = new WebAssembly.Instance(module ?? new WebAssembly.Module(program.bytes as BufferSource), { env: { memory }, chk: this.panics.imports(), ...imports(this) });
    this.exports = instance.exports;
    this.#start = instance.exports.start as (c: number) => void;
    program.funcs.forEach((f, i) => { this.#resumeOf[i] = instance.exports[`resume:${f.sig}`] as Resume; });
  }

  /** Is pc the number of a place in the program? */
  isCode(pc: number): boolean { return pc >= 0 && pc < this.#funcAt.length; }
  func(pc: number): FuncMeta { return this.program.funcs[this.#funcAt[pc]]; }

  newG(id: number, fn: number, site: number): G {
    const g = new G(id, site);
    g.lo = this.hooks.stackAlloc(fixedStack);
    g.hi = g.sp = g.lo + fixedStack;
    g.fn = fn;
    return g;
  }
  freeG(g: G): void {
    if (g.hi > g.lo) this.hooks.stackFree(g.lo, g.hi - g.lo);
    g.hi = g.lo = g.sp = 0;
    g.done = true;
  }

  /** Ticks left in the slice. */
  get fuel(): number { return this.mem.i32[cellFuel >>> 2]; }
  /** Charges ns of work done outside of compiled code. */
  spend(ns: number): void { this.mem.i32[cellFuel >>> 2] -= Math.round(ns * ticksPerNs); }
  /** Virtual time now, while a goroutine runs. */
  now(): number { return this.clock + (this.#sliceTicks - this.mem.i32[cellFuel >>> 2]) / ticksPerNs; }
  /** Called when a goroutine came back to the driver and all it did must be seen. */
  onStop: (() => void) | undefined = undefined;
  #account(): void {
    const left = this.mem.i32[cellFuel >>> 2];
    this.clock += (this.#sliceTicks - left) / ticksPerNs;
    this.#sliceTicks = left;
  }

  /** Runs g for at most sliceNs, until it ends, blocks or something must be done. */
  run(g: G, sliceNs: number): Stop {
    this.current = g;
    const i32 = (): Int32Array => this.mem.i32;
    this.#sliceTicks = Math.min(0x7fff_0000, Math.round(sliceNs * ticksPerNs));
    i32()[cellFuel >>> 2] = this.#sliceTicks;
    i32()[cellYieldReason >>> 2] = 0;
    i32()[cellUnwind >>> 2] = unwindNone;
    i32()[cellPanicking >>> 2] = g.panics.length > 0 ? 1 : 0;
    const stop = this.#loop(g);
    this.onStop?.();
    this.#account();
    return stop;
  }

  #loop(g: G): Stop {
    for (;;) {
      const m = this.mem.i32;
      if (g.fn !== 0) {
        const fn = g.fn;
        g.fn = 0;
        m[cellSP >>> 2] = g.sp;
        m[cellGuard >>> 2] = Math.max(g.lo + stackReserve, g.sp - hostBudget);
        this.#start(fn);
      } else if (g.wakePanic !== '') {
        this.panics.raise('plain', g.wakePanic);
        g.wakePanic = '';
        if (!this.#panicDown(g)) return 'panic';
        continue;
      } else if (g.sp === g.hi) {
        return 'done';
      } else {
        const pc = m[g.sp >>> 2];
        const f = this.#funcAt[pc];
        m[cellSP >>> 2] = g.sp;
        const meta = this.program.funcs[f];
        // A frame larger than the whole budget must still be able to begin.
        const need = pc === meta.pcbase + 1 ? meta.frameSize - meta.entrySize : 0;
        m[cellResumeGuard >>> 2] = Math.max(g.lo + stackReserve, Math.min(g.sp - hostBudget, g.sp - need));
        m[cellGuard >>> 2] = g.sp + resumeGuard;
        m[cellResume >>> 2] = pc - meta.pcbase;
        if (g.results) {
          for (let i = 0; i < g.results.length; i++) this.mem.setInt(resultArea + 8 * i, g.results[i]);
          g.results = undefined;
          m[cellReload >>> 2] = 1;
        } else m[cellReload >>> 2] = 0;
        this.#resumeOf[f](this.program.funcs[f].table);
      }
      const w = this.mem.i32;
      g.sp = w[cellSP >>> 2];
      const unwind = w[cellUnwind >>> 2];
      if (unwind === unwindNone) continue;
      if (unwind === unwindPanic) {
        if (!this.#panicDown(g)) return 'panic';
        continue;
      }
      w[cellUnwind >>> 2] = unwindNone;
      const reason = w[cellYieldReason >>> 2];
      w[cellYieldReason >>> 2] = 0;
      if (reason & yieldProfile) this.onProfile?.(g);
      if (reason & yieldCallers) this.onCallers?.(g);
      if (reason & yieldEnd) return 'done';
      if (!this.#ensureStack(g)) return 'overflow';
      if (reason & yieldPark) { if (reason & yieldGC) this.gcWanted = true; return 'park'; }
      if (reason & yieldGC) return 'gc';
      if (reason & yieldSched) return 'sched';
      // Reading a stack must not end a slice earlier than it would have ended.
      if (w[cellFuel >>> 2] < 0 && (reason & (yieldProfile | yieldCallers)) === 0) return 'slice';
    }
  }
  /** The text of a panic value that has an Error or String method, once it was called. */
  panicString: ((p: Panic) => string | undefined) | undefined = undefined;
  /** Reads the stack of a goroutine whose allocation is sampled. */
  onProfile: ((g: G) => void) | undefined = undefined;
  /** Answers runtime.Callers of a goroutine that is in memory now. */
  onCallers: ((g: G) => void) | undefined = undefined;
  /** A collection became due in the same call that parked the goroutine. */
  gcWanted = false;

  /** A panic left wasm: passes over frames in memory up to one with deferred calls. False at the bottom. */
  #panicDown(g: G): boolean {
    const m = this.mem;
    while (g.sp < g.hi) {
      const pc = m.i32[g.sp >>> 2];
      const f = this.func(pc);
      if (f.defers && pc !== f.pcbase + 1) {
        return true;
      }
      this.panics.note(g, pc);
      g.sp += pc === f.pcbase + 1 ? f.entrySize : f.frameSize;
    }
    return false;
  }

  /** Makes room for the frame a yielding prologue asked for. False when the stack's limit is reached. */
  #ensureStack(g: G): boolean {
    if (g.sp >= g.hi) return true;
    const pc = this.mem.i32[g.sp >>> 2];
    const f = this.func(pc);
    if (pc !== f.pcbase + 1) return true;
    const need = f.frameSize - f.entrySize;
    if (g.sp - need >= g.lo + stackReserve) return true;
    let size = (g.hi - g.lo) * 2;
    while (size - (g.hi - g.sp) - need < stackReserve) size *= 2;
    if (size > maxStackSize) return false;
    this.moveStack(g, size);
    return true;
  }
  /** Moves a goroutine's stack to a new one of n bytes. It must not be running. */
  moveStack(g: G, n: number): void {
    const { lo, hi } = g, used = hi - g.sp;
    const slots: number[] = [];
    this.walker.forEachSlot(g, (a) => { const p = this.mem.u32[a >>> 2]; if (p >= lo && p < hi) slots.push(a); });
    const to = this.hooks.stackAlloc(n);
    const delta = to + n - hi;
    const m = this.mem;
    m.u8.copyWithin(to + n - used, g.sp, hi);
    for (const a of slots) m.u32[(a + delta) >>> 2] += delta;
    for (const d of g.defers) if (d.fn >= lo && d.fn < hi) d.fn += delta;
    for (const p of g.panics) if (p.data >= lo && p.data < hi) p.data += delta;
    g.lo = to;
    g.hi = to + n;
    g.sp += delta;
    this.hooks.stackMoved?.(g, lo, hi, delta);
    this.hooks.stackGrow?.(g, hi - lo, n);
    this.hooks.stackFree(lo, hi - lo);
  }

  /** Makes the running goroutine yield at once: for imports that block. */
  yield(reason: number): void {
    this.mem.i32[cellUnwind >>> 2] = unwindYield;
    this.mem.i32[cellYieldReason >>> 2] |= reason;
  }
}
