/**
 * Types and parameter lists.
 *
 * The hard parts are brackets after a name, which may hold an array length, type
 * arguments or type parameters, and parameter lists, where only the whole list
 * tells whether `a, b` are names or types.
 */
import type { Pos } from '../../base/pos.ts';
import {
  ArrayType, ChanType, DotsType, Field, FuncType, IndexExpr, InterfaceType, ListExpr, MapType, Name, Operation, ParenExpr, SelectorExpr, SliceType, StructType,
  type BasicLit, type Expr,
} from './ast.ts';
import {
  ARROW, CHAN, COLON, COMMA, DOT, DOTDOTDOT, EOF, FUNC, INTERFACE, LBRACE, LBRACK, LITERAL, LPAREN, MAP, NAME, OPERATOR, OR, RBRACE, RBRACK, RPAREN, SEMI, STAR, STRUCT,
  TILDE, tokenText,
} from './token.ts';
import type { Parser } from './parser.ts';
import { done, expr, literalOrNull, name, typeList } from './parser_expr.ts';
import { startPos } from './walk.ts';

export function type_(p: Parser): Expr {
  const t = typeOrNull(p);
  if (t !== null) return t;
  const x = p.badExpr();
  p.syntaxError('expected type');
  p.advance(COMMA, COLON, SEMI, RPAREN, RBRACK, RBRACE);
  return x;
}

/** A type, if there is one. */
export function typeOrNull(p: Parser): Expr | null {
  if (p.tok === NAME) return qualifiedName(p, null);
  const siblings = p.height;
  p.height = 0;
  p.enter();
  const t = typeLit(p);
  p.depth--;
  p.grown(Math.max(siblings, p.height + 1));
  return t;
}
function typeLit(p: Parser): Expr | null {
  const pos = p.pos();
  switch (p.tok) {
    case STAR: {
      p.next();
      const x = type_(p);
      return done(p, new Operation(pos, '*', x, null));
    }
    case ARROW: {
      p.next();
      p.want(CHAN);
      const elem = chanElem(p);
      return done(p, new ChanType(pos, 'recv', elem));
    }
    case FUNC: p.next(); return funcType(p, 'function type').type;
    case LBRACK:
      p.next();
      return p.got(RBRACK) ? sliceType(p, pos) : arrayType(p, pos, null);
    case CHAN: {
      p.next();
      const dir = p.got(ARROW) ? 'send' : 'both';
      const elem = chanElem(p);
      return done(p, new ChanType(pos, dir, elem));
    }
    case MAP: {
      p.next();
      p.want(LBRACK);
      const key = type_(p);
      p.want(RBRACK);
      const value = type_(p);
      return done(p, new MapType(pos, key, value));
    }
    case STRUCT: return structType(p);
    case INTERFACE: return interfaceType(p);
    case LPAREN: {
      p.next();
      const t = type_(p);
      p.want(RPAREN);
      return p.keepParens ? done(p, new ParenExpr(pos, t)) : t;
    }
    default: return null;
  }
}

/** A possibly qualified and instantiated name; first: its first name, already consumed. */
export function qualifiedName(p: Parser, first: Name | null): Expr {
  let x: Expr;
  if (first !== null) x = first;
  else if (p.is(NAME)) x = name(p);
  else {
    x = new Name(p.pos(), '_');
    x.end = x.pos;
    p.syntaxError('expected name');
    p.advance(DOT, SEMI, RBRACE);
  }
  if (p.is(DOT)) {
    const pos = p.pos();
    p.next();
    const sel = name(p);
    x = done(p, new SelectorExpr(pos, x, sel));
  }
  if (p.is(LBRACK)) x = typeInstance(p, x);
  return x;
}

function typeInstance(p: Parser, x: Expr): Expr {
  const pos = p.pos();
  p.want(LBRACK);
  let index: Expr;
  if (p.is(RBRACK)) {
    p.syntaxError('expected type argument list');
    index = p.badExpr();
  } else index = typeList(p, true).x;
  p.want(RBRACK);
  return done(p, new IndexExpr(pos, x, index));
}

