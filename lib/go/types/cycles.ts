/** Cycles: declarations that only name each other, types without finite size, anonymous interfaces that contain themselves. */
import { inspect } from '../syntax/walk.ts';
import { pop, push, type Checker } from './check.ts';
import { cycleError, firstInSrc } from './decl.ts';
import type { TypeName } from './object.ts';
import { errorf } from './errors.ts';
import { Typ, type InterfaceT, type Type } from './type.ts';
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

/** Reports interface literals that reach themselves through method signatures without a name in between (go.dev/issue/56103). */
export function anonymousCycles(check: Checker): void {
  const cyclic = new Map<InterfaceT, boolean>();
  const hasCycle = (t: InterfaceT): boolean => t.typeSet().methods.some((m) => visit(m.type));
  const visit = (t0: Type): boolean => {
    const t = unalias(t0);
    switch (t.kind) {
      case 'Pointer': case 'Array': case 'Chan': case 'Slice': return visit(t.elem);
      case 'Map': return visit(t.key) || visit(t.elem);
      case 'Struct': return t.fields.some((f) => visit(f.type));
      case 'Signature': return visit(t.params) || visit(t.results);
      case 'Tuple': return t.vars.some((v) => visit(v.type));
      case 'Interface': {
        if (t.methods.length === 0 && t.embeddeds.length === 0) return false;
        const known = cyclic.get(t);
        if (known !== undefined) return known;
        cyclic.set(t, true);
        if (hasCycle(t)) return true;
        cyclic.set(t, false);
        return false;
      }
      default: return false;
    }
  };
  for (const file of check.files) {
    inspect(file, (n) => {
      if (n.kind !== 'InterfaceType') return true;
      const t = n.tv?.type ? unalias(n.tv.type) : null;
      if (t?.kind === 'Interface' && hasCycle(t)) {
        errorf(check, n.pos, 'InvalidTypeCycle', 'invalid recursive type: anonymous interface refers to itself (see https://go.dev/issue/56103)');
        for (const k of cyclic.keys()) cyclic.set(k, false);
      }
      return false;
    });
  }
}
