/**
 * Calls, of functions and of builtins.
 *
 * What happens to an argument depends on what is known of the callee: nothing (it
 * goes to the heap), that it is being analysed in this very batch (it flows to the
 * parameter itself), or its tags (it flows where they say). A call that was inlined
 * but whose body only a summary describes gets the summary's piece of graph.
 */
import type { SummaryLoc } from '../facts/facts.ts';
import { AssignStmt, Decl, Name, type CallExpr, type ConvExpr, type Expr, type Func } from '../ir/nodes.ts';
import { elem, isSlice, isUintptr, isUnsafePointer } from '../ir/typeutil.ts';
import { staticCallee, staticValue } from '../inline/static.ts';
import { factOf, funcText, say } from '../inline/context.ts';
import { nodeText } from '../ir/print.ts';
import { addr } from './assign.ts';
import { type Location, type Hole, type SummaryFunc } from './graph.ts';
import { Leaks } from './leaks.ts';
import { hasNonStringPointers, hasPointers } from './types.ts';
import type { Walker } from './walker.ts';

/** A call whose results go to ks (undefined: it is a statement). */
export function call(e: Walker, ks: readonly Hole[] | undefined, n: Expr): void {
  const b = e.b;
  const argument = (k: Hole, arg: Expr): void => e.expr(k.note(n, 'call parameter'), arg);
  const k0 = ks?.[0] ?? b.discardHole();
  switch (n.op) {
    case 'OCALLFUNC': case 'OCALLINTER':
      if (n.varLive) e.discards(n.args);
      else callFunc(e, ks, n, argument);
      return;
    case 'OINLCALL':
      e.stmts(n.body);
      n.returnVars.forEach((r, i) => e.expr(ks?.[i] ?? b.discardHole(), r));
      return;
    case 'OAPPEND': {
      // The slice may be returned as it is, or its elements be copied to a new one on the heap.
      let k = b.minor >= 22 ? e.tee(k0, b.mutatorHole()) : k0;
      const ptrs = hasPointers(elem(n.args[0].type!));
      if (ptrs) k = e.tee(k, b.heapHole().deref(n, 'appendee slice'));
      argument(k, n.args[0]);
      if (n.isDDD) {
        const t = n.args[1].type!;
        argument(isSlice(t) && hasPointers(elem(t)) ? b.heapHole().deref(n, 'appended slice...') : b.discardHole(), n.args[1]);
      } else for (let i = 1; i < n.args.length; i++) argument(b.heapHole(), n.args[i]);
      // The new backing store, made at most once in the life of the slice: as if outside any loop.
      if (b.minor >= 25) e.spill(k0, n).dst.loopDepth = 0;
      return;
    }
    case 'OCOPY': {
      argument(b.mutatorHole(), n.x);
      const t = n.y.type!;
      argument(isSlice(t) && hasPointers(elem(t)) ? b.heapHole().deref(n, 'copied slice') : b.discardHole(), n.y);
      return;
    }
    case 'OPANIC': argument(b.heapHole(), n.x); return;
    case 'OCOMPLEX':
      e.discard(n.x);
      e.discard(n.y);
      return;
    case 'ODELETE': case 'OPRINT': case 'OPRINTLN': case 'ORECOVER': e.discards(n.args); return;
    case 'OMIN': case 'OMAX': for (const a of n.args) argument(k0, a); return;
    case 'OLEN': case 'OCAP': case 'OREAL': case 'OIMAG': case 'OCLOSE': e.discard(n.x); return;
    case 'OCLEAR': argument(b.mutatorHole(), n.x); return;
    case 'OUNSAFESTRINGDATA': case 'OUNSAFESLICEDATA': argument(k0, n.x); return;
    case 'OUNSAFEADD': case 'OUNSAFESLICE': case 'OUNSAFESTRING':
      argument(k0, n.x);
      e.discard(n.y);
      return;
    default: return;
  }
}

