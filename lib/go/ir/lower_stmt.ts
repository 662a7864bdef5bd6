/**
 * Statements: checked syntax to IR.
 *
 * Follows what gc's unified IR makes of each statement: statements after a
 * terminating one are dropped (up to the last label of the list), `if` with a
 * condition known statically becomes the arm that runs, a switch on a constant
 * becomes the case that matches, assignments from several-valued expressions go
 * through temporaries, select cases become OSELRECV2. Range statements over
 * functions are rewritten to closures in rangefunc.ts.
 */
import type { Pos } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import type { Type } from '../types/type.ts';
import type { Var } from '../types/object.ts';
import {
  AssignListStmt, AssignOpStmt, AssignStmt, BlockStmt, BranchStmt, CaseClause, CommClause, Decl, ForStmt, IfStmt, LabelStmt, NilExpr, RangeStmt, ReturnStmt,
  SelectStmt, SendStmt, SwitchStmt, TypeSwitchGuard, type Expr, type Name, type Stmt,
} from './nodes.ts';
import { blank, isBlank, type Ctx } from './ctx.ts';
import { binaryOp, expr, isDynamic, outerValue, takeInit, typeExpr, unpack, unparen } from './lower_expr.ts';
import { constValue, implicitConv } from './lower_conv.ts';
import { multiExpr } from './lower_call.ts';
import { goDefer } from './godefer.ts';
import { rangeFuncBranch, rangeFuncDefer, rangeFuncLoop, rangeFuncReturn } from './rangefunc.ts';
import { staticBool, terminates } from './static.ts';
import { T, assignableTo, constEqual, coreType, elem, idealType, isInterface, makeBool, makeInt, under } from './typeutil.ts';

/** A statement list. */
export function stmts(c: Ctx, list: readonly ast.Stmt[]): Stmt[] {
  const out: Stmt[] = [];
  stmtsInto(c, list, out);
  return out;
}
/** The same, appended to out; true if control does not leave the list at its end. */
export function stmtsInto(c: Ctx, list: readonly ast.Stmt[], out: Stmt[]): boolean {
  let lastLabel = -1, dead = false;
  list.forEach((s, i) => { if (s.kind === 'LabeledStmt') lastLabel = i; });
  list.forEach((s, i) => {
    if (dead && i > lastLabel) return;
    stmt(c, s, out);
    dead = terminates(c.low, s, c.rangeFunc?.rewritten);
  });
  return dead;
}

/** A statement as one node: nothing, itself, or a block. */
function oneStmt(c: Ctx, s: ast.Stmt | null): Stmt | undefined {
  const out: Stmt[] = [];
  if (s) stmt(c, s, out);
  return out.length > 1 ? new BlockStmt(out[0].pos, out) : out[0];
}

