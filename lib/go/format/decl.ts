/** Declarations, grouped ones in columns, and the file as a whole. */
import type * as A from '../syntax/ast.ts';
import { unpackListExpr } from '../syntax/walk.ts';
import { infinity, Formatter } from './formatter.ts';
import { BLANK, BREAK, INDENT, NONE, SECTION, TAB, UNINDENT } from './writer.ts';
import { firstFrom, type Piece } from './source.ts';
import { expr, exprList, names } from './expr.ts';
import { funcBody } from './stmt.ts';
import { multiplies, parameters, signature } from './types.ts';

// Declarations

/** Writes the declaration at list[i], with all of its group; returns the index after it. */
export function decl(fm: Formatter, list: readonly A.Decl[], i: number): number {
  const d = list[i];
  if (d.kind === 'FuncDecl') {
    funcDecl(fm, d);
    return i + 1;
  }
  let to = i + 1;
  if (d.group !== null) while (to < list.length && list[to].kind !== 'FuncDecl' && (list[to] as A.ConstDecl).group === d.group) to++;
  const specs = list.slice(i, to) as Exclude<A.Decl, A.FuncDecl>[];
  fm.tok();
  fm.space(BLANK);
  if (d.group === null) {
    spec(fm, specs[0], 1, true);
    return to;
  }
  fm.tok();
  fm.space(INDENT, SECTION);
  fm.semis();
  const columns = specs.length > 1 && (d.kind === 'ConstDecl' || d.kind === 'VarDecl');
  const keep = columns ? keepTypes(specs as (A.ConstDecl | A.VarDecl)[]) : [];
  let line = 0;
  specs.forEach((s, j) => {
    if (j > 0) fm.w.lineBreak(fm.cur.line, 1, NONE, fm.w.outLine - line > 0);
    fm.w.record((l) => { line = l; });
    if (columns) valueSpec(fm, s as A.ConstDecl | A.VarDecl, keep[j]);
    else spec(fm, s, specs.length, false);
    fm.semis();
  });
  fm.space(UNINDENT, SECTION);
  fm.tok();
  return to;
}
/** `var ()` and the like, for which the tree has nothing. */
export function emptyGroup(fm: Formatter): void {
  fm.tok();
  fm.space(BLANK);
  fm.tok();
  fm.tok();
}
export function valueSpec(fm: Formatter, s: A.ConstDecl | A.VarDecl, keep: boolean): void {
  names(fm, s.nameList.length, false, s.nameList);
  let extra = 3;
  if (s.type !== null || keep) {
    fm.space(TAB);
    extra--;
  }
  if (s.type !== null) expr(fm, s.type);
  if (s.values !== null) {
    fm.space(TAB);
    fm.late();
    fm.space(BLANK);
    exprList(fm, null, unpackListExpr(s.values), 1, null, {});
    extra--;
  }
  if (fm.trailing(fm.k)) for (; extra > 0; extra--) fm.space(TAB);
}
export function spec(fm: Formatter, s: Exclude<A.Decl, A.FuncDecl>, n: number, indent: boolean): void {
  switch (s.kind) {
    case 'ImportDecl':
      if (s.localPkgName !== null) {
        fm.tok();
        fm.space(BLANK);
      }
      fm.tok();
      break;
    case 'ConstDecl': case 'VarDecl':
      names(fm, s.nameList.length, indent, s.nameList);
      if (s.type !== null) {
        fm.space(BLANK);
        expr(fm, s.type);
      }
      if (s.values !== null) {
        fm.space(BLANK);
        fm.late();
        fm.space(BLANK);
        exprList(fm, null, unpackListExpr(s.values), 1, null, {});
      }
      break;
    case 'TypeDecl':
      fm.tok();
      if (s.tparamList.length > 0) parameters(fm, s.tparamList, s.tparamList.length === 1 && multiplies(s.tparamList[0].type));
      fm.space(n === 1 ? BLANK : TAB);
      if (s.alias) {
        fm.late();
        fm.space(BLANK);
      }
      expr(fm, s.type);
      break;
  }
}
export function funcDecl(fm: Formatter, d: A.FuncDecl): void {
  const line = fm.cur.line;
  fm.tok();
  // gofmt counts the blank before it is written: a header is one longer than it looks.
  const col = fm.w.outCol - 5;
  fm.space(BLANK);
  if (d.recv !== null) {
    parameters(fm, [d.recv]);
    fm.space(BLANK);
  }
  fm.tok();
  if (d.tparamList.length > 0) parameters(fm, d.tparamList);
  signature(fm, d.type);
  if (d.body !== null) funcBody(fm, fm.w.line === line ? fm.w.outCol - col : infinity, TAB, d.body);
}

export function fileNode(fm: Formatter, f: A.File): void {
  fm.tok();
  fm.space(BLANK);
  fm.tok();
  let prev = '';
  const list = f.declList;
  for (let i = 0; ;) {
    fm.semis();
    if (fm.k >= fm.src.tokens.length) break;
    const first = fm.cur, word = first.text, d = list[i] as A.Decl | undefined;
    const own = d !== undefined && begins(fm, d, word);
    const section = word === 'func' && own && d.kind === 'FuncDecl' && fm.lineOf(d.pos) < fm.endLine(d);
    fm.w.lineBreak(first.line, word !== prev || documented(fm, first) ? 2 : 1, NONE, section);
    if (own) i = decl(fm, list, i); else emptyGroup(fm);
    prev = word;
  }
  fm.space(BREAK);
  fm.w.end();
}
/** Whether the keyword at the cursor is d's, not that of an empty group before it. */
export function begins(fm: Formatter, d: A.Decl, word: string): boolean {
  if (word === 'func') return true;
  const t = fm.src.tokens;
  return !(t[fm.k + 1]?.text === '(' && t[fm.k + 2]?.text === ')') || d.kind === 'FuncDecl' && false;
}
export function documented(fm: Formatter, p: Piece): boolean {
  const i = firstFrom(fm.src.comments, p.start) - 1;
  const c = fm.src.comments[i] as Piece | undefined, before = fm.src.tokens[fm.k - 1] as Piece | undefined;
  return c !== undefined && c.endLine + 1 === p.line && (before === undefined || c.line > before.endLine) || (c !== undefined && c.endLine === p.line && c.start > (before?.end ?? 0));
}

/** In which specs of a group the type column is kept though they have no type: those of a run of specs with values one of which has a type. */
function keepTypes(specs: readonly (A.ConstDecl | A.VarDecl)[]): boolean[] {
  const keep = specs.map(() => false);
  for (let i = 0; i < specs.length;) {
    if (specs[i].values === null) {
      i++;
      continue;
    }
    let to = i, typed = false;
    for (; to < specs.length && specs[to].values !== null; to++) typed ||= specs[to].type !== null;
    if (typed) keep.fill(true, i, to);
    i = to;
  }
  return keep;
}
