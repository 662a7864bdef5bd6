/** Statements: what they do to the graph, and loop depths. */
import type { GoDeferStmt, Stmt } from '../ir/nodes.ts';
import { isArray } from '../ir/typeutil.ts';
import { isBlank } from '../ir/ctx.ts';
import { addrs, assignHeap, assignList, reassigned } from './assign.ts';
import { call } from './call.ts';
import { exprInto } from './expr.ts';
import { hasPointers } from './types.ts';
import type { Hole } from './graph.ts';
import type { Walker } from './walker.ts';

export function stmt(e: Walker, n: Stmt): void {
  e.stmts(n.init);
  switch (n.op) {
    case 'OFALL': case 'OINLMARK': case 'OBREAK': case 'OCONTINUE': case 'OGOTO': return;
    case 'OBLOCK': e.stmts(n.list); return;
    case 'ODCL': if (!isBlank(n.x)) e.declare(n.x); return;
    case 'OLABEL':
      if (e.labels.get(n.label) === 'looping') e.loopDepth++;
      e.labels.delete(n.label);
      return;
    case 'OIF':
      e.discard(n.cond);
      e.block(n.body);
      e.block(n.els);
      return;
    case 'OCHECKNIL': e.discard(n.x); return;
    case 'OFOR':
      e.loopDepth++;
      e.discard(n.cond);
      if (n.post) stmt(e, n.post);
      e.block(n.body);
      e.loopDepth--;
      return;
    case 'ORANGE': {
      // The operand is evaluated once, outside the loop, and lasts as long as it.
      const tmp = e.newLoc(undefined, true);
      e.expr(tmp.hole(), n.x);
      e.loopDepth++;
      const ks = addrs(e, [n.key, n.value]);
      e.b.flow(isArray(n.x.type!) ? ks[1].note(n, 'range') : ks[1].deref(n, 'range-deref'), tmp);
      reassigned(ks, n);
      e.block(n.body);
      e.loopDepth--;
      return;
    }
    case 'OSWITCH': {
      const tag = n.tag;
      if (tag?.op === 'OTYPESW') {
        const ks: Hole[] = [];
        for (const cl of n.cases) {
          if (!cl.v) continue;
          const k = e.declare(cl.v);
          if (hasPointers(cl.v.type)) ks.push(e.dotType(k, cl.v.type, cl, 'switch case'));
        }
        e.expr(e.tee(...ks), tag.x);
      } else e.discard(tag);
      for (const cl of n.cases) {
        e.discards(cl.list);
        e.block(cl.body);
      }
      return;
    }
    case 'OSELECT':
      for (const cl of n.cases) {
        if (cl.comm) stmt(e, cl.comm);
        e.block(cl.body);
      }
      return;
    case 'ORECV': exprInto(e, e.b.discardHole(), n); return;
    case 'OSEND':
      e.discard(n.chan);
      assignHeap(e, n.value, 'send', n);
      return;
    case 'OAS': assignList(e, [n.x], [n.y], 'assign', n); return;
    case 'OASOP': assignList(e, [n.x], [n.y], 'assign', n); return;
    case 'OAS2': assignList(e, n.lhs, n.rhs, 'assign-pair', n); return;
    case 'OAS2DOTTYPE': assignList(e, n.lhs, n.rhs, 'assign-pair-dot-type', n); return;
    case 'OAS2MAPR': assignList(e, n.lhs, n.rhs, 'assign-pair-mapr', n); return;
    case 'OAS2RECV': case 'OSELRECV2': assignList(e, n.lhs, n.rhs, 'assign-pair-receive', n); return;
    case 'OAS2FUNC': {
      const f = n.rhs[0];
      e.stmts(f.init);
      const ks = addrs(e, n.lhs);
      call(e, ks, f);
      reassigned(ks, n);
      return;
    }
    case 'ORETURN': assignList(e, e.curfn.results, n.results, 'return', n); return;
    case 'OGO': case 'ODEFER': goDefer(e, n); return;
    case 'OCALLFUNC': case 'OCALLINTER': case 'OINLCALL': case 'OCLEAR': case 'OCLOSE': case 'OCOPY': case 'ODELETE': case 'OPANIC': case 'OPRINT': case 'OPRINTLN': case 'ORECOVER':
      call(e, undefined, n);
      return;
    default: exprInto(e, e.b.discardHole(), n as never);
  }
}

/** A deferred call outside loops keeps its closure till the function returns; others may run it any time. */
function goDefer(e: Walker, n: GoDeferStmt): void {
  let k = e.b.heapHole();
  if (n.op === 'ODEFER' && e.loopDepth === 1 && !n.deferAt) {
    k = e.later(e.b.discardHole());
    n.esc = 'never';
  }
  if (n.call.op === 'OCALLFUNC') e.expr(k, n.call.fun);
}
