/**
 * Types of Go, as the checker sees them.
 *
 * One class per kind, told apart by `kind`. Composite types are compared with
 * identical() (predicates.ts), never by reference; Named types are identical when
 * they come from the same declaration with identical type arguments, and several
 * objects may stand for one instance.
 *
 * Three kinds stand for other types and must be looked through:
 * - Named: `under(t)` (under.ts) is its underlying type, expanded on first use;
 * - Alias: `unalias(t)` is what it denotes;
 * - TypeParam: `under(t)` is its constraint interface.
 *
 * Lists are never null: no type parameters is `[]`, no parameters is an empty Tuple.
 */
import type { Pos } from '../../base/pos.ts';
import type { Basic } from './basic.ts';
import type { Checker } from './check.ts';
import type { Context } from './context.ts';
import type { Func, TypeName, Var } from './object.ts';
import type { Scope } from './scope.ts';
import { computeInterfaceTypeSet, type TypeSet } from './typeset.ts';
import { namedMethod, namedNumMethods, unpack } from './named.ts';

export {
  Basic, BasicKind, IsBoolean, IsComplex, IsConstType, IsFloat, IsInteger, IsNumeric, IsOrdered, IsString, IsUnsigned, IsUntyped, Typ, universeByte, universeRune,
} from './basic.ts';

export type Type = Basic | Named | Alias | PointerT | ArrayT | SliceT | MapT | ChanT | StructT | Tuple | Signature | InterfaceT | TypeParam | Union;

// Type literals ---------------------------------------------------------------

export class PointerT {
  readonly kind = 'Pointer';
  constructor(public elem: Type) {}
}

/** len is −1 while unknown or after an error. */
export class ArrayT {
  readonly kind = 'Array';
  constructor(public elem: Type, public len: number) {}
}

export class SliceT {
  readonly kind = 'Slice';
  constructor(public elem: Type) {}
}

export class MapT {
  readonly kind = 'Map';
  constructor(public key: Type, public elem: Type) {}
}

export const SendRecv = 0, SendOnly = 1, RecvOnly = 2;
export type ChanDir = 0 | 1 | 2;

export class ChanT {
  readonly kind = 'Chan';
  constructor(public dir: ChanDir, public elem: Type) {}
}

/** Bytes; offsets by field, size −1 if too large. */
export interface StructLayout { readonly size: number; readonly align: number; readonly ptrdata: number; readonly offsets: readonly number[] }

/** tags is empty, or has one entry per field up to the last tagged one. */
export class StructT {
  readonly kind = 'Struct';
  /** Computed by sizes.ts on first use. */
  layout: StructLayout | null = null;
  constructor(public fields: Var[] = [], public tags: string[] = []) {}
  tag(i: number): string { return this.tags[i] ?? ''; }
}

/** An ordered list of variables: parameters, results, the type of a multi-valued expression. */
export class Tuple {
  readonly kind = 'Tuple';
  constructor(readonly vars: readonly Var[] = []) {}
  get length(): number { return this.vars.length; }
  at(i: number): Var { return this.vars[i]; }
}
export const emptyTuple = new Tuple();

/** A function type; recv (ignored by identity) is set for methods. If variadic, the last parameter has a slice type. */
export class Signature {
  readonly kind = 'Signature';
  /** Receiver type parameters. */
  rparams: TypeParam[] = [];
  tparams: TypeParam[] = [];
  /** Scope of the function's parameters and body. */
  scope: Scope | null = null;
  constructor(public recv: Var | null = null, public params: Tuple = emptyTuple, public results: Tuple = emptyTuple, public variadic = false) {}
  /** A shallow copy. */
  copy(): Signature {
    const s = new Signature(this.recv, this.params, this.results, this.variadic);
    s.rparams = this.rparams; s.tparams = this.tparams; s.scope = this.scope;
    return s;
  }
}

