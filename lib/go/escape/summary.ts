/**
 * The summary of a function: what inlining it adds to its caller's graph.
 *
 * A caller that does nothing but call the function is made, the call inlined as it
 * would be anywhere, and its graph built but not solved. Parameters, results,
 * sites and the edges among them are what any caller gets. SIMPLIFIED: what depends
 * on the arguments themselves (literals that replace sizes, calls of function
 * parameters) is not in a summary.
 */
import { minor, type GoVersion } from '../../base/version.ts';
import type { FileSet } from '../../base/pos.ts';
import { CallExpr, Func, Name, type Expr } from '../ir/nodes.ts';
import type { Lowerer } from '../ir/ctx.ts';
import { nodeText } from '../ir/print.ts';
import { methExpr } from '../ir/methods.ts';
import { isInterface, newSignature, signatureOf } from '../ir/typeutil.ts';
import { deadLocals } from '../inline/deadlocals.ts';
import { DevirtState, soleType } from '../inline/devirtualize.ts';
import { Inliner } from '../inline/inline.ts';
import type { Context } from '../inline/context.ts';
import type { InlineFact, SummaryEdge, SummaryLoc, SummaryNote } from '../facts/facts.ts';
import type { Type } from '../types/type.ts';
import { Batch } from './batch.ts';
import { boundsLines } from './bounds.ts';
import { attrEscapes, attrPersists, type Location, type Note } from './graph.ts';
import { isData } from './staticinit.ts';

/** A defined type of a package, or a pointer to one, as facts name it; '' for all others. */
function typeSpec(t: Type | undefined): string {
  const n = t?.kind === 'Pointer' ? t.elem : t;
  return n?.kind === 'Named' && n.obj.pkg && n.targs.length === 0 && n.obj.parent === n.obj.pkg.scope ? `${t === n ? '' : '*'}${n.obj.pkg.path} ${n.obj.name}` : '';
}

