/** Files and declarations. */
import {
  type BasicLit, ConstDecl, File, FuncDecl, FuncType, Group, ImportDecl, Name, Operation, ParenExpr, TypeDecl, VarDecl, type Decl, type Expr,
} from './ast.ts';
import {
  COMMA, CONST, DOT, EOF, FUNC, IMPORT, LBRACE, LBRACK, LPAREN, NAME, PACKAGE, RBRACK, RPAREN, SEMI, TYPE, VAR,
} from './token.ts';
import type { Parser } from './parser.ts';
import { binaryExpr, done, exprList, funcBody, literalOrNull, name, pexpr } from './parser_expr.ts';
import { arrayType, funcType, paramList, sliceType, type_, typeOrNull } from './parser_type.ts';
import { unparen } from './walk.ts';

/** The file; null if its package clause is wrong. */
export function fileOrNull(p: Parser): File | null {
  const pos = p.pos();
  p.top = false;
  if (!p.got(PACKAGE)) {
    p.syntaxError('package statement must be first');
    return null;
  }
  const pragma = p.takePragma();
  const f = new File(pos, p.source, name(p));
  f.goVersion = p.goVersion;
  f.pragma = pragma;
  p.want(SEMI);
  if (p.failed) return null;
  let prev = IMPORT;
  while (!p.is(EOF)) {
    if (p.is(IMPORT) && prev !== IMPORT) p.syntaxError('imports must appear before other declarations');
    prev = p.tok;
    if (!topLevel(p, f.declList)) {
      p.advance(IMPORT, CONST, TYPE, VAR, FUNC);
      continue;
    }
    // Before the semicolon is consumed: comments after it may hold directives for the next declaration.
    p.clearPragma();
    if (!p.is(EOF) && !p.got(SEMI)) {
      p.syntaxError('after top level declaration');
      p.advance(IMPORT, CONST, TYPE, VAR, FUNC);
    }
  }
  p.clearPragma();
  f.eof = p.pos();
  return done(p, f);
}

function topLevel(p: Parser, list: Decl[]): boolean {
  switch (p.tok) {
    case IMPORT: case CONST: case TYPE: case VAR: declGroup(p, list); return true;
    case FUNC: p.next(); list.push(funcDecl(p)); return true;
    default: {
      const last = list[list.length - 1];
      if (p.is(LBRACE) && last?.kind === 'FuncDecl' && last.body === null) p.syntaxError('unexpected semicolon or newline before {');
      else p.syntaxError('non-declaration statement outside function body');
      return false;
    }
  }
}

/** The declarations after an import, const, type or var keyword (the current token), appended to list. */
export function declGroup(p: Parser, list: Decl[]): void {
  const keyword = p.tok;
  const tokPos = p.pos();
  const decl = keyword === IMPORT ? importDecl : keyword === CONST ? constDecl : keyword === TYPE ? typeDecl : varDecl;
  p.next();
  if (!p.is(LPAREN)) {
    list.push(decl(p, null));
    return;
  }
  const group = new Group(tokPos, p.pos());
  p.groups.push(group);
  p.clearPragma();
  p.next();
  while (!p.is(EOF) && !p.is(RPAREN)) {
    list.push(decl(p, group));
    if (!p.separator('grouped declaration', SEMI, RPAREN)) return;
  }
  group.rparen = p.closeList(RPAREN);
}

function importDecl(p: Parser, group: Group | null): Decl {
  const d = new ImportDecl(p.pos(), group, p.takePragma());
  if (p.is(NAME)) d.localPkgName = name(p);
  else if (p.is(DOT)) {
    d.localPkgName = new Name(p.pos(), '.');
    p.next();
    done(p, d.localPkgName);
  }
  const path: BasicLit | null = literalOrNull(p);
  d.path = path;
  if (path === null) {
    p.syntaxError('missing import path');
    p.advance(SEMI, RPAREN);
    return done(p, d);
  }
  if (!path.bad && path.litKind !== 'string') {
    p.syntaxErrorAt(path.pos, 'import path must be a string');
    path.bad = true;
  }
  return done(p, d);
}

function nameList(p: Parser): Name[] {
  const list = [name(p)];
  while (p.got(COMMA)) list.push(name(p));
  return list;
}

function constDecl(p: Parser, group: Group | null): Decl {
  const d = new ConstDecl(p.pos(), group, p.takePragma());
  d.nameList = nameList(p);
  if (!p.is(EOF) && !p.is(SEMI) && !p.is(RPAREN)) {
    d.type = typeOrNull(p);
    if (p.gotAssign()) d.values = exprList(p);
  }
  return done(p, d);
}

