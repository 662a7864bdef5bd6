/** State of walking one function body into the graph; expr.ts, stmt.ts, assign.ts and call.ts hold the rules. */
import type { Expr, Func, Name, Node, Stmt } from '../ir/nodes.ts';
import { visit } from '../ir/visit.ts';
import type { Type } from '../types/type.ts';
import type { Batch } from './batch.ts';
import { Hole, type Location } from './graph.ts';
import { exprInto } from './expr.ts';
import { stmt } from './stmt.ts';
import { needsDeref } from './types.ts';

export class Walker {
  /** Labels not met yet: does a later goto jump back to them? */
  readonly labels = new Map<string, 'looping' | 'nonlooping'>();
  /** Nesting of loops (for, and labels jumped back to), from 1. */
  loopDepth = 1;
  constructor(readonly b: Batch, readonly curfn: Func) {}

  body(): void {
    for (const s of this.curfn.body) visit(s, (n) => {
      if (n.op === 'OLABEL') this.labels.set(n.label, 'nonlooping');
      else if (n.op === 'OGOTO' && this.labels.get(n.label) === 'nonlooping') this.labels.set(n.label, 'looping');
    });
    this.block(this.curfn.body);
  }

  /** Evaluates n, its value going to k. */
  expr(k: Hole, n: Expr | undefined): void {
    if (!n) return;
    this.stmts(n.init);
    exprInto(this, k, n);
  }
  discard(n: Expr | undefined): void { this.expr(this.b.discardHole(), n); }
  discards(l: readonly Expr[]): void { for (const n of l) this.discard(n); }
  stmts(l: readonly Stmt[] | undefined): void { if (l) for (const s of l) stmt(this, s); }
  /** Statements that leave the loop depth as it was. */
  block(l: readonly Stmt[]): void {
    const old = this.loopDepth;
    this.stmts(l);
    this.loopDepth = old;
  }

  newLoc(n: Node | undefined, persists: boolean): Location { return this.b.newLoc(n, this.curfn, this.loopDepth, persists); }
  /** A location for the storage n allocates; its address goes to k, values stored in it to the result. */
  spill(k: Hole, n: Expr): Hole {
    const loc = this.newLoc(n, false);
    this.b.flow(k.addr(n, 'spill'), loc);
    return loc.hole();
  }
  /** One hole for several. */
  tee(...ks: Hole[]): Hole {
    if (ks.length === 0) return this.b.discardHole();
    if (ks.length === 1) return ks[0];
    const loc = this.newLoc(undefined, false);
    for (const k of ks) this.b.flow(k, loc);
    return loc.hole();
  }
  /** Like k, but what flows in must last. */
  later(k: Hole): Hole {
    const loc = this.newLoc(undefined, true);
    this.b.flow(k, loc);
    return loc.hole();
  }
  /** Declares n at the current depth. */
  declare(n: Name): Hole {
    const loc = this.b.oldLoc(n);
    loc.loopDepth = this.loopDepth;
    return loc.hole();
  }
  dotType(k: Hole, t: Type, where: Node, why: string): Hole { return (needsDeref(t) ? k.shift(1) : k).note(where, why); }
}
