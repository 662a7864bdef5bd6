/**
 * Walking expressions: operators, calls, selectors, and the dispatch to the files
 * that lower one family each. Results contain no calls (see walker.ts).
 */
import type { Type } from '../types/type.ts';
import {
  AddrExpr, AssignListStmt, AssignStmt, CallExpr, LogicalExpr, Name, RuntimeCall, SliceExpr, SliceHeaderExpr, StringHeaderExpr, UnaryExpr,
  type BinaryExpr, type Expr, type IndexExpr, type Stmt,
} from '../ir/nodes.ts';
import type { Walker } from './walker.ts';
import { T, arrayOf, elem, isFloat, pointerTo, size, under } from './typex.ts';
import { walkAppend } from './append.ts';
import { boxedLate, walkConversion } from './convert.ts';
import { walkClosure, walkMethodValue } from './closure.ts';
import { walkCompLit } from './complit.ts';
import { walkEqual } from './compare.ts';
import { mapAccess, walkMakeMap, walkMapDelete } from './map.ts';
import { walkMakeSlice } from './make.ts';
import { Operands } from './order.ts';
import { walkTypeAssert } from './assert.ts';
import { walkStmtList } from './stmt.ts';

/** The local or static a name stands for once heap moves and captures are explicit. */
export function walkName(w: Walker, n: Name): Expr {
  if (n.heapaddr) return w.deref(n.heapaddr, n.type);
  if (isHeapName(n)) return w.deref(heapAddr(w, n), n.type);
  return n;
}

/** A local, parameter or result that escape analysis moved to the heap. */
export function isHeapName(n: Name): boolean {
  return n.esc === 'heap' && (n.class_ === 'PAUTO' || n.class_ === 'PAUTOHEAP' || n.class_ === 'PPARAM' || n.class_ === 'PPARAMOUT') && !n.isClosureVar && n.sym !== '_';
}

/** The local that holds the address of a name moved to the heap, made on first use. */
export function heapAddr(w: Walker, n: Name): Name {
  if (!n.heapaddr) {
    n.heapaddr = w.temp(n.pos, pointerTo(n.type));
    n.heapaddr.sym = `&${n.sym}`;
  }
  return n.heapaddr;
}

