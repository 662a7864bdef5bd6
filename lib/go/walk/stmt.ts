/** Walking statements: assignments in all their forms, control flow, returns, go and defer. */
import {
  AssignListStmt, AssignStmt, BinaryExpr, BranchStmt, Decl, JumpTableStmt, LabelStmt, ReturnStmt,
  type AssignOpStmt, type CallExpr, type Expr, type ForStmt, type GoDeferStmt, type IfStmt, type Name, type Stmt,
} from '../ir/nodes.ts';
import { isBlank } from '../ir/ctx.ts';
import type { Type } from '../types/type.ts';
import type { Walker } from './walker.ts';
import { T, arrayOf, elem, isString, pointerTo, size, under } from './typex.ts';
import { heapAddr, isHeapName, prepareCall, resultTypes, walkCallMulti, walkCallStmt, walkExpr, walkExprs, walkInit, walkInlined, walkName, walkOperand } from './expr.ts';
import { walkAppend } from './append.ts';
import { walkCompLit } from './complit.ts';
import { mapAccess, mapAccess2, mapAssign, mapAssignAddr } from './map.ts';
import { walkTypeAssert } from './assert.ts';
import { Operands, storeParallel } from './order.ts';
import { walkRange } from './range.ts';
import { walkSwitch } from './switch.ts';
import { walkSelect } from './select.ts';

export function walkStmtList(w: Walker, list: readonly Stmt[]): void { for (const s of list) walkStmt(w, s); }

export function walkStmt(w: Walker, n: Stmt): void {
  // Statements whose init belongs to an expression walk run it there.
  if (n.op !== 'OFOR' && n.op !== 'OCALLFUNC' && n.op !== 'OCALLINTER' && n.op !== 'OINLCALL') walkInit(w, n);
  switch (n.op) {
    case 'OAS': walkAssign(w, n); return;
    case 'OAS2': walkParallel(w, n.lhs, n.rhs); return;
    case 'OAS2FUNC': walkAssignCall(w, n); return;
    case 'OAS2MAPR': {
      const ix = n.rhs[0];
      if (ix.op !== 'OINDEXMAP') throw new Error(`invalid comma-ok operand: ${ix.op}`);
      walkInit(w, ix);
      assignTogether(w, n.lhs, () => mapAccess2(w, ix));
      return;
    }
    case 'OAS2DOTTYPE': {
      const ta = n.rhs[0];
      if (ta.op !== 'ODOTTYPE2' && ta.op !== 'ODOTTYPE') throw new Error(`invalid comma-ok operand: ${ta.op}`);
      walkInit(w, ta);
      ta.op = 'ODOTTYPE2';
      assignTogether(w, n.lhs, () => walkTypeAssert(w, ta));
      return;
    }
    case 'OAS2RECV': case 'OSELRECV2': {
      const rx = n.rhs[0];
      if (rx.op !== 'ORECV') throw new Error(`invalid comma-ok operand: ${rx.op}`);
      walkInit(w, rx);
      assignTogether(w, n.lhs, () => {
        const ch = walkExpr(w, rx.x);
        const v = w.slot(n.pos, elem(rx.x.type!));
        w.zero(v);
        return [v, w.rtValue(n.pos, 'chanrecv2', T.bool, ch, w.nop(w.addr(v), T.unsafePointer))];
      });
      return;
    }
    case 'OASOP': walkAssignOp(w, n); return;
    case 'OBLOCK': walkStmtList(w, n.list); return;
    case 'OBREAK': case 'OCONTINUE': w.emit(new BranchStmt(n.pos, n.op, w.target(n.label, n.op === 'OCONTINUE'))); return;
    case 'OGOTO': w.emit(n); return;
    case 'OFALL': throw new Error('fallthrough outside its clause');
    case 'OLABEL': w.emit(new LabelStmt(n.pos, n.label)); return;
    case 'OINLMARK': return;
    case 'ODCL': walkDecl(w, n); return;
    case 'OFOR': walkFor(w, n); return;
    case 'ORANGE': walkRange(w, n); return;
    case 'OIF': walkIf(w, n); return;
    case 'OSWITCH': walkSwitch(w, n); return;
    case 'OSELECT': walkSelect(w, n); return;
    case 'OSEND': {
      const [ch, v] = walkExprs(w, [n.chan, n.value]);
      w.rt(n.pos, 'chansend1', w.safe(ch), w.nop(w.addressOf(v), T.unsafePointer));
      return;
    }
    case 'OGO': case 'ODEFER': walkGoDefer(w, n); return;
    case 'ORETURN': walkReturn(w, n); return;
    case 'OJUMPTABLE': n.x = walkExpr(w, n.x); w.emit(new JumpTableStmt(n.pos, n.x, n.lo, n.targets)); return;
    case 'OCALLFUNC': case 'OCALLINTER': case 'OCALLMETH': walkCallStmt(w, n); return;
    case 'OINLCALL': walkInlined(w, n); return;
    case 'OCALLRT': n.args = n.args.map((a) => walkExpr(w, a)); w.emit(n); return;
    case 'OCHECKNIL':
      n.type ??= n.x.type;
      w.emit(new AssignStmt(n.pos, w.temp(n.pos, n.x.type!), walkExpr(w, n)));
      return;
    case 'ORECV': {
      const ch = walkExpr(w, n.x);
      w.rt(n.pos, 'chanrecv1', ch, w.nil(n.pos));
      return;
    }
    default: walkExpr(w, n as Expr);
  }
}

