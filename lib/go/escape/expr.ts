/**
 * Expressions: what each does to the hole it is evaluated into.
 *
 * Every subexpression is walked even if its value goes nowhere, for its side
 * effects and the sites in it.
 */
import type { Expr } from '../ir/nodes.ts';
import { isArray, isInterface, isPtr, isUintptr, isUnsafePointer, namedOf, signatureOf } from '../ir/typeutil.ts';
import { isCapturing } from '../inline/scc.ts';
import type { Hole } from './graph.ts';
import { assignHeap } from './assign.ts';
import { call, tagHole } from './call.ts';
import { hasPointers, isDirectIface } from './types.ts';
import { Walker } from './walker.ts';

/** n's value (its init statements are done) into k. */
export function exprInto(e: Walker, k: Hole, n: Expr): void {
  if (k.derefs >= 0 && n.type && !(n.type.kind === 'Basic' && n.type.isUntyped()) && !hasPointers(n.type)) k = k.into(e.b.blankLoc);
  switch (n.op) {
    case 'OLITERAL': case 'ONIL': case 'OTYPE': case 'OMETHEXPR': return;
    case 'ONAME':
      if (n.class_ !== 'PFUNC' && n.class_ !== 'PEXTERN') e.b.flow(k, e.b.oldLoc(n));
      return;
    case 'OPLUS': case 'ONEG': case 'OBITNOT': case 'ONOT': case 'ORECV': e.discard(n.x); return;
    case 'OADD': case 'OSUB': case 'OOR': case 'OXOR': case 'OMUL': case 'ODIV': case 'OMOD': case 'OLSH': case 'ORSH': case 'OAND': case 'OANDNOT':
    case 'OEQ': case 'ONE': case 'OLT': case 'OLE': case 'OGT': case 'OGE': case 'OANDAND': case 'OOROR':
      e.discard(n.x);
      e.discard(n.y);
      return;
    case 'OADDR': e.expr(k.addr(n, 'address-of'), n.x); return;
    case 'ODEREF': e.expr(k.deref(n, 'indirection'), n.x); return;
    case 'ODOT': case 'ODOTMETH': case 'ODOTINTER': e.expr(k.note(n, 'dot'), n.x); return;
    case 'ODOTPTR': e.expr(k.deref(n, 'dot of pointer'), n.x); return;
    case 'ODOTTYPE': case 'ODOTTYPE2': e.expr(e.dotType(k, n.type!, n, 'dot'), n.x); return;
    case 'OINDEX':
      e.expr(isArray(n.x.type!) ? k.note(n, 'fixed-array-index-of') : k.deref(n, 'dot of pointer'), n.x);
      e.discard(n.index);
      return;
    case 'OINDEXMAP':
      e.discard(n.x);
      e.discard(n.index);
      return;
    case 'OSLICE': case 'OSLICEARR': case 'OSLICE3': case 'OSLICE3ARR': case 'OSLICESTR':
      e.expr(k.note(n, 'slice'), n.x);
      e.discard(n.low);
      e.discard(n.high);
      e.discard(n.max);
      return;
    case 'OCONV': case 'OCONVNOP':
      if (isUnsafePointer(n.type!) && isUintptr(n.x.type!)) unsafeValue(e, k, n.x);
      else e.expr(k, n.x);
      return;
    case 'OCONVIFACE':
      if (!isInterface(n.x.type!) && !isDirectIface(n.x.type!)) k = e.spill(k, n);
      e.expr(k.note(n, 'interface-converted'), n.x);
      return;
    case 'OMAKEFACE': e.expr(k, n.y); return;
    case 'OITAB': case 'OIDATA': case 'OSPTR': case 'OSLICE2ARRPTR': case 'OPAREN': e.expr(k, n.x); return;
    case 'OSLICE2ARR': e.expr(k.deref(n, 'slice-to-array'), n.x); return;
    case 'OCALLFUNC': case 'OCALLINTER': case 'OINLCALL': case 'OLEN': case 'OCAP': case 'OMIN': case 'OMAX': case 'OCOMPLEX': case 'OREAL': case 'OIMAG':
    case 'OAPPEND': case 'OCOPY': case 'ORECOVER': case 'OUNSAFEADD': case 'OUNSAFESLICE': case 'OUNSAFESTRING': case 'OUNSAFESTRINGDATA': case 'OUNSAFESLICEDATA':
      call(e, [k], n);
      return;
    case 'ONEW': e.spill(k, n); return;
    case 'OMAKESLICE':
      e.spill(k, n);
      e.discard(n.len);
      e.discard(n.cap);
      return;
    case 'OMAKECHAN': e.discard(n.len); return;
    case 'OMAKEMAP':
      e.spill(k, n);
      e.discard(n.len);
      return;
    case 'OMETHVALUE': {
      // How the method value will be called is not known: its results may go to the heap.
      const record = e.spill(k, n);
      const results = signatureOf(n.type!).results.vars.map(() => e.b.heapHole());
      const recv = tagHole(e, results, n.method?.func, 0);
      e.expr(e.tee(recv, record), n.x);
      return;
    }
    case 'OPTRLIT': e.expr(e.spill(k, n), n.x); return;
    case 'OARRAYLIT':
      for (const el of n.list) e.expr(k.note(n, 'array literal element'), el.op === 'OKEY' ? el.value : el);
      return;
    case 'OSLICELIT': {
      const elems = e.spill(k, n);
      for (const el of n.list) e.expr(elems.note(n, 'slice-literal-element'), el.op === 'OKEY' ? el.value : el);
      return;
    }
    case 'OSTRUCTLIT':
      for (const el of n.list) e.expr(k.note(n, 'struct literal element'), el.op === 'OSTRUCTKEY' ? el.value : el);
      return;
    case 'OMAPLIT':
      e.spill(k, n);
      for (const el of n.list) {
        if (el.op !== 'OKEY') continue;
        assignHeap(e, el.key, 'map literal key', n);
        assignHeap(e, el.value, 'map literal value', n);
      }
      return;
    case 'OCLOSURE': {
      e.b.closures.push({ k: e.spill(k, n), clo: n });
      const fn = n.func;
      if (!isCapturing(fn, e.b.minor)) return;
      for (const cv of fn.closureVars) {
        const loc = e.b.oldLoc(cv);
        if (loc.captured) continue;
        loc.captured = true;
        // Assignments before the first capture, in straight-line code, do not count.
        if (loc.loopDepth === e.loopDepth) loc.reassigned = false;
      }
      const inner = new Walker(e.b, fn);
      for (const d of fn.dcl) if (!e.b.hasLoc(d)) inner.newLoc(d, true);
      inner.body();
      return;
    }
    case 'ORUNES2STR': case 'OBYTES2STR': case 'OSTR2RUNES': case 'OSTR2BYTES': case 'ORUNESTR':
      e.spill(k, n);
      e.discard(n.x);
      return;
    case 'OADDSTR':
      e.spill(k, n);
      e.discards(n.list);
      return;
    default: return;
  }
}