/** The callee of a call, where it is one known function. */
export function knownCallee(n: CallExpr): Func | undefined {
  if (n.op !== 'OCALLFUNC' || n.viaDict) return undefined;
  return staticCallee(staticValue(n.fun));
}

function callFunc(e: Walker, ks: readonly Hole[] | undefined, n: CallExpr, argument: (k: Hole, arg: Expr) => void): void {
  const b = e.b;
  if (n.summary) {
    splice(e, ks, n);
    return;
  }
  const fn = knownCallee(n);
  if (fn && ks && b.inBatch(fn)) fn.results.forEach((r, i) => { if (ks[i]) e.expr(ks[i], r); });
  if (n.op === 'OCALLINTER') {
    argument(b.heapHole(), (n.fun as Expr & { op: 'ODOTINTER' }).x);
    for (const a of n.args) argument(b.heapHole(), a);
    return;
  }
  if (b.minor < 22 && n.fun.op === 'OCLOSURE') b.called.add(n.fun.func);
  let calleeK = b.discardHole();
  if (!fn && b.minor >= 22 && ks?.some((k) => k.dst !== b.blankLoc)) calleeK = b.calleeHole().note(n, 'callee operand');
  e.expr(calleeK, n.fun);

  if (fn && fn.nname.pkgPath === 'internal/abi' && fn.sym.startsWith('EscapeNonString[')) {
    for (const a of n.args) argument(hasNonStringPointers(a.type!) ? b.heapHole() : b.discardHole(), a);
    return;
  }
  n.args.forEach((a, i) => {
    if (fn) rewriteArgument(e, a, n, fn);
    argument(tagHole(e, ks, fn, i), a);
  });
}

/** The hole of the argument for parameter i (receiver first) of fn. */
export function tagHole(e: Walker, ks: readonly Hole[] | undefined, fn: Func | undefined, i: number): Hole {
  const b = e.b;
  if (!fn) return b.heapHole();
  if (b.inBatch(fn)) {
    const p = fn.params[i];
    return p ? addr(e, p) : b.discardHole();
  }
  // Recorded tags have the layout of Go 1.22 and later.
  const fact = factOf(b.c, fn);
  let tag = (fact?.paramTags ?? fn.paramTags)?.[i];
  if (tag === undefined) {
    // Nothing was recorded: scalars need no tag, the rest leaks unless the declaration forbids it.
    const p = fn.params[i];
    tag = p && fn.external && fn.pragmas.has('noescape') && hasPointers(p.type) ? noescapeTag(fact ? 26 : b.minor) : '';
  }
  const esc = Leaks.parse(tag, fact ? 26 : b.minor);
  const out: Hole[] = [];
  if (esc.heap() >= 0) out.push(b.heapHole().shift(esc.heap()));
  if (esc.mutator() >= 0) out.push(b.mutatorHole().shift(esc.mutator()));
  if (esc.callee() >= 0) out.push(b.calleeHole().shift(esc.callee()));
  if (ks) for (let r = 0; r < Leaks.results(b.minor) && r < ks.length; r++) if (esc.result(r) >= 0) out.push(ks[r].shift(esc.result(r)));
  return e.tee(...out);
}
function noescapeTag(minor: number): string {
  const l = new Leaks(minor);
  l.addMutator(0);
  l.addCallee(0);
  return l.encode();
}

/** uintptr(p) passed to a function that keeps such arguments alive: p goes through a temporary that lasts. */
function rewriteArgument(e: Walker, arg: Expr, n: CallExpr, fn: Func): void {
  const escapes = fn.pragmas.has('uintptrescapes');
  const keepAlive = fn.pragmas.has('uintptrkeepalive') || (fn.external && fn.body.length === 0);
  if (!escapes && !keepAlive) return;
  const one = (x: Expr): void => {
    if (x.op !== 'OCONVNOP' || !isUnsafePointer(x.x.type!) || !isUintptr(x.type!)) return;
    const tmp = copyExpr(e, x, n);
    x.x = tmp;
    e.b.flow(escapes ? e.b.heapHole().note(x, '//go:uintptrescapes') : e.b.mutatorHole(), e.b.oldLoc(tmp));
    if (keepAlive) {
      tmp.addrtaken = true;
      (n.keepAlive ??= []).push(tmp);
    }
  };
  if (arg.op === 'OSLICELIT') for (const el of arg.list) one(el.op === 'OKEY' ? el.value : el);
  else one(arg);
}

