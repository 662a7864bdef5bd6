/**
 * Statements. Lists dispatch on pc when they contain code points: see emit.ts.
 */
import { StarExpr, type Name, type Expr, type ForStmt, type IfStmt, type Stmt, type JumpTableStmt, type ReturnStmt } from '../go/ir/nodes.ts';
import { visit } from '../go/ir/visit.ts';
import { costLoop } from '../abi/cost.ts';
import { cellFuel, cellUnwind, unwindYield } from '../abi/machine.ts';
import * as w from './wasm.ts';
import { comps } from './layout.ts';
import { callOf, baseName } from './plan.ts';
import type { Addr, FuncEmitter, Label } from './emit.ts';
import { zeroOf, addrOf, arrayLen, boundsCheck, canPanic, discard, fieldComp, memoryValue, push, pushComps, snapshot, spill } from './expr.ts';
import { genCall } from './call.ts';

/** Emits a list whose points are numbered [lo, hi). */
export function genList(e: FuncEmitter, list: readonly Stmt[], lo: number, hi: number): void {
  const targets: { stmt: number; lo: number; hi: number }[] = [];
  const labels = new Map<string, number>();
  if (hi > lo) {
    list.forEach((s, i) => {
      const r = e.plan.range.get(s);
      if (r && r[1] > r[0]) targets.push({ stmt: i, lo: r[0], hi: r[1] });
      if (s.op === 'OLABEL') { const id = e.plan.labels.get(s.label); if (id !== undefined) labels.set(s.label, id); }
    });
  }
  if (targets.length === 0) { for (const s of list) genStmt(e, s); return; }

  let restart: Label | undefined;
  if (labels.size > 0) {
    restart = e.loop();
    e.gotos.push({ labels, restart });
    e.checked.clear();
  }
  const blocks = targets.map(() => undefined as unknown as Label);
  for (let i = targets.length - 1; i >= 0; i--) blocks[i] = e.block();
  const normal = e.block();
  dispatch(e, targets, blocks, normal);
  e.end();
  let t = 0;
  for (let i = 0; i < list.length; i++) {
    const s = list[i];
    if (t < targets.length && targets[t].stmt === i) {
      if (e.plan.callPoint.has(s)) {
        genStmt(e, s);
        e.end();
        e.i32(0);
        e.set(e.pc);
      } else {
        e.end();
        genStmt(e, s);
      }
      t++;
    } else genStmt(e, s);
  }
  if (restart) {
    e.gotos.pop();
    e.end();
    e.checked.clear();
  }
}

/** Jumps to the block of the target that holds pc; falls out of `normal` when pc is none of theirs. */
function dispatch(e: FuncEmitter, targets: readonly { lo: number; hi: number }[], blocks: readonly Label[], normal: Label): void {
  if (targets.length === 1) {
    const t = targets[0];
    if (t.hi - t.lo === 1) { e.get(e.pc); e.i32(t.lo); e.op(w.oI32Eq); } else { e.get(e.pc); e.i32(t.lo); e.op(w.oI32Sub); e.i32(t.hi - t.lo); e.op(w.oI32LtU); }
    e.brIf(blocks[0]);
    return;
  }
  const lo = targets[0].lo, hi = targets[targets.length - 1].hi;
  e.get(e.pc);
  e.op(w.oI32Eqz);
  e.brIf(normal);
  e.get(e.pc);
  e.i32(lo);
  e.op(w.oI32Sub);
  e.op(w.oBrTable);
  e.b.u32(hi - lo);
  let t = 0;
  for (let p = lo; p < hi; p++) {
    while (p >= targets[t].hi) t++;
    const l = p >= targets[t].lo ? blocks[t] : normal;
    e.b.u32(e.depth - l.depth);
  }
  e.b.u32(e.depth - normal.depth);
}