/** An interface: methods written in it (sorted by id once complete) and embedded elements. */
export class InterfaceT {
  readonly kind = 'Interface';
  /** Positions of the embedded elements, parallel to embeddeds; null after checking. */
  embedPos: Pos[] | null = null;
  /** Wraps a constraint literal such as ~int|string that was written without `interface`. */
  implicit = false;
  /** All fields but tset are set up. */
  complete = false;
  tset: TypeSet | null = null;
  constructor(public check: Checker | null, public methods: Func[] = [], public embeddeds: Type[] = []) {}
  /** The type set, computed on first use: all methods (embedded ones too, sorted by id) and the type terms. */
  typeSet(): TypeSet { return this.tset ?? computeInterfaceTypeSet(this.check, this); }
}

/** interface{}, the underlying type of any. */
export const emptyInterface = new InterfaceT(null);
emptyInterface.complete = true;

export class Term {
  constructor(readonly tilde: boolean, readonly type: Type) {}
}

/** A union of constraint terms; appears only embedded in interfaces. */
export class Union {
  readonly kind = 'Union';
  constructor(readonly terms: readonly Term[]) {}
}

// Types with a name -----------------------------------------------------------

let lastTypeParamID = 0;

/** A type parameter. bound may be any type; iface() (typeparam.ts) is the interface it amounts to. */
export class TypeParam {
  readonly kind = 'TypeParam';
  readonly id: number;
  /** Position among its siblings; −1 until bound to a declaration. */
  index = -1;
  constructor(public check: Checker | null, public obj: TypeName, public bound: Type) {
    this.id = ++lastTypeParamID;
  }
}

/** A declared alias, or an instance of a generic one. */
export class Alias {
  readonly kind = 'Alias';
  /** The generic alias this one instantiates; itself otherwise. */
  orig: Alias = this;
  tparams: TypeParam[] = [];
  targs: readonly Type[] = [];
  /** The type it denotes, never an alias; set once known. */
  actual: Type | null = null;
  /** fromRHS: the right-hand side of the declaration; may be an alias, null while being declared. */
  constructor(public obj: TypeName, public fromRHS: Type | null) {}
}

/** What an instantiated Named keeps beside the rest. */
export interface NamedInstance {
  readonly orig: Named;
  readonly targs: readonly Type[];
  expandedMethods: number;
  ctxt: Context | null;
}

/** What the loader of an imported type gives. */
export interface LoadedNamed { readonly tparams: TypeParam[]; readonly underlying: Type; readonly methods: Func[]; readonly delayed: (() => void)[] }

/**
 * A defined type or an instance of a generic one. Fields ending in _ are filled
 * lazily: read them through the methods (and under() for the underlying type).
 */
export class Named {
  readonly kind = 'Named';
  inst: NamedInstance | null = null;
  /** Bits of the life cycle, see named.ts. */
  state = 0;
  allowNilRHS = false;
  allowNilUnderlying = false;
  tparams_: TypeParam[] = [];
  underlying_: Type | null = null;
  /** Whether the size is finite (cycles.ts); null: not known yet. */
  finite: boolean | null = null;
  /** Declared methods; instances expand theirs one by one (null: not yet). */
  methods_: (Func | null)[] = [];
  loader: ((n: Named) => LoadedNamed) | null = null;
  /** obj of an instance is a placeholder at the place of instantiation; decl() is the declaration's. */
  constructor(public check: Checker | null, public obj: TypeName, public fromRHS: Type | null) {}
  /** The type name of the declaration (of the generic type for instances). */
  decl(): TypeName { return this.inst ? this.inst.orig.obj : this.obj; }
  /** The generic type an instance was made from; itself otherwise. */
  origin(): Named { return this.inst ? this.inst.orig : this; }
  get targs(): readonly Type[] { return this.inst ? this.inst.targs : noTypes; }
  get tparams(): TypeParam[] { return unpack(this).tparams_; }
  numMethods(): number { return namedNumMethods(this); }
  /** The i'th declared method, its signature expanded for instances. */
  method(i: number): Func { return namedMethod(this, i); }
}

const noTypes: readonly Type[] = [];
