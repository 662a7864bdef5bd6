/**
 * Turning interface method calls into direct ones.
 *
 * A call x.M() whose interface x can only hold one concrete type T becomes
 * x.(T).M(), which can then be inlined. Until Go 1.25 the type is known when x is
 * (the only value of a variable that holds) a conversion. From 1.26 on all
 * assignments to x are looked at, through other variables, type assertions, results
 * of inlined calls, range statements and type switches: if they agree, T is known.
 *
 *   var v I = &a{}        the assignments to v: *a, *a → v.M() calls (*a).M
 *   if c { v = &a{} }     a nil in between does not matter: calling it panics anyway
 *
 * Rules: cmd/compile/internal/devirtualize.
 */
import type { MethodFacts } from '../facts/facts.ts';
import type { CallExpr, ConvExpr, Expr, Func, InlinedCallExpr, Name, Node, Stmt } from '../ir/nodes.ts';
import { SelectorExpr, TypeAssertExpr } from '../ir/nodes.ts';
import { doChildren, visit, visitList } from '../ir/visit.ts';
import { dotField, addr, implicit, star } from '../ir/lower_expr.ts';
import { methExpr, methodFunc } from '../ir/methods.ts';
import { lookupMethod } from '../ir/typeutil.ts';
import { elem, isArray, isChan, isInterface, isMap, isPtr, isPtrToType, isShapeType, isSlice, methodValueType, signatureOf, unalias, under } from '../ir/typeutil.ts';
import { linkText, typeText } from '../ir/typetext.ts';
import { nodeText } from '../ir/print.ts';
import type { Type } from '../types/type.ts';
import { outerValue, staticValue } from './static.ts';
import { say, type Context } from './context.ts';
import { factFunc, factMethods } from './facttypes.ts';
import { implementsIface } from './implements.ts';

/** An assignment to an interface variable: of a concrete type, of an expression, or ('unknown') of something else. */
type Assignment = { readonly type: Type } | { readonly node: Expr } | 'unknown';

/** Assignments to interface variables, found function by function as they are asked for. */
export class DevirtState {
  readonly #assigned = new Map<Name, Assignment[]>();
  readonly #byCall = new Map<CallExpr, { name: Name; index: number; result: number }[]>();
  readonly #analyzed = new Set<Func>();

  /** All assignments to n known so far. */
  assignments(n: Name): readonly Assignment[] {
    const fn = n.curfn!;
    if (!this.#analyzed.has(fn)) {
      this.#analyzed.add(fn);
      this.#analyze(fn.body);
    }
    return this.#assigned.get(n) ?? [];
  }

  /** A call of fn was replaced: what it assigned is now known better. */
  inlinedCall(fn: Func, call: CallExpr, inlined: InlinedCallExpr): void {
    if (!this.#analyzed.has(fn)) return;
    this.#analyze(inlined.init ?? []);
    this.#analyze(inlined.body);
    for (const r of this.#byCall.get(call) ?? []) this.#assigned.get(r.name)![r.index] = { node: inlined.returnVars[r.result] };
    this.#byCall.delete(call);
  }

  /** The same of a call whose summary says what types it gives. */
  summarized(call: CallExpr): void {
    for (const r of this.#byCall.get(call) ?? []) {
      const type = call.concrete?.[r.result];
      if (type) this.#assigned.get(r.name)![r.index] = { type };
    }
  }

  #assign(target: Node | undefined, a: Assignment): { name: Name; index: number } | undefined {
    if (!target || target.op !== 'ONAME' || target.sym === '_') return undefined;
    const o = outerValue(target);
    if (o.op !== 'ONAME' || !o.curfn || !isInterface(o.type)) return undefined;
    const n = o.canonical;
    if (n.class_ !== 'PAUTO') return undefined;
    if (a !== 'unknown') {
      if ('type' in a) { if (isInterface(a.type)) a = 'unknown'; }
      else if (a.node.op === 'ONIL') return undefined;
    }
    let list = this.#assigned.get(n);
    if (!list) this.#assigned.set(n, (list = []));
    list.push(a);
    return { name: n, index: list.length - 1 };
  }

  #fromCall(target: Node | undefined, call: CallExpr, result: number): void {
    const t = call.concrete?.[result] ?? signatureOf(call.fun.type!).results.vars[result]?.type;
    if (!t) return;
    const at = this.#assign(target, { type: t });
    if (!at || !isInterface(t)) return;
    let refs = this.#byCall.get(call);
    if (!refs) this.#byCall.set(call, (refs = []));
    refs.push({ ...at, result });
  }

  #analyze(list: readonly Stmt[]): void { visitList(list, (n) => this.#node(n)); }

