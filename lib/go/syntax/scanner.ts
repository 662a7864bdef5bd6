/**
 * The scanner: UTF-8 bytes to tokens, with gc's errors at gc's places.
 *
 * One token at a time is held in plain fields (start, off, tok, op, …); nothing
 * is allocated except the strings of names, which are interned. Positions are
 * byte offsets: lines are found later, from the offset, when somebody asks.
 *
 * A newline (or the end, or a comment holding a newline) becomes a semicolon
 * after a token that can end a statement; nlsemi remembers that.
 *
 * SIMPLIFIED: letters and digits are those of the host's Unicode tables, which
 * may be newer than Go's.
 *
 * One class and more than 600 lines: every method moves the same cursor, and the
 * hottest loops of the front end must not go through another object.
 */
import {
  ADD, AND, ANDAND, ANDNOT, ARROW, ASSIGN, ASSIGN_OP, BREAK, COLON, COMMA, CONTINUE, DEFINE, DIV, DOT, DOTDOTDOT, EOF, EQL, FALLTHROUGH, FLOAT_LIT, GEQ, GTR, IMAG_LIT,
  INC_OP, INT_LIT, LBRACE, LBRACK, LEQ, LITERAL, LPAREN, LSS, MUL, NAME, NEQ, NOT, OPERATOR, OR, OROR, RBRACE, RBRACK, REM, RETURN, RPAREN, RUNE_LIT, SEMI, SHL, SHR,
  STAR, STRING_LIT, SUB, TILDE, VAR, XOR, isKeyword, precedences, tokenString,
} from './token.ts';
import { originalOffset, readSource, runeAt, runeLength, type Cut } from './source.ts';

// Character classes of ASCII.
const LETTER = 1, DIGIT = 2, HEX = 4;
const classes = new Uint8Array(256);
for (let c = 0; c < 128; c++) {
  const s = String.fromCharCode(c);
  if (/[a-zA-Z_]/.test(s)) classes[c] |= LETTER;
  if (/[0-9]/.test(s)) classes[c] |= DIGIT;
  if (/[0-9a-fA-F]/.test(s)) classes[c] |= HEX;
}
const lower = (c: number): number => c | 0x20;

/** Interned names: an open hash table from bytes to one string and, for keywords, a token. */
class NameTable {
  #mask = 0;
  #used = 0;
  #hashes = new Int32Array(0);
  strings: string[] = [];
  tokens = new Uint8Array(0);
  constructor() { this.#clear(1 << 12); }
  #clear(size: number): void {
    this.#mask = size - 1;
    this.#used = 0;
    this.#hashes = new Int32Array(size);
    this.tokens = new Uint8Array(size);
    this.strings = new Array<string>(size).fill('');
    for (let tok = BREAK; tok <= VAR; tok++) {
      const b = Uint8Array.from(tokenString(tok), (ch) => ch.charCodeAt(0));
      let h = 0;
      for (const c of b) h = (Math.imul(h, 31) + c) | 0;
      this.tokens[this.slot(b, 0, b.length, h)] = tok;
    }
  }
  /** The slot of an ASCII name with hash h. */
  slot(b: Uint8Array, from: number, to: number, h: number): number {
    const mask = this.#mask, hashes = this.#hashes, strings = this.strings;
    let i = (h ^ (h >>> 15)) & mask;
    for (;; i = (i + 1) & mask) {
      const s = strings[i];
      if (s === '') break;
      if (hashes[i] !== h || s.length !== to - from) continue;
      let k = from;
      while (k < to && s.charCodeAt(k - from) === b[k]) k++;
      if (k === to) return i;
    }
    if (this.#used * 2 > mask) {
      this.#grow();
      return this.slot(b, from, to, h);
    }
    this.#used++;
    hashes[i] = h;
    // In parts: a name may be longer than a call may have arguments.
    let s = '';
    for (let k = from; k < to; k += 8192) s += String.fromCharCode.apply(null, b.subarray(k, Math.min(k + 8192, to)) as unknown as number[]);
    strings[i] = s;
    return i;
  }
  #grow(): void {
    const old = this.strings, oldHashes = this.#hashes, size = (this.#mask + 1) * 2;
    // Names never seen again would otherwise be kept for ever.
    if (size > 1 << 18) { this.#clear(1 << 12); return; }
    this.#clear(size);
    for (let j = 0; j < old.length; j++) {
      if (old[j] === '') continue;
      let i = (oldHashes[j] ^ (oldHashes[j] >>> 15)) & this.#mask;
      while (this.strings[i] !== '' && this.strings[i] !== old[j]) i = (i + 1) & this.#mask;
      if (this.strings[i] !== '') continue;
      this.strings[i] = old[j];
      this.#hashes[i] = oldHashes[j];
      this.#used++;
    }
  }
}
const names = new NameTable();
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** A comment's text span, as offsets; from the `//` or `/*`, without the newline of a line comment. */
export interface CommentSpan { readonly start: number; readonly end: number; }

