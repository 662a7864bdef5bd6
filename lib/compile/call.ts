/**
 * Calls: of Go functions, closures and interface methods, and of the runtime.
 *
 * Arguments travel as their scalars; a value that lives in memory only is copied
 * into the caller's frame and its address passed; such results come back as the
 * address of memory that is valid until the next call. Runtime entries take and
 * give what lib/abi/imports.ts says by letter.
 */
import type { CallExpr, Expr, Name, RuntimeCall, SelectorExpr, Stmt } from '../go/ir/nodes.ts';
import type { Type } from '../go/types/type.ts';
import { under } from '../go/types/under.ts';
import { encodeUtf8 } from '../go/types/constant.ts';
import { resultArea, runtimeEntries, type RuntimeName } from '../abi/imports.ts';
import { itabFun } from '../abi/type.ts';
import * as w from './wasm.ts';
import { comps, letters, ptrOffsets, sizeof, alignof } from './layout.ts';
import { staticCallee, type CallSite } from './plan.ts';
import { align, type Addr, type FuncEmitter } from './emit.ts';
import { intrinsics } from './intrinsics.ts';
import { fault, memoryValue, push, pushComps, spill } from './expr.ts';

type Push = () => void;

export function genCall(e: FuncEmitter, s: Stmt, c: CallSite): void {
  const point = e.plan.callPoint.get(s);
  if (point !== undefined) e.points[point] = { pos: c.call.pos };
  if (c.call.op === 'OCALLRT') { genRuntime(e, c.call, c.lhs, point); return; }
  const callee = staticCallee(c.call);
  if (callee?.link === 'runtime.panicwrap') { genPanicWrap(e, c.call); return; }
  if (callee?.external && Object.hasOwn(intrinsics, callee.link)) {
    for (const a of c.call.args) pushArg(e, a);
    intrinsics[callee.link](e);
    storeResults(e, c.lhs, resultTypesOf(c.call));
    return;
  }
  if (callee?.external) { genNative(e, c.call, callee.link, c.lhs, point); return; }
  const sig = signatureOf(c.call);
  genArgs(e, c.call, callee === undefined);
  if (callee) { e.callSym(callee.link); e.pkg.noteFunc(callee); } else finishIndirect(e, c.call, sig);
  const results = resultTypesOf(c.call);
  storeResults(e, c.lhs, results);
  const facts = e.pkg.factsOf(c.call);
  if (point !== undefined || facts.panics) {
    if (facts.panics) e.panics = true;
    e.checkUnwind(point ?? e.panicPoint(c.call.pos));
  }
}

/** Pops the results (last on top) into the left sides; those in memory are copied from the address returned. */
function storeResults(e: FuncEmitter, lhs: readonly Expr[], results: readonly Type[]): void {
  const temps: { x: Expr; t: Type; locals: number[] }[] = [];
  for (let i = results.length - 1; i >= 0; i--) {
    const x = lhs[i] as Expr | undefined, t = results[i];
    const cs = comps(t);
    if (!x || (x.op === 'ONAME' && x.sym === '_')) { for (let k = 0; k < letters(t).length; k++) e.op(w.oDrop); continue; }
    if (x.op === 'ONAME') e.checked.delete(x);
    const l = x.op === 'ONAME' ? e.loc(x) : undefined;
    if (cs && l?.kind === 'locals') { for (let k = cs.length - 1; k >= 0; k--) e.set(l.idx[k]); continue; }
    const locals = [...letters(t)].map((c) => e.temp(c as w.WasmType));
    for (let k = locals.length - 1; k >= 0; k--) e.set(locals[k]);
    temps.push({ x, t, locals });
  }
  for (const { x, t, locals } of temps.reverse()) {
    const a = e.nameAddr(x as Name);
    const cs = comps(t);
    if (cs) cs.forEach((c, i) => e.storeAt(a, c, () => e.get(locals[i])));
    else guardedCopy(e, a, { local: locals[0], sym: '', off: 0, inFrame: false }, t);
  }
}
/** A callee that unwinds returns address 0, which must not be read as a value; low memory is harmless to copy. */
function guardedCopy(e: FuncEmitter, dst: Addr, src: Addr, t: Type): void {
  e.get(src.local);
  e.if();
  e.copy(dst, src, t);
  e.end();
}

