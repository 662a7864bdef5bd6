/**
 * Methods of a type, embedded ones included: which declared method a name means,
 * by what path of fields, and whether the method set of the type (not only of an
 * addressable variable of it) has it.
 *
 * Shallowest first; two at one depth hide each other. A method with a pointer
 * receiver is in the set of T only if a pointer is followed on the way.
 */
import type { Package } from '../types/package.ts';
import type { Func as FuncObj } from '../types/object.ts';
import { sameId } from '../types/object.ts';
import type { Named, Type } from '../types/type.ts';
import { under } from '../types/under.ts';

interface FoundMethod { readonly obj: FuncObj; readonly path: readonly number[]; readonly inSet: boolean }

interface Level { readonly type: Type; readonly path: readonly number[]; readonly viaPtr: boolean }

function plain(t: Type): Type { return t.kind === 'Alias' ? (t.actual ?? t.fromRHS ?? t) : t; }

/** The method pkg.name of t; undefined if there is none (or a field hides it, or it is ambiguous). */
export function findMethod(t0: Type, pkg: Package | null, name: string): FoundMethod | undefined {
  let t = plain(t0), viaPtr = false;
  if (t.kind === 'Pointer') {
    t = plain(t.elem);
    viaPtr = true;
    if (under(t).kind === 'Interface') return undefined;
  }
  let level: Level[] = [{ type: t, path: [], viaPtr }];
  const seen = new Set<Type>();
  while (level.length > 0) {
    const next: Level[] = [];
    let found: FoundMethod | undefined, count = 0;
    for (const l of level) {
      const type = l.type;
      if (type.kind === 'Named') {
        if (seen.has(type.origin()) && type.targs.length === 0) continue;
        seen.add(type.origin());
        const m = declared(type, pkg, name);
        if (m) {
          found = { obj: m, path: l.path, inSet: l.viaPtr || !m.hasPtrRecv() };
          count++;
          continue;
        }
      }
      const u = under(type);
      if (u.kind === 'Struct') {
        u.fields.forEach((f, i) => {
          if (sameId(f, pkg, name, false)) { found = undefined; count += 2; }
          if (!f.embedded) return;
          const e = plain(f.type);
          const p = e.kind === 'Pointer';
          next.push({ type: p ? plain(e.elem) : e, path: [...l.path, i], viaPtr: l.viaPtr || p });
        });
      } else if (u.kind === 'Interface') {
        const m = u.typeSet().methods.find((x) => sameId(x, pkg, name, false));
        if (m) {
          found = { obj: m, path: l.path, inSet: true };
          count++;
        }
      }
    }
    if (count > 0) return count === 1 ? found : undefined;
    level = next;
  }
  return undefined;
}

function declared(t: Named, pkg: Package | null, name: string): FuncObj | undefined {
  for (let i = 0, n = t.numMethods(); i < n; i++) {
    const o = t.origin().method(i);
    if (sameId(o, pkg, name, false)) return t.method(i);
  }
  return undefined;
}

/** All methods in the method set of t, by name. */
export function methodSet(t0: Type): FoundMethod[] {
  const names = new Map<string, FuncObj>();
  const seen = new Set<Type>();
  const visit = (t1: Type, depth: number): void => {
    let t = plain(t1);
    if (t.kind === 'Pointer') t = plain(t.elem);
    if (seen.has(t) || depth > 50) return;
    seen.add(t);
    if (t.kind === 'Named') for (let i = 0, n = t.numMethods(); i < n; i++) { const o = t.method(i); names.set(o.id, o); }
    const u = under(t);
    if (u.kind === 'Struct') for (const f of u.fields) if (f.embedded) visit(f.type, depth + 1);
    if (u.kind === 'Interface') for (const m of u.typeSet().methods) names.set(m.id, m);
  };
  visit(t0, 0);
  const out: FoundMethod[] = [];
  for (const o of names.values()) {
    if (o.name === '_') continue;
    const f = findMethod(t0, o.pkg, o.name);
    if (f?.inSet) out.push(f);
  }
  return out.sort((a, b) => (a.obj.name < b.obj.name ? -1 : a.obj.name > b.obj.name ? 1 : 0));
}
