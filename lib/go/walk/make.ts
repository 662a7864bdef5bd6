/** make([]T, len, cap): in the frame, in a small frame buffer if the size allows at run time (Go 1.25), or on the heap. */
import { SliceExpr, SliceHeaderExpr, type Expr, type MakeExpr } from '../ir/nodes.ts';
import * as c from '../types/constant.ts';
import type { Walker } from './walker.ts';
import { T, arrayOf, elem, size } from './typex.ts';
import { walkExprs } from './expr.ts';

/** Bytes of the frame buffer tried for a slice of variable size (gc's VariableMakeThreshold, since 1.25). */
export const variableBuffer = 32;

/** A non-negative constant below 2**31, or -1. */
function smallConst(n: Expr): number {
  if (n.op !== 'OLITERAL') return -1;
  const v = c.intVal(c.toInt(n.val));
  return v !== null && v >= 0n && v < 0x8000_0000n ? Number(v) : -1;
}

/** A length beyond the capacity panics: the length's fault if it is negative, else the capacity's. */
function checkLen(w: Walker, n: MakeExpr, len: Expr, cap: Expr): void {
  w.if(w.cmp('OGT', w.uint(len), cap), () => {
    w.if(w.cmp('OLT', len, w.intOf(n.pos, 0)), () => w.rt(n.pos, 'panicmakeslicelen'));
    w.rt(n.pos, 'panicmakeslicecap');
  });
}

export function walkMakeSlice(w: Walker, n: MakeExpr): Expr {
  const et = elem(n.type!);
  const [len, cap = len] = walkExprs(w, n.cap ? [n.len!, n.cap] : [n.len!]).map((x) => w.safe(w.conv(x, T.int)));
  const capConst = smallConst(n.cap ?? n.len!);
  if (n.esc === 'none' && capConst >= 0) {
    const at = arrayOf(capConst, et);
    w.site(n, 'makeslice', size(at) === 0 ? 'zero' : 'stack', n.type, size(at));
    const lenConst = smallConst(n.len!);
    if (lenConst < 0 || lenConst > capConst) checkLen(w, n, len, w.intOf(n.pos, capConst, T.uint64));
    const arr = w.slot(n.pos, at);
    w.zero(arr);
    const s = new SliceExpr(n.pos, 'OSLICEARR', w.addr(arr), undefined, len, undefined, n.type!);
    return w.copy(s);
  }
  const k = size(et) > 0 ? Math.floor(variableBuffer / size(et)) : 0;
  const buffered = n.esc === 'none' && w.pkg.minor >= 25 && k > 0;
  const site = w.site(n, 'makeslice', buffered ? 'buffer' : 'heap', n.type, capConst >= 0 ? capConst * size(et) : undefined);
  const r = w.temp(n.pos, n.type!);
  const onHeap = (): void => {
    const p = w.rtValue(n.pos, 'makeslice', T.unsafePointer, w.typeDesc(n.pos, et), len, cap, w.siteArg(site));
    w.assign(r, new SliceHeaderExpr(n.pos, p, len, cap, n.type!));
  };
  if (!buffered) { onHeap(); return r; }
  w.if(w.cmp('OLE', w.uint(cap), w.intOf(n.pos, k, T.uint64)), () => {
    checkLen(w, n, len, w.uint(cap));
    const arr = w.slot(n.pos, arrayOf(k, et));
    w.zero(arr);
    w.assign(r, new SliceHeaderExpr(n.pos, w.nop(w.addr(arr), T.unsafePointer), len, cap, n.type!));
  }, onHeap);
  return r;
}
