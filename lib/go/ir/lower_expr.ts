/**
 * Expressions: checked syntax to IR.
 *
 * The checker has recorded for every expression its final type and, if constant,
 * its value; constants and nil are therefore taken from there and never from the
 * syntax. Conversions the language implies are made explicit nodes marked
 * implicit, placed at their operand as gc does (lower_conv.ts).
 *
 * Positions: Names stand where they were declared (a use has no node of its
 * own), everything else where the syntax package puts it: the operator, the
 * `(` `[` `{` `.` of the expression.
 */
import type { Pos } from '../../base/pos.ts';
import * as ast from '../syntax/ast.ts';
import type { Type } from '../types/type.ts';
import type { Obj } from '../types/object.ts';
import {
  AddStringExpr, AddrExpr, BinaryExpr, CompLitExpr, ConvExpr, IndexExpr, KeyExpr, LogicalExpr, NilExpr, SelectorExpr, SliceExpr, StarExpr,
  StructKeyExpr, TypeAssertExpr, TypeExpr, UnaryExpr, type BinaryOp, type Expr, type Stmt, type UnaryOp,
} from './nodes.ts';
import { exprString } from '../syntax/printer.ts';
import type { Ctx } from './ctx.ts';
import { constValue, implicitConv, zeroExpr } from './lower_conv.ts';
import { lowerCall } from './lower_call.ts';
import { replacement } from './static.ts';
import { lowerFuncLit } from './closures.ts';
import { methodExprValue, methodValue } from './methods.ts';
import { funcInstValue } from './generics.ts';
import {
  T, assignableTo, idealType, coreType, elem, fieldsOf, intConst, isArray, isEmptyInterface, isMap, isPtr, isString, offsetOf, ptrTo, sliceOf,
} from './typeutil.ts';

const binaryOps: Record<string, BinaryOp | 'OANDAND' | 'OOROR'> = {
  '||': 'OOROR', '&&': 'OANDAND', '==': 'OEQ', '!=': 'ONE', '<': 'OLT', '<=': 'OLE', '>': 'OGT', '>=': 'OGE',
  '+': 'OADD', '-': 'OSUB', '|': 'OOR', '^': 'OXOR', '*': 'OMUL', '/': 'ODIV', '%': 'OMOD', '&': 'OAND', '&^': 'OANDNOT', '<<': 'OLSH', '>>': 'ORSH',
};
const unaryOps: Record<string, UnaryOp> = { '!': 'ONOT', '+': 'OPLUS', '-': 'ONEG', '^': 'OBITNOT', '~': 'OBITNOT', '<-': 'ORECV' };

export function binaryOp(op: string): BinaryOp { return binaryOps[op] as BinaryOp; }

/** Expressions of a list, or the expression itself; nothing for null. */
export function unpack(e: ast.Expr | null | undefined): readonly ast.Expr[] {
  return !e ? [] : e.kind === 'ListExpr' ? e.elemList : [e];
}
export function unparen(e: ast.Expr): ast.Expr {
  while (e.kind === 'ParenExpr') e = e.x;
  return e;
}
/** Skips parentheses, and takes what staticBool put in an expression's place. */
function settle(e: ast.Expr): ast.Expr {
  for (;;) {
    const r = replacement(unparen(e));
    if (r === e) return e;
    e = r;
  }
}

/** The object an expression names (through a package qualifier or explicit instantiation), and its type arguments. */
export function lookupObj(e: ast.Expr): { obj: Obj | null; targs: readonly Type[] } {
  if (e.kind === 'IndexExpr') {
    const args = unpack(e.index);
    if (args.length === 1 && args[0].tv?.isValue()) return { obj: null, targs: [] };
    e = e.x;
  }
  if (e.kind === 'SelectorExpr') {
    if (!(e.x.kind === 'Name' && e.x.obj?.kind === 'PkgName')) return { obj: null, targs: [] };
    e = e.sel;
  }
  if (e.kind === 'Name') return { obj: e.obj, targs: e.inst?.targs ?? [] };
  return { obj: null, targs: [] };
}

function isGlobal(obj: Obj): boolean { return obj.pkg !== null && obj.parent === obj.pkg.scope; }