function varDecl(p: Parser, group: Group | null): Decl {
  const d = new VarDecl(p.pos(), group, p.takePragma());
  d.nameList = nameList(p);
  if (p.gotAssign()) d.values = exprList(p);
  else {
    d.type = type_(p);
    if (p.gotAssign()) d.values = exprList(p);
  }
  return done(p, d);
}

function typeDecl(p: Parser, group: Group | null): Decl {
  const pos = p.pos(), pragma = p.takePragma();
  const d = new TypeDecl(pos, group, pragma, name(p));
  let type: Expr | null;
  if (p.is(LBRACK)) {
    const lbrack = p.pos();
    p.next();
    if (p.is(NAME)) type = afterNameInBrackets(p, d, lbrack);
    else type = p.got(RBRACK) ? sliceType(p, lbrack) : arrayType(p, lbrack, null);
  } else {
    d.alias = p.gotAssign();
    type = typeOrNull(p);
  }
  if (type === null) {
    d.type = p.badExpr();
    p.syntaxError('in type declaration');
    p.advance(SEMI, RPAREN);
  } else d.type = type;
  return done(p, d);
}

/**
 * `type T [ name …`: an array whose length begins with a name, or type
 * parameters. We parse an expression and see whether it can be split into a
 * parameter name and a constraint; `name [` can only begin a constraint.
 */
function afterNameInBrackets(p: Parser, d: TypeDecl, lbrack: number): Expr | null {
  const first = name(p);
  let x: Expr = first;
  if (!p.is(LBRACK)) {
    p.xnest++;
    p.height = 0;
    x = binaryExpr(p, pexpr(p, first), 0);
    p.xnest--;
  }
  const split = splitParam(p, x, p.is(COMMA));
  if (split === null || (split.type === null && p.is(RBRACK))) return arrayType(p, lbrack, x);
  d.tparamList = paramList(p, split.name, split.type, RBRACK, true, false);
  d.alias = p.gotAssign();
  return typeOrNull(p);
}

/**
 * x as a parameter name and a constraint (null if x is just a name): P *E,
 * P (E), P *E|F. Only if the constraint can be nothing but a type, or force.
 */
function splitParam(p: Parser, x: Expr, force: boolean): { name: Name; type: Expr | null } | null {
  switch (x.kind) {
    case 'Name': return { name: x, type: null };
    case 'Operation': {
      if (x.y === null) return null;
      if (x.op === '*' && x.x.kind === 'Name' && (force || isTypeElem(x.y))) return { name: x.x, type: copyOp(x, x.y, null) };
      if (x.op === '|') {
        const s = splitParam(p, x.x, force || isTypeElem(x.y));
        if (s !== null && s.type !== null) return { name: s.name, type: copyOp(x, s.type, x.y) };
      }
      return null;
    }
    case 'CallExpr': {
      if (x.fun.kind !== 'Name' || x.argList.length !== 1 || x.hasDots || !(force || isTypeElem(x.argList[0]))) return null;
      if (!p.keepParens) return { name: x.fun, type: unparen(x.argList[0]) };
      const paren = new ParenExpr(x.pos, x.argList[0]);
      paren.end = x.end;
      return { name: x.fun, type: paren };
    }
    default: return null;
  }
}
function copyOp(op: Operation, x: Expr, y: Expr | null): Operation {
  const n = new Operation(op.pos, op.op, x, y);
  n.end = op.end;
  return n;
}

/** True if x can only be a constraint, not a value. */
export function isTypeElem(x: Expr): boolean {
  switch (x.kind) {
    case 'ArrayType': case 'StructType': case 'FuncType': case 'InterfaceType': case 'SliceType': case 'MapType': case 'ChanType': return true;
    case 'Operation': return isTypeElem(x.x) || (x.y !== null && isTypeElem(x.y)) || x.op === '~';
    case 'ParenExpr': return isTypeElem(x.x);
    default: return false;
  }
}

function funcDecl(p: Parser): FuncDecl {
  const f = new FuncDecl(p.pos(), p.takePragma());
  let context = '';
  if (p.got(LPAREN)) {
    context = 'method';
    const recv = paramList(p, null, null, RPAREN, false, false);
    if (recv.length === 0) p.error('method has no receiver');
    else {
      if (recv.length > 1) p.error('method has multiple receivers');
      f.recv = recv[0];
    }
  }
  if (p.is(NAME)) {
    f.name = name(p);
    const sig = funcType(p, context);
    f.tparamList = sig.tparams;
    f.type = sig.type;
  } else {
    f.name = new Name(p.pos(), '_');
    f.type = new FuncType(p.pos());
    f.name.end = f.type.end = f.name.pos;
    p.syntaxError(context === '' ? 'expected name or (' : 'expected name');
    p.advance(LBRACE, SEMI);
  }
  if (p.is(LBRACE) && !p.postponeBody(f)) f.body = funcBody(p);
  return done(p, f);
}
