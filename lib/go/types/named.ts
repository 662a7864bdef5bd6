/**
 * Defined types, and the lazy expansion of instances.
 *
 * A Named comes from a declaration, from an importer's loader, or from
 * instantiating a generic type. Its identity (name, type arguments) is known at
 * once; the right-hand side, type parameters, methods and underlying type are
 * filled when first needed, because declarations may refer to each other in
 * cycles. The steps taken are bits of `state`; they are only ever added:
 *
 *   unpacked    type parameters, right-hand side (and, unless an instance, methods) are there
 *   hasMethods  all methods are expanded
 *   hasUnder    the underlying type is there
 *
 * Instances created while expanding share a Context with the instance being
 * expanded, so an instance that leads back to itself is found instead of being
 * made again, and the expansion ends.
 */
import type { Pos } from '../../base/pos.ts';
import { needsCleanup, type Checker } from './check.ts';
import { Context } from './context.ts';
import { objDecl } from './decl.ts';
import { deref } from './lookup.ts';
import { isExported, samePkg, TypeName, type Func } from './object.ts';
import type { Package } from './package.ts';
import { cloneFunc, cloneVar, makeSubstMap, replaceRecvType, subst } from './subst.ts';
import { InterfaceT, Named, PointerT, Typ, type Alias, type Signature, type Type, type TypeParam } from './type.ts';
import { bindTParams } from './typeparam.ts';
import { asNamed, unalias, under } from './under.ts';

const unpacked = 1, hasMethods = 2, hasUnder = 4;

/** A type declared as obj (whose type it becomes). fromRHS may be set later. */
export function newNamed(check: Checker | null, obj: TypeName, fromRHS: Type | null, methods: Func[] = []): Named {
  const t = new Named(check, obj, fromRHS);
  t.methods_ = methods;
  if (obj.type === null) obj.type = t;
  if (check) needsCleanup(check, t);
  return t;
}

/** orig[targs…], to be expanded later; pos is where it was written. expanding: the instance that led to it. */
export function newNamedInstance(check: Checker | null, pos: Pos, orig: Named, targs: readonly Type[], expanding: Named | null): Named {
  const obj = new TypeName(pos, orig.obj.pkg, orig.obj.name, null);
  const t = new Named(check, obj, null);
  // Cycles of types stay within a package: share the context only there.
  const shared = expanding && expanding.decl().pkg === obj.pkg ? expanding.inst!.ctxt : null;
  t.inst = { orig, targs, expandedMethods: 0, ctxt: shared };
  obj.type = t;
  if (check) needsCleanup(check, t);
  return t;
}

/** Fills type parameters and right-hand side. */
export function unpack(n: Named): Named {
  if ((n.state & unpacked) !== 0) return n;
  const inst = n.inst;
  if (inst) {
    const orig = unpack(inst.orig);
    n.fromRHS = expandRHS(n);
    n.tparams_ = orig.tparams_;
    n.state |= unpacked;
    if (orig.methods_.length === 0) {
      n.state |= hasMethods;
      inst.ctxt = null;
    }
    return n;
  }
  const load = n.loader;
  if (load) {
    n.loader = null;
    const got = load(n);
    n.tparams_ = bindTParams(got.tparams);
    n.fromRHS = got.underlying;
    n.methods_ = got.methods;
    n.state |= unpacked;
    for (const f of got.delayed) f();
  }
  n.state |= unpacked | hasMethods;
  return n;
}

/** Sets the type parameters of a declared type. */
export function setTypeParams(n: Named, tparams: TypeParam[]): void { unpack(n).tparams_ = bindTParams(tparams); }

/** Sets the underlying type of a declared type at once (importers). */
export function setUnderlying(n: Named, u: Type): void {
  n.fromRHS = u;
  n.underlying_ = u;
  n.allowNilRHS = n.allowNilUnderlying = false;
  n.state |= unpacked | hasMethods | hasUnder;
}

/** Adds a method unless there is one of that name. */
export function addMethod(n: Named, m: Func): void {
  unpack(n);
  if (methodIndex(n, m.name, false) < 0) n.methods_.push(m);
}

export function namedNumMethods(n: Named): number { return unpack(n.origin()).methods_.length; }

/** The i'th method; an instance's is expanded now. */
export function namedMethod(n: Named, i: number): Func {
  unpack(n);
  if ((n.state & hasMethods) !== 0) return n.methods_[i]!;
  const inst = n.inst!, orig = inst.orig;
  if (n.methods_.length !== orig.methods_.length) n.methods_ = new Array<Func | null>(orig.methods_.length).fill(null);
  const known = n.methods_[i];
  if (known) return known;
  const m = expandMethod(n, i);
  // Expanding may have led here again.
  if (n.methods_[i] === null) {
    n.methods_[i] = m;
    if (++inst.expandedMethods === orig.methods_.length) {
      n.state |= hasMethods;
      inst.ctxt = null;
    }
  }
  return n.methods_[i]!;
}

