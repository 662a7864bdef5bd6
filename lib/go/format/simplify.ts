/**
 * gofmt -s: shorter ways to write the same, as cuts in the source before it is laid out.
 *
 *   []T{T{1}}  []*T{&T{1}}  map[K]V{K{}: V{}}   element types that the literal's own type tells
 *   s[a:len(s)]                                 where s is a name
 *   for x, _ = range v, for _ = range v         blank variables of a range
 *   var ( )                                     declarations of nothing
 *
 * Types are compared by their tokens, as they are written. What comments stand in is
 * left alone.
 */
import type * as A from '../syntax/ast.ts';
import { children, startPos } from '../syntax/walk.ts';
import type { Comment } from '../syntax/parser.ts';
import { Scanner } from '../syntax/scanner.ts';
import { EOF, SEMI } from '../syntax/token.ts';

/** The source without what can go; null if nothing can. */
export function simplify(bytes: Uint8Array, file: A.File, comments: readonly Comment[], base: number): Uint8Array | null {
  const cuts: [number, number][] = [];
  const text = (from: number, to: number): string => latin1.decode(bytes.subarray(from - base, to - base));
  const cut = (from: number, to: number): boolean => {
    if (comments.some((c) => c.pos < to && c.end > from)) return false;
    cuts.push([from - base, to - base]);
    return true;
  };
  /** An element (or key) of a literal whose type says that it is a `type`. */
  const element = (type: A.Expr, x: A.Expr): void => {
    visit(x);
    if (x.kind === 'CompositeLit') {
      if (x.type !== null && same(text, type, x.type)) cut(startPos(x), x.type.end);
    } else if (type.kind === 'Operation' && type.op === '*' && type.y === null && x.kind === 'Operation' && x.op === '&' && x.y === null && x.x.kind === 'CompositeLit') {
      const lit = x.x;
      if (lit.type !== null && same(text, type.x, lit.type)) cut(x.pos, lit.type.end);
    }
  };
  const visit = (n: A.Node): void => {
    switch (n.kind) {
      case 'CompositeLit': {
        const t = n.type;
        const elem = t?.kind === 'ArrayType' || t?.kind === 'SliceType' ? t.elem : t?.kind === 'MapType' ? t.value : null;
        if (elem === null) break;
        for (const x of n.elemList) {
          if (x.kind !== 'KeyValueExpr') element(elem, x);
          else {
            if (t?.kind === 'MapType') element(t.key, x.key);
            element(elem, x.value);
          }
        }
        return;
      }
      case 'SliceExpr': {
        const [, high, max] = n.index;
        if (max === null && n.x.kind === 'Name' && high?.kind === 'CallExpr' && !high.hasDots && high.argList.length === 1 && high.fun.kind === 'Name' && high.fun.value === 'len') {
          const [arg] = high.argList;
          if (arg.kind === 'Name' && arg.value === n.x.value) cut(startPos(high), high.end);
        }
        break;
      }
      case 'RangeClause': range(n); break;
      default:
    }
    children(n, visit);
  };
  const range = (n: A.RangeClause): void => {
    const list = n.lhs?.kind === 'ListExpr' ? n.lhs.elemList : n.lhs ? [n.lhs] : [];
    const blank = list.map((x) => x.kind === 'Name' && x.value === '_');
    if (list.length === 0 || list.length > 2 || !blank[list.length - 1]) return;
    if (list.length === 2 && !blank[0]) cut(list[0].end, list[1].end);
    else {
      const end = list[list.length - 1].end, m = /^\s*:?=\s*(?=range\b)/.exec(text(end, Math.min(end + 200, base + bytes.length)));
      if (m) cut(startPos(list[0]), end + m[0].length);
    }
  };
  visit(file);
  emptyGroups(bytes, (from, to) => { if (!documented(bytes, from, comments, base)) cut(from + base, to + base); });
  if (cuts.length === 0) return null;
  cuts.sort((a, b) => a[0] - b[0]);
  const out = new Uint8Array(bytes.length);
  let at = 0, from = 0;
  for (const [start, end] of cuts) {
    if (start < from) continue;
    out.set(bytes.subarray(from, start), at);
    at += start - from;
    from = end;
  }
  out.set(bytes.subarray(from), at);
  return out.slice(0, at + bytes.length - from);
}
const latin1 = new TextDecoder('latin1');

/** Are two types written with the same tokens? */
function same(text: (from: number, to: number) => string, a: A.Expr, b: A.Expr): boolean {
  const tokens = (x: A.Expr): string => {
    const s = new Scanner(new TextEncoder().encode(text(startPos(x), x.end)));
    let out = '';
    for (s.next(); s.tok !== EOF; s.next()) if (s.tok !== SEMI) out += `${s.tokenSource} `;
    return out;
  };
  return tokens(a) === tokens(b);
}

/** Does a comment stand on the line before? */
function documented(bytes: Uint8Array, at: number, comments: readonly Comment[], base: number): boolean {
  return comments.some((c) => c.end - base <= at && /^[ \t\r]*\n?[ \t\r]*$/.test(latin1.decode(bytes.subarray(c.end - base, at))));
}

/** Finds `var ( )` and the like outside of all brackets. */
function emptyGroups(bytes: Uint8Array, found: (from: number, to: number) => void): void {
  const s = new Scanner(bytes);
  let depth = 0, start = -1, state = 0;
  for (s.next(); s.tok !== EOF; s.next()) {
    const t = s.tokenSource;
    if (depth === 0 && /^(const|var|type|import)$/.test(t)) { start = s.start; state = 1; continue; }
    if (state === 1 && t === '(') state = 2;
    else if (state === 2 && t === ')') { found(start, s.tokEnd); state = 0; }
    else state = 0;
    if (/^[([{]$/.test(t)) depth++;
    else if (/^[)\]}]$/.test(t)) depth--;
  }
}
