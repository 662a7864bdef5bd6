/**
 * Methods: which function a selector means, method values and expressions, and
 * the wrapper functions that method sets need.
 *
 * A method called through an embedded field is the embedded type's method with
 * the field selected first (implicitly). Only where a function value or an
 * interface table needs "T's method M" as a function of its own does a wrapper
 * exist: `(*T).M` around a value method, `U.M` around a promoted one, `I.M` for
 * an interface. Wrappers are made after inlining (makeWrappers), as in gc.
 */
import type { Pos } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import type { Type, Signature } from '../types/type.ts';
import type { FuncObj } from '../types/object.ts';
import type { Selection } from '../types/info.ts';
import {
  BinaryExpr, CallExpr, Func, IfStmt, NilExpr, ReturnStmt, SelectorExpr, TypeExpr, type Expr, type Name, type Stmt,
} from './nodes.ts';
import { declareParams, type Ctx, type Lowerer, type Program } from './ctx.ts';
import { addr, dotField, expr, implicit, star } from './lower_expr.ts';
import { curry, methodInst } from './generics.ts';
import {
  T, deref, elem, fieldsOf, identical, isInterface, isPtr, isPtrToType, isTypeParam, lookupMethod, methodExprType, methodValueType, namedOf, signatureOf, withReceiver,
} from './typeutil.ts';
import { methodSet } from './methodset.ts';
import { receiverText, typeKey } from './typetext.ts';

/** What a method call calls: fun with recv as first argument, or an interface method (ODOTINTER, no recv). */
interface MethodCallee { fun: Expr; recv: Expr | undefined; viaDict: boolean; dictCost: number; dictName: string }

/** Walks from x through embedded fields to the method's receiver, then & or * as the method wants it. */
function receiver(c: Ctx, pos: Pos, x: Expr, path: readonly number[], recvType: Type): Expr {
  for (const i of path) x = implicit(dotField(pos, x, i));
  return adjust(pos, x, recvType, c);
}
function adjust(pos: Pos, x: Expr, recvType: Type, _c?: Ctx): Expr {
  if (isPtrToType(x.type!, recvType)) return implicit(star(pos, x));
  if (isPtrToType(recvType, x.type!)) return implicit(addr(pos, x));
  return x;
}

/** The method a selector x.M selects, with its receiver. */
interface Selected { recv: Expr; obj: FuncObj; recvType: Type; viaDict: boolean }

function select(c: Ctx, e: ast.SelectorExpr, sel: Selection): Selected {
  let x = expr(c, e.x);
  const path = sel.index.slice(0, -1);
  // The type after the embedded fields, as checked: a type parameter's methods go through the dictionary.
  let t = e.x.tv!.type!;
  for (const i of path) t = fieldsOf(deref(t))[i].type!;
  const obj = sel.obj as FuncObj;
  if (isTypeParam(t) || (isPtr(t) && isTypeParam(elem(t)))) {
    for (const i of path) x = implicit(dotField(e.pos, x, i));
    const m = lookupMethod(x.type!, obj);
    if (m) {
      if (isInterface(x.type!)) return { recv: x, obj: m.obj, recvType: x.type!, viaDict: true };
      const rt = signatureOf(m.obj.type!).recv!.type!;
      if (isInterface(rt)) {
        for (const i of m.path) x = implicit(dotField(e.pos, x, i));
        return { recv: x, obj: m.obj, recvType: rt, viaDict: true };
      }
      return { recv: receiver(c, e.pos, x, m.path, rt), obj: m.obj, recvType: rt, viaDict: true };
    }
  }
  const sig = signatureOf(obj.type!);
  const rt = c.typ(sig.recv!.type!);
  for (const i of path) x = implicit(dotField(e.pos, x, i));
  if (isInterface(x.type!)) return { recv: x, obj, recvType: x.type!, viaDict: false };
  return { recv: adjust(e.pos, x, rt, c), obj, recvType: rt, viaDict: false };
}

