/**
 * State of lowering: what is shared by a whole program, by one package, by one function body.
 *
 * Program keeps what packages must agree on: the one Name of every package-level
 * variable and function, declarations of generic functions (so that any package
 * may instantiate them), and instances already made. Lowerer is one package being
 * lowered. Ctx is one function body under construction: its locals, the
 * variables it captures, temporaries, and the substitution in force inside a
 * generic instance.
 */
import type { Pos, FileSet } from '../../base/pos.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { minor, type GoVersion } from '../../base/version.ts';
import type { Type, Signature } from '../types/type.ts';
import type { FuncObj, Obj, Var } from '../types/object.ts';
import type { Package } from '../types/package.ts';
import type { FuncDecl, Stmt as SyntaxStmt } from '../syntax/ast.ts';
import { AssignListStmt, Decl, Func, Name, ReturnStmt, type CallExpr, type Expr, type Inline, type Stmt } from './nodes.ts';
import { needType, type Env } from './generics.ts';
import type { RangeFuncState } from './rangefunc.ts';
import { namedOf, newSignature, signatureOf, T } from './typeutil.ts';
import { receiverText } from './typetext.ts';

/** A function declaration and the package it stands in. */
export interface DeclSite { readonly decl: FuncDecl; readonly pkg: Package; readonly fset: FileSet }

/** What callers know of a function compiled before (an archive's), whose body need not be lowered. */
export interface FuncHead {
  readonly tags: readonly string[] | undefined;
  readonly external: boolean;
  /** That it can be inlined, and where its body comes from. */
  readonly inline: Inline | undefined;
}

/** What all packages of one program share. Packages are lowered in dependency order. */
export class Program {
  /** Declarations by object (of the generic origin for generic ones). */
  readonly decls = new Map<Obj, DeclSite>();
  readonly names = new Map<Obj, Name>();
  /** Instances by their full key. */
  readonly instances = new Map<string, Func>();
  /** First instance of each shape. */
  readonly shapes = new Map<string, Func>();
  /** Wrapper methods by link name. */
  readonly wrappers = new Map<string, Func>();
  /** The function for statically known type arguments that calls an instance. */
  readonly instanceWrappers = new Map<Func, Func>();
  readonly wrapped = new Set<Func>();
  /** Instantiated types whose methods were made. */
  readonly instTypes = new Set<string>();
  /** Shape types by name. */
  readonly shapeTypes = new Map<string, Type>();
  readonly runtime = new Map<string, Func>();
  /** Numbers given to function-scoped types, as gc's ·N suffixes. */
  readonly typeGens = new Map<Obj, number>();
  /** Packages lowered so far, by path. */
  readonly packages = new Set<string>();
  /** Functions of archives. */
  readonly heads = new Map<Obj, FuncHead>();

  /** A program that knows the same declarations but has made no instances nor wrappers yet: what one run of gc sees. */
  unit(): Program {
    const p = new Program();
    const shared = new Set<unknown>([p.instances, p.shapes, p.wrappers, p.instanceWrappers, p.wrapped, p.instTypes]);
    for (const k of Object.keys(this) as (keyof Program)[]) if (!shared.has(p[k])) Object.assign(p, { [k]: this[k] });
    return p;
  }
  /** How much there is now, for reset(). */
  mark(): readonly number[] { return this.#tables().map((t) => t.size); }
  /** Forgets what was added after a mark: entries are only ever added, so the younger ones stand last. */
  reset(mark: readonly number[]): void {
    this.#tables().forEach((t, i) => {
      let n = 0;
      for (const k of t.keys()) if (n++ >= mark[i]) t.delete(k as never);
    });
  }
  #tables(): readonly { readonly size: number; keys(): Iterable<unknown>; delete(k: never): unknown }[] {
    return [this.decls, this.names, this.instances, this.shapes, this.wrappers, this.instanceWrappers, this.wrapped, this.instTypes, this.shapeTypes, this.runtime, this.typeGens, this.packages];
  }
}

export interface LowerOptions {
  readonly goVersion: GoVersion;
  /** The program this package joins; a new one when missing. */
  readonly program?: Program;
  /** False: no checks against misuse of range-over-func iterators (gc's -d=rangefunccheck=0). Default true. */
  readonly rangeFuncCheck?: boolean;
  /** Whether a loop at pos has variables of its own for every iteration (language 1.22); by default goVersion decides. */
  readonly distinctVars?: (pos: Pos) => boolean;
}

const noPragmas: ReadonlySet<string> = new Set();

