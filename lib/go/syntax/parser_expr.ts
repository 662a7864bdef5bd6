/**
 * Expressions.
 *
 * The grammar cannot always tell types from values, nor a composite literal's
 * brace from a block's: the expression functions accept types as operands, and
 * xnest says whether a `{` after a name may open a literal (not directly in a
 * statement header).
 *
 * Every function leaves the parser after what it consumed and returns a node,
 * never null; what could not be parsed is a BadExpr and has been reported.
 */
import type { Pos } from '../../base/pos.ts';
import {
  AssertExpr, BasicLit, CallExpr, type ChanType, CompositeLit, FuncLit, IndexExpr, KeyValueExpr, ListExpr, Name, Operation, ParenExpr, SelectorExpr, SliceExpr,
  TypeSwitchGuard, type BlockStmt, type Expr,
} from './ast.ts';
import {
  ADD, AND, ARROW, CHAN, COLON, COMMA, DOT, DOTDOTDOT, EOF, FUNC, INTERFACE, LBRACE, LBRACK, LITERAL, LPAREN, MAP, MUL, NAME, NOT, OPERATOR, RBRACE, RBRACK, RPAREN,
  SEMI, STAR, STRUCT, SUB, TILDE, TYPE, XOR, litKinds, operators,
} from './token.ts';
import type { Parser } from './parser.ts';
import { funcType, type_, typeOrNull } from './parser_type.ts';
import { blockStmt } from './parser_stmt.ts';
import { checkBranches } from './branches.ts';
import { exprString } from './printer.ts';
import { unparen } from './walk.ts';

/** Sets a finished node's end. */
export function done<T extends { end: Pos }>(p: Parser, n: T): T {
  n.end = p.endPos();
  return n;
}

export function name(p: Parser): Name {
  const n = new Name(p.pos(), p.tok === NAME ? p.lit : '_');
  if (p.got(NAME)) return done(p, n);
  p.syntaxError('expected name');
  p.advance();
  n.end = n.pos;
  return n;
}

/** A literal, if there is one. */
export function literalOrNull(p: Parser): BasicLit | null {
  if (p.tok !== LITERAL) return null;
  const n = new BasicLit(p.pos(), p.tokenSource, litKinds[p.litKind], p.bad);
  p.next();
  return done(p, n);
}

export function expr(p: Parser): Expr {
  const siblings = p.height;
  p.height = 0;
  const x = binaryExpr(p, unaryExpr(p), 0);
  if (siblings > p.height) p.height = siblings;
  return x;
}

/** The operations following x that bind tighter than prec. */
export function binaryExpr(p: Parser, x: Expr, prec: number): Expr {
  while ((p.tok === OPERATOR || p.tok === STAR) && p.prec > prec) {
    const pos = p.pos(), op = operators[p.op], tprec = p.prec, height = p.height;
    p.next();
    p.height = 0;
    const y = binaryExpr(p, unaryExpr(p), tprec);
    p.grown((height > p.height ? height : p.height) + 1);
    x = done(p, new Operation(pos, op, x, y));
  }
  return x;
}

export function unaryExpr(p: Parser): Expr {
  if (p.tok === NAME) return pexpr(p, name(p));
  p.enter();
  const x = unary(p);
  p.grown(p.height + 1);
  p.depth--;
  return x;
}
function unary(p: Parser): Expr {
  const pos = p.pos();
  if (p.tok === OPERATOR || p.tok === STAR) {
    const op = p.op;
    switch (op) {
      case MUL: case ADD: case SUB: case NOT: case XOR: case TILDE: case AND: {
        p.next();
        let x = unaryExpr(p);
        // &(T{}): the parentheses were kept for another check.
        if (op === AND && !p.keepParens) x = unparen(x);
        return done(p, new Operation(pos, operators[op], x, null));
      }
      default: break;
    }
  } else if (p.tok === ARROW) {
    p.next();
    const x = unaryExpr(p);
    if (x.kind === 'ChanType') return receiveChan(p, x);
    return done(p, new Operation(pos, '<-', x, null));
  }
  return pexpr(p, operand(p, true));
}

