/**
 * Type terms and lists of them: the type sets of constraints.
 *
 * A term without type is the set of all types, T is {T}, ~T is every type whose
 * underlying type is T. A list stands for the union of its terms (no terms: the
 * empty set); in normal form the terms are disjoint.
 */
import { identical } from './predicates.ts';
import { typeString } from './typestring.ts';
import type { Type } from './type.ts';
import { allTermlist } from './typeset.ts';
import { under } from './under.ts';

/** type null: all types. */
export interface TypeTerm { readonly tilde: boolean; readonly type: Type | null }
export type TermList = readonly TypeTerm[];

/** Two terms of specific, non-interface types share no type. */
export function disjoint(x: TypeTerm, y: TypeTerm): boolean {
  const ux = y.tilde ? under(x.type!) : x.type!, uy = x.tilde ? under(y.type!) : y.type!;
  return !identical(ux, uy);
}

/** The one term x ∪ y is, or null if they are disjoint. */
function unite(x: TypeTerm, y: TypeTerm): TypeTerm | null {
  if (x.type === null) return x;
  if (y.type === null) return y;
  if (disjoint(x, y)) return null;
  return x.tilde || !y.tilde ? x : y;
}

function intersectTerms(x: TypeTerm, y: TypeTerm): TypeTerm | null {
  if (x.type === null) return y;
  if (y.type === null) return x;
  if (disjoint(x, y)) return null;
  return !x.tilde || y.tilde ? x : y;
}

/** t ∈ x */
export function termIncludes(x: TypeTerm, t: Type): boolean {
  return x.type === null || identical(x.type, x.tilde ? under(t) : t);
}

function termSubset(x: TypeTerm, y: TypeTerm): boolean {
  if (y.type === null) return true;
  if (x.type === null || disjoint(x, y)) return false;
  return !x.tilde || y.tilde;
}

export function termString(x: TypeTerm, qf: Parameters<typeof typeString>[1] = null): string {
  return x.type === null ? '𝓤' : (x.tilde ? '~' : '') + typeString(x.type, qf);
}

export function listString(l: TermList): string { return l.length === 0 ? '∅' : l.map((x) => termString(x)).join(' | '); }
export function listIsEmpty(l: TermList): boolean { return l.length === 0; }
export function listIsAll(l: TermList): boolean { return l.some((x) => x.type === null); }

/** The list with disjoint terms. */
function normalize(l: TermList): TermList {
  const used = new Array<boolean>(l.length).fill(false), out: TypeTerm[] = [];
  for (let i = 0; i < l.length; i++) {
    if (used[i]) continue;
    let x = l[i];
    for (let j = i + 1; j < l.length; j++) {
      if (used[j]) continue;
      const u = unite(x, l[j]);
      if (u === null) continue;
      if (u.type === null) return allTermlist;
      x = u;
      used[j] = true;
    }
    out.push(x);
  }
  return out;
}

export function listUnion(x: TermList, y: TermList): TermList { return normalize([...x, ...y]); }

export function listIntersect(x: TermList, y: TermList): TermList {
  // Most lists met are those of method-only interfaces.
  if (x === allTermlist) return y;
  if (y === allTermlist) return x;
  const out: TypeTerm[] = [];
  for (const a of x) for (const b of y) { const r = intersectTerms(a, b); if (r) out.push(r); }
  return normalize(out);
}

export function listSubset(x: TermList, y: TermList): boolean {
  if (x === y) return true;
  if (y.length === 0) return x.length === 0;
  return x.every((a) => y.some((b) => termSubset(a, b)));
}
export function listEqual(x: TermList, y: TermList): boolean { return x === y || (listSubset(x, y) && listSubset(y, x)); }
