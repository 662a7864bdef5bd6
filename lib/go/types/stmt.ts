/** Statements. Misplaced break, continue, goto and fallthrough are the parser's to report. */
import type { AssignStmt, BlockStmt, CaseClause, CommClause, Expr, ForStmt, Node, ReturnStmt, Stmt, SwitchStmt, TypeSwitchGuard } from '../syntax/ast.ts';
import { Name } from '../syntax/ast.ts';
import { endPos, unpackListExpr, unparen } from '../syntax/walk.ts';
import { assignment, assignVar, assignVars, initVars, shortVarDecl } from './assignments.ts';
import { use } from './call.ts';
import { lookup, newEnvironment, processDelayed, type Checker } from './check.ts';
import { float64Val, makeBool, type Value } from './constant.ts';
import { convertUntyped } from './const.ts';
import { declare, declStmt, type DeclInfo } from './decl.ts';
import { errorf, invalidOp, newError, softErrorf } from './errors.ts';
import { binary, chanElem, comparison, expr, rawExpr, typeAssertion } from './expr.ts';
import { Var } from './object.ts';
import { Operand } from './operand.ts';
import { allBoolean, allNumeric, comparable, hasNil, identical, isInterface, isTypeParam, isValid } from './predicates.ts';
import { rangeStmt } from './range.ts';
import { recordImplicit, recordScope } from './recording.ts';
import { isTerminating } from './return.ts';
import { Scope } from './scope.ts';
import { Typ, type Signature, type Type } from './type.ts';
import { varType } from './typexpr.ts';

/** Checks the body of a function (or function literal) with signature sig. */
export function funcBody(check: Checker, decl: DeclInfo | null, _name: string, sig: Signature, body: BlockStmt, iota: Value | null): void {
  const saved = check.env;
  const env = newEnvironment(sig.scope!, saved.version);
  env.decl = decl;
  env.iota = iota;
  env.sig = sig;
  check.env = env;
  stmtList(check, body.list);
  if (sig.results.length > 0 && !isTerminating(env.isPanic, body, '')) errorf(check, body.rbrace, 'MissingReturn', 'missing return');
  usage(check, sig.scope!);
  check.env = saved;
}

/** Reports variables never used, in a function's scopes but not in those of its function literals. */
function usage(check: Checker, scope: Scope): void {
  for (const v of scope.elems.values()) {
    if (v.kind === 'Var' && v.varKind !== 'recv' && v.varKind !== 'param' && v.varKind !== 'result' && !v.used) softErrorf(check, v, 'UnusedVar', 'declared and not used: %s', v.name);
  }
  for (const s of scope.children) if (!s.isFunc) usage(check, s);
}

export function openScope(check: Checker, n: Node, comment: string): void {
  const s = new Scope(check.env.scope, n.pos, endPos(n), comment);
  recordScope(check, n, s);
  check.env.scope = s;
}
export function closeScope(check: Checker): void { check.env.scope = check.env.scope.parent!; }

function stmtList(check: Checker, list: readonly Stmt[]): void { for (const s of list) stmt(check, s); }

function multipleDefaults(check: Checker, list: readonly (CaseClause | CommClause)[]): void {
  let first: CaseClause | CommClause | null = null;
  for (const c of list) {
    if ((c.kind === 'CaseClause' ? c.cases : c.comm) !== null) continue;
    if (first) errorf(check, c, 'DuplicateDefault', 'multiple defaults (first at %s)', check.fset.format(first.pos));
    else first = c;
  }
}

/** The call of a go or defer statement. */
function suspendedCall(check: Checker, keyword: string, call: Expr): void {
  let code = keyword === 'go' ? 'InvalidGo' : 'InvalidDefer';
  if (call.kind !== 'CallExpr') {
    errorf(check, call, code, 'expression in %s must be function call', keyword);
    use(check, call);
    return;
  }
  const x = new Operand();
  const kind = rawExpr(check, null, x, call, null, false);
  if (kind === 'statement') return;
  if (kind === 'expression') code = 'UnusedResults';
  errorf(check, x, code, '%s %s %s', keyword, kind === 'conversion' ? 'requires function call, not conversion' : 'discards result of', x);
}