/** `<-` before a channel type belongs to the type: <-(chan T) is (<-chan T), and so on inwards while elements are send-only channels. */
function receiveChan(p: Parser, x: ChanType): Expr {
  let t: Expr = x, send = true;
  while (send && t.kind === 'ChanType') {
    send = t.dir === 'send';
    if (t.dir === 'recv') p.syntaxError('unexpected <-, expected chan');
    t.dir = 'recv';
    t = t.elem;
  }
  if (send) p.syntaxError(`unexpected ${exprString(t)}, expected chan`);
  return x;
}

/** keepParens: the caller cares whether the operand is parenthesised. */
export function operand(p: Parser, keepParens: boolean): Expr {
  switch (p.tok) {
    case NAME: return name(p);
    case LITERAL: return literalOrNull(p)!;
    case LPAREN: {
      const pos = p.pos();
      p.next();
      p.xnest++;
      const x = expr(p);
      p.xnest--;
      p.want(RPAREN);
      // Before a `{` x may be a literal's type, which must not be parenthesised.
      if (keepParens || p.keepParens || p.is(LBRACE)) return done(p, new ParenExpr(pos, x));
      return x;
    }
    case FUNC: {
      const pos = p.pos();
      p.next();
      const type = funcType(p, 'function type').type;
      if (!p.is(LBRACE)) return type;
      p.xnest++;
      const body = funcBody(p);
      p.xnest--;
      return done(p, new FuncLit(pos, type, body));
    }
    case LBRACK: case CHAN: case MAP: case STRUCT: case INTERFACE: return type_(p);
    default: {
      const x = p.badExpr();
      p.syntaxError('expected expression');
      p.advance(RPAREN, RBRACK, RBRACE);
      return x;
    }
  }
}

export function funcBody(p: Parser): BlockStmt {
  p.fnest++;
  const errors = p.errorCount;
  const body = blockStmt(p, '');
  p.fnest--;
  if (p.checkBranches && errors === p.errorCount) checkBranches(body, p);
  return body;
}

/** x and the selectors, indices, calls and literal values that follow it. */
export function pexpr(p: Parser, x: Expr): Expr {
  for (;;) {
    switch (p.tok) {
      case DOT: x = selector(p, x); break;
      case LBRACK: x = indexOrSlice(p, x); break;
      case LPAREN: {
        const pos = p.pos();
        p.next();
        const args: Expr[] = [];
        p.xnest++;
        const dots = argList(p, args);
        p.xnest--;
        x = done(p, new CallExpr(pos, x, args, dots));
        break;
      }
      case LBRACE: {
        if (!literalType(p, unparen(x))) return x;
        if (x.kind === 'ParenExpr') p.syntaxError('cannot parenthesize type in composite literal');
        x = compositeLit(p, x);
        break;
      }
      default: return x;
    }
    p.grown(p.height + 1);
  }
}

/** Arguments up to and with `)`, appended to args; true if the last is followed by `...`. */
function argList(p: Parser, args: Expr[]): boolean {
  let dots = false;
  while (!p.is(EOF) && !p.is(RPAREN) && !dots) {
    args.push(expr(p));
    dots = p.got(DOTDOTDOT);
    if (!p.separator('argument list', COMMA, RPAREN)) return dots;
  }
  p.closeList(RPAREN);
  return dots;
}

/** Whether a `{` after t opens a composite literal. */
function literalType(p: Parser, t: Expr): boolean {
  switch (t.kind) {
    case 'Name': case 'SelectorExpr': return p.xnest >= 0;
    case 'IndexExpr': return p.xnest >= 0 && !isValue(t);
    case 'ArrayType': case 'SliceType': case 'StructType': case 'MapType': return true;
    default: return false;
  }
}

/** True if x cannot be a type by its syntax. */
function isValue(x: Expr): boolean {
  switch (x.kind) {
    case 'BasicLit': case 'CompositeLit': case 'FuncLit': case 'SliceExpr': case 'AssertExpr': case 'TypeSwitchGuard': case 'CallExpr': return true;
    case 'Operation': return x.op !== '*' || x.y !== null;
    case 'ParenExpr': return isValue(x.x);
    case 'IndexExpr': return isValue(x.x) || isValue(x.index);
    default: return false;
  }
}

