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
import { startPos } from '../syntax/walk.ts';
import { expr } from './expr.ts';
import { number, type Source } from './source.ts';
import { stmt } from './stmt.ts';
import { Writer, lineBroken, type Piece } from './writer.ts';

/** Text of a size no line has. */
export const infinity = 1e6;
/** Function bodies up to this many bytes, header included, may stay on one line; struct and interface types up to the other. */
export const maxFunc = 100, maxFields = 30;

export class Formatter {
  /** Index of the next token to write. */
  k = 0;
  readonly #sizes: Map<number, number>;
  constructor(readonly src: Source, readonly base: number, readonly w: Writer, sizes: Map<number, number>) { this.#sizes = sizes; }

  // The cursor

  get cur(): Piece { return this.src.tokens[this.k]; }
  is(text: string): boolean { return this.k < this.src.tokens.length && this.cur.text === text; }
  /** Writes the next token. */
  tok(): void {
    const p = this.cur;
    this.k++;
    this.w.token(/^\.?[0-9]/.test(p.text) ? number(p.text) : p.text, p, p);
  }
  /** Writes the next token, which must not wait for comments before it. */
  late(): void {
    const p = this.cur;
    this.k++;
    this.w.token(p.text, null, null);
  }
  /** Writes a comma; comments before what follows it on its line go before the comma. */
  comma(sameLine: boolean): void {
    this.k++;
    this.w.token(',', null, sameLine ? this.cur : null);
  }
  skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.k++;
    return true;
  }
  semis(): void { while (this.skip(';')); }
  space(...w: number[]): void { this.w.space(...w); }
  lineOf(pos: number): number { return this.src.line(pos - this.base); }
  startLine(n: A.Node): number { return this.lineOf(startPos(n)); }
  endLine(n: A.Node): number { return this.lineOf(Math.max(n.end - 1, n.pos)); }
  /** The bracket that closes the one at token i. */
  closer(i: number): Piece { return this.src.tokens[this.src.closers[i]]; }
  /** Whether a comment ends the line on which the token before token i ends. */
  trailing(i: number): boolean {
    if (this.is(';') && i === this.k) i++;
    const p = this.src.tokens[i - 1], next = this.src.tokens[i] as Piece | undefined;
    for (let j = this.commentAfter(p.end); j < this.src.comments.length; j++) {
      const c = this.src.comments[j];
      return c.line === p.endLine && (next === undefined || next.line > c.endLine);
    }
    return false;
  }
  commentAfter(offset: number): number {
    let lo = 0, hi = this.src.comments.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (this.src.comments[mid].start < offset) lo = mid + 1; else hi = mid;
    }
    return lo;
  }

  // Measuring

  /** Bytes written by f for tokens from index k on, infinity if it breaks a line. key: of what is measured; sizes are remembered. */
  measure(key: number, startLine: number, k: number, f: (m: Formatter) => void): number {
    const known = this.#sizes.get(key);
    if (known !== undefined) return known;
    const m = new Formatter(this.src, this.base, new Writer([], true), this.#sizes);
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
    return this.measure(startPos(x) * 4 + (x.kind === 'KeyValueExpr' ? 1 : 0), this.startLine(x), this.src.index(startPos(x) - this.base), (m) => expr(m, x));
  }
  stmtSize(s: A.Stmt, k: number): number {
    return this.measure(startPos(s) * 4 + 2, this.startLine(s), k, (m) => stmt(m, s, false));
  }
}
