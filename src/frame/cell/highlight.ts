/**
 * Colours for code that is not being edited. A page may show hundreds of cells and
 * one editor; the others are text with four kinds of token, found by one regular
 * expression per language. It never fails: what it does not know is plain.
 */
import type { CellMode } from '../../../lib/notebook/document.ts';

export type TokenType = 'comment' | 'string' | 'number' | 'keyword' | 'tag' | 'heading';
export interface Token { readonly from: number; readonly to: number; readonly type: TokenType; }

const words = (s: string): ReadonlySet<string> => new Set(s.split(' '));
const goWords = words('break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var');
const jsWords = words('await async break case catch class const continue debugger default delete do else export extends finally for from function get if import in instanceof let new of return set static super switch this throw try typeof var void while with yield null true false undefined interface type enum implements readonly as satisfies');

const goRule = /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|("(?:[^"\\\n]|\\.)*(?:"|$|(?=\n))|`[^`]*(?:`|$)|'(?:[^'\\\n]|\\.)*(?:'|$|(?=\n)))|((?<![\w.])(?:0[xX][\da-fA-F_.]+(?:[pP][+-]?\d+)?|0[bBoO][\d_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?)i?)|([A-Za-z_]\w*)/g;
const jsRule = /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|("(?:[^"\\\n]|\\.)*(?:"|$|(?=\n))|'(?:[^'\\\n]|\\.)*(?:'|$|(?=\n))|`(?:[^`\\]|\\[\s\S])*(?:`|$))|((?<![\w.$])(?:0[xXbBoO][\da-fA-F_]+n?|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?n?))|([A-Za-z_$][\w$]*)/g;
const htmlRule = /(<!--[\s\S]*?(?:-->|$))|("[^"<>]*"(?=[^<>]*>))|(<\/?[A-Za-z][\w-]*|\/?>)/g;
const mdRule = /(^#{1,6} [^\n]*)|(`[^`\n]+`|^```[\s\S]*?(?:^```|$(?![\s\S])))/gm;

/** The coloured parts of a source, in order and disjoint. */
export function tokens(text: string, mode: CellMode): Token[] {
  const out: Token[] = [];
  const add = (m: RegExpMatchArray, type: TokenType): void => { out.push({ from: m.index!, to: m.index! + m[0].length, type }); };
  if (mode === 'md') { for (const m of text.matchAll(mdRule)) add(m, m[1] !== undefined ? 'heading' : 'string'); return out; }
  if (mode === 'html') { for (const m of text.matchAll(htmlRule)) add(m, m[1] !== undefined ? 'comment' : m[2] !== undefined ? 'string' : 'tag'); return out; }
  const known = mode === 'go' ? goWords : jsWords;
  for (const m of text.matchAll(mode === 'go' ? goRule : jsRule)) {
    if (m[1] !== undefined) add(m, 'comment');
    else if (m[2] !== undefined) add(m, 'string');
    else if (m[3] !== undefined) add(m, 'number');
    else if (known.has(m[4])) add(m, 'keyword');
  }
  return out;
}

/** The source as lines of spans: [text, type]. */
export function highlightLines(text: string, mode: CellMode): [string, TokenType | ''][][] {
  const lines: [string, TokenType | ''][][] = [[]];
  const put = (s: string, type: TokenType | ''): void => {
    const parts = s.split('\n');
    parts.forEach((p, i) => { if (i > 0) lines.push([]); if (p !== '') lines[lines.length - 1].push([p, type]); });
  };
  let at = 0;
  for (const t of tokens(text, mode)) { put(text.slice(at, t.from), ''); put(text.slice(t.from, t.to), t.type); at = t.to; }
  put(text.slice(at), '');
  return lines;
}
