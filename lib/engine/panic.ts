/**
 * Panics, deferred calls, recover and Goexit.
 *
 * A panic unwinds: each function returns, leaving its code point in the panic's
 * traceback, until one with deferred calls is reached; that one runs them from its
 * exit (compile/defer.ts), still on its own frame. SIMPLIFIED: real Go runs them on
 * top of the panicking frames; the difference shows only to code that inspects its
 * own stack, and the traceback was taken before.
 *
 * Deferred calls are kept per goroutine as {frame, closure}, frames being told apart
 * by their distance from the stack's end, which moving the stack preserves. recover
 * works in the function that the exit called directly: its frame begins where the
 * deferring frame's sp stood (argp).
 *
 * Panics form a list, oldest first. One that a later panic passes is aborted; one
 * that was recovered leaves the list when its deferred call returns, together with
 * the aborted ones below it; an aborted Goexit goes on then (runtime/panic.go).
 */
import { cellPanicking, cellSP, cellUnwind, unwindNone, unwindPanic } from '../abi/machine.ts';
import { resultArea } from '../abi/imports.ts';
import { zerobase } from '../abi/memory.ts';
import { nsDefer, nsPanic } from '../abi/cost.ts';
import type { G, Machine } from './machine.ts';
import { boundsText } from './errors.ts';
import { panicFrame } from './traceback.ts';

/** inner: frame is where the deferring frame begins, not where it ends (deferred from the body of a range-over-func loop). */
export interface Defer { readonly frame: number; fn: number; readonly inner: boolean }
export interface Panic {
  readonly typ: number; data: number; readonly goexit: boolean;
  recovered: boolean; aborted: boolean; repanicked: boolean;
  /** Where the running deferred call's frame begins; -1 while none runs. */
  argp: number;
  /** Where the frame that runs a deferred call begins, as distance from the stack's end; -1 while none runs. */
  runner: number;
  /** Code points passed, innermost first. */
  readonly trace: number[];
  /** Text of a run-time error that has no Go value. */
  readonly text: string;
  /** A memory fault: its signal is printed too. */
  readonly fault: boolean;
  /** A fatal error: it ends the program once the calls it passes are known; nothing recovers it. */
  readonly fatal: boolean;
}

/** Sorts of run-time errors: their text has the prefix "runtime error: " or not; failed bounds checks and assertions have types of their own. */
export type ErrorKind = 'error' | 'plain' | 'bounds' | 'assertion' | 'unhashable';
/** Makes the Go value of a run-time error; undefined when the program has no such type. */
export type ErrorMaker = (kind: ErrorKind, text: string) => { typ: number; data: number } | undefined;

export class Panics {
  makeError: ErrorMaker = () => undefined;
  /** Called for a pointer store while the barrier is on. */
  barrier: (slot: number, p: number) => void = () => undefined;
  /** A pointer is kept here: while the heap is marked, its object must be. */
  shade: (p: number) => void = () => undefined;
  #im = 0;
  constructor(readonly m: Machine) {}

  imports(): WebAssembly.ModuleImports {
    return {
      nil: () => this.raise('error', 'invalid memory address or nil pointer dereference', true),
      divide: () => this.runtimeError('integer divide by zero'),
      shift: () => this.runtimeError('negative shift amount'),
      bounds: (code: number, x: bigint, y: bigint, signed: number) => this.raise('bounds', boundsText(code, x, y, signed !== 0)),
      trace: (pc: number) => this.note(this.m.current!, pc),
      barrier: (slot: number, p: number) => this.barrier(slot >>> 0, p >>> 0),
      wrapper: (top: number, fp: number) => this.#wrapper(top, fp),
      gopanic: (typ: number, data: number) => this.gopanic(typ >>> 0, data >>> 0),
      gorecover: (top: number) => this.#recover(top),
      deferproc: (top: number, fn: number) => this.deferproc(top, fn >>> 0),
      nextdefer: (top: number, mode: number) => this.#next(top, mode),
      deferdone: (_top: number, mode: number) => this.#done(mode),
      complexdiv: (a: number, b: number, c: number, d: number) => this.#complexDiv(a, b, c, d),
      complexdivim: () => this.#im,
    };
  }

  #set(unwind: number): void { this.m.mem.i32[cellUnwind >>> 2] = unwind; }
  #panicking(g: G): void { this.m.mem.i32[cellPanicking >>> 2] = g.panics.length > 0 ? 1 : 0; }

