/** What lowering and printing ask about types, constants and objects: thin questions over the checker's classes, in one place. */
import { Func as FuncObj, TypeName, Var, type Obj } from '../types/object.ts';
import { Package } from '../types/package.ts';
import {
  ArrayT, Basic, BasicKind, ChanT, emptyInterface, InterfaceT, MapT, Named, PointerT, Signature, SliceT, StructT, Tuple, Typ, TypeParam, universeByte, universeRune,
  type ChanDir, type Type,
} from '../types/type.ts';
import * as k from '../types/constant.ts';
import type { Value } from '../types/constant.ts';
import type { TypeAndValue } from '../types/info.ts';
import { coreType as coreTypeOf, unalias, under } from '../types/under.ts';
import { identical, identicalIgnoreTags } from '../types/predicates.ts';
import { sizes } from '../types/sizes.ts';
import { universeAny } from '../types/universe.ts';
import { linkText } from './typetext.ts';
import { findMethod } from './methodset.ts';

export type { Type, Signature, Named, TypeParam, Var, FuncObj, Obj };
export { unalias, under, identical, identicalIgnoreTags };

/** Types the compiler uses. byte and rune are the aliases' own objects, as written types are. */
export const T = {
  get any(): Type { return universeAny(); },
  emptyInterface: emptyInterface as Type,
  bool: Typ.Bool as Type, int: Typ.Int as Type, string: Typ.String as Type, uintptr: Typ.Uintptr as Type, unsafePointer: Typ.UnsafePointer as Type, uint8: Typ.Uint8 as Type,
  byte: universeByte as Type, rune: universeRune as Type, invalid: Typ.Invalid as Type, untypedNil: Typ.UntypedNil as Type,
} as const;

// Kinds.

const uk = (t: Type): Type['kind'] => under(t).kind;
export function isPtr(t: Type): boolean { return uk(t) === 'Pointer'; }
export function isSlice(t: Type): boolean { return uk(t) === 'Slice'; }
export function isArray(t: Type): boolean { return uk(t) === 'Array'; }
export function isMap(t: Type): boolean { return uk(t) === 'Map'; }
export function isChan(t: Type): boolean { return uk(t) === 'Chan'; }
export function isTypeParam(t: Type): boolean { return unalias(t).kind === 'TypeParam'; }
export function isInterface(t: Type): boolean { return !isTypeParam(t) && uk(t) === 'Interface'; }
export function isEmptyInterface(t: Type): boolean {
  const u = under(t);
  return u.kind === 'Interface' && u.typeSet().methods.length === 0;
}
function basic(t: Type): Basic | undefined {
  const u = under(t);
  return u.kind === 'Basic' ? u : undefined;
}
export function isString(t: Type): boolean { return basic(t)?.isString() ?? false; }
export function isBoolean(t: Type): boolean { return basic(t)?.isBoolean() ?? false; }
export function isInteger(t: Type): boolean { return basic(t)?.isInteger() ?? false; }
export function isFloat(t: Type): boolean { return basic(t)?.isFloat() ?? false; }
export function isComplex(t: Type): boolean { return basic(t)?.isComplex() ?? false; }
export function isNumeric(t: Type): boolean { return basic(t)?.isNumeric() ?? false; }
export function isUntypedNil(t: Type): boolean { return t.kind === 'Basic' && t.basic === BasicKind.UntypedNil; }
export function isUintptr(t: Type): boolean { return basic(t)?.basic === BasicKind.Uintptr; }
export function isUnsafePointer(t: Type): boolean { return basic(t)?.isUnsafePointer() ?? false; }
export function isByteKind(t: Type): boolean { return basic(t)?.basic === BasicKind.Uint8; }
/** The kind of representation of a basic type on a 64-bit machine: int and int64 share one. */
export function simKind(t: Type): number {
  const b = basic(t)?.basic ?? 0;
  return b === BasicKind.Int ? BasicKind.Int64 : b === BasicKind.Uint || b === BasicKind.Uintptr ? BasicKind.Uint64 : b;
}
/** The type has a name: predeclared, defined or a type parameter. */
export function isNamed(t: Type): boolean {
  const u = unalias(t);
  return u.kind === 'Basic' || u.kind === 'Named' || u.kind === 'TypeParam';
}
export function isDefined(t: Type): boolean { return unalias(t).kind === 'Named'; }
export function hasNil(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case 'Pointer': case 'Slice': case 'Map': case 'Chan': case 'Signature': return true;
    case 'Interface': return !isTypeParam(t);
    case 'Basic': return u.isUnsafePointer();
    default: return false;
  }
}

