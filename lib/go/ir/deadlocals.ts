/**
 * Dropping assignments to locals that are never read (Go 1.24 and later).
 *
 * An assignment whose right side has no effect (a name, a literal, nil, a
 * function literal) to a local nobody reads becomes `_ = 0`, so that escape
 * analysis sees neither; `p := &x` is kept, since taking an address is not in
 * that list. Uses are found in one walk: a right side is walked only once its
 * variable turns out to be used. Rule: cmd/compile/internal/deadlocals.
 */
import { ConstExpr, type Expr, type Func, type Name, type Node } from './nodes.ts';
import { doChildren } from './visit.ts';
import { blank, isBlank } from './ctx.ts';
import { T, makeInt } from './typeutil.ts';

interface Assign { rhs(): Expr | undefined; drop(): void }

/** Applies the pass to each function that is not a capturing closure (those are walked with what encloses them). */
export function deadLocals(fns: readonly Func[]): void {
  for (const fn of fns) if (!fn.oclosure || fn.closureVars.length === 0) new Visitor().run(fn);
}

function isLocal(n: Name, blankIsNotUse: boolean): boolean {
  if (isBlank(n)) return blankIsNotUse;
  return n.class_ === 'PAUTO' || n.class_ === 'PPARAM';
}
function hasEffects(n: Expr | undefined): boolean {
  if (n === undefined) return false;
  if (n.init?.length) return true;
  return n.op !== 'ONAME' && n.op !== 'OLITERAL' && n.op !== 'ONIL' && n.op !== 'OCLOSURE';
}

class Visitor {
  /** Droppable assignments of a variable; undefined inside: it is used. */
  readonly defs = new Map<Name, Assign[] | undefined>();

  run(fn: Func): void {
    for (const n of fn.body) this.node(n);
    for (const [name, list] of this.defs) {
      if (!list || list.length === 0) continue;
      for (const a of list) a.drop();
      name.defn = undefined;
    }
  }

  node = (n: Node): void => {
    switch (n.op) {
      case 'OCLOSURE':
        n.init?.forEach(this.node);
        n.func.closureVars.forEach(this.node);
        n.func.body.forEach(this.node);
        return;
      case 'ODCL': return;
      case 'ONAME': {
        const c = n.canonical;
        if (!isLocal(c, false)) return;
        const pending = this.defs.get(c);
        this.defs.set(c, undefined);
        for (const a of pending ?? []) { const r = a.rhs(); if (r) this.node(r); }
        return;
      }
      case 'OAS':
        this.assign(n.x, n.y, false, () => { n.x = blank(); n.y = zero(); }, () => n.y);
        return;
      case 'OAS2': {
        const nonBlank = n.lhs.some((x) => !isBlank(x));
        n.lhs.forEach((x, i) => this.assign(x, n.rhs[i], nonBlank, () => { n.lhs[i] = blank(); n.rhs[i] = zero(); }, () => n.rhs[i]));
        return;
      }
      default: doChildren(n, this.node);
    }
  };

  assign(lhs: Expr, rhs: Expr | undefined, blankIsNotUse: boolean, drop: () => void, get: () => Expr | undefined): void {
    if (lhs.op !== 'ONAME') {
      this.node(lhs);
      if (rhs) this.node(rhs);
      return;
    }
    const name = lhs.canonical;
    if (isLocal(name, blankIsNotUse) && !hasEffects(rhs) && !(this.defs.has(name) && this.defs.get(name) === undefined)) {
      const list = this.defs.get(name) ?? [];
      list.push({ rhs: get, drop });
      this.defs.set(name, list);
      return;
    }
    if (rhs) this.node(rhs);
  }
}

function zero(): Expr { return new ConstExpr(0, T.int, makeInt(0n)); }