export class Scanner {
  /** The text (bad bytes cut out), ended by a zero. */
  protected readonly src: Uint8Array;
  protected readonly size: number;
  readonly cuts: readonly Cut[] | null;
  #cut = 0;
  #text: string | null = null;
  protected off = 0;
  #nlsemi = false;

  /** Where the last token ended. */
  prevEnd = 0;
  /** Where the current token starts. */
  start = 0;
  tok = 0;
  /** Operator code and precedence of an OPERATOR, STAR, ASSIGN_OP or INC_OP. */
  op = 0;
  prec = 0;
  /** The text of a NAME; of a SEMI "semicolon", "newline" or "EOF". */
  lit = '';
  litKind = 0;
  /** A literal that has been complained about. */
  bad = false;

  constructor(protected readonly text: Uint8Array) {
    const s = readSource(text);
    this.src = s.bytes;
    this.size = s.size;
    this.cuts = s.cuts;
  }

  /** Told of each error; offset counts in the cut text. */
  protected onError(_offset: number, _text: string): void {}
  /** Told of each comment when comments are asked for, of `//go:`, `//line` and `/*line` ones otherwise. */
  protected onComment(_span: CommentSpan): void {}
  protected allComments = false;

  /** Where the current token ends. */
  get tokEnd(): number { return this.off; }
  /** Offset in the file of an offset in the cut text. */
  original(offset: number): number { return this.cuts === null ? offset : originalOffset(this.cuts, offset); }

  /** The text of [start, end). */
  slice(start: number, end: number): string {
    const b = this.src;
    for (let i = start; i < end; i++) if (b[i] >= 0x80) return utf8.decode(b.subarray(start, end));
    if (this.#text === null) {
      // One character per byte, so that ASCII slices can share the whole.
      let s = '';
      for (let i = 0; i < this.size; i += 8192) s += String.fromCharCode.apply(null, b.subarray(i, Math.min(i + 8192, this.size)) as unknown as number[]);
      this.#text = s;
    }
    return this.#text.slice(start, end);
  }
  /** The source text of the current token. */
  get tokenSource(): string {
    if (this.cuts !== null && this.#cutInside()) return utf8.decode(this.text.subarray(this.original(this.start), this.original(this.off)));
    return this.slice(this.start, this.off);
  }

  /** True if only white space stands before the current comment or token on its line. */
  blankBefore(offset: number): boolean {
    let i = offset - 1;
    while (i >= 0 && (this.src[i] === 32 || this.src[i] === 9 || this.src[i] === 13)) i--;
    return i < 0 || this.src[i] === 10;
  }

  /** Complains about bad bytes cut out at or before an offset. */
  #flushCuts(upto: number): void {
    const cuts = this.cuts!;
    while (this.#cut < cuts.length && cuts[this.#cut].at <= upto) {
      const c = cuts[this.#cut++];
      if (c.message !== null) this.onBadBytes(c.offset, c.n, c.message);
    }
  }
  /** Told of bad bytes; offset counts in the file. */
  protected onBadBytes(_offset: number, _n: number, _text: string): void {}

  #error(offset: number, text: string): void {
    if (this.cuts !== null) this.#flushCuts(this.off);
    this.onError(offset, text);
  }

  /** Makes the rest of the file invisible: every further token is EOF. */
  protected stop(): void {
    this.off = this.size;
    this.start = this.size;
    this.#nlsemi = false;
    this.tok = EOF;
  }

  /** Advances to the next token. */
  next(): void {
    this.#scan();
    if (this.cuts === null) return;
    this.#flushCuts(this.off);
    // Bytes cut out of a name, or after it, are part of it in gc's buffer: it is no keyword then.
    if ((this.tok === NAME || isKeyword(this.tok)) && this.#cutInside()) {
      this.tok = NAME;
      this.lit = this.tokenSource;
      this.#nlsemi = true;
    }
  }
  #cutInside(): boolean { return this.original(this.off) - this.original(this.start) !== this.off - this.start; }