/** Appends what a statement becomes to out. */
export function stmt(c: Ctx, s: ast.Stmt, out: Stmt[]): void {
  const prev = out[out.length - 1];
  const label = prev?.op === 'OLABEL' ? prev.label : '';
  switch (s.kind) {
    case 'EmptyStmt': return;
    case 'AssignStmt': {
      if (s.rhs === null) {
        const x = assigned(expr(c, s.lhs));
        out.push(new AssignOpStmt(s.pos, binaryOp(s.op!), x, constValue(c, s.pos, x.type!, makeInt(1n)), true));
      } else if (s.op !== null && s.op !== ':=') {
        const x = assigned(expr(c, s.lhs));
        const shift = s.op === '<<' || s.op === '>>';
        out.push(new AssignOpStmt(s.pos, binaryOp(s.op), x, implicitConv(c, shift ? undefined : s.lhs.tv!.type!, s.rhs)));
      } else assign(c, s.pos, unpack(s.lhs), unpack(s.rhs), s.op === ':=', out);
      return;
    }
    case 'BlockStmt': out.push(...stmts(c, s.list)); return;
    case 'BranchStmt': {
      if (c.rangeFunc && rangeFuncBranch(c, s, out)) {
        c.rangeFunc.rewritten.add(s);
        return;
      }
      const op = ({ break: 'OBREAK', continue: 'OCONTINUE', fallthrough: 'OFALL', goto: 'OGOTO' } as const)[s.tok];
      out.push(new BranchStmt(s.pos, op, s.label?.value ?? ''));
      return;
    }
    case 'CallStmt': {
      const n = goDefer(c, s.pos, s.tok === 'go' ? 'OGO' : 'ODEFER', expr(c, s.call));
      if (s.tok === 'defer') {
        if (c.rangeFunc) n.deferAt = rangeFuncDefer(c, s.pos);
        else c.fn.hasDefer = true;
      }
      out.push(n);
      return;
    }
    case 'DeclStmt':
      for (const d of s.declList) {
        if (d.kind === 'VarDecl') assign(c, d.pos, d.nameList, unpack(d.values), true, out);
        else if (d.kind === 'TypeDecl' && !c.env && d.name.obj?.kind === 'TypeName' && !d.alias) c.low.types.push(d.name.obj.type);
      }
      return;
    case 'ExprStmt': out.push(expr(c, s.x) as Stmt); return;
    case 'ForStmt': forStmt(c, s, label, out); return;
    case 'IfStmt': ifStmt(c, s, out); return;
    case 'LabeledStmt':
      out.push(s.label.value === '_' ? new BlockStmt(s.pos, []) : new LabelStmt(s.pos, s.label.value));
      stmt(c, s.stmt, out);
      return;
    case 'ReturnStmt':
      if (c.rangeFunc && rangeFuncReturn(c, s, out)) return;
      out.push(new ReturnStmt(s.pos, multiExpr(c, s.pos, (i) => c.results[i], unpack(s.results))));
      return;
    case 'SelectStmt': out.push(selectStmt(c, s, label)); return;
    case 'SendStmt': {
      const ch = coreType(s.chan.tv!.type!);
      const x = expr(c, s.chan);
      out.push(new SendStmt(s.pos, x, implicitConv(c, ch ? elem(ch) : undefined, s.value)));
      return;
    }
    case 'SwitchStmt': out.push(switchStmt(c, s, label)); return;
    default: c.low.unsupported((s as ast.Stmt).pos, 'statement');
  }
}

/** Notes that the variable x lies in is assigned outside its declaration; returns x. */
export function assigned(x: Expr): Expr {
  const o = outerValue(x);
  if (o.op === 'ONAME' && !isBlank(o)) {
    o.reassigned = true;
    o.canonical.reassigned = true;
  }
  if (x.op === 'OINDEXMAP') x.assigned = true;
  return x;
}

/** The left side of an assignment: a new variable, blank, or a place. */
function target(c: Ctx, e0: ast.Expr, names: Name[], def: boolean): Expr {
  const e = unparen(e0);
  if (e.kind === 'Name') {
    if (e.value === '_') return blank();
    if (def && e.obj?.kind === 'Var' && e.obj.pos === e.pos) {
      const n = c.local(e.obj.pos, e.obj.name, e.obj.type!, e.obj);
      names.push(n);
      return n;
    }
  }
  return assigned(expr(c, e));
}
/** The type a value assigned to e must have; undefined for blank. */
function targetType(e0: ast.Expr): Type | undefined {
  const e = unparen(e0);
  if (e.kind === 'Name') {
    if (e.value === '_') return undefined;
    if (e.obj?.kind === 'Var') return e.obj.type!;
  }
  return e.tv?.type ?? undefined;
}

/** Marks names as declared by n, with their declarations as its init. */
function declare(n: AssignStmt | AssignListStmt | RangeStmt, names: readonly Name[]): boolean {
  if (names.length === 0) return false;
  for (const x of names) x.defn = n;
  n.init = names.map((x) => new Decl(x.pos, x));
  n.def = true;
  return true;
}

/** lhs = rhs, lhs := rhs, var lhs = rhs; no rhs: zero values. */
function assign(c: Ctx, pos: Pos, lhs0: readonly ast.Expr[], rhs0: readonly ast.Expr[], def: boolean, out: Stmt[]): void {
  const names: Name[] = [];
  const lhs = lhs0.map((e) => target(c, e, names, def));
  if (rhs0.length === 0) {
    for (const x of names) {
      const n = new AssignStmt(pos, x, undefined);
      n.init = [new Decl(pos, x)];
      out.push(n);
    }
    return;
  }
  const rhs = multiExpr(c, pos, (i) => (lhs0[i] ? targetType(lhs0[i]) : undefined), rhs0);
  if (lhs.length === 1 && rhs.length === 1) {
    const n = new AssignStmt(pos, lhs[0], rhs[0]);
    declare(n, names);
    out.push(n);
    return;
  }
  const n = new AssignListStmt(pos, 'OAS2', lhs, rhs);
  declare(n, names);
  out.push(n);
}

