/**
 * Operators and conversions of numbers, as amd64 computes them: integers wrap,
 * shifts by the width or more give zero or the sign, dividing by zero panics,
 * converting a float that does not fit gives the integer of the top bit alone.
 */
import type { BinaryExpr, ConvExpr, Expr, UnaryExpr } from '../go/ir/nodes.ts';
import { under } from '../go/types/under.ts';
import * as w from './wasm.ts';
import { comps, type Comp } from './layout.ts';
import type { FuncEmitter } from './emit.ts';
import { constInt, fault, isString, normalize, push, pushComps, pushConst, spill } from './expr.ts';

const arith: Record<string, Record<w.WasmType, number>> = {
  OADD: { i: w.oI32Add, j: w.oI64Add, f: w.oF32Add, d: w.oF64Add },
  OSUB: { i: w.oI32Sub, j: w.oI64Sub, f: w.oF32Sub, d: w.oF64Sub },
  OMUL: { i: w.oI32Mul, j: w.oI64Mul, f: w.oF32Mul, d: w.oF64Mul },
  OAND: { i: w.oI32And, j: w.oI64And, f: 0, d: 0 },
  OOR: { i: w.oI32Or, j: w.oI64Or, f: 0, d: 0 },
  OXOR: { i: w.oI32Xor, j: w.oI64Xor, f: 0, d: 0 },
};
/** Comparison opcodes: signed i32, unsigned i32, signed i64, unsigned i64, f32, f64. */
const compare: Record<string, readonly [number, number, number, number, number, number]> = {
  OEQ: [w.oI32Eq, w.oI32Eq, w.oI64Eq, w.oI64Eq, 0x5b, 0x61],
  ONE: [w.oI32Ne, w.oI32Ne, w.oI64Ne, w.oI64Ne, 0x5c, 0x62],
  OLT: [w.oI32LtS, w.oI32LtU, w.oI64LtS, w.oI64LtU, 0x5d, 0x63],
  OGT: [w.oI32GtS, w.oI32GtU, w.oI64GtS, w.oI64GtU, 0x5e, 0x64],
  OLE: [w.oI32LeS, w.oI32LeU, w.oI64LeS, w.oI64LeU, 0x5f, 0x65],
  OGE: [w.oI32GeS, w.oI32GeU, w.oI64GeS, w.oI64GeU, 0x60, 0x66],
};

export function pushBinary(e: FuncEmitter, x: BinaryExpr, lo: number, hi: number): void {
  const cmp = compare[x.op];
  if (cmp) { pushCompare(e, x, cmp); return; }
  const cs = comps(x.type!)!;
  if (cs.length === 2) { pushComplex(e, x, cs[0], lo, hi); return; }
  const c = cs[0];
  switch (x.op) {
    case 'OADD': case 'OSUB': case 'OMUL': case 'OAND': case 'OOR': case 'OXOR':
      push(e, x.x);
      push(e, x.y);
      e.op(arith[x.op][c.t]);
      if (x.op === 'OADD' || x.op === 'OSUB' || x.op === 'OMUL' || x.op === 'OXOR') normalize(e, c);
      return;
    case 'OANDNOT':
      push(e, x.x);
      push(e, x.y);
      if (c.t === 'i') { e.i32(-1); e.op(w.oI32Xor); e.op(w.oI32And); } else { e.i64(-1n); e.op(w.oI64Xor); e.op(w.oI64And); }
      return;
    case 'OUNSAFEADD': {
      push(e, x.x);
      push(e, x.y);
      const y = comps(x.y.type!)![0];
      if (y.t === 'i') e.op(y.signed ? w.oI64ExtendI32S : w.oI64ExtendI32U);
      e.op(w.oI64Add);
      return;
    }
    case 'ODIV': case 'OMOD': pushDivide(e, x, c); return;
    case 'OLSH': case 'ORSH': pushShift(e, x, c); return;
    default: throw new Error(`invalid binary operator: ${x.op}`);
  }
}

