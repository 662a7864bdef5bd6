/** Type assertions and what type switches test. */
import { RuntimeCall, UnaryExpr, type Expr, type Node, type TypeAssertExpr } from '../ir/nodes.ts';
import type { Type } from '../types/type.ts';
import { BinaryExpr } from '../ir/nodes.ts';
import type { Walker } from './walker.ts';
import { T, isDirectIface, isEmptyInterface, isInterface, pointerTo, under } from './typex.ts';
import { dynamicType, typeWord } from './convert.ts';
import { walkExpr } from './expr.ts';

/** x.(T): the value, and with ODOTTYPE2 whether it held one. */
export function walkTypeAssert(w: Walker, n: TypeAssertExpr): [Expr, Expr] {
  const x = w.safe(walkExpr(w, n.x));
  const t = n.type!;
  const commaOk = n.op === 'ODOTTYPE2';
  if (isInterface(t)) return assertInterface(w, n, x, t, commaOk);
  if (n.known) {
    w.copy(new UnaryExpr(n.pos, 'OCHECKNIL', w.nop(w.itab(x), T.unsafePointer), T.unsafePointer));
    return [w.copy(unboxed(w, x, t)), w.boolOf(n.pos, true)];
  }
  const ok = w.copy(w.cmp('OEQ', w.itab(x), typeWord(w, n, x.type!, t)));
  if (!commaOk) {
    w.if(w.not(ok), () => {
      w.rt(n.pos, isEmptyInterface(x.type!) ? 'panicdottypeE' : 'panicdottypeI', w.nop(w.itab(x), T.unsafePointer), w.typeDesc(n.pos, t), w.typeDesc(n.pos, x.type!));
    });
    return [w.copy(unboxed(w, x, t)), ok];
  }
  const v = w.temp(n.pos, t);
  w.zero(v);
  w.if(ok, () => w.assign(v, unboxed(w, x, t)));
  return [v, ok];
}

/** The concrete value of interface x, known to hold a t. */
export function unboxed(w: Walker, x: Expr, t: Type): Expr {
  if (!isDirectIface(t)) return w.deref(w.nop(w.idata(x), pointerTo(t)), t);
  const k = under(t).kind;
  if (k !== 'Struct' && k !== 'Array') return w.nop(w.idata(x), t);
  const s = w.slot(x.pos, T.unsafePointer);
  w.assign(s, w.idata(x));
  return w.deref(w.nop(w.addr(s), pointerTo(t)), t);
}

function assertInterface(w: Walker, n: Node, x: Expr, t: Type, commaOk: boolean): [Expr, Expr] {
  const dyn = w.safe(dynamicType(w, x));
  const nonNil = w.cmp('ONE', dyn, w.intOf(n.pos, 0, T.uintptr));
  const word = w.temp(n.pos, T.uintptr);
  const desc = w.typeDesc(n.pos, t);
  const dynPtr = w.nop(dyn, T.unsafePointer);
  if (isEmptyInterface(t)) {
    if (!commaOk) w.if(w.not(nonNil), () => w.rt(n.pos, 'panicnildottype', desc));
    w.assign(word, dyn);
  } else if (commaOk) {
    w.zero(word);
    w.if(nonNil, () => w.assign(word, w.nop(new RuntimeCall(n.pos, 'assertE2I2', [desc, dynPtr], T.unsafePointer), T.uintptr)));
  } else {
    const tab = w.rtValue(n.pos, 'assertE2I', T.unsafePointer, desc, dynPtr);
    w.assign(word, w.nop(tab, T.uintptr));
  }
  const ok = w.copy(w.cmp('ONE', word, w.intOf(n.pos, 0, T.uintptr)));
  const v = w.temp(n.pos, t);
  w.zero(v);
  w.if(ok, () => w.assign(v, new BinaryExpr(n.pos, 'OMAKEFACE', word, w.idata(x), t)));
  return [v, ok];
}

/** Whether interface x (in a name) holds a value of type t, dyn being its dynamic type. */
export function holds(w: Walker, n: Node, dyn: Expr, t: Type): Expr {
  if (!isInterface(t)) return w.cmp('OEQ', dyn, w.typeDesc(n.pos, t));
  const some = w.cmp('ONE', dyn, w.intOf(n.pos, 0, T.uintptr));
  if (isEmptyInterface(t)) return some;
  const tab = new RuntimeCall(n.pos, 'assertE2I2', [w.typeDesc(n.pos, t), w.nop(dyn, T.unsafePointer)], T.unsafePointer);
  return w.and(some, w.cmp('ONE', w.nop(tab, T.uintptr), w.intOf(n.pos, 0, T.uintptr)));
}