export function genStmt(e: FuncEmitter, s: Stmt): void {
  e.freeTemps();
  if (s.pos > 0) e.marks.push(e.b.len, s.pos);
  const c = callOf(s);
  if (c) { genCall(e, s, c); return; }
  switch (s.op) {
    case 'OAS': genAssign(e, s.x, s.y); return;
    case 'ODCL': genAssign(e, s.x, undefined); return;
    case 'OBLOCK': {
      const r = e.plan.range.get(s)!;
      if (!s.label) { genList(e, e.plan.flat(s.list), r[0], r[1]); return; }
      const brk = e.block();
      e.scopes.push({ label: s.label, brk, cont: undefined });
      genList(e, e.plan.flat(s.list), r[0], r[1]);
      e.scopes.pop();
      e.end();
      e.checked.clear();
      return;
    }
    case 'OIF': genIf(e, s); return;
    case 'OFOR': genFor(e, s); return;
    case 'OBREAK': case 'OCONTINUE': {
      for (let i = e.scopes.length - 1; i >= 0; i--) {
        const t = e.scopes[i];
        if (s.label !== '' && t.label !== s.label) continue;
        if (s.op === 'OCONTINUE' && !t.cont) continue;
        // Leaving the loop whose fuel is cached: that loop's own scope is number fuelScopes.
        if (i < e.fuelScopes) e.flushFuel();
        e.br(s.op === 'OBREAK' ? t.brk : t.cont!);
        return;
      }
      throw new Error(`missing branch target: ${s.label}`);
    }
    case 'OGOTO': genGoto(e, s.label); return;
    case 'OLABEL': e.i32(0); e.set(e.pc); e.checked.clear(); return;
    case 'OJUMPTABLE': genJumpTable(e, s); return;
    case 'ORETURN': genReturn(e, s); return;
    case 'OINLMARK': return;
    default: discard(e, s as Expr);
  }
}

function genGoto(e: FuncEmitter, label: string): void {
  e.flushFuel();
  for (let i = e.gotos.length - 1; i >= 0; i--) {
    const id = e.gotos[i].labels.get(label);
    if (id === undefined) continue;
    e.i32(id);
    e.set(e.pc);
    if (e.yields) {
      e.setCell(cellFuel, () => { e.cell(cellFuel); e.i32(costLoop); e.op(w.oI32Sub); });
      e.cell(cellFuel);
      e.i32(0);
      e.op(w.oI32GeS);
      e.brIf(e.gotos[i].restart);
      e.usesExit = true;
      e.setCell(cellUnwind, () => e.i32(unwindYield));
      e.br(e.exit);
    } else e.br(e.gotos[i].restart);
    return;
  }
  throw new Error(`missing label: ${label}`);
}

function genJumpTable(e: FuncEmitter, s: JumpTableStmt): void {
  const out = e.block();
  const arms = new Map<string, Label>();
  const names = [...new Set(s.targets)];
  for (const n of names) arms.set(n, e.block());
  const t = comps(s.x.type!)![0];
  push(e, s.x);
  if (t.t === 'i') e.op(t.signed ? w.oI64ExtendI32S : w.oI64ExtendI32U);
  e.i64(s.lo);
  e.op(w.oI64Sub);
  const v = e.temp('j');
  e.tee(v);
  e.i64(BigInt(s.targets.length));
  e.op(w.oI64GeU);
  e.brIf(out);
  e.get(v);
  e.op(w.oI32WrapI64);
  e.op(w.oBrTable);
  e.b.u32(s.targets.length);
  for (const n of s.targets) e.b.u32(e.depth - arms.get(n)!.depth);
  e.b.u32(e.depth - out.depth);
  for (let i = names.length - 1; i >= 0; i--) {
    e.end();
    genGoto(e, names[i]);
  }
  e.end();
}

function genIf(e: FuncEmitter, s: IfStmt): void {
  const r = e.plan.range.get(s)!, b = e.plan.bodyRange.get(s)!;
  const body = e.plan.flat(s.body), els = e.plan.flat(s.els);
  if (r[1] > r[0]) {
    // Resuming inside: the condition was decided before.
    e.get(e.pc);
    e.op(w.oI32Eqz);
    e.if(w.wasmTypeByte.i);
    push(e, s.cond);
    e.else();
    if (b[1] > b[0]) { e.get(e.pc); e.i32(b[0]); e.op(w.oI32Sub); e.i32(b[1] - b[0]); e.op(w.oI32LtU); } else e.i32(0);
    e.end();
  } else push(e, s.cond);
  e.if();
  const before = new Set(e.checked);
  genList(e, body, b[0], b[1]);
  if (els.length > 0) {
    e.else();
    restore(e, before);
    genList(e, els, b[1], r[1]);
  }
  e.end();
  keepOnly(e, before);
}
function restore(e: FuncEmitter, s: ReadonlySet<Name>): void { e.checked.clear(); for (const n of s) e.checked.add(n); }
function keepOnly(e: FuncEmitter, s: ReadonlySet<Name>): void { for (const n of [...e.checked]) if (!s.has(n)) e.checked.delete(n); }

