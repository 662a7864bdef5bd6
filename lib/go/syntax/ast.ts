/**
 * The syntax tree: one class per node of cmd/compile/internal/syntax/nodes.go.
 *
 * gc places diagnostics at node positions, so positions are that package's: `pos`
 * is the token that makes the node what it is, not its first byte. For a call it
 * is the `(`, for a selector or type assertion the `.`, for an index or slice
 * the `[`, for a composite literal the `{`, for a binary operation the operator;
 * for everything else the first token. `end` is ours: the position just after
 * the node's last byte, so that [startPos(n), n.end) is the text of an
 * expression (parentheses the parser drops are not counted). startPos and endPos
 * in walk.ts are gc's own, less exact, and decide its scopes and messages.
 *
 * The type checker writes what it learns into the slots `tv`, `obj`,
 * `selection`, `inst` and `implicit`; nothing else changes after parsing.
 * Absent children are null. A type shared by several names (`a, b int`) is one
 * node referenced several times.
 */
import type { Pos, SourceFile } from '../../base/pos.ts';
import type { Instance, Selection, TypeAndValue } from '../types/info.ts';
import type { Obj } from '../types/object.ts';
import type { Pragma } from './pragma.ts';

/** Binary and unary operators, spelled as in Go. `<-` is the receive operator. */
export type Operator = '!' | '<-' | '~' | '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>='
  | '+' | '-' | '|' | '^' | '*' | '/' | '%' | '&' | '&^' | '<<' | '>>';
export type LitKind = 'int' | 'float' | 'imag' | 'rune' | 'string';
/** Channel directions: both, `chan<-`, `<-chan`. */
export type ChanDir = 'both' | 'send' | 'recv';

/** What every node has. */
export abstract class NodeBase {
  /** Just after the last byte of the node's text; 0 while it is being parsed. */
  end: Pos = 0;
  constructor(public pos: Pos) {}
}
abstract class ExprBase extends NodeBase {
  /** Mode, type and constant value, once checked. */
  tv: TypeAndValue | null = null;
}

/** `package pkgName; declList...` */
export class File extends NodeBase {
  readonly kind = 'File';
  eof: Pos = 0;
  /** From a `//go:build` line above the package clause ("go1.21"); "" if none. */
  goVersion = '';
  /** Directives before `package`. */
  pragma: Pragma | null = null;
  declList: Decl[] = [];
  constructor(pos: Pos, readonly source: SourceFile, public pkgName: Name) { super(pos); }
}

/** Declarations made within one pair of parentheses share one Group. */
export class Group {
  readonly kind = 'Group';
  rparen: Pos = 0;
  /** tokPos: the keyword's position. */
  constructor(readonly tokPos: Pos, readonly lparen: Pos) {}
}

abstract class DeclBase extends NodeBase {
  constructor(pos: Pos, readonly group: Group | null, readonly pragma: Pragma | null) { super(pos); }
}
export class ImportDecl extends DeclBase {
  readonly kind = 'ImportDecl';
  /** The package name declared when no local name is written. */
  implicit: Obj | null = null;
  /** null: no rename; may be `.` or `_`. */
  localPkgName: Name | null = null;
  /** null: missing (reported). A path is a string literal or bad. */
  path: BasicLit | null = null;
}
export class ConstDecl extends DeclBase {
  readonly kind = 'ConstDecl';
  nameList: Name[] = [];
  type: Expr | null = null;
  values: Expr | null = null;
}
export class TypeDecl extends DeclBase {
  readonly kind = 'TypeDecl';
  tparamList: Field[] = [];
  alias = false;
  type!: Expr;
  constructor(pos: Pos, group: Group | null, pragma: Pragma | null, readonly name: Name) { super(pos, group, pragma); }
}
export class VarDecl extends DeclBase {
  readonly kind = 'VarDecl';
  nameList: Name[] = [];
  type: Expr | null = null;
  values: Expr | null = null;
}
export class FuncDecl extends NodeBase {
  readonly kind = 'FuncDecl';
  recv: Field | null = null;
  name!: Name;
  tparamList: Field[] = [];
  type!: FuncType;
  /** null: declared without a body. */
  body: BlockStmt | null = null;
  /** Set while the body is only a range of text (options.lazyBodies). */
  lazy: LazyBody | null = null;
  constructor(pos: Pos, readonly pragma: Pragma | null) { super(pos); }
}
/**
 * A function body whose statements are parsed, and checked if its declaration was,
 * when somebody first asks for body.list.
 */
