/**
 * A file as the formatter sees it: its tokens, its comments, and on which line each
 * stands. The tree says what tokens mean; these say where the author broke lines.
 */
import type { Comment } from '../syntax/parser.ts';
import { Scanner } from '../syntax/scanner.ts';
import { ASSIGN_OP, EOF, FLOAT_LIT, IMAG_LIT, INC_OP, INT_LIT, LITERAL, NAME, OPERATOR, RBRACE, RBRACK, RPAREN, SEMI, BREAK, CONTINUE, FALLTHROUGH, RETURN, operators, tokenString } from '../syntax/token.ts';

/** A token or comment of the source. Lines count from 1; offsets and columns (from 0) are bytes. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  line: number;
  endLine: number;
  col: number;
  /** A token after which the end of a line is a semicolon. */
  readonly ends: boolean;
}

/** Comments on neighbouring lines, with no token between them: they stay together. */
export interface Group {
  readonly list: readonly Piece[];
  /** It ends a line, by a line comment or by filling several. */
  readonly breaks: boolean;
}

export class Source {
  readonly tokens: Piece[] = [];
  readonly comments: Piece[];
  readonly groups: Group[];
  readonly lineStarts: number[] = [0];
  /** Of the token that opens a bracket, the index of the one that closes it. */
  readonly closers: Int32Array;

  constructor(readonly bytes: Uint8Array, base: number, comments: readonly Comment[]) {
    for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, i + 1)) this.lineStarts.push(i + 1);
    this.#scan();
    this.closers = new Int32Array(this.tokens.length);
    const open: number[] = [];
    this.tokens.forEach(({ text }, i) => {
      if (text === '(' || text === '[' || text === '{') open.push(i);
      else if (text === ')' || text === ']' || text === '}') this.closers[open.pop() ?? 0] = i;
    });
    this.comments = comments.map((c) => {
      const start = c.pos - base, end = c.end - base, line = this.line(start);
      return { text: c.text.includes('\r') ? c.text.replaceAll('\r', '') : c.text, start, end, line, endLine: this.line(end - 1), col: start - this.lineStarts[line - 1], ends: false };
    });
    this.groups = this.#group();
  }

  #scan(): void {
    const s = new Scanner(this.bytes), starts = this.lineStarts;
    let line = 1;
    for (s.next(); s.tok !== EOF; s.next()) {
      const tok = s.tok, start = s.start, end = s.tokEnd;
      if (tok === SEMI && s.lit !== 'semicolon') continue;
      while (line < starts.length && starts[line] <= start) line++;
      let text: string, endLine = line, ends = false;
      if (tok === NAME) {
        text = s.lit;
        ends = true;
      } else if (tok === LITERAL) {
        text = s.slice(start, end);
        ends = true;
        if (s.litKind === INT_LIT || s.litKind === FLOAT_LIT || s.litKind === IMAG_LIT) text = number(text);
        else if (text.includes('\r')) text = text.replaceAll('\r', '');
        while (endLine < starts.length && starts[endLine] < end) endLine++;
      } else if (tok === OPERATOR) text = operators[s.op];
      else if (tok === ASSIGN_OP) text = `${operators[s.op]}=`;
      else if (tok === INC_OP) {
        text = operators[s.op] + operators[s.op];
        ends = true;
      } else {
        text = tok === SEMI ? ';' : tokenString(tok);
        ends = tok === RPAREN || tok === RBRACK || tok === RBRACE || tok === BREAK || tok === CONTINUE || tok === FALLTHROUGH || tok === RETURN;
      }
      this.tokens.push({ text, start, end, line, endLine, col: start - starts[line - 1], ends });
    }
  }

  /** Comments after a token on its line are a group; further ones go together line by line. */
  #group(): Group[] {
    const out: Group[] = [], all = this.comments;
    for (let i = 0; i < all.length;) {
      const k = this.index(all[i].start), before = k > 0 ? this.tokens[k - 1] : null;
      const first = all[i], next = this.tokens[k] as Piece | undefined;
      const gap = before !== null && before.line === first.line ? 0 : 1;
      let j = i + 1, endLine = first.endLine, breaks = first.text.startsWith('//') || first.text.includes('\n');
      for (; j < all.length && all[j].line <= endLine + gap && (next === undefined || all[j].start < next.start); j++) {
        endLine = all[j].endLine;
        breaks ||= all[j].line !== first.line || all[j].text.startsWith('//') || all[j].text.includes('\n');
      }
      out.push({ list: all.slice(i, j), breaks });
      i = j;
    }
    return out;
  }

  /** Counts the lines after that of one offset, up to another offset's, as one. */
  join(from: number, to: number): void {
    const first = this.line(from), last = this.line(to);
    if (last <= first + 1) return;
    this.lineStarts.splice(first + 1, last - first - 1);
    for (const pieces of [this.tokens, this.comments]) {
      for (let i = firstFrom(pieces, from); i < pieces.length; i++) {
        const p = pieces[i];
        p.line = this.line(p.start);
        p.endLine = this.line(Math.max(p.start, p.end - 1));
        p.col = p.start - this.lineStarts[p.line - 1];
      }
    }
  }

  /** The line of an offset. */
  line(offset: number): number {
    let lo = 0, hi = this.lineStarts.length;
    while (hi - lo > 1) {
      const mid = (lo + hi) >> 1;
      if (this.lineStarts[mid] <= offset) lo = mid; else hi = mid;
    }
    return lo + 1;
  }
  /** Index of the first token at or after an offset. */
  index(offset: number): number { return firstFrom(this.tokens, offset); }
}

/** Index of the first piece at or after an offset. */
export function firstFrom(pieces: readonly Piece[], offset: number): number {
  let lo = 0, hi = pieces.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (pieces[mid].start < offset) lo = mid + 1; else hi = mid;
  }
  return lo;
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
