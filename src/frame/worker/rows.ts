/** From the engine's structures to the plain rows a page draws (src/frame/kernel/gotypes.ts). */
import type { FileSet, Pos } from '../../../lib/base/pos.ts';
import type { PackageResult, ProgramResult } from '../../../lib/go/program.ts';
import { exactRange, inspect } from '../../../lib/go/syntax/walk.ts';
import type { Node } from '../../../lib/go/syntax/ast.ts';
import { defaultGoVersion, type GoVersion } from '../../../lib/base/version.ts';
import type { EscapeLine } from '../../../lib/go/escape/analyze.ts';
import { storiesOf } from '../../../lib/go/escape/story.ts';
import type { Site } from '../../../lib/go/ir/nodes.ts';
import type { Built, RunReport } from '../../../lib/engine/report.ts';
import type { EscapeVerdict, GoCheckResult, GoDiagnostic, GoRange, GoRunResult, InlineVerdict, SpanRow, Truth, Words } from '../kernel/gotypes.ts';
import { sitesByPlace, sitesOf, truthOf } from './truth.ts';

const stwReasons = ['sweep termination', 'mark termination', 'ReadMemStats', 'other'];
/** Most rows of a kind that go to the page. */
const maxRows = 5000, maxSpans = 400;

function range(fset: FileSet, start: Pos, end: Pos): GoRange {
  const a = fset.position(start), b = fset.position(Math.max(start, end));
  return { file: a.filename, line: a.line, col: a.col, endLine: b.line, endCol: b.col };
}

/** Diagnostics and verdicts of the program's own packages. */
export function checkRows(r: ProgramResult, go: GoVersion = defaultGoVersion, reasons?: Reasons): GoCheckResult {
  const { fset } = r;
  const diagnostics: GoDiagnostic[] = r.diagnostics.slice(0, 200).map((d) => ({
    ...range(fset, d.range.start, d.range.end), severity: d.severity, code: d.code, text: d.text,
    ...(d.notes ? { notes: d.notes.map((n) => ({ ...range(fset, n.range.start, n.range.end), text: n.text })) } : {}),
    ...(d.suggestion ? { suggestion: { ...range(fset, d.suggestion.range.start, d.suggestion.range.end), text: d.suggestion.text, label: d.suggestion.label } } : {}),
  }));
  const escapes: EscapeVerdict[] = [], inlining: InlineVerdict[] = [];
  for (const p of r.packages) {
    if (p.std || !p.escape) continue;
    const places = sitesByPlace(p.walked?.sites ?? []), texts = expressions(p.files), own = new Set(p.files.map((f) => f.source.name));
    for (const l of p.escape.lines) {
      // gc prints them as well, for instances of generic functions; the page tells of its own text.
      if (!own.has(fset.file(l.pos)?.name ?? '')) continue;
      const at = range(fset, l.pos, l.pos);
      switch (l.kind) {
        case 'can inline': inlining.push({ ...at, kind: 'can', text: l.text }); break;
        case 'cannot inline': inlining.push({ ...at, kind: 'cannot', text: l.text }); break;
        case 'inlining call': inlining.push({ ...at, kind: 'call', text: l.text }); break;
        case 'devirtualizing': inlining.push({ ...at, kind: 'devirtualize', text: l.text }); break;
        case 'flow': case 'from': case 'escape head': case 'param head': case 'capture': case 'big': break;
        default: escapes.push({ ...at, ...textOf(fset, texts, l), kind: kindOf(l), text: l.text, ...(reasons?.has(l) ? { reason: reasons.get(l) } : {}), ...truthsOf(places, l, go) });
      }
    }
  }
  return { diagnostics, escapes, inlining };
}

/** Expressions that allocate and names, by gc's position of them. */
function expressions(files: readonly Node[]): Map<Pos, Node> {
  const out = new Map<Pos, Node>();
  for (const f of files) {
    inspect(f, (n) => {
      if (n.kind === 'Name' || n.kind === 'CallExpr' || n.kind === 'CompositeLit' || n.kind === 'FuncLit' || n.kind === 'Operation' || n.kind === 'BasicLit') {
        // An address and the literal in it begin at one place: the outer one stands.
        if (!out.has(n.pos)) out.set(n.pos, n);
      }
      return true;
    });
  }
  return out;
}
/** The range of the text a verdict speaks of. */
function textOf(fset: FileSet, texts: ReadonlyMap<Pos, Node>, l: EscapeLine): { from?: { line: number; col: number }; endLine?: number; endCol?: number } {
  const n = texts.get(fset.outermost(l.pos));
  if (!n) return {};
  const r = exactRange(n), a = fset.position(r.start), b = fset.position(r.end);
  return { from: { line: a.line, col: a.col }, endLine: b.line, endCol: b.col };
}

