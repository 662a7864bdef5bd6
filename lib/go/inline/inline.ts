/**
 * Inlining and devirtualization of one package.
 *
 * From Go 1.22 on: first every function is judged (canInline), bottom up; then,
 * again bottom up (1.22 and 1.23: in the order they were read), calls are replaced
 * until nothing changes. Every call is wrapped
 * in parentheses first, so that f(g()) can lose f before g without losing the
 * place of g. A replaced call brings new calls, which are looked at after those
 * already known: lines come out breadth first. Before a batch of new calls is
 * tried, each is devirtualized and counted at its callee, because a closure called
 * exactly once may be much bigger.
 *
 * In 1.21 judging and replacing alternate per component, and devirtualization comes
 * last, for the whole package. SIMPLIFIED: 1.22 and 1.24 were not run; they are
 * taken to be like the version after.
 *
 * A replaced call is an OINLCALL: its init declares and assigns the parameters
 * (results too unless the one return can do it), its body ends in a label that
 * returns jump to, its values are the result variables. Code inlined has inlined
 * positions; which functions a position lies in is what stops recursion.
 */
import type { Pos } from '../../base/pos.ts';
import {
  AssignListStmt, AssignStmt, BlockStmt, BranchStmt, Decl, InlineMarkStmt, InlinedCallExpr, LabelStmt, ParenExpr, type CallExpr, type Expr, type Func, type Name, type Node,
  type ReturnStmt, type Stmt,
} from '../ir/nodes.ts';
import { dictParam, dictText } from '../ir/print.ts';
import { editChildren } from '../ir/visit.ts';
import { countClosures } from '../ir/closures.ts';
import { cloneBody, cloneName } from './clone.ts';
import { canInline, costOK, haveInlineBody, inlCallee, isBigFunc, isIntrinsicCall } from './cost.ts';
import type { InlineFact } from '../facts/facts.ts';
import { factOf, funcText, say, type Context } from './context.ts';
import { DevirtState, staticCall } from './devirtualize.ts';
import { factType } from './facttypes.ts';
import { isCapturing, visitBottomUp } from './scc.ts';

/** Calls of one function under replacement. */
interface State {
  readonly fn: Func;
  readonly big: boolean;
  readonly sites: Set<ParenExpr>;
  readonly parens: ParenExpr[];
  readonly resolved: (Func | undefined)[];
}

export class Inliner {
  readonly #states = new Map<Func, State>();
  readonly #uses = new Map<Func, number>();
  readonly #devirt = new DevirtState();
  /** Inlined calls: the call each stands in (−1: none), its position, the function. */
  readonly #tree: { parent: number; pos: Pos; func: Func }[] = [];
  readonly #indexOf = new Map<Pos, number>();
  /** Closures made by inlining, in order. */
  readonly made: Func[] = [];
  #gen = 0;
  /** init: the package's initialiser function, which is never judged. */
  constructor(readonly c: Context, readonly init: Func | undefined) {}

