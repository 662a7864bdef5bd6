/** Fields and methods: finding them through embedding, and what a type lacks to implement an interface. */
import type { Checker } from './check.ts';
import { objDecl } from './decl.ts';
import { checkSprintf, qualifierOf } from './format.ts';
import { implements_ } from './instantiate.ts';
import { lookupMethod } from './named.ts';
import { sameId, type Func, type Var } from './object.ts';
import type { Package } from './package.ts';
import { identical, isInterface, isTypeParam, isValid } from './predicates.ts';
import { Typ, type InterfaceT, type Named, type StructT, type Type } from './type.ts';
import { TypeWriter } from './typestring.ts';
import { asNamed, unalias, under, type Cause } from './under.ts';

/**
 * What a lookup found. obj null: nothing usable; then index !== null means the
 * name is ambiguous, and indirect means a method was found whose pointer receiver
 * cannot be had. index is the path of embedded fields ending in the field or method.
 */
export interface Lookup { readonly obj: Var | Func | null; readonly index: readonly number[] | null; readonly indirect: boolean }
const nothing: Lookup = { obj: null, index: null, indirect: false };

/** Finds field or method pkg.name of T; addressable: x.name is addressable, so methods of *T count. */
export function lookupFieldOrMethod(T: Type, addressable: boolean, pkg: Package | null, name: string, foldCase = false): Lookup {
  // A defined pointer type has the fields of what it points to, but no methods.
  const named = asNamed(T);
  if (named) {
    const p = under(named);
    if (p.kind === 'Pointer') {
      const r = lookupFieldOrMethodImpl(p, false, pkg, name, foldCase);
      return r.obj?.kind === 'Func' ? nothing : r;
    }
  }
  return lookupFieldOrMethodImpl(T, addressable, pkg, name, foldCase);
}

/** A type to search, reached through embedded fields. multiples: it occurs several times at its depth. */
interface Embedded { readonly type: Type; readonly index: readonly number[]; readonly indirect: boolean; multiples: boolean }

function lookupFieldOrMethodImpl(T: Type, addressable: boolean, pkg: Package | null, name: string, foldCase: boolean): Lookup {
  if (name === '_') return nothing;
  const [typ, isPtr] = deref(T);
  if (isPtr && isInterface(typ)) return nothing;
  let current: Embedded[] = [{ type: typ, index: [], indirect: isPtr, multiples: false }];
  const seen: Named[] = []; // types met at lesser depths hide themselves deeper down
  while (current.length > 0) {
    const next: Embedded[] = [];
    let obj: Var | Func | null = null, index: readonly number[] = [], indirect = false, collision = false;
    const found = (e: Embedded, o: Var | Func, i: number): void => {
      index = [...e.index, i];
      if (obj !== null || e.multiples) collision = true;
      obj = o;
      indirect = e.indirect;
    };
    for (const e of current) {
      const named = asNamed(e.type);
      if (named) {
        if (seen.some((s) => s === named || identical(s, named))) continue;
        seen.push(named);
        const m = lookupMethod(named, pkg, name, foldCase);
        if (m) {
          found(e, m[1], m[0]);
          if (collision) return { obj: null, index, indirect: false };
          continue;
        }
      }
      const u = under(e.type);
      if (u.kind === 'Struct') {
        for (let i = 0; i < u.fields.length; i++) {
          const f = u.fields[i];
          if (sameId(f, pkg, name, foldCase)) {
            found(e, f, i);
            if (collision) return { obj: null, index, indirect: false };
          } else if (obj === null && f.embedded) {
            const [t, ptr] = deref(f.type);
            next.push({ type: t, index: [...e.index, i], indirect: e.indirect || ptr, multiples: e.multiples });
          }
        }
      } else if (u.kind === 'Interface') {
        const i = u.typeSet().lookupMethod(pkg, name, foldCase);
        if (i >= 0) {
          found(e, u.typeSet().methods[i], i);
          if (collision) return { obj: null, index, indirect: false };
        }
      }
    }
    if (obj !== null) {
      const o = obj as Var | Func;
      if (o.kind === 'Func' && o.hasPtrRecv() && !indirect && !addressable) return { obj: null, index: null, indirect: true };
      return { obj: o, index, indirect };
    }
    current = consolidate(next);
  }
  return nothing;
}

/** One entry per type, marked if there were several. */
function consolidate(list: Embedded[]): Embedded[] {
  if (list.length <= 1) return list;
  const out: Embedded[] = [];
  for (const e of list) {
    const same = out.find((o) => o.type === e.type || identical(o.type, e.type));
    if (same) same.multiples = true; else out.push(e);
  }
  return out;
}

// Implementing interfaces --------------------------------------------------------------

export type Equivalent = (x: Type, y: Type) => boolean;

/**
 * The first method of interface T that V lacks, or null. static: V's dynamic type
 * does not matter even if V is an interface. wrongType: there is one by that name.
 */