function selector(p: Parser, x: Expr): Expr {
  const pos = p.pos();
  p.next();
  if (p.is(NAME)) {
    const sel = name(p);
    return done(p, new SelectorExpr(pos, x, sel));
  }
  if (p.got(LPAREN)) {
    if (p.got(TYPE)) x = new TypeSwitchGuard(pos, x);
    else x = new AssertExpr(pos, x, type_(p));
    p.want(RPAREN);
    return done(p, x);
  }
  p.syntaxError('expected name or (');
  p.advance(SEMI, RPAREN);
  return x;
}

function indexOrSlice(p: Parser, x: Expr): Expr {
  const pos = p.pos();
  p.next();
  let i: Expr | null = null;
  if (!p.is(COLON)) {
    let comma = false;
    if (p.is(RBRACK)) {
      p.syntaxError('expected operand');
      i = p.badExpr();
    } else ({ x: i, comma } = typeList(p, false));
    if (comma || p.is(RBRACK)) {
      p.want(RBRACK);
      return done(p, new IndexExpr(pos, x, i));
    }
  }
  if (!p.got(COLON)) {
    p.syntaxError('expected comma, : or ]');
    p.advance(COMMA, COLON, RBRACK);
  }
  p.xnest++;
  let j: Expr | null = null, k: Expr | null = null, full = false;
  if (!p.is(COLON) && !p.is(RBRACK)) j = expr(p);
  if (p.is(COLON)) {
    full = true;
    if (j === null) {
      p.error('middle index required in 3-index slice');
      j = p.badExpr();
    }
    p.next();
    if (!p.is(RBRACK)) k = expr(p);
    else {
      p.error('final index required in 3-index slice');
      k = p.badExpr();
    }
  }
  p.xnest--;
  p.want(RBRACK);
  return done(p, new SliceExpr(pos, x, [i, j, k], full));
}

/** `{ elements }` of a literal of a type (null: elided). */
function compositeLit(p: Parser, type: Expr | null): CompositeLit {
  const x = new CompositeLit(p.pos(), type);
  const siblings = p.height;
  p.height = 0;
  p.enter();
  p.xnest++;
  p.want(LBRACE);
  x.rbrace = elements(p, x);
  p.xnest--;
  p.depth--;
  p.grown(Math.max(siblings, p.height + 1));
  return done(p, x);
}
function elements(p: Parser, x: CompositeLit): Pos {
  while (!p.is(EOF) && !p.is(RBRACE)) {
    let e = element(p);
    if (p.is(COLON)) {
      const pos = p.pos();
      p.next();
      e = new KeyValueExpr(pos, e, element(p));
      done(p, e);
      x.nkeys++;
    }
    x.elemList.push(e);
    if (!p.separator('composite literal', COMMA, RBRACE)) return p.pos();
  }
  return p.closeList(RBRACE);
}
function element(p: Parser): Expr { return p.is(LBRACE) ? compositeLit(p, null) : expr(p); }

/** One expression, or a ListExpr of several. */
export function exprList(p: Parser): Expr {
  const x = expr(p);
  if (!p.is(COMMA)) return x;
  const list = [x];
  while (p.got(COMMA)) list.push(expr(p));
  return done(p, new ListExpr(x.pos, list));
}

/** Types between brackets, the first of which may be an expression unless strict; comma: one was seen. */
export function typeList(p: Parser, strict: boolean): { x: Expr; comma: boolean } {
  p.xnest++;
  let x = strict ? type_(p) : expr(p), comma = false;
  if (p.got(COMMA)) {
    comma = true;
    let t = typeOrNull(p);
    if (t !== null) {
      const list = [x, t];
      let end = p.endPos();
      while (p.got(COMMA)) {
        t = typeOrNull(p);
        if (t === null) break;
        list.push(t);
        end = p.endPos();
      }
      x = new ListExpr(x.pos, list);
      x.end = end;
    }
  }
  p.xnest--;
  return { x, comma };
}
