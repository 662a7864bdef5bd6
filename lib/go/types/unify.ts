/**
 * Unification: finding types for type parameters that make two types match.
 *
 * Each parameter to be solved has a handle, a cell holding the type inferred so
 * far. Two parameters that meet share one handle from then on. Matching has two
 * independent strictnesses:
 *
 *   assign  the two types meet in an assignment: inexact at the top, but element
 *           types must match exactly
 *   exact   types must be identical once solved; otherwise a defined type matches
 *           a literal of its underlying type, channel directions are ignored, and
 *           an interface matches a type that has its methods
 */
import { sameId, type Func } from './object.ts';
import { identical, identicalOrigin, isInterface, isTypeLit, isTypeParam } from './predicates.ts';
import { lookupFieldOrMethod } from './lookup.ts';
import { listEqual } from './termlist.ts';
import type { InterfaceT, StructT, Type, TypeParam } from './type.ts';
import { asNamed, asTypeParam, commonUnder, unalias, under } from './under.ts';

/** Deeper matching is taken for endless and fails. */
const depthLimit = 100;

export const assign = 1, exact = 2;

interface Handle { type: Type | null }
interface Pair { readonly x: InterfaceT; readonly y: InterfaceT; readonly prev: Pair | null }

/** t as an interface that is not a type parameter's. */
function asInterface(t: Type): InterfaceT | null {
  if (asTypeParam(t)) return null;
  const u = under(t);
  return u.kind === 'Interface' ? u : null;
}

export class Unifier {
  readonly #handles = new Map<TypeParam, Handle>();
  #depth = 0;

