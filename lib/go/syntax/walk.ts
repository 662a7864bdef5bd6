/**
 * Walking the syntax tree, and where nodes start and end.
 *
 * startPos and endPos answer as cmd/compile/internal/syntax/positions.go does,
 * oddities included (a parenthesised operand's parentheses are not counted, the
 * end of a call is the end of its last argument): the checker's scopes and some
 * messages stand at these places. For the exact text of a node use exactRange.
 */
import type { Pos, Range } from '../../base/pos.ts';
import type { Expr, Node } from './ast.ts';

/** Strips parentheses. */
export function unparen(x: Expr): Expr {
  while (x.kind === 'ParenExpr') x = x.x;
  return x;
}

/** The elements of a ListExpr, the expression itself, or nothing. */
export function unpackListExpr(x: Expr | null): readonly Expr[] {
  return x === null ? [] : x.kind === 'ListExpr' ? x.elemList : [x];
}

/** Where gc says a node starts. */
export function startPos(n: Node): Pos {
  for (;;) {
    switch (n.kind) {
      case 'File': return n.source.base;
      case 'CompositeLit': if (n.type === null) return n.pos; n = n.type; break;
      case 'KeyValueExpr': n = n.key; break;
      case 'SelectorExpr': case 'IndexExpr': case 'AssertExpr': n = n.x; break;
      case 'TypeSwitchGuard': n = n.lhs ?? n.x; break;
      case 'Operation': if (n.y === null) return n.pos; n = n.x; break;
      case 'CallExpr': n = n.fun; break;
      case 'ListExpr': if (n.elemList.length === 0) return n.pos; n = n.elemList[0]; break;
      case 'SendStmt': n = n.chan; break;
      case 'AssignStmt': n = n.lhs; break;
      case 'RangeClause': n = n.lhs ?? n.x; break;
      default: return n.pos;
    }
  }
}

function last<T>(list: readonly T[]): T | null { return list.length > 0 ? list[list.length - 1] : null; }

/** Where gc says a node ends: near its end, good for scopes only. */
export function endPos(n: Node): Pos {
  const e = endNode(n);
  switch (e.kind) {
    case 'File': return e.eof;
    case 'Name': case 'BasicLit': return e.end;
    case 'CompositeLit': case 'BlockStmt': case 'SwitchStmt': case 'SelectStmt': return e.rbrace;
    case 'AssignStmt': return endPos(e.lhs) + 2;
    case 'CaseClause': case 'CommClause': return e.colon;
    default: return e.pos;
  }
}

/** The node gc looks at to say where n ends: n itself or something inside it. */
export function endNode(n: Node): Node {
  for (;;) {
    let m: Node | null;
    switch (n.kind) {
      case 'ImportDecl': m = n.path; break;
      case 'ConstDecl': case 'VarDecl': m = n.values ?? n.type ?? last(n.nameList); break;
      case 'TypeDecl': m = n.type; break;
      case 'FuncDecl': m = n.body ?? n.type; break;
      case 'KeyValueExpr': m = n.value; break;
      case 'FuncLit': m = n.body; break;
      case 'SelectorExpr': m = n.sel; break;
      case 'IndexExpr': m = n.index; break;
      // A slice's indices do not count: gc's loop over them always ends at x.
      case 'ParenExpr': case 'SliceExpr': case 'TypeSwitchGuard': case 'ExprStmt': case 'RangeClause': m = n.x; break;
      case 'AssertExpr': m = n.type; break;
      case 'Operation': m = n.y ?? n.x; break;
      case 'CallExpr': m = last(n.argList) ?? n.fun; break;
      case 'ListExpr': m = last(n.elemList); break;
      case 'ArrayType': case 'SliceType': case 'DotsType': case 'ChanType': m = n.elem; break;
      case 'StructType': m = last(n.fieldList); break;
      case 'Field': m = n.type; break;
      case 'InterfaceType': m = last(n.methodList); break;
      case 'FuncType': m = last(n.resultList) ?? last(n.paramList); break;
      case 'MapType': case 'SendStmt': m = n.value; break;
      case 'LabeledStmt': m = n.stmt; break;
      case 'DeclStmt': m = last(n.declList); break;
      case 'AssignStmt': m = n.rhs; break;
      case 'BranchStmt': m = n.label; break;
      case 'CallStmt': m = n.call; break;
      case 'ReturnStmt': m = n.results; break;
      case 'IfStmt': m = n.else ?? n.then; break;
      case 'ForStmt': m = n.body; break;
      case 'CaseClause': case 'CommClause': m = last(n.body); break;
      default: return n;
    }
    if (m === null) return n;
    n = m;
  }
}

