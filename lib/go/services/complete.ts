/**
 * Completion: what could stand at the caret.
 *
 * The word at the caret is replaced by a name nobody uses, closing brackets that
 * the rest of the line lacks are added where that makes the text parse better, and
 * the program is checked as usual. Where the strange name then stands in the tree
 * says what is asked for: the selector of `x.` (members of x, or what package x
 * exports), a key in a struct literal (its fields), an import path, or anything
 * that is in scope there.
 */
import type * as ast from '../syntax/ast.ts';
import { parseFile } from '../syntax/parser.ts';
import { FileSet } from '../../base/pos.ts';
import type { SourceText } from '../program.ts';
import type { Obj } from '../types/object.ts';
import type { Package } from '../types/package.ts';
import { defaultType, identical, isUntyped } from '../types/predicates.ts';
import type { Scope } from '../types/scope.ts';
import type { Type } from '../types/type.ts';
import { typeString } from '../types/typestring.ts';
import { deref } from '../types/lookup.ts';
import { under } from '../types/under.ts';
import { universe } from '../types/universe.ts';
import { analyse, pathAt, type AnalysedFile, type Analysis, type ServiceContext } from './analysis.ts';
import { declaredPos, documentation, firstSentence, qualifierFor } from './describe.ts';
import { membersOf } from './members.ts';

export type ItemKind = 'function' | 'method' | 'variable' | 'constant' | 'type' | 'field' | 'package' | 'keyword' | 'builtin';
/** An edit in bytes of the file: [start, end) becomes newText. */
export interface TextEdit { readonly start: number; readonly end: number; readonly newText: string }
export interface CompletionItem {
  readonly label: string;
  readonly kind: ItemKind;
  /** Type or signature. */
  readonly detail: string;
  /** First sentence of the documentation. */
  readonly doc: string;
  /** Higher is likelier: −1 keywords and packages to import … 3 fits the type wanted here. */
  readonly rank: number;
  /** What else must change: the import of a package. */
  readonly also?: TextEdit;
}
/** items complete the bytes [from, to). */
export interface Completion { readonly from: number; readonly to: number; readonly items: readonly CompletionItem[] }

const caret = 'zZcaretZz';
const keywords = 'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(' ');
const wordByte = (b: number): boolean => (b >= 48 && b <= 57) || (b >= 65 && b <= 90) || b === 95 || (b >= 97 && b <= 122) || b >= 0x80;

/** What may stand at a byte offset of a file; null where nothing is completed (comments, strings, numbers). */
export function complete(files: readonly SourceText[], name: string, offset: number, ctx: ServiceContext): Completion | null {
  const found = files.find((f) => f.name === name);
  if (!found) return null;
  const bytes = typeof found.text === 'string' ? new TextEncoder().encode(found.text) : found.text;
  let from = Math.min(offset, bytes.length), to = from;
  while (from > 0 && wordByte(bytes[from - 1])) from--;
  while (to < bytes.length && wordByte(bytes[to])) to++;
  const decode = (a: number, b: number): string => new TextDecoder().decode(bytes.subarray(a, b));
  const importPath = importAt(decode(0, offset));
  if (importPath) return { from: offset - importPath.length + 1, to: offset, items: (ctx.stdPaths ?? []).filter(isPublic).map((p) => ({ label: p, kind: 'package', detail: '', doc: '', rank: 0 })) };
  if (from < to && bytes[from] >= 48 && bytes[from] <= 57) return null;

  const head = decode(0, from), tail = decode(to, bytes.length);
  const text = repaired(head, tail);
  const a = analyse(files.map((f) => (f.name === name ? { name, text } : f)), ctx);
  const file = a.files.find((f) => f.name === name);
  if (!file) return from < to || offset === 0 ? { from, to, items: ['package'].map(keywordItem) } : null;
  const pos = file.source.base + from;
  if (file.comments.some((c) => c.pos < pos && pos < c.end)) return null;
  const path = pathAt(file, pos + 1), at = path[path.length - 1];
  if (at.kind === 'BasicLit' || at.kind !== 'Name' || at.value !== caret) return at.kind === 'BasicLit' ? null : { from, to, items: keywords.map(keywordItem) };
  const parent = path[path.length - 2];
  const show = new Shower(a, file, wanted(path, at));
  if (parent?.kind === 'SelectorExpr' && parent.sel === at) return { from, to, items: selectable(parent, file, a, show, ctx) };
  if (parent?.kind === 'ImportDecl' || (parent?.kind === 'File')) return { from, to, items: [] };
  if (declares(parent, at)) return null;
  const items = [...fieldKeys(path, at, a, show), ...inScope(file, pos, a, show)];
  if (!(parent?.kind === 'KeyValueExpr')) items.push(...keywords.map(keywordItem));
  items.push(...toImport(file, items, ctx));
  return { from, to, items };
}

