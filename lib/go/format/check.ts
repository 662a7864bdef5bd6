/**
 * What formatting must not change: the tokens and the words of the comments.
 *
 * Left out of the comparison is what a formatter may add or take away: semicolons,
 * parentheses without need, commas before a closing bracket, the spelling of numbers,
 * the order of imports, and of comments their white space and list marks.
 */
import { Scanner, type CommentSpan } from '../syntax/scanner.ts';
import { COMMA, EOF, IMPORT, LBRACE, LPAREN, NAME, RBRACE, RBRACK, RPAREN, SEMI } from '../syntax/token.ts';
import { number } from './source.ts';

class Tokens extends Scanner {
  readonly comments: string[] = [];
  constructor(text: Uint8Array) {
    super(text);
    this.allComments = true;
  }
  protected override onComment(span: CommentSpan): void { this.comments.push(this.slice(span.start, span.end)); }
}

/** Tokens that count, those of imports sorted and without repetition, and the words of comments. */
function essence(text: Uint8Array): { tokens: string[]; words: string[] } {
  const s = new Tokens(text), tokens: string[] = [];
  let comma = false, imports: string[] | null = null, top = true;
  for (s.next(); s.tok !== EOF; s.next()) {
    if (s.tok === SEMI || s.tok === LPAREN || s.tok === RPAREN) {
      if (s.tok === RPAREN) comma = false;
      continue;
    }
    if (comma && s.tok !== RBRACE && s.tok !== RBRACK) tokens.push(',');
    comma = s.tok === COMMA;
    if (comma) continue;
    let t = s.slice(s.start, s.tokEnd);
    if (t.includes('\r')) t = t.replaceAll('\r', '');
    if (/^\.?[0-9]/.test(t)) t = number(t);
    if (top && s.tok === IMPORT) imports ??= [];
    else if (imports !== null && /^["`]/.test(t)) imports.push(t);
    else if (imports !== null && top && (s.tok === NAME || t === '.')) imports.push(t);
    else {
      if (imports !== null) tokens.push(...new Set(imports.sort()));
      imports = null;
      if (s.tok === LBRACE) top = false;
      tokens.push(t);
    }
  }
  if (imports !== null) tokens.push(...new Set(imports.sort()));
  const words: string[] = [];
  for (const c of s.comments) {
    if (/^\/\/(go:build|\s*\+build)\s/.test(c)) continue;
    for (const w of c.replace(/^\/\/|^\/\*|\*\/$/g, '').replace(/``/g, '“').replace(/''/g, '”').split(/[\s\0]+/)) if (!/^([-*+•#=]*|[0-9]+[.)])$/.test(w)) words.push(w);
  }
  return { tokens, words: words.sort() };
}

/** What b has otherwise than a, null if both are the same program with the same comments. */
export function difference(a: Uint8Array, b: Uint8Array): string | null {
  const x = essence(a), y = essence(b);
  for (const [what, from, to] of [['token', x.tokens, y.tokens], ['comment', x.words, y.words]] as const) {
    const n = Math.max(from.length, to.length);
    for (let i = 0; i < n; i++) if (from[i] !== to[i]) return `${what} changed: ${from[i] ?? 'none'} to ${to[i] ?? 'none'}`;
  }
  return null;
}
