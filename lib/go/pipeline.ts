/**
 * The compile pipeline of one program, opened up: what each step of the front end
 * makes of the text, as rows of plain data with places, for a strip a reader can
 * open and for the view of a function before and after inlining.
 *
 *   text → tokens → syntax tree → types → IR → inlined IR → escape graph → verdicts
 *
 * The program is taken through the front end once more, apart from the build that
 * runs: walking rewrites the trees that are shown here.
 */
import type { FileSet, Pos } from '../base/pos.ts';
import type { EscapeGraph } from './escape/graph_rows.ts';
import { placeOf, type Place } from './escape/story.ts';
import { analyze } from './escape/analyze.ts';
import type { Func } from './ir/nodes.ts';
import { listing } from './ir/listing.ts';
import { lowerPackage, type LoweredPackage } from './ir/lower.ts';
import type { PrintContext } from './ir/print.ts';
import { Base, buildProgram, type PackageProvider, type PackageResult, type ProgramOptions, type ProgramResult, type SourceText } from './program.ts';
import type * as ast from './syntax/ast.ts';
import { exprString } from './syntax/printer.ts';
import { Scanner } from './syntax/scanner.ts';
import { EOF, LITERAL, NAME, SEMI, isKeyword } from './syntax/token.ts';
import { children, exactRange } from './syntax/walk.ts';
import { typeString } from './types/typestring.ts';
import { valueString } from './types/constant.ts';

export interface TokenRow { readonly text: string; readonly kind: 'name' | 'keyword' | 'literal' | 'operator' | 'automatic semicolon'; readonly at: Place | null }
/** A node of the syntax tree; depth is its level, text its source on one line. */
export interface TreeRow { readonly depth: number; readonly kind: string; readonly text: string; readonly at: Place | null; readonly end: Place | null }
/** An expression with the type (and constant value) the checker found. */
export interface TypeRow { readonly text: string; readonly mode: string; readonly type: string; readonly value: string; readonly at: Place | null }
/** A line of a function's IR. inlined: functions it came from, outermost first; at is then the call here, written where the line stands in the source. */
export interface IRLine { readonly indent: number; readonly text: string; readonly at: Place | null; readonly written: Place | null; readonly inlined: readonly string[] }
export interface FuncIR { readonly func: string; readonly at: Place | null; readonly lines: readonly IRLine[] }
/** Rows of one step, and how many there would be. */
export interface Rows<T> { readonly rows: readonly T[]; readonly total: number }

export interface Pipeline {
  readonly tokens: Rows<TokenRow>;
  readonly tree: Rows<TreeRow>;
  readonly types: Rows<TypeRow>;
  /** Declared functions as lowered. */
  readonly ir: Rows<FuncIR>;
  /** The same, and functions made by the compiler, after inlining and devirtualization. */
  readonly inlined: Rows<FuncIR>;
  readonly graph: EscapeGraph;
}
export interface PipelineInput { readonly files: readonly SourceText[]; readonly provide: PackageProvider; readonly opts: ProgramOptions }

class Bounded<T> implements Rows<T> {
  readonly rows: T[] = [];
  total = 0;
  constructor(readonly max: number) {}
  add(make: () => T): void { if (this.total++ < this.max) this.rows.push(make()); }
}

/** All steps; undefined where the program has errors. maxRows bounds each step's rows, and the lines of each function. */
export function pipeline(p: PipelineInput, maxRows = 2000): Pipeline | undefined {
  return withIR(p, (r, main, before, after) => ({
    tokens: tokens(r.fset, main.files, maxRows), tree: tree(r.fset, main.files, maxRows), types: types(r.fset, main, maxRows),
    ir: before(() => true, maxRows), inlined: after.funcs(() => true, maxRows), graph: after.graph(maxRows),
  }));
}

/** A function (gc's name for it: `f`, `(*T).M`, `F[go.shape.int]`) before and after inlining; undefined if the program has errors or no such function. */
export function beforeAfter(p: PipelineInput, func: string, maxRows = 2000): { readonly before: FuncIR; readonly after: FuncIR } | undefined {
  return withIR(p, (_r, _main, before, after) => {
    const is = (f: Func): boolean => f.sym === func;
    const b = before(is, maxRows).rows[0], a = after.funcs(is, maxRows).rows[0];
    return b && a ? { before: b, after: a } : undefined;
  });
}
/** Names of the program's functions that have something inlined in them, and all others, in source order. */
export function functionNames(r: ProgramResult): string[] { return r.main?.ir?.funcs.filter((f) => !f.wrapper && f.pos !== 0).map((f) => f.sym) ?? []; }

type FuncRows = (keep: (f: Func) => boolean, max: number) => Rows<FuncIR>;