function pushCompare(e: FuncEmitter, x: BinaryExpr, cmp: readonly [number, number, number, number, number, number]): void {
  const cs = comps(x.x.type!)!;
  if (isString(x.x.type!)) { compareStrings(e, x); return; }
  if (cs.length !== 1) {
    // Complex numbers and the like: all components equal. An interface or slice is compared with nil by its first word.
    const u = under(x.x.type!);
    const only = u.kind === 'Slice' || u.kind === 'Interface' ? 1 : cs.length;
    if (only === 0) { e.i32(x.op === 'OEQ' ? 1 : 0); return; }
    const nilY = x.y.op === 'ONIL', nilX = x.x.op === 'ONIL';
    if (only === 1 && (nilX || nilY)) {
      pushComps(e, nilX ? x.y : x.x, 0, 1);
      e.op(w.oI64Eqz);
      if (x.op === 'ONE') e.op(w.oI32Eqz);
      return;
    }
    const a = spill(e, x.x), b = spill(e, x.y);
    cs.forEach((c, i) => {
      a[i]();
      b[i]();
      e.op(compare.OEQ[index(c)]);
      if (i > 0) e.op(w.oI32And);
    });
    if (x.op === 'ONE') e.op(w.oI32Eqz);
    return;
  }
  const c = cs[0];
  const zero = (y: Expr): boolean => y.op === 'ONIL' || (y.op === 'OLITERAL' && c.t !== 'd' && c.t !== 'f' && (y.val.kind === 'Bool' ? !y.val.val : constInt(y.val) === 0n));
  if ((x.op === 'OEQ' || x.op === 'ONE') && zero(x.y)) {
    push(e, x.x);
    if (c.t === 'j') { e.op(w.oI64Eqz); if (x.op === 'ONE') e.op(w.oI32Eqz); } else if (x.op === 'OEQ') e.op(w.oI32Eqz); else { e.i32(0); e.op(w.oI32Ne); }
    return;
  }
  push(e, x.x);
  push(e, x.y);
  e.op(cmp[index(c)]);
}
/** Equality looks at lengths, then at pointers, then at the bytes; order asks the runtime. */
function compareStrings(e: FuncEmitter, x: BinaryExpr): void {
  const ptr = (f: () => void): void => { f(); e.op(w.oI32WrapI64); };
  if (x.op === 'OEQ' || x.op === 'ONE') {
    const empty = (s: Expr): boolean => s.op === 'OLITERAL' && s.val.kind === 'String' && s.val.val === '';
    if (empty(x.y) || empty(x.x)) {
      pushComps(e, empty(x.y) ? x.x : x.y, 1, 2);
      e.op(w.oI64Eqz);
      if (x.op === 'ONE') e.op(w.oI32Eqz);
      return;
    }
    const a = spill(e, x.x), b = spill(e, x.y);
    a[1](); b[1](); e.op(w.oI64Eq);
    e.if(w.wasmTypeByte.i);
    a[0](); b[0](); e.op(w.oI64Eq);
    e.if(w.wasmTypeByte.i);
    e.i32(1);
    e.else();
    ptr(a[0]); ptr(b[0]); a[1](); e.op(w.oF64ConvertI64S);
    e.callSym('rt:memequal');
    e.end();
    e.else();
    e.i32(0);
    e.end();
    if (x.op === 'ONE') e.op(w.oI32Eqz);
    return;
  }
  const a = spill(e, x.x), b = spill(e, x.y);
  ptr(a[0]); ptr(a[1]); ptr(b[0]); ptr(b[1]);
  e.callSym('rt:cmpstring');
  e.i32(0);
  e.op(compare[x.op][0]);
}
const index = (c: Comp): number => (c.t === 'i' ? (c.signed ? 0 : 1) : c.t === 'j' ? (c.signed && !c.ptr ? 2 : 3) : c.t === 'f' ? 4 : 5);

function pushDivide(e: FuncEmitter, x: BinaryExpr, c: Comp): void {
  if (c.t === 'f' || c.t === 'd') {
    push(e, x.x);
    push(e, x.y);
    e.op(c.t === 'f' ? w.oF32Div : w.oF64Div);
    return;
  }
  const wide = c.t === 'j', div = x.op === 'ODIV';
  const op = wide ? (div ? (c.signed ? w.oI64DivS : w.oI64DivU) : c.signed ? w.oI64RemS : w.oI64RemU) : div ? (c.signed ? w.oI32DivS : w.oI32DivU) : c.signed ? w.oI32RemS : w.oI32RemU;
  if (x.y.op === 'OLITERAL') {
    const v = constInt(x.y.val);
    if (v !== 0n && !(c.signed && v === -1n)) {
      push(e, x.x);
      push(e, x.y);
      e.op(op);
      normalize(e, c);
      return;
    }
  }
  const a = spill(e, x.x), b = spill(e, x.y);
  b[0]();
  e.op(wide ? w.oI64Eqz : w.oI32Eqz);
  e.if();
  fault(e, 'divide', x.pos);
  e.end();
  if (div && c.signed) {
    // The one quotient that does not fit, least / -1, is what negation gives.
    b[0]();
    if (wide) { e.i64(-1n); e.op(w.oI64Eq); } else { e.i32(-1); e.op(w.oI32Eq); }
    e.if(w.wasmTypeByte[c.t]);
    if (wide) { e.i64(0n); a[0](); e.op(w.oI64Sub); } else { e.i32(0); a[0](); e.op(w.oI32Sub); }
    e.else();
    a[0]();
    b[0]();
    e.op(op);
    e.end();
  } else {
    a[0]();
    b[0]();
    e.op(op);
  }
  normalize(e, c);
}

