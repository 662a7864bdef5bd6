/** Type parameters: creation, and the interface a bound amounts to. */
import type { Checker } from './check.ts';
import { needsCleanup } from './check.ts';
import type { TypeName } from './object.ts';
import { isTypeParam, isValid } from './predicates.ts';
import { emptyInterface, InterfaceT, TypeParam, type Type } from './type.ts';
import type { TypeTerm } from './termlist.ts';
import { computeInterfaceTypeSet } from './typeset.ts';
import { under } from './under.ts';

/** A new type parameter named obj; it becomes obj's type. bound may be given later. */
export function newTypeParam(check: Checker | null, obj: TypeName, bound: Type | null): TypeParam {
  const t = new TypeParam(check, obj, bound as Type);
  if (obj.type === null) obj.type = t;
  if (check) needsCleanup(check, t);
  else if (bound) iface(t);
  return t;
}

/** Gives the parameters of one declaration their indices. */
export function bindTParams(list: TypeParam[]): TypeParam[] {
  list.forEach((t, i) => { t.index = i; });
  return list;
}

/** The constraint of t as an interface; a bound that is not one is wrapped (and kept so). */
export function iface(t: TypeParam): InterfaceT {
  const bound = t.bound;
  if (bound === null) return emptyInterface;
  const u = under(bound);
  let ityp: InterfaceT;
  if (u.kind === 'Interface') {
    if (isTypeParam(bound)) return emptyInterface; // reported where the parameter is declared
    ityp = u;
  } else {
    if (!isValid(u)) return emptyInterface;
    ityp = new InterfaceT(null, [], [bound]);
    ityp.implicit = ityp.complete = true;
    t.bound = ityp;
  }
  if (!ityp.tset) computeInterfaceTypeSet(t.check, ityp);
  return ityp;
}

/** f holds for each term of t's constraint (f(null) if it has no specific ones). */
export function tparamIs(t: TypeParam, f: (t: TypeTerm | null) => boolean): boolean { return iface(t).typeSet().is(f); }

/** Last step of checking: the bound is settled, the checker let go. */
export function cleanupTypeParam(t: TypeParam): void { iface(t); t.check = null; }