/** One package being lowered. */
export class Lowerer {
  readonly funcs: Func[] = [];
  readonly globals: Name[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** Bodies still to be lowered. */
  readonly todo: { readonly fn: Func; readonly run: () => void }[] = [];
  readonly minor: number;
  /** Types declared or instantiated here. */
  readonly types: Type[] = [];
  /** Wrapper methods made for this package (lib/go/ir/methods.ts). */
  readonly wrappers: Func[] = [];
  /** Those of interface methods that only -m=2 speaks of. */
  readonly linesOnly = new Set<Func>();
  /** Instances made for this package, in the order their bodies were lowered. */
  readonly instances: Func[] = [];
  initgen = 0;
  constructor(readonly fset: FileSet, readonly pkg: Package, readonly program: Program, readonly opts: LowerOptions) {
    this.minor = minor(opts.goVersion);
  }

  /** Says that something cannot be lowered, and goes on. */
  unsupported(pos: Pos, what: string): void {
    this.diagnostics.push({ code: 'Unsupported', severity: 'error', range: { start: pos, end: pos }, text: `not supported: ${what}` });
  }

  /** The Name of a package-level variable. */
  global(obj: Var): Name {
    let n = this.program.names.get(obj);
    if (!n) {
      n = new Name(obj.pos, obj.name, obj.type, 'PEXTERN');
      n.pkgPath = obj.pkg?.path ?? '';
      n.obj = obj;
      this.program.names.set(obj, n);
    }
    return n;
  }

  pragmasOf(site: DeclSite): ReadonlySet<string> { return site.decl.pragma?.names() ?? noPragmas; }

  /** A function of package runtime that only compiled code calls: panicwrap, panicrangestate, deferrangefunc. */
  runtimeFunc(name: string): Name {
    let f = this.program.runtime.get(name);
    if (!f) {
      f = new Func(0, name, 'runtime', runtimeFuncType(name));
      f.external = true;
      declareParams(f, f.nname.type);
      this.program.runtime.set(name, f);
    }
    return f.nname;
  }

  /** A temporary of fn, named as gc numbers them. */
  temp(fn: Func, pos: Pos, type: Type): Name {
    const t = new Name(pos, `.autotmp_${fn.dcl.length - fn.lateTemps}`, type, 'PAUTO');
    t.curfn = fn;
    t.autoTemp = true;
    t.esc = 'never';
    fn.dcl.push(t);
    return t;
  }

  /** return f() of several results inside fn, through temporaries. */
  returnTuple(fn: Func, call: CallExpr): Stmt[] {
    const as = new AssignListStmt(call.pos, 'OAS2FUNC', [], [call]);
    const temps = fn.results.map((r) => {
      const t = this.temp(fn, call.pos, r.type);
      t.defn = as;
      return t;
    });
    as.lhs = temps.slice();
    as.init = temps.map((t) => new Decl(call.pos, t));
    const ret = new ReturnStmt(call.pos, temps.slice());
    ret.init = [as];
    return [ret];
  }

  /** The Name of a function or method that is not generic. Functions of packages not lowered have no body. */
  func(obj: FuncObj): Name {
    let n = this.program.names.get(obj);
    if (!n) {
      const sig = signatureOf(obj.type);
      const f = new Func(this.program.decls.get(obj)?.decl.pos ?? obj.pos, methodSym(sig, obj.name), obj.pkg?.path ?? '', obj.type);
      n = f.nname;
      n.pos = obj.pos;
      n.obj = obj;
      const site = this.program.decls.get(obj), head = this.program.heads.get(obj);
      f.external = head?.external ?? !site;
      if (f.external || head) declareParams(f, obj.type);
      if (head) {
        if (site) f.pragmas = this.pragmasOf(site);
        f.paramTags = head.tags?.slice();
        f.inl = head.inline;
      }
      this.program.names.set(obj, n);
    }
    return n;
  }
}

/** A function of the runtime that compiled code calls; no body. */
function runtimeFuncType(name: string): Type {
  if (name === 'KeepAlive') return newSignature([T.unsafePointer], []);
  if (name === 'panicrangestate') return newSignature([T.int], []);
  if (name === 'deferrangefunc') return newSignature([], [T.emptyInterface]);
  return newSignature([], []);
}

/** gc's symbol of a method: `T.M`, `(*T).M`; of a function, its name. */
export function methodSym(sig: Signature, name: string): string {
  return sig.recv ? `${receiverText(sig.recv.type)}.${name}` : name;
}

/** Names of receiver, parameters and results of a signature, gc's way (`~p0`, `~r0` when unnamed or blank). */
export function declareParams(fn: Func, type: Type, subst: (t: Type) => Type = (t) => t): { vars: (Var | undefined)[] } {
  const sig = signatureOf(type);
  const vars: (Var | undefined)[] = [];
  const add = (v: Var, class_: 'PPARAM' | 'PPARAMOUT', sym: string): void => {
    const n = new Name(v.pos, v.name === '' || v.name === '_' ? sym : v.name, subst(v.type), class_);
    n.curfn = fn;
    n.obj = v;
    fn.dcl.push(n);
    vars.push(v);
  };
  let i = 0;
  if (sig.recv) add(sig.recv, 'PPARAM', `~p${i++}`);
  for (const v of sig.params.vars) add(v, 'PPARAM', `~p${i++}`);
  i = 0;
  for (const v of sig.results.vars) add(v, 'PPARAMOUT', `~r${i++}`);
  return { vars };
}

/** One function body under construction. */
export class Ctx {
  readonly locals = new Map<Var, Name>();
  /** Result types as checked (type parameters not replaced). */
  readonly results: readonly Type[];
  /** Range-over-func loops around the current point, and what their bodies need. */
  rangeFunc: RangeFuncState | undefined = undefined;
  /** Loops over functions met so far in the function as written. */
  rangeFuncCount = 0;
  rangeFuncYields = 0;
  /** resultVars: the function's results; body: its statements as written (for labels). */
  constructor(readonly low: Lowerer, readonly fn: Func, readonly env: Env | undefined, readonly parent: Ctx | undefined,
    readonly resultVars: readonly Var[], readonly body: readonly SyntaxStmt[]) {
    this.results = resultVars.map((v) => v.type);
  }

