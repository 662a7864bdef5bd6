/**
 * for b.Loop() { … }: keeping a benchmark's work alive.
 *
 * Results that nothing uses could be optimised away, so from Go 1.26 on gc rewrites
 * the statements of such a loop: unused results are assigned to temporaries,
 * arguments of calls without results are evaluated into temporaries, and every
 * variable assigned is followed by a keep-alive of its address. That changes what
 * escape analysis sees (the keep-alives themselves escape nothing), so it comes
 * before inlining; once analysis is done the keep-alives are dropped again, since
 * nothing here optimises work away. In Go 1.24 and 1.25 calls in such loops were not
 * inlined instead. Rule: cmd/compile/internal/bloop.
 */
import type { Pos } from '../../base/pos.ts';
import {
  AddrExpr, AssignListStmt, AssignStmt, BlockStmt, CallExpr, ConvExpr, Decl, type CompLitExpr, type Expr, type Func, type Name, type Node, type Stmt,
} from './nodes.ts';
import { doChildren, editChildren, visit } from './visit.ts';
import { isBlank, type Lowerer } from './ctx.ts';
import type { Package } from '../types/package.ts';
import { T, ptrTo, signatureOf } from './typeutil.ts';

/** Rewrites the b.Loop() loops of fns (closures inside them count as functions of their own); say hears what is kept, as -m=2 tells it. */
export function bloopWalk(low: Lowerer, fns: readonly Func[], say: (pos: Pos, text: string) => void = () => {}): void {
  if (low.minor < 24 || !knowsTesting(low.pkg)) return;
  for (const fn of fns) {
    if (low.minor >= 26) editFunc(low, fn, say);
    else for (const s of fn.body) visit(s, (n) => { if (isLoop(n)) n.body.forEach(forbidInlining); });
  }
}

/** Can code of the package, or code inlined in it, name testing.B? */
export function knowsTesting(pkg: Package): boolean {
  const seen = new Set<Package>();
  const go = (p: Package): boolean => {
    if (seen.has(p)) return false;
    seen.add(p);
    return p.path === 'testing' || p.imports.some(go);
  };
  return go(pkg);
}

/** Removes the keep-alives from analysed functions. */
export function dropVarLive(fns: readonly Func[]): void {
  for (const fn of fns) {
    for (const s of fn.body) {
      visit(s, (n) => { if (n.op === 'OBLOCK') n.list = n.list.filter((x) => !(x.op === 'OCALLFUNC' && x.varLive)); });
    }
  }
}

function isLoop(n: Node): n is Node & { op: 'OFOR' } {
  if (n.op !== 'OFOR' || n.cond?.op !== 'OCALLFUNC' || n.cond.fun.op !== 'OMETHEXPR') return false;
  const m = n.cond.fun.method;
  return m !== undefined && m.sym === '(*B).Loop' && m.pkgPath === 'testing';
}

function forbidInlining(n: Node): void {
  if (n.op === 'OCALLFUNC') n.noInline = true;
  doChildren(n, forbidInlining);
}

type Say = (pos: Pos, text: string) => void;
function editFunc(low: Lowerer, fn: Func, say: Say): void {
  const preserve = (list: Stmt[]): void => { list.forEach((s, i) => { list[i] = preserveStmt(low, fn, s, say); }); };
  const edit = (n: Node, inside: boolean): Node => {
    inside ||= isLoop(n);
    editChildren(n, (c) => edit(c, inside));
    if (inside) {
      switch (n.op) {
        case 'OFOR': case 'ORANGE': case 'OCASE': case 'OCOMM': preserve(n.body); break;
        case 'OIF': preserve(n.body); preserve(n.els); break;
        case 'OBLOCK': preserve(n.list); break;
        default: break;
      }
    }
    return n;
  };
  fn.body = fn.body.map((s) => edit(s, false) as Stmt);
}

/** The variable behind an expression that names part of it or what it points to. */
function nameOf(n: Expr): Name | undefined {
  for (;;) {
    switch (n.op) {
      case 'ONAME': return n.class_ === 'PFUNC' || isBlank(n) ? undefined : n;
      case 'OSLICE': case 'OSLICE3': case 'ODOT': case 'ODOTPTR': case 'OCONV': case 'OCONVIFACE': case 'OCONVNOP': case 'OADDR': case 'OPTRLIT': case 'OINDEX': case 'OINDEXMAP':
        n = n.x;
        break;
      default: return undefined;
    }
  }
}

