/**
 * Compiling one package: walked IR to relocatable functions and data.
 *
 * The order of work: a first look over all functions decides which can yield and
 * which can panic (calls to those that can do neither need no test afterwards),
 * then each function is emitted (emit.ts). Descriptors, interface tables, strings
 * and closure records are made as code asks for them. Functions that belong to no
 * package in particular (instances of generic functions, wrapper methods) are
 * compiled wherever they are used; the linker keeps one copy.
 *
 * What may yield: loops (their back-edges spend fuel), recursion, calls through
 * pointers and interfaces, runtime entries and natives marked so, deferring
 * functions, and chains of calls that need more stack than the reserve.
 */
import { locate } from '../base/diagnostic.ts';
import type { CallExpr, Func, Name, RuntimeCall, Stmt, Expr, ForStmt, Node } from '../go/ir/nodes.ts';
import { doChildren, visit } from '../go/ir/visit.ts';
import type { Type } from '../go/types/type.ts';
import { under } from '../go/types/under.ts';
import { runtimeEntries, yieldingNatives, type RuntimeName } from '../abi/imports.ts';
import { costBranch, costCall, costCallIndirect, costCheck, costDiv, costFloat, costFloatDiv, costLoad, costMul, costOp, costRuntime, costStore } from '../abi/cost.ts';
import { stackReserve } from '../abi/machine.ts';
import { linkText } from '../go/ir/typetext.ts';
import { comps, sizeof } from './layout.ts';
import { baseName, isCall, staticCallee } from './plan.ts';
import { FuncEmitter } from './emit.ts';
import { nativeSig } from './call.ts';
import { intrinsics } from './intrinsics.ts';
import type { CompiledFunc, CompiledPackage, DataSymbol, FuncFacts } from './object.ts';
import { itabData, typeData } from './typedesc.ts';
import { globalData } from './static.ts';

export interface CompileInput {
  readonly path: string;
  /** Walked functions, closures and wrappers included. */
  readonly funcs: readonly Func[];
  readonly globals: readonly Name[];
  /** The package's initialiser, if it has one. */
  readonly init: Func | undefined;
  readonly imports: readonly string[];
}

export interface CompileOptions {
  /** Facts of functions in packages compiled before, by symbol. */
  readonly facts?: ReadonlyMap<string, FuncFacts>;
  /** Whether packages it is linked with have a datum: descriptors and interface tables they have are not made again. */
  readonly defined?: (sym: string) => boolean;
  /** Methods of a type by name (wrappers included). */
  readonly methods?: (t: Type) => ReadonlyMap<string, Func>;
  /** Brings functions made late (wrappers, instances) into walked form; gives them with their closures. */
  readonly prepare?: (f: Func) => readonly Func[];
  /** A type as reflection and panics print it. */
  readonly typeString?: (t: Type) => string;
}

interface Info { yields: boolean; panics: boolean; cost: number; depth: number; frame: number }

export class PackageCompiler {
  readonly funcs = new Map<string, CompiledFunc>();
  readonly data = new Map<string, DataSymbol>();
  readonly natives = new Map<string, string>();
  readonly #queue: Func[] = [];
  readonly #queued = new Set<string>();
  readonly #info = new Map<Func, Info>();
  readonly #loopCost = new Map<ForStmt, number>();
  constructor(readonly input: CompileInput, readonly opts: CompileOptions) {}

  compile(): CompiledPackage {
    for (const f of this.input.funcs) this.#add(f);
    for (const g of this.input.globals) globalData(this, g);
    while (this.#queue.length > 0) {
      const f = this.#queue.shift()!;
      this.funcs.set(f.link, this.#compile(f));
    }
    const init = this.input.init?.link;
    return { path: this.input.path, funcs: [...this.funcs.values()], data: [...this.data.values()], natives: [...this.natives], init, imports: this.input.imports };
  }
  #add(f: Func): void {
    if (f.external || this.#queued.has(f.link)) return;
    this.#queued.add(f.link);
    this.#queue.push(f);
  }
  #compile(f: Func): CompiledFunc {
    const i = this.info(f);
    let closure = false;
    for (const s of f.body) visit(s, (n) => { if (n.op === 'OGETCLOSUREPTR') closure = true; });
    let pos = f.pos;
    return locate(() => pos, () => {
      const e = new FuncEmitter(this, f, i.yields, closure);
      try { return e.compile(); } finally { pos = e.marks.at(-1) ?? pos; }
    });
  }

  // Symbols.

