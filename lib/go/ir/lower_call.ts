/**
 * Calls: of functions, methods, builtins; conversions written as calls.
 *
 * A method of a concrete type is called as the function it is, receiver first
 * (OCALLFUNC of an OMETHEXPR); an interface's stays OCALLINTER. Surplus arguments
 * of a variadic function become one implicit slice literal at the call. f(g())
 * with several results goes through temporaries declared before the call.
 *
 *   s.Add(1, 2)     with func (s *S) Add(x ...int), s an S variable, becomes
 *   (*S).Add(&s, []int{1, 2}...)      with & and the literal implicit
 */
import type { Pos } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import type { Type, Signature } from '../types/type.ts';
import {
  AssignListStmt, AssignStmt, BinaryExpr, CallExpr, CompLitExpr, ConstExpr, Decl, MakeExpr, NilExpr, UnaryExpr, type Expr, type Name, type Node, type Stmt,
} from './nodes.ts';
import { anyChild } from './visit.ts';
import type { Ctx } from './ctx.ts';
import { addr, expr, initExpr, lookupObj, takeInit, typeExpr, unparen } from './lower_expr.ts';
import { convertExpr, convertTemp, implicitConv, zeroExpr } from './lower_conv.ts';
import { methodCallee } from './methods.ts';
import { funcInstCallee } from './generics.ts';
import {
  T, alignOf, constTo, coreType, deref, elem, fieldOffsetByPath, isInteger, isSlice, isString, makeInt, ptrTo, signatureOf, sizeOf, sliceOf, under, floatForComplex, complexForFloat,
} from './typeutil.ts';

/** A call expression; conversions and builtins included. */
export function lowerCall(c: Ctx, e: ast.CallExpr): Expr {
  const tv = e.fun.tv!;
  if (tv.isType()) return convertExpr(c, tv.type!, e.argList[0], false);
  if (tv.isBuiltin()) return builtin(c, e);

  const sig = signatureOf(coreType(tv.type!) ?? tv.type!);
  const call = callOf(c, e.pos, e.fun);
  const params = sig.params.vars;
  const n = params.length;
  const dst = (i: number): Type => {
    if (sig.variadic && !e.hasDots && i >= n - 1) return elem(params[n - 1].type!);
    return params[i].type!;
  };
  const args = multiExpr(c, e.pos, dst, e.argList);
  call.isDDD = e.hasDots;
  if (sig.variadic && !e.hasDots) {
    const extra = args.splice(n - 1);
    const slice = dotArgs(c, e.pos, params[n - 1].type, extra);
    const shaped = call.fun.shaped ? signatureOf(call.fun.shaped).params.vars : [];
    if (shaped.length > 0) slice.shaped = shaped[shaped.length - 1].type;
    args.push(slice);
    call.isDDD = true;
  }
  call.args.push(...args);
  call.type = resultType(c, sig);
  return call;
}

/** A call of what f denotes, without its arguments (but a method's receiver). */
export function callOf(c: Ctx, pos: Pos, f: ast.Expr): CallExpr {
  const fun = unparen(f);
  const call = new CallExpr(pos, 'OCALLFUNC', new NilExpr(pos, T.invalid), []);
  const method = fun.kind === 'SelectorExpr' && fun.selection?.kind === 'MethodVal' ? methodCallee(c, fun, fun.selection) : undefined;
  if (method) {
    call.fun = method.fun;
    if (method.recv) call.args.push(method.recv);
    call.viaDict = method.viaDict;
    call.dictCost = method.dictCost;
    call.dictName = method.dictName;
    if (method.fun.op === 'ODOTINTER') (call as { op: string }).op = 'OCALLINTER';
  } else {
    const { obj, targs } = lookupObj(fun);
    if (obj?.kind === 'Func' && targs.length > 0) {
      const inst = funcInstCallee(c, obj, targs);
      call.fun = inst.name;
      call.dictCost = inst.dictCost;
      call.dictName = inst.dictName;
    } else call.fun = expr(c, fun);
  }
  rewriteNonNameCall(c, call);
  return call;
}

/** What a call yields: nothing, a type, or a tuple. */
function resultType(c: Ctx, sig: Signature): Type | undefined {
  const r = sig.results.vars;
  if (r.length === 0) return undefined;
  return r.length === 1 ? c.typ(r[0].type!) : c.typ(sig.results);
}

/** Surplus arguments as a slice: nil if there are none. */
function dotArgs(c: Ctx, pos: Pos, type: Type, args: Expr[]): Expr {
  const t = c.typ(type);
  if (args.length === 0) return new NilExpr(pos, t);
  const lit = new CompLitExpr(pos, 'OSLICELIT', args, t);
  lit.len = args.length;
  lit.implicit = true;
  lit.shaped = c.shaped(type);
  return lit;
}

