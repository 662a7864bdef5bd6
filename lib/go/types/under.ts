/** Looking through names: underlying types, aliases, and the specific types of type parameters. */
import { checkSprintf, type FormatArg } from './format.ts';
import type { Checker } from './check.ts';
import { namedUnderlying } from './named.ts';
import { identical } from './predicates.ts';
import { Named, TypeParam, Typ, type Alias, type ChanT, type Type } from './type.ts';
import { iface } from './typeparam.ts';

/** Where a failing test leaves its explanation. */
export interface Cause { text: string }

/** The underlying type; of a type parameter, its constraint interface. Never a Named, Alias or TypeParam. */
export function under(t: Type): Exclude<Type, Named | Alias | TypeParam> {
  switch (t.kind) {
    case 'Named': return namedUnderlying(t);
    case 'Alias': return under(unaliasChain(t));
    case 'TypeParam': return iface(t);
    default: return t;
  }
}

/** The type an alias denotes; any other type itself. */
export function unalias(t: Type): Type { return t.kind === 'Alias' ? unaliasChain(t) : t; }

function unaliasChain(a0: Alias): Type {
  if (a0.actual) return a0.actual;
  let t: Type | null = a0;
  // A chain that comes back to its start is an invalid cycle, reported elsewhere.
  for (let n = 0; t !== null && t.kind === 'Alias'; n++) {
    if (n > 1000) return (a0.actual = Typ.Invalid);
    t = t.fromRHS;
  }
  if (t === null) return Typ.Invalid; // still being declared
  return (a0.actual = t);
}

/** t as a Named type, through aliases. */
export function asNamed(t: Type | null): Named | null {
  if (t === null) return null;
  const u = unalias(t);
  return u.kind === 'Named' ? u : null;
}
/** t as a TypeParam, through aliases. */
export function asTypeParam(t: Type | null): TypeParam | null {
  if (t === null) return null;
  const u = unalias(t);
  return u.kind === 'TypeParam' ? u : null;
}

/** f(type, underlying type) holds for t, or for each specific type of type parameter t (null, null if it has none). */
export function all(t: Type, f: (t: Type | null, u: Type | null) => boolean): boolean {
  const p = asTypeParam(t);
  return p ? iface(p).typeSet().all(f) : f(t, under(t));
}
/** f(underlying type) holds for t, or for each specific type of type parameter t. */
export function underIs(t: Type, f: (u: Type | null) => boolean): boolean { return all(t, (_, u) => f(u)); }
/** The (type, underlying type) pairs all() would visit. */
export function typeset(t: Type): [Type | null, Type | null][] {
  const out: [Type | null, Type | null][] = [];
  all(t, (a, b) => { out.push([a, b]); return true; });
  return out;
}

/** An explanation formatted only when it is shown. */
export class TypeError_ {
  constructor(readonly fmt: string, readonly args: readonly FormatArg[]) {}
  format(check: Checker | null): string { return checkSprintf(check, this.fmt, ...this.args); }
}
const emptyTypeError = new TypeError_('', []);
export function typeErrorf(fmt: string, ...args: FormatArg[]): TypeError_ { return fmt === '' ? emptyTypeError : new TypeError_(fmt, args); }

/**
 * The underlying type common to all specific types of t (channels: the most
 * restricted direction), or the reason there is none. cond may refuse a type first.
 */
export function commonUnder(t: Type, cond: ((t: Type | null, u: Type | null) => TypeError_ | null) | null): [Type | null, TypeError_ | null] {
  let ct: Type | null = null, cu: Type | null = null, err: TypeError_ | null = null;
  all(t, (t1, u) => {
    if (cond && (err = cond(t1, u)) !== null) return false;
    if (u === null) { err = typeErrorf('no specific type'); return false; }
    if (cu === null) { ct = t1; cu = u; return true; }
    if (cu.kind === 'Chan' && u.kind === 'Chan') {
      const c: ChanT = cu;
      if (!identical(c.elem, u.elem)) { err = typeErrorf('channels %s and %s have different element types', ct, t1); return false; }
      if (c.dir === u.dir) return true;
      if (c.dir === 0) { ct = t1; cu = u; } else if (u.dir !== 0) { err = typeErrorf('channels %s and %s have conflicting directions', ct, t1); return false; }
      return true;
    }
    if (!identical(cu, u)) { err = typeErrorf('%s and %s have different underlying types', ct, t1); return false; }
    return true;
  });
  return err ? [null, err] : [cu, null];
}

/** The common underlying type, or null. */
export function coreType(t: Type): Type | null { return commonUnder(t, null)[0]; }
