/**
 * Copies of function bodies.
 *
 * Inlining needs the body as it was before anything was inlined into it, and each
 * inlined copy needs its own variables, labels and closures. Both are one
 * operation: copy a body with fresh names. A snapshot keeps positions and closure
 * names; an inlined copy gets inlined positions and renames its closures, whose
 * own bodies keep the positions they were written at.
 */
import type { Pos } from '../../base/pos.ts';
import { ClosureExpr, Decl, Func, Name, type Node, type Stmt } from '../ir/nodes.ts';
import { copyNode, editChildren } from '../ir/visit.ts';
import { closureName, type ClosureWhy } from '../ir/closures.ts';

export interface CloneOptions {
  /** New position of what stands at a position of the body. */
  readonly pos: (p: Pos) => Pos;
  /** What labels become. */
  readonly label: (l: string) => string;
  /** Variables that stand for others; filled with the copies. */
  readonly names: Map<Name, Name>;
  /** The function copies of locals belong to. */
  readonly curfn: Func;
  /** For inlined copies: makes the name of a closure's copy inside curfn. Without: closures keep theirs. */
  readonly rename?: { readonly inlined: readonly string[]; readonly minor: number; readonly made: Func[] };
}

/** A copy of a local variable. */
export function cloneName(n: Name, curfn: Func, pos: Pos, pkgPath = n.pkgPath): Name {
  const c = new Name(pos, n.sym, n.type, n.class_);
  // Printed names say which package they were written in.
  if (!n.autoTemp && !n.sym.startsWith('~')) c.pkgPath = pkgPath;
  c.shaped = n.shaped;
  c.curfn = curfn;
  c.obj = n.obj;
  c.addrtaken = n.addrtaken;
  c.reassigned = n.reassigned;
  c.used = n.used;
  c.autoTemp = n.autoTemp;
  c.esc = n.autoTemp ? 'never' : 'unknown';
  c.defn = n.defn;
  return c;
}

/** A copy of a statement list. Names' definitions follow their statements. */
export function cloneBody(list: readonly Stmt[], o: CloneOptions): Stmt[] {
  const nodes = new Map<Node, Node>();
  const out = list.map((s) => cloneNode(s, o, nodes) as Stmt);
  for (const n of o.names.values()) if (n.defn) n.defn = nodes.get(n.defn) ?? n.defn;
  return out;
}

function cloneNode(n: Node, o: CloneOptions, nodes: Map<Node, Node>): Node {
  switch (n.op) {
    case 'ONAME': return o.names.get(n) ?? n;
    case 'ODCL': {
      const d = new Decl(o.pos(n.pos), o.names.get(n.x) ?? n.x);
      nodes.set(n, d);
      return d;
    }
    case 'OCLOSURE': return cloneClosure(n, o);
    default: break;
  }
  const c = copyNode(n);
  nodes.set(n, c);
  c.pos = o.pos(n.pos);
  if ('label' in c && typeof c.label === 'string' && c.label !== '') (c as { label: string }).label = o.label(c.label);
  editChildren(c, (x) => cloneNode(x, o, nodes));
  if (c.op === 'OINLCALL') c.returnVars = c.returnVars.map((x) => o.names.get(x) ?? x);
  return c;
}

/** Why a closure was made, by its name. */
function whyOf(fn: Func): ClosureWhy {
  if (fn.rangeParent) return 'range';
  const m = /\.(go|defer)wrap\d+$/.exec(fn.sym);
  return fn.wrapper && m ? (m[1] as ClosureWhy) : 'func';
}

const same = (p: Pos): Pos => p;
const sameLabel = (l: string): string => l;

function cloneClosure(n: ClosureExpr, o: CloneOptions): ClosureExpr {
  const fn = n.func;
  const pos = o.pos(n.pos);
  const copy = cloneFunc(fn, o.curfn, o.rename);
  copy.closurePos = pos;
  copy.closureVars = [];
  const names = new Map<Name, Name>();
  for (const cv of fn.closureVars) {
    const outer = o.names.get(cv.outer!) ?? cv.outer!;
    const x = new Name(o.pos(cv.pos), cv.sym, cv.type, cv.class_);
    x.pkgPath = outer.pkgPath;
    x.shaped = cv.shaped;
    x.curfn = copy;
    x.isClosureVar = true;
    x.outer = outer;
    x.obj = cv.obj;
    copy.closureVars.push(x);
    names.set(cv, x);
  }
  for (const d of fn.dcl) {
    const x = cloneName(d, copy, d.pos, fn.nname.pkgPath);
    names.set(d, x);
    copy.dcl.push(x);
  }
  const clo = new ClosureExpr(pos, copy, n.type!);
  clo.shaped = n.shaped;
  clo.implicit = n.implicit;
  if (n.init) clo.init = n.init.map((s) => cloneNode(s, o, new Map()) as Stmt);
  copy.oclosure = clo;
  // What is written inside the literal is not inlined: only the literal itself is.
  const inner: CloneOptions = { pos: same, label: sameLabel, names, curfn: copy, rename: o.rename && { inlined: [], minor: o.rename.minor, made: o.rename.made } };
  copy.body = cloneBody(fn.body, inner);
  return clo;
}

function cloneFunc(fn: Func, outer: Func, rename: CloneOptions['rename']): Func {
  const why = whyOf(fn);
  const sym = rename ? closureName(outer, why, rename.inlined, rename.minor) : fn.sym;
  const copy = new Func(fn.pos, sym, outer.nname.pkgPath, fn.nname.type);
  copy.nname.shaped = fn.nname.shaped;
  copy.outer = outer;
  copy.pragmas = fn.pragmas;
  copy.wrapper = fn.wrapper;
  copy.dupok = outer.dupok;
  copy.shape = outer.shape;
  copy.hasDefer = fn.hasDefer;
  copy.endPos = fn.endPos;
  if (why === 'range') copy.rangeParent = outer.oclosure && outer.rangeParent ? outer.rangeParent : outer;
  if (rename) {
    rename.made.push(copy);
    outer.closures.push(copy);
  }
  return copy;
}

/** The body and declarations of fn as they are now, safe from later changes. */
export function snapshot(fn: Func): { body: Stmt[]; dcl: Name[] } {
  const names = new Map<Name, Name>();
  const dcl = fn.dcl.map((d) => {
    const x = cloneName(d, fn, d.pos);
    names.set(d, x);
    return x;
  });
  return { body: cloneBody(fn.body, { pos: same, label: sameLabel, names, curfn: fn }), dcl };
}
