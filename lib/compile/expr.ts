/**
 * Expressions. They contain no Go calls, so nothing lives on the wasm stack when
 * a goroutine yields, and any part may be evaluated separately: a component of a
 * string, slice or small struct is computed alone when only it is needed.
 *
 * push(x) leaves all components of x on the stack; pushComps(x, lo, hi) some of
 * them; addrOf(x) gives the place of a value in memory with all checks made;
 * spill(x) evaluates x into temporaries and gives functions that push them.
 */
import type { ConvExpr, Expr, IndexExpr, Name, RuntimeCall, SliceExpr, UnaryExpr } from '../go/ir/nodes.ts';
import type { Type } from '../go/types/type.ts';
import { under } from '../go/types/under.ts';
import * as k from '../go/types/constant.ts';
import { sizes } from '../go/types/sizes.ts';
import type { Pos } from '../base/pos.ts';
import * as w from './wasm.ts';
import { comps, sizeof, type Comp } from './layout.ts';
import type { Addr, FuncEmitter } from './emit.ts';
import { pushBinary, pushConvert, pushUnary } from './arith.ts';
import { genRuntimeValue } from './call.ts';

type Push = () => void;

export function push(e: FuncEmitter, x: Expr): void { pushComps(e, x, 0, comps(x.type!)!.length); }

/** Index of the first component of field i of a struct type. */
export function fieldComp(t: Type, i: number): number {
  const u = under(t);
  if (u.kind !== 'Struct') return 0;
  let n = 0;
  for (let f = 0; f < i; f++) n += comps(u.fields[f].type)!.length;
  return n;
}

/** x is in memory: it has a place that can be read component by component. */
function isPlace(e: FuncEmitter, x: Expr): boolean {
  switch (x.op) {
    case 'ONAME': return x.class_ !== 'PFUNC' && e.loc(x).kind !== 'locals';
    case 'ODEREF': case 'ODOTPTR': return true;
    case 'OINDEX': return under(x.x.type!).kind !== 'Array' ? !isString(x.x.type!) : isPlace(e, x.x);
    case 'ODOT': return isPlace(e, x.x);
    case 'OPAREN': case 'OCONVNOP': return isPlace(e, x.x);
    default: return false;
  }
}
export function isString(t: Type): boolean { const u = under(t); return u.kind === 'Basic' && u.isString(); }