export class LazyBody {
  /** Checks the body once it is parsed; set by the checker. */
  check: (() => void) | null = null;
  constructor(decl: FuncDecl, body: BlockStmt, parse: () => Stmt[]) {
    const set = (list: Stmt[]): void => { Object.defineProperty(body, 'list', { value: list, writable: true, enumerable: true, configurable: true }); };
    Object.defineProperty(body, 'list', {
      get: () => {
        const list = parse();
        set(list);
        decl.lazy = null;
        this.check?.();
        return list;
      },
      set, enumerable: true, configurable: true,
    });
  }
}
export type Decl = ImportDecl | ConstDecl | TypeDecl | VarDecl | FuncDecl;

// Expressions

/** Stands where an expression could not be parsed. */
export class BadExpr extends ExprBase { readonly kind = 'BadExpr'; }
export class Name extends ExprBase {
  readonly kind = 'Name';
  /** The object declared here or meant here. */
  obj: Obj | null = null;
  /** The instance a use of a generic function or type denotes. */
  inst: Instance | null = null;
  constructor(pos: Pos, readonly value: string) { super(pos); }
}
export class BasicLit extends ExprBase {
  readonly kind = 'BasicLit';
  /** value is the source text; bad: it has been complained about and cannot be evaluated. */
  constructor(pos: Pos, readonly value: string, readonly litKind: LitKind, public bad: boolean) { super(pos); }
}
/** `type{elemList...}`; pos is the `{`. */
export class CompositeLit extends ExprBase {
  readonly kind = 'CompositeLit';
  elemList: Expr[] = [];
  /** How many elements are KeyValueExprs. */
  nkeys = 0;
  rbrace: Pos = 0;
  constructor(pos: Pos, public type: Expr | null) { super(pos); }
}
/** `key: value`; pos is the `:`. */
export class KeyValueExpr extends ExprBase {
  readonly kind = 'KeyValueExpr';
  constructor(pos: Pos, public key: Expr, public value: Expr) { super(pos); }
}
export class FuncLit extends ExprBase {
  readonly kind = 'FuncLit';
  constructor(pos: Pos, readonly type: FuncType, readonly body: BlockStmt) { super(pos); }
}
/** Parentheses are kept only where their presence can be an error. */
export class ParenExpr extends ExprBase {
  readonly kind = 'ParenExpr';
  constructor(pos: Pos, readonly x: Expr) { super(pos); }
}
/** `x.sel`; pos is the `.`. */
export class SelectorExpr extends ExprBase {
  readonly kind = 'SelectorExpr';
  selection: Selection | null = null;
  constructor(pos: Pos, readonly x: Expr, readonly sel: Name) { super(pos); }
}
/** `x[index]`, `x[T1, T2]` (index is a ListExpr then); pos is the `[`. */
export class IndexExpr extends ExprBase {
  readonly kind = 'IndexExpr';
  inst: Instance | null = null;
  constructor(pos: Pos, public x: Expr, readonly index: Expr) { super(pos); }
}
/** `x[i:j:k]`; pos is the `[`. */
export class SliceExpr extends ExprBase {
  readonly kind = 'SliceExpr';
  /** full: the three-index form. */
  constructor(pos: Pos, readonly x: Expr, readonly index: readonly [Expr | null, Expr | null, Expr | null], readonly full: boolean) { super(pos); }
}
/** `x.(type)` with a type written; pos is the `.`. */
export class AssertExpr extends ExprBase {
  readonly kind = 'AssertExpr';
  constructor(pos: Pos, readonly x: Expr, readonly type: Expr) { super(pos); }
}
/** `x.(type)`, `lhs := x.(type)`; pos is the `.`. */
export class TypeSwitchGuard extends ExprBase {
  readonly kind = 'TypeSwitchGuard';
  lhs: Name | null = null;
  constructor(pos: Pos, readonly x: Expr) { super(pos); }
}
/** Unary (y null) and binary operations. Pointer types and dereferences are unary `*`. */
export class Operation extends ExprBase {
  readonly kind = 'Operation';
  constructor(pos: Pos, readonly op: Operator, readonly x: Expr, readonly y: Expr | null) { super(pos); }
}
/** `fun(argList...)`, conversions included; pos is the `(`. */
export class CallExpr extends ExprBase {
  readonly kind = 'CallExpr';
  constructor(pos: Pos, readonly fun: Expr, readonly argList: readonly Expr[], readonly hasDots: boolean) { super(pos); }
}
/** Two or more expressions; pos is the first one's. */
export class ListExpr extends ExprBase {
  readonly kind = 'ListExpr';
  constructor(pos: Pos, readonly elemList: readonly Expr[]) { super(pos); }
}
/** `[len]elem`; len null: `[...]elem`. */
export class ArrayType extends ExprBase {
  readonly kind = 'ArrayType';
  constructor(pos: Pos, readonly len: Expr | null, readonly elem: Expr) { super(pos); }
}
export class SliceType extends ExprBase {
  readonly kind = 'SliceType';
  constructor(pos: Pos, readonly elem: Expr) { super(pos); }
}
/** `...elem`, in parameter lists only. */
export class DotsType extends ExprBase {
  readonly kind = 'DotsType';
  constructor(pos: Pos, readonly elem: Expr) { super(pos); }
}
export class StructType extends ExprBase {
  readonly kind = 'StructType';
  fieldList: Field[] = [];
  /** tagList[i] belongs to fieldList[i]; shorter lists mean no more tags. */
  tagList: (BasicLit | null)[] = [];
}
/** A struct field, parameter, result, type parameter, method or embedded element; name null: none written. */
export class Field extends NodeBase {
  readonly kind = 'Field';
  constructor(pos: Pos, public name: Name | null, public type: Expr) { super(pos); }
}
export class InterfaceType extends ExprBase {
  readonly kind = 'InterfaceType';
  methodList: Field[] = [];
}
export class FuncType extends ExprBase {
  readonly kind = 'FuncType';
  paramList: Field[] = [];
  /** Empty: no result. */
  resultList: Field[] = [];
}
export class MapType extends ExprBase {
  readonly kind = 'MapType';
  constructor(pos: Pos, readonly key: Expr, readonly value: Expr) { super(pos); }
}
export class ChanType extends ExprBase {
  readonly kind = 'ChanType';
  constructor(pos: Pos, public dir: ChanDir, readonly elem: Expr) { super(pos); }
}
export type Expr = BadExpr | Name | BasicLit | CompositeLit | KeyValueExpr | FuncLit | ParenExpr | SelectorExpr | IndexExpr | SliceExpr | AssertExpr
  | TypeSwitchGuard | Operation | CallExpr | ListExpr | ArrayType | SliceType | DotsType | StructType | InterfaceType | FuncType | MapType | ChanType;