/** The variable behind a chain of field and array-element selections of a value; the node itself otherwise. */
export function outerValue(n: Expr): Expr {
  for (;;) {
    if (n.op === 'ODOT' || n.op === 'OPAREN' || n.op === 'OCONVNOP') n = n.x;
    else if (n.op === 'OINDEX' && isArray(n.x.type!)) n = n.x;
    else return n;
  }
}

/** &x, noting that the variable's address is taken. */
export function addr(pos: Pos, x: Expr): AddrExpr {
  const lit = x.op === 'OARRAYLIT' || x.op === 'OMAPLIT' || x.op === 'OSLICELIT' || x.op === 'OSTRUCTLIT';
  const n = new AddrExpr(pos, lit ? 'OPTRLIT' : 'OADDR', x, ptrTo(x.type!));
  if (x.shaped) n.shaped = ptrTo(x.shaped);
  const o = lit ? undefined : outerValue(x);
  if (o?.op === 'ONAME') {
    o.addrtaken = true;
    o.canonical.addrtaken = true;
  }
  return n;
}
export function star(pos: Pos, x: Expr): StarExpr {
  const n = new StarExpr(pos, x, elem(x.type!));
  if (x.shaped && isPtr(x.shaped)) n.shaped = elem(x.shaped);
  return n;
}
export function implicit<N extends Expr>(n: N): N {
  n.implicit = true;
  return n;
}

/** x.f by field number, x a struct or pointer to one. */
export function dotField(pos: Pos, x: Expr, index: number): SelectorExpr {
  const t = x.type!;
  const ptr = isPtr(t);
  const st = ptr ? elem(t) : t;
  const f = fieldsOf(st)[index];
  const n = new SelectorExpr(pos, ptr ? 'ODOTPTR' : 'ODOT', x, f.name, f.type!);
  n.index = index;
  n.offset = offsetOf(st, index);
  return n;
}

/** Runs statements before an expression. Names and literals are shared nodes, so they get a no-op conversion to carry them. */
export function initExpr(init: Stmt[], n: Expr): Expr {
  if (init.length === 0) return n;
  if (n.op === 'ONAME' || n.op === 'OLITERAL' || n.op === 'ONIL' || n.op === 'OTYPE') {
    const conv = new ConvExpr(n.op === 'ONAME' ? init[0].pos : n.pos, 'OCONVNOP', n, n.type!);
    conv.shaped = n.shaped;
    n = conv;
  }
  n.init = [...init, ...(n.init ?? [])];
  return n;
}
/** Removes and returns what runs before n. */
export function takeInit(n: { init: Stmt[] | undefined }): Stmt[] {
  const l = n.init ?? [];
  n.init = undefined;
  return l;
}

/** One expression. */
export function expr(c: Ctx, e0: ast.Expr): Expr {
  const e = settle(e0);
  const n = expr1(c, e);
  const t = e.tv?.type;
  if (c.env && t && n.op !== 'ONAME' && !n.shaped) {
    if (t.kind !== 'Tuple') n.shaped = c.shaped(t);
    else if (n.op === 'OINDEXMAP' || n.op === 'ORECV') n.shaped = c.shaped(t.vars[0].type);
  }
  return n;
}