function genFor(e: FuncEmitter, s: ForStmt): void {
  const b = e.plan.bodyRange.get(s)!, p = e.plan.postRange.get(s)!;
  const point = e.plan.loopPoint.get(s);
  const inner = p[1] > b[0];
  const body = e.plan.flat(s.body), post = e.plan.postList(s);
  if (point !== undefined) {
    // Resuming at the back-edge: a new iteration begins.
    e.get(e.pc);
    e.i32(point);
    e.op(w.oI32Eq);
    e.if();
    e.i32(0);
    e.set(e.pc);
    e.end();
  }
  forgetAssigned(e, s);
  const caches = point !== undefined && e.fuel < 0 && !hasCalls(s);
  if (caches) {
    e.fuel = e.local('i');
    e.fuelScopes = e.scopes.length;
    e.cell(cellFuel);
    e.set(e.fuel);
  }
  const brk = e.block();
  const head = e.loop();
  const cont = e.block();
  e.scopes.push({ label: s.label, brk, cont });
  if (inner) {
    if (p[1] > p[0]) { e.get(e.pc); e.i32(p[0]); e.op(w.oI32Sub); e.i32(p[1] - p[0]); e.op(w.oI32LtU); e.brIf(cont); }
    if (s.cond) {
      e.get(e.pc);
      e.op(w.oI32Eqz);
      e.if();
      push(e, s.cond);
      e.op(w.oI32Eqz);
      e.brIf(brk);
      e.end();
    }
  } else if (s.cond) {
    push(e, s.cond);
    e.op(w.oI32Eqz);
    e.brIf(brk);
  }
  e.freeTemps();
  const before = new Set(e.checked);
  genList(e, body, b[0], b[1]);
  e.scopes.pop();
  e.end();
  keepOnly(e, before);
  genList(e, post, p[0], p[1]);
  const cost = e.pkg.loopCost(e.fn, s) + costLoop;
  const spend = (): void => { if (e.fuel >= 0) e.get(e.fuel); else e.cell(cellFuel); e.i32(cost); e.op(w.oI32Sub); };
  if (e.fuel >= 0) { spend(); e.set(e.fuel); } else e.setCell(cellFuel, spend);
  if (point !== undefined) {
    e.points[point] = { pos: s.pos };
    if (e.fuel >= 0) e.get(e.fuel); else e.cell(cellFuel);
    e.i32(0);
    e.op(w.oI32GeS);
    e.brIf(head);
    e.usesExit = true;
    e.flushFuel();
    e.setCell(cellUnwind, () => e.i32(unwindYield));
    e.i32(point);
    e.set(e.pc);
    e.br(e.exit);
  } else e.br(head);
  e.end();
  e.end();
  if (caches) { e.flushFuel(); e.fuel = -1; }
  keepOnly(e, before);
}

/** A call, a goto or a label inside: the fuel's cell must be right there. */
function hasCalls(s: ForStmt): boolean {
  let yes = false;
  visit(s, (n) => { if (n.op === 'OCALLFUNC' || n.op === 'OCALLINTER' || n.op === 'OCALLRT' || n.op === 'OLABEL' || n.op === 'OGOTO' || n.op === 'OJUMPTABLE') yes = true; });
  return yes;
}

/** Pointers assigned in a loop are not known to be checked at its head. */
function forgetAssigned(e: FuncEmitter, s: ForStmt): void {
  if (e.checked.size === 0) return;
  visit(s, (n) => {
    if (n.op === 'OAS' && n.x.op === 'ONAME') e.checked.delete(n.x);
    else if (n.op === 'OAS2FUNC') { for (const l of n.lhs) if (l.op === 'ONAME') e.checked.delete(l); } else if (n.op === 'ODCL') e.checked.delete(n.x);
  });
}

function genReturn(e: FuncEmitter, s: ReturnStmt): void {
  if (s.results.length === 0 && !e.fn.hasDefer) { e.returnResults(); return; }
  e.flushFuel();
  if (s.results.length > 0 && (e.fn.hasDefer || s.results.some((x) => comps(x.type!) === undefined))) {
    const vals = s.results.map((x) => (comps(x.type!) ? { x, srcs: snapshot(e, x), addr: undefined } : { x, srcs: undefined, addr: memoryValue(e, x) }));
    if (!e.fn.hasDefer) {
      // A value in memory is returned as its address; the caller copies it at once.
      for (const v of vals) {
        if (v.srcs) for (const f of v.srcs) f();
        else e.pushAddr(v.addr!);
      }
      e.popFrame();
      e.op(w.oReturn);
      return;
    }
    vals.forEach((v, i) => {
      const r = e.results[i];
      if (r.heapaddr) {
        const a = addrOf(e, nonNil(r));
        if (v.srcs) comps(r.type)!.forEach((c, k) => e.storeAt(a, c, v.srcs![k]));
        else e.copy(a, v.addr!, r.type);
        return;
      }
      const l = e.loc(r);
      if (v.srcs) {
        if (l.kind === 'locals') v.srcs.forEach((f, k) => { f(); e.set(l.idx[k]); });
        else comps(r.type)!.forEach((c, k) => e.storeAt(e.nameAddr(r), c, v.srcs![k]));
      } else e.copy(e.nameAddr(r), v.addr!, r.type);
    });
    e.br(e.ret);
    return;
  }
  if (e.fn.hasDefer) { e.br(e.ret); return; }
  for (const x of s.results) push(e, x);
  e.popFrame();
  e.op(w.oReturn);
}