/** A signature, with its type parameters; context: what must not have any ("" if they are fine). */
export function funcType(p: Parser, context: string): { tparams: Field[]; type: FuncType } {
  const type = new FuncType(p.pos());
  let tparams: Field[] = [];
  if (p.got(LBRACK)) {
    if (context !== '') p.syntaxErrorAt(type.pos, `${context} must have no type parameters`);
    if (p.is(RBRACK)) {
      p.syntaxError('empty type parameter list');
      p.next();
    } else tparams = paramList(p, null, null, RBRACK, true, false);
  }
  p.want(LPAREN);
  type.paramList = paramList(p, null, null, RPAREN, false, true);
  type.resultList = funcResult(p);
  return { tparams, type: done(p, type) };
}
function funcResult(p: Parser): Field[] {
  if (p.got(LPAREN)) return paramList(p, null, null, RPAREN, false, false);
  const pos = p.pos(), type = typeOrNull(p);
  return type === null ? [] : [done(p, new Field(pos, null, type))];
}

/** What follows `[` at pos in an array type; len: the length if already consumed. */
export function arrayType(p: Parser, pos: Pos, len: Expr | null): Expr {
  if (len === null && !p.got(DOTDOTDOT)) {
    p.xnest++;
    len = expr(p);
    p.xnest--;
  }
  if (p.is(COMMA)) {
    p.syntaxError('unexpected comma; expected ]');
    p.next();
  }
  p.want(RBRACK);
  const elem = type_(p);
  return done(p, new ArrayType(pos, len, elem));
}
/** What follows `[]` at pos. */
export function sliceType(p: Parser, pos: Pos): Expr {
  const elem = type_(p);
  return done(p, new SliceType(pos, elem));
}
function chanElem(p: Parser): Expr {
  const t = typeOrNull(p);
  if (t !== null) return t;
  const x = p.badExpr();
  p.syntaxError('missing channel element type');
  return x;
}

function structType(p: Parser): StructType {
  const t = new StructType(p.pos());
  p.want(STRUCT);
  p.want(LBRACE);
  while (!p.is(EOF) && !p.is(RBRACE)) {
    fieldDecl(p, t);
    if (!p.separator('struct type', SEMI, RBRACE)) return done(p, t);
  }
  p.closeList(RBRACE);
  return done(p, t);
}

function addField(p: Parser, t: StructType, pos: Pos, nm: Name | null, type: Expr, tag: BasicLit | null): void {
  if (tag !== null) {
    while (t.tagList.length < t.fieldList.length) t.tagList.push(null);
    t.tagList.push(tag);
  }
  t.fieldList.push(done(p, new Field(pos, nm, type)));
}

function fieldDecl(p: Parser, t: StructType): void {
  const pos = p.pos();
  switch (p.tok) {
    case NAME: {
      const first = name(p);
      if (p.is(DOT) || p.is(LITERAL) || p.is(SEMI) || p.is(RBRACE)) {
        const type = qualifiedName(p, first);
        addField(p, t, pos, null, type, literalOrNull(p));
        return;
      }
      const list = [first];
      while (p.got(COMMA)) list.push(name(p));
      let type: Expr;
      // T[P] embedded, or a field T of type [P]E.
      if (list.length === 1 && p.is(LBRACK)) {
        type = arrayOrTypeArgs(p, first);
        if (type.kind === 'IndexExpr') {
          addField(p, t, pos, null, type, literalOrNull(p));
          return;
        }
      } else type = type_(p);
      const tag = literalOrNull(p);
      for (const n of list) addField(p, t, n.pos, n, type, tag);
      return;
    }
    case STAR: {
      p.next();
      let type: Expr;
      if (p.is(LPAREN)) {
        p.syntaxError('cannot parenthesize embedded type');
        p.next();
        type = qualifiedName(p, null);
        p.got(RPAREN);
      } else type = qualifiedName(p, null);
      type = done(p, new Operation(pos, '*', type, null));
      addField(p, t, pos, null, type, literalOrNull(p));
      return;
    }
    case LPAREN: {
      p.syntaxError('cannot parenthesize embedded type');
      p.next();
      const star = p.pos();
      let type: Expr;
      if (p.got(STAR)) {
        type = qualifiedName(p, null);
        type = done(p, new Operation(star, '*', type, null));
      } else type = qualifiedName(p, null);
      p.got(RPAREN);
      addField(p, t, pos, null, type, literalOrNull(p));
      return;
    }
    default:
      p.syntaxError('expected field name or embedded type');
      p.advance(SEMI, RBRACE);
  }
}

