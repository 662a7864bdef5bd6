/**
 * Replacing type parameters by type arguments in a type.
 *
 * Unlike the checker's own substitution this one also clones types declared
 * inside the generic function: each instance of
 *
 *   func F[T any]() any { type box struct { v T }; return box{} }
 *
 * has its own box. Results are memoised, so one type gives one type.
 */
import type { Pos } from '../../base/pos.ts';
import type { Type, TypeParam, Named } from '../types/type.ts';
import type { Var } from '../types/object.ts';
import {
  cloneLocalNamed, instantiateNamed, newArray, newChan, newInterface, newMap, newSignatureFull, newStruct, newTuple, ptrTo, sliceOf, unalias, withType,
} from './typeutil.ts';

export class Substituter {
  readonly #memo = new Map<Type, Type>();
  /** map: what to replace; targs: last word on new type arguments of a generic type; range: source range of the generic function, whose local types are cloned; tag: names the instance. */
  constructor(readonly map: ReadonlyMap<TypeParam, Type>, readonly range: readonly [Pos, Pos], readonly tag: string,
    readonly targs: (n: Named, targs: readonly Type[]) => readonly Type[] = (_, a) => a) {}

  type(t: Type): Type {
    const m = this.#memo.get(t);
    if (m) return m;
    const r = this.#type(t);
    this.#memo.set(t, r);
    return r;
  }

  #isLocal(n: Named): boolean {
    const p = n.obj.pos;
    return p >= this.range[0] && p <= this.range[1] && n.obj.pkg !== null && n.obj.parent !== n.obj.pkg.scope;
  }

  #type(t: Type): Type {
    switch (t.kind) {
      case 'TypeParam': return this.map.get(t) ?? t;
      case 'Alias': {
        const u = unalias(t);
        const r = this.type(u);
        return r === u ? t : r;
      }
      case 'Pointer': { const e = this.type(t.elem); return e === t.elem ? t : ptrTo(e); }
      case 'Slice': { const e = this.type(t.elem); return e === t.elem ? t : sliceOf(e); }
      case 'Array': { const e = this.type(t.elem); return e === t.elem ? t : newArray(e, t.len); }
      case 'Chan': { const e = this.type(t.elem); return e === t.elem ? t : newChan(t.dir, e); }
      case 'Map': {
        const k = this.type(t.key), e = this.type(t.elem);
        return k === t.key && e === t.elem ? t : newMap(k, e);
      }
      case 'Tuple': { const v = this.#vars(t.vars); return v === t.vars ? t : newTuple(v); }
      case 'Signature': {
        const p = this.#vars(t.params.vars), r = this.#vars(t.results.vars);
        const recv = t.recv ? this.#var(t.recv) : null;
        return p === t.params.vars && r === t.results.vars && recv === t.recv ? t : newSignatureFull(recv, p, r, t.variadic);
      }
      case 'Struct': { const f = this.#vars(t.fields); return f === t.fields ? t : newStruct(f, t.tags); }
      case 'Interface': return newInterface(t, (x) => this.type(x));
      case 'Named': {
        if (t.targs.length > 0) {
          const a = t.targs.map((x) => this.type(x));
          return a.every((x, i) => x === t.targs[i]) ? t : instantiateNamed(t, this.targs(t, a));
        }
        if (this.map.size > 0 && this.#isLocal(t)) return cloneLocalNamed(t, this.tag, (n) => { this.#memo.set(t, n); }, (x) => this.type(x));
        return t;
      }
      default: return t;
    }
  }
  #var(v: Var): Var {
    const x = this.type(v.type!);
    return x === v.type ? v : withType(v, x);
  }
  #vars(vs: readonly Var[]): readonly Var[] {
    const r = vs.map((v) => this.#var(v));
    return r.every((v, i) => v === vs[i]) ? vs : r;
  }
}

const mentions = new WeakMap<Type, boolean>();
/** Does t depend on a type parameter? */
export function mentionsTypeParam(t: Type): boolean {
  const have = mentions.get(t);
  if (have !== undefined) return have;
  mentions.set(t, false); // recursion goes through Named types, which only count by their arguments
  const any = (ts: readonly Type[]): boolean => ts.some(mentionsTypeParam);
  const vars = (vs: readonly Var[]): boolean => vs.some((v) => mentionsTypeParam(v.type!));
  let r = false;
  switch (t.kind) {
    case 'TypeParam': r = true; break;
    case 'Alias': r = mentionsTypeParam(unalias(t)); break;
    case 'Pointer': case 'Slice': case 'Array': case 'Chan': r = mentionsTypeParam(t.elem); break;
    case 'Map': r = mentionsTypeParam(t.key) || mentionsTypeParam(t.elem); break;
    case 'Tuple': r = vars(t.vars); break;
    case 'Signature': r = (t.recv !== null && mentionsTypeParam(t.recv.type)) || vars(t.params.vars) || vars(t.results.vars); break;
    case 'Struct': r = vars(t.fields); break;
    case 'Interface': r = t.methods.some((m) => vars(m.signature.params.vars) || vars(m.signature.results.vars)) || t.embeddeds.some(mentionsTypeParam); break;
    case 'Named': r = any(t.targs); break;
    default: break;
  }
  mentions.set(t, r);
  return r;
}