/** The text of a node, from its first byte to just after its last. */
export function exactRange(n: Node): Range {
  const start = startPos(n);
  return { start, end: Math.max(n.end, start) };
}

type See = (child: Node) => void;
const opt = (c: Node | null, f: See): void => { if (c !== null) f(c); };
const all = (l: readonly Node[], f: See): void => { for (let i = 0; i < l.length; i++) f(l[i]); };

/** Calls f for each child of n that is present, in source order. Shared types are visited once per name that shares them. */
export function children(n: Node, f: (child: Node) => void): void {
  switch (n.kind) {
    case 'Name': case 'BasicLit': case 'BadExpr': case 'EmptyStmt': break;
    case 'File': f(n.pkgName); all(n.declList, f); break;
    case 'ImportDecl': opt(n.localPkgName, f); opt(n.path, f); break;
    case 'ConstDecl': case 'VarDecl': all(n.nameList, f); opt(n.type, f); opt(n.values, f); break;
    case 'TypeDecl': f(n.name); all(n.tparamList, f); f(n.type); break;
    case 'FuncDecl': opt(n.recv, f); f(n.name); all(n.tparamList, f); f(n.type); opt(n.body, f); break;
    case 'CompositeLit': opt(n.type, f); all(n.elemList, f); break;
    case 'KeyValueExpr': f(n.key); f(n.value); break;
    case 'FuncLit': f(n.type); f(n.body); break;
    case 'ParenExpr': f(n.x); break;
    case 'SelectorExpr': f(n.x); f(n.sel); break;
    case 'IndexExpr': f(n.x); f(n.index); break;
    case 'SliceExpr': f(n.x); opt(n.index[0], f); opt(n.index[1], f); opt(n.index[2], f); break;
    case 'AssertExpr': f(n.x); f(n.type); break;
    case 'TypeSwitchGuard': opt(n.lhs, f); f(n.x); break;
    case 'Operation': f(n.x); opt(n.y, f); break;
    case 'CallExpr': f(n.fun); all(n.argList, f); break;
    case 'ListExpr': all(n.elemList, f); break;
    case 'ArrayType': opt(n.len, f); f(n.elem); break;
    case 'SliceType': case 'DotsType': case 'ChanType': f(n.elem); break;
    case 'StructType': all(n.fieldList, f); for (const t of n.tagList) opt(t, f); break;
    case 'Field': opt(n.name, f); f(n.type); break;
    case 'InterfaceType': all(n.methodList, f); break;
    case 'FuncType': all(n.paramList, f); all(n.resultList, f); break;
    case 'MapType': f(n.key); f(n.value); break;
    case 'LabeledStmt': f(n.label); f(n.stmt); break;
    case 'BlockStmt': all(n.list, f); break;
    case 'ExprStmt': f(n.x); break;
    case 'SendStmt': f(n.chan); f(n.value); break;
    case 'DeclStmt': all(n.declList, f); break;
    case 'AssignStmt': f(n.lhs); opt(n.rhs, f); break;
    case 'BranchStmt': opt(n.label, f); break;
    case 'CallStmt': f(n.call); break;
    case 'ReturnStmt': opt(n.results, f); break;
    case 'IfStmt': opt(n.init, f); f(n.cond); f(n.then); opt(n.else, f); break;
    case 'ForStmt': opt(n.init, f); opt(n.cond, f); opt(n.post, f); f(n.body); break;
    case 'SwitchStmt': opt(n.init, f); opt(n.tag, f); all(n.body, f); break;
    case 'SelectStmt': all(n.body, f); break;
    case 'RangeClause': opt(n.lhs, f); f(n.x); break;
    case 'CaseClause': opt(n.cases, f); all(n.body, f); break;
    case 'CommClause': opt(n.comm, f); all(n.body, f); break;
  }
}

/** Visits root and, below every node for which f returns true, its children, parents first. */
export function inspect(root: Node, f: (n: Node) => boolean): void {
  const visit = (n: Node): void => { if (f(n)) children(n, visit); };
  visit(root);
}
