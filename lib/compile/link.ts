/**
 * Joining packages into a program: what main reaches, in one module, with one image
 * of static data and the tables the driver needs.
 *
 * Reaching starts at the initialisers and main.main and follows relocations. A method
 * that only its type's method table names is reached when an interface that has it
 * (name and type) is, or anything of package reflect; otherwise its entry is 0. Data
 * goes from staticBase up, each symbol at its alignment. Every function gets a range
 * of code-point numbers (pcbase), those whose address is taken or that can resume a
 * place in the table. For each signature of resumable functions the linker makes an
 * exported entry `resume:sig` that calls a function through the table with dummy
 * arguments and leaves its results in resultArea.
 */
import { staticBase } from '../abi/memory.ts';
import { resultArea } from '../abi/imports.ts';
import * as w from './wasm.ts';
import { Buf, encodeModule, patchS, patchU, type Reloc, type WasmImport } from './wasm.ts';
import type { CompiledFunc, CompiledPackage, DataSymbol, StackObject } from './object.ts';
import { runtimeSig } from './call.ts';
import { imethodName, imethodSize, imethodType, methodFn, methodName, methodSize, methodType } from '../abi/type.ts';
import { align } from './emit.ts';
import { helpers } from './helpers.ts';

/** Signatures of the engine's own entries. */
export const checkSigs: Readonly<Record<string, string>> = {
  nil: ':', divide: ':', shift: ':', bounds: 'ijji:', trace: 'i:', barrier: 'ii:', wrapper: 'ii:',
  gopanic: 'ii:', gorecover: 'i:i', deferproc: 'ii:', nextdefer: 'ii:i', deferdone: 'ii:i', complexdiv: 'dddd:d', complexdivim: ':d',
};

/** A function as the driver sees it. */
export interface FuncMeta {
  readonly sym: string; readonly name: string; readonly sig: string;
  readonly pcbase: number; readonly frameSize: number; readonly entrySize: number; readonly table: number;
  readonly points: CompiledFunc['points']; readonly objects: readonly StackObject[]; readonly wrapper: boolean; readonly defers: boolean;
}
export interface Program {
  readonly bytes: Uint8Array;
  /** Static data, to be copied to staticBase. */
  readonly image: Uint8Array;
  readonly staticEnd: number;
  /** By pcbase. */
  readonly funcs: readonly FuncMeta[];
  /** Addresses of pointer words in static data. */
  readonly roots: Uint32Array;
  /** Initialisers in order, then main: addresses of closure records. */
  readonly entries: readonly number[];
  readonly symbols: ReadonlyMap<string, number>;
  /** The functions linked, by symbol: what listing.ts prints. */
  readonly code: ReadonlyMap<string, CompiledFunc>;
  readonly imports: readonly WasmImport[];
}

/** Code before relocation. */
interface Built { readonly code: Uint8Array; readonly relocs: readonly Reloc[] }
/** The helpers built so far: they are the same in every program. */
const helpersBuilt = new Map<string, Built>();
function builtHelper(sym: string, build: () => Buf): Built {
  let have = helpersBuilt.get(sym);
  if (!have) { const b = build(); helpersBuilt.set(sym, have = { code: b.take(), relocs: b.relocs }); }
  return have;
}

