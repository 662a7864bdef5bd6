/**
 * One batch: functions that call each other, analysed together.
 *
 * All bodies are walked into one graph (expr.ts, stmt.ts, call.ts, assign.ts), then
 * captured variables flow to their closures (by value if never reassigned nor
 * addressed and at most 128 bytes, else by reference), what cannot be on the stack
 * for its size flows to the heap, the graph is solved (solve.ts), and the verdicts
 * are written to nodes and said (finish).
 */
import type { Pos } from '../../base/pos.ts';
import { ConstExpr, Decl, Name, AssignStmt, type ClosureExpr, type Expr, type Func, type Node } from '../ir/nodes.ts';
import { nodeText } from '../ir/print.ts';
import { T, alignOf, elem, identical, intConst, isInterface, makeInt, signatureOf, sizeOf, under } from '../ir/typeutil.ts';
import { ReassignOracle } from '../inline/static.ts';
import { isCapturing } from '../inline/scc.ts';
import { funcText, say, type Context, type EscapeLine, type LineKind } from '../inline/context.ts';
import type { Type } from '../types/type.ts';
import { Hole, Location, attrAll, attrCalls, attrEscapes, attrMutates, attrPersists, type ClosureFlow, type SummaryFunc } from './graph.ts';
import { explainFlow, sayEscapeHead } from './explain.ts';
import { Leaks } from './leaks.ts';
import { hasPointers } from './types.ts';
import { Walker } from './walker.ts';
import { solve } from './solve.ts';


/** How far a function is: absent, in the graph of the current batch, or its tags known. */
export type FuncState = 'planned' | 'tagged';

/** What analysis keeps across the batches of a package. */
export interface Analysis {
  readonly c: Context;
  readonly state: Map<Func, FuncState>;
  readonly oracles: Map<Func, ReassignOracle>;
  /** All locations that stand for a node, for explaining. */
  readonly locs: Map<Node, Location>;
  /** The location each verdict speaks of. */
  readonly spoken: Map<EscapeLine, Location>;
}

export class Batch {
  readonly c: Context;
  readonly allLocs: Location[] = [];
  readonly closures: ClosureFlow[] = [];
  readonly heapLoc = new Location(undefined, undefined, 0, attrAll);
  readonly mutatorLoc = new Location(undefined, undefined, 0, attrMutates);
  readonly calleeLoc = new Location(undefined, undefined, 0, attrCalls);
  readonly blankLoc = new Location(undefined, undefined, 0, 0);
  /** Closures whose results someone unknown may see. */
  readonly resultsLost = new Set<Func>();
  /** Closures called where they are written (Go 1.21 asks only that). */
  readonly called = new Set<Func>();
  readonly #names = new Map<Name, Location>();

  constructor(readonly a: Analysis) { this.c = a.c; }

  get minor(): number { return this.c.minor; }
  heapHole(): Hole { return this.heapLoc.hole(); }
  mutatorHole(): Hole { return this.minor >= 22 ? this.mutatorLoc.hole() : this.discardHole(); }
  calleeHole(): Hole { return this.calleeLoc.hole(); }
  discardHole(): Hole { return this.blankLoc.hole(); }

