/**
 * Instantiation cycles that would need endlessly many instances.
 *
 * Vertices are type parameters (and local types, which are implicitly
 * parameterized by the functions around them); an edge src → dst says that dst is
 * instantiated with a type mentioning src, with weight 1 if the type is bigger
 * than src itself. A cycle of positive weight never ends: Bellman–Ford finds it.
 */
import type { Pos } from '../../base/pos.ts';
import type { Expr } from '../syntax/ast.ts';
import { startPos } from '../syntax/walk.ts';
import type { Checker } from './check.ts';
import { newError } from './errors.ts';
import type { TypeName } from './object.ts';
import type { Package } from './package.ts';
import type { Named, Type, TypeParam } from './type.ts';
import { typeString } from './typestring.ts';
import { unalias } from './under.ts';

interface Vertex { weight: number; pre: number; len: number; readonly obj: TypeName }
interface Edge { readonly dst: number; readonly src: number; readonly weight: number; readonly pos: Pos; readonly type: Type }

export class MonoGraph {
  readonly vertices: Vertex[] = [];
  readonly edges: Edge[] = [];
  readonly #canon = new Map<TypeParam, TypeParam>();
  readonly #index = new Map<TypeName, number>();

  /** A method's receiver type parameter stands for that of the type's declaration. */
  recordCanon(mpar: TypeParam, tpar: TypeParam): void { this.#canon.set(mpar, tpar); }

  /** tparams were instantiated with targs, written at xlist where given, else at pos. */
  recordInstance(pkg: Package, pos: Pos, tparams: readonly TypeParam[], targs: readonly Type[], xlist: readonly Expr[]): void {
    tparams.forEach((p, i) => { if (targs[i]) this.#assign(pkg, i < xlist.length ? startPos(xlist[i]) : pos, p, targs[i]); });
  }

  #assign(pkg: Package, pos: Pos, tpar: TypeParam, targ: Type): void {
    if (tpar.obj.pkg !== pkg) return; // cycles stay within a package
    const flow = (src: number, t: Type): void => { this.edges.push({ dst: this.#typeParam(tpar), src, weight: t === targ ? 0 : 1, pos, type: targ }); };
    const walk = (t0: Type, depth: number): void => {
      const t = unalias(t0);
      if (depth > 100) return;
      const go = (x: Type): void => walk(x, depth + 1);
      switch (t.kind) {
        case 'TypeParam': flow(this.#typeParam(t), t); break;
        case 'Named': {
          const src = this.#localNamed(pkg, t.origin());
          if (src >= 0) flow(src, t);
          t.targs.forEach(go);
          break;
        }
        case 'Array': case 'Chan': case 'Pointer': case 'Slice': go(t.elem); break;
        case 'Map': go(t.key); go(t.elem); break;
        case 'Interface': t.typeSet().methods.forEach((m) => go(m.type)); break;
        case 'Signature': t.params.vars.forEach((v) => go(v.type)); t.results.vars.forEach((v) => go(v.type)); break;
        case 'Struct': t.fields.forEach((f) => go(f.type)); break;
      }
    };
    walk(targ, 0);
  }

  /** The vertex of a local type declared where type parameters are in scope; −1 for others. */
  #localNamed(pkg: Package, named: Named): number {
    const obj = named.obj, root = pkg.scope;
    if (obj.pkg !== pkg || obj.parent === root || obj.parent === null) return -1;
    const known = this.#index.get(obj);
    if (known !== undefined) return known;
    let idx = -1;
    for (let s = obj.parent; s && s !== root; s = s.parent!) {
      for (const e of s.elems.values()) {
        if (e.kind !== 'TypeName' || e.isAlias() || e.pos >= obj.pos || e.type?.kind !== 'TypeParam') continue;
        if (idx < 0) idx = this.vertices.push({ weight: 0, pre: 0, len: 0, obj }) - 1;
        this.edges.push({ dst: idx, src: this.#typeParam(e.type), weight: 1, pos: obj.pos, type: e.type });
      }
    }
    this.#index.set(obj, idx);
    return idx;
  }

  #typeParam(t: TypeParam): number {
    const obj = (this.#canon.get(t) ?? t).obj;
    let i = this.#index.get(obj);
    if (i === undefined) {
      i = this.vertices.push({ weight: 0, pre: 0, len: 0, obj }) - 1;
      this.#index.set(obj, i);
    }
    return i;
  }
}

/** Reports an instantiation cycle, if there is one. */
export function monomorph(check: Checker): void {
  const { vertices, edges } = check.mono;
  for (let again = true; again;) {
    again = false;
    for (let i = 0; i < edges.length; i++) {
      const e = edges[i], src = vertices[e.src], dst = vertices[e.dst];
      const w = src.weight + e.weight;
      if (w <= dst.weight) continue;
      dst.pre = i;
      dst.len = src.len + 1;
      if (dst.len === vertices.length) { reportInstanceLoop(check, e.dst); return; }
      dst.weight = w;
      again = true;
    }
  }
}

function reportInstanceLoop(check: Checker, v: number): void {
  const { vertices, edges } = check.mono;
  let stack: number[] = [];
  const seen = new Set<number>();
  while (!seen.has(v)) {
    stack.push(v);
    seen.add(v);
    v = edges[vertices[v].pre].src;
  }
  stack = stack.slice(stack.indexOf(v));
  const err = newError(check, 'InvalidInstanceCycle');
  err.addf(vertices[v].obj, 'instantiation cycle:');
  const qf = (pkg: Package): string => (pkg === check.pkg ? '' : pkg.path);
  for (const s of stack) {
    const e = edges[vertices[s].pre], obj = vertices[e.dst].obj;
    err.addf(e.pos, obj.type.kind === 'Named' ? '%s implicitly parameterized by %s' : '%s instantiated as %s', obj.name, typeString(e.type, qf));
  }
  err.report();
}
