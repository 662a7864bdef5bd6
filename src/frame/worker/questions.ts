/** Answers to what the panel of verdicts asks (src/frame/verdict/questions.ts): each builds the program again, with the std packages that are kept. */
import type { GoVersion } from '../../../lib/base/version.ts';
import { build } from '../../../lib/engine/report.ts';
import { listing } from '../../../lib/compile/listing.ts';
import type { FileSet } from '../../../lib/base/pos.ts';
import type { EscapeLine } from '../../../lib/go/escape/analyze.ts';
import { verifiedRemedies } from '../../../lib/go/escape/remedies.ts';
import { storiesOf, type Place } from '../../../lib/go/escape/story.ts';
import { beforeAfter, functionNames, pipeline, type FuncIR, type Pipeline, type Rows } from '../../../lib/go/pipeline.ts';
import { buildProgram, type PackageProvider, type PackageResult, type ProgramOptions, type ProgramResult, type SourceText } from '../../../lib/go/program.ts';
import type { Answer, CodeRow, PathStory, PipelineStep, Question, StepRow, StepRows, VerdictAt } from '../verdict/questions.ts';

/** provide and opts: for verdicts; runs: the std packages that run. */
export interface Asked { readonly files: readonly SourceText[]; readonly provide: PackageProvider; readonly opts: Pick<ProgramOptions, 'facts' | 'base'>; readonly runs: PackageProvider; readonly go: GoVersion; readonly noInline: boolean }

export function answer(a: Asked, q: Question): Answer {
  switch (q.what) {
    case 'path': {
      let stories: PathStory[] = [];
      const p = program(a);
      buildProgram(p.files, p.provide, { ...p.opts, until: 'analysed', analysed: (pkg, fset) => { stories = paths(fset, pkg, q.at); } });
      return { what: 'path', stories };
    }
    case 'remedies': {
      const r = built(a), l = lineAt(r, q.at);
      return { what: 'remedies', remedies: l ? verifiedRemedies(program(a), r, l).map((x) => ({ id: x.id, title: x.title, edits: x.edits.map((e) => ({ start: e.start, end: e.end, newText: e.newText })), before: x.before, after: x.after, heap: x.heap })) : [] };
    }
    case 'functions': return { what: 'functions', names: functionNames(built(a)) };
    case 'inlining': {
      const pair = beforeAfter(program(a), q.func);
      return { what: 'inlining', pair: pair ? { before: codeRows(pair.before), after: codeRows(pair.after) } : null };
    }
    case 'step': return { what: 'step', found: q.step === 'wasm' ? wasm(a, q.max) : frontEnd(a, q.step, q.max) };
  }
}

const program = (a: Asked): { files: readonly SourceText[]; provide: PackageProvider; opts: ProgramOptions } => ({ files: a.files, provide: a.provide, opts: { ...a.opts, goVersion: a.go, level: 1, noInline: a.noInline } });
function built(a: Asked): ProgramResult { const p = program(a); return buildProgram(p.files, p.provide, p.opts); }

function lineAt(r: ProgramResult, at: VerdictAt): EscapeLine | undefined {
  return r.main ? find(r.fset, r.main, at) : undefined;
}
function find(fset: FileSet, p: PackageResult, at: VerdictAt): EscapeLine | undefined {
  return p.escape?.lines.find((l) => { const x = fset.position(l.pos); return x.line === at.line && x.col === at.col && l.text === at.text; });
}

function paths(fset: FileSet, p: PackageResult, at: VerdictAt): PathStory[] {
  const l = find(fset, p, at);
  if (!l) return [];
  return storiesOf(fset, p.escape!, l).map((s) => ({
    text: s.text, value: s.value, root: s.root, line: s.at?.line ?? at.line, col: s.at?.col ?? at.col, m2: s.m2,
    steps: s.edges.flatMap((e) => {
      const edge = { derefs: e.derefs, dst: e.dst, src: e.src };
      if (e.steps.length === 0) return [{ ...edge, text: e.text, code: `${e.dst} ← ${e.src}`, why: '', line: e.srcAt?.line ?? 0, col: e.srcAt?.col ?? 0, last: true }];
      return e.steps.map((x, i) => ({ ...edge, text: x.text, code: x.code, why: x.why, line: x.at?.line ?? 0, col: x.at?.col ?? 0, last: i === e.steps.length - 1 }));
    }),
  }));
}

