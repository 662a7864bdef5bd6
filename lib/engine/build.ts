/**
 * From the front end's result to a linked program: every package compiled, then joined.
 *
 * Std packages are compiled once per Go version and kept with their Base; a build
 * compiles only the program's own packages.
 */
import { Base, type PackageResult, type ProgramResult } from '../go/program.ts';
import { methodTable, takeWrappers } from '../go/ir/lower.ts';
import { nodeText } from '../go/ir/print.ts';
import { typeText } from '../go/ir/typetext.ts';
import { walkPackage, type Walked } from '../go/walk/walk.ts';
import type { Func, Site } from '../go/ir/nodes.ts';
import type { Type } from '../go/types/type.ts';
import type { GoVersion } from '../base/version.ts';
import { compilePackage } from '../compile/compile.ts';
import { link, type Program } from '../compile/link.ts';
import type { CompiledPackage, FuncFacts } from '../compile/object.ts';
import { archiveFor, type Archive } from './archive.ts';
import { stdFunctionSite, stdPackages } from '../std/order.ts';

/** Symbols kept although only the engine refers to them. */
const engineRoots: readonly string[] = ['runtime.engineRoots', 'fv:runtime.printpanicval', 'fv:runtime.callNil', 'runtime.panicArg', 'runtime.panicText', 'runtime.panicHas'];

/** The units of each std package, compiled. */
const compiledStd = new WeakMap<PackageResult, CompiledPackage[]>();

/** A store of std packages that are also compiled; archive: what was compiled before, of this Go version. */
export function newBase(goVersion: GoVersion, archive: Archive | undefined = archiveFor(goVersion)): Base {
  const facts = new Map<string, FuncFacts>();
  const base: Base = new Base(goVersion, stdFunctionSite, (p, unit) => {
    compiledStd.set(p, [...unitsOf(p), compileOne(p, unit, goVersion, facts, [])]);
  }, (p) => {
    const opened = archive?.open(p, base, facts);
    if (opened) compiledStd.set(p, opened.units);
    return opened?.pkg;
  });
  return base;
}
/** The compiled units of a std package so far. */
export function unitsOf(p: PackageResult): readonly CompiledPackage[] { return compiledStd.get(p) ?? []; }


/**
 * Compiles what was walked of a package; facts holds what is known of functions
 * compiled before, and is added to. late collects sites found only now; defined tells
 * data of packages that will be linked with it.
 */
function compileOne(p: PackageResult, walked: Walked, goVersion: GoVersion, facts: Map<string, FuncFacts>, late: Site[], defined?: (sym: string) => boolean): CompiledPackage {
  const ir = p.ir!;
  const names = { pkgPath: '', reflect: true };
  let site = walked.nextSite;
  const compiled = compilePackage({ path: p.path, funcs: walked.funcs, globals: [...walked.globals, ...walked.statics], init: walked.init, imports: [] }, {
    facts, defined,
    methods: (t: Type) => methodTable(ir.lowerer, t),
    typeString: (t) => typeText(t, names),
    // Methods asked for only now: analysed nowhere, so everything they hold stays on the heap's side.
    prepare: (f: Func) => {
      const fresh = takeWrappers(ir);
      const list = fresh.includes(f) ? fresh : [f, ...fresh];
      const w = walkPackage({ path: p.path, funcs: list, globals: [], init: undefined }, {
        goVersion, firstSite: site, print: (n) => nodeText(n, { pkgPath: p.path }), firstSiteOf: (fn) => (p.std || stdPackages.includes(fn.nname.pkgPath) ? stdFunctionSite('', fn.link, -1) : undefined),
      });
      site = w.nextSite;
      late.push(...w.sites);
      return w.funcs;
    },
  });
  addFacts(facts, compiled);
  return compiled;
}
function addFacts(facts: Map<string, FuncFacts>, c: CompiledPackage): void {
  for (const f of c.funcs) facts.set(f.sym, { yields: f.yields, panics: f.panics, cost: f.cost, depth: f.depth });
}

const dataSyms = new WeakMap<CompiledPackage, ReadonlySet<string>>();
function dataOf(u: CompiledPackage): ReadonlySet<string> {
  let syms = dataSyms.get(u);
  if (!syms) dataSyms.set(u, (syms = new Set(u.data.map((d) => d.sym))));
  return syms;
}

/** One module from all packages of a program that has no errors. */
export function compileProgram(result: ProgramResult, goVersion: GoVersion, late: Site[] = []): Program {
  const facts = new Map<string, FuncFacts>();
  const linked = result.packages.flatMap(unitsOf);
  const defined = (sym: string): boolean => linked.some((u) => dataOf(u).has(sym));
  const packages = result.packages.flatMap((p) => {
    const have = compiledStd.get(p);
    if (have) { for (const u of have) addFacts(facts, u); return have; }
    return [compileOne(p, p.walked!, goVersion, facts, late, defined)];
  });
  return link(packages, `${result.main?.path ?? 'main'}.main`, engineRoots);
}
