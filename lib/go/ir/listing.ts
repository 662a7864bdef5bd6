/**
 * IR as lines a person can read: Go-like, one statement a line, blocks indented,
 * each line with its place, and what inlining put there marked with the function
 * it comes from. Conditions and values are printed as gc's diagnostics print them;
 * an inlined call stands as its body before the statement that uses its results,
 * a function literal's body follows the statement it is written in.
 */
import type { FileSet, Pos } from '../../base/pos.ts';
import type { Func, InlinedCallExpr, Node, Stmt } from './nodes.ts';
import { nodeText, nameText, type PrintContext } from './print.ts';
import { typeText } from './typetext.ts';
import { doChildren } from './visit.ts';

export interface ListingLine {
  readonly indent: number;
  readonly text: string;
  readonly pos: Pos;
  /** Functions this line was inlined from, outermost first; empty: written here. */
  readonly inlined: readonly string[];
}

/** The lines of a function; at most max, then one line that says how many are missing. */
export function listing(fset: FileSet, fn: Func, ctx: PrintContext, max = 2000): ListingLine[] {
  const out: ListingLine[] = [];
  let dropped = 0;
  const stack: string[] = [];
  const put = (indent: number, text: string, pos: Pos): void => {
    if (out.length >= max) { dropped++; return; }
out.push({ indent, text, pos, inlined: stack.slice() });
  };
  const text = (n: Node | undefined): string => nodeText(n, ctx);
  const block = (indent: number, list: readonly Stmt[]): void => { for (const s of list) stmt(indent, s); };
  /** What has to be listed beside an expression: bodies inlined in it, then literals in it. */
  const beside = (n: Node | undefined, inlined: InlinedCallExpr[], literals: Func[]): void => {
    if (!n) return;
    if (n.op === 'OINLCALL') { inlined.push(n); return; }
    if (n.op === 'OCLOSURE') { literals.push(n.func); return; }
    below(n, inlined, literals);
  };
  const below = (n: Node, inlined: InlinedCallExpr[], literals: Func[]): void => doChildren(n, (c) => { if (!n.init?.includes(c as Stmt)) beside(c, inlined, literals); });
  const before = (indent: number, ns: readonly (Node | undefined)[]): Func[] => {
    const inlined: InlinedCallExpr[] = [], literals: Func[] = [];
    for (const n of ns) beside(n, inlined, literals);
    for (const c of inlined) call(indent, c);
    return literals;
  };
  const after = (indent: number, literals: readonly Func[]): void => {
    for (const f of literals) {
      put(indent, `func literal ${f.sym} {`, f.closurePos || f.pos);
      block(indent + 1, f.body);
      put(indent, '}', f.endPos || f.pos);
    }
  };
  const call = (indent: number, c: InlinedCallExpr): void => {
    put(indent, `{ // inlined ${nameText(c.func.nname, ctx)}`, c.pos);
    stack.push(nameText(c.func.nname, ctx));
    block(indent + 1, c.init ?? []);
    block(indent + 1, c.body);
    stack.pop();
    put(indent, '}', c.pos);
  };
  const simple = (indent: number, n: Stmt, ...parts: (Node | undefined)[]): void => {
    const literals = before(indent, parts);
    // What was a return of an inlined function has the call's place; its value knows better.
    const value = n.op === 'OAS' ? n.y : n.op === 'OAS2' ? n.rhs[0] : undefined;
    put(indent, text(n), value && fset.inlineStack(n.pos).length < fset.inlineStack(value.pos).length ? value.pos : n.pos);
    after(indent + 1, literals);
  };
  const head = (indent: number, pos: Pos, line: string, ...parts: (Node | undefined)[]): void => {
    const literals = before(indent, parts);
    put(indent, line, pos);
    after(indent + 1, literals);
  };
  const stmt = (indent: number, n: Stmt): void => {
    if (n.init && n.op !== 'OFOR' && n.op !== 'OINLCALL') block(indent, n.init);
    switch (n.op) {
      case 'OINLMARK': return;
      case 'ODCL': put(indent, `var ${nameText(n.x, ctx)} ${typeText(n.x.shaped ?? n.x.type, ctx)}`, n.pos); return;
      case 'OBLOCK': block(indent, n.list); return;
      case 'OAS2': if (n.lhs.length > 0) simple(indent, n, n); return;
      case 'OINLCALL': call(indent, n); return;
      case 'OLABEL': put(Math.max(0, indent - 1), `${n.label}:`, n.pos); return;
      case 'OIF':
        head(indent, n.pos, `if ${text(n.cond)} {`, n.cond);
        block(indent + 1, n.body);
        if (n.els.length > 0) {
          put(indent, '} else {', n.pos);
          block(indent + 1, n.els);
        }
        put(indent, '}', n.pos);
        return;
      case 'OFOR': {
        block(indent, n.init ?? []);
        const post = n.post ? text(n.post) : '';
        head(indent, n.pos, `${n.label ? `${n.label}: ` : ''}for ${n.cond || post ? `; ${n.cond ? text(n.cond) : ''}; ${post} ` : ''}{`, n.cond, n.post);
        block(indent + 1, n.body);
        put(indent, '}', n.pos);
        return;
      }
      case 'ORANGE': {
        const vars = [n.key, n.value].filter((v) => v !== undefined).map(text).join(', ');
        head(indent, n.pos, `${n.label ? `${n.label}: ` : ''}for ${vars ? `${vars} ${n.def ? ':=' : '='} ` : ''}range ${text(n.x)} {`, n.x);
        block(indent + 1, n.body);
        put(indent, '}', n.pos);
        return;
      }
      case 'OSWITCH': {
        const tag = n.tag?.op === 'OTYPESW' ? `${n.tag.tag ? `${n.tag.tag} := ` : ''}${text(n.tag.x)}.(type) ` : n.tag ? `${text(n.tag)} ` : '';
        head(indent, n.pos, `switch ${tag}{`, n.tag);
        for (const c of n.cases) {
          put(indent, c.list.length > 0 ? `case ${c.list.map(text).join(', ')}:` : 'default:', c.pos);
          block(indent + 1, c.body);
        }
        put(indent, '}', n.pos);
        return;
      }
      case 'OSELECT':
        put(indent, 'select {', n.pos);
        for (const c of n.cases) {
          put(indent, c.comm ? `case ${text(c.comm)}:` : 'default:', c.pos);
          block(indent + 1, c.body);
        }
        put(indent, '}', n.pos);
        return;
      default: simple(indent, n, n);
    }
  };
  const params = fn.params.map((p) => `${nameText(p, ctx)} ${typeText(p.shaped ?? p.type, ctx)}`).join(', ');
  const results = fn.results.map((p) => `${nameText(p, ctx)} ${typeText(p.shaped ?? p.type, ctx)}`).join(', ');
  put(0, `func ${fn.sym}(${params})${results ? ` (${results})` : ''} {`, fn.pos);
  block(1, fn.body);
  put(0, '}', fn.endPos || fn.pos);
  if (dropped > 0) out.push({ indent: 0, text: `… ${dropped} more lines`, pos: 0, inlined: [] });
  return out;
}
