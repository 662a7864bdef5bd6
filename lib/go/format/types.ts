/** Types: parameter lists, and the columns of structs and interfaces. */
import type * as A from '../syntax/ast.ts';
import { maxFields, startOf, type Formatter } from './formatter.ts';
import { BLANK, INDENT, NONE, SECTION, TAB, UNINDENT, byteLength } from './writer.ts';
import { expr, names } from './expr.ts';

// Types

/** Fields that share one written type, as groups. */
export function groups(fields: readonly A.Field[]): A.Field[][] {
  const out: A.Field[][] = [];
  for (const f of fields) {
    const g = out[out.length - 1] as A.Field[] | undefined;
    if (g !== undefined && f.name !== null && g[0].name !== null && g[0].type === f.type) g.push(f); else out.push([f]);
  }
  return out;
}

/** Whether a type parameter's name followed by its constraint could be an expression (`T *int`): only a comma tells that it is not. */
export function multiplies(x: A.Expr): boolean {
  switch (x.kind) {
    case 'Operation': return x.y === null ? x.op === '*' && !element(x.x) : multiplies(x.x) && !element(x.y);
    case 'ParenExpr': return !element(x.x);
    default: return false;
  }
}
/** Whether x can only be a type. */
function element(x: A.Expr): boolean {
  switch (x.kind) {
    case 'ArrayType': case 'SliceType': case 'StructType': case 'FuncType': case 'InterfaceType': case 'MapType': case 'ChanType': return true;
    case 'Operation': return x.y === null ? x.op === '~' : element(x.x) || element(x.y);
    case 'ParenExpr': return element(x.x);
    default: return false;
  }
}

/** `(a, b int, c string)` or `[T any]`. comma: one is written after the last. */
export function parameters(fm: Formatter, fields: readonly A.Field[], comma = false): void {
  const open = fm.cur, close = fm.closer(fm.k);
  fm.tok();
  let prevLine = open.line, ws = INDENT;
  groups(fields).forEach((g, i) => {
    const first = fm.startLine(g[0]), last = fm.endLine(g[0].type);
    const breaks = prevLine < first;
    if (i > 0) fm.comma(!breaks);
    if (breaks && fm.w.lineBreak(first, 0, ws, true) > 0) ws = NONE;
    else if (i > 0) fm.space(BLANK);
    if (g[0].name !== null) {
      names(fm, g.length, ws === INDENT, g.map((f) => f.name!));
      fm.space(BLANK);
    }
    bare(fm, g[0].type);
    prevLine = last;
  });
  if (fields.length > 0) {
    if (fm.is(',')) {
      if (prevLine < close.line) {
        fm.comma(false);
        fm.w.lineBreak(close.line, 0, NONE, true);
      } else if (comma) fm.comma(false);
      else fm.k++;
    }
    if (ws === NONE) fm.space(UNINDENT);
  }
  fm.tok();
}
/** A type without needless parentheses. */
export function bare(fm: Formatter, t: A.Expr): void {
  let n = 0;
  for (; t.kind === 'ParenExpr'; t = t.x, n++) fm.k++;
  expr(fm, t);
  fm.k += n;
}
export function signature(fm: Formatter, t: A.FuncType): void {
  parameters(fm, t.paramList);
  if (t.resultList.length === 0) {
    // An empty result list is dropped.
    if (fm.is('(') && fm.src.tokens[fm.k + 1]?.text === ')') fm.k += 2;
    return;
  }
  fm.space(BLANK);
  if (t.resultList.length === 1 && t.resultList[0].name === null) {
    const opened = fm.is('(') && startOf(t.resultList[0].type) - fm.base > fm.cur.start;
    if (opened) fm.k++;
    bare(fm, t.resultList[0].type);
    if (opened) {
      fm.skip(',');
      fm.k++;
    }
    return;
  }
  parameters(fm, t.resultList);
}

