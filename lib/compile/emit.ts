/**
 * Emitting one function: the frame, the prologue, the exit, and where variables live.
 *
 * The unwinding transform. A goroutine yields by returning from all its wasm
 * functions, each leaving what it needs in its frame on the Go stack in linear
 * memory; it continues by calling the innermost function again, which finds
 * cellResume set, reloads its variables and jumps to where it stood. Only that one
 * function is re-entered: when it returns, the driver stores its results in
 * resultArea and resumes its caller in turn. A frame is thus saved and restored
 * only if it ran since the last yield.
 *
 * A function that can yield looks like this:
 *
 *   block $exit
 *     block $start
 *       block $enter
 *         fuel -= cost
 *         fp = SP - frameSize
 *         br_if $enter (fuel | (fp - guard)) >= 0
 *         pc = cellResume; at a resume the driver has set the guard so high that we come here
 *         if pc == 0: save parameters in an entry frame below SP; unwind = yield; return
 *         cellResume = 0; guard = the right one; fuel += cost
 *         if pc == 1: parameters from the entry frame; SP above it; pc = 0; once more as above, without charge
 *         fp = SP; variables from their slots; results of a finished call into their variables
 *         br $start
 *       end
 *       SP = fp
 *     end
 *     body; every list with points inside begins with a br_table on pc
 *     after each call: if unwind: pc = point; br $exit
 *   end
 *   $exit: unwind == yield: save the variables, point and return; unwind == panic: note the point for the
 *   traceback, run deferred calls if the function has any, drop the frame, return.
 *
 * The frame: word 0 holds the code point's number in the program (pcbase of the
 * function plus the local number), then memory variables, then one 8-byte slot for
 * each scalar variable that lives across a point. Frames are contiguous: the caller's
 * begins where this one ends. All slots are saved at a yield (code is smaller so);
 * which of them are live is said by the point's stack map, and only those count as roots.
 *
 * The entry frame serves the one place without a frame: when the prologue itself must
 * yield (stack too small, host stack too deep, time is up). It holds the parameters
 * only and may lie in the stackReserve bytes below the guard.
 *
 * Functions that cannot yield have no point numbers to resume at, no entry check and,
 * unless they have memory variables, no frame. They may still panic.
 *
 * The file is long because prologue, exit, points and stores are one class over one
 * state (locals, open blocks, points); what can be told apart from that, expressions,
 * calls, statements and deferred calls, has files of its own.
 */
import type { Func, Name, Expr, Stmt, CallExpr, RuntimeCall } from '../go/ir/nodes.ts';
import type { Type } from '../go/types/type.ts';
import type { Pos } from '../base/pos.ts';
import { cellBarrier, cellFuel, cellGuard, cellPanicking, cellReload, cellResume, cellResumeGuard, cellSP, cellUnwind, unwindYield } from '../abi/machine.ts';
import { resultArea } from '../abi/imports.ts';
import { boundaryResults } from './call.ts';
import { arenaBase, heapPrefix } from '../abi/memory.ts';
import * as w from './wasm.ts';
import { Buf, type WasmType } from './wasm.ts';
import { alignof, comp, comps, letters, ptrOffsets, sizeof, type Comp } from './layout.ts';
import { Plan, callOf, entryPoint } from './plan.ts';
import type { CodePoint, CompiledFunc, StackObject } from './object.ts';
import { genList } from './stmt.ts';
import { genDefers } from './defer.ts';
import type { PackageCompiler } from './compile.ts';

/** Where a variable lives: wasm locals, the frame, or static memory. */
export type Loc =
  | { readonly kind: 'locals'; readonly idx: readonly number[]; readonly comps: readonly Comp[] }
  | { readonly kind: 'frame'; readonly off: number }
  | { readonly kind: 'static'; readonly sym: string };

/** A place in memory: the i32 in a local (or 0 with a symbol) plus an offset. inFrame: no write barrier is needed. */
export interface Addr { readonly local: number; readonly sym: string; readonly off: number; readonly inFrame: boolean }

export interface Label { depth: number }
interface Scope { readonly label: string; readonly brk: Label; readonly cont: Label | undefined }
/** A list with goto labels: jumping sets pc and restarts the list. */
export interface GotoScope { readonly labels: ReadonlyMap<string, number>; readonly restart: Label }

