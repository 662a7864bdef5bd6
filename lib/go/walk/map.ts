/** Maps: making them, and access, assignment and deletion through the runtime, with fast paths by key type. */
import { mapHeaderSize } from '../../abi/imports.ts';
import * as c from '../types/constant.ts';
import type { MapT, Type } from '../types/type.ts';
import { RuntimeCall, type CallExpr, type Expr, type IndexExpr, type MakeExpr, type Name, type Node } from '../ir/nodes.ts';
import type { Walker } from './walker.ts';
import { T, arrayOf, isString, pointerTo, size, under } from './typex.ts';
import { walkExpr, walkExprs } from './expr.ts';
import { Operands } from './order.ts';

/** Slots of a group (Swiss) or bucket (hmap). */
const groupSlots = 8;
/** Elements larger than this are stored by pointer. */
const maxInline = 128;

/** The word array that one group (Swiss: control word, slots) or bucket (hmap: tophash, keys, elems, overflow) takes in a frame. */
function groupWords(m: MapT, swiss: boolean): number {
  const k = size(m.key) > maxInline ? 8 : size(m.key), e = size(m.elem) > maxInline ? 8 : size(m.elem);
  const align = Math.max(1, Math.min(8, largestAlign(k, e)));
  // An element without bytes takes one, so that its address lies inside the slot.
  const slot = swiss ? roundUp(roundUp(k, alignOf(e)) + (e === 0 && k > 0 ? 1 : e), align) : k + e;
  return Math.ceil((8 + groupSlots * slot + (swiss ? 0 : 8)) / 8);
}
const alignOf = (n: number): number => (n % 8 === 0 ? 8 : n % 4 === 0 ? 4 : n % 2 === 0 ? 2 : 1);
const largestAlign = (a: number, b: number): number => Math.max(alignOf(a), alignOf(b));
const roundUp = (n: number, a: number): number => Math.ceil(n / a) * a;

export function walkMakeMap(w: Walker, n: MakeExpr): Expr {
  const hint = n.len ? w.conv(walkExpr(w, n.len), T.int) : w.intOf(n.pos, 0);
  const v = n.len?.op === 'OLITERAL' ? c.intVal(c.toInt(n.len.val)) : n.len ? null : 0n;
  return makeMap(w, n, n.type!, hint, v === null ? undefined : Number(v));
}

/** A new map for node n; constant is the hint if known. In the frame when n does not escape: header, and the first group for hints ≤ 8. */
export function makeMap(w: Walker, n: Node, t: Type, hint: Expr, constant: number | undefined): Name {
  const m = under(t) as MapT;
  const small = constant !== undefined && constant <= groupSlots;
  if (n.esc === 'none') {
    const site = w.site(n, 'map', 'stack', t, undefined);
    const header = w.slot(n.pos, arrayOf(mapHeaderSize / 8, T.unsafePointer));
    w.zero(header);
    let group: Expr = w.nil(n.pos);
    if (small) {
      const g = w.slot(n.pos, arrayOf(groupWords(m, w.pkg.minor >= 24), T.unsafePointer));
      w.zero(g);
      group = w.nop(w.addr(g), T.unsafePointer);
    }
    return w.rtValue(n.pos, 'makemap', t, w.typeDesc(n.pos, t), hint, w.nop(w.addr(header), T.unsafePointer), group, w.siteArg(site));
  }
  const site = w.siteArg(w.site(n, 'map', 'heap', t, undefined));
  if (small) return w.rtValue(n.pos, 'makemap_small', t, w.typeDesc(n.pos, t), site);
  return w.rtValue(n.pos, 'makemap', t, w.typeDesc(n.pos, t), hint, w.nil(n.pos), w.nil(n.pos), site);
}

type Fast = '' | '_fast32' | '_fast64' | '_faststr';

