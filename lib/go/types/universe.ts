/**
 * The universe: what every Go program finds declared, and package unsafe.
 *
 * Made on first use, because its parts need each other's modules to be loaded.
 */
import { makeBool, makeInt } from './constant.ts';
import { Builtin, Const, Func, Nil, TypeName, Var, type Obj } from './object.ts';
import { Package } from './package.ts';
import { Scope } from './scope.ts';
import { Alias, emptyInterface, InterfaceT, Named, Signature, Tuple, Typ, universeByte, universeRune, type Basic } from './type.ts';
import { allTermlist, TypeSet } from './typeset.ts';
import { under } from './under.ts';

/** How a builtin may be used: its result is a value, or it stands alone as a statement. */
export interface BuiltinFact { readonly nargs: number; readonly variadic: boolean; readonly kind: 'expression' | 'statement' }

const e = (nargs: number, variadic = false): BuiltinFact => ({ nargs, variadic, kind: 'expression' });
const s = (nargs: number, variadic = false): BuiltinFact => ({ nargs, variadic, kind: 'statement' });

/** The builtins by name; those with upper-case names belong to unsafe; assert and trace exist only for checker tests. */
export const predeclaredFuncs: Readonly<Record<string, BuiltinFact>> = {
  append: e(1, true), cap: e(1), clear: s(1), close: s(1), complex: e(2), copy: s(2), delete: s(2), imag: e(1), len: e(1), make: e(1, true),
  max: e(1, true), min: e(1, true), new: e(1), panic: s(1), print: s(0, true), println: s(0, true), real: e(1), recover: s(0),
  Add: e(2), Alignof: e(1), Offsetof: e(1), Sizeof: e(1), Slice: e(2), SliceData: e(1), String: e(2), StringData: e(1),
  assert: s(1), trace: s(0, true),
};

interface Universe { readonly scope: Scope; readonly unsafe: Package; readonly error: Named; readonly comparable: TypeName; readonly any: TypeName; readonly anyType: Alias; readonly iota: Const }

let made: Universe | null = null;
let scope: Scope | null = null;

function build(): Universe {
  scope = new Scope(null, 0, 0, 'universe');
  const uscope = scope;
  const unsafe = new Package('unsafe', 'unsafe');
  unsafe.complete = true;

  const def = (obj: Obj): void => {
    if (obj.exported) { obj.pkg = unsafe; unsafe.scope.insert(obj); } else uscope.insert(obj);
  };
  for (const t of Object.values(Typ)) if (!t.name.includes(' ')) def(new TypeName(0, null, t.name, t));
  for (const t of [universeByte, universeRune]) def(new TypeName(0, null, t.name, t));

  const any = new TypeName(0, null, 'any', null);
  const anyType = new Alias(any, emptyInterface);
  anyType.actual = emptyInterface;
  any.type = anyType;
  def(any);

  const errorName = new TypeName(0, null, 'error', null);
  const error = new Named(null, errorName, null);
  errorName.type = error;
  const errorIface = new InterfaceT(null, [new Func(0, null, 'Error',
    new Signature(new Var('recv', 0, null, '', error), new Tuple(), new Tuple([new Var('result', 0, null, '', Typ.String)])))]);
  errorIface.complete = true;
  errorIface.typeSet();
  error.fromRHS = errorIface;
  under(error);
  def(errorName);

  const comparable = new TypeName(0, null, 'comparable', null);
  const comparableType = new Named(null, comparable, null);
  comparable.type = comparableType;
  const comparableIface = new InterfaceT(null);
  comparableIface.complete = true;
  comparableIface.tset = new TypeSet([], allTermlist, true);
  comparableType.fromRHS = comparableIface;
  under(comparableType);
  def(comparable);

  def(new Const(0, null, 'true', Typ.UntypedBool, makeBool(true)));
  def(new Const(0, null, 'false', Typ.UntypedBool, makeBool(false)));
  const iota = new Const(0, null, 'iota', Typ.UntypedInt, makeInt(0n));
  def(iota);
  def(new Nil());
  for (const name of Object.keys(predeclaredFuncs)) if (name !== 'assert' && name !== 'trace') def(new Builtin(name, null));
  return { scope: uscope, unsafe, error, comparable, any, anyType, iota };
}

function all(): Universe { return (made ??= build()); }

/** The outermost scope. */
export function universe(): Scope { return scope ?? all().scope; }
export function unsafePkg(): Package | null { return made?.unsafe ?? (scope ? null : all().unsafe); }
export function universeError(): Named { return all().error; }
export function universeComparable(): TypeName { return all().comparable; }
/** The alias `any`. */
export function universeAny(): Alias { return all().anyType; }
export function universeIota(): Const { return all().iota; }

/** Declares assert and trace, which only checker tests use. */
export function defPredeclaredTestFuncs(): void {
  for (const name of ['assert', 'trace']) universe().insert(new Builtin(name, null));
}

let byName: Map<string, Basic> | null = null;

/** A basic type by its name: typ('int'), typ('unsafe.Pointer'), typ('untyped nil'). */
export function typ(name: string): Basic {
  byName ??= new Map<string, Basic>(Object.values(Typ).map((b) => [b.name === 'Pointer' ? 'unsafe.Pointer' : b.name, b]));
  const t = byName.get(name);
  if (!t) throw new Error(`invalid basic type: ${name}`);
  return t;
}