  newLoc(n: Node | undefined, curfn: Func | SummaryFunc, loopDepth: number, persists: boolean): Location {
    const loc = new Location(n, curfn, loopDepth, persists ? attrPersists : 0);
    this.allLocs.push(loc);
    if (n) {
      if (n.op === 'ONAME') this.#names.set(n, loc);
      this.a.locs.set(n, loc);
    }
    return loc;
  }
  hasLoc(n: Name): boolean { return this.#names.has(n); }
  /** The location of a local; one that has none (a tree not made by lowering) gets one that leaks everything. */
  oldLoc(n: Name): Location {
    const c = n.canonical;
    let loc = this.#names.get(c);
    if (!loc) {
      loc = this.newLoc(c, c.curfn!, 1, true);
      loc.attrs = attrAll;
    }
    return loc;
  }

  /** Adds the edge that puts src's value (address, for derefs −1) into the hole. */
  flow(k: Hole, src: Location): void {
    if (k.addrtaken) src.addrtaken = true;
    const dst = k.dst;
    if (dst === this.blankLoc) return;
    if (dst === src && k.derefs >= 0) return;
    if (dst.has(attrEscapes) && k.derefs < 0) {
      const step = { dst, src, derefs: k.derefs, notes: k.notes };
      src.paths.push({ kind: 'escapes', root: dst, derefs: 0, steps: [step], truncated: false });
      sayEscapeHead(this, src);
      explainFlow(this, src, step);
      src.attrs |= attrAll;
      return;
    }
    dst.edges.push({ src, derefs: k.derefs, notes: k.notes });
  }

  /** Is fn among the functions being analysed right now? */
  inBatch(fn: Func): boolean { return this.a.state.get(fn) === 'planned'; }

  run(fns: readonly Func[]): void {
    this.build(fns);
    solve(this);
    this.#finish(fns);
  }

  /** Walks the functions into the graph, unsolved. */
  build(fns: readonly Func[]): void {
    for (const fn of fns) this.#init(fn);
    for (const fn of fns) if (!isCapturing(fn, this.minor)) new Walker(this, fn).body();
    this.#namesFirst();
    for (const cl of this.closures) this.#flowClosure(cl.k, cl.clo);
    for (const loc of this.allLocs) {
      if (!loc.n) continue;
      if (this.minor >= 25) this.#rewriteWithLiterals(loc.n, loc.curfn as Func);
      const why = heapAllocReason(this.c, loc.n);
      if (why) this.flow(this.heapHole().addr(loc.n, why), loc);
    }
  }

  /** Variables of inlined bodies known by summaries stand where gc, which declares them in the caller, has them: after the caller's own, before its sites. */
  #namesFirst(): void {
    const before = new Map<Location, Location[]>(), after = new Map<Location, Location[]>();
    const gone = new Set<Location>();
    for (const l of this.allLocs) {
      if (l.n || l.summary?.op !== 'ONAME' || l.summary.hidden) continue;
      const { dcl } = l.curfn as Func;
      const k = Math.min(l.summary.after, dcl.length);
      const at = k > 0 ? this.#names.get(dcl[k - 1]) : dcl.length > 0 ? this.#names.get(dcl[0]) : undefined;
      if (!at) continue;
      gone.add(l);
      const place = k > 0 ? after : before;
      const list = place.get(at);
      if (list) list.push(l); else place.set(at, [l]);
    }
    if (gone.size === 0) return;
    const all = this.allLocs.splice(0);
    for (const l of all) {
      this.allLocs.push(...(before.get(l) ?? []));
      if (!gone.has(l)) this.allLocs.push(l);
      this.allLocs.push(...(after.get(l) ?? []));
    }
  }