export function link(packages: readonly CompiledPackage[], main = 'main.main', extraRoots: readonly string[] = []): Program {
  const funcs = new Map<string, CompiledFunc>();
  const data = new Map<string, DataSymbol>();
  const nativeSigs = new Map<string, string>();
  for (const p of packages) {
    for (const f of p.funcs) if (!funcs.has(f.sym)) funcs.set(f.sym, f);
    for (const d of p.data) {
      const have = data.get(d.sym);
      // A descriptor made where the methods were not known gives way to a complete one.
      if (!have || have.relocs.length < d.relocs.length) data.set(d.sym, d);
    }
    for (const [n, s] of p.natives) nativeSigs.set(n, s);
  }
  const entrySyms = [...packages.flatMap((p) => (p.init !== undefined ? [p.init] : [])), main];

  // What is reached.
  const usedFuncs: CompiledFunc[] = [], usedData: DataSymbol[] = [];
  const imports: WasmImport[] = [];
  const importIndex = new Map<string, number>();
  const usedHelpers: { sym: string; sig: string; body: Built }[] = [];
  const seen = new Set<string>();
  const missing = new Set<string>();
  const todo: string[] = [];
  const tableSyms = new Set<string>();
  const reach = (sym: string): void => { if (!seen.has(sym)) { seen.add(sym); todo.push(sym); } };
  for (const e of entrySyms) {
    const sym = `fv:${e}`;
    if (!data.has(sym)) data.set(sym, { sym, size: 8, align: 8, bytes: undefined, relocs: [{ at: 0, kind: 'table', sym: e, add: 0 }], ptrs: [] });
    reach(sym);
  }
  for (const r of extraRoots) {
    if (r.startsWith('fv:') && !data.has(r) && funcs.has(r.slice(3))) data.set(r, { sym: r, size: 8, align: 8, bytes: undefined, relocs: [{ at: 0, kind: 'table', sym: r.slice(3), add: 0 }], ptrs: [] });
    if (funcs.has(r) || data.has(r)) reach(r);
  }
  const methods = new Methods((fn) => { tableSyms.add(fn); reach(fn); });
  while (todo.length > 0) {
    const sym = todo.pop()!;
    const f = funcs.get(sym);
    if (f) {
      usedFuncs.push(f);
      if (sym.startsWith('reflect.')) methods.wantAll();
      for (const r of f.relocs) {
        if (r.kind === 'type') continue;
        if (r.kind === 'table') tableSyms.add(r.sym);
        reach(r.sym);
      }
      continue;
    }
    const d = data.get(sym);
    if (d) {
      usedData.push(d);
      const table = methods.see(d);
      for (const r of d.relocs) { if (table && r.kind === 'table') continue; if (r.kind === 'table') tableSyms.add(r.sym); reach(r.sym); }
      continue;
    }
    const helper = helpers.get(sym);
    if (helper) {
      const body = builtHelper(sym, helper.build);
      usedHelpers.push({ sym, sig: helper.sig, body });
      for (const r of body.relocs) reach(r.sym);
      continue;
    }
    const imp = importOf(sym, nativeSigs);
    if (imp) { importIndex.set(sym, imports.length); imports.push(imp); } else missing.add(sym);
  }
  if (missing.size > 0) throw new LinkError([...missing].sort());

  // Order is that of the symbols, so that equal programs give equal bytes.
  usedFuncs.sort((a, b) => (a.sym < b.sym ? -1 : 1));
  usedHelpers.sort((a, b) => (a.sym < b.sym ? -1 : 1));
  usedData.sort((a, b) => (a.sym < b.sym ? -1 : 1));

  const symbols = new Map<string, number>();
  let at = staticBase;
  for (const d of usedData) { at = align(at, Math.max(1, d.align)); symbols.set(d.sym, at); at += d.size; }
  const staticEnd = align(at, 16);

  const types: string[] = [];
  const typeIndex = new Map<string, number>();
  const typeOf = (sig: string): number => {
    let i = typeIndex.get(sig);
    if (i === undefined) { i = types.length; types.push(sig); typeIndex.set(sig, i); }
    return i;
  };
  for (const i of imports) typeOf(i.sig);

  const funcIndex = new Map<string, number>();
  for (const [sym, i] of importIndex) funcIndex.set(sym, i);
  usedFuncs.forEach((f, i) => funcIndex.set(f.sym, imports.length + i));
  usedHelpers.forEach((h, i) => funcIndex.set(h.sym, imports.length + usedFuncs.length + i));
  const table: number[] = [];
  const tableIndex = new Map<string, number>();
  for (const f of usedFuncs) if (f.yields) tableSyms.add(f.sym);
  for (const s of [...tableSyms].sort()) { table.push(funcIndex.get(s)!); tableIndex.set(s, table.length); }

  let pc = 1;
  const metas: FuncMeta[] = [];
  const pcbase = new Map<string, number>();
  for (const f of usedFuncs) {
    pcbase.set(f.sym, pc);
    metas.push({
      sym: f.sym, name: f.name, sig: f.sig, pcbase: pc, frameSize: f.frameSize, entrySize: f.entrySize, table: tableIndex.get(f.sym) ?? 0,
      points: f.points, objects: f.objects, wrapper: f.wrapper, defers: f.defers,
    });
    pc += f.points.length;
  }

  const bodies = usedFuncs.map((f) => ({ type: typeOf(f.sig), body: relocate(new Uint8Array(f.code), f.relocs) }));
  function relocate(b: Uint8Array, relocs: readonly Reloc[]): Uint8Array {
    for (const r of relocs) {
      switch (r.kind) {
        case 'func': patchU(b, r.at, funcIndex.get(r.sym)!); break;
        case 'type': patchU(b, r.at, typeOf(r.sym)); break;
        case 'table': patchS(b, r.at, tableIndex.get(r.sym)!); break;
        case 'addr': case 'addr64': patchS(b, r.at, symbols.get(r.sym)! + r.add); break;
        case 'pcbase': patchS(b, r.at, pcbase.get(r.sym)! + r.add); break;
      }
    }
    return b;
  }

  for (const h of usedHelpers) bodies.push({ type: typeOf(h.sig), body: relocate(new Uint8Array(h.body.code), h.body.relocs) });
  const exports: { name: string; func: number }[] = [];
  const addEntry = (name: string, sig: string, body: Buf): void => {
    exports.push({ name, func: imports.length + bodies.length });
    bodies.push({ type: typeOf(sig), body: relocate(body.take(), body.relocs) });
  };
  addEntry('start', 'i:', startEntry());
  for (const sig of new Set(usedFuncs.filter((f) => f.yields).map((f) => f.sig))) addEntry(`resume:${sig}`, 'i:', resumeEntry(sig));

  const image = new Uint8Array(staticEnd - staticBase);
  const view = new DataView(image.buffer);
  const roots: number[] = [];
  for (const d of usedData) {
    const base = symbols.get(d.sym)!;
    if (d.bytes) image.set(d.bytes, base - staticBase);
    for (const r of d.relocs) {
      const v = r.kind === 'addr' ? symbols.get(r.sym)! + r.add : tableIndex.get(r.sym) ?? 0;
      view.setUint32(base - staticBase + r.at, v, true);
    }
    for (const p of d.ptrs) roots.push(base + p);
  }

  const bytes = encodeModule({ types, imports, funcs: bodies, table, globals: 1, exports, typeIndex, pages: 1 });
  return {
    bytes, image, staticEnd, funcs: metas, roots: Uint32Array.from(roots), entries: entrySyms.map((e) => symbols.get(`fv:${e}`)!), symbols, imports,
    code: new Map(usedFuncs.map((f) => [f.sym, f])),
  };
}