/** After a name: `[n]E`, `[]E` (an array or slice type), or type arguments (an IndexExpr of x). */
function arrayOrTypeArgs(p: Parser, x: Expr): Expr {
  const pos = p.pos();
  p.want(LBRACK);
  if (p.got(RBRACK)) return sliceType(p, pos);
  const { x: n, comma } = typeList(p, false);
  p.want(RBRACK);
  if (!comma) {
    const elem = typeOrNull(p);
    if (elem !== null) return done(p, new ArrayType(pos, n, elem));
  }
  return done(p, new IndexExpr(pos, x, n));
}

function interfaceType(p: Parser): InterfaceType {
  const t = new InterfaceType(p.pos());
  p.want(INTERFACE);
  p.want(LBRACE);
  while (!p.is(EOF) && !p.is(RBRACE)) {
    let f = p.is(NAME) ? methodDecl(p) : null;
    if (f === null || f.name === null) f = embeddedElem(p, f);
    t.methodList.push(done(p, f));
    if (!p.separator('interface type', SEMI, RBRACE)) return done(p, t);
  }
  p.closeList(RBRACE);
  return done(p, t);
}

/** A method, or the embedded type its name turned out to be (name null). */
function methodDecl(p: Parser): Field {
  const context = 'interface method';
  const pos = p.pos(), nm = name(p);
  const method = (): Field => new Field(pos, nm, funcType(p, context).type);
  if (p.is(LPAREN)) return method();
  if (!p.is(LBRACK)) return new Field(pos, null, qualifiedName(p, nm));
  // A generic method m[T C](x T), which is an error, or an embedded T[P1, P2].
  const lbrack = p.pos();
  p.next();
  if (p.is(RBRACK)) {
    const at = p.pos();
    p.next();
    if (p.is(LPAREN)) {
      p.errorAt(at, 'empty type parameter list');
      return method();
    }
    p.errorAt(at, 'empty type argument list');
    return new Field(pos, null, nm);
  }
  const list = paramList(p, null, null, RBRACK, false, false);
  if (list.length === 0) return p.is(LPAREN) ? method() : new Field(pos, null, nm);
  if (list[0].name !== null) {
    const f = method();
    p.errorAt(lbrack, 'interface method must have no type parameters');
    return f;
  }
  let index = list[0].type;
  if (list.length > 1) {
    index = new ListExpr(list[0].pos, list.map((f) => f.type));
    index.end = list[list.length - 1].end;
  }
  return new Field(pos, null, done(p, new IndexExpr(lbrack, nm, index)));
}

/** A union: f (an embedded element already begun, or null) and the terms after it. */
function embeddedElem(p: Parser, f: Field | null): Field {
  const siblings = p.height;
  p.height = 0;
  if (f === null) {
    const pos = p.pos();
    f = new Field(pos, null, embeddedTerm(p));
  }
  while (p.tok === OPERATOR && p.op === OR) {
    p.grown(p.height + 1);
    const pos = p.pos();
    p.next();
    const y = embeddedTerm(p);
    f.type = done(p, new Operation(pos, '|', f.type, y));
  }
  if (siblings > p.height) p.height = siblings;
  return done(p, f);
}
function embeddedTerm(p: Parser): Expr {
  const pos = p.pos();
  if (p.tok === OPERATOR && p.op === TILDE) {
    p.next();
    const x = type_(p);
    return done(p, new Operation(pos, '~', x, null));
  }
  const t = typeOrNull(p);
  if (t !== null) return t;
  const x = p.badExpr();
  p.syntaxError('expected ~ term or type');
  p.advance(OPERATOR, SEMI, RPAREN, RBRACK, RBRACE);
  return x;
}

/** A parameter still being sorted out: name and type may each be missing. */
interface Param { pos: Pos; name: Name | null; type: Expr | null; end: Pos }