function expr1(c: Ctx, e: ast.Expr): Expr {
  const { obj, targs } = lookupObj(e);
  const tv = e.tv;
  if (tv?.value) {
    const n = constValue(c, e.pos, idealType(tv), tv.value);
    // Go 1.21 still prints constants as they were written.
    if (c.low.minor <= 21 && n.op === 'OLITERAL') n.text = exprString(e);
    return n;
  }
  if (obj?.kind === 'Nil' || tv?.isNil()) return new NilExpr(e.pos, c.typ(tv!.type!));
  if (obj) {
    if (obj.kind === 'Func') return targs.length > 0 ? funcInstValue(c, e.pos, obj, targs) : c.low.func(obj);
    if (obj.kind === 'Var') {
      if (isGlobal(obj)) return c.low.global(obj);
      const n = c.use(e.pos, obj);
      if (n) return n;
      c.low.unsupported(e.pos, `use of ${obj.name} outside its function`);
      return zeroExpr(e.pos, c.typ(obj.type!));
    }
  }
  switch (e.kind) {
    case 'CompositeLit': return compLit(c, e);
    case 'FuncLit': return lowerFuncLit(c, e);
    case 'SelectorExpr': {
      const sel = e.selection;
      if (!sel) break;
      switch (sel.kind) {
        case 'FieldVal': return fieldVal(c, e, sel.index);
        case 'MethodVal': return methodValue(c, e, sel);
        default: return methodExprValue(c, e, sel);
      }
    }
    case 'IndexExpr': return index(c, e);
    case 'SliceExpr': return slice(c, e);
    case 'AssertExpr': {
      const n = new TypeAssertExpr(e.pos, 'ODOTTYPE', expr(c, e.x), c.typ(e.type!.tv!.type!));
      n.shaped = c.shaped(e.type.tv!.type!);
      n.dynamic = isDynamic(c, e.type.tv!.type!, e.x.tv!.type!);
      return n;
    }
    case 'Operation': return operation(c, e);
    case 'CallExpr': return lowerCall(c, e);
    default: break;
  }
  c.low.unsupported(e.pos, `expression (${e.kind})`);
  return zeroExpr(e.pos, tv?.type ? c.typ(tv.type) : T.int);
}

/** x.f: the written selector is explicit; embedded fields on the way are implicit. */
function fieldVal(c: Ctx, e: ast.SelectorExpr, path: readonly number[]): Expr {
  let x = expr(c, e.x);
  path.forEach((i, k) => {
    x = dotField(e.pos, x, i);
    if (k < path.length - 1) x.implicit = true;
  });
  return x;
}

function index(c: Ctx, e: ast.IndexExpr): Expr {
  const xt = e.x.tv!.type!;
  const core = coreType(xt);
  let x = expr(c, e.x);
  if (core && isMap(core)) {
    const i = implicitConv(c, mapKey(core), e.index);
    return new IndexExpr(e.pos, 'OINDEXMAP', x, i, c.typ(e.tv!.type!.kind === 'Tuple' ? elem(core) : e.tv!.type!));
  }
  x = implicitStar(e.pos, x);
  const i = expr(c, e.index);
  return new IndexExpr(e.pos, 'OINDEX', x, i, isString(x.type!) ? T.byte : elem(x.type!));
}
function mapKey(t: Type): Type { return t.kind === 'Map' ? t.key : T.invalid; }

/** A pointer to an array is dereferenced before indexing. */
function implicitStar(pos: Pos, x: Expr): Expr {
  return isPtr(x.type!) && isArray(elem(x.type!)) ? implicit(star(pos, x)) : x;
}
function slice(c: Ctx, e: ast.SliceExpr): Expr {
  let x = expr(c, e.x);
  const opt = (i: ast.Expr | null): Expr | undefined => (i ? expr(c, i) : undefined);
  const [low, high, max] = [opt(e.index[0]), opt(e.index[1]), opt(e.index[2])];
  if (isArray(x.type!)) x = implicit(addr(e.pos, x));
  const t = x.type!;
  const arr = isPtr(t);
  const op = isString(t) ? 'OSLICESTR' : arr ? (max ? 'OSLICE3ARR' : 'OSLICEARR') : max ? 'OSLICE3' : 'OSLICE';
  return new SliceExpr(e.pos, op, x, low, high, max, arr ? sliceOf(elem(elem(t))) : t);
}

