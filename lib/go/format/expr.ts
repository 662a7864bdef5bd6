/** Expressions: blanks by precedence, lists that break and line up as their author broke them. */
import type * as A from '../syntax/ast.ts';
import { infinity, type Formatter } from './formatter.ts';
import { cutoff, isBinary, precedence } from './spacing.ts';
import { BLANK, BREAK, INDENT, NONE, SECTION, TAB, UNINDENT } from './writer.ts';
import type { Piece } from './source.ts';
import { funcBody } from './stmt.ts';
import { interfaceType, signature, structType } from './types.ts';

// Expressions

export function expr(fm: Formatter, x: A.Expr, depth = 1): void { expr1(fm, x, 0, depth); }

export function expr1(fm: Formatter, x: A.Expr, prec1: number, depth: number): void {
  switch (x.kind) {
    case 'Name': case 'BasicLit': case 'BadExpr': fm.tok(); break;
    case 'Operation':
      if (x.y !== null) binary(fm, x, prec1, cutoff(x, depth), depth);
      else {
        fm.tok();
        if (x.op === '*') expr(fm, x.x);
        else expr1(fm, x.x, 6, depth);
      }
      break;
    case 'ParenExpr':
      if (x.x.kind === 'ParenExpr') {
        fm.k++;
        expr(fm, x.x, depth);
        fm.k++;
        break;
      }
      fm.tok();
      expr(fm, x.x, Math.max(1, depth - 1));
      fm.tok();
      break;
    case 'FuncLit': {
      const line = fm.cur.line;
      fm.tok();
      const col = fm.w.outCol - 4;
      signature(fm, x.type);
      funcBody(fm, fm.w.line === line ? fm.w.outCol - col : infinity, BLANK, x.body);
      break;
    }
    case 'SelectorExpr': selector(fm, x, depth, false); break;
    case 'AssertExpr':
      expr1(fm, x.x, 7, depth);
      fm.late();
      fm.tok();
      expr(fm, x.type);
      fm.tok();
      break;
    case 'TypeSwitchGuard':
      if (x.lhs !== null) {
        fm.tok();
        fm.space(BLANK);
        fm.tok();
        fm.space(BLANK);
      }
      expr1(fm, x.x, 7, depth);
      fm.late();
      fm.tok();
      fm.late();
      fm.tok();
      break;
    case 'IndexExpr': {
      expr1(fm, x.x, 7, 1);
      const open = fm.k;
      fm.tok();
      if (x.index.kind === 'ListExpr') exprList(fm, fm.src.tokens[open], x.index.elemList, depth + 1, fm.closer(open), { commaTerm: true });
      else expr(fm, x.index, depth + 1);
      fm.skip(',');
      fm.tok();
      break;
    }
    case 'SliceExpr': slice(fm, x, depth); break;
    case 'CallExpr': call(fm, x, depth); break;
    case 'CompositeLit': {
      if (x.type !== null) expr1(fm, x.type, 7, depth);
      fm.w.level++;
      const open = fm.k;
      fm.tok();
      exprList(fm, fm.src.tokens[open], x.elemList, 1, fm.closer(open), { commaTerm: true });
      fm.skip(',');
      // An indentation of no extent, for comments that stand alone in the braces.
      fm.space(INDENT, UNINDENT);
      fm.w.noExtraBreak = true;
      fm.w.noExtraBlank = x.elemList.length > 0;
      fm.tok();
      fm.w.noExtraBreak = fm.w.noExtraBlank = false;
      fm.w.level--;
      break;
    }
    case 'KeyValueExpr':
      expr(fm, x.key);
      fm.tok();
      fm.space(BLANK);
      expr(fm, x.value);
      break;
    case 'ListExpr': exprList(fm, null, x.elemList, depth, null, {}); break;
    case 'ArrayType':
      fm.tok();
      if (x.len !== null) expr(fm, x.len); else fm.tok();
      fm.late();
      expr(fm, x.elem);
      break;
    case 'SliceType':
      fm.tok();
      fm.late();
      expr(fm, x.elem);
      break;
    case 'DotsType':
      fm.tok();
      expr(fm, x.elem);
      break;
    case 'StructType': fm.tok(); structType(fm, x); break;
    case 'InterfaceType': fm.tok(); interfaceType(fm, x); break;
    case 'FuncType': fm.tok(); signature(fm, x); break;
    case 'MapType':
      fm.tok();
      fm.late();
      expr(fm, x.key);
      fm.late();
      expr(fm, x.value);
      break;
    case 'ChanType':
      fm.tok();
      if (x.dir === 'send') fm.tok();
      else if (x.dir === 'recv') fm.late();
      fm.space(BLANK);
      expr(fm, x.elem);
      break;
  }
}

export function binary(fm: Formatter, x: A.Operation, prec1: number, cut: number, depth: number): void {
  const prec = precedence(x), y = x.y!;
  let blanks = prec < cut, ws = INDENT;
  const left = isBinary(x.x) && precedence(x.x) === prec ? depth : depth + 1;
  if (isBinary(x.x) && precedence(x.x) >= prec) binary(fm, x.x, prec, cutoff(x.x, left), left);
  else expr1(fm, x.x, prec, left);
  if (blanks) fm.space(BLANK);
  const from = fm.w.line, to = fm.startLine(y);
  fm.tok();
  if (from !== to && fm.w.lineBreak(to, 1, ws, true) > 0) {
    ws = NONE;
    blanks = false;
  }
  if (blanks) fm.space(BLANK);
  expr1(fm, y, prec + 1, depth + 1);
  if (ws === NONE) fm.space(UNINDENT);
  void prec1;
}