/** A callee computed by a call or receive is evaluated into a temporary first. */
function rewriteNonNameCall(c: Ctx, call: CallExpr): void {
  const sel = call.fun.op === 'ODOTINTER' || call.fun.op === 'OMETHVALUE' ? call.fun : undefined;
  const f = sel ? sel.x : call.fun;
  if (!mentionsCall(f)) return;
  const tmp = c.temp(call.pos, f.type!);
  const as = new AssignStmt(call.pos, tmp, f);
  as.init = [new Decl(call.pos, tmp)];
  tmp.defn = as;
  if (sel) sel.x = tmp; else call.fun = tmp;
  call.init = [...(call.init ?? []), as];
}
const callOps = new Set(['OAPPEND', 'OCALLFUNC', 'OCALLINTER', 'OCALLMETH', 'OCAP', 'OCOMPLEX', 'OCOPY', 'ODELETE', 'OIMAG', 'OLEN', 'OMAKESLICE', 'OMAKEMAP',
  'OMAKECHAN', 'OMAX', 'OMIN', 'OPANIC', 'OPRINT', 'OPRINTLN', 'OREAL', 'ORECOVER', 'ORECV', 'OUNSAFEADD', 'OUNSAFESLICE', 'OUNSAFESLICEDATA', 'OUNSAFESTRING', 'OUNSAFESTRINGDATA']);
function mentionsCall(n: Node): boolean { return callOps.has(n.op) || anyChild(n, mentionsCall); }

/**
 * A list of values for places of the given types. One call with several results
 * is assigned to temporaries, whose declaration and assignment run before the
 * first value.
 */
export function multiExpr(c: Ctx, pos: Pos, dst: (i: number) => Type | undefined, list: readonly ast.Expr[]): Expr[] {
  if (list.length !== 1) return list.map((e, i) => implicitConv(c, dst(i), e));
  const t = list[0].tv!.type;
  if (t?.kind !== 'Tuple') return [implicitConv(c, dst(0), list[0])];
  const x = expr(c, list[0]);
  const types = t.vars.map((v) => v.type!);
  const { as, temps } = tupleAssign(c, pos, x, types);
  const out: Expr[] = temps.map((tmp, i) => convertTemp(c, tmp, types[i], dst(i)));
  out[0] = initExpr([as], out[0]);
  return out;
}

/** tmps := x for an expression of several values (a call, a map index, a receive, a type assertion with ok). */
export function tupleAssign(c: Ctx, pos: Pos, x: Expr, types: readonly Type[]): { as: AssignListStmt; temps: Name[] } {
  let op: AssignListStmt['op'] = 'OAS2FUNC';
  if (x.op === 'OINDEXMAP') op = 'OAS2MAPR';
  else if (x.op === 'ORECV') op = 'OAS2RECV';
  else if (x.op === 'ODOTTYPE') {
    op = 'OAS2DOTTYPE';
    x.op = 'ODOTTYPE2';
  }
  const as = new AssignListStmt(pos, op, [], [x], true);
  const temps = types.map((t) => {
    const tmp = c.temp(pos, c.typ(t));
    tmp.shaped = c.shaped(t);
    tmp.defn = as;
    return tmp;
  });
  as.lhs = temps.slice();
  as.init = temps.map((tmp) => new Decl(pos, tmp));
  return { as, temps };
}

function intLit(pos: Pos, v: bigint, t: Type, implicit = false): ConstExpr {
  const n = new ConstExpr(pos, t, constTo(makeInt(v), t));
  n.implicit = implicit;
  return n;
}

