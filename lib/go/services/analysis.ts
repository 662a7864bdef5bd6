/**
 * Programs while they are being typed: parsed and checked however broken they are.
 *
 * The compiler's path stops at the first phase with errors, because what follows
 * would mean nothing. An editor must answer in the middle of a word, so here every
 * file that has a package clause is checked, whatever the parser complained about:
 * the tree keeps BadExpr where nothing could be read, and the checker annotates the
 * rest. Diagnostics are counted (rename compares them), not shown: verdicts come
 * from the compiler's path.
 *
 * Offsets in this room are UTF-8 byte offsets into a file's text, as everywhere in
 * lib; text.ts converts from and to the UTF-16 offsets of editors.
 */
import type { FileSet, Pos, SourceFile } from '../../base/pos.ts';
import type { GoVersion } from '../../base/version.ts';
import { stdPrefix, type Base, type PackageProvider, type SourceText, importsOf } from '../program.ts';
import { readHeader } from '../header.ts';
import type * as ast from '../syntax/ast.ts';
import { children, startPos } from '../syntax/walk.ts';
import { parseFile, type Comment } from '../syntax/parser.ts';
import { checkFiles } from '../types/check_files.ts';
import type { Info } from '../types/info.ts';
import type { Package } from '../types/package.ts';
import { unsafePkg } from '../types/universe.ts';

/** What the services of one program share. */
export interface ServiceContext {
  readonly provide: PackageProvider;
  /** Std packages, kept checked between questions. Its builds must not be in use while a question is answered. */
  readonly base: Base;
  readonly goVersion: GoVersion;
  /** Import paths offered for completion. */
  readonly stdPaths?: readonly string[];
}

export interface AnalysedFile { readonly name: string; readonly source: SourceFile; readonly tree: ast.File; readonly comments: readonly Comment[] }

export interface Analysis {
  readonly fset: FileSet;
  readonly files: readonly AnalysedFile[];
  readonly pkg: Package;
  readonly info: Info;
  readonly syntaxErrors: number;
  /** Texts of all errors, with their lines. */
  readonly errors: readonly { readonly file: string; readonly line: number; readonly text: string }[];
}

/** Parses and checks the files of a main package as far as that goes. Files without a package clause are left out. */
export function analyse(files: readonly SourceText[], ctx: ServiceContext): Analysis {
  const loaded = new Map<string, Package>();
  const load = (path: string, open: ReadonlySet<string>): Package | undefined => {
    if (path === 'unsafe') return unsafePkg() ?? undefined;
    const have = loaded.get(path);
    if (have) return have;
    const std = ctx.base.load(path, ctx.provide);
    if (std) { loaded.set(path, std.pkg); return std.pkg; }
    const sources = open.has(path) ? undefined : ctx.provide(path);
    if (!sources || sources[0]?.name.startsWith(stdPrefix)) return undefined;
    const trees = sources.flatMap((s) => parseFile(fset, fset.add(s.name, s.text)).file ?? []);
    const inner = new Set([...open, path]);
    for (const t of trees) for (const i of importsOf(t)) load(i.path, inner);
    const { pkg } = checkFiles(path, fset, trees, { goVersion: `go${ctx.goVersion}`, importer: { import: (p) => loaded.get(p) ?? { error: '' } } });
    loaded.set(path, pkg);
    return pkg;
  };
  // Std packages are loaded first: their positions come before the program's.
  for (const f of files) for (const i of readHeader(typeof f.text === 'string' ? new TextEncoder().encode(f.text) : f.text).imports) ctx.base.load(i.path, ctx.provide);
  const fset = ctx.base.fset.fork();
  let syntaxErrors = 0;
  const errors: { file: string; line: number; text: string }[] = [];
  const note = (list: readonly { readonly severity: string; readonly text: string; readonly range: { readonly start: Pos } }[]): void => {
    for (const d of list) if (d.severity === 'error') { const p = fset.position(d.range.start); errors.push({ file: p.filename, line: p.line, text: d.text }); }
  };
  const out: AnalysedFile[] = [];
  for (const f of files) {
    const source = fset.add(f.name, f.text), r = parseFile(fset, source, { comments: true });
    syntaxErrors += r.diagnostics.length;
    note(r.diagnostics);
    if (r.file) out.push({ name: f.name, source, tree: r.file, comments: r.comments });
  }
  for (const f of out) for (const i of importsOf(f.tree)) load(i.path, new Set());
  const checked = checkFiles('main', fset, out.map((f) => f.tree), {
    goVersion: `go${ctx.goVersion}`, importer: { import: (p) => (p === 'unsafe' ? unsafePkg() : loaded.get(p)) ?? { error: '' } },
  });
  note(checked.diagnostics);
  return { fset, files: out, pkg: checked.pkg, info: checked.info, syntaxErrors, errors };
}

/** The nodes around a position, outermost first; the last is the innermost whose text contains it. */
export function pathAt(file: AnalysedFile, pos: Pos): ast.Node[] {
  const path: ast.Node[] = [];
  let node: ast.Node | null = file.tree;
  while (node) {
    path.push(node);
    let inner: ast.Node | null = null;
    children(node, (c) => { if (spanStart(c) <= pos && pos <= c.end && (inner === null || c.end - spanStart(c) <= inner.end - spanStart(inner))) inner = c; });
    node = inner;
  }
  return path;
}

/** Where a node's text begins. gc's own answer for statements and slices is a token inside of them. */
function spanStart(n: ast.Node): Pos {
  let start = startPos(n);
  for (let m: ast.Node | null = n; m;) {
    let first: ast.Node | null = null;
    children(m, (c) => { first ??= c; });
    m = first;
    if (m) start = Math.min(start, startPos(m));
  }
  return start;
}

/** Every name of a tree, in source order. */
export function names(file: AnalysedFile): ast.Name[] {
  const out: ast.Name[] = [], seen = new Set<ast.Node>();
  const visit = (n: ast.Node): void => {
    if (seen.has(n)) return;
    seen.add(n);
    if (n.kind === 'Name') out.push(n);
    children(n, visit);
  };
  visit(file.tree);
  return out.sort((a, b) => a.pos - b.pos);
}