/** A key for constants that gc checks for duplicate cases: integers, floats, strings. */
function caseKey(v: Value | null): string | null {
  switch (v?.kind) {
    case 'Int': return `i${v.val}`;
    case 'Float': return `f${float64Val(v)}`;
    case 'String': return `s${v.val}`;
    default: return null;
  }
}

type SeenValues = Map<string, { at: Expr; type: Type }[]>;

function caseValues(check: Checker, x: Operand, values: readonly Expr[], seen: SeenValues): void {
  for (const e of values) {
    const v = new Operand();
    expr(check, null, v, e);
    if (x.mode === 'invalid' || v.mode === 'invalid') continue;
    convertUntyped(check, v, x.type!);
    if (v.mode as string === 'invalid') continue;
    const res = v.copy();
    comparison(check, res, x, '==', true);
    if (res.mode === 'invalid' || v.mode !== 'constant') continue;
    const key = caseKey(v.val);
    if (key === null) continue;
    const list = seen.get(key) ?? [];
    const dup = list.find((s) => identical(v.type!, s.type));
    if (dup) {
      const err = newError(check, 'DuplicateCase');
      err.addf(v, 'duplicate case %s in expression switch', v);
      err.addf(dup.at.pos, 'previous case');
      err.report();
      continue;
    }
    list.push({ at: e, type: v.type! });
    seen.set(key, list);
  }
}

/** e is literally nil. */
function isNilExpr(check: Checker, e: Expr): boolean {
  const n = unparen(e);
  return n.kind === 'Name' && lookup(check, n.value)?.kind === 'Nil';
}

/** Checks the types of a type-switch clause; the result is the type of the clause's variable. */
function caseTypes(check: Checker, x: Operand | null, types: readonly Expr[], seen: { type: Type | null; at: Expr }[]): Type {
  let T: Type | null = null;
  for (const e of types) {
    if (isNilExpr(check, e)) {
      T = null;
      expr(check, null, new Operand(), e);
    } else {
      T = varType(check, e);
      if (!isValid(T)) continue;
    }
    const t = T;
    const dup = seen.find((s) => (t === null ? s.type === null : s.type !== null && identical(t, s.type)));
    if (dup) {
      const err = newError(check, 'DuplicateCase');
      err.addf(e, 'duplicate case %s in type switch', t === null ? 'nil' : t);
      err.addf(dup.at, 'previous case');
      err.report();
      continue;
    }
    seen.push({ type: t, at: e });
    if (x && t) typeAssertion(check, e, x, t, true);
  }
  if (types.length !== 1 || T === null) return x ? x.type! : Typ.Invalid;
  return T;
}

export function stmt(check: Checker, s: Stmt): void {
  const top = check.delayed.length;
  stmt1(check, s);
  processDelayed(check, top);
}

