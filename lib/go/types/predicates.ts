/** Questions about types: what they are, whether they are identical, comparable, may be nil. */
import { sameId } from './object.ts';
import { makeSubstMap, subst } from './subst.ts';
import { Context } from './context.ts';
import { IsBoolean, IsComplex, IsConstType, IsFloat, IsInteger, IsNumeric, IsOrdered, IsString, IsUnsigned, BasicKind, Typ, universeRune } from './type.ts';
import type { InterfaceT, Named, Signature, StructT, Tuple, Type, Union } from './type.ts';
import { computeUnionTypeSet, type TypeSet } from './typeset.ts';
import { listEqual } from './termlist.ts';
import { asNamed, asTypeParam, typeErrorf, unalias, under, underIs, type TypeError_ } from './under.ts';
import { tparamIs } from './typeparam.ts';
import { safeUnderlying } from './named.ts';

export { samePkg } from './object.ts';

export function isValid(t: Type | null): boolean { return t === null || unalias(t) !== Typ.Invalid; }

// The is… predicates ask about the underlying type; a type parameter satisfies none.
export function isBasic(t: Type, info: number): boolean { const u = under(t); return u.kind === 'Basic' && (u.info & info) !== 0; }
export function isBoolean(t: Type): boolean { return isBasic(t, IsBoolean); }
export function isInteger(t: Type): boolean { return isBasic(t, IsInteger); }
export function isUnsigned(t: Type): boolean { return isBasic(t, IsUnsigned); }
export function isFloat(t: Type): boolean { return isBasic(t, IsFloat); }
export function isComplex(t: Type): boolean { return isBasic(t, IsComplex); }
export function isNumeric(t: Type): boolean { return isBasic(t, IsNumeric); }
export function isString(t: Type): boolean { return isBasic(t, IsString); }
export function isIntegerOrFloat(t: Type): boolean { return isBasic(t, IsInteger | IsFloat); }
export function isConstType(t: Type): boolean { return isBasic(t, IsConstType); }

// The all… predicates ask about every specific type of a type parameter.
export function allBasic(t: Type, info: number): boolean {
  const p = asTypeParam(t);
  return p ? tparamIs(p, (x) => x !== null && isBasic(x.type!, info)) : isBasic(t, info);
}
export function allBoolean(t: Type): boolean { return allBasic(t, IsBoolean); }
export function allInteger(t: Type): boolean { return allBasic(t, IsInteger); }
export function allUnsigned(t: Type): boolean { return allBasic(t, IsUnsigned); }
export function allNumeric(t: Type): boolean { return allBasic(t, IsNumeric); }
export function allString(t: Type): boolean { return allBasic(t, IsString); }
export function allOrdered(t: Type): boolean { return allBasic(t, IsOrdered); }
export function allNumericOrString(t: Type): boolean { return allBasic(t, IsNumeric | IsString); }

/** Predeclared, defined, or a type parameter. */
export function hasName(t: Type): boolean { const k = unalias(t).kind; return k === 'Basic' || k === 'Named' || k === 'TypeParam'; }
/** Not defined and not a type parameter. */
export function isTypeLit(t: Type): boolean { const k = unalias(t).kind; return k !== 'Named' && k !== 'TypeParam'; }
export function isTyped(t: Type): boolean { return t.kind !== 'Basic' || !t.isUntyped(); }
export function isUntyped(t: Type): boolean { return t.kind === 'Basic' && t.isUntyped(); }
export function isUntypedNumeric(t: Type): boolean { return t.kind === 'Basic' && t.isUntyped() && t.isNumeric(); }
/** The underlying type is an interface: so for type parameters. */
export function isInterface(t: Type): boolean { return under(t).kind === 'Interface'; }
export function isTypeParam(t: Type): boolean { return unalias(t).kind === 'TypeParam'; }
export function isNonTypeParamInterface(t: Type): boolean { return !isTypeParam(t) && isInterface(t); }

/** t is a type parameter known to admit no type. Computes nothing. */
export function hasEmptyTypeset(t: Type): boolean {
  const p = asTypeParam(t);
  if (!p || p.bound === null) return false;
  const u = safeUnderlying(p.bound);
  return u !== null && u.kind === 'Interface' && u.tset !== null && u.tset.isEmpty();
}

