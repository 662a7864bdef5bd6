/**
 * Composite literals: struct and array literals are built in place or in a
 * temporary, slice literals on an array of their own, map literals by insertion.
 * Large literals of constants are copied from read-only data.
 */
import { SliceExpr, type CompLitExpr, type Expr } from '../ir/nodes.ts';
import * as c from '../types/constant.ts';
import type { Walker } from './walker.ts';
import { arrayOf, elem, size, under } from './typex.ts';
import { walkExpr, walkOperand } from './expr.ts';
import { isStaticLiteral, isZero } from './static.ts';
import { makeMap, mapAssign } from './map.ts';
import { Operands } from './order.ts';

/** Where to build a literal; zeroed when the memory is known to be zero. */
export interface Destination { readonly target: () => Expr; readonly zeroed: boolean }

/** Literals of constants larger than this are copied from read-only data instead of being stored piece by piece. */
const staticCopyMin = 64;

export function walkCompLit(w: Walker, n: CompLitExpr, into: Destination | undefined): Expr {
  switch (n.op) {
    case 'OSTRUCTLIT': case 'OARRAYLIT': {
      if (into) { fill(w, n, into); return into.target(); }
      if (isStaticLiteral(n) && size(n.type!) > staticCopyMin && !isZero(n)) return w.pkg.newStatic(n.pos, n.type!, n);
      const t = w.temp(n.pos, n.type!);
      w.zero(t);
      fill(w, n, { target: () => t, zeroed: true });
      return t;
    }
    case 'OSLICELIT': return walkSliceLit(w, n);
    case 'OMAPLIT': {
      const m = makeMap(w, n, n.type!, w.intOf(n.pos, n.list.length), n.list.length);
      for (const e of n.list) if (e.op === 'OKEY') mapAssign(w, n, m, w.safe(walkExpr(w, e.key)), walkExpr(w, e.value));
      return m;
    }
  }
}

/** Stores the literal's parts into a place of its type. */
function fill(w: Walker, n: CompLitExpr, into: Destination): void {
  if (n.op === 'OARRAYLIT' && isStaticLiteral(n) && size(n.type!) > staticCopyMin && !isZero(n)) {
    w.assign(into.target(), w.pkg.newStatic(n.pos, n.type!, n));
    return;
  }
  const stores = hoist(w, new Operands(w), n, into.target);
  if (!into.zeroed) w.assign(into.target(), undefined);
  for (const store of stores) store();
}

/** Runs the calls in a literal's elements, as gc does before it stores any; the functions returned store the elements. */
function hoist(w: Walker, operands: Operands, n: CompLitExpr, target: () => Expr): (() => void)[] {
  return parts(w, n, target).filter(([, value]) => !isZero(value)).flatMap(([place, value]) => {
    if (value.op === 'OSTRUCTLIT' || value.op === 'OARRAYLIT') {
      if (value.op === 'OARRAYLIT' && isStaticLiteral(value) && size(value.type!) > staticCopyMin) return [(): void => fill(w, value, { target: place, zeroed: true })];
      return hoist(w, operands, value, place);
    }
    const v = walkOperand(w, operands, value);
    return [(): void => w.assign(place(), v())];
  });
}

/** Each element of a struct or array literal: the place it goes to and its value. */
function parts(w: Walker, n: CompLitExpr, target: () => Expr): [() => Expr, Expr][] {
  const out: [() => Expr, Expr][] = [];
  let next = 0;
  for (const e of n.list) {
    if (e.op === 'OSTRUCTKEY') out.push([() => w.field(target(), e.index), e.value]);
    else {
      let value: Expr = e;
      if (e.op === 'OKEY') { next = indexOf(e.key); value = e.value; }
      const i = next++;
      out.push([() => w.index(target(), i, elem(n.type!)), value]);
    }
  }
  return out;
}

/** The constant index of an element's key. */
export function indexOf(key: Expr): number {
  const v = key.op === 'OLITERAL' ? c.intVal(c.toInt(key.val)) : null;
  if (v === null) throw new Error('invalid array index in literal');
  return Number(v);
}

function walkSliceLit(w: Walker, n: CompLitExpr): Expr {
  const et = elem(n.type!);
  let len = 0, next = 0;
  for (const e of n.list) {
    if (e.op === 'OKEY') next = indexOf(e.key);
    len = Math.max(len, ++next);
  }
  const at = arrayOf(len, et);
  const p = w.safe(w.object(n, n.implicit ? 'variadic' : 'literal', at));
  const array = n.list.every((e) => isStaticLiteral(e.op === 'OKEY' ? e.value : e)) && size(at) > staticCopyMin && under(et).kind !== 'Interface';
  if (array) {
    const lit = Object.assign(Object.create(Object.getPrototypeOf(n)), n, { op: 'OARRAYLIT', type: at }) as CompLitExpr;
    w.assign(w.deref(p, at), w.pkg.newStatic(n.pos, at, lit));
  } else {
    for (const store of hoist(w, new Operands(w), n, () => w.deref(p, at))) store();
  }
  return new SliceExpr(n.pos, 'OSLICEARR', p, undefined, undefined, undefined, n.type!);
}
