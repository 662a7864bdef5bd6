/** What may follow a dot: the fields and methods of a type, found as the checker finds them. */
import { deref, lookupFieldOrMethod } from '../types/lookup.ts';
import type { Func, Obj, Var } from '../types/object.ts';
import type { Package } from '../types/package.ts';
import { identical } from '../types/predicates.ts';
import type { Named, Type } from '../types/type.ts';
import { asNamed, under } from '../types/under.ts';

export interface Member { readonly obj: Var | Func; /** Embedded fields passed through: 0 for the type's own. */ readonly depth: number }

/** Selectable fields and methods of a value of type t seen from pkg: exported ones, and pkg's own. addressable: methods of *t count. */
export function membersOf(t: Type, addressable: boolean, pkg: Package): Member[] {
  const candidates = new Map<string, Package | null>();
  const seen: Named[] = [];
  const add = (o: Obj): void => { if (o.name !== '_' && (o.exported || o.pkg === pkg) && !candidates.has(o.name)) candidates.set(o.name, o.pkg); };
  const visit = (x: Type, depth: number): void => {
    const [base] = deref(x), named = asNamed(base);
    if (named) {
      if (depth > 20 || seen.some((s) => s === named || identical(s, named))) return;
      seen.push(named);
      for (let i = 0; i < named.numMethods(); i++) add(named.method(i));
    }
    const u = under(base);
    if (u.kind === 'Struct') {
      for (const f of u.fields) { add(f); if (f.embedded) visit(f.type, depth + 1); }
    } else if (u.kind === 'Interface') {
      for (const m of u.typeSet().methods) add(m);
    } else if (named && u.kind === 'Pointer') visit(u, depth + 1);
  };
  visit(t, 0);
  const out: Member[] = [];
  for (const [name, from] of candidates) {
    const r = lookupFieldOrMethod(t, addressable, from ?? pkg, name);
    if (r.obj) out.push({ obj: r.obj, depth: (r.index?.length ?? 1) - 1 });
  }
  return out.sort((a, b) => a.depth - b.depth || (a.obj.kind === b.obj.kind ? 0 : a.obj.kind === 'Var' ? -1 : 1) || (a.obj.kind === 'Var' ? a.obj.pos - b.obj.pos : a.obj.name < b.obj.name ? -1 : 1));
}
