/** Equality of values that are not single machine words: interfaces, structs, arrays, mixed interface and concrete. */
import { RuntimeCall, type Expr } from '../ir/nodes.ts';
import type { Type } from '../types/type.ts';
import type { Walker } from './walker.ts';
import { T, isDirectIface, isEmptyInterface, isFloat, isInterface, isString, pointerTo, size, under } from './typex.ts';
import { directWord, typeWord } from './convert.ts';

/** x == y for walked operands; the result has no calls. */
export function walkEqual(w: Walker, x: Expr, y: Expr): Expr {
  const a = isInterface(x.type!) && x.op !== 'ONIL', b = isInterface(y.type!) && y.op !== 'ONIL';
  if (a && y.op === 'ONIL') return w.cmp('OEQ', w.itab(x), w.intOf(x.pos, 0, T.uintptr));
  if (b && x.op === 'ONIL') return w.cmp('OEQ', w.itab(y), w.intOf(x.pos, 0, T.uintptr));
  if (a && b) return ifaceEqual(w, w.safe(x), w.safe(y));
  if (a) return mixedEqual(w, w.safe(x), y);
  if (b) return mixedEqual(w, w.safe(y), x);
  const u = under(x.type!);
  if (u.kind === 'Struct' || u.kind === 'Array') return aggregateEqual(w, w.safe(x), w.safe(y));
  if (x.op === 'ONIL' && y.op !== 'ONIL') return nilEqual(w, y);
  if (y.op === 'ONIL' && x.op !== 'ONIL') return nilEqual(w, x);
  return w.cmp('OEQ', x, y);
}

function nilEqual(w: Walker, x: Expr): Expr {
  const u = under(x.type!);
  if (u.kind === 'Slice') return w.cmp('OEQ', w.nop(w.sptr(x), T.unsafePointer), w.nil(x.pos));
  return w.cmp('OEQ', w.nop(x, T.unsafePointer), w.nil(x.pos));
}

function ifaceEqual(w: Walker, x: Expr, y: Expr): Expr {
  const r = w.temp(x.pos, T.bool);
  const empty = isEmptyInterface(x.type!);
  w.assign(r, w.cmp('OEQ', w.itab(x), w.itab(y)));
  w.if(r, () => {
    w.assign(r, new RuntimeCall(x.pos, empty ? 'efaceeq' : 'ifaceeq', [w.nop(w.itab(x), T.unsafePointer), w.idata(x), w.idata(y)], T.bool));
  });
  return r;
}

/** Interface x against a value of concrete type: same dynamic type and equal value. */
function mixedEqual(w: Walker, x: Expr, y: Expr): Expr {
  const t = y.type!;
  y = w.safe(y);
  const r = w.temp(x.pos, T.bool);
  w.assign(r, w.cmp('OEQ', w.itab(x), typeWord(w, x, x.type!, t)));
  w.if(r, () => {
    const eq = isDirectIface(t) ? w.cmp('OEQ', w.idata(x), directWord(w, y)) : walkEqual(w, w.copy(w.deref(w.nop(w.idata(x), pointerTo(t)), t)), y);
    w.assign(r, eq);
  });
  return r;
}

/** Up to this many components structs and arrays are compared one by one. */
const unrollMax = 4;

function aggregateEqual(w: Walker, x: Expr, y: Expr): Expr {
  const t = x.type!;
  const parts = components(w, x, y);
  if (parts) {
    const terms: Expr[] = parts.map(([p, q]) => w.cmp('OEQ', p, q));
    return terms.length === 0 ? w.boolOf(x.pos, true) : terms.reduce((acc, e) => w.and(acc, e));
  }
  return w.rtValue(x.pos, 'typeequal', T.bool, w.typeDesc(x.pos, t), w.nop(w.addressOf(x), T.unsafePointer), w.nop(w.addressOf(y), T.unsafePointer));
}

/** The few simple components of two aggregates; undefined if there are many or some need a call. */
function components(w: Walker, x: Expr, y: Expr): [Expr, Expr][] | undefined {
  const u = under(x.type!);
  const out: [Expr, Expr][] = [];
  if (u.kind === 'Struct') {
    for (let i = 0; i < u.fields.length; i++) {
      if (u.fields[i].name === '_') continue;
      if (!simple(u.fields[i].type)) return undefined;
      out.push([w.field(x, i), w.field(y, i)]);
    }
  } else if (u.kind === 'Array') {
    if (u.len > unrollMax || !simple(u.elem)) return undefined;
    for (let i = 0; i < u.len; i++) out.push([w.index(x, i, u.elem), w.index(y, i, u.elem)]);
  }
  return out.length <= unrollMax ? out : undefined;
}

function simple(t: Type): boolean {
  const k = under(t).kind;
  if (isString(t) || isFloat(t)) return true;
  return k !== 'Struct' && k !== 'Array' && k !== 'Interface' && size(t) <= 8;
}