  #node(n: Node): void {
    switch (n.op) {
      case 'OAS': {
        if (!n.y) return;
        const y = stripParens(n.y);
        if (y.op === 'OCALLFUNC' || y.op === 'OCALLINTER') this.#fromCall(n.x, y, 0);
        else this.#assign(n.x, { node: y });
        return;
      }
      case 'OAS2': n.lhs.forEach((x, i) => { if (n.rhs[i]) this.#assign(x, { node: n.rhs[i] }); }); return;
      case 'OAS2DOTTYPE': this.#assign(n.lhs[0], { node: n.rhs[0] }); return;
      case 'OAS2MAPR': case 'OAS2RECV': case 'OSELRECV2': this.#assign(n.lhs[0], { type: n.rhs[0].type! }); return;
      case 'OAS2FUNC': {
        const y = stripParens(n.rhs[0]);
        if (y.op === 'OINLCALL') n.lhs.forEach((x, i) => this.#assign(x, { node: y.returnVars[i] }));
        else if (y.op === 'OCALLFUNC' || y.op === 'OCALLINTER') n.lhs.forEach((x, i) => this.#fromCall(x, y, i));
        return;
      }
      case 'ORANGE': {
        let t = n.x.type!;
        if (isPtr(t) && isArray(elem(t))) t = elem(t);
        const u = under(t);
        if (isArray(t) || isSlice(t)) this.#assign(n.value, { type: elem(t) });
        else if (isChan(t)) this.#assign(n.key, { type: elem(t) });
        else if (isMap(t) && u.kind === 'Map') {
          this.#assign(n.key, { type: u.key });
          this.#assign(n.value, { type: u.elem });
        }
        return;
      }
      case 'OSWITCH': {
        const tag = n.tag;
        if (tag?.op === 'OTYPESW') for (const cl of n.cases) this.#assign(cl.v, { node: tag.x });
        return;
      }
      case 'OCLOSURE':
        if (!this.#analyzed.has(n.func)) {
          this.#analyzed.add(n.func);
          for (const s of n.func.body) visit(s, (x) => this.#node(x));
        }
        return;
      default:
    }
  }
}

function stripParens(n: Expr): Expr {
  while (n.op === 'OPAREN') n = n.x;
  return n;
}

const noType = Symbol('no type');

/** The concrete type the interface expression n always holds; noType: never anything but nil. */
function concreteType(s: DevirtState, n: Expr, seen: Set<Name>): Type | typeof noType | undefined {
  for (;;) {
    if (!isInterface(n.type!)) return n.shaped ?? n.type!;
    if (n.op === 'OCONVNOP' || n.op === 'OCONVIFACE' || n.op === 'OPAREN' || n.op === 'ODOTTYPE' || n.op === 'ODOTTYPE2') n = n.x;
    else if (n.op === 'OINLCALL' && n.returnVars.length === 1) n = n.returnVars[0];
    else break;
  }
  if (n.op === 'OCALLFUNC' && n.concrete?.length === 1) return n.concrete[0];
  if (n.op !== 'ONAME') return undefined;
  const name = n.canonical;
  if (name.class_ !== 'PAUTO' || !name.curfn || name.addrtaken) return undefined;
  if (seen.has(name)) return noType;
  seen.add(name);
  let typ: Type | undefined;
  for (const a of s.assignments(name)) {
    if (a === 'unknown') return undefined;
    const t = 'type' in a ? a.type : concreteType(s, a.node, seen);
    if (t === noType) continue;
    if (t === undefined || (typ !== undefined && !sameType(typ, t))) return undefined;
    typ = t;
  }
  return typ ?? noType;
}

/** The concrete type an interface expression always holds, if there is one. */
export function soleType(s: DevirtState, n: Expr): Type | undefined {
  const t = concreteType(s, n, new Set());
  return t === noType ? undefined : t;
}

/** One type for gc, which compares by object: defined types by declaration, pointers, slices and channels by element, other literals only if written once. */
function sameType(a: Type, b: Type): boolean {
  a = unalias(a);
  b = unalias(b);
  if (a === b) return true;
  if (a.kind === 'Named' || a.kind === 'Basic') return a.kind === b.kind && linkText(a) === linkText(b);
  if ((a.kind === 'Pointer' && b.kind === 'Pointer') || (a.kind === 'Slice' && b.kind === 'Slice')) return sameType(a.elem, b.elem);
  return a.kind === 'Chan' && b.kind === 'Chan' && a.dir === b.dir && sameType(a.elem, b.elem);
}

/** Does the type mention gc's shape types? */
function hasShape(t: Type): boolean {
  const seen = new Set<Type>();
  const go = (t: Type): boolean => {
    if (seen.has(t)) return false;
    seen.add(t);
    switch (t.kind) {
      case 'Alias': return t.actual !== null && go(t.actual);
      case 'Pointer': case 'Slice': case 'Array': case 'Chan': return go(t.elem);
      case 'Map': return go(t.key) || go(t.elem);
      case 'Struct': return t.fields.some((f) => go(f.type));
      case 'Tuple': return t.vars.some((v) => go(v.type));
      case 'Signature': return go(t.params) || go(t.results);
      case 'Interface': return t.methods.some((m) => go(m.type)) || t.embeddeds.some(go);
      case 'Named': return isShapeType(t) || t.targs.some(go);
      default: return false;
    }
  };
  return go(t);
}

/** Devirtualizes call in place if its receiver's type is known. */
export function staticCall(c: Context, s: DevirtState, fn: Func, call: CallExpr): void {
  if (call.noInline && call.op === 'OCALLINTER') return;
  if (call.op !== 'OCALLINTER' || call.fun.op !== 'ODOTINTER') return;
  const sel = call.fun;
  let typ: Type;
  if (c.minor >= 26) {
    const t = concreteType(s, sel.x, new Set());
    if (t === undefined || t === noType) return;
    typ = t;
  } else {
    const r = staticValue(sel.x);
    const given = r.op === 'OCALLFUNC' && r.concrete?.length === 1 ? r.concrete[0] : undefined;
    if (!given && (r.op !== 'OCONVIFACE' || isInterface(r.x.type!))) return;
    typ = given ?? (r as ConvExpr).x.shaped ?? (r as ConvExpr).x.type!;
  }
  if (isShapeType(typ)) return;
  const given = factMethods(typ);
  if (given) {
    knownCall(c, fn, call, sel, typ, given);
    return;
  }
  if (hasShape(typ)) {
    say(c, 'devirtualizing', call.pos, `cannot devirtualize ${nodeText(call, c.print)}: shaped receiver ${typeText(typ, c.print)}`, fn, call);
    return;
  }
  if (c.minor >= 26 && !implementsIface(typ, sel.x.type!)) return;
  const ifaceShape = sel.x.shaped;
  if (ifaceShape && hasShape(ifaceShape)) {
    say(c, 'devirtualizing', call.pos, `cannot devirtualize ${nodeText(call, c.print)}: shaped interface ${typeText(ifaceShape, c.print)}`, fn, call);
    return;
  }
  const iface = under(sel.x.type!);
  const m = iface.kind === 'Interface' ? iface.typeSet().methods.find((x) => x.name === sel.sel) : undefined;
  const found = m && lookupMethod(typ, m);
  if (!found || !c.lowerer) return;

  const dt = new TypeAssertExpr(c.minor >= 26 ? call.pos : sel.pos, 'ODOTTYPE', sel.x, typ);
  dt.known = true;
  let x: Expr = dt;
  for (const i of found.path) x = implicit(dotField(sel.pos, x, i));
  if (isInterface(x.type!)) {
    say(c, 'devirtualizing', call.pos, `partially devirtualizing ${nodeText(sel, c.print)} to ${typeText(typ, c.print)}`, fn, call);
    call.fun = new SelectorExpr(sel.pos, 'ODOTINTER', x, sel.sel, sel.type!);
    return;
  }
  const sig = found.obj.signature;
  const rt = sig.recv!.type;
  if (isPtrToType(x.type!, rt)) x = implicit(star(sel.pos, x));
  else if (isPtrToType(rt, x.type!)) x = implicit(addr(sel.pos, x));
  say(c, 'devirtualizing', call.pos, `devirtualizing ${nodeText(sel, c.print)} to ${typeText(typ, c.print)}`, fn, call);
  (call as { op: string }).op = 'OCALLFUNC';
  call.fun = methExpr(sel.pos, rt, sel.sel, methodFunc({ low: c.lowerer }, found.obj, rt), sig);
  call.args = [x, ...call.args];
  const r = methodValueType(sig).results;
  call.type = r.vars.length === 0 ? undefined : r.vars.length === 1 ? r.vars[0].type : r;
}

/** Devirtualizes a call of a method of a type that is known by facts only. */
function knownCall(c: Context, fn: Func, call: CallExpr, sel: SelectorExpr, typ: Type, given: MethodFacts): void {
  const iface = under(sel.x.type!);
  if (iface.kind !== 'Interface') return;
  const all = iface.typeSet().methods, m = all.find((x) => x.name === sel.sel);
  if (!m || !all.every((x) => Object.hasOwn(given, x.name))) return;
  const { recv, name } = factFunc(c.facts!, given[sel.sel], m);
  const dt = new TypeAssertExpr(c.minor >= 26 ? call.pos : sel.pos, 'ODOTTYPE', sel.x, typ);
  dt.known = true;
  const x = isPtrToType(typ, recv) ? implicit(star(sel.pos, dt)) : dt;
  say(c, 'devirtualizing', call.pos, `devirtualizing ${nodeText(sel, c.print)} to ${typeText(typ, c.print)}`, fn, call);
  (call as { op: string }).op = 'OCALLFUNC';
  call.fun = methExpr(sel.pos, recv, sel.sel, name, signatureOf(name.type));
  call.args = [x, ...call.args];
}

/** Go 1.21: devirtualizes the calls of a function after all inlining; calls under go and defer stay. */
export function staticCalls(c: Context, s: DevirtState, fn: Func): void {
  const walk = (n: Node): void => {
    if (n.op === 'OCALLINTER') staticCall(c, s, fn, n);
    doChildren(n, walk);
  };
  fn.body.forEach(walk);
}