export class FuncEmitter {
  readonly b = new Buf();
  depth = 0;
  readonly sig: string;
  readonly locs = new Map<Name, Loc>();
  readonly paramTypes: WasmType[] = [];
  readonly localTypes: WasmType[] = [];
  readonly scopes: Scope[] = [];
  readonly gotos: GotoScope[] = [];
  /** Locals holding: frame base, code point, closure record, defer mode. */
  fp = -1; pc = -1; closure = -1; dmode = -1;
  /** Where a frame stands while one of its deferred calls runs. */
  deferPoint = -1;
  readonly exit: Label = { depth: -1 };
  readonly ret: Label = { depth: -1 };
  /** Positions of code points beyond the plan's (panics). */
  readonly points: { pos: Pos }[];
  /** Where statements begin: offsets in b, each followed by a position. */
  readonly marks: number[] = [];
  frameSize = 0;
  readonly objects: StackObject[] = [];
  /** Scalar locals with slots: local index, type, frame offset. */
  readonly slots: { local: number; t: WasmType; off: number }[] = [];
  readonly slotOff = new Map<number, number>();
  /** The table index and closure of the indirect call being made. */
  callee = -1;
  context: (() => void) | undefined = undefined;
  usesExit = false;
  panics = false;
  readonly results: readonly Name[];
  readonly resultTypes: string;
  /** Wasm types of the entry frame's words: closure pointer first if there is one. */
  readonly entryWords: { local: number; t: WasmType; ptr: boolean }[] = [];
  readonly #free: Record<WasmType, number[]> = { i: [], j: [], f: [], d: [] };
  readonly #used: { t: WasmType; local: number }[] = [];
  readonly checked = new Set<Name>();
  /**
   * In a loop without calls the fuel lives in this local instead of its cell: -1
   * elsewhere. Whoever leaves the loop puts it back (flushFuel). fuelScopes is the number of
   * break scopes around that loop.
   */
  fuel = -1;
  fuelScopes = 0;
  readonly plan: Plan;

  constructor(readonly pkg: PackageCompiler, readonly fn: Func, readonly yields: boolean, readonly usesClosure: boolean) {
    this.plan = new Plan(fn, (c) => pkg.callYields(c), yields);
    if (fn.hasDefer) {
      this.deferPoint = this.plan.npoints++;
      this.plan.live.set(this.deferPoint, fn.results);
    }
    this.results = fn.results;
    this.resultTypes = this.results.map((r) => letters(r.type)).join('');
    this.sig = `${fn.params.map((p) => letters(p.type)).join('')}:${this.resultTypes}`;
    this.points = Array.from({ length: this.plan.npoints }, (_, i) => ({ pos: i === this.deferPoint && fn.endPos > 0 ? fn.endPos : fn.pos }));
  }

  // Encoding.

  op(o: number): void { this.b.u8(o); }
  get(l: number): void { this.b.u8(w.oLocalGet); this.b.u32(l); }
  set(l: number): void { this.b.u8(w.oLocalSet); this.b.u32(l); }
  tee(l: number): void { this.b.u8(w.oLocalTee); this.b.u32(l); }
  i32(v: number): void { this.b.u8(w.oI32Const); this.b.s32(v); }
  i64(v: bigint): void { this.b.u8(w.oI64Const); this.b.s64(v); }
  mem(o: number, align: number, off: number): void { this.b.u8(o); this.b.u32(align); this.b.u32(off); }
  /** Pushes a machine word (i32). */
  cell(a: number): void { this.i32(0); this.mem(w.oI32Load, 2, a); }
  setCell(a: number, push: () => void): void { this.i32(0); push(); this.mem(w.oI32Store, 2, a); }
  callSym(sym: string): void { this.b.u8(w.oCall); this.b.reloc('func', sym); }

  block(): Label { this.op(w.oBlock); this.op(w.tVoid); return { depth: ++this.depth }; }
  loop(): Label { this.op(w.oLoop); this.op(w.tVoid); return { depth: ++this.depth }; }
  if(t: number = w.tVoid): void { this.op(w.oIf); this.op(t); this.depth++; }
  else(): void { this.op(w.oElse); }
  end(): void { this.op(w.oEnd); this.depth--; }
  br(l: Label): void { this.op(w.oBr); this.b.u32(this.depth - l.depth); }
  brIf(l: Label): void { this.op(w.oBrIf); this.b.u32(this.depth - l.depth); }