/** A parameter; first: its name, if already consumed. */
function paramDeclOrNull(p: Parser, first: Name | null, follow: number): Param | null {
  // Type parameters may have unions and ~ terms for constraints.
  const typeSets = follow === RBRACK;
  const atOr = (): boolean => typeSets && p.tok === OPERATOR && p.op === OR;
  const atTilde = (): boolean => typeSets && p.tok === OPERATOR && p.op === TILDE;
  const pos = first !== null ? first.pos : p.pos();
  if (first === null && atTilde()) return embeddedElem(p, null);
  const f: Param = { pos, name: null, type: null, end: 0 };
  const union = (type: Expr): Param => {
    f.type = atOr() ? embeddedElem(p, new Field(pos, f.name, type)).type : type;
    return done(p, f);
  };
  if (first !== null || p.is(NAME)) {
    const nm = first ?? name(p);
    if (p.is(LBRACK)) {
      const type = arrayOrTypeArgs(p, nm);
      if (type.kind !== 'IndexExpr') f.name = nm;
      return union(type);
    }
    if (p.is(DOT)) return union(qualifiedName(p, nm));
    if (atOr()) return union(nm);
    f.name = nm;
  }
  if (p.is(DOTDOTDOT)) {
    const dots = p.pos();
    p.next();
    const elem = typeOrNull(p);
    if (elem !== null) f.type = done(p, new DotsType(dots, elem));
    else {
      f.type = p.badExpr();
      p.syntaxError('... is missing type');
    }
    return done(p, f);
  }
  if (atTilde()) {
    f.type = embeddedElem(p, null).type;
    return done(p, f);
  }
  const type = typeOrNull(p);
  if (type !== null) return union(type);
  if (f.name !== null) return done(p, f);
  p.syntaxError(`expected ${tokenText(follow)}`);
  p.advance(COMMA, follow);
  return null;
}

/**
 * A parameter list after its opening token, up to and with close. nm and type
 * are a first name and its type if already consumed (type needs nm). requireNames:
 * type parameters; dotsOk: the last may be variadic.
 */
export function paramList(p: Parser, nm: Name | null, type: Expr | null, close: number, requireNames: boolean, dotsOk: boolean): Field[] {
  if (nm !== null && type !== null && p.is(close)) {
    p.next();
    const f = new Field(nm.pos, nm, type);
    f.end = type.end;
    return [f];
  }
  const list: Param[] = [];
  let named = 0, typed = 0, end = 0;
  for (;;) {
    if (p.is(EOF) || p.is(close)) {
      end = p.closeList(close);
      break;
    }
    const par: Param | null = nm !== null && type !== null ? { pos: nm.pos, name: nm, type, end: type.end } : paramDeclOrNull(p, nm, close);
    nm = type = null;
    if (par !== null) {
      if (par.name !== null && par.type !== null) named++;
      if (par.type !== null) typed++;
      list.push(par);
    }
    if (!p.separator('parameter list', COMMA, close)) {
      end = p.pos();
      break;
    }
  }
  if (list.length === 0) return [];
  if (named === 0 && !requireNames) {
    for (const par of list) {
      if (par.name !== null) par.type = par.name;
      par.name = null;
    }
  } else if (named !== list.length) shareTypes(p, list, end, named === typed, requireNames);
  const fields = list.map((par) => {
    const f = new Field(par.pos, par.name, par.type!);
    f.end = par.end;
    return f;
  });
  let complained = false;
  fields.forEach((f, i) => {
    if (f.type.kind !== 'DotsType' || (dotsOk && i === fields.length - 1)) return;
    if (!complained) p.errorAt(f.type.pos, dotsOk ? 'can only use ... with final parameter' : 'invalid use of ...');
    complained = true;
    f.type = f.type.elem;
  });
  return fields;
}

/** Gives parameters without type that of the next one; all must have names. */
function shareTypes(p: Parser, list: Param[], end: Pos, allTypedNamed: boolean, requireNames: boolean): void {
  let errPos = 0, type: Expr | null = null;
  for (let i = list.length - 1; i >= 0; i--) {
    const par = list[i];
    if (par.type !== null) {
      type = par.type;
      if (par.name === null) {
        errPos = startPos(type);
        par.name = new Name(errPos, '_');
        par.name.end = errPos;
      }
    } else if (type !== null) par.type = type;
    else {
      errPos = par.name!.pos;
      par.type = p.badExpr();
      par.type.pos = par.type.end = errPos;
    }
  }
  if (errPos === 0) return;
  if (allTypedNamed) p.syntaxErrorAt(end, requireNames ? 'missing type constraint' : 'missing parameter type');
  else if (!requireNames) p.syntaxErrorAt(errPos, 'missing parameter name');
  else p.syntaxErrorAt(errPos, `missing type parameter name${list.length === 1 ? ' or invalid array length' : ''}`);
}