  /**
   * At an opening brace: makes the brace that closes it the current token, without
   * looking at what stands between. False, with nothing changed, if there is none.
   */
  protected skipBraces(): boolean {
    const src = this.src;
    let depth = 1, off = this.off;
    for (;;) {
      const c = src[off++];
      switch (c) {
        case 0: return false;
        case 123: depth++; break;
        case 125:
          if (--depth > 0) break;
          this.off = off - 1;
          this.#nlsemi = false;
          this.next();
          return true;
        case 34: case 39:
          for (; src[off] !== c; off++) {
            if (src[off] === 92) off++;
            if (src[off] === 0 || src[off] === 10) return false;
          }
          off++;
          break;
        case 96:
          while (src[off] !== 96) if (src[off++] === 0) return false;
          off++;
          break;
        case 47:
          if (src[off] === 47) while (src[off] !== 10 && src[off] !== 0) off++;
          else if (src[off] === 42) {
            off++;
            while (src[off] !== 42 || src[off + 1] !== 47) if (src[off++] === 0) return false;
            off += 2;
          }
      }
    }
  }
  /** Goes (back) to an offset, where a token starts. */
  protected seek(off: number): void {
    this.off = off;
    this.#nlsemi = false;
    this.next();
  }

  #scan(): void {
    const src = this.src;
    const nlsemi = this.#nlsemi;
    this.#nlsemi = false;
    let off = this.off;
    this.prevEnd = off;
    for (;;) {
      let c = src[off];
      while (c === 32 || c === 9 || c === 13 || (c === 10 && !nlsemi)) c = src[++off];
      this.start = off;
      if ((classes[c] & LETTER) !== 0) { this.#ident(off); return; }
      switch (c) {
        case 0:
          this.off = off;
          if (nlsemi) { this.tok = SEMI; this.lit = 'EOF'; } else this.tok = EOF;
          return;
        case 10: this.off = off + 1; this.tok = SEMI; this.lit = 'newline'; return;
        case 48: case 49: case 50: case 51: case 52: case 53: case 54: case 55: case 56: case 57: this.#number(off, false); return;
        case 34: this.#string(off); return;
        case 96: this.#rawString(off); return;
        case 39: this.#rune(off); return;
        case 40: this.off = off + 1; this.tok = LPAREN; return;
        case 91: this.off = off + 1; this.tok = LBRACK; return;
        case 123: this.off = off + 1; this.tok = LBRACE; return;
        case 44: this.off = off + 1; this.tok = COMMA; return;
        case 59: this.off = off + 1; this.tok = SEMI; this.lit = 'semicolon'; return;
        case 41: this.off = off + 1; this.tok = RPAREN; this.#nlsemi = true; return;
        case 93: this.off = off + 1; this.tok = RBRACK; this.#nlsemi = true; return;
        case 125: this.off = off + 1; this.tok = RBRACE; this.#nlsemi = true; return;
        case 58:
          if (src[off + 1] === 61) { this.off = off + 2; this.tok = DEFINE; } else { this.off = off + 1; this.tok = COLON; }
          return;
        case 46:
          if ((classes[src[off + 1]] & DIGIT) !== 0) { this.#number(off + 1, true); return; }
          if (src[off + 1] === 46 && src[off + 2] === 46) { this.off = off + 3; this.tok = DOTDOTDOT; } else { this.off = off + 1; this.tok = DOT; }
          return;
        case 43: if (src[off + 1] === 43) this.#inc(off, ADD); else this.#binary(off + 1, ADD); return;
        case 45: if (src[off + 1] === 45) this.#inc(off, SUB); else this.#binary(off + 1, SUB); return;
        case 42:
          this.#binary(off + 1, MUL);
          if (this.tok === OPERATOR) this.tok = STAR;
          return;
        case 47:
          if (src[off + 1] === 47) { off = this.#lineComment(off); continue; }
          if (src[off + 1] === 42) {
            const end = this.#fullComment(off);
            if (nlsemi && src.subarray(off, end).includes(10)) {
              this.off = end;
              this.tok = SEMI;
              this.lit = 'newline';
              return;
            }
            off = end;
            continue;
          }
          this.#binary(off + 1, DIV);
          return;
        case 37: this.#binary(off + 1, REM); return;
        case 38:
          if (src[off + 1] === 38) this.#operator(off + 2, ANDAND);
          else if (src[off + 1] === 94) this.#binary(off + 2, ANDNOT);
          else this.#binary(off + 1, AND);
          return;
        case 124: if (src[off + 1] === 124) this.#operator(off + 2, OROR); else this.#binary(off + 1, OR); return;
        case 94: this.#binary(off + 1, XOR); return;
        case 60:
          if (src[off + 1] === 61) this.#operator(off + 2, LEQ);
          else if (src[off + 1] === 60) this.#binary(off + 2, SHL);
          else if (src[off + 1] === 45) { this.off = off + 2; this.tok = ARROW; } else this.#operator(off + 1, LSS);
          return;
        case 62:
          if (src[off + 1] === 61) this.#operator(off + 2, GEQ);
          else if (src[off + 1] === 62) this.#binary(off + 2, SHR);
          else this.#operator(off + 1, GTR);
          return;
        case 61: if (src[off + 1] === 61) this.#operator(off + 2, EQL); else { this.off = off + 1; this.tok = ASSIGN; } return;
        case 33: if (src[off + 1] === 61) this.#operator(off + 2, NEQ); else this.#operator(off + 1, NOT); return;
        case 126: this.#operator(off + 1, TILDE); return;
        default: {
          this.off = off;
          if (c >= 0x80 && this.#identChar(off, true)) {
            this.#wideIdent(off + runeLength(src, off));
            return;
          }
          this.#error(off, `invalid character ${formatRune(runeAt(src, off))}`);
          off += runeLength(src, off);
        }
      }
    }
  }

  #operator(off: number, op: number): void {
    this.off = off;
    this.op = op;
    this.prec = precedences[op];
    this.tok = OPERATOR;
  }
  /** An operator that `=` makes an assignment. */
  #binary(off: number, op: number): void {
    this.op = op;
    this.prec = precedences[op];
    if (this.src[off] === 61) { this.off = off + 1; this.tok = ASSIGN_OP; } else { this.off = off; this.tok = OPERATOR; }
  }
  #inc(off: number, op: number): void {
    this.off = off + 2;
    this.op = op;
    this.prec = precedences[op];
    this.tok = INC_OP;
    this.#nlsemi = true;
  }

  #ident(from: number): void {
    const src = this.src;
    let off = from, h = 0, c = src[off];
    while ((classes[c] & (LETTER | DIGIT)) !== 0) {
      h = (Math.imul(h, 31) + c) | 0;
      c = src[++off];
    }
    if (c >= 0x80) { this.#wideIdent(off); return; }
    this.off = off;
    const slot = names.slot(src, from, off, h);
    const tok = names.tokens[slot];
    if (tok !== 0) {
      this.#nlsemi = tok === BREAK || tok === CONTINUE || tok === FALLTHROUGH || tok === RETURN;
      this.tok = tok;
      return;
    }
    this.#nlsemi = true;
    this.lit = names.strings[slot];
    this.tok = NAME;
  }
  /** The rest of a name with characters beyond ASCII. */
  #wideIdent(off: number): void {
    this.off = off;
    while (this.#identChar(this.off, false)) this.off += runeLength(this.src, this.off);
    this.#nlsemi = true;
    this.lit = this.slice(this.start, this.off);
    this.tok = NAME;
  }
  /** True if the character at an offset belongs to a name; characters that should not, but look as if meant to, are complained about. */
  #identChar(off: number, first: boolean): boolean {
    const c = this.src[off];
    if (c < 0x80) return (classes[c] & (first ? LETTER : LETTER | DIGIT)) !== 0;
    const r = runeAt(this.src, off), s = String.fromCodePoint(r);
    if (/\p{L}/u.test(s)) return true;
    if (/\p{Nd}/u.test(s)) {
      if (first) this.#error(off, `identifier cannot begin with digit ${formatRune(r)}`);
    } else this.#error(off, `invalid character ${formatRune(r)} in identifier`);
    return true;
  }

  #literal(off: number, kind: number, ok: boolean): void {
    this.off = off;
    this.#nlsemi = true;
    this.tok = LITERAL;
    this.litKind = kind;
    this.bad = !ok;
  }

  /** A number; off is at its first digit (after the point if seenPoint). */
  #number(from: number, seenPoint: boolean): void {
    const src = this.src;
    let off = from, kind = INT_LIT, base = 10, ok = true, digits = false, separators = false, invalid = -1;
    // 0: decimal; 48 ('0'): octal of the old kind; else the prefix letter.
    let prefix = 0;
    const fail = (at: number, text: string): void => {
      if (!ok) return;
      ok = false;
      this.off = off;
      this.#error(at, text);
    };
    const run = (): void => {
      const max = 48 + base;
      for (;; off++) {
        const c = src[off];
        if (c === 95) separators = true;
        else if (base === 16 ? (classes[c] & HEX) !== 0 : (classes[c] & DIGIT) !== 0) {
          if (base !== 16 && c >= max && invalid < 0) invalid = off;
          digits = true;
        } else return;
      }
    };
    if (!seenPoint) {
      if (src[off] === 48) {
        prefix = lower(src[++off]);
        if (prefix === 120) { base = 16; off++; } else if (prefix === 111) { base = 8; off++; } else if (prefix === 98) { base = 2; off++; } else {
          base = 8;
          prefix = 48;
          digits = true;
        }
      }
      run();
      if (src[off] === 46) {
        if (prefix === 111 || prefix === 98) fail(off, `invalid radix point in ${baseName(base)} literal`);
        off++;
        seenPoint = true;
      }
    }
    if (seenPoint) {
      kind = FLOAT_LIT;
      run();
    }
    if (!digits) fail(off, `${baseName(base)} literal has no digits`);
    const e = lower(src[off]);
    if (e === 101 || e === 112) {
      if (e === 101 && prefix !== 0 && prefix !== 48) fail(off, `'${String.fromCharCode(src[off])}' exponent requires decimal mantissa`);
      if (e === 112 && prefix !== 120) fail(off, `'${String.fromCharCode(src[off])}' exponent requires hexadecimal mantissa`);
      off++;
      kind = FLOAT_LIT;
      if (src[off] === 43 || src[off] === 45) off++;
      digits = false;
      for (; (classes[src[off]] & DIGIT) !== 0 || src[off] === 95; off++) if (src[off] === 95) separators = true; else digits = true;
      if (!digits) fail(off, 'exponent has no digits');
    } else if (prefix === 120 && kind === FLOAT_LIT) fail(off, "hexadecimal mantissa requires a 'p' exponent");
    if (src[off] === 105) {
      kind = IMAG_LIT;
      off++;
    }
    if (kind === INT_LIT && invalid >= 0) fail(invalid, `invalid digit '${String.fromCharCode(src[invalid])}' in ${baseName(base)} literal`);
    if (separators && ok) {
      const i = misplacedSeparator(src, this.start, off);
      if (i >= 0) fail(i, "'_' must separate successive digits");
    }
    this.#literal(off, kind, ok);
  }

  #rune(from: number): void {
    const src = this.src;
    let off = from + 1, ok = true;
    const fail = (at: number, text: string): void => {
      if (!ok) return;
      ok = false;
      this.off = off;
      this.#error(at, text);
    };
    for (let n = 0; ; n++) {
      const c = src[off];
      if (c === 39) {
        if (n === 0) fail(off, "empty rune literal or unescaped '");
        else if (n !== 1) fail(from, 'more than one character in rune literal');
        off++;
        break;
      }
      if (c === 92) {
        off = this.#escape(off + 1, 39);
        if (off < 0) { off = -off; ok = false; }
      } else if (c === 10) {
        fail(off, 'newline in rune literal');
        break;
      } else if (c === 0) {
        fail(from, 'rune literal not terminated');
        break;
      } else off += c < 0x80 ? 1 : runeLength(src, off);
    }
    this.#literal(off, RUNE_LIT, ok);
  }

  #string(from: number): void {
    const src = this.src;
    let off = from + 1, ok = true;
    for (;;) {
      const c = src[off];
      if (c === 34) { off++; break; }
      if (c === 92) {
        off = this.#escape(off + 1, 34);
        if (off < 0) { off = -off; ok = false; }
      } else if (c === 10 || c === 0) {
        this.off = off;
        if (c === 10) this.#error(off, 'newline in string'); else this.#error(from, 'string not terminated');
        ok = false;
        break;
      } else off++;
    }
    this.#literal(off, STRING_LIT, ok);
  }

  #rawString(from: number): void {
    let off = this.src.indexOf(96, from + 1);
    const ok = off >= 0;
    if (ok) off++;
    else {
      off = this.off = this.size;
      this.#error(from, 'string not terminated');
    }
    this.#literal(off, STRING_LIT, ok);
  }

  /** What follows a backslash: the offset after it, negated if it was bad. */
  #escape(from: number, quote: number): number {
    const src = this.src;
    let off = from, n = 0, base = 16, max = 0x10ffff, x = 0;
    const c = src[off];
    switch (c) {
      case quote: case 97: case 98: case 102: case 110: case 114: case 116: case 118: case 92: return off + 1;
      case 48: case 49: case 50: case 51: case 52: case 53: case 54: case 55: n = 3; base = 8; max = 255; break;
      case 120: off++; n = 2; max = 255; break;
      case 117: off++; n = 4; break;
      case 85: off++; n = 8; break;
      default:
        if (c === 0) return off;
        this.off = off;
        this.#error(off, 'unknown escape');
        return -off;
    }
    for (; n > 0; n--, off++) {
      const d = src[off];
      if (d === 0) return off;
      const v = (classes[d] & DIGIT) !== 0 ? d - 48 : (classes[d] & HEX) !== 0 ? lower(d) - 87 : base;
      if (v >= base) {
        this.off = off;
        this.#error(off, `invalid character ${quoteRune(runeAt(src, off))} in ${baseName(base)} escape`);
        return -off;
      }
      x = x * base + v;
    }
    if (x > max && base === 8) {
      this.off = off;
      this.#error(off, `octal escape value ${x} > 255`);
      return -off;
    }
    if (x > max || (x >= 0xd800 && x < 0xe000)) {
      this.off = off;
      this.#error(off, `escape is invalid Unicode code point ${formatRune(x)}`);
      return -off;
    }
    return off;
  }

  /** Skips a line comment; returns the offset of its newline. */
  #lineComment(from: number): number {
    const src = this.src;
    let end = src.indexOf(10, from + 2);
    if (end < 0) end = this.size;
    const c = src[from + 2];
    if (this.allComments || (c === 103 && src[from + 3] === 111 && src[from + 4] === 58) || (c === 108 && this.#isLine(from))) {
      this.off = end;
      this.onComment({ start: from, end });
    }
    return end;
  }
  #isLine(from: number): boolean {
    const b = this.src;
    return b[from + 2] === 108 && b[from + 3] === 105 && b[from + 4] === 110 && b[from + 5] === 101 && b[from + 6] === 32;
  }
  /** Skips a general comment; returns the offset after it. */
  #fullComment(from: number): number {
    const src = this.src;
    for (let off = from + 2; ; off++) {
      off = src.indexOf(42, off);
      if (off < 0) {
        this.off = this.size;
        this.#error(from, 'comment not terminated');
        return this.size;
      }
      if (src[off + 1] === 47) {
        this.off = off + 2;
        if (this.allComments || this.#isLine(from)) this.onComment({ start: from, end: off + 2 });
        return off + 2;
      }
    }
  }
}

