/** Range loops over arrays, slices, strings, maps, channels and integers as plain loops. Functions were rewritten by lowering. */
import { mapIterSize } from '../../abi/imports.ts';
import { isBlank } from '../ir/ctx.ts';
import { ConvExpr, type Expr, type Node, type RangeStmt } from '../ir/nodes.ts';
import { anyChild } from '../ir/visit.ts';
import { identical } from '../types/predicates.ts';
import type { MapT } from '../types/type.ts';
import type { Walker } from './walker.ts';
import { walkConversion } from './convert.ts';
import { T, arrayOf, elem, isInterface, pointerTo, under } from './typex.ts';
import { walkExpr } from './expr.ts';
import { assignParallel, assignTo, walkStmtList } from './stmt.ts';

export function walkRange(w: Walker, n: RangeStmt): void {
  const label = w.label();
  w.withTarget(n.label, label, true, () => {
    const key = n.key && !isBlank(n.key) ? n.key : undefined;
    const value = n.value && !isBlank(n.value) ? n.value : undefined;
    const body = (): void => walkStmtList(w, n.body);
    const u = under(n.x.type!);
    switch (u.kind) {
      case 'Slice': rangeList(w, n, label, w.copy(walkExpr(w, n.x)), key, value, body); return;
      case 'Array': {
        // The array is copied only if its elements are asked for.
        const x = value ? w.copy(walkExpr(w, n.x)) : undefined;
        if (!value && calls(n.x)) w.touch(walkExpr(w, n.x));
        rangeCount(w, n, label, w.intOf(n.pos, u.len), (i) => { assignBoth(w, key, i, value, x && ((): Expr => w.index(x, i, u.elem))); body(); });
        return;
      }
      case 'Pointer': {
        const a = under(u.elem);
        const p = w.copy(walkExpr(w, n.x));
        const len = a.kind === 'Array' ? a.len : 0;
        rangeCount(w, n, label, w.intOf(n.pos, len), (i) => {
          assignBoth(w, key, i, value, () => {
            const d = w.deref(p, u.elem);
            d.bounded = false;
            return w.copy(w.index(d, i, elem(u.elem)));
          });
          body();
        });
        return;
      }
      case 'Map': rangeMap(w, n, label, key, value, body); return;
      case 'Chan': rangeChan(w, n, label, key, body); return;
      case 'Basic':
        if (u.isString()) rangeString(w, n, label, key, value, body);
        else {
          const t = key && !isInterface(key.type!) ? key.type! : n.x.type!;
          rangeCount(w, n, label, w.copy(w.conv(walkExpr(w, n.x), t)), (i) => { if (key) assignTo(w, key, fit(w, key, i)); body(); }, t);
        }
        return;
      default: throw new Error(`invalid range operand: ${u.kind}`);
    }
  });
}

/** Does x hold a call or a receive? Only then is an array evaluated whose length alone is asked for. */
function calls(x: Node): boolean {
  return x.op === 'OCALLFUNC' || x.op === 'OCALLINTER' || x.op === 'OINLCALL' || x.op === 'ORECV' || (x.op !== 'OCLOSURE' && anyChild(x, calls));
}

/** for i := 0; i < count; i++ */
function rangeCount(w: Walker, n: RangeStmt, label: string, count: Expr, body: (i: Expr) => void, t = T.int): void {
  const i = w.temp(n.pos, t);
  w.assign(i, w.intOf(n.pos, 0, t));
  w.loop(n.pos, label, w.cmp('OLT', i, count), () => w.assign(i, w.bin('OADD', i, w.intOf(n.pos, 1, t), t)), () => body(i));
}

/** v as x takes it: what a loop gives is converted to the interface it is assigned to. */
function fit(w: Walker, x: Expr, v: Expr): Expr {
  if (!isInterface(x.type!) || identical(x.type!, v.type!)) return v;
  const given = w.copy(v);
  given.sym = w.pkg.opts.print(x);
  return walkConversion(w, new ConvExpr(x.pos, 'OCONVIFACE', given, x.type!));
}

