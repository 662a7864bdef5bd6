/**
 * The order of evaluation that Go leaves open, as gc settles it.
 *
 * The language orders calls, receives and logical operators from left to right, but not
 * the reading of variables among them. In gc the calls of a statement run first, each
 * into a temporary, and what remains (variables, fields, elements, sums of them) is read
 * when all have run:
 *
 *   n + f()            n is read after f has run
 *   s[i] = f()         s and i too, so f may make s
 *   len(s) + f()       len, cap, slices, parts of complex numbers are read at once
 *
 * Walking gives the same shape: a walk emits calls and returns an expression without
 * any. So operands are walked one after the other and put together afterwards; what must
 * be read at once is copied, if the walk of a later operand emits anything. Rules:
 * cmd/compile/internal/walk/order.go, and assign.go (ascompatee) for a, b = x, y.
 */
import { isBlank } from '../ir/ctx.ts';
import type { Expr, Name, Op } from '../ir/nodes.ts';
import { anyChild, editChildren } from '../ir/visit.ts';
import { under } from './typex.ts';
import type { Walker } from './walker.ts';

/** Operands of one expression or statement, walked from left to right. */
export class Operands {
  readonly values: Expr[] = [];
  constructor(readonly w: Walker) {}
  /** Walks one more; returns its index in values. */
  add(walk: () => Expr): number {
    const { w, values } = this, at = w.out.length;
    const v = walk();
    if (w.out.length > at && values.some(readsNow)) {
      const rest = w.out.splice(at);
      values.forEach((x, i) => { values[i] = readNow(w, x); });
      for (const s of rest) w.emit(s);
    }
    return values.push(v) - 1;
  }
}

const atOnce: ReadonlySet<Op> = new Set<Op>(['OLEN', 'OCAP', 'OREAL', 'OIMAG', 'OCOMPLEX', 'OSLICE', 'OSLICEARR', 'OSLICESTR', 'OSLICE3', 'OSLICE3ARR', 'OCALLRT']);

function isFixed(x: { op: string }): boolean { return x.op === 'OLITERAL' || x.op === 'ONIL' || (x.op === 'ONAME' && ((x as Name).autoTemp || (x as Name).class_ === 'PFUNC')); }

/** Does a walked expression hold what gc reads at once? */
function readsNow(x: Expr): boolean {
  return atOnce.has(x.op) ? anyChild(x, (c) => !isFixed(c)) : anyChild(x, (c) => readsNow(c as Expr));
}

/** A walked expression with what gc reads at once read here; x itself may be a place. */
function readNow(w: Walker, x: Expr): Expr {
  if (!readsNow(x)) return x;
  if (atOnce.has(x.op)) return w.copy(x);
  editChildren(x, (c) => readNow(w, c as Expr));
  return x;
}

/** A place and its value, their calls having run. */
interface Pending { readonly x: Expr; readonly value: Expr }

/**
 * The stores of a, b = x, y, in order: store is called for each when it is to be made.
 * As in gc, an operand is copied first only if a store before it may change it.
 */
export function storeParallel(w: Walker, list: readonly Pending[], hasDefer: boolean, store: (x: Expr, v: Expr) => void): void {
  const assigned = new Set<Name>();
  let memory = false, all = false;
  const changes = (n: Expr): boolean => (n.op === 'ONAME' ? assigned.has(n) || (memory && inMemory(n)) : (memory && reads.has(n.op)) || anyChild(n, (c) => changes(c as Expr)));
  const save = (x: Expr): Expr => (!isFixed(x) && (all || changes(x)) ? w.copy(x) : x);
  const late: Pending[] = [];
  for (const { x, value } of list) {
    let at: Expr = x;
    for (;;) {
      if (at.op === 'OPAREN' || at.op === 'ODOT') { at = at.x; continue; }
      if (at.op === 'OINDEX' && under(at.x.type!).kind === 'Array') { at.index = save(at.index); at = at.x; continue; }
      break;
    }
    if (at.op === 'OINDEX' || at.op === 'OINDEXMAP') { at.x = save(at.x); at.index = save(at.index); } else if (at.op === 'ODEREF' || at.op === 'ODOTPTR') at.x = save(at.x);
    late.push({ x, value: save(value) });
    if (isBlank(x)) continue;
    if (at.op !== 'ONAME') { memory = true; continue; }
    if (at.class_ === 'PPARAMOUT' && hasDefer) all = true;
    if (inMemory(at)) memory = true; else assigned.add(at);
  }
  for (const { x, value } of late) store(x, value);
}

/** May a store through a pointer change a name? */
function inMemory(n: Name): boolean { return n.class_ === 'PEXTERN' || n.addrtaken; }

const reads: ReadonlySet<Op> = new Set<Op>(['ODEREF', 'ODOTPTR', 'OINDEX', 'OINDEXMAP', 'OCALLRT', 'OCHECKNIL', 'OMAKEFACE']);