function withIR<T>(p: PipelineInput, f: (r: ProgramResult, main: PackageResult, before: FuncRows, after: { funcs: FuncRows; graph(max: number): EscapeGraph }) => T): T | undefined {
  const base = p.opts.base ?? new Base(p.opts.goVersion, () => 1 << 20);
  const r = buildProgram(p.files, p.provide, { ...p.opts, base });
  const main = r.main;
  if (!main?.escape || r.diagnostics.some((d) => d.severity === 'error')) return undefined;
  const ctx: PrintContext = { pkgPath: main.path };
  const { fset } = r;
  // Lowered anew, into a program that knows the standard packages only.
  base.begin();
  const program = base.program.unit();
  let lowered: LoweredPackage | undefined;
  const rows = (funcs: readonly Func[], keep: (fn: Func) => boolean, max: number): Rows<FuncIR> => {
    const out = new Bounded<FuncIR>(max);
    for (const fn of funcs) {
      if (fn.oclosure || fn.body.length === 0 || !keep(fn)) continue;
      out.add(() => ({ func: fn.sym, at: placeOf(fset, fn.pos), lines: listing(fset, fn, ctx, max).map((l) => ({ indent: l.indent, text: l.text, at: placeOf(fset, l.pos), written: placeOf(fset, fset.innermost(l.pos)), inlined: l.inlined })) }));
    }
    return out;
  };
  try {
    const { opts } = p;
    for (const pkg of r.packages) {
      if (pkg.std) continue;
      lowered = lowerPackage(fset, pkg.pkg, pkg.files, pkg.info, { goVersion: opts.goVersion, program });
      if (pkg !== main) analyze(fset, lowered, { goVersion: opts.goVersion, noInline: opts.noInline, smallFrames: opts.smallFrames, facts: opts.facts });
    }
    const ir = lowered!;
    // The lists before inlining are made before the trees change.
    const all = rows(ir.funcs, () => true, Number.MAX_SAFE_INTEGER);
    const byName = new Map(ir.funcs.map((fn) => [fn.sym, fn]));
    const before: FuncRows = (keep, max) => {
      const out = new Bounded<FuncIR>(max);
      for (const row of all.rows) if (keep(byName.get(row.func)!)) out.add(() => ({ ...row, lines: row.lines.slice(0, max) }));
      return out;
    };
    const e = analyze(fset, ir, { goVersion: opts.goVersion, noInline: opts.noInline, smallFrames: opts.smallFrames, facts: opts.facts });
    return f(r, main, before, { funcs: (keep, max) => rows(e.funcs, keep, max), graph: (max) => e.graph(max) });
  } finally { base.begin(); }
}

function tokens(fset: FileSet, files: readonly ast.File[], max: number): Rows<TokenRow> {
  const out = new Bounded<TokenRow>(max);
  for (const f of files) {
    const s = new Scanner(f.source.text);
    for (s.next(); s.tok !== EOF; s.next()) {
      const { tok } = s;
      const auto = tok === SEMI && s.lit !== 'semicolon';
      out.add(() => ({
        text: auto ? ';' : s.tokenSource, at: placeOf(fset, f.source.base + s.original(s.start)),
        kind: auto ? 'automatic semicolon' : tok === NAME ? 'name' : tok === LITERAL ? 'literal' : isKeyword(tok) ? 'keyword' : 'operator',
      }));
    }
  }
  return out;
}

const decoder = new TextDecoder();

function tree(fset: FileSet, files: readonly ast.File[], max: number): Rows<TreeRow> {
  const out = new Bounded<TreeRow>(max);
  const visit = (n: ast.Node, f: ast.File, depth: number): void => {
    out.add(() => {
      const { start, end } = n.kind === 'File' ? { start: n.pos, end: n.pos } : exactRange(n);
      const src = decoder.decode(f.source.text.subarray(start - f.source.base, Math.min(end - f.source.base, start - f.source.base + 200)));
      const line = src.split('\n', 1)[0];
      return { depth, kind: n.kind, text: exprString(n) || (line.length < src.length || line.length > 80 ? `${line.slice(0, 80)} …` : line), at: placeOf(fset, n.pos), end: placeOf(fset, end) };
    });
    children(n, (c) => visit(c, f, depth + 1));
  };
  for (const f of files) visit(f, f, 0);
  return out;
}

function types(fset: FileSet, main: PackageResult, max: number): Rows<TypeRow> {
  const out = new Bounded<TypeRow>(max);
  const seen = new Set<Pos>();
  const visit = (n: ast.Node): void => {
    if ('tv' in n && n.tv?.type && !(n.kind === 'Name' && seen.has(n.pos))) {
      const tv = n.tv, type = n.tv.type;
      seen.add(n.pos);
      out.add(() => ({
        text: exprString(n), mode: tv.mode, type: typeString(type, (q) => (q === main.pkg ? '' : q.name)), value: tv.value ? valueString(tv.value) : '', at: placeOf(fset, n.pos),
      }));
    }
    children(n, visit);
  };
  for (const f of main.files) visit(f);
  return out;
}
