/**
 * Conversions that do something at run time: strings and slices of bytes and
 * runes, values into interfaces (boxing), slices to arrays.
 *
 * Boxing is where "-m" and the truth part most: `x escapes to heap` may cost
 * nothing. A value needs no new memory when it is pointer-shaped, zero-size, one
 * byte, a constant (read-only data), a small integer or empty string at run time
 * (convT…), or when it does not escape and fits a frame temporary.
 */
import { staticuint64s, zeroVal, zeroValSize, zerobase } from '../../abi/memory.ts';
import type { Type } from '../types/type.ts';
import * as c from '../types/constant.ts';
import { BinaryExpr, ItabExpr, RuntimeCall, SliceExpr, SliceHeaderExpr, StringHeaderExpr, type ConvExpr, type Expr, type Node } from '../ir/nodes.ts';
import type { Walker } from './walker.ts';
import { T, align, arrayOf, elem, hasPointers, isBool, isDirectIface, isEmptyInterface, isInteger, isInterface, isString, pointerTo, size, soleComponent, under } from './typex.ts';
import { walkExpr } from './expr.ts';
import { isStaticLiteral, isZero } from './static.ts';

export function walkConversion(w: Walker, n: ConvExpr): Expr {
  switch (n.op) {
    case 'OCONVIFACE': return walkConvIface(w, n);
    case 'OSTR2BYTES': return walkStringToBytes(w, n);
    case 'OSTR2BYTESTMP': {
      const s = w.safe(walkExpr(w, n.x));
      // The bytes of an empty string are an empty slice, not nil.
      const p = w.copy(w.sptr(s));
      w.if(w.cmp('OEQ', p, w.nil(n.pos, p.type)), () => w.assign(p, w.fixed(n.pos, zerobase, p.type)));
      return new SliceHeaderExpr(n.pos, p, w.len(s), w.len(s), n.type!);
    }
    case 'OBYTES2STRTMP': {
      const b = w.safe(walkExpr(w, n.x));
      return new StringHeaderExpr(n.pos, w.sptr(b), w.len(b), n.type!);
    }
    case 'OBYTES2STR': {
      const b = w.safe(walkExpr(w, n.x));
      const [buf, site] = stringBuffer(w, n, 32, T.byte);
      return w.rtValue(n.pos, 'slicebytetostring', n.type!, buf, w.nop(w.sptr(b), T.unsafePointer), w.len(b), site);
    }
    case 'ORUNES2STR': {
      const r = w.safe(walkExpr(w, n.x));
      const [buf, site] = stringBuffer(w, n, 32, T.byte);
      return w.rtValue(n.pos, 'slicerunetostring', n.type!, buf, w.nop(w.sptr(r), T.unsafePointer), w.len(r), site);
    }
    case 'ORUNESTR': {
      const r = walkExpr(w, n.x);
      const [buf, site] = stringBuffer(w, n, 4, T.byte);
      return w.rtValue(n.pos, 'intstring', n.type!, buf, w.conv(r, T.int64), site);
    }
    case 'OSTR2RUNES': {
      const s = walkExpr(w, n.x);
      const [buf, site] = stringBuffer(w, n, 32, T.rune);
      return w.rtValue(n.pos, 'stringtoslicerune', n.type!, buf, s, site);
    }
    case 'OSLICE2ARRPTR': return sliceToArrayPtr(w, n, n.type!);
    case 'OSLICE2ARR': return w.copy(w.deref(sliceToArrayPtr(w, n, pointerTo(n.type!)), n.type!));
    case 'OCONV': case 'OCONVNOP':
      n.x = walkExpr(w, n.x);
      return n;
  }
}

/** The frame buffer a short result may use (nil if it escapes), and the site argument. */
function stringBuffer(w: Walker, n: Node, count: number, t: Type): [Expr, Expr] {
  const stack = n.esc === 'none';
  const s = w.site(n, 'string', stack ? 'buffer' : 'heap', 'type' in n ? n.type : undefined, undefined);
  return [stack ? w.nop(w.buffer(n.pos, count, t), T.unsafePointer) : w.nil(n.pos), w.siteArg(s)];
}