function pushShift(e: FuncEmitter, x: BinaryExpr, c: Comp): void {
  const wide = c.t === 'j', bits = c.size * 8;
  const left = x.op === 'OLSH';
  const op = wide ? (left ? w.oI64Shl : c.signed ? w.oI64ShrS : w.oI64ShrU) : left ? w.oI32Shl : c.signed ? w.oI32ShrS : w.oI32ShrU;
  const num = (v: number): void => { if (wide) e.i64(BigInt(v)); else e.i32(v); };
  if (x.y.op === 'OLITERAL') {
    let n = constInt(x.y.val);
    if (n >= BigInt(bits)) {
      if (left || !c.signed) { push(e, x.x); e.op(w.oDrop); num(0); return; }
      n = BigInt(bits - 1);
    }
    push(e, x.x);
    num(Number(n));
    e.op(op);
    if (left) normalize(e, c);
    return;
  }
  const y = comps(x.y.type!)![0];
  const a = spill(e, x.x);
  const s = spill(e, x.y);
  if (y.signed && !x.bounded) {
    s[0]();
    if (y.t === 'j') { e.i64(0n); e.op(w.oI64LtS); } else { e.i32(0); e.op(w.oI32LtS); }
    e.if();
    fault(e, 'shift', x.pos);
    e.end();
  }
  const big = (): void => { s[0](); if (y.t === 'j') { e.i64(BigInt(bits)); e.op(w.oI64GeU); } else { e.i32(bits); e.op(w.oI32GeU); } };
  const count = (): void => { s[0](); if (wide && y.t === 'i') e.op(w.oI64ExtendI32U); else if (!wide && y.t === 'j') e.op(w.oI32WrapI64); };
  if (left || !c.signed) {
    num(0);
    a[0](); count(); e.op(op);
    big();
    e.op(w.oSelect);
  } else {
    a[0]();
    num(bits - 1);
    count();
    big();
    e.op(w.oSelect);
    e.op(op);
  }
  if (left) normalize(e, c);
}

export function pushUnary(e: FuncEmitter, x: UnaryExpr, lo: number, hi: number): void {
  const cs = comps(x.type!)!;
  if (x.op === 'OPLUS') { pushComps(e, x.x, lo, hi); return; }
  if (x.op === 'ONOT') { push(e, x.x); e.op(w.oI32Eqz); return; }
  for (let i = lo; i < hi; i++) {
    const c = cs[i];
    if (x.op === 'ONEG') {
      if (c.t === 'f' || c.t === 'd') { pushComps(e, x.x, i, i + 1); e.op(c.t === 'f' ? w.oF32Neg : w.oF64Neg); continue; }
      if (c.t === 'j') { e.i64(0n); pushComps(e, x.x, i, i + 1); e.op(w.oI64Sub); } else { e.i32(0); pushComps(e, x.x, i, i + 1); e.op(w.oI32Sub); normalize(e, c); }
    } else {
      pushComps(e, x.x, i, i + 1);
      if (c.t === 'j') { e.i64(-1n); e.op(w.oI64Xor); } else { e.i32(-1); e.op(w.oI32Xor); normalize(e, c); }
    }
  }
}

function pushComplex(e: FuncEmitter, x: BinaryExpr, c: Comp, lo: number, hi: number): void {
  const a = spill(e, x.x), b = spill(e, x.y);
  const d = c.t === 'd';
  const part = (v: () => void): void => { v(); if (!d) e.op(w.oF64PromoteF32); };
  if (x.op === 'OADD' || x.op === 'OSUB') {
    for (let i = lo; i < hi; i++) { a[i](); b[i](); e.op(arith[x.op][c.t]); }
    return;
  }
  if (x.op === 'OMUL') {
    // Products in float64, as gc does, rounded at the end.
    for (let i = lo; i < hi; i++) {
      part(a[0]); part(b[i]); e.op(w.oF64Mul);
      part(a[1]); part(b[1 - i]); e.op(w.oF64Mul);
      e.op(i === 0 ? w.oF64Sub : w.oF64Add);
      if (!d) e.op(w.oF32DemoteF64);
    }
    return;
  }
  part(a[0]); part(a[1]); part(b[0]); part(b[1]);
  const re = e.temp('d'), im = e.temp('d');
  e.callSym('chk:complexdiv');
  e.set(re);
  e.callSym('chk:complexdivim');
  e.set(im);
  for (let i = lo; i < hi; i++) { e.get(i === 0 ? re : im); if (!d) e.op(w.oF32DemoteF64); }
}

