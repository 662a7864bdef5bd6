/**
 * The parser: one file of Go source to its syntax tree, complaining as gc does.
 *
 * Recursive descent after the grammar, one token ahead. This file holds the
 * state, the error handling and the list helpers; the productions are functions
 * over it in parser_decl.ts, parser_type.ts, parser_expr.ts and parser_stmt.ts.
 *
 * Recovery is gc's, since it decides which further errors are reported: after an
 * error, advance() skips to a token of a follow list (inside functions also to
 * any statement keyword); at the end of the file further syntax errors are mute.
 * Errors from //go: directives and from branch checking do not count as syntax
 * errors of the file.
 *
 * Bounds: nesting deeper than maxDepth, or an expression whose tree is higher
 * than maxHeight, is an error that ends the file, so that neither this parser nor
 * any recursion over its trees can overflow the host's stack. (In Go's own source
 * the largest are 256 and 942.) SIMPLIFIED: gc's stack grows to a gigabyte.
 */
import type { FileSet, Pos, SourceFile } from '../../base/pos.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { BadExpr, BlockStmt, LazyBody, type File, type FuncDecl, type Group } from './ast.ts';
import { ASSIGN, BREAK, CONST, CONTINUE, DEFER, DEFINE, EOF, FALLTHROUGH, FOR, GO, GOTO, IF, INC_OP, ASSIGN_OP, LITERAL, NAME, OPERATOR, RBRACE, RBRACK, RETURN, RPAREN, SELECT, SEMI, SWITCH, TYPE, VAR, operators, tokenText } from './token.ts';
import { Scanner, type CommentSpan } from './scanner.ts';
import { PragmaCollector, type Linkname, type Pragma, type PragmaOptions } from './pragma.ts';
import { goVersion } from './constraint.ts';
import { fileOrNull } from './parser_decl.ts';
import { funcBody } from './parser_expr.ts';

/** Nesting of expressions, types and blocks allowed while parsing. */
export const maxDepth = 300;
/** Height allowed of an expression's tree (a chain of operators, selectors or calls adds one per link), and length of a chain of else-ifs. */
export const maxHeight = 1000;

/** A comment: its span and text, `//` or `/*` included, line comments without newline. */
export interface Comment { readonly pos: Pos; readonly end: Pos; readonly text: string; }

export interface ParseOptions extends PragmaOptions {
  /** Collect all comments. */
  readonly comments?: boolean;
  /** Keep every pair of parentheses as a ParenExpr (formatting). Checking needs this off, as gc's messages count on it. */
  readonly keepParens?: boolean;
  /** Do not check labels and branches. */
  readonly ignoreBranches?: boolean;
  /** Bodies of functions are parsed when their statements are first asked for; the text must be correct (an error there is thrown). */
  readonly lazyBodies?: boolean;
}

export interface ParseResult {
  /** null if there is no correct package clause. */
  readonly file: File | null;
  /** In the order found, as gc finds them: not sorted, not limited (see report.ts). */
  readonly diagnostics: readonly Diagnostic[];
  /** With options.comments. */
  readonly comments: readonly Comment[];
  readonly linknames: readonly Linkname[];
  /** There is a //go: comment. */
  readonly directives: boolean;
  /** Every parenthesised declaration group, empty ones included, with options.keepParens. */
  readonly groups: readonly Group[];
}

// Tokens that start a statement: inside functions, recovery stops at them.
const stopSet = new Set([BREAK, CONST, CONTINUE, DEFER, FALLTHROUGH, FOR, GO, GOTO, IF, RETURN, SELECT, SWITCH, TYPE, VAR]);

export class Parser extends Scanner {
  readonly diagnostics: Diagnostic[] = [];
  readonly comments: Comment[] = [];
  readonly groups: Group[] = [];
  readonly base: number;
  readonly keepParens: boolean;
  readonly checkBranches: boolean;
  readonly lazyBodies: boolean;
  /** Some syntax error has been seen. */
  failed = false;
  errorCount = 0;
  /** Directives waiting for their declaration. */
  pragma: Pragma | null = null;
  readonly pragmas: PragmaCollector;
  goVersion = '';
  /** Before the package clause. */
  top = true;
  /** Functions around us; inside one, recovery stops at statements. */
  fnest = 0;
  /** Expression nesting: negative in a statement header, where `{` begins the body and not a composite literal. */
  xnest = 0;
  depth = 0;
  /** Height of the trees of the expressions parsed so far at this level: expr() and types begin a new level. */
  height = 0;
  #lastLine: { filename: string } | null = null;