/** Walks n; what remains has no calls. */
export function walkExpr(w: Walker, n: Expr): Expr {
  if (w.walked.has(n)) return n;
  walkInit(w, n);
  switch (n.op) {
    case 'ONAME': return walkName(w, n);
    case 'OLITERAL': case 'ONIL': case 'OTYPE': case 'OTYPEDESC': case 'OITABADDR': case 'OFUNCINDEX': case 'OGETCLOSUREPTR': return n;
    case 'OPAREN': return walkExpr(w, n.x);
    case 'OADDR': return walkAddr(w, n);
    case 'OPTRLIT': return walkPtrLit(w, n);
    case 'ODEREF': n.x = walkExpr(w, n.x); return n;
    case 'ODOT': case 'ODOTPTR': n.x = walkExpr(w, n.x); return n;
    case 'ODOTINTER': n.x = walkExpr(w, n.x); return n;
    case 'OMETHEXPR': return n.method ?? n;
    case 'ODOTMETH': case 'OMETHVALUE': return walkMethodValue(w, n);
    case 'OINDEX': return walkIndex(w, n);
    case 'OINDEXMAP': return mapAccess(w, n);
    case 'OSLICE': case 'OSLICEARR': case 'OSLICESTR': case 'OSLICE3': case 'OSLICE3ARR': return walkSlice(w, n);
    case 'OEQ': case 'ONE': case 'OLT': case 'OLE': case 'OGT': case 'OGE': return walkCompare(w, n);
    case 'OANDAND': case 'OOROR': return walkLogical(w, n);
    case 'OADD': case 'OSUB': case 'OMUL': case 'ODIV': case 'OMOD': case 'OAND': case 'OOR': case 'OXOR': case 'OANDNOT': case 'OLSH': case 'ORSH':
    case 'OCOMPLEX': case 'OMAKEFACE': case 'OUNSAFEADD':
      walkPair(w, n); return n;
    case 'OUNSAFESLICE': case 'OUNSAFESTRING': return walkUnsafe(w, n);
    case 'OCOPY': return walkCopy(w, n);
    case 'ONEG': case 'OPLUS': case 'ONOT': case 'OBITNOT': case 'OREAL': case 'OIMAG': case 'OITAB': case 'OIDATA': case 'OSPTR': case 'OCFUNC': case 'OUNSAFESLICEDATA': case 'OUNSAFESTRINGDATA':
      n.x = walkExpr(w, n.x); return n.op === 'OPLUS' ? n.x : n;
    case 'OLEN': case 'OCAP': return walkLenCap(w, n);
    case 'ONEW': return w.object(n, 'new', elem(n.type!));
    case 'OCHECKNIL': n.x = walkExpr(w, n.x); return n;
    case 'ORECV': return walkRecv(w, n);
    case 'OPANIC': w.rt(n.pos, 'gopanic', walkExpr(w, n.x)); return w.nil(n.pos);
    case 'OCLOSE': w.rt(n.pos, 'closechan', walkExpr(w, n.x)); return w.nil(n.pos);
    case 'OCLEAR': walkClear(w, n); return w.nil(n.pos);
    case 'ODELETE': walkMapDelete(w, n); return w.nil(n.pos);
    case 'OADDSTR': return walkAddString(w, n);
    case 'OCONV': case 'OCONVNOP': case 'OCONVIFACE': case 'OBYTES2STR': case 'OBYTES2STRTMP': case 'ORUNES2STR': case 'ORUNESTR':
    case 'OSTR2BYTES': case 'OSTR2BYTESTMP': case 'OSTR2RUNES': case 'OSLICE2ARR': case 'OSLICE2ARRPTR':
      return walkConversion(w, n);
    case 'OCALLFUNC': case 'OCALLINTER': case 'OCALLMETH': return walkCall(w, n);
    case 'OAPPEND': return walkAppend(w, n, undefined);
    case 'OPRINT': case 'OPRINTLN': walkPrint(w, n); return w.nil(n.pos);
    case 'ORECOVER': return w.rtValue(n.pos, 'gorecover', n.type!);
    case 'OMIN': case 'OMAX': return walkMinMax(w, n);
    case 'OCALLRT': {
      if (n.slice) return walkMoveSlice(w, n, n.slice.name, n.slice.keepCap);
      n.args = n.args.map((a) => walkExpr(w, a));
      return n.type ? w.rtValue(n.pos, n.rt as never, n.type, ...n.args) : (w.emit(n), w.nil(n.pos));
    }
    case 'OCLOSURE': return walkClosure(w, n);
    case 'OSTRUCTLIT': case 'OARRAYLIT': case 'OSLICELIT': case 'OMAPLIT': return walkCompLit(w, n, undefined);
    case 'OMAKESLICE': return walkMakeSlice(w, n);
    case 'OMAKEMAP': return walkMakeMap(w, n);
    case 'OMAKECHAN': {
      const s = w.site(n, 'chan', 'heap', n.type, undefined);
      const len = n.len ? w.conv(walkExpr(w, n.len), T.int) : w.intOf(n.pos, 0);
      return w.rtValue(n.pos, 'makechan', n.type!, w.typeDesc(n.pos, n.type!), len, w.siteArg(s));
    }
    case 'ODOTTYPE': case 'ODOTTYPE2': return walkTypeAssert(w, n)[0];
    case 'OINLCALL': walkInlined(w, n); return n.returnVars.length > 0 ? walkName(w, n.returnVars[0]) : w.nil(n.pos);
    case 'OSLICEHEADER': n.ptr = walkExpr(w, n.ptr); n.len = walkExpr(w, n.len); n.cap = walkExpr(w, n.cap); return n;
    case 'OSTRINGHEADER': n.ptr = walkExpr(w, n.ptr); n.len = walkExpr(w, n.len); return n;
    case 'OKEY': case 'OSTRUCTKEY': throw new Error(`invalid operand: ${n.op}`);
    default: n satisfies never; throw new Error('unreachable');
  }
}

/** Runs the statements that belong before a node. */
export function walkInit(w: Walker, n: { init: Stmt[] | undefined }): void {
  if (!n.init) return;
  const init = n.init;
  n.init = undefined;
  walkStmtList(w, init);
}

/** Operands of one expression: all their calls, then what remains of each. */
export function walkExprs(w: Walker, list: readonly Expr[]): Expr[] {
  const operands = new Operands(w);
  for (const x of list) operands.add(() => walkExpr(w, x));
  return operands.values;
}

function walkPair(w: Walker, n: { x: Expr; y: Expr }): void { [n.x, n.y] = walkExprs(w, [n.x, n.y]); }

