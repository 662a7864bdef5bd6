/**
 * Loop variables that are new in every iteration (Go 1.22 and later).
 *
 * Only where it can be told: the variable's address is taken or a closure captures
 * it, somewhere but in a return statement of that very loop. Then
 *
 *   for k, v := range x { body }      becomes  for k', v := range x { k := k'; body }
 *   for z := 0; z < n; z++ { body }   becomes
 *     for z', first := 0, true; ; {
 *       z := z'
 *       if first { first = false } else { z++ }
 *       if !(z < n) { break }
 *       body, with continue → goto next
 *     next: z' = z }
 *
 * This runs after inlining and before escape analysis, which then sees a variable
 * declared inside the loop. Rules: cmd/compile/internal/loopvar.
 */
import { AssignStmt, BranchStmt, ConstExpr, Decl, IfStmt, LabelStmt, Name, UnaryExpr, type Expr, type ForStmt, type Func, type Node, type Stmt } from '../ir/nodes.ts';
import { doChildren } from '../ir/visit.ts';
import { T, makeBool } from '../ir/typeutil.ts';
import type { Type } from '../types/type.ts';
import { isBlank } from '../ir/ctx.ts';
import { outerValue } from './static.ts';

/** Rewrites the loops of fn (not of closures in it: they are functions of their own). */
export function forCapture(fn: Func): void {
  /** Candidates: the loop variables met; true once they leak. */
  const leaks = new Map<Name, boolean>();
  /** Assignments that now declare a variable: its declaration moves there. */
  const fixups = new Map<Name, AssignStmt>();
  let depth = 0, returnDepth = 0, seq = 0, changed = false;

  const candidate = (x: Node | undefined): void => { if (x?.op === 'ONAME' && !isBlank(x)) leaks.set(x, false); };
  const note = (n: Name): void => { if (leaks.has(n)) leaks.set(n, true); };
  const temp = (t: Type): Name => {
    const n = new Name(fn.pos, `.autotmp_${fn.dcl.length}`, t, 'PAUTO');
    n.curfn = fn;
    n.autoTemp = true;
    n.esc = 'never';
    fn.dcl.push(n);
    return n;
  };

  const scan = (n: Node): void => {
    switch (n.op) {
      case 'OCLOSURE':
        if (returnDepth < depth) for (const cv of n.func.closureVars) note(cv.canonical);
        break;
      case 'OADDR': case 'OPTRLIT': {
        if (returnDepth >= depth) break;
        const y = outerValue(n.x);
        if (y.op === 'ONAME' && y.class_ !== 'PEXTERN' && y.class_ !== 'PFUNC') note(y);
        break;
      }
      case 'ORETURN': {
        const saved = returnDepth;
        returnDepth = depth;
        doChildren(n, scan);
        returnDepth = saved;
        return;
      }
      case 'ORANGE': {
        if (!n.def || !n.distinctVars) { n.distinctVars = false; break; }
        candidate(n.key);
        candidate(n.value);
        depth++;
        doChildren(n, scan);
        depth--;
        const split = (x: Expr | undefined): Expr | undefined => {
          if (x?.op !== 'ONAME' || !leaks.get(x)) return x;
          const t = temp(x.type);
          t.shaped = x.shaped;
          const as = new AssignStmt(n.pos, x, t, true);
          n.body.unshift(as);
          fixups.set(x, as);
          changed = true;
          return t;
        };
        n.key = split(n.key);
        n.value = split(n.value);
        n.distinctVars = false;
        return;
      }
      case 'OFOR': {
        if (!n.distinctVars) break;
        forInit(n, candidate);
        depth++;
        doChildren(n, scan);
        depth--;
        const leaked: Name[] = [];
        forInit(n, (x) => { if (x.op === 'ONAME' && leaks.get(x)) leaked.push(x); });
        if (leaked.length > 0) rewriteFor(n, leaked);
        n.distinctVars = false;
        return;
      }
      default: break;
    }
    doChildren(n, scan);
  };

  const rewriteFor = (x: ForStmt, leaked: readonly Name[]): void => {
    changed = true;
    const before: Stmt[] = [], after: Stmt[] = [];
    const carrier = new Map<Name, Name>();
    for (const z of leaked) {
      const t = temp(z.type);
      t.shaped = z.shaped;
      carrier.set(z, t);
      const as = new AssignStmt(x.pos, z, t, true);
      z.defn = as;
      before.push(as);
      fixups.set(z, as);
      after.push(new AssignStmt(x.pos, t, z));
    }
    const label = `.3clNext_${++seq}`;
    const inner = (n: Node, level: number): void => {
      if (n.op === 'OCONTINUE' && ((level === 0 && n.label === '') || (x.label !== '' && n.label === x.label))) {
        (n as { op: string }).op = 'OGOTO';
        n.label = label;
      }
      doChildren(n, (c) => inner(c, n.op === 'OFOR' || n.op === 'ORANGE' ? level + 1 : level));
    };
    x.body.forEach((s) => inner(s, 0));
    for (const s of x.init ?? []) {
      if (s.op === 'OAS' && s.def && s.x.op === 'ONAME') s.x = carrier.get(s.x) ?? s.x;
      else if (s.op === 'OAS2' && s.def) s.lhs = s.lhs.map((l) => (l.op === 'ONAME' ? carrier.get(l) ?? l : l));
    }
    let firstDcl: Stmt | undefined;
    if (x.post) {
      const first = temp(T.bool);
      const set = (b: boolean): Stmt => new AssignStmt(x.pos, first, new ConstExpr(fn.pos, T.bool, makeBool(b)));
      firstDcl = set(true);
      const test = new IfStmt(x.pos, first, [set(false)], [x.post]);
      test.init = [new Decl(fn.pos, first)];
      before.push(test);
    }
    if (x.cond) before.push(new IfStmt(x.pos, new UnaryExpr(x.cond.pos, 'ONOT', x.cond, x.cond.type), [new BranchStmt(x.pos, 'OBREAK', '')], []));
    if (firstDcl) (x.init ??= []).push(firstDcl);
    x.body = [...before, ...x.body, new LabelStmt(x.pos, label), ...after];
    x.cond = undefined;
    x.post = undefined;
  };

  fn.body.forEach(scan);
  if (!changed) return;
  // Declarations move to the assignments that now make the variables.
  const lists = (n: Node): void => {
    const drop = (l: Stmt[]): Stmt[] => l.filter((s) => {
      if (s.op !== 'ODCL') return true;
      const as = fixups.get(s.x);
      if (!as) return true;
      as.init = [s, ...(as.init ?? [])];
      fixups.delete(s.x);
      return false;
    });
    if (n.init) n.init = drop(n.init);
    const rec = n as unknown as Record<string, unknown>;
    for (const k of ['body', 'els'] as const) if (Array.isArray(rec[k])) rec[k] = drop(rec[k] as Stmt[]);
    if (n.op === 'OBLOCK') n.list = drop(n.list);
    doChildren(n, lists);
  };
  fn.body = fn.body.filter((s) => {
    if (s.op !== 'ODCL' || !fixups.has(s.x)) return true;
    const as = fixups.get(s.x)!;
    as.init = [s, ...(as.init ?? [])];
    fixups.delete(s.x);
    return false;
  });
  fn.body.forEach(lists);
}

/** The variables a loop's init declares. */
function forInit(n: ForStmt, f: (x: Expr) => void): void {
  for (const s of n.init ?? []) {
    if (s.op === 'OAS' && s.def) f(s.x);
    else if (s.op === 'OAS2' && s.def) s.lhs.forEach(f);
  }
}