/** Returns whether the indentation of a broken selector stays (method: a call follows, whose end ends it). */
export function selector(fm: Formatter, x: A.SelectorExpr, depth: number, method: boolean): boolean {
  expr1(fm, x.x, 7, depth);
  fm.late();
  if (fm.w.line < fm.cur.line) {
    fm.space(INDENT, BREAK);
    fm.tok();
    if (!method) fm.space(UNINDENT);
    return true;
  }
  fm.tok();
  return false;
}

export function slice(fm: Formatter, x: A.SliceExpr, depth: number): void {
  expr1(fm, x.x, 7, 1);
  fm.tok();
  const parts = x.index.slice(0, x.full ? 3 : 2), given = parts.filter((i) => i !== null);
  const blanks = depth <= 1 && given.length > 1 && given.some(isBinary);
  parts.forEach((p, i) => {
    if (i > 0) {
      if (parts[i - 1] !== null && blanks) fm.space(BLANK);
      fm.late();
      if (p !== null && blanks) fm.space(BLANK);
    }
    if (p !== null) expr(fm, p, depth + 1);
  });
  fm.tok();
}

export function call(fm: Formatter, x: A.CallExpr, depth: number): void {
  if (x.argList.length > 1) depth++;
  const indented = x.fun.kind === 'SelectorExpr' ? selector(fm, x.fun, depth, true) : (expr1(fm, x.fun, 7, depth), false);
  const open = fm.k;
  fm.tok();
  const close = fm.closer(open);
  if (x.hasDots) {
    exprList(fm, fm.src.tokens[open], x.argList, depth, null, {}, fm.src.tokens[open]);
    const dots = fm.cur;
    fm.tok();
    if (fm.is(',')) {
      if (dots.line < close.line) {
        fm.comma(false);
        fm.space(SECTION);
      } else fm.k++;
    }
  } else {
    exprList(fm, fm.src.tokens[open], x.argList, depth, close, { commaTerm: true });
    fm.skip(',');
  }
  fm.tok();
  if (indented) fm.space(UNINDENT);
}

/**
 * A list of expressions between prev and next (null: not known, then no line breaks
 * around the list and no columns). commaTerm: a comma before a closing bracket on a line
 * of its own. noIndent: the caller has indented.
 */
export function exprList(fm: Formatter, prev: Piece | null, list: readonly A.Expr[], depth: number, next: Piece | null, mode: { commaTerm?: boolean; noIndent?: boolean }, sized: Piece | null = next): void {
  if (list.length === 0) return;
  let line = fm.startLine(list[0]);
  const endLine = fm.endLine(list[list.length - 1]);
  if (prev !== null && prev.line === line && line === endLine) {
    list.forEach((x, i) => {
      if (i > 0) {
        fm.comma(true);
        fm.space(BLANK);
      }
      expr(fm, x, depth);
    });
    return;
  }
  let ws = mode.noIndent ? NONE : INDENT, prevBreak = -1;
  if (prev !== null && prev.line < line && fm.w.lineBreak(line, 0, ws, true) > 0) {
    ws = NONE;
    prevBreak = 0;
  }
  let size = 0, logs = 0, count = 0, prevLine = prev?.line ?? 0;
  list.forEach((x, i) => {
    line = fm.startLine(x);
    const pair = x.kind === 'KeyValueExpr' ? x : null, before = size;
    size = prev !== null && sized !== null ? fm.sizeOf(x) : infinity + 1;
    if (size <= infinity) {
      if (pair !== null) size = fm.sizeOf(pair.key);
    } else size = 0;
    let section = true;
    if (before > 0 && size > 0) {
      if (count === 0 || (before <= 40 && size <= 40)) section = false;
      else {
        const ratio = size / Math.exp(logs / count);
        section = 2.5 * ratio <= 1 || ratio >= 2.5;
      }
    }
    const breaks = prevLine > 0 && prevLine < line;
    if (i > 0) {
      fm.comma(!breaks);
      let blank = true;
      if (breaks) {
        const n = fm.w.lineBreak(line, 0, ws, section || prevBreak + 1 < i);
        if (n > 0) {
          ws = NONE;
          prevBreak = i;
          blank = false;
        }
        if (n > 1) logs = count = 0;
      }
      if (blank) fm.space(BLANK);
    }
    if (list.length > 1 && pair !== null && size > 0 && breaks) {
      expr(fm, pair.key);
      fm.tok();
      fm.space(TAB);
      expr(fm, pair.value);
    } else expr(fm, x, depth);
    if (size > 0) {
      logs += Math.log(size);
      count++;
    }
    prevLine = line;
  });
  const indented = ws === NONE && !mode.noIndent;
  if (mode.commaTerm && next !== null && fm.w.line < next.line && fm.is(',')) {
    fm.comma(false);
    if (indented) fm.space(UNINDENT);
    fm.space(SECTION);
    return;
  }
  if (indented) fm.space(UNINDENT);
}

export function names(fm: Formatter, n: number, indent: boolean, list: readonly A.Name[]): void {
  exprList(fm, null, list.slice(0, n), 1, null, { noIndent: !indent });
}
