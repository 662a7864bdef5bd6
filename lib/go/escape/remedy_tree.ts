/**
 * The syntax trees of a program as remedies read them: parents, uses of each
 * object, text of a node; and edits that are gathered while a remedy is worked out.
 *
 * The central edit is `retype`: a variable that held a *T is to hold the T itself.
 * What was given to it loses its &, uses through it stay as they are (p.f works
 * for both), *p becomes p, and where the pointer itself is wanted stands &p.
 */
import type { Pos } from '../../base/pos.ts';
import type { FileSet, SourceFile } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import { children, exactRange, startPos, unpackListExpr, unparen } from '../syntax/walk.ts';
import type { Obj } from '../types/object.ts';
import type { Package } from '../types/package.ts';
import type { Type } from '../types/type.ts';
import { typeString } from '../types/typestring.ts';
import { elem, isPtr, under } from '../ir/typeutil.ts';

/** A replacement: bytes [start, end) of a file become newText. */
export interface Edit { readonly file: string; readonly start: number; readonly end: number; readonly newText: string }

/** Thrown inside a remedy that does not fit the program; never leaves remedies.ts. */
export class Unfit extends Error {}
export function need<T>(x: T | null | undefined | false): T {
  if (x === null || x === undefined || x === false) throw new Unfit();
  return x;
}

const decoder = new TextDecoder();

export class Tree {
  readonly parent = new Map<ast.Node, ast.Node>();
  readonly at = new Map<Pos, ast.Node[]>();
  /** Every name that means an object, its declaration included. */
  readonly names = new Map<Obj, ast.Name[]>();
  constructor(readonly fset: FileSet, readonly pkg: Package, readonly files: readonly ast.File[]) {
    for (const f of files) this.#visit(f);
  }
  #visit(n: ast.Node): void {
    const here = this.at.get(n.pos);
    if (here) here.push(n); else this.at.set(n.pos, [n]);
    if (n.kind === 'Name' && n.obj) {
      const list = this.names.get(n.obj);
      if (!list) this.names.set(n.obj, [n]);
      else if (!list.includes(n)) list.push(n);
    }
    children(n, (c) => {
      this.parent.set(c, n);
      this.#visit(c);
    });
  }

  /** The nearest node around n of one of the kinds. */
  around<K extends ast.Node['kind']>(n: ast.Node, ...kinds: K[]): (ast.Node & { kind: K }) | undefined {
    for (let p = this.parent.get(n); p; p = this.parent.get(p)) if ((kinds as string[]).includes(p.kind)) return p as ast.Node & { kind: K };
    return undefined;
  }
  /** The statement in a list of statements that n is or stands in. */
  statement(n: ast.Node): { stmt: ast.Stmt; block: ast.BlockStmt | ast.CaseClause | ast.CommClause } | undefined {
    for (let x = n, p = this.parent.get(n); p; x = p, p = this.parent.get(p)) {
      if (p.kind === 'BlockStmt') return { stmt: x as ast.Stmt, block: p };
      if ((p.kind === 'CaseClause' || p.kind === 'CommClause') && p.body.includes(x as ast.Stmt)) return { stmt: x as ast.Stmt, block: p };
    }
    return undefined;
  }
  /** The function a node is in: a literal or a declaration. */
  func(n: ast.Node): ast.FuncDecl | ast.FuncLit | undefined { return this.around(n, 'FuncDecl', 'FuncLit'); }
  /** The declared function (or method) an object is. */
  declOf(obj: Obj): ast.FuncDecl | undefined {
    for (const f of this.files) for (const d of f.declList) if (d.kind === 'FuncDecl' && d.name.obj === obj) return d;
    return undefined;
  }
  uses(obj: Obj): ast.Name[] { return (this.names.get(obj) ?? []).filter((n) => n.pos !== obj.pos); }
  declaration(obj: Obj): ast.Name | undefined { return this.names.get(obj)?.find((n) => n.pos === obj.pos); }
  file(n: ast.Node): SourceFile { return need(this.fset.file(startPos(n))); }
  text(n: ast.Node): string {
    const { start, end } = exactRange(n), f = this.file(n);
    return decoder.decode(f.text.subarray(start - f.base, end - f.base));
  }
  /** White space the line of a node begins with. */
  indent(n: ast.Node): string {
    const f = this.file(n), o = startPos(n) - f.base;
    let s = o;
    while (s > 0 && f.text[s - 1] !== 10) s--;
    let e = s;
    while (f.text[e] === 9 || f.text[e] === 32) e++;
    return decoder.decode(f.text.subarray(s, e));
  }
  /** The start of a declared function's text, its comment lines included. */
  aboveDecl(fn: ast.FuncDecl): Pos {
    const f = this.file(fn);
    let line = f.position(startPos(fn) - f.base, true).line;
    while (line > 1 && f.text[f.lineStart(line - 1)] === 47 && f.text[f.lineStart(line - 1) + 1] === 47) line--;
    return f.base + f.lineStart(line);
  }
  typeText(t: Type): string { return typeString(t, (p) => (p === this.pkg ? '' : p.name)); }
  /** Is a name free in the whole package (so that declaring it cannot clash)? */
  free(name: string): boolean {
    for (const list of this.names.values()) if (list[0].value === name) return false;
    return true;
  }
  fresh(base: string): string {
    if (this.free(base)) return base;
    let i = 2;
    while (!this.free(`${base}${i}`)) i++;
    return `${base}${i}`;
  }
  /** Statements of a function that return, literals inside it left out. */
  returns(fn: ast.FuncDecl | ast.FuncLit): ast.ReturnStmt[] {
    const out: ast.ReturnStmt[] = [];
    const visit = (n: ast.Node): void => {
      if (n.kind === 'ReturnStmt') out.push(n);
      if (n.kind !== 'FuncLit') children(n, visit);
    };
    if (fn.body) visit(fn.body);
    return out;
  }
}