/** Assigns what there is of key and value; the operands of both places come before either is assigned. */
function assignBoth(w: Walker, key: Expr | undefined, k: Expr, value: Expr | undefined, v: (() => Expr) | undefined): void {
  if (key && value && v && (key.op !== 'ONAME' || value.op !== 'ONAME')) { assignParallel(w, [key, value], [fit(w, key, k), w.copy(fit(w, value, v()))]); return; }
  if (key) assignTo(w, key, fit(w, key, k));
  if (value && v) assignTo(w, value, fit(w, value, v()));
}

function rangeList(w: Walker, n: RangeStmt, label: string, s: Expr, key: Expr | undefined, value: Expr | undefined, body: () => void): void {
  const len = w.copy(w.len(s));
  rangeCount(w, n, label, len, (i) => {
    assignBoth(w, key, i, value, () => w.copy(w.index(s, i, elem(s.type!))));
    body();
  });
}

function rangeString(w: Walker, n: RangeStmt, label: string, key: Expr | undefined, value: Expr | undefined, body: () => void): void {
  const s = w.copy(walkExpr(w, n.x));
  const len = w.copy(w.len(s));
  const i = w.temp(n.pos, T.int), next = w.temp(n.pos, T.int), r = w.temp(n.pos, T.rune);
  w.assign(i, w.intOf(n.pos, 0));
  w.assign(next, w.intOf(n.pos, 0));
  w.loop(n.pos, label, w.cmp('OLT', i, len), () => w.assign(i, next), () => {
    w.assign(r, w.conv(w.index(s, i, T.byte), T.rune));
    w.if(w.cmp('OLT', r, w.intOf(n.pos, 0x80, T.rune)), () => w.assign(next, w.bin('OADD', i, w.intOf(n.pos, 1), T.int)), () => {
      const [rune, after] = w.rtValues(n.pos, 'decoderune', [T.rune, T.int], s, i);
      w.assign(r, rune);
      w.assign(next, after);
    });
    assignBoth(w, key, i, value, () => r);
    body();
  });
}

function rangeMap(w: Walker, n: RangeStmt, label: string, key: Expr | undefined, value: Expr | undefined, body: () => void): void {
  const m = w.safe(walkExpr(w, n.x));
  const t = under(n.x.type!) as MapT;
  const it = w.slot(n.pos, arrayOf(mapIterSize / 8, T.unsafePointer));
  w.zero(it);
  const addr = (): Expr => w.nop(w.addr(it), T.unsafePointer);
  w.rt(n.pos, 'mapiterinit', w.typeDesc(n.pos, n.x.type!), m, addr());
  w.loop(n.pos, label, w.cmp('ONE', w.index(it, 0, T.unsafePointer), w.nil(n.pos)), () => w.rt(n.pos, 'mapiternext', addr()), () => {
    // Both are read before either is assigned: the places may depend on each other.
    const k = key && w.copy(w.deref(w.nop(w.index(it, 0, T.unsafePointer), pointerTo(t.key)), t.key));
    const v = value && w.copy(w.deref(w.nop(w.index(it, 1, T.unsafePointer), pointerTo(t.elem)), t.elem));
    if (key && k) assignBoth(w, key, k, value, v && ((): Expr => v));
    else if (value && v) assignTo(w, value, fit(w, value, v));
    body();
  });
}

function rangeChan(w: Walker, n: RangeStmt, label: string, key: Expr | undefined, body: () => void): void {
  const ch = w.copy(walkExpr(w, n.x));
  const v = w.slot(n.pos, elem(n.x.type!));
  w.loop(n.pos, label, undefined, () => undefined, () => {
    w.zero(v);
    const ok = w.rtValue(n.pos, 'chanrecv2', T.bool, ch, w.nop(w.addr(v), T.unsafePointer));
    w.if(w.not(ok), () => w.break(n.pos, label));
    if (key) assignTo(w, key, fit(w, key, v));
    body();
  });
}
