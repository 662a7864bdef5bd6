/**
 * The formatter's state: a cursor over the tokens of the file, and measuring.
 *
 * The tree is walked in source order (expr, types, stmt, decl.ts) and the tokens are
 * written one after another from the cursor: the tree decides white space around
 * them, their lines in the source decide where lines may break. Three things are
 * measured ahead, on a scratch writer: whether a function fits on one line, whether a
 * struct type does, and whether keys of neighbouring entries are of like size
 * (only then do their values share a column).
 */
import type * as A from '../syntax/ast.ts';
import { expr } from './expr.ts';
import { firstFrom, type Piece, type Source } from './source.ts';
import { stmt } from './stmt.ts';
import { Writer, lineBroken } from './writer.ts';

/** Text of a size no line has. */
export const infinity = 1e6;
/** Function bodies up to this many bytes, header included, may stay on one line; struct and interface types up to the other. */
export const maxFunc = 100, maxFields = 30;

/** Where the text of an expression, a statement or a field begins. */
export function startOf(n: A.Node): number {
  for (;;) {
    switch (n.kind) {
      case 'CompositeLit': if (n.type === null) return n.pos; n = n.type; break;
      case 'KeyValueExpr': n = n.key; break;
      case 'SelectorExpr': case 'IndexExpr': case 'SliceExpr': case 'AssertExpr': n = n.x; break;
      case 'TypeSwitchGuard': n = n.lhs ?? n.x; break;
      case 'Operation': if (n.y === null) return n.pos; n = n.x; break;
      case 'CallExpr': n = n.fun; break;
      case 'ListExpr': n = n.elemList[0]; break;
      case 'ExprStmt': n = n.x; break;
      case 'SendStmt': n = n.chan; break;
      case 'AssignStmt': n = n.lhs; break;
      case 'RangeClause': if (n.lhs === null) return n.pos; n = n.lhs; break;
      case 'LabeledStmt': n = n.label; break;
      default: return n.pos;
    }
  }
}

export class Formatter {
  /** Index of the next token to write. */
  k = 0;
  readonly #sizes: Map<A.Node, number>;
  constructor(readonly src: Source, readonly base: number, readonly w: Writer, sizes: Map<A.Node, number>) { this.#sizes = sizes; }

  // The cursor

  get cur(): Piece { return this.src.tokens[this.k]; }
  is(text: string): boolean { return this.k < this.src.tokens.length && this.cur.text === text; }
  /** Writes the next token. */
  tok(): void {
    const p = this.cur;
    this.k++;
    this.w.token(p.text, p.ends, p, p);
  }
  /** Writes the next token, which must not wait for comments before it. */
  late(): void {
    const p = this.cur;
    this.k++;
    this.w.token(p.text, p.ends, null, null);
  }
  /** Writes a comma; comments before what follows it on its line go before the comma. */
  comma(sameLine: boolean): void {
    this.k++;
    this.w.token(',', false, null, sameLine ? this.cur : null);
  }
  skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.k++;
    return true;
  }
  semis(): void { while (this.skip(';')); }
  space(...w: number[]): void { this.w.space(...w); }
  lineOf(pos: number): number { return this.src.line(pos - this.base); }
  startLine(n: A.Node): number { return this.lineOf(startOf(n)); }
  endLine(n: A.Node): number { return this.lineOf(Math.max(n.end - 1, n.pos)); }
  /** The bracket that closes the one at token i. */
  closer(i: number): Piece { return this.src.tokens[this.src.closers[i]]; }
  /** Whether a comment ends the line on which the token before token i ends. */
  trailing(i: number): boolean {
    if (this.is(';') && i === this.k) i++;
    const p = this.src.tokens[i - 1], next = this.src.tokens[i] as Piece | undefined;
    for (let j = firstFrom(this.src.comments, p.end); j < this.src.comments.length; j++) {
      const c = this.src.comments[j];
      return c.line === p.endLine && (next === undefined || next.line > c.endLine);
    }
    return false;
  }
  // Measuring

  /** Bytes written by f for tokens from index k on, infinity if it breaks a line. key: what is measured; sizes are remembered. */
  measure(key: A.Node, startLine: number, k: number, f: (m: Formatter) => void): number {
    const known = this.#sizes.get(key);
    if (known !== undefined) return known;
    const m = new Formatter(this.src, this.base, new Writer([], 0, true), this.#sizes);
    m.k = k;
    m.w.line = startLine;
    let size = infinity + 1;
    try {
      f(m);
      m.w.settle();
      size = m.w.bytes;
    } catch (e) {
      if (e !== lineBroken) throw e;
    }
    this.#sizes.set(key, size);
    return size;
  }
  sizeOf(x: A.Expr): number {
    return this.measure(x, this.startLine(x), this.src.index(startOf(x) - this.base), (m) => expr(m, x));
  }
  stmtSize(s: A.Stmt): number {
    return this.measure(s, this.startLine(s), this.src.index(startOf(s) - this.base), (m) => stmt(m, s, false));
  }
}
