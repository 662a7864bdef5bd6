/** Explaining failed lookups. */
import type { Checker } from './check.ts';
import { checkSprintf } from './format.ts';
import { isExported, type Obj } from './object.ts';
import type { Type } from './type.ts';

/** A word without its first character. */
function tail(s: string): string { return [...s].slice(1).join(''); }

/**
 * The message for x.sel (or a struct literal's field sel) not found in typ. obj is
 * what a lookup ignoring case found: it may be misspelled, unexported, or out of reach.
 */
export function lookupError(check: Checker, typ: Type, sel: string, obj: Obj | null, structLit: boolean): string {
  let state: 'missing' | 'misspelled' | 'unexported' | 'inaccessible' = 'missing';
  const alt = obj?.name ?? '';
  if (obj) {
    if (obj.pkg === check.pkg) state = 'misspelled';
    else if (isExported(sel)) {
      if (isExported(alt)) state = 'misspelled';
      else if (tail(sel) === tail(alt)) state = 'unexported';
    } else if (isExported(alt)) {
      if (tail(sel) === tail(alt)) state = 'misspelled';
    } else if (sel === alt) state = 'inaccessible';
  }
  if (structLit) {
    switch (state) {
      case 'missing': return checkSprintf(check, 'unknown field %s in struct literal of type %s', sel, typ);
      case 'misspelled': return checkSprintf(check, 'unknown field %s in struct literal of type %s, but does have %s', sel, typ, alt);
      case 'unexported': return checkSprintf(check, 'unknown field %s in struct literal of type %s, but does have unexported %s', sel, typ, alt);
      case 'inaccessible': return checkSprintf(check, 'cannot refer to unexported field %s in struct literal of type %s', alt, typ);
    }
  }
  const what = obj?.kind === 'Var' ? 'field' : obj?.kind === 'Func' ? 'method' : 'object';
  switch (state) {
    case 'missing': return checkSprintf(check, 'type %s has no field or method %s', typ, sel);
    case 'misspelled': return checkSprintf(check, 'type %s has no field or method %s, but does have %s %s', typ, sel, what, alt);
    case 'unexported': return checkSprintf(check, 'type %s has no field or method %s, but does have unexported %s %s', typ, sel, what, alt);
    case 'inaccessible': return checkSprintf(check, 'cannot refer to unexported %s %s', what, alt);
  }
}
