/**
 * The order in which package-level variables are initialised.
 *
 * Declarations form a graph: a variable depends on what its initialiser mentions,
 * functions pass their dependencies on (and then drop out of the graph). Repeatedly
 * the variable with the fewest open dependencies is taken, earlier declarations
 * first; one with open dependencies left means a cycle.
 */
import type { Checker } from './check.ts';
import { errorf, newError } from './errors.ts';
import type { DeclInfo } from './decl.ts';
import type { Initializer } from './info.ts';
import type { Const, Func, Obj, Var } from './object.ts';

interface GraphNode { readonly obj: Const | Var | Func; readonly pred: Set<GraphNode>; readonly succ: Set<GraphNode>; ndeps: number; done: boolean }

/** Sets check.info.initOrder; reports initialisation cycles. */
export function initOrder(check: Checker): void {
  const order: Initializer[] = [];
  if (check.conf.lazyBodies) lookInside(check.objMap);
  const emitted = new Set<DeclInfo>();
  const queue = new Heap(dependencyGraph(check.objMap));
  for (let n = queue.pop(); n; n = queue.pop()) {
    if (n.ndeps > 0) {
      const cycle = findPath(check.objMap, n.obj, n.obj, new Set());
      if (cycle) reportCycle(check, cycle);
    }
    n.done = true;
    for (const p of n.pred) {
      p.ndeps--;
      queue.update(p);
    }
    if (n.obj.kind !== 'Var') continue;
    const info = check.objMap.get(n.obj)!;
    // a, b = f() has one initialiser for several variables.
    if (!info.init || emitted.has(info)) continue;
    emitted.add(info);
    order.push({ lhs: info.lhs ?? [n.obj], rhs: info.init });
  }
  check.info.initOrder = order;
}

/** Has the bodies of functions checked that initialisers may call. */
function lookInside(objMap: ReadonlyMap<Obj, DeclInfo>): void {
  const seen = new Set<Obj>(), todo: Obj[] = [];
  for (const [obj, d] of objMap) if (obj.kind === 'Var' && d.init) todo.push(obj);
  for (let o = todo.pop(); o; o = todo.pop()) {
    if (seen.has(o)) continue;
    seen.add(o);
    const d = objMap.get(o);
    // Asking for the statements is what checks them.
    if (o.kind === 'Func' && d?.fdecl?.lazy) void d.fdecl.body?.list;
    todo.push(...(d?.deps ?? []));
  }
}

/** Dependencies leading from from to to, last first; null if there are none. */
function findPath(objMap: ReadonlyMap<Obj, DeclInfo>, from: Obj, to: Obj, seen: Set<Obj>): Obj[] | null {
  if (seen.has(from)) return null;
  seen.add(from);
  const deps = [...(objMap.get(from)?.deps ?? [])].sort((a, b) => a.order - b.order);
  for (const d of deps) {
    if (d === to) return [d];
    const p = findPath(objMap, d, to, seen);
    if (p) { p.push(d); return p; }
  }
  return null;
}

function reportCycle(check: Checker, cycle: readonly Obj[]): void {
  let obj = cycle[0];
  if (cycle.length === 1) {
    errorf(check, obj, 'InvalidInitCycle', 'initialization cycle: %s refers to itself', obj.name);
    return;
  }
  const err = newError(check, 'InvalidInitCycle');
  err.addf(obj, 'initialization cycle for %s', obj.name);
  for (let j = cycle.length - 1; j >= 0; j--) {
    err.addf(obj, '%s refers to %s', obj.name, cycle[j].name);
    obj = cycle[j];
  }
  err.report();
}

function dependencyGraph(objMap: ReadonlyMap<Obj, DeclInfo>): GraphNode[] {
  const nodes = new Map<Obj, GraphNode>();
  for (const obj of objMap.keys()) {
    if (obj.kind === 'Const' || obj.kind === 'Var' || obj.kind === 'Func') nodes.set(obj, { obj, pred: new Set(), succ: new Set(), ndeps: 0, done: false });
  }
  for (const [obj, n] of nodes) {
    for (const d of objMap.get(obj)!.deps ?? []) {
      const m = nodes.get(d);
      if (m) { n.succ.add(m); m.pred.add(n); }
    }
  }
  const rest: GraphNode[] = [], funcs: GraphNode[] = [];
  for (const n of nodes.values()) (n.obj.kind === 'Func' ? funcs : rest).push(n);
  // Joining callers to what is called costs pred × succ: cheap ones first.
  funcs.sort((a, b) => a.pred.size * a.succ.size - b.pred.size * b.succ.size);
  for (const n of funcs) {
    for (const p of n.pred) {
      if (p === n) continue;
      for (const s of n.succ) if (s !== n) { p.succ.add(s); s.pred.add(p); }
      p.succ.delete(n);
    }
    for (const s of n.succ) s.pred.delete(n);
  }
  for (const n of rest) n.ndeps = n.succ.size;
  return rest;
}

/** Constants first, then fewest open dependencies, then source order. */
function before(a: GraphNode, b: GraphNode): boolean {
  const ca = a.obj.kind === 'Const', cb = b.obj.kind === 'Const';
  if (ca !== cb) return ca;
  return a.ndeps < b.ndeps || (a.ndeps === b.ndeps && a.obj.order < b.obj.order);
}

/** A binary heap of nodes whose keys only fall. */
class Heap {
  readonly #a: GraphNode[];
  readonly #at = new Map<GraphNode, number>();
  constructor(nodes: GraphNode[]) {
    this.#a = nodes.sort((x, y) => (before(x, y) ? -1 : before(y, x) ? 1 : 0)); // sorted is a heap
    this.#a.forEach((n, i) => this.#at.set(n, i));
  }
  pop(): GraphNode | undefined {
    const top = this.#a[0], last = this.#a.pop();
    if (top && last && top !== last) { this.#a[0] = last; this.#at.set(last, 0); this.#down(0); }
    return top;
  }
  update(n: GraphNode): void {
    if (n.done) return;
    for (let i = this.#at.get(n)!; i > 0;) {
      const p = (i - 1) >> 1;
      if (!before(this.#a[i], this.#a[p])) break;
      this.#swap(i, p);
      i = p;
    }
  }
  #down(i: number): void {
    for (;;) {
      let m = i;
      for (const c of [2 * i + 1, 2 * i + 2]) if (c < this.#a.length && before(this.#a[c], this.#a[m])) m = c;
      if (m === i) return;
      this.#swap(i, m);
      i = m;
    }
  }
  #swap(i: number, j: number): void {
    const a = this.#a;
    [a[i], a[j]] = [a[j], a[i]];
    this.#at.set(a[i], i);
    this.#at.set(a[j], j);
  }
}
