/** What escape analysis asks about types. */
import type { Type } from '../types/type.ts';
import { sizes } from '../types/sizes.ts';
import { isInterface, under } from '../ir/typeutil.ts';

export function hasPointers(t: Type): boolean { return sizes.hasPointers(t); }
/** Values are one pointer word, kept in an interface as they are. */
export function isDirectIface(t: Type): boolean { return sizes.sizeof(t) === 8 && sizes.ptrdata(t) === 8; }
/** Getting a t out of an interface reads memory. */
export function needsDeref(t: Type): boolean { return !isInterface(t) && !isDirectIface(t); }

/** Has the type pointers other than those of strings? (For internal/abi.EscapeNonString.) */
export function hasNonStringPointers(t: Type): boolean {
  if (!hasPointers(t)) return false;
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return !u.isString();
    case 'Struct': return u.fields.some((f) => hasNonStringPointers(f.type));
    case 'Array': return hasNonStringPointers(u.elem);
    default: return true;
  }
}
