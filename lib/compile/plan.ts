/**
 * What must be known of a function before its code can be emitted: where each
 * variable lives, which places get numbers (code points), whether it can yield,
 * and which variables are live at each point.
 *
 * Points are numbered in the order the emitter meets the statements, so every
 * statement owns a contiguous range of numbers [lo, hi) and the dispatch at the
 * head of a statement list can route a resumption with one br_table. Points are:
 * a call that may yield (resume after it), a loop's back-edge (resume at the next
 * iteration), and a label (never resumed, but reached by goto through the same
 * dispatch). Number 1 is the function's entry.
 *
 * Liveness is the usual backward analysis over names, solved by repeating whole
 * passes until loop heads and labels are stable. A name is live at a point if some
 * path from there reads it before writing all of it; taking its address reads it.
 * A variable whose address was taken stays reachable through pointers, which the
 * stack scanner follows (StackObject), so precision is not lost to address-taking.
 */
import type { Name, Expr, Stmt, Func, ForStmt, CallExpr, RuntimeCall } from '../go/ir/nodes.ts';
import { visit } from '../go/ir/visit.ts';
import { runtimeEntries, type RuntimeName } from '../abi/imports.ts';
import { comps } from './layout.ts';
import type { Type } from '../go/types/type.ts';
import { under } from '../go/types/under.ts';

/** A call standing where walk lets one stand. */
export interface CallSite { readonly call: CallExpr | RuntimeCall; readonly lhs: readonly Expr[] }

export function callOf(s: Stmt): CallSite | undefined {
  switch (s.op) {
    case 'OCALLFUNC': case 'OCALLINTER': case 'OCALLRT': return { call: s as CallExpr | RuntimeCall, lhs: [] };
    case 'OAS': return s.y && isCall(s.y) ? { call: s.y, lhs: [s.x] } : undefined;
    case 'OAS2FUNC': return isCall(s.rhs[0]) ? { call: s.rhs[0], lhs: s.lhs } : undefined;
    default: return undefined;
  }
}
export function isCall(e: Expr): e is CallExpr | RuntimeCall {
  return e.op === 'OCALLFUNC' || e.op === 'OCALLINTER' || e.op === 'OCALLRT';
}

/** The function a call is known to reach. */
export function staticCallee(n: CallExpr): Func | undefined {
  const f = n.fun;
  if (f.op === 'ONAME' && f.class_ === 'PFUNC') return f.func;
  if (f.op === 'OMETHEXPR') return f.method?.func;
  return undefined;
}

/** The variable an assignment's left side is part of, when that part is inside it. */
export function baseName(e: Expr): Name | undefined {
  for (;;) {
    if (e.op === 'ONAME') return e;
    if (e.op === 'ODOT' || e.op === 'OPAREN') e = e.x;
    else if (e.op === 'OINDEX' && e.x.type && isArray(e.x.type)) e = e.x;
    else if (e.op === 'OCONVNOP') e = e.x;
    else return undefined;
  }
}
function isArray(t: Type): boolean { return under(t).kind === 'Array'; }

export const entryPoint = 1;

export class Plan {
  /** Statement lists with every init list in front of its statement. */
  readonly #flat = new Map<readonly Stmt[], Stmt[]>();
  readonly range = new Map<Stmt, readonly [number, number]>();
  readonly callPoint = new Map<Stmt, number>();
  readonly loopPoint = new Map<Stmt, number>();
  readonly postRange = new Map<ForStmt, readonly [number, number]>();
  readonly bodyRange = new Map<Stmt, readonly [number, number]>();
  readonly labels = new Map<string, number>();
  /** Names live at a point. */
  readonly live = new Map<number, readonly Name[]>();
  /** Names live when the function starts. */
  entryLive: readonly Name[] = [];
  readonly addressed = new Set<Name>();
  npoints = entryPoint + 1;
  readonly #gotos = new Set<string>();
  readonly #vars: Name[] = [];
  readonly #index = new Map<Name, number>();
  #words = 0;
  readonly #headLive = new Map<object, Uint32Array>();
  #changed = false;
  readonly body: Stmt[];

