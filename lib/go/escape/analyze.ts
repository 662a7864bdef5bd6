/**
 * From a lowered package to verdicts: inlining and devirtualization, method
 * wrappers, loop variables, dead locals, escape analysis, in gc's order.
 *
 * The package's trees are rewritten: calls become OINLCALL, `esc` is set on every
 * site and name, captures know whether they are by value, functions have tags. The
 * result is what -m prints, in the order it is printed: not sorted, repeats kept.
 */
import { minor, type GoVersion } from '../../base/version.ts';
import type { FileSet } from '../../base/pos.ts';
import type { FactsProvider } from '../facts/facts.ts';
import type { Func, IRPackage, Node } from '../ir/nodes.ts';
import { bloopWalk, dropVarLive, makeWrappers, takeWrappers, type LoweredPackage } from '../ir/lower.ts';
import type { Lowerer } from '../ir/ctx.ts';
import { knowsTesting } from '../ir/bloop.ts';
import { oddNames } from '../ir/typetext.ts';
import { visit } from '../ir/visit.ts';
import { say, type Context, type EscapeLine } from '../inline/context.ts';
import { deadLocals } from '../inline/deadlocals.ts';
import { DevirtState, staticCalls } from '../inline/devirtualize.ts';
import { Inliner, isRepeated } from '../inline/inline.ts';
import { forCapture } from '../ir/loopvar.ts';
import { methodValueWrapper, methodValues } from '../inline/methodvalue.ts';
import { isCapturing, visitBottomUp } from '../inline/scc.ts';
import { Batch, type Analysis } from './batch.ts';
import { boundsLines } from './bounds.ts';
import { explanations, type Explanation } from './explain.ts';
import { attrEscapes, type Location } from './graph.ts';
import { graphRows, type EscapeGraph } from './graph_rows.ts';
import { dynamicInit } from './staticinit.ts';

export type { EscapeLine, LineKind } from '../inline/context.ts';
export type { Explanation, Step } from './explain.ts';

export interface AnalyzeOptions {
  readonly goVersion: GoVersion;
  /** 1: as -m prints; 2: as -m=2, with reasons. */
  readonly level?: 1 | 2;
  /** -l */
  readonly noInline?: boolean;
  /** -smallframes */
  /** -l=4: functions that call others are inlined as readily as leaves. */
  readonly inlineNonLeaf?: boolean;
  readonly smallFrames?: boolean;
  /** -d=escapemutationscalls=1 */
  readonly mutationsCalls?: boolean;
  /** -d=checkptr */
  readonly checkptr?: boolean;
  readonly facts?: FactsProvider;
  /** Names of packages by path, where they are not the path's last element. */
  readonly pkgNames?: ReadonlyMap<string, string>;
}

/** Verdicts of a package. */
export interface EscapeResult {
  /** What -m prints, in its order. */
  readonly lines: EscapeLine[];
  /** All functions analysed, closures, wrappers and closures made by inlining included. */
  readonly funcs: readonly Func[];
  /** Why a site or variable escapes, or a parameter leaks; empty if it does not. */
  explain(n: Node): Explanation[];
  /** The same for the verdict a line states, of sites inside inlined standard functions too; the paths it rests on. */
  explainLine(l: EscapeLine): Explanation[];
  /** The data-flow graph, at most max locations. */
  graph(max: number): EscapeGraph;
}

/** Function literals of fn, outermost first, as they were made. */
function closuresOf(fn: Func, out: Func[]): void {
  for (const c of fn.closures) {
    out.push(c);
    closuresOf(c, out);
  }
}

/** The function made of the initialisers of package variables. */
function packageInit(pkg: IRPackage): Func | undefined {
  const f = pkg.funcs[0];
  return f?.sym === 'init' && f.pos === 0 ? f : undefined;
}

/** Functions as gc reads their bodies: last declared first, each with the closures in it. */
function inReadingOrder(pkg: IRPackage, closures: (fn: Func) => Func[]): Func[] {
  const init = packageInit(pkg);
  const out: Func[] = init ? [init, ...closures(init)] : [];
  for (let i = pkg.funcs.length - 1; i >= 0; i--) if (pkg.funcs[i] !== init) out.push(pkg.funcs[i], ...closures(pkg.funcs[i]));
  return out;
}
function closures(fn: Func): Func[] {
  const out: Func[] = [];
  closuresOf(fn, out);
  return out;
}

