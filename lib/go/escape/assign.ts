/** Assignments: the hole a target is, and which assignments change nothing. */
import type { Expr, Name, Node } from '../ir/nodes.ts';
import { constEqual, identical, isArray, under } from '../ir/typeutil.ts';
import { isBlank } from '../ir/ctx.ts';
import { nodeText } from '../ir/print.ts';
import { funcText, say } from '../inline/context.ts';
import type { Hole } from './graph.ts';
import { isReflectHeaderData, unsafeValue } from './expr.ts';
import type { Walker } from './walker.ts';

/** The hole that storing into n fills. */
export function addr(e: Walker, n: Expr | undefined): Hole {
  if (!n || isBlank(n)) return e.b.discardHole();
  const k = e.b.heapHole();
  switch (n.op) {
    case 'ONAME': return n.class_ === 'PEXTERN' ? k : e.b.oldLoc(n).hole();
    case 'OPAREN': return addr(e, n.x);
    case 'ODOT': return addr(e, n.x);
    case 'OINDEX':
      e.discard(n.index);
      if (isArray(n.x.type!)) return addr(e, n.x);
      mutate(e, n.x);
      return k;
    case 'ODEREF': case 'ODOTPTR': mutate(e, n.x); return k;
    case 'OINDEXMAP':
      e.discard(n.x);
      assignHeap(e, n.index, 'key of map put', n);
      return k;
    default: return k;
  }
}

function mutate(e: Walker, n: Expr): void { e.expr(e.b.mutatorHole(), n); }
export function addrs(e: Walker, l: readonly (Expr | undefined)[]): Hole[] { return l.map((n) => addr(e, n)); }
export function assignHeap(e: Walker, src: Expr, why: string, where: Node): void { e.expr(e.b.heapHole().note(where, why), src); }

/** dsts… = srcs…; where is the statement. */
export function assignList(e: Walker, dsts: readonly (Expr | undefined)[], srcs: readonly (Expr | undefined)[], why: string, where: Node): void {
  const ks = addrs(e, dsts);
  ks.forEach((k, i) => {
    const src = srcs[i], dst = dsts[i];
    if (dst && src) {
      if (dst.op === 'ODOTPTR' && isReflectHeaderData(dst)) {
        unsafeValue(e, e.b.heapHole().note(where, why), src);
        return;
      }
      if (isSelfAssign(dst, src)) {
        const c = e.b.c;
        say(c, 'self-assignment', where.pos, `${funcText(c, e.curfn)} ignoring self-assignment in ${nodeText(where, c.print)}`, e.curfn, where);
        k = e.b.discardHole();
      }
    }
    e.expr(k.note(where, why), src);
  });
  reassigned(ks, where);
}

/** Marks what was assigned as reassigned, unless where declares it. */
export function reassigned(ks: readonly Hole[], where: Node): void {
  if (where.op === 'OAS' && !where.y && where.x.op === 'ONAME' && !where.x.defn) return;
  for (const k of ks) {
    const n = k.dst.n;
    if (n?.op === 'ONAME' && n.defn === where && where.op !== 'ORANGE') continue;
    k.dst.reassigned = true;
  }
}

/** b.buf = b.buf[n:m]: stores nothing that was not there. */
function isSliceSelfAssign(dst: Expr, src: Expr): boolean {
  if ((dst.op !== 'ODEREF' && dst.op !== 'ODOTPTR') || dst.x.op !== 'ONAME') return false;
  switch (src.op) {
    case 'OSLICE': case 'OSLICE3': case 'OSLICESTR': break;
    case 'OSLICEARR': case 'OSLICE3ARR':
      // Slicing an array inside b makes a pointer to b; slicing through a pointer does not.
      if (src.x.op === 'OADDR') return false;
      break;
    default: return false;
  }
  const base = src.x;
  return (base.op === 'ODEREF' || base.op === 'ODOTPTR') && base.x.op === 'ONAME' && base.x === dst.x;
}

/** val.x = val.y, val.x[i] = val.y[j] and the like leave the object's lifetime as it was. */
export function isSelfAssign(dst: Expr, src: Expr): boolean {
  if (isSliceSelfAssign(dst, src)) return true;
  if (dst.op !== src.op) return false;
  if ((dst.op === 'ODOT' || dst.op === 'ODOTPTR') && (src.op === 'ODOT' || src.op === 'ODOTPTR')) return sameSafeExpr(dst.x, src.x);
  if (dst.op === 'OINDEX' && src.op === 'OINDEX') return !mayAffectMemory(dst.index) && !mayAffectMemory(src.index) && sameSafeExpr(dst.x, src.x);
  return false;
}

function mayAffectMemory(n: Expr): boolean {
  switch (n.op) {
    case 'ONAME': case 'OLITERAL': case 'ONIL': return false;
    case 'OADD': case 'OSUB': case 'OOR': case 'OXOR': case 'OMUL': case 'OLSH': case 'ORSH': case 'OAND': case 'OANDNOT': case 'ODIV': case 'OMOD':
      return mayAffectMemory(n.x) || mayAffectMemory(n.y);
    case 'OINDEX': return mayAffectMemory(n.x) || mayAffectMemory(n.index);
    case 'OCONVNOP': case 'OCONV': case 'OLEN': case 'OCAP': case 'ONOT': case 'OBITNOT': case 'OPLUS': case 'ONEG': case 'ODOT': case 'ODOTPTR': case 'ODEREF':
      return mayAffectMemory(n.x);
    default: return true;
  }
}

/** The same expression twice, without effects. */
export function sameSafeExpr(l: Expr, r: Expr): boolean {
  while (l.op === 'OCONVNOP') l = l.x;
  while (r.op === 'OCONVNOP') r = r.x;
  if (l.op !== r.op || !l.type || !r.type || !identical(l.type, r.type)) return false;
  switch (l.op) {
    case 'ONAME': return l === (r as Name);
    case 'ODOT': case 'ODOTPTR': return l.sel === (r as typeof l).sel && sameSafeExpr(l.x, (r as typeof l).x);
    case 'ODEREF': case 'ONOT': case 'OBITNOT': case 'OPLUS': case 'ONEG': return sameSafeExpr(l.x, (r as typeof l).x);
    case 'OCONV': {
      const u = under(l.type);
      return u.kind === 'Basic' && !u.isString() && sameSafeExpr(l.x, (r as typeof l).x);
    }
    case 'OINDEX': case 'OINDEXMAP': return sameSafeExpr(l.x, (r as typeof l).x) && sameSafeExpr(l.index, (r as typeof l).index);
    case 'OADD': case 'OSUB': case 'OOR': case 'OXOR': case 'OMUL': case 'OLSH': case 'ORSH': case 'OAND': case 'OANDNOT': case 'ODIV': case 'OMOD':
      return sameSafeExpr(l.x, (r as typeof l).x) && sameSafeExpr(l.y, (r as typeof l).y);
    case 'OLITERAL': return constEqual(l.val, (r as typeof l).val);
    case 'ONIL': return true;
    default: return false;
  }
}