  constructor(readonly fn: Func, readonly callYields: (c: CallExpr | RuntimeCall) => boolean, readonly yields: boolean) {
    this.body = this.flat(fn.body);
    for (const s of fn.body) visit(s, (n) => {
      if (n.op === 'OADDR') { const b = baseName(n.x); if (b) this.addressed.add(b); }
      else if (n.op === 'OGOTO') this.#gotos.add(n.label);
      else if (n.op === 'OJUMPTABLE') for (const t of n.targets) this.#gotos.add(t);
      else if (n.op === 'ONAME') this.#note(n);
    });
    for (const n of fn.dcl) { this.#note(n); if (n.heapaddr) this.#note(n.heapaddr); }
    this.#words = (this.#vars.length + 31) >>> 5;
    this.#number(this.body);
    this.#solve();
  }

  #note(n: Name): void {
    if (n.class_ === 'PEXTERN' || n.class_ === 'PFUNC' || this.#index.has(n)) return;
    this.#index.set(n, this.#vars.length);
    this.#vars.push(n);
  }
  get vars(): readonly Name[] { return this.#vars; }

  /** The list with init statements spliced in; one array per list. */
  flat(list: readonly Stmt[]): Stmt[] {
    let f = this.#flat.get(list);
    if (!f) {
      f = [];
      for (const s of list) this.#splice(s, f);
      this.#flat.set(list, f);
      this.#flat.set(f, f);
    }
    return f;
  }
  #splice(s: Stmt, out: Stmt[]): void {
    if (s.init && s.init.length > 0) {
      for (const i of s.init) this.#splice(i, out);
      s.init = undefined;
    }
    out.push(s);
  }
  postList(n: ForStmt): Stmt[] {
    if (!n.post) return [];
    let f = this.#posts.get(n);
    if (!f) this.#posts.set(n, (f = this.flat([n.post])));
    return f;
  }
  readonly #posts = new Map<ForStmt, Stmt[]>();

  // Numbering.

  #number(list: readonly Stmt[]): void {
    for (const s of list) {
      const lo = this.npoints;
      switch (s.op) {
        case 'OBLOCK': this.#number(this.flat(s.list)); break;
        case 'OIF': {
          this.#number(this.flat(s.body));
          this.bodyRange.set(s, [lo, this.npoints]);
          this.#number(this.flat(s.els));
          break;
        }
        case 'OFOR': {
          this.#again = true;
          this.#number(this.flat(s.body));
          this.bodyRange.set(s, [lo, this.npoints]);
          const p = this.npoints;
          this.#number(this.postList(s));
          this.postRange.set(s, [p, this.npoints]);
          if (this.yields) this.loopPoint.set(s, this.npoints++);
          break;
        }
        case 'OLABEL':
          this.#again = true;
          if (this.#gotos.has(s.label)) this.labels.set(s.label, this.npoints++);
          break;
        default: {
          const c = callOf(s);
          if (c && this.yields && this.callYields(c.call)) this.callPoint.set(s, this.npoints++);
        }
      }
      this.range.set(s, [lo, this.npoints]);
    }
  }

  // Liveness.

  #solve(): void {
    const always = new Uint32Array(this.#words);
    if (this.fn.hasDefer) for (const r of this.fn.results) this.#add(always, r.heapaddr ?? r);
    this.#exit = always;
    // Without loops and labels one pass is the answer; else the last one, which changes nothing, is.
    this.#recording = !this.#again;
    for (let pass = 0; pass < 1000; pass++) {
      this.#changed = false;
      const end = always.slice();
      for (const r of this.fn.results) this.#add(end, r.heapaddr ?? r);
      this.#breaks.clear();
      this.#list(this.body, end);
      if (this.#recording) { this.entryLive = this.#names(end); return; }
      if (!this.#changed) this.#recording = true;
    }
  }
  /** Whether points are written down: in the last pass. */
  #recording = false;
  /** There are loops or labels. */
  #again = false;
  #exit = new Uint32Array(0);
  readonly #breaks = new Map<string, { brk: Uint32Array; cont: Uint32Array }>();
  #breakStack: { brk: Uint32Array; cont: Uint32Array | undefined }[] = [];

  #add(set: Uint32Array, n: Name): void { const i = this.#index.get(n); if (i !== undefined) set[i >>> 5] |= 1 << (i & 31); }
  #kill(set: Uint32Array, n: Name): void { const i = this.#index.get(n); if (i !== undefined) set[i >>> 5] &= ~(1 << (i & 31)); }
  #names(set: Uint32Array): Name[] {
    const out: Name[] = [];
    for (let w = 0; w < set.length; w++) for (let b = set[w]; b !== 0; b &= b - 1) out.push(this.#vars[w * 32 + 31 - Math.clz32(b & -b)]);
    return out;
  }
  #uses(set: Uint32Array, e: Expr | undefined): void {
    if (!e) return;
    let names = this.#mentions.get(e);
    if (!names) {
      const list: number[] = [];
      visit(e, (n) => { if (n.op === 'ONAME') { const i = this.#index.get(n); if (i !== undefined) list.push(i); } });
      this.#mentions.set(e, (names = list));
    }
    for (const i of names) set[i >>> 5] |= 1 << (i & 31);
  }
  /** Numbers of the variables an expression mentions. */
  readonly #mentions = new Map<Expr, readonly number[]>();
  /** An assignment to e: kills a whole variable, else reads what e's address needs. */
  #define(set: Uint32Array, e: Expr): void {
    if (e.op === 'ONAME') { this.#kill(set, e); return; }
  }
  #defineUses(set: Uint32Array, e: Expr): void {
    if (e.op === 'ONAME') return;
    const b = baseName(e);
    if (b === undefined) { this.#uses(set, e); return; }
    // Writing a part neither reads nor replaces the variable, but indexes are read.
    let x: Expr = e;
    while (x.op !== 'ONAME') {
      if (x.op === 'OINDEX') this.#uses(set, x.index);
      x = (x as { x: Expr }).x;
    }
  }
  #merge(key: object, set: Uint32Array): Uint32Array {
    let h = this.#headLive.get(key);
    if (!h) { h = new Uint32Array(this.#words); this.#headLive.set(key, h); }
    for (let i = 0; i < h.length; i++) {
      const v = (h[i] | set[i]) >>> 0;
      if (v !== h[i]) { h[i] = v; this.#changed = true; }
    }
    return h;
  }
  readonly #labelKeys = new Map<string, object>();
  #labelLive(label: string): Uint32Array {
    let k = this.#labelKeys.get(label);
    if (!k) this.#labelKeys.set(label, (k = {}));
    return this.#headLive.get(k) ?? new Uint32Array(this.#words);
  }
  #point(id: number, set: Uint32Array): void { if (this.#recording) this.live.set(id, this.#names(set)); }

  /** Turns what is live after the list into what is live before it, in place. */
  #list(list: readonly Stmt[], set: Uint32Array): void {
    for (let i = list.length - 1; i >= 0; i--) this.#stmt(list[i], set);
  }
  #stmt(s: Stmt, set: Uint32Array): void {
    switch (s.op) {
      case 'OBLOCK': {
        if (s.label) this.#breaks.set(s.label, { brk: set.slice(), cont: set });
        if (s.label) this.#breakStack.push({ brk: set.slice(), cont: undefined });
        this.#list(this.flat(s.list), set);
        if (s.label) this.#breakStack.pop();
        return;
      }
      case 'OIF': {
        const other = set.slice();
        this.#list(this.flat(s.body), set);
        this.#list(this.flat(s.els), other);
        for (let i = 0; i < set.length; i++) set[i] |= other[i];
        this.#uses(set, s.cond);
        return;
      }
      case 'OFOR': {
        const after = set.slice();
        const head = (this.#headLive.get(s) ?? new Uint32Array(this.#words)).slice();
        const p = this.loopPoint.get(s);
        if (p !== undefined) this.#point(p, head);
        const post = head.slice();
        this.#list(this.postList(s), post);
        if (s.label) this.#breaks.set(s.label, { brk: after, cont: post });
        this.#breakStack.push({ brk: after, cont: post });
        const body = post.slice();
        this.#list(this.flat(s.body), body);
        this.#breakStack.pop();
        if (s.cond) for (let i = 0; i < body.length; i++) body[i] |= after[i];
        this.#uses(body, s.cond);
        set.set(this.#merge(s, body));
        return;
      }
      case 'OBREAK': case 'OCONTINUE': {
        const t = s.label ? this.#breaks.get(s.label) : this.#inner(s.op === 'OCONTINUE');
        if (t) set.set((s.op === 'OBREAK' ? t.brk : t.cont)!);
        return;
      }
      case 'OGOTO': set.set(this.#labelLive(s.label)); return;
      case 'OJUMPTABLE':
        for (const t of s.targets) { const l = this.#labelLive(t); for (let i = 0; i < set.length; i++) set[i] |= l[i]; }
        this.#uses(set, s.x);
        return;
      case 'OLABEL': {
        let k = this.#labelKeys.get(s.label);
        if (!k) this.#labelKeys.set(s.label, (k = {}));
        this.#merge(k, set);
        const id = this.labels.get(s.label);
        if (id !== undefined) this.#point(id, set);
        return;
      }
      case 'ORETURN':
        set.set(this.#exit);
        if (s.results.length === 0) for (const r of this.fn.results) this.#add(set, r.heapaddr ?? r);
        for (const e of s.results) this.#uses(set, e);
        return;
      case 'ODCL': this.#kill(set, s.x); return;
      default: {
        const c = callOf(s);
        if (c) {
          const p = this.callPoint.get(s);
          for (const l of c.lhs) this.#define(set, l);
          if (p !== undefined) {
            const at = set.slice();
            // Results of runtime calls and natives are in their variables before the frame is saved.
            if (c.call.op === 'OCALLRT' || staticCallee(c.call)?.external) for (const l of c.lhs) if (l.op === 'ONAME') this.#add(at, l);
            this.#point(p, at);
          }
          for (const l of c.lhs) this.#defineUses(set, l);
          if (c.call.op !== 'OCALLRT') this.#uses(set, c.call.fun);
          for (const a of c.call.args) this.#uses(set, a);
          return;
        }
        if (s.op === 'OAS') {
          this.#define(set, s.x);
          this.#defineUses(set, s.x);
          this.#uses(set, s.y);
          return;
        }
        this.#uses(set, s as Expr);
      }
    }
  }
  #inner(loop: boolean): { brk: Uint32Array; cont: Uint32Array | undefined } | undefined {
    for (let i = this.#breakStack.length - 1; i >= 0; i--) if (!loop || this.#breakStack[i].cont) return this.#breakStack[i];
    return undefined;
  }

  /** Lives in the frame: its address is taken, or it has no scalars. */
  inMemory(n: Name): boolean { return this.addressed.has(n) || comps(n.type) === undefined; }
}

/** Whether a runtime entry may make the goroutine yield. */
export function entryYields(name: string): boolean { return runtimeEntries[name as RuntimeName]?.yields ?? false; }