/** Analyses a lowered package; its trees are changed. */
export function analyze(fset: FileSet, pkg: IRPackage & { readonly lowerer?: Lowerer }, opts: AnalyzeOptions): EscapeResult {
  const lines: EscapeLine[] = [];
  const c: Context = {
    fset, print: { pkgPath: pkg.path, pkgNames: opts.pkgNames ?? (pkg.lowerer && oddNames(pkg.lowerer.pkg)) }, minor: minor(opts.goVersion), level: opts.level ?? 1, noInline: opts.noInline ?? false,
    callCost: opts.inlineNonLeaf ? 1 : 57,
    smallFrames: opts.smallFrames ?? false, mutationsCalls: opts.mutationsCalls ?? false, checkptr: opts.checkptr ?? false, facts: opts.facts, lowerer: pkg.lowerer, lines, muted: false,
  };
  // In gc's order: the initialiser with its closures, declared functions and instances, then closures as bodies were read.
  const init = packageInit(pkg);
  const early = init ? [init, ...closures(init)] : [];
  let funcs = [...new Set([...early, ...pkg.funcs, ...inReadingOrder(pkg, closures).filter((f) => f.oclosure)])];
  /** Functions analysed for their lines only. */
  const shown: Func[] = [];
  const known = new Set(funcs);
  const local = (fn: Func): boolean => known.has(fn) || (fn.oclosure !== undefined && fn.nname.pkgPath === pkg.path);

  const inliner = new Inliner(c, init);
  if (pkg.lowerer) bloopWalk(pkg.lowerer, funcs, (pos, text) => { if (c.level > 1) say(c, 'warning', pos, text, undefined); });
  inliner.package(funcs, local);
  funcs = [...funcs, ...inliner.made];

  const written = funcs.slice();
  const wrappers: Func[] = [];
  if (pkg.lowerer) {
    // Wrappers may ask for further ones. Those of interface methods only have something to say with -m=2.
    for (let more = makeWrappers(pkg as LoweredPackage, c.level > 1); more.length > 0; more = takeWrappers(pkg as LoweredPackage)) {
      for (const w of more) {
        known.add(w);
        wrappers.push(w);
        if (!pkg.lowerer.linesOnly.has(w)) funcs.push(w);
        inliner.wrapper(w);
      }
    }
  }
  if (pkg.lowerer) {
    const seen = new Set<string>();
    for (const n of methodValues([...inReadingOrder(pkg, closures), ...inliner.made])) {
      const w = methodValueWrapper(n, pkg.lowerer, seen);
      if (!w) continue;
      shown.push(w);
      known.add(w);
      inliner.wrapper(w);
    }
  }
  const devirt = new DevirtState();
  for (const fn of funcs) {
    if (c.minor <= 21) staticCalls(c, devirt, fn);
    if (c.minor >= 22) forCapture(fn);
  }
  if (c.minor >= 24) deadLocals(funcs);
  // Until Go 1.21 the initialiser was made last.
  const all = [...(c.minor <= 21 && init ? [...written.filter((f) => f !== init), init] : written), ...wrappers, ...shown];

  const initBody = init?.body;
  if (init) init.body = dynamicInit(init);
  const a: Analysis = { c, state: new Map(), oracles: new Map(), locs: new Map(), spoken: new Map() };
  const heaps = new Set<Location>();
  const batches: Batch[] = [];
  visitBottomUp(c.minor, all, local, (list) => {
    c.muted = list.every(isRepeated);
    const b = new Batch(a);
    heaps.add(b.heapLoc);
    batches.push(b);
    b.run(list);
  });
  const emitted = new Set<Func>();
  for (const fn of all) {
    // Code is generated function by function, closures with the function around them.
    const todo = isCapturing(fn, c.minor) ? [] : [fn];
    while (todo.length > 0) {
      const f = todo.pop()!;
      if (emitted.has(f)) continue;
      emitted.add(f);
      c.muted = isRepeated(f);
      boundsLines(c, f);
      const inner: Func[] = [];
      for (const s of f.body) visit(s, (n) => { if (n.op === 'OCLOSURE' && isCapturing(n.func, c.minor)) inner.push(n.func); });
      todo.push(...inner);
    }
  }
  c.muted = false;
  // Who asks for these functions later gets them made for running.
  const wrapperTable = pkg.lowerer?.program.wrappers;
  for (const [key, w] of wrapperTable ?? []) if (pkg.lowerer!.linesOnly.has(w)) wrapperTable!.delete(key);
  if (pkg.lowerer && knowsTesting(pkg.lowerer.pkg)) dropVarLive(funcs);
  if (init) init.body = initBody!;
  for (const fn of funcs) {
    fn.closures = [];
    for (const s of fn.body) visit(s, (n) => { if (n.op === 'OCLOSURE') fn.closures.push(n.func); });
  }
  const explainLoc = (loc: Location | undefined): Explanation[] => {
    if (!loc) return [];
    const all = explanations(c, (l) => heaps.has(l), loc);
    return loc.has(attrEscapes) ? all.filter((x) => x.kind === 'escapes') : all;
  };
  return {
    lines, funcs,
    explain: (n) => explainLoc(a.locs.get(n)),
    explainLine: (l) => explainLoc(a.spoken.get(l)),
    graph: (max) => graphRows(fset, c, batches, max),
  };
}