function walkStringToBytes(w: Walker, n: ConvExpr): Expr {
  if (n.x.op === 'OLITERAL' && n.x.val.kind === 'String') {
    const bytes = c.stringBytes(n.x.val).length;
    const at = arrayOf(bytes, T.byte);
    const stack = n.esc === 'none' && bytes <= 64 * 1024;
    const p = w.safe(bytes === 0 ? (w.site(n, 'string', 'zero', at, 0), w.fixed(n.pos, zerobase, pointerTo(at))) : stack ? (w.site(n, 'string', 'stack', at, bytes), w.addr(w.slot(n.pos, at))) : w.newobject(n, 'string', at));
    if (bytes > 0) w.assign(w.deref(p, at), w.deref(w.nop(w.sptr(n.x), pointerTo(at)), at));
    return new SliceExpr(n.pos, 'OSLICEARR', p, undefined, undefined, undefined, n.type!);
  }
  const s = walkExpr(w, n.x);
  const [buf, site] = stringBuffer(w, n, 32, T.byte);
  return w.rtValue(n.pos, 'stringtoslicebyte', n.type!, buf, s, site);
}

function sliceToArrayPtr(w: Walker, n: ConvExpr, t: Type): Expr {
  const s = w.safe(walkExpr(w, n.x));
  const a = under(elem(t));
  const want = w.intOf(n.pos, a.kind === 'Array' ? a.len : 0);
  w.if(w.cmp('OLT', w.len(s), want), () => w.rt(n.pos, 'panicSliceConvert', w.len(s), want));
  return w.nop(w.sptr(s), t);
}

// Interfaces.

/** The word that stands for dynamic type t in interface type iface. */
export function typeWord(w: Walker, n: Node, iface: Type, t: Type): Expr {
  return isEmptyInterface(iface) ? w.typeDesc(n.pos, t) : new ItabExpr(n.pos, iface, t, T.uintptr);
}

/** The dynamic type of interface value x as a descriptor address, 0 if nil. */
export function dynamicType(w: Walker, x: Expr): Expr {
  if (isEmptyInterface(x.type!)) return w.itab(x);
  const t = w.temp(x.pos, T.uintptr);
  w.assign(t, w.itab(x));
  w.if(w.cmp('ONE', t, w.intOf(x.pos, 0, T.uintptr)), () => w.assign(t, itabType(w, t)));
  return t;
}
/** The dynamic type word of an itab known not to be nil. */
function itabType(w: Walker, tab: Expr): Expr {
  const p = w.nop(new BinaryExpr(tab.pos, 'OADD', tab, w.intOf(tab.pos, 8, T.uintptr), T.uintptr), pointerTo(T.uintptr));
  return w.deref(p, T.uintptr);
}

function walkConvIface(w: Walker, n: ConvExpr): Expr {
  const to = n.type!, from = n.x.type!;
  if (isInterface(from)) return ifaceToIface(w, n);
  const data = dataWord(w, n);
  return new BinaryExpr(n.pos, 'OMAKEFACE', typeWord(w, n, to, from), data, to);
}

function ifaceToIface(w: Walker, n: ConvExpr): Expr {
  const to = n.type!;
  const x = w.safe(walkExpr(w, n.x));
  if (isEmptyInterface(to)) {
    if (isEmptyInterface(x.type!)) return w.nop(x, to);
    return new BinaryExpr(n.pos, 'OMAKEFACE', dynamicType(w, x), w.idata(x), to);
  }
  if (sameMethods(x.type!, to)) return w.nop(x, to);
  // A nil interface stays nil; others get the itab of the new interface type.
  const tab = w.temp(n.pos, T.uintptr);
  const t = w.safe(dynamicType(w, x));
  w.zero(tab);
  w.if(w.cmp('ONE', t, w.intOf(n.pos, 0, T.uintptr)), () => {
    w.assign(tab, w.nop(new RuntimeCall(n.pos, 'assertE2I2', [w.typeDesc(n.pos, to), w.nop(t, T.unsafePointer)], T.unsafePointer), T.uintptr));
  });
  return new BinaryExpr(n.pos, 'OMAKEFACE', tab, w.idata(x), to);
}

function sameMethods(a: Type, b: Type): boolean {
  const x = under(a), y = under(b);
  if (x.kind !== 'Interface' || y.kind !== 'Interface') return false;
  const p = x.typeSet().methods, q = y.typeSet().methods;
  return p.length === q.length && p.every((m, i) => m.name === q[i].name && m.pkg === q[i].pkg);
}