const keywordItem = (label: string): CompletionItem => ({ label, kind: 'keyword', detail: '', doc: '', rank: -1 });
const isPublic = (p: string): boolean => !p.split('/').includes('internal');

/** The open string of an import that text ends in, from its quote; null elsewhere. */
function importAt(text: string): string | null {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  const m = /^\s*(?:import\s+)?(?:[\w.]+\s+)?("[^"]*)$/.exec(line);
  if (!m) return null;
  if (/^\s*import\s/.test(line)) return m[1];
  const open = text.lastIndexOf('import ('), close = text.indexOf(')', open);
  return open >= 0 && close < 0 ? m[1] : null;
}

/** The text with the strange name, and closers that the rest of its line lacks if that leaves fewer syntax errors. */
function repaired(head: string, tail: string): string {
  const plain = head + caret + tail;
  const errors = (t: string): number => { const s = new FileSet(); return parseFile(s, s.add('x.go', t)).diagnostics.length; };
  const n = errors(plain);
  if (n === 0) return plain;
  const line = head.slice(head.lastIndexOf('\n') + 1), rest = tail.slice(0, (tail + '\n').indexOf('\n'));
  const open: string[] = [];
  for (const c of line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '') + rest.replace(/"(?:[^"\\]|\\.)*"/g, '')) {
    if (c === '(') open.push(')'); else if (c === '[') open.push(']'); else if (c === '{') open.push('}');
    else if (c === ')' || c === ']' || c === '}') open.pop();
  }
  const closers = open.filter((c) => c !== '}').reverse().join('');
  // A header (`if x.`, `for … range x.`) is not complete without its block, nor `case x.` without its colon.
  const endings = [closers, `${closers} {}`, `${closers} {`, `${closers}:`, `${closers}}`, `${closers}()`];
  let best = plain, least = n;
  for (const e of endings) {
    const t = head + caret + rest + e + tail.slice(rest.length), k = errors(t);
    if (k < least) { best = t; least = k; }
  }
  return best;
}

/** The name is being declared: nothing that exists is wanted. */
function declares(parent: ast.Node | undefined, at: ast.Name): boolean {
  switch (parent?.kind) {
    case 'Field': return parent.name === at && parent.type !== at;
    case 'FuncDecl': case 'TypeDecl': return parent.name === at;
    case 'VarDecl': case 'ConstDecl': return parent.nameList.includes(at);
    default: return false;
  }
}