export function pushComps(e: FuncEmitter, x: Expr, lo: number, hi: number): void {
  if (x.op === 'OPAREN') { pushComps(e, x.x, lo, hi); return; }
  if (x.op !== 'OCONVNOP' && isPlace(e, x)) {
    const cs = comps(x.type!)!;
    const a = addrOf(e, x);
    for (let i = lo; i < hi; i++) e.loadAt(a, cs[i]);
    return;
  }
  switch (x.op) {
    case 'ONAME': {
      if (x.class_ === 'PFUNC') { e.op(w.oI32Const); e.b.reloc('addr', e.pkg.funcValueSym(x.func!)); e.op(w.oI64ExtendI32U); return; }
      const l = e.loc(x);
      if (l.kind === 'locals') for (let i = lo; i < hi; i++) e.get(l.idx[i]);
      return;
    }
    case 'OMETHEXPR': e.op(w.oI32Const); e.b.reloc('addr', e.pkg.funcValueSym(x.method!.func!)); e.op(w.oI64ExtendI32U); return;
    case 'OLITERAL': pushConst(e, x.val, comps(x.type!)!, lo, hi); return;
    case 'ONIL': for (let i = lo; i < hi; i++) e.i64(0n); return;
    case 'OTYPEDESC': e.op(w.oI32Const); e.b.reloc('addr', e.pkg.typeSym(x.of)); e.op(w.oI64ExtendI32U); return;
    case 'OITABADDR': e.op(w.oI32Const); e.b.reloc('addr', e.pkg.itabSym(x.iface, x.of)); e.op(w.oI64ExtendI32U); return;
    case 'OFUNCINDEX': e.op(w.oI32Const); e.b.reloc('table', x.func.link); e.op(w.oI64ExtendI32U); e.pkg.noteFunc(x.func); return;
    case 'OGETCLOSUREPTR': e.get(e.closure); return;
    case 'OADDR': e.pushPointer(addrOf(e, x.x)); return;
    case 'ODOT': { const f = fieldComp(x.x.type!, x.index); pushComps(e, x.x, f + lo, f + hi); return; }
    case 'OINDEX': pushIndexValue(e, x, lo, hi); return;
    case 'OSLICEHEADER': for (let i = lo; i < hi; i++) pushInt64(e, [x.ptr, x.len, x.cap][i]); return;
    case 'OSTRINGHEADER': for (let i = lo; i < hi; i++) pushInt64(e, [x.ptr, x.len][i]); return;
    case 'OMAKEFACE': for (let i = lo; i < hi; i++) pushInt64(e, [x.x, x.y][i]); return;
    case 'OLEN': pushComps(e, x.x, 1, 2); return;
    case 'OCAP': { const u = under(x.x.type!); pushComps(e, x.x, u.kind === 'Slice' ? 2 : 1, u.kind === 'Slice' ? 3 : 2); return; }
    case 'OSPTR': case 'OITAB': case 'OUNSAFESLICEDATA': case 'OUNSAFESTRINGDATA': case 'OREAL': pushComps(e, x.x, 0, 1); return;
    case 'OIDATA': case 'OIMAG': pushComps(e, x.x, 1, 2); return;
    case 'OCFUNC': pushComps(e, x.x, 0, 1); return;
    case 'OCHECKNIL': push(e, x.x); nilCheckTop(e, x.pos); return;
    case 'OCOMPLEX': for (let i = lo; i < hi; i++) push(e, [x.x, x.y][i]); return;
    case 'OSLICE': case 'OSLICEARR': case 'OSLICESTR': case 'OSLICE3': case 'OSLICE3ARR': {
      const s = pushSlice(e, x);
      for (let i = lo; i < hi; i++) s[i]();
      return;
    }
    case 'OANDAND': case 'OOROR':
      push(e, x.x);
      e.if(w.wasmTypeByte.i);
      { const before = new Set(e.checked); if (x.op === 'OANDAND') push(e, x.y); else e.i32(1); e.else(); forget(e, before); if (x.op === 'OANDAND') e.i32(0); else push(e, x.y); forget(e, before); }
      e.end();
      return;
    case 'OCONVNOP': pushNop(e, x, lo, hi); return;
    case 'OCONV': pushConvert(e, x, lo, hi); return;
    case 'ONEG': case 'OPLUS': case 'ONOT': case 'OBITNOT': pushUnary(e, x as UnaryExpr, lo, hi); return;
    case 'OADD': case 'OSUB': case 'OMUL': case 'ODIV': case 'OMOD': case 'OAND': case 'OOR': case 'OXOR': case 'OANDNOT': case 'OLSH': case 'ORSH':
    case 'OEQ': case 'ONE': case 'OLT': case 'OLE': case 'OGT': case 'OGE': case 'OUNSAFEADD':
      pushBinary(e, x, lo, hi); return;
    case 'OMIN': case 'OMAX': {
      push(e, x.args[0]);
      push(e, x.args[1]);
      const d = comps(x.type!)![0].t === 'd';
      e.op(x.op === 'OMIN' ? (d ? w.oF64Min : w.oF32Min) : d ? w.oF64Max : w.oF32Max);
      return;
    }
    case 'OCALLRT': {
      const vals = genRuntimeValue(e, x as RuntimeCall);
      for (let i = lo; i < hi; i++) vals[i]();
      return;
    }
    default: throw new Error(`invalid expression in walked form: ${x.op}`);
  }
}
function forget(e: FuncEmitter, keep: ReadonlySet<Name>): void { for (const n of [...e.checked]) if (!keep.has(n)) e.checked.delete(n); }