/** The line of a place in the program's own text. */
const own = (p: Place | null): number => (p && !p.file.startsWith('$GOROOT/') ? p.line : 0);
const codeRows = (f: FuncIR): CodeRow[] => f.lines.map((l) => ({ indent: l.indent, text: l.text, line: own(l.at), inlined: l.inlined, written: own(l.written) }));

const row = (texts: readonly string[], line: number, more: Partial<StepRow> = {}): StepRow => ({ depth: 0, texts, line, endLine: line, mark: '', ...more });

function functions(list: Rows<FuncIR>, max: number): StepRows {
  const rows = list.rows.flatMap((f) => [
    row([f.func], own(f.at), { mark: 'head' }),
    ...f.lines.map((l) => row([l.text, l.inlined.join(' › ')], own(l.at), { depth: l.indent + 1, mark: l.inlined.length > 0 ? 'inlined' : '' })),
  ]);
  return { rows: rows.slice(0, max), total: rows.length };
}

function frontEnd(a: Asked, step: Exclude<PipelineStep, 'wasm'>, max: number): StepRows | null {
  const p = pipeline(program(a), Math.max(max, 2000));
  if (!p) return null;
  const cut = (rows: StepRow[], total: number): StepRows => ({ rows: rows.slice(0, max), total });
  switch (step) {
    case 'tokens': return cut(p.tokens.rows.map((t) => row([t.text, t.kind], own(t.at))), p.tokens.total);
    case 'tree': return cut(p.tree.rows.map((t) => row([t.kind, t.text], own(t.at), { depth: t.depth, endLine: own(t.end) })), p.tree.total);
    case 'types': return cut(p.types.rows.map((t) => row([t.text, t.type, t.mode, t.value], own(t.at))), p.types.total);
    case 'ir': return functions(p.ir, max);
    case 'inlined': return functions(p.inlined, max);
    case 'graph': return graph(p, max);
  }
}

const name = (n: Pipeline['graph']['nodes'][number]): string => n.text || `{${n.kind}}`;
/** Edges of the escape graph: what flows where. */
function graph(p: Pipeline, max: number): StepRows {
  const nodes = new Map(p.graph.nodes.map((n) => [n.id, n]));
  const rows: StepRow[] = [];
  let func = '';
  for (const e of p.graph.edges) {
    const dst = nodes.get(e.dst), src = nodes.get(e.src);
    if (!dst || !src) continue;
    const f = src.func || dst.func;
    if (f !== func) { func = f; rows.push(row([f], 0, { mark: 'head' })); }
    rows.push(row([name(dst), `${e.derefs < 0 ? '&' : '*'.repeat(e.derefs)}${name(src)}`, e.why.join(', '), src.escapes && src.kind !== 'heap' ? 'escapes' : ''], own(src.at) || own(dst.at), { depth: 1, mark: dst.kind === 'heap' ? 'heap' : '' }));
  }
  return { rows: rows.slice(0, max), total: rows.length + p.graph.dropped };
}

/** Calls of the run-time system that make objects. */
const allocates = /^call runtime\.(new(object|array)|makeslice|growslice|append|makemap|makechan|conv|concat|slicebytetostring|stringtoslice|slicerunetostring|intstring|rawstring|newproc|mapassign)/;

/** The WebAssembly of the program's own functions, each instruction at its line. */
function wasm(a: Asked, max: number): StepRows | null {
  const b = build(a.files, a.runs, { goVersion: a.go, level: 1, noInline: a.noInline });
  if (!b.program) return null;
  const rows: StepRow[] = [];
  let total = 0;
  const lineOf = (fset: FileSet, pos: number): number => { if (pos === 0) return 0; const p = fset.position(pos); return p.filename.startsWith('$GOROOT/') ? 0 : p.line; };
  // In the order of the text.
  const funcs = [...b.program.code].filter(([sym]) => sym.startsWith('main.')).map(([, f]) => {
    const lines = listing(f).map((l) => ({ ...l, line: lineOf(b.fset, l.pos) }));
    return { lines, first: lines.find((l) => l.line > 0)?.line ?? Infinity };
  }).sort((x, y) => (x.first === y.first ? 0 : x.first - y.first));
  for (const { lines } of funcs) {
    total += lines.length;
    if (rows.length >= max) continue;
    for (const l of lines) rows.push(row([l.text], l.line, { depth: l.indent, mark: l.indent === 0 ? 'head' : allocates.test(l.text) ? 'alloc' : '' }));
  }
  return { rows: rows.slice(0, max), total };
}