/** A declaration: a name moved to the heap gets a new object, others are zeroed. */
function walkDecl(w: Walker, n: Decl): void {
  const x = n.x;
  if (isBlank(x)) return;
  if (isHeapName(x)) newHeapVar(w, x);
  else w.zero(x);
}

/** The heap object of a name moved there. */
export function newHeapVar(w: Walker, x: Name): void {
  const s = w.site(x, 'var', size(x.type) === 0 ? 'zero' : 'heap', x.type, size(x.type));
  w.assign(heapAddr(w, x), w.rtValue(x.pos, 'newobject', pointerTo(x.type), w.typeDesc(x.pos, x.type), w.siteArg(s)));
}

/** A local that compiled code keeps in registers or its frame, not the heap. */
function isPlainLocal(x: Expr): x is Name {
  return x.op === 'ONAME' && (x.class_ === 'PAUTO' || x.class_ === 'PPARAM' || x.class_ === 'PPARAMOUT') && !x.heapaddr && !x.addrtaken && !isBlank(x);
}

function walkAssign(w: Walker, n: AssignStmt): void {
  const { x, y } = n;
  if (isBlank(x)) {
    if (y) w.assign(w.temp(n.pos, y.type!), walkExpr(w, y));
    return;
  }
  if (x.op === 'OINDEXMAP') {
    const operands = new Operands(w), place = operands.add(() => walkPlace(w, x)), value = operands.add(() => (y ? walkExpr(w, y) : zeroOf(w, x.type!)));
    store(w, operands.values[place], w.safe(operands.values[value]));
    return;
  }
  const operands = new Operands(w);
  operands.add(() => walkPlace(w, x));
  const lhs = operands.values[0];
  if (!y) { w.assign(lhs, undefined); return; }
    if ((y.op === 'OCALLFUNC' || y.op === 'OCALLINTER') && isPlainLocal(lhs) && resultTypes(y).length === 1) {
    w.emit(new AssignStmt(n.pos, lhs, prepareCall(w, y)));
    return;
  }
  if ((y.op === 'OSTRUCTLIT' || y.op === 'OARRAYLIT') && isPlainLocal(lhs) && n.def) {
    walkInit(w, y);
    w.zero(lhs);
    walkCompLit(w, y, { target: () => lhs, zeroed: true });
    return;
  }
  operands.add(() => {
    if (y.op !== 'OAPPEND') return walkExpr(w, y);
    walkInit(w, y);
    return walkAppend(w, y, x);
  });
  w.assign(operands.values[0], operands.values[1]);
}

function zeroOf(w: Walker, t: Type): Expr {
  const z = w.temp(0, t);
  w.zero(z);
  return z;
}