function builtin(c: Ctx, e: ast.CallExpr): Expr {
  const { obj } = lookupObj(unparen(e.fun));
  const name = obj?.name ?? '';
  const pos = e.pos;
  const type = e.tv?.type && e.tv.type.kind !== 'Tuple' ? e.tv.type : undefined;
  const sigT = e.fun.tv!.type;
  const sig = sigT && sigT.kind === 'Signature' ? sigT : undefined;
  /** Arguments converted to the signature the checker recorded for this use of the builtin. */
  const args = (): Expr[] => {
    const params = sig?.params.vars ?? [];
    const n = params.length;
    return multiExpr(c, pos, (i) => {
      if (!sig) return undefined;
      if (sig.variadic && !e.hasDots && i >= n - 1) return variadicElem(params[n - 1].type!);
      return i < n ? params[i].type! : undefined;
    }, e.argList);
  };
  switch (name) {
    case 'make': return make(c, e);
    case 'new': return newExpr(c, e);
    case 'Sizeof': return intLit(pos, BigInt(sizeOf(c.typ(e.argList[0].tv!.type!))), T.uintptr);
    case 'Alignof': return intLit(pos, BigInt(alignOf(c.typ(e.argList[0].tv!.type!))), T.uintptr);
    case 'Offsetof': {
      const s = unparen(e.argList[0]) as ast.SelectorExpr;
      return intLit(pos, BigInt(fieldOffsetByPath(deref(c.typ(s.x.tv!.type!)), s.selection!.index)), T.uintptr);
    }
    case 'append': {
      const a = args();
      const n = new CallExpr(pos, 'OAPPEND', undefined as unknown as Expr, a, a[0].type);
      n.isDDD = e.hasDots;
      const last = a[1];
      if (n.isDDD && last?.op === 'OCONVNOP' && last.implicit) a[1] = initExpr(takeInit(last), last.x);
      return n;
    }
    case 'delete': case 'print': case 'println': case 'recover': case 'min': case 'max': {
      const op = ({ delete: 'ODELETE', print: 'OPRINT', println: 'OPRINTLN', recover: 'ORECOVER', min: 'OMIN', max: 'OMAX' } as const)[name];
      const a = args();
      const t = name === 'recover' ? T.emptyInterface : name === 'min' || name === 'max' ? a[0].type : undefined;
      return new CallExpr(pos, op, undefined as unknown as Expr, a, t);
    }
    case 'len': case 'cap': case 'clear': case 'close': case 'panic': case 'real': case 'imag': case 'StringData': case 'SliceData': {
      const op = ({ len: 'OLEN', cap: 'OCAP', clear: 'OCLEAR', close: 'OCLOSE', panic: 'OPANIC', real: 'OREAL', imag: 'OIMAG', StringData: 'OUNSAFESTRINGDATA', SliceData: 'OUNSAFESLICEDATA' } as const)[name];
      const a = args();
      const init = a[0].init && a.length === 1 && e.argList[0].tv?.type?.kind === 'Tuple' ? takeInit(a[0]) : [];
      const x = a[0];
      const t = name === 'len' || name === 'cap' ? T.int
        : name === 'real' || name === 'imag' ? floatForComplex(x.type!)
          : name === 'StringData' ? ptrTo(T.byte) : name === 'SliceData' ? ptrTo(elem(x.type!)) : undefined;
      const n = new UnaryExpr(pos, op, x, t);
      return initExpr(init, n);
    }
    case 'complex': case 'copy': case 'Add': case 'Slice': case 'String': {
      const op = ({ complex: 'OCOMPLEX', copy: 'OCOPY', Add: 'OUNSAFEADD', Slice: 'OUNSAFESLICE', String: 'OUNSAFESTRING' } as const)[name];
      const [x, y] = args();
      const t = name === 'complex' ? complexForFloat(x.type!) : name === 'copy' ? T.int : name === 'Add' ? x.type!
        : name === 'Slice' ? sliceOf(elem(x.type!)) : T.string;
      return new BinaryExpr(pos, op, x, y, type && name === 'complex' ? c.typ(type) : t);
    }
    default:
      c.low.unsupported(pos, `builtin ${name}`);
      return type ? zeroExpr(pos, c.typ(type)) : new NilExpr(pos, T.any);
  }
}
function variadicElem(t: Type): Type { return isSlice(t) ? elem(t) : isString(t) ? T.byte : t; }

function make(c: Ctx, e: ast.CallExpr): Expr {
  const t = e.argList[0].tv!.type!;
  const type = c.typ(t);
  const core = coreType(type) ?? under(type);
  const [len, cap] = e.argList.slice(1).map((a) => expr(c, a));
  const kind = core.kind;
  const op = kind === 'Slice' ? 'OMAKESLICE' : kind === 'Map' ? 'OMAKEMAP' : 'OMAKECHAN';
  const toInt = (x: Expr | undefined): Expr | undefined => (x && x.op === 'OLITERAL' && !isInteger(x.type!) ? new ConstExpr(x.pos, T.int, constTo(x.val, T.int)) : x);
  const n = new MakeExpr(e.pos, op, toInt(len) ?? (kind === 'Slice' ? undefined : intLit(e.pos, 0n, T.int, true)), toInt(cap), type);
  n.shaped = c.shaped(t);
  return n;
}

function newExpr(c: Ctx, e: ast.CallExpr): Expr {
  const arg = e.argList[0];
  if (arg.tv!.isType()) {
    const t = arg.tv!.type!;
    return new UnaryExpr(e.pos, 'ONEW', typeExpr(c, arg.pos, t), ptrTo(c.typ(t)));
  }
  // new(x) of Go 1.26: a fresh variable holding x, and its address.
  const init: Stmt[] = [];
  const tmp = tempCopy(c, e.pos, expr(c, arg), init);
  const a = addr(e.pos, tmp);
  a.init = init;
  return a;
}

/** A temporary initialised with x by statements added to init. */
export function tempCopy(c: Ctx, pos: Pos, x: Expr, init: Stmt[]): Name {
  const tmp = c.temp(pos, x.type!);
  tmp.shaped = x.shaped;
  init.push(new Decl(pos, tmp), new AssignStmt(pos, tmp, x));
  // As in gc, the defining statement is not the one in the tree: static values do not see through the copy.
  tmp.defn = new AssignStmt(pos, tmp, x, true);
  return tmp;
}