  /** targs may be shorter than tparams, and hold null for unknown ones. interfaceInference: Go ≥ 1.21. */
  constructor(tparams: readonly TypeParam[], targs: readonly (Type | null)[], readonly interfaceInference: boolean) {
    tparams.forEach((p, i) => this.#handles.set(p, { type: targs[i] ?? null }));
  }

  unify(x: Type, y: Type, mode: number): boolean { return this.#nify(x, y, mode, null); }
  /** The type inferred for a parameter so far. */
  at(p: TypeParam): Type | null { return this.#handles.get(p)!.type; }
  set(p: TypeParam, t: Type): void { this.#handles.get(p)!.type = t; }
  unknowns(): number {
    let n = 0;
    for (const h of this.#handles.values()) if (h.type === null) n++;
    return n;
  }
  inferred(tparams: readonly TypeParam[]): (Type | null)[] { return tparams.map((p) => this.at(p)); }

  #bound(t: Type): TypeParam | null {
    const p = asTypeParam(t);
    return p && this.#handles.has(p) ? p : null;
  }

  /** Makes two parameters share a handle; false if both have types already. */
  #join(x: TypeParam, y: TypeParam): boolean {
    const hx = this.#handles.get(x)!, hy = this.#handles.get(y)!;
    if (hx === hy) return true;
    if (hx.type && hy.type) return false;
    const [from, to] = hx.type ? [hy, hx] : [hx, hy];
    for (const [p, h] of this.#handles) if (h === from) this.#handles.set(p, to);
    return true;
  }

  #nify(x: Type, y: Type, mode: number, p: Pair | null): boolean {
    if (x === y || unalias(x) === unalias(y)) return true;
    if (this.#depth >= depthLimit) return false;
    this.#depth++;
    const ok = this.#nify1(x, y, mode, p);
    this.#depth--;
    return ok;
  }

  #nify1(x: Type, y: Type, mode: number, p: Pair | null): boolean {
    // A defined type, if any, goes to y; a parameter to be solved to x.
    if (asNamed(x) || this.#bound(y)) [x, y] = [y, x];

    // A defined type matches a type literal by its underlying type.
    const ny = asNamed(y);
    if ((mode & exact) === 0 && ny && isTypeLit(x) && !(this.interfaceInference && isInterface(x))) {
      y = under(ny);
      if (x === y || unalias(x) === unalias(y)) return true;
    }

    const px = this.#bound(x), py = this.#bound(y);
    if (px && py) return this.#join(px, py) || this.#nify(this.at(px)!, this.at(py)!, mode, p);
    if (px) return this.#solve(px, y, mode, p);

    if (this.interfaceInference && (mode & exact) === 0) {
      const xi = asInterface(x), yi = asInterface(y);
      if (xi && yi) return this.#interfaces(xi, yi, p);
      // One interface: the other type must have its methods.
      const it = xi ?? yi;
      if (it) {
        const t = xi ? y : x;
        return it.typeSet().methods.every((m) => {
          const o = lookupFieldOrMethod(t, false, m.pkg, m.name).obj;
          return o !== null && o.kind === 'Func' && this.#nify(m.type, o.type, exact, p);
        });
      }
    }

    // Parameters not being solved, if any, go to x.
    if (isTypeParam(y)) [x, y] = [y, x];
    return this.#structure(x, y, mode, p);
  }

  /** Matches a parameter against a type that is not one to be solved. */
  #solve(px: TypeParam, y: Type, mode: number, p: Pair | null): boolean {
    const x = this.at(px);
    if (x === null) { this.set(px, y); return true; }
    if (!this.#nify(x, y, mode, p)) return false;
    const xi = asInterface(x), yi = asInterface(y), xn = asNamed(x) !== null, yn = asNamed(y) !== null;
    if (xi && yi) {
      // Either could be meant, unless they are the same.
      if (xn && yn) return identical(x, y);
      if (xi.typeSet().methods.length !== yi.typeSet().methods.length) return false;
    } else if (xi || yi) return false;
    // Whatever the order of arguments, prefer a defined type, then a directed channel.
    if ((mode & exact) === 0 && !xn) {
      const u = under(y);
      if (yn || (u.kind === 'Chan' && u.dir !== 0)) this.set(px, y);
    }
    return true;
  }

  /** Two interfaces match if one has a subset of the other's methods, with matching signatures. */
  #interfaces(xi: InterfaceT, yi: InterfaceT, p: Pair | null): boolean {
    const xs = xi.typeSet(), ys = yi.typeSet();
    if (xs.comparable !== ys.comparable || !listEqual(xs.terms, ys.terms)) return false;
    if (seenPair(xi, yi, p)) return true;
    const q: Pair = { x: xi, y: yi, prev: p };
    const [few, many] = xs.methods.length > ys.methods.length ? [ys.methods, xs.methods] : [xs.methods, ys.methods];
    const byId = new Map<string, Func>(many.map((m) => [m.id, m]));
    return few.every((m) => {
      const o = byId.get(m.id);
      return o !== undefined && this.#nify(m.type, o.type, exact, q);
    });
  }

  #structure(x0: Type, y0: Type, mode: number, p: Pair | null): boolean {
    const emode = (mode & assign) !== 0 ? mode | exact : mode;
    const x = unalias(x0), y = unalias(y0);
    switch (x.kind) {
      case 'Basic': return y.kind === 'Basic' && x.basic === y.basic;
      case 'Array': return y.kind === 'Array' && (x.len < 0 || y.len < 0 || x.len === y.len) && this.#nify(x.elem, y.elem, emode, p);
      case 'Slice': return y.kind === 'Slice' && this.#nify(x.elem, y.elem, emode, p);
      case 'Pointer': return y.kind === 'Pointer' && this.#nify(x.elem, y.elem, emode, p);
      case 'Map': return y.kind === 'Map' && this.#nify(x.key, y.key, emode, p) && this.#nify(x.elem, y.elem, emode, p);
      case 'Chan': return y.kind === 'Chan' && ((mode & exact) === 0 || x.dir === y.dir) && this.#nify(x.elem, y.elem, emode, p);
      case 'Struct': return y.kind === 'Struct' && this.#structs(x, y, emode, p);
      case 'Tuple':
        return y.kind === 'Tuple' && x.vars.length === y.vars.length && x.vars.every((v, i) => this.#nify(v.type, y.vars[i].type, mode, p));
      case 'Signature':
        return y.kind === 'Signature' && x.variadic === y.variadic && this.#nify(x.params, y.params, emode, p) && this.#nify(x.results, y.results, emode, p);
      case 'Interface': {
        if (y.kind !== 'Interface') return false;
        const xs = x.typeSet(), ys = y.typeSet();
        if (xs.comparable !== ys.comparable || !listEqual(xs.terms, ys.terms) || xs.methods.length !== ys.methods.length) return false;
        if (seenPair(x, y, p)) return true;
        const q: Pair = { x, y, prev: p };
        return xs.methods.every((f, i) => f.id === ys.methods[i].id && this.#nify(f.type, ys.methods[i].type, exact, q));
      }
      case 'Named': {
        if (y.kind !== 'Named') return false;
        // Arguments first: they help even if the origins turn out to differ.
        const xa = x.targs, ya = y.targs;
        return xa.length === ya.length && xa.every((t, i) => this.#nify(t, ya[i], mode, p)) && identicalOrigin(x, y);
      }
      case 'TypeParam': {
        // Not to be solved: what its arguments have in common must match.
        const core = commonUnder(x, null)[0];
        return core !== null && this.#nify(core, y0, assign, p);
      }
      default: return false;
    }
  }

  #structs(x: StructT, y: StructT, emode: number, p: Pair | null): boolean {
    return x.fields.length === y.fields.length && x.fields.every((f, i) => {
      const g = y.fields[i];
      return f.embedded === g.embedded && x.tag(i) === y.tag(i) && sameId(f, g.pkg, g.name, false) && this.#nify(f.type, g.type, emode, p);
    });
  }
}

function seenPair(x: InterfaceT, y: InterfaceT, p: Pair | null): boolean {
  for (; p; p = p.prev) if ((p.x === x && p.y === y) || (p.x === y && p.y === x)) return true;
  return false;
}
