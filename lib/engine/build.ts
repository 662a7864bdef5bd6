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
import { walkPackage } from '../go/walk/walk.ts';
import type { Func, Site } from '../go/ir/nodes.ts';
import type { Type } from '../go/types/type.ts';
import type { GoVersion } from '../base/version.ts';
import { compilePackage } from '../compile/compile.ts';
import { link, type Program } from '../compile/link.ts';
import type { CompiledPackage, FuncFacts } from '../compile/object.ts';
import { stdSiteBase } from '../std/order.ts';

/** Symbols kept although only the engine refers to them. */
const engineRoots: readonly string[] = ['runtime.engineRoots', 'fv:runtime.printpanicval', 'fv:runtime.callNil', 'runtime.panicArg', 'runtime.panicText', 'runtime.panicHas'];

const compiledStd = new WeakMap<PackageResult, CompiledPackage>();

/** A store of std packages that are also compiled. */
export function newBase(goVersion: GoVersion): Base {
  const facts = new Map<string, FuncFacts>();
  return new Base(goVersion, stdSiteBase, (p) => { compiledStd.set(p, compileOne(p, goVersion, facts, [])); });
}

/** Compiles a walked package; facts holds what is known of the functions of packages before, and is added to. late collects sites found only now. */
function compileOne(p: PackageResult, goVersion: GoVersion, facts: Map<string, FuncFacts>, late: Site[]): CompiledPackage {
  const walked = p.walked!, ir = p.ir!;
  const names = { pkgPath: '' };
  let site = (p.walked!.sites.at(-1)?.id ?? stdSiteBase(p.path)) + 1;
  const compiled = compilePackage({ path: p.path, funcs: walked.funcs, globals: [...walked.globals, ...walked.statics], init: walked.init, imports: [] }, {
    facts,
    methods: (t: Type) => methodTable(ir.lowerer, t),
    typeString: (t) => typeText(t, names),
    // Methods asked for only now: analysed nowhere, so everything they hold stays on the heap's side.
    prepare: (f: Func) => {
      const fresh = takeWrappers(ir);
      const list = fresh.includes(f) ? fresh : [f, ...fresh];
      const w = walkPackage({ path: p.path, funcs: list, globals: [], init: undefined }, { goVersion, firstSite: site, print: (n) => nodeText(n, { pkgPath: p.path }) });
      site += w.sites.length;
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

/** One module from all packages of a program that has no errors. */
export function compileProgram(result: ProgramResult, goVersion: GoVersion, late: Site[] = []): Program {
  const facts = new Map<string, FuncFacts>();
  const packages = result.packages.map((p) => {
    const have = compiledStd.get(p);
    if (have) { addFacts(facts, have); return have; }
    return compileOne(p, goVersion, facts, late);
  });
  return link(packages, `${result.main?.path ?? 'main'}.main`, engineRoots);
}