// Statements

export class EmptyStmt extends NodeBase { readonly kind = 'EmptyStmt'; }
/** `label: stmt`; pos is the `:`. */
export class LabeledStmt extends NodeBase {
  readonly kind = 'LabeledStmt';
  stmt!: Stmt;
  constructor(pos: Pos, readonly label: Name) { super(pos); }
}
export class BlockStmt extends NodeBase {
  readonly kind = 'BlockStmt';
  list: Stmt[] = [];
  rbrace: Pos = 0;
}
export class ExprStmt extends NodeBase {
  readonly kind = 'ExprStmt';
  constructor(pos: Pos, readonly x: Expr) { super(pos); }
}
/** `chan <- value`; pos is the `<-`. */
export class SendStmt extends NodeBase {
  readonly kind = 'SendStmt';
  constructor(pos: Pos, readonly chan: Expr, readonly value: Expr) { super(pos); }
}
export class DeclStmt extends NodeBase {
  readonly kind = 'DeclStmt';
  constructor(pos: Pos, readonly declList: readonly Decl[]) { super(pos); }
}
/** `lhs op= rhs`, `lhs = rhs` (op null), `lhs := rhs`, `lhs++` (op +, rhs null); pos is the operator. */
export class AssignStmt extends NodeBase {
  readonly kind = 'AssignStmt';
  constructor(pos: Pos, readonly op: Operator | ':=' | null, readonly lhs: Expr, readonly rhs: Expr | null) { super(pos); }
}
export class BranchStmt extends NodeBase {
  readonly kind = 'BranchStmt';
  label: Name | null = null;
  /** Where a break, continue or goto goes (not set for fallthrough): the enclosing statement, or the labeled one for goto. */
  target: LabeledStmt | SwitchStmt | SelectStmt | ForStmt | null = null;
  constructor(pos: Pos, readonly tok: 'break' | 'continue' | 'fallthrough' | 'goto') { super(pos); }
}
export class CallStmt extends NodeBase {
  readonly kind = 'CallStmt';
  constructor(pos: Pos, readonly tok: 'go' | 'defer', public call: Expr) { super(pos); }
}
export class ReturnStmt extends NodeBase {
  readonly kind = 'ReturnStmt';
  constructor(pos: Pos, readonly results: Expr | null) { super(pos); }
}
export class IfStmt extends NodeBase {
  readonly kind = 'IfStmt';
  init: SimpleStmt | null = null;
  cond!: Expr;
  then!: BlockStmt;
  else: IfStmt | BlockStmt | null = null;
}
export class ForStmt extends NodeBase {
  readonly kind = 'ForStmt';
  /** Or the range clause. */
  init: SimpleStmt | null = null;
  cond: Expr | null = null;
  post: SimpleStmt | null = null;
  body!: BlockStmt;
}
export class SwitchStmt extends NodeBase {
  readonly kind = 'SwitchStmt';
  init: SimpleStmt | null = null;
  /** Or a TypeSwitchGuard. */
  tag: Expr | null = null;
  body: CaseClause[] = [];
  rbrace: Pos = 0;
}
export class SelectStmt extends NodeBase {
  readonly kind = 'SelectStmt';
  body: CommClause[] = [];
  rbrace: Pos = 0;
}
/** `lhs = range x`, `lhs := range x` (def), `range x` (lhs null); pos is `range`. */
export class RangeClause extends NodeBase {
  readonly kind = 'RangeClause';
  constructor(pos: Pos, readonly lhs: Expr | null, readonly def: boolean, readonly x: Expr) { super(pos); }
}
export class CaseClause extends NodeBase {
  readonly kind = 'CaseClause';
  /** The variable a type switch declares in this clause. */
  implicit: Obj | null = null;
  /** null: the default clause. */
  cases: Expr | null = null;
  body: Stmt[] = [];
  colon: Pos = 0;
}
export class CommClause extends NodeBase {
  readonly kind = 'CommClause';
  /** null: the default clause. */
  comm: SimpleStmt | null = null;
  body: Stmt[] = [];
  colon: Pos = 0;
}
export type SimpleStmt = EmptyStmt | ExprStmt | SendStmt | AssignStmt | RangeClause;
export type Stmt = SimpleStmt | LabeledStmt | BlockStmt | DeclStmt | BranchStmt | CallStmt | ReturnStmt | IfStmt | ForStmt | SwitchStmt | SelectStmt;
export type Node = File | Decl | Expr | Field | Stmt | CaseClause | CommClause;