export class Edits {
  readonly list: Edit[] = [];
  readonly #retyped = new Set<Obj>();
  constructor(readonly tree: Tree) {}

  span(start: Pos, end: Pos, newText: string): void {
    const f = need(this.tree.fset.file(start));
    const e: Edit = { file: f.name, start: start - f.base, end: end - f.base, newText };
    if (!this.list.some((x) => x.file === e.file && x.start === e.start && x.end === e.end && x.newText === e.newText)) this.list.push(e);
  }
  insert(pos: Pos, text: string): void { this.span(pos, pos, text); }
  replace(n: ast.Node, text: string): void {
    const { start, end } = exactRange(n);
    this.span(start, end, text);
  }
  /** Removes a statement with the line it stands on. */
  removeStmt(n: ast.Stmt): void {
    const f = this.tree.file(n), { start, end } = exactRange(n);
    let s = start - f.base, e = end - f.base;
    while (s > 0 && (f.text[s - 1] === 9 || f.text[s - 1] === 32)) s--;
    if (f.text[e] === 59) e++;
    while (f.text[e] === 32) e++;
    if ((s === 0 || f.text[s - 1] === 10) && f.text[e] === 10) e++;
    else { s = start - f.base; }
    this.span(f.base + s, f.base + e, '');
  }