function stmt1(check: Checker, s: Stmt): void {
  switch (s.kind) {
    case 'EmptyStmt': break;
    case 'DeclStmt': declStmt(check, s.declList); break;
    case 'LabeledStmt':
      check.env.hasLabel = true;
      stmt(check, s.stmt);
      break;
    case 'ExprStmt': {
      const x = new Operand();
      const kind = rawExpr(check, null, x, s.x, null, false);
      if (x.mode === 'builtin') errorf(check, x, 'UncalledBuiltin', '%s must be called', x);
      else if (x.mode === 'typexpr') errorf(check, x, 'NotAnExpr', '%s is not an expression', x);
      else if (kind !== 'statement') errorf(check, x, 'UnusedExpr', '%s is not used', x);
      break;
    }
    case 'SendStmt': {
      const ch = new Operand(), val = new Operand();
      expr(check, null, ch, s.chan);
      expr(check, null, val, s.value);
      if (ch.mode === 'invalid' || val.mode === 'invalid') break;
      const elem = chanElem(check, s, ch, false);
      if (elem) assignment(check, val, elem, 'send');
      break;
    }
    case 'AssignStmt': assignStmt(check, s); break;
    case 'CallStmt': suspendedCall(check, s.tok, s.call); break;
    case 'ReturnStmt': returnStmt(check, s); break;
    case 'BranchStmt': if (s.label) check.env.hasLabel = true; break;
    case 'BlockStmt':
      openScope(check, s, 'block');
      stmtList(check, s.list);
      closeScope(check);
      break;
    case 'IfStmt':
      openScope(check, s, 'if');
      if (s.init) stmt(check, s.init);
      condition(check, s.cond, 'if');
      stmt(check, s.then);
      if (s.else) stmt(check, s.else);
      closeScope(check);
      break;
    case 'SwitchStmt':
      openScope(check, s, 'switch');
      if (s.init) stmt(check, s.init);
      if (s.tag?.kind === 'TypeSwitchGuard') typeSwitchStmt(check, s, s.tag); else switchStmt(check, s);
      closeScope(check);
      break;
    case 'SelectStmt':
      multipleDefaults(check, s.body);
      for (const c of s.body) {
        if (!isComm(c)) {
          errorf(check, c.comm!, 'InvalidSelectCase', 'select case must be send or receive (possibly with assignment)');
          continue;
        }
        openScope(check, c, 'case');
        if (c.comm) stmt(check, c.comm);
        stmtList(check, c.body);
        closeScope(check);
      }
      break;
    case 'ForStmt': forStmt(check, s); break;
    default: errorf(check, s, 'InvalidSyntaxTree', 'invalid statement');
  }
}

function condition(check: Checker, e: Expr, what: string): void {
  const x = new Operand();
  expr(check, null, x, e);
  if (x.mode !== 'invalid' && !allBoolean(x.type!)) errorf(check, e, 'InvalidCond', 'non-boolean condition in %s statement', what);
}

/** A select case is a send, a receive, or the default. */
function isComm(c: CommClause): boolean {
  const s = c.comm;
  if (s === null || s.kind === 'SendStmt') return true;
  const rhs = s.kind === 'AssignStmt' ? s.rhs : s.kind === 'ExprStmt' ? s.x : null;
  if (rhs === null || rhs.kind === 'ListExpr') return false;
  const x = unparen(rhs);
  return x.kind === 'Operation' && x.y === null && x.op === '<-';
}

function assignStmt(check: Checker, s: AssignStmt): void {
  if (s.rhs === null) {
    // x++, x--
    const x = new Operand();
    expr(check, null, x, s.lhs);
    if (x.mode === 'invalid') return;
    if (!allNumeric(x.type!)) {
      errorf(check, s.lhs, 'NonNumericIncDec', invalidOp + '%s%s%s (non-numeric type %s)', s.lhs, s.op, s.op, x.type);
      return;
    }
    assignVar(check, s.lhs, null, x, 'assignment');
    return;
  }
  const lhs = unpackListExpr(s.lhs), rhs = unpackListExpr(s.rhs);
  if (s.op === null) { assignVars(check, lhs, rhs); return; }
  if (s.op === ':=') { shortVarDecl(check, s.pos, lhs, rhs); return; }
  if (lhs.length !== 1 || rhs.length !== 1) {
    errorf(check, s, 'MultiValAssignOp', 'assignment operation %s requires single-valued expressions', s.op);
    return;
  }
  const x = new Operand();
  binary(check, x, null, lhs[0], rhs[0], s.op);
  assignVar(check, lhs[0], null, x, 'assignment');
}