/** The statements of an inlined call; its results are in returnVars. */
export function walkInlined(w: Walker, n: Extract<Expr, { op: 'OINLCALL' }>): void {
  walkInit(w, n);
  walkStmtList(w, n.body);
}

function walkAddr(w: Walker, n: AddrExpr): Expr {
  if (n.x.op === 'OSTRUCTLIT' || n.x.op === 'OARRAYLIT' || n.x.op === 'OSLICELIT' || n.x.op === 'OMAPLIT') return walkPtrLit(w, n);
  const x = walkExpr(w, n.x);
  if (x.op === 'ODEREF' && x.bounded) return x.x.type === n.type ? x.x : w.nop(x.x, n.type!);
  // &*p is p, but a nil p panics here.
  if (x.op === 'ODEREF') return w.copy(new UnaryExpr(n.pos, 'OCHECKNIL', w.nop(x.x, n.type!), n.type));
  return w.addr(x, n.type!);
}

/** &T{…} */
function walkPtrLit(w: Walker, n: AddrExpr): Expr {
  const lit = n.x;
  const p = w.safe(w.object(n, 'literal', elem(n.type!)));
  if (lit.op === 'OSTRUCTLIT' || lit.op === 'OARRAYLIT') walkCompLit(w, lit, { target: () => w.deref(p), zeroed: true });
  else w.assign(w.deref(p), walkExpr(w, lit));
  return p;
}

function walkIndex(w: Walker, n: IndexExpr): Expr {
  [n.x, n.index] = walkExprs(w, [n.x, n.index]);
  // An array that is not in memory (a call's result, a literal) is copied by its walk into a temporary already.
  return n;
}

function walkSlice(w: Walker, n: SliceExpr): Expr {
  const { low, high, max } = n, operands = new Operands(w);
  const walk = (x: Expr): number => operands.add(() => walkExpr(w, x));
  const x = walk(n.x), l = low && walk(low), h = high && walk(high), m = max && walk(max), v = operands.values;
  n.x = v[x];
  if (l !== undefined) n.low = v[l];
  if (h !== undefined) n.high = v[h];
  if (m !== undefined) n.max = v[m];
  return n;
}

function walkCompare(w: Walker, n: BinaryExpr): Expr {
  const [x, y] = walkExprs(w, [n.x, n.y]);
  if (n.op !== 'OEQ' && n.op !== 'ONE') { n.x = x; n.y = y; return n; }
  const eq = walkEqual(w, x, y);
  if (n.op === 'OEQ') return eq;
  if (eq.op === 'OEQ') return w.cmp('ONE', eq.x, eq.y);
  return w.not(eq);
}

function walkLogical(w: Walker, n: LogicalExpr): Expr {
  n.x = walkExpr(w, n.x);
  let y = n.y;
  const before = w.capture(() => { y = walkExpr(w, y); });
  if (before.length === 0) { n.y = y; return n; }
  const r = w.temp(n.pos, n.type!);
  w.assign(r, n.x);
  w.if(n.op === 'OANDAND' ? r : w.not(r), () => {
    for (const s of before) w.emit(s);
    w.assign(r, y);
  });
  return r;
}

function walkLenCap(w: Walker, n: UnaryExpr): Expr {
  const u = under(n.x.type!);
  // len of a conversion that need not be made.
  if (n.op === 'OLEN' && n.x.op === 'OSTR2RUNES') {
    const s = walkExpr(w, n.x.x);
    return new RuntimeCall(n.pos, 'countrunes', [s], T.int);
  }
  if ((n.x.op === 'OSTR2BYTES' || n.x.op === 'OSTR2BYTESTMP') && n.op === 'OLEN') return w.len(walkExpr(w, n.x.x));
  const x = walkExpr(w, n.x);
  switch (u.kind) {
    case 'Map': return new RuntimeCall(n.pos, 'maplen', [x], T.int);
    case 'Chan': return new RuntimeCall(n.pos, n.op === 'OLEN' ? 'chanlen' : 'chancap', [x], T.int);
    case 'Array': w.touch(x); return w.intOf(n.pos, u.len);
    case 'Pointer': {
      const a = under(u.elem);
      return w.intOf(n.pos, a.kind === 'Array' ? a.len : 0);
    }
    default: n.x = x; return n;
  }
}

function walkRecv(w: Walker, n: UnaryExpr): Expr {
  const ch = walkExpr(w, n.x);
  const v = w.slot(n.pos, elem(n.x.type!));
  w.zero(v);
  w.rt(n.pos, 'chanrecv1', ch, w.addr(v));
  return v;
}