function signatureOf(n: CallExpr): string {
  const recv = n.op === 'OCALLINTER' ? 'j' : '';
  const u = under(n.fun.type!);
  if (u.kind !== 'Signature') throw new Error('invalid callee type');
  const params = u.params.vars.map((v) => letters(v.type)).join('');
  return `${recv}${params}:${u.results.vars.map((v) => letters(v.type)).join('')}`;
}
export function resultTypesOf(n: CallExpr): Type[] {
  const u = under(n.fun.type!);
  return u.kind === 'Signature' ? u.results.vars.map((v) => v.type) : [];
}

/** Pushes receiver and arguments. For indirect calls the callee is evaluated first, into a temporary. */
function genArgs(e: FuncEmitter, n: CallExpr, indirect: boolean): void {
  if (indirect) {
    if (n.op === 'OCALLINTER') {
      const sel = n.fun as SelectorExpr;
      const v = spill(e, sel.x);
      v[0]();
      e.op(w.oI64Eqz);
      e.if();
      fault(e, 'nil', n.pos);
      e.end();
      const idx = e.temp('i');
      v[0]();
      e.op(w.oI32WrapI64);
      e.mem(w.oI32Load, 2, itabFun + 8 * methodIndex(sel));
      e.set(idx);
      e.callee = idx;
      v[1]();
    } else {
      const f = spill(e, n.fun)[0];
      f();
      e.op(w.oI64Eqz);
      e.if();
      fault(e, 'nil', n.pos);
      e.end();
      const idx = e.temp('i');
      f();
      e.op(w.oI32WrapI64);
      e.mem(w.oI32Load, 2, 0);
      e.set(idx);
      e.callee = idx;
      e.context = f;
    }
  }
  for (const a of n.args) pushArg(e, a);
}
function methodIndex(sel: SelectorExpr): number {
  const u = under(sel.x.type!);
  if (u.kind !== 'Interface') throw new Error('invalid interface call');
  return u.typeSet().methods.findIndex((m) => m.name === sel.sel);
}
function finishIndirect(e: FuncEmitter, n: CallExpr, sig: string): void {
  if (n.op !== 'OCALLINTER') {
    e.context!();
    e.op(w.oGlobalSet);
    e.b.u32(0);
  }
  e.get(e.callee);
  e.op(w.oCallIndirect);
  e.b.reloc('type', sig);
  e.op(0);
}

function pushArg(e: FuncEmitter, a: Expr): void {
  if (comps(a.type!)) { push(e, a); return; }
  // Copied into the caller's frame: nothing else can write there while the callee starts.
  e.pushAddr(argumentCopy(e, a));
}
function argumentCopy(e: FuncEmitter, a: Expr): Addr {
  const t = a.type!;
  const off = align(e.frameSize, Math.max(8, alignof(t)));
  e.frameSize = off + Math.max(1, sizeof(t));
  e.objects.push({ off, size: sizeof(t), ptrs: ptrOffsets(t).map((o) => o + off) });
  const dst: Addr = { local: e.fp, sym: '', off, inFrame: true };
  e.copy(dst, memoryValue(e, a), t);
  return dst;
}

// The runtime.

/** Wasm signature of a runtime entry: what its letters come to at the boundary. */
export function runtimeSig(name: string): string {
  const en = runtimeEntries[name as RuntimeName];
  return `${[...en.params].map((c) => boundaryParam[c]).join('')}:${resultType(en.results)}`;
}
const boundaryParam: Record<string, string> = { p: 'i', h: 'i', t: 'i', w: 'i', b: 'i', n: 'd', d: 'ii', q: 'j', f: 'd', s: 'ii', S: 'iii', e: 'ii' };
/** Scalars of a letter as results, in order: p pointer, h arena pointer, w i32, n int, q i64, f float. */
const resultScalars: Record<string, string> = { p: 'p', h: 'h', t: 'p', w: 'w', b: 'w', n: 'n', d: 'q', q: 'q', f: 'f', s: 'pn', S: 'pnn', e: 'pp' };
function resultType(results: string): string {
  if (results === '') return '';
  const first = resultScalars[results[0]][0];
  return first === 'p' || first === 'h' || first === 'w' ? 'i' : first === 'q' ? 'j' : 'd';
}