/** Which specialised entry serves a map type; pointers as keys only when reading. */
function fastOf(t: Type, assign: boolean): Fast {
  const m = under(t) as MapT;
  if (size(m.elem) > maxInline) return '';
  const k = under(m.key);
  if (isString(m.key)) return '_faststr';
  if (k.kind === 'Basic' && k.isInteger()) return size(k) === 4 ? '_fast32' : size(k) === 8 ? '_fast64' : '';
  if (!assign && (k.kind === 'Pointer' || k.kind === 'Chan' || (k.kind === 'Basic' && k.isUnsafePointer()))) return '_fast64';
  return '';
}

function keyArg(w: Walker, fast: Fast, key: Expr): Expr {
  switch (fast) {
    case '_fast32': return w.conv(key, T.uint32);
    case '_fast64': return under(key.type!).kind === 'Basic' && !isUnsafe(key.type!) ? w.conv(key, T.uint64) : w.nop(w.nop(key, T.unsafePointer), T.uintptr);
    case '_faststr': return key;
    case '': return w.nop(w.addressOf(key), T.unsafePointer);
  }
}
function isUnsafe(t: Type): boolean { const u = under(t); return u.kind === 'Basic' && u.isUnsafePointer(); }

/** m[k] as a value. */
export function mapAccess(w: Walker, n: IndexExpr): Expr {
  const [m, key] = walkMapIndex(w, n);
  const et = (under(m.type!) as MapT).elem;
  if (size(et) > 1024) return mapAccess2(w, n)[0];
  const fast = fastOf(m.type!, false);
  const p = w.temp(n.pos, pointerTo(et));
  const call = new RuntimeCall(n.pos, `mapaccess1${fast}`, [w.typeDesc(n.pos, m.type!), m, keyArg(w, fast, key)], p.type);
  w.assign(p, call);
  return w.copy(w.deref(p, et));
}

/** v, ok = m[k] */
export function mapAccess2(w: Walker, n: IndexExpr): [Expr, Expr] {
  const [m, key] = walkMapIndex(w, n);
  const et = (under(m.type!) as MapT).elem;
  const fast = fastOf(m.type!, false);
  const [p, ok] = w.rtValues(n.pos, `mapaccess2${fast}`, [pointerTo(et), T.bool], w.typeDesc(n.pos, m.type!), m, keyArg(w, fast, key));
  const v = w.temp(n.pos, et);
  w.zero(v);
  w.if(ok, () => w.assign(v, w.deref(p, et)));
  return [v, ok];
}

/** Map and key of m[k] as a value; m[string(b)] reads the bytes in place. */
function walkMapIndex(w: Walker, n: IndexExpr): Expr[] {
  if (n.index.op === 'OBYTES2STR') n.index.op = 'OBYTES2STRTMP';
  const operands = new Operands(w);
  operands.add(() => walkExpr(w, n.x));
  operands.add(() => w.safe(walkExpr(w, n.index)));
  return operands.values.map((x) => w.safe(x));
}

/** The address of m[k], the entry being made if missing. */
export function mapAssignAddr(w: Walker, n: Node, m: Expr, key: Expr): Name {
  const et = (under(m.type!) as MapT).elem;
  const fast = fastOf(m.type!, true);
  const site = w.siteArg(w.site(n, 'map', 'heap', m.type, undefined));
  return w.rtValue(n.pos, `mapassign${fast}`, pointerTo(et), w.typeDesc(n.pos, m.type!), m, keyArg(w, fast, key), site);
}

/** m[k] = v, all walked. */
export function mapAssign(w: Walker, n: Node, m: Expr, key: Expr, value: Expr): void {
  const v = w.safe(value);
  const p = mapAssignAddr(w, n, m, w.safe(key));
  w.assign(w.deref(p), v);
}

export function walkMapDelete(w: Walker, n: CallExpr): void {
  const [m, key] = walkExprs(w, n.args).map((x) => w.safe(x));
  w.rt(n.pos, 'mapdelete', w.typeDesc(n.pos, m.type!), m, w.nop(w.addressOf(key), T.unsafePointer));
}
