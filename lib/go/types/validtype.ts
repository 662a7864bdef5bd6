/**
 * Invalid recursive types: a type whose values would contain themselves.
 *
 * The walk goes through array elements, struct fields, embedded interfaces and
 * the right-hand sides of defined types, but not through pointers and the like.
 * `nest` holds the types whose memory encloses the present one: meeting one of
 * them again is the error. A type parameter stands for the argument of the
 * innermost instance, and that argument is judged where the instance stands,
 * outside of it, so `nest` is shortened by one there. `path` is never shortened;
 * it serves to report the cycle.
 */
import type { Checker } from './check.ts';
import { cycleError } from './decl.ts';
import { identical } from './predicates.ts';
import { Typ, type Named, type Type } from './type.ts';
import { unalias } from './under.ts';
import { unpack } from './named.ts';

/** Instances may nest endlessly while expanding in invalid programs; valid ones stay far below. */
const maxDepth = 500;
/**
 * A generic type mentioned twice is walked twice, at each level of nesting: the
 * judgement depends on where it stands. Beyond this many steps types are believed.
 */
const maxSteps = 300_000;

/** Reports typ if it contains itself, and makes it invalid. */
export function validType(check: Checker, typ: Named): void { valid(check, typ, [], []); }

function valid(check: Checker, t0: Type | null, nest: readonly Named[], path: readonly Named[]): boolean {
  if (t0 === null || path.length > maxDepth || ++check.validSteps > maxSteps) return true;
  const t = unalias(t0);
  switch (t.kind) {
    case 'Array': return valid(check, t.elem, nest, path);
    case 'Struct': return t.fields.every((f) => valid(check, f.type, nest, path));
    case 'Union': return t.terms.every((x) => valid(check, x.type, nest, path));
    case 'Interface': return t.embeddeds.every((x) => valid(check, x, nest, path));
    case 'Named': {
      // Types of other packages have been checked with their package.
      if (t.inst === null && t.obj.pkg !== check.pkg) return true;
      // A type without parameters that was walked once is on no cycle, wherever it stands.
      if (check.valids.has(t)) return true;
      if (nest.some((e) => e === t || identical(e, t))) {
        t.origin().fromRHS = Typ.Invalid;
        const start = path.findIndex((e) => e === t || identical(e, t));
        cycleError(check, path.slice(start).map((p) => p.obj), 0);
        return false;
      }
      if (!valid(check, unpack(t.origin()).fromRHS, [...nest, t], [...path, t])) return false;
      if (t.inst === null && t.tparams.length === 0) check.valids.add(t);
      return true;
    }
    case 'TypeParam': {
      const inst = nest[nest.length - 1];
      if (!inst) return true;
      const i = inst.tparams.indexOf(t);
      return i < 0 || i >= inst.targs.length || valid(check, inst.targs[i], nest.slice(0, -1), path);
    }
    default: return true;
  }
}
