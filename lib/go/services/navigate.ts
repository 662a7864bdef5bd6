/**
 * What a name means: its declaration in words (hover), where it is declared, where
 * it is used, and renaming it everywhere.
 *
 * A rename is tried before it is given: the edits are applied, the program is
 * checked again, and unless the same occurrences then mean one object and no new
 * error has appeared, the answer is the reason instead.
 */
import type { Pos } from '../../base/pos.ts';
import { stdPrefix, type SourceText } from '../program.ts';
import type * as ast from '../syntax/ast.ts';
import { children, exactRange } from '../syntax/walk.ts';
import type { Obj } from '../types/object.ts';
import { isValidName } from '../types/predicates.ts';
import { typeString } from '../types/typestring.ts';
import { unquote, valueString } from '../types/constant.ts';
import { analyse, names, pathAt, type AnalysedFile, type Analysis, type ServiceContext } from './analysis.ts';
import type { TextEdit } from './complete.ts';
import { declaration, declaredPos, documentation, layoutOf, packageDocumentation, qualifierFor, type Layout } from './describe.ts';

/** A stretch of a file in bytes. */
export interface Span { readonly file: string; readonly start: number; readonly end: number }

export interface Hover {
  readonly span: Span;
  /** Go text of the declaration, or the type of an expression. */
  readonly code: string;
  readonly doc: string;
  /** Of types and variables: the memory a value takes. */
  readonly layout: Layout | null;
  /** Where it is declared, in words for std (`strings`), null for the program's own. */
  readonly from: string | null;
}

/** What stands at a byte offset, in words; null for blank places. */
export function hover(files: readonly SourceText[], name: string, offset: number, ctx: ServiceContext): Hover | null {
  const a = analyse(files, ctx), file = a.files.find((f) => f.name === name);
  if (!file) return null;
  const path = pathAt(file, file.source.base + offset), at = path[path.length - 1];
  const span = spanOf(file, at);
  if (at.kind === 'BasicLit') {
    if (path[path.length - 2]?.kind === 'ImportDecl') {
      const p = unquote(at.value)?.bytes ?? '', std = ctx.base.load(p, ctx.provide);
      return std ? { span, code: `package ${std.pkg.name}`, doc: packageDocumentation(a.fset, std.files), layout: null, from: p } : null;
    }
    return at.tv?.type ? { span, code: `${typeString(at.tv.type, qualifierFor(a.pkg))}${at.tv.value ? ` = ${valueString(at.tv.value)}` : ''}`, doc: '', layout: null, from: null } : null;
  }
  if (at.kind !== 'Name') return null;
  const obj = objectOf(at, path, a);
  if (!obj) return null;
  const doc = obj.kind === 'PkgName' ? packageDocumentation(a.fset, ctx.base.packages.get(obj.imported.path)?.files ?? []) : documentation(a.fset, declaredPos(obj));
  const typed = obj.kind === 'Var' || obj.kind === 'TypeName' || obj.kind === 'Const';
  const inst = at.inst && obj.kind === 'Func' ? `\n${typeString(at.inst.type, qualifierFor(a.pkg))}` : '';
  const own = obj.pkg === null || obj.pkg === a.pkg;
  return { span, code: declaration(obj, a.pkg) + inst, doc, layout: typed && obj.type ? layoutOf(obj.type) : null, from: own ? null : obj.pkg!.path };
}

export interface Definition {
  readonly span: Span;
  /** Text of the declaration's lines when it lies in std; empty for the program's own files. */
  readonly peek: string;
}

/** Where the name at an offset is declared. */
export function definition(files: readonly SourceText[], name: string, offset: number, ctx: ServiceContext): Definition | null {
  const a = analyse(files, ctx), file = a.files.find((f) => f.name === name);
  if (!file) return null;
  const path = pathAt(file, file.source.base + offset), at = path[path.length - 1];
  if (at.kind !== 'Name') return null;
  const obj = objectOf(at, path, a);
  const pos = obj ? declaredPos(obj) : 0, source = pos > 0 ? a.fset.file(pos) : undefined;
  if (!obj || !source) return null;
  const start = pos - source.base;
  const span = { file: source.name, start, end: start + new TextEncoder().encode(obj.name).length };
  return { span, peek: source.name.startsWith(stdPrefix) ? declarationText(a, ctx, obj, pos) : '' };
}

