/**
 * A file as the formatter sees it: its tokens, its comments, and on which line each
 * stands. The tree says what tokens mean; these say where the author broke lines.
 */
import type { Comment } from '../syntax/parser.ts';
import { Scanner } from '../syntax/scanner.ts';
import { EOF, SEMI } from '../syntax/token.ts';
import type { Piece } from './writer.ts';

export class Source {
  readonly tokens: Piece[] = [];
  readonly comments: Piece[];
  readonly lineStarts: number[] = [0];
  /** Of the token that opens a bracket, the index of the one that closes it. */
  readonly closers: Int32Array;
  constructor(readonly bytes: Uint8Array, base: number, comments: readonly Comment[]) {
    for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) this.lineStarts.push(i + 1);
    const s = new Scanner(bytes);
    for (s.next(); s.tok !== EOF; s.next()) if (s.tok !== SEMI || s.lit === 'semicolon') this.tokens.push(this.piece(s.slice(s.start, s.tokEnd), s.start, s.tokEnd));
    this.closers = new Int32Array(this.tokens.length);
    const open: number[] = [];
    this.tokens.forEach(({ text }, i) => {
      if (text === '(' || text === '[' || text === '{') open.push(i);
      else if (text === ')' || text === ']' || text === '}') this.closers[open.pop() ?? 0] = i;
    });
    this.comments = comments.map((c) => this.piece(c.text, c.pos - base, c.end - base));
  }
  piece(text: string, start: number, end: number): Piece {
    const line = this.line(start);
    return { text: text.includes('\r') ? text.replaceAll('\r', '') : text, start, end, line, endLine: this.line(Math.max(start, end - 1)), col: start - this.lineStarts[line - 1] };
  }
  line(offset: number): number {
    let lo = 0, hi = this.lineStarts.length;
    while (hi - lo > 1) {
      const mid = (lo + hi) >> 1;
      if (this.lineStarts[mid] <= offset) lo = mid; else hi = mid;
    }
    return lo + 1;
  }
  /** Index of the first token at or after an offset. */
  index(offset: number): number {
    let lo = 0, hi = this.tokens.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (this.tokens[mid].start < offset) lo = mid + 1; else hi = mid;
    }
    return lo;
  }
}

/** How gofmt spells a number: lower case but for hexadecimal digits, no needless zeros before an i. */
export function number(s: string): string {
  const x = s.slice(0, 2).toLowerCase();
  if (x === '0x') {
    const p = s.search(/[pP]/);
    return p < 0 ? `0x${s.slice(2)}` : `0x${s.slice(2, p)}${s.slice(p).toLowerCase()}`;
  }
  s = s.toLowerCase();
  if (/^0[0-9_]+i$/.test(s)) return `${s.slice(0, -1).replace(/^[0_]+/, '') || '0'}i`;
  return s;
}