export function missingMethod(check: Checker | null, V: Type, T: Type, static_: boolean, equivalent: Equivalent, cause: Cause | null): { method: Func; wrongType: boolean } | null {
  const methods = (under(T) as InterfaceT).typeSet().methods;
  if (methods.length === 0) return null;
  let state: 'ok' | 'notFound' | 'wrongName' | 'unexported' | 'wrongSig' | 'ambigSel' | 'ptrRecv' | 'field' = 'ok';
  let m!: Func, f: Func | null = null;
  const u = under(V);
  if (u.kind === 'Interface') {
    const tset = u.typeSet();
    for (m of methods) {
      const i = tset.lookupMethod(m.pkg, m.name);
      f = i >= 0 ? tset.methods[i] : null;
      if (f === null) {
        if (!static_) continue;
        state = 'notFound';
        break;
      }
      if (!equivalent(f.type, m.type)) { state = 'wrongSig'; break; }
    }
  } else {
    for (m of methods) {
      const r = lookupFieldOrMethodImpl(V, false, m.pkg, m.name, false);
      if (r.obj === null) {
        if (r.index !== null) state = 'ambigSel';
        else if (r.indirect) state = 'ptrRecv';
        else {
          state = 'notFound';
          const alt = lookupFieldOrMethodImpl(V, false, m.pkg, m.name, true).obj;
          f = alt?.kind === 'Func' ? alt : null;
          if (f) state = f.name === m.name ? 'unexported' : 'wrongName';
        }
        break;
      }
      if (r.obj.kind !== 'Func') { f = null; state = 'field'; break; }
      f = r.obj;
      if (check) objDecl(check, f);
      if (!equivalent(f.type, m.type)) { state = 'wrongSig'; break; }
    }
  }
  if (state === 'ok') return null;
  if (cause) {
    if (f && check) objDecl(check, f);
    const fmt = (s: string, ...args: Parameters<typeof checkSprintf>[2][]): string => checkSprintf(check, s, ...args);
    switch (state) {
      case 'notFound':
        cause.text = isInterfacePtr(V) ? `(${interfacePtrError(check, V)})` : isInterfacePtr(T) ? `(${interfacePtrError(check, T)})` : `(missing method ${m.name})`;
        break;
      case 'wrongName':
        cause.text = `(missing method ${m.name})\n\t\thave ${funcString(check, f!, false)}\n\t\twant ${funcString(check, m, false)}`;
        break;
      case 'unexported': cause.text = `(unexported method ${m.name})`; break;
      case 'wrongSig': {
        let have = funcString(check, f!, false), want = funcString(check, m, false);
        if (have === want) { have = funcString(check, f!, true); want = funcString(check, m, true); }
        // Type parameters of the same name may still look alike.
        cause.text = `(wrong type for method ${m.name})` + (have === want ? '' : `\n\t\thave ${have}\n\t\twant ${want}`);
        break;
      }
      case 'ambigSel': cause.text = fmt('(ambiguous selector %s.%s)', V, m.name); break;
      case 'ptrRecv': cause.text = `(method ${m.name} has pointer receiver)`; break;
      case 'field': cause.text = fmt('(%s.%s is a field, not a method)', V, m.name); break;
    }
  }
  return { method: m, wrongType: state === 'wrongSig' || state === 'ptrRecv' };
}

/** missingMethod finds nothing, or V is broken so that one cannot tell. */
export function hasAllMethods(check: Checker | null, V: Type, T: Type, static_: boolean, equivalent: Equivalent, cause: Cause | null): boolean {
  if (!isValid(V)) return true;
  return missingMethod(check, V, T, static_, equivalent, cause) === null || hasInvalidEmbeddedFields(V, new Set());
}

function hasInvalidEmbeddedFields(T: Type, seen: Set<StructT>): boolean {
  const s = under(derefStructPtr(T));
  if (s.kind !== 'Struct' || seen.has(s)) return false;
  seen.add(s);
  return s.fields.some((f) => f.embedded && (!isValid(f.type) || hasInvalidEmbeddedFields(f.type, seen)));
}

/** A pointer to an interface: almost always a mistake. */
export function isInterfacePtr(T: Type): boolean {
  const p = under(T);
  return p.kind === 'Pointer' && isInterface(p.elem);
}

export function interfacePtrError(check: Checker | null, T: Type): string {
  const p = under(T);
  if (p.kind === 'Pointer' && isTypeParam(p.elem)) return checkSprintf(check, 'type %s is pointer to type parameter, not type parameter', T);
  return checkSprintf(check, 'type %s is pointer to interface, not interface', T);
}

/** A method as `Name(params) results`; pkgInfo: with package paths. */
export function funcString(check: Checker | null, f: Func, pkgInfo: boolean): string {
  const w = new TypeWriter(pkgInfo ? null : qualifierOf(check));
  w.pkgInfo = pkgInfo;
  w.paramNames = false;
  w.signature(f.signature);
  return f.name + w.buf;
}

/** x.(T) can hold for x of interface type V. */
export function assertableTo(check: Checker | null, V: Type, T: Type, cause: Cause | null): boolean {
  return isInterface(T) || hasAllMethods(check, T, V, false, identical, cause);
}
export function newAssertableTo(check: Checker | null, V: Type, T: Type, cause: Cause | null): boolean {
  return isInterface(T) || implements_(check, T, V, false, cause);
}

// Small helpers ---------------------------------------------------------------------------

/** The base of an (undefined) pointer type and true; any other type and false. */
export function deref(t: Type): [Type, boolean] {
  const p = unalias(t);
  return p.kind === 'Pointer' ? [p.elem ?? Typ.Invalid, true] : [t, false];
}

/** The struct a pointer points to; any other type itself. */
export function derefStructPtr(t: Type): Type {
  const p = under(t);
  return p.kind === 'Pointer' && under(p.elem).kind === 'Struct' ? p.elem : t;
}

export function fieldIndex(fields: readonly Var[], pkg: Package | null, name: string, foldCase: boolean): number {
  return name === '_' ? -1 : fields.findIndex((f) => sameId(f, pkg, name, foldCase));
}

