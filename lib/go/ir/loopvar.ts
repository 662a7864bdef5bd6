/**
 * Per-iteration loop variables (Go 1.22).
 *
 * Every iteration has its own copy of the variables a loop declares. That shows
 * only if a copy can outlive its iteration, so only loops whose variables are
 * captured by a closure or have their address taken (outside a return, which
 * ends the loop) are rewritten, after inlining:
 *
 *   for i := range x { … &i … }      for t := range x { i := t; … &i … }
 *
 *   for i := 0; i < n; i++ {         for t, first := 0, true; ; {
 *     … &i …                           i := t
 *   }                                  if first { first = false } else { i++ }
 *                                      if !(i < n) { break }
 *                                      … &i …      (continue: goto next)
 *                                    next: t = i
 *                                    }
 *
 * The order of the new statements is gc's (cmd/compile/internal/loopvar).
 */
import {
  AssignStmt, BranchStmt, ConstExpr, Decl, IfStmt, LabelStmt, Name, UnaryExpr, type Expr, type ForStmt, type Func, type Node, type RangeStmt, type Stmt,
} from './nodes.ts';
import { doChildren } from './visit.ts';
import { isBlank } from './ctx.ts';
import { outerValue } from './lower_expr.ts';
import type { Type } from '../types/type.ts';
import { T, makeBool } from './typeutil.ts';

/** Rewrites the loops of fn that need it (closures inside have their own call). */
export function forCapture(fn: Func): void {
  /** Loop variables; true once one was seen to leak. */
  const leaks = new Map<Name, boolean>();
  const fixups = new Map<Name, AssignStmt>();
  let depth = 0, returnDepth = 0, seq = 1;
  const mayLeak = (x: Expr | undefined): void => { if (x?.op === 'ONAME' && !isBlank(x)) leaks.set(x, false); };
  const temp = (type: Type): Name => {
    const n = new Name(fn.pos, `.autotmp_${fn.dcl.length}`, type, 'PAUTO');
    n.curfn = fn;
    n.autoTemp = true;
    n.esc = 'never';
    n.reassigned = true;
    fn.dcl.push(n);
    return n;
  };
  const replaceVar = (k: Expr | undefined, x: RangeStmt): Expr | undefined => {
    if (k?.op !== 'ONAME' || !leaks.get(k)) return k;
    const t = temp(k.type);
    const as = new AssignStmt(x.pos, k, t, true);
    x.body.unshift(as);
    fixups.set(k, as);
    k.defn = as;
    return t;
  };

  const scan = (n: Node): void => {
    switch (n.op) {
      case 'OCLOSURE':
        if (returnDepth < depth) for (const cv of n.func.closureVars) if (leaks.has(cv.canonical)) leaks.set(cv.canonical, true);
        return;
      case 'OADDR': case 'OPTRLIT':
        if (returnDepth < depth) {
          const y = outerValue(n.x);
          if (y.op === 'ONAME' && leaks.has(y)) leaks.set(y, true);
        }
        break;
      case 'ORETURN': {
        const saved = returnDepth;
        returnDepth = depth;
        doChildren(n, scan);
        returnDepth = saved;
        return;
      }
      case 'ORANGE': {
        const own = n.def && n.distinctVars;
        n.distinctVars = false;
        if (!own) break;
        mayLeak(n.key);
        mayLeak(n.value);
        depth++;
        doChildren(n, scan);
        depth--;
        n.key = replaceVar(n.key, n);
        n.value = replaceVar(n.value, n);
        return;
      }
      case 'OFOR': {
        if (!n.distinctVars) break;
        n.distinctVars = false;
        for (const z of declared(n)) mayLeak(z);
        depth++;
        doChildren(n, scan);
        depth--;
        const leaked = declared(n).filter((z): z is Name => z.op === 'ONAME' && leaks.get(z) === true);
        if (leaked.length > 0) unshare(n, leaked);
        return;
      }
      default: break;
    }
    doChildren(n, scan);
  };

  const unshare = (x: ForStmt, leaked: readonly Name[]): void => {
    const pre: Stmt[] = [], post: Stmt[] = [];
    const prime = new Map<Name, Name>();
    for (const z of leaked) {
      const t = temp(z.type);
      prime.set(z, t);
      const as = new AssignStmt(x.pos, z, t, true);
      z.defn = as;
      pre.push(as);
      fixups.set(z, as);
      post.push(new AssignStmt(x.pos, t, z));
    }
    const label = `.3clNext_${seq++}`;
    editContinues(x.body, x.label, label);
    for (const s of x.init ?? []) {
      if (s.op === 'OAS' && s.def && s.x.op === 'ONAME') s.x = prime.get(s.x) ?? s.x;
      if (s.op === 'OAS2' && s.def) s.lhs = s.lhs.map((z) => (z.op === 'ONAME' ? (prime.get(z) ?? z) : z));
    }
    if (x.post) {
      const first = temp(T.bool);
      const iff = new IfStmt(x.pos, first, [new AssignStmt(x.pos, first, new ConstExpr(x.pos, T.bool, makeBool(false)))], [x.post]);
      x.init = [...(x.init ?? []), new AssignStmt(x.pos, first, new ConstExpr(x.pos, T.bool, makeBool(true)))];
      // The flag lives as long as the loop: declared before it, not in each iteration.
      x.init.splice(x.init.length - 1, 0, new Decl(x.pos, first));
      pre.push(iff);
    }
    if (x.cond) pre.push(new IfStmt(x.pos, new UnaryExpr(x.cond.pos, 'ONOT', x.cond, x.cond.type), [new BranchStmt(x.pos, 'OBREAK', '')], []));
    x.body = [...pre, ...x.body, new LabelStmt(x.pos, label), ...post];
    x.cond = undefined;
    x.post = undefined;
  };

  for (const n of fn.body) scan(n);
  if (fixups.size > 0) moveDecls(fn.body, fixups);
}

