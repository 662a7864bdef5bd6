/**
 * Lowering: a checked package to IR.
 *
 * The trees built here are meant to be the ones gc's front end hands to its
 * inliner and escape analysis, node for node, because inline costs count nodes
 * and diagnostics print them and their positions. lower_expr.ts, lower_stmt.ts,
 * lower_call.ts and lower_conv.ts hold the rules; closures.ts, godefer.ts,
 * rangefunc.ts, methods.ts and generics.ts what makes functions that are not
 * written. After lowering come inlining, method wrappers (takeWrappers),
 * per-iteration loop variables, dead locals, escape analysis.
 *
 * Bodies are lowered last declared first, instances as soon as they are needed,
 * as gc reads them: that decides in which order instances follow each other.
 */
import type { FileSet } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import type { Info } from '../types/info.ts';
import type { Package } from '../types/package.ts';
import type { Func as FuncObj, Var } from '../types/object.ts';
import { AssignListStmt, AssignStmt, BlockStmt, CallExpr, Func, Name, type IRPackage, type Stmt } from './nodes.ts';
import { Ctx, Lowerer, Program, declareParams, type LowerOptions } from './ctx.ts';
import { expr } from './lower_expr.ts';
import { convertTemp, implicitConv } from './lower_conv.ts';
import { tupleAssign } from './lower_call.ts';
import { stmts } from './lower_stmt.ts';
import { methodOf } from './methods.ts';
import { findMethod, methodSet } from './methodset.ts';
import { isGenericFunc, isInterface, newSignature, ptrTo, signatureOf } from './typeutil.ts';

export { Program, isBlank, type LowerOptions } from './ctx.ts';
export { methodOf, methodTable } from './methods.ts';
export { bloopWalk, dropVarLive } from './bloop.ts';
export { forCapture } from './loopvar.ts';

/** A package lowered, with what its lowering keeps for later requests (wrappers, method tables). */
export interface LoweredPackage extends IRPackage { readonly lowerer: Lowerer }

/**
 * Lowers a checked package. files are its parsed and checked files in order; packages
 * it imports must have been lowered with the same opts.program before, if their
 * functions are to have bodies. What cannot be lowered is reported in the
 * result's diagnostics (code Unsupported) and replaced by zero values.
 */
export function lowerPackage(fset: FileSet, pkg: Package, files: readonly ast.File[], info: Info, opts: LowerOptions): LoweredPackage {
  return new PackageLowering(fset, pkg, files, info, opts).lower(() => true, () => true);
}

/** A package lowered function by function, as programs reach them. */
export class PackageLowering {
  readonly #low: Lowerer;
  readonly #done = new Set<ast.FuncDecl | ast.TypeDecl>();
  #first: boolean;
  /** begun: an archive has the package's variables, initialisers and init functions. */
  constructor(fset: FileSet, readonly pkg: Package, readonly files: readonly ast.File[], readonly info: Info, opts: LowerOptions, begun = false) {
    this.#first = !begun;
    const program = opts.program ?? new Program();
    this.#low = new Lowerer(fset, pkg, program, opts);
    program.packages.add(pkg.path);
    // Declarations first: bodies refer to each other.
    for (const f of files) {
      for (const d of f.declList) {
        if (d.kind !== 'FuncDecl') continue;
        const obj = d.name.obj;
        if (obj?.kind === 'Func') program.decls.set(obj, { decl: d, pkg, fset });
      }
    }
  }

