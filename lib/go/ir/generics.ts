/**
 * Generic functions and types: instances, shapes, dictionaries.
 *
 * gc compiles one body per GC shape and passes a dictionary. We lower one body
 * per list of type arguments (so that no dictionary is needed at run time), and
 * keep what gc says about its one: each instance carries the shape text, types
 * inside it know gc's spelling (`shaped`), calls know what the dictionary
 * argument costs, method calls on type parameters are marked viaDict, and all
 * but the first instance of a shape point to it (shapeRep).
 *
 *   func F[T any](x T) []T { return make([]T, 1) }      F(1), F(myInt(2)):
 *     F[go.shape.int] for [int]      prints make([]go.shape.int, 1)
 *     F[go.shape.int] for [p.myInt]  shapeRep → the first
 *     F[int], F[p.myInt]             wrappers, as gc makes for statically known lists
 */
import type { Pos } from '../../base/pos.ts';
import type { Type, TypeParam, Named, Signature } from '../types/type.ts';
import type { FuncObj } from '../types/object.ts';
import { BlockStmt, CallExpr, ConstExpr, Func, ReturnStmt, type Expr, type Name, type Stmt } from './nodes.ts';
import { Ctx, declareParams, methodSym, newClosureVar, type DeclSite, type Lowerer } from './ctx.ts';
import { newClosure } from './closures.ts';
import { initExpr } from './lower_expr.ts';
import { tempCopy } from './lower_call.ts';
import { stmts } from './lower_stmt.ts';
import { methExpr } from './methods.ts';
import { Substituter, mentionsTypeParam } from './subst.ts';
import { linkText, receiverText } from './typetext.ts';
import {
  T, elem, funcOrigin, isMethodSetConstraint, isPtr, isShapeType, makeInt, methodOrigin, newSignatureFull, ptrTo, recvTypeParams, shapeType, signatureOf, typeParamsOf, under,
} from './typeutil.ts';

