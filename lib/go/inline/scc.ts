/**
 * Visiting functions bottom up: callees before callers, mutually recursive ones together.
 *
 * Tarjan's algorithm with two twists of gc's. A closure that captures something
 * is never the root of a component, so it lands in the component of the function
 * it is written in. And every function has two numbers, n and n+1; the search
 * starts from n+1, so reaching n again means the function is recursive.
 */
import { anyChild } from '../ir/visit.ts';
import type { Func, Node } from '../ir/nodes.ts';

/** A function literal analysed with the function around it: one that captures something (until Go 1.23 any but those of package variables). */
export function isCapturing(fn: Func, minor: number): boolean {
  if (fn.oclosure === undefined) return false;
  if (minor > 23) return fn.closureVars.length > 0;
  return !(fn.outer && fn.outer.pos === 0 && fn.outer.sym === 'init');
}

/**
 * Calls analyze with lists of functions such that every function calls only
 * functions of its own list or of earlier ones. recursive: the functions of the
 * list (may be one) call each other. local says which functions take part; minor is the
 * Go version modelled.
 */
export function visitBottomUp(minor: number, list: readonly Func[], local: (fn: Func) => boolean, analyze: (list: Func[], recursive: boolean) => void): void {
  const id = new Map<Func, number>();
  const stack: Func[] = [];
  let gen = 0;

  const visit = (fn: Func): number => {
    const have = id.get(fn);
    if (have !== undefined) return have;
    const me = ++gen;
    id.set(fn, me);
    let min = ++gen;
    stack.push(fn);
    const callee = (f: Func | undefined): void => {
      if (f && local(f)) min = Math.min(min, visit(f));
    };
    const walk = (n: Node): boolean => {
      switch (n.op) {
        case 'ONAME': if (n.class_ === 'PFUNC') callee(n.func); break;
        case 'ODOTMETH': case 'OMETHVALUE': case 'OMETHEXPR': callee(n.method?.func); break;
        case 'OCLOSURE': callee(n.func); break;
        default: break;
      }
      return anyChild(n, walk);
    };
    fn.body.forEach(walk);
    if ((min === me || min === me + 1) && !isCapturing(fn, minor)) {
      let i = stack.length - 1;
      for (; ; i--) {
        id.set(stack[i], Infinity);
        if (stack[i] === fn) break;
      }
      analyze(stack.splice(i), min === me);
    }
    return min;
  };
  for (const fn of list) if (!isCapturing(fn, minor)) visit(fn);
}
