/** Walking and copying trees: one place that knows every node's children, in gc's order. */
import type { Expr, Node, Stmt } from './nodes.ts';

type Edit = (n: Node) => Node;

/** Replaces each child of n (its init list first) by f(child). Nested functions of closures are not entered. */
export function editChildren(n: Node, f: Edit): void {
  const e = <T extends Node>(x: T): T => f(x) as T;
  const o = <T extends Node>(x: T | undefined): T | undefined => (x === undefined ? undefined : (f(x) as T));
  const l = (xs: Node[]): void => { for (let i = 0; i < xs.length; i++) xs[i] = f(xs[i]); };
  if (n.init) l(n.init);
  switch (n.op) {
    case 'ONAME': case 'OLITERAL': case 'ONIL': case 'OTYPE': case 'OTYPEDESC': case 'OITABADDR': case 'OFUNCINDEX': case 'OGETCLOSUREPTR':
    case 'OCLOSURE': case 'OBREAK': case 'OCONTINUE': case 'OFALL': case 'OGOTO': case 'OLABEL': case 'OINLMARK': case 'ODCL':
      return;
    case 'OADDSTR': l(n.list); return;
    case 'OADDR': case 'OPTRLIT': case 'ODEREF': case 'OPAREN': n.x = e(n.x); return;
    case 'OCALLFUNC': case 'OCALLINTER': case 'OCALLMETH': case 'OAPPEND': case 'ODELETE': case 'OPRINT': case 'OPRINTLN': case 'ORECOVER': case 'OMIN': case 'OMAX':
      if (n.fun) n.fun = e(n.fun);
      l(n.args); return;
    case 'OCALLRT': l(n.args); return;
    case 'OSTRUCTLIT': case 'OARRAYLIT': case 'OSLICELIT': case 'OMAPLIT': l(n.list); return;
    case 'OKEY': n.key = e(n.key); n.value = e(n.value); return;
    case 'OSTRUCTKEY': n.value = e(n.value); return;
    case 'OINDEX': case 'OINDEXMAP': n.x = e(n.x); n.index = e(n.index); return;
    case 'OMAKESLICE': case 'OMAKEMAP': case 'OMAKECHAN': n.len = o(n.len); n.cap = o(n.cap); return;
    case 'ODOT': case 'ODOTPTR': case 'ODOTINTER': case 'ODOTMETH': case 'OMETHVALUE': case 'OMETHEXPR': n.x = e(n.x); return;
    case 'OSLICE': case 'OSLICEARR': case 'OSLICESTR': case 'OSLICE3': case 'OSLICE3ARR':
      n.x = e(n.x); n.low = o(n.low); n.high = o(n.high); n.max = o(n.max); return;
    case 'OSLICEHEADER': n.ptr = e(n.ptr); n.len = e(n.len); n.cap = e(n.cap); return;
    case 'OSTRINGHEADER': n.ptr = e(n.ptr); n.len = e(n.len); return;
    case 'ODOTTYPE': case 'ODOTTYPE2': n.x = e(n.x); return;
    case 'OINLCALL': l(n.body); return;
    case 'OAS': n.x = e(n.x); n.y = o(n.y); return;
    case 'OAS2': case 'OAS2FUNC': case 'OAS2MAPR': case 'OAS2RECV': case 'OAS2DOTTYPE': case 'OSELRECV2': l(n.lhs); l(n.rhs); return;
    case 'OASOP': n.x = e(n.x); n.y = e(n.y); return;
    case 'OBLOCK': l(n.list); return;
    case 'OFOR': n.cond = o(n.cond); n.post = o(n.post); l(n.body); return;
    case 'ORANGE': n.x = e(n.x); n.key = o(n.key); n.value = o(n.value); l(n.body); return;
    case 'OIF': n.cond = e(n.cond); l(n.body); l(n.els); return;
    case 'OCASE': n.v = o(n.v); l(n.list); l(n.body); return;
    case 'OSWITCH': n.tag = o(n.tag); l(n.cases); return;
    case 'OTYPESW': n.x = e(n.x); return;
    case 'OCOMM': n.comm = o(n.comm); l(n.body); return;
    case 'OSELECT': l(n.cases); return;
    case 'OSEND': n.chan = e(n.chan); n.value = e(n.value); return;
    case 'OGO': case 'ODEFER': n.call = e(n.call); return;
    case 'ORETURN': l(n.results); return;
    case 'OJUMPTABLE': n.x = e(n.x); return;
    case 'OADD': case 'OSUB': case 'OMUL': case 'ODIV': case 'OMOD': case 'OAND': case 'OOR': case 'OXOR': case 'OANDNOT': case 'OLSH': case 'ORSH':
    case 'OEQ': case 'ONE': case 'OLT': case 'OLE': case 'OGT': case 'OGE': case 'OANDAND': case 'OOROR':
    case 'OCOMPLEX': case 'OCOPY': case 'OUNSAFEADD': case 'OUNSAFESLICE': case 'OUNSAFESTRING': case 'OMAKEFACE':
      n.x = e(n.x); n.y = e(n.y); return;
    case 'ONEG': case 'OPLUS': case 'ONOT': case 'OBITNOT': case 'OLEN': case 'OCAP': case 'OREAL': case 'OIMAG': case 'OPANIC': case 'OCLOSE': case 'OCLEAR':
    case 'ONEW': case 'ORECV': case 'OUNSAFESLICEDATA': case 'OUNSAFESTRINGDATA': case 'OITAB': case 'OIDATA': case 'OSPTR': case 'OCHECKNIL': case 'OCFUNC':
    case 'OCONV': case 'OCONVNOP': case 'OCONVIFACE': case 'OBYTES2STR': case 'OBYTES2STRTMP': case 'ORUNES2STR': case 'ORUNESTR':
    case 'OSTR2BYTES': case 'OSTR2BYTESTMP': case 'OSTR2RUNES': case 'OSLICE2ARR': case 'OSLICE2ARRPTR':
      n.x = e(n.x); return;
    default: n satisfies never;
  }
}

