/** Substitution of types for type parameters. Types without any are returned as they are, same object. */
import type { Pos } from '../../base/pos.ts';
import { newAliasInstance } from './alias.ts';
import { needsCleanup, type Checker } from './check.ts';
import type { Context } from './context.ts';
import { instance } from './instantiate.ts';
import { Func, Var } from './object.ts';
import { ArrayT, ChanT, InterfaceT, MapT, PointerT, Signature, SliceT, StructT, Term, Tuple, Typ, Union } from './type.ts';
import type { Named, Type, TypeParam } from './type.ts';

export type SubstMap = ReadonlyMap<TypeParam, Type>;

export function makeSubstMap(tparams: readonly TypeParam[], targs: readonly Type[]): SubstMap {
  const m = new Map<TypeParam, Type>();
  tparams.forEach((p, i) => m.set(p, targs[i]));
  return m;
}

/** typ with its type parameters replaced; new instances are looked up in expanding's context, then in ctxt. */
export function subst(check: Checker | null, pos: Pos, typ: Type, smap: SubstMap, expanding: Named | null, ctxt: Context | null): Type {
  if (smap.size === 0) return typ;
  if (typ.kind === 'Basic') return typ;
  if (typ.kind === 'TypeParam') return smap.get(typ) ?? typ;
  return new Subster(check, pos, smap, expanding, ctxt).type(typ);
}

class Subster {
  constructor(readonly check: Checker | null, readonly pos: Pos, readonly smap: SubstMap, readonly expanding: Named | null, readonly ctxt: Context | null) {}

  readonly type = (t: Type): Type => {
    switch (t.kind) {
      case 'Basic': return t;
      case 'TypeParam': return this.smap.get(t) ?? t;
      case 'Array': { const elem = this.orInvalid(t.elem); return elem === t.elem ? t : new ArrayT(elem, t.len); }
      case 'Slice': { const elem = this.orInvalid(t.elem); return elem === t.elem ? t : new SliceT(elem); }
      case 'Pointer': { const elem = this.orInvalid(t.elem); return elem === t.elem ? t : new PointerT(elem); }
      case 'Chan': { const elem = this.orInvalid(t.elem); return elem === t.elem ? t : new ChanT(t.dir, elem); }
      case 'Map': {
        const key = this.orInvalid(t.key), elem = this.orInvalid(t.elem);
        return key === t.key && elem === t.elem ? t : new MapT(key, elem);
      }
      case 'Struct': { const fields = substList(t.fields, this.var); return fields === t.fields ? t : new StructT(fields, t.tags); }
      case 'Tuple': return this.tuple(t);
      case 'Signature': {
        // The receiver is replaced where interfaces and defined types are expanded:
        // following it here would not end for methods of anonymous interfaces.
        const params = this.tuple(t.params), results = this.tuple(t.results);
        if (params === t.params && results === t.results) return t;
        const s = new Signature(t.recv, params, results, t.variadic);
        s.rparams = t.rparams;
        s.tparams = t.tparams;
        return s;
      }
      case 'Union': { const terms = substList(t.terms, this.term); return terms === t.terms ? t : new Union(terms); }
      case 'Interface': {
        const methods = substList(t.methods, this.func), embeddeds = substList(t.embeddeds, this.type);
        if (methods === t.methods && embeddeds === t.embeddeds) return t;
        const it = new InterfaceT(this.check, [], embeddeds);
        it.embedPos = t.embedPos;
        it.implicit = t.implicit;
        it.complete = t.complete;
        it.methods = replaceRecvType(methods, t, it);
        if (this.check) needsCleanup(this.check, it); else it.typeSet();
        return it;
      }
      case 'Alias': {
        const n = t.orig.tparams.length;
        if (n === 0) return t;
        if (t.targs.length !== n) return Typ.Invalid; // reported elsewhere
        const targs = substList(t.targs, this.type);
        return targs === t.targs ? t : newAliasInstance(this.check, this.pos, t.orig, targs, this.expanding, this.ctxt);
      }
      case 'Named': {
        // Nothing here may expand t itself.
        if (!t.inst) { if (t.tparams_.length === 0 && t.loader === null) return t; }
        const n = t.origin().tparams.length;
        if (n === 0) return t;
        if (t.targs.length !== n) return Typ.Invalid; // reported elsewhere
        const targs = substList(t.targs, this.type);
        return targs === t.targs ? t : instance(this.check, this.pos, t.origin(), targs, this.expanding, this.ctxt);
      }
    }
  };

  orInvalid(t: Type | null): Type { return t === null ? Typ.Invalid : this.type(t); }
  tuple(t: Tuple): Tuple { const vars = substList(t.vars, this.var); return vars === t.vars ? t : new Tuple(vars); }
  readonly var = (v: Var): Var => { const t = this.orInvalid(v.type); return t === v.type ? v : cloneVar(v, t); };
  readonly func = (f: Func): Func => { const t = this.type(f.type); return t === f.type ? f : cloneFunc(f, t as Signature); };
  readonly term = (t: Term): Term => { const u = this.type(t.type); return u === t.type ? t : new Term(t.tilde, u); };
}

/** The list with f applied; the same list if nothing changed. */
function substList<T>(list: T[], f: (x: T) => T): T[];
function substList<T>(list: readonly T[], f: (x: T) => T): readonly T[];
function substList<T>(list: readonly T[], f: (x: T) => T): readonly T[] {
  let out: T[] | null = null;
  for (let i = 0; i < list.length; i++) {
    const y = f(list[i]);
    if (y === list[i]) continue;
    out ??= list.slice();
    out[i] = y;
  }
  return out ?? list;
}

/** A copy of v of another type; its origin is v's. */
export function cloneVar(v: Var, type: Type): Var {
  const w = new Var(v.varKind, v.pos, v.pkg, v.name, type);
  w.parent = v.parent;
  w.order = v.order;
  w.scopePos = v.scopePos;
  w.embedded = v.embedded;
  w.used = v.used;
  w.origin = v.origin ?? v;
  return w;
}

/** A copy of f of another type; its origin is f's. */
export function cloneFunc(f: Func, type: Signature): Func {
  const g = new Func(f.pos, f.pkg, f.name, type);
  g.parent = f.parent;
  g.order = f.order;
  g.scopePos = f.scopePos;
  g.hasPtrRecv_ = f.hasPtrRecv_;
  g.origin = f.origin ?? f;
  return g;
}

/** Methods whose receiver type is from, copied with receiver type to; the same list if there are none. */
export function replaceRecvType(methods: Func[], from: Type, to: Type): Func[] {
  return substList(methods, (m) => {
    const sig = m.signature;
    if (!sig.recv || sig.recv.type !== from) return m;
    const s = sig.copy();
    s.recv = cloneVar(sig.recv, to);
    return cloneFunc(m, s);
  });
}
