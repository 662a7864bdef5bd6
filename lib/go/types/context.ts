/**
 * Contexts: where identical instances of a generic type are found again.
 *
 * The key is a text that is equal for identical instances (names of parameters
 * and results left out, defined types by number); what it finds is still compared.
 */
import { identicalInstance, identical } from './predicates.ts';
import { typeHash } from './typestring.ts';
import type { Type } from './type.ts';

interface Entry { readonly orig: Type; readonly targs: readonly Type[]; readonly instance: Type }

export class Context {
  readonly #map = new Map<string, Entry[]>();
  readonly #ids = new Map<Type, number>();

  instanceHash(orig: Type, targs: readonly Type[]): string { return `${this.id(orig)}${typeHash(this, targs)}`; }

  /** The instance made before, or null. */
  lookup(hash: string, orig: Type, targs: readonly Type[]): Type | null {
    for (const e of this.#map.get(hash) ?? []) if (identicalInstance(orig, targs, e.orig, e.targs)) return e.instance;
    return null;
  }

  /** Records inst unless an identical instance is there; returns the one recorded. */
  update(hash: string, orig: Type, targs: readonly Type[], inst: Type): Type {
    const list = this.#map.get(hash);
    if (!list) { this.#map.set(hash, [{ orig, targs, instance: inst }]); return inst; }
    for (const e of list) if (identical(inst, e.instance)) return e.instance;
    list.push({ orig, targs, instance: inst });
    return inst;
  }

  /** A number for a defined type, by object. */
  id(t: Type): number {
    let n = this.#ids.get(t);
    if (n === undefined) { n = this.#ids.size; this.#ids.set(t, n); }
    return n;
  }
}
