/**
 * Objects: what a name denotes. One class per sort of declaration, told apart by `kind`.
 */
import type { Pos } from '../../base/pos.ts';
import type { Value } from './constant.ts';
import type { Package } from './package.ts';
import type { Scope } from './scope.ts';
import { Named, Signature, Typ, universeByte, universeRune, type LoadedNamed, type Type } from './type.ts';
import { unsafePkg } from './universe.ts';
import { deref } from './lookup.ts';

export type Obj = PkgName | Const | TypeName | Var | Func | Label | Builtin | Nil;

/** What all objects have. type is null (behind the cast) until the checker has determined it. */
abstract class ObjBase {
  /** Scope of the declaration; null for methods and struct fields. */
  parent: Scope | null = null;
  type: Type;
  /** Rank among package-level declarations, from 1 in source order; 0: not one of them. */
  order = 0;
  /** Where the scope of a local object starts; 0: visible everywhere in its scope. */
  scopePos: Pos = 0;
  constructor(public pos: Pos, public pkg: Package | null, public name: string, type: Type | null) { this.type = type as Type; }
  get exported(): boolean { return isExported(this.name); }
  /** The name if exported, else qualified by package path: equal ids are equal fields or methods. */
  get id(): string { return objectId(this.pkg, this.name); }
}

/** An imported package's name in a file. */
export class PkgName extends ObjBase {
  readonly kind = 'PkgName';
  used = false;
  constructor(pos: Pos, pkg: Package | null, name: string, readonly imported: Package) { super(pos, pkg, name, Typ.Invalid); }
}

export class Const extends ObjBase {
  readonly kind = 'Const';
  constructor(pos: Pos, pkg: Package | null, name: string, type: Type | null, public val: Value | null) { super(pos, pkg, name, type); }
}

/** The name of a defined type, alias, type parameter or predeclared type. */
export class TypeName extends ObjBase {
  readonly kind = 'TypeName';
  /** A type imported on demand: load is asked when its details are first needed. */
  static lazy(pos: Pos, pkg: Package | null, name: string, load: (n: Named) => LoadedNamed): TypeName {
    const obj = new TypeName(pos, pkg, name, null);
    const n = new Named(null, obj, null);
    n.loader = load;
    obj.type = n;
    return obj;
  }
  /** The name is another name for a type declared elsewhere. */
  isAlias(): boolean {
    const t = this.type;
    if (t === null) return false;
    switch (t.kind) {
      case 'Basic':
        if (this.pkg === unsafePkg()) return false;
        return this.pkg !== null || t.name !== this.name || t === universeByte || t === universeRune;
      case 'Named': case 'TypeParam': return this !== t.obj;
      default: return true;
    }
  }
}

export type VarKind = 'package' | 'local' | 'recv' | 'param' | 'result' | 'field';

/** A variable, parameter, result or struct field. */
export class Var extends ObjBase {
  readonly kind = 'Var';
  /** The variable of the generic declaration this one was instantiated from. */
  origin: Var | null = null;
  /** An embedded field; name is the type's name. */
  embedded = false;
  used = false;
  constructor(public varKind: VarKind, pos: Pos, pkg: Package | null, name: string, type: Type | null) { super(pos, pkg, name, type); }
  static newField(pos: Pos, pkg: Package | null, name: string, type: Type | null, embedded: boolean): Var {
    const v = new Var('field', pos, pkg, name, type);
    v.embedded = embedded;
    return v;
  }
  static newParam(pos: Pos, pkg: Package | null, name: string, type: Type | null): Var { return new Var('param', pos, pkg, name, type); }
  get isField(): boolean { return this.varKind === 'field'; }
}

/** A declared function, a method or an interface method. Its type is a Signature. */
export class Func extends ObjBase {
  readonly kind = 'Func';
  /** For methods not yet checked: the receiver is written *T. Read hasPtrRecv(). */
  hasPtrRecv_ = false;
  /** The function of the generic declaration this one was instantiated from. */
  origin: Func | null = null;
  constructor(pos: Pos, pkg: Package | null, name: string, sig: Signature | null) { super(pos, pkg, name, sig); }
  get signature(): Signature { return this.type === null ? new Signature() : (this.type as Signature); }
  /** The receiver is a pointer. */
  hasPtrRecv(): boolean {
    const sig = this.type as Signature | null;
    if (sig && sig.recv) return deref(sig.recv.type)[1];
    return this.hasPtrRecv_;
  }
}
export { Func as FuncObj };

export class Label extends ObjBase {
  readonly kind = 'Label';
  used = false;
  constructor(pos: Pos, pkg: Package | null, name: string) { super(pos, pkg, name, Typ.Invalid); }
}

/** A predeclared function or one of package unsafe; facts about it are in universe.ts. */
export class Builtin extends ObjBase {
  readonly kind = 'Builtin';
  constructor(name: string, pkg: Package | null) { super(0, pkg, name, Typ.Invalid); }
}

/** The predeclared nil. */
export class Nil extends ObjBase {
  readonly kind = 'Nil';
  constructor() { super(0, null, 'nil', Typ.UntypedNil); }
}

/** The name begins with an upper-case letter (Unicode class Lu). */
export function isExported(name: string): boolean {
  const c = name.charCodeAt(0);
  if (c < 0x80) return c >= 65 && c <= 90;
  return /^\p{Lu}/u.test(name);
}

export function objectId(pkg: Package | null, name: string): string {
  if (isExported(name)) return name;
  return `${pkg && pkg.path !== '' ? pkg.path : '_'}.${name}`;
}

/** Same package by path; null only equals null. */
export function samePkg(a: Package | null, b: Package | null): boolean {
  if (a === null || b === null) return a === b;
  return a.path === b.path;
}

/** Whether obj is what selector pkg.name means; foldCase accepts another case of the letters too. */
export function sameId(obj: Obj, pkg: Package | null, name: string, foldCase: boolean): boolean {
  if (obj.name !== name) return foldCase && obj.name.toLowerCase() === name.toLowerCase();
  return foldCase || isExported(name) || samePkg(obj.pkg, pkg);
}

/** Order of methods: exported names first, then by name, then by package path. */
export function compareObjects(a: Obj, b: Obj): number {
  if (a === b) return 0;
  const ea = a.exported, eb = b.exported;
  if (ea !== eb) return ea ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  if (ea) return 0;
  const pa = a.pkg?.path ?? '', pb = b.pkg?.path ?? '';
  return pa < pb ? -1 : pa > pb ? 1 : 0;
}

/** Finds duplicates among fields or methods. insert returns the object already there under that id. */
export class ObjSet {
  readonly #m = new Map<string, Obj>();
  insert(obj: Obj): Obj | null {
    const id = obj.id, alt = this.#m.get(id);
    if (alt) return alt;
    this.#m.set(id, obj);
    return null;
  }
}