  #init(fn: Func): void {
    this.a.state.set(fn, 'planned');
    for (const n of fn.dcl) this.newLoc(n, fn, 1, true);
    if (!fn.oclosure) for (const n of fn.closureVars) if (!this.hasLoc(n.canonical)) this.newLoc(n.canonical, fn, 1, true);
    fn.results.forEach((r, i) => { this.oldLoc(r).resultIndex = 1 + i; });
  }

  #flowClosure(k0: Hole, clo: ClosureExpr): void {
    for (const cv of clo.func.closureVars) {
      const n = cv.canonical;
      const loc = this.oldLoc(cv);
      n.byval = !loc.addrtaken && !loc.reassigned && sizeOf(n.type) <= 128;
      cv.byval = n.byval;
      if (!n.byval) n.addrtaken = true;
      if (this.c.level > 1) {
        const fn = n.curfn ? funcText(this.c, n.curfn) : '<nil>';
        say(this.c, 'capture', n.pos, `${fn} capturing by ${n.byval ? 'value' : 'ref'}: ${nodeText(n, this.c.print)} `
          + `(addr=${loc.addrtaken} assign=${loc.reassigned} width=${sizeOf(n.type)})`, n.curfn, n);
      }
      let k = k0;
      if (!n.byval) k = k.addr(cv, 'reference');
      this.flow(k.note(cv, 'captured by a closure'), loc);
    }
  }

  /** Go 1.25: sizes and boxed operands whose value is a known constant are replaced by it; the text of the site changes with them. */
  #rewriteWithLiterals(n: Node, fn: Func | undefined): void {
    if (!fn || (n.op !== 'OMAKESLICE' && n.op !== 'OCONVIFACE')) return;
    const oracle = this.#oracle(fn);
    const keepEffects = (pos: Pos, x: Expr): void => {
      const tmp = new Name(pos, `.autotmp_${fn.dcl.length}`, x.type!, 'PAUTO');
      tmp.curfn = fn;
      tmp.autoTemp = true;
      tmp.esc = 'none';
      fn.dcl.push(tmp);
      (n.init ??= []).push(new Decl(pos, tmp), new AssignStmt(pos, tmp, x));
    };
    if (n.op === 'OCONVIFACE') {
      if (n.x.op === 'OLITERAL' || isInterface(n.x.type!)) return;
      const v = oracle.staticValue(n.x);
      if (v.op !== 'OLITERAL' || !validConst(n.x.type!, v)) return;
      keepEffects(n.pos, n.x);
      const lit = new ConstExpr(n.pos, n.x.type!, v.val);
      lit.shaped = n.x.shaped;
      n.x = lit;
    } else if (n.op === 'OMAKESLICE') {
      const r = n.cap ?? n.len!;
      if (r.op === 'OLITERAL') return;
      const s = oracle.staticValue(r);
      let lit: ConstExpr | undefined;
      if (s.op === 'OLITERAL') {
        const v = intConst(s.val);
        if (v !== undefined && v >= 0n) lit = new ConstExpr(n.pos, r.type!, s.val);
      } else if (s.op === 'OLEN' && this.minor >= 26) {
        const x = oracle.staticValue(s.x);
        if (x.op === 'OSLICELIT') lit = new ConstExpr(n.pos, T.int, makeInt(x.len));
      }
      if (!lit) return;
      keepEffects(n.pos, r);
      if (n.cap) n.cap = lit; else n.len = lit;
    }
  }

  #oracle(fn: Func): ReassignOracle {
    let f = fn;
    while (f.outer && f.outer.sym !== 'init') f = f.outer;
    let o = this.a.oracles.get(f);
    if (!o) this.a.oracles.set(f, (o = new ReassignOracle(f)));
    return o;
  }

  /** Says what became of a location. */
  #verdict(loc: Location, kind: LineKind, pos: Pos, text: string, fn: Func | undefined, n?: Node): void {
    const line = say(this.c, kind, pos, text, fn, n);
    if (line) this.a.spoken.set(line, loc);
  }

  #finish(fns: readonly Func[]): void {
    const c = this.c;
    for (const fn of fns) {
      this.a.state.set(fn, 'tagged');
      fn.paramTags = fn.params.map((p, i) => this.#paramTag(fn, p, i));
    }
    for (const loc of this.allLocs) {
      const n = loc.n;
      if (!n) {
        if (loc.summary) this.#saySummarySite(loc);
        continue;
      }
      const fn = loc.curfn as Func;
      const wrapper = n.op === 'OCLOSURE' && n.func.wrapper;
      const text = n.op === 'OAPPEND' ? 'append' : n.op === 'ONAME' || wrapper || c.muted ? '' : nodeText(n, c.print);
      if (loc.has(attrEscapes)) {
        if (n.op === 'ONAME') {
          this.#verdict(loc, 'moved', n.pos, `moved to heap: ${nodeText(n, c.print)}`, fn, n);
          n.class_ = n.class_ === 'PAUTO' ? 'PAUTOHEAP' : n.class_;
        } else if (!wrapper) this.#verdict(loc, 'escapes', n.pos, `${text} escapes to heap`, fn, n);
        n.esc = 'heap';
      } else {
        if (n.op !== 'ONAME' && !wrapper) say(c, 'does not escape', n.pos, `${text} does not escape`, fn, n);
        if (n.esc !== 'never') n.esc = 'none';
        if (!loc.has(attrPersists) && (n.op === 'OCLOSURE' || n.op === 'OMETHVALUE' || n.op === 'OSLICELIT')) n.transient = true;
      }
      if (n.op === 'OSTR2BYTES' && !loc.has(attrMutates) && this.minor >= 22) {
        say(c, 'zero-copy', n.pos, 'zero-copy string->[]byte conversion', fn, n);
        n.op = 'OSTR2BYTESTMP';
      }
    }
  }

  #saySummarySite(loc: Location): void {
    const s = loc.summary!;
    if (s.hidden) return;
    const text = s.op === 'OAPPEND' ? 'append' : s.text;
    let f = loc.curfn;
    while (f && !('nname' in f)) f = f.outer;
    const esc = loc.has(attrEscapes);
    if (s.op === 'ONAME') { if (esc) this.#verdict(loc, 'moved', s.pos, `moved to heap: ${s.text}`, f); }
    else this.#verdict(loc, esc ? 'escapes' : 'does not escape', s.pos, `${text} ${esc ? 'escapes to heap' : 'does not escape'}`, f);
    if (s.zeroCopy && !loc.has(attrMutates) && this.minor >= 22) say(this.c, 'zero-copy', s.pos, 'zero-copy string->[]byte conversion', f);
  }

  #paramTag(fn: Func, p: Name, i: number): string {
    const c = this.c;
    const diagnose = !(fn.wrapper || fn.dupok);
    const named = !p.sym.startsWith('~');
    const type = p.type;
    const uintptr = isUintptrType(type);
    if (fn.body.length === 0) {
      if (uintptr) {
        if (diagnose) say(c, 'uintptr', p.pos, `assuming ${p.sym} is unsafe uintptr`, fn, p);
        return '';
      }
      if (!hasPointers(type)) return '';
      const esc = new Leaks(this.minor);
      if (fn.pragmas.has('noescape')) {
        if (diagnose && named) say(c, 'leaking param', p.pos, `${p.sym} does not escape`, fn, p);
        esc.addMutator(0);
        esc.addCallee(0);
      } else {
        if (diagnose && named) say(c, 'leaking param', p.pos, `leaking param: ${p.sym}`, fn, p);
        esc.addHeap(0);
      }
      return esc.encode();
    }
    if (fn.pragmas.has('uintptrescapes')) {
      if (uintptr) {
        if (diagnose) say(c, 'uintptr', p.pos, `marking ${p.sym} as escaping uintptr`, fn, p);
        return '';
      }
      if (signatureOf(fn.nname.type).variadic && i === fn.params.length - 1 && isUintptrType(elem(type))) {
        if (diagnose) say(c, 'uintptr', p.pos, `marking ${p.sym} as escaping ...uintptr`, fn, p);
        return '';
      }
    }
    if (!hasPointers(type)) return '';
    if (!named) return new Leaks(this.minor).encode();
    const loc = this.oldLoc(p);
    const esc = (loc.paramEsc ?? new Leaks(this.minor)).copy();
    esc.optimize();
    if (diagnose && !loc.has(attrEscapes)) this.#reportLeaks(fn, p, loc, esc);
    return esc.encode();
  }

  #reportLeaks(fn: Func, p: Name, loc: Location, esc: Leaks): void {
    const c = this.c;
    let warned = false;
    const warn = (text: string): void => {
      warned = true;
      this.#verdict(loc, 'leaking param', p.pos, text, fn, p);
    };
    const h = esc.heap();
    if (h >= 0) warn(h === 0 ? `leaking param: ${p.sym}` : `leaking param content: ${p.sym}`);
    const results = fn.results;
    for (let i = 0; i < Leaks.results(this.minor) && i < results.length; i++) {
      const d = esc.result(i);
      if (d >= 0) warn(`leaking param: ${p.sym} to result ${results[i].sym} level=${d}`);
    }
    if (!c.mutationsCalls) {
      if (!warned) warn(`${p.sym} does not escape`);
      return;
    }
    if (esc.mutator() >= 0) warn(`mutates param: ${p.sym} derefs=${esc.mutator()}`);
    if (esc.callee() >= 0) warn(`calls param: ${p.sym} derefs=${esc.callee()}`);
    if (!warned) warn(`${p.sym} does not escape, mutate, or call`);
  }
}

