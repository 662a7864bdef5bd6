/** Cycles in declarations that need no type checking to be seen, and sizes that are not finite. */
import { pop, push, type Checker } from './check.ts';
import { cycleError, firstInSrc } from './decl.ts';
import type { TypeName } from './object.ts';
import { Typ, type Type } from './type.ts';
import { unalias } from './under.ts';

/**
 * Reports declarations that go from type name to type name and come back (type A
 * B; type B A). Names are followed in the package scope only; the first name of
 * a cycle becomes invalid.
 */
export function directCycles(check: Checker): void {
  const done = new Set<TypeName>();
  for (const obj of check.objList) if (obj.kind === 'TypeName') directCycle(check, obj, done);
}

function directCycle(check: Checker, start: TypeName, done: Set<TypeName>): void {
  const path: TypeName[] = [];
  for (let t = start; !done.has(t);) {
    const i = path.indexOf(t);
    if (i >= 0) {
      t.type = Typ.Invalid;
      const cycle = path.slice(i);
      cycleError(check, cycle, firstInSrc(cycle));
      break;
    }
    path.push(t);
    const rhs = check.objMap.get(t)?.tdecl?.type;
    if (rhs?.kind !== 'Name') break;
    const next = check.pkg.scope.lookup(rhs.value);
    if (next?.kind !== 'TypeName') break;
    t = next;
  }
  for (const t of path) done.add(t);
}

/** t has a finite size as far as its declarations are known; reports a type that contains itself. */
export function finiteSize(check: Checker, t0: Type | null): boolean {
  if (t0 === null) return true;
  const t = unalias(t0);
  switch (t.kind) {
    case 'Named': {
      if (t.finite !== null) return t.finite;
      const i = check.objPathIdx.get(t.obj);
      if (i !== undefined) {
        const cycle = check.objPath.slice(i);
        cycleError(check, cycle, firstInSrc(cycle));
        return false;
      }
      push(check, t.obj);
      const finite = finiteSize(check, t.fromRHS);
      pop(check);
      t.finite ??= finite;
      return finite;
    }
    case 'Array': return finiteSize(check, t.elem);
    case 'Struct': return t.fields.every((f) => finiteSize(check, f.type));
    default: return true;
  }
}
