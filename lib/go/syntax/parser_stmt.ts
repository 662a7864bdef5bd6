/** Statements. */
import type { Pos } from '../../base/pos.ts';
import {
  AssignStmt, BlockStmt, BranchStmt, CallStmt, CaseClause, CommClause, DeclStmt, EmptyStmt, ExprStmt, ForStmt, IfStmt, LabeledStmt, RangeClause, ReturnStmt,
  SelectStmt, SendStmt, SwitchStmt, type Expr, type Name, type SimpleStmt, type Stmt,
} from './ast.ts';
import {
  ADD, AND, ARROW, ASSIGN, ASSIGN_OP, BREAK, CASE, CHAN, COLON, CONST, CONTINUE, DEFAULT, DEFER, DEFINE, ELSE, EOF, FALLTHROUGH, FOR, FUNC, GO, GOTO, IF, INC_OP,
  INTERFACE, LBRACE, LBRACK, LITERAL, LPAREN, MAP, MUL, NAME, NOT, OPERATOR, RANGE, RBRACE, RETURN, SELECT, SEMI, STAR, STRUCT, SUB, SWITCH, TYPE, VAR, XOR, operators,
  tokenString,
} from './token.ts';
import type { Parser } from './parser.ts';
import { declGroup } from './parser_decl.ts';
import { done, expr, exprList, name, operand, pexpr } from './parser_expr.ts';
import { exprString } from './printer.ts';
import { unparen } from './walk.ts';

/** Statements up to a closing brace or the next case. */
export function stmtList(p: Parser): Stmt[] {
  const list: Stmt[] = [];
  while (!p.is(EOF) && !p.is(RBRACE) && !p.is(CASE) && !p.is(DEFAULT)) {
    const s = stmtOrNull(p);
    p.clearPragma();
    if (s === null) break;
    list.push(s);
    if (!p.got(SEMI) && !p.is(RBRACE)) {
      p.syntaxError('at end of statement');
      p.advance(SEMI, RBRACE, CASE, DEFAULT);
      p.got(SEMI);
    }
  }
  return list;
}

/** A statement, if there is one; its semicolon is left. */
export function stmtOrNull(p: Parser): Stmt | null {
  const siblings = p.height;
  p.height = 0;
  p.enter();
  const s = stmt(p);
  p.depth--;
  if (siblings > p.height) p.height = siblings;
  return s;
}
function stmt(p: Parser): Stmt | null {
  if (p.is(NAME)) {
    p.clearPragma();
    const lhs = exprList(p);
    if (lhs.kind === 'Name' && p.is(COLON)) return labeledStmtOrNull(p, lhs);
    return simpleStmt(p, lhs, 0);
  }
  const pos = p.pos(), tok = p.tok;
  switch (tok) {
    case VAR: case CONST: case TYPE: {
      const list: DeclStmt['declList'][number][] = [];
      declGroup(p, list);
      return done(p, new DeclStmt(pos, list));
    }
    default: p.clearPragma();
  }
  switch (tok) {
    case LBRACE: return blockStmt(p, '');
    case OPERATOR: case STAR:
      switch (p.op) {
        case ADD: case SUB: case MUL: case AND: case XOR: case NOT: return simpleStmt(p, null, 0);
        default: return null;
      }
    case LITERAL: case FUNC: case LPAREN: case LBRACK: case STRUCT: case MAP: case CHAN: case INTERFACE: case ARROW: return simpleStmt(p, null, 0);
    case FOR: return forStmt(p);
    case SWITCH: return switchStmt(p);
    case SELECT: return selectStmt(p);
    case IF: return ifStmt(p);
    case FALLTHROUGH: p.next(); return done(p, new BranchStmt(pos, 'fallthrough'));
    case BREAK: case CONTINUE: {
      const s = new BranchStmt(pos, tok === BREAK ? 'break' : 'continue');
      p.next();
      if (p.is(NAME)) s.label = name(p);
      return done(p, s);
    }
    case GO: case DEFER: return callStmt(p);
    case GOTO: {
      const s = new BranchStmt(pos, 'goto');
      p.next();
      s.label = name(p);
      return done(p, s);
    }
    case RETURN: {
      p.next();
      const results = p.is(SEMI) || p.is(RBRACE) ? null : exprList(p);
      return done(p, new ReturnStmt(pos, results));
    }
    case SEMI: {
      const s = new EmptyStmt(pos);
      s.end = pos;
      return s;
    }
    default: return null;
  }
}