/** a, b = x, y: all calls first, then what the stores may change of places and values, then the stores from left to right. */
function walkParallel(w: Walker, lhs: readonly Expr[], rhs: readonly Expr[]): void {
  const operands = new Operands(w);
  for (const x of lhs) operands.add(() => walkPlace(w, x));
  const values = rhs.map((y) => walkOperand(w, operands, y)).map((y) => y());
  storeAll(w, operands.values.slice(0, lhs.length), values);
}

/** a, b = x, where run gives walked values of x: the calls of the places come before it. */
function assignTogether(w: Walker, lhs: readonly Expr[], run: () => readonly Expr[]): void {
  const operands = new Operands(w);
  for (const x of lhs) operands.add(() => walkPlace(w, x));
  let values: readonly Expr[] = [];
  operands.add(() => { values = run(); return lhs[0]; });
  storeAll(w, operands.values.slice(0, lhs.length), values);
}

/** Assigns walked values to places, from left to right; no store moves a later place. */
export function assignParallel(w: Walker, lhs: readonly Expr[], values: readonly Expr[]): void { storeAll(w, lhs.map((x) => walkPlace(w, x)), values); }

function storeAll(w: Walker, places: readonly Expr[], values: readonly Expr[]): void {
  storeParallel(w, places.map((x, i) => ({ x, value: values[i] })), w.fn.hasDefer, (x, v) => store(w, x, v));
}

/** Runs the calls of a place; the key of a map is read here too. */
function walkPlace(w: Walker, x: Expr): Expr {
  if (isBlank(x) || x.op !== 'OINDEXMAP') return isBlank(x) ? x : walkExpr(w, x);
  walkInit(w, x);
  const operands = new Operands(w);
  operands.add(() => walkExpr(w, x.x));
  operands.add(() => w.safe(walkExpr(w, x.index)));
  [x.x, x.index] = operands.values;
  return x;
}

/** place = v */
function store(w: Walker, place: Expr, v: Expr): void {
  if (isBlank(place)) { if (v.op !== 'OLITERAL' && v.op !== 'ONIL') w.copy(v); return; }
  if (place.op === 'OINDEXMAP') mapAssign(w, place, w.safe(place.x), place.index, v);
  else w.assign(place, v);
}

/** x = v for a walked v. */
export function assignTo(w: Walker, x: Expr, v: Expr): void {
  if (!isBlank(x)) store(w, walkPlace(w, x), v);
}

function walkAssignCall(w: Walker, n: AssignListStmt): void {
  const call = n.rhs[0];
  if (call.op === 'OINLCALL') {
    assignTogether(w, n.lhs, () => { walkInlined(w, call); return call.returnVars.map((v) => walkName(w, v)); });
    return;
  }
  if (call.op !== 'OCALLFUNC' && call.op !== 'OCALLINTER') throw new Error(`invalid multi-value operand: ${call.op}`);
  if (n.lhs.every(isPlainLocal)) {
    w.emit(new AssignListStmt(n.pos, 'OAS2FUNC', n.lhs, [prepareCall(w, call)]));
    return;
  }
  assignTogether(w, n.lhs, () => walkCallMulti(w, call as CallExpr));
}

/** x op= y: x's operands are evaluated once. */
function walkAssignOp(w: Walker, n: AssignOpStmt): void {
  const operands = new Operands(w);
  operands.add(() => walkPlace(w, n.x));
  operands.add(() => walkExpr(w, n.y));
  const [x, y] = operands.values;
  if (x.op !== 'OINDEXMAP') {
    const place = settle(w, x);
    w.assign(place, operate(w, n, place, y));
    return;
  }
  const v = w.safe(y), m = w.safe(x.x);
  // A division that panics must not leave a new entry behind.
  if (n.asOp === 'ODIV' || n.asOp === 'OMOD') {
    x.x = m;
    mapAssign(w, x, m, x.index, w.copy(operate(w, n, mapAccess(w, x), v)));
    return;
  }
  const p = mapAssignAddr(w, x, m, x.index);
  w.assign(w.deref(p), operate(w, n, w.deref(p), v));
}

