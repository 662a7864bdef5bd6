/**
 * go and defer statements.
 *
 * The runtime starts goroutines and runs deferred calls from functions without
 * parameters and results, so `go f(x)` becomes
 *
 *   x1 := x
 *   go func() { f(x1) }()
 *
 * with the operands that must be evaluated now in temporaries the wrapper
 * captures. Operands that cannot change stay in the wrapper: constants, nil,
 * named functions, method expressions, new(T), and array, slice and struct
 * literals (whose elements are looked at one by one). A call already without
 * parameters and results is used as it is.
 */
import type { Pos } from '../../base/pos.ts';
import {
  AssignListStmt, CallExpr, Decl, GoDeferStmt, UnaryExpr, type Expr, type Stmt,
} from './nodes.ts';
import { newClosureVar, type Ctx } from './ctx.ts';
import { newClosure } from './closures.ts';
import { takeInit } from './lower_expr.ts';
import { T, isUintptr, isUnsafePointer, newSignature, ptrTo, signatureOf } from './typeutil.ts';

/** The statement for `go call` or `defer call`; what runs before it is its init. */
export function goDefer(c: Ctx, pos: Pos, op: 'OGO' | 'ODEFER', call: Expr): GoDeferStmt {
  const init: Stmt[] = [];
  const norm = normalize(c, pos, op, call, init);
  norm.noInline = true;
  const n = new GoDeferStmt(pos, op, norm);
  if (init.length > 0) n.init = init;
  return n;
}

function normalize(c: Ctx, pos: Pos, op: 'OGO' | 'ODEFER', call: Expr, init: Stmt[]): CallExpr {
  init.push(...takeInit(call));
  if (call.op === 'OCALLFUNC') {
    const sig = signatureOf(call.fun.type!);
    const nparams = sig.params.vars.length + (sig.recv && call.fun.op === 'OMETHEXPR' ? 1 : 0);
    if (nparams + sig.results.vars.length === 0 && call.args.length === 0) return call;
  }
  const wrapper = newClosure(c.fn, pos, op === 'OGO' ? 'go' : 'defer', newSignature([], []), c.low.minor);
  wrapper.wrapper = true;

  const operands: { get(): Expr; set(x: Expr): void }[] = [];
  const visit = (x: Expr | undefined, set: (x: Expr) => void): void => {
    if (x === undefined) return;
    switch (x.op) {
      case 'OLITERAL': case 'ONIL': case 'OMETHEXPR': case 'ONEW': return;
      case 'ONAME':
        if (x.class_ === 'PFUNC') return;
        break;
      case 'OCONVNOP':
        if (isUintptr(x.type!) && isUnsafePointer(x.x.type!)) {
          visit(x.x, (y) => { x.x = y; });
          return;
        }
        break;
      case 'OARRAYLIT': case 'OSLICELIT': case 'OSTRUCTLIT':
        x.list.forEach((el, i) => {
          if (el.op === 'OKEY' || el.op === 'OSTRUCTKEY') visit(el.value, (y) => { el.value = y; });
          else visit(el, (y) => { x.list[i] = y; });
        });
        return;
      default: break;
    }
    operands.push({ get: () => x, set });
  };
  const visitList = (l: Expr[]): void => l.forEach((x, i) => visit(x, (y) => { l[i] = y; }));
  switch (call.op) {
    case 'OCALLFUNC':
      visit(call.fun, (y) => { call.fun = y; });
      visitList(call.args);
      break;
    case 'OCALLINTER': {
      const sel = call.fun;
      if (sel.op === 'ODOTINTER') operands.push({ get: () => sel.x, set: (y) => { sel.x = y; } });
      visitList(call.args);
      break;
    }
    case 'OAPPEND': case 'ODELETE': case 'OPRINT': case 'OPRINTLN': case 'ORECOVER': case 'OMIN': case 'OMAX': visitList(call.args); break;
    case 'OCOPY': visit(call.x, (y) => { call.x = y; }); visit(call.y, (y) => { call.y = y; }); break;
    case 'OCLEAR': case 'OCLOSE': case 'OPANIC': visit(call.x, (y) => { call.x = y; }); break;
    default: break;
  }

  if (operands.length > 0) {
    const as = new AssignListStmt(pos, 'OAS2', [], []);
    for (const o of operands) {
      const arg = o.get();
      const p = arg.op === 'ONAME' ? pos : arg.pos;
      const tmp = c.temp(p, arg.type!);
      if (c.low.minor < 22) c.fn.lateTemps++;
      tmp.shaped = arg.shaped;
      init.push(new Decl(p, tmp));
      tmp.defn = as;
      as.lhs.push(tmp);
      as.rhs.push(arg);
      o.set(newClosureVar(p, wrapper, tmp));
    }
    init.push(as);
    if (call.op === 'OCALLINTER') {
      const iface = as.lhs[0];
      init.push(new UnaryExpr(pos, 'OCHECKNIL', new UnaryExpr(iface.pos, 'OITAB', iface, ptrTo(T.uintptr))));
    }
  }
  wrapper.body = [call as Stmt];
  return new CallExpr(call.pos, 'OCALLFUNC', wrapper.oclosure!, []);
}