/** Pushes an integer or pointer as i64. */
function pushInt64(e: FuncEmitter, x: Expr): void {
  const c = comps(x.type!)![0];
  pushComps(e, x, 0, 1);
  if (c.t === 'i') e.op(c.signed ? w.oI64ExtendI32S : w.oI64ExtendI32U);
}

/** Evaluates x into temporaries (plain variables and constants stay where they are). */
export function spill(e: FuncEmitter, x: Expr): Push[] {
  const cs = comps(x.type!)!;
  if (x.op === 'ONAME' && x.class_ !== 'PFUNC') {
    const l = e.loc(x);
    if (l.kind === 'locals') return l.idx.map((i) => () => e.get(i));
  }
  if (x.op === 'OLITERAL' || x.op === 'ONIL') return cs.map((_, i) => () => pushComps(e, x, i, i + 1));
  const temps = cs.map((c) => e.temp(c.t));
  push(e, x);
  for (let i = temps.length - 1; i >= 0; i--) e.set(temps[i]);
  return temps.map((t) => () => e.get(t));
}
/** Like spill, for an expression whose variables may be assigned before the value is used. */
export function snapshot(e: FuncEmitter, x: Expr): Push[] {
  if (x.op === 'OLITERAL' || x.op === 'ONIL') return spill(e, x);
  const cs = comps(x.type!)!;
  const temps = cs.map((c) => e.temp(c.t));
  push(e, x);
  for (let i = temps.length - 1; i >= 0; i--) e.set(temps[i]);
  return temps.map((t) => () => e.get(t));
}

/** Runs x for its panics. */
export function discard(e: FuncEmitter, x: Expr): void {
  const cs = comps(x.type!);
  if (!cs) { memoryValue(e, x); return; }
  if (!canPanic(x) && x.op !== 'OCALLRT') return;
  push(e, x);
  for (let i = 0; i < cs.length; i++) e.op(w.oDrop);
}

/** Evaluating x may raise a panic. */
export function canPanic(x: Expr): boolean {
  switch (x.op) {
    case 'ONAME': case 'OLITERAL': case 'ONIL': case 'OTYPEDESC': case 'OITABADDR': case 'OFUNCINDEX': case 'OGETCLOSUREPTR': case 'OMETHEXPR': return false;
    case 'ODEREF': return !x.bounded || canPanic(x.x);
    case 'OINDEX': return !x.bounded || canPanic(x.x) || canPanic(x.index);
    case 'ODOT': case 'OLEN': case 'OCAP': case 'OSPTR': case 'OITAB': case 'OIDATA': case 'OREAL': case 'OIMAG': case 'OCONV': case 'OCONVNOP': case 'OPAREN':
    case 'ONEG': case 'ONOT': case 'OBITNOT': return canPanic(x.x);
    case 'OADD': case 'OSUB': case 'OMUL': case 'OAND': case 'OOR': case 'OXOR': case 'OANDNOT': case 'OEQ': case 'ONE': case 'OLT': case 'OLE': case 'OGT': case 'OGE':
    case 'OMAKEFACE': case 'OCOMPLEX': case 'OANDAND': case 'OOROR': return canPanic(x.x) || canPanic(x.y);
    case 'OSLICEHEADER': return canPanic(x.ptr) || canPanic(x.len) || canPanic(x.cap);
    case 'OSTRINGHEADER': return canPanic(x.ptr) || canPanic(x.len);
    case 'OADDR': return x.x.op !== 'ONAME' && canPanic(x.x);
    default: return true;
  }
}

// Constants.

