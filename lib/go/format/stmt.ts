/** Statements: blocks, headers, clauses, and functions that stay on one line. */
import type * as A from '../syntax/ast.ts';
import { inspect, unpackListExpr } from '../syntax/walk.ts';
import { infinity, maxFunc, type Formatter } from './formatter.ts';
import { BLANK, BREAK, INDENT, NONE, UNINDENT } from './writer.ts';
import { decl, emptyGroup } from './decl.ts';
import { expr, exprList } from './expr.ts';

// Statements

export function bodySize(fm: Formatter, b: A.BlockStmt): number {
  if (fm.lineOf(b.pos) !== fm.lineOf(b.rbrace) || b.list.length > 5) return infinity;
  let size = fm.w.commentSizeBefore(fm.src.tokens[fm.src.index(b.rbrace - fm.base)]);
  b.list.forEach((s, i) => { if (size <= maxFunc) size += (i > 0 ? 2 : 0) + (s.kind === 'EmptyStmt' ? 0 : fm.stmtSize(s)); });
  return size;
}
export function funcBody(fm: Formatter, header: number, sep: number, b: A.BlockStmt): void {
  const level = fm.w.level;
  fm.w.level = 0;
  if (header + bodySize(fm, b) <= maxFunc) {
    fm.space(sep);
    fm.tok();
    // Here empty statements stay, as gofmt has it.
    if (b.list.length > 0) {
      fm.space(BLANK);
      b.list.forEach((s, i) => {
        if (i > 0) {
          fm.w.token(';', false, null, null);
          fm.space(BLANK);
        }
        if (s.kind !== 'EmptyStmt') stmt(fm, s, i === b.list.length - 1);
        fm.skip(';');
      });
      fm.space(BLANK);
    }
    fm.semis();
    fm.w.noExtraBreak = true;
    fm.tok();
    fm.w.noExtraBreak = false;
  } else {
    if (sep !== NONE) fm.space(BLANK);
    block(fm, b);
  }
  fm.w.level = level;
}
export function block(fm: Formatter, b: A.BlockStmt): void {
  fm.tok();
  stmtList(fm, b.list, true, true);
  fm.w.lineBreak(fm.cur.line, 1, NONE, true);
  fm.tok();
}
export function stmtList(fm: Formatter, list: readonly A.Stmt[], indent: boolean, braceNext: boolean): void {
  if (indent) fm.space(INDENT);
  fm.semis();
  let line = 0, n = 0;
  list.forEach((s, i) => {
    if (s.kind === 'EmptyStmt') {
      fm.semis();
      return;
    }
    if (fm.w.any) fm.w.lineBreak(startOf(fm, s), 1, NONE, n === 0 || fm.w.outLine - line > 0);
    fm.w.record((l) => { line = l; });
    stmt(fm, s, braceNext && i === list.length - 1);
    for (let t: A.Stmt = s; t.kind === 'LabeledStmt'; t = t.stmt) line++;
    fm.semis();
    n++;
  });
  if (indent) fm.space(UNINDENT);
}
export function startOf(fm: Formatter, s: A.Stmt): number { return s.kind === 'LabeledStmt' ? fm.lineOf(s.label.pos) : fm.cur.line; }

export function clauses(fm: Formatter, list: readonly (A.CaseClause | A.CommClause)[]): void {
  fm.tok();
  list.forEach((c) => {
    fm.semis();
    fm.w.lineBreak(fm.cur.line, 1, NONE, true);
    fm.tok();
    if (c.kind === 'CaseClause') {
      if (c.cases !== null) {
        fm.space(BLANK);
        exprList(fm, fm.src.tokens[fm.k - 1], unpackListExpr(c.cases), 1, fm.src.tokens[fm.src.index(c.colon - fm.base)], {});
      }
    } else if (c.comm !== null) {
      fm.space(BLANK);
      stmt(fm, c.comm, false);
    }
    fm.tok();
    stmtList(fm, c.body, true, c === list[list.length - 1]);
  });
  fm.semis();
  fm.w.lineBreak(fm.cur.line, 1, NONE, true);
  fm.tok();
}

/** A condition or tag without needless parentheses. */
export function condition(fm: Formatter, x: A.Expr): void {
  let n = 0;
  for (; x.kind === 'ParenExpr' && !hasBareLit(x.x); x = x.x, n++) fm.k++;
  expr(fm, x);
  fm.k += n;
}
export function header(fm: Formatter, loop: boolean, init: A.SimpleStmt | null, cond: A.Expr | null, post: A.SimpleStmt | null): void {
  fm.space(BLANK);
  let blank = false;
  if (init === null && post === null) {
    if (fm.is(';')) fm.k++;
    if (cond !== null) {
      condition(fm, cond);
      blank = true;
    }
    if (fm.is(';')) fm.k++;
  } else {
    if (init !== null) stmt(fm, init, false);
    fm.late();
    fm.space(BLANK);
    if (cond !== null) {
      condition(fm, cond);
      blank = true;
    }
    if (loop) {
      if (fm.is(';')) fm.late(); else fm.w.token(';', false, null, null);
      fm.space(BLANK);
      blank = false;
      if (post !== null) {
        stmt(fm, post, false);
        blank = true;
      }
    }
  }
  if (blank) fm.space(BLANK);
}

