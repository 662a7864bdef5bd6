/** Walking and copying trees: one place that knows every node's children, in gc's order. */
import * as ir from './nodes.ts';
import type { Expr, Node, Stmt } from './nodes.ts';

type Edit = (n: Node) => Node;

const e = <T extends Node>(x: T, f: Edit): T => f(x) as T;
const o = <T extends Node>(x: T | undefined, f: Edit): T | undefined => (x === undefined ? undefined : (f(x) as T));
const l = (xs: Node[], f: Edit): void => { for (let i = 0; i < xs.length; i++) xs[i] = f(xs[i]); };

/** Replaces each child of n (its init list first) by f(child). Nested functions of closures are not entered. */
export function editChildren(n: Node, f: Edit): void {
  if (n.init) l(n.init, f);
  switch (n.op) {
    case 'ONAME': case 'OLITERAL': case 'ONIL': case 'OTYPE': case 'OTYPEDESC': case 'OITABADDR': case 'OFUNCINDEX': case 'OGETCLOSUREPTR':
    case 'OCLOSURE': case 'OBREAK': case 'OCONTINUE': case 'OFALL': case 'OGOTO': case 'OLABEL': case 'OINLMARK': case 'ODCL':
      return;
    case 'OADDSTR': l(n.list, f); return;
    case 'OADDR': case 'OPTRLIT': case 'ODEREF': case 'OPAREN': n.x = e(n.x, f); return;
    case 'OCALLFUNC': case 'OCALLINTER': case 'OCALLMETH': case 'OAPPEND': case 'ODELETE': case 'OPRINT': case 'OPRINTLN': case 'ORECOVER': case 'OMIN': case 'OMAX':
      if (n.fun) n.fun = e(n.fun, f);
      l(n.args, f); return;
    case 'OCALLRT': l(n.args, f); return;
    case 'OSTRUCTLIT': case 'OARRAYLIT': case 'OSLICELIT': case 'OMAPLIT': l(n.list, f); return;
    case 'OKEY': n.key = e(n.key, f); n.value = e(n.value, f); return;
    case 'OSTRUCTKEY': n.value = e(n.value, f); return;
    case 'OINDEX': case 'OINDEXMAP': n.x = e(n.x, f); n.index = e(n.index, f); return;
    case 'OMAKESLICE': case 'OMAKEMAP': case 'OMAKECHAN': n.len = o(n.len, f); n.cap = o(n.cap, f); return;
    case 'ODOT': case 'ODOTPTR': case 'ODOTINTER': case 'ODOTMETH': case 'OMETHVALUE': case 'OMETHEXPR': n.x = e(n.x, f); return;
    case 'OSLICE': case 'OSLICEARR': case 'OSLICESTR': case 'OSLICE3': case 'OSLICE3ARR':
      n.x = e(n.x, f); n.low = o(n.low, f); n.high = o(n.high, f); n.max = o(n.max, f); return;
    case 'OSLICEHEADER': n.ptr = e(n.ptr, f); n.len = e(n.len, f); n.cap = e(n.cap, f); return;
    case 'OSTRINGHEADER': n.ptr = e(n.ptr, f); n.len = e(n.len, f); return;
    case 'ODOTTYPE': case 'ODOTTYPE2': n.x = e(n.x, f); return;
    case 'OINLCALL': l(n.body, f); return;
    case 'OAS': n.x = e(n.x, f); n.y = o(n.y, f); return;
    case 'OAS2': case 'OAS2FUNC': case 'OAS2MAPR': case 'OAS2RECV': case 'OAS2DOTTYPE': case 'OSELRECV2': l(n.lhs, f); l(n.rhs, f); return;
    case 'OASOP': n.x = e(n.x, f); n.y = e(n.y, f); return;
    case 'OBLOCK': l(n.list, f); return;
    case 'OFOR': n.cond = o(n.cond, f); n.post = o(n.post, f); l(n.body, f); return;
    case 'ORANGE': n.x = e(n.x, f); n.key = o(n.key, f); n.value = o(n.value, f); l(n.body, f); return;
    case 'OIF': n.cond = e(n.cond, f); l(n.body, f); l(n.els, f); return;
    case 'OCASE': n.v = o(n.v, f); l(n.list, f); l(n.body, f); return;
    case 'OSWITCH': n.tag = o(n.tag, f); l(n.cases, f); return;
    case 'OTYPESW': n.x = e(n.x, f); return;
    case 'OCOMM': n.comm = o(n.comm, f); l(n.body, f); return;
    case 'OSELECT': l(n.cases, f); return;
    case 'OSEND': n.chan = e(n.chan, f); n.value = e(n.value, f); return;
    case 'OGO': case 'ODEFER': n.call = e(n.call, f); n.deferAt = o(n.deferAt, f); return;
    case 'ORETURN': l(n.results, f); return;
    case 'OJUMPTABLE': n.x = e(n.x, f); return;
    case 'OADD': case 'OSUB': case 'OMUL': case 'ODIV': case 'OMOD': case 'OAND': case 'OOR': case 'OXOR': case 'OANDNOT': case 'OLSH': case 'ORSH':
    case 'OEQ': case 'ONE': case 'OLT': case 'OLE': case 'OGT': case 'OGE': case 'OANDAND': case 'OOROR':
    case 'OCOMPLEX': case 'OCOPY': case 'OUNSAFEADD': case 'OUNSAFESLICE': case 'OUNSAFESTRING': case 'OMAKEFACE':
      n.x = e(n.x, f); n.y = e(n.y, f); return;
    case 'ONEG': case 'OPLUS': case 'ONOT': case 'OBITNOT': case 'OLEN': case 'OCAP': case 'OREAL': case 'OIMAG': case 'OPANIC': case 'OCLOSE': case 'OCLEAR':
    case 'ONEW': case 'ORECV': case 'OUNSAFESLICEDATA': case 'OUNSAFESTRINGDATA': case 'OITAB': case 'OIDATA': case 'OSPTR': case 'OCHECKNIL': case 'OCFUNC':
    case 'OCONV': case 'OCONVNOP': case 'OCONVIFACE': case 'OBYTES2STR': case 'OBYTES2STRTMP': case 'ORUNES2STR': case 'ORUNESTR':
    case 'OSTR2BYTES': case 'OSTR2BYTESTMP': case 'OSTR2RUNES': case 'OSLICE2ARR': case 'OSLICE2ARRPTR':
      n.x = e(n.x, f); return;
    default: n satisfies never;
  }
}

