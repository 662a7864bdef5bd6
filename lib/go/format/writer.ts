/**
 * The writing half of the formatter: tokens in source order, white space decided
 * late, comments put back between them.
 *
 * White space asked for is held back until the next token, since comments that
 * stand before that token in the source decide about it: a comment on the line of
 * the token before it follows in a column of its own; a comment on a line of its
 * own takes the place of the line break; indentation ending at a closing brace
 * still holds for comments before the brace.
 */
import { alignedLines } from './comments.ts';
import { Columns } from './columns.ts';
import { docComment } from './doc.ts';
import type { Group, Piece } from './source.ts';

/** Pending white space. BREAK ends a line, SECTION a line and all columns, TAB a cell. */
export const NONE = 0, BLANK = 1, TAB = 2, BREAK = 3, SECTION = 4, INDENT = 5, UNINDENT = 6;

/** Thrown by scratch writers: what is measured does not fit on one line. */
export const lineBroken = Symbol('line broken');

const maxBreaks = 2;
const limited = (n: number): number => Math.min(n, maxBreaks);
export const byteLength = (s: string): number => {
  let n = s.length;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c >= 0x80) n += c < 0x800 || (c & 0xf800) === 0xd800 ? 1 : 2;
  }
  return n;
};
/** The columns of scratch writers, which write none. */
const none = new Columns();
const nothing = { newline: false, section: false };

export class Writer {
  readonly columns: Columns;
  /** Bytes written, for measuring. */
  bytes = 0;
  /** Lines written so far, and the byte column of the next byte. */
  outLine = 1;
  outCol = 0;
  /** Line in the source of the end of what was written last, line breaks written since included. */
  line = 1;
  indent = 0;
  /** Groups of comments written (the next one's index). */
  nextGroup = 0;
  /** Where build constraints have been written: output lines. */
  readonly constraints: number[] = [];
  /** Whether a break after a general comment before `}` is unwanted; whether a blank is. */
  noExtraBreak = false;
  noExtraBlank = false;
  /** Depth of composite literals. */
  level = 0;
  #pending: number[] = [];
  #implied = false;
  #last = '';
  #lastEndLine = 1;
  #prevOpen = '';
  #started = false;
  #record: ((line: number) => void) | null = null;
  /** A literal of several lines ends columns: no more of them on its last line. */
  #unaligned = false;

  /** base: indentation of everything; scratch: for measuring; a line break is thrown as lineBroken. */
  constructor(readonly groups: readonly Group[], readonly base = 0, readonly scratch = false) { this.columns = scratch ? none : new Columns(); }