  runtimeError(text: string): void { this.raise('error', text); }
  raise(kind: ErrorKind, text: string, fault = false): void {
    const v = this.makeError(kind, text);
    this.#push(v?.typ ?? 0, v?.data ?? 0, { text: kind === 'error' || kind === 'bounds' ? `runtime error: ${text}` : text, fault });
  }
  /** `fatal error: ` + text: unwinds the goroutine for its trace; its deferred calls do not run. */
  fatal(text: string): void { this.#push(0, 0, { text, fatal: true }); }
  gopanic(typ: number, data: number): void {
    if (typ === 0 && this.nilError() !== 0) {
      const t = this.nilError();
      this.#push(t, zerobase);
    } else this.#push(typ, data);
  }
  /** Descriptor of *runtime.PanicNilError, 0 before Go 1.21 or without package runtime. */
  nilError: () => number = () => 0;
  goexit(): void { this.#push(0, 0, { goexit: true }); }
  #push(typ: number, data: number, { goexit = false, text = '', fault = false, fatal = false } = {}): void {
    const g = this.m.current!;
    this.m.spend(nsPanic);
    this.shade(data);
    const below = g.panics[g.panics.length - 1];
    // Panicking again with the value just recovered.
    if (below?.recovered && typ !== 0 && below.typ === typ && below.data === data) below.repanicked = true;
    g.panics.push({ typ, data, goexit, recovered: false, aborted: false, repanicked: false, argp: -1, runner: -1, trace: [], text, fault, fatal });
    this.#set(unwindPanic);
    this.#panicking(g);
  }

  /** A panic passes code point pc. */
  note(g: G, pc: number): void {
    const p = g.panics[g.panics.length - 1];
    if (p && !p.goexit) p.trace.push(pc);
  }

  deferproc(top: number, fn: number): void {
    const g = this.m.current!;
    this.m.spend(nsDefer);
    this.shade(fn);
    g.defers.push({ frame: g.hi - top, fn, inner: false });
  }
  /** A number for the frame that runs now, to which bodies of its range-over-func loops defer. */
  deferToken(): number { const g = this.m.current!; return g.deferFrames.push(g.hi - this.m.mem.i32[cellSP >>> 2]); }
  /** defer in such a body: the call goes among those of the token's frame, below those of calls made since. */
  deferprocAt(token: number, fn: number): void {
    const g = this.m.current!, frame = g.deferFrames[token - 1];
    this.m.spend(nsDefer);
    let i = g.defers.length;
    // A function called from the frame ends where the frame begins: the same number, but not an inner one.
    while (i > 0 && (g.defers[i - 1].frame > frame || (g.defers[i - 1].frame === frame && !g.defers[i - 1].inner))) i--;
    this.shade(fn);
    g.defers.splice(i, 0, { frame, fn, inner: true });
  }

  /** The next deferred closure of the frame that ends at top, or 0. */
  #next(top: number, mode: number): number {
    const g = this.m.current!;
    const d = g.defers[g.defers.length - 1];
    const p = g.panics[g.panics.length - 1];
    if (!d || p?.fatal || (d.inner ? d.frame !== g.hi - this.m.mem.i32[cellSP >>> 2] : d.frame !== g.hi - top)) {
      this.#set(mode === 0 ? unwindNone : unwindPanic);
      return 0;
    }
    g.defers.pop();
    // A nil function panics when it is called, not when it is deferred.
    const fn = d.fn !== 0 ? d.fn : (this.m.program.symbols.get('fv:runtime.callNil') ?? 0);
    this.running = fn;
    this.shade(fn);
    if (mode !== 0) p.argp = p.runner = g.hi - this.m.mem.i32[cellSP >>> 2];
    this.#set(unwindNone);
    return fn;
  }
  /** Closure of the deferred call being entered: a root until its function has it. */
  running = 0;

  #done(mode: number): number {
    const g = this.m.current!;
    const list = g.panics;
    if (this.m.mem.i32[cellUnwind >>> 2] === unwindPanic) {
      // The deferred call panicked itself: what was going on before is aborted.
      if (mode !== 0 && list.length > 1) {
        const here = g.hi - this.m.mem.i32[cellSP >>> 2], top = list[list.length - 1];
        const below = list.findLast((p) => p !== top && p.runner === here) ?? list[list.length - 2];
        below.aborted = true;
        if (!below.goexit) top.trace.push(panicFrame, ...below.trace);
      }
      return 1;
    }
    if (mode === 0) return 0;
    const p = list[list.length - 1];
    p.argp = p.runner = -1;
    if (!p.recovered) return 1;
    list.pop();
    let again = 0;
    while (list.length > 0 && list[list.length - 1].aborted) {
      const q = list[list.length - 1];
      if (q.goexit) { q.aborted = false; again = 1; break; }
      list.pop();
    }
    this.#panicking(g);
    return again;
  }

  #recover(top: number): number {
    const g = this.m.current!, mem = this.m.mem;
    mem.setPtr(resultArea + 8, 0);
    const p = g.panics[g.panics.length - 1];
    if (!p || p.goexit || p.fatal || p.recovered || p.argp !== g.hi - top) return 0;
    p.recovered = true;
    mem.setPtr(resultArea + 8, p.data);
    return p.typ;
  }
  /** A wrapper stands between the deferring frame and the deferred function. */
  #wrapper(top: number, fp: number): void {
    const g = this.m.current!;
    const p = g.panics[g.panics.length - 1];
    if (p && p.argp === g.hi - top) p.argp = g.hi - fp;
  }

  /** Complex division as runtime.complex128div: infinities and NaNs as in C99 annex G, the simple way. */
  #complexDiv(a: number, b: number, c: number, d: number): number {
    const nan = (x: number): boolean => x !== x;
    const inf = (x: number): boolean => x === Infinity || x === -Infinity;
    const fin = (x: number): boolean => !nan(x) && !inf(x);
    let re: number, im: number;
    const sign = (x: number, y: number): number => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x));
    if (Math.abs(c) >= Math.abs(d)) {
      const r = d / c, den = c + r * d;
      re = (a + b * r) / den; im = (b - a * r) / den;
    } else {
      const r = c / d, den = d + r * c;
      re = (a * r + b) / den; im = (b * r - a) / den;
    }
    if (nan(re) && nan(im)) {
      const box = (x: number): number => sign(inf(x) ? 1 : 0, x);
      if (c === 0 && d === 0 && (!nan(a) || !nan(b))) {
        re = sign(Infinity, c) * a; im = sign(Infinity, c) * b;
      } else if ((inf(a) || inf(b)) && fin(c) && fin(d)) {
        const x = box(a), y = box(b);
        re = Infinity * (x * c + y * d); im = Infinity * (y * c - x * d);
      } else if ((inf(c) || inf(d)) && fin(a) && fin(b)) {
        const x = box(c), y = box(d);
        re = 0 * (a * x + b * y); im = 0 * (b * x - a * y);
      }
    }
    this.#im = im;
    return re;
  }
}