// Parts.

/** Element of a pointer, slice, array, map or channel; the invalid type for others. */
export function elem(t: Type): Type {
  const u = under(t);
  switch (u.kind) {
    case 'Pointer': case 'Slice': case 'Array': case 'Chan': case 'Map': return u.elem;
    default: return Typ.Invalid;
  }
}
/** What a pointer points to; other types themselves. */
export function deref(t: Type): Type {
  const u = unalias(t);
  return u.kind === 'Pointer' ? u.elem : u;
}
export function fieldsOf(t: Type): readonly Var[] {
  const u = under(t);
  return u.kind === 'Struct' ? u.fields : [];
}
export function signatureOf(t: Type): Signature {
  const u = under(t);
  return u.kind === 'Signature' ? u : new Signature();
}
export function isPtrToType(p: Type, t: Type): boolean {
  const u = unalias(p);
  return u.kind === 'Pointer' && identical(u.elem, t);
}
export function namedOf(t: Type): Named | undefined {
  const u = unalias(deref(unalias(t)));
  return u.kind === 'Named' ? u : undefined;
}
/** The one underlying type all types of t's type set share (t's own if it is no type parameter); undefined: none. */
export function coreType(t: Type): Type | undefined { return isTypeParam(t) ? (coreTypeOf(t) ?? undefined) : under(t); }

// Layout.

export function sizeOf(t: Type): number { return sizes.sizeof(t); }
export function alignOf(t: Type): number { return sizes.alignof(t); }
export function offsetOf(st: Type, index: number): number {
  const u = under(st);
  return u.kind === 'Struct' ? sizes.offsetsof(u.fields)[index] : 0;
}
export function fieldOffsetByPath(t: Type, path: readonly number[]): number {
  let off = 0;
  for (const i of path) {
    off += offsetOf(t, i);
    t = fieldsOf(t)[i].type;
  }
  return off;
}

// Making types.