  /** Lowers the functions wanted that were not lowered before; with the first of these units come the variables, their initialisers and init functions. */
  lower(wants: (f: FuncObj) => boolean, wantsType: (d: ast.TypeDecl) => boolean): LoweredPackage {
    const low = this.#low, first = this.#first;
    this.#first = false;
    const funcs: Func[] = [], inits: Func[] = [];
    for (const f of this.files) {
      for (const d of f.declList) {
        if (d.kind === 'VarDecl' && first) for (const n of d.nameList) { if (n.value !== '_' && n.obj?.kind === 'Var') low.globals.push(low.global(n.obj)); }
        if (d.kind === 'TypeDecl' && !this.#done.has(d) && wantsType(d)) { this.#done.add(d); noteTypeDecl(low, d); }
        if (d.kind !== 'FuncDecl' || d.name.obj?.kind !== 'Func' || d.name.value === '_' || this.#done.has(d)) continue;
        if (isGenericFunc(d.name.obj)) continue;
        const init = !d.recv && d.name.value === 'init';
        if (init ? !first : !wants(d.name.obj)) continue;
        this.#done.add(d);
        const fn = declareFunc(low, d, d.name.obj);
        funcs.push(fn);
        if (init) inits.push(fn);
      }
    }
    const initFn = first ? packageInit(low, this.info) : undefined;
    runBodies(low);
    const all = initFn ? [initFn, ...funcs, ...low.instances] : [...funcs, ...low.instances];
    return {
      path: this.pkg.path, name: this.pkg.name, funcs: all, globals: first ? low.globals : [], init: makeInit(low, initFn, inits),
      diagnostics: low.diagnostics, lowerer: low,
    };
  }

  /** Lowers one function for its body alone, which an archive lacks: it is not compiled, nor is what is made for it. */
  one(obj: FuncObj): LoweredPackage {
    const { fset, pkg, program, opts } = this.#low, low = new Lowerer(fset, pkg, program.unit(), opts), { decl } = program.decls.get(obj)!;
    const fn = declareFunc(low, decl, obj);
    fn.inl = undefined;
    runBodies(low);
    return { path: this.pkg.path, name: this.pkg.name, funcs: [fn, ...low.instances.splice(0)], globals: [], init: undefined, diagnostics: low.diagnostics, lowerer: low };
  }
}

/**
 * Makes the wrapper methods of the types this package declares or instantiates
 * (`(*T).M` of value methods, promoted methods), as gc does after inlining, and
 * returns them with any asked for before. interfaces: also what only -m=2 speaks
 * of, `I.M` of each interface (Lowerer.linesOnly).
 */
export function makeWrappers(p: LoweredPackage, interfaces = false): Func[] {
  const low = p.lowerer;
  for (const t of low.types) {
    if (isInterface(t)) {
      if (interfaces) for (const { obj } of methodSet(t)) {
        const asked = low.wrappers.length;
        const w = methodOf(low, t, obj);
        if (low.wrappers.length > asked) low.linesOnly.add(w);
      }
      continue;
    }
    for (const { obj, path } of methodSet(ptrTo(t))) {
      if (obj.name === '_') continue;
      const own = path.length === 0;
      if (!own && findMethod(t, obj.pkg, obj.name)?.inSet) methodOf(low, t, obj);
      if (!own || !obj.hasPtrRecv()) methodOf(low, ptrTo(t), obj);
    }
  }
  return takeWrappers(p);
}

/** Wrapper methods asked for since the last call; they want inlining and analysis like other functions, after them. */
export function takeWrappers(p: LoweredPackage): Func[] {
  const low = p.lowerer;
  runBodies(low);
  return [...low.instances.splice(0), ...low.wrappers.splice(0)].filter((f) => !p.funcs.includes(f));
}

/** More bodies than this in one package means that instantiation does not end. */
const maxBodies = 50_000;

/** Lowers the bodies asked for, last first, and those they ask for. */
function runBodies(low: Lowerer): void {
  for (let n = 0; low.todo.length > 0; n++) {
    const body = low.todo.pop()!;
    if (n > maxBodies) {
      low.unsupported(0, 'instantiation without end');
      low.todo.length = 0;
      return;
    }
    try { body.run(); } catch (e) {
      // The host's stack is smaller than gc's: a function nested deeper than it allows is refused, not fatal.
      low.unsupported(body.fn.pos, e instanceof RangeError ? `function ${body.fn.sym}: nested too deeply` : `function ${body.fn.sym}: ${String(e)}`);
    }
  }
}

/** Remembers a declared type: its method set may need wrappers. */
function noteTypeDecl(low: Lowerer, d: ast.TypeDecl): void {
  const obj = d.name.obj;
  if (obj?.kind === 'TypeName' && !d.alias && d.tparamList.length === 0 && obj.type.kind === 'Named') low.types.push(obj.type);
}

/** A declared function; its body is lowered later. */
function declareFunc(low: Lowerer, d: ast.FuncDecl, obj: FuncObj): Func {
  const nname = low.func(obj);
  const fn = nname.func!;
  if (!d.recv && d.name.value === 'init') nname.sym = `init.${low.initgen++}`;
  const site = low.program.decls.get(obj)!;
  fn.pragmas = low.pragmasOf(site);
  fn.external = d.body === null;
  fn.dcl = [];
  const { vars } = declareParams(fn, obj.type);
  const body = d.body;
  if (body) {
    low.todo.push({ fn, run: () => {
      const c = new Ctx(low, fn, undefined, undefined, signatureOf(obj.type).results.vars, body.list);
      c.addParams(vars);
      fn.body = stmts(c, body.list);
      if (fn.body.length === 0) fn.body = [new BlockStmt(fn.pos, [])];
      fn.endPos = body.rbrace;
    } });
  }
  return fn;
}

/** Initialisers of package variables, in initialisation order, as the body of a function. */
function packageInit(low: Lowerer, info: Info): Func | undefined {
  if (info.initOrder.length === 0) return undefined;
  const fn = new Func(0, 'init', low.pkg.path, newSignature([], []));
  low.todo.push({ fn, run: () => initialise(low, fn, info) });
  return fn;
}
function initialise(low: Lowerer, fn: Func, info: Info): void {
  const c = new Ctx(low, fn, undefined, undefined, [], []);
  for (const { lhs, rhs } of info.initOrder) {
    const names = lhs.map((v: Var) => (v.name === '_' ? new Name(v.pos, '_', v.type, 'PEXTERN') : low.global(v)));
    const pos = lhs[0].pos;
    let as: Stmt;
    if (lhs.length === 1) {
      const n = new AssignStmt(pos, names[0], implicitConv(c, lhs[0].name === '_' ? undefined : lhs[0].type, rhs));
      as = n;
    } else {
      const x = expr(c, rhs);
      const t = rhs.tv!.type!;
      const types = t.kind === 'Tuple' ? t.vars.map((v) => v.type) : [];
      const { as: two, temps } = tupleAssign(c, pos, x, types);
      const n = new AssignListStmt(pos, two.op, names, [x]);
      const same = two.lhs.every((tmp, i) => names[i].sym === '_' || tmp.type === names[i].type);
      if (same) {
        for (const tmp of two.lhs) fn.dcl.splice(fn.dcl.indexOf(tmp as (typeof fn.dcl)[number]), 1);
        as = n;
      } else {
        as = new AssignListStmt(pos, 'OAS2', names, temps.map((tmp, i) => convertTemp(c, tmp, types[i], lhs[i].name === '_' ? undefined : lhs[i].type)));
        as.init = [two];
      }
    }
    for (const n of names) n.defn = as;
    fn.body.push(as);
  }
}

/** What runs before main: variable initialisers, then the package's init functions. */
function makeInit(low: Lowerer, vars: Func | undefined, inits: readonly Func[]): Func | undefined {
  if (inits.length === 0) return vars;
  const fn = new Func(0, '.inittask', low.pkg.path, newSignature([], []));
  fn.wrapper = true;
  for (const f of vars ? [vars, ...inits] : inits) fn.body.push(new CallExpr(0, 'OCALLFUNC', f.nname, []));
  return fn;
}
