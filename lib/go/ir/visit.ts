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

/**
 * Calls g(child, f) on each child of n, in the order of editChildren, and writes nothing.
 * f is handed through, so that a recursive visit needs no closure: this runs some
 * hundred times per node in a build.
 */
export function eachChild<F>(n: Node, g: (c: Node, f: F) => void, f: F): void {
  if (n.init) each(n.init, g, f);
  switch (n.op) {
    case 'ONAME': case 'OLITERAL': case 'ONIL': case 'OTYPE': case 'OTYPEDESC': case 'OITABADDR': case 'OFUNCINDEX': case 'OGETCLOSUREPTR':
    case 'OCLOSURE': case 'OBREAK': case 'OCONTINUE': case 'OFALL': case 'OGOTO': case 'OLABEL': case 'OINLMARK': case 'ODCL':
      return;
    case 'OADDSTR': each(n.list, g, f); return;
    case 'OADDR': case 'OPTRLIT': case 'ODEREF': case 'OPAREN': g(n.x, f); return;
    case 'OCALLFUNC': case 'OCALLINTER': case 'OCALLMETH': case 'OAPPEND': case 'ODELETE': case 'OPRINT': case 'OPRINTLN': case 'ORECOVER': case 'OMIN': case 'OMAX':
      if (n.fun) g(n.fun, f);
      each(n.args, g, f); return;
    case 'OCALLRT': each(n.args, g, f); return;
    case 'OSTRUCTLIT': case 'OARRAYLIT': case 'OSLICELIT': case 'OMAPLIT': each(n.list, g, f); return;
    case 'OKEY': g(n.key, f); g(n.value, f); return;
    case 'OSTRUCTKEY': g(n.value, f); return;
    case 'OINDEX': case 'OINDEXMAP': g(n.x, f); g(n.index, f); return;
    case 'OMAKESLICE': case 'OMAKEMAP': case 'OMAKECHAN': if (n.len) g(n.len, f); if (n.cap) g(n.cap, f); return;
    case 'ODOT': case 'ODOTPTR': case 'ODOTINTER': case 'ODOTMETH': case 'OMETHVALUE': case 'OMETHEXPR': g(n.x, f); return;
    case 'OSLICE': case 'OSLICEARR': case 'OSLICESTR': case 'OSLICE3': case 'OSLICE3ARR':
      g(n.x, f); if (n.low) g(n.low, f); if (n.high) g(n.high, f); if (n.max) g(n.max, f); return;
    case 'OSLICEHEADER': g(n.ptr, f); g(n.len, f); g(n.cap, f); return;
    case 'OSTRINGHEADER': g(n.ptr, f); g(n.len, f); return;
    case 'ODOTTYPE': case 'ODOTTYPE2': g(n.x, f); return;
    case 'OINLCALL': each(n.body, g, f); return;
    case 'OAS': g(n.x, f); if (n.y) g(n.y, f); return;
    case 'OAS2': case 'OAS2FUNC': case 'OAS2MAPR': case 'OAS2RECV': case 'OAS2DOTTYPE': case 'OSELRECV2': each(n.lhs, g, f); each(n.rhs, g, f); return;
    case 'OASOP': g(n.x, f); g(n.y, f); return;
    case 'OBLOCK': each(n.list, g, f); return;
    case 'OFOR': if (n.cond) g(n.cond, f); if (n.post) g(n.post, f); each(n.body, g, f); return;
    case 'ORANGE': g(n.x, f); if (n.key) g(n.key, f); if (n.value) g(n.value, f); each(n.body, g, f); return;
    case 'OIF': g(n.cond, f); each(n.body, g, f); each(n.els, g, f); return;
    case 'OCASE': if (n.v) g(n.v, f); each(n.list, g, f); each(n.body, g, f); return;
    case 'OSWITCH': if (n.tag) g(n.tag, f); each(n.cases, g, f); return;
    case 'OTYPESW': g(n.x, f); return;
    case 'OCOMM': if (n.comm) g(n.comm, f); each(n.body, g, f); return;
    case 'OSELECT': each(n.cases, g, f); return;
    case 'OSEND': g(n.chan, f); g(n.value, f); return;
    case 'OGO': case 'ODEFER': g(n.call, f); return;
    case 'ORETURN': each(n.results, g, f); return;
    case 'OJUMPTABLE': g(n.x, f); return;
    case 'OADD': case 'OSUB': case 'OMUL': case 'ODIV': case 'OMOD': case 'OAND': case 'OOR': case 'OXOR': case 'OANDNOT': case 'OLSH': case 'ORSH':
    case 'OEQ': case 'ONE': case 'OLT': case 'OLE': case 'OGT': case 'OGE': case 'OANDAND': case 'OOROR':
    case 'OCOMPLEX': case 'OCOPY': case 'OUNSAFEADD': case 'OUNSAFESLICE': case 'OUNSAFESTRING': case 'OMAKEFACE':
      g(n.x, f); g(n.y, f); return;
    case 'ONEG': case 'OPLUS': case 'ONOT': case 'OBITNOT': case 'OLEN': case 'OCAP': case 'OREAL': case 'OIMAG': case 'OPANIC': case 'OCLOSE': case 'OCLEAR':
    case 'ONEW': case 'ORECV': case 'OUNSAFESLICEDATA': case 'OUNSAFESTRINGDATA': case 'OITAB': case 'OIDATA': case 'OSPTR': case 'OCHECKNIL': case 'OCFUNC':
    case 'OCONV': case 'OCONVNOP': case 'OCONVIFACE': case 'OBYTES2STR': case 'OBYTES2STRTMP': case 'ORUNES2STR': case 'ORUNESTR':
    case 'OSTR2BYTES': case 'OSTR2BYTESTMP': case 'OSTR2RUNES': case 'OSLICE2ARR': case 'OSLICE2ARRPTR':
      g(n.x, f); return;
    default: n satisfies never;
  }
}
function each<F>(list: readonly Node[], g: (c: Node, f: F) => void, f: F): void { for (let i = 0; i < list.length; i++) g(list[i], f); }

/** Calls f on each child of n; stops and returns true as soon as f does. */
export function anyChild(n: Node, f: (c: Node) => boolean): boolean {
  let found = false;
  eachChild(n, (c) => { if (!found && f(c)) found = true; }, undefined);
  return found;
}

type See = (n: Node) => void;
const see = (n: Node, f: See): void => f(n);

/** Calls f on each child of n. */
export function doChildren(n: Node, f: See): void { eachChild(n, see, f); }

/** Calls f on n and everything below it (parents first), closures' bodies excepted. */
export function visit(n: Node, f: See): void { f(n); eachChild(n, visit, f); }
export function visitList(list: readonly Node[], f: See): void { for (const n of list) visit(n, f); }

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
