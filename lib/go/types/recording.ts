/** Writing results onto the tree. */
import type { CaseClause, Expr, ImportDecl, Name, Node, SelectorExpr } from '../syntax/ast.ts';
import type { Checker } from './check.ts';
import type { Value } from './constant.ts';
import { Selection, TypeAndValue, type OperandMode } from './info.ts';
import { Var, type Obj } from './object.ts';
import type { Operand } from './operand.ts';
import { isUntyped } from './predicates.ts';
import type { Scope } from './scope.ts';
import { emptyTuple, Tuple, Typ, type Basic, type Signature, type Type } from './type.ts';

/** Records x on its expression; an untyped one is remembered until its type is final. */
export function record(check: Checker, x: Operand): void {
  const t = x.mode === 'invalid' ? Typ.Invalid : x.mode === 'novalue' ? emptyTuple : x.type!;
  const val = x.mode === 'constant' ? x.val : null;
  if (isUntyped(t)) check.untyped.set(x.expr!, { isLhs: false, mode: x.mode, type: t as Basic, val });
  else recordTypeAndValue(check, x.expr!, x.mode, t, val);
}

/** At the end, expressions still untyped keep their untyped types. */
export function recordUntyped(check: Checker): void {
  for (const [e, info] of check.untyped) recordTypeAndValue(check, e, info.mode, info.type, info.val);
  check.untyped.clear();
}

export function recordTypeAndValue(_check: Checker, e: Expr, mode: OperandMode, type: Type, val: Value | null): void {
  if (mode !== 'invalid') e.tv = new TypeAndValue(mode, type, val);
}

/** The signature a builtin has in one call, on its (parenthesised, qualified) name. */
export function recordBuiltinType(check: Checker, f: Expr, sig: Signature): void {
  for (;;) {
    recordTypeAndValue(check, f, 'builtin', sig, null);
    if (f.kind !== 'ParenExpr') return;
    f = f.x;
  }
}

/** Turns the recorded type of a comma-ok expression into a pair. */
export function recordCommaOkTypes(check: Checker, e: Expr, t0: Type, t1: Type): void {
  for (;;) {
    const v = (t: Type): Var => new Var('local', e.pos, check.pkg, '', t);
    if (e.tv) e.tv = new TypeAndValue(e.tv.mode, new Tuple([v(t0), v(t1)]), e.tv.value);
    if (e.kind !== 'ParenExpr') return;
    e = e.x;
  }
}

/** The type arguments and type of an instantiated name. */
export function recordInstance(_check: Checker, expr: Expr, targs: readonly Type[], type: Type): void {
  if (expr.kind === 'IndexExpr') expr.inst = { targs, type };
  let e = expr.kind === 'IndexExpr' ? expr.x : expr;
  while (e.kind === 'ParenExpr') e = e.x;
  const id = e.kind === 'SelectorExpr' ? e.sel : e.kind === 'Name' ? e : null;
  if (id) id.inst = { targs, type };
}

export function recordDef(_check: Checker, id: Name, obj: Obj | null): void { if (obj) id.obj = obj; }
export function recordUse(_check: Checker, id: Name, obj: Obj): void { id.obj = obj; }

/** The object an import without local name, or a type-switch clause, declares. */
export function recordImplicit(_check: Checker, n: ImportDecl | CaseClause, obj: Obj): void { n.implicit = obj; }

export function recordSelection(check: Checker, e: SelectorExpr, kind: Selection['kind'], recv: Type, obj: Obj, index: readonly number[], indirect: boolean): void {
  recordUse(check, e.sel, obj);
  e.selection = new Selection(kind, recv, obj, index, indirect);
}

export function recordScope(check: Checker, n: Node, scope: Scope): void { check.info.scopes.set(n, scope); }