function pushBoundary(e: FuncEmitter, letter: string, x: Expr): void {
  const cs = comps(x.type!);
  const ptr = (i: number): void => { pushComps(e, x, i, i + 1); if (cs![i].t === 'j') e.op(w.oI32WrapI64); };
  switch (letter) {
    case 'p': case 't': case 'h':
      if (x.op === 'OTYPEDESC') { e.op(w.oI32Const); e.b.reloc('addr', e.pkg.typeSym(x.of)); return; }
      if (x.op === 'OADDR' && x.x.op === 'ONAME') { e.pushAddr(e.nameAddr(x.x)); return; }
      ptr(0);
      return;
    case 'w': case 'b': ptr(0); return;
    case 'n':
      if (x.op === 'OLEN' || x.op === 'OCAP') { push(e, x); e.op(w.oF64ConvertI64S); return; }
      pushComps(e, x, 0, 1);
      e.op(cs![0].t === 'j' ? w.oF64ConvertI64S : cs![0].signed ? w.oF64ConvertI32S : w.oF64ConvertI32U);
      return;
    case 'd': {
      const v = spill(e, x)[0];
      v();
      e.op(w.oI32WrapI64);
      v();
      e.i64(32n);
      e.op(w.oI64ShrU);
      e.op(w.oI32WrapI64);
      return;
    }
    case 'q': pushComps(e, x, 0, 1); if (cs![0].t === 'i') e.op(cs![0].signed ? w.oI64ExtendI32S : w.oI64ExtendI32U); return;
    case 'f': push(e, x); if (cs![0].t === 'f') e.op(w.oF64PromoteF32); return;
    case 's': case 'S': case 'e': {
      const v = spill(e, x);
      for (let i = 0; i < (letter === 'S' ? 3 : 2); i++) { v[i](); e.op(w.oI32WrapI64); }
      return;
    }
    default: throw new Error(`invalid letter: ${letter}`);
  }
}

/** The scalars of an entry's results, each a function that pushes it with the wasm type its Go type has. */
function takeResults(e: FuncEmitter, results: string, types: readonly w.WasmType[]): Push[] {
  const scalars = [...results].flatMap((c) => [...resultScalars[c]]);
  const out: Push[] = [];
  scalars.forEach((c, i) => {
    const t = types[i];
    if (i === 0) {
      if (c === 'p' || c === 'h') e.toPointer(c === 'h');
      else if (c === 'n') e.op(w.oI64TruncF64S);
      const have: w.WasmType = c === 'p' || c === 'h' || c === 'n' || c === 'q' ? 'j' : c === 'w' ? 'i' : 'd';
      fit(e, have, t);
      const l = e.temp(t);
      e.set(l);
      out.push(() => e.get(l));
    } else {
      out.push(() => {
        e.i32(0);
        if (t === 'i') e.mem(w.oI32Load, 2, resultArea + 8 * i);
        else if (t === 'd') e.mem(w.oF64Load, 3, resultArea + 8 * i);
        else e.mem(w.oI64Load, 3, resultArea + 8 * i);
      });
    }
  });
  return out;
}
function fit(e: FuncEmitter, have: w.WasmType, want: w.WasmType): void {
  if (have === want) return;
  if (have === 'j' && want === 'i') e.op(w.oI32WrapI64);
  else if (have === 'i' && want === 'j') e.op(w.oI64ExtendI32S);
  else if (have === 'd' && want === 'f') e.op(w.oF32DemoteF64);
  else throw new Error(`invalid result conversion: ${have}${want}`);
}

/** A runtime call inside an expression: it neither yields nor (in practice) panics. */
export function genRuntimeValue(e: FuncEmitter, n: RuntimeCall): Push[] {
  const en = runtimeEntries[n.rt as RuntimeName];
  if (!en) throw new Error(`invalid runtime entry: ${n.rt}`);
  [...en.params].forEach((c, i) => pushBoundary(e, c, n.args[i]));
  e.callSym(`rt:${n.rt}`);
  const types = comps(n.type!)!.map((c) => c.t);
  const vals = takeResults(e, en.results, types);
  if (en.panics) { e.panics = true; e.checkUnwind(e.panicPoint(n.pos)); }
  return vals;
}

function genRuntime(e: FuncEmitter, n: RuntimeCall, lhs: readonly Expr[], point: number | undefined): void {
  switch (n.rt) {
    case 'gopanic': {
      pushBoundary(e, 'e', n.args[0]);
      e.callSym('chk:gopanic');
      e.raise(n.pos);
      return;
    }
    case 'gorecover': {
          e.pushTop();
      e.callSym('chk:gorecover');
      assign(e, lhs, takeResults(e, 'e', ['j', 'j']));
      return;
    }
    case 'deferproc': {
      e.pushTop();
      pushBoundary(e, 'p', n.args[0]);
      e.callSym('chk:deferproc');
      return;
    }
  }
  const en = runtimeEntries[n.rt as RuntimeName];
  if (!en) throw new Error(`invalid runtime entry: ${n.rt}`);
  [...en.params].forEach((c, i) => pushBoundary(e, c, n.args[i]));
  e.callSym(`rt:${n.rt}`);
  finishBoundary(e, en.results, lhs, n.type, point, en.panics, n);
}

