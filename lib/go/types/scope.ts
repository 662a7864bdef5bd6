/** Scopes: which names are declared where. They nest from the universe down to blocks. */
import type { Pos } from '../../base/pos.ts';
import { isExported, type Obj } from './object.ts';

/** A set of declared objects, linked to the scope around it. */
export class Scope {
  readonly children: Scope[] = [];
  readonly elems = new Map<string, Obj>();
  /** Parameters and body of a function. */
  isFunc = false;
  readonly #lazy: Map<string, () => Obj> = new Map();

  /** pos, end: the text it covers (0: unknown). comment says what it is, for printing. */
  constructor(readonly parent: Scope | null, public pos: Pos, public end: Pos, readonly comment: string) {
    // The universe does not list its children: it outlives them.
    if (parent && parent.comment !== 'universe') parent.children.push(this);
  }

  /** Names declared here, sorted by bytes. */
  names(): string[] { return [...this.elems.keys(), ...this.#lazy.keys()].sort(); }

  /** The object declared here under a name. */
  lookup(name: string): Obj | null {
    const o = this.elems.get(name);
    if (o) return o;
    const make = this.#lazy.size > 0 ? this.#lazy.get(name) : undefined;
    if (!make) return null;
    this.#lazy.delete(name);
    const made = make();
    this.elems.set(name, made);
    made.parent ??= this;
    return made;
  }

  /** The innermost object of that name visible from here (declaration order not considered). */
  lookupParent(name: string): Obj | null {
    return this.lookup(name) ?? this.parent?.lookupParent(name) ?? null;
  }

  /** Objects whose names equal name but for case. */
  lookupIgnoringCase(name: string, exported: boolean): Obj[] {
    const low = name.toLowerCase();
    return this.names().filter((n) => n.toLowerCase() === low && (!exported || isExported(n))).map((n) => this.lookup(n)!);
  }

  /** Declares obj unless the name is taken; returns the object that has it already. */
  insert(obj: Obj): Obj | null {
    const alt = this.lookup(obj.name);
    if (alt) return alt;
    this.elems.set(obj.name, obj);
    obj.parent ??= this;
    return null;
  }

  /** Declares a name whose object is made on first lookup; false if the name is taken. */
  insertLazy(name: string, make: () => Obj): boolean {
    if (this.elems.has(name) || this.#lazy.has(name)) return false;
    this.#lazy.set(name, make);
    return true;
  }
}
