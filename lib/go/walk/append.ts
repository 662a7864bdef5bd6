/**
 * append: grow if needed, then store.
 *
 * Since 1.25 an append whose result does not escape may take its first backing
 * store from a 32-byte buffer in the frame; since 1.26 also one that escapes
 * just once, at the end (see slice.ts), which then climbs the size classes
 * inside the buffer (growsliceBuf) if its capacity can be seen.
 */
import { CallExpr, RuntimeCall, SliceHeaderExpr, type Expr, type Name } from '../ir/nodes.ts';
import type { Type } from '../types/type.ts';
import type { Walker } from './walker.ts';
import { T, arrayOf, elem, isString, size, under } from './typex.ts';
import { variableBuffer } from './make.ts';
import { walkExprs } from './expr.ts';

/** Walks append(s, …); dst is the variable assigned to, when the statement is `dst = append(…)`. */
export function walkAppend(w: Walker, n: CallExpr, dst: Expr | undefined): Expr {
  const et = elem(n.type!);
  const key = n.args[0];
  if (n.isDDD) return appendSlice(w, n, et);
  // The slice is read after the values, which all come before anything is written.
  const [base, ...values] = walkExprs(w, n.args);
  const args = values.map((x) => w.safe(x));
  const s = w.copy(base);
  if (args.length === 0) return s;
  const oldLen = w.copy(w.len(s));
  const newLen = w.copy(w.bin('OADD', oldLen, w.intOf(n.pos, args.length), T.int));
  grow(w, n, s, oldLen, newLen, w.intOf(n.pos, args.length), et, bufferFor(w, n, key, dst, et));
  args.forEach((a, i) => w.assign(w.index(s, w.bin('OADD', oldLen, w.intOf(n.pos, i), T.int), et), a));
  return s;
}

interface Buffer { store: Name; used: Name; k: number; taken: boolean }

function bufferFor(w: Walker, n: CallExpr, key: Expr, dst: Expr | undefined, et: Type): Buffer | undefined {
  if (w.pkg.minor < 25 || n.esc !== 'none' || size(et) === 0 || size(et) > variableBuffer) return undefined;
  // gc does this only for appends that build a value, not for those in place in a variable that has an address.
  if (dst && dst === key && !(dst.op === 'ONAME' && !dst.addrtaken && dst.class_ !== 'PEXTERN' && !dst.heapaddr)) return undefined;
  let b = w.buffers.get(key);
  if (!b) {
    const k = Math.floor(variableBuffer / size(et));
    b = { store: w.slot(n.pos, arrayOf(k, et)), used: w.temp(n.pos, T.bool), k, taken: false };
    w.buffers.set(key, b);
    const { store, used } = b;
    w.entry.push(...w.capture(() => { w.zero(store); w.zero(used); }));
  }
  return b;
}

/** Makes s long enough for newLen elements, of which num are new. */
function grow(w: Walker, n: CallExpr, s: Name, oldLen: Expr, newLen: Expr, num: Expr, et: Type, buf: Buffer | undefined): void {
  const site = w.site(n, 'append', buf ? 'buffer' : 'heap', n.type, undefined);
  const args = [w.nop(w.sptr(s), T.unsafePointer), newLen, w.cap(s), num, w.typeDesc(n.pos, et)];
  const growslice = (): void => w.assign(s, new RuntimeCall(n.pos, 'growslice', [...args, w.siteArg(site)], n.type));
  w.if(w.cmp('OGT', w.uint(newLen), w.uint(w.cap(s))), () => {
    if (buf && n.useBuf) {
      w.assign(s, new RuntimeCall(n.pos, 'growsliceBuf', [...args, w.nop(w.addr(buf.store), T.unsafePointer), w.intOf(n.pos, buf.k), w.siteArg(site)], n.type));
    } else if (buf && !buf.taken) {
      buf.taken = true;
      const ok = w.and(w.cmp('OLE', newLen, w.intOf(n.pos, buf.k)), w.and(w.not(buf.used), w.cmp('OEQ', oldLen, w.intOf(n.pos, 0))));
      w.if(ok, () => {
        w.zero(buf.store);
        w.assign(s, new SliceHeaderExpr(n.pos, w.nop(w.addr(buf.store), T.unsafePointer), newLen, w.intOf(n.pos, buf.k), n.type!));
        w.assign(buf.used, w.boolOf(n.pos, true));
      }, growslice);
    } else growslice();
  }, () => {
    w.assign(s, new SliceHeaderExpr(n.pos, w.nop(w.sptr(s), T.unsafePointer), newLen, w.cap(s), n.type!));
  });
}

/** append(s, x...), and append(s, make([]T, k)...), which makes no slice. */
function appendSlice(w: Walker, n: CallExpr, et: Type): Expr {
  const src = n.args[1];
  const made = src.op === 'OMAKESLICE' && src.cap === undefined ? src.len : undefined;
  const [base, given] = walkExprs(w, [n.args[0], made ?? src]);
  const s = w.copy(base);
  if (given.op === 'ONIL') return s;
  if (made) {
    const k = w.safe(w.conv(given, T.int));
    w.if(w.cmp('OLT', k, w.intOf(n.pos, 0)), () => w.rt(n.pos, 'panicmakeslicelen'));
    const oldLen = w.copy(w.len(s));
    const newLen = w.copy(w.bin('OADD', oldLen, k, T.int));
    grow(w, n, s, oldLen, newLen, k, et, undefined);
    const p = w.bin('OADD', w.nop(w.nop(w.sptr(s), T.unsafePointer), T.uintptr), w.bin('OMUL', w.conv(oldLen, T.uintptr), w.intOf(n.pos, size(et), T.uintptr), T.uintptr), T.uintptr);
    w.rt(n.pos, 'typedmemclr', w.typeDesc(n.pos, et), w.nop(p, T.unsafePointer), k);
    return s;
  }
  const x = w.safe(given);
  const count = w.copy(w.len(x));
  const oldLen = w.copy(w.len(s));
  const newLen = w.copy(w.bin('OADD', oldLen, count, T.int));
  grow(w, n, s, oldLen, newLen, count, et, undefined);
  const to = w.copy(new SliceHeaderExpr(n.pos, elementAddr(w, s, oldLen, et), count, count, n.type!));
  const from = isString(x.type!) || under(x.type!).kind === 'Slice' ? w.sptr(x) : w.nil(n.pos);
  w.rt(n.pos, 'typedslicecopy', w.typeDesc(n.pos, et), w.nop(w.sptr(to), T.unsafePointer), count, w.nop(from, T.unsafePointer), count);
  return s;
}

function elementAddr(w: Walker, s: Expr, i: Expr, et: Type): Expr {
  const base = w.nop(w.nop(w.sptr(s), T.unsafePointer), T.uintptr);
  return w.nop(w.bin('OADD', base, w.bin('OMUL', w.conv(i, T.uintptr), w.intOf(s.pos, size(et), T.uintptr), T.uintptr), T.uintptr), T.unsafePointer);
}