  constructor(readonly source: SourceFile, opts: ParseOptions) {
    super(source.text);
    this.base = source.base;
    this.keepParens = opts.keepParens ?? false;
    this.checkBranches = !opts.ignoreBranches;
    this.lazyBodies = (opts.lazyBodies ?? false) && this.cuts === null;
    this.allComments = opts.comments ?? false;
    this.pragmas = new PragmaCollector(opts, (pos, text) => this.report(pos, text, 'Directive'));
  }

  /** A position of an offset in the scanned text. */
  at(offset: number): Pos { return this.base + (this.cuts === null ? offset : this.original(offset)); }
  /** Where the current token starts. */
  pos(): Pos { return this.cuts === null ? this.base + this.start : this.at(this.start); }
  /** Where the last token ended: what a node just finished takes for its end. */
  endPos(): Pos { return this.cuts === null ? this.base + this.prevEnd : this.at(this.prevEnd); }

  // Errors

  /** Adds a diagnostic without counting it as a syntax error. */
  report(pos: Pos, text: string, code: string): void {
    const end = pos === this.pos() ? this.at(this.tokEnd) : pos + 1;
    this.diagnostics.push({ code, severity: 'error', range: { start: pos, end: Math.max(end, pos) }, text });
  }
  errorAt(pos: Pos, text: string): void {
    this.failed = true;
    this.errorCount++;
    this.report(pos, text, 'Syntax');
  }
  error(text: string): void { this.errorAt(this.pos(), text); }
  protected override onError(offset: number, text: string): void { this.errorAt(this.at(offset), text); }
  protected override onBadBytes(offset: number, _n: number, text: string): void { this.errorAt(this.base + offset, text); }

  syntaxError(text: string): void { this.syntaxErrorAt(this.pos(), text); }
  /** A syntax error; text beginning "in ", "at ", "after " or "expected " is completed by the token found. */
  syntaxErrorAt(pos: Pos, text: string): void {
    if (this.tok === EOF && this.failed) return;
    if (/^(in|at|after) /.test(text)) text = ` ${text}`;
    else if (text.startsWith('expected ')) text = `, ${text}`;
    else {
      this.errorAt(pos, `syntax error: ${text}`);
      return;
    }
    this.errorAt(pos, `syntax error: unexpected ${this.found()}${text}`);
  }
  /** The current token as messages name it. */
  found(): string {
    switch (this.tok) {
      case NAME: return `name ${this.lit}`;
      case SEMI: return this.lit;
      case LITERAL: return `literal ${this.tokenSource}`;
      case OPERATOR: return operators[this.op];
      case ASSIGN_OP: return `${operators[this.op]}=`;
      case INC_OP: return operators[this.op] + operators[this.op];
      default: return tokenText(this.tok);
    }
  }

  /** Skips to a token of the follow list; with no list, skips exactly one token. */
  advance(...follow: number[]): void {
    if (follow.length === 0) {
      if (this.tok !== EOF) this.next();
      return;
    }
    while (this.tok !== EOF && !follow.includes(this.tok) && !(this.fnest > 0 && stopSet.has(this.tok))) this.next();
  }