/** Components [lo, hi) of a constant whose scalars are cs. */
export function pushConst(e: FuncEmitter, v: k.Value, cs: readonly Comp[], lo: number, hi: number): void {
  if (v.kind === 'String') {
    const bytes = k.stringBytes(v);
    for (let i = lo; i < hi; i++) {
      if (i === 1) e.i64(BigInt(bytes.length));
      else if (bytes.length === 0) e.i64(0n);
      else { e.op(w.oI32Const); e.b.reloc('addr', e.pkg.stringSym(v.val)); e.op(w.oI64ExtendI32U); }
    }
    return;
  }
  for (let i = lo; i < hi; i++) {
    const c = cs[i];
    const part = cs.length === 2 && (c.t === 'f' || c.t === 'd') ? (i === 0 ? k.real(k.toComplex(v)) : k.imag(k.toComplex(v))) : v;
    switch (c.t) {
      case 'd': e.op(w.oF64Const); e.b.f64(k.float64Val(k.toFloat(part))); break;
      case 'f': e.op(w.oF32Const); e.b.f32(k.float32Val(k.toFloat(part))); break;
      case 'j': e.i64(constInt(part)); break;
      case 'i':
        if (v.kind === 'Bool') e.i32(v.val ? 1 : 0);
        else { const n = constInt(part); e.i32(Number(c.signed ? BigInt.asIntN(c.size * 8, n) : BigInt.asIntN(32, BigInt.asUintN(c.size * 8, n)))); }
    }
  }
}
export function constInt(v: k.Value): bigint { return k.intVal(k.toInt(v)) ?? 0n; }

// Places.

/** The address of x with its checks made. */
export function addrOf(e: FuncEmitter, x: Expr): Addr {
  switch (x.op) {
    case 'OPAREN': case 'OCONVNOP': return addrOf(e, x.x);
    case 'ONAME': return e.nameAddr(x);
    case 'ODOT': { const a = addrOf(e, x.x); return { ...a, off: a.off + fieldOffset(x.x.type!, x.index) }; }
    case 'ODOTPTR': {
      const p = under(x.x.type!);
      return pointee(e, x.x, false, fieldOffset(p.kind === 'Pointer' ? p.elem : x.x.type!, x.index), x.pos);
    }
    case 'ODEREF': return pointee(e, x.x, x.bounded, 0, x.pos);
    case 'OINDEX': return elementAddr(e, x);
    default: throw new Error(`invalid place in walked form: ${x.op}`);
  }
}
function fieldOffset(t: Type, i: number): number {
  const u = under(t);
  return u.kind === 'Struct' ? sizes.offsetsof(u.fields)[i] : 0;
}

/** The memory p points at. Plain variables found not nil once are not tested again. */
function pointee(e: FuncEmitter, p: Expr, nonNil: boolean, off: number, pos: Pos): Addr {
  while (p.op === 'OPAREN' || (p.op === 'OCONVNOP' && comps(p.x.type!)?.length === 1)) p = p.x;
  if (p.op === 'OADDR') { const a = addrOf(e, p.x); return { ...a, off: a.off + off }; }
  if (p.op === 'OLITERAL') { const l = e.temp('i'); e.i32(Number(constInt(p.val))); e.set(l); return { local: l, sym: '', off, inFrame: false }; }
  const a = e.temp('i');
  if (p.op === 'ONAME' && p.class_ !== 'PEXTERN' && p.class_ !== 'PFUNC') {
    const l = e.loc(p);
    if (l.kind === 'locals') {
      if (!nonNil && !e.checked.has(p)) {
        e.get(l.idx[0]);
        e.op(w.oI64Eqz);
        e.if();
        fault(e, 'nil', pos);
        e.end();
        e.checked.add(p);
      }
      e.get(l.idx[0]);
      e.op(w.oI32WrapI64);
      e.set(a);
      return { local: a, sym: '', off, inFrame: false };
    }
  }
  push(e, p);
  e.op(w.oI32WrapI64);
  if (!nonNil) {
    e.tee(a);
    e.op(w.oI32Eqz);
    e.if();
    fault(e, 'nil', pos);
    e.end();
  } else e.set(a);
  return { local: a, sym: '', off, inFrame: false };
}