function finishBoundary(e: FuncEmitter, results: string, lhs: readonly Expr[], type: Type | undefined, point: number | undefined, panics: boolean, n: RuntimeCall | CallExpr): void {
  if (results !== '') {
    const lt = lhs.flatMap((x) => (x.op === 'ONAME' && x.sym === '_' ? (comps(x.type!) ?? []) : comps(x.type!)!).map((c) => c.t));
    const types = lhs.length > 0 && lt.length > 0 ? lt : type ? comps(type)!.map((c) => c.t) : [];
    if (lhs.length === 0 || types.length === 0) e.op(w.oDrop);
    else assign(e, lhs, takeResults(e, results, types));
  }
  if (point !== undefined || panics) {
    if (panics) e.panics = true;
    e.checkUnwind(point ?? e.panicPoint(n.pos));
  }
}

/** Gives each left side its scalars. */
function assign(e: FuncEmitter, lhs: readonly Expr[], vals: readonly Push[]): void {
  let k = 0;
  for (const x of lhs) {
    const cs = comps(x.type!)!;
    if (x.op === 'ONAME' && x.sym === '_') { k += cs.length; continue; }
    const l = e.loc(x as Name);
    if (x.op === 'ONAME') e.checked.delete(x);
    cs.forEach((c, i) => {
      const v = vals[k + i];
      if (l.kind === 'locals') { v(); e.set(l.idx[i]); } else e.storeAt(e.nameAddr(x as Name), c, v);
    });
    k += cs.length;
  }
}

/** A value method called through a nil pointer: the wrapper knows whose. */
function genPanicWrap(e: FuncEmitter, n: CallExpr): void {
  const m = /^\(\*(.*)\)\.(.*)$/.exec(e.fn.sym);
  const str = (s: string): void => {
    const b = encodeUtf8(s);
    if (b.length > 0) { e.op(w.oI32Const); e.b.reloc('addr', e.pkg.stringSym(b)); } else e.i32(0);
    e.i32(b.length);
  };
  str(e.fn.nname.pkgPath);
  str(m?.[1] ?? '');
  str(m?.[2] ?? e.fn.sym);
  e.callSym('rt:panicwrap');
  e.raise(n.pos);
}

// Natives.

/** The letter of a Go type at a native's boundary. */
export function nativeLetter(t: Type): string {
  const u = under(t);
  switch (u.kind) {
    case 'Pointer': case 'Map': case 'Chan': case 'Signature': return 'p';
    case 'Slice': return 'S';
    case 'Interface': return 'e';
    case 'Basic':
      if (u.isString()) return 's';
      if (u.isBoolean()) return 'b';
      if (u.isFloat()) return 'f';
      if (u.isUnsafePointer()) return 'p';
      if (u.isInteger()) return sizeof(t) === 8 ? 'q' : 'w';
  }
  throw new Error('invalid native parameter type');
}
export function nativeSig(t: Type): { params: string; results: string; sig: string } {
  const u = under(t);
  if (u.kind !== 'Signature') throw new Error('invalid native');
  const params = (u.recv ? nativeLetter(u.recv.type) : '') + u.params.vars.map((v) => nativeLetter(v.type)).join('');
  const results = u.results.vars.map((v) => nativeLetter(v.type)).join('');
  return { params, results, sig: `${[...params].map((c) => boundaryParam[c]).join('')}:${resultType(results)}` };
}

/** Letters of the results of a call that leaves compiled code: to a runtime entry or a native; undefined for other calls. */
export function boundaryResults(n: CallExpr | RuntimeCall): string | undefined {
  if (n.op === 'OCALLRT') return runtimeEntries[n.rt as RuntimeName]?.results;
  if (!staticCallee(n)?.external) return undefined;
  return nativeSig(n.fun.op === 'OMETHEXPR' ? n.fun.method!.type : n.fun.type!).results;
}

function genNative(e: FuncEmitter, n: CallExpr, link: string, lhs: readonly Expr[], point: number | undefined): void {
  const ft = n.fun.op === 'OMETHEXPR' ? n.fun.method!.type : n.fun.type!;
  const s = nativeSig(ft);
  [...s.params].forEach((c, i) => pushBoundary(e, c, n.args[i]));
  e.pkg.noteNative(link, s.sig);
  e.callSym(`native:${link}`);
  finishBoundary(e, s.results, lhs, n.type, point, true, n);
}