/** uintptr arithmetic that becomes a pointer: what unsafe.Pointer was converted in it? */
export function unsafeValue(e: Walker, k: Hole, n: Expr): void {
  e.stmts(n.init);
  switch (n.op) {
    case 'OCONV': case 'OCONVNOP':
      if (isUnsafePointer(n.x.type!)) e.expr(k, n.x); else e.discard(n.x);
      return;
    case 'ODOTPTR':
      if (isReflectHeaderData(n)) e.expr(k.deref(n, 'reflect.Header.Data'), n.x); else e.discard(n.x);
      return;
    case 'OPLUS': case 'ONEG': case 'OBITNOT': unsafeValue(e, k, n.x); return;
    case 'OADD': case 'OSUB': case 'OOR': case 'OXOR': case 'OMUL': case 'ODIV': case 'OMOD': case 'OAND': case 'OANDNOT':
      unsafeValue(e, k, n.x);
      unsafeValue(e, k, n.y);
      return;
    case 'OLSH': case 'ORSH':
      unsafeValue(e, k, n.x);
      e.discard(n.y);
      return;
    default: exprInto(e, e.b.discardHole(), n);
  }
}

/** p.Data of a reflect.SliceHeader or StringHeader: a pointer kept as a uintptr. */
export function isReflectHeaderData(n: Expr): boolean {
  if ((n.op !== 'ODOT' && n.op !== 'ODOTPTR') || n.sel !== 'Data' || !isUintptr(n.type!)) return false;
  if (n.op === 'ODOTPTR' && !isPtr(n.x.type!)) return false;
  const obj = namedOf(n.x.type!)?.obj;
  return obj?.pkg?.path === 'reflect' && (obj.name === 'SliceHeader' || obj.name === 'StringHeader');
}
