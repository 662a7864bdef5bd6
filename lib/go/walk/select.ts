/** select: nothing, one case, one case with default, or selectgo over an array of cases. */
import { isBlank } from '../ir/ctx.ts';
import type { CommClause, Expr, SelectStmt, Stmt } from '../ir/nodes.ts';
import type { Walker } from './walker.ts';
import { T, arrayOf, elem } from './typex.ts';
import { walkExpr, walkInit } from './expr.ts';
import { assignTo, walkStmt, walkStmtList } from './stmt.ts';

interface Case { readonly clause: CommClause; readonly send: boolean; readonly chan: Expr; readonly slot: Expr; readonly finish: (ok: Expr) => void }

export function walkSelect(w: Walker, n: SelectStmt): void {
  const label = w.label();
  w.withTarget(n.label, label, false, () => {
    w.block(n.pos, label, () => {
      const fallback = n.cases.find((c) => !c.comm);
      const comms = n.cases.filter((c) => c.comm);
      if (comms.length === 0) {
        if (fallback) walkStmtList(w, fallback.body); else w.rt(n.pos, 'block');
        return;
      }
      if (comms.length === 1 && !fallback) {
        walkStmt(w, comms[0].comm!);
        walkStmtList(w, comms[0].body);
        return;
      }
      const cases = comms.map((c) => prepare(w, c));
      if (cases.length === 1) one(w, n, cases[0], fallback!); else many(w, n, cases, fallback);
    });
  });
}

/** Evaluates a case's channel and value; where a value is received to, and what assigns it, wait until it is chosen. */
function prepare(w: Walker, clause: CommClause): Case {
  const comm: Stmt = clause.comm!;
  const lateInit = comm.init;
  comm.init = undefined;
  if (comm.op === 'OSEND') {
    walkStmtList(w, lateInit ?? []);
    const chan = w.safe(walkExpr(w, comm.chan));
    const slot = w.slot(comm.pos, elem(chan.type!));
    w.assign(slot, walkExpr(w, comm.value));
    return { clause, send: true, chan, slot: w.nop(w.addr(slot), T.unsafePointer), finish: () => undefined };
  }
  if (comm.op !== 'OSELRECV2' && comm.op !== 'OAS2RECV') throw new Error(`invalid select case: ${comm.op}`);
  const recv = comm.rhs[0];
  if (recv.op !== 'ORECV') throw new Error(`invalid select case: ${recv.op}`);
  walkInit(w, recv);
  const chan = w.safe(walkExpr(w, recv.x));
  const [value, ok] = comm.lhs;
  const wanted = value && !isBlank(value);
  const slot = wanted ? w.slot(comm.pos, elem(chan.type!)) : undefined;
  if (slot) w.zero(slot);
  return {
    clause, send: false, chan, slot: slot ? w.nop(w.addr(slot), T.unsafePointer) : w.nil(comm.pos),
    finish: (received) => {
      walkStmtList(w, lateInit ?? []);
      if (wanted && slot) assignTo(w, value, slot);
      if (ok && !isBlank(ok)) assignTo(w, ok, received);
    },
  };
}

/** One case and a default: a non-blocking operation. */
function one(w: Walker, n: SelectStmt, c: Case, fallback: CommClause): void {
  let done: Expr, ok: Expr;
  if (c.send) {
    done = w.rtValue(n.pos, 'selectnbsend', T.bool, c.chan, c.slot);
    ok = done;
  } else [done, ok] = w.rtValues(n.pos, 'selectnbrecv', [T.bool, T.bool], c.slot, c.chan);
  w.if(done, () => { c.finish(ok); walkStmtList(w, c.clause.body); }, () => walkStmtList(w, fallback.body));
}

function many(w: Walker, n: SelectStmt, cases: Case[], fallback: CommClause | undefined): void {
  const order = [...cases.filter((c) => c.send), ...cases.filter((c) => !c.send)];
  const sends = order.filter((c) => c.send).length;
  const list = w.slot(n.pos, arrayOf(2 * order.length, T.unsafePointer));
  order.forEach((c, i) => {
    w.assign(w.index(list, 2 * i), w.nop(c.chan, T.unsafePointer));
    w.assign(w.index(list, 2 * i + 1), c.slot);
  });
  const [chosen, ok] = w.rtValues(n.pos, 'selectgo', [T.int, T.bool], w.nop(w.addr(list), T.unsafePointer), w.intOf(n.pos, sends), w.intOf(n.pos, order.length - sends), w.boolOf(n.pos, !fallback));
  const chain = (i: number): void => {
    if (i === order.length) { if (fallback) walkStmtList(w, fallback.body); return; }
    w.if(w.cmp('OEQ', chosen, w.intOf(n.pos, i)), () => { order[i].finish(ok); walkStmtList(w, order[i].clause.body); }, () => chain(i + 1));
  };
  chain(0);
}