/** The type an expression at the caret should have, where the surroundings say so. */
function wanted(path: readonly ast.Node[], at: ast.Node): Type | null {
  for (let i = path.length - 2; i >= 0; i--) {
    const p = path[i], child = path[i + 1] ?? at;
    if (p.kind === 'SelectorExpr' || p.kind === 'ParenExpr') continue;
    if (p.kind === 'CallExpr') {
      const k = p.argList.findIndex((x) => x === child), t = p.fun.tv?.type ? under(p.fun.tv.type) : null;
      if (k < 0 || t?.kind !== 'Signature') return null;
      const n = t.params.length;
      if (t.variadic && k >= n - 1) { const last = t.params.at(n - 1).type; return last.kind === 'Slice' ? last.elem : null; }
      return k < n ? t.params.at(k).type : null;
    }
    if (p.kind === 'AssignStmt') return p.op === ':=' || p.rhs !== child ? null : (p.lhs.tv?.type ?? null);
    if (p.kind === 'Operation') { const other = p.x === child ? p.y : p.x; const t = other?.tv?.type; return t && !isUntyped(t) ? t : null; }
    return null;
  }
  return null;
}

/** Makes items of objects. */
class Shower {
  constructor(readonly a: Analysis, readonly file: AnalysedFile, readonly want: Type | null) {}
  item(obj: Obj, rank: number, kind?: ItemKind): CompletionItem {
    const qf = qualifierFor(this.a.pkg), t = obj.type;
    const detail = obj.kind === 'PkgName' ? obj.imported.path : obj.kind === 'Builtin' || obj.kind === 'Nil' || obj.kind === 'Label' || !t ? '' : obj.kind === 'TypeName' ? short(typeString(under(t), qf)) : short(typeString(t, qf));
    return { label: obj.name, kind: kind ?? kindOf(obj), detail, doc: firstSentence(documentation(this.a.fset, declaredPos(obj))), rank: this.#fits(obj) ? 3 : rank };
  }
  #fits(obj: Obj): boolean {
    if (!this.want || !obj.type || (obj.kind !== 'Var' && obj.kind !== 'Const' && obj.kind !== 'Func')) return false;
    if (identical(defaultType(obj.type), this.want)) return true;
    const sig = obj.kind === 'Func' ? obj.signature : null;
    return sig !== null && sig.results.length === 1 && identical(sig.results.at(0).type, this.want);
  }
}

const short = (s: string): string => (s.length > 120 ? `${s.slice(0, 119)}…` : s);
function kindOf(o: Obj): ItemKind {
  switch (o.kind) {
    case 'PkgName': return 'package';
    case 'Const': case 'Nil': return 'constant';
    case 'TypeName': return 'type';
    case 'Var': return o.isField ? 'field' : 'variable';
    case 'Func': return o.signature.recv ? 'method' : 'function';
    case 'Builtin': return 'builtin';
    case 'Label': return 'variable';
  }
}

/** What may follow the dot of x. */
function selectable(sel: ast.SelectorExpr, file: AnalysedFile, a: Analysis, show: Shower, ctx: ServiceContext): CompletionItem[] {
  const x = sel.x;
  if (x.kind === 'Name' && x.obj?.kind === 'PkgName') return exportsOf(x.obj.imported, show);
  const tv = x.tv;
  if (x.kind === 'Name' && (!x.obj || !tv?.type)) {
    // A package that is not imported yet.
    for (const path of ctx.stdPaths ?? []) {
      if (!isPublic(path) || lastElement(path) !== x.value) continue;
      const std = ctx.base.load(path, ctx.provide);
      if (std) { const also = importEdit(file, path); return exportsOf(std.pkg, show).map((i) => ({ ...i, also })); }
    }
    return [];
  }
  if (!tv?.type) return [];
  if (tv.mode === 'typexpr') return membersOf(tv.type, false, a.pkg).filter((m) => m.obj.kind === 'Func').map((m) => show.item(m.obj, 1));
  return membersOf(tv.type, tv.mode === 'variable' || deref(tv.type)[1], a.pkg).map((m) => show.item(m.obj, Math.max(2 - m.depth, 0)));
}

function exportsOf(pkg: Package, show: Shower): CompletionItem[] {
  return pkg.scope.names().filter((n) => /^\p{Lu}/u.test(n)).map((n) => show.item(pkg.scope.lookup(n)!, 1));
}