export function ptrTo(t: Type): Type { return new PointerT(t); }
export function sliceOf(t: Type): Type { return new SliceT(t); }
export function newArray(t: Type, n: number): Type { return new ArrayT(t, n); }
export function newMap(key: Type, e: Type): Type { return new MapT(key, e); }
export function newChan(dir: ChanDir, e: Type): Type { return new ChanT(dir, e); }
export function newTuple(vars: readonly Var[]): Tuple { return new Tuple(vars); }
export function newStruct(fields: readonly Var[], tags: string[]): Type { return new StructT([...fields], tags); }
export function newSignatureFull(recv: Var | null, params: readonly Var[], results: readonly Var[], variadic: boolean): Signature {
  return new Signature(recv, new Tuple(params), new Tuple(results), variadic);
}
/** A function type without names. */
export function newSignature(params: readonly Type[], results: readonly Type[]): Signature {
  return newSignatureFull(null, params.map((t) => Var.newParam(0, null, '', t)), results.map((t) => new Var('result', 0, null, '', t)), false);
}
export function withType(v: Var, t: Type): Var {
  const n = new Var(v.varKind, v.pos, v.pkg, v.name, t);
  n.embedded = v.embedded;
  n.origin = v.origin ?? v;
  return n;
}
/** The function type of T.M: the receiver becomes the first parameter. */
export function methodExprType(sig: Signature, recv: Type): Signature {
  return newSignatureFull(null, [Var.newParam(sig.recv?.pos ?? 0, null, '', recv), ...sig.params.vars], sig.results.vars, sig.variadic);
}
/** The function type of x.M. */
export function methodValueType(sig: Signature): Signature { return newSignatureFull(null, sig.params.vars, sig.results.vars, sig.variadic); }
export function withReceiver(sig: Signature, recv: Type): Signature {
  const v = sig.recv ? withType(sig.recv, recv) : new Var('recv', 0, null, '', recv);
  return newSignatureFull(v, sig.params.vars, sig.results.vars, sig.variadic);
}
const plains = new WeakMap<Signature, Signature>();
/** A signature without its receiver, one object for each. */
function plainOf(sig: Signature): Signature {
  let p = plains.get(sig);
  if (!p) plains.set(sig, (p = methodValueType(sig)));
  return p;
}
/** An interface with f applied to its parts; t itself if nothing changes. */
export function newInterface(t: InterfaceT, f: (t: Type) => Type): Type {
  const methods = t.methods.map((m) => {
    // The receiver of an interface's method is the interface: not to be followed.
    const sig = m.signature;
    const plain = sig.recv ? plainOf(sig) : sig;
    const x = f(plain);
    if (x === plain) return m;
    const n = new FuncObj(m.pos, m.pkg, m.name, x as Signature);
    n.origin = m.origin ?? m;
    return n;
  });
  const embeddeds = t.embeddeds.map(f);
  if (methods.every((m, i) => m === t.methods[i]) && embeddeds.every((e, i) => e === t.embeddeds[i])) return t;
  const n = new InterfaceT(null, methods, embeddeds);
  n.implicit = t.implicit;
  n.complete = true;
  return n;
}
const instances = new WeakMap<Named, Map<string, Named>>();
/** The instance of t's generic type with other type arguments; one object for each list. */
export function instantiateNamed(t: Named, targs: readonly Type[]): Type {
  const orig = t.origin();
  let m = instances.get(orig);
  if (!m) instances.set(orig, (m = new Map()));
  const key = targs.map((a) => linkText(a)).join(',');
  let n = m.get(key);
  if (!n) {
    n = new Named(null, orig.obj, null);
    n.inst = { orig, targs, expandedMethods: 0, ctxt: null };
    m.set(key, n);
  }
  return n;
}

/** A copy of a type declared inside a generic function, for one instance. note is told of it before its parts are made. */
export function cloneLocalNamed(t: Named, tag: string, note: (n: Type) => void, f: (t: Type) => Type): Type {
  const obj = new TypeName(t.obj.pos, t.obj.pkg, t.obj.name, null);
  obj.parent = t.obj.parent;
  localTags.set(obj, tag);
  const n = new Named(null, obj, null);
  obj.type = n;
  note(n);
  n.fromRHS = f(under(t));
  return n;
}
const localTags = new WeakMap<TypeName, string>();
/** The instance a cloned local type belongs to; '' for other types. */
export function localTag(obj: TypeName): string { return localTags.get(obj) ?? ''; }

let shapePkg: Package | undefined;
/** gc's go.shape type of a given name and underlying type. */
export function shapeType(name: string, u: Type): Type {
  shapePkg ??= new Package('go.shape', 'go.shape');
  const obj = new TypeName(0, shapePkg, name, null);
  obj.parent = shapePkg.scope;
  const n = new Named(null, obj, u);
  obj.type = n;
  return n;
}
export function isShapeType(t: Type): boolean { return t.kind === 'Named' && t.obj.pkg === shapePkg && shapePkg !== undefined; }

// Objects.

export function isGenericFunc(obj: FuncObj): boolean { return obj.signature.tparams.length > 0 || obj.signature.rparams.length > 0; }
export function typeParamsOf(obj: FuncObj): readonly TypeParam[] { return obj.signature.tparams; }
export function recvTypeParams(obj: FuncObj): readonly TypeParam[] { return obj.signature.rparams; }
export function funcOrigin(obj: FuncObj): FuncObj { return obj.origin ?? obj; }
/** The declared method that obj, a method of the instance named, comes from. */
export function methodOrigin(obj: FuncObj, named: Named): FuncObj {
  if (obj.origin) return obj.origin;
  const o = named.origin();
  for (let i = 0; i < o.numMethods(); i++) if (o.method(i).name === obj.name) return o.method(i);
  return obj;
}
/** Only methods are asked of a type argument: its constraint is an ordinary interface. */
export function isMethodSetConstraint(p: TypeParam): boolean {
  const u = under(p);
  return u.kind === 'Interface' && u.typeSet().isMethodSet();
}
/** The method of a type, found through embedded fields: path holds the field numbers on the way. */
export function lookupMethod(t: Type, obj: FuncObj): { obj: FuncObj; path: readonly number[] } | undefined { return findMethod(t, obj.pkg, obj.name); }