/** The function a concrete method is, instantiated if its receiver is generic. */
export function methodFunc(c: { low: Lowerer }, obj: FuncObj, recvType: Type, spelled?: Type): Name {
  const named = namedOf(recvType);
  if (named && named.targs.length > 0) return methodInst(c.low, obj, named, (spelled && namedOf(spelled)) ?? named);
  return c.low.func(obj);
}

/** OMETHEXPR recv.M: as a callee, or as a value. */
export function methExpr(pos: Pos, recvType: Type, name: string, method: Name, sig: Signature): SelectorExpr {
  const n = new SelectorExpr(pos, 'OMETHEXPR', new TypeExpr(pos, recvType), name, methodExprType(sig, recvType));
  n.method = method;
  const shaped = method.shaped && method.func?.shape ? signatureOf(method.shaped) : undefined;
  if (shaped?.recv) {
    n.shaped = methodExprType(shaped, shaped.recv.type);
    n.x.shaped = shaped.recv.type;
  }
  return n;
}

/** The callee of a method call. */
export function methodCallee(c: Ctx, e: ast.SelectorExpr, sel: Selection): MethodCallee {
  const s = select(c, e, sel);
  const type = c.typ(s.obj.type!);
  const sig = signatureOf(type);
  if (isInterface(s.recvType)) {
    const n = new SelectorExpr(e.pos, 'ODOTINTER', s.recv, s.obj.name, methodValueType(sig));
    return { fun: n, recv: undefined, viaDict: s.viaDict, dictCost: s.viaDict ? 4 : 0, dictName: '' };
  }
  const spelled = c.shaped(signatureOf(s.obj.type).recv!.type);
  const method = methodFunc(c, s.obj, s.recvType, spelled);
  const fun = methExpr(e.pos, s.recvType, s.obj.name, method, sig);
  const generic = namedOf(s.recvType)?.targs.length ? (spelled ? 4 : 2) : 0;
  const named = namedOf(s.recvType);
  return { fun, recv: s.recv, viaDict: s.viaDict, dictCost: s.viaDict ? 5 : generic, dictName: generic === 2 && !s.viaDict && named ? receiverText(named) : '' };
}

/** x.M not called. */
export function methodValue(c: Ctx, e: ast.SelectorExpr, sel: Selection): Expr {
  const s = select(c, e, sel);
  const sig = signatureOf(c.typ(s.obj.type!));
  if (!isInterface(s.recvType) && (s.viaDict || c.shaped(signatureOf(s.obj.type).recv!.type))) {
    return curry(c, e.pos, methExpr(e.pos, s.recvType, s.obj.name, methodFunc(c, s.obj, s.recvType), sig), s.recv);
  }
  const n = new SelectorExpr(e.pos, 'OMETHVALUE', s.recv, s.obj.name, methodValueType(sig));
  if (!isInterface(s.recvType)) n.method = methodFunc(c, s.obj, s.recvType);
  return n;
}

/** T.M not called: the method itself if T is its receiver type, else the wrapper for T. */
export function methodExprValue(c: Ctx, e: ast.SelectorExpr, sel: Selection): Expr {
  const recvType = c.typ(e.x.tv!.type!);
  const obj = sel.obj as FuncObj;
  const m = lookupMethod(recvType, obj) ?? { obj, path: sel.index.slice(0, -1) };
  const sig = signatureOf(c.typ(m.obj.type!));
  const rt = isInterface(recvType) ? recvType : c.typ(sig.recv!.type!);
  const direct = m.path.length === 0 && identical(rt, recvType) && !isInterface(recvType);
  if (!direct) return methExpr(e.pos, recvType, m.obj.name, wrapperFor(c.low, recvType, m.obj.name, m.obj).nname, sig);
  const method = methodFunc(c, m.obj, rt);
  return methExpr(e.pos, recvType, m.obj.name, c.low.program.instanceWrappers.get(method.func!)?.nname ?? method, sig);
}

