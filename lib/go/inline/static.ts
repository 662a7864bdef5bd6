/**
 * What an expression is known to be before the program runs.
 *
 * A local that is assigned once, where it is declared, stands for the value it
 * was given: f := func(){…}; f() calls that literal. Closures count: a variable
 * assigned in a nested function is reassigned. Rules: ir.StaticValue, ir.Reassigned
 * and ir.ReassignOracle.
 */
import { anyChild } from '../ir/visit.ts';
import type { Expr, Func, Name, Node } from '../ir/nodes.ts';
import { isArray } from '../ir/typeutil.ts';

/** The variable behind a chain of field and array-element selections; the node itself otherwise. */
export function outerValue(n: Node): Node {
  for (;;) {
    if (n.op === 'ODOT' || n.op === 'OPAREN' || n.op === 'OCONVNOP') n = n.x;
    else if (n.op === 'OINDEX' && isArray(n.x.type!)) n = n.x;
    else return n;
  }
}

/** cond holds for some node of fn's body (bodies of closures not included). */
export function anyInFunc(fn: Func, cond: (n: Node) => boolean): boolean {
  const visit = (n: Node): boolean => cond(n) || anyChild(n, visit);
  return fn.body.some(visit);
}

/** The value the name was defined with, if its definition is an assignment that gives one. */
function definition(name: Name): Expr | undefined {
  if (name.class_ !== 'PAUTO') return undefined;
  const defn = name.defn;
  if (defn?.op === 'OAS') return defn.y;
  if (defn?.op === 'OAS2') {
    const i = defn.lhs.indexOf(name);
    return i >= 0 ? defn.rhs[i] : undefined;
  }
  return undefined;
}

function targets(n: Node): readonly (Node | undefined)[] {
  switch (n.op) {
    case 'OAS': case 'OASOP': return [n.x];
    case 'OAS2': case 'OAS2FUNC': case 'OAS2MAPR': case 'OAS2DOTTYPE': case 'OAS2RECV': case 'OSELRECV2': return n.lhs;
    case 'ORANGE': return [n.key, n.value];
    default: return [];
  }
}

/** Is the name assigned anywhere but in its declaration, or its address taken? */
export function isReassigned(name: Name): boolean {
  if (!name.curfn || name.addrtaken) return true;
  const is = (n: Node): boolean => {
    if (n.op === 'OCLOSURE') return anyInFunc(n.func, is);
    if (n !== name.defn || n.op === 'OASOP' || n.op === 'ORANGE') {
      for (const t of targets(n)) {
        if (!t) continue;
        const o = outerValue(t);
        if (o.op === 'ONAME' && o.canonical === name) return true;
      }
    }
    return false;
  };
  return anyInFunc(name.curfn, is);
}

/** Asks `reassigned` of the names on the way; without it walks the declaring function. */
export function staticValue(n: Expr, reassigned: (n: Name) => boolean = isReassigned): Expr {
  for (let limit = 0; limit < 10000; limit++) {
    if (n.op === 'OCONVNOP' || n.op === 'OPAREN') n = n.x;
    else if (n.op === 'OINLCALL' && n.returnVars.length === 1) n = n.returnVars[0];
    else {
      if (n.op !== 'ONAME') return n;
      const name = n.canonical;
      const v = definition(name);
      if (!v || reassigned(name)) return n;
      n = v;
    }
  }
  return n;
}

/** The function an expression denotes, if known. */
export function staticCallee(n: Expr): Func | undefined {
  switch (n.op) {
    case 'OMETHEXPR': return n.method?.func;
    case 'ONAME': return n.class_ === 'PFUNC' ? n.func : undefined;
    case 'OCLOSURE': return n.func;
    default: return undefined;
  }
}

/** Which locals of a function (and of its closures) are assigned only where they are declared; one walk answers for all. */
export class ReassignOracle {
  readonly #single = new Set<Name>();
  constructor(fn: Func) {
    const find = (n: Node): boolean => {
      if (n.op === 'ONAME') {
        if (n.defn && !n.addrtaken && n.class_ === 'PAUTO') this.#single.add(n);
      } else if (n.op === 'OCLOSURE') anyInFunc(n.func, find);
      else if (n.op === 'ODCL') find(n.x);
      return false;
    };
    anyInFunc(fn, find);
    const prune = (n: Node): boolean => {
      if (n.op === 'OCLOSURE') anyInFunc(n.func, prune);
      for (const t of targets(n)) {
        if (!t) continue;
        const o = outerValue(t);
        if (o.op === 'ONAME' && o.canonical.defn !== n) this.#single.delete(o.canonical);
      }
      return false;
    };
    anyInFunc(fn, prune);
  }
  isReassigned(n: Name): boolean { return !this.#single.has(n); }
  staticValue(n: Expr): Expr { return staticValue(n, (x) => this.isReassigned(x)); }
}