function returnStmt(check: Checker, s: ReturnStmt): void {
  const res = check.env.sig!.results.vars, results = unpackListExpr(s.results);
  if (results.length > 0 || res.length === 0 || res[0].name === '') {
    initVars(check, res, results, s);
    return;
  }
  // A bare return needs the named results in view.
  for (const v of res) {
    const alt = lookup(check, v.name);
    if (!alt || alt === v) continue;
    const err = newError(check, 'OutOfScopeResult');
    err.addf(s, 'result parameter %s not in scope at return', v.name);
    err.addf(alt, 'inner declaration of %s', v);
    err.report();
  }
}

function forStmt(check: Checker, s: ForStmt): void {
  if (s.init?.kind === 'RangeClause') {
    const r = s.init;
    const lhs = unpackListExpr(r.lhs);
    rangeStmt(check, s, lhs[0] ?? null, lhs[1] ?? null, lhs[2] ?? null, r.x, r.def);
    return;
  }
  openScope(check, s, 'for');
  if (s.init) stmt(check, s.init);
  if (s.cond) condition(check, s.cond, 'for');
  if (s.post) {
    stmt(check, s.post);
    // The parser reported a declaration here; its variables count as used.
    if (s.post.kind === 'AssignStmt' && s.post.op === ':=') use(check, s.post.lhs);
  }
  stmt(check, s.body);
  closeScope(check);
}

function switchStmt(check: Checker, s: SwitchStmt): void {
  const x = new Operand();
  if (s.tag) {
    expr(check, null, x, s.tag);
    assignment(check, x, null, 'switch expression');
    if (x.mode !== 'invalid' && !comparable(x.type!) && !hasNil(x.type!)) {
      errorf(check, x, 'InvalidExprSwitch', 'cannot switch on %s (%s is not comparable)', x, x.type);
      x.mode = 'invalid';
    }
  } else {
    x.mode = 'constant';
    x.type = Typ.Bool;
    x.val = makeBool(true);
    x.expr = new Name(s.body[0]?.pos ?? s.rbrace, 'true');
  }
  multipleDefaults(check, s.body);
  const seen: SeenValues = new Map();
  for (const c of s.body) {
    caseValues(check, x, unpackListExpr(c.cases), seen);
    openScope(check, c, 'case');
    stmtList(check, c.body);
    closeScope(check);
  }
}

function typeSwitchStmt(check: Checker, s: SwitchStmt, guard: TypeSwitchGuard): void {
  let lhs = guard.lhs;
  if (lhs?.value === '_') {
    softErrorf(check, lhs, 'NoNewVar', 'no new variable on left side of :=');
    lhs = null;
  }
  let sx: Operand | null = null;
  const x = new Operand();
  expr(check, null, x, guard.x);
  if (x.mode !== 'invalid') {
    if (isTypeParam(x.type!)) errorf(check, x, 'InvalidTypeSwitch', 'cannot use type switch on type parameter value %s', x);
    else if (isInterface(x.type!)) sx = x;
    else errorf(check, x, 'InvalidTypeSwitch', '%s is not an interface', x);
  }
  multipleDefaults(check, s.body);
  const vars: Var[] = [], seen: { type: Type | null; at: Expr }[] = [];
  for (const c of s.body) {
    const T = caseTypes(check, sx, unpackListExpr(c.cases), seen);
    openScope(check, c, 'case');
    if (lhs) {
      const v = new Var('local', lhs.pos, check.pkg, lhs.value, T);
      declare(check, check.env.scope, null, v, c.colon);
      recordImplicit(check, c, v);
      vars.push(v);
    }
    stmtList(check, c.body);
    closeScope(check);
  }
  if (lhs) {
    // One use in any clause is a use of them all.
    const used = vars.some((v) => v.used);
    for (const v of vars) v.used = true;
    if (!used) softErrorf(check, lhs, 'UnusedVar', '%s declared and not used', lhs.value);
  }
}