function baseName(base: number): string { return base === 2 ? 'binary' : base === 8 ? 'octal' : base === 10 ? 'decimal' : 'hexadecimal'; }

/** Offset of the first `_` of a number that does not stand between digits (a base prefix counts as one), or -1. */
function misplacedSeparator(b: Uint8Array, from: number, to: number): number {
  const prefix = b[from] === 48 && to - from >= 2 ? lower(b[from + 1]) : 0;
  const hex = prefix === 120;
  let i = from, afterDigit = false;
  if (hex || prefix === 111 || prefix === 98) {
    i += 2;
    afterDigit = true;
  }
  for (; i < to; i++) {
    if (b[i] === 95) {
      const next = i + 1 < to ? classes[b[i + 1]] : 0;
      if (!afterDigit) return i;
      if (b[i + 1] === 95 && i + 1 < to) return i + 1;
      if ((next & (hex ? HEX : DIGIT)) === 0) return i;
      afterDigit = false;
    } else afterDigit = (classes[b[i]] & (hex ? HEX : DIGIT)) !== 0;
  }
  return -1;
}

/** A code point as Go's %#U: U+0040 '@'. */
export function formatRune(r: number): string {
  const hex = `U+${r.toString(16).toUpperCase().padStart(4, '0')}`;
  return isPrint(r) ? `${hex} '${String.fromCodePoint(r)}'` : hex;
}
function isPrint(r: number): boolean {
  return r === 32 || (r <= 0x10ffff && !(r >= 0xd800 && r < 0xe000) && /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(String.fromCodePoint(r)));
}

const escapes: Record<number, string> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 39: "\\'", 92: '\\\\' };
/** A code point as Go's %q. */
export function quoteRune(r: number): string {
  const esc = escapes[r];
  if (esc !== undefined) return `'${esc}'`;
  if (isPrint(r)) return `'${String.fromCodePoint(r)}'`;
  if (r < 0x80) return `'\\x${r.toString(16).padStart(2, '0')}'`;
  return r < 0x10000 ? `'\\u${r.toString(16).padStart(4, '0')}'` : `'\\U${r.toString(16).padStart(8, '0')}'`;
}
