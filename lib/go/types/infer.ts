/**
 * Type inference: the type arguments of a call of a generic function.
 *
 * Three sources, in this order: typed arguments are unified with their
 * parameters; known types are unified with the core types and methods of their
 * constraints until nothing new is learned; parameters that only have untyped
 * constants get the default type of the largest kind among them. What remains
 * may still mention type parameters of the same list, so the results are
 * substituted into each other until they do not (cycles are cut first).
 */
import type { Pos } from '../../base/pos.ts';
import type { Checker } from './check.ts';
import type { ErrorDesc } from './errors.ts';
import { hasAllMethods } from './lookup.ts';
import { context } from './named.ts';
import { TypeName } from './object.ts';
import type { Operand } from './operand.ts';
import { defaultType, isTyped, maxType } from './predicates.ts';
import { makeSubstMap, subst } from './subst.ts';
import type { Signature, Tuple, Type, TypeParam } from './type.ts';
import type { TypeTerm } from './termlist.ts';
import { iface, newTypeParam, tparamIs } from './typeparam.ts';
import { assign, exact, Unifier } from './unify.ts';
import { commonUnder, unalias, type Cause } from './under.ts';
import { allowVersion, go1_21 } from './version.ts';

/**
 * Infers the missing type arguments (targs may be short, or hold null) from the
 * arguments of a call. Null after an error, which is added to err. reverse: a
 * generic function is assigned, so parameter and argument change roles in messages.
 */
export function infer(
  check: Checker, pos: Pos, tparams: readonly TypeParam[], targs: readonly (Type | null)[], params: Tuple, args: readonly Operand[], reverse: boolean, err: ErrorDesc,
): Type[] | null {
  const n = tparams.length;
  if (targs.length === n && targs.every((t) => t !== null)) return targs as Type[];
  if (args.some((a) => a.mode === 'invalid')) return null; // reported before
  const given = tparams.map((_, i) => targs[i] ?? null);

  // Parameters whose type arguments are given follow the rules of assignment.
  if (params.length > 0) params = subst(check, 0, params, knownMap(tparams, given), null, context(check)) as Tuple;

  const u = new Unifier(tparams, given, allowVersion(check, go1_21));
  const mismatch = (tpar: Type, targ: Type, arg: Operand): void => {
    const known = u.inferred(tparams);
    if (known.every((t) => t === null)) {
      err.addf(arg, 'type %s of %s does not match %s (cannot infer %s)', targ, arg.expr, tpar, typeParamsString(tparams));
      return;
    }
    const inferred = subst(check, arg.pos, tpar, knownMap(tparams, known), null, context(check));
    if (inferred === tpar) err.addf(arg, 'type %s of %s does not match %s', targ, arg.expr, tpar);
    else if (reverse) err.addf(arg, 'inferred type %s for %s does not match type %s of %s', inferred, tpar, targ, arg.expr);
    else err.addf(arg, 'type %s of %s does not match inferred type %s for %s', targ, arg.expr, inferred, tpar);
  };

  // 1: typed arguments
  const untyped: number[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i], par = params.vars[i];
    if (!isParameterized(tparams, par.type) && !isParameterized(tparams, arg.type!)) continue;
    if (isTyped(arg.type!)) {
      if (!u.unify(par.type, arg.type!, assign)) { mismatch(par.type, arg.type!, arg); return null; }
    } else if (par.type.kind === 'TypeParam' && arg.mode !== 'nilvalue') {
      // Default types are basic: they can only be the argument of a lone parameter.
      untyped.push(i);
    }
  }

  // 2: constraints
  for (;;) {
    const unknowns = u.unknowns();
    for (const p of tparams) {
      const tx = u.at(p), [core, single] = coreTerm(p);
      if (core) {
        if (tx) {
          // A defined tx matches the literal by its underlying type.
          if (!u.unify(tx, core.type!, 0)) {
            err.addf(pos, '%s (type %s) does not satisfy %s', p, tx, p.bound);
            return null;
          }
        } else if (single && !core.tilde) u.set(p, core.type!);
      }
      if (tx && !isParameterized(tparams, tx)) {
        const cause: Cause = { text: '' };
        if (!hasAllMethods(check, tx, iface(p), true, (x, y) => u.unify(x, y, exact), cause)) {
          err.addf(pos, '%s (type %s) does not satisfy %s %s', p, tx, p.bound, cause.text);
          return null;
        }
      }
    }
    if (u.unknowns() === unknowns) break;
  }

  // 3: untyped constants
  const max = new Map<TypeParam, Type>();
  for (const i of untyped) {
    const p = params.vars[i].type as TypeParam;
    if (u.at(p) !== null) continue;
    const arg = args[i], old = max.get(p);
    const m = old ? maxType(old, arg.type!) : arg.type!;
    if (m === null) {
      err.addf(arg, 'mismatched types %s and %s (cannot infer %s)', old!, arg.type!, p);
      return null;
    }
    max.set(p, m);
  }
  for (const [p, t] of max) u.set(p, defaultType(t));

  const inferred = u.inferred(tparams);
  simplify(check, tparams, given, inferred);
  for (let i = 0; i < n; i++) {
    const t = inferred[i];
    if (t === null || isParameterized(tparams, t)) {
      const obj = tparams[i].obj;
      err.addf(pos, 'cannot infer %s (declared at %s)', obj.name, check.fset.format(obj.pos));
      return null;
    }
  }
  return inferred as Type[];
}

