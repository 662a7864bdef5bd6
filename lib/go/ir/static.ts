/**
 * Conditions known before the program runs.
 *
 * gc drops code behind conditions that its type checker can fold: `if debug {…}`
 * with a constant, but also `if debug && f()`, where the right operand is never
 * evaluated. Where only one operand of && or || matters the expression is
 * replaced by it; the replacement is kept beside the tree, which stays as it is.
 */
import type * as ast from '../syntax/ast.ts';
import type { Lowerer } from './ctx.ts';
import { boolVal } from './typeutil.ts';

/** Expressions that stand for others, found by staticBool. */
const replaced = new WeakMap<ast.Expr, ast.Expr>();
/** What to lower in place of e. */
export function replacement(e: ast.Expr): ast.Expr {
  for (let r = replaced.get(e); r; r = replaced.get(e)) e = r;
  return e;
}

/** 1: always true, -1: always false, 0: not known. */
export function staticBool(low: Lowerer, e: ast.Expr): number {
  const v = e.tv?.value;
  if (v) return boolVal(v) ? 1 : -1;
  if (e.kind !== 'Operation') return 0;
  if (e.op === '!' && !e.y) return -staticBool(low, e.x);
  if ((e.op === '&&' || e.op === '||') && e.y) {
    // With || the roles of true and false are swapped.
    const s = e.op === '&&' ? 1 : -1;
    const x = s * staticBool(low, e.x);
    if (x < 0) {
      replaced.set(e, e.x);
      return s * x;
    }
    const y = s * staticBool(low, e.y);
    if (x > 0 || y < 0) {
      if (e.x.tv?.value) replaced.set(e, e.y);
      return s * y;
    }
  }
  return 0;
}

/**
 * True if the statement after s is never reached by falling out of s. Approximate, as gc's.
 * rewritten: branches that became returns from the body of a loop over a function.
 */
export function terminates(low: Lowerer, s: ast.Stmt | null | undefined, rewritten?: ReadonlySet<ast.Stmt>): boolean {
  switch (s?.kind) {
    case 'BranchStmt': return s.tok === 'goto' || (rewritten?.has(s) ?? false);
    case 'ReturnStmt': return true;
    case 'ExprStmt': {
      let x = s.x;
      while (x.kind === 'ParenExpr') x = x.x;
      if (x.kind !== 'CallExpr') return false;
      let f = x.fun;
      while (f.kind === 'ParenExpr') f = f.x;
      return f.kind === 'Name' && f.value === 'panic' && f.tv !== null && f.tv.isBuiltin();
    }
    case 'IfStmt': {
      const cond = staticBool(low, s.cond);
      return (cond < 0 || terminates(low, s.then, rewritten)) && (cond > 0 || terminates(low, s.else, rewritten));
    }
    case 'BlockStmt': {
      let last: ast.Stmt | undefined;
      for (const t of s.list) if (t.kind !== 'EmptyStmt') last = t;
      return terminates(low, last, rewritten);
    }
    default: return false;
  }
}