/** Which children nodes of a class have. */
const noKids = 0, kidX = 1, kidsXY = 2, kidList = 3, kidsCall = 4, kidArgs = 5, kidsKey = 6, kidValue = 7, kidsIndex = 8, kidsMake = 9, kidsSlice = 10, kidsSliceHeader = 11, kidsStringHeader = 12, kidBody = 13,
  kidsAssign = 14, kidsAssignList = 15, kidsFor = 16, kidsRange = 17, kidsIf = 18, kidsCase = 19, kidsSwitch = 20, kidsComm = 21, kidCases = 22, kidsSend = 23, kidCall = 24, kidResults = 25;
// On the prototypes: a switch over numbers is a jump, one over ops a hundred comparisons.
for (const [kids, classes] of [
  [noKids, [ir.Name, ir.ConstExpr, ir.NilExpr, ir.TypeExpr, ir.TypeDescExpr, ir.ItabExpr, ir.FuncIndexExpr, ir.GetClosurePtr, ir.ClosureExpr, ir.BranchStmt, ir.LabelStmt, ir.InlineMarkStmt, ir.Decl]],
  [kidX, [ir.AddrExpr, ir.StarExpr, ir.ParenExpr, ir.UnaryExpr, ir.ConvExpr, ir.SelectorExpr, ir.TypeAssertExpr, ir.TypeSwitchGuard, ir.JumpTableStmt]],
  [kidsXY, [ir.BinaryExpr, ir.LogicalExpr, ir.AssignOpStmt]], [kidList, [ir.AddStringExpr, ir.CompLitExpr, ir.BlockStmt]], [kidsCall, [ir.CallExpr]], [kidArgs, [ir.RuntimeCall]],
  [kidsKey, [ir.KeyExpr]], [kidValue, [ir.StructKeyExpr]], [kidsIndex, [ir.IndexExpr]], [kidsMake, [ir.MakeExpr]], [kidsSlice, [ir.SliceExpr]], [kidsSliceHeader, [ir.SliceHeaderExpr]],
  [kidsStringHeader, [ir.StringHeaderExpr]], [kidBody, [ir.InlinedCallExpr]], [kidsAssign, [ir.AssignStmt]], [kidsAssignList, [ir.AssignListStmt]], [kidsFor, [ir.ForStmt]], [kidsRange, [ir.RangeStmt]],
  [kidsIf, [ir.IfStmt]], [kidsCase, [ir.CaseClause]], [kidsSwitch, [ir.SwitchStmt]], [kidsComm, [ir.CommClause]], [kidCases, [ir.SelectStmt]], [kidsSend, [ir.SendStmt]], [kidCall, [ir.GoDeferStmt]],
  [kidResults, [ir.ReturnStmt]],
] as const) for (const c of classes) Object.defineProperty(c.prototype, 'kids', { value: kids });