function walkClear(w: Walker, n: UnaryExpr): void {
  const x = w.safe(walkExpr(w, n.x));
  const u = under(x.type!);
  if (u.kind === 'Map') w.rt(n.pos, 'mapclear', w.typeDesc(n.pos, x.type!), x);
  else w.rt(n.pos, 'typedmemclr', w.typeDesc(n.pos, elem(x.type!)), w.sptr(x), w.len(x));
}

/** copy(dst, src): the number of elements copied. */
function walkCopy(w: Walker, n: BinaryExpr): Expr {
  const [dst, src] = walkExprs(w, [n.x, n.y]).map((x) => w.safe(x));
  const et = elem(dst.type!);
  return w.rtValue(n.pos, 'typedslicecopy', T.int, w.typeDesc(n.pos, et), w.sptr(dst), w.len(dst), w.sptr(src), w.len(src));
}

function walkUnsafe(w: Walker, n: BinaryExpr): Expr {
  const p = w.safe(walkExpr(w, n.x));
  const len = w.safe(w.conv(walkExpr(w, n.y), T.int));
  const slice = n.op === 'OUNSAFESLICE';
  const bytes = slice ? Math.max(1, size(elem(p.type!))) : 1;
  const bad = w.cmp('OGT', w.uint(len), w.intOf(n.pos, Math.floor(0xffff_ffff / bytes), T.uint64));
  w.if(bad, () => w.rt(n.pos, slice ? 'panicunsafeslicelen' : 'panicunsafestringlen'));
  if (!slice) return new StringHeaderExpr(n.pos, w.nop(p, pointerTo(T.byte)), len, n.type!);
  return new SliceHeaderExpr(n.pos, p, len, len, n.type!);
}

/** a + b + c as strings. */
function walkAddString(w: Walker, n: Extract<Expr, { op: 'OADDSTR' }>): Expr {
  const parts = walkExprs(w, n.list);
  const buf = n.esc === 'none' ? w.buffer(n.pos, 32) : w.nil(n.pos);
  const site = w.site(n, 'string', n.esc === 'none' ? 'buffer' : 'heap', n.type, undefined);
  const list = w.slot(n.pos, arrayOf(parts.length, T.string));
  parts.forEach((p, i) => w.assign(w.index(list, i), p));
  return w.rtValue(n.pos, 'concatstrings', n.type!, w.nop(buf, T.unsafePointer), w.addr(list), w.intOf(n.pos, parts.length), w.siteArg(site));
}

function walkMinMax(w: Walker, n: CallExpr): Expr {
  const args = walkExprs(w, n.args);
  const t = n.type!;
  let acc = args[0];
  for (const a of args.slice(1)) {
    if (isFloat(t)) { acc = new CallExpr(n.pos, n.op, n.fun, [acc, a], t); continue; }
    const x = w.temp(n.pos, t), y = w.safe(a);
    w.assign(x, acc);
    w.if(w.cmp(n.op === 'OMIN' ? 'OLT' : 'OGT', y, x), () => w.assign(x, y));
    acc = x;
  }
  return acc;
}

/** s, its backing store moved to the heap if it lies in this frame. Without keepCap the copy takes the class of its length. */
function walkMoveSlice(w: Walker, n: RuntimeCall, s: Name, keepCap: boolean): Expr {
  const x = w.safe(walkName(w, s));
  const site = w.siteArg(w.site(n, 'append', 'heap', s.type, undefined, w.pkg.opts.print(s)));
  const et = elem(s.type);
  return w.rtValue(n.pos, 'moveSlice', s.type, w.typeDesc(n.pos, et), w.nop(w.sptr(x), T.unsafePointer), w.len(x), w.cap(x), w.intOf(n.pos, keepCap ? 1 : 0), site);
}

// Calls.

/** A call in expression position: emitted as a statement, its first result in a temporary. */
function walkCall(w: Walker, n: CallExpr): Expr {
  const call = prepareCall(w, n);
  const results = resultTypes(n);
  if (results.length === 0) { w.emit(call); return w.nil(n.pos); }
  if (results.length === 1) {
    const t = w.temp(n.pos, n.type!);
    w.emit(new AssignStmt(n.pos, t, call));
    return t;
  }
  return walkCallResults(w, call, results)[0];
}