/** A substitution for the parameters whose types are known. */
function knownMap(tparams: readonly TypeParam[], types: readonly (Type | null)[]): Map<TypeParam, Type> {
  const m = new Map<TypeParam, Type>();
  tparams.forEach((p, i) => { const t = types[i]; if (t) m.set(p, t); });
  return m;
}

/** Substitutes inferred types into each other until nothing changes. */
function simplify(check: Checker, tparams: readonly TypeParam[], given: readonly (Type | null)[], inferred: (Type | null)[]): void {
  killCycles(tparams, inferred);
  let dirty = inferred.map((_, i) => i).filter((i) => inferred[i] !== null && given[i] === null);
  while (dirty.length > 0) {
    const smap = knownMap(tparams, inferred);
    dirty = dirty.filter((i) => {
      const t0 = inferred[i]!, t1 = subst(check, 0, t0, smap, null, context(check));
      if (t1 === t0) return false;
      // A generic function argument whose parameters are all solved is generic no more.
      if (t1.kind === 'Signature' && t1.tparams.length > 0 && !isParameterized(tparams, t1)) t1.tparams = [];
      inferred[i] = t1;
      return true;
    });
  }
}

/** Fresh copies of type parameters, and typ speaking of them: a recursive call's parameters are not the caller's. */
export function renameTParams(check: Checker, pos: Pos, tparams: readonly TypeParam[], typ: Type): [TypeParam[], Type] {
  if (tparams.length === 0) return [[], typ];
  const fresh = tparams.map((p) => {
    const q = newTypeParam(null, new TypeName(p.obj.pos, p.obj.pkg, p.obj.name, null), null);
    q.index = p.index;
    return q;
  });
  const map = makeSubstMap(tparams, fresh);
  tparams.forEach((p, i) => { fresh[i].bound = subst(check, pos, p.bound, map, null, context(check)); });
  return [fresh, subst(check, pos, typ, map, null, context(check))];
}

/** "P", "P and Q", "P, Q, and R". */
export function typeParamsString(list: readonly TypeParam[]): string {
  const names = list.map((p) => p.obj.name);
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1]}`;
}

/** typ mentions one of the parameters. */
export function isParameterized(tparams: readonly TypeParam[], typ: Type): boolean {
  return mentions(tparams, typ, null);
}

function mentions(tparams: readonly TypeParam[], t: Type, seen: Map<Type, boolean> | null): boolean {
  switch (t.kind) {
    case 'Basic': return false;
    case 'TypeParam': return tparams.includes(t);
    case 'Named': if (t.targs.length === 0) return false;
  }
  const known = seen?.get(t);
  if (known !== undefined) return known;
  const s = seen ?? new Map<Type, boolean>();
  s.set(t, false);
  const go = (x: Type): boolean => mentions(tparams, x, s);
  const res = ((): boolean => {
    switch (t.kind) {
      case 'Alias': return go(unalias(t));
      case 'Array': case 'Slice': case 'Pointer': case 'Chan': return go(t.elem);
      case 'Map': return go(t.key) || go(t.elem);
      case 'Struct': return t.fields.some((f) => go(f.type));
      case 'Tuple': return t.vars.some((v) => go(v.type));
      // Its own type parameters, and its receiver's, are declared here and do not count.
      case 'Signature': return t.params.vars.some((v) => go(v.type)) || t.results.vars.some((v) => go(v.type));
      case 'Interface': {
        const set = t.typeSet();
        return set.methods.some((m) => go(m.type)) || set.is((x) => x !== null && go(x.type!));
      }
      case 'Named': return t.targs.some(go);
      default: return false;
    }
  })();
  s.set(t, res);
  return res;
}

/** What the specific types of p have in common, as a term; and whether p has just that one term. */
function coreTerm(p: TypeParam): [TypeTerm | null, boolean] {
  const terms: TypeTerm[] = [];
  tparamIs(p, (t) => { if (t !== null) terms.push(t); return t !== null; });
  if (terms.length === 1) return [terms[0], true];
  const u = commonUnder(p, null)[0];
  return u === null ? [null, false] : [{ tilde: terms.some((t) => t.tilde), type: u }, false];
}

/** Forgets inferred types that lead back to their own parameter: substituting them would not end. */
function killCycles(tparams: readonly TypeParam[], inferred: (Type | null)[]): void {
  const path = new Set<Type>();
  const walk = (t0: Type): void => {
    const t = unalias(t0);
    if (path.has(t)) {
      const i = t.kind === 'TypeParam' ? tparams.indexOf(t) : -1;
      if (i >= 0) inferred[i] = null;
      return;
    }
    path.add(t);
    switch (t.kind) {
      case 'Array': case 'Slice': case 'Pointer': case 'Chan': walk(t.elem); break;
      case 'Map': walk(t.key); walk(t.elem); break;
      case 'Struct': t.fields.forEach((f) => walk(f.type)); break;
      case 'Signature': signature(t); break;
      case 'Union': t.terms.forEach((x) => walk(x.type)); break;
      case 'Interface': t.methods.forEach((m) => walk(m.type)); t.embeddeds.forEach(walk); break;
      case 'Named': t.targs.forEach(walk); break;
      case 'TypeParam': { const i = tparams.indexOf(t), x = i >= 0 ? inferred[i] : null; if (x) walk(x); break; }
    }
    path.delete(t);
  };
  const signature = (s: Signature): void => { s.params.vars.forEach((v) => walk(v.type)); s.results.vars.forEach((v) => walk(v.type)); };
  tparams.forEach(walk);
}
