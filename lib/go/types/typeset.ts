/**
 * Type sets of interfaces.
 *
 * The language lets methods be kept apart from terms: a type is in the set if it
 * has all methods and is among the terms. `comparable` is meaningful only when the
 * terms are all types. Sets are computed when an interface is complete and kept
 * in InterfaceT.tset.
 */
import type { Pos } from '../../base/pos.ts';
import { later, type Checker } from './check.ts';
import { isImportedConstraint } from './decl.ts';
import { errorf, newError } from './errors.ts';
import { compareObjects, objectId, ObjSet, sameId, type Func } from './object.ts';
import type { Package } from './package.ts';
import { comparableType, identical, isValid } from './predicates.ts';
import { listIntersect, listIsAll, listIsEmpty, listSubset, listUnion, type TermList, type TypeTerm } from './termlist.ts';
import type { InterfaceT, Type, Union } from './type.ts';
import { unalias, under } from './under.ts';
import { allowVersion, go1_14, go1_18, verifyVersionf } from './version.ts';

/** The term list of all types. */
export const allTermlist: TermList = [{ tilde: false, type: null }];

export class TypeSet {
  #byId: Map<string, number> | null = null;
  /** methods: all methods, sorted by compareObjects. */
  constructor(public methods: readonly Func[], public terms: TermList, public comparable: boolean) {}
  isEmpty(): boolean { return listIsEmpty(this.terms); }
  /** The set of all types: that of the empty interface. */
  isAll(): boolean { return this.isMethodSet() && this.methods.length === 0; }
  /** Described by methods alone. */
  isMethodSet(): boolean { return !this.comparable && listIsAll(this.terms); }
  hasTerms(): boolean { return !listIsEmpty(this.terms) && !listIsAll(this.terms); }
  /** Every type in the set is strictly comparable. */
  isComparable(seen: Set<Type> | null = null): boolean {
    if (listIsAll(this.terms)) return this.comparable;
    return this.is((t) => t !== null && comparableType(t.type!, false, seen) === null);
  }
  subsetOf(o: TypeSet): boolean { return listSubset(this.terms, o.terms); }

  /** Index of the method that pkg.name means, or −1. */
  lookupMethod(pkg: Package | null, name: string, foldCase = false): number {
    if (name === '_') return -1;
    if (!foldCase && this.methods.length > 8) {
      this.#byId ??= new Map(this.methods.map((m, i) => [m.id, i]));
      return this.#byId.get(objectId(pkg, name)) ?? -1;
    }
    return this.methods.findIndex((m) => sameId(m, pkg, name, foldCase));
  }

  /** f holds for each (type, underlying type) of the terms; without specific terms f(null, null) is asked once. */
  all(f: (t: Type | null, u: Type | null) => boolean): boolean {
    if (!this.hasTerms()) return f(null, null);
    return this.terms.every((t) => f(t.type, t.tilde ? unalias(t.type!) : under(t.type!)));
  }
  /** f holds for each term; without specific terms f(null) is asked once. */
  is(f: (t: TypeTerm | null) => boolean): boolean {
    if (!this.hasTerms()) return f(null);
    return this.terms.every(f);
  }
}

/** The set of all types. */
export const topTypeSet = new TypeSet([], allTermlist, false);

/** The set of a union with too many terms. */
const invalidTypeSet = new TypeSet([], [], false);