function isUintptrType(t: Type): boolean { return identical(t, T.uintptr); }

/** May a constant be a value of type t? */
function validConst(t: Type, lit: ConstExpr): boolean {
  const u = under(t);
  if (u.kind !== 'Basic') return false;
  switch (lit.val.kind) {
    case 'Bool': return u.isBoolean();
    case 'String': return u.isString();
    case 'Int': return u.isInteger() || u.isFloat() || u.isComplex();
    case 'Float': return u.isFloat() || u.isComplex();
    case 'Complex': return u.isComplex();
    default: return false;
  }
}

/** Why a node's storage must be on the heap whatever flows; undefined: it need not. */
export function heapAllocReason(c: Context, n: Node): string | undefined {
  if (!n.type) return undefined;
  if (n.op === 'ONAME' && (n.class_ === 'PPARAM' || n.class_ === 'PPARAMOUT')) return undefined;
  const maxVar = c.smallFrames ? 64 << 10 : c.minor >= 24 ? 128 << 10 : 10 << 20;
  const maxImplicit = c.smallFrames ? 16 << 10 : 64 << 10;
  const large = 'too large for stack';
  if (tooLarge(n.type, maxVar)) return large;
  if (alignOf(n.type) > 8) return 'too aligned for stack';
  switch (n.op) {
    case 'ONEW': case 'OPTRLIT':
      if (tooLarge(elem(n.type), maxImplicit)) return large;
      return alignOf(elem(n.type)) > 8 ? 'too aligned for stack' : undefined;
    case 'OCLOSURE': {
      // The record: function pointer, then values and addresses captured.
      let size = 8;
      for (const cv of n.func.closureVars) size += cv.canonical.byval ? sizeOf(cv.type) : 8;
      return size > maxImplicit ? large : undefined;
    }
    case 'OMETHVALUE': return 8 + sizeOf(n.x.type!) > maxImplicit ? large : undefined;
    case 'OMAKESLICE': {
      const r = n.cap ?? n.len!;
      const size = sizeOf(elem(n.type));
      if (size === 0 && c.minor >= 25) return 'zero-sized element';
      const v = r.op === 'OLITERAL' ? intConst(r.val) : undefined;
      if (v === undefined || BigInt.asIntN(32, v) !== v) return c.minor >= 25 ? undefined : 'non-constant size';
      return size !== 0 && v > BigInt(Math.floor(maxImplicit / size)) ? large : undefined;
    }
    default: return undefined;
  }
}
function tooLarge(t: Type, max: number): boolean {
  const s = sizeOf(t);
  return s < 0 || s > max;
}