/** A simple statement; lhs: its left side, if already consumed; keyword: FOR (a range clause is fine), SWITCH (a type switch guard is), IF or 0. */
function simpleStmt(p: Parser, lhs: Expr | null, keyword: number): SimpleStmt {
  if (keyword === FOR && p.is(RANGE)) return rangeClause(p, null, false);
  lhs ??= exprList(p);
  const pos = p.pos();
  if (lhs.kind !== 'ListExpr') {
    switch (p.tok) {
      case ASSIGN: case DEFINE: break;
      case ASSIGN_OP: {
        const op = operators[p.op];
        p.next();
        const rhs = expr(p);
        return done(p, new AssignStmt(pos, op, lhs, rhs));
      }
      case INC_OP: {
        const op = operators[p.op];
        p.next();
        return done(p, new AssignStmt(pos, op, lhs, null));
      }
      case ARROW: {
        p.next();
        const value = expr(p);
        return done(p, new SendStmt(pos, lhs, value));
      }
      default: return done(p, new ExprStmt(lhs.pos, lhs));
    }
  }
  if (!p.is(ASSIGN) && !p.is(DEFINE)) {
    p.syntaxError('expected := or = or comma');
    p.advance(SEMI, RBRACE);
    if (lhs.kind === 'ListExpr') lhs = lhs.elemList[0];
    return done(p, new ExprStmt(lhs.pos, lhs));
  }
  const def = p.is(DEFINE);
  p.next();
  if (keyword === FOR && p.is(RANGE)) return rangeClause(p, lhs, def);
  const rhs = exprList(p);
  if (rhs.kind === 'TypeSwitchGuard' && keyword === SWITCH && def && lhs.kind === 'Name') {
    rhs.lhs = lhs;
    return done(p, new ExprStmt(rhs.pos, rhs));
  }
  return done(p, new AssignStmt(pos, def ? ':=' : null, lhs, rhs));
}

function rangeClause(p: Parser, lhs: Expr | null, def: boolean): RangeClause {
  const pos = p.pos();
  p.next();
  const x = expr(p);
  return done(p, new RangeClause(pos, lhs, def, x));
}

function labeledStmtOrNull(p: Parser, label: Name): Stmt | null {
  const s = new LabeledStmt(p.pos(), label);
  p.want(COLON);
  if (p.is(RBRACE)) {
    // An empty statement needs no semicolon before a brace.
    s.stmt = new EmptyStmt(p.pos());
    s.stmt.end = s.stmt.pos;
    return done(p, s);
  }
  const t = stmtOrNull(p);
  if (t !== null) {
    s.stmt = t;
    return done(p, s);
  }
  p.syntaxErrorAt(s.pos, 'missing statement after label');
  return null;
}

/** A block; context: what it follows, if the `{` is not known to be there. */
export function blockStmt(p: Parser, context: string): BlockStmt {
  const s = new BlockStmt(p.pos());
  if (!p.got(LBRACE)) {
    p.syntaxError(`expected { after ${context}`);
    p.advance(NAME, RBRACE);
    s.rbrace = p.pos();
    if (p.got(RBRACE)) return done(p, s);
  }
  s.list = stmtList(p);
  s.rbrace = p.pos();
  p.want(RBRACE);
  return done(p, s);
}

function callStmt(p: Parser): CallStmt {
  const pos = p.pos(), tok = p.is(GO) ? 'go' : 'defer';
  p.next();
  p.enter();
  let x = pexpr(p, operand(p, p.is(LPAREN)));
  p.depth--;
  if (x.kind === 'ParenExpr') {
    p.errorAt(x.pos, `expression in ${tok} must not be parenthesized`);
    x = unparen(x);
  }
  return done(p, new CallStmt(pos, tok, x));
}

interface Header { init: SimpleStmt | null; cond: Expr | null; post: SimpleStmt | null }

/** What stands between an if, for or switch and its `{`. */
function header(p: Parser, keyword: number): Header {
  p.want(keyword);
  const h: Header = { init: null, cond: null, post: null };
  if (p.is(LBRACE)) {
    if (keyword === IF) {
      p.syntaxError('missing condition in if statement');
      h.cond = p.badExpr();
    }
    return h;
  }
  const outer = p.xnest;
  p.xnest = -1;
  headerParts(p, keyword, h);
  p.xnest = outer;
  return h;
}