function keepAlive(low: Lowerer, names: readonly Name[], cur: Stmt): Stmt {
  if (names.length === 0) return cur;
  const calls = names.map((n): Stmt => {
    const arg = new ConvExpr(cur.pos, 'OCONV', new AddrExpr(cur.pos, 'OADDR', n, ptrTo(n.type)), T.unsafePointer);
    const call = new CallExpr(cur.pos, 'OCALLFUNC', low.runtimeFunc('KeepAlive'), [arg]);
    call.varLive = true;
    call.noInline = true;
    n.addrtaken = true;
    n.canonical.addrtaken = true;
    return call;
  });
  return new BlockStmt(cur.pos, [cur, ...calls]);
}

function preserveStmt(low: Lowerer, fn: Func, n: Stmt, say: Say): Stmt {
  const told = (x: Expr): Name | undefined => {
    const name = nameOf(x);
    if (name) say(n.pos, `${low.pkg.path}.${name.sym} will be kept alive`);
    else say(n.pos, x.op === 'ODEREF' ? 'dereference will be kept alive' : 'expr is unknown to bloop pass');
    return name;
  };
  const temp = (pos: number, type: Name['type'], into: { init: Stmt[] | undefined }): Name => {
    const t = low.temp(fn, pos, type);
    into.init = [...(into.init ?? []), new Decl(pos, t)];
    return t;
  };
  switch (n.op) {
    case 'OAS': {
      if (isBlank(n.x) && n.y) {
        const t = temp(n.pos, n.y.type!, n);
        n.x = t;
        n.def = true;
        t.defn = n;
      }
      const name = told(n.x);
      return name ? keepAlive(low, [name], n) : n;
    }
    case 'OAS2': case 'OAS2FUNC': case 'OAS2MAPR': case 'OAS2RECV': case 'OAS2DOTTYPE': {
      const names: Name[] = [];
      n.lhs.forEach((x, i) => {
        if (isBlank(x)) {
          const tuple = n.rhs[0].type;
          const type = n.rhs.length === n.lhs.length ? n.rhs[i].type : tuple?.kind === 'Tuple' ? tuple.vars[i].type : undefined;
          if (!type) return;
          x = n.lhs[i] = temp(n.pos, type, n);
          n.def = true;
        }
        const name = told(x);
        if (name) names.push(name);
      });
      return keepAlive(low, names, n);
    }
    case 'OASOP': {
      const name = told(n.x);
      return name ? keepAlive(low, [name], n) : n;
    }
    case 'OCALLFUNC': case 'OCALLINTER': case 'OCALLMETH': case 'OAPPEND': case 'ODELETE': case 'OPRINT': case 'OPRINTLN': case 'ORECOVER': case 'OMIN': case 'OMAX':
      return preserveCall(low, n, temp, say);
    default: return n;
  }
}

function preserveCall(low: Lowerer, n: CallExpr, temp: (pos: number, type: Name['type'], into: { init: Stmt[] | undefined }) => Name, say: Say): Stmt {
  const results = n.op === 'OCALLFUNC' || n.op === 'OCALLINTER' ? signatureOf(n.fun.type!).results.vars : [];
  if (results.length > 0) {
    say(n.pos, `function result${results.length > 1 ? 's' : ''} will be kept alive`);
    if (results.length === 1) {
      const as = new AssignStmt(n.pos, n, n, true);
      const t = temp(n.pos, n.type!, as);
      as.x = t;
      t.defn = as;
      return keepAlive(low, [t], as);
    }
    const as = new AssignListStmt(n.pos, 'OAS2FUNC', [], [n], true);
    const names = (n.type?.kind === 'Tuple' ? n.type.vars : results).map((v) => temp(n.pos, v.type, as));
    as.lhs = names.slice();
    return keepAlive(low, names, as);
  }
  const before: Stmt[] = [];
  const names: Name[] = [];
  const spill = (pos: number, x: Expr): Name => {
    const as = new AssignStmt(pos, x, x, true);
    const t = temp(pos, x.type!, as);
    as.x = t;
    t.defn = as;
    before.push(as);
    say(n.pos, 'function arg will be kept alive');
    return t;
  };
  const kept = (name: Name): Name => {
    say(n.pos, `${low.pkg.path}.${name.sym} will be kept alive`);
    return name;
  };
  const variadic = (lit: CompLitExpr): void => {
    const direct: Name[] = [];
    lit.list.forEach((el, i) => {
      const name = nameOf(el);
      if (name) direct.push(kept(name));
      else names.push(lit.list[i] = spill(el.pos, el));
    });
    names.push(...direct);
  };
  n.args.forEach((a, i) => {
    const name = nameOf(a);
    if (name) names.push(kept(name));
    else if (a.op === 'OSLICELIT') variadic(a);
    else names.push(n.args[i] = spill(n.pos, a));
  });
  return keepAlive(low, names, before.length > 0 ? new BlockStmt(n.pos, [...before, n]) : n);
}