function expandMethod(n: Named, i: number): Func {
  const origm = n.inst!.orig.method(i), check = n.check;
  if (check) objDecl(check, origm);
  const origSig = origm.type as Signature;
  const recv = origSig.recv!;
  // Instantiated with the receiver's own parameters: this is the method itself.
  if (deref(recv.type)[0] === n) return origm;
  let sig = origSig;
  if (origSig.rparams.length === n.inst!.targs.length) {
    const smap = makeSubstMap(origSig.rparams, n.inst!.targs);
    sig = subst(check, origm.pos, origSig, smap, n, check ? context(check) : null) as Signature;
  }
  if (sig === origSig) sig = origSig.copy();
  sig.recv = cloneVar(recv, origm.hasPtrRecv() ? new PointerT(n) : n);
  return cloneFunc(origm, sig);
}

/** Index of the method of that name among those declared, or −1. */
export function methodIndex(n: Named, name: string, foldCase: boolean): number {
  if (name === '_') return -1;
  const low = foldCase ? name.toLowerCase() : '';
  return n.methods_.findIndex((m) => m !== null && (foldCase ? m.name.toLowerCase() === low : m.name === name));
}

/** The declared method pkg.name and its index; null if there is none. */
export function lookupMethod(n: Named, pkg: Package | null, name: string, foldCase: boolean): [number, Func] | null {
  unpack(n);
  if (!samePkg(n.obj.pkg, pkg) && !isExported(name) && !foldCase) return null;
  const i = methodIndex(unpack(n.origin()), name, foldCase);
  return i < 0 ? null : [i, namedMethod(n, i)];
}

/** The underlying type, resolved through chains of defined types. */
export function namedUnderlying(n: Named): ReturnType<typeof under> {
  if ((n.state & hasUnder) !== 0) return n.underlying_ as ReturnType<typeof under>;
  const path: Named[] = [];
  let u: Type | null = null, rhs: Type | null = n;
  while (u === null) {
    if (rhs === null) u = Typ.Invalid;
    else if (rhs.kind === 'Alias') rhs = unalias(rhs as Alias);
    else if (rhs.kind === 'Named') {
      const t: Named = rhs;
      if ((t.state & hasUnder) !== 0) { u = t.underlying_; continue; }
      if (path.includes(t)) { u = Typ.Invalid; continue; } // an invalid cycle, reported elsewhere
      path.push(t);
      unpack(t);
      rhs = t.fromRHS;
    } else u = rhs.kind === 'TypeParam' ? under(rhs) : rhs;
  }
  for (const t of path) {
    if ((t.state & hasUnder) !== 0) continue;
    t.underlying_ = u;
    t.state |= hasUnder;
  }
  return u as ReturnType<typeof under>;
}

/** The underlying type as far as known without resolving anything. */
export function safeUnderlying(t: Type): Type | null {
  const n = asNamed(t);
  return n ? n.underlying_ : under(t);
}

/** The context instances are shared through while checking. */
export function context(check: Checker): Context { return (check.ctxt ??= new Context()); }

/** The right-hand side of an instance: that of its origin with type arguments for parameters. */
function expandRHS(n: Named): Type {
  const inst = n.inst!, orig = inst.orig, check = n.check;
  inst.ctxt ??= new Context();
  if (inst.targs.length !== orig.tparams_.length) return Typ.Invalid;
  inst.ctxt.update(inst.ctxt.instanceHash(orig, inst.targs), orig, inst.targs, n);
  if (orig.fromRHS === null) return Typ.Invalid;
  const smap = makeSubstMap(orig.tparams_, inst.targs);
  const rhs = subst(check, n.obj.pos, orig.fromRHS, smap, n, check ? context(check) : inst.ctxt);
  if (rhs.kind !== 'Interface') return rhs;
  // Methods of an interface have the named type as receiver.
  const methods = replaceRecvType(rhs.methods, orig, n);
  if (methods === rhs.methods) return rhs;
  let it = rhs;
  if (it === orig.fromRHS) {
    it = new InterfaceT(check, [], rhs.embeddeds);
    it.complete = true;
    if (check) needsCleanup(check, it);
  }
  it.methods = methods;
  it.tset = null;
  if (!check) it.typeSet();
  return it;
}

/** Last step of checking: declared types have their underlying type; the checker is let go. */
export function cleanupNamed(n: Named): void {
  if (!n.inst) namedUnderlying(n);
  n.check = null;
}