  /** The expression, a pointer, becomes what it points to. */
  value(x0: ast.Expr): void {
    const x = unparen(x0);
    if (x.kind === 'Operation' && x.op === '&' && x.y === null) {
      this.span(startPos(x0), startPos(x.x), '');
      return;
    }
    if (x.kind === 'CallExpr' && x.fun.kind === 'Name' && x.fun.obj?.kind === 'Builtin' && x.fun.value === 'new') {
      const t = need(x.argList[0]?.tv?.type);
      if (!x.argList[0].tv!.isType()) throw new Unfit();
      const u = under(t);
      if (u.kind !== 'Struct' && u.kind !== 'Array') throw new Unfit();
      this.replace(x, `${this.tree.text(x.argList[0])}{}`);
      return;
    }
    if (x.kind === 'Name' && x.obj?.kind === 'Var') {
      this.retype(x.obj);
      return;
    }
    throw new Unfit();
  }
  /** The written type *T becomes T. */
  dropStar(t: ast.Expr): void {
    if (t.kind !== 'Operation' || t.op !== '*' || t.y !== null) throw new Unfit();
    this.span(t.pos, startPos(t.x), '');
  }
  /** The variable's declaration and uses, from *T to T. */
  retype(obj: Obj): void {
    if (this.#retyped.has(obj)) return;
    this.#retyped.add(obj);
    const { tree } = this;
    if (obj.kind !== 'Var' || obj.isField || obj.pkg !== tree.pkg || !isPtr(obj.type) || obj.varKind === 'param' || obj.varKind === 'recv') throw new Unfit();
    const decl = need(tree.declaration(obj));
    const p = need(tree.parent.get(decl));
    if (p.kind === 'VarDecl') {
      if (p.type) this.dropStar(p.type);
      const v = unpackListExpr(p.values)[p.nameList.indexOf(decl)];
      if (v) this.value(v);
      else if (p.values) throw new Unfit();
    } else {
      const target = this.#assignment(decl);
      if (target) { if (target.rhs) this.value(target.rhs); } else {
        // A range variable: the elements were retyped by the caller.
        const range = tree.around(decl, 'RangeClause');
        if (!range) throw new Unfit();
      }
    }
    for (const n of tree.uses(obj)) this.use(n, decl);
  }
  /** A use of a variable that now holds the value. */
  use(n: ast.Name, decl?: ast.Name): void {
    const { tree } = this;
    const as = this.#assignment(n);
    if (as) {
      if (n !== decl && as.rhs) this.value(as.rhs);
      return;
    }
    const p = need(tree.parent.get(n));
    if (p.kind === 'SelectorExpr' || (p.kind === 'IndexExpr' && p.x === n) || (p.kind === 'RangeClause' && p.x === n)) return;
    if (p.kind === 'Operation' && p.op === '*' && p.y === null) {
      this.span(p.pos, n.pos, '');
      return;
    }
    // Comparing with nil has no counterpart.
    if (p.kind === 'Operation' && p.y !== null) throw new Unfit();
    this.insert(n.pos, '&');
  }
  /** n as the target of an assignment, with what is assigned (undefined: one of several results of a call). */
  #assignment(n: ast.Expr): { rhs: ast.Expr | undefined } | undefined {
    const { tree } = this;
    let p = tree.parent.get(n), i = 0;
    if (p?.kind === 'ListExpr') {
      i = p.elemList.indexOf(n);
      const list: ast.Node = p;
      p = tree.parent.get(list);
      if (p?.kind !== 'AssignStmt' || p.lhs !== list || !p.rhs) return undefined;
      const rhs = unpackListExpr(p.rhs);
      return { rhs: rhs.length > 1 ? rhs[i] : undefined };
    }
    if (p?.kind !== 'AssignStmt' || p.lhs !== n || !p.rhs) return undefined;
    // x := f() where f's result was retyped: nothing to do on the right.
    return { rhs: this.settled.has(p.rhs) ? undefined : p.rhs };
  }
  /** Expressions that yield the value already. */
  readonly settled = new Set<ast.Expr>();
}

/** The zero value of a type as text, for types that have a literal. */
export function zeroText(tree: Tree, t: Type): string {
  const u = under(t);
  if (u.kind === 'Struct' || u.kind === 'Array') return `${tree.typeText(t)}{}`;
  if (u.kind === 'Basic') return u.isString() ? '""' : u.isBoolean() ? 'false' : '0';
  throw new Unfit();
}
/** Element type of a container of pointers. */
export function pointee(t: Type): Type { return isPtr(t) ? elem(t) : need<Type>(null); }