/** A walked place that can be read and stored to, its operands being evaluated once. */
function settle(w: Walker, x: Expr): Expr {
  switch (x.op) {
    case 'OINDEX':
      // An array is a place, not a value.
      x.x = under(x.x.type!).kind === 'Slice' ? w.safe(x.x) : settle(w, x.x);
      x.index = w.safe(x.index);
      return x;
    case 'ODOT': x.x = settle(w, x.x); return x;
    case 'ODEREF': case 'ODOTPTR': x.x = w.safe(x.x); return x;
    default: return x;
  }
}

function operate(w: Walker, n: AssignOpStmt, x: Expr, y: Expr): Expr {
  const t = n.x.type!;
  if (n.asOp === 'OADD' && isString(t)) {
    const site = w.site(n.x, 'string', 'heap', t, undefined);
    const list = w.slot(n.pos, arrayOf(2, T.string));
    w.assign(w.index(list, 0), x);
    w.assign(w.index(list, 1), y);
    return w.rtValue(n.pos, 'concatstrings', t, w.nil(n.pos), w.nop(w.addr(list), T.unsafePointer), w.intOf(n.pos, 2), w.siteArg(site));
  }
  return new BinaryExpr(n.pos, n.asOp, x, y, t);
}

// Control flow.

function walkIf(w: Walker, n: IfStmt): void {
  const cond = walkExpr(w, n.cond);
  w.if(cond, () => walkStmtList(w, n.body), () => walkStmtList(w, n.els));
}

function walkFor(w: Walker, n: ForStmt): void {
  walkInit(w, n);
  const label = w.label();
  w.withTarget(n.label, label, true, () => {
    let cond = n.cond;
    const before = cond ? w.capture(() => { cond = walkExpr(w, n.cond!); }) : [];
    const post = (): void => { if (n.post) walkStmt(w, n.post); };
    if (before.length === 0) { w.loop(n.pos, label, cond, post, () => walkStmtList(w, n.body)); return; }
    w.loop(n.pos, label, undefined, post, () => {
      for (const s of before) w.emit(s);
      w.if(w.not(cond!), () => w.break(n.pos, label));
      walkStmtList(w, n.body);
    });
  });
}

function walkGoDefer(w: Walker, n: GoDeferStmt): void {
  const call = n.call;
  if (call.op !== 'OCALLFUNC') throw new Error(`invalid call in ${n.op}: ${call.op}`);
  walkInit(w, call);
  const fn = walkExpr(w, call.fun);
  const site = w.siteArg(w.site(call, n.op === 'OGO' ? 'go' : 'defer', n.op === 'OGO' ? 'heap' : 'stack', undefined, undefined));
  if (n.deferAt) { w.rt(n.pos, 'deferprocat', w.nop(fn, T.unsafePointer), walkExpr(w, n.deferAt), site); return; }
  w.rt(n.pos, n.op === 'OGO' ? 'newproc' : 'deferproc', w.nop(fn, T.unsafePointer), site);
}

function walkReturn(w: Walker, n: ReturnStmt): void {
  const results = w.fn.results;
  if (n.results.length === 0) { w.emit(new ReturnStmt(n.pos, [])); return; }
  if (!w.fn.hasDefer && !results.some((r) => isHeapName(r) || r.addrtaken)) {
    const call = n.results.length === 1 ? n.results[0] : undefined;
    if (call && (call.op === 'OCALLFUNC' || call.op === 'OCALLINTER') && results.length === 1 && isPlainLocal(results[0])) {
      w.emit(new AssignStmt(n.pos, results[0], prepareCall(w, call)));
      w.emit(new ReturnStmt(n.pos, [results[0]]));
      return;
    }
    const values = walkExprs(w, n.results);
    w.emit(new ReturnStmt(n.pos, values));
    return;
  }
  if (n.results.length === 1) assignTo(w, results[0], walkExpr(w, n.results[0]));
  else walkParallel(w, results, n.results);
  w.emit(new ReturnStmt(n.pos, []));
}