/** The substitution in force inside one instance. */
export class Env {
  readonly #real: Substituter;
  readonly #shape: Substituter;
  constructor(readonly tparams: readonly TypeParam[], readonly targs: readonly Type[], readonly shapes: readonly Type[], site: DeclSite | undefined, tag: string, low: Lowerer) {
    const range: [Pos, Pos] = site ? [site.decl.pos, site.decl.body?.rbrace ?? site.decl.pos] : [-1, -1];
    const map = (to: readonly Type[]): Map<TypeParam, Type> => new Map(tparams.map((p, i) => [p, to[i]]));
    this.#real = new Substituter(map(targs), range, tag);
    // A generic type instantiated with a shape is shaped in all its arguments.
    this.#shape = new Substituter(map(shapes), range, tag, (n, a) => a.map((t, i) => shapify(low, t, n.origin().tparams[i])));
  }
  /** t with type arguments for type parameters. */
  subst(t: Type): Type { return this.#real.type(t); }
  /** t as gc spells it; undefined where no type parameter occurs. */
  shape(t: Type): Type | undefined { return mentionsTypeParam(t) ? this.#shape.type(t) : undefined; }
}

/** A shape occurs in t's spelling. */
function hasShape(t: Type): boolean { return linkText(t).includes('go.shape.'); }

/** The shape of a type argument: its underlying type, or *uint8 for any pointer where only methods are asked of it. */
function shapify(low: Lowerer, targ: Type, p: TypeParam): Type {
  if (isShapeType(targ)) return targ;
  if (isPtr(targ) && isMethodSetConstraint(p) && !isShapeType(elem(targ)) && hasShape(elem(targ))) return targ;
  const u = isPtr(targ) && isMethodSetConstraint(p) ? ptrTo(T.uint8) : under(targ);
  const name = linkText(u);
  let s = low.program.shapeTypes.get(name);
  if (!s) low.program.shapeTypes.set(name, (s = shapeType(name, u)));
  return s;
}

interface Instance {
  fn: Func;
  wrapper: Func | undefined;
  /** Lowers the body; run once, from the list of bodies to do. */
  body: (() => void) | undefined;
}

/**
 * The instance of a generic function or method for concrete type arguments.
 * spelled: the arguments as gc has them where the instance is asked for (shapes, inside another instance).
 */
function instance(low: Lowerer, origin: FuncObj, tparams: readonly TypeParam[], targs: readonly Type[], spelled: readonly Type[], recv: Named | undefined): Instance {
  const site = low.program.decls.get(origin);
  const realText = `[${targs.map((t) => linkText(t)).join(',')}]`;
  const pkgPath = origin.pkg?.path ?? '';
  const sig = signatureOf(origin.type!);
  const sym = methodSym(sig, origin.name);
  const shapes = spelled.map((t, i) => shapify(low, t, tparams[i]));
  const shapeText = `[${shapes.map((t) => linkText(t)).join(',')}]`;
  const key = `${pkgPath}.${sym}@${origin.pos}${realText}${shapeText}`;
  const have = low.program.instances.get(key);
  if (have) return { fn: have, wrapper: low.program.instanceWrappers.get(have), body: undefined };

  const tag = key;
  const env = new Env(tparams, targs, shapes, site, tag, low);
  const type = env.subst(origin.type);
  const fn = new Func(site ? site.decl.pos : origin.pos, instanceSym(origin, recv, shapeText), pkgPath, type);
  fn.nname.pos = origin.pos;
  fn.dupok = true;
  fn.shape = shapeText;
  fn.targs = realText;
  fn.shapeKey = `${pkgPath}.${fn.sym}@${origin.pos}`;
  const rep = low.program.shapes.get(fn.shapeKey);
  if (rep) fn.shapeRep = rep; else low.program.shapes.set(fn.shapeKey, fn);
  fn.nname.shaped = env.shape(origin.type);
  low.program.instances.set(key, fn);
  if (!site) {
    fn.external = true;
    declareParams(fn, type);
    return { fn, wrapper: undefined, body: undefined };
  }
  fn.pragmas = low.pragmasOf(site);
  const vars = declareParams(fn, origin.type!, (t) => env.subst(t)).vars;
  for (const n of fn.dcl) n.shaped = n.obj ? env.shape(n.obj.type!) : undefined;
  fn.external = !site.decl.body;

  // The function gc makes for the statically known list: it calls the shaped one.
  const w = new Func(fn.pos, instanceSym(origin, recv, realText), pkgPath, type);
  w.nname.pos = origin.pos;
  w.dupok = true;
  w.wrapper = true;
  w.pragmas = fn.pragmas;
  declareParams(w, type);
  low.program.instanceWrappers.set(fn, w);

  const body = (): void => {
    const c = new Ctx(low, fn, env, undefined, sig.results.vars, site.decl.body?.list ?? []);
    c.addParams(vars);
    if (site.decl.body) {
      fn.body = stmts(c, site.decl.body.list);
      if (fn.body.length === 0) fn.body = [new BlockStmt(fn.pos, [])];
      fn.endPos = site.decl.body.rbrace;
    }
    low.instances.push(fn);
  };
  return { fn, wrapper: w, body };
}

function instanceSym(origin: FuncObj, recv: Named | undefined, text: string): string {
  if (!recv) return origin.name + text;
  const base = recv.decl().name + text;
  return isPtr(signatureOf(origin.type!).recv!.type!) ? `(*${base}).${origin.name}` : `${base}.${origin.name}`;
}

/** Gives the wrapper of a statically known instance its body and a place among the functions. */
function needWrapper(low: Lowerer, inst: Instance, recv: Named | undefined): Func | undefined {
  const w = inst.wrapper;
  if (!w || low.program.wrapped.has(w)) return w;
  low.program.wrapped.add(w);
  low.todo.push({ fn: w, run: () => {
    const { fn } = inst;
    const sig = signatureOf(w.nname.type);
    const fun: Expr = recv && sig.recv ? methExpr(w.pos, sig.recv.type!, w.sym.slice(w.sym.lastIndexOf('.') + 1), fn.nname, sig) : fn.nname;
    const call = new CallExpr(w.pos, 'OCALLFUNC', fun, w.params);
    call.dictCost = 2;
    call.dictName = recv ? receiverText(recv) : w.sym;
    call.isDDD = sig.variadic;
    finishCall(low, w, call);
    if (fn.nname.shaped) call.shaped = resultOf(signatureOf(fn.nname.shaped));
    low.instances.push(w);
  } });
  return w;
}

/** Instantiates a function; its wrapper too if the type arguments are known without a dictionary. */
function funcInst(c: Ctx, obj: FuncObj, targs: readonly Type[]): { inst: Instance; derived: boolean; wrapper: Func | undefined } {
  const origin = funcOrigin(obj);
  const inst = instance(c.low, origin, typeParamsOf(origin), targs.map((t) => c.typ(t)), targs.map((t) => c.shaped(t) ?? c.typ(t)), undefined);
  const derived = c.env !== undefined && targs.some((t) => mentionsTypeParam(t));
  const wrapper = derived ? undefined : needWrapper(c.low, inst, undefined);
  if (inst.body) c.low.todo.push({ fn: inst.fn, run: inst.body });
  return { inst, derived, wrapper };
}

/** The callee for F[targs](…): the shaped instance, and what its dictionary argument costs. */
export function funcInstCallee(c: Ctx, obj: FuncObj, targs: readonly Type[]): { name: Name; dictCost: number; dictName: string } {
  const { inst, derived } = funcInst(c, obj, targs);
  return { name: inst.fn.nname, dictCost: derived ? 4 : 2, dictName: derived ? '' : inst.wrapper?.sym ?? '' };
}

/** F[targs] as a value; inside a generic function a literal that calls it, where gc would bind the dictionary. */
export function funcInstValue(c: Ctx, pos: Pos, obj: FuncObj, targs: readonly Type[]): Expr {
  const { inst, wrapper } = funcInst(c, obj, targs);
  if (wrapper) return wrapper.nname;
  return inst.wrapper ? curry(c, pos, inst.fn.nname, undefined) : inst.fn.nname;
}

/** A function literal that calls fun with recv (if any), evaluated now, as first argument. */
export function curry(c: Ctx, pos: Pos, fun: Expr, recv: Expr | undefined): Expr {
  const sig = signatureOf(fun.type!);
  const params = recv ? sig.params.vars.slice(1) : sig.params.vars;
  const type = newSignatureFull(null, params, sig.results.vars, sig.variadic);
  const fn = newClosure(c.fn, pos, 'func', type, c.low.minor);
  fn.wrapper = true;
  declareParams(fn, type);
  for (const n of fn.dcl) n.pos = 0;
  const init: Stmt[] = [];
  const args: Expr[] = [];
  if (recv) args.push(newClosureVar(pos, fn, tempCopy(c, pos, recv, init)));
  // gc binds the dictionary too.
  if (c.env) newClosureVar(pos, fn, tempCopy(c, pos, new ConstExpr(pos, T.uintptr, makeInt(0n)), init));
  const call = new CallExpr(pos, 'OCALLFUNC', fun, [...args, ...fn.params]);
  call.dictCost = 1;
  call.isDDD = sig.variadic;
  finishCall(c.low, fn, call);
  return initExpr(init, fn.oclosure!);
}

function resultOf(sig: Signature): Type | undefined { return sig.results.vars.length === 1 ? sig.results.vars[0].type : undefined; }

/** Makes fn return what call yields. */
function finishCall(low: Lowerer, fn: Func, call: CallExpr): void {
  const r = signatureOf(fn.nname.type).results;
  if (r.vars.length > 0) call.type = r.vars.length === 1 ? r.vars[0].type : r;
  fn.body = r.vars.length === 0 ? [call] : r.vars.length === 1 ? [new ReturnStmt(call.pos, [call])] : low.returnTuple(fn, call);
}

/** The method of an instantiated type (all type arguments concrete). */
export function methodInst(low: Lowerer, obj: FuncObj, named: Named, spelled: Named): Name {
  needType(low, named, spelled);
  const origin = methodOrigin(obj, named);
  return instance(low, origin, recvTypeParams(origin), named.targs, spelled.targs, named).fn.nname;
}

/** Makes all methods of an instantiated type, as gc does when it first meets the type. */
export function needType(low: Lowerer, named: Named, spelled: Named = named): void {
  if (named.targs.length === 0 || named.targs.some(mentionsTypeParam)) return;
  const key = spelled === named ? linkText(named) : `${linkText(named)} ${linkText(spelled)}`;
  if (low.program.instTypes.has(key)) return;
  low.program.instTypes.add(key);
  if (spelled === named) low.types.push(named);
  const insts: Instance[] = [];
  for (let i = 0, n = named.numMethods(); i < n; i++) {
    const origin = methodOrigin(named.method(i), named);
    insts.push(instance(low, origin, recvTypeParams(origin), named.targs, spelled.targs, named));
  }
  if (spelled === named) for (const inst of insts) needWrapper(low, inst, named);
  for (const inst of insts) if (inst.body) low.todo.push({ fn: inst.fn, run: inst.body });
}