function kindOf(l: EscapeLine): EscapeVerdict['kind'] {
  switch (l.kind) {
    case 'moved': return 'moved';
    case 'escapes': return 'heap';
    case 'does not escape': return /^[\w.~]+ does not escape$/.test(l.text) && l.node?.op === 'ONAME' ? 'noleak' : 'stack';
    case 'leaking param': return 'leak';
    case 'zero-copy': return 'zerocopy';
    default: return 'other';
  }
}

/** Sentences of a check, at most. */
const maxReasons = 300;
export type Reasons = Map<EscapeLine, Words>;

/** Why values are on the heap or flow out, in words: for buildProgram's analysed. */
export const reasonsInto = (out: Reasons) => (p: PackageResult, fset: FileSet): void => {
  for (const l of p.escape?.lines ?? []) {
    if (out.size >= maxReasons) return;
    if (l.kind !== 'escapes' && l.kind !== 'moved' && l.kind !== 'leaking param') continue;
    const [story] = storiesOf(fset, p.escape!, l);
    if (story) out.set(l, story.text);
  }
};

function truthsOf(places: ReadonlyMap<Pos, readonly Site[]>, l: EscapeLine, go: GoVersion): { runtime?: string; truths?: readonly Truth[] } {
  const sites = sitesOf(places, l);
  if (sites.length === 0) return {};
  const truths = sites.map((s) => truthOf(s, go)), [t] = truths;
  return { runtime: `${t.place}${t.size !== null && t.place === 'heap' ? ` ${t.size} B` : ''}`, truths };
}

/** Most pages that go to the page: 64 MiB. */
const maxPages = 8192;
const letters = 'frhslc';
function pageLetters(pages: Uint8Array): string {
  let s = '';
  for (const p of pages.subarray(0, maxPages)) s += letters[p] ?? 'f';
  return s;
}

/** What a run left. */
export function runRows(built: Built, r: RunReport, out: { text: string; cut: number }, err: { text: string; cut: number }): Omit<GoRunResult, keyof GoCheckResult> {
  const { fset, sites } = built;
  const truncated: string[] = [];
  if (out.cut > 0) truncated.push(`${out.cut} bytes of output`);
  if (err.cut > 0) truncated.push(`${err.cut} bytes of stderr`);
  if (r.dropped > 0) truncated.push(`${r.dropped} events`);
  const memstats: Record<string, number> = {};
  for (const [k, v] of Object.entries(r.memstats)) if (typeof v === 'number') memstats[k] = v;
  const spans: SpanRow[] = r.spans.filter((s) => s.use === 'heap').slice(0, maxSpans).map((s) => {
    let slots = '';
    for (let i = 0; i < s.nelems && i < 1024; i++) slots += s.allocBits[i] === 0 ? '.' : s.marks[i] === 1 ? '#' : 'o';
    return { base: s.base, npages: s.npages, sizeclass: s.sizeclass, noscan: s.noscan, elemsize: s.elemsize, nelems: s.nelems, slots, state: s.use };
  });
  if (r.spans.length > maxSpans) truncated.push(`${r.spans.length - maxSpans} spans`);
  return {
    stdout: out.text, stderr: err.text, exit: r.stopped ? null : r.exit, memstats, digest: r.digest, virtualNs: r.ns, truncated,
    heap: r.heap.slice(0, maxRows), spans, pages: pageLetters(r.pages),
    sites: r.siteTotals.map((s) => {
      const d = sites.get(s.site);
      const p = d ? fset.position(d.pos) : { line: 0, col: 0, filename: '' };
      const live = r.inuse.get(s.site) ?? { objects: 0, bytes: 0 };
      return {
        site: d ? `${p.filename}:${p.line}:${p.col}` : 'runtime', line: p.line, col: p.col, func: d?.func ?? 'runtime', what: d?.text ?? 'runtime',
        allocs: s.objects, bytes: s.bytes, inuseObjects: live.objects, inuseBytes: live.bytes,
      };
    }).sort((a, b) => b.bytes - a.bytes).slice(0, maxRows),
    allocs: r.classes.map((c) => ({ sizeclass: c.spanclass >> 1, noscan: (c.spanclass & 1) === 1, size: c.objects > 0 && c.spanclass > 1 ? Math.round(c.bytes / c.objects) : 0, allocs: c.objects, bytes: c.bytes, asked: c.asked })),
    cycles: r.cycles.slice(0, maxRows), stw: r.pauses.slice(0, maxRows).map((p) => ({ t: p.t, ns: p.ns, reason: stwReasons[p.reason] ?? 'other' })),
    goroutines: r.goroutines.slice(0, maxRows).map((g) => ({ goid: g.goid, t: g.t, end: g.end, state: g.end < 0 ? 'alive' : 'done' })),
  };
}