function headerParts(p: Parser, keyword: number, h: Header): void {
  if (!p.is(SEMI)) {
    if (p.got(VAR)) p.syntaxError(`var declaration not allowed in ${tokenString(keyword)} initializer`);
    h.init = simpleStmt(p, null, keyword);
    if (h.init.kind === 'RangeClause') return;
  }
  let cond: SimpleStmt | null = null;
  let semiPos: Pos = 0, semiLit = '';
  if (p.is(LBRACE)) {
    cond = h.init;
    h.init = null;
  } else {
    if (p.is(SEMI)) {
      semiPos = p.pos();
      semiLit = p.lit;
      p.next();
    } else {
      // Asking for the brace gives the better message.
      p.want(LBRACE);
      if (!p.is(LBRACE)) p.advance(LBRACE, RBRACE);
    }
    if (keyword === FOR) {
      let more = true;
      if (!p.is(SEMI)) {
        if (p.is(LBRACE)) {
          p.syntaxError('expected for loop condition');
          more = false;
        } else cond = simpleStmt(p, null, 0);
      }
      if (more) {
        p.want(SEMI);
        if (!p.is(LBRACE)) {
          h.post = simpleStmt(p, null, 0);
          if (h.post.kind === 'AssignStmt' && h.post.op === ':=') p.syntaxErrorAt(h.post.pos, 'cannot declare in post statement of for loop');
        }
      }
    } else if (!p.is(LBRACE)) cond = simpleStmt(p, null, keyword);
  }
  if (cond === null) {
    if (keyword !== IF || semiPos === 0) return;
    p.syntaxErrorAt(semiPos, semiLit === 'semicolon' ? 'missing condition in if statement' : `unexpected ${semiLit}, expected { after if clause`);
    h.cond = p.badExpr();
    h.cond.pos = h.cond.end = semiPos;
  } else if (cond.kind === 'ExprStmt') h.cond = cond.x;
  else {
    // Often `=` was written for `==`: make it stand out.
    const text = cond.kind === 'AssignStmt' && cond.op === null ? `assignment ${emphasize(cond.lhs)} = ${emphasize(cond.rhs!)}` : exprString(cond);
    p.syntaxErrorAt(cond.pos, `cannot use ${text} as value`);
  }
}
function emphasize(x: Expr): string { return x.kind === 'Operation' && x.y !== null ? `(${exprString(x)})` : exprString(x); }

function forStmt(p: Parser): ForStmt {
  const s = new ForStmt(p.pos());
  ({ init: s.init, cond: s.cond, post: s.post } = header(p, FOR));
  s.body = blockStmt(p, 'for clause');
  return done(p, s);
}

function ifStmt(p: Parser): IfStmt {
  const first = new IfStmt(p.pos());
  const chain = [first];
  for (let s = first; ;) {
    const h = header(p, IF);
    s.init = h.init;
    s.cond = h.cond ?? p.badExpr();
    s.then = blockStmt(p, 'if clause');
    if (!p.got(ELSE)) break;
    if (p.is(IF)) {
      // Chains of else-ifs are long in real code: no recursion.
      p.elseIf(chain.length);
      s = s.else = new IfStmt(p.pos());
      chain.push(s);
      continue;
    }
    if (p.is(LBRACE)) s.else = blockStmt(p, '');
    else {
      p.syntaxError('else must be followed by if or statement block');
      p.advance(NAME, RBRACE);
    }
    break;
  }
  for (const s of chain) done(p, s);
  return first;
}

function switchStmt(p: Parser): SwitchStmt {
  const s = new SwitchStmt(p.pos());
  ({ init: s.init, cond: s.tag } = header(p, SWITCH));
  openClauses(p, 'switch');
  while (!p.is(EOF) && !p.is(RBRACE)) s.body.push(caseClause(p));
  s.rbrace = p.closeList(RBRACE);
  return done(p, s);
}
function selectStmt(p: Parser): SelectStmt {
  const s = new SelectStmt(p.pos());
  p.want(SELECT);
  openClauses(p, 'select');
  while (!p.is(EOF) && !p.is(RBRACE)) s.body.push(commClause(p));
  s.rbrace = p.closeList(RBRACE);
  return done(p, s);
}
function openClauses(p: Parser, what: string): void {
  if (p.got(LBRACE)) return;
  p.syntaxError(`missing { after ${what} clause`);
  p.advance(CASE, DEFAULT, RBRACE);
}

function caseClause(p: Parser): CaseClause {
  const c = new CaseClause(p.pos());
  if (p.got(CASE)) c.cases = exprList(p);
  else defaultClause(p);
  c.colon = p.closeList(COLON);
  c.body = stmtList(p);
  return done(p, c);
}
function commClause(p: Parser): CommClause {
  const c = new CommClause(p.pos());
  // Which simple statements may stand here is for the type checker to say.
  if (p.got(CASE)) c.comm = simpleStmt(p, null, 0);
  else defaultClause(p);
  c.colon = p.closeList(COLON);
  c.body = stmtList(p);
  return done(p, c);
}
function defaultClause(p: Parser): void {
  if (p.got(DEFAULT)) return;
  p.syntaxError('expected case or default or }');
  p.advance(COLON, CASE, DEFAULT, RBRACE);
}