/** The fact about inlining fn, which must be inlinable (its package analysed already). pkgNames: names by path. */
export function summarize(fset: FileSet, fn: Func, low: Lowerer, goVersion: GoVersion, pkgNames: ReadonlyMap<string, string>): InlineFact | undefined {
  if (!fn.inl) return undefined;
  const c: Context = {
    fset, print: { pkgPath: ' none', pkgNames }, minor: minor(goVersion), level: 1, noInline: false, callCost: 57, smallFrames: false, mutationsCalls: false, checkptr: false,
    facts: undefined, lowerer: low, lines: [], muted: false,
  };
  const caller = new Func(0, 'caller', ' none', newSignature([], []));
  const args = fn.params.map((p, i) => {
    const a = new Name(0, `a${i}`, p.type, 'PAUTO');
    a.curfn = caller;
    caller.dcl.push(a);
    return a;
  });
  const sig = signatureOf(fn.nname.type);
  let fun: Expr = fn.nname;
  if (sig.recv) fun = methExpr(0, sig.recv.type, fn.sym.slice(fn.sym.lastIndexOf('.') + 1), fn.nname, sig);
  const r = sig.results.vars;
  const call = new CallExpr(1, 'OCALLFUNC', fun, args, r.length === 0 ? undefined : r.length === 1 ? r[0].type : sig.results);
  caller.body = [call];
  const inliner = new Inliner(c, undefined);
  inliner.wrapper(caller);
  const inlined = caller.body[0];
  if (inlined.op !== 'OINLCALL') return undefined;
  const concrete = r.map((v, i) => (isInterface(v.type) ? typeSpec(soleType(new DevirtState(), inlined.returnVars[i])) : ''));
  // The results are used: hold them against the removal of dead locals.
  // Line t of those that speak of inlining is the t-th inlined call; a position tells which inlined call it stands in.
  const lines: { text: string; parent: number }[] = [];
  const lineOf: number[] = [-1];
  for (const l of c.lines.slice(1)) {
    if (l.kind !== 'inlining call' && l.kind !== 'devirtualizing') continue;
    if (l.kind === 'inlining call') lineOf.push(lines.length);
    lines.push({ text: l.text.replace(/\bcaller\./, '\u0001.'), parent: lineOf[inliner.indexAt(l.pos)] ?? -1 });
  }
  c.lines.length = 0;
  const data = r.length === 1 && isData(inlined);
  const init = inlined.init?.find((s) => s.op === 'OAS2');
  const formals: readonly Expr[] = init?.op === 'OAS2' ? init.lhs.slice() : [];
  if (c.minor >= 24) deadLocals([caller]);

  const b = new Batch({ c, state: new Map(), oracles: new Map(), locs: new Map(), spoken: new Map() });
  b.build([caller, ...inliner.made.filter((f) => f.closureVars.length > 0)]);

  const params = new Set(formals);
  const results = new Set<Expr>(inlined.returnVars);
  boundsLines(c, caller);
  const bounds = c.lines.filter((l) => l.kind === 'bounds').length;
  const selfAssigns = c.lines.filter((l) => l.kind === 'self-assignment').map((l) => l.text.slice(l.text.indexOf(' in ') + 4));
  const index = new Map<Location, number>();
  const locs: SummaryLoc[] = [];
  const funcs: Func[] = [];
  const outers: number[] = [];
  const funcIndex = (f: Func): number | undefined => {
    if (f === caller) return undefined;
    let i = funcs.indexOf(f);
    if (i < 0) {
      const outer = f.outer && f.outer !== caller ? funcIndex(f.outer) ?? -1 : -1;
      i = funcs.push(f) - 1;
      outers.push(outer);
    }
    return i;
  };
  // A parameter that nothing reads is gone: its place is kept, arguments go by number.
  const here = new Set<Expr>();
  for (const l of b.allLocs) if (l.n) here.add(l.n as Expr);
  let nextParam = 0;
  const placesUpTo = (n: Expr | undefined): void => {
    for (; nextParam < formals.length && formals[nextParam] !== n; nextParam++) if (!here.has(formals[nextParam])) locs.push({ kind: 'param', depth: 0 });
    nextParam++;
  };
  const used = new Set<Location>();
  for (const l of [...b.allLocs, b.heapLoc, b.mutatorLoc, b.calleeLoc]) for (const e of l.edges) { used.add(l); used.add(e.src); }
  for (const l of b.allLocs) {
    const n = l.n;
    if (n?.op === 'ONAME' && args.includes(n)) continue;
    const kind = n === undefined ? 'temp' : n.op !== 'ONAME' ? 'site' : params.has(n) ? 'param' : results.has(n) ? 'result' : 'local';
    if ((kind === 'local' || kind === 'temp') && !used.has(l)) continue;
    if (n?.op === 'OCLOSURE' && n.func.wrapper) continue;
    if (kind === 'param') placesUpTo(n as Expr);
    index.set(l, locs.length);
    locs.push({
      kind, depth: l.loopDepth - 1 + (l.curfn === caller ? 0 : 1), ...(n ? { text: nodeText(n, c.print), op: n.op } : {}),
      ...(l.curfn !== caller ? { fn: funcIndex(l.curfn as Func) } : {}), ...(l.has(attrPersists) ? { persists: true } : {}), ...(n?.op === 'OSTR2BYTES' ? { zeroCopy: true } : {}),
    });
  }
  placesUpTo(undefined);
  const edges: SummaryEdge[] = [];
  const notesOf = (first: Note | undefined): { notes?: SummaryNote[] } => {
    const notes: SummaryNote[] = [];
    for (let n = first; n; n = n.next) {
      // All that is inlined stands at the call; what is written in a literal stands where it is.
      const p = fset.position(n.where.pos);
      const here = n.where.pos === 0 || fset.outermost(n.where.pos) === 1;
      notes.push({ text: nodeText(n.where, c.print), why: n.why, ...(here ? {} : { at: `${p.filename.replace(/^.*?\/src\//, '')}:${p.line}:${p.col}` }) });
    }
    return notes.length > 0 ? { notes } : {};
  };
  const add = (dst: number, l: Location): void => {
    for (const e of l.edges) {
      const src = index.get(e.src);
      if (src !== undefined) edges.push({ dst, src, derefs: e.derefs, ...notesOf(e.notes) });
    }
  };
  for (const [l, i] of index) {
    if (l.has(attrEscapes)) edges.push({ dst: -1, src: i, derefs: -1, ...notesOf(l.paths[l.paths.length - 1]?.steps[0]?.notes) });
    add(i, l);
  }
  add(-1, b.heapLoc);
  add(-2, b.mutatorLoc);
  add(-3, b.calleeLoc);
  return { cost: fn.inl.cost, lines, ...(concrete.some((t) => t !== '') ? { concrete } : {}), summary: { locs, edges, ...(outers.length > 0 ? { funcs: outers } : {}), ...(bounds > 0 ? { bounds } : {}), ...(data ? { data } : {}), ...(selfAssigns.length > 0 ? { selfAssigns } : {}) } };
}
