/** Does a concrete type have the methods of an interface? (typecheck.Implements) */
import type { Type } from '../types/type.ts';
import { findMethod } from '../ir/methodset.ts';
import { identical, methodValueType, under } from '../ir/typeutil.ts';

export function implementsIface(t: Type, iface: Type): boolean {
  const u = under(iface);
  if (u.kind !== 'Interface') return false;
  return u.typeSet().methods.every((m) => {
    const f = findMethod(t, m.pkg, m.name);
    return f !== undefined && f.inSet && identical(methodValueType(f.obj.signature), methodValueType(m.signature));
  });
}