function forStmt(c: Ctx, s: ast.ForStmt, label: string, out: Stmt[]): void {
  const distinct = c.low.opts.distinctVars?.(s.pos) ?? c.low.minor >= 22;
  if (s.init?.kind === 'RangeClause') {
    const r = s.init;
    if (coreType(r.x.tv!.type!)?.kind === 'Signature') {
      rangeFuncLoop(c, s, r, out);
      return;
    }
    const names: Name[] = [];
    const lhs = unpack(r.lhs).map((e) => target(c, e, names, r.def));
    const n = new RangeStmt(r.pos, label, undefined as unknown as Expr, lhs[0], lhs[1], [], false);
    declare(n, names);
    for (const x of names) x.reassigned = true;
    n.x = expr(c, r.x);
    n.body = stmts(c, s.body.list);
    n.distinctVars = distinct;
    out.push(n);
    return;
  }
  const cond = s.cond ? staticBool(c.low, s.cond) : 0;
  const init = oneStmt(c, s.init);
  if (cond < 0) {
    const x = expr(c, s.cond!);
    if (x.op === 'OLITERAL') {
      if (init) out.push(init);
      return;
    }
  }
  const n = new ForStmt(s.pos, label, s.cond ? expr(c, s.cond) : undefined, undefined, []);
  if (init) n.init = [init];
  if (cond >= 0) {
    n.post = oneStmt(c, s.post);
    n.body = stmts(c, s.body.list);
  }
  n.distinctVars = distinct;
  out.push(n);
}

function ifStmt(c: Ctx, s: ast.IfStmt, out: Stmt[]): void {
  const known = staticBool(c.low, s.cond);
  const init = s.init ? stmts(c, [s.init]) : [];
  const cond = expr(c, s.cond);
  const then = known >= 0 ? stmts(c, s.then.list) : [];
  const els = known <= 0 && s.else ? stmts(c, [s.else]) : [];
  if (known !== 0) {
    if (cond.op !== 'OLITERAL') init.push(new AssignStmt(s.pos, blank(), cond));
    init.push(...then, ...els);
    if (init.length > 1) out.push(new BlockStmt(init[0].pos, init)); else out.push(...init);
    return;
  }
  const n = new IfStmt(s.pos, cond, then, els);
  if (init.length > 0) n.init = init;
  out.push(n);
}

function selectStmt(c: Ctx, s: ast.SelectStmt, label: string): Stmt {
  const cases = s.body.map((clause) => {
    let comm = oneStmt(c, clause.comm);
    const pre: Stmt[] = [];
    const recv2 = (pos: Pos, dst: Expr, recv: Expr, def: boolean, init: Stmt[]): Stmt => {
      const n = new AssignListStmt(pos, 'OSELRECV2', [dst, blank()], [recv], def);
      if (init.length > 0) n.init = init;
      return n;
    };
    if (comm?.op === 'OAS') {
      const y = comm.y!;
      if (!comm.def && y.op === 'OCONVIFACE' && y.x.op === 'ORECV') {
        const tmp = c.temp(clause.pos, y.x.type!);
        const recv = y.x;
        y.x = tmp;
        pre.push(comm);
        comm = recv2(clause.pos, tmp, recv, true, [new Decl(clause.pos, tmp)]);
        tmp.defn = comm;
      } else {
        const recv = (y.op === 'OCONVNOP' || y.op === 'OCONVIFACE') && y.implicit ? y.x : y;
        comm = recv2(comm.pos, comm.x, recv, comm.def, takeInit(comm));
      }
    } else if (comm?.op === 'OAS2') {
      const [recv] = takeInit(comm.rhs[0]);
      pre.push(comm);
      comm = recv;
      if (comm.op === 'OAS2RECV') comm.op = 'OSELRECV2';
    } else if (comm?.op === 'ORECV') comm = recv2(comm.pos, blank(), comm, false, []);
    return new CommClause(clause.pos, comm, [...pre, ...stmts(c, clause.body)]);
  });
  return new SelectStmt(s.pos, label, cases);
}

function switchStmt(c: Ctx, s: ast.SwitchStmt, label: string): Stmt {
  const init = oneStmt(c, s.init);
  const n = s.tag?.kind === 'TypeSwitchGuard' ? typeSwitch(c, s, s.tag, label) : exprSwitch(c, s, s.tag, label);
  if (init) n.init = [init];
  return n;
}

