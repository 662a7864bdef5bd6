/**
 * Dropping assignments to locals that nothing reads (Go 1.24 and later).
 *
 * Inlining leaves many: f := func(){…} whose only call was inlined. Without the
 * assignment the literal is gone, and with it what it captured. Only right sides
 * without effects are dropped: names, literals, nil, function literals. An
 * assignment waits until its variable turns out to be used; then its right side
 * is looked at in turn. Rules: cmd/compile/internal/deadlocals.
 */
import { AssignListStmt, AssignStmt, ConstExpr, type Expr, type Func, type Name, type Node } from '../ir/nodes.ts';
import { doChildren } from '../ir/visit.ts';
import { T, makeInt } from '../ir/typeutil.ts';
import { blank, isBlank } from '../ir/ctx.ts';
import { isCapturing } from './scc.ts';

interface Assign { readonly rhs: Expr; drop(): void }

/** Removes dead assignments in the given functions and the closures inside them. */
export function deadLocals(funcs: readonly Func[]): void {
  for (const fn of funcs) if (!isCapturing(fn, 26)) inFunc(fn);
}

function inFunc(fn: Func): void {
  /** Assignments that go if the name is unused; null: it is used. */
  const defs = new Map<Name, Assign[] | null>();

  const isLocal = (n: Name, blankIsNotUse: boolean): boolean => (isBlank(n) ? blankIsNotUse : n.class_ === 'PAUTO' || n.class_ === 'PPARAM');
  const hasEffects = (n: Expr): boolean => {
    if (n.init && n.init.length > 0) return true;
    return !(n.op === 'ONAME' || n.op === 'OLITERAL' || n.op === 'ONIL' || n.op === 'OCLOSURE');
  };
  const assign = (lhs: Expr, rhs: Expr | undefined, blankIsNotUse: boolean, drop: () => void): void => {
    if (lhs.op !== 'ONAME') {
      node(lhs);
      if (rhs) node(rhs);
      return;
    }
    const name = lhs.canonical;
    if (rhs && isLocal(name, blankIsNotUse) && !hasEffects(rhs)) {
      const have = defs.get(name);
      if (have !== null) {
        if (have) have.push({ rhs, drop }); else defs.set(name, [{ rhs, drop }]);
        return;
      }
    }
    if (rhs) node(rhs);
  };
  const node = (n: Node): void => {
    switch (n.op) {
      case 'OCLOSURE':
        n.init?.forEach(node);
        n.func.closureVars.forEach(node);
        n.func.body.forEach(node);
        return;
      case 'ODCL': return;
      case 'ONAME': {
        const name = n.canonical;
        if (!isLocal(name, false)) return;
        const waiting = defs.get(name);
        defs.set(name, null);
        waiting?.forEach((a) => node(a.rhs));
        return;
      }
      case 'OAS': assign(n.x, n.y, false, () => dropIn(n)); return;
      case 'OAS2': {
        const discards = n.lhs.some((x) => !isBlank(x));
        n.lhs.forEach((x, i) => assign(x, n.rhs[i], discards, () => dropAt(n, i)));
        return;
      }
      case 'OINLCALL':
        doChildren(n, node);
        n.returnVars.forEach(node);
        return;
      case 'OGO': case 'ODEFER':
        if (n.deferAt) node(n.deferAt);
        doChildren(n, node);
        return;
      default: doChildren(n, node);
    }
  };
  fn.body.forEach(node);
  for (const [name, list] of defs) {
    if (!list) continue;
    for (const a of list) a.drop();
    if (list.length > 0) name.defn = undefined;
  }
}

function zero(): Expr { return new ConstExpr(0, T.int, makeInt(0n)); }
function dropIn(n: AssignStmt): void {
  n.x = blank();
  n.y = zero();
}
function dropAt(n: AssignListStmt, i: number): void {
  n.lhs[i] = blank();
  n.rhs[i] = zero();
}