  // Locals.

  local(t: WasmType): number {
    this.localTypes.push(t);
    return this.paramTypes.length + this.localTypes.length - 1;
  }
  /** A local until the end of the statement. */
  temp(t: WasmType): number {
    const l = this.#free[t].pop() ?? this.local(t);
    this.#used.push({ t, local: l });
    return l;
  }
  freeTemps(): void { for (const u of this.#used) this.#free[u.t].push(u.local); this.#used.length = 0; }

  // Memory.

  /** Loads a scalar from the address on the stack plus off. */
  load(c: Comp, off: number): void {
    switch (c.t) {
      case 'j': this.mem(w.oI64Load, 3, off); return;
      case 'f': this.mem(w.oF32Load, 2, off); return;
      case 'd': this.mem(w.oF64Load, 3, off); return;
      case 'i':
        if (c.size === 4) this.mem(w.oI32Load, 2, off);
        else if (c.size === 2) this.mem(c.signed ? w.oI32Load16S : w.oI32Load16U, 1, off);
        else this.mem(c.signed ? w.oI32Load8S : w.oI32Load8U, 0, off);
    }
  }
  /** Stores the scalar on the stack at the address below it plus off; not for pointers that may need a barrier. */
  store(c: Comp, off: number): void {
    switch (c.t) {
      case 'j': this.mem(w.oI64Store, 3, off); return;
      case 'f': this.mem(w.oF32Store, 2, off); return;
      case 'd': this.mem(w.oF64Store, 3, off); return;
      case 'i':
        if (c.size === 4) this.mem(w.oI32Store, 2, off);
        else if (c.size === 2) this.mem(w.oI32Store16, 1, off);
        else this.mem(w.oI32Store8, 0, off);
    }
  }
  pushBase(a: Addr): void {
    if (a.sym !== '') { this.op(w.oI32Const); this.b.reloc('addr', a.sym); } else this.get(a.local);
  }
  loadAt(a: Addr, c: Comp): void { this.pushBase(a); this.load(c, a.off + c.off); }
  /** Pushes the address as i32. */
  pushAddr(a: Addr): void {
    this.pushBase(a);
    if (a.off !== 0) { this.i32(a.off); this.op(w.oI32Add); }
  }
  /** Pushes the address as a Go pointer. */
  pushPointer(a: Addr): void {
    this.pushAddr(a);
    if (a.sym !== '') this.op(w.oI64ExtendI32U);
    else this.toPointer(a.inFrame);
  }
  /** Turns the i32 offset on the stack into a Go pointer; arena: it is known to be a heap or stack pointer. */
  toPointer(arena: boolean): void {
    this.op(w.oI64ExtendI32U);
    if (arena) { this.i64(heapPrefix); this.op(w.oI64Or); return; }
    const p = this.temp('j');
    this.tee(p);
    this.i64(heapPrefix);
    this.i64(0n);
    this.get(p);
    this.i64(BigInt(arenaBase));
    this.op(w.oI64GeU);
    this.op(w.oSelect);
    this.op(w.oI64Or);
  }
  /** The one place where pointers are written to memory: value is pushed by push. */
  emitPtrStore(a: Addr, off: number, push: () => void): void {
    if (a.inFrame) { this.pushBase(a); push(); this.mem(w.oI64Store, 3, a.off + off); return; }
    const v = this.temp('j');
    push();
    this.set(v);
    this.cell(cellBarrier);
    this.if();
    this.pushBase(a);
    if (a.off + off !== 0) { this.i32(a.off + off); this.op(w.oI32Add); }
    this.get(v);
    this.op(w.oI32WrapI64);
    this.callSym('chk:barrier');
    this.end();
    this.pushBase(a);
    this.get(v);
    this.mem(w.oI64Store, 3, a.off + off);
  }
  storeAt(a: Addr, c: Comp, push: () => void): void {
    if (c.ptr) { this.emitPtrStore(a, c.off, push); return; }
    this.pushBase(a);
    push();
    this.store(c, a.off + c.off);
  }

  // Variables.

  loc(n: Name): Loc {
    let l = this.locs.get(n);
    if (l) return l;
    if (n.class_ === 'PEXTERN') l = { kind: 'static', sym: this.pkg.globalSym(n) };
    else l = this.place(n);
    this.locs.set(n, l);
    return l;
  }
  place(n: Name): Loc {
    if (this.plan.inMemory(n)) {
      const off = align(this.frameSize, Math.max(8, alignof(n.type)));
      const size = sizeof(n.type);
      this.frameSize = off + Math.max(size, 1);
      this.objects.push({ off, size, ptrs: ptrOffsets(n.type).map((o) => o + off) });
      return { kind: 'frame', off };
    }
    const cs = comps(n.type)!;
    return { kind: 'locals', idx: cs.map((c) => this.local(c.t)), comps: cs };
  }
  nameAddr(n: Name): Addr {
    const l = this.loc(n);
    if (l.kind === 'frame') return { local: this.fp, sym: '', off: l.off, inFrame: true };
    if (l.kind === 'static') return { local: -1, sym: l.sym, off: 0, inFrame: false };
    throw new Error(`address of a variable in registers: ${n.sym}`);
  }

  // Leaving.

  /** Puts the cached fuel back into its cell. */
  flushFuel(): void { if (this.fuel >= 0) this.setCell(cellFuel, () => this.get(this.fuel)); }
  /** Numbers the current place for tracebacks. */
  panicPoint(pos: Pos): number {
    const last = this.points.length - 1;
    if (last >= this.plan.npoints && this.points[last].pos === pos) return last;
    this.points.push({ pos });
    return this.points.length - 1;
  }
  /** Leaves the function if the callee unwinds; id is the call's point. */
  checkUnwind(id: number): void {
    this.usesExit = true;
    this.cell(cellUnwind);
    this.if();
    this.i32(id);
    this.set(this.pc);
    this.br(this.exit);
    this.end();
  }
  /** Leaves the function: a panic has been raised here. */
  raise(pos: Pos): void {
    this.usesExit = true;
    this.panics = true;
    this.i32(this.panicPoint(pos));
    this.set(this.pc);
    this.br(this.exit);
  }
  dummies(): void {
    for (const t of this.resultTypes) {
      if (t === 'i') this.i32(0);
      else if (t === 'j') this.i64(0n);
      else if (t === 'f') { this.op(w.oF32Const); this.b.f32(0); } else { this.op(w.oF64Const); this.b.f64(0); }
    }
  }
  /** Gives the frame back. */
  popFrame(): void {
    if (this.hasFrame) this.setCell(cellSP, () => { this.get(this.fp); this.i32Frame(); this.op(w.oI32Add); });
  }
  hasFrame = false;
  /** The frame's size is known only at the end: written as a padded number. */
  readonly #framePatches: number[] = [];
  i32Frame(): void { this.op(w.oI32Const); this.#framePatches.push(this.b.len); this.b.need(5); this.b.len += 5; }

  // The whole function.

  compile(): CompiledFunc {
    const fn = this.fn, plan = this.plan;
    for (const p of fn.params) for (const t of letters(p.type)) this.paramTypes.push(t as WasmType);
    this.fp = this.local('i');
    this.pc = this.local('i');
    if (this.usesClosure) this.closure = this.local('j');
    if (fn.hasDefer) this.dmode = this.local('i');
    this.frameSize = 8;
    // Parameters in registers are the wasm parameters themselves.
    let k = 0;
    const copies: { from: number; name: Name }[] = [];
    if (this.usesClosure) this.entryWords.push({ local: this.closure, t: 'j', ptr: true });
    for (const p of fn.params) {
      const cs = comps(p.type);
      const idx = (cs ?? [comp('i', 0, 4, false, true)]).map((_, i) => k + i);
      if (cs && !plan.inMemory(p)) this.locs.set(p, { kind: 'locals', idx, comps: cs });
      else copies.push({ from: k, name: p });
      if (cs) cs.forEach((c, i) => this.entryWords.push({ local: idx[i], t: c.t, ptr: c.ptr }));
      else this.entryWords.push({ local: k, t: 'i', ptr: true });
      k += idx.length;
    }
    // Variables with memory or slots are placed first: the frame is the same whatever the body does.
    const across = new Set<Name>();
    for (const names of plan.live.values()) for (const n of names) across.add(n);
    for (const n of plan.vars) {
      if (n.class_ === 'PAUTOHEAP' && n.heapaddr === undefined && n.isClosureVar) continue;
      const l = this.loc(n);
      if (l.kind === 'locals' && across.has(n)) for (let i = 0; i < l.idx.length; i++) this.#slot(l.idx[i], l.comps[i].t);
    }
    if (this.yields && this.usesClosure) this.#slot(this.closure, 'j');
    if (this.dmode >= 0) this.#slot(this.dmode, 'i');
    this.hasFrame = this.yields || this.frameSize > 8 || this.pkg.passesMemory(fn);
    if (!this.yields && !this.hasFrame) this.frameSize = 0;

    const main = this.b;
    this.#emit(copies);
    const size = this.#finalFrame();
    for (const at of this.#framePatches) w.patchS(main.bytes, at, size);
    const code = new Buf();
    const runs: [number, WasmType][] = [];
    for (const t of this.localTypes) {
      if (runs.length > 0 && runs[runs.length - 1][1] === t) runs[runs.length - 1][0]++;
      else runs.push([1, t]);
    }
    code.u32(runs.length);
    for (const [n, t] of runs) { code.u32(n); code.u8(w.wasmTypeByte[t]); }
    const head = code.len;
    code.append(main);
    for (let i = 0; i < this.marks.length; i += 2) this.marks[i] += head;
    const points: CodePoint[] = this.points.map((p, i) => ({ pos: p.pos, live: i === entryPoint ? this.#entryLive() : plan.live.has(i) ? this.#liveAt(i) : undefined }));
    return {
      sym: fn.link, name: this.pkg.traceName(fn), pos: fn.pos, sig: this.sig, code: code.take(), relocs: code.relocs, yields: this.yields, panics: this.panics, defers: fn.hasDefer,
      wrapper: fn.wrapper, frameSize: size, entrySize: 8 + 8 * this.entryWords.length, points, objects: this.objects.filter((o) => o.ptrs.length > 0), marks: Float64Array.from(this.marks),
      cost: this.pkg.costOf(fn), depth: this.pkg.depthOf(fn, size),
    };
  }
  #slot(local: number, t: WasmType): void {
    if (this.slotOff.has(local)) return;
    const off = align(this.frameSize, 8);
    this.frameSize = off + 8;
    this.slots.push({ local, t, off });
    this.slotOff.set(local, off);
  }
  /** At least a fifth of what the function takes of the host's stack, so that the guard bounds that too. */
  #finalFrame(): number {
    if (!this.hasFrame) return 0;
    const host = 96 + 8 * (this.paramTypes.length + this.localTypes.length);
    return align(Math.max(this.frameSize, this.yields ? Math.ceil(host / 5) : 8), 8);
  }
  #liveAt(id: number): number[] {
    const out: number[] = [];
    for (const n of this.plan.live.get(id)!) {
      const l = this.locs.get(n);
      if (!l) continue;
      if (l.kind === 'frame') for (const o of ptrOffsets(n.type)) out.push(l.off + o);
      else if (l.kind === 'locals') l.comps.forEach((c, i) => { const s = c.ptr ? this.slotOff.get(l.idx[i]) : undefined; if (s !== undefined) out.push(s); });
    }
    const c = this.closure >= 0 ? this.slotOff.get(this.closure) : undefined;
    if (c !== undefined) out.push(c);
    return out;
  }
  #entryLive(): number[] {
    const out: number[] = [];
    this.entryWords.forEach((e, i) => { if (e.ptr) out.push(8 + 8 * i); });
    return out;
  }

  #storeWord(t: WasmType, off: number): void { this.store(comp(t, 0, t === 'i' ? 4 : 8, true, false), off); }
  #loadWord(t: WasmType, off: number): void { this.load(comp(t, 0, t === 'i' ? 4 : 8, true, false), off); }

  #emit(copies: { from: number; name: Name }[]): void {
    const plan = this.plan, fn = this.fn;
    const defers = fn.hasDefer ? this.block() : undefined;
    this.exit.depth = this.block().depth;
    const start = this.yields ? this.block() : undefined;
    if (this.usesClosure) { this.op(w.oGlobalGet); this.b.u32(0); this.set(this.closure); }
    if (this.yields) {
      const cost = this.pkg.entryCost(fn), fuel = this.temp('i');
      const cont = this.block(), late = this.block();
      /** Goes on with the body if there is time and room for the frame. */
      const enter = (charge: number): void => {
        this.cell(cellFuel);
        this.i32(charge);
        this.op(w.oI32Sub);
        this.set(fuel);
        this.setCell(cellFuel, () => this.get(fuel));
        this.cell(cellSP);
        this.i32Frame();
        this.op(w.oI32Sub);
        this.tee(this.fp);
        this.cell(cellGuard);
        this.op(w.oI32Sub);
        this.get(fuel);
        this.op(w.oI32Or);
        this.i32(0);
        this.op(w.oI32GeS);
        this.brIf(cont);
      };
      enter(cost);
      // At a resume the driver has set the guard so that we come here.
      this.cell(cellResume);
      this.tee(this.pc);
      this.op(w.oI32Eqz);
      this.brIf(late);
      this.setCell(cellResume, () => this.i32(0));
      this.setCell(cellGuard, () => this.cell(cellResumeGuard));
      this.get(this.pc);
      this.i32(entryPoint);
      this.op(w.oI32Eq);
      this.if();
      this.cell(cellSP);
      this.set(this.fp);
      this.entryWords.forEach((e, i) => { this.get(this.fp); this.#loadWord(e.t, 8 + 8 * i); this.set(e.local); });
      this.setCell(cellSP, () => { this.get(this.fp); this.i32(8 + 8 * this.entryWords.length); this.op(w.oI32Add); });
      this.i32(0);
      this.set(this.pc);
      // Charged before it yielded, and now again.
      enter(-cost);
      this.br(late);
      this.end();
      this.setCell(cellFuel, () => { this.get(fuel); this.i32(cost); this.op(w.oI32Add); });
      this.cell(cellSP);
      this.set(this.fp);
      for (const s of this.slots) { this.get(this.fp); this.#loadWord(s.t, s.off); this.set(s.local); }
      this.#reloadResults();
      if (defers) {
        this.get(this.pc);
        this.i32(this.deferPoint);
        this.op(w.oI32Eq);
        this.brIf(defers);
        // A panic came up while the frame was not on the host's stack.
        this.cell(cellUnwind);
        this.brIf(this.exit);
      }
      this.br(start!);
      this.end();
      this.#yieldAtEntry();
      this.end();
      this.setCell(cellSP, () => this.get(this.fp));
    } else if (this.hasFrame) {
      this.cell(cellSP);
      this.i32Frame();
      this.op(w.oI32Sub);
      this.set(this.fp);
      this.setCell(cellSP, () => this.get(this.fp));
    }
    for (const { from, name } of copies) this.#copyParam(from, name);
    this.#zeroFrame();
    if (fn.wrapper && !fn.opened && this.hasFrame) this.#adjustPanic();
    if (start) this.end();

    const list = plan.body;
    if (defers) this.ret.depth = this.block().depth;
    genList(this, list, 2, plan.npoints);
    if (defers) {
      this.end();
      this.i32(0);
      this.set(this.dmode);
      this.br(defers);
    } else if (this.results.length === 0 || !endsInReturn(list)) this.returnResults();
    else this.op(w.oUnreachable);
    this.end();
    this.#exitCode();
    if (defers) {
      this.end();
      genDefers(this);
    }
    this.op(w.oEnd);
  }

  /** At a resume after a call that finished meanwhile: its results are in resultArea. */
  #reloadResults(): void {
    for (const [s, id] of this.plan.callPoint) {
      const { call, lhs } = callOf(s)!;
      // Runtime entries and natives gave theirs before the goroutine yielded, unless it waited for them (cellReload); pointers among them are in the frame.
      const outside = boundaryResults(call);
      if (outside !== undefined && (outside === '' || /[phtsSe]/.test(outside))) continue;
      if (lhs.length === 0) continue;
      this.get(this.pc);
      this.i32(id);
      this.op(w.oI32Eq);
      if (outside !== undefined) { this.cell(cellReload); this.op(w.oI32And); }
      this.if();
      if (outside !== undefined) this.setCell(cellReload, () => this.i32(0));
      let k = 0;
      for (const x of lhs) k = this.fromResultArea(x, k);
      this.end();
    }
  }
  /** Assigns the result that starts at word k of resultArea to x; returns the word after it. */
  fromResultArea(x: Expr, k: number): number {
    const t = x.type!;
    const cs = x.op === 'ONAME' && x.sym === '_' ? undefined : comps(t);
    if (!cs) {
      if (x.op === 'ONAME' && x.sym === '_') return k + Math.max(1, letters(t).length);
      const src = this.temp('i');
      this.i32(0);
      this.mem(w.oI32Load, 2, resultArea + 8 * k);
      this.set(src);
      this.copy(this.nameAddr(x as Name), { local: src, sym: '', off: 0, inFrame: false }, t);
      return k + 1;
    }
    const l = this.loc(x as Name);
    cs.forEach((c, i) => {
      const push = (): void => { this.i32(0); this.#loadWord(c.t, resultArea + 8 * (k + i)); };
      if (l.kind === 'locals') { push(); this.set(l.idx[i]); } else this.storeAt(this.nameAddr(x as Name), c, push);
    });
    return k + cs.length;
  }

  #yieldAtEntry(): void {
    this.cell(cellSP);
    this.i32(8 + 8 * this.entryWords.length);
    this.op(w.oI32Sub);
    this.set(this.fp);
    this.get(this.fp);
    this.op(w.oI32Const);
    this.b.reloc('pcbase', this.fn.link, entryPoint);
    this.mem(w.oI32Store, 2, 0);
    this.entryWords.forEach((e, i) => {
      this.get(this.fp);
      this.get(e.local);
      if (e.t === 'i' && e.ptr) { this.op(w.oI64ExtendI32U); this.i64(heapPrefix); this.op(w.oI64Or); this.mem(w.oI64Store, 3, 8 + 8 * i); } else this.#storeWord(e.t, 8 + 8 * i);
    });
    this.setCell(cellSP, () => this.get(this.fp));
    this.setCell(cellUnwind, () => this.i32(unwindYield));
    this.dummies();
    this.op(w.oReturn);
  }
  #copyParam(from: number, n: Name): void {
    const a = this.nameAddr(n);
    const cs = comps(n.type);
    if (cs) cs.forEach((c, i) => this.storeAt(a, c, () => this.get(from + i)));
    else this.copy(a, { local: from, sym: '', off: 0, inFrame: true }, n.type);
  }
  /** Memory variables that may be scanned before they are written start as zero; so do memory results. */
  #zeroFrame(): void {
    const live = new Set(this.plan.entryLive);
    for (const n of this.plan.vars) {
      const l = this.locs.get(n);
      if (!l || l.kind !== 'frame' || n.class_ === 'PPARAM') continue;
      if (n.class_ === 'PPARAMOUT' || (live.has(n) && ptrOffsets(n.type).length > 0)) this.zero(this.nameAddr(n), n.type);
    }
  }
  /** A wrapper called by a deferring frame makes its own callee count as the deferred function. */
  #adjustPanic(): void {
    this.cell(cellPanicking);
    this.if();
    this.pushTop();
    this.get(this.fp);
    this.callSym('chk:wrapper');
    this.end();
  }
  /** Pushes the end of the frame: what tells one call from every other on the stack. */
  pushTop(): void { this.get(this.fp); this.i32Frame(); this.op(w.oI32Add); }

  returnResults(): void {
    this.flushFuel();
    for (const r of this.results) {
      const cs0 = comps(r.type);
      if (r.heapaddr) {
        const p = this.temp('i');
        const h = this.loc(r.heapaddr);
        if (h.kind === 'locals') this.get(h.idx[0]); else this.loadAt(this.nameAddr(r.heapaddr), comps(r.heapaddr.type)![0]);
        this.op(w.oI32WrapI64);
        this.set(p);
        const a: Addr = { local: p, sym: '', off: 0, inFrame: false };
        if (cs0) for (const c of cs0) this.loadAt(a, c); else this.pushAddr(a);
        continue;
      }
      const l = this.loc(r);
      if (l.kind === 'locals') for (const i of l.idx) this.get(i);
      else {
        const cs = comps(r.type);
        const a = this.nameAddr(r);
        if (cs) for (const c of cs) this.loadAt(a, c);
        else this.pushAddr(a);
      }
    }
    this.popFrame();
    this.op(w.oReturn);
  }

  #exitCode(): void {
    if (!this.usesExit) { this.op(w.oUnreachable); return; }
    if (this.yields) {
      this.cell(cellUnwind);
      this.i32(unwindYield);
      this.op(w.oI32Eq);
      this.if();
      this.saveFrame();
      this.end();
    }
    this.op(w.oI32Const);
    this.b.reloc('pcbase', this.fn.link, 0);
    this.get(this.pc);
    this.op(w.oI32Add);
    this.callSym('chk:trace');
    if (this.fn.hasDefer) {
      this.i32(1);
      this.set(this.dmode);
    } else {
      this.popFrame();
      this.dummies();
    }
  }
  /** Saves every slot and the point in pc, and returns. */
  saveFrame(): void {
    for (const s of this.slots) { this.get(this.fp); this.get(s.local); this.#storeWord(s.t, s.off); }
    this.get(this.fp);
    this.op(w.oI32Const);
    this.b.reloc('pcbase', this.fn.link, 0);
    this.get(this.pc);
    this.op(w.oI32Add);
    this.mem(w.oI32Store, 2, 0);
    this.dummies();
    this.op(w.oReturn);
  }

  // Blocks of memory.

  zero(a: Addr, t: Type): void {
    const size = sizeof(t);
    if (size === 0) return;
    if (size > 64 || (!a.inFrame && ptrOffsets(t).length > 0 && size > 32)) {
      if (!a.inFrame && ptrOffsets(t).length > 0) {
        this.op(w.oI32Const); this.b.reloc('addr', this.pkg.typeSym(t));
        this.pushAddr(a);
        this.op(w.oF64Const); this.b.f64(1);
        this.callSym('rt:typedmemclr');
        return;
      }
      this.pushAddr(a);
      this.i32(0);
      this.i32(size);
      this.op(w.oPrefixFC); this.b.u32(w.oMemoryFill); this.op(0);
      return;
    }
    const ptrs = new Set(a.inFrame ? [] : ptrOffsets(t));
    let o = 0;
    for (; o + 8 <= size; o += 8) {
      if (ptrs.has(o)) this.emitPtrStore(a, o, () => this.i64(0n));
      else { this.pushBase(a); this.i64(0n); this.mem(w.oI64Store, alignof(t) >= 8 ? 3 : 0, a.off + o); }
    }
    if (o + 4 <= size) { this.pushBase(a); this.i32(0); this.mem(w.oI32Store, 0, a.off + o); o += 4; }
    if (o + 2 <= size) { this.pushBase(a); this.i32(0); this.mem(w.oI32Store16, 0, a.off + o); o += 2; }
    if (o < size) { this.pushBase(a); this.i32(0); this.mem(w.oI32Store8, 0, a.off + o); }
  }
  /** Copies a value of type t between memories. */
  copy(dst: Addr, src: Addr, t: Type): void {
    const size = sizeof(t);
    if (size === 0) return;
    const barrier = !dst.inFrame && ptrOffsets(t).length > 0;
    if (barrier && size > 32) {
      this.op(w.oI32Const); this.b.reloc('addr', this.pkg.typeSym(t));
      this.pushAddr(dst);
      this.pushAddr(src);
      this.callSym('rt:typedmemmove');
      return;
    }
    if (size > 32) {
      this.pushAddr(dst);
      this.pushAddr(src);
      this.i32(size);
      this.op(w.oPrefixFC); this.b.u32(w.oMemoryCopy); this.op(0); this.op(0);
      return;
    }
    const ptrs = new Set(barrier ? ptrOffsets(t) : []);
    // All loads come before the stores: the two may be the same memory.
    const parts: { o: number; c: Comp; l: number }[] = [];
    let o = 0;
    const part = (t2: WasmType, n: number): void => { parts.push({ o, c: comp(t2, o, n, false, ptrs.has(o)), l: this.temp(t2) }); o += n; };
    while (o + 8 <= size) part('j', 8);
    if (o + 4 <= size) part('i', 4);
    if (o + 2 <= size) part('i', 2);
    if (o < size) part('i', 1);
    for (const p of parts) { this.loadAt(src, p.c); this.set(p.l); }
    for (const p of parts) this.storeAt(dst, p.c, () => this.get(p.l));
  }
}

export function align(n: number, a: number): number { return Math.ceil(n / a) * a; }

function endsInReturn(list: readonly Stmt[]): boolean {
  const s = list[list.length - 1];
  return s !== undefined && s.op === 'ORETURN';
}

export type AnyCall = CallExpr | RuntimeCall;