/** Variables declared by the init statements of a loop. */
function declared(x: ForStmt): Expr[] {
  const out: Expr[] = [];
  for (const s of x.init ?? []) {
    if (s.op === 'OAS' && s.def) out.push(s.x);
    if (s.op === 'OAS2' && s.def) out.push(...s.lhs);
  }
  return out;
}

function editContinues(body: readonly Stmt[], loopLabel: string, label: string): void {
  let depth = 0;
  const edit = (n: Node): void => {
    if (n.op === 'OCONTINUE' && ((depth === 0 && n.label === '') || (loopLabel !== '' && n.label === loopLabel))) {
      n.label = label;
      (n as { op: BranchStmt['op'] }).op = 'OGOTO';
    }
    const loop = n.op === 'OFOR' || n.op === 'ORANGE';
    if (loop) depth++;
    doChildren(n, edit);
    if (loop) depth--;
  };
  body.forEach(edit);
}

/** Moves the declarations of rewritten variables to the assignments that now declare them. */
function moveDecls(list: Stmt[], fixups: Map<Name, AssignStmt>): void {
  const visitList = (l: Stmt[]): void => {
    for (let i = 0; i < l.length; i++) {
      const d = l[i];
      const as = d.op === 'ODCL' ? fixups.get(d.x) : undefined;
      if (d.op === 'ODCL' && as) {
        as.init = [d, ...(as.init ?? [])];
        fixups.delete(d.x);
        l.splice(i--, 1);
      }
    }
  };
  const node = (n: Node): void => {
    if (n.init) visitList(n.init);
    for (const k of ['body', 'els', 'list'] as const) {
      const l = (n as unknown as Record<string, unknown>)[k];
      if (Array.isArray(l) && n.op !== 'OCASE' && (n.op === 'OBLOCK' || k !== 'list')) visitList(l as Stmt[]);
    }
    doChildren(n, node);
  };
  visitList(list);
  list.forEach(node);
}