/** OCONV between numeric types. */
export function pushConvert(e: FuncEmitter, x: ConvExpr, lo: number, hi: number): void {
  const from = comps(x.x.type!)!, to = comps(x.type!)!;
  // A number as a complex constant, in the body of a generic function.
  if (to.length === 2 && from.length === 1 && x.x.op === 'OLITERAL') { pushConst(e, x.x.val, to, lo, hi); return; }
  if (to.length === 2 && from.length === 2 && (to[0].t === 'f' || to[0].t === 'd')) {
    for (let i = lo; i < hi; i++) { pushComps(e, x.x, i, i + 1); number(e, from[i], to[i]); }
    return;
  }
  if (to.length !== 1 || from.length !== 1) { pushComps(e, x.x, lo, hi); return; }
  push(e, x.x);
  number(e, from[0], to[0]);
}

function number(e: FuncEmitter, f: Comp, t: Comp): void {
  const ff = f.t === 'f' || f.t === 'd', tf = t.t === 'f' || t.t === 'd';
  if (ff && tf) {
    if (f.t === 'f' && t.t === 'd') e.op(w.oF64PromoteF32);
    else if (f.t === 'd' && t.t === 'f') e.op(w.oF32DemoteF64);
    return;
  }
  if (tf) {
    const ops = f.t === 'i' ? (f.signed ? [w.oF32ConvertI32S, w.oF64ConvertI32S] : [w.oF32ConvertI32U, w.oF64ConvertI32U]) : f.signed ? [w.oF32ConvertI64S, w.oF64ConvertI64S] : [w.oF32ConvertI64U, w.oF64ConvertI64U];
    e.op(ops[t.t === 'f' ? 0 : 1]);
    return;
  }
  if (ff) { floatToInt(e, f, t); return; }
  if (f.t === 'i' && t.t === 'j') e.op(f.signed ? w.oI64ExtendI32S : w.oI64ExtendI32U);
  else if (f.t === 'j' && t.t === 'i') { e.op(w.oI32WrapI64); normalize(e, t); } else if (f.t === 'i' && (f.size > t.size || (f.size === t.size && f.signed !== t.signed) || (f.signed && !t.signed))) normalize(e, t);
}

/** CVTTSD2SQ and what gc builds from it. */
function floatToInt(e: FuncEmitter, f: Comp, t: Comp): void {
  if (f.t === 'f') e.op(w.oF64PromoteF32);
  const v = e.temp('d');
  e.set(v);
  const trunc = (g: () => void): void => {
    g(); e.op(w.oF64Const); e.b.f64(-9223372036854775808); e.op(0x66);
    g(); e.op(w.oF64Const); e.b.f64(9223372036854775808); e.op(0x63);
    e.op(w.oI32And);
    e.if(w.wasmTypeByte.j);
    g(); e.op(w.oI64TruncF64S);
    e.else();
    e.i64(-0x8000_0000_0000_0000n);
    e.end();
  };
  if (t.t === 'j' && t.signed) { trunc(() => e.get(v)); return; }
  if (t.t === 'j') {
    e.get(v); e.op(w.oF64Const); e.b.f64(9223372036854775808); e.op(0x63);
    e.if(w.wasmTypeByte.j);
    trunc(() => e.get(v));
    e.else();
    trunc(() => { e.get(v); e.op(w.oF64Const); e.b.f64(9223372036854775808); e.op(w.oF64Sub); });
    e.i64(-0x8000_0000_0000_0000n);
    e.op(w.oI64Or);
    e.end();
    return;
  }
  if (t.size === 4 && !t.signed) { trunc(() => e.get(v)); e.op(w.oI32WrapI64); return; }
  // CVTTSD2SL.
  e.get(v); e.op(w.oF64Const); e.b.f64(-2147483649); e.op(0x64);
  e.get(v); e.op(w.oF64Const); e.b.f64(2147483648); e.op(0x63);
  e.op(w.oI32And);
  e.if(w.wasmTypeByte.i);
  e.get(v); e.op(w.oI32TruncF64S);
  e.else();
  e.i32(-0x8000_0000);
  e.end();
  normalize(e, t);
}
