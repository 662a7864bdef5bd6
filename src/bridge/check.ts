/**
 * A schema language of a dozen words. The frame runs a stranger's code, so the
 * shell believes nothing that arrives on the port: every message passes one of
 * these guards, in both directions. A guard returns the value it was given (never
 * a copy) or undefined; records must be plain, with known keys only, so that
 * nothing rides along and no prototype is reached through a key.
 */
export interface Guard<T> { (v: unknown): v is T; }
export type Of<G> = G extends Guard<infer T> ? T : never;

const guard = <T>(f: (v: unknown) => boolean): Guard<T> => f as Guard<T>;

/** A string of at most max UTF-16 units. */
export const str = (max = 4096): Guard<string> => guard(v => typeof v === 'string' && v.length <= max);
export const num: Guard<number> = guard(v => typeof v === 'number' && Number.isFinite(v));
export const int: Guard<number> = guard(v => Number.isSafeInteger(v));
export const bool: Guard<boolean> = guard(v => typeof v === 'boolean');
export const bytes: Guard<ArrayBuffer> = guard(v => v instanceof ArrayBuffer);
export const oneOf = <const T extends readonly string[]>(...names: T): Guard<T[number]> => guard(v => typeof v === 'string' && names.includes(v));
export const maybe = <T>(g: Guard<T>): Guard<T | undefined> => guard(v => v === undefined || g(v));
export const either = <A, B>(a: Guard<A>, b: Guard<B>): Guard<A | B> => guard(v => a(v) || b(v));
export const list = <T>(g: Guard<T>, max = 100_000): Guard<readonly T[]> => guard(v => Array.isArray(v) && v.length <= max && v.every(g));

type Shape = Record<string, Guard<unknown>>;
type Optional<S extends Shape> = { [K in keyof S as undefined extends Of<S[K]> ? K : never]?: Of<S[K]> };
type Required_<S extends Shape> = { [K in keyof S as undefined extends Of<S[K]> ? never : K]: Of<S[K]> };
export type Record_<S extends Shape> = { readonly [K in keyof (Required_<S> & Optional<S>)]: (Required_<S> & Optional<S>)[K] };

/** A plain record with exactly these keys (those whose guard accepts undefined may be absent). */
export const rec = <S extends Shape>(shape: S): Guard<Record_<S>> => {
  const keys = Object.keys(shape);
  return guard(v => {
    if (typeof v !== 'object' || v === null || Array.isArray(v)) return false;
    const proto: unknown = Object.getPrototypeOf(v);
    if (proto !== Object.prototype && proto !== null) return false;
    for (const k of Object.keys(v)) if (!Object.hasOwn(shape, k)) return false;
    for (const k of keys) if (!shape[k](Object.hasOwn(v, k) ? (v as Record<string, unknown>)[k] : undefined)) return false;
    return true;
  });
};

/** A union told apart by its `kind`. */
export const union = <S extends Record<string, Shape>>(shapes: S): Guard<{ [K in keyof S]: { readonly kind: K } & Record_<S[K]> }[keyof S]> => {
  const guards = new Map<string, Guard<unknown>>();
  for (const kind of Object.keys(shapes)) guards.set(kind, rec({ kind: oneOf(kind), ...shapes[kind] }));
  return guard(v => {
    if (typeof v !== 'object' || v === null || !Object.hasOwn(v, 'kind')) return false;
    const kind = (v as { kind: unknown }).kind;
    return typeof kind === 'string' && (guards.get(kind)?.(v) ?? false);
  });
};