/** The declaration around pos in a std package, with its comment; at most 60 lines. */
function declarationText(a: Analysis, ctx: ServiceContext, obj: Obj, pos: Pos): string {
  const pkg = obj.pkg ? ctx.base.packages.get(obj.pkg.path) : undefined;
  for (const f of pkg?.files ?? []) {
    if (pos < f.source.base || pos > f.source.base + f.source.size) continue;
    const d = f.declList.find((x) => x.pos <= pos && pos <= x.end);
    if (!d) return '';
    // A function's position is its name's: take the whole line.
    const from = f.source.lineStart(f.source.position(d.pos - f.source.base, true).line);
    const text = new TextDecoder().decode(f.source.text.subarray(from, d.end - f.source.base));
    const lines = text.split('\n'), doc = documentation(a.fset, pos);
    return `${doc === '' ? '' : `${doc.split('\n').map((l) => `// ${l}`).join('\n')}\n`}${lines.slice(0, 60).join('\n')}${lines.length > 60 ? '\n…' : ''}`;
  }
  return '';
}

/** All places of the program that mean what the name at an offset means, its declaration among them. */
export function references(files: readonly SourceText[], name: string, offset: number, ctx: ServiceContext): readonly Span[] {
  const a = analyse(files, ctx);
  return occurrences(a, name, offset)?.spans ?? [];
}

export type Rename = { readonly kind: 'edits'; readonly edits: readonly (TextEdit & { readonly file: string })[] } | { readonly kind: 'refused'; readonly why: RenameRefusal; readonly detail: string };
/** notAName: nothing to rename there; notYours: declared elsewhere; badName: newName is no identifier; conflict: the program would mean something else or not compile (detail says where). */
export type RenameRefusal = 'notAName' | 'notYours' | 'badName' | 'conflict';

/** Renames what the name at an offset means. */
export function rename(files: readonly SourceText[], name: string, offset: number, newName: string, ctx: ServiceContext): Rename {
  const a = analyse(files, ctx), found = occurrences(a, name, offset);
  if (!found) return { kind: 'refused', why: 'notAName', detail: '' };
  const pos = declaredPos(found.obj), source = pos > 0 ? a.fset.file(pos) : undefined;
  if (!source || !files.some((f) => f.name === source.name)) return { kind: 'refused', why: 'notYours', detail: found.obj.name };
  if (!isValidName(newName) || reserved.has(newName)) return { kind: 'refused', why: 'badName', detail: newName };
  if (newName === found.obj.name) return { kind: 'edits', edits: [] };
  const edits = found.spans.map((s) => ({ file: s.file, start: s.start, end: s.end, newText: newName }));
  const after = analyse(files.map((f) => ({ name: f.name, text: applied(f, edits) })), ctx);
  const fresh = after.errors.find((e) => !a.errors.some((o) => o.line === e.line && o.text.replaceAll(found.obj.name, newName) === e.text));
  if (fresh) return { kind: 'refused', why: 'conflict', detail: `${fresh.file}:${fresh.line}: ${fresh.text}` };
  const first = shifted(found.spans, 0, newName), now = occurrences(after, first.file, first.start);
  const same = now && now.spans.length === found.spans.length && now.spans.every((s, i) => { const w = shifted(found.spans, i, newName); return s.file === w.file && s.start === w.start; });
  if (!same) return { kind: 'refused', why: 'conflict', detail: newName };
  return { kind: 'edits', edits };
}

