/**
 * The head of a Go file: its `//go:build` line, package clause and imports, read
 * without the rest of the file, and what go/parser says if that much is broken
 * (the go command reads files this way before any compiler does).
 */

export interface HeaderImport { readonly path: string; /** Byte offset of the import: of its name, or of the quoted path. */ readonly offset: number }
export interface Header {
  /** The expression of the `//go:build` line, '' if there is none. */
  readonly build: string;
  readonly name: string;
  readonly imports: readonly HeaderImport[];
  readonly error?: { readonly text: string; readonly offset: number };
}

interface Token { readonly kind: 'name' | 'keyword' | 'string' | 'literal' | 'op' | 'newline' | 'eof'; readonly text: string; readonly offset: number }

const keywords = new Set('break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(' '));

class Broken {
  constructor(readonly text: string, readonly offset: number) {}
}

/** A lexer for the few tokens of a header; s has one character per byte (windows-1252: only ASCII means anything). */
class Lexer {
  at = 0;
  build = '';
  /** The last token was one after which a line's end counts. */
  #ends = false;
  /** A byte order mark may come first. */
  constructor(readonly s: string) { if (s.startsWith('\u00ef\u00bb\u00bf')) this.at = 3; }
  next(): Token {
    const { s } = this;
    for (;;) {
      const c = s[this.at];
      if (c === '\n' && this.#ends) { this.#ends = false; return { kind: 'newline', text: '\n', offset: this.at++ }; }
      if (c === ' ' || c === '\t' || c === '\r' || c === '\n') { this.at++; continue; }
      if (c !== '/' || (s[this.at + 1] !== '/' && s[this.at + 1] !== '*')) break;
      if (s[this.at + 1] === '/') {
        const end = s.indexOf('\n', this.at), line = s.slice(this.at, end < 0 ? undefined : end);
        if (line.startsWith('//go:build ') && this.build === '') this.build = line.slice(10).trim();
        this.at = end < 0 ? s.length : end;
        continue;
      }
      const end = s.indexOf('*/', this.at + 2);
      if (end < 0) throw new Broken('comment not terminated', this.at);
      const lines = s.slice(this.at, end).includes('\n');
      if (lines && this.#ends) { this.#ends = false; return { kind: 'newline', text: '\n', offset: this.at }; }
      this.at = end + 2;
    }
    const offset = this.at;
    const make = (kind: Token['kind'], text: string, ends: boolean): Token => { this.at = offset + text.length; this.#ends = ends; return { kind, text, offset }; };
    if (offset >= s.length) {
      if (this.#ends) return make('newline', '', false);
      return make('eof', '', false);
    }
    const word = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
    word.lastIndex = offset;
    const w = word.exec(s)?.[0];
    if (w !== undefined) return keywords.has(w) ? make('keyword', w, ['break', 'continue', 'fallthrough', 'return'].includes(w)) : make('name', w, true);
    const c = s[offset];
    if (c === '"') {
      const m = /"(?:\\[^\n]|[^"\\\n])*"/y;
      m.lastIndex = offset;
      const t = m.exec(s)?.[0];
      if (t === undefined) throw new Broken('string literal not terminated', offset);
      return make('string', t, true);
    }
    if (c === '`') {
      const end = s.indexOf('`', offset + 1);
      if (end < 0) throw new Broken('raw string literal not terminated', offset);
      return make('string', s.slice(offset, end + 1), true);
    }
    if (c === "'") {
      const m = /'(?:\\[^\n]|[^'\\\n])*'/y;
      m.lastIndex = offset;
      const t = m.exec(s)?.[0];
      if (t === undefined || t.length < 3) throw new Broken('rune literal not terminated', offset);
      if (t[1] !== '\\' && t.length > 3) throw new Broken('illegal rune literal', offset);
      return make('literal', t, true);
    }
    if (/[0-9]/.test(c)) return make('literal', /^[\w.]+/.exec(s.slice(offset))![0], true);
    return make('op', c, c === ')' || c === ']' || c === '}');
  }
}

/** What was found instead, as go/parser says it. */
const found = (t: Token): string => (t.kind === 'newline' ? (t.text === '' ? "'EOF'" : 'newline') : t.kind === 'eof' ? "'EOF'" : t.kind === 'keyword' || t.kind === 'op' ? `'${t.text}'` : t.text);

/** Reads a file's head. */
export function readHeader(text: Uint8Array): Header {
  const lex = new Lexer(new TextDecoder('latin1').decode(text));
  const imports: HeaderImport[] = [];
  let name = '', build = '';
  try {
    let t = lex.next();
    if (t.kind !== 'keyword' || t.text !== 'package') throw new Broken(`expected 'package', found ${found(t)}`, t.offset);
    build = lex.build;
    t = lex.next();
    if (t.kind !== 'name') throw new Broken(`expected 'IDENT', found ${found(t)}`, t.offset);
    name = t.text;
    t = lex.next();
    const semi = (): boolean => t.kind === 'newline' || t.kind === 'eof' || (t.kind === 'op' && t.text === ';');
    const spec = (): void => {
      const { offset } = t;
      if (t.kind === 'name' || (t.kind === 'op' && t.text === '.')) t = lex.next();
      if (t.kind === 'literal') throw new Broken('import path must be a string', t.offset);
      if (t.kind !== 'string') throw new Broken('missing import path', t.offset);
      const path = new TextDecoder().decode(text.subarray(t.offset + 1, t.offset + t.text.length - 1));
      imports.push({ path: t.text[0] === '`' ? path : path.replace(/\\(["\\])/g, '$1'), offset });
      t = lex.next();
    };
    // What is wrong after an import is left to the compiler.
    while (semi() && t.kind !== 'eof') {
      t = lex.next();
      if (t.kind !== 'keyword' || t.text !== 'import') break;
      t = lex.next();
      if (t.kind !== 'op' || t.text !== '(') { spec(); continue; }
      t = lex.next();
      while (!(t.kind === 'op' && t.text === ')') && t.kind !== 'eof') {
        spec();
        if (semi()) t = lex.next(); else if (!(t.kind === 'op' && t.text === ')')) return { build, name, imports };
      }
      t = lex.next();
    }
  } catch (e) {
    if (!(e instanceof Broken)) throw e;
    return { build, name, imports, error: { text: e.text, offset: e.offset } };
  }
  return { build, name, imports };
}