  /**
   * The dictionary inside a generic instance. Ours has none to read, but gc's
   * closures capture it, which decides their size and whether they are static.
   */
  dict(): Name {
    if (!this.#dict) {
      const outer = this.parent?.dict();
      const n = new Name(this.fn.pos, '.dict', T.uintptr, outer ? 'PAUTOHEAP' : 'PAUTO');
      n.curfn = this.fn;
      if (outer) {
        n.isClosureVar = true;
        n.outer = outer;
      } else this.fn.dcl.push(n);
      this.#dict = n;
    }
    return this.#dict;
  }
  #dict: Name | undefined = undefined;

  /** A type met: makes the methods of an instantiated one. */
  note(t: Type): void {
    const n = namedOf(t);
    if (n && n.targs.length > 0) needType(this.low, n);
  }

  /** A checked type with the type arguments of the current instance put in. */
  typ(t: Type): Type { return this.env ? this.env.subst(t) : t; }
  /** The same in gc's spelling, when that differs. */
  shaped(t: Type): Type | undefined { return this.env?.shape(t); }

  addParams(vars: readonly (Var | undefined)[]): void {
    vars.forEach((v, i) => { if (v) this.locals.set(v, this.fn.dcl[i]); });
  }
  /** Declares a local variable. */
  local(pos: Pos, sym: string, type: Type, obj?: Var): Name {
    const n = new Name(pos, sym, this.typ(type), 'PAUTO');
    n.shaped = this.shaped(type);
    this.note(n.type);
    n.curfn = this.fn;
    n.obj = obj;
    this.fn.dcl.push(n);
    if (obj) this.locals.set(obj, n);
    return n;
  }
  /** A temporary of an already substituted type, named as gc numbers them. */
  temp(pos: Pos, type: Type): Name {
    return this.low.temp(this.fn, pos, type);
  }
  /** The Name a use of a local or captured variable stands for. */
  use(pos: Pos, obj: Var): Name | undefined {
    const n = this.locals.get(obj);
    if (n) return n;
    const outer = this.parent?.use(pos, obj);
    if (!outer) return undefined;
    const cv = newClosureVar(pos, this.fn, outer);
    this.locals.set(obj, cv);
    return cv;
  }
}

/** A variable of fn that stands for a variable of the enclosing function. */
export function newClosureVar(pos: Pos, fn: Func, outer: Name): Name {
  const cv = new Name(pos, outer.sym, outer.type, 'PAUTOHEAP');
  cv.shaped = outer.shaped;
  cv.curfn = fn;
  cv.isClosureVar = true;
  cv.outer = outer;
  cv.obj = outer.obj;
  fn.closureVars.push(cv);
  return cv;
}

/** The blank identifier as a target. */
export function blank(): Name { return new Name(0, '_', T.invalid, 'PEXTERN'); }
export function isBlank(n: Expr | Stmt): boolean { return n.op === 'ONAME' && n.sym === '_'; }