function nilCheckTop(e: FuncEmitter, pos: Pos): void {
  const v = e.temp('j');
  e.tee(v);
  e.op(w.oI64Eqz);
  e.if();
  fault(e, 'nil', pos);
  e.end();
  e.get(v);
}

/** Raises a run-time error without arguments. */
export function fault(e: FuncEmitter, what: 'nil' | 'divide' | 'shift', pos: Pos): void {
  e.flushFuel();
  e.callSym(`chk:${what}`);
  e.raise(pos);
}

/** Bounds failures by number: the texts are in lib/engine/errors.ts. */
export const boundsIndex = 0, boundsSliceAlen = 1, boundsSliceAcap = 2, boundsSliceB = 3, boundsSlice3Alen = 4, boundsSlice3Acap = 5, boundsSlice3B = 6, boundsSlice3C = 7;

/** Pushes i as i64 and checks 0 ≤ i < n; leaves nothing. Returns the index local. */
export function boundsCheck(e: FuncEmitter, index: Expr, n: Push, pos: Pos): Push {
  const c = comps(index.type!)![0];
  if (index.op === 'OLITERAL') {
    const v = constInt(index.val);
    e.i64(v);
    n();
    e.op(w.oI64GeU);
    e.if();
    e.flushFuel();
    e.i32(boundsIndex); e.i64(v); n(); e.i32(1);
    e.callSym('chk:bounds');
    e.raise(pos);
    e.end();
    return () => e.i64(v);
  }
  const i = index64(e, index);
  i();
  n();
  e.op(w.oI64GeU);
  e.if();
  e.flushFuel();
  e.i32(boundsIndex); i(); n(); e.i32(c.signed ? 1 : 0);
  e.callSym('chk:bounds');
  e.raise(pos);
  e.end();
  return i;
}
/** An index as i64, in a local. */
function index64(e: FuncEmitter, x: Expr): Push {
  const c = comps(x.type!)![0];
  if (c.t === 'j') return spill(e, x)[0];
  const t = e.temp('j');
  pushInt64(e, x);
  e.set(t);
  return () => e.get(t);
}

function elementAddr(e: FuncEmitter, x: IndexExpr): Addr {
  const u = under(x.x.type!);
  if (u.kind === 'Array') {
    const a = addrOf(e, x.x);
    return offsetBy(e, a, x, BigInt(u.len), sizeof(u.elem));
  }
  if (u.kind === 'Pointer') {
    const arr = under(u.elem);
    if (arr.kind !== 'Array') throw new Error('invalid index operand');
    const a = pointee(e, x.x, false, 0, x.pos);
    return offsetBy(e, a, x, BigInt(arr.len), sizeof(arr.elem));
  }
  // Slices (and strings, for their bytes).
  const size = u.kind === 'Slice' ? sizeof(u.elem) : 1;
  const s = headParts(e, x.x);
  const i = x.bounded ? undefined : boundsCheck(e, x.index, s.len, x.pos);
  const a = e.temp('i');
  if (x.index.op === 'OLITERAL') {
    s.ptr();
    e.op(w.oI32WrapI64);
    e.set(a);
    return { local: a, sym: '', off: Number(constInt(x.index.val)) * size, inFrame: false };
  }
  s.ptr();
  e.op(w.oI32WrapI64);
  pushScaled(e, x.index, i, size);
  e.op(w.oI32Add);
  e.set(a);
  return { local: a, sym: '', off: 0, inFrame: false };
}
/** Pushes index·size as i32. */
function pushScaled(e: FuncEmitter, index: Expr, i: Push | undefined, size: number): void {
  if (i) { i(); e.op(w.oI32WrapI64); } else { pushComps(e, index, 0, 1); if (comps(index.type!)![0].t === 'j') e.op(w.oI32WrapI64); }
  if (size === 1) return;
  if ((size & (size - 1)) === 0) { e.i32(31 - Math.clz32(size)); e.op(w.oI32Shl); } else { e.i32(size); e.op(w.oI32Mul); }
}
function offsetBy(e: FuncEmitter, a: Addr, x: IndexExpr, len: bigint, size: number): Addr {
  const lit = x.index.op === 'OLITERAL' ? constInt(x.index.val) : undefined;
  if (lit !== undefined && lit >= 0n && lit < len) return { ...a, off: a.off + Number(lit) * size };
  const i = x.bounded ? undefined : boundsCheck(e, x.index, () => e.i64(len), x.pos);
  const t = e.temp('i');
  e.pushBase(a);
  pushScaled(e, x.index, i, size);
  e.op(w.oI32Add);
  e.set(t);
  return { local: t, sym: '', off: a.off, inFrame: a.inFrame };
}

