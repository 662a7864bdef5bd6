/**
 * Switches as tests in source order.
 *
 * Without fallthrough a switch is a chain of ifs in a labelled block. With it,
 * bodies are labelled and tests jump to them. SIMPLIFIED: gc searches constants
 * by bisection and jump tables; the choice made is the same.
 */
import { BinaryExpr, BranchStmt, LabelStmt, RuntimeCall, type CaseClause, type Expr, type Stmt, type SwitchStmt, type TypeSwitchGuard } from '../ir/nodes.ts';
import type { Walker } from './walker.ts';
import { T, isEmptyInterface, isInterface } from './typex.ts';
import { isHeapName, walkExpr } from './expr.ts';
import { assignTo, newHeapVar, walkStmtList } from './stmt.ts';
import { walkEqual } from './compare.ts';
import { dynamicType } from './convert.ts';
import { holds, unboxed } from './assert.ts';

export function walkSwitch(w: Walker, n: SwitchStmt): void {
  const label = w.label();
  w.withTarget(n.label, label, false, () => {
    w.block(n.pos, label, () => {
      if (n.tag?.op === 'OTYPESW') typeSwitch(w, n, n.tag, label);
      else exprSwitch(w, n, n.tag, label);
    });
  });
}

function exprSwitch(w: Walker, n: SwitchStmt, tag: Expr | undefined, label: string): void {
  // byte slices converted only to be compared are compared in place.
  if (tag?.op === 'OBYTES2STR' && n.cases.every((c) => c.list.every((e) => e.op === 'OLITERAL'))) tag.op = 'OBYTES2STRTMP';
  const x = tag && w.safe(walkExpr(w, tag));
  dispatch(w, n, label, (e) => {
    const y = walkExpr(w, e);
    if (x) return walkEqual(w, x, y);
    return isInterface(y.type!) ? walkEqual(w, y, w.boolOf(y.pos, true)) : y;
  }, (c) => walkStmtList(w, bodyOf(c)));
}

function typeSwitch(w: Walker, n: SwitchStmt, tag: TypeSwitchGuard, label: string): void {
  const x = w.copy(walkExpr(w, tag.x));
  const dyn = w.safe(dynamicType(w, x));
  dispatch(w, n, label, (e) => {
    if (e.op === 'ONIL') return w.cmp('OEQ', dyn, w.intOf(n.pos, 0, T.uintptr));
    return holds(w, n, dyn, e.type!);
  }, (c) => {
    if (c.v) {
      if (isHeapName(c.v)) newHeapVar(w, c.v);
      const t = c.v.type;
      const one = c.list.length === 1 && c.list[0].op === 'OTYPE';
      if (!one) assignTo(w, c.v, w.nop(x, t));
      else if (!isInterface(t)) assignTo(w, c.v, unboxed(w, x, t));
      else if (isEmptyInterface(t)) assignTo(w, c.v, new BinaryExpr(n.pos, 'OMAKEFACE', dyn, w.idata(x), t));
      else {
        const tab = new RuntimeCall(n.pos, 'assertE2I2', [w.typeDesc(n.pos, t), w.nop(dyn, T.unsafePointer)], T.unsafePointer);
        assignTo(w, c.v, new BinaryExpr(n.pos, 'OMAKEFACE', w.nop(tab, T.uintptr), w.idata(x), t));
      }
    }
    walkStmtList(w, bodyOf(c));
  });
}

/** A clause's statements without its fallthrough. */
function bodyOf(c: CaseClause): Stmt[] {
  const last = c.body[c.body.length - 1];
  return last?.op === 'OFALL' ? c.body.slice(0, -1) : c.body;
}
function falls(c: CaseClause): boolean { return c.body[c.body.length - 1]?.op === 'OFALL'; }

/** Tests clauses in order and runs the body of the first that matches, or the default's. */
function dispatch(w: Walker, n: SwitchStmt, label: string, test: (e: Expr) => Expr, body: (c: CaseClause) => void): void {
  const chosen = n.cases.filter((c) => c.list.length > 0);
  const fallback = n.cases.find((c) => c.list.length === 0);
  if (!n.cases.some(falls)) {
    const chain = (i: number): void => {
      if (i === chosen.length) { if (fallback) body(fallback); return; }
      w.if(anyOf(w, chosen[i].list, test), () => body(chosen[i]), () => chain(i + 1));
    };
    // A long chain would nest too deeply: leave the block after each body instead.
    if (chosen.length <= 8) { chain(0); return; }
    for (const c of chosen) w.if(anyOf(w, c.list, test), () => { body(c); w.break(c.pos, label); });
    if (fallback) body(fallback);
    return;
  }
  const labels = new Map(n.cases.map((c) => [c, `${w.label()}c`]));
  for (const c of chosen) w.if(anyOf(w, c.list, test), () => w.emit(new BranchStmt(c.pos, 'OGOTO', labels.get(c)!)));
  if (fallback) w.emit(new BranchStmt(n.pos, 'OGOTO', labels.get(fallback)!));
  else w.break(n.pos, label);
  for (const c of n.cases) {
    w.emit(new LabelStmt(c.pos, labels.get(c)!));
    body(c);
    if (!falls(c)) w.break(c.pos, label);
  }
}

/** Whether one of the expressions of a clause matches; later ones are evaluated only if earlier ones do not. */
function anyOf(w: Walker, list: readonly Expr[], test: (e: Expr) => Expr): Expr {
  if (list.length === 1) return test(list[0]);
  const r = w.temp(list[0].pos, T.bool);
  w.assign(r, test(list[0]));
  for (const e of list.slice(1)) w.if(w.not(r), () => w.assign(r, test(e)));
  return r;
}
