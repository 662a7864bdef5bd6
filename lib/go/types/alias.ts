/** Aliases, generic ones included. */
import type { Pos } from '../../base/pos.ts';
import { needsCleanup, type Checker } from './check.ts';
import type { Context } from './context.ts';
import { TypeName } from './object.ts';
import { makeSubstMap, subst } from './subst.ts';
import { Alias, type Named, type Type } from './type.ts';
import { unalias } from './under.ts';

export { unalias, asNamed } from './under.ts';

/** An alias declared as obj (whose type it becomes); rhs null: still being declared. */
export function newAlias(check: Checker | null, obj: TypeName, rhs: Type | null): Alias {
  const a = new Alias(obj, rhs);
  if (obj.type === null) obj.type = a;
  if (check) needsCleanup(check, a);
  return a;
}

/** orig[targs…]; pos is where it was written. */
export function newAliasInstance(check: Checker | null, pos: Pos, orig: Alias, targs: readonly Type[], expanding: Named | null, ctxt: Context | null): Alias {
  const obj = new TypeName(pos, orig.obj.pkg, orig.obj.name, null);
  const rhs = subst(check, pos, orig.fromRHS!, makeSubstMap(orig.tparams, targs), expanding, ctxt);
  const a = newAlias(check, obj, rhs);
  a.orig = orig;
  a.tparams = orig.tparams;
  a.targs = targs;
  return a;
}

/** Last step of checking: what it denotes is settled. */
export function cleanupAlias(a: Alias): void { unalias(a); }
