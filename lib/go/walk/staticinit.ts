/**
 * Package-level variables the linker lays out.
 *
 * An initialiser is taken apart into data and into what only code can compute.
 * What an address or a slice in it points at is static storage of its own, whether
 * or not its contents are known, because the init function runs once:
 *
 *   var table = []*T{{1, "a"}, {f(), "b"}}
 *
 * is an array of two pointers, two structs, and the one assignment stmp.n = f().
 * A call that was inlined to a single value counts as that value, so that
 * errors.New of a constant is data too. No part allocates. Rules:
 * cmd/compile/internal/staticinit. (escape/staticinit.ts makes the same cut, on trees
 * not yet walked, to know which sites are never heard of; here data is made.) SIMPLIFIED: the value of another variable is
 * copied by code, which allocates nothing either.
 */
import { AssignStmt, CompLitExpr, ConvExpr, KeyExpr, Name, SliceHeaderExpr, StructKeyExpr, type Expr, type Stmt } from '../ir/nodes.ts';
import { inlinedValue } from '../escape/staticinit.ts';
import type { StructT } from '../types/type.ts';
import { indexOf } from './complit.ts';
import { isStaticData, isZero } from './static.ts';
import { arrayOf, elem, isInterface, under } from './typex.ts';
import type { Walker } from './walker.ts';

/** Lays a package-level variable out; the statements that remain, or undefined if s is to run as it stands. */
export function layOut(w: Walker, s: Stmt): Stmt[] | undefined {
  if (s.op !== 'OAS' || s.x.op !== 'ONAME' || s.x.class_ !== 'PEXTERN' || s.x.sym === '_' || s.x.staticInit || !s.y) return undefined;
  const x = s.x, left: Stmt[] = [];
  const data = dataOf(w, s.y, () => x, left);
  if (!data) return undefined;
  x.staticInit = image(data);
  return left;
}

/**
 * v as data for the linker, or null if all of it needs code. place gives the
 * memory v belongs to; what needs code inside v is assigned to parts of it in left.
 */
function dataOf(w: Walker, v: Expr, place: () => Expr, left: Stmt[]): Expr | null {
  if (v.init && v.op !== 'OINLCALL') return null;
  if (isStaticData(v)) return v;
  switch (v.op) {
    case 'OPAREN': return dataOf(w, v.x, place, left);
    case 'OCONVNOP': case 'OCONVIFACE': {
      if (v.op === 'OCONVIFACE' && (isInterface(v.x.type!) || v.x.op === 'ONIL')) return null;
      const inside: Stmt[] = [];
      const x = dataOf(w, v.x, place, inside);
      return x && inside.length === 0 ? new ConvExpr(v.pos, v.op, x, v.type!) : null;
    }
    case 'OINLCALL': {
      const r = inlinedValue(v);
      return r && dataOf(w, r, place, left);
    }
    case 'OPTRLIT': return w.addr(storage(w, v.x, left), v.type!);
    case 'OSTRUCTLIT': {
      const fields = (under(v.type!) as StructT).fields;
      const list: Expr[] = [];
      v.list.forEach((e, i) => {
        const n = e.op === 'OSTRUCTKEY' ? e.index : i, value = e.op === 'OSTRUCTKEY' ? e.value : e;
        const data = part(w, value, () => w.field(place(), n), left);
        if (data) list.push(new StructKeyExpr(e.pos, fields[n].name, n, data));
      });
      return new CompLitExpr(v.pos, 'OSTRUCTLIT', list, v.type!);
    }
    case 'OARRAYLIT': return elements(w, v, place, left);
    case 'OSLICELIT': {
      const array = w.pkg.newStorage(v.pos, arrayOf(v.len, elem(v.type!)));
      array.staticInit = image(elements(w, v, () => array, left));
      const n = w.intOf(v.pos, v.len);
      return new SliceHeaderExpr(v.pos, w.addr(array), n, n, v.type!);
    }
    default: return null;
  }
}

/** Data of a part of a literal; what has none is assigned. */
function part(w: Walker, v: Expr, place: () => Expr, left: Stmt[]): Expr | null {
  const data = dataOf(w, v, place, left);
  if (!data) left.push(new AssignStmt(v.pos, place(), v));
  return data;
}

/** A variable of its own that begins as v. */
function storage(w: Walker, v: Expr, left: Stmt[]): Name {
  const n = w.pkg.newStorage(v.pos, v.type!);
  n.staticInit = image(part(w, v, () => n, left));
  return n;
}

/** Bytes are written for what is not zero: memory begins as zeroes. */
function image(data: Expr | null): Expr | undefined { return data && !isZero(data) ? data : undefined; }

/** The elements of an array or of the array behind a slice, as an array literal. */
function elements(w: Walker, v: CompLitExpr, place: () => Expr, left: Stmt[]): Expr {
  const list: Expr[] = [];
  let next = 0;
  for (const e of v.list) {
    if (e.op === 'OKEY') next = indexOf(e.key);
    const i = next++;
    const data = part(w, e.op === 'OKEY' ? e.value : e, () => w.index(place(), i, elem(v.type!)), left);
    if (data) list.push(new KeyExpr(e.pos, w.intOf(e.pos, i), data));
  }
  const lit = new CompLitExpr(v.pos, 'OARRAYLIT', list, v.op === 'OARRAYLIT' ? v.type! : arrayOf(v.len, elem(v.type!)));
  lit.len = v.len;
  return lit;
}
