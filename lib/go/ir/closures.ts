/**
 * Function literals and the names closures get.
 *
 * A literal becomes an OCLOSURE that holds a Func; the variables it captures are
 * listed in closureVars in order of first use, one Name in each function between
 * the variable's and the literal, linked by `outer`. Whether a capture is by
 * value or by reference is for escape analysis to say.
 *
 * Names count per enclosing function: `f.func1`, inside it `f.func1.1`; bodies of
 * range-over-func loops `f-range1`; wrappers of go and defer statements
 * `f.gowrap1`, `f.deferwrap2` (one counter for both). SIMPLIFIED: before Go 1.22 they
 * were made later and continued the numbers of literals; no diagnostic shows them. A closure made by inlining
 * also names the functions inlined on the way (`caller.callee.func1`), so that the
 * inliner needs closureName too.
 */
import type { Pos } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import type { Type } from '../types/type.ts';
import { BlockStmt, ClosureExpr, Func, type Expr } from './nodes.ts';
import { Ctx, declareParams } from './ctx.ts';
import { stmts } from './lower_stmt.ts';
import { signatureOf } from './typeutil.ts';

/** Why a closure is made: written, body of a range-over-func loop, wrapper of go or defer. */
export type ClosureWhy = 'func' | 'range' | 'go' | 'defer';

/** What counting closures of one function needs. */
interface ClosureCounters { func: number; range: number; wrap: number }
const counters = new WeakMap<Func, ClosureCounters>();
function countersOf(fn: Func): ClosureCounters {
  let k = counters.get(fn);
  if (!k) counters.set(fn, (k = { func: 0, range: 0, wrap: 0 }));
  return k;
}

/**
 * The symbol of a new closure made within outer. inlined: names of the functions
 * whose inlining brings it there, outermost first. goMinor: version modelled.
 */
export function closureName(outer: Func, why: ClosureWhy, inlined: readonly string[] = [], goMinor = 26): string {
  if (outer.oclosure && outer.rangeParent) outer = outer.rangeParent;
  // Before Go 1.22 initialisers of package variables stood in no function.
  const outerSym = goMinor < 22 && outer.sym === 'init' && !outer.oclosure && outer.pos === 0 ? 'glob.' : outer.sym;
  const k = countersOf(outer);
  let n: number, suffix: string;
  switch (why) {
    case 'func': n = ++k.func; suffix = outer.oclosure ? '.' : '.func'; break;
    case 'range': n = ++k.range; suffix = '-range'; break;
    default: n = ++k.wrap; suffix = why === 'go' ? '.gowrap' : '.deferwrap';
  }
  outer.numClosures++;
  return `${[outerSym, ...inlined].join('.')}${suffix}${n}`;
}

/** Counts n literals that a function inlined by its summary brings into outer; how many there were before. */
export function countClosures(outer: Func, n: number): number {
  const k = countersOf(outer.oclosure && outer.rangeParent ? outer.rangeParent : outer);
  k.func += n;
  return k.func - n;
}

/** A new closure function of the given (already substituted) type inside outer, and its expression. */
export function newClosure(outer: Func, pos: Pos, why: ClosureWhy, type: Type, goMinor: number): Func {
  const fn = new Func(pos, closureName(outer, why, [], goMinor), outer.nname.pkgPath, type);
  fn.outer = outer;
  fn.dupok = outer.dupok;
  fn.shape = outer.shape;
  fn.closurePos = pos;
  if (why === 'range') fn.rangeParent = outer.oclosure && outer.rangeParent ? outer.rangeParent : outer;
  const clo = new ClosureExpr(pos, fn, type);
  fn.oclosure = clo;
  outer.closures.push(fn);
  return fn;
}

/** A written function literal. */
export function lowerFuncLit(c: Ctx, e: ast.FuncLit): Expr {
  const t = e.tv!.type!;
  const sig = signatureOf(t);
  const fn = newClosure(c.fn, e.pos, 'func', c.typ(t), c.low.minor);
  const inner = new Ctx(c.low, fn, c.env, c, sig.results.vars, e.body.list);
  inner.addParams(declareParams(fn, t, (x) => c.typ(x)).vars);
  if (c.env) fn.dcl.forEach((n) => { if (n.obj) n.shaped = c.shaped(n.obj.type!); });
  fn.body = stmts(inner, e.body.list);
  if (c.env) fn.closureVars.push(inner.dict());
  if (fn.body.length === 0) fn.body = [new BlockStmt(e.pos, [])];
  fn.endPos = e.body.rbrace;
  return fn.oclosure!;
}