/** Calls f on each child of n; stops and returns true as soon as f does. */
export function anyChild(n: Node, f: (c: Node) => boolean): boolean {
  let found = false;
  editChildren(n, (c) => { if (!found && f(c)) found = true; return c; });
  return found;
}

/** Calls f on each child of n. */
export function doChildren(n: Node, f: (c: Node) => void): void {
  editChildren(n, (c) => { f(c); return c; });
}

/** Calls f on n and everything below it (parents first), closures' bodies excepted. */
export function visit(n: Node, f: (n: Node) => void): void { f(n); doChildren(n, (c) => visit(c, f)); }
export function visitList(list: readonly Node[], f: (n: Node) => void): void { for (const n of list) visit(n, f); }

/** A copy of one node: its own lists are copied, its children shared. */
export function copyNode<T extends Node>(n: T): T {
  const c = Object.assign(Object.create(Object.getPrototypeOf(n)), n) as T & Record<string, unknown>;
  for (const k of ['init', 'list', 'args', 'body', 'els', 'lhs', 'rhs', 'cases', 'results', 'returnVars'] as const) {
    const v = c[k];
    if (Array.isArray(v)) (c as Record<string, unknown>)[k] = v.slice();
  }
  return c;
}

/** A deep copy in which f may replace any node before it is copied (return undefined to copy it); names are shared. */
export function deepCopy<T extends Node>(n: T, f?: (n: Node) => Node | undefined): T {
  const r = f?.(n);
  if (r) return r as T;
  if (n.op === 'ONAME') return n;
  const c = copyNode(n);
  editChildren(c, (x) => deepCopy(x, f));
  return c;
}
export function deepCopyList<T extends Expr | Stmt>(list: readonly T[], f?: (n: Node) => Node | undefined): T[] { return list.map((n) => deepCopy(n, f)); }