/** A generic type not yet instantiated. */
export function isGeneric(t: Type): boolean {
  if (t.kind === 'Alias' && t.tparams.length > 0 && t.targs.length === 0) return true;
  const n = asNamed(t);
  return n !== null && n.inst === null && n.tparams.length > 0;
}

/** May be compared with ==, at the risk of a panic for interfaces. */
export function comparable(t: Type): boolean { return comparableType(t, true, null) === null; }

/** Null if t is comparable (dynamic: interfaces count as comparable), else why not. */
export function comparableType(t: Type, dynamic: boolean, seen: Set<Type> | null): TypeError_ | null {
  if (seen?.has(t)) return null;
  seen ??= new Set();
  seen.add(t);
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return u.basic === BasicKind.UntypedNil ? typeErrorf('') : null;
    case 'Pointer': case 'Chan': return null;
    case 'Struct':
      for (const f of u.fields) if (comparableType(f.type, dynamic, seen) !== null) return typeErrorf('struct containing %s cannot be compared', f.type);
      return null;
    case 'Array': return comparableType(u.elem, dynamic, seen) !== null ? typeErrorf('%s cannot be compared', t) : null;
    case 'Interface':
      if ((dynamic && !isTypeParam(t)) || u.typeSet().isComparable(seen)) return null;
      return typeErrorf(u.typeSet().isEmpty() ? 'empty type set' : 'incomparable types in type set');
    default: return typeErrorf('');
  }
}

/** nil is a value of t. */
export function hasNil(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return u.basic === BasicKind.UnsafePointer;
    case 'Slice': case 'Pointer': case 'Signature': case 'Map': case 'Chan': return true;
    case 'Interface': return !isTypeParam(t) || underIs(t, (x) => x !== null && hasNil(x));
    default: return false;
  }
}

// Identity --------------------------------------------------------------------------

/** Interfaces being compared, outermost last: cycles of anonymous interfaces end here. */
interface Pair { readonly x: InterfaceT; readonly y: InterfaceT; readonly prev: Pair | null }

const tagsMatter = 0, ignoreTags = 1, ignoreInvalids = 2;

export function identical(x: Type, y: Type): boolean { return same(x, y, null, tagsMatter); }
export function identicalIgnoreTags(x: Type, y: Type): boolean { return same(x, y, null, ignoreTags); }
/** identical, but invalid types equal anything. */
export function identicalIgnoreInvalids(x: Type, y: Type): boolean { return same(x, y, null, ignoreInvalids); }

function same(x: Type, y: Type, p: Pair | null, mode: number): boolean {
  x = unalias(x);
  y = unalias(y);
  if (x === y) return true;
  if (mode === ignoreInvalids && (x === Typ.Invalid || y === Typ.Invalid)) return true;
  switch (x.kind) {
    case 'Basic': return y.kind === 'Basic' && x.basic === y.basic; // byte and uint8 are two objects
    case 'Array': return y.kind === 'Array' && (x.len < 0 || y.len < 0 || x.len === y.len) && same(x.elem, y.elem, p, mode);
    case 'Slice': return y.kind === 'Slice' && same(x.elem, y.elem, p, mode);
    case 'Pointer': return y.kind === 'Pointer' && same(x.elem, y.elem, p, mode);
    case 'Map': return y.kind === 'Map' && same(x.key, y.key, p, mode) && same(x.elem, y.elem, p, mode);
    case 'Chan': return y.kind === 'Chan' && x.dir === y.dir && same(x.elem, y.elem, p, mode);
    case 'Struct': return y.kind === 'Struct' && sameStruct(x, y, p, mode);
    case 'Tuple': return y.kind === 'Tuple' && sameTuple(x, y, p, mode);
    case 'Signature': return y.kind === 'Signature' && sameSignature(x, y, p, mode);
    case 'Union': {
      if (y.kind !== 'Union') return false;
      const sets = new Map<Union, TypeSet>();
      return listEqual(computeUnionTypeSet(null, sets, 0, x).terms, computeUnionTypeSet(null, sets, 0, y).terms);
    }
    case 'Interface': return y.kind === 'Interface' && sameInterface(x, y, p, mode);
    case 'Named': return y.kind === 'Named' && sameNamed(x, y);
    default: return false;
  }
}