  globalSym(n: Name): string { return `${n.pkgPath}.${n.sym}`; }
  /** A function is called or its address taken. */
  noteFunc(f: Func): void {
    if (f.external || this.#queued.has(f.link)) return;
    // Those of no package in particular are compiled by every package: it may not be linked with one that did.
    if (!f.dupok && !f.wrapper && f.shape === undefined && (f.nname.pkgPath !== this.input.path || this.opts.facts?.has(f.link))) return;
    this.#prepare(f);
  }
  #prepare(f: Func): void {
    if (!this.opts.prepare) { this.#add(f); return; }
    for (const g of this.opts.prepare(f)) this.#add(g);
  }
  noteNative(link: string, sig: string): void { this.natives.set(link, sig); }
  funcValueSym(f: Func): string {
    const sym = `fv:${f.link}`;
    if (!this.data.has(sym)) {
      if (f.external) this.noteNative(f.link, nativeSig(f.nname.type).sig);
      else this.noteFunc(f);
      this.data.set(sym, { sym, size: 8, align: 8, bytes: undefined, relocs: [{ at: 0, kind: 'table', sym: f.external ? `native:${f.link}` : f.link, add: 0 }], ptrs: [] });
    }
    return sym;
  }
  stringSym(binary: string): string {
    const sym = `str:${binary}`;
    if (!this.data.has(sym)) {
      const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
      this.data.set(sym, { sym, size: bytes.length, align: 1, bytes, relocs: [], ptrs: [] });
    }
    return sym;
  }
  zeroSym(size: number): string {
    const n = Math.max(8, 2 ** Math.ceil(Math.log2(Math.max(1, size))));
    const sym = `zero:${n}`;
    if (!this.data.has(sym)) this.data.set(sym, { sym, size: n, align: 8, bytes: undefined, relocs: [], ptrs: [] });
    return sym;
  }
  typeSym(t: Type): string {
    const sym = `type:${linkText(t)}`;
    if (!this.#has(sym)) typeData(this, t, sym);
    return sym;
  }
  itabSym(iface: Type, t: Type): string {
    // Interface types of one method set share their tables: values convert between them as they are.
    const u = under(iface);
    const sym = `itab:${linkText(u)},${linkText(t)}`;
    if (!this.#has(sym)) itabData(this, u, t, sym);
    return sym;
  }
  #has(sym: string): boolean { return this.data.has(sym) || (this.opts.defined?.(sym) ?? false); }
  /** The functions behind a type's methods, as an interface table calls them. */
  methods(t: Type): ReadonlyMap<string, Func> { return this.opts.methods?.(t) ?? noMethods; }
  typeString(t: Type): string { return this.opts.typeString?.(t) ?? linkText(t); }
  traceName(f: Func): string { return f.traceName; }

  // What functions do.

  callYields(n: CallExpr | RuntimeCall): boolean {
    if (n.op === 'OCALLRT') return n.rt !== 'gopanic' && n.rt !== 'deferproc' && (runtimeEntries[n.rt as RuntimeName]?.yields ?? false);
    const f = staticCallee(n);
    if (!f) return true;
    if (f.external) return yieldingNatives.has(f.link);
    return this.info(f).yields;
  }
  factsOf(n: CallExpr): { yields: boolean; panics: boolean } {
    const f = staticCallee(n);
    if (!f) return { yields: true, panics: true };
    if (f.external) return { yields: yieldingNatives.has(f.link), panics: !Object.hasOwn(intrinsics, f.link) };
    return this.info(f);
  }
  readonly #active = new Set<Func>();
  info(f: Func): Info {
    const have = this.#info.get(f);
    if (have) return have;
    const known = this.opts.facts?.get(f.link);
    if (known) { const i = { ...known, frame: 0 }; this.#info.set(f, i); return i; }
    // Recursion: whoever is asked for while it is being looked at may yield.
    if (this.#active.has(f)) { this.#recursive.add(f); return { yields: true, panics: true, cost: 0, depth: 0, frame: 0 }; }
    if (f.body.length === 0 && f.nname.pkgPath !== this.input.path && !f.dupok && f.shape === undefined) {
      return { yields: true, panics: true, cost: 0, depth: 0, frame: 0 };
    }
    this.#active.add(f);
    const i = this.#analyse(f);
    this.#active.delete(f);
    if (this.#recursive.has(f)) { i.yields = true; i.panics = true; }
    this.#info.set(f, i);
    return i;
  }
  readonly #recursive = new Set<Func>();

  #analyse(f: Func): Info {
    const i: Info = { yields: f.hasDefer, panics: f.hasDefer, cost: 0, depth: 0, frame: 8 };
    const addressed = new Set<Name>();
    for (const s of f.body) visit(s, (n) => {
      switch (n.op) {
        case 'OFOR': case 'OGOTO': i.yields = true; break;
        case 'OADDR': { const b = baseName(n.x); if (b) addressed.add(b); break; }
        case 'OINDEX': if (!n.bounded) i.panics = true; break;
        case 'ODEREF': if (!n.bounded) i.panics = true; break;
        case 'ODOTPTR': case 'OSLICE': case 'OSLICEARR': case 'OSLICESTR': case 'OSLICE3': case 'OSLICE3ARR': case 'OCHECKNIL': case 'ODIV': case 'OMOD': case 'OLSH': case 'ORSH':
          i.panics = true; break;
        case 'OCALLRT': {
          const e = runtimeEntries[n.rt as RuntimeName];
          if (n.rt === 'gorecover' || this.callYields(n)) i.yields = true;
          if (e?.panics) i.panics = true;
          break;
        }
        case 'OCALLFUNC': case 'OCALLINTER': {
          const c = this.factsOf(n);
          if (c.yields) i.yields = true;
          if (c.panics || c.yields) i.panics = true;
          const callee = staticCallee(n);
          if (callee && !callee.external && !c.yields) i.depth = Math.max(i.depth, this.info(callee).depth);
          for (const a of n.args) if (a.type && !comps(a.type)) i.frame += sizeof(a.type) + 8;
          break;
        }
      }
    });
    for (const n of f.dcl) if (n.type && (addressed.has(n) || !comps(n.type))) i.frame += sizeof(n.type) + 8;
    i.depth += i.frame > 8 ? i.frame + 8 : 0;
    if (i.depth > stackReserve - 300) i.yields = true;
    i.cost = costCall + this.#listCost(f.body);
    return i;
  }
  /** A call of f passes a value in memory, for which its frame needs room. */
  passesMemory(f: Func): boolean {
    let yes = false;
    for (const s of f.body) visit(s, (n) => { if (isCall(n as Expr) && (n as CallExpr).args.some((a) => a.type && !comps(a.type))) yes = true; });
    return yes;
  }

  // Costs.

  costOf(f: Func): number { return this.info(f).cost; }
  entryCost(f: Func): number { return this.info(f).cost; }
  depthOf(f: Func, frame: number): number { return Math.max(this.info(f).depth, frame); }
  loopCost(_f: Func, s: ForStmt): number {
    let c = this.#loopCost.get(s);
    if (c === undefined) {
      c = this.#listCost(s.body) + (s.cond ? this.#nodeCost(s.cond) : 0) + (s.post ? this.#listCost([s.post]) : 0);
      this.#loopCost.set(s, c);
    }
    return c;
  }
  #listCost(list: readonly Stmt[]): number { let c = 0; for (const s of list) c += this.#nodeCost(s); return c; }
  /** Cost of a node up to the next check: loops below it charge themselves. */
  #nodeCost(n: Node): number {
    switch (n.op) {
      case 'OFOR': return costBranch;
      case 'OIF': return costBranch + this.#nodeCost(n.cond) + Math.max(this.#listCost(n.body), this.#listCost(n.els));
      case 'ONAME': case 'OLITERAL': case 'ONIL': case 'OCONVNOP': case 'ODOT': case 'OTYPEDESC': case 'ODCL': case 'OINLMARK': {
        let c = 0;
        if (n.op === 'OCONVNOP' || n.op === 'ODOT') c = this.#nodeCost(n.x);
        return c;
      }
      default: {
        let c = 0;
        doChildren(n, (x) => { c += this.#nodeCost(x); });
        switch (n.op) {
          case 'OINDEX': return c + costLoad + (n.bounded ? 0 : costCheck);
          case 'ODEREF': case 'ODOTPTR': return c + costLoad;
          case 'OAS': return c + (n.x.op === 'ONAME' ? 0 : costStore - costLoad);
          case 'OMUL': return c + (isFloat(n.type) ? costFloat : costMul);
          case 'ODIV': case 'OMOD': return c + (isFloat(n.type) ? costFloatDiv : n.y.op === 'OLITERAL' ? costMul : costDiv);
          case 'OADD': case 'OSUB': return c + (isFloat(n.type) ? costFloat : costOp);
          case 'OCALLRT': return c + costRuntime;
          case 'OCALLINTER': return c + costCallIndirect;
          case 'OCALLFUNC': {
            const f = staticCallee(n);
            if (!f) return c + costCallIndirect;
            if (f.external) return c + (Object.hasOwn(intrinsics, f.link) ? costFloat : costRuntime);
            const i = this.info(f);
            return c + (i.yields ? 0 : i.cost);
          }
          case 'OBLOCK': case 'ORETURN': return c;
          default: return c + costOp;
        }
      }
    }
  }
}

function isFloat(t: Type | undefined): boolean {
  const c = t ? comps(t) : undefined;
  return c !== undefined && c.length > 0 && (c[0].t === 'd' || c[0].t === 'f');
}

const noMethods: ReadonlyMap<string, Func> = new Map();

/** Compiles a walked package. */
export function compilePackage(input: CompileInput, opts: CompileOptions = {}): CompiledPackage {
  return new PackageCompiler(input, opts).compile();
}
