/**
 * Package variables whose initialisers need no code.
 *
 * gc lays out var x = &T{1} and the like at link time, after inlining and before
 * escape analysis, so such sites are never heard of. Of a literal with some
 * computed parts only those parts remain, as assignments to static storage:
 *
 *   var p = &T{a: 1, b: f()}      leaves      <static T>.b = f()
 *
 * The init function itself keeps its body; what is returned is what escape
 * analysis sees of it. Rules: cmd/compile/internal/staticinit.
 */
import { AssignStmt, Name, type Expr, type Func, type InlinedCallExpr, type Stmt } from '../ir/nodes.ts';
import { deepCopy, visit } from '../ir/visit.ts';
import { isBlank } from '../ir/ctx.ts';
import { isInterface } from '../ir/typeutil.ts';

/** The statements of a package's init function that run code. */
export function dynamicInit(fn: Func): Stmt[] {
  const out: Stmt[] = [];
  for (const s of fn.body) {
    if (s.op !== 'OAS' || !s.y || s.x.op !== 'ONAME') {
      out.push(s);
      continue;
    }
    if (isBlank(s.x) && !sideEffects(s.y)) continue;
    const parts: Stmt[] = [];
    if (assign(s.x, s.y, parts)) out.push(...parts);
    else out.push(s);
  }
  return out;
}

/** Lays r out as the value of (a part of) l; what has to be computed goes to out. */
function assign(l: Name, r: Expr, out: Stmt[]): boolean {
  while (r.op === 'OCONVNOP') r = r.x;
  const part = (v: Expr): void => {
    const before = out.length;
    if (assign(l, v, out)) return;
    out.length = before;
    out.push(new AssignStmt(v.pos, l, v));
  };
  switch (r.op) {
    case 'ONAME': case 'OMETHEXPR': case 'ONIL': case 'OLITERAL': return true;
    case 'OADDR': {
      let x = r.x;
      while (x.op === 'ODOT' || (x.op === 'OINDEX' && x.index.op === 'OLITERAL')) x = x.x;
      return x.op === 'ONAME' && x.class_ === 'PEXTERN';
    }
    case 'OPTRLIT':
      part(r.x);
      return true;
    case 'OSTR2BYTES': return r.x.op === 'OLITERAL';
    case 'OSLICELIT': case 'OARRAYLIT': case 'OSTRUCTLIT':
      for (const el of r.list) part(el.op === 'OKEY' || el.op === 'OSTRUCTKEY' ? el.value : el);
      return true;
    case 'OCLOSURE': return r.func.closureVars.length === 0;
    case 'OCONVIFACE': {
      let v: Expr = r;
      while (v.op === 'OCONVIFACE') v = v.x;
      if (isInterface(v.type!)) return v.op === 'ONIL';
      if (v.shaped) return false;
      part(v);
      return true;
    }
    case 'OINLCALL': {
      const v = inlinedValue(r);
      return v !== null && assign(l, v, out);
    }
    case 'OCALLFUNC': return r.summary?.data === true && r.args.every((a) => !sideEffects(a) && isData(a));
    default: return false;
  }
}

/** Is a value laid out without any code? */
export function isData(v: Expr): boolean {
  const parts: Stmt[] = [];
  return assign(new Name(0, '', v.type!, 'PEXTERN'), v, parts) && parts.length === 0;
}

function sideEffects(n: Expr): boolean {
  let found = false;
  visit(n, (x) => {
    switch (x.op) {
      case 'ONAME': case 'OLITERAL': case 'ONIL': case 'OTYPE': case 'OMETHEXPR': case 'OCLOSURE': case 'OADD': case 'OSUB': case 'OOR': case 'OXOR': case 'OADDSTR': case 'OADDR': case 'OANDAND':
      case 'OBYTES2STR': case 'ORUNES2STR': case 'OSTR2BYTES': case 'OSTR2RUNES': case 'OCAP': case 'OARRAYLIT': case 'OSLICELIT': case 'OMAPLIT': case 'OSTRUCTLIT': case 'OPTRLIT': case 'OCONV':
      case 'OCONVIFACE': case 'OCONVNOP': case 'ODOT': case 'OEQ': case 'ONE': case 'OLT': case 'OLE': case 'OGT': case 'OGE': case 'OKEY': case 'OSTRUCTKEY': case 'OLEN': case 'OMUL': case 'OLSH':
      case 'ORSH': case 'OAND': case 'OANDNOT': case 'ONEW': case 'ONOT': case 'OBITNOT': case 'OPLUS': case 'ONEG': case 'OOROR': case 'OPAREN': case 'ORUNESTR': case 'OREAL': case 'OIMAG': case 'OCOMPLEX':
        break;
      default: found = true;
    }
  });
  return found;
}

/** May an argument be written twice? */
function repeatable(n: Expr): boolean { return n.op === 'OLITERAL' || n.op === 'ONIL' || n.op === 'ONAME' || n.op === 'OMETHEXPR'; }

/** Of a call inlined to a single return: the value with arguments in place of parameters; null if they may not be moved there. */
export function inlinedValue(call: InlinedCallExpr): Expr | null {
  const init = call.init ?? [];
  const as = init[0], block = call.body[0], end = call.body[1];
  if (init.length !== 2 || as.op !== 'OAS2' || init[1].op !== 'OINLMARK' || call.body.length !== 2 || block.op !== 'OBLOCK' || end.op !== 'OLABEL') return null;
  const [dcl, set, jump] = block.list;
  if (block.list.length !== 3 || dcl.op !== 'ODCL' || set.op !== 'OAS2' || jump.op !== 'OGOTO' || jump.label !== end.label || set.lhs.length !== 1 || set.lhs[0] !== dcl.x) return null;
  const params = as.lhs as Name[];
  if (params.some((p) => p.addrtaken) || as.rhs.some(sideEffects)) return null;
  const count = new Map(params.map((p) => [p, 0]));
  let captures = false;
  visit(set.rhs[0], (n) => {
    if (n.op === 'ONAME' && count.has(n)) count.set(n, count.get(n)! + 1);
    if (n.op === 'OCLOSURE' && n.func.closureVars.length > 0) captures = true;
  });
  if (captures) return null;
  for (let i = 0; i < params.length; i++) if (count.get(params[i])! > 1 && !repeatable(as.rhs[i])) return null;
  return deepCopy(set.rhs[0], (n) => {
    const i = n.op === 'ONAME' ? params.indexOf(n) : -1;
    return i < 0 ? undefined : deepCopy(as.rhs[i]);
  });
}