/**
 * Calls g(child, f) on each child of n, in the order of editChildren, and writes nothing.
 * f is handed through, so that a recursive visit needs no closure: this runs some
 * hundred times per node in a build.
 */
export function eachChild<F>(node: Node, g: (c: Node, f: F) => void, f: F): void {
  if (node.init) each(node.init, g, f);
  switch ((node as unknown as { kids: number }).kids) {
    case noKids: return;
    case kidX: g((node as ir.UnaryExpr).x, f); return;
    case kidsXY: { const n = node as ir.BinaryExpr; g(n.x, f); g(n.y, f); return; }
    case kidList: each((node as ir.BlockStmt).list, g, f); return;
    case kidsCall: { const n = node as ir.CallExpr; if (n.fun) g(n.fun, f); each(n.args, g, f); return; }
    case kidArgs: each((node as ir.RuntimeCall).args, g, f); return;
    case kidsKey: { const n = node as ir.KeyExpr; g(n.key, f); g(n.value, f); return; }
    case kidValue: g((node as ir.StructKeyExpr).value, f); return;
    case kidsIndex: { const n = node as ir.IndexExpr; g(n.x, f); g(n.index, f); return; }
    case kidsMake: { const n = node as ir.MakeExpr; if (n.len) g(n.len, f); if (n.cap) g(n.cap, f); return; }
    case kidsSlice: { const n = node as ir.SliceExpr; g(n.x, f); if (n.low) g(n.low, f); if (n.high) g(n.high, f); if (n.max) g(n.max, f); return; }
    case kidsSliceHeader: { const n = node as ir.SliceHeaderExpr; g(n.ptr, f); g(n.len, f); g(n.cap, f); return; }
    case kidsStringHeader: { const n = node as ir.StringHeaderExpr; g(n.ptr, f); g(n.len, f); return; }
    case kidBody: each((node as ir.InlinedCallExpr).body, g, f); return;
    case kidsAssign: { const n = node as ir.AssignStmt; g(n.x, f); if (n.y) g(n.y, f); return; }
    case kidsAssignList: { const n = node as ir.AssignListStmt; each(n.lhs, g, f); each(n.rhs, g, f); return; }
    case kidsFor: { const n = node as ir.ForStmt; if (n.cond) g(n.cond, f); if (n.post) g(n.post, f); each(n.body, g, f); return; }
    case kidsRange: { const n = node as ir.RangeStmt; g(n.x, f); if (n.key) g(n.key, f); if (n.value) g(n.value, f); each(n.body, g, f); return; }
    case kidsIf: { const n = node as ir.IfStmt; g(n.cond, f); each(n.body, g, f); each(n.els, g, f); return; }
    case kidsCase: { const n = node as ir.CaseClause; if (n.v) g(n.v, f); each(n.list, g, f); each(n.body, g, f); return; }
    case kidsSwitch: { const n = node as ir.SwitchStmt; if (n.tag) g(n.tag, f); each(n.cases, g, f); return; }
    case kidsComm: { const n = node as ir.CommClause; if (n.comm) g(n.comm, f); each(n.body, g, f); return; }
    case kidCases: each((node as ir.SelectStmt).cases, g, f); return;
    case kidsSend: { const n = node as ir.SendStmt; g(n.chan, f); g(n.value, f); return; }
    case kidCall: {
      const { call, deferAt } = node as ir.GoDeferStmt;
      g(call, f);
      if (deferAt) g(deferAt, f);
      return;
    }
    case kidResults: each((node as ir.ReturnStmt).results, g, f); return;
    default: throw new Error(`no children known of ${node.op}`);
  }
}
function each<F>(list: readonly Node[], g: (c: Node, f: F) => void, f: F): void { for (let i = 0; i < list.length; i++) g(list[i], f); }

interface Search { readonly f: (c: Node) => boolean; found: boolean }
const look = (c: Node, s: Search): void => { if (!s.found && s.f(c)) s.found = true; };

/** Calls f on each child of n; stops and returns true as soon as f does. */
export function anyChild(n: Node, f: (c: Node) => boolean): boolean {
  const search: Search = { f, found: false };
  eachChild(n, look, search);
  return search.found;
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
