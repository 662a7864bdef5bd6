/**
 * Source positions.
 *
 * A position is one number. Every file of a compilation gets a range of numbers
 * [base, base+size]; base + byte offset is a position in it, and 0 is "no
 * position". Offsets and columns count UTF-8 bytes from the start of the line,
 * as gc's do, so a column printed by us is a column printed by gc.
 *
 * Code that was inlined has two positions: where it was written and where it was
 * called. Such a pair gets a number of its own (from inlineBase up) which
 * resolves to either end; gc prints the outermost call, so resolve() does too.
 */

/** A position in some file of a FileSet; 0 means none. */
export type Pos = number;
export const noPos: Pos = 0;

/** A half-open range of positions [start, end) within one file. */
export interface Range { readonly start: Pos; readonly end: Pos; }

/** A position made readable. line and col count from 1; col counts bytes; offset counts bytes from 0. */
export interface Position { readonly filename: string; readonly line: number; readonly col: number; readonly offset: number; }

const inlineBase = 2 ** 40;

/** One source file: its bytes and where its lines begin. */
export class SourceFile {
  readonly #lines: number[] = [0];
  readonly #directives: { offset: number; filename: string; line: number; col: number }[] = [];
  constructor(readonly name: string, readonly base: Pos, readonly text: Uint8Array) {
    for (let i = text.indexOf(10); i >= 0; i = text.indexOf(10, i + 1)) this.#lines.push(i + 1);
  }
  get size(): number { return this.text.length; }
  get lineCount(): number { return this.#lines.length; }
  /** The position of a byte offset. */
  pos(offset: number): Pos { return this.base + offset; }
  /** The byte offset where a line (from 1) starts. */
  lineStart(line: number): number { return this.#lines[line - 1]; }
  /** Records a `//line` directive: the text at offset and after is filename:line (col 0: columns unknown). */
  addDirective(offset: number, filename: string, line: number, col: number): void {
    this.#directives.push({ offset, filename, line, col });
  }
  /** The line and byte column of an offset; `//line` directives apply unless raw. */
  position(offset: number, raw = false): Position {
    const line = search(this.#lines, offset);
    const col = offset - this.#lines[line - 1] + 1;
    if (!raw && this.#directives.length > 0) {
      for (let i = this.#directives.length - 1; i >= 0; i--) {
        const d = this.#directives[i];
        if (d.offset > offset) continue;
        const start = this.position(d.offset, true);
        const c = d.col === 0 ? 0 : line === start.line ? d.col + (col - start.col) : col;
        return { filename: d.filename, line: d.line + (line - start.line), col: c, offset };
      }
    }
    return { filename: this.name, line, col, offset };
  }
}

/** Index of the last line start ≤ offset, counted from 1. */
function search(lines: readonly number[], offset: number): number {
  let lo = 0, hi = lines.length;
  while (hi - lo > 1) {
    const mid = (lo + hi) >> 1;
    if (lines[mid] <= offset) lo = mid; else hi = mid;
  }
  return lo + 1;
}

/** Text written at inner, in func, and inlined at call. */
interface Inlined { readonly call: Pos; readonly inner: Pos; readonly func: string }

/** The files of one compilation, and the positions made by inlining. */
export class FileSet {
  files: SourceFile[] = [];
  #next = 1;
  /** Inlined positions: the first #taken are those of #theirs, which only grows; then our own. */
  readonly #inlined: Inlined[] = [];
  #theirs: readonly Inlined[] = [];
  #taken = 0;
  #at(pos: Pos): Inlined {
    const i = pos - inlineBase;
    return i < this.#taken ? this.#theirs[i] : this.#inlined[i - this.#taken];
  }

  /** A set that starts with the files and positions of this one and grows on its own. */
  fork(): FileSet {
    const f = new FileSet();
    f.files = this.files.slice();
    f.#next = this.#next;
    f.takeInlined(this);
    return f;
  }

  /** Adds a file; text is UTF-8 (a string is encoded). */
  add(name: string, text: Uint8Array | string): SourceFile {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const f = new SourceFile(name, this.#next, bytes);
    this.#next += bytes.length + 1;
    this.files.push(f);
    return f;
  }

  /** The position of text written at inner (in func) and inlined at call. */
  inlinedPos(call: Pos, inner: Pos, func: string): Pos {
    this.#inlined.push({ call, inner, func });
    return inlineBase + this.#taken + this.#inlined.length - 1;
  }
  /** Takes over the inlined positions of the set this one was forked from, before it makes its own. */
  takeInlined(from: FileSet): void {
    this.#theirs = from.#taken === 0 ? from.#inlined : [...from.#theirs.slice(0, from.#taken), ...from.#inlined];
    this.#taken = this.#theirs.length;
  }
  /** What a position made by inlining was made of; undefined for others. */
  inlinedAt(pos: Pos): { readonly call: Pos; readonly inner: Pos; readonly func: string } | undefined { return pos >= inlineBase ? this.#inlined[pos - inlineBase] : undefined; }
  /** The outermost call position of an inlined position; others are returned as they are. */
  outermost(pos: Pos): Pos {
    while (pos >= inlineBase) pos = this.#at(pos).call;
    return pos;
  }
  /** Where the text of a position was written. */
  innermost(pos: Pos): Pos {
    while (pos >= inlineBase) pos = this.#at(pos).inner;
    return pos;
  }
  /** The inlined calls a position stands in, innermost first: the function inlined and where it was called. */
  inlineStack(pos: Pos): { func: string; call: Pos }[] {
    const out: { func: string; call: Pos }[] = [];
    while (pos >= inlineBase) { const e = this.#at(pos); out.push({ func: e.func, call: e.call }); pos = e.call; }
    return out;
  }

  /** The calls a position stands in, innermost first, fn being the function that holds the outermost: where each stands in its own text. */
  frames(pos: Pos, fn: string): { func: string; pos: Pos }[] {
    if (pos < inlineBase) return [{ func: fn, pos }];
    const e = this.#at(pos);
    return [...this.frames(e.inner, e.func), ...this.frames(e.call, fn)];
  }

  /** The file that holds a position (the outermost one for inlined positions). */
  file(pos: Pos): SourceFile | undefined {
    pos = this.outermost(pos);
    let lo = 0, hi = this.files.length;
    if (pos <= 0) return undefined;
    while (hi - lo > 1) {
      const mid = (lo + hi) >> 1;
      if (this.files[mid].base <= pos) lo = mid; else hi = mid;
    }
    return this.files[lo];
  }
  /** File, line and column of a position, as gc would print it (outermost call, `//line` applied). */
  position(pos: Pos): Position {
    pos = this.outermost(pos);
    const f = this.file(pos);
    if (!f || pos <= 0) return { filename: '', line: 0, col: 0, offset: 0 };
    return f.position(pos - f.base);
  }
  /** `file:line:col`, gc's way. */
  format(pos: Pos): string {
    const p = this.position(pos);
    if (p.line === 0) return '<unknown line number>';
    return p.col === 0 ? `${p.filename}:${p.line}` : `${p.filename}:${p.line}:${p.col}`;
  }
}