/** A temporary holding conv's operand, declared before the call and analysed. */
function copyExpr(e: Walker, conv: ConvExpr, n: CallExpr): Name {
  const x = conv.x;
  const shared = x.op === 'ONAME' || x.op === 'OLITERAL' || x.op === 'ONIL' || x.op === 'OTYPE';
  const pos = shared ? conv.pos : x.pos;
  const tmp = new Name(pos, `.autotmp_${e.curfn.dcl.length}`, x.type!, 'PAUTO');
  tmp.curfn = e.curfn;
  tmp.autoTemp = true;
  tmp.esc = 'never';
  e.curfn.dcl.push(tmp);
  const stmts = [new Decl(pos, tmp), new AssignStmt(pos, tmp, x)];
  (n.init ??= []).push(...stmts);
  e.newLoc(tmp, true);
  e.stmts(stmts);
  return tmp;
}

/** Puts the graph of an inlined function known by its summary in place of the call. */
function splice(e: Walker, ks: readonly Hole[] | undefined, n: CallExpr): void {
  const b = e.b;
  const s = n.summary!;
  const funcs: SummaryFunc[] = [];
  (s.funcs ?? []).forEach((outer) => funcs.push({ outer: outer < 0 ? e.curfn : funcs[outer], oclosure: true }));
  const make = (l: SummaryLoc): Location => {
    const fn = l.fn === undefined ? e.curfn : funcs[l.fn];
    const depth = l.fn === undefined ? e.loopDepth + l.depth : l.depth;
    const loc = b.newLoc(undefined, fn, l.op === 'OAPPEND' ? 0 : depth, l.persists === true);
    if (l.text !== undefined && l.kind !== 'temp') loc.summary = { text: l.text, pos: n.pos, op: l.op ?? 'ONAME', zeroCopy: l.zeroCopy === true, hidden: l.fn !== undefined, after: n.summaryAt };
    return loc;
  };
  // Arguments are evaluated before the body: their sites come first.
  const params = s.locs.filter((l) => l.kind === 'param').map(make);
  e.discard(n.fun);
  const assigned = b.c.level > 1 ? `${s.locs.filter((l) => l.kind === 'param').map((l) => l.text ?? '_').join(', ')} := ${n.args.map((a) => nodeText(a, b.c.print)).join(', ')}` : '';
  n.args.forEach((a, i) => e.expr(params[i] ? params[i].hole().noteSaid(n, 'assign-pair', assigned) : b.heapHole(), a));
  for (const text of s.selfAssigns ?? []) say(b.c, 'self-assignment', n.pos, `${funcText(b.c, e.curfn)} ignoring self-assignment in ${text}`, e.curfn, n);
  let nextParam = 0;
  const locs = s.locs.map((l) => (l.kind === 'param' ? params[nextParam++] : make(l)));
  const results = locs.filter((_, i) => s.locs[i].kind === 'result');
  for (const edge of s.edges) {
    const dst = edge.dst === -1 ? b.heapLoc : edge.dst === -2 ? b.mutatorLoc : edge.dst === -3 ? b.calleeLoc : locs[edge.dst];
    const src = locs[edge.src];
    if (!dst || !src) continue;
    let k = dst.hole();
    // Reasons lie outermost first; a hole gathers them from the outside in.
    for (let i = (edge.notes?.length ?? 0) - 1; i >= 0; i--) {
      const note = edge.notes![i];
      k = k.noteSaid(n, note.why, note.text, note.at);
    }
    b.flow(k.shift(edge.derefs), src);
  }
  ks?.forEach((k, i) => { if (results[i]) b.flow(k, results[i]); });
}