  /** Inlines and devirtualizes in all functions of the package (closures included in the list). */
  package(funcs: readonly Func[], local: (fn: Func) => boolean): void {
    const c = this.c;
    const judge = (list: readonly Func[], recursive: boolean): void => {
      if (c.noInline) return;
      const several = list.filter((f) => !isCapturing(f, c.minor)).length > 1;
      for (const fn of list) {
        if (c.minor >= 24 || !recursive || several) this.#judge(fn);
        else if (c.level > 1 && !fn.oclosure) say(c, 'cannot inline', fn.pos, `cannot inline ${funcText(c, fn)}: recursive`, fn);
      }
    };
    if (c.minor >= 22) {
      visitBottomUp(c.minor, funcs, local, judge);
      for (const fn of funcs) this.#begin(fn);
      if (c.minor >= 24) for (const s of this.#states.values()) this.#muting(s.fn, () => { for (let i = 0; i < s.parens.length; i++) this.#resolve(s, i); });
      if (c.minor >= 24) visitBottomUp(c.minor, funcs, local, (list) => this.#fix(list));
      else for (const fn of funcs) this.#fix([fn]);
    } else {
      visitBottomUp(c.minor, funcs, local, (list, recursive) => {
        judge(list, recursive);
        for (const fn of list) this.#begin(fn);
        this.#fix(list);
      });
    }
    for (const s of this.#states.values()) unparen(s.fn);
  }

  /** A single function made after the others: a method wrapper. */
  wrapper(fn: Func): void {
    this.#begin(fn);
    this.#fix([fn]);
    unparen(fn);
  }

  #muting(fn: Func, f: () => void): void {
    const old = this.c.muted;
    this.c.muted = old || isRepeated(fn);
    f();
    this.c.muted = old;
  }
  #judge(fn: Func): void { if (fn !== this.init && !isLateWrapper(fn, this.c.minor)) this.#muting(fn, () => canInline(this.c, fn)); }

  #begin(fn: Func): void {
    if (this.#states.has(fn) || isLateWrapper(fn, this.c.minor)) return;
    const c = this.c;
    const big = !c.noInline && isBigFunc(fn);
    if (big && c.level > 1) this.#muting(fn, () => say(c, 'big', fn.pos, `function ${funcText(c, fn)} considered 'big'; reducing max cost of inlinees`, fn));
    const s: State = { fn, big, sites: new Set(), parens: [], resolved: [] };
    this.#states.set(fn, s);
    fn.body = fn.body.map((n) => this.#mark(s, n) as Stmt);
  }

  /** Wraps the calls below n. */
  #mark(s: State, n0: Node): Node {
    let n = n0;
    let p: ParenExpr | undefined;
    if (n.op === 'OPAREN') {
      if (s.sites.has(n)) return n;
      p = n;
      n = n.x;
    }
    editChildren(n, (x) => this.#mark(s, x));
    if (n.op === 'OCALLFUNC' || n.op === 'OCALLINTER') {
      if (!p) {
        p = new ParenExpr(n.pos, n);
        s.sites.add(p);
      }
      s.parens.push(p);
      return p;
    }
    return p ?? n;
  }

  readonly #lineSites = new Map<ParenExpr, LineSite>();
  /** Lines under a line of a summary wait for their turn like calls. */
  #pushLines(s: State, call: CallExpr, fact: InlineFact, parent: number): void {
    fact.lines.forEach((l, line) => {
      if (l.parent !== parent) return;
      const p = new ParenExpr(call.pos, call);
      s.parens.push(p);
      this.#lineSites.set(p, { call, fact, line, said: false });
    });
  }
  /** The turn of a summary's line: when calls are resolved for devirtualization, when they are replaced for inlining. */
  #sayLine(s: State, site: LineSite, resolving: boolean): void {
    const text = site.fact.lines[site.line].text;
    const inlining = text.startsWith('inlining');
    if (site.said || (resolving && inlining)) return;
    site.said = true;
    say(this.c, inlining ? 'inlining call' : 'devirtualizing', site.call.pos, text.replace('\u0001', s.fn.sym), s.fn, site.call);
    if (inlining) this.#pushLines(s, site.call, site.fact, site.line);
  }

  #fix(list: readonly Func[]): void {
    let done = false;
    const known = new Set<CallExpr>();
    while (!done) {
      done = true;
      for (const fn of list) this.#muting(fn, () => {
        const s = this.#states.get(fn);
        if (!s) return;
        const batched = this.c.minor >= 24;
        let from = 0, to = s.parens.length;
        for (;;) {
          for (let i = from; i < (batched ? to : s.parens.length); i++) {
            const paren = s.parens[i];
            const call = paren.x;
            const inlined = this.#edit(s, i);
            if (!inlined) {
              if (call.op === 'OCALLFUNC' && call.concrete && !known.has(call)) {
                known.add(call);
                this.#devirt.summarized(call);
                done = false;
              }
              continue;
            }
            paren.x = inlined;
            editChildren(inlined, (x) => this.#mark(s, x));
            this.#devirt.inlinedCall(s.fn, call as CallExpr, inlined);
            done = false;
          }
          from = to;
          to = s.parens.length;
          if (from === to || !batched) break;
          for (let i = from; i < to; i++) this.#resolve(s, i);
        }
      });
    }
  }

  /** The function that call i of s may inline, and how many calls of it are known. */
  #resolve(s: State, i: number): { fn: Func | undefined; uses: number } {
    const site = this.#lineSites.get(s.parens[i]);
    if (site) {
      this.#sayLine(s, site, true);
      return { fn: undefined, uses: 0 };
    }
    const known = s.resolved[i];
    if (known) return { fn: known, uses: this.#uses.get(known) ?? 0 };
    const call = s.parens[i].x;
    if (call.op !== 'OCALLFUNC' && call.op !== 'OCALLINTER') return { fn: undefined, uses: -1 };
    if (this.c.minor >= 22) staticCall(this.c, this.#devirt, s.fn, call);
    if (!this.#mightInline(call)) return { fn: undefined, uses: 0 };
    const fn = inlCallee(this.c, s.fn, call, true);
    if (!fn) return { fn: undefined, uses: 0 };
    s.resolved[i] = fn;
    const uses = (this.#uses.get(fn) ?? 0) + 1;
    this.#uses.set(fn, uses);
    return { fn, uses };
  }

  #mightInline(call: CallExpr): boolean {
    if (this.c.noInline || call.op !== 'OCALLFUNC' || call.noInline) return false;
    const f = call.fun;
    if (this.c.checkptr && f.op === 'OMETHEXPR' && f.method?.pkgPath === 'reflect' && /^Value\.(UnsafeAddr|Pointer)$/.test(f.method.sym)) return false;
    if (f.op === 'ONAME' && f.class_ === 'PFUNC' && f.pkgPath === 'internal/abi' && f.sym.startsWith('EscapeNonString[')) return false;
    return !isIntrinsicCall(call);
  }

  #edit(s: State, i: number): InlinedCallExpr | undefined {
    const site = this.#lineSites.get(s.parens[i]);
    if (site) {
      this.#sayLine(s, site, false);
      return undefined;
    }
    const call0 = s.parens[i].x;
    if (call0.op !== 'OCALLFUNC' && call0.op !== 'OCALLINTER') return undefined;
    const { uses, fn: target } = this.#resolve(s, i);
    if (uses <= 0) return undefined;
    const call = s.parens[i].x as CallExpr;
    if (!this.#mightInline(call)) return undefined;
    const fn = inlCallee(this.c, s.fn, call, false);
    if (!fn || !haveInlineBody(this.c, fn) || (this.c.checkptr && fn.nname.pkgPath === 'runtime')) return undefined;
    const once = uses === 1 && target!.outer !== undefined && this.c.minor >= 24;
    if (!costOK(this.c, fn, s.big, once)) return undefined;
    return this.#inlineCall(s, call, fn);
  }

  /** The inlined form of a call; undefined where recursion forbids it. */
  #inlineCall(s: State, call: CallExpr, fn: Func): InlinedCallExpr | undefined {
    const c = this.c, fset = c.fset, caller = s.fn;
    const inner = fset.innermost(call.pos);
    for (const { call: at } of fset.inlineStack(call.pos)) if (fset.innermost(at) === inner) return undefined;
    const parent = this.#indexOf.get(call.pos) ?? -1;
    const inlined = [funcName(fn)];
    for (let i = parent; i >= 0; i = this.#tree[i].parent) {
      if (this.#tree[i].func === fn) {
        if (c.level > 1) say(c, 'cannot inline', call.pos, `cannot inline ${funcText(c, fn)} into ${caller.sym}: repeated recursive cycle`, caller);
        return undefined;
      }
      inlined.unshift(funcName(this.#tree[i].func));
    }
    const index = this.#tree.push({ parent, pos: call.pos, func: fn }) - 1;
    say(c, 'inlining call', call.pos, `inlining call to ${funcText(c, fn)}`, caller, call);
    const fact = factOf(c, fn)?.inline;
    if (fact) return this.#summarized(s, call, fact);
    const inl = fn.inl!;

    const positions = new Map<Pos, Pos>();
    const pos = (p: Pos): Pos => {
      if (p === 0) return p;
      let q = positions.get(p);
      if (q === undefined) {
        q = fset.inlinedPos(call.pos, p, fn.traceName);
        positions.set(p, q);
        this.#indexOf.set(q, index);
      }
      return q;
    };
    const gen = ++this.#gen;
    const names = new Map<Name, Name>();
    for (const cv of fn.closureVars) names.set(cv, cv.outer!);
    const params: Name[] = [], results: Name[] = [];
    for (const d of inl.dcl) {
      const x = cloneName(d, caller, pos(d.pos), fn.nname.pkgPath);
      if (d.class_ === 'PPARAM') params.push(x);
      else if (d.class_ === 'PPARAMOUT') results.push(x);
      if (d.class_ !== 'PAUTO') {
        x.class_ = 'PAUTO';
        x.inlFormal = true;
        x.defn = undefined;
        if (c.minor <= 21 && x.sym.startsWith('~r')) x.sym = `~R${x.sym.slice(2)}`;
      } else x.inlLocal = true;
      names.set(d, x);
      caller.dcl.push(x);
    }

    const init: Stmt[] = call.init ?? [];
    call.init = undefined;
    calleeEffects(init, call.fun);
    const as = new AssignListStmt(call.pos, 'OAS2', params.slice(), call.args.slice(), true);
    if (call.dictName !== '' && fn.shape !== undefined) as.dict = { at: call.fun.op === 'OMETHEXPR' ? 1 : 0, name: dictParam(fn.nname.pkgPath, c.print), value: dictText(call, c.print) };
    as.init = params.map((x) => new Decl(call.pos, x));
    for (const x of params) x.defn = as;
    init.push(as);
    if (!inl.canDelayResults) for (const x of results) init.push(new Decl(call.pos, x), new AssignStmt(call.pos, x, undefined));
    init.push(new InlineMarkStmt(call.pos, index));

    const body = cloneBody(inl.body, {
      pos, names, curfn: caller, label: (l) => `~${l}·${gen}`, rename: { inlined, minor: c.minor, made: this.made },
    });
    const ret = `.i${gen}`;
    const edit = (n: Node): Node => {
      if (n.op === 'ORETURN') n = inlReturn(n, call.pos, results, ret, inl.canDelayResults);
      editChildren(n, edit);
      return n;
    };
    for (let i = 0; i < body.length; i++) body[i] = edit(body[i]) as Stmt;
    body.push(new LabelStmt(call.pos, ret));
    const res = new InlinedCallExpr(call.pos, fn, body, results, call.type);
    res.shaped = call.shaped;
    res.init = init;
    return res;
  }

  /** A call whose body is known by its summary only: escape analysis splices the summary in. */
  /** Which inlined call a position stands in; −1: none. */
  indexAt(pos: Pos): number { return this.#indexOf.get(pos) ?? -1; }

  #summarized(s: State, call: CallExpr, fact0: InlineFact): undefined {
    const fact = numbered(s.fn, fact0);
    this.#pushLines(s, call, fact, -1);
    // Go 1.21 still wrote the unnamed result ~R0.
    call.summary = this.c.minor > 21 ? fact.summary
      : { ...fact.summary, locs: fact.summary.locs.map((l) => (l.kind === 'result' && l.text?.startsWith('~r') ? { ...l, text: `~R${l.text.slice(2)}` } : l)) };
    call.summaryAt = s.fn.dcl.length;
    if (fact.concrete) call.concrete = fact.concrete.map((t) => (t === '' ? undefined : factType(this.c.facts!, t)));

    call.noInline = true;
    return undefined;
  }
}

/** A fact with the literals in its lines, `\u0001.Mkdir.func1`, counted after those that its caller has already. */
function numbered(caller: Func, fact: InlineFact): InlineFact {
  const literal = /^(inlining call to \u0001\.[\w.()*]*\.func)(\d+)/;
  let n = (fact.summary.funcs ?? []).filter((outer) => outer < 0).length;
  for (const l of fact.lines) n = Math.max(n, Number(literal.exec(l.text)?.[2] ?? 0));
  const before = n === 0 ? 0 : countClosures(caller, n);
  if (before === 0) return fact;
  return { ...fact, lines: fact.lines.map((l) => ({ ...l, text: l.text.replace(literal, (_, head: string, k: string) => `${head}${before + Number(k)}`) })) };
}

/** A line that a summary says in place of a nested call, when that call's turn comes. */
interface LineSite { readonly call: CallExpr; readonly fact: InlineFact; readonly line: number; said: boolean }

/** Until Go 1.21 escape analysis made the functions behind go and defer statements: nothing was inlined in them. */
function isLateWrapper(fn: Func, minor: number): boolean { return minor <= 21 && fn.wrapper && fn.oclosure !== undefined; }

/** Another instance of fn's shape speaks for it. */
export function isRepeated(fn: Func): boolean {
  for (let f: Func | undefined = fn; f; f = f.outer) if (f.shapeRep) return true;
  return false;
}

function funcName(fn: Func): string { return fn.sym; }

/** What evaluating the callee does besides naming a function. */
function calleeEffects(init: Stmt[], callee: Expr): void {
  for (;;) {
    init.push(...(callee.init ?? []));
    callee.init = undefined;
    if (callee.op === 'OCONVNOP' || callee.op === 'OPAREN') callee = callee.x;
    else if (callee.op === 'OINLCALL') {
      init.push(...callee.body.splice(0));
      callee = callee.returnVars[0];
    } else return;
  }
}

/** What a return becomes: results assigned, then a jump to the end. */
function inlReturn(n: ReturnStmt, pos: Pos, results: readonly Name[], label: string, delay: boolean): BlockStmt {
  const list: Stmt[] = n.init ?? [];
  n.init = undefined;
  if (n.results.length > 0) {
    const as = new AssignListStmt(pos, 'OAS2', results.slice(), n.results);
    if (delay) for (const x of results) {
      list.push(new Decl(pos, x));
      x.defn = as;
    }
    list.push(as);
  }
  list.push(new BranchStmt(pos, 'OGOTO', label));
  return new BlockStmt(pos, list);
}

function unparen(fn: Func): void {
  const edit = (n: Node): Node => {
    if (n.op === 'OPAREN') n = n.x;
    editChildren(n, edit);
    return n;
  };
  fn.body = fn.body.map((n) => edit(n) as Stmt);
}