/** The function that is method `name` of recvType, a wrapper where the declared method has another receiver. */
export function methodOf(low: Lowerer, recvType: Type, obj: FuncObj): Func {
  const m = lookupMethod(recvType, obj);
  if (m && m.path.length === 0 && !isInterface(recvType)) {
    const rt = signatureOf(m.obj.type!).recv!.type!;
    if (identical(rt, recvType)) return methodFunc({ low }, m.obj, rt).func!;
  }
  return wrapperFor(low, recvType, obj.name, obj);
}

/** gc's name for a method of any type: `T.M`, `(*T).M`, `struct { U }.M`. */
function wrapperSym(recvType: Type, name: string): string { return `${receiverText(recvType)}.${name}`; }

/** A function recvType.M that calls the method M found in recvType. */
function wrapperFor(low: Lowerer, recvType: Type, name: string, obj: FuncObj): Func {
  const program: Program = low.program;
  const key = `${typeKey(recvType)}.${name}`;
  const have = program.wrappers.get(key);
  if (have) return have;
  const m = lookupMethod(recvType, obj);
  const target = m?.obj ?? obj;
  const sig = signatureOf(target.type!);
  const type = withReceiver(sig, recvType);
  const fn = new Func(0, wrapperSym(recvType, name), namedOf(recvType)?.decl().pkg?.path ?? low.pkg.path, type);
  fn.wrapper = true;
  fn.dupok = true;
  program.wrappers.set(key, fn);
  low.wrappers.push(fn);
  declareParams(fn, type);
  if (sig.recv && isInterface(sig.recv.type)) fn.dcl[0].pos = 0;
  const [recv, ...args] = fn.params;
  let x: Expr = recv;
  const body: Stmt[] = [];
  const call = new CallExpr(0, 'OCALLFUNC', new NilExpr(0, T.any), []);
  if (isInterface(recvType)) {
    call.fun = new SelectorExpr(0, 'ODOTINTER', x, name, methodValueType(sig));
  } else {
    for (const i of m?.path ?? []) x = implicit(dotField(0, x, i));
    const rt = isInterface(x.type!) ? x.type! : sig.recv!.type!;
    if (isPtr(recvType) && (m?.path.length ?? 0) === 0 && identical(elem(recvType), rt)) {
      // The runtime names the method when a nil pointer reaches a value method.
      const nil = new BinaryExpr(0, 'OEQ', recv, new NilExpr(0, recvType), T.bool);
      body.push(new IfStmt(0, nil, [new CallExpr(0, 'OCALLFUNC', low.runtimeFunc('panicwrap'), [])], []));
    }
    if (isInterface(x.type!)) call.fun = new SelectorExpr(0, 'ODOTINTER', x, name, methodValueType(sig));
    else {
      x = adjust(0, x, rt);
      const method = methodFunc({ low }, target, rt);
      call.fun = methExpr(0, rt, name, program.instanceWrappers.get(method.func!)?.nname ?? method, sig);
      call.args.push(x);
    }
  }
  if (call.fun.op === 'ODOTINTER') (call as { op: string }).op = 'OCALLINTER';
  call.args.push(...args);
  call.isDDD = sig.variadic;
  const r = sig.results.vars;
  if (r.length > 0) call.type = r.length === 1 ? r[0].type! : sig.results;
  if (r.length === 0) body.push(call);
  else if (r.length === 1) body.push(new ReturnStmt(0, [call]));
  else body.push(...low.returnTuple(fn, call));
  fn.body = body;
  return fn;
}

/** All methods of recvType (found through embedding too), for interface tables: name to function. */
export function methodTable(low: Lowerer, recvType: Type): Map<string, Func> {
  const out = new Map<string, Func>();
  for (const { obj } of methodSet(recvType)) out.set(obj.name, methodOf(low, recvType, obj));
  return out;
}