/** The heap variable a result was moved to. */
function nonNil(r: Name): StarExpr {
  const s = new StarExpr(r.pos, r.heapaddr!, r.type);
  s.bounded = true;
  return s;
}

/** x = y; without y, x becomes zero. */
export function genAssign(e: FuncEmitter, x: Expr, y: Expr | undefined): void {
  if (x.op === 'ONAME' && x.sym === '_') { if (y) discard(e, y); return; }
  const t = x.type!;
  const cs = comps(t);
  if (x.op === 'OCONVNOP') { genAssign(e, x.x, y); return; }
  if (x.op === 'ONAME') {
    e.checked.delete(x);
    const l = e.loc(x);
    if (l.kind === 'locals') {
      if (!y) { for (let i = l.idx.length - 1; i >= 0; i--) { zeroOf(e, l.comps[i].t); e.set(l.idx[i]); } return; }
      push(e, y);
      for (let i = l.idx.length - 1; i >= 0; i--) e.set(l.idx[i]);
      if (y.op === 'OADDR' || (y.op === 'ONAME' && e.checked.has(y))) e.checked.add(x);
      return;
    }
    if (!y) { e.zero(e.nameAddr(x), t); return; }
    storeValue(e, e.nameAddr(x), y, cs);
    return;
  }
  // Part of a variable held in locals.
  const part = localPart(e, x);
  if (part) {
    if (!y) { for (const [i, c] of part) { zeroOf(e, c); e.set(i); } return; }
    if (part.length === 0) { discard(e, y); return; }
    push(e, y);
    for (let i = part.length - 1; i >= 0; i--) e.set(part[i][0]);
    return;
  }
  if (!y) { e.zero(addrOf(e, x), t); return; }
  if (!cs) { const src = memoryValue(e, y); e.copy(addrOf(e, x), src, t); return; }
  if (canPanic(y)) {
    const vals = spill(e, y);
    const a = addrOf(e, x);
    cs.forEach((c, i) => e.storeAt(a, c, vals[i]));
    return;
  }
  storeValue(e, addrOf(e, x), y, cs);
}

function storeValue(e: FuncEmitter, a: Addr, y: Expr, cs: ReturnType<typeof comps>): void {
  if (!cs) { e.copy(a, memoryValue(e, y), y.type!); return; }
  if (cs.length === 1) { e.storeAt(a, cs[0], () => pushComps(e, y, 0, 1)); return; }
  const vals = spill(e, y);
  cs.forEach((c, i) => e.storeAt(a, c, vals[i]));
}

/** The locals a selected part of a local variable consists of. */
function localPart(e: FuncEmitter, x: Expr): [number, w.WasmType][] | undefined {
  const b = baseName(x);
  if (!b) return undefined;
  const l = e.loc(b);
  if (l.kind !== 'locals') return undefined;
  const [lo, n] = partRange(e, x);
  return l.idx.slice(lo, lo + n).map((i, k) => [i, l.comps[lo + k].t]);
}
/** First component and count of a part of a variable; index checks of one-element arrays are made. */
function partRange(e: FuncEmitter, x: Expr): [number, number] {
  if (x.op === 'ONAME') return [0, comps(x.type)!.length];
  if (x.op === 'ODOT') {
    const [lo] = partRange(e, x.x);
    return [lo + fieldComp(x.x.type!, x.index), comps(x.type!)!.length];
  }
  if (x.op === 'OINDEX') {
    const len = arrayLen(x.x.type!);
    if (!x.bounded) boundsCheck(e, x.index, () => e.i64(BigInt(len)), x.pos);
    return [partRange(e, x.x)[0], len === 0 ? 0 : comps(x.type!)!.length];
  }
  return partRange(e, (x as { x: Expr }).x);
}