const reserved = new Set('break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(' '));

function applied(f: SourceText, edits: readonly (TextEdit & { readonly file: string })[]): string {
  let bytes = typeof f.text === 'string' ? new TextEncoder().encode(f.text) : f.text;
  for (const e of edits.filter((x) => x.file === f.name).sort((p, q) => q.start - p.start)) {
    const put = new TextEncoder().encode(e.newText), out = new Uint8Array(bytes.length - (e.end - e.start) + put.length);
    out.set(bytes.subarray(0, e.start));
    out.set(put, e.start);
    out.set(bytes.subarray(e.end), e.start + put.length);
    bytes = out;
  }
  return new TextDecoder().decode(bytes);
}

/** The i'th span after all spans got the new name. */
function shifted(spans: readonly Span[], i: number, newName: string): Span {
  const grow = new TextEncoder().encode(newName).length, s = spans[i];
  let by = 0;
  for (const o of spans) if (o.file === s.file && o.start < s.start) by += grow - (o.end - o.start);
  return { file: s.file, start: s.start + by, end: s.start + by + grow };
}

/** Names that mean the object at an offset, by file and place. */
function occurrences(a: Analysis, name: string, offset: number): { obj: Obj; spans: Span[] } | null {
  const file = a.files.find((f) => f.name === name);
  if (!file) return null;
  const path = pathAt(file, file.source.base + offset), at = path[path.length - 1];
  if (at.kind !== 'Name') return null;
  const obj = objectOf(at, path, a);
  if (!obj || obj.kind === 'Builtin' || obj.kind === 'Nil') return null;
  const group = sameThing(obj, a), spans: Span[] = [];
  for (const f of a.files) {
    const switches = guardNames(f);
    for (const n of names(f)) {
      const o = n.obj ?? switches.get(n)?.[0] ?? null;
      if (!o || n.value !== obj.name || n.value === '_') continue;
      if (group.has(canonical(o)) || switches.get(n)?.some((x) => group.has(canonical(x)))) spans.push(spanOf(f, n));
    }
  }
  return spans.length > 0 ? { obj, spans } : null;
}

/** The object a name denotes; of `switch x := …`, the variable of its first clause. */
function objectOf(n: ast.Name, path: readonly ast.Node[], a: Analysis): Obj | null {
  if (n.obj) return n.obj;
  const parent = path[path.length - 2];
  if (parent?.kind === 'TypeSwitchGuard' && parent.lhs === n) for (const f of a.files) { const s = guardNames(f).get(n); if (s) return s[0] ?? null; }
  return null;
}

/** Objects that are one thing to the reader: the variables of a type switch's clauses. */
function sameThing(obj: Obj, a: Analysis): ReadonlySet<Obj> {
  const c = canonical(obj);
  for (const f of a.files) for (const list of guardNames(f).values()) if (list.some((o) => canonical(o) === c)) return new Set(list.map(canonical));
  return new Set([c]);
}

/** Of instances, the declared object. */
function canonical(o: Obj): Obj {
  if ((o.kind === 'Var' || o.kind === 'Func') && o.origin) return o.origin;
  if (o.kind === 'TypeName' && o.type?.kind === 'Named') return o.type.decl();
  return o;
}

const guards = new WeakMap<ast.File, Map<ast.Name, Obj[]>>();
/** The symbol of each type switch with the variables its clauses declare. */
function guardNames(f: AnalysedFile): Map<ast.Name, Obj[]> {
  let m = guards.get(f.tree);
  if (m) return m;
  m = new Map();
  const into = m;
  const visit = (n: ast.Node): void => {
    if (n.kind === 'SwitchStmt' && n.tag?.kind === 'TypeSwitchGuard' && n.tag.lhs) into.set(n.tag.lhs, n.body.flatMap((c) => c.implicit ?? []));
    children(n, visit);
  };
  visit(f.tree);
  guards.set(f.tree, m);
  return m;
}

function spanOf(f: AnalysedFile, n: ast.Node): Span {
  const r = exactRange(n);
  return { file: f.name, start: r.start - f.source.base, end: r.end - f.source.base };
}
