/**
 * Solving the graph.
 *
 * From every location as root: the least number of dereferences with which every
 * other location's values reach it (Bellman–Ford, since addresses count −1; a
 * negative count is lowered to 0 before going on, because root = &l; l = x does not
 * put x's address in root). Where l's address reaches root and root outlives l, l
 * escapes; where a parameter's value reaches something that outlives the call, it
 * leaks. A location that learns something is walked from again, until nothing changes.
 *
 * Which explanation -m=2 prints depends on the order of these walks: up to Go 1.24
 * a stack, then a queue that takes escaping locations first.
 */
import type { Func } from '../ir/nodes.ts';
import { type Location, attrAll, attrCalls, attrEscapes, attrMutates, attrPersists, containsClosure, type Path } from './graph.ts';
import type { Batch } from './batch.ts';
import { explainPath, sayEscapeHead, sayLeakHead } from './explain.ts';
import { Leaks } from './leaks.ts';

/** A queue open at both ends. */
class Deque {
  #head: Location[] = [];
  #tail: Location[] = [];
  #i = 0;
  pushFront(l: Location): void { this.#head.push(l); }
  pushBack(l: Location): void { this.#tail.push(l); }
  popFront(): Location | undefined {
    const h = this.#head.pop();
    if (h) return h;
    if (this.#i >= this.#tail.length) return undefined;
    const l = this.#tail[this.#i++];
    if (this.#i > 1024 && this.#i * 2 > this.#tail.length) {
      this.#tail = this.#tail.slice(this.#i);
      this.#i = 0;
    }
    return l;
  }
  /** Last in, first out (Go 1.24 and before). */
  popBack(): Location | undefined { return this.#tail.pop(); }
}

export function solve(b: Batch): void {
  const lifo = b.minor < 25;
  const todo = new Deque();
  const enqueue = (l: Location): void => {
    if (l.queuedAll) return;
    l.queuedAll = true;
    if (!lifo && l.has(attrEscapes)) todo.pushFront(l); else todo.pushBack(l);
  };
  const first = b.minor >= 22 ? [...b.allLocs, b.mutatorLoc, b.calleeLoc, b.heapLoc] : [...b.allLocs, b.heapLoc];
  for (const l of first) {
    if (lifo) todo.pushBack(l); else todo.pushFront(l);
    l.queuedAll = true;
  }
  let gen = 0;
  for (;;) {
    const root = lifo ? todo.popBack() : todo.popFront();
    if (!root) return;
    root.queuedAll = false;
    walkOne(b, root, ++gen, enqueue, lifo);
  }
}

function walkOne(b: Batch, root: Location, gen: number, enqueue: (l: Location) => void, lifo: boolean): void {
  root.walkgen = gen;
  root.derefs = 0;
  root.dst = undefined;
  if (root.has(attrCalls) && root.n?.op === 'OCLOSURE') {
    const fn = root.n.func;
    if (b.inBatch(fn) && !b.resultsLost.has(fn)) {
      b.resultsLost.add(fn);
      for (const r of fn.results) enqueue(b.oldLoc(r));
    }
  }
  const todo = new Deque();
  todo.pushBack(root);
  for (;;) {
    const l = lifo ? todo.popBack() : todo.popFront();
    if (!l) return;
    l.queuedOne = 0;
    let derefs = l.derefs;
    let attrs = 0;
    if (derefs < 0) {
      derefs = 0;
      if (outlives(b, root, l)) {
        if (!l.has(attrEscapes)) {
          sayEscapeHead(b, l);
          explainPath(b, pathTo(root, l, 'escapes', 0));
        }
        attrs |= attrAll;
      } else if (root.has(attrPersists)) attrs |= attrPersists;
    }
    if (derefs === 0) attrs |= root.attrs & (attrMutates | attrCalls);
    if (l.param) {
      const esc = (l.paramEsc ??= new Leaks(b.minor));
      if (outlives(b, root, l)) {
        if (!l.has(attrEscapes)) {
          sayLeakHead(b, l, root, derefs);
          explainPath(b, pathTo(root, l, 'leaks', derefs));
        }
        leakTo(b, l, root, derefs);
      }
      if (root.has(attrMutates)) esc.addMutator(derefs);
      if (root.has(attrCalls)) esc.addCallee(derefs);
    }
    if ((attrs & ~l.attrs) !== 0) {
      l.attrs |= attrs;
      enqueue(l);
      if (l.has(attrEscapes)) continue;
    }
    for (let i = 0; i < l.edges.length; i++) {
      const edge = l.edges[i], src = edge.src;
      if (src.has(attrEscapes)) continue;
      const d = derefs + edge.derefs;
      if (src.walkgen === gen && src.derefs <= d) continue;
      src.walkgen = gen;
      src.derefs = d;
      src.dst = l;
      src.dstEdge = i;
      if (lifo) todo.pushBack(src);
      else if (src.queuedOne !== gen) {
        src.queuedOne = gen;
        todo.pushBack(src);
      }
    }
  }
}

/** Parameter l's value reaches sink. */
function leakTo(b: Batch, l: Location, sink: Location, derefs: number): void {
  const esc = l.paramEsc!;
  if (!sink.has(attrEscapes) && sink.paramOut && sink.curfn === l.curfn && sink.resultIndex - 1 < Leaks.results(b.minor)) esc.addResult(sink.resultIndex - 1, derefs);
  else esc.addHeap(derefs);
}

/** The edges from l to the root of the walk that just reached it; kept with l. */
function pathTo(root: Location, l: Location, kind: Path['kind'], derefs: number): Path {
  const steps: Path['steps'][number][] = [];
  const seen = new Set<Location>();
  let src = l, truncated = false;
  for (;;) {
    if (seen.has(src)) {
      truncated = true;
      break;
    }
    seen.add(src);
    const dst = src.dst;
    if (!dst) break;
    const edge = dst.edges[src.dstEdge];
    steps.push({ dst, src, derefs: edge.derefs, notes: edge.notes });
    if (dst === root) break;
    src = dst;
  }
  const path: Path = { kind, root, derefs, steps, truncated };
  l.paths.push(path);
  return path;
}

/** May values stored in l survive other, if other is on the stack? */
export function outlives(b: Batch, l: Location, other: Location): boolean {
  if (l.has(attrEscapes)) return true;
  if (l === b.mutatorLoc || l === b.calleeLoc) return false;
  if (l.paramOut) {
    // A closure may return what its function holds, as long as every call of it is known.
    if (containsClosure(other.curfn, l.curfn)) {
      const fn = l.curfn as Func;
      if (b.minor >= 22 ? !b.resultsLost.has(fn) : b.called.has(fn)) return false;
    }
    return true;
  }
  if (l.curfn !== undefined && l.curfn === other.curfn && l.loopDepth < other.loopDepth) return true;
  return containsClosure(l.curfn, other.curfn);
}