/** The data word of a concrete value put into an interface: the value itself or where its copy lies. */
function dataWord(w: Walker, n: ConvExpr): Expr {
  const t = n.x.type!;
  if (isDirectIface(t)) return directWord(w, walkExpr(w, n.x));
  const sole = soleComponent(t);
  const place = (p: 'zero' | 'static' | 'stack' | 'heap' | 'folded'): void => { w.site(n, 'box', p, t, size(t)); };
  if (size(t) === 0) {
    place('zero');
    w.safe(walkExpr(w, n.x));
    return w.fixed(n.pos, zerobase, T.unsafePointer);
  }
  if (size(t) === 1 && (isBool(sole) || isInteger(sole))) {
    place('static');
    const v = w.safe(walkExpr(w, n.x));
    const byte = w.copy(w.deref(w.nop(w.addressOf(v), pointerTo(T.byte)), T.byte));
    const off = w.bin('OLSH', w.conv(byte, T.uintptr), w.intOf(n.pos, 3, T.uintptr), T.uintptr);
    return w.nop(w.bin('OADD', w.intOf(n.pos, staticuint64s, T.uintptr), off, T.uintptr), T.unsafePointer);
  }
  // Constants and literals of constants lie in read-only data, when their conversion needs an address or they are literals.
  if (isStaticLiteral(n.x)) {
    if (isZero(n.x) && size(t) <= zeroValSize) { place('static'); return w.fixed(n.pos, zeroVal, T.unsafePointer); }
    place('static');
    return w.nop(w.addr(w.pkg.newStatic(n.pos, t, n.x)), T.unsafePointer);
  }
  const x = walkExpr(w, n.x);
  if (x.op === 'ONAME' && x.readonly_) { place('static'); return w.nop(w.addr(x), T.unsafePointer); }
  if (n.esc === 'none' && size(t) <= 1024) {
    place('stack');
    const s = w.slot(n.pos, t);
    w.assign(s, x);
    return w.nop(w.addr(s), T.unsafePointer);
  }
  const site = w.siteArg(w.site(n, 'box', 'heap', t, size(t)));
  const scan = hasPointers(t);
  if (size(t) === 2 && align(t) === 2) return w.rtValue(n.pos, 'convT16', T.unsafePointer, bits(w, x, T.uint16), site);
  if (size(t) === 4 && align(t) === 4 && !scan) return w.rtValue(n.pos, 'convT32', T.unsafePointer, bits(w, x, T.uint32), site);
  if (size(t) === 8 && align(t) === 8 && !scan) return w.rtValue(n.pos, 'convT64', T.unsafePointer, bits(w, x, T.uint64), site);
  if (isString(sole)) return w.rtValue(n.pos, 'convTstring', T.unsafePointer, asType(w, x, sole), site);
  if (under(sole).kind === 'Slice') return w.rtValue(n.pos, 'convTslice', T.unsafePointer, asType(w, x, sole), w.typeDesc(n.pos, t), site);
  return w.rtValue(n.pos, 'convT', T.unsafePointer, w.typeDesc(n.pos, t), w.nop(w.addressOf(x), T.unsafePointer), site);
}

/** The box of n's value is made by a conversion that takes the value, not its address. */
export function boxedLate(n: ConvExpr): boolean {
  const t = n.x.type!;
  if (isInterface(t) || isDirectIface(t) || isStaticLiteral(n.x)) return false;
  const s = size(t), sole = soleComponent(t);
  if (isString(sole) || under(sole).kind === 'Slice') return true;
  return (s === 2 || s === 4 || s === 8) && align(t) === s && (s === 2 || !hasPointers(t));
}

/** A pointer-shaped value as unsafe.Pointer, out of its struct or array if it is in one. */
export function directWord(w: Walker, x: Expr): Expr {
  const k = under(x.type!).kind;
  if (k !== 'Struct' && k !== 'Array') return w.nop(x, T.unsafePointer);
  return w.deref(w.nop(w.addressOf(w.safe(x)), pointerTo(T.unsafePointer)), T.unsafePointer);
}

/** The bits of x as an unsigned integer type of its size. */
function bits(w: Walker, x: Expr, t: Type): Expr {
  if (isInteger(x.type!)) return w.conv(x, t);
  return w.copy(w.deref(w.nop(w.addressOf(w.safe(x)), pointerTo(t)), t));
}
/** x as the one component it consists of. */
function asType(w: Walker, x: Expr, t: Type): Expr {
  const k = under(x.type!).kind;
  if (k !== 'Struct' && k !== 'Array') return w.nop(x, t);
  return w.copy(w.deref(w.nop(w.addressOf(w.safe(x)), pointerTo(t)), t));
}