// Constants.

export const makeInt = k.makeInt, makeBool = k.makeBool, makeString = k.makeString, boolVal = k.boolVal;
/** The integer a constant is; undefined if it is none. */
export function intConst(v: Value): bigint | undefined { return k.intVal(k.toInt(v)) ?? undefined; }
export function constEqual(a: Value, b: Value): boolean { return k.compare(a, '==', b); }
/** Code points of a string constant. */
export function stringRunes(v: Value): number[] {
  const s = k.stringVal(v), out: number[] = [];
  for (let i = 0; i < s.length;) {
    const [r, w] = k.decodeRune(s, i);
    out.push(r);
    i += Math.max(1, w);
  }
  return out;
}
/** A constant in the representation and precision of a type. */
export function constTo(v: Value, t: Type): Value {
  const b = basic(t);
  if (!b) return v;
  if (b.isInteger()) {
    const i = k.toInt(v);
    return i.kind === 'Unknown' ? v : i;
  }
  if (b.isFloat()) return round(k.toFloat(v), b.basic === BasicKind.Float32);
  if (b.isComplex()) {
    const z = k.toComplex(v);
    const r = round(k.toFloat(k.real(z)), b.basic === BasicKind.Complex64), i = round(k.toFloat(k.imag(z)), b.basic === BasicKind.Complex64);
    return k.binaryOp(r, '+', k.makeImag(i));
  }
  return v;
}
function round(v: Value, single: boolean): Value { return v.kind === 'Unknown' ? v : k.makeFloat64(single ? k.float32Val(v) : k.float64Val(v)); }

/** The type of a constant or value, untyped ones made concrete where the checker leaves them untyped. */
export function idealType(tv: TypeAndValue): Type {
  const t = tv.type ?? Typ.Invalid;
  if (t.kind !== 'Basic' || !t.isUntyped()) return t;
  switch (t.basic) {
    case BasicKind.UntypedBool: return Typ.Bool;
    case BasicKind.UntypedString: return Typ.String;
    case BasicKind.UntypedRune: return Typ.Int32;
    case BasicKind.UntypedNil: return t;
    default: {
      const i = tv.value ? intConst(tv.value) : undefined;
      if (i === undefined) return t.basic === BasicKind.UntypedComplex ? Typ.Complex128 : t.basic === BasicKind.UntypedFloat ? Typ.Float64 : Typ.Uint;
      return i < 0n ? Typ.Int : Typ.Uint;
    }
  }
}
export function floatForComplex(t: Type): Type { return basic(t)?.basic === BasicKind.Complex64 ? Typ.Float32 : Typ.Float64; }
export function complexForFloat(t: Type): Type { return basic(t)?.basic === BasicKind.Float32 ? Typ.Complex64 : Typ.Complex128; }

/** May a value of type v be assigned to a place of type t? (Both checked; constants typed.) */
export function assignableTo(v: Type, t: Type): boolean {
  if (identical(v, t)) return true;
  if (isUntypedNil(v)) return hasNil(t);
  const vu = under(v), tu = under(t);
  if (v.kind === 'Basic' && v.isUntyped()) return tu.kind === 'Basic' || isInterface(t);
  if (identical(vu, tu) && (!isNamed(v) || !isNamed(t)) && !isTypeParam(v) && !isTypeParam(t)) return true;
  if (tu.kind === 'Interface' && !isTypeParam(t)) return implements_(v, tu);
  if (vu.kind === 'Chan' && tu.kind === 'Chan' && vu.dir === 0 && identical(vu.elem, tu.elem)) return !isNamed(v) || !isNamed(t);
  return false;
}
function implements_(v: Type, t: InterfaceT): boolean {
  return t.typeSet().methods.every((m) => {
    const f = findMethod(v, m.pkg, m.name);
    if (!f) return false;
    return f.inSet && identical(methodValueType(f.obj.signature), methodValueType(m.signature));
  });
}