export function oneLine(fm: Formatter, g: A.Field[], tag: boolean): boolean {
  if (tag || g.length === 0) return false;
  const f = g[0];
  return (f.name !== null ? 1 : 0) + (f.type.kind === 'FuncType' && f.name !== null && f.type.pos === f.name.pos ? maxFields + 1 : fm.sizeOf(f.type)) <= maxFields;
}

export function structType(fm: Formatter, x: A.StructType): void {
  const open = fm.cur, close = fm.closer(fm.k), list = groups(x.fieldList);
  const comments = fm.w.commentBefore(close);
  if (!comments && open.line === close.line) {
    if (list.length === 0) {
      fm.tok();
      fm.tok();
      return;
    }
    if (list.length === 1 && oneLine(fm, list[0], x.tagList.some((t) => t !== null))) {
      fm.tok();
      fm.space(BLANK);
      list[0].forEach((f, i) => {
        if (f.name === null) return;
        if (i > 0) {
          fm.tok();
          fm.space(BLANK);
        }
        fm.tok();
      });
      if (list[0][0].name !== null) fm.space(BLANK);
      expr(fm, list[0][0].type);
      fm.semis();
      fm.space(BLANK);
      fm.tok();
      return;
    }
  }
  fm.space(BLANK);
  fm.tok();
  fm.space(INDENT);
  if (comments || list.length > 0) fm.space(SECTION);
  const sep = list.length === 1 ? BLANK : TAB;
  let line = 0, at = 0;
  list.forEach((g, i) => {
    const f = g[0], tag = x.tagList[at + g.length - 1] ?? null;
    at += g.length;
    if (i > 0) fm.w.lineBreak(fm.startLine(f), 1, NONE, fm.w.outLine - line > 0);
    fm.w.record((l) => { line = l; });
    let extra = 2;
    if (f.name !== null) {
      names(fm, g.length, false, g.map((y) => y.name!));
      fm.space(sep);
      extra = 1;
    }
    expr(fm, f.type);
    if (tag !== null) {
      if (f.name !== null && sep === TAB) fm.space(sep);
      fm.space(sep);
      fm.tok();
      extra = 0;
    }
    if (fm.trailing(fm.k)) for (; extra > 0; extra--) fm.space(sep);
    fm.semis();
  });
  fm.space(UNINDENT, SECTION);
  fm.tok();
}

/** A method or an embedded element. */
export function member(fm: Formatter, f: A.Field): void {
  if (f.name !== null) {
    fm.tok();
    signature(fm, f.type as A.FuncType);
  } else expr(fm, f.type);
}
export function interfaceType(fm: Formatter, x: A.InterfaceType): void {
  const open = fm.cur, close = fm.closer(fm.k), list = x.methodList;
  const comments = fm.w.commentBefore(close);
  if (!comments && open.line === close.line) {
    if (list.length === 0) {
      fm.tok();
      fm.tok();
      return;
    }
    if (list.length === 1) {
      const f = list[0], k = fm.k + 1;
      const size = fm.measure(f, open.line, k, (m) => member(m, f));
      const name = f.name === null ? 0 : byteLength(f.name.value);
      // The type of a method counts as a function type, keyword included.
      if (f.name === null ? size <= maxFields : name <= maxFields && size - name + 4 + 1 <= maxFields) {
        fm.tok();
        fm.space(BLANK);
        member(fm, f);
        fm.semis();
        fm.space(BLANK);
        fm.tok();
        return;
      }
    }
  }
  fm.space(BLANK);
  fm.tok();
  fm.space(INDENT);
  if (comments || list.length > 0) fm.space(SECTION);
  let line = 0;
  list.forEach((f, i) => {
    if (i > 0) fm.w.lineBreak(fm.startLine(f), 1, NONE, fm.w.outLine - line > 0);
    fm.w.record((l) => { line = l; });
    member(fm, f);
    fm.semis();
  });
  fm.space(UNINDENT, SECTION);
  fm.tok();
}