/** Pointer and length of a slice or string, evaluated once. */
function headParts(e: FuncEmitter, x: Expr): { ptr: Push; len: Push } {
  while (x.op === 'OPAREN' || x.op === 'OCONVNOP') x = x.x;
  if (isPlace(e, x)) {
    const a = addrOf(e, x);
    const cs = comps(x.type!)!;
    return { ptr: () => e.loadAt(a, cs[0]), len: () => e.loadAt(a, cs[1]) };
  }
  if (x.op === 'OLITERAL') return { ptr: () => pushComps(e, x, 0, 1), len: () => pushComps(e, x, 1, 2) };
  const s = spill(e, x);
  return { ptr: s[0], len: s[1] };
}

function pushIndexValue(e: FuncEmitter, x: IndexExpr, lo: number, hi: number): void {
  if (isString(x.x.type!)) {
    const a = elementAddr(e, x);
    e.pushBase(a);
    e.mem(w.oI32Load8U, 0, a.off);
    return;
  }
  // An array of one element held in locals, or of none.
  const len = arrayLen(x.x.type!);
  if (!x.bounded) boundsCheck(e, x.index, () => e.i64(BigInt(len)), x.pos);
  if (len > 0) { pushComps(e, x.x, lo, hi); return; }
  const cs = comps(x.type!)!;
  for (let i = lo; i < hi; i++) zeroOf(e, cs[i].t);
}
/** Pushes a scalar zero. */
export function zeroOf(e: FuncEmitter, t: w.WasmType): void {
  if (t === 'i') e.i32(0);
  else if (t === 'j') e.i64(0n);
  else if (t === 'f') { e.op(w.oF32Const); e.b.f32(0); } else { e.op(w.oF64Const); e.b.f64(0); }
}
export function arrayLen(t: Type): number { const u = under(t); return u.kind === 'Array' ? u.len : 0; }

/** A value that exists only in memory: where it lies, until the next statement. */
export function memoryValue(e: FuncEmitter, x: Expr): Addr {
  if (isPlace(e, x)) return addrOf(e, x);
  switch (x.op) {
    case 'OPAREN': case 'OCONVNOP': return memoryValue(e, x.x);
    case 'ONIL': case 'OLITERAL': return zeroMemory(e, x.type!);
    // An element of an array of none: never reached at run time.
    case 'OINDEX':
      if (!x.bounded) boundsCheck(e, x.index, () => e.i64(0n), x.pos);
      return zeroMemory(e, x.type!);
    default: throw new Error(`invalid value in memory: ${x.op}`);
  }
}
function zeroMemory(e: FuncEmitter, t: Type): Addr {
  const l = e.temp('i');
  e.op(w.oI32Const); e.b.reloc('addr', e.pkg.zeroSym(sizeof(t)));
  e.set(l);
  return { local: l, sym: '', off: 0, inFrame: false };
}

// Slicing.