function sameStruct(x: StructT, y: StructT, p: Pair | null, mode: number): boolean {
  if (x.fields.length !== y.fields.length) return false;
  for (let i = 0; i < x.fields.length; i++) {
    const f = x.fields[i], g = y.fields[i];
    if (f.embedded !== g.embedded || (mode !== ignoreTags && x.tag(i) !== y.tag(i)) || !sameId(f, g.pkg, g.name, false) || !same(f.type, g.type, p, mode)) return false;
  }
  return true;
}

function sameTuple(x: Tuple, y: Tuple, p: Pair | null, mode: number): boolean {
  if (x.vars.length !== y.vars.length) return false;
  for (let i = 0; i < x.vars.length; i++) if (!same(x.vars[i].type, y.vars[i].type, p, mode)) return false;
  return true;
}

function sameSignature(x: Signature, y: Signature, p: Pair | null, mode: number): boolean {
  if (x.variadic !== y.variadic || x.tparams.length !== y.tparams.length) return false;
  let params = y.params, results = y.results;
  if (x.tparams.length > 0) {
    // Names of type parameters do not matter: speak of x's in y.
    const smap = makeSubstMap(y.tparams, x.tparams), ctxt = new Context();
    for (let i = 0; i < x.tparams.length; i++) {
      if (!same(x.tparams[i].bound, subst(null, 0, y.tparams[i].bound, smap, null, ctxt), p, mode)) return false;
    }
    params = subst(null, 0, params, smap, null, ctxt) as Tuple;
    results = subst(null, 0, results, smap, null, ctxt) as Tuple;
  }
  return sameTuple(x.params, params, p, mode) && sameTuple(x.results, results, p, mode);
}

function sameInterface(x: InterfaceT, y: InterfaceT, p: Pair | null, mode: number): boolean {
  const xs = x.typeSet(), ys = y.typeSet();
  if (xs.comparable !== ys.comparable || !listEqual(xs.terms, ys.terms) || xs.methods.length !== ys.methods.length) return false;
  for (let q = p; q !== null; q = q.prev) if ((q.x === x && q.y === y) || (q.x === y && q.y === x)) return true;
  const q: Pair = { x, y, prev: p };
  for (let i = 0; i < xs.methods.length; i++) {
    const f = xs.methods[i], g = ys.methods[i];
    if (f.id !== g.id || !same(f.type, g.type, q, mode)) return false;
  }
  return true;
}

function sameNamed(x: Named, y: Named): boolean {
  const xa = x.targs, ya = y.targs;
  if (xa.length !== ya.length) return false;
  for (let i = 0; i < xa.length; i++) if (!identical(xa[i], ya[i])) return false;
  return identicalOrigin(x, y);
}

/** Both come from the same declaration. */
export function identicalOrigin(x: Named, y: Named): boolean { return x.origin().obj === y.origin().obj; }

export function identicalInstance(xorig: Type, xargs: readonly Type[], yorig: Type, yargs: readonly Type[]): boolean {
  return xargs.length === yargs.length && xargs.every((a, i) => identical(a, yargs[i])) && identical(xorig, yorig);
}

// Untyped types -----------------------------------------------------------------------

/** The type an untyped constant gets when nothing else decides; other types are themselves. */
export function defaultType(t: Type): Type {
  if (t.kind !== 'Basic') return t;
  switch (t.basic) {
    case BasicKind.UntypedBool: return Typ.Bool;
    case BasicKind.UntypedInt: return Typ.Int;
    case BasicKind.UntypedRune: return universeRune;
    case BasicKind.UntypedFloat: return Typ.Float64;
    case BasicKind.UntypedComplex: return Typ.Complex128;
    case BasicKind.UntypedString: return Typ.String;
    default: return t;
  }
}

/** The "larger" of two untyped numeric types (int, rune, float, complex); null if they do not mix. */
export function maxType(x: Type, y: Type): Type | null {
  if (x === y) return x;
  if (x.kind !== 'Basic' || y.kind !== 'Basic' || !isUntypedNumeric(x) || !isUntypedNumeric(y)) return null;
  return x.basic > y.basic ? x : y;
}

/** s could be an identifier. */
export function isValidName(s: string): boolean { return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(s); }