/** Which entries of method tables are needed. */
class Methods {
  readonly #wanted = new Set<string>();
  /** Functions by method, while no interface has it. */
  readonly #waiting = new Map<string, string[]>();
  #all = false;
  constructor(readonly need: (fn: string) => void) {}
  /** Looks at a datum that is reached; true if it is a method table, whose functions need() is called with. */
  see(d: DataSymbol): boolean {
    if (!d.sym.startsWith('type:')) return false;
    if (d.sym.endsWith('#methods')) {
      for (const [key] of entries(d, imethodSize, imethodName, imethodType, -1)) {
        if (this.#wanted.has(key)) continue;
        this.#wanted.add(key);
        this.#waiting.get(key)?.forEach(this.need);
        this.#waiting.delete(key);
      }
      return false;
    }
    if (!d.sym.endsWith('#m')) return false;
    for (const [key, fn] of entries(d, methodSize, methodName, methodType, methodFn)) {
      if (this.#all || this.#wanted.has(key)) { this.need(fn); continue; }
      const list = this.#waiting.get(key);
      if (list) list.push(fn); else this.#waiting.set(key, [fn]);
    }
    return true;
  }
  /** Methods may be called by reflection: all are needed. */
  wantAll(): void {
    this.#all = true;
    for (const list of this.#waiting.values()) list.forEach(this.need);
    this.#waiting.clear();
  }
}
/** Name with type, and function, of each method of a table. */
function entries(d: DataSymbol, size: number, name: number, type: number, fn: number): [string, string][] {
  const rows: { name: string; type: string; fn: string }[] = [];
  for (const r of d.relocs) {
    const row = (rows[Math.floor(r.at / size)] ??= { name: '', type: '', fn: '' }), at = r.at % size;
    if (at === name) row.name = r.sym; else if (at === type) row.type = r.sym; else if (at === fn) row.fn = r.sym;
  }
  return rows.map((r) => [`${r.name} ${r.type}`, r.fn]);
}

/** Symbols that no package defines. */
export class LinkError extends Error {
  constructor(readonly missing: readonly string[]) { super(`undefined symbols: ${missing.join(', ')}`); }
}

function importOf(sym: string, natives: ReadonlyMap<string, string>): WasmImport | undefined {
  const i = sym.indexOf(':');
  const module = sym.slice(0, i), name = sym.slice(i + 1);
  if (module === 'slow') return { module: 'rt', name, sig: runtimeSig(name) };
  if (module === 'rt') return { module, name, sig: runtimeSig(name) };
  if (module === 'chk') return { module, name, sig: checkSigs[name] };
  if (module === 'native') return { module, name, sig: natives.get(name)! };
  return undefined;
}

/** start(closure): calls a func() through its closure record. */
function startEntry(): Buf {
  const b = new Buf();
  b.u32(0);
  b.u8(w.oLocalGet); b.u32(0);
  b.u8(w.oI64ExtendI32U);
  b.u8(w.oGlobalSet); b.u32(0);
  b.u8(w.oLocalGet); b.u32(0);
  b.u8(w.oI32Load); b.u32(2); b.u32(0);
  b.u8(w.oCallIndirect); b.reloc('type', ':'); b.u8(0);
  b.u8(w.oEnd);
  return b;
}

function resumeEntry(sig: string): Buf {
  const [params, results] = sig.split(':');
  const b = new Buf();
  b.u32(results.length);
  for (const t of results) { b.u32(1); b.u8(w.wasmTypeByte[t as w.WasmType]); }
  for (const t of params) {
    if (t === 'i') { b.u8(w.oI32Const); b.s32(0); }
    else if (t === 'j') { b.u8(w.oI64Const); b.s32(0); }
    else if (t === 'f') { b.u8(w.oF32Const); b.f32(0); } else { b.u8(w.oF64Const); b.f64(0); }
  }
  b.u8(w.oLocalGet); b.u32(0);
  b.u8(w.oCallIndirect); b.reloc('type', sig); b.u8(0);
  for (let i = results.length; i > 0; i--) { b.u8(w.oLocalSet); b.u32(i); }
  for (let i = 0; i < results.length; i++) {
    b.u8(w.oI32Const); b.s32(0);
    b.u8(w.oLocalGet); b.u32(i + 1);
    const t = results[i];
    b.u8(t === 'i' ? w.oI32Store : t === 'j' ? w.oI64Store : t === 'f' ? w.oF32Store : w.oF64Store);
    b.u32(2); b.u32(resultArea + 8 * i);
  }
  b.u8(w.oEnd);
  return b;
}