function typeSwitch(c: Ctx, s: ast.SwitchStmt, guard: ast.TypeSwitchGuard, label: string): SwitchStmt {
  const x = expr(c, guard.x);
  const tag = new TypeSwitchGuard(guard.pos, guard.lhs?.value ?? '', x, guard.lhs !== null);
  const n = new SwitchStmt(s.pos, label, tag, []);
  for (const clause of s.body) {
    const types = unpack(clause.cases);
    const list = types.map((t) => {
      if (t.tv?.isNil()) return new NilExpr(0, T.untypedNil);
      const n = typeExpr(c, t.pos, t.tv!.type!);
      n.dynamic = isDynamic(c, t.tv!.type!, guard.x.tv!.type!);
      return n;
    });
    let v: Name | undefined;
    if (clause.implicit) {
      const pos = types.length > 0 ? typeEndPos(types[types.length - 1]) : clause.pos;
      const obj = clause.implicit as Var;
      v = c.local(pos, obj.name, obj.type, obj);
      v.defn = tag;
    }
    n.cases.push(new CaseClause(clause.pos, v, list, stmts(c, clause.body)));
  }
  return n;
}
/** Where a type expression ends, roughly: the position gc gives a clause's variable. */
function typeEndPos(e: ast.Expr): Pos {
  for (;;) {
    switch (e.kind) {
      case 'SelectorExpr': return e.x.pos;
      case 'ParenExpr': e = e.x; break;
      case 'Operation':
        if (e.op === '*' && !e.y) { e = e.x; break; }
        return e.pos;
      case 'IndexExpr': {
        const l = unpack(e.index);
        e = l[l.length - 1];
        break;
      }
      case 'ArrayType': case 'SliceType': case 'ChanType': case 'DotsType': e = e.elem; break;
      case 'MapType': e = e.value; break;
      case 'InterfaceType': case 'FuncType': {
        const fields = e.kind === 'InterfaceType' ? e.methodList : e.resultList.length > 0 ? e.resultList : e.paramList;
        if (fields.length === 0) return e.pos;
        e = fields[fields.length - 1].type;
        break;
      }
      default: return e.pos;
    }
  }
}

function exprSwitch(c: Ctx, s: ast.SwitchStmt, tagExpr: ast.Expr | null, label: string): SwitchStmt {
  let tag = tagExpr, clauses: readonly ast.CaseClause[] = s.body;
  let tagType: Type = tag ? idealType(tag.tv!) : T.bool;
  const isChan = tag !== null && under(tagType).kind === 'Chan';
  const value = tag ? tag.tv!.value : makeBool(true);
  let rewritten: ast.CaseClause | undefined;
  if (value) {
    const t = constTarget(value, clauses);
    if (t !== undefined && !(t && endsInFallthrough(t.body))) {
      rewritten = t ?? undefined;
      clauses = t ? [t] : [];
      tag = null;
      tagType = T.bool;
    }
  }
  if (!isChan && !rewritten) {
    for (const clause of clauses) {
      for (const cas of unpack(clause.cases)) {
        const ct = idealType(cas.tv!);
        if (!assignableTo(ct, tagType) && (isInterface(ct) || isInterface(tagType))) tagType = T.emptyInterface;
      }
    }
  }
  const n = new SwitchStmt(s.pos, label, tag ? implicitConv(c, tagType, tag) : undefined, []);
  for (const clause of clauses) {
    const list = clause === rewritten ? [] : unpack(clause.cases).map((cas) => implicitConv(c, isChan ? undefined : tagType, cas));
    n.cases.push(new CaseClause(clause.pos, undefined, list, stmts(c, clause.body)));
  }
  return n;
}

/** The clause a constant tag always selects; null: none of them; undefined: not known. */
function constTarget(value: NonNullable<ast.Expr['tv']>['value'], clauses: readonly ast.CaseClause[]): ast.CaseClause | null | undefined {
  let target: ast.CaseClause | null = null;
  for (const clause of clauses) {
    if (!clause.cases) target = clause;
    for (const cas of unpack(clause.cases)) {
      const v = cas.tv!.value;
      if (!v) return undefined;
      if (constEqual(value!, v)) return clause;
    }
  }
  return target;
}

function endsInFallthrough(body: readonly ast.Stmt[]): boolean {
  let last: ast.Stmt | undefined;
  for (const s of body) if (s.kind !== 'EmptyStmt') last = s;
  while (last?.kind === 'LabeledStmt') last = last.stmt;
  return last?.kind === 'BranchStmt' && last.tok === 'fallthrough';
}