  /** Whether anything has been written. */
  get any(): boolean { return this.#started; }

  space(...w: number[]): void {
    for (const x of w) {
      if (x === NONE) continue;
      this.#pending.push(x);
      if (x === BREAK || x === SECTION) this.#implied = false;
    }
  }
  /** Calls f with the output line of the next token. */
  record(f: (line: number) => void): void { this.#record = f; }

  /** Writes a token. ends: a line break after it is a semicolon; at: where comments before it end, null: comments wait; p: its piece in the source, null if made up. */
  token(text: string, ends: boolean, p: Piece | null, at: Piece | null): void {
    if (this.#last !== '' && this.#combines(text)) this.#pending.push(BLANK);
    const wrote = this.#flush(at, text);
    if (at !== null && !this.#implied) {
      let n = limited(at.line - this.line);
      if (wrote.newline && n === maxBreaks) n = maxBreaks - 1;
      if (n > 0 && this.#afterComment) {
        this.#byte(wrote.section ? '\f' : '\n', n);
        ends = false;
      }
    }
    this.#afterComment = false;
    if (this.#record !== null) { const f = this.#record; this.#record = null; f(this.outLine); }
    this.#string(text);
    if (p !== null) this.line = p.endLine;
    this.#lastEndLine = this.line;
    this.#implied = ends;
    this.#last = text;
    if (text === '(' || text === '[') this.#prevOpen = text; else this.#prevOpen = '';
  }
  /** Writes what is left: comments at the end and the last line break. */
  end(): void {
    this.#implied = false;
    this.#flush({ text: '', start: Infinity, end: Infinity, line: Infinity, endLine: Infinity, col: 0, ends: false }, '');
  }
  /** Writes white space still pending, for measuring. */
  settle(): void { this.#white(this.#pending.length); }

  /** Asks for line breaks before something that stands on a line of the source: at least min; the first one begins a section if asked. Returns how many. */
  lineBreak(line: number, min: number, ws: number, section: boolean): number {
    let n = Math.max(limited(line - this.line), min), breaks = 0;
    if (n <= 0) return 0;
    this.space(ws);
    if (section) {
      this.space(SECTION);
      n--;
      breaks = 2;
    }
    breaks += n;
    for (; n > 0; n--) this.space(BREAK);
    return breaks;
  }

  #afterComment = false;
  #combines(next: string): boolean {
    if (this.#pending.length > 0) return false;
    const c = next[0];
    if (c === '.' && next === '.') return /^[0-9]+$/.test(this.#last);
    switch (this.#last) {
      case '+': return c === '+';
      case '-': return c === '-';
      case '/': return c === '*';
      case '<': return c === '-' || c === '<';
      case '&': return c === '&' || c === '^';
    }
    return false;
  }
  #commentBefore(at: Piece): boolean {
    const g = this.groups[this.nextGroup] as Group | undefined;
    return g !== undefined && g.list[0].start < at.start && !(this.#implied && g.breaks);
  }
  /** Whether a comment stands before p. */
  commentBefore(p: Piece): boolean { return this.#commentBefore(p); }
  /** Bytes of the comments before p. */
  commentSizeBefore(p: Piece): number {
    const now = this.nextGroup;
    let size = 0;
    for (; this.#commentBefore(p); this.nextGroup++) for (const c of this.groups[this.nextGroup].list) size += byteLength(c.text);
    this.nextGroup = now;
    return size;
  }

  #flush(at: Piece | null, text: string): { newline: boolean; section: boolean } {
    if (at !== null && this.#commentBefore(at)) return this.#intersperse(at, text);
    this.#white(this.#pending.length);
    return nothing;
  }

  #intersperse(at: Piece, text: string): { newline: boolean; section: boolean } {
    let last: Piece | null = null;
    for (; this.#commentBefore(at); this.nextGroup++) {
      const { list } = this.groups[this.nextGroup], first = list[0], final = list[list.length - 1];
      // At the margin and right above what follows: a doc comment. (Not the text that cgo reads.)
      const doc = first.col === 0 && final.end + 1 === at.start && text !== 'import' ? docComment(list.map((c) => c.text)) : null;
      if (doc?.length === 0) {
        this.#commentPrefix(first, at, last, text);
        this.line = this.#lastEndLine = at.line;
        this.nextGroup++;
        return this.#commentSuffix(false);
      }
      for (const c of doc === null ? list : doc.map((t) => ({ ...first, text: t, endLine: first.line }))) {
        this.#commentPrefix(c, at, last, text);
        this.#comment(c);
        last = c;
      }
      if (doc === null) continue;
      last = final;
      this.line = this.#lastEndLine = final.endLine;
    }
    this.#afterComment = true;
    let needsBreak = false;
    const c = last!;
    if (!this.noExtraBlank && c.text[1] === '*' && c.line === at.line && text !== ',' && (text !== ')' || this.#prevOpen === '(') && (text !== ']' || this.#prevOpen === '[')) {
      if (this.#pending.some((w) => w === BREAK || w === SECTION) && !this.noExtraBreak && this.level === 0) needsBreak = true;
      else this.#byte(' ', 1);
    }
    if (c.text[1] === '/' || text === '' || (text === '}' && !this.noExtraBreak)) needsBreak = true;
    return this.#commentSuffix(needsBreak);
  }

  #commentPrefix(c: Piece, at: Piece, prev: Piece | null, text: string): void {
    if (!this.#started) return;
    const q = this.#pending;
    if (c.line === this.#lastEndLine && prev?.text[1] !== '/') {
      let separated = false;
      if (prev === null) {
        let ready = 0;
        for (let j = 0; j < q.length; j++) {
          if (q[j] === BLANK) q[j] = NONE;
          else if (q[j] === TAB) separated = true;
          else if (q[j] !== INDENT && q[j] !== NONE) {
            ready = j;
            break;
          }
        }
        this.#white(ready);
      }
      if (!separated) this.#byte(c.line === at.line ? ' ' : '\t', 1);
      return;
    }
    let dropped = false, ready = 0;
    for (let j = 0; j < q.length; j++) {
      switch (q[j]) {
        case BLANK: case TAB: q[j] = NONE; continue;
        case NONE: case INDENT: continue;
        // The last one closes a block, unless the comment stands with what follows.
        case UNINDENT: if (q[j + 1] === UNINDENT || (text !== '}' && c.col === at.col)) continue; break;
        case BREAK: case SECTION:
          q[j] = NONE;
          dropped = prev === null;
      }
      ready = j;
      break;
    }
    this.#white(ready);
    let n = Math.max(0, c.line - this.#lastEndLine);
    if (this.indent === 0 && dropped) n++;
    if (n === 0 && prev !== null && prev.text[1] === '/') n = 1;
    if (n > 0) this.#byte('\f', limited(n));
  }

  #comment(c: Piece): void {
    if (c.text[1] === '/') {
      if (/^\/\/(?:go:build(?:[ \t]|$)|[ \t]*\+build(?:[ \t]|$))/.test(c.text)) this.constraints.push(this.outLine);
      const margin = this.indent;
      // A line directive counts at the margin only.
      if (c.col === 0 && c.text.startsWith('//line ')) this.indent = 0;
      this.#string(c.text.trimEnd());
      this.indent = margin;
    } else {
      const lines = alignedLines(c.text, c.col === 0 && this.indent > 0);
      for (let i = 0; i < lines.length; i++) {
        if (i > 0) this.#byte('\f', 1);
        if (lines[i] !== '') this.#string(lines[i].trimEnd());
      }
    }
    this.line = this.#lastEndLine = c.endLine;
  }

  #commentSuffix(needsBreak: boolean): { newline: boolean; section: boolean } {
    let newline = false, section = false;
    const q = this.#pending;
    for (let i = 0; i < q.length; i++) {
      if (q[i] === BLANK || q[i] === TAB) q[i] = NONE;
      else if (q[i] === BREAK || q[i] === SECTION) {
        if (needsBreak) {
          needsBreak = false;
          newline = true;
        } else {
          if (q[i] === SECTION) section = true;
          q[i] = NONE;
        }
      }
    }
    this.#white(q.length);
    if (needsBreak) {
      this.#byte('\n', 1);
      newline = true;
    }
    return { newline, section };
  }

  /** Writes the first n pending pieces of white space. */
  #white(n: number): void {
    const q = this.#pending;
    for (let i = 0; i < n; i++) {
      switch (q[i]) {
        case INDENT: this.indent++; break;
        case UNINDENT: if (this.indent > 0) this.indent--; break;
        case BLANK: this.#byte(' ', 1); break;
        case TAB: this.#byte('\v', 1); break;
        case BREAK: case SECTION:
          // A label stands further left than the line break before it knows.
          if (q[i + 1] === UNINDENT && i + 1 < n) {
            q[i] = UNINDENT;
            q[i + 1] = SECTION;
            i--;
            break;
          }
          this.#byte(q[i] === BREAK ? '\n' : '\f', 1);
      }
    }
    q.splice(0, n);
  }
  #byte(c: ' ' | '\t' | '\v' | '\n' | '\f', n: number): void {
    if (this.#unaligned) {
      if (c === '\n' || c === '\f') {
        c = '\f';
        this.#unaligned = false;
      } else c = ' ';
    }
    if (c === '\n' || c === '\f') {
      this.#break();
      for (let i = 0; i < n; i++) this.columns.newline(c === '\f');
      this.outLine += n;
      this.line += n;
      this.outCol = 0;
      return;
    }
    if (this.outCol === 0) this.#margin();
    this.bytes += n;
    this.outCol += n;
    if (this.scratch) return;
    if (c === ' ') this.columns.add(' '); else this.columns.tab(c === '\t');
  }
  #break(): void { if (this.scratch) throw lineBroken; }
  #margin(): void {
    const n = Math.max(0, this.base + this.indent);
    if (!this.scratch) for (let i = 0; i < n; i++) this.columns.tab(true);
    this.outCol += n;
  }
  #string(s: string): void {
    if (this.outCol === 0) this.#margin();
    this.#started = true;
    if (!this.scratch) this.columns.add(s);
    const n = byteLength(s), nl = s.lastIndexOf('\n');
    this.bytes += n;
    if (nl >= 0) {
      this.#break();
      this.#unaligned = true;
      this.outLine += s.split('\n').length - 1;
      this.outCol = byteLength(s.slice(nl + 1)) + 1;
    } else this.outCol += n;
  }
}