/** Computes (once) the type set of an interface; check may be null after checking. */
export function computeInterfaceTypeSet(check: Checker | null, ityp: InterfaceT): TypeSet {
  if (ityp.tset) return ityp.tset;
  // Still being declared: answer something harmless and do not keep it.
  if (!ityp.complete) return topTypeSet;
  const tset = (ityp.tset = new TypeSet([], allTermlist, false)); // ends recursion of invalid cyclic interfaces
  const unionSets = check ? check.unionTypeSets : new Map<Union, TypeSet>();

  const seen = new ObjSet();
  const methods: Func[] = [];
  const at = new Map<Func, Pos>(); // where a method was written or embedded
  const duplicate = (c: Checker, where: Pos, m: Func, other: Func): void => {
    const err = newError(c, 'DuplicateDecl');
    err.addf(where, 'duplicate method %s', m.name);
    err.addf(at.get(other)!, 'other declaration of method %s', m.name);
    err.report();
  };
  const addMethod = (where: Pos, m: Func, explicit: boolean): void => {
    const other = seen.insert(m) as Func | null;
    if (other === null) {
      methods.push(m);
      at.set(m, where);
    } else if (check) {
      // Embedded duplicates are fine if identical, which is known only once all types are set up.
      if (explicit) duplicate(check, where, m, other);
      else later(check, () => { if ((where !== 0 && !allowVersion(check, go1_14)) || !identical(m.type, other.type)) duplicate(check, where, m, other); });
    }
  };
  for (const m of ityp.methods) addMethod(m.pos, m, true);

  let allTerms: TermList = allTermlist, allComparable = false;
  ityp.embeddeds.forEach((typ, i) => {
    const where = ityp.embedPos?.[i] ?? 0; // 0 for imported interfaces, which need no version check
    const u = under(typ);
    let terms: TermList, comparable = false;
    if (u.kind === 'Interface') {
      const s = computeInterfaceTypeSet(check, u);
      if (where !== 0 && check && isImportedConstraint(check, typ) && !verifyVersionf(check, where, go1_18, 'embedding constraint interface %s', typ)) return;
      comparable = s.comparable;
      for (const m of s.methods) addMethod(where, m, false);
      terms = s.terms;
    } else if (u.kind === 'Union') {
      if (where !== 0 && check && !verifyVersionf(check, where, go1_18, 'embedding interface element %s', u)) return;
      const s = computeUnionTypeSet(check, unionSets, where, u);
      if (s === invalidTypeSet) return;
      terms = s.terms;
    } else {
      if (!isValid(u)) return;
      if (where !== 0 && check && !verifyVersionf(check, where, go1_18, 'embedding non-interface type %s', typ)) return;
      terms = [{ tilde: false, type: typ }];
    }
    [allTerms, allComparable] = intersect(allTerms, allComparable, terms, comparable);
  });

  tset.comparable = allComparable;
  if (methods.length > 0) tset.methods = methods.sort(compareObjects);
  tset.terms = allTerms;
  return tset;
}

/** Intersection of two term lists with their comparable bits. */
function intersect(x: TermList, xcomp: boolean, y: TermList, ycomp: boolean): [TermList, boolean] {
  let terms = listIntersect(x, y), comp = xcomp || ycomp;
  if (comp && !listIsAll(terms)) {
    terms = terms.filter((t) => comparableType(t.type!, false, null) === null);
    comp = false;
  }
  return [terms, comp];
}

/** Unions of more terms are refused. */
export const maxTermCount = 100;

/** The type set of a union; invalidTypeSet if it has too many terms. */
export function computeUnionTypeSet(check: Checker | null, unionSets: Map<Union, TypeSet>, pos: Pos, utyp: Union): TypeSet {
  const known = unionSets.get(utyp);
  if (known) return known;
  const tset = new TypeSet([], [], false);
  unionSets.set(utyp, tset); // ends recursion
  let all: TermList = [];
  for (const t of utyp.terms) {
    const u = under(t.type);
    let terms: TermList;
    if (u.kind === 'Interface') terms = computeInterfaceTypeSet(check, u).terms;
    else if (!isValid(u)) continue;
    // No type has an underlying type that is not its own: the term is empty.
    else terms = t.tilde && !identical(t.type, u) ? [] : [t];
    all = listUnion(all, terms);
    if (all.length > maxTermCount) {
      if (check) errorf(check, pos, 'InvalidUnion', 'cannot handle more than %d union terms (implementation limitation)', maxTermCount);
      unionSets.set(utyp, invalidTypeSet);
      return invalidTypeSet;
    }
  }
  tset.terms = all;
  return tset;
}