  /** Notes one more level of nesting; callers take it back with depth--. */
  enter(): void { if (++this.depth > maxDepth) this.#tooDeep(); }
  /** Notes that a chain of else-ifs has n links. */
  elseIf(n: number): void { if (n > maxHeight) this.#tooDeep(); }
  /** Notes a tree of some height. */
  grown(height: number): void {
    this.height = height;
    if (height > maxHeight) this.#tooDeep();
  }
  #tooDeep(): void {
    if (this.tok === EOF) return;
    this.error('nesting too deep');
    this.stop();
  }

  // Tokens

  is(tok: number): boolean { return this.tok === tok; }
  got(tok: number): boolean {
    if (this.tok !== tok) return false;
    this.next();
    return true;
  }
  want(tok: number): void {
    if (this.got(tok)) return;
    this.syntaxError(`expected ${tokenText(tok)}`);
    this.advance();
  }
  /** `=`; a `:=` is taken for it after a complaint. */
  gotAssign(): boolean {
    if (this.tok === DEFINE) this.syntaxError('expected =');
    else if (this.tok !== ASSIGN) return false;
    this.next();
    return true;
  }

  /**
   * After an element of a list: consumes the separator, which is optional before
   * close. False if the list had to be given up.
   */
  separator(context: string, sep: number, close: number): boolean {
    if (this.got(sep) || this.tok === close) return true;
    this.syntaxError(`in ${context}; possibly missing ${tokenText(sep)} or ${tokenText(close)}`);
    this.advance(RPAREN, RBRACK, RBRACE);
    return this.tok === close;
  }
  /** The end of a list: consumes close and returns its position. */
  closeList(close: number): Pos {
    const pos = this.pos();
    this.want(close);
    return pos;
  }

  /** At the brace of a function's body: leaves the body for later, goes on after it. False if that cannot be. */
  postponeBody(d: FuncDecl): boolean {
    const from = this.start, body = new BlockStmt(this.pos());
    if (!this.lazyBodies || !this.skipBraces()) return false;
    body.rbrace = this.pos();
    this.next();
    body.end = this.endPos();
    d.body = body;
    d.lazy = new LazyBody(d, body, () => {
      this.seek(from);
      const { list } = funcBody(this);
      const problem = this.diagnostics[0] as Diagnostic | undefined;
      if (problem) throw new Error(`invalid body of ${d.name.value} in ${this.source.name}: ${problem.text}`);
      return list;
    });
    return true;
  }

  badExpr(): BadExpr {
    const x = new BadExpr(this.pos());
    x.end = x.pos;
    return x;
  }

  // Directives

  takePragma(): Pragma | null {
    const p = this.pragma;
    this.pragma = null;
    return p;
  }
  /** Complains about directives that reached something that takes none. */
  clearPragma(): void {
    if (this.pragma === null) return;
    this.pragmas.unused(this.pragma);
    this.pragma = null;
  }

  protected override onComment(span: CommentSpan): void {
    const text = this.slice(span.start, span.end);
    const pos = this.at(span.start);
    if (this.allComments) this.comments.push({ pos, end: this.at(span.end), text });
    const general = text.startsWith('/*');
    const body = general ? text.slice(2, -2) : text.endsWith('\r') ? text.slice(2, -1) : text.slice(2);
    if (body.startsWith('line ') && (general || span.start === 0 || this.src[span.start - 1] === 10)) {
      this.#lineDirective(body.slice(5), span.start + 7, general ? span.end : Math.min(span.end + 1, this.size));
      return;
    }
    if (general || !body.startsWith('go:')) return;
    if (this.top && body.startsWith('go:build')) this.goVersion = goVersion(text) ?? this.goVersion;
    this.pragma = this.pragmas.add(pos + 2, this.blankBefore(span.start), body, this.pragma);
  }

  /** `//line filename:line:col`: text is what follows "line ", at offset; the text from offset after on is renamed. */
  #lineDirective(text: string, offset: number, after: number): void {
    const i = text.lastIndexOf(':') + 1;
    if (i === 0) return;
    const bad = (what: string, from: number): void => this.errorAt(this.at(offset + utf8Length(text.slice(0, from))), `invalid ${what} number: ${text.slice(from)}`);
    const n = parseUint(text.slice(i));
    if (n === null) { bad('line', i); return; }
    let line = n, col = 0, filename = text.slice(0, i - 1), lineAt = i;
    const j = filename.lastIndexOf(':') + 1;
    const m = j > 0 ? parseUint(filename.slice(j)) : null;
    if (m !== null) {
      line = m;
      col = n;
      lineAt = j;
      if (col === 0 || col > posMax) { bad('column', i); return; }
      filename = filename.slice(0, j - 1);
    }
    if (line === 0 || line > posMax) {
      this.errorAt(this.at(offset + utf8Length(text.slice(0, lineAt))), `invalid line number: ${m !== null ? filenameTail(text, lineAt, i) : text.slice(lineAt)}`);
      return;
    }
    if (filename === '' && m !== null) filename = this.#lastLine?.filename ?? this.source.name;
    this.#lastLine = { filename };
    this.source.addDirective(this.original(after), filename, line, col);
  }
}

const posMax = 2 ** 30;
function filenameTail(text: string, from: number, colAt: number): string { return text.slice(from, colAt - 1); }
function parseUint(s: string): number | null { return /^[0-9]+$/.test(s) && BigInt(s) < 1n << 64n ? Number(s) : null; }
function utf8Length(s: string): number { return new TextEncoder().encode(s).length; }

/**
 * Parses one file, already added to the file set. Never throws; every complaint
 * is a diagnostic with gc's text at gc's position, in the order gc finds them.
 */
export function parseFile(_fset: FileSet, source: SourceFile, opts: ParseOptions = {}): ParseResult {
  const p = new Parser(source, opts);
  let file: File | null;
  try {
    p.next();
    file = fileOrNull(p);
  } catch (e) {
    // The host's stack may be nearly used up by whoever called: the same answer as for nesting too deep.
    if (!(e instanceof RangeError)) throw e;
    file = null;
    p.diagnostics.push({ code: 'Syntax', severity: 'error', range: { start: source.base, end: source.base }, text: 'program nests too deeply to be parsed' });
  }
  return { file, diagnostics: p.diagnostics, comments: p.comments, linknames: p.pragmas.linknames, directives: p.pragmas.any, groups: p.groups };
}