/** Fields of the struct literal whose key (or first word) is asked for. */
function fieldKeys(path: readonly ast.Node[], at: ast.Name, a: Analysis, show: Shower): CompletionItem[] {
  let i = path.length - 2;
  if (path[i]?.kind === 'KeyValueExpr') { if ((path[i] as ast.KeyValueExpr).key !== at) return []; i--; }
  const lit = path[i];
  if (lit?.kind !== 'CompositeLit' || !lit.tv?.type) return [];
  const u = under(deref(lit.tv.type)[0]);
  if (u.kind !== 'Struct') return [];
  const used = new Set(lit.elemList.flatMap((e) => (e.kind === 'KeyValueExpr' && e.key.kind === 'Name' ? [e.key.value] : [])));
  return u.fields.filter((f) => !used.has(f.name) && (f.exported || f.pkg === a.pkg)).map((f) => show.item(f, 3));
}

/** Everything visible at a position, inner scopes first. */
function inScope(file: AnalysedFile, pos: number, a: Analysis, show: Shower): CompletionItem[] {
  let inner: Scope = a.pkg.scope, size = Infinity;
  for (const s of a.info.scopes.values()) if (s.pos > 0 && s.pos <= pos && pos <= s.end && s.end - s.pos < size) { inner = s; size = s.end - s.pos; }
  const out: CompletionItem[] = [], seen = new Set<string>();
  const fileScope = a.info.scopes.get(file.tree);
  const chain: Scope[] = [];
  for (let s: Scope | null = inner; s; s = s.parent) chain.push(s);
  if (fileScope && !chain.includes(fileScope)) chain.push(fileScope);
  if (!chain.includes(universe())) chain.push(universe());
  for (const s of chain) {
    const local = s !== a.pkg.scope && s !== universe() && s !== fileScope;
    for (const n of s.names()) {
      if (n === '_' || n === caret || n === 'init' || seen.has(n)) continue;
      const o = s.lookup(n)!;
      if (local && o.scopePos > pos) continue;
      seen.add(n);
      out.push(show.item(o, local ? 2 : s === universe() ? 0 : 1));
    }
  }
  return out;
}

/** Packages of std not imported yet, with the edit that imports them. */
function toImport(file: AnalysedFile, have: readonly CompletionItem[], ctx: ServiceContext): CompletionItem[] {
  const known = new Set(have.map((i) => i.label));
  return (ctx.stdPaths ?? []).filter((p) => isPublic(p) && !known.has(lastElement(p)) && ctx.provide(p)).map((p) => ({ label: lastElement(p), kind: 'package', detail: p, doc: '', rank: -1, also: importEdit(file, p) }));
}

/** math/rand/v2 is package rand. */
function lastElement(path: string): string {
  const parts = path.split('/');
  return /^v\d+$/.test(parts[parts.length - 1]) && parts.length > 1 ? parts[parts.length - 2] : parts[parts.length - 1];
}

/** The edit that imports path: into the first parenthesised group, behind the last import, or below the package clause. */
export function importEdit(file: AnalysedFile, path: string): TextEdit {
  const imports = file.tree.declList.filter((d) => d.kind === 'ImportDecl'), base = file.source.base;
  const grouped = imports.filter((d) => d.group !== null);
  const at = (n: { readonly end: number }): number => n.end - base;
  if (grouped.length > 0) {
    const before = grouped.filter((d) => d.path !== null && d.path.value.slice(1, -1) < path).pop();
    if (before) return { start: at(before), end: at(before), newText: `\n\t"${path}"` };
    const first = grouped[0], start = (first.localPkgName ?? first.path ?? first).pos - base;
    return { start, end: start, newText: `"${path}"\n\t` };
  }
  const last = imports[imports.length - 1];
  if (last) return { start: at(last), end: at(last), newText: `\nimport "${path}"` };
  const clause = file.tree.pkgName.end - base;
  return { start: clause, end: clause, newText: `\n\nimport "${path}"` };
}
