/**
 * Types gc refuses for their size, after a package has been checked without
 * errors: arrays beyond the address space, channels of large elements. It reports
 * them at the variable or type declared with them.
 */
import type { Pos } from '../../base/pos.ts';
import { inspect } from '../syntax/walk.ts';
import type { Checker } from './check.ts';
import { errorf } from './errors.ts';
import { sizeof } from './sizes.ts';
import type { Type } from './type.ts';
import { under } from './under.ts';

/** The largest type, in bytes, and the smallest channel element refused. */
const maxWidth = 2 ** 50, maxChanElem = 2 ** 16;

/** Whether a type can be too large: it takes arrays for that, written here or in another package of the program (lazy: one of std). */
export function mayBeLarge(check: Checker): boolean {
  return check.pkg.arrays || check.imports.some((i) => i.imported.arrays && !i.imported.lazy);
}

export function largeTypes(check: Checker): void {
  const seen = new Set<Type>();
  for (const obj of check.objList) if (obj.kind === 'Var' || (obj.kind === 'TypeName' && !obj.isAlias())) judge(check, obj.pos, obj.type, seen);
  // gc looks into functions only if the package-level arrays fit.
  if (check.diagnostics.some((d) => d.text.endsWith('address space'))) return;
  // Variables of functions: names that declare them.
  for (const file of check.files) {
    inspect(file, (n) => {
      if (n.kind === 'Name' && n.obj?.kind === 'Var' && n.obj.pos === n.pos) judge(check, n.pos, n.obj.type, seen);
      return true;
    });
  }
}

/** Looks into t as far as a value of it is laid out. */
function judge(check: Checker, pos: Pos, t: Type, seen: Set<Type>): void {
  const u = under(t);
  if (u.kind !== 'Array' && u.kind !== 'Struct' && u.kind !== 'Chan') return;
  if (seen.has(u)) return;
  seen.add(u);
  switch (u.kind) {
    case 'Array': {
      judge(check, pos, u.elem, seen);
      const size = sizeof(u.elem);
      if (size !== 0 && (size < 0 || u.len > (maxWidth - 1) / size)) errorf(check, pos, 'TypeTooLarge', 'type %s larger than address space', u);
      break;
    }
    case 'Struct': for (const f of u.fields) judge(check, pos, f.type, seen); break;
    case 'Chan': {
      const size = sizeof(u.elem);
      if (size < 0 || size >= maxChanElem) errorf(check, pos, 'TypeTooLarge', 'channel element type too large (>64kB)');
      break;
    }
  }
}
