/** Which expressions are data the linker can lay out: constants, and literals, addresses and functions made of such. */
import * as c from '../types/constant.ts';
import type { Expr } from '../ir/nodes.ts';
import { isInterface } from './typex.ts';

/** A literal made of constants only (gc's isStaticCompositeLiteral). */
export function isStaticLiteral(n: Expr): boolean {
  switch (n.op) {
    case 'OLITERAL': case 'ONIL': return true;
    case 'OPAREN': return isStaticLiteral(n.x);
    case 'OSTRUCTLIT': case 'OARRAYLIT':
      return n.init === undefined && n.list.every((e) => (e.op === 'OSTRUCTKEY' || e.op === 'OKEY' ? isStaticLiteral(e.value) : isStaticLiteral(e)));
    case 'OCONVNOP': return isStaticLiteral(n.x);
    default: return false;
  }
}

/** Data of a package-level variable: a static literal, or slices, addresses, functions made of such. */
export function isStaticData(n: Expr): boolean {
  switch (n.op) {
    case 'OLITERAL': case 'ONIL': return true;
    case 'OPAREN': case 'OCONVNOP': return isStaticData(n.x);
    case 'ONAME': return n.class_ === 'PFUNC';
    case 'OMETHEXPR': return n.method !== undefined;
    case 'OCLOSURE': return n.func.closureVars.length === 0;
    case 'OPTRLIT': return isStaticData(n.x);
    case 'OSTR2BYTES': return n.x.op === 'OLITERAL';
    case 'OADDR': return n.x.op === 'ONAME' && n.x.class_ === 'PEXTERN';
    case 'OSTRUCTLIT': case 'OARRAYLIT': case 'OSLICELIT':
      return n.init === undefined && n.list.every((e) => (e.op === 'OSTRUCTKEY' ? isStaticData(e.value) : e.op === 'OKEY' ? isStaticData(e.value) : isStaticData(e)));
    case 'OCONVIFACE': return !isInterface(n.x.type!) && isStaticData(n.x) && n.x.op !== 'ONIL';
    default: return false;
  }
}

/** The zero value of its type, written out. */
export function isZero(n: Expr): boolean {
  switch (n.op) {
    case 'ONIL': return true;
    case 'OLITERAL':
      switch (n.val.kind) {
        case 'Bool': return !n.val.val;
        case 'String': return n.val.val === '';
        case 'Int': return n.val.val === 0n;
        case 'Float': return c.sign(n.val) === 0;
        case 'Complex': return c.sign(n.val) === 0;
        default: return false;
      }
    case 'OSTRUCTLIT': case 'OARRAYLIT': return n.list.every((e) => isZero(e.op === 'OSTRUCTKEY' || e.op === 'OKEY' ? e.value : e));
    default: return false;
  }
}