function operation(c: Ctx, e: ast.Operation): Expr {
  if (!e.y) {
    const x = expr(c, e.x);
    if (e.op === '&') {
      const n = addr(e.pos, x);
      return n;
    }
    if (e.op === '*') return star(e.pos, x);
    const t = e.op === '<-' ? elem(x.type!) : x.type!;
    return new UnaryExpr(e.pos, unaryOps[e.op], x, t);
  }
  const op = binaryOps[e.op];
  if (op === 'OLSH' || op === 'ORSH') {
    const x = expr(c, e.x);
    return new BinaryExpr(e.pos, op, x, expr(c, e.y), x.type);
  }
  const xt = e.x.tv!.type!, yt = e.y.tv!.type!;
  const common = assignableTo(xt, yt) ? yt : xt;
  const x = implicitConv(c, common, e.x), y = implicitConv(c, common, e.y);
  if (op === 'OANDAND' || op === 'OOROR') return new LogicalExpr(e.pos, op, x, y, boolType(c, e));
  if (op === 'OADD' && isString(x.type!)) {
    const add = x.op === 'OADDSTR' ? x : new AddStringExpr(e.pos, [x], x.type!);
    add.pos = e.pos;
    if (y.op === 'OADDSTR') add.list.push(...y.list); else add.list.push(y);
    return add;
  }
  const cmp = op === 'OEQ' || op === 'ONE' || op === 'OLT' || op === 'OLE' || op === 'OGT' || op === 'OGE';
  return new BinaryExpr(e.pos, op, x, y, cmp ? boolType(c, e) : x.type);
}
/** Comparisons have the type their context gave them, bool if none. */
function boolType(c: Ctx, e: ast.Expr): Type {
  const t = e.tv!.type!;
  return t.kind === 'Basic' && t.isUntyped() ? T.bool : c.typ(t);
}

function compLit(c: Ctx, lit: ast.CompositeLit): Expr {
  const t0 = lit.tv!.type!;
  const core0 = coreType(t0);
  const ptr = core0?.kind === 'Pointer';
  const t = ptr ? core0.elem : t0;
  const core = coreType(t)!;
  const type = c.typ(t);
  const list: Expr[] = [];
  let n: CompLitExpr;
  switch (core.kind) {
    case 'Struct': {
      const fields = fieldsOf(core);
      lit.elemList.forEach((el, at) => {
        const key = el.kind === 'KeyValueExpr' ? (el.key as ast.Name) : undefined;
        const value = el.kind === 'KeyValueExpr' ? el.value : el;
        const i = key ? fields.findIndex((f) => f.name === key.value) : at;
        if (fields[i]) list.push(new StructKeyExpr((key ?? el).pos, fields[i].name, i, implicitConv(c, fields[i].type, value)));
      });
      n = new CompLitExpr(lit.pos, 'OSTRUCTLIT', list, type);
      break;
    }
    case 'Map':
      for (const el of lit.elemList) {
        if (el.kind !== 'KeyValueExpr') continue;
        const key = implicitConv(c, core.key, el.key);
        list.push(new KeyExpr(el.key.pos, key, implicitConv(c, core.elem, el.value)));
      }
      n = new CompLitExpr(lit.pos, 'OMAPLIT', list, type);
      break;
    case 'Array': case 'Slice': {
      let next = 0, len = 0;
      for (const el of lit.elemList) {
        if (el.kind === 'KeyValueExpr') {
          next = Number(intConst(el.key.tv!.value!) ?? 0n);
          const key = expr(c, el.key);
          list.push(new KeyExpr(el.key.pos, key, implicitConv(c, core.elem, el.value)));
        } else list.push(implicitConv(c, core.elem, el));
        len = Math.max(len, ++next);
      }
      n = new CompLitExpr(lit.pos, core.kind === 'Array' ? 'OARRAYLIT' : 'OSLICELIT', list, type);
      n.len = core.kind === 'Array' ? core.len : len;
      break;
    }
    default:
      c.low.unsupported(lit.pos, 'composite literal of this type');
      return zeroExpr(lit.pos, type);
  }
  n.shaped = c.shaped(t);
  if (!ptr) return n;
  const a = addr(lit.pos, n);
  a.type = c.typ(t0);
  return a;
}

/** gc needs its dictionary to test an interface of type iface for type t. */
export function isDynamic(c: Ctx, t: Type, iface: Type): boolean {
  return c.shaped(t) !== undefined || (c.shaped(iface) !== undefined && !isEmptyInterface(c.typ(iface)));
}

/** A type as operand. */
export function typeExpr(c: Ctx, pos: Pos, t: Type): TypeExpr {
  const n = new TypeExpr(pos, c.typ(t));
  n.shaped = c.shaped(t);
  return n;
}