function pushSlice(e: FuncEmitter, x: SliceExpr): Push[] {
  let ptr: Push, len: Push, cap: Push;
  let size: number;
  const u = under(x.x.type!);
  const str = u.kind === 'Basic';
  if (u.kind === 'Pointer' || u.kind === 'Array') {
    const arr = u.kind === 'Pointer' ? under(u.elem) : u;
    if (arr.kind !== 'Array') throw new Error('invalid slice operand');
    const n = BigInt(arr.len);
    size = sizeof(arr.elem);
    const p = e.temp('j');
    if (u.kind === 'Pointer') { push(e, x.x); if (x.x.op !== 'OADDR') nilCheckTop(e, x.pos); } else e.pushPointer(addrOf(e, x.x));
    e.set(p);
    ptr = () => e.get(p);
    len = cap = () => e.i64(n);
  } else {
    const s = spill(e, x.x);
    ptr = s[0]; len = s[1]; cap = str ? s[1] : s[2];
    size = u.kind === 'Slice' ? sizeof(u.elem) : 1;
  }
  const three = x.op === 'OSLICE3' || x.op === 'OSLICE3ARR';
  const low = x.low ? index64(e, x.low) : undefined;
  const high = x.high ? index64(e, x.high) : undefined;
  const max = x.max ? index64(e, x.max) : undefined;
  const signed = (y: Expr | undefined): number => (y && !comps(y.type!)![0].signed ? 0 : 1);
  const check = (code: number, v: Push, lim: Push, s: number): void => {
    v(); lim(); e.op(w.oI64GtU);
    e.if();
    e.flushFuel();
    e.i32(code); v(); lim(); e.i32(s);
    e.callSym('chk:bounds');
    e.raise(x.pos);
    e.end();
  };
  // A slice's length is checked against its capacity, a string's or array's against its length.
  const lim: Push = u.kind === 'Slice' ? cap : len;
  const byLen = u.kind !== 'Slice';
  if (!x.bounded) {
    if (three) {
      check(byLen ? boundsSlice3Alen : boundsSlice3Acap, max!, lim, signed(x.max));
      check(boundsSlice3B, high!, max!, signed(x.high));
      if (low) check(boundsSlice3C, low, high!, signed(x.low));
    } else {
      if (high) check(byLen ? boundsSliceAlen : boundsSliceAcap, high, lim, signed(x.high));
      if (low) check(boundsSliceB, low, high ?? len, signed(x.low));
    }
  }
  const end = high ?? len, top = max ?? cap;
  if (!low) return [ptr, end, top];
  const newCap = e.temp('j');
  if (str) end(); else top();
  low();
  e.op(w.oI64Sub);
  e.set(newCap);
  const p = (): void => {
    // An empty rest keeps the old pointer, lest it point past the object.
    ptr();
    low();
    if (size !== 1) { e.i64(BigInt(size)); e.op(w.oI64Mul); }
    e.i64(0n);
    e.get(newCap);
    e.op(w.oI64Sub);
    e.i64(63n);
    e.op(w.oI64ShrS);
    e.op(w.oI64And);
    e.op(w.oI64Add);
  };
  return [p, () => { end(); low(); e.op(w.oI64Sub); }, () => e.get(newCap)];
}

/** Conversions that change no bits: between types of the same memory, pointers and uintptr included. */
function pushNop(e: FuncEmitter, x: ConvExpr, lo: number, hi: number): void {
  const from = comps(x.x.type!)!, to = comps(x.type!)!;
  if (from.length === to.length) {
    pushComps(e, x.x, lo, hi);
    if (from.length === 1 && from[0].t === 'i' && to[0].t === 'i' && (from[0].size !== to[0].size || from[0].signed !== to[0].signed)) normalize(e, to[0]);
    if (from.length === 1 && from[0].t !== to[0].t) throw new Error('invalid conversion without code');
    return;
  }
  throw new Error('invalid conversion without code');
}

/** Brings the i32 on the stack into the range of a smaller integer type. */
export function normalize(e: FuncEmitter, c: Comp): void {
  if (c.t !== 'i' || c.size === 4) return;
  if (c.signed) e.op(c.size === 1 ? w.oI32Extend8S : w.oI32Extend16S);
  else { e.i32(c.size === 1 ? 0xff : 0xffff); e.op(w.oI32And); }
}