export function stmt(fm: Formatter, s: A.Stmt, braceNext: boolean): void {
  switch (s.kind) {
    case 'EmptyStmt': break;
    case 'LabeledStmt':
      fm.space(UNINDENT);
      fm.tok();
      fm.tok();
      fm.space(INDENT);
      if (s.stmt.kind === 'EmptyStmt') {
        if (!braceNext) {
          fm.space(BREAK);
          fm.w.token(';', false, null, fm.cur);
        }
        break;
      }
      fm.w.lineBreak(startOf(fm, s.stmt), 1, NONE, true);
      stmt(fm, s.stmt, braceNext);
      break;
    case 'BlockStmt': block(fm, s); break;
    case 'ExprStmt': expr(fm, s.x); break;
    case 'SendStmt':
      expr(fm, s.chan);
      fm.space(BLANK);
      fm.tok();
      fm.space(BLANK);
      expr(fm, s.value);
      break;
    case 'DeclStmt': for (let i = 0; i < s.declList.length;) i = decl(fm, s.declList, i); if (s.declList.length === 0) emptyGroup(fm); break;
    case 'AssignStmt': {
      if (s.rhs === null) {
        expr(fm, s.lhs, 2);
        fm.tok();
        break;
      }
      const lhs = unpackListExpr(s.lhs), rhs = unpackListExpr(s.rhs), depth = lhs.length > 1 && rhs.length > 1 ? 2 : 1;
      const op = fm.src.tokens[fm.src.index(s.pos - fm.base)];
      exprList(fm, fm.cur, lhs, depth, op, {});
      fm.space(BLANK);
      fm.tok();
      fm.space(BLANK);
      exprList(fm, op, rhs, depth, null, {});
      break;
    }
    case 'BranchStmt':
      fm.tok();
      if (s.label !== null) {
        fm.space(BLANK);
        fm.tok();
      }
      break;
    case 'CallStmt':
      fm.tok();
      fm.space(BLANK);
      expr(fm, s.call);
      break;
    case 'ReturnStmt': {
      fm.tok();
      if (s.results === null) break;
      const list = unpackListExpr(s.results);
      fm.space(BLANK);
      if (ragged(fm, list)) {
        fm.space(INDENT);
        exprList(fm, null, list, 1, null, { noIndent: true });
        fm.space(UNINDENT);
      } else exprList(fm, null, list, 1, null, {});
      break;
    }
    case 'IfStmt':
      fm.tok();
      header(fm, false, s.init, s.cond, null);
      block(fm, s.then);
      if (s.else !== null) {
        fm.space(BLANK);
        fm.late();
        fm.space(BLANK);
        stmt(fm, s.else, braceNext);
      }
      break;
    case 'ForStmt':
      fm.tok();
      if (s.init?.kind === 'RangeClause') {
        fm.space(BLANK);
        stmt(fm, s.init, false);
        fm.space(BLANK);
      } else header(fm, true, s.init, s.cond, s.post);
      block(fm, s.body);
      break;
    case 'RangeClause': {
      if (s.lhs !== null) {
        unpackListExpr(s.lhs).forEach((x, i) => {
          if (i > 0) {
            fm.comma(true);
            fm.space(BLANK);
          }
          expr(fm, x);
        });
        fm.space(BLANK);
        fm.tok();
        fm.space(BLANK);
      }
      fm.late();
      fm.space(BLANK);
      condition(fm, s.x);
      break;
    }
    case 'SwitchStmt':
      fm.tok();
      if (s.tag?.kind === 'TypeSwitchGuard') {
        if (s.init !== null) {
          fm.space(BLANK);
          stmt(fm, s.init, false);
          fm.late();
        } else fm.semis();
        fm.space(BLANK);
        expr(fm, s.tag);
        fm.space(BLANK);
      } else header(fm, false, s.init, s.tag, null);
      clauses(fm, s.body);
      break;
    case 'SelectStmt':
      fm.tok();
      fm.space(BLANK);
      if (s.body.length === 0 && !fm.w.commentBefore(fm.closer(fm.k))) {
        fm.tok();
        fm.tok();
      } else clauses(fm, s.body);
      break;
  }
}
/** Whether results reach over lines so that they read better indented. */
export function ragged(fm: Formatter, list: readonly A.Expr[]): boolean {
  if (list.length < 2) return false;
  let line = fm.startLine(list[0]), n = 0;
  if (line >= fm.endLine(list[list.length - 1])) return false;
  for (const x of list) {
    const from = fm.startLine(x), to = fm.endLine(x);
    if (line < from) return true;
    if (from < to) n++;
    line = to;
  }
  return n > 1;
}

/** Whether x holds a composite literal of a named type outside of parentheses: in a header its brace would begin the body. */
function hasBareLit(x: A.Expr): boolean {
  let found = false;
  const named = (t: A.Expr | null): boolean => t !== null && (t.kind === 'Name' || (t.kind === 'SelectorExpr' && named(t.x)));
  inspect(x, (n) => {
    if (n.kind === 'CompositeLit' && named(n.type)) found = true;
    return n.kind !== 'ParenExpr' && n.kind !== 'CompositeLit';
  });
  return found;
}
