/**
 * `index bounds check elided`: lines -m prints after all verdicts, when code is
 * generated, for indices that can be told to lie in range. Only indices into
 * arrays and constant strings count, and only simple arithmetic (masking, remainder,
 * division, shifts). Rules: walkIndexExpr and bounded in cmd/compile/internal/walk.
 */
import type { Expr, Func, Node } from '../ir/nodes.ts';
import { doChildren } from '../ir/visit.ts';
import { elem, intConst, isArray, isInteger, isPtr, sizeOf, under } from '../ir/typeutil.ts';
import { say, type Context } from '../inline/context.ts';

/** The value of a constant that fits an int32. */
function small(n: Expr): bigint | undefined {
  if (n.op !== 'OLITERAL' || n.val.kind !== 'Int') return undefined;
  const v = intConst(n.val)!;
  return BigInt.asIntN(32, v) === v ? v : undefined;
}

/** Is n known to be in [0, max)? */
export function bounded(n: Expr, max: bigint): boolean {
  if (!n.type || !isInteger(n.type)) return false;
  const u = under(n.type);
  const signed = u.kind === 'Basic' && !u.isUnsigned();
  let bits = 8 * sizeOf(n.type);
  const c = small(n);
  if (c !== undefined) return c >= 0n && c < max;
  switch (n.op) {
    case 'OAND': case 'OANDNOT': {
      let v = -1n;
      const x = small(n.x), y = small(n.y);
      if (x !== undefined) v = x;
      else if (y !== undefined) {
        v = y;
        if (n.op === 'OANDNOT') {
          v = ~v;
          if (!signed) v = BigInt.asUintN(bits, v);
        }
      }
      if (v >= 0n && v < max) return true;
      break;
    }
    case 'OMOD': {
      const y = small(n.y);
      if (!signed && y !== undefined && y >= 0n && y <= max) return true;
      break;
    }
    case 'ODIV': {
      const y = small(n.y);
      if (!signed && y !== undefined) for (let v = y; bits > 0 && v >= 2n; v >>= 1n) bits--;
      break;
    }
    case 'ORSH': {
      const y = small(n.y);
      if (!signed && y !== undefined) {
        if (y > BigInt(bits)) return true;
        bits -= Number(y);
      }
      break;
    }
    default: break;
  }
  return !signed && bits <= 62 && 1n << BigInt(bits) <= max;
}

/** Says the lines for one function (closures in it are functions of their own). */
export function boundsLines(c: Context, fn: Func): void {
  const walk = (n: Node): void => {
    if (n.op === 'OAPPEND') {
      for (const a of n.args.slice(1)) argument(a);
      walk(n.args[0]);
      return;
    }
    doChildren(n, walk);
    if (n.op === 'OCALLFUNC' && n.summary?.bounds) for (let i = 0; i < n.summary.bounds; i++) say(c, 'bounds', n.pos, 'index bounds check elided', fn, n);
    if (n.op !== 'OINDEX' || n.bounded || n.index.op === 'OLITERAL') return;
    let t = n.x.type!;
    if (isPtr(t)) t = elem(t);
    const u = under(t);
    let max: bigint | undefined;
    if (isArray(t) && u.kind === 'Array') max = BigInt(u.len);
    else if (n.x.op === 'OLITERAL' && n.x.val.kind === 'String') max = BigInt(n.x.val.val.length);
    if (max !== undefined && bounded(n.index, max)) say(c, 'bounds', n.pos, 'index bounds check elided', fn, n);
  };
  /** What is appended is evaluated into temporaries first, its indices too: they tell nothing any more. */
  const argument = (a: Expr): void => {
    if (a.op === 'OINDEX') {
      walk(a.index);
      argument(a.x);
    } else if (a.op === 'ODOT' || a.op === 'ODOTPTR' || a.op === 'ODEREF') argument(a.x);
    else walk(a);
  };
  fn.body.forEach(walk);
}