/** A call with several results: they are in the names returned. */
export function walkCallMulti(w: Walker, n: CallExpr): Name[] { return walkCallResults(w, prepareCall(w, n), resultTypes(n)); }

function walkCallResults(w: Walker, call: CallExpr, types: Type[]): Name[] {
  const names = types.map((t) => w.temp(call.pos, t));
  w.emit(new AssignListStmt(call.pos, 'OAS2FUNC', names, [call]));
  return names;
}

export function resultTypes(n: CallExpr): Type[] {
  const sig = under(n.fun.type!);
  return sig.kind === 'Signature' ? sig.results.vars.map((v) => v.type) : [];
}

/** Walks callee and arguments; the call itself is not emitted. */
export function prepareCall(w: Walker, n: CallExpr): CallExpr {
  walkInit(w, n);
  const operands = new Operands(w);
  let fun: Expr = n.fun;
  if (fun.op === 'OPAREN') fun = fun.x;
  const through = n.op === 'OCALLINTER' && fun.op === 'ODOTINTER' ? fun : undefined;
  let callee: Expr | undefined;
  if (through) callee = through.x;
  else if (fun.op === 'OMETHEXPR' && fun.method) fun = fun.method;
  else if (!(fun.op === 'ONAME' && fun.class_ === 'PFUNC')) callee = fun;
  if (callee) operands.add(() => walkExpr(w, callee));
  const args = n.args.map((a) => walkOperand(w, operands, a));
  if (callee) {
    const f = w.safe(operands.values[0]);
    if (through) through.x = f; else fun = f;
  }
  n.fun = fun;
  n.args = args.map((a) => a());
  return n;
}

/**
 * Walks one more operand of a call, literal or assignment. The function returned gives
 * what remains of it when all are walked; it also makes the box of a number, string or
 * slice put into an interface.
 */
export function walkOperand(w: Walker, operands: Operands, x: Expr): () => Expr {
  if (x.op === 'OCONVIFACE' && boxedLate(x)) {
    const i = operands.add(() => { walkInit(w, x); return walkExpr(w, x.x); });
    return () => {
      x.x = operands.values[i];
      w.walked.add(x.x);
      return walkConversion(w, x);
    };
  }
  const i = operands.add(() => walkExpr(w, x));
  return () => operands.values[i];
}

/** A call as a statement. */
export function walkCallStmt(w: Walker, n: CallExpr): void {
  const call = prepareCall(w, n);
  const results = resultTypes(n);
  if (results.length <= 1) w.emit(results.length === 0 ? call : new AssignStmt(n.pos, w.temp(n.pos, n.type!), call));
  else walkCallResults(w, call, results);
}

function walkPrint(w: Walker, n: CallExpr): void {
  const args = walkExprs(w, n.args).map((a) => w.safe(a));
  const line = n.op === 'OPRINTLN';
  args.forEach((a, i) => {
    if (line && i > 0) w.rt(n.pos, 'printsp');
    printOne(w, a);
  });
  if (line) w.rt(n.pos, 'printnl');
}

function printOne(w: Walker, a: Expr): void {
  const u = under(a.type!);
  switch (u.kind) {
    case 'Interface': return w.rt(a.pos, 'printiface', a);
    case 'Slice': return w.rt(a.pos, 'printslice', a);
    case 'Basic': {
      if (u.isString()) return w.rt(a.pos, 'printstring', a);
      if (u.isBoolean()) return w.rt(a.pos, 'printbool', a);
      if (u.isFloat()) return w.rt(a.pos, size(u) === 4 ? 'printfloat32' : 'printfloat', w.conv(a, T.float64));
      if (u.isComplex()) return w.rt(a.pos, size(u) === 8 ? 'printcomplex64' : 'printcomplex', w.conv(new UnaryExpr(a.pos, 'OREAL', a, realType(u)), T.float64), w.conv(new UnaryExpr(a.pos, 'OIMAG', a, realType(u)), T.float64));
      if (u.isInteger()) return u.isUnsigned() ? w.rt(a.pos, 'printuint', w.conv(a, T.uint64)) : w.rt(a.pos, 'printint', w.conv(a, T.int64));
      return w.rt(a.pos, 'printpointer', w.nop(w.nop(a, T.unsafePointer), T.uintptr));
    }
    default: return w.rt(a.pos, 'printpointer', w.nop(w.nop(a, T.unsafePointer), T.uintptr));
  }
}

function realType(u: Type): Type { return size(u) === 8 ? T.float32 : T.float64; }
